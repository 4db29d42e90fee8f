//! Stretches of an article in another language than the rest.

use super::reading::{self, Reading, WINDOW_LETTERS_MIN};
use super::sample::{first_chars, words};
use crate::event::{Field, LanguageSegment, LanguageTag};
use crate::text::Fields;

/// The letters of a stretch, all pieces together: less is a notice or a quotation.
const STRETCH_LETTERS_MIN: usize = 80;

/// So many code points of a paragraph are read.
const PARAGRAPH_CHARS_MAX: usize = 160;

/// The stretches in another language than `tag`.
pub(super) fn segments(text: Fields<'_>, tag: &LanguageTag) -> Vec<LanguageSegment> {
    let mut segments = Vec::new();
    if let Some(title) = text.title {
        stretches(title, Field::Title, tag, &mut segments);
    }
    stretches(text.body, Field::Body, tag, &mut segments);
    segments
}

/// The reading of a paragraph that is long enough to have one.
fn read(paragraph: &str) -> Option<Reading> {
    if paragraph.len() < WINDOW_LETTERS_MIN {
        return None;
    }
    let (_, reading) = reading::read(&[words(first_chars(paragraph, PARAGRAPH_CHARS_MAX))]);
    reading.filter(|reading| reading.dominant.letters >= WINDOW_LETTERS_MIN)
}

/// The language of a paragraph and its letters, if it is surely another than `tag`.
fn foreign(reading: &Reading, tag: &LanguageTag) -> Option<(&'static str, usize)> {
    reading.excludes(tag.as_str()).then_some((reading.answers[0].0, reading.dominant.letters))
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
        let reading = read(line);
        match (reading.as_ref().and_then(|reading| foreign(reading, tag)), &mut open) {
            (Some((language, letters)), Some((own, all, _, last))) if language == *own => {
                *all += letters;
                *last = end;
            }
            (Some((language, letters)), _) => {
                close(open.take(), field, segments);
                open = Some((language, letters, start, end));
            }
            (None, Some(_)) if reading.is_some() => close(open.take(), field, segments),
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
