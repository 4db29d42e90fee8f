//! The language tag of an article.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Field, Score};

/// The language of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Language {
    /// The language, or `und` where the text does not show one.
    pub tag: LanguageTag,
    /// The script that most letters are of; null where there are no letters.
    pub script: Option<Script>,
    /// How sure the tag is, 0 to 1.
    pub confidence: Score,
    /// Whether the tag can be relied upon without a second look.
    pub reliable: bool,
    /// What the tag rests on.
    pub basis: LanguageBasis,
    /// Other readings, the likeliest first.
    pub alternatives: Vec<LanguageAlternative>,
    /// Stretches in other languages, where the article mixes them.
    pub segments: Vec<LanguageSegment>,
}

/// A BCP-47 language tag in its shortest usual form: `vi`, `zh`, `nb`, `fil`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct LanguageTag(String);

impl LanguageTag {
    /// The tag for text whose language cannot be told.
    #[must_use]
    pub fn undetermined() -> Self {
        Self("und".to_owned())
    }

    /// The primary language of a tag as scrapers write it: `vi-VN`, `EN_us` and `pt-BR` are `vi`, `en` and `pt`.
    /// `None` unless two or three ASCII letters stand first, or for `und`, `mul`, `mis`, `zxx`, which name no language.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let primary = text.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let letters = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase());
        let names_one = !matches!(primary.as_str(), "und" | "mul" | "mis" | "zxx");
        (letters && names_one).then(|| Self(shortest(&primary).to_owned()))
    }

    /// The tag's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Three-letter codes (ISO 639-2/T, 639-2/B and 639-3) and retired two-letter codes of languages with a shorter or
/// newer tag, after the IANA language subtag registry. Norwegian without a standard is read as Bokmål and Tagalog as
/// Filipino, as newsrooms write them.
const SHORTER: &[(&str, &str)] = &[
    ("ara", "ar"), ("ben", "bn"), ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cze", "cs"), ("chi", "zh"),
    ("cmn", "zh"), ("dan", "da"), ("deu", "de"), ("dut", "nl"), ("ell", "el"), ("eng", "en"), ("est", "et"),
    ("fas", "fa"), ("fin", "fi"), ("fra", "fr"), ("fre", "fr"), ("ger", "de"), ("gre", "el"), ("heb", "he"),
    ("hin", "hi"), ("hrv", "hr"), ("hun", "hu"), ("in", "id"), ("ind", "id"), ("ita", "it"), ("iw", "he"),
    ("jpn", "ja"), ("kor", "ko"), ("lav", "lv"), ("lit", "lt"), ("may", "ms"), ("msa", "ms"), ("nld", "nl"),
    ("no", "nb"), ("nob", "nb"), ("nor", "nb"), ("nno", "nn"), ("per", "fa"), ("pes", "fa"), ("pol", "pl"),
    ("por", "pt"), ("ron", "ro"), ("rum", "ro"), ("rus", "ru"), ("slk", "sk"), ("slo", "sk"), ("slv", "sl"),
    ("spa", "es"), ("srp", "sr"), ("swa", "sw"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"), ("tgl", "fil"),
    ("tha", "th"), ("tl", "fil"), ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"), ("vie", "vi"), ("zho", "zh"),
];

fn shortest(primary: &str) -> &str {
    SHORTER.iter().find(|(long, _)| *long == primary).map_or(primary, |(_, short)| short)
}

/// A writing system, as its ISO 15924 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "each is its ISO 15924 code")]
pub enum Script {
    Arab,
    Armn,
    Beng,
    Cyrl,
    Deva,
    Ethi,
    Geor,
    Grek,
    Gujr,
    Guru,
    Hang,
    Hans,
    Hant,
    Hebr,
    Hani,
    Jpan,
    Khmr,
    Knda,
    Kore,
    Laoo,
    Latn,
    Mlym,
    Mymr,
    Orya,
    Sinh,
    Taml,
    Telu,
    Thai,
    Tibt,
}

/// What a language tag rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LanguageBasis {
    /// The text.
    Text,
    /// The record's own word, where the text leaves it open.
    Hint,
}

/// Another reading of a text's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LanguageAlternative {
    /// The language.
    pub tag: LanguageTag,
    /// How likely it is, 0 to 1.
    pub confidence: Score,
}

/// A stretch of an article in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LanguageSegment {
    /// The field.
    pub r#in: Field,
    /// Its first code point.
    pub start: u32,
    /// The code point after its last.
    pub end: u32,
    /// Its language.
    pub tag: LanguageTag,
}
