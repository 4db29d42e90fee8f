//! Words that say whether a clause is about what is to come or has been.

use std::borrow::Cow;
use std::cell::LazyCell;

use super::alphabet::is_capital;
use super::data::{Boundary, Data};
use super::tree::Tree;
use super::words::Words;

/// Words of one direction: whole ones, with a star before them endings (`*ed`), with one behind them beginnings (`ستع*`).
#[derive(Clone, Debug, Default)]
pub(super) struct Cues {
    whole: Tree,
    /// From their last letter to their first.
    endings: Tree,
    beginnings: Tree,
    /// Of several words, or of a script that does not set words apart.
    anywhere: Tree,
    capital_nouns: bool,
}

impl Cues {
    pub(super) fn compile(list: &[String], data: &Data) -> Self {
        let apart = |cue: &str| cue.contains(' ') || data.boundary != Boundary::Both;
        let tree = |pick: &dyn Fn(&str) -> Option<String>| {
            let words: Vec<String> = list.iter().filter_map(|cue| pick(cue)).collect();
            Tree::new(words.iter().map(String::as_str).zip(0..))
        };
        Self {
            whole: tree(&|cue| (!cue.starts_with('*') && !cue.ends_with('*') && !apart(cue)).then(|| cue.to_owned())),
            endings: tree(&|cue| cue.strip_prefix('*').map(|ending| ending.chars().rev().collect())),
            beginnings: tree(&|cue| cue.strip_suffix('*').map(str::to_owned)),
            anywhere: tree(&|cue| (!cue.starts_with('*') && !cue.ends_with('*') && apart(cue)).then(|| cue.to_owned())),
            capital_nouns: data.capital_nouns,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.endings.is_empty() && self.beginnings.is_empty() && self.anywhere.is_empty()
    }

    /// Whether one of them may be a word by itself.
    fn has_single(&self) -> bool {
        !(self.whole.is_empty() && self.endings.is_empty() && self.beginnings.is_empty())
    }

    /// Whether a word is one of them.
    pub(super) fn holds(&self, word: &str) -> bool {
        pieces(word).any(|(_, piece)| self.is_cue(piece, &lower(piece), || false))
    }

    /// Where the first of the whole words starts in a text, once it is asked for.
    fn first_whole<'a>(&'a self, text: &'a str) -> LazyCell<usize, impl FnOnce() -> usize + 'a> {
        LazyCell::new(|| pieces(text).find(|(_, word)| self.is_whole(&lower(word))).map_or(usize::MAX, |(at, _)| at))
    }

    /// Whether a word is a cue. An ending behind an auxiliary is a participle and says nothing: "will be played".
    fn is_cue(&self, word: &str, lower: &str, helped: impl FnOnce() -> bool) -> bool {
        // Where nouns are written with a capital, an ending of theirs is none of a verb.
        let noun = || self.capital_nouns && word.starts_with(char::is_uppercase);
        let letters = || lower.chars().rev().map(|letter| (letter, letter));
        let ends = || self.endings.prefixes(letters()).any(|(_, bytes)| lower.len() > bytes + 1);
        self.is_whole(lower) || self.beginnings.exact(lower).next().is_some() || (ends() && !noun() && !helped())
    }

    fn is_whole(&self, word: &str) -> bool {
        self.whole.exact(word).any(|(_, bytes)| bytes == word.len())
    }

    /// Every cue of several words, by its bytes.
    fn found<'a>(&'a self, text: &'a str, words: &'a Words) -> impl Iterator<Item = (usize, usize)> + 'a {
        let starts = if self.anywhere.is_empty() { "" } else { text }.char_indices();
        let starts = starts.filter(|(_, letter)| self.anywhere.start(*letter).is_some()).map(|(start, _)| start);
        let all =
            starts.flat_map(|start| self.anywhere.exact(&text[start..]).map(move |(_, bytes)| (start, start + bytes)));
        all.filter(|(start, end)| words.stands_alone(text, *start, *end))
    }
}

/// On which side of a date a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// How many bytes lie between a date and the nearest cue of what is to come, and of what has been, in the text on one
/// side of it. Of the cues of one word only the nearest is looked for, whichever way it points: none behind it counts.
pub(super) fn nearest(text: &str, side: Side, words: &Words) -> [Option<usize>; 2] {
    let [future, past] = [&words.future, &words.past];
    let helped = future.first_whole(text);
    let points = |(at, word): (usize, &str)| {
        let lower = lower(word);
        let helped = || *helped < at;
        let ahead = future.is_cue(word, &lower, helped);
        (ahead || past.is_cue(word, &lower, helped)).then_some((at, word.len(), ahead))
    };
    let alone = if future.has_single() || past.has_single() { text } else { "" };
    let single = match side {
        Side::Before => pieces(alone).rev().find_map(points),
        Side::After => pieces(alone).find_map(points),
    };
    let distance = |(start, end): (usize, usize)| match side {
        Side::Before => text.len() - end,
        Side::After => start,
    };
    let of = |cues: &Cues, ahead: bool| {
        let single = single.filter(|(.., points)| *points == ahead).map(|(at, bytes, _)| distance((at, at + bytes)));
        cues.found(text, words).map(distance).chain(single).min()
    };
    [of(future, true), of(past, false)]
}

/// A word in lower case, which most words are, without the vowel signs that Arabic writes at will.
fn lower(word: &str) -> Cow<'_, str> {
    let sign = |letter: char| ('\u{64b}'..='\u{652}').contains(&letter);
    if word.chars().any(|letter| is_capital(letter) || sign(letter)) {
        Cow::Owned(word.to_lowercase().replace(sign, ""))
    } else {
        Cow::Borrowed(word)
    }
}

/// The words of a text with the bytes where they start.
fn pieces(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    let between = |letter| matches!(letter, ' ' | '\u{a0}' | '"' | '“' | '”' | '«' | '»' | '\'' | '’');
    text.split(between).map(move |word| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        (at, word)
    })
}
