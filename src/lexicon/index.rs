//! The index: from a name's first word to the names that begin with it, the longest first.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Entry;
use super::rows::{Flags, Row};
use super::script::{self, Spacing};
use super::token::{self, KeyMap};
use crate::event::Geo;

/// A language, as a bit of a [`Languages`] set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LanguageId(u8);

impl LanguageId {
    /// `*`: a name of every language.
    const EVERY: Self = Self(0);
}

/// A set of languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Languages([u64; 4]);

impl Languages {
    fn of(language: LanguageId) -> Self {
        let mut set = Self::default();
        set.insert(language);
        set
    }

    fn insert(&mut self, language: LanguageId) {
        self.0[usize::from(language.0 / 64)] |= 1 << (language.0 % 64);
    }

    fn has(&self, language: LanguageId) -> bool {
        self.0[usize::from(language.0 / 64)] >> (language.0 % 64) & 1 == 1
    }

    fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }
}

/// A name, by its place in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NameId(u32);

/// A name: a range of the heap of texts, and a range of postings.
#[derive(Clone, Copy, Debug)]
struct Name {
    text: u32,
    len: u16,
    postings_len: u16,
    postings: u32,
    has_apostrophe: bool,
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) entity: u32,
    languages: u16,
    /// Of [`Flags::WEAK`], [`Flags::CASE`] and [`Flags::MODEL`], those of the row that gave the name.
    pub(super) flags: Flags,
    /// How readily the name means the entity, in hundredths.
    pub(super) prior_percent: u8,
}

/// Names by the key of their first word.
#[derive(Debug)]
pub(super) struct Index {
    texts: String,
    names: Vec<Name>,
    postings: Vec<Posting>,
    sets: Vec<Languages>,
    languages: HashMap<String, LanguageId>,
    /// The first name of each key and how many there are.
    buckets: KeyMap<(u32, u32)>,
    /// One bit for the low bits of each key: most words of a text begin no name, and are told so without a look-up.
    filter: Vec<u64>,
}

/// Bits of [`Index::filter`]: 64 KiB, which stays in a second-level cache, and about 8 % of it set.
const FILTER_BITS: u64 = 1 << 19;

impl Index {
    pub(super) fn names(&self) -> usize {
        self.names.len()
    }

    /// Bytes held, by the capacity of its parts.
    pub(super) fn bytes(&self) -> usize {
        self.texts.capacity()
            + self.names.capacity() * size_of::<Name>()
            + self.postings.capacity() * size_of::<Posting>()
            + self.sets.capacity() * size_of::<Languages>()
            + self.buckets.capacity() * (size_of::<(u64, (u32, u32))>() + 1)
            + self.filter.capacity() * size_of::<u64>()
    }

    pub(super) fn language(&self, tag: &str) -> Option<LanguageId> {
        self.languages.get(tag).copied()
    }

    /// The names whose first word has this key, the longest first.
    pub(super) fn bucket(&self, key: u64) -> impl Iterator<Item = NameId> + use<> {
        let bit = key % FILTER_BITS;
        let may_hold = self.filter[(bit / 64) as usize] >> (bit % 64) & 1 == 1;
        let (first, len) = if may_hold { self.buckets.get(&key).copied().unwrap_or_default() } else { (0, 0) };
        (first..first + len).map(NameId)
    }

    pub(super) fn text(&self, name: NameId) -> &str {
        let Name { text, len, .. } = self.names[name.0 as usize];
        &self.texts[text as usize..text as usize + usize::from(len)]
    }

    /// Whether the name has an apostrophe, which texts write in several ways.
    pub(super) fn has_apostrophe(&self, name: NameId) -> bool {
        self.names[name.0 as usize].has_apostrophe
    }

    pub(super) fn postings(&self, name: NameId) -> &[Posting] {
        let Name { postings, postings_len, .. } = self.names[name.0 as usize];
        &self.postings[postings as usize..postings as usize + usize::from(postings_len)]
    }

