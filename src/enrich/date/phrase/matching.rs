//! Matching the templates against the text.

use super::super::context::{Gap, word_after};
use super::super::data::Boundary;
use super::super::reader::Reader;
use super::super::senses::{Sense, Unit};
use super::build::{Slots, build};
use super::chart::{Chart, ITEMS_MAX, Item};
use super::function::Function;
use super::grammar::Edge;
use super::lexemes::folded_suffix;
use super::node::{From, Node, Thing};
use super::template::{ElementKind, Slot, Template};

/// A template that the text spells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    template: u16,
    end: usize,
    slots: Slots,
}

/// So many matches of one level are looked for at one byte: more than any text has that means something.
const MATCHES_MAX: usize = 64;

impl<'a> Chart<'a> {
    /// Tries the templates of a level at a byte.
    pub(super) fn templates(&mut self, at: usize, level: u8, items: &mut Vec<Item>) {
        let phrases = &self.reader.words.phrases;
        let mut found = Vec::new();
        self.walk(0, (at, true), level, Slots::default(), &mut found);
        found.sort_by_key(|found| found.template);
        for of_one in found.chunk_by(|a, b| a.template == b.template) {
            let template = &phrases.templates[usize::from(of_one[0].template)];
            of_one.iter().take(ITEMS_MAX).for_each(|found| self.take(template, at, *found, items));
        }
    }

    /// Whether any date may start at a byte.
    pub(super) fn opens(&mut self, at: usize) -> bool {
        let Reader { text, words, .. } = self.reader;
        let grammar = &words.phrases.grammar;
        let mut first = self.spelled.at(text, at, grammar).map(|place| self.spelled.word(place).0);
        self.token(at).is_some()
            || first.any(|word| grammar.states[0].by_word(word).next().is_some())
            || self.lexer.number(at, true).is_some()
            || self.lexer.year(at, true).is_some()
            || self.lexer.ordinal(at, true).is_some()
            || !self.lexer.list(at, &words.openers).is_empty()
    }

    /// Keeps what a template says.
    fn take(&mut self, template: &Template, at: usize, Match { end, mut slots, .. }: Match, items: &mut Vec<Item>) {
        let function = template.function;
        // "The past week" is not "the past one week", and "in the last years" is not last year.
        let several = matches!(function, Function::Past | Function::Coming);
        // 「지난 27일」 is the 27th past: the word for days is that of dates, and counts none by itself.
        if several && self.ends_in_day(end) && self.reader.words.data.boundary == Boundary::Left {
            return;
        }
        // "30 سال بعد" is no next year.
        let turns = matches!(function, Function::Last | Function::Next | Function::Following | Function::Preceding);
        let counted = || {
            let token = self.token(at).and_then(|token| token.checked_sub(1).map(|before| (before, token)));
            token.is_some_and(|(before, token)| {
                self.reader.number(before).is_some() && self.reader.gap_before(token) == Gap::Space
            })
        };
        if turns && matches!(slots.thing, Some(Thing::Unit(_))) && counted() {
            return;
        }
        if (several && slots.in_one_word && slots.number == Some(1))
            || (function.is_of_one() && slots.plural)
            || (matches!(function, Function::Earlier | Function::Later) && self.counts_from_noun(template, end))
            || (function == Function::DayOf && self.spells_day(at, end))
            || (function == Function::Day && !self.ends_in_lone_day(end))
        {
            return;
        }
        if matches!(function, Function::FirstN | Function::LastN) && slots.date.is_none() {
            let year = Node::Turn { from: From::Published, thing: Thing::Unit(Unit::Year), step: 0 };
            slots.date = Some(self.add(year));
        }
        if function == Function::FromNow {
            let today = Node::Turn { from: From::Published, thing: Thing::Unit(Unit::Day), step: 0 };
            slots = Slots { date: Some(self.add(today)), last: slots.date, ..slots };
        }
        // "The end of the month": the month at hand. Of a day or a century it says nothing.
        let edge = matches!(function, Function::Early | Function::Middle | Function::Late);
        if let Some(thing @ Thing::Unit(Unit::Week | Unit::Month | Unit::Quarter | Unit::Year)) = slots.thing
            && edge
            && slots.date.is_none()
        {
            slots.date = Some(self.add(Node::Turn { from: From::Published, thing, step: 0 }));
        }
        if let Some(node) = self.decade_of_other(function, &slots) {
            items.push(Item { end, node });
            return;
        }
        if let Some(node) = build(function, &slots, &self.nodes) {
            let item = Item { end, node: self.add(node) };
            if function.is_worded() {
                self.worded.push(item.node);
            }
            items.push(item);
        }
    }

