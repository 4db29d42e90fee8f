//! Counting ids: of every mark that asks for one, whether the entity there has the right id, none, or a wrong one.

use std::collections::BTreeMap;
use std::fmt;

use wiredesk::event::{Entity, Field};

use crate::case::{Case, Label, Want};
use crate::thing::Things;

/// What was counted, of one language, of one type or of all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    right: u64,
    null: u64,
    wrong: u64,
}

impl Count {
    pub(crate) fn all(self) -> u64 {
        self.right + self.null + self.wrong
    }

    /// Right ids, in thousandths.
    pub(crate) fn right(self) -> u64 {
        self.right * 1000 / self.all().max(1)
    }

    /// Wrong ids, in thousandths, rounded up.
    pub(crate) fn wrong(self) -> u64 {
        (self.wrong * 1000).div_ceil(self.all().max(1))
    }

    fn add(&mut self, found: Found<'_>) {
        match found {
            Found::Right => self.right += 1,
            Found::Null(_) => self.null += 1,
            Found::Wrong(_) => self.wrong += 1,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Found<'a> {
    Right,
    /// No id; the entity that is there, if one is.
    Null(Option<&'a Entity>),
    Wrong(&'a Entity),
}

/// The score of a set.
#[derive(Debug, Default)]
pub(crate) struct IdScore {
    languages: BTreeMap<String, Count>,
    types: BTreeMap<String, Count>,
    misses: Vec<String>,
}

impl IdScore {
    pub(crate) fn add(&mut self, case: &Case, entities: &[Entity], things: &Things) {
        for label in case.labels.iter().filter(|label| label.want != Want::Anything) {
            let found = found(label, entities, things);
            self.languages.entry(case.language.clone()).or_default().add(found);
            self.types.entry(kind(label, things)).or_default().add(found);
            let got = match found {
                Found::Right => continue,
                Found::Null(None) => "null, nothing is found".to_owned(),
                Found::Null(Some(entity)) => format!("null, {} {:?}", shown(entity), entity.candidates),
                Found::Wrong(entity) => format!("WRONG {} {}", entity.id.as_deref().unwrap_or_default(), shown(entity)),
            };
            let wanted = match &label.want {
                Want::OneOf(keys) => keys.join("|"),
                Want::Nothing | Want::Anything => "null".to_owned(),
            };
            let place = format!("{}:{} {}", case.language, case.line, case.class);
            self.misses.push(format!("{place} {:?} is {wanted}: {got}    in {}", label.words, case.text));
        }
    }

    pub(crate) fn total(&self) -> Count {
        self.languages.values().fold(Count::default(), |sum, one| Count {
            right: sum.right + one.right,
            null: sum.null + one.null,
            wrong: sum.wrong + one.wrong,
        })
    }

    /// The misses, one a line.
    pub(crate) fn misses(&self) -> &[String] {
        &self.misses
    }
}

/// What the entities that touch a mark say of it.
fn found<'a>(label: &Label, entities: &'a [Entity], things: &Things) -> Found<'a> {
    let touches = |entity: &&Entity| {
        let in_body = entity.mentions.iter().filter(|mention| mention.r#in == Field::Body);
        let over = |start: u32, end: u32| (start as usize) < label.end && label.start < end as usize;
        in_body.into_iter().any(|mention| over(mention.start, mention.end))
    };
    let there: Vec<&Entity> = entities.iter().filter(touches).collect();
    let mut known: Vec<&Entity> = there.iter().copied().filter(|entity| entity.id.is_some()).collect();
    let is_wanted = |entity: &&Entity| match &label.want {
        Want::OneOf(keys) => keys.iter().any(|key| things.of(key).is_some_and(|thing| thing.is(entity))),
        Want::Nothing | Want::Anything => false,
    };
    if known.iter().any(is_wanted) {
        return Found::Right;
    }
    match (known.pop(), &label.want) {
        (Some(entity), _) => Found::Wrong(entity),
        (None, Want::Nothing) => Found::Right,
        (None, Want::OneOf(_) | Want::Anything) => Found::Null(there.first().copied()),
    }
}

fn shown(entity: &Entity) -> String {
    let basis = format!("{:?}", entity.basis).to_lowercase();
    format!("{} {} [{basis}]", entity.r#type.as_str(), entity.name)
}

/// The type that a mark is counted under.
fn kind(label: &Label, things: &Things) -> String {
    let Want::OneOf(keys) = &label.want else { return "no id".to_owned() };
    let thing = keys.first().and_then(|key| things.of(key));
    thing.and_then(|thing| thing.types.first().copied()).map_or("by id".to_owned(), |kind| kind.as_str().to_owned())
}

impl fmt::Display for IdScore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "\nids           marks  right   null  wrong")?;
        let all = [("all".to_owned(), self.total())];
        let rows = self.languages.iter().chain(&self.types).map(|(name, count)| (name, *count));
        for (name, count) in rows.chain(all.iter().map(|(name, count)| (name, *count))) {
            let share = |part: u64| part as f64 * 100.0 / count.all().max(1) as f64;
            let Count { right, null, wrong } = count;
            writeln!(
                out,
                "{name:12} {:6} {:5.1}% {:5.1}% {:5.1}%",
                count.all(),
                share(right),
                share(null),
                share(wrong)
            )?;
        }
        Ok(())
    }
}
