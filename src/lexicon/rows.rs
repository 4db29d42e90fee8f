//! The rows of a lexicon file.

use std::fmt;

/// The types of entities, by the names that the contract gives them.
pub(super) const KINDS: [&str; 5] = ["person", "organisation", "place", "object", "event"];

/// How many bytes an id, a name, or all triggers of a row may have: the longest of the tables have a third of it.
const TEXT_BYTES_MAX: usize = 400;
/// How many other ids an entity may have: one for each scheme, and a few.
const OTHER_IDS_MAX: usize = 16;

/// A row: one entity, or more names of an entity of another row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) id: &'a str,
    /// The place of its type in [`KINDS`].
    pub(super) kind: u8,
    pub(super) flags: Flags,
    /// Words that show, right before or after a weak name, that it is meant.
    pub(super) triggers: Vec<&'a str>,
    pub(super) prior: f64,
    pub(super) country: Option<&'a str>,
    pub(super) same_as: Vec<&'a str>,
    pub(super) geo: Option<(f64, f64)>,
    /// Each name with its language, `*` for every language.
    pub(super) names: Vec<(&'a str, &'a str)>,
}

/// What a row says of its entity, and of the names that it lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flags(u16);

impl Flags {
    /// A country: a member or observer of the United Nations, or widely taken for one.
    pub const COUNTRY: Self = Self(1);
    /// A territory with a code of its own in ISO 3166-1.
    pub const TERRITORY: Self = Self(1 << 1);
    /// A part of the world.
    pub const REGION: Self = Self(1 << 2);
    /// A country that is no more.
    pub const HISTORIC: Self = Self(1 << 3);
    /// The capital of a country.
    pub const CAPITAL: Self = Self(1 << 4);
    /// A city.
    pub const CITY: Self = Self(1 << 5);
    /// An organisation of states.
    pub const INTERNATIONAL: Self = Self(1 << 6);
    /// The names are common words too: each needs evidence.
    pub const WEAK: Self = Self(1 << 7);
    /// The names stand in exactly this case.
    pub const CASE: Self = Self(1 << 8);
    /// A product line: a model's number or letters after the name belong to it.
    pub const MODEL: Self = Self(1 << 9);

    /// A part of a country: a state, province or district.
    pub const DIVISION: Self = Self(1 << 10);

    const WORDS: [(&'static str, Self); 11] = [
        ("country", Self::COUNTRY),
        ("territory", Self::TERRITORY),
        ("region", Self::REGION),
        ("historic", Self::HISTORIC),
        ("capital", Self::CAPITAL),
        ("city", Self::CITY),
        ("international", Self::INTERNATIONAL),
        ("weak", Self::WEAK),
        ("case", Self::CASE),
        ("model", Self::MODEL),
        ("division", Self::DIVISION),
    ];

    /// Whether any of these is set.
    #[must_use]
    pub fn has(self, any_of: Self) -> bool {
        self.0 & any_of.0 != 0
    }

    /// These and those.
    #[must_use]
    pub fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The flags that speak of a row's names, not of its entity.
    pub(super) const fn of_names() -> Self {
        Self(Self::WEAK.0 | Self::CASE.0 | Self::MODEL.0)
    }

    pub(super) const fn bits(self) -> u16 {
        self.0
    }

    pub(super) const fn of_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The flags of names, in three bits.
    pub(super) fn name_bits(self) -> u8 {
        ((self.0 & Self::of_names().0) >> 7).to_le_bytes()[0]
    }

    pub(super) fn of_name_bits(bits: u8) -> Self {
        Self(u16::from(bits) << 7)
    }

    /// Those of these that are also among those.
    #[must_use]
    pub fn only(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// These without those.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    fn parse(word: &str) -> Result<Self, String> {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word);
        found.map(|&(_, flag)| flag).ok_or_else(|| format!("unknown flag {word:?}"))
    }
}

/// What is wrong with a lexicon file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The fault.
    pub fault: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.fault)
    }
}

