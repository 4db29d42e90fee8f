//! The small words of phrases, read at a byte of the text: literals, numbers, ordinals, years.

use unicode_normalization::char::is_combining_mark;

use super::super::alphabet::small;
use super::super::data::{Boundary, Data};
use super::super::han;
use super::super::list::{List, folded, tree};
use super::super::scan::{digit, run};
use super::super::tree::{Place, Tree};

/// No number in a phrase is larger: "the past 500 years".
const NUMBER_MAX: u32 = 999;

/// Number words of a language.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Numerals {
    words: Tree,
    /// By number of the word, what it says and whether it ends in a letter or digit.
    values: Vec<(u16, bool)>,
}

impl Numerals {
    /// Words for the numbers from one on. Of two numbers that one word can be it is the greater.
    pub(in super::super) fn compile(lists: &[Vec<String>]) -> Self {
        let all = (1..).zip(lists).flat_map(|(number, words)| words.iter().map(move |word| (number, word)));
        let mut all: Vec<(u16, &String)> = all.collect();
        all.reverse();
        let words: Vec<String> = all.iter().map(|(_, word)| (*word).clone()).collect();
        let values = all.iter().map(|(number, word)| (*number, word.ends_with(char::is_alphanumeric))).collect();
        Self { words: tree(&words), values }
    }
}

/// A text and what of its language matters for small words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) data: &'a Data,
    pub(super) numbers: &'a Numerals,
    pub(super) nth: &'a Numerals,
}

impl Lexer<'_> {
    /// The byte where the next piece may start: behind blanks, and where endings are written on, behind the ending.
    pub(super) fn skip(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let ended = || self.text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        let rest = match self.data.boundary {
            Boundary::Left if ended() => {
                let after = rest.trim_start_matches(['\'', '’']);
                let after = after.trim_start_matches(|c: char| c.is_alphabetic() || is_combining_mark(c));
                if rest.len() - after.len() > ENDING_BYTES_MAX { rest } else { after }
            }
            _ => rest,
        };
        self.text.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{3000}']).len()
    }

    /// Whether a word that ends at a byte is not one of the letters behind it, too.
    pub(super) fn is_closed(&self, end: usize) -> bool {
        self.data.boundary != Boundary::Both || !self.text[end..].chars().next().is_some_and(char::is_alphanumeric)
    }

    /// Where the words of a list end that start at a byte, which may have any blanks between them; the shortest first.
    pub(super) fn list(&self, at: usize, list: &List) -> Vec<usize> {
        let mut ends = Vec::new();
        if !list.is_empty() {
            self.list_from(self.skip(at), list.tree(), None, &mut ends);
        }
        ends
    }

    /// The same from a place behind a blank of the list's words.
    fn list_from(&self, start: usize, tree: &Tree, from: Option<Place>, ends: &mut Vec<usize>) {
        let (mut place, mut end) = (from, start);
        for (letter, small) in folded(&self.text[start..]).take_while(|(letter, _)| *letter != ' ') {
            let next = place.map_or_else(|| tree.start(small), |place| tree.step(place, small));
            let Some(next) = next else { return };
            (place, end) = (Some(next), end + letter.len_utf8());
            let (word, blank) = (tree.word(next), tree.step(next, ' '));
            if (word.is_some() || blank.is_some()) && self.ends_word(start, end) {
                ends.extend(word.map(|_| end));
                if blank.is_some() {
                    self.list_from(self.skip(end), tree, blank, ends);
                }
            }
        }
    }

    /// Whether a word of a list ends where it is its own: a clitic may have anything behind it.
    fn ends_word(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        let clitic = || self.data.clitics.iter().any(|clitic| folded_prefix(word, clitic) == Some(word.len()));
        !word.ends_with(char::is_alphanumeric) || self.is_closed(end) || clitic()
    }

    /// A number in digits or words.
    pub(super) fn number(&self, at: usize, glued: bool) -> Option<(i32, usize)> {
        if let Some((value, width, end)) = self.digits(at, glued) {
            // "07" is a month, a day or a year, and counts nothing.
            let plain = value >= 10_u32.pow(u32::from(width.clamp(1, 4)) - 1);
            return (width <= 3 && plain && (1..=NUMBER_MAX).contains(&value))
                .then(|| (i32::try_from(value).expect("below a thousand"), end));
        }
        self.numeral(at, self.numbers, glued)
    }

    /// An ordinal in words, digits with or without their ending, or Roman numerals.
    pub(super) fn ordinal(&self, at: usize, glued: bool) -> Option<(i32, usize)> {
        if let Some((value, width, end)) = self.digits(at, true) {
            let value = i32::try_from(value).ok().filter(|_| width <= 2)?;
            return Some((value, self.ending(end, glued)?)).filter(|(value, _)| *value > 0);
        }
        // "I mai" opens a sentence where "i" is the preposition of months.
        let preposition = || self.data.lead.month.contains("i");
        if let Some((value, end)) = roman(&self.text[at..]).filter(|(value, _)| *value > 1 || !preposition()) {
            return Some((value, self.ending(at + end, glued)?));
        }
        self.numeral(at, self.nth, glued)
    }

    /// A year of four digits, or its last two, which may be a word where they are full tens.
    pub(super) fn year(&self, at: usize, glued: bool) -> Option<(i32, usize)> {
        let Some((value, width, end)) = self.digits(at, glued) else {
            return self
                .numeral(at, self.numbers, glued)
                .filter(|(value, _)| (20..100).contains(value) && value % 10 == 0);
        };
        let value = i32::try_from(value).ok()?;
        match width {
            4 if (1000..=2199).contains(&value) => Some((value, end)),
            // Of the Buddhist Era, as far as it is in use.
            4 if self.data.buddhist && (2400..=2649).contains(&value) => Some((value, end)),
            2 => Some((value, end)),
            _ => None,
        }
    }

    fn digits(&self, at: usize, glued: bool) -> Option<(u32, u8, usize)> {
        if digit(self.text, at).is_none() {
            if !self.data.han_numerals {
                return None;
            }
            let ((value, width), bytes) = han::starting(&self.text[at..])?;
            return Some((value, width, at + bytes));
        }
        let (value, width, end) = run(self.text, at);
        let mut before = self.text[..at].chars().rev();
        let joined = match before.next() {
            Some(digit) if digit.is_numeric() => true,
            Some('.' | ',' | '-' | '/' | ':') => before.next().is_some_and(char::is_numeric),
            Some('$' | '€' | '£' | '¥' | '#') => true,
            _ => false,
        };
        let mut after = self.text[end..].chars();
        let runs_on = match after.next() {
            Some('.' | ',' | ':' | '/') => after.next().is_some_and(char::is_numeric),
            Some('%' | '‰' | '°') => true,
            Some(letter) if letter.is_alphabetic() && self.data.boundary == Boundary::Both => !glued,
            _ => false,
        };
        (!joined && !runs_on).then_some((value, width, end))
    }

    /// Where an ordinal's ending ends: "3rd", "3.", "3-й", "XXe"; without one, where the number ends.
    fn ending(&self, at: usize, glued: bool) -> Option<usize> {
        let rest = &self.text[at..];
        let longest =
            self.data.ordinals.iter().filter(|ending| rest.starts_with(ending.as_str())).map(String::len).max();
        let end = at + longest.unwrap_or_else(|| usize::from(rest.starts_with('.') && rest[1..].starts_with(' ')));
        let free = glued
            || self.data.boundary == Boundary::None
            || !self.text[end..].chars().next().is_some_and(char::is_alphanumeric);
        free.then_some(end)
    }

    fn numeral(&self, at: usize, numerals: &Numerals, glued: bool) -> Option<(i32, usize)> {
        // Most words are no numbers, as their first letter tells.
        numerals.words.start(small(self.text[at..].chars().next()?))?;
        let found = numerals.words.prefixes(folded(&self.text[at..])).filter_map(|(word, bytes)| {
            let (value, open) = numerals.values[word as usize];
            (glued || !open || self.is_closed(at + bytes)).then_some((i32::from(value), at + bytes))
        });
        found.last()
    }
}

