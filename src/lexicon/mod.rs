//! The names that the program knows: what `data/lexicon` holds, indexed for one pass over a text.
//!
//! Every name keeps its case and its languages. `Lexicon::scan` reports the leftmost longest names of a text that
//! stand between boundaries of their script and that its language uses; what a name means, and whether it needs
//! evidence, is for the entity tagger to weigh. Inflected forms are not known, save where the data lists them.

mod index;
mod lookup;
mod parts;
mod rows;
pub(crate) mod script;
pub(crate) mod token;

use sha2::{Digest, Sha256};

use crate::event::{EntityType, Geo};
pub(crate) use index::{LanguageId, NameId};
pub(crate) use lookup::{Hit, Reading};
pub use parts::{NamePart, NameParts};
pub use rows::{Flags, LexiconError};

/// The files that make the lexicon, by name. Together they are one table: a row whose id an earlier row has adds names
/// and flags to that entity, and its names have its own flags and prior also where an earlier row gave them others.
const FILES: [(&str, &str); 3] = [
    ("countries.tsv", include_str!("../../data/lexicon/countries.tsv")),
    ("capitals.tsv", include_str!("../../data/lexicon/capitals.tsv")),
    ("curated.tsv", include_str!("../../data/lexicon/curated.tsv")),
];

/// The compiled lexicon.
#[derive(Debug)]
pub struct Lexicon {
    entries: Vec<Entry>,
    index: index::Index,
    fingerprint: String,
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
    /// The lexicon that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self::parse(&FILES).expect("a test parses the embedded files")
    }

    /// Compiles a lexicon from files, given by name and text, in the format that `data/lexicon` describes.
    ///
    /// # Errors
    /// The first line that is not in the format.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, LexiconError> {
        let mut table = index::Table::default();
        let mut hash = Sha256::new();
        for (file, text) in files {
            hash.update(file);
            hash.update([0]);
            hash.update(text);
            hash.update([0]);
            for row in rows::rows(file, text) {
                table.add(&row?);
            }
        }
        let (entries, index) = table.finish();
        Ok(Self { entries, index, fingerprint: format!("{:x}", hash.finalize()) })
    }

    /// SHA-256, in hex, of its sources: part of the rules hash of every event.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// How many entities it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many different names it knows.
    #[must_use]
    pub fn names(&self) -> usize {
        self.index.names()
    }

    /// Bytes that the index of names occupies.
    #[must_use]
    pub fn index_bytes(&self) -> usize {
        self.index.bytes()
    }

    /// An entity, by the number that a reading gives.
    pub(crate) fn entry(&self, entity: u32) -> &Entry {
        &self.entries[entity as usize]
    }
}

#[cfg(test)]
mod tests;
