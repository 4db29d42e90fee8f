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
    /// `None` unless three ASCII letters or a two-letter code of a language stand first (`vn` and `cn` are countries), or
    /// for `und`, `mul`, `mis`, `zxx`, which name no language.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let primary = text.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let names_one = match primary.len() {
            2 => shortest(&primary) != primary || ISO_639_1.split(' ').any(|code| code == primary),
            3 => !matches!(primary.as_str(), "und" | "mul" | "mis" | "zxx"),
            _ => false,
        };
        let letters = primary.bytes().all(|b| b.is_ascii_lowercase());
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
    ("ita", "it"), ("iw", "he"), ("jav", "jv"), ("jw", "jv"), ("ji", "yi"), ("jpn", "ja"), ("kan", "kn"), ("kat", "ka"),
    ("kaz", "kk"), ("khm", "km"), ("kin", "rw"), ("kir", "ky"), ("kor", "ko"), ("kur", "ku"), ("lao", "lo"),
    ("lat", "la"), ("lav", "lv"), ("lit", "lt"), ("ltz", "lb"), ("mac", "mk"), ("mal", "ml"), ("mar", "mr"),
    ("may", "ms"), ("mkd", "mk"), ("mlg", "mg"), ("mlt", "mt"), ("mon", "mn"), ("mo", "ro"), ("msa", "ms"), ("mya", "my"),
    ("nep", "ne"), ("nld", "nl"), ("nno", "nn"), ("no", "nb"), ("nob", "nb"), ("nor", "nb"), ("nya", "ny"),
    ("ori", "or"), ("pan", "pa"), ("per", "fa"), ("pes", "fa"), ("pol", "pl"), ("por", "pt"), ("pus", "ps"),
    ("ron", "ro"), ("rum", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slo", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("som", "so"), ("spa", "es"), ("sqi", "sq"), ("srp", "sr"), ("sun", "su"), ("swa", "sw"),
    ("swe", "sv"), ("tam", "ta"), ("tat", "tt"), ("tel", "te"), ("tgk", "tg"), ("tgl", "fil"), ("tha", "th"),
    ("tir", "ti"), ("tl", "fil"), ("tuk", "tk"), ("tur", "tr"), ("uig", "ug"), ("ukr", "uk"), ("urd", "ur"),
    ("uzb", "uz"), ("vie", "vi"), ("wel", "cy"), ("xho", "xh"), ("yid", "yi"), ("yor", "yo"), ("zho", "zh"),
    ("zsm", "ms"), ("zul", "zu"),
];

/// The two-letter codes of ISO 639-1, as the Library of Congress lists them: 183, without the withdrawn.
const ISO_639_1: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el \
    en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt \
    my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl \
    sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo \
    za zh zu";

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
    Thaa,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, tag: Option<&str>) {
        assert_eq!(LanguageTag::parse(text).as_ref().map(LanguageTag::as_str), tag, "{text}");
    }

    #[test]
    fn a_tag_names_a_language() {
        check("vi-VN", Some("vi"));
        check("EN_us", Some("en"));
        check(" zho ", Some("zh"));
        check("iw", Some("he"));
        check("ceb", Some("ceb"));
        for none in ["vn", "xx", "cn", "kp", "e", "", "und", "zxx", "engl", "v1", "é"] {
            check(none, None);
        }
    }

    #[test]
    fn two_letter_codes_are_those_of_the_standard() {
        let codes: Vec<&str> = ISO_639_1.split(' ').collect();
        assert_eq!(codes.len(), 183);
        assert!(codes.is_sorted() && codes.iter().all(|code| code.len() == 2));
    }
}
