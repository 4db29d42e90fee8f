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
#[rustfmt::skip]
const SHORTER: &[(&str, &str)] = &[
    ("afr", "af"), ("alb", "sq"), ("amh", "am"), ("ara", "ar"), ("arm", "hy"), ("asm", "as"), ("aze", "az"),
    ("baq", "eu"), ("bel", "be"), ("ben", "bn"), ("bos", "bs"), ("bul", "bg"), ("bur", "my"), ("cat", "ca"),
    ("ces", "cs"), ("chi", "zh"), ("cmn", "zh"), ("cym", "cy"), ("cze", "cs"), ("dan", "da"), ("deu", "de"),
    ("dut", "nl"), ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"), ("eus", "eu"), ("fas", "fa"),
    ("fin", "fi"), ("fra", "fr"), ("fre", "fr"), ("geo", "ka"), ("ger", "de"), ("gle", "ga"), ("glg", "gl"),
    ("gre", "el"), ("guj", "gu"), ("hat", "ht"), ("hau", "ha"), ("heb", "he"), ("hin", "hi"), ("hrv", "hr"),
    ("hun", "hu"), ("hye", "hy"), ("ibo", "ig"), ("ice", "is"), ("in", "id"), ("ind", "id"), ("isl", "is"),
    ("ita", "it"), ("iw", "he"), ("jav", "jv"), ("ji", "yi"), ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"),
    ("kaz", "kk"), ("khm", "km"), ("kin", "rw"), ("kir", "ky"), ("kor", "ko"), ("kur", "ku"), ("lao", "lo"),
    ("lat", "la"), ("lav", "lv"), ("lit", "lt"), ("ltz", "lb"), ("mac", "mk"), ("mal", "ml"), ("mar", "mr"),
    ("may", "ms"), ("mkd", "mk"), ("mlg", "mg"), ("mlt", "mt"), ("mon", "mn"), ("msa", "ms"), ("mya", "my"),
    ("nep", "ne"), ("nld", "nl"), ("nno", "nn"), ("no", "nb"), ("nob", "nb"), ("nor", "nb"), ("nya", "ny"),
    ("ori", "or"), ("pan", "pa"), ("per", "fa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"), ("pus", "ps"),
    ("ron", "ro"), ("rum", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slo", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("som", "so"), ("spa", "es"), ("sqi", "sq"), ("srp", "sr"), ("sun", "su"), ("swa", "sw"),
    ("swe", "sv"), ("tam", "ta"), ("tat", "tt"), ("tel", "te"), ("tgk", "tg"), ("tgl", "fil"), ("tha", "th"),
    ("tir", "ti"), ("tl", "fil"), ("tuk", "tk"), ("tur", "tr"), ("uig", "ug"), ("ukr", "uk"), ("urd", "ur"),
    ("uzb", "uz"), ("vie", "vi"), ("wel", "cy"), ("xho", "xh"), ("yid", "yi"), ("yor", "yo"), ("zho", "zh"),
    ("zsm", "ms"), ("zul", "zu"),
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
