//! Letters and their lower case, looked up: every character of a text is asked for.

use std::sync::LazyLock;

/// A bit for each code point of the Basic Multilingual Plane.
static LETTERS: LazyLock<Box<[u64]>> = LazyLock::new(|| {
    let row = |row: u32| (0..64).filter(|bit| is_alphabetic(row * 64 + bit)).fold(0, |bits, bit| bits | 1 << bit);
    (0..0x1_0000 / 64).map(row).collect()
});

fn is_alphabetic(point: u32) -> bool {
    char::from_u32(point).is_some_and(char::is_alphabetic)
}

/// [`char::is_alphabetic`], in a fraction of the time outside ASCII.
#[inline]
pub(super) fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphabetic();
    }
    let point = u32::from(letter);
    LETTERS.get(point as usize / 64).map_or_else(|| letter.is_alphabetic(), |bits| bits >> (point % 64) & 1 == 1)
}

/// A letter in lower case, as it is compared.
#[inline]
pub(super) fn small(letter: char) -> char {
    if letter.is_ascii() { letter.to_ascii_lowercase() } else { letter.to_lowercase().next().unwrap_or(letter) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_are_those_of_unicode() {
        assert!((0..0x2_0000).filter_map(char::from_u32).all(|letter| is_letter(letter) == letter.is_alphabetic()));
        assert_eq!(['M', 'É', 'İ', '9', '月'].map(small), ['m', 'é', 'i', '9', '月']);
    }
}
