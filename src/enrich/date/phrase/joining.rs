//! Dates made of two: one within another, ranges, and what is open at one end.

use super::super::context::after_stop;
use super::super::data::Boundary;
use super::chart::{Chart, Item, TOP};
use super::node::{Grain, Node, NodeId};

impl Chart<'_> {
    /// Two neighbours of which one lies in the other: "Tuesday of next week", "last year's summer", 「来週の月曜日」.
    pub(super) fn compose(&mut self, items: &mut Vec<Item>) {
        for first in items.clone() {
            let near = self.lexer.skip(first.end);
            let mut starts = vec![near];
            starts.extend(self.joined(near));
            let seconds: Vec<Item> = starts.into_iter().flat_map(|start| self.date_slot(start, 0)).collect();
            for second in seconds {
                let (a, b) = (first.node, second.node);
                let pair = if self.fits(a, b) { Some((a, b)) } else { self.fits(b, a).then_some((b, a)) };
                if let Some((finer, wider)) = pair {
                    let node = self.add(Node::Within { finer, wider });
                    items.push(Item { end: second.end, node });
                }
            }
        }
    }

    /// The byte behind a word that leads a date, if one stands at `at`.
    fn led(&self, at: usize) -> Option<usize> {
        let lead = &self.reader.words.data.lead;
        let leads = [&lead.day, &lead.month, &lead.year].into_iter().flatten();
        leads.filter_map(|word| self.phrase_word(at, word)).max().map(|end| self.lexer.skip(end))
    }

    /// The byte behind a word that joins two dates into one, if one stands at `at`.
    fn joined(&self, at: usize) -> Option<usize> {
        let of = &self.reader.words.data.of;
        let end = of.iter().filter_map(|word| self.phrase_word(at, word)).max()?;
        Some(self.lexer.skip(end))
    }

    /// Whether two plain dates are of different lengths, as "from 2014 to 2 May 2018": a range that only phrases read.
    pub(super) fn is_uneven(&self, first: NodeId, last: NodeId) -> bool {
        let grain = |id: NodeId| self.nodes[id as usize].grain(&self.nodes);
        grain(first) != grain(last)
    }

    fn fits(&self, finer: NodeId, wider: NodeId) -> bool {
        let (a, b) = (self.nodes[finer as usize], self.nodes[wider as usize]);
        let grains = a.grain(&self.nodes).zip(b.grain(&self.nodes));
        // Of a decade or a century only a decade is told by its place.
        let placed = |finer, wider| wider < Grain::Decade || finer == Grain::Decade;
        a.is_open()
            && !matches!(b, Node::Part(_))
            && grains.is_some_and(|(finer, wider)| finer < wider && placed(finer, wider))
    }

    /// Ranges of two dates, and what is open at one end.
    pub(super) fn ranges(&mut self, at: usize, items: &mut Vec<Item>) {
        let data = &self.reader.words.data;
        let mut all: Vec<(Item, bool)> = items.iter().map(|item| (*item, false)).collect();
        for (words, between) in [(&data.from, false), (&data.since, false), (&data.between, true)] {
            let ends: Vec<usize> = words.iter().filter_map(|word| self.phrase_word(at, word)).collect();
            for end in ends {
                let start = self.lexer.skip(end);
                all.extend(self.date_slot(start, TOP - 1).into_iter().map(|item| (item, between)));
            }
        }
        for (first, between) in all {
            let near = self.lexer.skip(first.end);
            let near = after_stop(&self.reader.text[near..]).map_or(near, |rest| self.reader.text.len() - rest.len());
            let data = &self.reader.words.data;
            let joined =
                |words: &[String]| words.iter().filter_map(|word| self.phrase_word(near, word)).collect::<Vec<usize>>();
            let mut starts = joined(&data.to);
            let ands = if between || !data.between_after.is_empty() { joined(&data.and) } else { Vec::new() };
            let dash =
                self.reader.text[near..].chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '~' | '〜' | '～'));
            starts.extend(dash.map(|dash| near + dash.len_utf8()));
            let ends = starts.into_iter().map(|end| (end, true)).chain(ands.into_iter().map(|end| (end, between)));
            for (end, joins) in ends {
                let start = self.lexer.skip(end);
                for last in self.date_slot(start, TOP - 1) {
                    if joins || self.reader.is_closed(last.end) {
                        let node = self.add(Node::Range { first: first.node, last: last.node });
                        items.push(Item { end: last.end, node });
                    }
                }
            }
            let data = &self.reader.words.data;
            if let Some(end) = data.now.iter().filter_map(|word| self.phrase_word(near, word)).max() {
                let node = self.add(Node::UntilNow(first.node));
                items.push(Item { end, node });
            }
        }
        let data = &self.reader.words.data;
        let ends: Vec<usize> = data.since.iter().filter_map(|word| self.phrase_word(at, word)).collect();
        for end in ends {
            let start = self.lexer.skip(end);
            for item in self.date_slot(start, TOP - 1) {
                let node = self.add(Node::Since(item.node));
                items.push(Item { end: item.end, node });
            }
        }
    }

    /// Where a word or a few with blanks between them end.
    pub(super) fn phrase_word(&self, at: usize, words: &str) -> Option<usize> {
        // Nearly every word is another one from its first letter on.
        let letter = self.lexer.letter(at)?;
        let here = letter.is_alphanumeric() && self.reader.words.data.boundary != Boundary::Left;
        if here && !words.starts_with(letter) {
            return None;
        }
        let clitics = &self.reader.words.data.clitics;
        let word_at =
            |at, word: &str| self.lexer.word(self.lexer.skip(at), word, clitics.iter().any(|one| one == word));
        words.split(' ').try_fold(at, word_at)
    }

    /// The dates at a byte, with or without a preposition or article of theirs before them.
    pub(super) fn date_slot(&mut self, at: usize, level: u8) -> Vec<Item> {
        let mut items = self.dates(at, level).to_vec();
        if let Some(start) = self.led(at) {
            items.extend_from_slice(&self.dates(start, level));
        }
        items
    }
}
