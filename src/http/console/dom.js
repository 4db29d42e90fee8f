// Elements made without markup: what strangers wrote is text and stays text.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners (`onclick: f`) and children: nodes, texts, or nothing. */
export const make = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

/** The same for drawings. */
export const draw = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

export const by = (id) => document.getElementById(id);

function fill(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/** A name in English, or the code itself where it is not a code. */
function named(names, code) {
  try {
    return names.of(code);
  } catch {
    return code;
  }
}

export const languageName = (tag) => (tag === "und" ? "undetermined" : tag === "other" ? "others" : named(languages, tag));
export const countryName = (code) => named(regions, code);

const RIGHT_TO_LEFT = new Set(["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"]);

/** Language and direction of an article's text. The first letter of a line may be Latin where the language is not. */
export const spoken = (language) => ({
  lang: language && language.tag !== "und" ? language.tag : undefined,
  dir: language && RIGHT_TO_LEFT.has(language.script) ? "rtl" : "auto",
});

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const count = (n) => (n === null || n === undefined ? "–" : n < 100_000 ? whole.format(n) : short.format(n));
export const percent = (score) => `${Math.round(score * 100)} %`;
export const plural = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;

/** A span of time in the unit that suits it. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds === 0) return "0 s";
  if (seconds < 0.001) return `${Math.round(seconds * 1e6)} µs`;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

export const clock = (unix) => new Date(unix * 1000).toLocaleTimeString("en-GB");
