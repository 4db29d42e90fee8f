//! One form of text for comparing it with labels, and what may follow a label.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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

/// A text with every character folded.
pub(super) fn folded(text: &str) -> String {
    text.nfc().flat_map(fold).collect()
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
