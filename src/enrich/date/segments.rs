//! Texts that mix languages: a stretch in another language than the rest is read in its own.

use super::evidence::Evidence;
use super::mentions::{self, Known};
use super::{Place, Read};
use crate::article::Article;
use crate::event::{DateMention, Field, LanguageSegment};

impl Place<'_> {
    /// Reads the stretches that are in other languages; what the article's main language made of them is dropped.
    pub(super) fn reread(
        &self,
        article: &Article,
        segments: &[LanguageSegment],
        known: Option<&Known>,
        read: &mut Read,
    ) {
        for segment in segments.iter().filter(|segment| self.languages.find(segment.tag.as_str()).is_some()) {
            let text = match segment.r#in {
                Field::Title => article.title.as_deref().unwrap_or_default(),
                Field::Body => article.body.as_str(),
            };
            let Some(stretch) = slice(text, segment.start, segment.end) else { continue };
            let (mut own, mut evidence): (Vec<DateMention>, Vec<Evidence>) = (Vec::new(), Vec::new());
            let holidays = |id, year| self.languages.holidays().day(id, year, self.country, segment.tag.as_str());
            let reading = self.reading(segment.tag.as_str(), known, &holidays);
            read.cut |= !mentions::read((segment.r#in, stretch), reading, &mut own, &mut evidence);
            let outside = |date: &DateMention| date.end <= segment.start || date.start >= segment.end;
            read.mentions.retain(|date| date.r#in != segment.r#in || outside(date));
            read.mentions.extend(own.into_iter().map(|date| DateMention {
                start: date.start + segment.start,
                end: date.end + segment.start,
                ..date
            }));
            read.evidence.extend(evidence);
        }
        if !segments.is_empty() {
            read.mentions.sort_by_key(|date| (date.r#in == Field::Body, date.start));
        }
    }
}

/// The text between two code points.
fn slice(text: &str, start: u32, end: u32) -> Option<&str> {
    let byte = |point: u32| {
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        bytes.into_iter().nth(usize::try_from(point).ok()?)
    };
    text.get(byte(start)?..byte(end)?)
}
