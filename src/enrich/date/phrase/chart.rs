//! Which phrases a text holds: templates tried around date words, each position and level once.

use std::cmp::Reverse;
use std::ops::Range;

use super::super::alphabet::{is_capital, is_of_word};
use super::super::bag::{Bag, Reader};
use super::super::context::{Gap, word_after, word_before};
use super::super::data::Boundary;
use super::super::scan::{Kind, Token};
use super::super::words::{Sense, Unit};
use super::super::years::Support;
use super::lexemes::Lexer;
use super::node::{From, Node, NodeId, Thing};
use super::template::first_word;

/// The level of ranges and repetitions, which hold all others.
pub(super) const TOP: u8 = 4;
/// The level of dates within dates.
const WITHIN: usize = 1;
/// How many words before a date word a phrase may start: "at the beginning of the second quarter".
const WORDS_BACK: usize = 5;
/// The same in letters, where words are not set apart.
const LETTERS_BACK: usize = 8;
/// And in bytes.
const BYTES_BACK: usize = 64;
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
}

impl<'a> Chart<'a> {
    pub(in super::super) fn new(reader: Reader<'a>) -> Self {
        let words = reader.words;
        let lexer = Lexer { text: reader.text, data: &words.data, numbers: &words.numbers, nth: &words.nth };
        Self { reader, lexer, nodes: Vec::new(), cells: Vec::new(), items: Vec::new(), worded: Vec::new() }
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

    /// Whether a phrase may have this token as its first date word. A number needs another date word behind it, or must
    /// be able to be a year, which may have words before it that make more of it.
    fn is_hot(&self, at: usize) -> bool {
        match self.reader.tokens[at].kind {
            // Where words stand behind a date, they may stand behind digits alone: 「2010-01-01以前」.
            Kind::Number(number) if number.len == 3 => {
                self.reader.words.data.boundary == Boundary::None
                    || self.reader.words.data.solar_hijri
                    || self.is_followed_by_word(self.reader.tokens[at].end)
            }
            Kind::Number(number) => {
                number.len == 1 && (self.may_be_year(at) || self.is_followed(at) || self.may_be_alone(at))
            }
            Kind::Word(pattern) => !self.reader.words.entry(pattern).senses.is_empty(),
        }
    }

    fn may_be_year(&self, at: usize) -> bool {
        let Some(number) = self.reader.number(at) else { return false };
        let wide = |(value, width): (u32, u8)| width == 4 && (1000..=2700).contains(&value);
        number.single().is_some_and(|single| wide(single) || number.glued_right)
    }

    /// Whether a number may be a day of a month that is not named: "on the 15th, he said".
    pub(super) fn may_be_alone(&self, at: usize) -> bool {
        let words = self.reader.words;
        let Token { start, end, .. } = self.reader.tokens[at];
        let Some(number) = self.reader.number(at).filter(|_| words.phrases.has_lone_days()) else { return false };
        // A number without an ending needs the end of a clause behind it: "avant le 21."
        let tail = self.reader.text[end..].trim_start();
        // "in de 3de, 44ste en 61ste minuut": a list counts.
        let next = tail.strip_prefix(',').map(str::trim_start).filter(|next| next.starts_with(char::is_numeric));
        let behind = next.map_or("", |next| next.trim_start_matches(char::is_numeric));
        let listed = words.data.ordinals.iter().any(|ending| behind.starts_with(ending.as_str()));
        let ends = !listed && (tail.is_empty() || tail.starts_with(['.', ',', ';', ':', '!', '?', ')']));
        let uncounted = || self.reader.is_uncounted(end) && tail.starts_with(char::is_lowercase);
        number.single().is_some_and(|(value, width)| width <= 2 && (1..=31).contains(&value))
            && (ends || number.ordinal && uncounted())
            && !number.glued_left
            && !number.glued_right
            && word_before(self.reader.text, start, &words.data.lead.day, words).is_some()
    }

    fn is_followed(&self, at: usize) -> bool {
        let end = self.reader.tokens[at].end;
        self.reader.tokens.get(at + 1).is_some_and(|next| next.start.saturating_sub(end) <= NEXT_BYTES_MAX)
    }

    /// Whether a date can start at a byte at which no date word is being asked about.
    pub(super) fn may_start(&self, at: usize) -> bool {
        let words = self.reader.words;
        if words.data.boundary == Boundary::None {
            return true;
        }
        let rest = &self.reader.text[at..];
        // "Q3": the number touches.
        let word = match first_word(rest) {
            word if word.starts_with(char::is_numeric) => word,
            word => word.trim_end_matches(char::is_numeric),
        };
        let known = if word.chars().any(is_capital) {
            // "XIIe siècle": an ending may follow.
            let ending = word.trim_start_matches(['I', 'V', 'X']);
            let roman = ending.len() < word.len()
                && (ending.is_empty() || words.data.ordinals.iter().any(|ordinal| ordinal == ending));
            roman || words.phrases.may_start_with(word)
        } else {
            words.phrases.may_start_with(word) || word.starts_with(char::is_numeric)
        };
        known || words.data.clitics.iter().any(|clitic| rest.starts_with(clitic.as_str()))
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

    /// The bytes at which a phrase around a date word may start, in order.
    fn starts(&self, at: usize, floor: usize) -> Vec<usize> {
        let text = self.reader.text;
        let word = self.reader.tokens[at].start;
        let mut starts = vec![word];
        // What stands before a number that no date word follows says nothing.
        let alone = !self.may_be_year(at) && !self.is_followed(at) && !self.may_be_alone(at);
        if self.reader.number(at).is_some() && alone {
            return starts;
        }
        let spaced = self.reader.words.data.boundary != Boundary::None;
        let limit = if spaced { WORDS_BACK } else { LETTERS_BACK };
        let mut from = word;
        let (mut inside, mut count) = (false, 0);
        for (byte, letter) in text[floor..word].char_indices().rev() {
            let byte = floor + byte;
            let joins = is_of_word(letter) || matches!(letter, '\'' | '’' | '-');
            if word - byte > BYTES_BACK || count >= limit || !(joins || matches!(letter, ' ' | '\u{a0}' | '.')) {
                break;
            }
            if !spaced {
                starts.push(byte);
                count += 1;
            } else if joins {
                inside = true;
                from = byte;
                // "l'année": the word after the apostrophe starts one, too.
                if matches!(letter, '\'' | '’') && byte + letter.len_utf8() < word {
                    starts.push(byte + letter.len_utf8());
                }
            } else if inside {
                self.word_starts(from, &mut starts);
                inside = false;
                count += 1;
            }
        }
        if spaced && inside && count < limit {
            self.word_starts(from, &mut starts);
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// The start of a word, and those behind what is written on to it.
    fn word_starts(&self, from: usize, starts: &mut Vec<usize>) {
        let rest = &self.reader.text[from..];
        let clitics = self.reader.words.data.clitics.iter().filter(|clitic| rest.starts_with(clitic.as_str()));
        starts.push(from);
        starts.extend(clitics.map(|clitic| from + clitic.len()));
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
