//! Which language an article is in: the script first, then letters that give a language away, function words, and trigrams.
//!
//! The text decides; the record's own word breaks ties. Addresses are masked and long articles are read in three places,
//! so the cost has a bound. Not supported yet: the languages of an article's parts (`segments` stays empty), and most
//! Latin languages that whatlang does not know.

mod function_words;
mod guess;
mod sample;
mod script;
mod words;

use self::guess::{Guess, guess};
use self::script::Dominant;
use crate::event::{Language, LanguageAlternative, LanguageBasis, LanguageTag, Score, Warning, WarningCode};
use crate::text::Fields;

/// From this confidence on, a tag can be relied upon: where the text is in one of the sixty-odd languages that most news
/// is in, 99 of 100 such tags are right, for a sentence as for an article. Over the world's languages, most of which
/// trigrams do not know and answer with a neighbour, it is 84 of 100 sentences.
const RELIABLE: f64 = 0.85;

/// How sure a tag is that rests on the record's word alone: upstream language fields are wrong in a few of a hundred
/// records, and nothing else speaks for it.
const HINT_ALONE: f64 = 0.6;

/// Languages so close that trigrams often take one for another: here the record's word counts. Some are not known to
/// whatlang at all, which then answers with a sibling.
const SIBLINGS: &[&[&str]] = &[
    &["id", "ms", "jv", "su", "min"],
    &["nb", "nn", "da", "sv", "no"],
    &["hr", "sr", "bs", "sl", "cnr"],
    &["cs", "sk"],
    &["ru", "uk", "be", "bg", "mk", "sr"],
    &["es", "pt", "gl", "ca", "ast", "oc", "it"],
    &["hi", "mr", "ne", "bho", "mai", "sa", "kok"],
    &["ar", "fa", "ur", "ps", "ckb"],
    &["nl", "af", "fy", "li"],
    &["tr", "az", "tk", "uz", "kk", "ky", "tt"],
    &["fil", "ceb", "ilo", "war"],
    &["zu", "xh", "ss", "nr", "sn"],
    &["zh", "yue", "nan", "wuu", "ja"],
    &["bn", "as"],
    &["am", "ti"],
];

/// Tells the language of a text. `hint` is the record's own word: it breaks ties and never overrides clear text.
#[must_use]
pub fn identify(text: Fields<'_>, hint: Option<&LanguageTag>) -> (Language, Vec<Warning>) {
    let sample = sample::sample(text);
    let dominant = script::dominant(&sample);
    let guess = dominant.and_then(|dominant| guess(&sample, dominant));
    let mut warnings = Vec::new();
    let (tag, confidence, basis, second) = match (guess, hint) {
        (Some(guess), Some(hint)) => weigh(guess, hint, dominant, &mut warnings),
        (Some(guess), None) => (guess.tag, guess.confidence, LanguageBasis::Text, guess.second),
        (None, Some(hint)) if fits(hint, dominant) => (hint.clone(), HINT_ALONE, LanguageBasis::Hint, None),
        (None, _) => (LanguageTag::undetermined(), 0.0, LanguageBasis::Text, None),
    };
    let reliable = confidence >= RELIABLE;
    if !reliable {
        let detail = format!("{} at {:.2}", tag.as_str(), confidence);
        warnings.push(Warning::new(WarningCode::LanguageUnreliable, detail));
    }
    // The next reading is never likelier than the one that was taken.
    let rest = Score::new(((1.0 - confidence) / 2.0).min(confidence));
    let alternatives = second.map(|tag| LanguageAlternative { tag, confidence: rest }).into_iter().collect();
    let script = dominant.map(|dominant| dominant.script);
    let language = Language {
        tag,
        script,
        confidence: Score::new(confidence),
        reliable,
        basis,
        alternatives,
        segments: Vec::new(),
    };
    (language, warnings)
}

type Weighed = (LanguageTag, f64, LanguageBasis, Option<LanguageTag>);

/// Text and hint together.
fn weigh(guess: Guess, hint: &LanguageTag, dominant: Option<Dominant>, warnings: &mut Vec<Warning>) -> Weighed {
    if guess.tag == *hint {
        // Two witnesses: half of what each leaves in doubt.
        let confidence = 1.0 - (1.0 - guess.confidence) * (1.0 - HINT_ALONE);
        return (guess.tag, confidence, LanguageBasis::Text, guess.second);
    }
    let unclear = guess.confidence < RELIABLE;
    let sibling = SIBLINGS.iter().any(|group| group.contains(&guess.tag.as_str()) && group.contains(&hint.as_str()));
    // A sibling that trigrams cannot name may be what they took for the one they can.
    let unnamed = sibling && !guess::is_named(hint);
    if fits(hint, dominant) && (unclear || unnamed) {
        return (hint.clone(), HINT_ALONE, LanguageBasis::Hint, Some(guess.tag));
    }
    let detail = format!("the record says {}, the text is {}", hint.as_str(), guess.tag.as_str());
    warnings.push(Warning::new(WarningCode::LanguageConflict, detail));
    (guess.tag, guess.confidence, LanguageBasis::Text, guess.second)
}

/// Whether a language can be written in the script of the text, as far as is known.
fn fits(hint: &LanguageTag, dominant: Option<Dominant>) -> bool {
    match (guess::script_of(hint), dominant) {
        (Some(script), Some(dominant)) => script == dominant.script,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
