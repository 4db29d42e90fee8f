//! The clause or sentence that a date stands in.

/// How far a clause is read for its wording, in bytes to each side.
const CLAUSE_BYTES_MAX: usize = 240;

/// What stands on both sides of a date up to where it ends. The text is clipped before it is searched: a text without any
/// punctuation would otherwise be read as a whole for each of its dates.
pub(super) fn clause(text: &str, start: usize, end: usize, ends: fn(&str, usize, char) -> bool) -> [&str; 2] {
    let from = boundary_at_or_after(text, start.saturating_sub(CLAUSE_BYTES_MAX));
    let to = boundary_at_or_after(text, text.len().min(end + CLAUSE_BYTES_MAX));
    let (left, right) = (&text[from..start], &text[end..to]);
    let before = left.char_indices().rev().find(|(at, letter)| ends(text, from + at, *letter));
    let after = right.char_indices().find(|(at, letter)| ends(text, end + at, *letter));
    [before.map_or(left, |(at, letter)| &left[at + letter.len_utf8()..]), after.map_or(right, |(at, _)| &right[..at])]
}

/// Whether a clause ends with the character at a byte.
pub(super) fn ends_clause(text: &str, at: usize, letter: char) -> bool {
    match letter {
        // The comma of a decimal ends nothing.
        ',' => !is_between_digits(text, at),
        '(' | ')' | '，' | '、' | '،' => true,
        _ => ends_sentence(text, at, letter),
    }
}

/// Whether a sentence ends with the character at a byte. The full stop of a decimal or behind a single letter ("a.m.",
/// "J. Smith") ends none.
pub(super) fn ends_sentence(text: &str, at: usize, letter: char) -> bool {
    let single = || {
        let mut before = text[..at].chars().rev();
        before.next().is_some_and(char::is_alphabetic) && !before.next().is_some_and(char::is_alphanumeric)
    };
    match letter {
        '.' => !is_between_digits(text, at) && !single(),
        '!' | '?' | '\n' | '。' | '।' | ';' | '；' => true,
        // A dash between blanks, as behind a dateline.
        '-' | '–' | '—' => text[..at].ends_with(' ') && text[at + letter.len_utf8()..].starts_with(' '),
        _ => false,
    }
}

fn is_between_digits(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_numeric) && text[at + 1..].starts_with(char::is_numeric)
}

fn boundary_at_or_after(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: [&str; 2]) {
        let text = format!("{left}DATE{right}");
        assert_eq!(clause(&text, left.len(), left.len() + 4, ends_clause), expected);
    }

    #[test]
    fn a_clause_ends_at_punctuation() {
        check("One. Two, it came ", " to us; and left", [" it came ", " to us"]);
        check("", "", ["", ""]);
        check("会议，他", "来。", ["他", "来"]);
        check(
            "It rose 2,5 % to 3.1 at 10 a.m. on ",
            " in U.S. trade. So",
            ["It rose 2,5 % to 3.1 at 10 a.m. on ", " in U.S. trade"],
        );
    }

    #[test]
    fn a_clause_is_no_longer_than_its_window_however_long_the_text() {
        for piece in ["word ", "ก", "字"] {
            let long = piece.repeat(100_000);
            let text = format!("{long}DATE{long}");
            for side in clause(&text, long.len(), long.len() + 4, ends_clause) {
                // A window that starts or ends inside a character moves by at most three bytes.
                assert!(side.len() <= CLAUSE_BYTES_MAX + 3, "{piece}: {}", side.len());
            }
        }
    }
}
