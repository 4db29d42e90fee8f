//! What the model sees of a text: hashed runs of letters, and words.
//!
//! Do not change without training anew: weights belong to the features that they were trained on.

use super::super::script::belongs;
use crate::event::Script;

/// How many bits a feature's number has: 2¹⁸ buckets.
pub(super) const BUCKET_BITS: u32 = 18;

/// The longest run of letters.
const RUN_MAX: usize = 4;

/// Longer words are cut here: beyond it stand chains of words and broken text.
const WORD_CHARS_MAX: usize = 24;

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

/// Calls `found` with the bucket of each feature of a folded text: runs of one to four letters within a word and its
/// edges, words, and pairs of neighbouring words.
pub(super) fn buckets(folded: &[u32], mut found: impl FnMut(usize)) {
    let mut before = 0;
    for word in folded.split(|c| *c == EDGE).filter(|word| !word.is_empty()) {
        let word = &word[..word.len().min(WORD_CHARS_MAX)];
        let mut whole = WORDS;
        // The edges are not in `word`: position 0 and len + 1 stand for them.
        let at = |index: usize| if index == 0 || index > word.len() { EDGE } else { word[index - 1] };
        for start in 0..=word.len() {
            let mut hash = RUNS;
            for index in start..(start + RUN_MAX).min(word.len() + 2) {
                hash = step(hash, at(index));
                // An edge alone says nothing.
                if start > 0 || index > 0 {
                    found(bucket(hash));
                }
            }
        }
        for c in word {
            whole = step(whole, *c);
        }
        if word.len() + 2 > RUN_MAX {
            found(bucket(whole));
        }
        if before != 0 {
            found(bucket(step(before, whole as u32)));
        }
        before = whole;
    }
}

/// Where the hashes of runs and of words begin.
const RUNS: u64 = 0x9e37_79b9_7f4a_7c15;
const WORDS: u64 = 0xbf58_476d_1ce4_e5b9;

fn step(hash: u64, c: u32) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x2545_f491_4f6c_dd1d).rotate_left(29)
}

fn bucket(hash: u64) -> usize {
    (hash.wrapping_mul(0x94d0_49bb_1331_11eb) >> (64 - BUCKET_BITS)) as usize
}

/// How many letters a folded text has.
pub(super) fn letters(folded: &[u32]) -> usize {
    folded.iter().filter(|c| **c != EDGE).count()
}
