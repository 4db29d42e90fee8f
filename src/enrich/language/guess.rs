//! The language that a text's letters show, and how far that can be trusted.

use whatlang::{Detector, Lang};

use super::function_words::Vote;
use super::script::{Dominant, belongs};
use super::words::{self, Sibling};
use crate::event::{LanguageTag, Script};

/// What the text shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Guess {
    /// The language.
    pub tag: LanguageTag,
    /// How likely it is right, 0 to 1.
    pub confidence: f64,
    /// The next likely language, where the first is in doubt.
    pub second: Option<LanguageTag>,
}

/// The fewest letters from which a language can be told where several share a script.
const LETTERS_MIN: usize = 12;

/// The same for a script of one language.
const LETTERS_MIN_UNIQUE: usize = 2;

/// From this confidence on, a guess is not looked into for a second reading.
const CLEAR: f64 = 0.9;

/// Reads the language; `None` if there is too little text.
pub(super) fn guess(sample: &str, dominant: Dominant) -> Option<Guess> {
    if let Some((script, tag)) = UNIQUE.iter().find(|(script, _)| *script == dominant.script) {
        // Assamese differs from Bengali in two letters.
        let tag = if *script == Script::Beng && sample.contains(['ৰ', 'ৱ']) { "as" } else { tag };
        return (dominant.letters >= LETTERS_MIN_UNIQUE).then(|| Guess {
            tag: parse(tag),
            confidence: script_confidence(dominant),
            second: None,
        });
    }
    if dominant.letters < LETTERS_MIN {
        return None;
    }
    let by_letters = by_letters(sample, dominant);
    if dominant.script != Script::Cyrl && by_letters.is_some() {
        return by_letters;
    }
    let lower = sample.to_lowercase().replace('’', "'");
    let vote = Vote::count(&lower);
    let guess = by_letters.or_else(|| by_words(&lower, &vote, dominant))?;
    Some(Guess { confidence: guess.confidence.min(ceiling(&guess, &vote, dominant)), ..guess })
}

/// How sure at most a guess is in an alphabet that hundreds of languages share: most of them have no table here, and
/// trigrams, in Cyrillic letters too, give them the name of a neighbour. Only its function words make a tag reliable.
fn ceiling(guess: &Guess, vote: &Vote, dominant: Dominant) -> f64 {
    let shared = matches!(dominant.script, Script::Latn | Script::Cyrl);
    let tag = guess.tag.as_str();
    let by_letters = || dominant.script == Script::Cyrl && TELLTALES.iter().any(|telltale| telltale.tag == tag);
    let supported = vote.supports(tag).unwrap_or_else(|| words::names(tag) || by_letters());
    if shared && !supported { SPELLING } else { 1.0 }
}

fn by_words(lower: &str, vote: &Vote, dominant: Dominant) -> Option<Guess> {
    if let Some(tag) = words::by_common_words(lower, dominant.script) {
        return Some(Guess { tag: parse(tag), confidence: trust(1.0, dominant), second: None });
    }
    let mut guess = match vote.winner(dominant.script) {
        Some((tag, lead)) => Guess { tag: parse(tag), confidence: trust(lead, dominant), second: None },
        None => by_trigrams(lower, dominant)?,
    };
    match words::sibling(lower, guess.tag.as_str()) {
        Sibling::Apart => {}
        Sibling::Undecided => guess.confidence = guess.confidence.min(SPELLING),
        Sibling::Told(tag) => {
            let tag = parse(tag);
            if tag != guess.tag {
                guess.second = Some(std::mem::replace(&mut guess.tag, tag));
                guess.confidence = guess.confidence.min(SPELLING);
            }
        }
    }
    Some(guess)
}

/// How sure at most one of two siblings is where no common word tells, or where the words speak against trigrams.
const SPELLING: f64 = 0.84;

/// Scripts that practically one language is written in, on the web of news.
const UNIQUE: &[(Script, &str)] = &[
    (Script::Armn, "hy"),
    (Script::Beng, "bn"),
    (Script::Ethi, "am"),
    (Script::Geor, "ka"),
    (Script::Grek, "el"),
    (Script::Gujr, "gu"),
    (Script::Guru, "pa"),
    (Script::Kore, "ko"),
    (Script::Hani, "zh"),
    (Script::Jpan, "ja"),
    (Script::Khmr, "km"),
    (Script::Knda, "kn"),
    (Script::Laoo, "lo"),
    (Script::Mlym, "ml"),
    (Script::Mymr, "my"),
    (Script::Orya, "or"),
    (Script::Sinh, "si"),
    (Script::Taml, "ta"),
    (Script::Telu, "te"),
    (Script::Thai, "th"),
    (Script::Tibt, "bo"),
];

