//! Rows into the compiled lexicon. The build script runs this over the tables of the project, the program over a user's.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::fold::folded;
use super::languages::{LanguageId, Languages};
use super::layout::{FILTER_BITS, MAGIC, SAME_FORM, SECTIONS, Section};
use super::rows::{Flags, Row};
use super::script::{self, Spacing};
use super::token::{self, Shape};

/// The rows of all files, as they are read.
#[derive(Debug, Default)]
pub(super) struct Table<'a> {
    entities: Vec<Entity<'a>>,
    /// By each of its ids.
    ids: HashMap<Cow<'a, str>, u32>,
    languages: HashMap<Cow<'a, str>, LanguageId>,
    /// In the order of the rows.
    names: Vec<Given<'a>>,
}

/// What the rows say of an entity.
#[derive(Debug)]
pub(super) struct Entity<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) same_as: Vec<Cow<'a, str>>,
    /// The place of its type in [`super::rows::KINDS`].
    pub(super) kind: u8,
    pub(super) flags: Flags,
    /// Words that show that a weak name of it is meant.
    pub(super) triggers: Vec<Cow<'a, str>>,
    pub(super) country: Option<Cow<'a, str>>,
    pub(super) geo: Option<(f64, f64)>,
    /// The name to display.
    pub(super) name: Cow<'a, str>,
}

/// A name as a row gives it.
#[derive(Debug)]
struct Given<'a> {
    name: Cow<'a, str>,
    entity: u32,
    languages: Languages,
    says: Says,
}

/// What a row says of its names: flags, and the prior in hundredths.
pub(super) type Says = (Flags, u8);

