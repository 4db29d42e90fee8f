// One event in full: the text with its tags, and what each tag rests on.

import { countryName, languageName, make, percent, plural, spoken } from "./dom.js";
import { apart, paragraphs, pieces, points, slicer } from "./spans.js";

const BASES = { lexicon: "a name in the lexicon", rule: "a rule of the language", model: "the statistical model" };
const STAMPS = { metadata: "a field of the record", url: "the URL", marker: "a marker line", text: "the text" };
const ANCHORS = { published: "the publication date", text: "an earlier date in the text" };

/** Where the known schemes of ids are explained. */
const SCHEMES = {
  wikidata: (id) => `https://www.wikidata.org/wiki/${id}`,
  geonames: (id) => `https://www.geonames.org/${id}`,
};

/** An event as an article, a retraction or a dead letter. */
export function view(item) {
  if (item.dead_letter) return letterView(item.dead_letter);
  return item.event.status === "retracted" ? retractionView(item) : eventView(item);
}

function letterView(letter) {
  return [
    make("p", { class: "kicker bad" }, "Dead letter"),
    make("h2", { class: "headline" }, letter.reason.replaceAll("_", " ")),
    make("p", { class: "lede" }, letter.detail),
    facts([
      ["stood at", letter.topic && `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}`],
      ["key", letter.key],
      ["size", letter.bytes !== undefined && plural(letter.bytes, "byte", "bytes")],
    ]),
    make("p", { class: "dim" }, "Its bytes and headers are in the dead-letter topic, as they came."),
  ];
}

function retractionView(item) {
  const { event } = item;
  return [
    make("p", { class: "kicker bad" }, "Retracted"),
    make("h2", { class: "headline" }, event.source.url ?? event.id),
    facts(went(item)),
  ];
}

function eventView(item) {
  const { event } = item;
  const tags = number(event);
  return [
    kicker(event),
    make("h2", { class: "headline", ...spoken(event.language) }, ...(event.title ? title(event, tags) : ["Without a title"])),
    event.lede && make("p", { class: "lede", ...spoken(event.language) }, event.lede),
    byline(event),
    make("div", { class: "text", ...spoken(event.language) }, ...body(event, tags)),
    make("section", { class: "tags", "aria-label": "Every tag and what it rests on" },
      stampCards(event), languageCard(event), entityCards(event, tags), dateCards(event, tags), oddities(event), recordCard(item)),
    make("details", {}, make("summary", {}, "The event as JSON"), make("pre", { tabindex: "0" }, JSON.stringify(event, null, 2))),
  ];
}

/** Every entity and date with the anchor by which text and explanation find each other. */
function number(event) {
  const entities = event.entities.map((entity, at) => ({ entity, anchor: `entity-${at}`, kind: entity.type }));
  const dates = event.dates.map((date, at) => ({ date, anchor: `date-${at}`, kind: "date" }));
  return { entities, dates };
}

/** The spans of a field, none over another. */
function spans(field, tags) {
  const names = tags.entities.flatMap((tag) => tag.entity.mentions.filter((m) => m.in === field).map((m) => ({ start: m.start, end: m.end, tag })));
  const days = tags.dates.filter((tag) => tag.date.in === field).map((tag) => ({ start: tag.date.start, end: tag.date.end, tag }));
  return apart([...names, ...days]);
}

/** A stretch of a text, its tags as links to what explains them. */
const inked = (slice, from, to, found) => pieces(slice, from, to, found).map(({ text, span }) => {
  if (!span) return text;
  const { tag, start } = span;
  const label = tag.kind === "date" ? tag.date.value : tag.kind;
  const place = { "data-start": start, "data-anchor": tag.anchor };
  return make("a", { class: `tag ${tag.kind}`, href: `#${tag.anchor}`, title: label, onclick: explain, ...place }, text);
});

const title = (event, tags) => inked(slicer(event.title), 0, points(event.title), spans("title", tags));

