//! Words in a tree by their letters: one walk tells all that a text starts with, however many there are.

use std::collections::VecDeque;

/// Words by their letters. A walk takes as many steps as the longest word that the text spells has letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// Where each letter leads from the root, by its code point.
    pages: Vec<[u16; PAGE]>,
    /// The page of each run of [`PAGE`] code points; 0 for none.
    index: Vec<u16>,
    nodes: Vec<Node>,
    /// The letter that leads to each node. The children of one lie side by side, in order.
    letters: Vec<char>,
}

const PAGE: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Node {
    /// Its first child, and how many there are.
    first: u32,
    count: u16,
    /// The word that ends here.
    word: u32,
}

const NO_WORD: u32 = u32::MAX;

/// A place in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place(u32);

impl Tree {
    /// A tree of words, each with the number by which it is known. Of two numbers of one word the smaller one counts.
    pub(super) fn new<'a>(words: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut sorted: Vec<(Vec<char>, u32)> = words
            .into_iter()
            .filter(|(word, _)| !word.is_empty())
            .map(|(word, id)| (word.chars().collect(), id))
            .collect();
        sorted.sort_unstable();
        sorted.dedup_by(|b, a| a.0 == b.0);
        let mut tree = Self::default();
        // Each node with the words below it, and how many letters of theirs lead there.
        let mut open = VecDeque::from([(tree.add('\0'), &sorted[..], 0)]);
        while let Some((place, mut below, depth)) = open.pop_front() {
            if let Some(((_, id), rest)) = below.split_first().filter(|((word, _), _)| word.len() == depth) {
                tree.nodes[place].word = *id;
                below = rest;
            }
            tree.nodes[place].first = u32::try_from(tree.nodes.len()).expect("a language has some thousand words");
            for child in below.chunk_by(|(a, _), (b, _)| a[depth] == b[depth]) {
                open.push_back((tree.add(child[0].0[depth]), child, depth + 1));
                tree.nodes[place].count += 1;
            }
        }
        tree.open_root();
        tree
    }

    fn add(&mut self, letter: char) -> usize {
        self.nodes.push(Node { first: 0, count: 0, word: NO_WORD });
        self.letters.push(letter);
        self.nodes.len() - 1
    }

    /// Every walk asks the root, and most go no further: it is looked up instead of searched.
    fn open_root(&mut self) {
        self.pages.push([0; PAGE]);
        let Node { first, count, .. } = self.nodes[0];
        for child in first..first + u32::from(count) {
            let point = self.letters[child as usize] as usize;
            let (page, at) = (point / PAGE, point % PAGE);
            if self.index.len() <= page {
                self.index.resize(page + 1, 0);
            }
            if self.index[page] == 0 {
                self.index[page] = u16::try_from(self.pages.len()).expect("Unicode has 17 408 such runs");
                self.pages.push([0; PAGE]);
            }
            self.pages[usize::from(self.index[page])][at] =
                u16::try_from(child).expect("children of the root are first");
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.letters.len() <= 1
    }

    /// Where a first letter leads.
    #[inline]
    pub(super) fn start(&self, letter: char) -> Option<Place> {
        let point = letter as usize;
        let page = *self.index.get(point / PAGE)?;
        let child = self.pages[usize::from(page)][point % PAGE];
        (child != 0).then_some(Place(u32::from(child)))
    }

    /// Where a further letter leads.
    #[inline]
    pub(super) fn step(&self, from: Place, letter: char) -> Option<Place> {
        let Node { first, count, .. } = self.nodes[from.0 as usize];
        let letters = &self.letters[first as usize..][..usize::from(count)];
        let at = letters.iter().position(|other| *other >= letter).filter(|at| letters[*at] == letter)?;
        Some(Place(first + u32::try_from(at).expect("as many as the count")))
    }

    /// The word that ends at a place.
    #[inline]
    pub(super) fn word(&self, at: Place) -> Option<u32> {
        let word = self.nodes[at.0 as usize].word;
        (word != NO_WORD).then_some(word)
    }

    /// Every word that these letters start with, the shortest first, and its length in bytes of the text.
    #[inline]
    pub(super) fn prefixes(&self, letters: impl Iterator<Item = (char, char)>) -> impl Iterator<Item = (u32, usize)> {
        let (mut place, mut bytes) = (None, 0);
        let steps = letters.map_while(move |(letter, folded)| {
            let next = if bytes == 0 { self.start(folded) } else { self.step(place?, folded) };
            place = next;
            bytes += letter.len_utf8();
            next.map(|place| (place, bytes))
        });
        steps.filter_map(|(place, bytes)| Some((self.word(place)?, bytes)))
    }

    /// Every word that a text starts with, letter by letter.
    #[inline]
    pub(super) fn exact(&self, text: &str) -> impl Iterator<Item = (u32, usize)> {
        self.prefixes(text.chars().map(|letter| (letter, letter)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_a_text_starts_with_is_found() {
        let tree = Tree::new([("march", 0), ("mar", 1), ("may", 2), ("may day", 3), ("марта", 4), ("may", 5), ("", 6)]);
        let found = |text: &str| tree.exact(text).collect::<Vec<_>>();
        assert_eq!(found("marching"), [(1, 3), (0, 5)]);
        assert_eq!(found("may days"), [(2, 3), (3, 7)]);
        assert_eq!(found("марта"), [(4, 10)]);
        assert_eq!(found("ma"), []);
        assert_eq!(found("\u{10ffff}"), []);
        assert_eq!(Tree::default().exact("may").count(), 0);
        assert!(Tree::default().is_empty() && Tree::new([]).is_empty());
    }
}
