//! What lexicon, rules and name parts say of units.

use super::{Known, View};
use crate::enrich::entity::model::affixes::{Affixes, affixes};
use crate::enrich::entity::model::cues::cues;
use crate::enrich::entity::model::units::{Kind, Unit};
use crate::enrich::entity::page::{Ground, What};
use crate::event::EntityType;
use crate::lexicon::{Flags, Lexicon, NamePart, NameParts, token};

impl View<'_> {
    /// Affixes and cues, of the units that a stretch has and of two around it.
    pub(super) fn look_closer(&mut self, known: &Known<'_>) {
        self.affixes = vec![Affixes::default(); self.units.len()];
        self.cues = vec![0; self.units.len()];
        self.parts = vec![0; self.units.len()];
        let mut done = 0;
        for (first, after) in &self.stretches {
            let range = first.saturating_sub(2).max(done)..(after + 2).min(self.units.len());
            done = range.end;
            // Parts lie far apart in memory: asked for in a row of their own, several are on their way at once.
            for at in range.clone() {
                self.parts[at] = self.part_of(at, known.parts);
            }
            for at in range {
                let unit = &self.units[at];
                if unit.kind == Kind::Mark {
                    continue;
                }
                self.affixes[at] = affixes(unit, self.page.text);
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

    /// Units of names that the lexicon has: what kinds of things the name is of, and where in it they stand.
    pub(super) fn mark_known(&mut self, lexicon: &Lexicon) {
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
    pub(super) fn mark_ruled(&mut self) {
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
