// The figures of the process: a strip above every view, and the desk in full.

import { bars, panel, sparkline } from "./charts.js";
import { by, clock, count, duration, languageName, make, plural } from "./dom.js";

/** How many looks are remembered: two minutes, one a second. */
const LOOKS_MAX = 120;

/** Over how many looks latency is measured: one minute. */
const WINDOW = 60;

const looks = [];

/** Takes a look at the process and shows it. */
export function take(state) {
  if (looks.length && looks.at(-1).uptime_ms > state.uptime_ms) looks.length = 0; // another process
  looks.push(state);
  if (looks.length > LOOKS_MAX) looks.shift();
  health(state);
  by("strip").replaceChildren(...strip(state));
}

/** The whole desk; called only while it is seen. */
export function desk(state) {
  by("desk-figures").replaceChildren(
    panel("Partitions", "wide", partitions(state.partitions)),
    panel("Throughput", "", sparkline(rates(), "Records a second, the last two minutes"), pairs([["consumed", count(state.consumed)], ["produced", count(state.produced)], ["dropped by a rule", count(state.dropped)], ["in flight", bytes(state.inflight_bytes)]])),
    panel("Latency, from the record's time to its commit", "", latencies()),
    panel("Dead letters by reason", "", bars(state.dead_letters.map(([name, value]) => ({ name: name.replaceAll("_", " "), value })), { kind: "bad" })),
    panel("Workers", "", workers(state)),
    panel("Languages", "", bars(state.languages.slice(0, 12).map(([tag, value]) => ({ name: languageName(tag), value })))),
    panel("Entities by type", "", bars(state.entity_types.map(([name, value]) => ({ name, value, kind: name })))),
    ...routes(state),
    panel("The process", "", process(state)),
  );
}

function health(state) {
  const problem = state.live ?? state.ready;
  const said = problem ?? "ready";
  // It is read aloud at each change, not each second.
  if (by("health").textContent !== said) by("health").textContent = said;
  by("health").className = problem ? "bad" : "good";
}

function strip(state) {
  const all = rates();
  // Lag that the brokers have not told is not passed off as none.
  const unknown = state.partitions.length === 0 || state.partitions.some((partition) => partition.lag_records === null);
  const lag = state.partitions.reduce((sum, partition) => sum + (partition.lag_records ?? 0), 0);
  const late = Math.max(0, ...state.partitions.map((partition) => partition.lag_seconds ?? 0));
  const dead = state.dead_letters.reduce((sum, [, n]) => sum + n, 0);
  const [p50, p99] = quantiles([0.5, 0.99]);
  const recent = all.slice(-5);
  const rate = recent.reduce((sum, value) => sum + value, 0) / Math.max(recent.length, 1);
  return [
    figure("records a second", rate < 10 ? rate.toFixed(1) : count(rate), sparkline(all, "The last two minutes")),
    figure("latency p50", p50, null, `p99 ${p99}`),
    unknown ? figure("lag", "–", null, "unknown") : figure("lag", count(lag), null, lag ? `${duration(late)} behind` : "caught up", lag ? "" : "good"),
    figure("dead letters", count(dead), null, dead ? `of ${plural(state.consumed, "record", "records")}` : "none", dead ? "bad" : "good"),
    figure("languages", count(state.languages.length), null, state.languages.slice(0, 3).map(([tag]) => tag).join(" ")),
    figure("rules", state.rules.slice(0, 7), null, `wiredesk ${state.about.version}`, "code"),
  ];
}

const figure = (name, value, chart, note, kind = "") =>
  make("div", { class: `figure ${kind}` }, make("dt", {}, name), make("dd", {}, make("b", {}, value), note && make("span", { class: "note" }, note), chart));

/** Records a second between each look and the next. */
function rates() {
  return looks.slice(1).map((look, index) => {
    const before = looks[index];
    return ((look.consumed - before.consumed) * 1000) / Math.max(look.uptime_ms - before.uptime_ms, 1);
  });
}

