//! Furniture within a paragraph: what stands in brackets between two sentences and is a picture credit, the place of an
//! advertisement or a related link.
//!
//! A credit in the middle of a sentence stays: there it may be part of it. So does the caption before a credit, since
//! nothing says where it begins.

use super::words::{Rules, rules};
use super::{Fate, Found, Gap, Line, Sheet, lines, picture, sheet, tail};
use crate::event::FurnitureRole;

/// The most bytes between brackets; a credit of 80 code points fits in most scripts.
const INNER_BYTES_MAX: usize = 240;

/// Lifts furniture out of the lines of prose.
pub(super) fn lift(sheet: &mut Sheet<'_>) {
    let is_body = |line: &Line<'_>| line.fate == Fate::Body;
    let last = sheet.lines.iter().rposition(is_body).unwrap_or(0);
    let mut parted = Vec::new();
    let body = sheet.lines.iter().enumerate().filter(|(_, line)| is_body(line));
    for (prose, (at, line)) in body.enumerate() {
        if let Some(mut parts) = parts(line.text, prose, at == last) {
            parts[0].gap = line.gap;
            parted.push((at, parts));
        }
    }
    if parted.is_empty() {
        return;
    }
    let mut lines = Vec::with_capacity(sheet.lines.len() + 2 * parted.len());
    let mut parted = parted.into_iter().peekable();
    for (at, line) in std::mem::take(&mut sheet.lines).into_iter().enumerate() {
        match parted.next_if(|(place, _)| *place == at) {
            Some((_, parts)) => lines.extend(parts),
            None => lines.push(line),
        }
    }
    sheet.lines = lines;
}

/// The parts of a line of prose that holds furniture; `None` if it holds none. `prose` counts the lines of prose before
/// it, and `last` says that none follow.
fn parts(line: &str, prose: usize, last: bool) -> Option<Vec<Line<'_>>> {
    // Most lines have no bracket at all; the last of these bytes begins those of Chinese.
    if !line.bytes().any(|byte| matches!(byte, b'(' | b'[' | 0xEF)) {
        return None;
    }
    let rules = rules();
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some((start, end, found)) = next(line, from, rules) {
        push(&mut parts, &line[from..start], Fate::Body);
        push(&mut parts, &line[start..end], Fate::furniture(found));
        from = end;
    }
    if parts.is_empty() {
        return None;
    }
    push(&mut parts, &line[from..], Fate::Body);
    is_settled(&parts, prose, last, rules).then_some(parts)
}

fn push<'a>(parts: &mut Vec<Line<'a>>, text: &'a str, fate: Fate) {
    // A blank before a part parts it from the one before it.
    let blank = text.starts_with(char::is_whitespace) || (parts.is_empty() && !text.is_empty());
    let text = text.trim();
    let gap = if blank { Gap::Blank } else { Gap::None };
    if !text.is_empty() {
        parts.push(Line { text, gap, fate });
    }
}

/// What is left of a line that ends the prose; `None` if it is left whole. `prose` counts the lines of prose before it.
pub(super) fn left_of_last(line: &str, prose: usize) -> Option<String> {
    parts(line, prose, true).map(|parts| left(&parts))
}

/// The prose that is left of a line.
fn left(parts: &[Line<'_>]) -> String {
    let mut left = String::new();
    let mut gap = Gap::None;
    for part in parts {
        gap = gap.max(part.gap);
        if part.fate == Fate::Body {
            left.push_str(if left.is_empty() { "" } else { gap.as_str() });
            left.push_str(part.text);
            gap = Gap::None;
        }
    }
    left
}

/// Whether the prose that is left has no furniture of its own: else a text that is cleaned again would change again.
fn is_settled(parts: &[Line<'_>], prose: usize, last: bool, rules: &Rules) -> bool {
    let left = left(parts);
    !left.is_empty()
        && lines::role_of(&left, prose).is_none()
        && next(&left, 0, rules).is_none()
        && !(prose == 0 && sheet::opens_with_marker(&left))
        && !(last && tail::is_signed(&left))
}

/// The next furniture at or after a place in the line.
fn next(line: &str, from: usize, rules: &Rules) -> Option<(usize, usize, Found)> {
    let mut from = from;
    while let Some(open) = line[from..].find(picture::BRACKETS_OPEN).map(|at| from + at) {
        let inner_start = open + line[open..].chars().next().map_or(1, char::len_utf8);
        from = inner_start;
        let reach = line.len().min(inner_start + INNER_BYTES_MAX);
        let reach = (inner_start..=reach).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(inner_start);
        let Some(close) = line[inner_start..reach].find(picture::BRACKETS_CLOSE).map(|at| inner_start + at) else {
            continue;
        };
        let inner = &line[inner_start..close];
        let end = close + line[close..].chars().next().map_or(1, char::len_utf8);
        if let Some(role) = role(inner.trim(), &line[open..inner_start], rules) {
            let end = end + bar(&line[end..]);
            if stands_apart(&line[..open], &line[end..], role) {
                return Some((open, end, Found::new(role)));
            }
        }
    }
    None
}

/// What stands in the brackets.
fn role(inner: &str, open: &str, rules: &Rules) -> Option<FurnitureRole> {
    if open == "[" && inner.ends_with(|c: char| c.is_ascii_digit()) && lines::is_ad(inner, rules) {
        return Some(FurnitureRole::AdPlaceholder);
    }
    if inner.contains(picture::BRACKETS_OPEN) {
        return None;
    }
    if picture::is_bracketed(inner, rules) {
        return Some(FurnitureRole::Credit);
    }
    // A link needs its sign here, which `labelled` does not ask for.
    let link = || {
        inner.contains([':', '：'])
            && lines::labelled(inner, rules).is_some_and(|found| found.role == FurnitureRole::RelatedLink)
    };
    link().then_some(FurnitureRole::RelatedLink)
}

/// The bytes of a bar that ends a caption in tables: `(Photo: X) |`.
fn bar(after: &str) -> usize {
    let rest = after.trim_start_matches(' ');
    if rest.starts_with("| ") || rest == "|" { after.len() - rest.len() + 1 } else { 0 }
}

/// Whether what stands between `before` and `after` stands between two sentences.
fn stands_apart(before: &str, after: &str, role: FurnitureRole) -> bool {
    let before = before.trim_end();
    let ended = before.is_empty()
        || before.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟', '"', '”', '»', '|', ')', ']', '」']);
    let next = after.trim_start().chars().next();
    let opens = next.is_none_or(|c| {
        !c.is_lowercase()
            && (c.is_alphanumeric() || matches!(c, '"' | '“' | '«' | '„' | '「' | '[' | '(' | '-' | '–' | '—'))
    });
    let capital = next.is_some_and(char::is_uppercase) && after.starts_with(char::is_whitespace);
    match role {
        // No sentence has a numbered placeholder in it.
        FurnitureRole::AdPlaceholder => true,
        _ => opens && (ended || (capital && !before.ends_with([',', ';', ':', '-', '–', '—']))),
    }
}
