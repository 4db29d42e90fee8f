//! A page prepared for the features: units with what lexicon and rules say of each, affixes, and runs of capitals.

use super::super::page::{Ground, Page, What};
use super::super::rules::Rules;
use super::affixes::{Affixes, affixes, hash};
use super::cues::cues;
use super::families::family;
use super::features::is_capital;
use super::keys::Keys;
use super::runs::{Around, Run};
use super::units::{self, Kind, Unit, form};
use crate::event::EntityType;
use crate::lexicon::token;
use crate::lexicon::{Flags, Lexicon, NamePart, NameParts};

/// What the program knows, for a text in some language.
pub(in super::super) struct Known<'a> {
    pub(in super::super) rules: &'a Rules,
    pub(in super::super) lexicon: &'a Lexicon,
    pub(in super::super) parts: &'a NameParts,
    /// The language's tag.
    pub(in super::super) tag: &'a str,
}

/// A page, unit by unit.
pub(super) struct View<'a> {
    pub units: Vec<Unit>,
    pub language: u32,
    pub family: u32,
    affixes: Vec<Affixes>,
    known: Vec<u32>,
    ruled: Vec<u32>,
    cues: Vec<u32>,
    parts: Vec<u32>,
    stretches: Vec<(usize, usize)>,
    runs: Vec<Run>,
    run_of: Vec<u32>,
    /// Bits of keys of words that the text has in small letters, and with a capital within a sentence.
    small: Keys,
    capital: Keys,
    page: &'a Page<'a>,
}

const NO_RUN: u32 = u32::MAX;

impl<'a> View<'a> {
    pub(super) fn new(page: &'a Page<'a>, known: &Known<'_>) -> Self {
        let mut units = Vec::with_capacity(page.tokens.len() * 5 / 4);
        units::read(page, &mut units);
        let (mut small, mut capital) = (Keys::new(units.len()), Keys::new(units.len()));
        for unit in &units {
            match unit.form {
                form::LOWER => _ = small.add(unit.key),
                form::CAPITAL | form::CAPS | form::MIXED if !unit.first => _ = capital.add(unit.key),
                _ => {}
            }
        }
        let mut view = Self {
            affixes: Vec::new(),
            known: vec![0; units.len()],
            ruled: vec![0; units.len()],
            cues: Vec::new(),
            parts: Vec::new(),
            stretches: Vec::new(),
            runs: Vec::new(),
            run_of: vec![NO_RUN; units.len()],
            small,
            capital,
            page,
            language: hash(known.tag.as_bytes()),
            family: family(known.tag),
            units,
        };
        view.find_runs();
        view.mark_known(known.lexicon);
        view.mark_ruled();
        view.stretches = view.find_stretches();
        view.look_closer(known);
        view
    }

    /// Affixes and cues, of the units that a stretch has and of two around it.
    fn look_closer(&mut self, known: &Known<'_>) {
        self.affixes = vec![Affixes::default(); self.units.len()];
        self.cues = vec![0; self.units.len()];
        self.parts = vec![0; self.units.len()];
        let mut done = 0;
        for (first, after) in &self.stretches {
            let range = first.saturating_sub(2).max(done)..(after + 2).min(self.units.len());
            done = range.end;
            for at in range {
                let unit = &self.units[at];
                if unit.kind == Kind::Mark {
                    continue;
                }
                self.affixes[at] = affixes(unit, self.page.text);
                self.parts[at] = self.part_of(at, known.parts);
                self.cues[at] = match at.checked_sub(1).map(|before| &self.units[before]) {
                    Some(before) if before.kind == Kind::Piece && before.token == unit.token => self.cues[at - 1],
                    Some(_) | None => cues(self.page, known.rules, unit.token as usize),
                };
            }
        }
        // The last words of runs are looked at from afar.
        for run in &self.runs {
            if self.affixes[run.last].shape == 0 {
                self.affixes[run.last] = affixes(&self.units[run.last], self.page.text);
            }
        }
    }

