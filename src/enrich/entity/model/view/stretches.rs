//! Where in a page names may be.

use super::View;
use crate::enrich::entity::model::features::is_capital;
use crate::enrich::entity::model::units::{Kind, form};

impl View<'_> {
    /// The stretches that are worth a look: around capitals, lexicon names and cues, and all of scripts without
    /// capitals.
    pub(in super::super) fn stretches(&self) -> &[(usize, usize)] {
        &self.stretches
    }

    /// Whether a name may go on from the unit before this one.
    fn joins(&self, at: usize) -> bool {
        let pair = at.checked_sub(1).and_then(|before| Some((self.units.get(before)?, self.units.get(at)?)));
        pair.is_some_and(|(before, unit)| {
            before.line == unit.line && !unit.parted && before.form != form::BARRIER && unit.form != form::BARRIER
        })
    }

    pub(super) fn find_stretches(&self) -> Vec<(usize, usize)> {
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for (at, unit) in self.units.iter().enumerate() {
            let caseless = unit.kind == Kind::Piece || unit.form == form::CASELESS;
            let sign = caseless || is_capital(unit.form) || self.known[at] != 0 || self.ruled[at] != 0;
            if !sign {
                continue;
            }
            let reach = if caseless { 3 } else { 1 };
            if unit.form == form::BARRIER {
                continue;
            }
            let (mut first, mut after) = (at, at + 1);
            for _ in 0..reach {
                first -= usize::from(self.joins(first));
                after += usize::from(self.joins(after));
            }
            match stretches.last_mut() {
                Some(last) if last.1 > first || last.1 == first && self.joins(first) => last.1 = last.1.max(after),
                _ => stretches.push((first, after)),
            }
        }
        stretches
    }
}
