//! What a page holds between two bytes, where names are parts of words.

use super::page::{Find, Page};
use crate::lexicon::Hit;
use crate::lexicon::token::{self, Token};

impl Page<'_> {
    /// The lexicon's names that touch these bytes.
    pub(super) fn hits_within(&self, start: usize, end: usize) -> impl Iterator<Item = &Hit> {
        let next = self.hits.partition_point(|hit| hit.end as usize <= start);
        self.hits[next..].iter().take_while(move |hit| (hit.start as usize) < end)
    }

    /// The lexicon's name that ends at a byte.
    pub(super) fn hit_ending(&self, at: usize) -> Option<&Hit> {
        let next = self.hits.partition_point(|hit| (hit.end as usize) < at);
        self.hits.get(next).filter(|hit| hit.end as usize == at)
    }

    /// The country whose name stands right before a byte, after no more than a space or a particle.
    pub(super) fn country_before(&self, at: usize) -> Option<u32> {
        let before = self.text[..at].trim_end_matches([' ', '之', '의', 'の', '的']);
        self.hit_ending(before.len()).or_else(|| self.hit_ending(at)).and_then(|hit| self.country_of(hit))
    }

    /// The words of a find, also where it is a part of its words.
    pub(super) fn words(&self, find: &Find) -> Vec<Token> {
        self.words_of(find.first, find.after, find.start, find.end)
    }

    /// The words of a name of the lexicon, also where it is a part of its words.
    pub(super) fn words_of_hit(&self, hit: &Hit) -> Vec<Token> {
        self.words_of(hit.first as usize, hit.after as usize, hit.start as usize, hit.end as usize)
    }

    fn words_of(&self, first: usize, after: usize, start: usize, end: usize) -> Vec<Token> {
        let tokens = &self.tokens[first..after];
        let whole = tokens[0].start as usize == start && tokens[tokens.len() - 1].end as usize <= end;
        if whole { tokens.to_vec() } else { token::tokens(&self.text[start..end]) }
    }
}
