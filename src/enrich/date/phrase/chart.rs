//! Which phrases a text holds: templates tried around date words, each position and level once.

use std::cmp::Reverse;
use std::ops::Range;

use super::super::bag::Bag;
use super::super::context::{Gap, word_after};
use super::super::reader::Reader;
use super::super::scan::Kind;
use super::super::senses::{Sense, Unit};
use super::super::years::Support;
use super::lexemes::Lexer;
use super::node::{From, Node, NodeId, Thing};
use super::spelled::Spelled;

/// The level of ranges and repetitions, which hold all others.
pub(super) const TOP: u8 = 4;
/// The level of dates within dates.
const WITHIN: usize = 1;
/// How many readings of a level are kept at one byte, the longest first.
pub(super) const ITEMS_MAX: usize = 6;
/// How far behind a number the next date word may stand for the two to be one phrase, in bytes.
pub(super) const NEXT_BYTES_MAX: usize = 24;

/// A date that starts at some byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) end: usize,
    pub(super) node: NodeId,
}

/// The dates that start at one byte, by level as far as they have been read: a range of the chart's items each.
#[derive(Debug)]
struct Cell {
    at: usize,
    levels: [(u32, u32); TOP as usize + 1],
    known: usize,
}

/// A phrase found in the text, by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Phrase {
    pub(in super::super) start: usize,
    pub(in super::super) end: usize,
    pub(in super::super) node: NodeId,
}

/// What has been read so far of one text.
#[derive(Debug)]
pub(in super::super) struct Chart<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) lexer: Lexer<'a>,
    pub(super) nodes: Vec<Node>,
    /// By byte, in order: most is read near the end of what has been read.
    cells: Vec<Cell>,
    pub(super) items: Vec<Item>,
    /// Ranges that a template spells, in order: their words differ from those that join tokens.
    pub(super) worded: Vec<NodeId>,
    pub(super) spelled: Spelled,
}

impl<'a> Chart<'a> {
    pub(in super::super) fn new(reader: Reader<'a>) -> Self {
        let words = reader.words;
        let lexer = Lexer { text: reader.text, data: &words.data, numbers: &words.numbers, nth: &words.nth };
        Self {
            reader,
            lexer,
            nodes: Vec::new(),
            cells: Vec::new(),
            items: Vec::new(),
            worded: Vec::new(),
            spelled: Spelled::new(),
        }
    }

