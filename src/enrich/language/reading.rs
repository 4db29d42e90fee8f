//! What a text shows of its language.

use super::known;
use super::model::{MODEL, Scores};
use super::script::{Counts, Dominant};
use crate::event::Script;

/// The languages that a text may be in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    /// The script of the text.
    pub dominant: Dominant,
    /// Languages and their probabilities by the model, the likeliest first, at least one.
    pub answers: Vec<(&'static str, f64)>,
    /// How likely the first is right, 0 to 1.
    pub confidence: f64,
}

/// The fewest letters from which a language can be told where several share a script.
const LETTERS_MIN: usize = 12;

/// The same for a script of one language.
const LETTERS_MIN_UNIQUE: usize = 2;

/// A script is seen, not guessed: what remains in doubt is whether a few letters stand for the whole.
const FEW: usize = 8;
const SEEN: f64 = 0.995;
const FEW_SEEN: f64 = 0.7;

/// Reads the pieces of a text. The script may be told where there is too little text for a language.
pub(super) fn read(windows: &[String]) -> (Option<Script>, Option<Reading>) {
    let mut counts = Counts::default();
    windows.iter().for_each(|window| counts.read(window));
    let Some(dominant) = counts.dominant() else { return (None, None) };
    (Some(dominant.script), language(windows, dominant))
}

fn language(windows: &[String], dominant: Dominant) -> Option<Reading> {
    let share = dominant.letters as f64 / dominant.all as f64;
    // A third of the text in other letters leaves a tag in doubt.
    let share = (share * 1.5).min(1.0);
    if let Some(tag) = known::by_script(dominant.script).or_else(|| known::by_letters(windows, dominant)) {
        let seen = if dominant.letters < FEW { FEW_SEEN } else { SEEN };
        let reading = Reading { dominant, answers: vec![(tag, 1.0)], confidence: seen * share };
        return (dominant.letters >= LETTERS_MIN_UNIQUE).then_some(reading);
    }
    let mut scores = Scores::new(dominant.script);
    let mut folded = Vec::new();
    windows.iter().for_each(|window| scores.read(&MODEL, window, &mut folded));
    if scores.letters < LETTERS_MIN {
        return None;
    }
    let answers = scores.answers(&MODEL);
    let first = answers.first()?;
    let confidence = MODEL.confidence(first.probability, scores.letters) * share;
    let answers = answers.iter().map(|answer| (answer.tag, f64::from(answer.probability))).collect();
    Some(Reading { dominant, answers, confidence })
}