/** Shows what explains a tag, without leaving the view that the address names. */
function explain(press) {
  press.preventDefault();
  const { anchor } = press.currentTarget.dataset;
  reveal(press.currentTarget.closest("article").querySelector(`#${anchor}`));
}

/** Shows the first place of a tag in the text. */
function find(press) {
  const { anchor } = press.currentTarget.closest("li").dataset;
  reveal(press.currentTarget.closest("article").querySelector(`a[data-anchor="${anchor}"]`));
}

function reveal(target) {
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

/** The paragraphs, and between them what was lifted out, where it stood. */
function body(event, tags) {
  const slice = slicer(event.body);
  const found = spans("body", tags);
  const furniture = [...event.furniture];
  const lifted = (until) => {
    const here = [];
    while (furniture.length && furniture[0].at <= until) here.push(furnitureView(furniture.shift()));
    return here;
  };
  const text = paragraphs(event.body).flatMap(({ start, end }) => [
    ...lifted(start),
    make("p", {}, ...inked(slice, start, end, found)),
  ]);
  return [...text, ...lifted(Infinity)];
}

const furnitureView = ({ role, text }) =>
  make("aside", { class: "furniture" }, make("span", { class: "role", lang: "en", dir: "ltr" }, role.replaceAll("_", " ")), make("span", { dir: "auto" }, text));

function kicker({ language, source }) {
  const host = source.canonical_url && source.canonical_url.split("/")[2];
  return make("p", { class: "kicker" }, ...dotted([bdi(source.publisher ?? host), language && languageName(language.tag)]));
}

function byline({ authors, published, source }) {
  const listed = (names) => names.flatMap((name, at) => [at > 0 && ", ", bdi(name)]);
  return make("p", { class: "byline" }, ...dotted([
    authors.length > 0 && ["By ", ...listed(authors)],
    published ? published.value : "publication date unknown",
    source.origin.length > 0 && ["after ", ...listed(source.origin.map((origin) => origin.name))],
  ]));
}

/** A name in whatever script, which must not turn round what stands beside it. */
const bdi = (text) => text && make("bdi", {}, text);

const dotted = (parts) => parts.filter(Boolean).flatMap((part, at) => [at > 0 && " · ", part].flat());

function stampCards(event) {
  const cards = [["Published", event.published], ["Modified", event.modified]].map(([name, stamp]) => stamp && card("stamp", name, stamp.value, [
    ["from", STAMPS[stamp.basis]],
    ["precision", stamp.precision.replaceAll("_", " ")],
    ["time zone", stamp.zone_known ? "known" : "unknown"],
    ["within", stamp.not_before && `${stamp.not_before} to ${stamp.not_after}`],
    ["others say", stamp.alternatives.map((other) => `${other.value} (${STAMPS[other.basis]})`).join(", ")],
  ], stamp.confidence));
  return group("When", cards.filter(Boolean));
}

function languageCard({ language }) {
  return language && group("Language", [card("language", languageName(language.tag), language.tag, [
    ["from", language.basis === "text" ? "the text" : "the record's own word"],
    ["script", language.script],
    ["reliable", language.reliable ? "yes" : "no: look twice"],
    ["or", language.alternatives.map((other) => `${languageName(other.tag)} ${percent(other.confidence)}`).join(", ")],
    ["stretches in", [...new Set(language.segments.map((segment) => languageName(segment.tag)))].join(", ")],
  ], language.confidence)]);
}

function entityCards(event, tags) {
  return group(plural(event.entities.length, "name", "names"), tags.entities.map(({ entity, anchor, kind }) => card(kind, entity.name, kind, [
    ["read by", BASES[entity.basis]],
    ["id", entity.id && identity(entity.id)],
    ["also", entity.same_as.length && entity.same_as.flatMap((id, at) => [at ? ", " : "", identity(id)])],
    ["could be", entity.candidates.length && entity.candidates.flatMap((id, at) => [at ? ", " : "", identity(id)])],
    ["country", entity.country && countryName(entity.country)],
    ["lies at", entity.geo && `${entity.geo.lat}, ${entity.geo.lon}`],
    ["salience", percent(entity.salience)],
    ["named", places(entity.mentions)],
  ], entity.confidence, anchor)));
}

function dateCards(event, tags) {
  return group(plural(event.dates.length, "date", "dates"), tags.dates.map(({ date, anchor }) => card("date", date.text, date.value, [
    ["rule", date.rule],
    ["counted from", date.anchor && `${ANCHORS[date.anchor.basis]}, ${date.anchor.value}`],
    ["precision", date.precision.replaceAll("_", " ")],
    ["TIMEX3", date.timex !== date.value && date.timex],
    ["repeats", date.set && "yes"],
    ["or", date.alternatives.map((other) => other.value).join(", ")],
    ["stands at", places([date])],
  ], date.confidence, anchor)));
}

function oddities({ warnings }) {
  return warnings.length > 0 && group("Odd about it", warnings.map((warning) => card("warning", warning.code.replaceAll("_", " "), "", [["", warning.detail]])));
}

/** What the record was, and where its event went. */
function recordCard(item) {
  const { source, provenance } = item.event;
  return group("The record", [card("record", elsewhere(source.canonical_url ?? source.url) ?? "No address", "", [
    ["came as", provenance.dialect.replaceAll("_", " ")],
    ...went(item),
  ])]);
}

/** Where an event stands and went; what is on trial stands nowhere and goes nowhere. */
const went = ({ number, event, routes, copies }) => [
  ["id", event.id],
  ["stood at", number && place(event)],
  [number ? "took the routes" : "would take the routes", routes?.join(", ")],
  [number ? "is also in" : "would also be in", copies?.join(", ")],
];

/** An article's address, to be opened if it is one of the web: other schemes could do anything here. */
const elsewhere = (url) => url && (/^https?:\/\//i.test(url) ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, url) : url);

const place = ({ provenance }) => `${provenance.topic}, partition ${provenance.partition}, offset ${provenance.offset}`;
const places = (mentions) => {
  const shown = mentions.slice(0, 3).map((mention) => `${mention.in} ${mention.start}–${mention.end}`);
  return shown.join(", ") + (mentions.length > 3 ? ` and ${mentions.length - 3} more` : "");
};

/** An id, leading to who knows more of it. */
function identity(id) {
  const [scheme, value] = id.split(":");
  const link = SCHEMES[scheme];
  return link && /^[A-Z]?\d+$/.test(value) ? make("a", { href: link(value), rel: "noreferrer noopener", target: "_blank" }, id) : id;
}

const group = (title, cards) => make("div", { class: "group" }, make("h3", {}, title), cards.length ? make("ul", {}, ...cards) : make("p", { class: "dim" }, "none"));

function card(kind, name, value, details, confidence, anchor) {
  return make("li", { class: `card ${kind}`, id: anchor, "data-anchor": anchor, tabindex: anchor && "-1" },
    make("p", { class: "card-head" },
      anchor ? make("button", { type: "button", class: `tag ${kind}`, onclick: find, title: "Show in the text" }, make("bdi", {}, name)) : make("bdi", { class: "strong" }, name),
      value && make("span", { class: "value" }, value),
      confidence !== undefined && sure(confidence)),
    facts(details));
}

const sure = (confidence) => make("span", { class: "sure", title: "how sure it is" }, make("meter", { min: 0, max: 1, value: confidence, "aria-label": "how sure it is" }), percent(confidence));

/** A list of what is known; what is not is left out. */
function facts(pairs) {
  const known = pairs.filter(([, value]) => value && value.length !== 0);
  return make("dl", { class: "facts" }, ...known.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, ...[value].flat()))));
}