    /// Whether a phrase that ends with a preposition goes on with what it counts from, which is no date: "three days after
    /// the vote".
    fn counts_from_noun(&self, template: &Template, end: usize) -> bool {
        let Reader { text, words, .. } = self.reader;
        let Some(ElementKind::Words(last)) = template.elements.last().map(|element| &element.kind) else {
            return false;
        };
        let mut found = words.phrases.prepositions.iter().filter(|(word, _)| last.contains(word)).peekable();
        let some = found.peek().is_some();
        let direct = found.any(|(_, direct)| *direct);
        let follows = |list| word_after(text, end, list, words);
        some && (follows(&words.data.of) || direct && (follows(&words.data.lead.day) || follows(&words.one)))
    }

    /// Whether the word that makes a number a day of the month ends at a byte, and a blank follows.
    fn ends_in_day(&self, end: usize) -> bool {
        let at = self.reader.tokens.partition_point(|token| token.end < end);
        let day = self.reader.tokens.get(at).is_some_and(|token| token.end == end);
        day && self.reader.mark_after(at) == Some(Unit::Day) && self.reader.text[end..].starts_with(' ')
    }

    /// Whether the number that ends at a byte may be a day whose month is not named.
    fn ends_in_lone_day(&self, end: usize) -> bool {
        let at = self.reader.tokens.partition_point(|token| token.end < end);
        self.reader.tokens.get(at).is_some_and(|token| token.end == end) && self.may_be_alone(at)
    }

    /// Whether the tokens between two bytes spell a day of a month by themselves.
    fn spells_day(&self, start: usize, end: usize) -> bool {
        let bag = self.token(start).and_then(|token| self.reader.bag(token));
        bag.is_some_and(|(bag, _)| bag.end == end && bag.value.day.is_some())
    }

    /// Goes on from a state whose last piece ends at a byte; `touching` says that the next one must start there.
    fn walk(&mut self, from: usize, (end, touching): (usize, bool), level: u8, slots: Slots, found: &mut Vec<Match>) {
        let Reader { text, words, .. } = self.reader;
        let grammar = &words.phrases.grammar;
        let state = &grammar.states[from];
        let complete = state.complete.iter().filter(|name| words.phrases.level(**name) == level);
        found.extend(complete.map(|template| Match { template: *template, end, slots }));
        if found.len() >= MATCHES_MAX || (state.words.is_empty() && state.slots.is_empty() && state.endings.is_empty())
        {
            return;
        }
        let at = if touching { end } else { self.lexer.skip(end) };
        if !state.words.is_empty() {
            // Where endings are written on, 지난 is no word of 지난달, which is a date word by itself.
            let longer = self.token(at).filter(|_| words.data.boundary == Boundary::Left);
            let longer = longer.map_or(at, |token| self.reader.tokens[token].end);
            for place in self.spelled.at(text, at, grammar) {
                let (word, bytes) = self.spelled.word(place);
                let end = at + bytes;
                let closed = !grammar.open[word as usize] || self.lexer.is_closed(end);
                for edge in state.by_word(word).filter(|edge| edge.serves(level) && (edge.glued || closed)) {
                    if end >= longer {
                        self.walk(edge.to, (end, edge.glued), level, slots, found);
                    }
                }
            }
        }
        for (endings, edge) in state.endings.iter().filter(|(_, edge)| edge.serves(level)) {
            if endings.iter().any(|ending| folded_suffix(&text[..at], ending)) {
                self.walk(edge.to, (at, edge.glued), level, slots, found);
            }
        }
        for (slot, edge) in state.slots.iter().filter(|(_, edge)| edge.serves(level)) {
            self.fill(*slot, *edge, at, level, slots, found);
        }
    }

