//! A text as words and what stands between them: found once, read by the lexicon and by every rule.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::script::{self, Spacing};

/// A map from keys of words, which are hashes already.
pub(crate) type KeyMap<V> = HashMap<u64, V, BuildHasherDefault<KeyHasher>>;

/// Takes a key as its own hash, and a number for one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, key: u64) {
        // The table takes its slots from the low bits and its tags from the high ones: a product mixes both.
        self.0 = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A word: a run of letters, digits and marks of scripts of one spacing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// The code point that it starts at.
    pub at: u32,
    /// How many code points it has.
    pub chars: u32,
    /// A hash of its lower-case form.
    pub key: u64,
    /// How it is written.
    pub shape: Shape,
    /// How its script parts words.
    pub spacing: Spacing,
    /// What stands before it.
    pub gap: Gap,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Its first letter is small.
    Lower,
    /// Its first letter is a capital.
    Capital,
    /// It has two letters or more, and none is small.
    Caps,
    /// Its script has no capitals.
    Caseless,
    /// It starts with a digit.
    Number,
}

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing: the script changes.
    None,
    /// Spaces.
    Space,
    /// A hyphen without spaces.
    Hyphen,
    /// A dash, or a hyphen among spaces.
    Dash,
    /// An apostrophe.
    Apostrophe,
    /// An ampersand without spaces.
    Ampersand,
    /// A full stop without a space.
    Dot,
    /// A full stop and a space: the end of an abbreviation or of a sentence.
    DotSpace,
    /// A comma.
    Comma,
    /// Anything else; the start of a line, quotation or bracket.
    Other,
}

impl Token {
    /// Whether it starts with a capital.
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Caps)
    }

    /// Whether a capital says nothing here, because a sentence, line, quotation or bracket starts.
    pub(crate) fn is_first(&self) -> bool {
        matches!(self.gap, Gap::DotSpace | Gap::Other)
    }

    /// The word itself.
    pub(crate) fn text<'a>(&self, text: &'a str) -> &'a str {
        &text[self.start as usize..self.end as usize]
    }
}

/// The words of a text. Addresses of pages and mailboxes hold none.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let (mut byte, mut at, mut gap_start) = (0, 0, 0);
    while let Some(&first) = text.as_bytes().get(byte) {
        if first.is_ascii() && !first.is_ascii_alphanumeric() {
            byte += 1;
            at += 1;
            continue;
        }
        let Some(c) = text[byte..].chars().next() else { break };
        let Some(spacing) = script::spacing(c) else {
            byte += c.len_utf8();
            at += 1;
            continue;
        };
        let (start, end) = (byte, word_end(text, byte, spacing));
        let word = &text[start..end];
        let chars = offset(word.chars().count());
        let gap = gap(&text[gap_start..start], tokens.is_empty());
        let token_at = at;
        (byte, at) = (end, at + chars);
        if !word.contains(char::is_alphanumeric) {
            continue; // Marks that have lost their letter.
        }
        gap_start = end;
        if is_address(&text[end..], word) {
            let rest = &text[end..];
            let address = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
            byte += address.len();
            at += offset(address.chars().count());
            gap_start = byte;
            continue;
        }
        let (key, shape) = read(word);
        tokens.push(Token { start: offset(start), end: offset(end), at: token_at, chars, key, shape, spacing, gap });
    }
    tokens
}

/// The byte after the word of one spacing that starts at a byte.
fn word_end(text: &str, start: usize, spacing: Spacing) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        if spacing == Spacing::Spaced {
            while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
                end += 1;
            }
            if bytes.get(end).is_none_or(u8::is_ascii) {
                return end;
            }
        }
        match text[end..].chars().next() {
            Some(c) if script::spacing(c) == Some(spacing) => end += c.len_utf8(),
            Some(_) | None => return end,
        }
    }
}

/// A byte offset or count of a text, whose size the limits on input hold far below 4 GiB.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Whether a word and what stands after it begin an address.
fn is_address(after: &str, word: &str) -> bool {
    match after.as_bytes() {
        [b'@', ..] | [b':', b'/', b'/', ..] => true,
        [b'.', ..] => word.eq_ignore_ascii_case("www"),
        _ => false,
    }
}

