// Comfort only: pasting from Word or WPS keeps headings, lists, bold and tables. The server cleans
// whatever comes, with this file or without it.
"use strict";

const KEPT = new Set([
  "A", "B", "BR", "CAPTION", "EM", "H1", "H2", "H3", "H4", "H5", "H6", "I", "LI", "OL", "P",
  "STRONG", "TABLE", "TBODY", "TD", "TH", "THEAD", "TR", "UL",
]);
const DROPPED = new Set(["HEAD", "LINK", "META", "SCRIPT", "STYLE", "TEMPLATE", "TITLE", "XML"]);
const INLINE = new Set(["A", "B", "EM", "I", "STRONG"]);
const PLAIN = new Set(["BR", "P"]);

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

// What is kept of a pasted document, as HTML; `found` collects the tags in it.
function kept(node, found) {
  if (node.nodeType === Node.TEXT_NODE) {
    return escaped(node.data.replace(/\s+/g, " "));
  }
  if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.tagName)) {
    return "";
  }
  const inside = Array.from(node.childNodes, (child) => kept(child, found)).join("");
  if (!KEPT.has(node.tagName)) {
    return inside;
  }
  found.add(node.tagName);
  const name = node.tagName.toLowerCase();
  const href = node.tagName === "A" ? ` href="${escaped(node.href).replace(/"/g, "&quot;")}"` : "";
  const end = INLINE.has(node.tagName) ? "" : "\n";
  return name === "br" ? "<br>" : `<${name}${href}>${inside}</${name}>${end}`;
}

for (const field of document.querySelectorAll("textarea[data-rich]")) {
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    if (!html) {
      return;
    }
    const found = new Set();
    const body = new DOMParser().parseFromString(html, "text/html").body;
    const result = kept(body, found).trim();
    // Paragraphs alone are better pasted as lines, which the browser does by itself.
    if (Array.from(found).every((tag) => PLAIN.has(tag))) {
      return;
    }
    event.preventDefault();
    field.setRangeText(result, field.selectionStart, field.selectionEnd, "end");
  });
}