/// No ending that a word takes on is longer, in bytes.
const ENDING_BYTES_MAX: usize = 24;

/// How many bytes of `text` spell `lower`, compared without case and with one form of the apostrophe.
fn folded_prefix(text: &str, lower: &str) -> Option<usize> {
    if text.starts_with(lower) {
        return Some(lower.len());
    }
    let mut bytes = 0;
    let mut letters = text.chars();
    for expected in lower.chars() {
        let letter = letters.next()?;
        if letter != expected && fold(letter) != expected {
            return None;
        }
        bytes += letter.len_utf8();
    }
    Some(bytes)
}

fn fold(letter: char) -> char {
    if letter == '’' { '\'' } else { small(letter) }
}

/// Whether `text` ends in `lower`, compared without case and with one form of the apostrophe.
pub(super) fn folded_suffix(text: &str, lower: &str) -> bool {
    let from = text.char_indices().rev().nth(lower.chars().count().saturating_sub(1)).map(|(at, _)| at);
    from.is_some_and(|from| folded_prefix(&text[from..], lower).is_some())
}

/// A Roman numeral of capitals up to 39, and its bytes: no century or quarter is written with more.
fn roman(text: &str) -> Option<(i32, usize)> {
    let bytes = text.bytes().take_while(|byte| matches!(byte, b'I' | b'V' | b'X')).count();
    if bytes == 0 {
        return None;
    }
    let numeral = &text[..bytes];
    let tens = numeral.bytes().take_while(|byte| *byte == b'X').count();
    let unit =
        ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"].iter().position(|one| *one == &numeral[tens..])?;
    let value = i32::try_from(tens * 10 + unit).ok()?;
    (tens <= 3).then_some((value, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case() {
        assert_eq!(folded_prefix("Letzte Woche", "letzte"), Some(6));
        assert_eq!(folded_prefix("ÉTÉ 2024", "été"), Some(5));
        assert_eq!(folded_prefix("l’an", "l'"), Some(4));
        assert_eq!(folded_prefix("la", "las"), None);
        assert!(folded_suffix("MÁRCIUSTÓL", "tól") && !folded_suffix("ól", "tól") && !folded_suffix("", "tól"));
    }

    #[test]
    fn roman_numerals_are_read_up_to_39() {
        assert_eq!(roman("XXI век"), Some((21, 3)));
        assert_eq!(roman("IV квартал"), Some((4, 2)));
        assert_eq!(roman("IIII"), None);
        assert_eq!(roman("Ivan"), Some((1, 1)));
        assert_eq!(roman("quý"), None);
    }
}
