// Offsets of the contract are Unicode code points, half-open; those of JavaScript are UTF-16 code units.

/** A function that slices a text by code points. */
export function slicer(text) {
  if (!/[\uD800-\uDFFF]/.test(text)) return (start, end) => text.slice(start, end);
  const starts = [];
  let at = 0;
  for (const character of text) {
    starts.push(at);
    at += character.length;
  }
  const unit = (point) => (point < starts.length ? starts[point] : text.length);
  return (start, end = starts.length) => text.slice(unit(start), unit(end));
}

/** How many code points a text has. */
export function points(text) {
  let found = 0;
  for (const _ of text) found += 1;
  return found;
}

/** The spans that can be shown at once: none overlaps another, the longer goes before the shorter. */
export function apart(spans) {
  const taken = [];
  const longestFirst = [...spans].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const span of longestFirst) {
    if (taken.every((other) => span.end <= other.start || span.start >= other.end)) taken.push(span);
  }
  return taken.sort((a, b) => a.start - b.start);
}

/** The paragraphs of a text, each with the code points that it covers. */
export function paragraphs(text) {
  const found = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const end = at + points(line);
    if (line.trim()) found.push({ start: at, end });
    at = end + 1;
  }
  return found;
}

/** A stretch of a text in pieces: `{ text, span }`, where `span` is missing between the spans. */
export function pieces(slice, from, to, spans) {
  const found = [];
  let at = from;
  for (const span of spans) {
    const [start, end] = [Math.max(span.start, from), Math.min(span.end, to)];
    if (start >= end) continue;
    if (start > at) found.push({ text: slice(at, start) });
    found.push({ text: slice(start, end), span });
    at = end;
  }
  if (at < to) found.push({ text: slice(at, to) });
  return found;
}