/// A script is seen, not guessed: what remains in doubt is how much of the text is in it, and whether a few letters
/// stand for the whole.
fn script_confidence(dominant: Dominant) -> f64 {
    const FEW: usize = 8;
    let share = dominant.letters as f64 / dominant.all as f64;
    if dominant.letters < FEW { 0.7 * share } else { 0.5 + 0.49 * share }
}

/// Letters that give a language away.
struct Telltale {
    script: Script,
    tag: &'static str,
    /// How many of a thousand letters must be of them: half of what ordinary text has, or less, but more than foreign
    /// names bring into an article.
    per_mille_min: usize,
    letters: &'static str,
    /// Letters that speak against it.
    without: &'static str,
}

const fn telltale(
    script: Script,
    tag: &'static str,
    per_mille_min: usize,
    letters: &'static str,
    without: &'static str,
) -> Telltale {
    Telltale { script, tag, per_mille_min, letters, without }
}

/// Letters that only one language has among those that share its script. The first of the list whose letters are there
/// wins: Kyrgyz and Mongolian write letters that others before them have too. Alphabets after the exemplar characters of
/// the Unicode CLDR.
const TELLTALES: &[Telltale] = &[
    telltale(Script::Cyrl, "tg", 5, "ӣӯҷ", ""),
    telltale(Script::Cyrl, "ba", 5, "ҙҡ", ""),
    telltale(Script::Cyrl, "cv", 5, "ӑӗӳ", ""),
    telltale(Script::Cyrl, "sah", 5, "ҕҥ", ""),
    telltale(Script::Cyrl, "ab", 5, "ҟҩҵҽ", ""),
    telltale(Script::Cyrl, "tt", 3, "җ", ""),
    telltale(Script::Cyrl, "kk", 5, "ұқғ", ""),
    telltale(Script::Cyrl, "tt", 5, "әһ", "і"),
    telltale(Script::Cyrl, "kk", 5, "ә", ""),
    telltale(Script::Cyrl, "ky", 5, "ң", "і"),
    telltale(Script::Cyrl, "mn", 5, "өү", "і"),
    telltale(Script::Cyrl, "uk", 5, "їґє", "ыў"),
    telltale(Script::Cyrl, "be", 5, "ў", ""),
    telltale(Script::Cyrl, "mk", 3, "ѓќѕ", ""),
    telltale(Script::Cyrl, "sr", 5, "ђћ", ""),
    telltale(Script::Cyrl, "ru", 8, "ыэ", "іўңөүң"),
    telltale(Script::Cyrl, "bg", 8, "ъ", "ыэі"),
    telltale(Script::Arab, "sd", 5, "ڄڃٻڀٺڏڊڦ", ""),
    telltale(Script::Arab, "ps", 5, "ټډړښږځڅۍ", ""),
    telltale(Script::Arab, "ug", 5, "ۈۋڭ", ""),
    telltale(Script::Arab, "ckb", 5, "ڕڵێ", ""),
    telltale(Script::Arab, "ur", 10, "ٹڈڑےں", ""),
    telltale(Script::Latn, "is", 3, "þ", ""),
    telltale(Script::Latn, "mt", 5, "ħġ", ""),
    telltale(Script::Latn, "ha", 5, "ɓɗƙ", ""),
    telltale(Script::Latn, "az", 20, "ə", ""),
    telltale(Script::Latn, "vi", 50, "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưđ", ""),
    telltale(Script::Latn, "cs", 10, "ěřů", ""),
    telltale(Script::Latn, "hu", 7, "őű", ""),
    telltale(Script::Latn, "ro", 7, "țșţ", ""),
    telltale(Script::Latn, "lv", 7, "ģķļņ", ""),
    telltale(Script::Latn, "lt", 7, "ėįų", ""),
    telltale(Script::Latn, "tr", 15, "ığ", "ə"),
    telltale(Script::Latn, "pl", 20, "łśżźń", ""),
];

fn by_letters(sample: &str, dominant: Dominant) -> Option<Guess> {
    let counts = letter_counts(sample);
    let count = |letters: &str| -> usize {
        let of = |c: char| counts.iter().find(|(letter, _)| *letter == c).map_or(0, |(_, count)| *count);
        letters.chars().map(of).sum()
    };
    let given_away = |telltale: &&Telltale| {
        telltale.script == dominant.script && {
            let found = count(telltale.letters);
            found > 0
                && found * 1000 >= dominant.letters * telltale.per_mille_min
                && count(telltale.without) * 1000 < dominant.letters * telltale.per_mille_min
        }
    };
    let telltale = TELLTALES.iter().find(given_away)?;
    Some(Guess { tag: parse(telltale.tag), confidence: script_confidence(dominant), second: None })
}

