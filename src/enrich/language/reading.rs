//! What a text shows of its language.

use super::known;
use super::model::{self, Answer, MODEL, Piece};
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
    /// How likely the text is in the first or in a sibling of it.
    pub kin_confidence: f64,
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

/// Less sure, a language is open.
const OPEN: f64 = 0.7;

/// How sure at most a text is read that begins in other letters: they may be notices, or half of the article.
const BEGINS_OTHERWISE: f64 = 0.8;

/// How sure at most text is read that no language can say: codes, abbreviations, keys struck at random.
const UNPRONOUNCEABLE: f64 = 0.5;

/// Of a hundred Latin letters, how many are vowels at least, where those with marks count as such: 35 to 50 in all
/// languages that write vowels, 23 where letters fall at random.
const VOWELS_PERCENT_MIN: usize = 28;

/// Whether there are vowels enough among the Latin letters of a text for it to be in a language.
fn is_pronounceable(windows: &[String]) -> bool {
    let (mut letters, mut vowels) = (0, 0);
    for letter in windows.iter().flat_map(|window| window.chars()).filter(|c| c.is_alphabetic()) {
        letters += 1;
        vowels += usize::from(!letter.is_ascii() || b"aeiouyAEIOUY".contains(&(letter as u8)));
    }
    letters < WINDOW_LETTERS_MIN || vowels * 100 >= letters * VOWELS_PERCENT_MIN
}

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
    let can_be_said = script != Script::Latn || is_pronounceable(windows);
    let reading = reading.map(|reading| {
        let mixed = reading.mixed || several_scripts && windows.iter().any(in_other_letters);
        let begins_otherwise = windows.iter().find(|window| !window.is_empty()).is_some_and(in_other_letters);
        let most = match (can_be_said, begins_otherwise) {
            (false, _) => UNPRONOUNCEABLE,
            (true, true) => BEGINS_OTHERWISE,
            (true, false) => 1.0,
        };
        Reading { mixed, confidence: reading.confidence.min(most), ..reading }
    });
    (Some(script), reading)
}

impl Reading {
    /// Whether the text is surely neither in a language nor in a sibling of it; or in a sibling that it is told from as
    /// surely, as Portuguese is from Spanish.
    pub(super) fn excludes(&self, tag: &str) -> bool {
        let (script, first) = (self.dominant.script, self.answers[0].0);
        if first == tag {
            return false;
        }
        if model::are_kin(first, tag, script) {
            let own = self.answers.iter().find(|(own, _)| *own == tag).map_or(0.0, |(_, probability)| *probability);
            return self.confidence >= WINDOW_SURE && own <= REST_MAX;
        }
        self.kin_confidence >= WINDOW_SURE && kin(tag, &self.answers, script) <= REST_MAX
    }
}

