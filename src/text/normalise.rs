//! One form for the same text: Unicode NFC, `\n` newlines, no blanks at the ends of lines. A control character stands
//! where something was that is not text, and becomes a space, lest it join two words.
//!
//! What stays: bidirectional marks, zero-width joiners and non-joiners (they carry meaning in Persian, in Hindi, in
//! emoji), tabs, the ideographic space, and runs of blanks inside a line. Indentation goes: it is layout.
//!
//! No-break spaces stay where they belong to punctuation or group digits, as French sets `« mot »`, `fin !` and
//! `10 000`. Between words they become plain spaces: a name or a date is the same whether its parts may be parted at
//! the end of a line or not, and whoever looks for `New York` need not think of them.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in its one form; doing it twice changes nothing.
#[must_use]
pub fn normalise(text: &str) -> String {
    let need = survey(text);
    let filtered = if need.filter { Cow::Owned(filter(text)) } else { Cow::Borrowed(text) };
    let composed = if need.composition && is_nfc_quick(filtered.chars()) != IsNormalized::Yes {
        Cow::Owned(filtered.nfc().collect())
    } else {
        filtered
    };
    let spaced = if need.spaces { Cow::Owned(plain_spaces(&composed)) } else { composed };
    tidy_lines(&spaced)
}

/// Which of the steps a text needs at all; most need none.
#[derive(Default)]
struct Need {
    filter: bool,
    composition: bool,
    spaces: bool,
}

fn survey(text: &str) -> Need {
    let mut need = Need::default();
    for c in text.chars() {
        if (' '..='~').contains(&c) || c == '\n' {
            continue;
        }
        need.filter |= !matches!(newline_or_kept(c), Filtered::Kept);
        need.spaces |= is_special_space(c);
        need.composition |= !is_composed(c);
    }
    need
}

enum Filtered {
    Kept,
    Newline,
    Space,
    Dropped,
}

/// Vertical tab and form feed end a line as well (Unicode 16, section 5.8).
fn newline_or_kept(c: char) -> Filtered {
    match c {
        '\n' | '\t' => Filtered::Kept,
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Filtered::Newline,
        '\u{AD}' | '\u{FEFF}' => Filtered::Dropped,
        _ if c.is_control() => Filtered::Space,
        _ => Filtered::Kept,
    }
}

fn filter(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match newline_or_kept(c) {
            Filtered::Kept => out.push(c),
            Filtered::Newline => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                out.push('\n');
            }
            Filtered::Space => {
                while chars.next_if(|next| matches!(newline_or_kept(*next), Filtered::Space)).is_some() {}
                let parted =
                    out.ends_with(char::is_whitespace) || chars.peek().is_some_and(|next| next.is_whitespace());
                if !parted {
                    out.push(' ');
                }
            }
            Filtered::Dropped => {}
        }
    }
    out
}

/// Characters that are NFC wherever they stand: they neither decompose nor combine with what is before them. Only a
/// text with others is put to the full check, which costs ten times as much.
pub(super) fn is_composed(c: char) -> bool {
    matches!(c,
        '\0'..='\u{2FF}'                // Latin
        | '\u{400}'..='\u{482}'         // Cyrillic
        | '\u{620}'..='\u{64A}'         // Arabic
        | '\u{671}'..='\u{6D3}'         // Persian, Urdu
        | '\u{E01}'..='\u{E37}'         // Thai
        | '\u{1EA0}'..='\u{1EF9}'       // Vietnamese
        | '\u{200B}'..='\u{2027}'       // general punctuation
        | '\u{3001}'..='\u{3029}'       // ideographic punctuation
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' // kana
        | '\u{4E00}'..='\u{9FFF}'       // Han
        | '\u{AC00}'..='\u{D7A3}') // Hangul
}

fn is_special_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// Spaces of other widths become plain; those that do not break stay where punctuation or digits want them.
fn plain_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = '\n';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let stays = !is_special_space(c) || chars.peek().is_some_and(|after| holds_together(before, c, *after));
        out.push(if stays { c } else { ' ' });
        before = c;
    }
    out
}

fn holds_together(before: char, space: char, after: char) -> bool {
    let no_break = matches!(space, '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}');
    let opening = matches!(before, '«' | '‹');
    let closing = matches!(after, ':' | ';' | '!' | '?' | '»' | '›' | '%' | '‰' | '°' | '€' | '$' | '£');
    no_break && (opening || closing || (before.is_ascii_digit() && after.is_ascii_digit()))
}

/// Trims each line, and lets at most one empty line stand between two others.
fn tidy_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty_lines = 0;
    for line in text.split('\n').map(str::trim) {
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty_lines > 0 { "\n\n" } else { "\n" });
        }
        out.push_str(line);
        empty_lines = 0;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(normalise(text), expected);
    }

    #[test]
    fn newlines_and_blanks() {
        check("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{C}g", "a\nb\nc\nd\ne\nf\ng");
        check("  a \t\n\n\n \n  b\u{3000}\n\n", "a\n\nb");
        check("\u{3000}\u{3000}一\n\u{3000}\u{3000}二", "一\n二");
        check("a\r\n\r\nb", "a\n\nb");
        check("a\tb  c", "a\tb  c");
        check(" \n\t\n", "");
    }

    #[test]
    fn composition() {
        check("Vie\u{323}\u{302}t Nam", "Việt Nam");
        check("e\u{AD}\u{301}", "é");
        check("\u{1112}\u{1161}\u{11AB}", "한");
        check("\u{95E}", "\u{92B}\u{93C}");
    }

    #[test]
    fn what_carries_no_meaning_goes_and_what_does_stays() {
        check("\u{FEFF}na\u{AD}tional\u{1B}\u{9F}", "national");
        check("Hello\0world\0\0\u{1} of\0\nus", "Hello world of\nus");
        check("می\u{200C}خواهم", "می\u{200C}خواهم");
        check("👩\u{200D}🚀", "👩\u{200D}🚀");
        check("\u{200F}עברית\u{200E}", "\u{200F}עברית\u{200E}");
    }

    #[test]
    fn no_break_spaces_stay_with_punctuation_and_digits() {
        check("«\u{A0}mot\u{A0}» fin\u{202F}!", "«\u{A0}mot\u{A0}» fin\u{202F}!");
        check("10\u{202F}000 et 5\u{A0}%", "10\u{202F}000 et 5\u{A0}%");
        check("le 5\u{A0}juin, M.\u{A0}Roux, New\u{A0}York", "le 5 juin, M. Roux, New York");
        check("a\u{2003}b", "a b");
    }

    #[test]
    fn composed_ranges_hold_only_characters_that_are_nfc_anywhere() {
        use unicode_normalization::char::canonical_combining_class;
        for c in ('\0'..=char::MAX).filter(|c| is_composed(*c)) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert_eq!(canonical_combining_class(c), 0, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn is_idempotent(text in "(\\PC|[ \\n\\r\\t\u{A0}\u{202F}\u{AD}\u{301}\u{323}«»:0-9])*") {
            let once = normalise(&text);
            prop_assert_eq!(&normalise(&once), &once);
        }

        #[test]
        fn is_nfc(text in ".*") {
            prop_assert!(unicode_normalization::is_nfc(&normalise(&text)));
        }
    }
}
