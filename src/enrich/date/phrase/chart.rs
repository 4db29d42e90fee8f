//! Which phrases a text holds: templates tried around date words, each position and level once.

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::bag::{Bag, Reader};
use super::super::context::{after_stop, word_after};
use super::super::data::Boundary;
use super::super::scan::Kind;
use super::super::words::{Sense, Unit};
use super::super::years::Support;
use super::build::{Slots, build};
use super::lexemes::{Lexer, folded_suffix};
use super::node::{From, Grain, Node, NodeId, Thing};
use super::template::{Element, ElementKind, Function, Slot, Template, first_word};

/// The level of ranges and repetitions, which hold all others.
const TOP: u8 = 4;
/// The level of dates within dates.
const WITHIN: u8 = 1;
/// How many words before a date word a phrase may start: "at the beginning of the second quarter".
const WORDS_BACK: usize = 5;
/// The same in letters, where words are not set apart.
const LETTERS_BACK: usize = 8;
/// And in bytes.
const BYTES_BACK: usize = 64;
/// How many readings of a level are kept at one byte, the longest first.
const ITEMS_MAX: usize = 6;
/// How far behind a number the next date word may stand for the two to be one phrase, in bytes.
const NEXT_BYTES_MAX: usize = 24;

/// A date that starts at some byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) end: usize,
    pub(super) node: NodeId,
}

/// What is known of one byte.
#[derive(Debug)]
struct Cell {
    /// The templates whose first piece stands there.
    live: Rc<[u16]>,
    /// The dates that start there, by level as far as they have been read.
    levels: Vec<Rc<[Item]>>,
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
    lexer: Lexer<'a>,
    nodes: Vec<Node>,
    memo: BTreeMap<usize, Cell>,
    /// Ranges that a template spells, in order: their words differ from those that join tokens.
    worded: Vec<NodeId>,
}

