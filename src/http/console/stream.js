// The list of events, the newest first: bounded, held while it is read, walked with the arrow keys.

import { by, clock, languageName, make, plural, spoken } from "./dom.js";

/** How many rows a page holds at most. */
const ROWS_MAX = 200;

const LEAD_CHARS = 160;

export class Stream {
  /** `choose(item)` is called with what the reader wants to see. */
  constructor(choose) {
    this.choose = choose;
    this.list = by("stream");
    this.waiting = [];
    this.paused = false;
    this.list.addEventListener("keydown", (press) => this.walk(press));
    by("pause").addEventListener("click", () => this.pause(!this.paused));
    by("fresh").addEventListener("click", () => {
      this.show();
      this.list.querySelector("button")?.focus();
    });
  }

  /** Shows these alone, the newest first. */
  replace(items) {
    this.waiting = [];
    this.list.replaceChildren(...items.map((item) => this.row(item)));
    this.tell();
  }

  /** Adds older ones below. */
  extend(items) {
    this.list.append(...items.map((item) => this.row(item)));
  }

  /** Adds newer ones above, or holds them back while somebody reads the list. */
  add(items) {
    if (!items.length) return;
    this.waiting = [...items, ...this.waiting].slice(0, ROWS_MAX);
    const isScrolled = this.list.scrollTop > 40 || this.list.getBoundingClientRect().top < 0;
    const isRead = isScrolled || this.list.contains(document.activeElement);
    if (!this.paused && !isRead) this.show();
    this.tell();
  }

  show() {
    const rows = this.waiting.map((item) => this.row(item));
    rows.forEach((row) => row.classList.add("new"));
    this.waiting = [];
    this.list.prepend(...rows);
    while (this.list.children.length > ROWS_MAX) this.list.lastElementChild.remove();
    this.list.scrollTop = 0;
    this.tell();
  }

  pause(paused) {
    this.paused = paused;
    by("pause").setAttribute("aria-pressed", String(paused));
    by("pause").textContent = paused ? "Resume" : "Pause";
    if (!paused) this.show();
  }

  /** Marks the row that is read. */
  mark(number) {
    for (const button of this.list.querySelectorAll("button")) {
      if (button.dataset.number === String(number)) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  oldest() {
    return this.list.lastElementChild?.firstElementChild.dataset.number;
  }

  tell() {
    by("fresh").hidden = this.waiting.length === 0;
    by("fresh").textContent = `Show ${plural(this.waiting.length, "new one", "new ones")}`;
  }

  walk(press) {
    const steps = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" };
    const row = document.activeElement?.closest("li");
    const next = row?.[steps[press.key]];
    if (!next) return;
    press.preventDefault();
    next.firstElementChild.focus();
  }

  row(item) {
    const kind = item.dead_letter ? "dead" : item.event.status;
    const open = () => this.choose(item);
    return make("li", {}, make("button", { type: "button", class: `row-${kind}`, "data-number": item.number, onclick: open }, ...content(item)));
  }
}

function content(item) {
  if (item.dead_letter) {
    const { reason, detail } = item.dead_letter;
    return [meta(item.at, "dead letter", "bad"), make("span", { class: "title" }, reason.replaceAll("_", " ")), make("span", { class: "under" }, detail)];
  }
  const { event } = item;
  if (event.status === "retracted") {
    return [meta(item.at, "retracted", "bad"), make("span", { class: "title" }, event.source.url ?? event.id)];
  }
  const title = event.title ?? lead(event.body);
  const names = event.entities.slice(0, 4).map((entity) => make("span", { class: `tag ${entity.type}` }, make("bdi", {}, entity.name)));
  return [
    meta(item.at, languageName(event.language.tag), "", event.published ? event.published.value.slice(0, 10) : "no date"),
    make("span", { class: "title", ...spoken(event.language) }, title),
    make("span", { class: "names" }, ...names),
  ];
}

const meta = (at, label, kind, published) =>
  make("span", { class: "meta" }, make("time", {}, clock(at)), make("span", { class: `label ${kind}` }, label), published && make("span", {}, published));

function lead(body) {
  const characters = [...body.slice(0, 4 * LEAD_CHARS)];
  return characters.slice(0, LEAD_CHARS).join("") + (characters.length > LEAD_CHARS ? "…" : "");
}
