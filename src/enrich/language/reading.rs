//! What a text shows of its language.

use super::known;
use super::model::{MODEL, Scores};
use super::script::{self, Counts, Dominant};
use super::second_opinion;
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
    /// Whether some window of the text is surely in another language.
    pub mixed: bool,
}

/// The fewest letters from which a language can be told where several share a script.
const LETTERS_MIN: usize = 12;

/// The same for a script of one language.
const LETTERS_MIN_UNIQUE: usize = 2;

/// A script is seen, not guessed: what remains in doubt is whether a few letters stand for the whole.
const FEW: usize = 8;
const SEEN: f64 = 0.995;
const FEW_SEEN: f64 = 0.7;

/// A window with fewer letters speaks for no language of its own: a quotation, a name, a heading.
pub(super) const WINDOW_LETTERS_MIN: usize = 30;

/// How sure a window must be of its own language to stand against the rest, and how unlikely the language of the rest
/// must be in it: siblings are not told apart in a paragraph.
const WINDOW_SURE: f64 = 0.97;
const REST_MAX: f64 = 0.001;

/// How sure at most a text is read that begins in other letters: they may be notices, or half of the article.
const BEGINS_OTHERWISE: f64 = 0.8;

/// Reads the windows of a text. The script may be told where there is too little text for a language.
pub(super) fn read(windows: &[String]) -> (Option<Script>, Option<Reading>) {
    let mut counts = Counts::default();
    windows.iter().for_each(|window| counts.read(window));
    let Some(dominant) = counts.dominant() else { return (None, None) };
    let script = dominant.script;
    let reading = match known::by_script(script).or_else(|| known::by_letters(windows, dominant)) {
        Some(tag) => by_letters(tag, dominant),
        None => by_model(windows, dominant).map(|reading| weighed_again(reading, windows)),
    };
    let in_other_letters = |window: &String| {
        script::dominant(window).is_some_and(|own| own.script != script && own.letters >= WINDOW_LETTERS_MIN)
    };
    let several_scripts = dominant.all > dominant.letters + WINDOW_LETTERS_MIN;
    let reading = reading.map(|reading| {
        let mixed = reading.mixed || several_scripts && windows.iter().any(in_other_letters);
        let begins_otherwise = windows.iter().find(|window| !window.is_empty()).is_some_and(in_other_letters);
        let most = if begins_otherwise { BEGINS_OTHERWISE } else { 1.0 };
        Reading { mixed, confidence: reading.confidence.min(most), ..reading }
    });
    (Some(script), reading)
}

impl Reading {
    /// Whether the text is surely not in a language.
    pub(super) fn excludes(&self, tag: &str) -> bool {
        let other = self.answers.iter().find(|(own, _)| *own == tag).map_or(0.0, |(_, probability)| *probability);
        self.confidence >= WINDOW_SURE && self.answers[0].0 != tag && other <= REST_MAX
    }
}

/// A third of the text in other letters leaves a tag in doubt.
fn share(dominant: Dominant) -> f64 {
    (1.5 * dominant.letters as f64 / dominant.all as f64).min(1.0)
}

fn by_letters(tag: &'static str, dominant: Dominant) -> Option<Reading> {
    let seen = if dominant.letters < FEW { FEW_SEEN } else { SEEN };
    let reading = Reading { dominant, answers: vec![(tag, 1.0)], confidence: seen * share(dominant), mixed: false };
    (dominant.letters >= LETTERS_MIN_UNIQUE).then_some(reading)
}

/// All windows together, unless some are surely in another language than others: then those of the language that comes
/// first, unless another has half as many letters again. A translation follows the article, a quotation is shorter.
fn by_model(windows: &[String], dominant: Dominant) -> Option<Reading> {
    let mut folded = Vec::new();
    let mut of = |window: &String| {
        let mut scores = Scores::new(dominant.script);
        scores.read(&MODEL, window, &mut folded);
        scores
    };
    let scores: Vec<Scores> = windows.iter().map(&mut of).collect();
    let all = reading(scores.iter(), dominant)?;
    if windows.len() == 1 {
        return Some(all);
    }
    let own: Vec<Option<Reading>> = scores.iter().map(|window| of_window(window, dominant)).collect();
    let differs = |own: &Option<Reading>| own.as_ref().is_some_and(|own| own.excludes(all.answers[0].0));
    if !own.iter().any(differs) {
        return Some(all);
    }
    let mut letters: Vec<(&str, usize)> = Vec::new();
    for (own, scores) in own.iter().zip(&scores) {
        let Some(own) = own.as_ref().filter(|own| own.confidence >= WINDOW_SURE) else { continue };
        match letters.iter_mut().find(|(tag, _)| *tag == own.answers[0].0) {
            Some((_, count)) => *count += scores.letters,
            None => letters.push((own.answers[0].0, scores.letters)),
        }
    }
    let (tag, _) = letters.into_iter().reduce(|best, next| if next.1 * 2 > best.1 * 3 { next } else { best })?;
    let agrees = |own: &Option<Reading>| own.as_ref().is_none_or(|own| !own.excludes(tag));
    let agreeing = scores.iter().zip(&own).filter(|(_, own)| agrees(own)).map(|(scores, _)| scores);
    reading(agreeing, dominant).map(|reading| Reading { mixed: true, ..reading })
}

fn of_window(scores: &Scores, dominant: Dominant) -> Option<Reading> {
    let letters = scores.letters;
    (letters >= WINDOW_LETTERS_MIN)
        .then(|| reading([scores].into_iter(), Dominant { letters, all: letters, ..dominant }))
        .flatten()
}

fn reading<'a>(scores: impl Iterator<Item = &'a Scores>, dominant: Dominant) -> Option<Reading> {
    let mut sum = Scores::new(dominant.script);
    scores.for_each(|scores| sum.add(scores));
    if sum.letters < LETTERS_MIN {
        return None;
    }
    let answers = sum.answers(&MODEL);
    let confidence = MODEL.confidence(answers.first()?.probability, sum.letters) * share(dominant);
    let answers = answers.iter().map(|answer| (answer.tag, f64::from(answer.probability))).collect();
    Some(Reading { dominant, answers, confidence, mixed: false })
}

/// A reading that leaves its language open is weighed once more.
fn weighed_again(mut reading: Reading, windows: &[String]) -> Reading {
    if reading.confidence < super::RELIABLE {
        second_opinion::weigh(&mut reading.answers, windows);
        let Dominant { letters, .. } = reading.dominant;
        let confidence = MODEL.confidence(reading.answers[0].1 as f32, letters) * share(reading.dominant);
        reading.confidence = reading.confidence.min(confidence);
    }
    reading
}
