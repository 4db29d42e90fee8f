//! When an article was published, and which dates its text mentions.
//!
//! Publication comes from what the record says of itself (metadata, URL, marker line) and is never invented. The text
//! is scanned once for numbers and date words; a small grammar that all languages share reads only around those. What
//! a language contributes is data, one file a language in `data/dates`.
//!
//! Not read yet: clock times in the text, holidays, quarters, seasons, decades, durations, repetitions, and numbers
//! written as words.

mod bag;
pub mod calendar;
mod context;
mod data;
mod expression;
pub mod holiday;
mod mentions;
mod numeric;
mod parts;
mod period;
mod phrase;
mod published;
mod resolve;
mod scan;
mod stamp;
#[cfg(test)]
mod tests;
mod url;
mod value;
mod words;
mod years;

pub use data::rules_fingerprint;

use crate::article::Article;
use crate::event::{DateMention, Field, Language, Timestamp, Warning};
use words::Words;

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
}

/// The date tagger: date words of every language, compiled once.
#[derive(Debug)]
pub struct Tagger {
    /// By tag, sorted.
    languages: Vec<(String, Words)>,
    /// For a language without a file: digits alone, in an order that is not known.
    digits: Words,
}

impl Default for Tagger {
    fn default() -> Self {
        Self::new()
    }
}

impl Tagger {
    /// Compiles the tagger from the data that the program carries.
    #[must_use]
    pub fn new() -> Self {
        Self::compile(data::load())
    }

    /// Compiles the tagger from other language files, each a tag and a text in the form of `data/dates`: for those who
    /// write one, and want to see what it reads before they build the program.
    ///
    /// # Errors
    ///
    /// The first file that is not in that form, with what is wrong where.
    pub fn with_languages(files: &[(String, String)]) -> Result<Self, String> {
        let read = files.iter().map(|(tag, text)| Ok((tag.clone(), data::read(tag, text)?)));
        Ok(Self::compile(read.collect::<Result<_, String>>()?))
    }

    fn compile(data: Vec<(String, data::Data)>) -> Self {
        let mut languages: Vec<_> = data.into_iter().map(|(tag, data)| (tag, Words::compile(data))).collect();
        languages.sort_by(|a, b| a.0.cmp(&b.0));
        Self { languages, digits: Words::compile(data::Data { order: data::Order::Unknown, ..data::Data::default() }) }
    }

    /// Tags one article.
    #[must_use]
    pub fn tag(&self, article: &Article, language: &Language) -> Dates {
        let words = self.words(language.tag.as_str());
        let all: Vec<&Words> = self.languages.iter().map(|(_, words)| words).collect();
        let mut stamps = published::read(article, &[words, self.words("en")], &all);
        let (mut mentions, mut evidence) = (Vec::new(), Vec::new());
        let title = article.title.as_deref().map(|title| (Field::Title, title));
        for field in title.into_iter().chain([(Field::Body, article.body.as_str())]) {
            mentions::read(field, words, stamps.known.as_ref(), &|_, _| None, &mut mentions, &mut evidence);
        }
        if let (Some(published), Some(known)) = (&mut stamps.published, &stamps.known) {
            published::narrow(published, known.base, &evidence);
        }
        Dates { published: stamps.published, modified: stamps.modified, mentions, warnings: stamps.warnings }
    }

    fn words(&self, tag: &str) -> &Words {
        let at = self.languages.binary_search_by(|(other, _)| other.as_str().cmp(tag));
        at.map_or(&self.digits, |at| &self.languages[at].1)
    }
}