    /// What a word is in names; of Han and Hangul, what one sign is and what two are.
    fn part_of(&self, at: usize, parts: &NameParts) -> u32 {
        let unit = &self.units[at];
        let code = |key| match parts.class(key) {
            None => 0,
            Some(NamePart::Untold) => 1,
            Some(NamePart::Given) => 2,
            Some(NamePart::Family) => 3,
            Some(NamePart::Both) => 4,
        };
        match unit.kind {
            Kind::Word => code(self.page.tokens[unit.token as usize].key),
            Kind::Mark => 0,
            Kind::Piece => {
                let text = |end: u32| &self.page.text[unit.start as usize..end as usize];
                let two = self.units.get(at + 1).filter(|next| next.token == unit.token && next.kind == Kind::Piece);
                code(token::key(text(unit.end))) | two.map_or(0, |next| code(token::key(text(next.end)))) << 4
            }
        }
    }

    fn find_runs(&mut self) {
        let mut at = 0;
        while at < self.units.len() {
            if !is_capital(self.units[at].form) {
                at += 1;
                continue;
            }
            let mut last = at;
            let mut next = at + 1;
            while let Some(unit) = self.units.get(next).filter(|unit| unit.line == self.units[at].line) {
                if is_capital(unit.form) {
                    last = next;
                } else if !(matches!(unit.form, form::HYPHEN | form::APOSTROPHE)
                    || unit.form == form::LOWER && unit.end - unit.start <= 4
                    || unit.form == form::STOP && self.units[next - 1].form == form::INITIAL)
                    || next - last > 2
                {
                    break;
                }
                next += 1;
            }
            let number = self.runs.len() as u32;
            self.run_of[at..=last].fill(number);
            let before = self.neighbour(at, -1);
            let after = self.neighbour(last, 1);
            self.runs.push(Run { first: at, last, before, after });
            at = last + 1;
        }
    }

    /// Units of names that the lexicon has: what kinds of things the name is of, and where in it they stand.
    fn mark_known(&mut self, lexicon: &Lexicon) {
        let mut from = 0;
        for hit in &self.page.hits {
            let mut code = 0u32;
            let mut weak = true;
            for reading in self.page.readings(hit.name) {
                code |= match lexicon.kind(reading.entity) {
                    EntityType::Place => 1,
                    EntityType::Organisation => 2,
                    EntityType::Person => 4,
                    EntityType::Object | EntityType::Event => 8,
                };
                code |= if lexicon.flags(reading.entity).has(Flags::COUNTRY) { 16 } else { 0 };
                code |= if reading.own { 32 } else { 0 };
                weak &= reading.flags.has(Flags::WEAK);
            }
            code |= if weak { 64 } else { 0 };
            code |= 128;
            code |= if hit.after - hit.first > 1 { 256 } else { 0 };
            from = mark(&self.units, &mut self.known, from, hit.start, hit.end, code);
        }
    }

    /// Units of what the rules have found.
    fn mark_ruled(&mut self) {
        for find in &self.page.finds {
            let code = match find.what {
                What::Person(Ground::Title) => 1,
                What::Person(Ground::Apposition) => 2,
                What::Person(Ground::FamilyName | Ground::Repeat | Ground::Seen) => 3,
                What::Body(_) => 4,
                What::Place => 5,
                What::Name(_) | What::Seen(_) => 6,
            };
            mark(&self.units, &mut self.ruled, 0, find.start as u32, find.end as u32, code);
        }
    }

    /// The unit so many places away on the same line.
    #[inline]
    pub(super) fn neighbour(&self, at: usize, by: isize) -> Option<usize> {
        let other = at.checked_add_signed(by)?;
        (self.units.get(other)?.line == self.units[at].line).then_some(other)
    }

    #[inline]
    pub(super) fn key(&self, at: usize, by: isize) -> u32 {
        self.neighbour(at, by).map_or(1, |other| self.units[other].key)
    }

    #[inline]
    pub(super) fn form(&self, at: usize, by: isize) -> u32 {
        self.neighbour(at, by).map_or(u32::from(form::OUTSIDE), |other| {
            let unit = &self.units[other];
            u32::from(unit.form) | if unit.first { 32 } else { 0 }
        })
    }

