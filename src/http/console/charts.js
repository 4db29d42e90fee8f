// Drawings without a library: lines, bars, a map without tiles, a timeline.

import { count, countryName, draw, languageName, make, plural } from "./dom.js";

/** The last values as a line; the axis begins at zero. */
export function sparkline(values, label) {
  const [width, height] = [120, 28];
  const top = Math.max(...values, 1e-9);
  const points = values.map((value, at) => `${(at * width) / Math.max(values.length - 1, 1)},${height - 2 - (value / top) * (height - 4)}`);
  const line = points.join(" ");
  return draw("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
    points.length > 1 && draw("polygon", { points: `0,${height} ${line} ${width},${height}` }),
    points.length > 1 && draw("polyline", { points: line, "vector-effect": "non-scaling-stroke" }));
}

/** Rows of a name, a bar and a number. With `choose`, the names are buttons. */
export function bars(rows, { choose, unit = "", empty = "none yet", kind = "" } = {}) {
  if (!rows.length) return make("p", { class: "dim" }, empty);
  const top = Math.max(...rows.map((row) => row.value), 1);
  return make("ul", { class: "bars" }, ...rows.map(({ name, value, key, note, shown }) => make("li", {},
    choose ? make("button", { type: "button", onclick: () => choose(key ?? name) }, make("bdi", {}, name)) : make("bdi", {}, name),
    make("span", { class: "dim" }, note ?? ""),
    draw("svg", { class: `bar ${kind}`, viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
      draw("rect", { width: 100, height: 6, class: "rail" }), draw("rect", { width: (100 * value) / top, height: 6 })),
    make("span", { class: "n" }, shown ?? count(value), unit))));
}

/** Places as dots on a plain map of the land, the larger the more articles name them. */
export function map(places, choose) {
  const known = places.filter((place) => place.lat !== null && place.lon !== null && place.lat > -60 && place.lat < 84);
  const top = Math.max(...known.map((place) => place.articles), 1);
  // The smallest is drawn last, so that it lies above the larger ones.
  const dots = known.map((place) => {
    const said = `${place.name}: ${plural(place.articles, "article", "articles")}`;
    return draw("circle", { cx: (place.lon + 180) * 2, cy: (84 - place.lat) * 2, r: 2.5 + 7 * Math.sqrt(place.articles / top), onclick: () => choose(place.id ?? place.name) },
      draw("title", {}, said));
  });
  const about = `Map of ${plural(known.length, "place", "places")}; the list beside it names them`;
  return make("div", { class: "map" }, make("div", { class: "land" }), draw("svg", { viewBox: "0 0 720 288", role: "img", "aria-label": about }, ...dots));
}

/** How many bars a timeline has at most. */
const SLOTS = 48;

/** How often each month, or each year if they span more, is mentioned; what lies far off is told beside it. */
export function timeline(dates) {
  if (!dates.length) return make("p", { class: "dim" }, "none yet");
  const months = dates.filter(([name]) => name.length === 7).map(([name, n]) => [monthNumber(name), n]);
  const years = dates.map(([name, n]) => [Number(name.slice(0, 4)), n]);
  const byMonth = months.length > 0 && total(months) * 2 >= total(years);
  const slots = byMonth ? months : years;
  const middle = median(slots);
  const [first, last] = [Math.max(middle - SLOTS / 2, Math.min(...slots.map(([at]) => at))), Math.min(middle + SLOTS / 2, Math.max(...slots.map(([at]) => at)))];
  const name = byMonth ? monthName : String;
  const counts = new Map();
  for (const [at, n] of slots) counts.set(at, (counts.get(at) ?? 0) + n);
  const top = Math.max(...[...counts].filter(([at]) => at >= first && at <= last).map(([, n]) => n));
  const width = last - first + 1;
  const columns = [...counts].filter(([at]) => at >= first && at <= last).map(([at, n]) =>
    draw("rect", { x: at - first + 0.12, y: 40 - (38 * n) / top, width: 0.76, height: (38 * n) / top }, draw("title", {}, `${name(at)}: ${n}`)));
  const [before, after] = [total(slots.filter(([at]) => at < first)), total(slots.filter(([at]) => at > last))];
  const unseen = byMonth ? total(years) - total(months) : 0;
  const aside = [before && `${before} before`, after && `${after} after`, unseen && `${unseen} of a year alone`].filter(Boolean);
  return make("figure", { class: "timeline" },
    draw("svg", { viewBox: `0 0 ${width} 40`, preserveAspectRatio: "none", role: "img", "aria-label": `Dates mentioned from ${name(first)} to ${name(last)}` }, ...columns),
    make("figcaption", {}, make("span", {}, name(first)), make("span", { class: "dim" }, aside.join(", ")), make("span", {}, name(last))));
}

const total = (slots) => slots.reduce((sum, [, n]) => sum + n, 0);
const monthNumber = (name) => Number(name.slice(0, 4)) * 12 + Number(name.slice(5)) - 1;
const monthName = (number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;

function median(slots) {
  const sorted = [...slots].sort((a, b) => a[0] - b[0]);
  let half = total(sorted) / 2;
  return sorted.find(([, n]) => (half -= n) <= 0)[0];
}

/** Places, dates, names, languages and sources of what the filter lets through. */
export function world(facets, choose) {
  const rows = (pairs, name = String) => pairs.map(([key, value]) => ({ key, name: name(key), value }));
  const named = (list) => list.slice(0, 12).map((one) => ({ key: one.id ?? one.name, name: one.name, value: one.articles, note: one.country ? countryName(one.country) : one.type }));
  return [
    panel("Where", "wide", map(facets.places, (key) => choose({ entity: key }))),
    panel("Dates that the texts mention", "wide", timeline(facets.dates)),
    panel("Places", "", bars(named(facets.places), { choose: (key) => choose({ entity: key }), kind: "place" })),
    panel("Names", "", bars(named(facets.names), { choose: (key) => choose({ entity: key }), kind: "person" })),
    panel("Languages", "", bars(rows(facets.languages, languageName), { choose: (key) => choose({ language: key }) })),
    panel("Sources", "", bars(rows(facets.sources), { choose: (key) => choose({ source: key }), empty: "no source is given" })),
  ];
}

export const panel = (title, kind, ...content) => make("section", { class: `panel ${kind}` }, make("h3", {}, title), ...content);
