//! Dates made of two: one within another, ranges, and what is open at one end.

use super::super::context::after_stop;
use super::super::list::List;
use super::super::reader::Reader;
use super::super::words::Words;
use super::chart::{Chart, Item, TOP};
use super::node::{Grain, Node, NodeId, Thing};

impl Chart<'_> {
    /// Two neighbours of which one lies in the other: "Tuesday of next week", "last year's summer", 「来週の月曜日」.
    pub(super) fn compose(&mut self, items: &mut Vec<Item>) {
        for at in 0..items.len() {
            let first = items[at];
            let near = self.lexer.skip(first.end);
            let mut seconds = self.date_slot(near, 0);
            if let Some(start) = self.behind(near, &self.reader.words.data.of) {
                seconds.extend(self.date_slot(start, 0));
            }
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

    /// The byte of what follows the longest word of a list at `at`, if one stands there.
    fn behind(&self, at: usize, list: &List) -> Option<usize> {
        self.lexer.list(at, list).into_iter().max().map(|end| self.lexer.skip(end))
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
            for end in self.lexer.list(at, words) {
                all.extend(self.date_slot(self.lexer.skip(end), TOP - 1).into_iter().map(|item| (item, between)));
            }
        }
        for (first, between) in all {
            self.range_from(first, between, items);
        }
        for end in self.lexer.list(at, &data.since) {
            for item in self.date_slot(self.lexer.skip(end), TOP - 1) {
                // «از ۲ تا ۵ اردیبهشت»: the word for "since" leads a range, too.
                let node = match self.nodes[item.node as usize] {
                    range @ Node::Range { .. } => range,
                    _ => Node::Since(item.node),
                };
                let node = self.add(node);
                items.push(Item { end: item.end, node });
            }
        }
    }

    /// What comes round on two weekdays: "every Monday and Thursday".
    pub(super) fn repeated_days(&mut self, items: &mut Vec<Item>) {
        for at in 0..items.len() {
            let Item { end, node } = items[at];
            let day = match self.nodes[node as usize] {
                Node::Every(Thing::Weekday(_)) => true,
                Node::EveryDate(of) => self.is_open_day(of),
                _ => false,
            };
            let ands = if day { self.lexer.list(end, &self.reader.words.data.and) } else { Vec::new() };
            for start in ands {
                let days = self.date_slot(self.lexer.skip(start), 0);
                let days = days.into_iter().filter(|second| self.is_open_day(second.node));
                items.extend(days.map(|second| Item { end: second.end, node }));
            }
        }
    }

    /// What goes on from a date to another one or to now; `between` says that "and" joins its ends.
    fn range_from(&mut self, first: Item, between: bool, items: &mut Vec<Item>) {
        let Reader { text, words: Words { data, .. }, .. } = self.reader;
        let near = self.lexer.skip(first.end);
        let near = after_stop(&text[near..]).map_or(near, |rest| text.len() - rest.len());
        let dash = text[near..].chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '~' | '〜' | '～'));
        let dash = dash.map(|dash| near + dash.len_utf8());
        let ands =
            if between || !data.between_after.is_empty() { self.lexer.list(near, &data.and) } else { Vec::new() };
        let joints = self.lexer.list(near, &data.to).into_iter().chain(dash).map(|end| (end, true));
        for (end, joins) in joints.chain(ands.into_iter().map(|end| (end, between))) {
            for last in self.date_slot(self.lexer.skip(end), TOP - 1) {
                if joins || self.reader.is_closed(last.end) {
                    let node = self.add(Node::Range { first: first.node, last: last.node });
                    items.push(Item { end: last.end, node });
                }
            }
        }
        if let Some(end) = self.lexer.list(near, &data.now).into_iter().max() {
            let node = self.add(Node::UntilNow(first.node));
            items.push(Item { end, node });
        }
    }

    /// The dates at a byte, with or without a preposition or article of theirs before them.
    pub(super) fn date_slot(&mut self, at: usize, level: u8) -> Vec<Item> {
        let found = self.dates(at, level);
        let mut items = self.items[found].to_vec();
        if let Some(start) = self.behind(at, &self.reader.words.lead) {
            let led = self.dates(start, level);
            items.extend_from_slice(&self.items[led]);
        }
        items
    }
}
