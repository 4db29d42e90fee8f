//! The labels of all languages as one tree: those that a text starts (or ends) with are found in one walk, whose cost
//! does not grow with the number of languages.

use super::fold::{fold, fold_ascii, folded, is_one_word};
use super::words::Kind;

/// Labels, folded, as a tree of characters.
#[derive(Debug)]
pub(super) struct Labels {
    /// The first is the root.
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    /// Where each character leads, in order of characters.
    next: Vec<(char, usize)>,
    /// What a label that ends here says.
    kinds: Vec<Kind>,
}

impl Default for Labels {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl Labels {
    /// Adds a label that stands before what it labels.
    pub(super) fn add(&mut self, label: &str, kind: Kind) {
        let label = folded(label);
        self.insert(label.chars(), kind);
    }

    /// Adds a label that stands after what it labels; ask for it with [`Labels::ending`].
    pub(super) fn add_ending(&mut self, label: &str, kind: Kind) {
        let label = folded(label);
        self.insert(label.chars().rev(), kind);
    }

    fn insert(&mut self, characters: impl Iterator<Item = char>, kind: Kind) {
        let mut at = 0;
        for c in characters {
            at = match self.nodes[at].next.binary_search_by_key(&c, |(c, _)| *c) {
                Ok(found) => self.nodes[at].next[found].1,
                Err(place) => {
                    let new = self.nodes.len();
                    self.nodes[at].next.insert(place, (c, new));
                    self.nodes.push(Node::default());
                    new
                }
            };
        }
        if !self.nodes[at].kinds.contains(&kind) {
            self.nodes[at].kinds.push(kind);
            self.nodes[at].kinds.sort_unstable();
        }
    }

    fn child(&self, node: usize, c: char) -> Option<usize> {
        let next = &self.nodes[node].next;
        next.binary_search_by_key(&c, |(c, _)| *c).ok().map(|found| next[found].1)
    }

    /// The labels that `text` starts with, the longest first, each with what follows it. A label is a whole word:
    /// `Par` does not start `Paris`. Scripts without blanks need the sign that follows instead.
    pub(super) fn starting<'a>(&self, text: &'a str) -> Vec<(Kind, &'a str)> {
        self.walk(text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)), |end| {
            let (label, rest) = text.split_at(end);
            (!is_cut(label, rest)).then_some(rest)
        })
    }

    /// The labels that `text` ends with, the longest first, each with what stands before it.
    pub(super) fn ending<'a>(&self, text: &'a str) -> Vec<(Kind, &'a str)> {
        self.walk(text.char_indices().rev(), |start| {
            let (rest, label) = text.split_at(start);
            (!is_cut(rest, label)).then_some(rest)
        })
    }

    /// Walks the tree along characters, each with the place in the text that is reached with it.
    fn walk<'a>(
        &self,
        characters: impl Iterator<Item = (usize, char)>,
        rest_at: impl Fn(usize) -> Option<&'a str>,
    ) -> Vec<(Kind, &'a str)> {
        let mut found = Vec::new();
        let mut node = 0;
        for (place, c) in characters {
            let next = if c.is_ascii() {
                self.child(node, fold_ascii(c))
            } else {
                fold(c).try_fold(node, |node, folded| self.child(node, folded))
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
            let kinds = &self.nodes[node].kinds;
            if let Some(rest) = (!kinds.is_empty()).then(|| rest_at(place)).flatten() {
                found.extend(kinds.iter().rev().map(|kind| (*kind, rest)));
            }
        }
        found.reverse();
        found
    }
}

/// Whether a word is cut where two texts meet.
fn is_cut(before: &str, after: &str) -> bool {
    before.chars().next_back().zip(after.chars().next()).is_some_and(|(a, b)| is_one_word(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_whole_word_in_any_case() {
        let mut labels = Labels::default();
        for label in ["Lire aussi", "Par", "来源", "İlgili haber", "مصدر"] {
            labels.add(label, Kind::Source);
        }
        let check = |text: &str, rest: Option<&str>| {
            assert_eq!(labels.starting(text).first().map(|(_, rest)| *rest), rest, "{text}");
        };
        check("LIRE\u{A0}AUSSI : x", Some(" : x"));
        check("Paris", None);
        check("Par", Some(""));
        check("Pa", None);
        check("来源：新华社", Some("：新华社"));
        check("İLGİLİ HABER: x", Some(": x"));
    }

    #[test]
    fn the_longest_label_comes_first() {
        let mut labels = Labels::default();
        for (label, kind) in [("Photo", Kind::Picture), ("Photo by", Kind::PictureBy), ("Photo", Kind::PictureAlone)] {
            labels.add(label, kind);
        }
        let expected = [(Kind::PictureBy, " A"), (Kind::Picture, " by A"), (Kind::PictureAlone, " by A")];
        assert_eq!(labels.starting("Photo by A"), expected);
    }

    #[test]
    fn endings_are_whole_words_too() {
        let mut labels = Labels::default();
        labels.add_ending("min read", Kind::Reading);
        assert_eq!(labels.ending("3 MIN READ"), [(Kind::Reading, "3 ")]);
        assert_eq!(labels.ending("3 admin read"), []);
    }
}
