// The page: which view is seen, what the filter lets through, and the one stream that feeds all of it.

import { Locked, events, follow, unlock } from "./api.js";
import { view } from "./article.js";
import { world } from "./charts.js";
import { by, count, languageName, make, plural } from "./dom.js";
import { desk, take } from "./figures.js";
import { runbooks } from "./runbooks.js";
import { Stream } from "./stream.js";
import * as trial from "./trial.js";

const VIEWS = ["wire", "world", "try", "desk", "runbooks"];

/** How long the reader may type before the filter is applied. */
const TYPING_MS = 250;

/** How often charts of what is kept are drawn anew while something comes in. */
const CHARTS_MS = 5000;

const stream = new Stream(read);
const form = by("filters");
let following = new AbortController();
let newest = 0;
let charted = 0;
let state = null;
/** Where the list was when an event took its place. */
let listAt = 0;

const filter = () => Object.fromEntries(new FormData(form));

/** Where there is little room, all of the filter but the words is folded away; how much of that is set shows all the same. */
function fold(open = form.classList.contains("open")) {
  const set = Object.entries(filter()).filter(([name, value]) => name !== "text" && value).length;
  form.classList.toggle("open", open);
  by("fold").setAttribute("aria-expanded", String(open));
  by("fold").textContent = set ? `Filters (${set})` : "Filters";
}

/** Shows one view, by the address: `#wire`, or `#wire/17` while an event is read; `#wiredeskdown` is an alert's runbook. */
function route() {
  const [name, part] = location.hash.slice(1).split("/");
  const alert = /^wiredesk/i.test(name) && name;
  const seen = alert ? "runbooks" : VIEWS.includes(name) ? name : "wire";
  for (const one of VIEWS) by(one).hidden = one !== seen;
  form.hidden = seen !== "wire" && seen !== "world";
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${seen}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.dataset.view = seen;
  if (seen === "desk" && state) desk(state);
  if (seen === "runbooks") runbooks(alert).catch(lost);
  if (seen !== "wire" || !part) close();
}

/** Shows an event beside the list, or in its place where there is no room for both. */
function read(item) {
  const shut = make("button", { type: "button", class: "quiet back", onclick: leave }, "‹ Back to the list");
  by("reader").replaceChildren(shut, ...view(item).filter(Boolean));
  by("reader").scrollTop = 0;
  if (!document.body.classList.contains("reading")) listAt = scrollY;
  document.body.classList.add("reading");
  stream.mark(item.number);
  const address = `#wire/${item.number}`;
  if (location.hash.includes("/")) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  by("reader").focus({ preventScroll: true });
  // On a phone the event stands where the list was.
  if (!by("stream").offsetParent) scrollTo(0, 0);
}

function close() {
  const wasReading = document.body.classList.contains("reading");
  document.body.classList.remove("reading");
  if (!wasReading) return;
  by("stream").querySelector("[aria-current]")?.focus({ preventScroll: true });
  scrollTo(0, listAt);
}

/** Back to the list. The browser goes back in its own time, so the event is left at once: whoever presses again, out of
 * impatience, would leave the page. */
function leave() {
  if (!document.body.classList.contains("reading")) return;
  close();
  history.back();
}

/** Asks for what is kept and passes the filter, then follows what comes. */
async function begin() {
  following.abort();
  following = new AbortController();
  fold();
  const { signal } = following;
  const found = await events(filter(), signal);
  stream.replace(found.items);
  chart(found, true);
  newest = found.newest;
  by("more").hidden = found.items.length >= found.found;
  for (;;) {
    for await (const message of follow({ ...filter(), after: newest }, signal)) hear(message);
    // The program ended the stream in order: it may be on its way back.
    await new Promise((later) => setTimeout(later, 1000));
  }
}

function hear(message) {
  newest = message.newest;
  state = message.state;
  stream.add(message.items);
  take(state);
  offer(form.elements.route, state.about.routes.map(([name]) => name));
  trial.limit(state.about.try_bytes_max);
  if (!by("desk").hidden) desk(state);
  if (message.items.length && Date.now() - charted > CHARTS_MS) events(filter(), following.signal).then((found) => chart(found)).catch(lost);
}

