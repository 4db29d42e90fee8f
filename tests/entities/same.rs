//! Counting identity within an article: whether the mentions of one thing are one entity, and those of two are two.

use std::fmt;

use wiredesk::event::{Entity, Field};

use crate::case::{Case, Label};

/// The score of a set.
#[derive(Debug, Default)]
pub(crate) struct SameScore {
    /// Pairs of marks of the same thing, and those of them that are one entity.
    same: u64,
    linked: u64,
    /// Pairs of marks of different things, and those of them that are one entity.
    different: u64,
    merged: u64,
    misses: Vec<String>,
}

impl SameScore {
    pub(crate) fn add(&mut self, case: &Case, entities: &[Entity]) {
        for (at, first) in case.labels.iter().enumerate() {
            for second in &case.labels[at + 1..] {
                let (one, other) = (entity_at(first, entities), entity_at(second, entities));
                let is_one = one.is_some() && one == other;
                let is_right = if first.number == second.number {
                    self.same += 1;
                    self.linked += u64::from(is_one);
                    is_one
                } else {
                    self.different += 1;
                    self.merged += u64::from(is_one);
                    !is_one
                };
                if !is_right {
                    let what = if is_one { "are one" } else { "are not one" };
                    let pair = format!("{:?} and {:?} {what}", first.words, second.words);
                    self.misses.push(format!("{}:{} {pair}    in {}", case.language, case.line, case.text));
                }
            }
        }
    }

    /// Pairs of the same thing that are one entity, in thousandths.
    pub(crate) fn linked(&self) -> u64 {
        self.linked * 1000 / self.same.max(1)
    }

    /// Pairs of different things that are one entity, in thousandths, rounded up.
    pub(crate) fn merged(&self) -> u64 {
        (self.merged * 1000).div_ceil(self.different.max(1))
    }

    /// The misses, one a line.
    pub(crate) fn misses(&self) -> &[String] {
        &self.misses
    }
}

/// The place in the list of the entity that a mark belongs to.
fn entity_at(label: &Label, entities: &[Entity]) -> Option<usize> {
    entities.iter().position(|entity| {
        let mut in_body = entity.mentions.iter().filter(|mention| mention.r#in == Field::Body);
        in_body.any(|mention| (mention.start as usize) < label.end && label.start < mention.end as usize)
    })
}

impl fmt::Display for SameScore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { same, linked, different, merged, .. } = self;
        writeln!(
            out,
            "{linked} of {same} pairs of one thing are linked, {merged} of {different} pairs of two are merged"
        )
    }
}
