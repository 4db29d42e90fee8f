//! Phrases of the rules, found at a word of a text without regard to case.

use crate::lexicon::token::{self, Gap, KeyMap, Token};

/// Phrases with a meaning each.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_first: KeyMap<Vec<Phrase<T>>>,
    /// A bit for some bits of each key of a first word: most words of a text start no phrase, and this tells most of
    /// those.
    filter: [u64; FILTER_WORDS],
}

/// Words of the filter: it takes no more than two lines of the processor's cache, and lies in the set itself. Behind a
/// pointer, as in the model's sets of keys, it makes English names 3 % dearer.
const FILTER_WORDS: usize = 16;

#[derive(Debug)]
struct Phrase<T> {
    keys: Vec<u64>,
    /// Written with a capital in the rules: it must have one in the text.
    capital: bool,
    /// Written with a full stop at its end: an abbreviation, which must have one in the text.
    stop: bool,
    value: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: KeyMap::default(), filter: [0; FILTER_WORDS] }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds phrases of one meaning.
    pub(super) fn add<'a>(&mut self, phrases: impl IntoIterator<Item = &'a String>, value: T) {
        for text in phrases {
            let tokens = token::tokens(text);
            let Some(first) = tokens.first() else { continue };
            let keys = tokens.iter().map(|token| token.key).collect();
            let phrase = Phrase { keys, capital: first.is_capital(), stop: text.ends_with('.'), value };
            let bucket = self.bucket(first.key);
            bucket.push(phrase);
            sort(bucket);
        }
    }

    /// Adds the phrases of another set.
    pub(super) fn join(&mut self, others: Self) {
        for (first, phrases) in others.by_first {
            let bucket = self.bucket(first);
            bucket.extend(phrases);
            sort(bucket);
        }
    }

    /// The phrases that start with a word of this key, to which more can be added.
    fn bucket(&mut self, first: u64) -> &mut Vec<Phrase<T>> {
        let (word, bit) = filter_place(first);
        self.filter[word] |= 1 << bit;
        self.by_first.entry(first).or_default()
    }

    /// The keys of the first words.
    pub(super) fn firsts(&self) -> impl Iterator<Item = u64> {
        self.by_first.keys().copied()
    }

    /// The longest phrase at token `at`: the token after it, and its meaning.
    pub(super) fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, T)> {
        let first = tokens.get(at)?;
        let (word, bit) = filter_place(first.key);
        if self.filter[word] >> bit & 1 == 0 {
            return None;
        }
        let bucket = self.by_first.get(&first.key)?;
        bucket.iter().find_map(|phrase| {
            let end = at + phrase.keys.len();
            let words = tokens.get(at..end)?;
            let same = words.iter().zip(&phrase.keys).all(|(token, key)| token.key == *key)
                && words[1..].iter().all(|token| is_within(token.gap));
            let cased = !phrase.capital || first.is_capital();
            let stopped =
                !phrase.stop || tokens.get(end).is_some_and(|next| matches!(next.gap, Gap::DotSpace | Gap::Dot));
            (same && cased && stopped).then_some((end, phrase.value))
        })
    }

    /// Whether there is no phrase.
    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// Whether a phrase starts at token `at`.
    pub(super) fn has(&self, tokens: &[Token], at: usize) -> bool {
        self.at(tokens, at).is_some()
    }
}

/// The word and the bit of a key in the filter.
fn filter_place(key: u64) -> (usize, u32) {
    ((key >> 6) as usize % FILTER_WORDS, (key & 63) as u32)
}

/// Phrases of whatever meaning.
pub(super) trait PhraseSet {
    /// Whether a phrase starts at token `at`.
    fn has(&self, tokens: &[Token], at: usize) -> bool;

    /// The keys of the first words.
    fn firsts(&self) -> Vec<u64>;
}

impl<T: Copy> PhraseSet for Phrases<T> {
    fn has(&self, tokens: &[Token], at: usize) -> bool {
        Phrases::has(self, tokens, at)
    }

    fn firsts(&self) -> Vec<u64> {
        Phrases::firsts(self).collect()
    }
}

/// The phrase that asks for the most stands first.
fn sort<T>(bucket: &mut [Phrase<T>]) {
    bucket.sort_by_key(|phrase| std::cmp::Reverse((phrase.keys.len(), phrase.stop, phrase.capital)));
}

/// Whether a phrase may go on over this gap.
fn is_within(gap: Gap) -> bool {
    matches!(gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Ampersand | Gap::Dot)
}
