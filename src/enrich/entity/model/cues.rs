//! What the rules of a language say of a word.

use super::super::page::Page;
use super::super::rules::{PlaceWord, Rules, Title};

/// What the rules know a word as: one bit for each of the phrases that may start with it.
pub(super) fn cues(page: &Page<'_>, rules: &Rules, at: usize) -> u32 {
    let tokens = &page.tokens;
    let starts = rules.starts.get(&tokens[at].key).copied().unwrap_or(0);
    if starts == 0 {
        return 0;
    }
    let mut cues = 0;
    match rules.titles.at(tokens, at) {
        Some((_, Title::Office)) => cues |= 1,
        Some((_, Title::Address)) => cues |= 2,
        None => {}
    }
    match rules.place_words.at(tokens, at) {
        Some((_, PlaceWord::Outside)) => cues |= 4,
        Some((_, PlaceWord::Inside)) => cues |= 8,
        None => {}
    }
    for (set, bit) in rules.sets().into_iter().zip(4..) {
        if starts >> bit & 1 == 1 && set.has(tokens, at) {
            cues |= 1 << bit;
        }
    }
    cues
}
