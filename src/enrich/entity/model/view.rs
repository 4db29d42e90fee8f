//! A page prepared for the features: units with what lexicon and rules say of each, affixes, and runs of capitals.

mod marks;
mod stretches;

use super::super::page::Page;
use super::super::rules::Rules;
use super::affixes::{Affixes, hash};
use super::families::family;
use super::features::is_capital;
use super::keys::Keys;
use super::runs::{Around, Run};
use super::units::{self, Kind, Unit, form};
use crate::lexicon::{Lexicon, NameParts};

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

/// No unit.
pub(super) const NOWHERE: usize = usize::MAX;

/// A unit's neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near([usize; 7]);

impl Near {
    /// What each of the places from `first` on has, from -3 to 3.
    #[inline]
    pub(super) fn each<const N: usize>(&self, first: isize, what: impl Fn(usize) -> u32) -> [u32; N] {
        std::array::from_fn(|place| what(self.0[place.wrapping_add_signed(first + 3)]))
    }

    /// The unit so many places away.
    #[inline]
    pub(super) fn at(&self, by: isize) -> usize {
        self.0[3usize.wrapping_add_signed(by)]
    }
}

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

    /// The unit so many places away on the same line.
    #[inline]
    pub(super) fn neighbour(&self, at: usize, by: isize) -> Option<usize> {
        let other = at.checked_add_signed(by)?;
        (self.units.get(other)?.line == self.units[at].line).then_some(other)
    }

    /// The units around one: three places before it to three after it; [`NOWHERE`] beyond its line.
    #[inline]
    pub(super) fn near(&self, at: usize) -> Near {
        let line = self.units[at].line;
        let place = |by: isize| at.wrapping_add_signed(by);
        let here = |at: usize| self.units.get(at).is_some_and(|unit| unit.line == line);
        Near([-3, -2, -1, 0, 1, 2, 3].map(|by| if here(place(by)) { place(by) } else { NOWHERE }))
    }

    #[inline]
    pub(super) fn key(&self, at: usize) -> u32 {
        self.units.get(at).map_or(1, |unit| unit.key)
    }

    #[inline]
    pub(super) fn form(&self, at: usize) -> u32 {
        let form = |unit: &Unit| u32::from(unit.form) | if unit.first { 32 } else { 0 };
        self.units.get(at).map_or(u32::from(form::OUTSIDE), form)
    }

    pub(super) fn known(&self, at: usize) -> u32 {
        self.known.get(at).copied().unwrap_or(0)
    }

    pub(super) fn cues(&self, at: usize) -> u32 {
        self.cues.get(at).copied().unwrap_or(0)
    }

    pub(super) fn parts(&self, at: usize) -> u32 {
        self.parts.get(at).copied().unwrap_or(0)
    }

    pub(super) fn ruled(&self, at: usize) -> u32 {
        self.ruled.get(at).copied().unwrap_or(0)
    }

    pub(super) fn key_of(&self, at: Option<usize>) -> u32 {
        at.map_or(1, |at| self.units[at].key)
    }

    pub(super) fn affixes(&self, at: usize) -> &Affixes {
        &self.affixes[at]
    }

    /// The affixes of a unit that is a word.
    pub(super) fn word_at(&self, at: usize) -> Option<&Affixes> {
        self.units.get(at).filter(|unit| unit.kind == Kind::Word).map(|_| &self.affixes[at])
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
}