    /// Goes on behind what a slot takes at a byte.
    fn fill(&mut self, slot: Slot, edge: Edge, at: usize, level: u8, slots: Slots, found: &mut Vec<Match>) {
        let mut go = |chart: &mut Self, end, slots| chart.walk(edge.to, (end, edge.glued), level, slots, found);
        match slot {
            Slot::Number | Slot::Ordinal | Slot::Year => {
                let number = match slot {
                    Slot::Number => self.lexer.number(at, edge.glued),
                    Slot::Ordinal => self.lexer.ordinal(at, edge.glued),
                    _ => self.lexer.year(at, edge.glued).or_else(|| self.tens(at)),
                };
                if let Some((value, end)) = number {
                    go(self, end, Slots { number: Some(value), ..slots });
                }
                if slot == Slot::Number
                    && let Some((end, slots)) = self.counted(at, slots)
                {
                    let grammar = &self.reader.words.phrases.grammar;
                    for unit in grammar.states[edge.to].by_unit().filter(|unit| unit.serves(level)) {
                        self.walk(unit.to, (end, unit.glued), level, slots, found);
                    }
                }
            }
            Slot::Unit | Slot::Thing => {
                let other = |token: &usize| self.reader.begins_name(*token) || self.reader.is_other_word(*token);
                let Some(token) = self.token(at).filter(|token| !other(token)) else { return };
                // 「3月前」 is before March: a word that makes numbers months counts none.
                if slot == Slot::Unit && slots.number.is_some() && self.reader.mark_after(token) == Some(Unit::Month) {
                    return;
                }
                let (end, plural) = (self.reader.tokens[token].end, slots.plural || self.is_plural(token));
                for thing in self.senses(token).iter().filter_map(|sense| thing(*sense, slot == Slot::Unit)) {
                    go(self, end, Slots { thing: Some(thing), plural, ..slots });
                }
                let numbered = if slot == Slot::Thing { self.numbered_month(at) } else { None };
                if let Some((end, thing)) = numbered {
                    go(self, end, Slots { thing: Some(thing), ..slots });
                }
            }
            Slot::Date => {
                for item in self.date_slot(at, level.saturating_sub(1)) {
                    let Item { end, node } = item;
                    let slots = match slots.date {
                        Some(_) => Slots { last: Some(node), ..slots },
                        None => Slots { date: Some(node), ..slots },
                    };
                    go(self, end, slots);
                }
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
                let (number, thing) = (Some(i32::from(count)), Some(Thing::Unit(unit)));
                Some((end, Slots { number, thing, in_one_word: true, ..slots }))
            }
            _ => None,
        })
    }

    /// Whether a word stands for several of its unit.
    fn is_plural(&self, token: usize) -> bool {
        let plural = &self.reader.words.data.plural;
        let token = self.reader.tokens[token];
        !plural.is_empty() && plural.contains(&self.reader.text[token.start..token.end].to_lowercase())
    }

    /// A month that a number names: 「9月」, "tháng 9".
    fn numbered_month(&self, at: usize) -> Option<(usize, Thing)> {
        let token = self.token(at)?;
        let numbered = self.reader.number(token).is_some() || self.reader.mark_before(token) == Some(Unit::Month);
        let (bag, _) = self.reader.bag(token).filter(|(bag, _)| numbered && bag.is_month() && bag.labelled)?;
        let month = bag.value.month.filter(|_| bag.value.year.is_none() && bag.first_month.is_none())?;
        Some((bag.end, Thing::Month(month)))
    }
}

/// What a slot for a thing, or for a unit, takes of what a date word means.
fn thing(sense: Sense, unit: bool) -> Option<Thing> {
    Some(match sense {
        Sense::Unit(unit) => Thing::Unit(unit),
        _ if unit => return None,
        Sense::Weekday(day) | Sense::WeekdayPart(day, _) => Thing::Weekday(day),
        Sense::Month(month) => Thing::Month(month),
        Sense::Season(season) | Sense::InSeason(season) => Thing::Season(season),
        Sense::Part(part) => Thing::Part(part),
        Sense::Holiday(holiday) => Thing::Holiday(holiday),
        _ => return None,
    })
}
