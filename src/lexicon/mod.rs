//! The names that the program knows: what `data/lexicon` holds, indexed for one pass over a text.
//!
//! Every name keeps its case and its languages. `Lexicon::scan` reports the leftmost longest names of a text that
//! stand between boundaries of their script and that its language uses; what a name means, and whether it needs
//! evidence, is for the entity tagger to weigh. Inflected forms are known where the data
//! lists them, or where their language writes the ending on to the name.

mod artefact;
mod compile;
mod endings;
mod fold;
mod languages;
mod layout;
mod lookup;
mod parts;
mod rows;
pub(crate) mod script;
mod sources;
pub(crate) mod token;
mod user;

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::event::{EntityType, Geo};
use artefact::Artefact;
pub(crate) use artefact::{NameId, NameMap};
pub(crate) use endings::ENDINGS;
pub(crate) use languages::LanguageId;
pub(crate) use lookup::{Hit, Reading};
pub use parts::{NamePart, NameParts};
pub use rows::{Flags, LexiconError};

/// The compiled lexicon.
#[derive(Debug)]
pub struct Lexicon {
    artefact: Artefact,
    /// The entities of states by their codes, found when they are first asked for.
    states: OnceLock<HashMap<String, u32>>,
    /// The entities that are ministries or institutions of a state by these ids of theirs, found in the same way.
    bodies: OnceLock<HashMap<String, u32>>,
}

/// What is known of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// `scheme:value`.
    pub id: String,
    /// The other ids of the same thing.
    pub same_as: Vec<String>,
    /// What kind of thing it is.
    pub kind: EntityType,
    /// What its rows say of it; flags of names alone ([`Flags::WEAK`], [`Flags::CASE`], [`Flags::MODEL`]) are not here.
    pub flags: Flags,
    /// Its country (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// Where it lies.
    pub geo: Option<Geo>,
    /// The name to display: its first English name, else its first.
    pub name: String,
}

impl Lexicon {
    /// The lexicon that the program carries: the tables of `data/lexicon`, which the build script compiled.
    #[must_use]
    pub fn embedded() -> Self {
        Self::of(Artefact::of_program())
    }

    /// Compiles a lexicon from files, given by name and text, in the format that `data/lexicon` describes.
    ///
    /// # Errors
    /// The first line that is not in the format.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, LexiconError> {
        Ok(Self::of(Artefact::compiled(sources::compile(files)?)))
    }

    /// This lexicon with a user's files, given by name and text, on top of it: `docs/lexicon.md` describes them.
    ///
    /// # Errors
    /// Every fault in the files.
    pub fn with(&self, files: &[(String, String)]) -> Result<Self, Vec<LexiconError>> {
        Ok(Self::of(Artefact::compiled(user::compile(&self.artefact, files)?)))
    }

    fn of(artefact: Artefact) -> Self {
        Self { artefact, states: OnceLock::new(), bodies: OnceLock::new() }
    }

    /// SHA-256, in hex, of its sources: part of the rules hash of every event.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        self.artefact.fingerprint()
    }

    /// How many entities it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.artefact.entities()
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.artefact.entities() == 0
    }

    /// How many different names it knows.
    #[must_use]
    pub fn names(&self) -> usize {
        self.artefact.names()
    }

    /// Bytes that it occupies.
    #[must_use]
    pub fn index_bytes(&self) -> usize {
        self.artefact.bytes()
    }

    /// An entity, by the number that a reading gives.
    pub(crate) fn entry(&self, entity: u32) -> Entry {
        let known = self.artefact.entity(entity);
        let geonames = || [&known.id].into_iter().chain(&known.same_as).find_map(|id| geonames(id));
        Entry {
            kind: EntityType::ALL[usize::from(known.kind)],
            flags: known.flags,
            country: known.country.as_deref().map(str::to_owned),
            geo: known.geo.map(|(lat, lon)| Geo { lat, lon, geonames: geonames() }),
            same_as: known.same_as.iter().map(|id| id.clone().into_owned()).collect(),
            name: known.name.into_owned(),
            id: known.id.into_owned(),
        }
    }

    /// The country of an entity (ISO 3166-1 alpha-2).
    pub(crate) fn country(&self, entity: u32) -> Option<&str> {
        self.artefact.country(entity)
    }

    /// The entity of a state, by its code (ISO 3166-1 alpha-2).
    pub(crate) fn state(&self, code: &str) -> Option<u32> {
        let states = self.states.get_or_init(|| {
            let all = 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
            let states = all.filter(|entity| self.flags(*entity).has(Flags::COUNTRY));
            states.filter_map(|entity| Some((self.country(entity)?.to_owned(), entity))).collect()
        });
        states.get(code).copied()
    }

    /// The entity that has this id of a ministry or institution of a state, `wiredesk:gov/vn/central-bank`.
    pub(crate) fn body(&self, id: &str) -> Option<u32> {
        let bodies = self.bodies.get_or_init(|| {
            let all = 0..u32::try_from(self.len()).unwrap_or(u32::MAX);
            let ids = all.flat_map(|entity| self.artefact.ids(entity).map(move |id| (id, entity)));
            ids.filter(|(id, _)| id.starts_with(GOVERNMENT)).map(|(id, entity)| (id.to_owned(), entity)).collect()
        });
        bodies.get(id).copied()
    }

    /// Words that show, right before or after a weak name, that it means this entity.
    pub(crate) fn triggers(&self, entity: u32) -> impl Iterator<Item = &str> {
        self.artefact.triggers(entity)
    }

    /// What kind of thing an entity is.
    pub(crate) fn kind(&self, entity: u32) -> EntityType {
        EntityType::ALL[usize::from(self.artefact.kind_and_flags(entity).0)]
    }

    /// The flags of an entity.
    pub(crate) fn flags(&self, entity: u32) -> Flags {
        self.artefact.kind_and_flags(entity).1
    }
}

/// How ids of the ministries and institutions of a state begin.
const GOVERNMENT: &str = "wiredesk:gov/";

fn geonames(id: &str) -> Option<u64> {
    id.strip_prefix("geonames:")?.parse().ok()
}

#[cfg(test)]
mod tests;
