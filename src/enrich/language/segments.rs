//! Stretches of an article in another language than the rest.

use super::reading::{self, Reading};
use super::sample::{first_chars, words};
use crate::event::{Field, LanguageSegment, LanguageTag};
use crate::text::Fields;

/// How sure the language of a stretch must be.
const SURE: f64 = 0.97;

/// The article's own language must be as unlikely as this in the stretch: siblings are not told apart in a paragraph.
const OWN_MAX: f64 = 0.001;

/// Fewer letters of a piece are a quotation, a name or a heading.
const PIECE_LETTERS_MIN: usize = 30;

/// The letters of a stretch, all pieces together: less is a notice or a quotation.
const STRETCH_LETTERS_MIN: usize = 80;

/// So many code points of a paragraph are read.
const PARAGRAPH_CHARS_MAX: usize = 160;

/// The stretches in another language than `tag`. An article whose `windows` are all in one language is not looked into.
pub(super) fn segments(text: Fields<'_>, windows: &[String], tag: &LanguageTag) -> Vec<LanguageSegment> {
    let suspect = windows.len() > 1 && windows.iter().any(|window| foreign(window, tag).is_some());
    if !suspect {
        return Vec::new();
    }
    let mut segments = Vec::new();
    if let Some(title) = text.title {
        stretches(title, Field::Title, tag, &mut segments);
    }
    stretches(text.body, Field::Body, tag, &mut segments);
    segments
}

/// The language of a piece and its letters, if it is surely another than `tag`.
fn foreign(piece: &str, tag: &LanguageTag) -> Option<(&'static str, usize)> {
    let reading = read(piece)?;
    let own = reading.answers.iter().find(|(own, _)| *own == tag.as_str()).map_or(0.0, |(_, probability)| *probability);
    let sure = reading.confidence >= SURE && own <= OWN_MAX;
    (sure && reading.answers[0].0 != tag.as_str()).then_some((reading.answers[0].0, reading.dominant.letters))
}

fn read(piece: &str) -> Option<Reading> {
    let (_, reading) = reading::read(&[words(first_chars(piece, PARAGRAPH_CHARS_MAX))]);
    reading.filter(|reading| reading.dominant.letters >= PIECE_LETTERS_MIN)
}

/// Paragraphs that follow one another in one foreign language. A paragraph too short to tell goes with those around it.
fn stretches(text: &str, field: Field, tag: &LanguageTag, segments: &mut Vec<LanguageSegment>) {
    let mut open: Option<(&'static str, usize, u32, u32)> = None;
    let mut at = 0;
    for line in text.split('\n') {
        let length = line.chars().count() as u32;
        let (start, end) = (at, at + length);
        at = end + 1;
        if line.trim().is_empty() {
            continue;
        }
        match (foreign(line, tag), &mut open) {
            (Some((language, letters)), Some((own, all, _, last))) if language == *own => {
                *all += letters;
                *last = end;
            }
            (Some((language, letters)), _) => {
                close(open.take(), field, segments);
                open = Some((language, letters, start, end));
            }
            (None, Some(_)) if read(line).is_some() => close(open.take(), field, segments),
            (None, _) => {}
        }
    }
    close(open, field, segments);
}

fn close(open: Option<(&'static str, usize, u32, u32)>, field: Field, segments: &mut Vec<LanguageSegment>) {
    if let Some((language, letters, start, end)) = open
        && letters >= STRETCH_LETTERS_MIN
    {
        segments.push(LanguageSegment { r#in: field, start, end, tag: super::parse(language) });
    }
}