    pub(super) fn known(&self, at: usize, by: isize) -> u32 {
        self.neighbour(at, by).map_or(0, |other| self.known[other])
    }

    pub(super) fn cues(&self, at: usize, by: isize) -> u32 {
        self.neighbour(at, by).map_or(0, |other| self.cues[other])
    }

    pub(super) fn parts(&self, at: usize, by: isize) -> u32 {
        self.neighbour(at, by).map_or(0, |other| self.parts[other])
    }

    pub(super) fn ruled(&self, at: usize, by: isize) -> u32 {
        self.neighbour(at, by).map_or(0, |other| self.ruled[other])
    }

    pub(super) fn key_of(&self, at: Option<usize>) -> u32 {
        at.map_or(1, |at| self.units[at].key)
    }

    pub(super) fn affixes(&self, at: usize) -> &Affixes {
        &self.affixes[at]
    }

    /// Whether the text has the word in small letters too, and with a capital elsewhere.
    pub(super) fn state(&self, at: usize) -> u32 {
        let unit = &self.units[at];
        if !is_capital(unit.form) {
            return 0;
        }
        let small = self.small.has(unit.key);
        let capital = unit.first && self.capital.has(unit.key);
        1 | u32::from(small) << 1 | u32::from(capital) << 2
    }

    pub(super) fn run(&self, at: usize) -> Option<&Run> {
        self.runs.get(self.run_of[at] as usize)
    }

    /// The word of a script whose words carry particles.
    pub(super) fn word_around(&self, at: usize) -> Option<Around> {
        let unit = &self.units[at];
        if unit.form != form::HANGUL {
            return None;
        }
        let same = |other: &Unit| other.token == unit.token && other.kind == Kind::Piece;
        let first = at - self.units[..at].iter().rev().take_while(|other| same(other)).take(12).count();
        let after_last = at + self.units[at..].iter().take_while(|other| same(other)).take(12).count();
        let fold = |units: &[Unit]| units.iter().fold(7u32, |hash, unit| (hash ^ unit.key).wrapping_mul(0x0100_0193));
        let tail = |last: Option<usize>| last.map_or(1, |last| self.units[last].key);
        Some(Around {
            first,
            after_last,
            prefix: fold(&self.units[first..=at]),
            rest: fold(&self.units[at + 1..after_last]),
            whole: fold(&self.units[first..after_last]),
            before: tail(self.neighbour(first, -1)),
            after: tail(self.neighbour(after_last - 1, 1)),
        })
    }

    /// The stretches that are worth a look: around capitals, lexicon names and cues, and all of scripts without
    /// capitals.
    pub(super) fn stretches(&self) -> &[(usize, usize)] {
        &self.stretches
    }

    fn find_stretches(&self) -> Vec<(usize, usize)> {
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for (at, unit) in self.units.iter().enumerate() {
            let caseless = unit.kind == Kind::Piece || unit.form == form::CASELESS;
            let sign = caseless || is_capital(unit.form) || self.known[at] != 0 || self.ruled[at] != 0;
            if !sign {
                continue;
            }
            let reach = if caseless { 3 } else { 1 };
            let (mut first, mut after) = (at, at + 1);
            for by in 1..=reach {
                if self.neighbour(at, -by).is_some() {
                    first = at - by as usize;
                }
                if self.neighbour(at, by).is_some() {
                    after = at + 1 + by as usize;
                }
            }
            match stretches.last_mut() {
                Some(last) if last.1 >= first && self.units[last.1 - 1].line == unit.line => last.1 = last.1.max(after),
                _ => stretches.push((first, after)),
            }
        }
        stretches
    }
}

/// Gives the units between two bytes a code each: where in the name they stand, and the name's.
fn mark(units: &[Unit], codes: &mut [u32], from: usize, start: u32, end: u32, code: u32) -> usize {
    let first = from + units[from..].partition_point(|unit| unit.start < start);
    let after = first + units[first..].partition_point(|unit| unit.end <= end);
    for (at, own) in (first..after).zip(&mut codes[first..after]) {
        let place = match (at == first, at + 1 == after) {
            (true, true) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (false, false) => 4,
        };
        *own = code << 3 | place;
    }
    after.max(from)
}
