// Joins articles of all languages by the things and the days that they name.
//
//     node join.mjs              follows the topic until it is stopped, then tells what it knows
//     node join.mjs --count 20   the same, after 20 articles
//
// An entity's id is the same in every language, and so is a date's value: they are what to join on. What is kept here in
// memory belongs into tables of your database, under the same keys.

import { parseArgs } from "node:util";
import { consumer, topic } from "./kafka.mjs";

// The newest revision of each article. To apply an event twice does no harm, so at-least-once reading is enough.
const articles = new Map();

function apply(event) {
  if (event.status === "retracted") articles.delete(event.id);
  else articles.set(event.id, event); // another revision has the same id; the later record wins
}

// What stands there. Offsets count code points, JavaScript's strings count UTF-16 units: text.slice(start, end) is wrong
// behind the first emoji or rare Han character.
function word(event, mention) {
  return [...event[mention.in]].slice(mention.start, mention.end).join("");
}

// Of strings, in the order of their code points, as everybody else sorts them.
const inOrder = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const sorted = (words) => [...new Set(words)].sort(inOrder);

// [id, name, languages, words in the texts] of every thing that more than one article names.
function entities() {
  const found = new Map();
  for (const event of articles.values())
    for (const entity of event.entities)
      if (entity.id) // null: a name that no id is known for, so nothing to join on
        found.set(entity.id, [...(found.get(entity.id) ?? []), { event, entity }]);
  const shared = [...found].filter(([, named]) => named.length > 1).sort(([a], [b]) => inOrder(a, b));
  return shared.map(([id, named]) => {
    const words = named.flatMap(({ event, entity }) => entity.mentions.map((mention) => word(event, mention)));
    const [name] = sorted(named.map(({ entity }) => entity.name));
    return [id, name, sorted(named.map(({ event }) => event.language.tag)), sorted(words)];
  });
}

// [date, words in the texts] of every date that is known to the day. Others are `2019-11`, `2019/..`, `XXXX-09-30`.
function days() {
  const found = new Map();
  for (const event of articles.values())
    for (const date of event.dates)
      if (date.precision === "day" && !date.set)
        found.set(date.value, [...(found.get(date.value) ?? []), word(event, date)]);
  return [...found].sort(([a], [b]) => inOrder(a, b)).map(([value, words]) => [value, sorted(words)]);
}

const { values } = parseArgs({ options: { group: { type: "string" }, count: { type: "string" } } });
const count = Number(values.count ?? Infinity);
const reader = consumer(values.group ?? "my-newsroom-join-js");
const stopped = new Promise((stop) => {
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let seen = 0;
  const eachMessage = async ({ message }) => {
    if (message.value === null || seen >= count) return; // null: a tombstone, in a compacted topic such as news.latest
    apply(JSON.parse(message.value)); // the offset is committed once this is done: nothing is lost in a crash
    if (++seen === count) stop();
  };
  reader
    .connect()
    .then(() => reader.subscribe({ topics: [topic], fromBeginning: true }))
    .then(() => reader.run({ eachMessage }))
    .catch((error) => {
      console.error(`cannot read ${topic}: ${error.message}`);
      process.exit(1);
    });
});
await stopped;
await reader.disconnect();
for (const [id, name, languages, words] of entities()) {
  console.log(`${id}  ${name}  [${languages.join(" ")}]  ${words.join(" | ")}`);
}
for (const [value, words] of days()) {
  console.log(`${value}  ${words.join(" | ")}`);
}
