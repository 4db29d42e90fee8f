//! When an article was published, and which dates its text mentions.
//!
//! Publication comes from what the record says of itself (metadata, URL, marker line) and is never invented. The text
//! is scanned once for numbers and date words; a small grammar that all languages share reads only around those. What
//! a language contributes is data, one file a language in `data/dates`.

mod alphabet;
mod bag;
pub mod calendar;
mod chain;
mod clause;
mod clock;
mod context;
mod country;
mod cues;
mod data;
mod ends;
mod evidence;
mod expression;
mod files;
mod forms;
mod han;
pub mod holiday;
mod joined;
mod languages;
mod list;
mod mentions;
mod named;
mod number;
mod numeric;
mod parts;
mod period;
mod phrase;
mod published;
mod reader;
mod resolve;
mod scan;
mod segments;
mod senses;
mod stamp;
mod stretches;
#[cfg(test)]
mod tests;
mod tree;
mod url;
mod value;
mod words;
mod written;
mod years;
mod zone;

use std::borrow::Cow;
use std::cmp::Reverse;

pub use files::rules_fingerprint;

use crate::article::Article;
use crate::event::{DateMention, Field, Language, Timestamp, Warning, WarningCode};
use evidence::Evidence;
use languages::Languages;
use mentions::{HolidayDays, Known, Reading};

/// What the date tagger found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// When the article was published.
    pub published: Option<Timestamp>,
    /// When it was changed.
    pub modified: Option<Timestamp>,
    /// Dates that the text mentions, title first, then by position.
    pub mentions: Vec<DateMention>,
    /// What was odd.
    pub warnings: Vec<Warning>,
    /// Fields of the metadata, `published_at` or `modified_at`, that could not be read, or not to the end, and their texts.
    pub unread: Vec<(&'static str, String)>,
}

/// The date tagger. A language's words are compiled when they are first needed, and kept.
#[derive(Debug)]
pub struct Tagger {
    languages: Languages,
}

impl Default for Tagger {
    fn default() -> Self {
        Self::new()
    }
}

impl Tagger {
    /// A tagger with the languages that the program carries.
    #[must_use]
    pub fn new() -> Self {
        Self { languages: Languages::new(files::all().map(|(tag, text)| (tag.to_owned(), Cow::Borrowed(text)))) }
    }

    /// A tagger with other language files, each a tag and a text in the form of `data/dates`: for those who write one,
    /// and want to see what it reads before they build the program.
    ///
    /// # Errors
    ///
    /// The first file that is not in that form, with what is wrong where.
    pub fn with_languages(files: Vec<(String, String)>) -> Result<Self, String> {
        files.iter().try_for_each(|(tag, text)| files::read(tag, text).map(drop))?;
        Ok(Self { languages: Languages::new(files.into_iter().map(|(tag, text)| (tag, Cow::Owned(text)))) })
    }

    /// Tags one article.
    #[must_use]
    pub fn tag(&self, article: &Article, language: &Language) -> Dates {
        let languages = &self.languages;
        let own = languages.words(language.tag.as_str());
        let mut stamps = published::read(article, [own, languages.words("en")], languages.all());
        let country = country::country(article);
        let place = Place { languages, country: country.as_deref() };
        let known = stamps.known.as_ref();
        let mut read = if language.reliable {
            place.read(article, language.tag.as_str(), known)
        } else {
            place.read_unsure(article, language, known)
        };
        place.reread(article, &language.segments, known, &mut read);
        let Read { mentions, evidence, cut } = read;
        if cut {
            let detail = format!("the text has more dates than are read of it: {}", mentions.len());
            stamps.warnings.push(Warning::new(WarningCode::DatesIncomplete, detail));
        }
        if let (Some(published), Some(known)) = (&mut stamps.published, &stamps.known) {
            published::narrow(published, known.base, &evidence);
        }
        let published::Stamps { published, modified, warnings, unread, .. } = stamps;
        Dates { published, modified, mentions, warnings, unread }
    }
}

/// What an article is read with.
struct Place<'a> {
    languages: &'a Languages,
    country: Option<&'a str>,
}

/// What was read in one language.
#[derive(Default)]
struct Read {
    mentions: Vec<DateMention>,
    evidence: Vec<Evidence>,
    /// Whether the text has more than was read.
    cut: bool,
}

/// A text of at most so many bytes may be a date and nothing else, in a language that such a text does not show.
const BARE_BYTES_MAX: usize = 80;
/// So many letters of it may be no part of the date.
const LEFT_OVER_MAX: usize = 5;

impl Place<'_> {
    /// What a field in a language is read with.
    fn reading<'r>(&'r self, tag: &str, known: Option<&'r Known>, holiday: HolidayDays<'r>) -> Reading<'r> {
        Reading { words: self.languages.words(tag), known, country: self.country, holiday }
    }

    fn read(&self, article: &Article, tag: &str, known: Option<&Known>) -> Read {
        let holidays = |id, year| self.languages.holidays().day(id, year, self.country, tag);
        let reading = self.reading(tag, known, &holidays);
        let mut read = Read::default();
        let title = article.title.as_deref().map(|title| (Field::Title, title));
        for field in title.into_iter().chain([(Field::Body, article.body.as_str())]) {
            read.cut |= !mentions::read(field, reading, &mut read.mentions, &mut read.evidence);
        }
        read
    }

    /// Reads an article whose language is not sure in each language that it may be in, and keeps what explains most of
    /// the text. Of a few words, any language may be the one, if they are a date in it from end to end.
    fn read_unsure(&self, article: &Article, language: &Language, known: Option<&Known>) -> Read {
        let others = language.alternatives.iter().map(|other| other.tag.as_str());
        let tags: Vec<&str> = [language.tag.as_str()].into_iter().chain(others).collect();
        let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
        let covered = |read: &Read| read.mentions.iter().map(|mention| letters(&mention.text)).sum::<usize>();
        let mut best = Read::default();
        for tag in &tags {
            let read = self.read(article, tag, known);
            if covered(&read) > covered(&best) {
                best = read;
            }
        }
        let all = letters(&article.body);
        if article.body.len() <= BARE_BYTES_MAX && covered(&best) < all {
            let rest = self.languages.tags().filter(|tag| !tags.contains(tag));
            // A preposition or an article may be left over.
            let rest =
                rest.map(|tag| self.read(article, tag, known)).filter(|read| covered(read) + LEFT_OVER_MAX >= all);
            let most = rest.enumerate().max_by_key(|(at, read)| (covered(read), Reverse(*at)));
            best = most.map(|(_, read)| read).filter(|read| covered(read) > covered(&best)).unwrap_or(best);
        }
        best
    }
}
