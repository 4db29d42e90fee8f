//! Matching one template against the text.

use std::cell::LazyCell;
use std::rc::Rc;

use super::super::bag::Reader;
use super::super::context::word_after;
use super::super::data::Boundary;
use super::super::words::{Sense, Unit};
use super::build::{Slots, build};
use super::chart::{Chart, ITEMS_MAX, Item};
use super::lexemes::{Lexer, folded_suffix};
use super::node::{From, Node, Thing};
use super::template::{Element, ElementKind, Function, Slot, Template};

impl<'a> Chart<'a> {
    /// Tries one template at a byte.
    pub(super) fn read(&mut self, template: &'a Template, at: usize, items: &mut Vec<Item>) {
        let mut found = Vec::new();
        self.step(template, 0, at, Slots::default(), &mut found);
        let counted = matches!(template.function, Function::Earlier | Function::Later);
        for (end, mut slots) in found {
            if (counted && self.counts_from_noun(template, end))
                || (template.function == Function::DayOf && self.spells_day(at, end))
                || (template.function == Function::Day && !self.ends_in_lone_day(end))
            {
                continue;
            }
            if matches!(template.function, Function::FirstN | Function::LastN) && slots.date.is_none() {
                let year = Node::Turn { from: From::Published, thing: Thing::Unit(Unit::Year), step: 0 };
                slots.date = Some(self.add(year));
            }
            // "The end of the month": the month at hand. Of a day or a century it says nothing.
            let edge = matches!(template.function, Function::Early | Function::Middle | Function::Late);
            if let Some(Thing::Unit(Unit::Week | Unit::Month | Unit::Quarter | Unit::Year)) = slots.thing
                && let (true, None, Some(thing)) = (edge, slots.date, slots.thing)
            {
                slots.date = Some(self.add(Node::Turn { from: From::Published, thing, step: 0 }));
            }
            if let Some(node) = self.decade_of_other(template.function, &slots) {
                items.push(Item { end, node });
                continue;
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
                .chain(self.numbered_month(at))
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

/// The templates whose first piece stands at a byte; `token` is the date word there.
pub(super) fn live(reader: &Reader<'_>, lexer: &Lexer<'_>, token: Option<usize>, at: usize) -> Rc<[u16]> {
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
