// Is the document sound by AsyncAPI's own parser? It knows the official schema of every version, follows references, and
// warns of what tools stumble over. node check.mjs FILE

import { readFile } from "node:fs/promises";
import { Parser } from "@asyncapi/parser";

const [file] = process.argv.slice(2);
const text = await readFile(file, "utf8");

// What one may leave out: contacts, tags, a word on every parameter. 0 is an error, 1 a warning.
async function faults(source) {
  const { diagnostics } = await new Parser().parse(source);
  return diagnostics.filter(({ severity }) => severity <= 1);
}

const told = (faults) => faults.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n");
const found = await faults(text);
if (found.length > 0) {
  console.error(`${file}:\n${told(found)}`);
  process.exit(1);
}

// The check must be able to say no.
const spoilt = [
  ["an unknown field of the document", (it) => (it.topics = {})],
  ["a reference that leads nowhere", (it) => (it.channels.enriched.messages.event.$ref = "#/components/messages/nothing")],
  ["an operation that nobody has", (it) => (it.operations.refuse.action = "shred")],
  ["a schema that is none", (it) => (it.components.schemas.Event.properties.title.type = "prose")],
];
for (const [what, spoil] of spoilt) {
  const document = JSON.parse(text);
  spoil(document);
  if ((await faults(JSON.stringify(document))).length === 0) {
    console.error(`${what} is not noticed`);
    process.exit(1);
  }
}
console.log(`${file} is sound; ${spoilt.length} spoilt ones are refused`);
