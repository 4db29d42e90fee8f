//! What stands between and around the triggers: gaps, words before and after, and the wording of the clause.

use super::clause::{clause, ends_clause, ends_sentence};
use super::cues::{Side, nearest};
use super::data::Boundary;
use super::list::List;
use super::words::Words;

/// What stands between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// Blanks only.
    Space,
    Comma,
    /// A full stop, as after an ordinal or an abbreviation.
    Dot,
    Slash,
    /// A dash of any length.
    Dash,
    /// An opening bracket.
    Paren,
    /// A word that joins the parts of one date: "of".
    Of,
    /// A word that joins the two ends of a range: "to".
    To,
    /// A word that joins two dates, or the ends of a range after "between": "and".
    And,
    /// Anything else.
    Far,
}

/// No joining word is longer than this, in bytes.
const GAP_BYTES_MAX: usize = 40;

/// Classifies the text between two tokens.
pub(super) fn gap(text: &str, words: &Words) -> Gap {
    if text.is_empty() {
        return Gap::Glued;
    }
    if text.len() > GAP_BYTES_MAX || text.contains('\n') {
        return Gap::Far;
    }
    let between = text.trim();
    // The full stop of an abbreviation: "Sept. to Nov."
    let between = between.strip_prefix(". ").filter(|rest| rest.starts_with(char::is_lowercase)).unwrap_or(between);
    match between {
        "" => Gap::Space,
        "," | "،" | "，" | "、" => Gap::Comma,
        "." => Gap::Dot,
        "/" => Gap::Slash,
        "-" | "–" | "—" | "~" | "～" | "〜" => Gap::Dash,
        "(" | ", (" | "（" => Gap::Paren,
        word if words.data.to.contains(word) => Gap::To,
        word if words.data.of.contains(word) => Gap::Of,
        word if words.data.and.contains(word) => Gap::And,
        word => ordinal_gap(word, words),
    }
}

/// A joining word or a dash behind the full stop of an ordinal: "vom 3. bis 5. Mai". A capital starts a sentence.
fn ordinal_gap(word: &str, words: &Words) -> Gap {
    // "od torka, 1. aprila, do petka, 4. aprila"
    if word.strip_prefix(", ").is_some_and(|word| words.data.to.contains(word)) {
        return Gap::To;
    }
    let Some(word) = word.strip_prefix('.').filter(|word| !word.trim_start().starts_with(char::is_uppercase)) else {
        return Gap::Far;
    };
    match word.trim_start() {
        "-" | "–" | "—" => Gap::Dash,
        word if words.data.to.contains(word) => Gap::To,
        word if words.data.and.contains(word) => Gap::And,
        _ => Gap::Far,
    }
}

/// What follows a full stop that ends no sentence, as the small letter behind it shows.
pub(super) fn after_stop(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('.')?.trim_start_matches([' ', '\u{a0}']);
    rest.starts_with(char::is_lowercase).then_some(rest)
}

/// If one of the words ends directly before `at` (blanks aside), the byte where the longest of them starts.
pub(super) fn word_before(text: &str, at: usize, list: &List, words: &Words) -> Option<usize> {
    let head = text[..at].trim_end_matches([' ', '\u{a0}']);
    let touching = head.len() == at && at > 0;
    let found = list.behind(head).filter_map(|(entry, bytes)| {
        // An elided word (d', l') and a script without spaces touch what follows; other words do not.
        let may_touch = words.data.boundary != Boundary::Both || entry.ends_with(['\'', '’', '-']);
        let start = head.len() - bytes;
        ((!touching || may_touch) && left_is_free(text, start, words)).then_some(start)
    });
    found.last()
}

/// Whether one of the words stands before `at` with the full stop of an abbreviation: "no. 45".
pub(super) fn abbreviation_before(text: &str, at: usize, list: &List, words: &Words) -> bool {
    let head = text[..at].trim_end_matches([' ', '\u{a0}']);
    let Some(head) = head.strip_suffix('.') else { return false };
    list.behind(head).any(|(_, bytes)| left_is_free(text, head.len() - bytes, words))
}

fn left_is_free(text: &str, start: usize, words: &Words) -> bool {
    words.data.boundary == Boundary::None
        || !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
        || clitic_before(text, start, words).is_some()
}

/// Where a clitic starts that is written on to the word at a byte: "و" of `ومارس`.
pub(super) fn clitic_before(text: &str, start: usize, words: &Words) -> Option<usize> {
    let head = &text[..start];
    let clitics = words.data.clitics.iter().filter_map(|clitic| head.strip_suffix(clitic.as_str()));
    clitics.filter(|rest| !rest.ends_with(char::is_alphanumeric)).map(str::len).min()
}

/// Whether one of the words follows `at` (blanks aside).
pub(super) fn word_after(text: &str, at: usize, list: &List, words: &Words) -> bool {
    after_word(text, at, list, words).is_some()
}

/// If one of the words follows `at` (blanks aside), the byte where the longest of them ends.
pub(super) fn after_word(text: &str, at: usize, list: &List, words: &Words) -> Option<usize> {
    words_after(text, at, list, words).map(|(_, end)| end).last()
}

