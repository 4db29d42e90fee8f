//! What stands between and around the triggers: gaps, words before and after, and the wording of the clause.

use super::data::Boundary;
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

/// How far a clause is read for its wording, in bytes to each side.
const CLAUSE_BYTES_MAX: usize = 240;

/// Classifies the text between two tokens.
pub(super) fn gap(text: &str, words: &Words) -> Gap {
    if text.is_empty() {
        return Gap::Glued;
    }
    if text.len() > GAP_BYTES_MAX || text.contains('\n') {
        return Gap::Far;
    }
    match text.trim() {
        "" => Gap::Space,
        "," | "،" | "，" | "、" => Gap::Comma,
        "." => Gap::Dot,
        "/" => Gap::Slash,
        "-" | "–" | "—" | "~" | "～" | "〜" => Gap::Dash,
        "(" | ", (" | "（" => Gap::Paren,
        word if contains(&words.data.to, word) => Gap::To,
        word if contains(&words.data.of, word) => Gap::Of,
        word if contains(&words.data.and, word) => Gap::And,
        _ => Gap::Far,
    }
}

fn contains(list: &[String], word: &str) -> bool {
    list.iter().any(|entry| same(entry, word))
}

/// Compares without case; `entry` is in lower case.
fn same(entry: &str, word: &str) -> bool {
    entry == word || (!word.is_ascii() || entry.len() == word.len()) && entry == word.to_lowercase()
}

/// If one of the words ends directly before `at` (blanks aside), the byte where it starts.
pub(super) fn word_before(text: &str, at: usize, list: &[String], words: &Words) -> Option<usize> {
    let head = text[..at].trim_end_matches([' ', '\u{a0}']);
    let touching = head.len() == at;
    let longest = list.iter().filter_map(|entry| {
        // An elided word (d', l') and a script without spaces touch what follows; other words do not.
        let may_touch = words.data.boundary != Boundary::Both || entry.ends_with(['\'', '’', '-']);
        if touching && !may_touch && at > 0 {
            return None;
        }
        ends_with(head, entry).filter(|start| left_is_free(text, *start, words))
    });
    longest.min()
}

fn left_is_free(text: &str, start: usize, words: &Words) -> bool {
    words.data.boundary == Boundary::None || !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Where `entry` starts if the text ends with it, without case.
fn ends_with(text: &str, entry: &str) -> Option<usize> {
    let start = text.len().checked_sub(entry.len())?;
    let tail = text.get(start..)?;
    same(entry, tail).then_some(start)
}

/// Whether one of the words follows `at` (blanks aside).
pub(super) fn word_after(text: &str, at: usize, list: &[String], words: &Words) -> bool {
    after_word(text, at, list, words).is_some()
}

/// If one of the words follows `at` (blanks aside), the byte where the longest of them ends.
pub(super) fn after_word(text: &str, at: usize, list: &[String], words: &Words) -> Option<usize> {
    let tail = text[at..].trim_start_matches([' ', '\u{a0}']);
    let start = text.len() - tail.len();
    let ends = list.iter().filter(|entry| {
        tail.get(..entry.len()).is_some_and(|head| same(entry, head))
            && (words.data.boundary != Boundary::Both
                || entry.ends_with(['\'', '’'])
                || !tail[entry.len()..].chars().next().is_some_and(char::is_alphanumeric))
    });
    ends.map(|entry| start + entry.len()).max()
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

/// Reads the clause around a date for words of the future or the past. The future decides: an announcement reports in
/// the past tense what is to come.
pub(super) fn direction(text: &str, start: usize, end: usize, words: &Words) -> Direction {
    if words.data.future.is_empty() && words.data.past.is_empty() {
        return Direction::Unsaid;
    }
    let sides = clause(text, start, end).map(str::to_lowercase);
    let any = |list: &[String]| list.iter().any(|cue| sides.iter().any(|side| has_word(side, cue, words)));
    if any(&words.data.future) {
        Direction::Future
    } else if any(&words.data.past) {
        Direction::Past
    } else {
        Direction::Unsaid
    }
}

/// The clause on both sides of a date. The text is clipped before it is searched: a text without any punctuation would
/// otherwise be read as a whole for each of its dates.
fn clause(text: &str, start: usize, end: usize) -> [&str; 2] {
    let from = boundary_at_or_after(text, start.saturating_sub(CLAUSE_BYTES_MAX));
    let to = boundary_at_or_after(text, text.len().min(end + CLAUSE_BYTES_MAX));
    let (left, right) = (&text[from..start], &text[end..to]);
    [left.rsplit(ENDS).next().unwrap_or(left), right.split(ENDS).next().unwrap_or(right)]
}

const ENDS: [char; 14] = ['.', ',', ';', '!', '?', '\n', '(', ')', '。', '，', '；', '、', '،', '।'];

fn boundary_at_or_after(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn has_word(text: &str, word: &str, words: &Words) -> bool {
    let mut from = 0;
    while let Some(at) = text[from..].find(word) {
        let (start, end) = (from + at, from + at + word.len());
        if words.stands_alone(text, start, end) {
            return true;
        }
        from = end;
    }
    false
}

/// Whether a sentence ends between two bytes of a text.
pub(super) fn sentence_between(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to)
        .is_none_or(|between| between.contains(['!', '?', '\n', '。', '！', '？', '।', '؟']) || between.contains(". "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: [&str; 2]) {
        let text = format!("{left}DATE{right}");
        assert_eq!(clause(&text, left.len(), left.len() + 4), expected);
    }

    #[test]
    fn a_clause_ends_at_punctuation() {
        check("One. Two, it came ", " to us; and left", [" it came ", " to us"]);
        check("", "", ["", ""]);
        check("会议，他", "来。", ["他", "来"]);
    }

    #[test]
    fn a_clause_is_no_longer_than_its_window_however_long_the_text() {
        for piece in ["word ", "ก", "字"] {
            let long = piece.repeat(100_000);
            let text = format!("{long}DATE{long}");
            for side in clause(&text, long.len(), long.len() + 4) {
                // A window that starts or ends inside a character moves by at most three bytes.
                assert!(side.len() <= CLAUSE_BYTES_MAX + 3, "{piece}: {}", side.len());
            }
        }
    }
}