fn gap(between: &str, is_start: bool) -> Gap {
    if is_start {
        return Gap::Other;
    }
    // Most words stand a space apart.
    if between == " " {
        return Gap::Space;
    }
    if between.contains('\n') {
        return Gap::Other;
    }
    match between.trim() {
        "" if between.is_empty() => Gap::None,
        "" => Gap::Space,
        "-" | "\u{2010}" | "\u{2011}" if between.len() == between.trim().len() => Gap::Hyphen,
        "-" | "\u{2010}" | "–" | "—" => Gap::Dash,
        "'" | "’" | "ʼ" => Gap::Apostrophe,
        "&" => Gap::Ampersand,
        "." if between.len() == 1 => Gap::Dot,
        "." => Gap::DotSpace,
        "," => Gap::Comma,
        _ => Gap::Other,
    }
}

/// The key and shape of a word. A word that starts small is taken to be small throughout.
pub(crate) fn read(word: &str) -> (u64, Shape) {
    let first = word.chars().next().unwrap_or(' ');
    if first.is_numeric() {
        return (key(word), Shape::Number);
    }
    if first.is_lowercase() && !is_georgian(first) {
        return (key(word), Shape::Lower);
    }
    if !first.is_uppercase() {
        return (key(word), Shape::Caseless);
    }
    let (mut hash, mut letters, mut small) = (FNV_OFFSET, 0, false);
    for c in word.chars() {
        letters += 1;
        if c.is_ascii() {
            small |= c.is_ascii_lowercase();
            hash = fnv(hash, c.to_ascii_lowercase() as u8);
        } else {
            small |= c.is_lowercase();
            for low in c.to_lowercase() {
                let mut bytes = [0; 4];
                hash = low.encode_utf8(&mut bytes).bytes().fold(hash, fnv);
            }
        }
    }
    (mix(hash), if small || letters < 2 { Shape::Capital } else { Shape::Caps })
}

/// Georgian letters count as small in Unicode, but the script is written without capitals.
fn is_georgian(c: char) -> bool {
    matches!(u32::from(c), 0x10D0..=0x10FF)
}

/// The key of a word that has no capitals.
pub(crate) fn key(word: &str) -> u64 {
    hash(word.as_bytes())
}

/// FNV-1a, 64 bits, with its high bits spread over the low ones.
fn hash(bytes: &[u8]) -> u64 {
    mix(bytes.iter().copied().fold(FNV_OFFSET, fnv))
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// FNV's low bits depend on the last bytes alone: spread the high ones.
fn mix(hash: u64) -> u64 {
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let tokens = tokens(text);
        let words: Vec<&str> = tokens.iter().map(|token| token.text(text)).collect();
        assert_eq!(words, expected, "{text}");
        for token in &tokens {
            assert_eq!(token.at as usize, text[..token.start as usize].chars().count(), "{text}");
            assert_eq!(token.chars as usize, token.text(text).chars().count(), "{text}");
        }
    }

    #[test]
    fn words_are_parted_by_script_and_mark() {
        check("Bộ TT&TT và Nga.", &["Bộ", "TT", "TT", "và", "Nga"]);
        check("l'Inde d’Italie", &["l", "Inde", "d", "Italie"]);
        check("東京Tokyo 한국은", &["東京", "Tokyo", "한국은"]);
        check("नई दिल्ली में", &["नई", "दिल्ली", "में"]);
        check("see https://a.example/Nga or me@Nga.example now", &["see", "or", "now"]);
        check("ব\u{fffd}\u{9bc} \u{301}", &["ব"]);
        check("", &[]);
    }

    #[test]
    fn shapes_and_gaps() {
        let shapes: Vec<Shape> = tokens("Nga MỸ mỹ 12 東 U").iter().map(|token| token.shape).collect();
        use Shape::{Capital, Caps, Caseless, Lower, Number};
        assert_eq!(shapes, [Capital, Caps, Lower, Number, Caseless, Capital]);
        let gaps: Vec<Gap> = tokens("a b-c - d'e&f.g. h, i (j").iter().map(|token| token.gap).collect();
        use Gap::{Ampersand, Apostrophe, Comma, Dash, Dot, DotSpace, Hyphen, Other, Space};
        assert_eq!(gaps, [Other, Space, Hyphen, Dash, Apostrophe, Ampersand, Dot, DotSpace, Comma, Other]);
    }

    #[test]
    fn keys_ignore_case_alone() {
        assert_eq!(read("ĐẮK").0, read("đắk").0);
        assert_ne!(read("Đắk").0, read("Đak").0);
    }
}
