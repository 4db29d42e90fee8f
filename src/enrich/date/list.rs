//! Lists of words that are looked for beside a date.

use serde::Deserialize;

use super::alphabet::small;
use super::tree::Tree;

/// Words in lower case, found before or behind a byte of a text in one walk, compared without case. The typographic
/// apostrophe is the same letter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct List {
    words: Vec<String>,
    ahead: Tree,
    /// The words from their last letter to their first.
    behind: Tree,
}

impl From<Vec<String>> for List {
    fn from(words: Vec<String>) -> Self {
        let reversed: Vec<String> = words.iter().map(|word| word.chars().rev().collect()).collect();
        let (ahead, behind) = (tree(&words), tree(&reversed));
        Self { words, ahead, behind }
    }
}

/// A tree of words by their places in a list, each with either apostrophe.
pub(super) fn tree(words: &[String]) -> Tree {
    let curly: Vec<(String, u32)> = words
        .iter()
        .zip(0..)
        .filter(|(word, _)| word.contains('\''))
        .map(|(word, id)| (word.replace('\'', "’"), id))
        .collect();
    let straight = words.iter().map(String::as_str).zip(0..);
    Tree::new(straight.chain(curly.iter().map(|(word, id)| (word.as_str(), *id))))
}

/// The letters of a text with their lower case.
pub(super) fn folded(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().map(|letter| (letter, small(letter)))
}

impl List {
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.words.iter()
    }

    /// Whether it holds a word.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.ahead(word).any(|(_, bytes)| bytes == word.len())
    }

    /// The words that a text starts with, the shortest first, and how many of its bytes each takes.
    pub(super) fn ahead(&self, text: &str) -> impl Iterator<Item = (&str, usize)> {
        self.ahead.prefixes(folded(text)).map(|(word, bytes)| (self.words[word as usize].as_str(), bytes))
    }

    /// The words that a text ends with, the shortest first, and how many of its bytes each takes.
    pub(super) fn behind(&self, text: &str) -> impl Iterator<Item = (&str, usize)> {
        let letters = text.chars().rev().map(|letter| (letter, small(letter)));
        self.behind.prefixes(letters).map(|(word, bytes)| (self.words[word as usize].as_str(), bytes))
    }

    /// The words by their letters.
    pub(super) fn tree(&self) -> &Tree {
        &self.ahead
    }
}

impl<'a> IntoIterator for &'a List {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_on_both_sides_without_case() {
        let list = List::from(["l'", "de", "de l'", "été"].map(str::to_owned).to_vec());
        assert_eq!(list.ahead("De l’an").collect::<Vec<_>>(), [("de", 2), ("de l'", 7)]);
        assert_eq!(list.behind("fin de l’").collect::<Vec<_>>(), [("l'", 4), ("de l'", 7)]);
        assert!(list.contains("ÉTÉ") && !list.contains("ét") && !list.contains("étés"));
    }
}