    /// Whether the posting's name is used in this language.
    pub(super) fn is_used_in(&self, posting: &Posting, language: Option<LanguageId>) -> bool {
        let set = &self.sets[usize::from(posting.languages)];
        set.has(LanguageId::EVERY) || language.is_some_and(|language| set.has(language))
    }

    /// How many languages use the posting's name.
    pub(super) fn languages_of(&self, posting: &Posting) -> u32 {
        self.sets[usize::from(posting.languages)].len()
    }
}

/// The rows of all files, as they are read.
#[derive(Debug, Default)]
pub(super) struct Table<'a> {
    entries: Vec<Entry>,
    ids: HashMap<String, u32>,
    languages: HashMap<String, LanguageId>,
    /// In the order of the rows.
    names: Vec<Given<'a>>,
}

/// A name as a row gives it.
#[derive(Debug)]
struct Given<'a> {
    key: u64,
    name: Cow<'a, str>,
    entity: u32,
    language: LanguageId,
    says: Says,
}

/// What a row says of its names: flags, and the prior in hundredths.
type Says = (Flags, u8);

/// Flags that say something of a row's names, not of its entity.
const OF_NAMES: Flags = Flags::of_names();

impl<'a> Table<'a> {
    pub(super) fn add(&mut self, row: &Row<'a>) {
        let entity = self.entity(row);
        let entry = &mut self.entries[entity as usize];
        entry.flags = entry.flags.with(row.flags.without(OF_NAMES));
        entry.same_as.extend(row.same_as.iter().map(ToString::to_string));
        entry.same_as.sort_unstable();
        entry.same_as.dedup();
        for (language, name) in &row.names {
            let language = self.language(language);
            // Typographic apostrophes are matched with plain ones; a name is found from its first word on.
            let name = name.trim_start_matches(|c| script::spacing(c).is_none());
            // One letter alone is an initial or a unit, not a name.
            if let Some(key) = lead_key(name).filter(|_| name.chars().nth(1).is_some()) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the prior is 0 to 1")]
                let says = (row.flags.only(OF_NAMES), (row.prior * 100.0).round() as u8);
                self.names.push(Given { key, name: plain(name), entity, language, says });
            }
        }
    }

    fn entity(&mut self, row: &Row<'_>) -> u32 {
        if let Some(&known) = self.ids.get(row.id) {
            return known;
        }
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let english = row.names.iter().find(|(language, _)| *language == "en");
        let geonames = || [row.id].into_iter().chain(row.same_as.iter().copied()).find_map(geonames);
        self.entries.push(Entry {
            id: row.id.to_owned(),
            same_as: Vec::new(),
            kind: row.kind,
            flags: Flags::default(),
            country: row.country.map(str::to_owned),
            geo: row.geo.map(|(lat, lon)| Geo { lat, lon, geonames: geonames() }),
            name: english.or(row.names.first()).map_or(row.id, |(_, name)| name).to_owned(),
        });
        self.ids.insert(row.id.to_owned(), number);
        number
    }

    fn language(&mut self, tag: &str) -> LanguageId {
        if let Some(&known) = self.languages.get(tag) {
            return known;
        }
        if tag == "*" {
            return LanguageId::EVERY;
        }
        let number = u8::try_from(self.languages.len() + 1).expect("a test holds the data below 256 languages");
        self.languages.insert(tag.to_owned(), LanguageId(number));
        LanguageId(number)
    }

    pub(super) fn finish(mut self) -> (Vec<Entry>, Index) {
        // A key's names stand together, the longest first; the sort is stable, so that a later row still comes later.
        self.names
            .sort_by(|a, b| (a.key, b.name.len(), &a.name, a.entity).cmp(&(b.key, a.name.len(), &b.name, b.entity)));
        let mut index = Index {
            texts: String::new(),
            names: Vec::new(),
            postings: Vec::new(),
            sets: Vec::new(),
            languages: self.languages,
            buckets: KeyMap::default(),
            filter: vec![0; (FILTER_BITS / 64) as usize],
        };
        let mut numbers = HashMap::new();
        for same_name in self.names.chunk_by(|a, b| a.name == b.name) {
            let Given { key, name, .. } = &same_name[0];
            let postings = count(index.postings.len());
            for meaning in same_name.chunk_by(|a, b| a.entity == b.entity) {
                for (set, (flags, prior_percent)) in by_saying(meaning) {
                    let languages = *numbers.entry(set).or_insert_with(|| {
                        index.sets.push(set);
                        u16::try_from(index.sets.len() - 1).expect("there are fewer sets than 65536")
                    });
                    index.postings.push(Posting { entity: meaning[0].entity, languages, flags, prior_percent });
                }
            }
            let postings_len = u16::try_from(index.postings.len() - postings as usize).unwrap_or(u16::MAX);
            let len = u16::try_from(name.len()).unwrap_or(u16::MAX);
            index.buckets.entry(*key).or_insert((count(index.names.len()), 0)).1 += 1;
            index.filter[(key % FILTER_BITS / 64) as usize] |= 1 << (key % 64);
            let has_apostrophe = name.contains('\'');
            index.names.push(Name { text: count(index.texts.len()), len, postings_len, postings, has_apostrophe });
            index.texts.push_str(name);
        }
        (self.entries, index)
    }
}

