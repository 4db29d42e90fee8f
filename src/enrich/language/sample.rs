//! The stretch of a text that its language is read from.

use crate::text::Fields;

/// The most code points of the title that are read.
const TITLE_CHARS_MAX: usize = 300;

/// Code points that are read at the start, in the middle and at the end of a body. Three windows see through a
/// quotation or a translated appendix; more text than this costs time and no longer changes the answer.
const WINDOW_CHARS: usize = 400;

/// Title and body, the body in three windows if it is long, without addresses and handles, which are of no language.
pub(super) fn sample(text: Fields<'_>) -> String {
    let mut out = String::with_capacity(4 * WINDOW_CHARS);
    push_words(&mut out, first_chars(text.title.unwrap_or_default(), TITLE_CHARS_MAX));
    let body = text.body;
    if body.len() <= 3 * WINDOW_CHARS || body.chars().nth(3 * WINDOW_CHARS).is_none() {
        push_words(&mut out, body);
        return out;
    }
    push_words(&mut out, first_chars(body, WINDOW_CHARS));
    push_words(&mut out, first_chars(from_word(body, body.len() / 2), WINDOW_CHARS));
    push_words(&mut out, last_chars(body, WINDOW_CHARS));
    out
}

fn push_words(out: &mut String, text: &str) {
    for word in text.split_whitespace().filter(|word| !is_address(word)) {
        out.push_str(word);
        out.push(' ');
    }
}

/// A URL, an e-mail address, a handle or a hash tag.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.") || word.starts_with('#')
}

fn first_chars(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

fn last_chars(text: &str, chars: usize) -> &str {
    text.char_indices().rev().nth(chars - 1).map_or(text, |(start, _)| &text[start..])
}

/// The text from the first blank at or after byte `at`, so that no word is cut; from about there if none is near.
fn from_word(text: &str, at: usize) -> &str {
    const NEAR_BYTES: usize = 60;
    let rest = &text[text.ceil_char_boundary(at)..];
    rest.find(char::is_whitespace).filter(|blank| *blank <= NEAR_BYTES).map_or(rest, |blank| &rest[blank..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out() {
        let text = Fields {
            title: Some("A title"),
            body: "see https://example.org/x or www.example.org, @desk #tag me@x.y end",
        };
        assert_eq!(sample(text), "A title see or end ");
    }

    #[test]
    fn a_long_body_is_read_in_three_places() {
        let body = format!("{}{}{}", "một ".repeat(1000), "hai ".repeat(1000), "ba ".repeat(1000));
        let sampled = sample(Fields { title: None, body: &body });
        assert!(sampled.chars().count() <= 3 * WINDOW_CHARS + 3);
        assert!(["một", "hai", "ba"].iter().all(|word| sampled.contains(word)));
    }

    #[test]
    fn windows_never_cut_a_code_point() {
        for padding in 0..8 {
            let body = format!("{}{}", "a".repeat(padding), "ภาษาไทย".repeat(400));
            assert!(!sample(Fields { title: None, body: &body }).is_empty());
        }
    }
}