/** Counts of latencies in the last minute, or since the start where the minute had none: `[bound, cumulative]`. */
function histogram() {
  const last = looks.at(-1)?.latencies ?? [];
  const first = looks.at(-WINDOW)?.latencies ?? looks[0]?.latencies ?? [];
  const recent = last.map(([bound, n], index) => [bound, n - (first[index]?.[1] ?? 0)]);
  return recent.at(-1)?.[1] > 0 ? recent : last;
}

/** Quantiles of the latency, each as the bound of its bucket. */
function quantiles(shares) {
  const buckets = histogram();
  const all = buckets.at(-1)?.[1] ?? 0;
  return shares.map((share) => {
    if (!all) return "–";
    const [bound] = buckets.find(([, n]) => n >= share * all);
    return bound === null ? `> ${duration(buckets.at(-2)[0])}` : `≤ ${duration(bound)}`;
  });
}

function latencies() {
  const buckets = histogram().map(([bound, n], index, all) => ({ name: bound === null ? "more" : `≤ ${duration(bound)}`, value: n - (all[index - 1]?.[1] ?? 0) }));
  const filled = buckets.map((bucket) => bucket.value > 0);
  const shown = buckets.slice(Math.max(filled.indexOf(true), 0), filled.lastIndexOf(true) + 1);
  return bars(shown);
}

function partitions(list) {
  if (!list.length) return make("p", { class: "dim" }, "none assigned yet");
  const now = Date.now() / 1000;
  const head = ["partition", "lag, records", "lag, time", "last progress"];
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Partitions" }, make("table", {},
    make("thead", {}, make("tr", {}, ...head.map((name, at) => make("th", { scope: "col", class: at && "n" }, name)))),
    make("tbody", {}, ...list.map((partition) => make("tr", {},
      make("th", { scope: "row" }, partition.name, partition.is_stalled && make("b", { class: "bad" }, " stalled")),
      make("td", { class: `n ${partition.lag_records ? "" : "good"}` }, partition.lag_records === null ? "unknown" : count(partition.lag_records)),
      make("td", { class: "n" }, duration(partition.lag_seconds)),
      make("td", { class: "n" }, `${duration(Math.max(0, Math.round(now - partition.last_progress_unix)))} ago`))))));
}

const workers = ({ workers: list, rewound, rebuilt, rebalances }) => [
  bars(list.map(({ number, idle_ms }) => ({ name: `worker ${number}`, value: 1, note: `came round ${duration(idle_ms / 1000)} ago`, shown: "" })), { empty: "none runs" }),
  pairs([["batches read again", count(rewound)], ["new clients after an error", count(rebuilt)], ["rebalances", count(rebalances)]]),
].flat();

/** Each route of the configuration, those that nothing took yet as well; nothing where none is configured. */
function routes({ about, routed }) {
  const taken = new Map(routed);
  const rows = about.routes.map(([name, topic]) => ({ name, note: `to ${topic}`, value: taken.get(name) ?? 0 }));
  return rows.length ? [panel("Routes", "", bars(rows))] : [];
}

function process({ about, rules, uptime_ms }) {
  return pairs([
    ["version", about.version],
    ["rules", rules],
    ["instance", about.instance],
    ["group", about.group],
    ["reads", about.raw.join(", ")],
    ["writes", about.enriched],
    ["dead letters to", about.dead_letter],
    about.latest && ["the newest of each to", about.latest],
    ["guarantee", about.guarantee.replaceAll("_", " ")],
    ["up for", duration(uptime_ms / 1000)],
    ["looked at", clock(Date.now() / 1000)],
  ]);
}

const pairs = (list) => make("dl", { class: "facts" }, ...list.filter(Boolean).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));

function bytes(n) {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  const at = Math.min(Math.floor(Math.log2(Math.max(n, 1)) / 10), 3);
  return `${(n / 1024 ** at).toFixed(at ? 1 : 0)} ${units[at]}`;
}