/// The probability of a language and its siblings.
fn kin(tag: &str, answers: &[(&'static str, f64)], script: Script) -> f64 {
    let siblings = model::siblings(tag, script);
    let is_kin = |own: &str| own == tag || siblings.contains(&own);
    answers.iter().filter(|(own, _)| is_kin(own)).map(|(_, probability)| probability).sum()
}

/// A third of the text in other letters leaves a tag in doubt.
fn share(dominant: Dominant) -> f64 {
    (1.5 * dominant.letters as f64 / dominant.all as f64).min(1.0)
}

fn by_letters(tag: &'static str, dominant: Dominant) -> Option<Reading> {
    let seen = if dominant.letters < FEW { FEW_SEEN } else { SEEN };
    let confidence = seen * share(dominant);
    let reading = Reading { dominant, answers: vec![(tag, 1.0)], confidence, kin_confidence: confidence, mixed: false };
    (dominant.letters >= LETTERS_MIN_UNIQUE).then_some(reading)
}

/// All windows together, unless some are surely in another language than others: then those of the language that comes
/// first, unless another has half as many letters again. A translation follows the article, a quotation is shorter.
fn by_model(windows: &[String], dominant: Dominant) -> Option<Reading> {
    let pieces: Vec<Piece> = windows.iter().map(|window| Piece::read(&MODEL, window, dominant.script)).collect();
    let all: Vec<&Piece> = pieces.iter().collect();
    if pieces.len() == 1 || !differ(&pieces, &all, dominant) {
        let reading = reading(&all, dominant, model::answers)?;
        let mixed = pieces.len() > 1 && siblings_differ(&pieces, reading.answers[0].0, dominant);
        return Some(Reading { mixed, ..reading });
    }
    let own: Vec<Option<Reading>> = pieces.iter().map(|piece| of_piece(piece, dominant)).collect();
    let mut letters: Vec<(&str, usize)> = Vec::new();
    for (own, piece) in own.iter().zip(&pieces) {
        let Some(own) = own.as_ref().filter(|own| own.kin_confidence >= WINDOW_SURE) else { continue };
        match letters.iter_mut().find(|(tag, _)| *tag == own.answers[0].0) {
            Some((_, count)) => *count += piece.letters,
            None => letters.push((own.answers[0].0, piece.letters)),
        }
    }
    let (tag, _) = letters.into_iter().reduce(|best, next| if next.1 * 2 > best.1 * 3 { next } else { best })?;
    let agrees = |own: &Option<Reading>| own.as_ref().is_none_or(|own| !own.excludes(tag));
    let agreeing: Vec<&Piece> =
        pieces.iter().zip(&own).filter(|(_, own)| agrees(own)).map(|(piece, _)| piece).collect();
    reading(&agreeing, dominant, model::answers).map(|reading| Reading { mixed: true, ..reading })
}

/// Whether some piece is surely not in the language of all together.
fn differ(pieces: &[Piece], all: &[&Piece], dominant: Dominant) -> bool {
    let Some(all) = reading(all, dominant, model::coarse_answers) else { return false };
    let tag = all.answers[0].0;
    pieces.iter().filter_map(|piece| of_piece(piece, dominant)).any(|own| own.excludes(tag))
}

/// Whether some piece is surely in a sibling of the language of all together.
fn siblings_differ(pieces: &[Piece], tag: &str, dominant: Dominant) -> bool {
    let own = |piece: &Piece| {
        let letters = piece.letters;
        reading(&[piece], Dominant { letters, all: letters, ..dominant }, model::answers)
    };
    model::has_kin(tag, dominant.script)
        && pieces
            .iter()
            .filter(|piece| piece.letters >= WINDOW_LETTERS_MIN)
            .filter_map(own)
            .any(|own| own.answers[0].0 != tag && own.excludes(tag))
}

/// The reading of one piece, siblings together.
fn of_piece(piece: &Piece, dominant: Dominant) -> Option<Reading> {
    let letters = piece.letters;
    (letters >= WINDOW_LETTERS_MIN)
        .then(|| reading(&[piece], Dominant { letters, all: letters, ..dominant }, model::coarse_answers))
        .flatten()
}

type Answers = fn(&model::Weights<'static>, &[&Piece]) -> Vec<Answer<'static>>;

fn reading(pieces: &[&Piece], dominant: Dominant, answers: Answers) -> Option<Reading> {
    let letters = pieces.iter().map(|piece| piece.letters).sum();
    if letters < LETTERS_MIN {
        return None;
    }
    let answers = answers(&MODEL, pieces);
    let first = *answers.first()?;
    let answers: Vec<_> = answers.iter().map(|answer| (answer.tag, f64::from(answer.probability))).collect();
    let kin = kin(first.tag, &answers, dominant.script);
    let confidence = MODEL.confidence(&first, dominant.script, letters) * share(dominant);
    let kin_confidence = MODEL.kin_confidence(kin as f32, letters) * share(dominant);
    Some(Reading { dominant, answers, confidence, kin_confidence, mixed: false })
}

/// A reading that leaves its language open is weighed once more.
fn weighed_again(mut reading: Reading, windows: &[String]) -> Reading {
    if reading.confidence < OPEN {
        second_opinion::weigh(&mut reading.answers, windows);
        let (Dominant { script, letters, .. }, (tag, probability)) = (reading.dominant, reading.answers[0]);
        let first = Answer { tag, probability: probability as f32 };
        let confidence = MODEL.confidence(&first, script, letters) * share(reading.dominant);
        reading.confidence = reading.confidence.min(confidence);
    }
    reading
}