    /// Every node that a phrase may name.
    pub(in super::super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The phrases around a token that start no earlier than `floor`, the longest first; none where templates add
    /// nothing to what the tokens spell by themselves.
    pub(in super::super) fn phrases(&mut self, at: usize, floor: usize) -> Vec<Phrase> {
        // A word may overlap the ending of the number before it.
        let read = self.reader.tokens[at].start < floor;
        if read || self.reader.words.phrases.is_empty() || !self.is_hot(at) {
            return Vec::new();
        }
        self.spelled.tidy();
        let token = self.reader.tokens[at];
        let mut found: Vec<Phrase> = Vec::new();
        for start in self.starts(at, floor) {
            if start != token.start && !self.may_start(start) {
                continue;
            }
            for index in self.dates(start, TOP) {
                let Item { end, node } = self.items[index];
                if end >= token.end && self.is_phrase(node) && !self.counts(end) {
                    found.push(Phrase { start, end, node });
                }
            }
        }
        // Of two as long, a template that says that its words are no date says so of other readings, too.
        found.sort_by_key(|phrase| (Reverse(phrase.end), phrase.start, !self.is_no_date(phrase.node)));
        found
    }

    /// Whether a phrase says that its date words mean no date.
    pub(in super::super) fn is_no_date(&self, node: NodeId) -> bool {
        matches!(self.nodes[node as usize], Node::Nothing)
    }

    /// Whether a node is a day of a month.
    pub(in super::super) fn is_day_of_month(&self, node: NodeId) -> bool {
        matches!(self.nodes[node as usize], Node::DayOf { .. })
    }

    /// Whether a phrase ends in a bare number of four digits that is likelier a count: "up to 2000 people".
    fn counts(&self, end: usize) -> bool {
        // "The fourteenth century BC" is none of ours.
        if word_after(self.reader.text, end, &self.reader.words.data.other_calendar, self.reader.words) {
            return true;
        }
        let last = self.reader.tokens.partition_point(|token| token.end < end);
        // Behind the name of a month it is one.
        let named = last > 0 && self.reader.month_at(last - 1).is_some() && self.reader.gap_before(last) != Gap::Far;
        let year = self.reader.bag(last).filter(|(bag, _)| !named && bag.end == end && bag.is_bare_year());
        let counted = || word_after(self.reader.text, end, &self.reader.words.data.counted, self.reader.words);
        // A recent year that is not round is one unless a noun that it counts follows.
        let recent = |bag: &Bag| bag.value.year.is_some_and(|year| year >= 1900 && year % 100 != 0);
        year.is_some_and(|(bag, _)| counted() || !recent(&bag) && !self.reader.is_year(&bag, Support::Lead, false))
    }

    /// Whether a node is a holiday and no more.
    pub(in super::super) fn is_holiday(&self, node: NodeId) -> bool {
        matches!(self.nodes[node as usize], Node::Holiday(_) | Node::During(Thing::Holiday(_)))
    }

    /// Whether a node is more than the tokens spell by themselves.
    fn is_phrase(&self, node: NodeId) -> bool {
        let plain = |id: NodeId| matches!(self.nodes[id as usize], Node::Date(bag) if bag.has_date());
        if self.worded.binary_search(&node).is_ok() {
            return true;
        }
        match self.nodes[node as usize] {
            Node::Date(_) => false,
            // Two weekdays are no range to the tokens.
            Node::Range { first, last } => {
                let days = self.is_open_day(first) && self.is_open_day(last);
                !(plain(first) && plain(last)) || days || self.is_uneven(first, last)
            }
            // A part of the day beside its date.
            Node::Within { finer, wider } => !(plain(wider) && matches!(self.nodes[finer as usize], Node::Part(_))),
            Node::Since(of) | Node::UntilNow(of) => !plain(of) && !self.is_day_of_month(of),
            other => other.stands_alone(),
        }
    }

    /// Whether a node is a weekday and nothing more.
    pub(super) fn is_open_day(&self, node: NodeId) -> bool {
        matches!(self.nodes[node as usize], Node::Date(bag) if bag.weekday.is_some() && !bag.has_date() && bag.relative.is_none())
    }

    pub(super) fn add(&mut self, node: Node) -> NodeId {
        let id = NodeId::try_from(self.nodes.len()).expect("a text is far below 4 GiB");
        self.nodes.push(node);
        id
    }

    /// The dates that start at a byte, read with everything up to a level, by their places in the list of items.
    pub(super) fn dates(&mut self, at: usize, level: u8) -> Range<usize> {
        let wanted = usize::from(level);
        let range = |(first, last): (u32, u32)| first as usize..last as usize;
        loop {
            let cell = self.cell(at);
            let Cell { levels, known, .. } = self.cells[cell];
            if known > wanted {
                return range(levels[wanted]);
            }
            let read = self.level(at, known, range(levels[known.saturating_sub(1)]));
            // The same byte may have been read meanwhile, and others before it.
            let cell = self.cell(at);
            let cell = &mut self.cells[cell];
            if cell.known == known {
                cell.levels[known] = read;
                cell.known += 1;
            }
        }
    }

    /// The place of what is known of a byte.
    fn cell(&mut self, at: usize) -> usize {
        let later = self.cells.iter().rev().take_while(|cell| cell.at > at).count();
        let place = self.cells.len() - later;
        if place > 0 && self.cells[place - 1].at == at {
            return place - 1;
        }
        // Where no word of a phrase, no number and no date word stands, nothing starts at any level.
        let known = if self.opens(at) { 0 } else { usize::from(TOP) + 1 };
        self.cells.insert(place, Cell { at, levels: Default::default(), known });
        place
    }

    /// The dates of a level at a byte, given those of the level below it.
    fn level(&mut self, at: usize, level: usize, below: Range<usize>) -> (u32, u32) {
        let mut items = if level == 0 { self.leaves(at) } else { self.items[below.clone()].to_vec() };
        match level {
            WITHIN => self.compose(&mut items),
            _ => self.templates(at, u8::try_from(level).expect("there are five"), &mut items),
        }
        if level == usize::from(TOP) {
            self.repeated_days(&mut items);
            self.ranges(at, &mut items);
        }
        let place = |at: usize| u32::try_from(at).expect("a text is far below 4 GiB");
        if items.len() == below.len() {
            return (place(below.start), place(below.end));
        }
        items.sort_by_key(|item| Reverse(item.end));
        items.truncate(ITEMS_MAX);
        let first = self.items.len();
        self.items.append(&mut items);
        (place(first), place(self.items.len()))
    }

    /// Dates of one or a few tokens.
    fn leaves(&mut self, at: usize) -> Vec<Item> {
        let Some(token) = self.token(at) else { return Vec::new() };
        let mut items = Vec::new();
        if let Some((bag, _)) = self.reader.bag(token) {
            let node = self.add(Node::Date(bag));
            items.push(Item { end: bag.end, node });
        }
        items.extend(self.foreign(token));
        let end = self.reader.tokens[token].end;
        for sense in self.senses(token) {
            let node = match *sense {
                Sense::Season(season) => Node::Season(season),
                Sense::Half(half) => Node::Half(half),
                Sense::Holiday(holiday) => Node::Holiday(holiday),
                Sense::Part(part) => Node::Part(part),
                Sense::InSeason(season) => {
                    let node = self.add(Node::During(Thing::Season(season)));
                    items.push(Item { end, node });
                    Node::Season(season)
                }
                Sense::TextDay(days) => Node::Offset { from: From::Text, unit: Unit::Day, count: i32::from(days) },
                Sense::Tens(tens) => Node::Decade { year: i16::from(tens) * 10, short: true },
                Sense::Century(number) => Node::Century(number),
                Sense::Repeated(weekday) => Node::Every(Thing::Weekday(weekday)),
                Sense::Era(before) => {
                    items.extend(self.decade_of_era(token, before));
                    continue;
                }
                _ => continue,
            };
            let node = self.add(node);
            items.push(Item { end, node });
        }
        items
    }

    pub(super) fn token(&self, at: usize) -> Option<usize> {
        self.reader.tokens.binary_search_by_key(&at, |token| token.start).ok()
    }

    pub(super) fn senses(&self, token: usize) -> &'a [Sense] {
        match self.reader.tokens[token].kind {
            Kind::Word(pattern) => &self.reader.words.entry(pattern).senses,
            Kind::Number(_) => &[],
        }
    }
}
