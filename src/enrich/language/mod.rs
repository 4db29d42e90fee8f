//! Which language an article is in: the script first, then a model of letters and words.
//!
//! The text decides; the record's own word breaks ties and never overrides clear text. Addresses are masked and long
//! articles are read in windows, so the cost has a bound. A stretch of paragraphs in another language becomes a
//! segment; two languages within a paragraph are not told apart.

mod known;
mod model;
mod reading;
mod sample;
mod script;
mod second_opinion;
mod segments;

pub use self::model::train;

use self::reading::Reading;
use crate::event::{Language, LanguageAlternative, LanguageBasis, LanguageTag, Score, Script, Warning, WarningCode};
use crate::text::Fields;

/// From this confidence on, a tag can be relied upon: more than 995 of 1000 such tags are right. `docs/quality.md` has
/// the figures.
const RELIABLE: f64 = 0.935;

/// How sure a tag is that rests on the record's word alone: upstream language fields are wrong in a few of a hundred
/// records, and nothing else speaks for it.
const HINT_ALONE: f64 = 0.6;

/// How sure at most a text of codes or of filler is read: its words are few, or nobody's.
const CODED: f64 = 0.5;

/// How much likelier the record's word makes a language: enough to decide between two that the text leaves open, such
/// as Bosnian and Croatian, and not enough to override text that is clear.
const HINT_ODDS: f64 = 20.0;

/// Other readings are told from this probability on, and so many of them.
const ALTERNATIVE_MIN: f64 = 0.02;
const ALTERNATIVES_MAX: usize = 3;

/// Tells the language of a text. `hint` is the record's own word: it breaks ties and never overrides clear text.
#[must_use]
pub fn identify(text: Fields<'_>, hint: Option<&LanguageTag>) -> (Language, Vec<Warning>) {
    let windows = sample::windows(text);
    let (script, reading) = reading::read(&windows);
    let is_latin = reading.as_ref().is_some_and(|reading| reading.answers[0].0 == "la");
    let most = if sample::is_coded(text.body) || is_latin && sample::is_filler(text.body) { CODED } else { 1.0 };
    let reading = reading.map(|reading| Reading { confidence: reading.confidence.min(most), ..reading });
    let mut warnings = Vec::new();
    let verdict = match (&reading, hint) {
        (Some(reading), Some(hint)) => weigh(reading, hint),
        (Some(reading), None) => Verdict::of(reading),
        (None, Some(hint)) if fits(hint, script) => Verdict::by_hint(hint, HINT_ALONE),
        (None, _) => Verdict { tag: LanguageTag::undetermined(), confidence: 0.0, basis: LanguageBasis::Text },
    };
    let Verdict { tag, confidence, basis } = verdict;
    if let Some(hint) = hint.filter(|hint| **hint != tag) {
        let detail = format!("the record says {}, the text is {}", hint.as_str(), tag.as_str());
        warnings.push(Warning::new(WarningCode::LanguageConflict, detail));
    }
    let reliable = confidence >= RELIABLE;
    if !reliable {
        let detail = format!("{} at {:.2}", tag.as_str(), confidence);
        warnings.push(Warning::new(WarningCode::LanguageUnreliable, detail));
    }
    let mixed = reading.as_ref().is_some_and(|reading| reading.mixed);
    let language = Language {
        script,
        confidence: Score::new(confidence),
        reliable,
        basis,
        alternatives: alternatives(reading.as_ref(), &tag, confidence, reliable),
        segments: if mixed { segments::segments(text, &tag) } else { Vec::new() },
        tag,
    };
    (language, warnings)
}

/// A hash of all that the answers rest on, but for the code: the model.
#[must_use]
pub fn rules_fingerprint() -> String {
    env!("SHA256_LANGUAGE").to_owned()
}

struct Verdict {
    tag: LanguageTag,
    confidence: f64,
    basis: LanguageBasis,
}

impl Verdict {
    fn of(reading: &Reading) -> Self {
        Self { tag: parse(reading.answers[0].0), confidence: reading.confidence, basis: LanguageBasis::Text }
    }

    fn by_hint(hint: &LanguageTag, confidence: f64) -> Self {
        Self { tag: hint.clone(), confidence, basis: LanguageBasis::Hint }
    }
}

/// Text and hint together.
fn weigh(reading: &Reading, hint: &LanguageTag) -> Verdict {
    let text = Verdict::of(reading);
    if text.tag == *hint {
        // Two witnesses: half of what each leaves in doubt.
        let confidence = 1.0 - (1.0 - text.confidence) * (1.0 - HINT_ALONE);
        return Verdict { confidence, ..text };
    }
    if text.confidence >= RELIABLE || !fits(hint, Some(reading.dominant.script)) {
        return text;
    }
    let of = |tag: &str| reading.answers.iter().find(|(own, _)| *own == tag).map(|(_, probability)| *probability);
    let Some(probability) = of(hint.as_str()) else {
        // The model cannot name it, and took it for what it can name.
        return Verdict::by_hint(hint, HINT_ALONE);
    };
    let (own, first) = (probability * HINT_ODDS, reading.answers[0].1);
    if own > first { Verdict::by_hint(hint, (own / (own + first)).min(HINT_ALONE)) } else { text }
}

/// Whether a language can be written in the script of the text, as far as is known.
fn fits(hint: &LanguageTag, script: Option<Script>) -> bool {
    let writes = |script| model::writes(hint.as_str(), script).or_else(|| known::writes(hint.as_str(), script));
    script.and_then(writes).unwrap_or(true)
}

fn alternatives(
    reading: Option<&Reading>,
    tag: &LanguageTag,
    confidence: f64,
    reliable: bool,
) -> Vec<LanguageAlternative> {
    let answers = reading.filter(|_| !reliable).map_or(&[][..], |reading| &reading.answers);
    let others =
        answers.iter().filter(|(other, probability)| *other != tag.as_str() && *probability >= ALTERNATIVE_MIN);
    // What is left of the confidence, shared out as the model has it; no reading is likelier than the one that was taken.
    let rest = 1.0 - confidence;
    let share = |probability: f64| Score::new((probability).min(rest).min(confidence));
    others
        .take(ALTERNATIVES_MAX)
        .map(|(other, probability)| LanguageAlternative { tag: parse(other), confidence: share(*probability) })
        .collect()
}

fn parse(tag: &str) -> LanguageTag {
    LanguageTag::parse(tag).expect("a test parses every tag of the model and the tables")
}

#[cfg(test)]
mod tests;