/** Shows what is kept, of what it is about. Only an answer to the reader's own filter is said aloud. */
function chart({ facets, found, kept }, aloud = false) {
  charted = Date.now();
  by("found").setAttribute("aria-live", aloud ? "polite" : "off");
  by("found").textContent = found === kept ? `${count(kept)} kept` : `${found} of ${kept} kept`;
  by("world-about").textContent = `Of ${plural(found, "event", "events")} that the filter lets through, of the last ${kept} kept in memory.`;
  // Whoever is about to press a name must not find another one there.
  if (!by("world-charts").contains(document.activeElement)) by("world-charts").replaceChildren(...world(facets, choose));
  offer(form.elements.language, facets.languages.map(([tag]) => tag), languageName);
}

/** Keeps what can be chosen up to date without losing the choice. Where there is nothing to choose nothing is shown. */
function offer(select, values, name = (value) => value) {
  const known = new Set([...select.options].map((option) => option.value));
  const added = values.filter((value) => !known.has(value));
  if (!added.length) return;
  const chosen = select.value;
  const all = [...known, ...added].filter(Boolean).sort((a, b) => name(a).localeCompare(name(b)));
  select.replaceChildren(make("option", { value: "" }, "any"), ...all.map((value) => make("option", { value }, name(value))));
  select.value = chosen;
  select.parentElement.hidden = false;
}

/** Sets parts of the filter, from a chart, and shows what it lets through. */
function choose(parts) {
  for (const [name, value] of Object.entries(parts)) form.elements[name].value = value;
  location.hash = "#wire";
  restart();
}

const restart = () => begin().catch(lost);

/** A filter that was replaced is no failure; a lost connection is tried again. */
function lost(error) {
  if (error.name === "AbortError") return;
  if (error instanceof Locked) {
    by("lock").hidden = false;
    form.hidden = true;
    // Runbooks are no secret, and whoever follows a link to one at night need not look for the token first.
    for (const one of VIEWS) by(one).hidden ||= one !== "runbooks";
    by("lock-told").textContent = by("lock").elements.token.value ? "That is not the token." : "";
    by("health").textContent = "locked";
    by("lock").elements.token.focus();
    return;
  }
  by("health").textContent = `no connection: ${error.message}`;
  by("health").className = "bad";
  setTimeout(restart, 2000);
}

const THEMES = [["", "as the system", "◐"], ["light", "light", "○"], ["dark", "dark", "●"]];

/** Colours: the system's, or the reader's own choice. */
function paint(name) {
  const [value, said, sign] = THEMES.find(([known]) => known === name) ?? THEMES[0];
  document.documentElement.dataset.theme = value;
  by("theme").textContent = sign;
  by("theme").setAttribute("aria-label", `Colours: ${said}`);
  localStorage.setItem("wiredesk-theme", value);
}

function wire() {
  let typing;
  form.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(restart, TYPING_MS);
  });
  form.addEventListener("submit", (press) => press.preventDefault());
  form.addEventListener("reset", () => setTimeout(restart));
  by("fold").addEventListener("click", () => fold(!form.classList.contains("open")));
  by("more").addEventListener("click", async () => {
    const found = await events({ ...filter(), before: stream.oldest() });
    stream.extend(found.items);
    by("more").hidden = found.items.length === 0;
  });
  by("lock").addEventListener("submit", (press) => {
    press.preventDefault();
    unlock(by("lock").elements.token.value);
    by("lock").hidden = true;
    route();
    restart();
  });
  by("theme").addEventListener("click", () => {
    const at = THEMES.findIndex(([name]) => name === (document.documentElement.dataset.theme ?? ""));
    paint(THEMES[(at + 1) % THEMES.length][0]);
  });
  document.addEventListener("keydown", (press) => {
    if (press.key === "Escape") leave();
    const isTyping = ["INPUT", "TEXTAREA", "SELECT"].includes(document.activeElement?.tagName);
    if (press.key === "/" && !isTyping && !form.hidden) {
      press.preventDefault();
      form.elements.text.focus();
    }
  });
  addEventListener("hashchange", route);
  addEventListener("popstate", route);
}

// Numbers of events mean nothing to another process: a page begins at the list.
if (location.hash.startsWith("#wire/")) history.replaceState(null, "", location.hash.split("/")[0]);
paint(localStorage.getItem("wiredesk-theme") ?? "");
wire();
trial.start((error) => {
  by("trial-told").textContent = error.message;
  by("trial-told").className = "bad";
  if (error instanceof Locked) lost(error);
});
route();
restart();
