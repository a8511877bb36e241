// The other side of the interop tests: age-encryption and the vectors of cctv-age.
//   node age.mjs recipient IDENTITY       prints the recipient
//   node age.mjs seal RECIPIENT           standard input → age file on standard output
//   node age.mjs open IDENTITY            age file → plaintext
//   node age.mjs vectors                  prints {name: base64 of the vector file}
import { buffer } from "node:stream/consumers";
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption";
import * as vectors from "cctv-age";

const commands = {
  async recipient(identity) {
    return identityToRecipient(identity);
  },
  async seal(recipient) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    return encrypter.encrypt(await buffer(process.stdin));
  },
  async open(identity) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    return decrypter.decrypt(await buffer(process.stdin), "uint8array");
  },
  async vectors() {
    const files = Object.entries(vectors.default ?? vectors);
    return JSON.stringify(
      Object.fromEntries(files.map(([name, data]) => [name, Buffer.from(data).toString("base64")])),
    );
  },
};

const [command, argument] = process.argv.slice(2);
process.stdout.write(await commands[command](argument));