/// Every word of a list that follows `at` (blanks aside), the shortest first, and where it ends.
pub(super) fn words_after<'a>(
    text: &'a str,
    at: usize,
    list: &'a List,
    words: &Words,
) -> impl Iterator<Item = (&'a str, usize)> + use<'a> {
    let tail = text[at..].trim_start_matches([' ', '\u{a0}']);
    let start = text.len() - tail.len();
    let spaced = words.data.boundary == Boundary::Both;
    let found = list.ahead(tail).map(move |(entry, bytes)| (entry, start + bytes));
    found.filter(move |(entry, end)| {
        !spaced || entry.ends_with(['\'', '’']) || !text[*end..].chars().next().is_some_and(char::is_alphanumeric)
    })
}

/// In which direction the words around a date point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// The clause says that it is to come.
    Future,
    /// The clause says that it has been.
    Past,
    /// The clause does not say.
    Unsaid,
}

/// Reads the clause around a date for words of the future or the past, and where it has none, the rest of the sentence.
/// The nearest one decides: "he said on Monday that he would go" was said on a Monday past. Of two as near, the future
/// does.
pub(super) fn direction(text: &str, start: usize, end: usize, words: &Words) -> Direction {
    if points_ahead(text, start, end, words) { Direction::Future } else { told(text, start, end, words) }
}

/// The same, whatever preposition leads the date: what is done "на Пасху" may be over.
pub(super) fn told(text: &str, start: usize, end: usize, words: &Words) -> Direction {
    let data = &words.data;
    // "Seit Montag": it has begun, whatever the clause says else.
    if words_after(&text[start..end], 0, &data.since, words).any(|(word, _)| !data.from.contains(word)) {
        return Direction::Past;
    }
    if after_word(&text[..end], start, &data.behind, words).is_some() {
        return Direction::Past;
    }
    if words.future.is_empty() && words.past.is_empty() {
        return Direction::Unsaid;
    }
    if is_alone(text, start, end, words) {
        return Direction::Future;
    }
    if is_dateline(text, start, end) {
        return Direction::Past;
    }
    let near = clause(text, start, end, ends_clause);
    match pointing(near, words) {
        Direction::Unsaid => {
            let whole = clause(text, start, end, ends_sentence);
            if whole == near { Direction::Unsaid } else { pointing(whole, words) }
        }
        said => said,
    }
}

/// The city and agency of a dateline are no longer, in bytes.
const DATELINE_BYTES_MAX: usize = 64;

/// Whether a date stands between the place that a text opens with and a dash: the day on which it was written.
pub(super) fn is_dateline(text: &str, start: usize, end: usize) -> bool {
    let opens = start <= DATELINE_BYTES_MAX && !text[..start].contains(['.', '!', '?', ';', '\n']);
    let behind = text[end..].strip_prefix(['.', ')']).unwrap_or(&text[end..]).trim_start();
    opens && start > 0 && (behind.starts_with(['–', '—']) || behind.starts_with("- ") || behind.starts_with("-- "))
}

/// Where the words to the left and right of a date point.
fn pointing([left, right]: [&str; 2], words: &Words) -> Direction {
    // What "and" adds is another clause: "he arrived on Monday and will speak".
    let added = word_after(right, 0, &words.data.and, words);
    let adds = word_before(left, left.len(), &words.data.and, words).is_some();
    let before =
        nearest(left, Side::Before, words).map(|cue| cue.map(|bytes| if adds { right.len() + bytes } else { bytes }));
    let after =
        nearest(right, Side::After, words).map(|cue| cue.map(|bytes| if added { left.len() + bytes } else { bytes }));
    let [future, past] = [0, 1].map(|way| before[way].into_iter().chain(after[way]).min());
    match (future, past) {
        (Some(future), Some(past)) if past < future => Direction::Past,
        (Some(_), _) => Direction::Future,
        (None, Some(_)) => Direction::Past,
        (None, None) => Direction::Unsaid,
    }
}

/// Whether a preposition of what is to come stands before a date or leads it: "перенесли на среду".
fn points_ahead(text: &str, start: usize, end: usize, words: &Words) -> bool {
    let list = &words.data.ahead;
    let leads = after_word(text, start, list, words).is_some_and(|behind| behind < end);
    leads || word_before(text, start, list, words).is_some()
}

/// Whether a sentence ends between two bytes of a text.
pub(super) fn sentence_between(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to)
        .is_none_or(|between| between.contains(['!', '?', '\n', '。', '！', '？', '।', '؟']) || between.contains(". "))
}

/// No ending that a date may have when it is all that a text says is longer, in bytes.
const ENDING_BYTES_MAX: usize = 6;

/// Whether a date is all that a text says, but for its preposition or article.
pub(super) fn is_alone(text: &str, start: usize, end: usize, words: &Words) -> bool {
    let (before, lead) = (text[..start].trim(), &words.data.lead);
    let led = [&lead.day, &lead.month, &lead.year].into_iter().any(|list| list.contains(before));
    let behind = text[end..].trim_matches([' ', '.', '!', '?', '\n']);
    // What is written on to a word is its ending: 「15일에」.
    let ending = words.data.boundary == Boundary::Left
        && behind.len() <= ENDING_BYTES_MAX
        && text[end..].starts_with(behind)
        && behind.chars().all(char::is_alphabetic);
    (before.is_empty() || led) && (behind.is_empty() || ending)
}