impl<'a> Chart<'a> {
    pub(in super::super) fn new(reader: Reader<'a>) -> Self {
        let words = reader.words;
        let lexer = Lexer { text: reader.text, data: &words.data, numbers: &words.numbers, nth: &words.nth };
        Self { reader, lexer, nodes: Vec::new(), memo: BTreeMap::new(), worded: Vec::new() }
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
            for Item { end, node } in self.dates(start, TOP).iter().copied() {
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
                self.reader.words.data.boundary == Boundary::None || self.reader.words.data.solar_hijri
            }
            Kind::Number(number) => number.len == 1 && (self.may_be_year(at) || self.is_followed(at)),
            Kind::Word(pattern) => !self.reader.words.entry(pattern).senses.is_empty(),
        }
    }

    fn may_be_year(&self, at: usize) -> bool {
        let Some(number) = self.reader.number(at) else { return false };
        let wide = |(value, width): (u32, u8)| width == 4 && (1000..=2700).contains(&value);
        number.single().is_some_and(|single| wide(single) || number.glued_right)
    }

    fn is_followed(&self, at: usize) -> bool {
        let end = self.reader.tokens[at].end;
        self.reader.tokens.get(at + 1).is_some_and(|next| next.start.saturating_sub(end) <= NEXT_BYTES_MAX)
    }

    /// Whether a date can start at a byte at which no date word is being asked about.
    fn may_start(&self, at: usize) -> bool {
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
        let known = if word.chars().any(char::is_uppercase) {
            // "XIIe siècle": an ending may follow.
            let ending = word.trim_start_matches(['I', 'V', 'X']);
            let roman = ending.len() < word.len()
                && (ending.is_empty() || words.data.ordinals.iter().any(|ordinal| ordinal == ending));
            roman || words.phrases.may_start_with(&word.to_lowercase())
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
        let last = self.reader.tokens.partition_point(|token| token.end < end);
        let year = self.reader.bag(last).filter(|(bag, _)| bag.end == end && bag.is_bare_year());
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
    fn is_open_day(&self, node: NodeId) -> bool {
        matches!(self.nodes[node as usize], Node::Date(bag) if bag.weekday.is_some() && !bag.has_date() && bag.relative.is_none())
    }

    /// The bytes at which a phrase around a date word may start, in order.
    fn starts(&self, at: usize, floor: usize) -> Vec<usize> {
        let text = self.reader.text;
        let word = self.reader.tokens[at].start;
        let mut starts = vec![word];
        // What stands before a number that no date word follows says nothing.
        if self.reader.number(at).is_some() && !self.may_be_year(at) && !self.is_followed(at) {
            return starts;
        }
        let spaced = self.reader.words.data.boundary != Boundary::None;
        let limit = if spaced { WORDS_BACK } else { LETTERS_BACK };
        let mut from = word;
        let (mut inside, mut count) = (false, 0);
        for (byte, letter) in text[floor..word].char_indices().rev() {
            let byte = floor + byte;
            let joins = letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-') || is_mark(letter);
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

    /// The dates that start at a byte, read with everything up to a level.
    fn dates(&mut self, at: usize, level: u8) -> Rc<[Item]> {
        let wanted = usize::from(level);
        let token = self.token(at);
        let cell = self
            .memo
            .entry(at)
            .or_insert_with(|| Cell { live: live(&self.reader, &self.lexer, token, at), levels: Vec::new() });
        if let Some(known) = cell.levels.get(wanted) {
            return known.clone();
        }
        let live = cell.live.clone();
        let mut below = cell.levels.last().cloned();
        for level in cell.levels.len()..=wanted {
            let items = self.level(at, level, below.as_deref(), &live);
            let items = items.or_else(|| below.clone()).unwrap_or_default();
            if let Some(cell) = self.memo.get_mut(&at)
                && cell.levels.len() == level
            {
                cell.levels.push(items.clone());
            }
            below = Some(items);
        }
        below.unwrap_or_default()
    }

    /// The dates of a level at a byte, given those of the level below it; `None` where they are the same.
    fn level(&mut self, at: usize, level: usize, below: Option<&[Item]>, live: &[u16]) -> Option<Rc<[Item]>> {
        let mut items = below.map_or_else(|| self.leaves(at), <[Item]>::to_vec);
        let before = below.map_or(0, <[Item]>::len);
        if level == usize::from(WITHIN) {
            self.compose(&mut items);
        }
        for number in live {
            // The templates live as long as the words do, not the chart.
            let template: &'a Template = &self.reader.words.phrases.templates[usize::from(*number)];
            if usize::from(template.function.level()) == level {
                self.read(template, at, &mut items);
            }
        }
        if level == usize::from(TOP) {
            self.ranges(at, &mut items);
        }
        if items.len() == before {
            return None;
        }
        items.sort_by_key(|item| std::cmp::Reverse(item.end));
        items.truncate(ITEMS_MAX);
        Some(items.into())
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
                Sense::Repeated(weekday) => Node::Every(Thing::Weekday(weekday)),
                _ => continue,
            };
            let node = self.add(node);
            items.push(Item { end, node });
        }
        items
    }

    fn token(&self, at: usize) -> Option<usize> {
        self.reader.tokens.binary_search_by_key(&at, |token| token.start).ok()
    }

    fn senses(&self, token: usize) -> &'a [Sense] {
        match self.reader.tokens[token].kind {
            Kind::Word(pattern) => &self.reader.words.entry(pattern).senses,
            Kind::Number(_) => &[],
        }
    }

    /// Two neighbours of which one lies in the other: "Tuesday of next week", "last year's summer", 「来週の月曜日」.
    fn compose(&mut self, items: &mut Vec<Item>) {
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
    fn is_uneven(&self, first: NodeId, last: NodeId) -> bool {
        let grain = |id: NodeId| self.nodes[id as usize].grain(&self.nodes);
        grain(first) != grain(last)
    }

    fn fits(&self, finer: NodeId, wider: NodeId) -> bool {
        let (a, b) = (self.nodes[finer as usize], self.nodes[wider as usize]);
        let grains = a.grain(&self.nodes).zip(b.grain(&self.nodes));
        // Of a decade or a century only a decade is told by its place.
        let placed = |finer, wider| wider < Grain::Decade || finer == Grain::Decade;
        a.is_open()
            && !b.is_open_year_part()
            && grains.is_some_and(|(finer, wider)| finer < wider && placed(finer, wider))
    }

    /// Ranges of two dates, and what is open at one end.
    fn ranges(&mut self, at: usize, items: &mut Vec<Item>) {
        let data = &self.reader.words.data;
        let firsts: Vec<(Item, bool)> = items.iter().map(|item| (*item, false)).collect();
        let mut all = firsts;
        for (lists, between) in [([&data.from, &data.since], false), ([&data.between, &data.between], true)] {
            let ends: Vec<usize> = lists.into_iter().flatten().filter_map(|word| self.phrase_word(at, word)).collect();
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
    fn phrase_word(&self, at: usize, words: &str) -> Option<usize> {
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

    /// Tries one template at a byte.
    fn read(&mut self, template: &'a Template, at: usize, items: &mut Vec<Item>) {
        let mut found = Vec::new();
        self.step(template, 0, at, Slots::default(), &mut found);
        let counted = matches!(template.function, Function::Earlier | Function::Later);
        for (end, mut slots) in found {
            if (counted && self.counts_from_noun(template, end))
                || (template.function == Function::DayOf && self.spells_day(at, end))
            {
                continue;
            }
            if matches!(template.function, Function::FirstN | Function::LastN) && slots.date.is_none() {
                let year = Node::Turn { from: From::Published, thing: Thing::Unit(Unit::Year), step: 0 };
                slots.date = Some(self.add(year));
            }
            if let Some(node) = build(template.function, &slots, &self.nodes) {
                let item = Item { end, node: self.add(node) };
                if matches!(template.function, Function::Since | Function::Range | Function::CalendarWeek) {
                    self.worded.push(item.node);
                }
                items.push(item);
            }
        }
    }

    /// Whether a phrase that ends with a preposition goes on with what it counts from, which is no date: "three days after
    /// the vote".
    fn counts_from_noun(&self, template: &Template, end: usize) -> bool {
        let data = &self.reader.words.data;
        let prepositions = &self.reader.words.phrases.prepositions;
        let Some(ElementKind::Words(last)) = template.elements.last().map(|element| &element.kind) else {
            return false;
        };
        let follows = |list: &[String]| word_after(self.reader.text, end, list, self.reader.words);
        let mut found = prepositions.iter().filter(|(preposition, _)| last.contains(preposition)).peekable();
        let some = found.peek().is_some();
        let direct = found.any(|(_, direct)| *direct);
        some && (follows(&data.of)
            || direct && (follows(&data.lead.day) || data.numbers.first().is_some_and(|one| follows(one))))
    }

    /// Whether the tokens between two bytes spell a day of a month by themselves.
    fn spells_day(&self, start: usize, end: usize) -> bool {
        let bag = self.token(start).and_then(|token| self.reader.bag(token));
        bag.is_some_and(|(bag, _)| bag.end == end && bag.value.day.is_some())
    }

    fn step(&mut self, template: &'a Template, index: usize, at: usize, slots: Slots, found: &mut Vec<(usize, Slots)>) {
        let Some(Element { kind, glued }) = template.elements.get(index) else {
            found.push((at, slots));
            return;
        };
        if found.len() >= ITEMS_MAX {
            return;
        }
        let touching = index > 0 && template.elements[index - 1].glued;
        let at = if index == 0 || touching { at } else { self.lexer.skip(at) };
        match kind {
            ElementKind::Words(words) => {
                // Where endings are written on, 지난 is no word of 지난달, which is a date word by itself.
                let longer = self.token(at).filter(|_| self.reader.words.data.boundary == Boundary::Left);
                let longer = longer.map_or(at, |token| self.reader.tokens[token].end);
                let ends: Vec<usize> = words.iter().filter_map(|word| self.lexer.word(at, word, *glued)).collect();
                for end in ends.into_iter().filter(|end| *end >= longer) {
                    self.step(template, index + 1, end, slots, found);
                }
            }
            ElementKind::Ending(endings) => {
                if endings.iter().any(|ending| folded_suffix(&self.reader.text[..at], ending)) {
                    self.step(template, index + 1, at, slots, found);
                }
            }
            ElementKind::Slot(slot) => {
                let unit_next =
                    template.elements.get(index + 1).is_some_and(|next| next.kind == ElementKind::Slot(Slot::Unit));
                // "The past week" is not "the past one week".
                let several = matches!(template.function, Function::Past | Function::Coming);
                if *slot == Slot::Number
                    && unit_next
                    && let Some((end, slots)) = self.counted(at, slots)
                    && !(several && slots.number == Some(1))
                {
                    self.step(template, index + 2, end, slots, found);
                }
                for (end, slots) in self.fill(template.function, *slot, at, *glued, slots) {
                    self.step(template, index + 1, end, slots, found);
                }
            }
        }
    }

    /// What a slot takes at a byte.
    fn fill(&mut self, function: Function, slot: Slot, at: usize, glued: bool, slots: Slots) -> Vec<(usize, Slots)> {
        let number = |found: Option<(i32, usize)>| {
            found.map(|(value, end)| (end, Slots { number: Some(value), ..slots })).into_iter().collect()
        };
        match slot {
            Slot::Number => number(self.lexer.number(at, glued)),
            Slot::Ordinal => number(self.lexer.ordinal(at, glued)),
            Slot::Year => number(self.lexer.year(at, glued).or_else(|| self.tens(at))),
            Slot::Unit => {
                // 「3月前」 is before March: a word that makes numbers months counts none.
                let named = slots.number.is_some()
                    && self.token(at).and_then(|token| self.reader.mark_after(token)) == Some(Unit::Month);
                let things = self.things(at, true, function).filter(|_| !named);
                things.map(|(end, thing)| (end, Slots { thing: Some(thing), ..slots })).collect()
            }
            Slot::Thing => self
                .things(at, false, function)
                .map(|(end, thing)| (end, Slots { thing: Some(thing), ..slots }))
                .collect(),
            Slot::Date => {
                let below = function.level().saturating_sub(1);
                let items = self.date_slot(at, below);
                let with = |node| match slots.date {
                    Some(_) => Slots { last: Some(node), ..slots },
                    None => Slots { date: Some(node), ..slots },
                };
                items.into_iter().map(|item| (item.end, with(item.node))).collect()
            }
        }
    }

    /// A decade in words.
    fn tens(&self, at: usize) -> Option<(i32, usize)> {
        let token = self.token(at)?;
        let end = self.reader.tokens[token].end;
        let tens =
            |sense: &Sense| if let Sense::Tens(tens) = *sense { Some((i32::from(tens) * 10, end)) } else { None };
        self.senses(token).iter().find_map(tens)
    }

    /// A number and its unit in one word: `أسبوعين`.
    fn counted(&self, at: usize, slots: Slots) -> Option<(usize, Slots)> {
        let token = self.token(at)?;
        let end = self.reader.tokens[token].end;
        self.senses(token).iter().find_map(|sense| match *sense {
            Sense::Counted(unit, count) => {
                Some((end, Slots { number: Some(i32::from(count)), thing: Some(Thing::Unit(unit)), ..slots }))
            }
            _ => None,
        })
    }

    /// The dates at a byte, with or without a preposition or article of theirs before them.
    fn date_slot(&mut self, at: usize, level: u8) -> Vec<Item> {
        let mut items = self.dates(at, level).to_vec();
        if let Some(start) = self.led(at) {
            items.extend_from_slice(&self.dates(start, level));
        }
        items
    }

    /// Whether a word stands for several of its unit.
    fn is_plural(&self, token: usize) -> bool {
        let plural = &self.reader.words.data.plural;
        let token = self.reader.tokens[token];
        !plural.is_empty() && plural.contains(&self.reader.text[token.start..token.end].to_lowercase())
    }

    fn things(&self, at: usize, units: bool, function: Function) -> impl Iterator<Item = (usize, Thing)> + use<'a> {
        let token = self.token(at).filter(|token| !(function.is_of_one() && self.is_plural(*token)));
        let end = token.map_or(at, |token| self.reader.tokens[token].end);
        let senses = token.map_or(&[][..], |token| self.senses(token));
        senses.iter().filter_map(move |sense| {
            let thing = match *sense {
                Sense::Unit(unit) => Thing::Unit(unit),
                Sense::Weekday(day) | Sense::WeekdayPart(day, _) if !units => Thing::Weekday(day),
                Sense::Month(month) if !units => Thing::Month(month),
                Sense::Season(season) | Sense::InSeason(season) if !units => Thing::Season(season),
                Sense::Part(part) if !units => Thing::Part(part),
                Sense::Holiday(holiday) if !units => Thing::Holiday(holiday),
                _ => return None,
            };
            Some((end, thing))
        })
    }
}

/// The templates whose first piece stands at a byte; `senses` are those of the date word there.
fn live(reader: &Reader<'_>, lexer: &Lexer<'_>, token: Option<usize>, at: usize) -> Rc<[u16]> {
    let phrases = &reader.words.phrases;
    let senses = token.and_then(|token| reader.entry(token)).map_or(&[][..], |entry| &entry.senses);
    let numeral = senses.iter().any(|sense| matches!(sense, Sense::Counted(..) | Sense::Tens(_)));
    let number = LazyCell::new(|| numeral || lexer.number(at, true).is_some() || lexer.year(at, true).is_some());
    let ordinal = LazyCell::new(|| lexer.ordinal(at, true).is_some());
    let stands = |number_of: &u16| {
        let Element { kind, glued } = &phrases.templates[usize::from(*number_of)].elements[0];
        match kind {
            ElementKind::Words(words) => words.iter().any(|word| lexer.word(at, word, *glued).is_some()),
            ElementKind::Slot(Slot::Number | Slot::Year) => *number,
            ElementKind::Slot(Slot::Ordinal) => *ordinal,
            ElementKind::Slot(Slot::Unit | Slot::Thing) => !senses.is_empty(),
            ElementKind::Slot(Slot::Date) | ElementKind::Ending(_) => true,
        }
    };
    let worded = lexer.letter(at).and_then(|letter| phrases.by_letter.get(&letter)).into_iter().flatten();
    worded.chain(&phrases.by_slot).copied().filter(stands).collect()
}

/// A vowel sign or another mark that belongs to a word without being a letter.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

impl Node {
    /// Whether it is a part of a year that nothing can lie in before the year is known: a bare year is none.
    fn is_open_year_part(&self) -> bool {
        matches!(self, Self::Part(_))
    }
}
