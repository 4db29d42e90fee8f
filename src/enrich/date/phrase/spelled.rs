//! The words of templates that a text spells at its bytes, looked up once: every template and level asks for them again.

use std::ops::Range;

use super::super::list::folded;
use super::grammar::Grammar;

/// So many bytes are remembered, each in the place that its number leaves over: more than a phrase is long.
const PLACES: usize = 128;

/// So many words are kept before all is forgotten, between two phrases.
const WORDS_MAX: usize = 1 << 12;

/// What has been looked up last.
#[derive(Debug)]
pub(super) struct Spelled {
    /// A byte, and where its words lie.
    places: Vec<(usize, Range<usize>)>,
    /// Words by their numbers, each with how many bytes of the text it takes.
    words: Vec<(u32, usize)>,
}

impl Spelled {
    pub(super) fn new() -> Self {
        Self { places: vec![(usize::MAX, 0..0); PLACES], words: Vec::new() }
    }

    /// The places of the words that a text spells at a byte, the shortest first.
    pub(super) fn at(&mut self, text: &str, at: usize, grammar: &Grammar) -> Range<usize> {
        let (known, found) = &mut self.places[at % PLACES];
        if *known != at {
            let first = self.words.len();
            self.words.extend(grammar.words.prefixes(folded(&text[at..])));
            (*known, *found) = (at, first..self.words.len());
        }
        found.clone()
    }

    pub(super) fn word(&self, place: usize) -> (u32, usize) {
        self.words[place]
    }

    /// Makes room, if little is left: what was asked for is no longer known.
    pub(super) fn tidy(&mut self) {
        if self.words.len() > WORDS_MAX {
            *self = Self::new();
        }
    }
}
