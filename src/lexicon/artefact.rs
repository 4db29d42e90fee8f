//! The compiled lexicon, read where it lies: nothing is unpacked but the tags of its languages.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::Arc;

use super::compile::{self, Table};
use super::fold::fold;
use super::languages::{LanguageId, Languages};
use super::layout::{
    ENTITY_BYTES, FILTER_BITS, MAGIC, NAME_BYTES, POSTING_BYTES, SAME_FORM, SECTIONS, SET_BYTES, Section,
};
use super::rows::Flags;
use super::token::KeyHasher;

/// A name, by its place in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameId(u32);

/// A map from names.
pub(crate) type NameMap<V> = HashMap<NameId, V, BuildHasherDefault<KeyHasher>>;

/// One meaning of a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) entity: u32,
    languages: u32,
    /// Of [`Flags::WEAK`], [`Flags::CASE`] and [`Flags::MODEL`], those of the row that gave the name.
    pub(super) flags: Flags,
    /// How readily the name means the entity, in hundredths.
    pub(super) prior_percent: u8,
}

/// The longest names at a place in a text that are kept: more are never nested in each other.
pub(super) const NESTED_MAX: usize = 16;

/// A section's bytes: of the program, or of a lexicon that was compiled as it runs.
#[derive(Clone, Debug)]
struct Bytes {
    all: Source,
    range: Range<usize>,
}

#[derive(Clone, Debug)]
enum Source {
    Program(&'static [u8]),
    Compiled(Arc<[u8]>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match &self.all {
            Source::Program(bytes) => &bytes[self.range.clone()],
            Source::Compiled(bytes) => &bytes[self.range.clone()],
        }
    }
}

/// A compiled lexicon.
pub(super) struct Artefact {
    sections: [Bytes; SECTIONS],
    forms: fst::raw::Fst<Bytes>,
    languages: HashMap<String, LanguageId>,
}

impl fmt::Debug for Artefact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Artefact").field("entities", &self.entities()).field("names", &self.names()).finish()
    }
}

impl Artefact {
    /// The lexicon that the build script compiled into the program.
    pub(super) fn of_program() -> Self {
        static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
        Self::read(Source::Program(COMPILED), COMPILED)
    }

    /// A lexicon compiled as the program runs.
    pub(super) fn compiled(bytes: Vec<u8>) -> Self {
        let shared: Arc<[u8]> = bytes.into();
        Self::read(Source::Compiled(Arc::clone(&shared)), &shared)
    }

