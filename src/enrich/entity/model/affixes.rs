//! The beginnings and ends of words, and how they are written, as hashes.

use super::units::{Kind, Unit};

/// Hashes of the first one to five letters of a word and of its last, and of how its letters are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Affixes {
    pub prefixes: [u32; 5],
    pub suffixes: [u32; 5],
    pub shape: u32,
}

/// The affixes of a unit; none but of words.
pub(super) fn affixes(unit: &Unit, text: &str) -> Affixes {
    let mut affixes = Affixes::default();
    if unit.kind != Kind::Word {
        return affixes;
    }
    let word = &text[unit.start as usize..unit.end as usize];
    let step = |hash: u32, c: char| (hash ^ u32::from(lower(c))).wrapping_mul(0x0100_0193).rotate_left(5);
    let mut hash = 0x811c_9dc5;
    for (place, c) in affixes.prefixes.iter_mut().zip(word.chars()) {
        hash = step(hash, c);
        *place = hash;
    }
    hash = 0x1234_5671;
    for (place, c) in affixes.suffixes.iter_mut().zip(word.chars().rev()) {
        hash = step(hash, c);
        *place = hash;
    }
    // A word that is shorter than an affix has itself in its place.
    let (mut shape, mut last, mut len) = (7u32, 0, 0u32);
    for c in word.chars() {
        let class = class(c);
        len += 1;
        if class != last || len <= 2 {
            shape = (shape ^ class).wrapping_mul(0x0100_0193);
            last = class;
        }
    }
    affixes.shape = shape.wrapping_add(len.min(8));
    affixes
}

/// How a letter is written: without a table for those of ASCII.
#[inline]
fn class(c: char) -> u32 {
    match c {
        'a'..='z' => 2,
        'A'..='Z' => 3,
        '0'..='9' => 4,
        '\0'..='\x7F' => 6,
        _ if c.is_lowercase() => 2,
        _ if c.is_uppercase() => 3,
        _ if c.is_alphabetic() => 5,
        _ => 6,
    }
}

/// The first letter of a letter's small form: without a table for those that news is full of.
#[inline]
fn lower(c: char) -> char {
    match c {
        '\0'..='\x7F' => c.to_ascii_lowercase(),
        // Vietnamese: capitals and small letters take turns.
        'Ạ'..='ỹ' => char::from_u32(u32::from(c) | 1).unwrap_or(c),
        'à'..='ÿ' | 'а'..='џ' | '\u{590}'..='\u{109F}' | '\u{3040}'..='\u{9FFF}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// FNV-1a, 32 bits.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_unicode() {
        for c in '\0'..='\u{FFFF}' {
            assert_eq!(Some(lower(c)), c.to_lowercase().next(), "{c:?}");
        }
    }
}
