//! The rows of a lexicon file.

use std::fmt;

use crate::event::EntityType;

/// A row: one entity, or more names of an entity of another row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) id: &'a str,
    pub(super) kind: EntityType,
    pub(super) flags: Flags,
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

    const WORDS: [(&'static str, Self); 10] = [
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

    fn parse(text: &str) -> Result<Self, String> {
        let word = |word: &str| {
            let found = Self::WORDS.iter().find(|(known, _)| *known == word);
            found.map(|&(_, flag)| flag).ok_or_else(|| format!("unknown flag {word:?}"))
        };
        list(text, ',').try_fold(Self::default(), |flags, text| Ok(flags.with(word(text)?)))
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

/// The rows of a file, in order; lines that are empty or start with `#` are none.
pub(super) fn rows<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = Result<Row<'a>, LexiconError>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(move |(index, line)| {
        row(line).map_err(|fault| LexiconError { file: file.to_owned(), line: index + 1, fault })
    })
}

fn row(line: &str) -> Result<Row<'_>, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, kind, flags, prior, country, same_as, geo, names] = columns[..] else {
        return Err(format!("{} columns, not 8", columns.len()));
    };
    Ok(Row {
        id: checked_id(id)?,
        kind: *EntityType::ALL.iter().find(|known| known.as_str() == kind).ok_or(format!("unknown type {kind:?}"))?,
        flags: Flags::parse(flags)?,
        prior: unit(prior)?,
        country: (country != "-").then(|| checked_country(country)).transpose()?,
        same_as: list(same_as, ',').map(checked_id).collect::<Result<_, _>>()?,
        geo: (geo != "-").then(|| position(geo)).transpose()?,
        names: names_of(names)?,
    })
}

fn list(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator).filter(|part| !matches!(*part, "-" | ""))
}

fn checked_id(id: &str) -> Result<&str, String> {
    const SCHEMES: [&str; 4] = ["wikidata", "iso3166-2", "geonames", "wiredesk"];
    match id.split_once(':') {
        Some((scheme, value)) if SCHEMES.contains(&scheme) && !value.is_empty() => Ok(id),
        Some(_) | None => Err(format!("not an id: {id:?}")),
    }
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
            names.push((language, name));
        }
    }
    Ok(names)
}