    fn read(all: Source, bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(MAGIC), "the compiler wrote it");
        let mut end = MAGIC.len() + SECTIONS * 4;
        let sections: [Bytes; SECTIONS] = std::array::from_fn(|section| {
            let start = end;
            end += u32_at(bytes, MAGIC.len() + section * 4) as usize;
            Bytes { all: all.clone(), range: start..end }
        });
        let forms = fst::raw::Fst::new(sections[Section::Forms as usize].clone()).expect("the compiler wrote it");
        let tags = text_of(sections[Section::Languages as usize].as_ref());
        let languages = tags.lines().zip(1..).map(|(tag, number)| (tag.to_owned(), LanguageId(number))).collect();
        Self { sections, forms, languages }
    }

    fn section(&self, section: Section) -> &[u8] {
        self.sections[section as usize].as_ref()
    }

    pub(super) fn fingerprint(&self) -> &str {
        text_of(self.section(Section::Fingerprint))
    }

    /// Bytes that it occupies.
    pub(super) fn bytes(&self) -> usize {
        self.sections.iter().map(|section| section.range.len()).sum()
    }

    pub(super) fn entities(&self) -> usize {
        self.section(Section::Entities).len() / ENTITY_BYTES
    }

    pub(super) fn names(&self) -> usize {
        self.section(Section::Names).len() / NAME_BYTES - 1
    }

    pub(super) fn language(&self, tag: &str) -> Option<LanguageId> {
        self.languages.get(tag).copied()
    }

    fn record(&self, entity: u32) -> &[u8] {
        let start = entity as usize * ENTITY_BYTES;
        &self.section(Section::Entities)[start..start + ENTITY_BYTES]
    }

    fn entity_text(&self, record: &[u8], part: usize) -> &str {
        let (start, len) = (u32_at(record, part * 4) as usize, u16_at(record, 16 + part * 2));
        text_of(&self.section(Section::EntityTexts)[start..start + usize::from(len)])
    }

    /// Words that show that a weak name of an entity is meant.
    pub(super) fn triggers(&self, entity: u32) -> impl Iterator<Item = &str> {
        self.entity_text(self.record(entity), 3).split(',').filter(|trigger| !trigger.is_empty())
    }

    /// Every id of an entity.
    pub(super) fn ids(&self, entity: u32) -> impl Iterator<Item = &str> {
        let record = self.record(entity);
        let others = self.entity_text(record, 2).split(',').filter(|id| !id.is_empty());
        std::iter::once(self.entity_text(record, 0)).chain(others)
    }

    /// What is known of an entity.
    pub(super) fn entity(&self, number: u32) -> compile::Entity<'_> {
        let record = self.record(number);
        let text = |part| self.entity_text(record, part);
        compile::Entity {
            id: text(0).into(),
            name: text(1).into(),
            same_as: text(2).split(',').filter(|id| !id.is_empty()).map(Cow::from).collect(),
            flags: Flags::of_bits(u16_at(record, 24)),
            triggers: self.triggers(number).map(Cow::from).collect(),
            kind: record[26],
            geo: (record[27] == 1).then(|| (f64_at(record, 30), f64_at(record, 38))),
            country: self.country(number).map(Cow::from),
        }
    }

    /// Type and flags of an entity, which are asked for far more often than the rest.
    pub(super) fn kind_and_flags(&self, number: u32) -> (u8, Flags) {
        let record = self.record(number);
        (record[26], Flags::of_bits(u16_at(record, 24)))
    }

    /// The country of an entity.
    pub(super) fn country(&self, number: u32) -> Option<&str> {
        Some(text_of(&self.record(number)[28..30])).filter(|code| *code != "--")
    }

    /// Whether any name may start with a word of this key.
    pub(super) fn may_start(&self, key: u64) -> bool {
        self.is_set(Section::Filter, key)
    }

    /// Whether any name may be a word of this key alone, or start with it and a word of the other.
    pub(super) fn may_go_on(&self, key: u64, next: Option<u64>) -> bool {
        self.is_set(Section::Pairs, compile::pair_key(key, None))
            || next.is_some() && self.is_set(Section::Pairs, compile::pair_key(key, next))
    }

    fn is_set(&self, filter: Section, key: u64) -> bool {
        let bit = key % FILTER_BITS;
        self.section(filter)[(bit / 8) as usize] >> (bit % 8) & 1 == 1
    }

    /// The names whose folded forms a text starts with, and how many bytes of the text each takes: the longest last.
    pub(super) fn names_at(&self, text: &str, mut found: impl FnMut(NameId, usize)) {
        self.walk(text, |name, len| {
            if let Some(name) = name {
                found(name, len);
            }
        });
    }

    /// How many bytes of a text a name may start with.
    pub(super) fn reach(&self, text: &str) -> usize {
        let mut reach = 0;
        self.walk(text, |_, len| reach = len);
        reach
    }

    /// Follows a text as far as names go: after each character, the name that ends there and the bytes so far.
    fn walk(&self, text: &str, mut step: impl FnMut(Option<NameId>, usize)) {
        let mut node = self.forms.root();
        let (mut value, mut len) = (0, 0);
        for c in text.chars() {
            let mut bytes = [0; 4];
            for low in fold(c) {
                for &byte in low.encode_utf8(&mut bytes).as_bytes() {
                    let Some(index) = node.find_input(byte) else { return };
                    let transition = node.transition(index);
                    value += transition.out.value();
                    node = self.forms.node(transition.addr);
                }
            }
            len += c.len_utf8();
            let name = || u32::try_from(value + node.final_output().value()).expect("names are counted in 32 bits");
            step(node.is_final().then(|| NameId(name())), len);
        }
    }

    /// The names with one folded form, from the first on.
    pub(super) fn same_form(&self, first: NameId) -> impl Iterator<Item = NameId> {
        let last = u32::try_from(self.names()).unwrap_or(u32::MAX);
        let more = (first.0 + 1..last).take_while(|&name| self.name(name).1 & SAME_FORM != 0);
        std::iter::once(first).chain(more.map(NameId))
    }

    fn name(&self, name: u32) -> (u32, u32) {
        let start = name as usize * NAME_BYTES;
        let record = &self.section(Section::Names)[start..start + NAME_BYTES];
        (u32_at(record, 0), u32_at(record, 4))
    }

    pub(super) fn text(&self, name: NameId) -> &str {
        text_of(self.letters(name))
    }

    /// Whether a name is written just so.
    pub(super) fn is_text(&self, name: NameId, written: &str) -> bool {
        self.letters(name) == written.as_bytes()
    }

    fn letters(&self, name: NameId) -> &[u8] {
        let (start, end) = (self.name(name.0).0, self.name(name.0 + 1).0);
        &self.section(Section::NameTexts)[start as usize..end as usize]
    }

    pub(super) fn postings(&self, name: NameId) -> impl ExactSizeIterator<Item = Posting> + Clone {
        let (start, end) = (self.name(name.0).1 & !SAME_FORM, self.name(name.0 + 1).1 & !SAME_FORM);
        let bytes = &self.section(Section::Postings)[start as usize * POSTING_BYTES..end as usize * POSTING_BYTES];
        bytes.chunks_exact(POSTING_BYTES).map(|record| Posting {
            entity: u32_at(record, 0),
            languages: u32_at(record, 4),
            flags: Flags::of_name_bits(record[8]),
            prior_percent: record[9],
        })
    }

    fn set(&self, posting: Posting) -> Languages {
        let start = posting.languages as usize * SET_BYTES;
        let bytes = &self.section(Section::Sets)[start..start + SET_BYTES];
        Languages(std::array::from_fn(|word| u64_at(bytes, word * 8)))
    }

    /// Whether the posting's name is used in this language.
    pub(super) fn is_used_in(&self, posting: Posting, language: Option<LanguageId>) -> bool {
        self.is_of(posting, Some(LanguageId::EVERY)) || self.is_of(posting, language)
    }

    /// Whether the posting is of this very language, not of every one. It is asked of every meaning of every name in a
    /// text: one byte of the set tells.
    pub(super) fn is_of(&self, posting: Posting, language: Option<LanguageId>) -> bool {
        let start = posting.languages as usize * SET_BYTES;
        let bit = |LanguageId(id)| self.section(Section::Sets)[start + usize::from(id / 8)] >> (id % 8) & 1 == 1;
        language.is_some_and(bit)
    }

    /// How many languages use the posting's name.
    pub(super) fn languages_of(&self, posting: Posting) -> u32 {
        self.set(posting).len()
    }

    /// All of it as rows again, to which more can be added.
    pub(super) fn table(&self) -> Table<'_> {
        let mut table = Table::default();
        for tag in text_of(self.section(Section::Languages)).lines() {
            table.language(tag).expect("it has no more languages than before");
        }
        for number in 0..u32::try_from(self.entities()).unwrap_or(u32::MAX) {
            table.add_entity(self.entity(number));
        }
        for name in (0..u32::try_from(self.names()).unwrap_or(u32::MAX)).map(NameId) {
            for posting in self.postings(name) {
                let says = (posting.flags, posting.prior_percent);
                table.name(self.text(name), posting.entity, self.set(posting), says);
            }
        }
        table
    }
}

fn text_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the compiler wrote text")
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte]))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte]))
}

fn f64_at(bytes: &[u8], at: usize) -> f64 {
    f64::from_bits(u64_at(bytes, at))
}
