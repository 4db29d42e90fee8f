// The runbooks: what to do about each alert, where the links of alerts lead. They are docs/runbooks.md as it is, in the
// little of Markdown that it is written in, with the anchors that it has elsewhere: `#wiredeskdown`.

import { by, make } from "./dom.js";

/** What stands within a line: code, what is strong, a link. */
const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/;

let asked = null;

/** Shows them all, and leads to one of them. */
export async function runbooks(anchor) {
  asked ??= fetch("console/runbooks.md").then((answer) => answer.text()).then((text) => by("runbooks-text").replaceChildren(...page(text)));
  await asked.catch((error) => {
    asked = null;
    throw error;
  });
  const entry = anchor && document.getElementById(anchor.toLowerCase());
  entry?.scrollIntoView();
  entry?.focus({ preventScroll: true });
}

/** An entry for each heading, after a list of all of them. */
function page(text) {
  const [before, ...entries] = text.split(/^## /m).map((part) => part.split("\n"));
  const titles = entries.map(([title]) => make("li", {}, make("a", { href: `#${title.toLowerCase()}` }, title)));
  return [
    ...blocks(before.slice(1), "every alert"),
    make("ul", { class: "titles", "aria-label": "Alerts" }, ...titles),
    ...entries.map(([title, ...lines]) => make("section", { id: title.toLowerCase(), tabindex: "-1", "aria-label": title }, make("h3", {}, title), ...blocks(lines, title))),
  ];
}

/** Paragraphs, lists, tables and code, as empty lines part them, of what is said about `what`. */
function blocks(lines, what) {
  return lines.join("\n").split(/\n\n+/).map((block) => block.replace(/\n+$/, "")).filter((block) => block.trim()).flatMap((block) => {
    if (block.startsWith("        ")) return make("pre", { tabindex: "0" }, block.replace(/^ {8}/gm, ""));
    if (block.startsWith("|")) return table(block.split("\n"), what);
    if (block.startsWith("- ")) return make("ul", { class: "points" }, ...block.split(/^- /m).slice(1).map((item) => make("li", {}, ...inline(item))));
    // What it means, what readers notice, what to do: each begins its own line.
    return block.split(/\n(?=\*\*)/).map((part) => make("p", {}, ...inline(part.trim())));
  });
}

function table(lines, what) {
  const [head, , ...rows] = lines.map((line) => line.split("|").slice(1, -1).map((cell) => inline(cell.trim())));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table of ${what}` }, make("table", {},
    make("thead", {}, make("tr", {}, ...head.map((cell) => make("th", { scope: "col" }, ...cell)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, ...cell)))))));
}

function inline(text) {
  return text.split(INLINE).filter(Boolean).map((part) => {
    if (part.startsWith("`")) return make("code", {}, part.slice(1, -1));
    if (part.startsWith("**")) return make("b", {}, part.slice(2, -2));
    const [, label, target] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part) ?? [];
    // Other pages of the documentation are not in the program.
    if (label) return target.startsWith("#") ? make("a", { href: target }, label) : label;
    return part;
  });
}
