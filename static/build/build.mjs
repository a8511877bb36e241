// Builds the committed style sheets; `--check` compares instead of writing.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile, Logger } from "sass";

const here = new URL("./", import.meta.url);
const sheets = { "main.scss": "site.css", "desk.scss": "desk.css", "slip.scss": "slip.css" };
const checking = process.argv.includes("--check");

function built(source) {
  const { css } = compile(fileURLToPath(new URL(source, here)), {
    style: "compressed",
    charset: false,
    loadPaths: [fileURLToPath(new URL("node_modules", here))],
    logger: Logger.silent,
  });
  return `${css.trim()}\n`;
}

for (const [source, name] of Object.entries(sheets)) {
  const target = new URL(`../${name}`, here);
  const css = built(source);
  if (!checking) {
    await writeFile(target, css);
  } else if ((await readFile(target, "utf8")) !== css) {
    console.error(`${name} differs from its source: run npm run build in static/build`);
    process.exitCode = 1;
  }
  console.log(`${name}: ${css.length} bytes, ${gzipSync(css).length} compressed`);
}
