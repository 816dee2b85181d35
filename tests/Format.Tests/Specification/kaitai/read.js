// Compiles the executable specification and prints what the generated reader finds in region files, field by field.
// Usage: node read.js lamina_region.ksy FILE...
"use strict";

const fs = require("node:fs");
const yaml = require("yaml");
const compiler = require("kaitai-struct-compiler");
const KaitaiStream = require("kaitai-struct/KaitaiStream");

// The runtime rounds 64-bit numbers to doubles; those that would change are kept exactly.
KaitaiStream.prototype.readU8le = function () {
  const low = BigInt(this.readU4le());
  const value = (BigInt(this.readU4le()) << 32n) | low;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
};

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const hexOfText = (text) => (text === undefined ? "-" : hex(Buffer.from(text, "utf8")));

function hexOfDouble(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes.toString("hex");
}

/** An LZ4 block, plainly (BLK-8, BLK-9). */
function decodeLz4(stored, length, dictionary) {
  const output = [...dictionary];
  let at = 0;
  const readLength = (nibble) => {
    let total = nibble;
    for (let more = 255; nibble === 15 && more === 255; total += more)
      more = stored[at++];
    return total;
  };
  for (;;) {
    const token = stored[at++];
    for (let literals = readLength(token >> 4); literals > 0; literals--)
      output.push(stored[at++]);
    if (at >= stored.length)
      break;
    const offset = stored[at] | (stored[at + 1] << 8);
    at += 2;
    for (let match = readLength(token & 15) + 4; match > 0; match--)
      output.push(output[output.length - offset]);
  }

  const decoded = output.slice(dictionary.length);
  if (at !== stored.length || decoded.length !== length || decoded.some((byte) => byte === undefined))
    throw new Error("A block does not decode.");
  return decoded;
}

function print(specification, region) {
  const lines = [];
  const field = (owner, id, type, value) => {
    const text = type === "f8" ? hexOfDouble(value) : ArrayBuffer.isView(value) ? hex(value) : String(value);
    lines.push(`${owner}.${id}=${text}`);
  };

  // Every field that the specification has, by its own list.
  const fields = (owner, type, value) => {
    for (const { id, type: kind } of specification.types[type].seq)
      field(owner, id, kind, value[id.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase())]);
  };
  const table = (owner, type, values) => values.forEach((value, i) => fields(`${owner}[${i}]`, type, value));
  const numbers = (owner, values) => lines.push(`${owner}=${values.join(",")}`);

  fields("header", "header", region.header);
  lines.push(`longer_header=${hex(region.longerHeader)}`);
  table("sections", "section", region.sections);
  if (region.dictionary !== undefined)
    fields("dictionary", "dictionary", region.dictionary);
  table("blocks", "block", region.blocks);
  numbers("numbers", region.numbers);
  table("locations", "location", region.locations);
  table("layers", "layer", region.layers);
  numbers("layer_keywords", region.layerKeywords);
  table("keywords", "keyword", region.keywords);
  numbers("postings", region.postings);
  numbers("names", region.names);
  lines.push(`strings=${hex(region.strings)}`);
  lines.push(`name=${hexOfText(region.name)}`);

  const dictionary = region.dictionary === undefined ? []
    : region.dictionary.stored.length === region.dictionary.lenDecoded ? [...region.dictionary.stored]
    : decodeLz4(region.dictionary.stored, region.dictionary.lenDecoded, []);
  lines.push(`decoded_dictionary=${hex(dictionary)}`);
  const decoded = region.blocks.map((block) =>
    block.codec === 0 ? [...block.stored] : decodeLz4(block.stored, block.lenDecoded, block.codec === 2 ? dictionary : []));
  region.layers.forEach((layer, i) => {
    const location = region.locations[i];
    const start = location.len === 0 ? 0 : location.ofsImage - region.blocks[location.block].ofsImage;
    const content = location.len === 0 ? [] : decoded[location.block].slice(start, start + location.len);
    const keywords = region.layerKeywords.slice(layer.keywordStart, layer.keywordStart + layer.numKeywords);
    lines.push(`layer[${i}] name=${hexOfText(layer.name)} keywords=${keywords.map((k) => hexOfText(region.keywords[k].text)).join(",")} content=${hex(content)}`);
  });
  region.keywords.forEach((keyword, k) =>
    lines.push(`keyword[${k}] postings=${region.postings.slice(keyword.postingStart, keyword.endPosting).join(",")}`));
  return lines.join("\n") + "\n";
}

async function main([specificationPath, ...files]) {
  const specification = yaml.parse(fs.readFileSync(specificationPath, "utf8"));
  const sources = await compiler.compile("javascript", specification, null, false);
  const module = { exports: {} };
  new Function("module", "exports", "require", sources["LaminaRegion.js"])(module, module.exports, require);
  const { LaminaRegion } = module.exports;
  for (const file of files) {
    const bytes = fs.readFileSync(file);
    const region = new LaminaRegion(new KaitaiStream(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)));
    process.stdout.write(print(specification, region) + "\n");
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