/// How often each letter that is not ASCII stands in the text, in lower case.
fn letter_counts(sample: &str) -> Vec<(char, usize)> {
    let mut letters: Vec<char> = sample.chars().filter(|c| !c.is_ascii()).flat_map(char::to_lowercase).collect();
    letters.sort_unstable();
    letters.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
}

fn by_trigrams(lower: &str, dominant: Dominant) -> Option<Guess> {
    let words: String = lower.chars().map(|c| if c == '\'' || belongs(c, dominant.script) { c } else { ' ' }).collect();
    let first = Detector::new().detect(&words)?;
    let confidence = trust(first.confidence(), dominant);
    let second = (confidence < CLEAR)
        .then(|| Detector::with_denylist(vec![first.lang()]).detect_lang(&words))
        .flatten()
        .map(|lang| parse(code(lang)));
    Some(Guess { tag: parse(code(first.lang())), confidence, second })
}

/// What whatlang's confidence is worth. It is the lead of the best language over the next, not a chance of being
/// right: among languages that it knows, answers at 0.3 are right in nine of ten sentences, while answers at 1.0 are
/// wrong where the text is short or of a language that it does not know. Hence a curve that rises early and never
/// reaches 1, times what length and the share of the script leave of it. Fitted by hand to the bins of the development
/// sentences.
fn trust(confidence: f64, dominant: Dominant) -> f64 {
    const RISE: f64 = 0.35;
    const CEILING: f64 = 0.98;
    const HALF_TRUST_LETTERS: f64 = 5.0;
    let letters = dominant.letters as f64;
    let share = letters / dominant.all as f64;
    CEILING * confidence.powf(RISE) * letters / (letters + HALF_TRUST_LETTERS) * (0.5 + 0.5 * share)
}

fn parse(tag: &str) -> LanguageTag {
    LanguageTag::parse(tag).expect("the tables of this file hold language tags")
}

/// The BCP-47 tag of a language of whatlang's.
fn code(lang: Lang) -> &'static str {
    CODES.iter().find(|(known, _)| *known == lang).map_or_else(|| lang.code(), |(_, tag)| tag)
}

/// Whether [`guess`] can give this answer at all.
pub(super) fn is_named(tag: &LanguageTag) -> bool {
    let tag = tag.as_str();
    CODES.iter().any(|(_, known)| *known == tag)
        || TELLTALES.iter().any(|telltale| telltale.tag == tag)
        || UNIQUE.iter().any(|(_, known)| *known == tag)
        || words::names(tag)
}

/// The script in which a language is written; `None` if it is not known here or the language has two.
pub(super) fn script_of(tag: &LanguageTag) -> Option<Script> {
    let tag = tag.as_str();
    if let Some((script, _)) = UNIQUE.iter().find(|(_, known)| *known == tag) {
        return Some(*script);
    }
    if let Some(telltale) = TELLTALES.iter().find(|telltale| telltale.tag == tag) {
        return Some(telltale.script);
    }
    let (lang, _) = CODES.iter().find(|(_, known)| *known == tag)?;
    Some(match lang {
        Lang::Ara | Lang::Urd | Lang::Pes => Script::Arab,
        Lang::Rus | Lang::Ukr | Lang::Bel | Lang::Bul | Lang::Mkd => Script::Cyrl,
        Lang::Hin | Lang::Mar | Lang::Nep => Script::Deva,
        Lang::Heb | Lang::Yid => Script::Hebr,
        // Serbian, Uzbek and Azerbaijani are written in two.
        Lang::Srp | Lang::Uzb | Lang::Aze => return None,
        _ => Script::Latn,
    })
}

/// Languages of shared scripts, whatlang's name and the tag.
const CODES: &[(Lang, &str)] = &[
    (Lang::Afr, "af"),
    (Lang::Aka, "ak"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cym, "cy"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Eng, "en"),
    (Lang::Epo, "eo"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jav, "jv"),
    (Lang::Lat, "la"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Sna, "sn"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tgl, "fil"),
    (Lang::Tuk, "tk"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"),
    (Lang::Yid, "yi"),
    (Lang::Zul, "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_in_their_shortest_form() {
        for (lang, tag) in CODES {
            assert_eq!(LanguageTag::parse(tag).expect("a tag").as_str(), *tag, "{lang:?}");
        }
        for tag in TELLTALES.iter().map(|telltale| &telltale.tag).chain(UNIQUE.iter().map(|(_, tag)| tag)) {
            assert_eq!(parse(tag).as_str(), *tag);
        }
    }

    #[test]
    fn trust_grows_with_confidence_and_length() {
        let of = |letters| Dominant { script: Script::Latn, letters, all: letters };
        assert!(trust(1.0, of(20)) < trust(1.0, of(200)));
        assert!(trust(0.5, of(200)) < trust(1.0, of(200)));
        assert!(trust(1.0, of(100_000)) < 1.0);
    }
}