impl<'a> Table<'a> {
    /// Adds a row: an entity, or more names of one that an earlier row has by any of its ids.
    ///
    /// # Errors
    /// If there are more languages than can be told apart.
    pub(super) fn add(&mut self, row: &Row<'a>) -> Result<(), String> {
        let number = self.entity_of(row);
        let entity = &mut self.entities[number as usize];
        entity.flags = entity.flags.with(row.flags.without(Flags::of_names()));
        // The first row that says where it is has the first word.
        entity.country = entity.country.take().or(row.country.map(Cow::from));
        entity.geo = entity.geo.or(row.geo);
        for id in row.same_as.iter().copied().chain([row.id]) {
            if entity.id != id && !entity.same_as.iter().any(|known| known == id) {
                entity.same_as.push(id.into());
                entity.same_as.sort_unstable();
            }
            self.ids.entry(id.into()).or_insert(number);
        }
        for &trigger in &row.triggers {
            if !entity.triggers.iter().any(|known| known == trigger) {
                entity.triggers.push(trigger.into());
            }
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the prior is 0 to 1")]
        let says = (row.flags.only(Flags::of_names()), (row.prior * 100.0).round() as u8);
        for (language, name) in &row.names {
            let language = self.language(language).ok_or("more languages than 255")?;
            self.name(name, number, Languages::of(language), says);
        }
        Ok(())
    }

    /// Adds an entity of a compiled lexicon, whose number is the next.
    pub(super) fn add_entity(&mut self, entity: Entity<'a>) {
        let number = count(self.entities.len());
        self.ids.insert(entity.id.clone(), number);
        for id in &entity.same_as {
            self.ids.entry(id.clone()).or_insert(number);
        }
        self.entities.push(entity);
    }

    /// Adds a name, typographic apostrophes made plain, from its first word on.
    pub(super) fn name(&mut self, name: &'a str, entity: u32, languages: Languages, says: Says) {
        let name = name.trim_start_matches(|c| script::spacing(c).is_none());
        // One letter alone is an initial or a unit, not a name.
        if name.chars().nth(1).is_some() {
            self.names.push(Given { name: plain(name), entity, languages, says });
        }
    }

    /// The number of a language, given to it if it has none; `None` if there are no more.
    pub(super) fn language(&mut self, tag: &'a str) -> Option<LanguageId> {
        if tag == "*" {
            return Some(LanguageId::EVERY);
        }
        if let Some(&known) = self.languages.get(tag) {
            return Some(known);
        }
        let id = LanguageId(u8::try_from(self.languages.len() + 1).ok()?);
        self.languages.insert(tag.into(), id);
        Some(id)
    }

    /// Takes names away, from every entity and language.
    pub(super) fn suppress(&mut self, names: &HashSet<&str>) {
        let names: HashSet<Cow<'_, str>> = names.iter().map(|name| plain(name)).collect();
        self.names.retain(|given| !names.contains(&given.name));
    }

    fn entity_of(&mut self, row: &Row<'a>) -> u32 {
        if let Some(&known) = self.ids.get(row.id) {
            return known;
        }
        let english = row.names.iter().find(|(language, _)| *language == "en");
        let number = count(self.entities.len());
        self.entities.push(Entity {
            id: row.id.into(),
            same_as: Vec::new(),
            kind: row.kind,
            flags: Flags::default(),
            triggers: Vec::new(),
            country: row.country.map(Cow::from),
            geo: row.geo,
            name: english.or(row.names.first()).map_or(row.id, |(_, name)| name).into(),
        });
        number
    }

    /// The compiled lexicon.
    pub(super) fn finish(mut self, fingerprint: &str) -> Vec<u8> {
        // The sort is stable, so that a later row still comes later.
        self.names.sort_by(|a, b| (&a.name, a.entity).cmp(&(&b.name, b.entity)));
        let by_name: Vec<&[Given<'_>]> = self.names.chunk_by(|a, b| a.name == b.name).collect();
        let mut forms: Vec<(String, &[Given<'_>])> =
            by_name.into_iter().map(|given| (folded(&given[0].name), given)).collect();
        forms.sort_by(|(form, given), (other, others)| (form, &given[0].name).cmp(&(other, &others[0].name)));
        let mut sections: [Vec<u8>; SECTIONS] = std::array::from_fn(|_| Vec::new());
        write_names(&forms, &mut sections);
        self.write_entities(&mut sections);
        let mut tags: Vec<(u8, &str)> = self.languages.iter().map(|(tag, id)| (id.0, tag.as_ref())).collect();
        tags.sort_unstable();
        let tags: Vec<&str> = tags.into_iter().map(|(_, tag)| tag).collect();
        sections[Section::Languages as usize] = tags.join("\n").into_bytes();
        sections[Section::Fingerprint as usize] = fingerprint.into();
        let lengths = sections.iter().flat_map(|section| count(section.len()).to_le_bytes());
        MAGIC.iter().copied().chain(lengths).collect::<Vec<u8>>().into_iter().chain(sections.concat()).collect()
    }

    fn write_entities(&self, sections: &mut [Vec<u8>; SECTIONS]) {
        let mut texts = String::new();
        let mut put = |text: &str| {
            let start = count(texts.len());
            texts.push_str(text);
            (start.to_le_bytes(), u16::try_from(text.len()).unwrap_or(u16::MAX).to_le_bytes())
        };
        let bytes = &mut sections[Section::Entities as usize];
        for entity in &self.entities {
            let texts = [&entity.id, &entity.name, &entity.same_as.join(",").into(), &entity.triggers.join(",").into()];
            let parts = texts.map(|text: &Cow<'_, str>| put(text));
            parts.iter().for_each(|(start, _)| bytes.extend(start));
            parts.iter().for_each(|(_, len)| bytes.extend(len));
            bytes.extend(entity.flags.bits().to_le_bytes());
            bytes.extend([entity.kind, u8::from(entity.geo.is_some())]);
            bytes.extend(entity.country.as_deref().unwrap_or("--").as_bytes());
            let (lat, lon) = entity.geo.unwrap_or_default();
            bytes.extend(lat.to_le_bytes());
            bytes.extend(lon.to_le_bytes());
        }
        sections[Section::EntityTexts as usize] = texts.into_bytes();
    }
}

/// Names, their meanings, the filter and the map of forms.
fn write_names(forms: &[(String, &[Given<'_>])], sections: &mut [Vec<u8>; SECTIONS]) {
    let mut map = fst::MapBuilder::memory();
    let mut sets = HashMap::new();
    let mut filter = vec![0; (FILTER_BITS / 8) as usize];
    let mut pairs = filter.clone();
    let set = |filter: &mut [u8], key: u64| filter[(key % FILTER_BITS / 8) as usize] |= 1 << (key % 8);
    let (mut texts, mut postings) = (String::new(), 0);
    for (number, (form, given)) in forms.iter().enumerate() {
        let same = number > 0 && forms[number - 1].0 == *form;
        if !same && map.insert(form, number as u64).is_err() {
            unreachable!("the forms are sorted");
        }
        let name = &given[0].name;
        let second = second_key(name);
        for key in lead_keys(name) {
            set(&mut filter, key);
            set(&mut pairs, pair_key(key, second));
        }
        let start = postings | if same { SAME_FORM } else { 0 };
        sections[Section::Names as usize].extend([count(texts.len()), start].iter().flat_map(|n| n.to_le_bytes()));
        texts.push_str(name);
        for meaning in given.chunk_by(|a, b| a.entity == b.entity) {
            for (set, (flags, prior)) in by_saying(meaning) {
                let new = count(sets.len());
                let set = *sets.entry(set).or_insert_with(|| {
                    sections[Section::Sets as usize].extend(set.0.iter().flat_map(|word| word.to_le_bytes()));
                    new
                });
                let bytes = &mut sections[Section::Postings as usize];
                bytes.extend([meaning[0].entity, set].iter().flat_map(|n| n.to_le_bytes()));
                bytes.extend([flags.name_bits(), prior]);
                postings += 1;
            }
        }
    }
    sections[Section::Names as usize].extend([count(texts.len()), postings].iter().flat_map(|n| n.to_le_bytes()));
    sections[Section::NameTexts as usize] = texts.into_bytes();
    sections[Section::Filter as usize] = filter;
    sections[Section::Pairs as usize] = pairs;
    sections[Section::Forms as usize] = map.into_inner().expect("it is written to memory");
}

/// The languages of a name of one entity, by what the rows say of the name there; the last row has the last word, and
/// `*` has it for every language.
fn by_saying(given: &[Given<'_>]) -> Vec<(Languages, Says)> {
    let mut sets: Vec<(Languages, Says)> = Vec::new();
    for &Given { languages, says, .. } in given {
        let all = sets.iter().fold(languages, |all, (set, _)| all.with(*set));
        let told = if languages.has(LanguageId::EVERY) { all } else { languages };
        sets.iter_mut().for_each(|(set, _)| *set = set.without(told));
        match sets.iter_mut().find(|(_, known)| *known == says) {
            Some((set, _)) => *set = set.with(told),
            None => sets.push((told, says)),
        }
    }
    sets.retain(|(set, _)| set.len() > 0);
    sets
}

/// The name with plain apostrophes.
fn plain(name: &str) -> Cow<'_, str> {
    if name.contains(['’', 'ʼ']) { name.replace(['’', 'ʼ'], "'").into() } else { name.into() }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The keys under which a name stands: of its first word, or its first three characters in scripts whose words run on.
fn lead_keys(name: &str) -> Vec<u64> {
    let Some(spacing) = name.chars().next().and_then(script::spacing) else { return Vec::new() };
    let word_len = name.find(|c| script::spacing(c) != Some(spacing)).unwrap_or(name.len());
    let word = &name[..word_len];
    match spacing {
        // A name in small letters may be written in capitals too.
        Spacing::Spaced => match token::read(word) {
            (key, Shape::Lower) => vec![word_key(key, Shape::Lower), key],
            (key, _) => vec![key],
        },
        Spacing::Suffixed | Spacing::Unspaced => vec![token::key(first_chars(word, 3).unwrap_or(word))],
    }
}

/// The key of a name's second word; `None` if it has one word, or if its second may be written on.
fn second_key(name: &str) -> Option<u64> {
    let second = *token::tokens(name).get(1)?;
    (second.spacing == Spacing::Spaced).then_some(second.key)
}

/// The key under which names stand whose first word stands under the one key, and whose second word has the other.
pub(super) fn pair_key(first: u64, second: Option<u64>) -> u64 {
    let mixed = (first ^ second.map_or(0, |key| key.rotate_left(23))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed >> 32
}

/// The key under which names stand that start with a word of this key and shape: few names start with a small letter,
/// and most words do.
pub(super) fn word_key(key: u64, shape: Shape) -> u64 {
    if shape == Shape::Lower { !key.rotate_left(32) } else { key }
}

/// The keys under which names stand that start where a run of such a script does.
pub(super) fn run_keys(run: &str) -> impl Iterator<Item = u64> {
    [3, 2].into_iter().filter_map(|count| first_chars(run, count).map(token::key))
}

/// The first characters of a word; `None` if it has fewer.
fn first_chars(word: &str, count: usize) -> Option<&str> {
    word.char_indices().nth(count - 1).map(|(last, c)| &word[..last + c.len_utf8()])
}