/// The languages of a name of one entity, by what the rows say of the name there; the last row has the last word, and
/// `*` has it for every language.
fn by_saying(given: &[Given<'_>]) -> Vec<(Languages, Says)> {
    if given.iter().all(|name| name.says == given[0].says) {
        let mut set = Languages::default();
        given.iter().for_each(|name| set.insert(name.language));
        return vec![(set, given[0].says)];
    }
    let mut last: Vec<(LanguageId, Says)> = Vec::new();
    for Given { language, says, .. } in given {
        if *language == LanguageId::EVERY {
            last.iter_mut().for_each(|(_, said)| *said = *says);
        }
        match last.iter_mut().find(|(known, _)| known == language) {
            Some((_, said)) => *said = *says,
            None => last.push((*language, *says)),
        }
    }
    let mut sets: Vec<(Languages, Says)> = Vec::new();
    for (language, says) in last {
        match sets.iter_mut().find(|(_, known)| *known == says) {
            Some((set, _)) => set.insert(language),
            None => sets.push((Languages::of(language), says)),
        }
    }
    sets
}

/// The name with plain apostrophes.
fn plain(name: &str) -> Cow<'_, str> {
    if name.contains(['’', 'ʼ']) { name.replace(['’', 'ʼ'], "'").into() } else { name.into() }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

fn geonames(id: &str) -> Option<u64> {
    id.strip_prefix("geonames:")?.parse().ok()
}

/// The key under which a name stands: its first word, or its first three characters in scripts whose words run on.
fn lead_key(name: &str) -> Option<u64> {
    let spacing = script::spacing(name.chars().next()?)?;
    let word_len = name.find(|c| script::spacing(c) != Some(spacing)).unwrap_or(name.len());
    let word = &name[..word_len];
    Some(match spacing {
        Spacing::Spaced => token::read(word).0,
        Spacing::Suffixed | Spacing::Unspaced => token::key(first_chars(word, 3).unwrap_or(word)),
    })
}

/// The keys under which names stand that start where a run of such a script does, the longer names first.
pub(super) fn run_keys(run: &str) -> impl Iterator<Item = u64> {
    [3, 2].into_iter().filter_map(|count| first_chars(run, count).map(token::key))
}

/// The first characters of a word; `None` if it has fewer.
fn first_chars(word: &str, count: usize) -> Option<&str> {
    word.char_indices().nth(count - 1).map(|(last, c)| &word[..last + c.len_utf8()])
}
