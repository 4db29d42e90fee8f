//! Lines that are a label and a number, and nothing else: comments, reading time, the place of a picture in a gallery,
//! how long ago.

use super::Found;
use super::fold::{is_digit, strip_separator};
use super::words::{Kind, Rules};
use crate::event::FurnitureRole;

/// The most code points of a line that counts something.
const CHARS_MAX: usize = 60;

/// `Comments (3)`, `3 comments`, `댓글 8개`; `3 min read`, `Lesezeit: 3 Minuten`.
pub(super) fn role_of(line: &str, chars: usize, rules: &Rules) -> Option<Found> {
    if chars > CHARS_MAX || !line.contains(is_digit) {
        return None;
    }
    let after = rules.labels.starting(line).into_iter().find_map(|(kind, rest)| match kind {
        Kind::Comments if is_count(rest) => Some(FurnitureRole::Comments),
        Kind::Reading if is_duration(rest) => Some(FurnitureRole::ShareBar),
        Kind::Picture if is_place_in_gallery(rest) => Some(FurnitureRole::Caption),
        _ => None,
    });
    let ended = || {
        let line = line.trim_end_matches([')', '）', '.', '·', '|', ' ']);
        rules.endings.ending(line).into_iter().find_map(|(kind, rest)| match kind {
            Kind::Comments if is_number(rest) => Some(FurnitureRole::Comments),
            Kind::Reading if is_number(rest) => Some(FurnitureRole::ShareBar),
            _ => None,
        })
    };
    after.or_else(ended).map(Found::new)
}

/// `3 hours ago`, `il y a 3 heures`: what follows or precedes the label is a number and at most its unit.
pub(super) fn is_ago(text: &str, rules: &Rules) -> bool {
    const TOKENS_MAX: usize = 2;
    let text = text.trim();
    if text.chars().count() > CHARS_MAX || !text.contains(is_digit) {
        return false;
    }
    let counted =
        |rest: &str| rest.trim().starts_with(char::is_numeric) && rest.split_whitespace().count() <= TOKENS_MAX;
    rules.labels.starting(text).into_iter().any(|(kind, rest)| kind == Kind::Ago && counted(rest))
        || rules.endings.ending(text).into_iter().any(|(kind, rest)| kind == Kind::Ago && counted(rest))
}

/// A number, perhaps in brackets, after a colon, or roughly: `~3`.
fn is_number(text: &str) -> bool {
    let signs = |c: char| {
        c.is_whitespace()
            || matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | ':' | '：' | '~' | '·' | '|' | '.' | ',' | '+' | '-')
    };
    text.contains(is_digit) && text.chars().all(|c| c.is_numeric() || signs(c))
}

/// A number, perhaps with the word that Chinese, Japanese and Korean count with.
pub(super) fn is_count(text: &str) -> bool {
    let text = text.trim_end_matches([')', '）']).trim_end();
    is_number(text.trim_end_matches(['개', '件', '条', '條', '则', '則', '건']))
}

/// A number and at most a word for its unit, which may be written with it: `: 3 min`, `約3分`, `3 phút đọc`.
fn is_duration(text: &str) -> bool {
    const TOKENS_MAX: usize = 3;
    let text = strip_separator(text).unwrap_or(text.trim());
    let start = text.trim_start_matches(['~', '約', '约', '(', '（', '·', '-', '–', ' ', '<']);
    start.starts_with(char::is_numeric)
        && start.split_whitespace().count() <= TOKENS_MAX
        && start.chars().count() <= 16
        && !start.ends_with('。')
}

/// `1/12`, `1 of 12`: a place and a count with a sign or one word between them.
fn is_place_in_gallery(text: &str) -> bool {
    let text = strip_separator(text).unwrap_or(text.trim());
    let text = text.trim_end_matches([')', ']']);
    let digits = |c: char| c.is_ascii_digit();
    let (place, count) = (text.trim_start_matches(digits), text.trim_end_matches(digits));
    let between = text.get(text.len() - place.len()..count.len()).unwrap_or_default().trim();
    place.len() < text.len()
        && count.len() < text.len()
        && (matches!(
            between,
            "/" | "sur" | "von" | "of" | "de" | "di" | "van" | "din" | "av" | "af" | "z" | "из" | "з" | "dari"
        ))
}