impl std::error::Error for LexiconError {}

/// The rows of a file with their lines, from 1; lines that are empty or start with `#` are none.
pub(super) fn rows(text: &str) -> impl Iterator<Item = (usize, Result<Row<'_>, String>)> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(line, number)| (number, row(line)))
}

/// One row.
pub(super) fn row(line: &str) -> Result<Row<'_>, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, kind, flags, prior, country, same_as, geo, names] = columns[..] else {
        return Err(format!("{} columns, not 8", columns.len()));
    };
    let (flags, triggers) = flags_of(flags)?;
    let same_as: Vec<&str> = list(same_as, ',').map(checked_id).collect::<Result<_, _>>()?;
    if same_as.len() > OTHER_IDS_MAX {
        return Err(format!("more than {OTHER_IDS_MAX} other ids"));
    }
    Ok(Row {
        id: checked_id(id)?,
        kind: (0..).zip(KINDS).find(|(_, known)| *known == kind).ok_or(format!("unknown type {kind:?}"))?.0,
        flags,
        triggers,
        prior: unit(prior)?,
        country: (country != "-").then(|| checked_country(country)).transpose()?,
        same_as,
        geo: (geo != "-").then(|| position(geo)).transpose()?,
        names: names_of(names)?,
    })
}

/// The flags of a row, and its triggers.
fn flags_of(text: &str) -> Result<(Flags, Vec<&str>), String> {
    let (mut flags, mut triggers) = (Flags::default(), Vec::new());
    for word in list(text, ',') {
        match word.strip_prefix("trigger:") {
            Some(trigger) if trigger.is_empty() || trigger.contains(char::is_whitespace) => {
                return Err(format!("a trigger is one word: {word:?}"));
            }
            Some(trigger) => triggers.push(trigger),
            None => flags = flags.with(Flags::parse(word)?),
        }
    }
    let bytes: usize = triggers.iter().map(|trigger| trigger.len()).sum();
    if bytes > TEXT_BYTES_MAX { Err("too many triggers".to_owned()) } else { Ok((flags, triggers)) }
}

fn list(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator).filter(|part| !matches!(*part, "-" | ""))
}

fn checked_id(id: &str) -> Result<&str, String> {
    const SCHEMES: [&str; 4] = ["wikidata", "iso3166-2", "geonames", "wiredesk"];
    match id.split_once(':') {
        Some((scheme, value)) if SCHEMES.contains(&scheme) && is_value(value) => Ok(id),
        Some(_) | None => Err(format!("not an id: {id:?}")),
    }
}

fn is_value(value: &str) -> bool {
    (1..TEXT_BYTES_MAX).contains(&value.len()) && !value.contains([',', ' '])
}

fn checked_country(code: &str) -> Result<&str, String> {
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code) } else { Err(format!("not an ISO 3166-1 alpha-2 code: {code:?}")) }
}

fn unit(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| format!("not a number from 0 to 1: {text:?}"))
}

fn position(text: &str) -> Result<(f64, f64), String> {
    let pair = text.split_once(',').and_then(|(lat, lon)| Some((lat.parse::<f64>().ok()?, lon.parse::<f64>().ok()?)));
    let on_earth = pair.filter(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0);
    on_earth.ok_or_else(|| format!("not lat,lon in degrees: {text:?}"))
}

fn names_of(text: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut names = Vec::new();
    for group in text.split(';') {
        let (language, list) = group.split_once('=').ok_or_else(|| format!("no language before {group:?}"))?;
        let is_tag =
            language == "*" || (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        if !is_tag {
            return Err(format!("not a language: {language:?}"));
        }
        for name in list.split('|') {
            if name.trim() != name || name.is_empty() {
                return Err(format!("an empty or padded name: {name:?}"));
            }
            if name.len() > TEXT_BYTES_MAX {
                return Err(format!("a name of more than {TEXT_BYTES_MAX} bytes"));
            }
            names.push((language, name));
        }
    }
    Ok(names)
}
