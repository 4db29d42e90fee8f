//! Headlines of other articles that have no label of their own: those under a bare label (`Read also`), and those after
//! what ends a page's text (the share buttons, the tags, the comments).

use super::lines::is_prose;
use super::{Fate, Found, Line, Sheet, is_bare_name, is_small, is_spaced};
use crate::event::FurnitureRole;

/// The fewest code points of such a headline: shorter lines are headings of the article's own.
const HEADLINE_CHARS_MIN: usize = 20;

/// The same in a script without blanks.
const UNSPACED_CHARS_MIN: usize = 8;

/// The most code points of it; and in a script that has no stop to tell a paragraph by, Thai, Lao or Khmer.
const HEADLINE_CHARS_MAX: usize = 140;
const STOPLESS_CHARS_MAX: usize = 60;

/// What ends a sentence within quotation marks.
const STOPS: [char; 9] = ['.', '!', '?', '…', '。', '।', '۔', '؟', ','];

/// The fewest words of it.
const WORDS_MIN: usize = 3;

/// The most headlines in a row: more are a list that the article has itself.
const RUN_MAX: usize = 8;

/// Whether the line after these is a headline under the label that the last of them is, or under another headline there.
pub(super) fn is_under_label(lines: &[Line<'_>], line: &str) -> bool {
    let is_link =
        |line: &&Line<'_>| matches!(&line.fate, Fate::Furniture(found) if found.role == FurnitureRole::RelatedLink);
    let run = lines.iter().rev().take(RUN_MAX + 1).take_while(is_link).find(|line| is_label(line.text));
    run.is_some() && is_headline(line)
}

/// A link's label and nothing else: it is lifted without a headline.
fn is_label(text: &str) -> bool {
    const WORDS_MAX: usize = 5;
    let ended = text.ends_with([':', '：']);
    (ended || super::lines::is_bare_label(text)) && text.split_whitespace().count() <= WORDS_MAX
}

/// A line that could be a headline: of some length, not a sentence with its stop, and no name.
fn is_headline(line: &str) -> bool {
    // The signs at both ends tell most prose; to count its words costs more.
    let stopped = line.ends_with(['.', '…', '。', '।', '۔', '։', '။', '។', ':', '：', ';', ',', '，', '、']);
    if line.len() > 4 * HEADLINE_CHARS_MAX || stopped || line.starts_with(is_small) {
        return false;
    }
    let chars = line.chars().count();
    let unspaced = line.chars().filter(|c| c.is_alphabetic() && !is_spaced(*c)).count();
    let long = chars >= HEADLINE_CHARS_MIN && line.split_whitespace().count() >= WORDS_MIN;
    let unquoted = line.trim_end_matches(['"', '”', '»', '’', '」', '“']);
    let quoted = unquoted.len() < line.len() && unquoted.ends_with(STOPS);
    chars <= if is_stopless(line) { STOPLESS_CHARS_MAX } else { HEADLINE_CHARS_MAX }
        && (long || unspaced >= UNSPACED_CHARS_MIN)
        && !quoted
        && !line.starts_with(['-', '–', '—'])
        && !is_prose(line)
        && !is_bare_name(line)
}

/// Whether a text is in a script whose sentences end without a stop.
fn is_stopless(line: &str) -> bool {
    line.contains(|c: char| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1780}'..='\u{17FF}'))
}

/// Lifts the headlines that stand after the last of the prose and behind what ends a page's text.
pub(super) fn lift(sheet: &mut Sheet<'_>) {
    let is_body = |line: &Line<'_>| line.fate == Fate::Body;
    let is_text = |line: &Line<'_>| is_body(line) && (!is_headline(line.text) || is_stopless(line.text));
    let ends_page = |line: &Line<'_>| match &line.fate {
        Fate::Furniture(found) => {
            matches!(found.role, FurnitureRole::ShareBar | FurnitureRole::Comments | FurnitureRole::SourceLine)
        }
        Fate::Body | Fate::Title => false,
    };
    // Most texts end with prose, or have nothing that ends a page: their lines are spared a look.
    let body_last = sheet.lines.iter().rposition(is_body).unwrap_or(0);
    if !sheet.lines[..body_last].iter().any(ends_page) {
        return;
    }
    let Some(last) = sheet.lines.iter().rposition(is_text) else { return };
    let Some(end) = sheet.lines[last..].iter().position(ends_page).map(|at| last + at) else { return };
    if sheet.lines[end..].iter().filter(|line| is_body(line)).count() > RUN_MAX {
        return;
    }
    for line in sheet.lines[end..].iter_mut().filter(|line| is_body(line)) {
        line.fate = Fate::furniture(Found::new(FurnitureRole::RelatedLink));
    }
}
