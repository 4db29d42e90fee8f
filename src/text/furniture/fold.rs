//! One form of text for comparing it with labels, and what may follow a label.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::normalise::is_composed;

/// One form of a character for comparing: lower case, one kind of blank and of apostrophe, and one i: Turkish capitals
/// are another letter's in Unicode's lower case.
pub(super) fn fold(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        '’' | 'ʼ' | '‘' | '`' => '\'',
        'İ' | 'ı' => 'i',
        // Arabic keyboards write one letter as the other's form: Persian text comes with either.
        'ي' => 'ی',
        'ك' => 'ک',
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    c.to_lowercase()
}

/// [`fold`] of an ASCII character.
pub(super) fn fold_ascii(c: char) -> char {
    match c {
        '`' => '\'',
        _ if c.is_whitespace() => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

/// A text with every character folded.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().map(fold_ascii).collect();
    }
    // Nearly all words are composed already, and to see that costs a fraction of composing them.
    if text.chars().all(is_composed) {
        text.chars().flat_map(fold).collect()
    } else {
        text.nfc().flat_map(fold).collect()
    }
}

/// A text in NFC, as texts are once they are normalised.
pub(super) fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Whether a letter is of a script that parts words by blanks: not Han, kana, Thai, Lao, Khmer or Burmese.
pub(crate) fn is_spaced(c: char) -> bool {
    !matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether one word holds both characters, side by side: letters or vowel signs of a script with blanks. A digit is no
/// part of the word beside it.
pub(super) fn is_one_word(a: char, b: char) -> bool {
    let letter = |c: char| (c.is_alphabetic() || is_combining_mark(c)) && is_spaced(c);
    letter(a) && letter(b)
}

/// Whether a character is a small letter beside capitals. Georgian has both in Unicode and writes one of them.
pub(in crate::text) fn is_small(c: char) -> bool {
    c.is_lowercase() && !matches!(c, '\u{10D0}'..='\u{10FF}')
}

/// Vowel signs, which Rust does not count as letters, and the marks that join or part letters.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}') || is_combining_mark(c)
}

/// [`char::is_numeric`], for the letters of most texts without its tables.
pub(super) fn is_digit(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_digit(),
        // Latin, Cyrillic, Hebrew and Arabic before its digits, Vietnamese, punctuation, kana, Hangul: no numbers.
        '\u{C0}'..='\u{65F}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{2000}'..='\u{206F}'
        | '\u{3040}'..='\u{30FF}'
        | '\u{AC00}'..='\u{D7A3}' => false,
        _ => c.is_numeric(),
    }
}

/// The text without the sign that parts a label from what it labels; `None` if there is no such sign.
pub(super) fn strip_separator(text: &str) -> Option<&str> {
    const SIGNS: [char; 17] =
        [':', '：', '﹕', '՝', '։', '៖', '=', '＝', '・', '|', '｜', '»', '›', '>', '►', '▶', '→'];
    let rest = text.trim_start().strip_prefix(SIGNS)?;
    Some(rest.trim_start_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace()).trim_end())
}

/// The text without the signs by which pages mark the beginning of a line: bullets, arrows, pictographs. A dash counts
/// only with a blank after it.
pub(super) fn strip_bullet(text: &str) -> &str {
    let bare = text.trim_start_matches(|c: char| {
        matches!(
            c,
            '•' | '·'
                | '▪'
                | '■'
                | '□'
                | '●'
                | '○'
                | '◆'
                | '◇'
                | '▶'
                | '►'
                | '▸'
                | '▷'
                | '▲'
                | '△'
                | '▼'
                | '▽'
                | '★'
                | '☆'
                | '※'
                | '*'
                | '»'
                | '›'
                | '>'
                | '→'
                | '➜'
                | '➤'
                | '➡'
                | '⇒'
                | '↓'
                | '☛'
                | '|'
                | '┃'
                | '\u{FE0F}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{1F300}'..='\u{1FAFF}'
        ) || c.is_whitespace()
    });
    ["- ", "– ", "— "].iter().find_map(|dash| bare.strip_prefix(dash)).map_or(bare, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_no_digits() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_digit(c), c.is_numeric(), "{c:?}");
        }
    }

    #[test]
    fn ascii_folds_as_all_characters_do() {
        for c in '\0'..='\x7F' {
            assert!(fold(c).eq([fold_ascii(c)]), "{c:?}");
        }
    }

    #[test]
    fn what_is_not_composed_is_composed_first() {
        assert_eq!(folded("E\u{301}t\u{E9} \u{130}"), "\u{E9}t\u{E9} i");
    }
}
