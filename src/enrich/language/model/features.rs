//! What the model sees of a text: hashed runs of letters, and words.
//!
//! Do not change without training anew: weights belong to the features that they were trained on.

use super::super::script::belongs;
use crate::event::Script;

/// How closely a text is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Enough to tell a language from all but its siblings: runs of two to four letters, and words.
    Coarse,
    /// What siblings differ in: runs of one to five letters, words, and pairs of neighbouring words.
    Fine,
}

impl Detail {
    /// The shortest and the longest run of letters.
    fn runs(self) -> (usize, usize) {
        match self {
            Self::Coarse => (2, 4),
            Self::Fine => (1, 5),
        }
    }
}

/// What stands before and after every word.
const EDGE: u32 = ' ' as u32;

/// The letters of a text that are of `script`, in lower case, words parted by one [`EDGE`], which also begins and ends
/// them. Digits, punctuation and letters of other scripts part words.
pub(super) fn fold(text: &str, script: Script, folded: &mut Vec<u32>) {
    folded.clear();
    folded.push(EDGE);
    for c in text.chars() {
        if c.is_ascii_lowercase() && script == Script::Latn {
            folded.push(c.into());
        } else if is_apostrophe(c) {
            // Within words alone: d'un, o'zbek. At an edge it is a quotation mark, taken back below.
            if folded.last() != Some(&EDGE) {
                folded.push('\''.into());
            }
        } else if belongs(c, script) || is_mark(c) {
            // A combining dot above is what lower case leaves of the Turkish İ.
            folded.extend(c.to_lowercase().filter(|c| *c != '\u{307}').map(u32::from));
        } else {
            end_word(folded);
        }
    }
    end_word(folded);
}

fn end_word(folded: &mut Vec<u32>) {
    while folded.last() == Some(&u32::from('\'')) {
        folded.pop();
    }
    if folded.last() != Some(&EDGE) {
        folded.push(EDGE);
    }
}

/// The marks that newsrooms write for an apostrophe, a glottal stop or an elision.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʻ' | 'ʼ' | '‘' | '`' | '´')
}

/// Marks that stay apart from their letter even in normal form: Yoruba's and Guarani's accents on letters that have
/// no code point together.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Calls `found` with the bucket of each feature of a folded text; a bucket's number has `bits` bits. Runs lie within a
/// word and its edges.
#[inline]
pub(super) fn buckets(folded: &[u32], detail: Detail, bits: u32, mut found: impl FnMut(u32)) {
    let (shortest, longest) = detail.runs();
    let mut before = 0;
    for word in words(folded) {
        // A word with the edges before and after it.
        for start in 0..word.len() - 1 {
            let mut hash = RUNS;
            for (length, c) in (1..=longest).zip(&word[start..]) {
                hash = step(hash, *c);
                // An edge alone says nothing.
                if length >= shortest && start + length > 1 {
                    found(bucket(hash, bits));
                }
            }
        }
        let whole = word[1..word.len() - 1].iter().fold(WORDS, |hash, c| step(hash, *c));
        if word.len() > longest {
            found(bucket(whole, bits));
        }
        if detail == Detail::Fine {
            if before != 0 {
                found(bucket(step(before, whole as u32), bits));
            }
            before = whole;
        }
    }
}

/// The words of a folded text, each with an edge on either side.
fn words(folded: &[u32]) -> impl Iterator<Item = &[u32]> {
    let mut start = 0;
    let ends = folded.iter().enumerate().skip(1).filter(|(_, c)| **c == EDGE).map(|(end, _)| end);
    ends.map(move |end| &folded[std::mem::replace(&mut start, end)..=end])
}

/// Where the hashes of runs and of words begin.
const RUNS: u64 = 0x9e37_79b9_7f4a_7c15;
const WORDS: u64 = 0xbf58_476d_1ce4_e5b9;

fn step(hash: u64, c: u32) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x2545_f491_4f6c_dd1d).rotate_left(29)
}

fn bucket(hash: u64, bits: u32) -> u32 {
    (hash.wrapping_mul(0x94d0_49bb_1331_11eb) >> (64 - bits)) as u32
}

/// How many letters a folded text has.
pub(super) fn letters(folded: &[u32]) -> usize {
    folded.iter().filter(|c| **c != EDGE).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, detail: Detail, expected: usize) {
        let (mut folded, mut count) = (Vec::new(), 0);
        fold(text, Script::Latn, &mut folded);
        buckets(&folded, detail, 10, |bucket| {
            assert!(bucket < 1 << 10);
            count += 1;
        });
        assert_eq!(count, expected, "{text}");
    }

    #[test]
    fn a_word_has_its_runs_and_itself() {
        // Of "-abc-" four runs of two letters, three of three, two of four, and the word.
        check("abc", Detail::Coarse, 10);
        check("a", Detail::Coarse, 3);
        check("abc 12 a!", Detail::Coarse, 13);
        // Three of one letter more, and one of five, which is the word.
        check("abc", Detail::Fine, 13);
        check("", Detail::Coarse, 0);
    }

    #[test]
    fn siblings_are_told_by_pairs_of_words_too() {
        let mut pairs = 0;
        let mut count = |text: &str| {
            let mut folded = Vec::new();
            fold(text, Script::Latn, &mut folded);
            buckets(&folded, Detail::Fine, 10, |_| pairs += 1);
            std::mem::take(&mut pairs)
        };
        assert_eq!(count("abc de"), count("abc") + count("de") + 1);
    }
}
