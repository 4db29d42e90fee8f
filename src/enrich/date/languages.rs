//! The languages that dates are read in: each is compiled when the first article in it comes.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::data::{Data, Order};
use super::files;
use super::holiday::Holidays;
use super::words::Words;

/// Every language with a file in `data/dates`.
#[derive(Debug)]
pub(super) struct Languages {
    /// By tag, sorted.
    languages: Vec<Language>,
    /// For a language without a file: digits alone, in an order that is not known.
    digits: Words,
    holidays: OnceLock<Holidays>,
}

#[derive(Debug)]
struct Language {
    tag: String,
    text: Cow<'static, str>,
    words: OnceLock<Words>,
}

impl Languages {
    /// Languages by their files, each a tag and a text. A file that cannot be read is found out when the language is
    /// first asked for: those who do not know their files read them with [`files::read`] before.
    pub(super) fn new(files: impl Iterator<Item = (String, Cow<'static, str>)>) -> Self {
        let mut languages: Vec<_> = files.map(|(tag, text)| Language { tag, text, words: OnceLock::new() }).collect();
        languages.sort_by(|a, b| a.tag.cmp(&b.tag));
        let digits = Data { order: Order::Unknown, ..Data::default() };
        Self { languages, digits: Words::compile(digits, &[]), holidays: OnceLock::new() }
    }

    /// The words of a language; of one without a file, digits alone.
    pub(super) fn words(&self, tag: &str) -> &Words {
        self.find(tag).unwrap_or(&self.digits)
    }

    /// The words of a language that has a file.
    pub(super) fn find(&self, tag: &str) -> Option<&Words> {
        let at = self.languages.binary_search_by(|language| language.tag.as_str().cmp(tag)).ok()?;
        Some(self.compiled(&self.languages[at]))
    }

    /// The words of every language, by tag.
    pub(super) fn all(&self) -> impl Iterator<Item = &Words> + Clone {
        self.languages.iter().map(|language| self.compiled(language))
    }

    /// The tags, sorted.
    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(|language| language.tag.as_str())
    }

    /// The days of holidays.
    pub(super) fn holidays(&self) -> &Holidays {
        self.holidays.get_or_init(Holidays::new)
    }

    fn compiled<'a>(&'a self, language: &'a Language) -> &'a Words {
        language.words.get_or_init(|| {
            let data = files::read(&language.tag, &language.text).expect("files are read before they come here");
            let holidays = self.holidays();
            let capital: Vec<&str> = holidays.needs_capital(&language.tag).collect();
            let names: Vec<_> =
                holidays.names(&language.tag).map(|(name, holiday)| (name, holiday, capital.contains(&name))).collect();
            Words::compile(data, &names)
        })
    }
}
