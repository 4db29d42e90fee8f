//! What a character is to a name: part of a word, and of which kind of script.

use unicode_normalization::char::is_combining_mark;

/// How a script parts its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spacing {
    /// Words stand apart: Latin, Cyrillic, Arabic, Devanagari and most others.
    Spaced,
    /// Words stand apart, but particles are written on to them: Hangul.
    Suffixed,
    /// Words run on, so that a name may begin and end at any character: Han, kana, Thai, Lao, Khmer, Burmese.
    Unspaced,
}

/// The spacing of the script of a character of a word; `None` for a character that parts words.
pub(crate) fn spacing(c: char) -> Option<Spacing> {
    match u32::from(c) {
        0x00..=0x7F => c.is_ascii_alphanumeric().then_some(Spacing::Spaced),
        // Latin letters with marks, Vietnamese among them, and Cyrillic: the common case, told without a table.
        0xC0..=0x24F => (!matches!(c, '×' | '÷')).then_some(Spacing::Spaced),
        0x300..=0x36F | 0x400..=0x481 | 0x48A..=0x52F | 0x1E00..=0x1EFF => Some(Spacing::Spaced),
        // So are the letters, marks and digits of Arabic and Devanagari, kana, Han and Thai.
        0x620..=0x669 | 0x66E..=0x6D3 | 0x900..=0x963 | 0x966..=0x96F | 0x971..=0x97F => Some(Spacing::Spaced),
        0xE01..=0xE3A
        | 0xE40..=0xE4E
        | 0xE50..=0xE59
        | 0x3041..=0x3096
        | 0x30A1..=0x30FA
        | 0x30FC..=0x30FE
        | 0x4E00..=0x9FFF => Some(Spacing::Unspaced),
        0x0E00..=0x0EFF
        | 0x1000..=0x109F
        | 0x1780..=0x17FF
        | 0x3005..=0x3007
        | 0x3040..=0x30FF
        | 0x3400..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x2_0000..=0x3_FFFF => (is_word(c) && c != '・').then_some(Spacing::Unspaced),
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => Some(Spacing::Suffixed),
        _ => is_word(c).then_some(Spacing::Spaced),
    }
}

/// A letter, digit or mark, or a joiner that some scripts write within words.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// Whether a name may be cut from the text between these two characters of an unspaced script.
///
/// A mark belongs to the letter before it, and a Thai vowel to its consonant. Katakana words are foreign words, written as one run each: タイ is no part
/// of タイトル.
pub(crate) fn may_part(before: char, after: char) -> bool {
    !(is_mark(after) || is_katakana(before) && is_katakana(after) || is_within_thai(before, after))
}

/// Whether a Thai syllable goes on between two characters: behind a vowel that is written first, and before a vowel, or
/// one of the consonants, that starts no word.
fn is_within_thai(before: char, after: char) -> bool {
    matches!(before, 'เ'..='ไ') || matches!(after, 'ะ' | 'า' | 'ำ' | 'ๅ' | 'ฏ' | 'ฬ')
}

/// A combining mark; most letters are told by their range.
fn is_mark(c: char) -> bool {
    !matches!(u32::from(c), 0..=0x2FF | 0xE01..=0xE30 | 0xE40..=0xE46 | 0x3041..=0x3096 | 0x30A1..=0x30FE | 0x4E00..=0x9FFF)
        && is_combining_mark(c)
}

/// Whether a character is katakana, or its sign of length.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(u32::from(c), 0x30A1..=0x30FA | 0x30FC..=0x30FF)
}

/// Particles, without spaces written on to Korean names (National Institute of Korean Language: 조사), and 측, 'side'.
const PARTICLES: &[&str] = &[
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "에게",
    "에는",
    "에도",
    "에서는",
    "에서도",
    "와",
    "과",
    "와의",
    "과의",
    "도",
    "로",
    "으로",
    "로의",
    "으로의",
    "로부터",
    "으로부터",
    "만",
    "만의",
    "부터",
    "까지",
    "까지의",
    "보다",
    "처럼",
    "이나",
    "나",
    "이란",
    "란",
    "이며",
    "이라고",
    "라고",
    "에서의",
    "에의",
    "측",
    "측은",
    "측이",
    "측의",
    "산",
    "발",
    "행",
];

/// Whether what follows a Korean name in its word is a particle.
pub(crate) fn is_particle(rest: &str) -> bool {
    PARTICLES.contains(&rest)
}

/// Prepositions, conjunctions and articles that are written on to the next word in Amharic, Arabic and Hebrew.
pub(crate) fn proclitics(language: &str) -> &'static [&'static str] {
    match language {
        "am" => &["በ", "ከ", "ለ", "የ", "እና"],
        "ar" => &["و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "وال", "بال"],
        "he" => &["ו", "ב", "ל", "מ", "ה", "ש", "כ", "וב", "ול", "ומ", "וה", "שב", "של"],
        _ => &[],
    }
}
