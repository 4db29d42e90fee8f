//! What a character is, looked up: nearly every character of a text is asked.

use std::sync::OnceLock;

use unicode_normalization::char::is_combining_mark;

/// A property of the characters of the Basic Multilingual Plane: 64 of them are worked out when the first one is asked for.
struct Property {
    rows: [OnceLock<u64>; 0x1_0000 / 64],
    holds: fn(char) -> bool,
}

impl Property {
    const fn new(holds: fn(char) -> bool) -> Self {
        Self { rows: [const { OnceLock::new() }; 0x1_0000 / 64], holds }
    }

    #[inline]
    fn of(&self, letter: char) -> bool {
        let point = u32::from(letter);
        let Some(row) = self.rows.get(point as usize / 64) else { return (self.holds)(letter) };
        let row = *row.get_or_init(|| {
            let holds = |bit: &u32| char::from_u32(point / 64 * 64 + bit).is_some_and(self.holds);
            (0..64).filter(holds).fold(0, |bits, bit| bits | 1 << bit)
        });
        row >> (point % 64) & 1 == 1
    }
}

static LETTERS: Property = Property::new(char::is_alphabetic);
static CAPITALS: Property = Property::new(|letter| letter.to_lowercase().next() != Some(letter));
static WORDS: Property = Property::new(|letter| letter.is_alphanumeric() || is_combining_mark(letter));

/// [`char::is_alphabetic`].
#[inline]
pub(super) fn is_letter(letter: char) -> bool {
    if letter.is_ascii() { letter.is_ascii_alphabetic() } else { LETTERS.of(letter) }
}

/// Whether a character may stand within a word: a letter, a digit, a sign above or below one.
#[inline]
pub(super) fn is_of_word(letter: char) -> bool {
    if letter.is_ascii() { letter.is_ascii_alphanumeric() } else { WORDS.of(letter) }
}

/// Whether a letter is another one in lower case.
#[inline]
pub(super) fn is_capital(letter: char) -> bool {
    if letter.is_ascii() { letter.is_ascii_uppercase() } else { CAPITALS.of(letter) }
}

/// A letter in lower case, as it is compared.
#[inline]
pub(super) fn small(letter: char) -> char {
    match letter {
        _ if !is_capital(letter) => letter,
        _ if letter.is_ascii() => letter.to_ascii_lowercase(),
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_up_is_what_unicode_says() {
        for letter in (0..0x2_0000).filter_map(char::from_u32) {
            assert_eq!(is_letter(letter), letter.is_alphabetic(), "{letter}");
            assert_eq!(is_of_word(letter), letter.is_alphanumeric() || is_combining_mark(letter), "{letter}");
            assert_eq!(Some(small(letter)), letter.to_lowercase().next(), "{letter}");
        }
    }
}
