//! Phrases of the rules in scripts that write words on to one another, or particles to words, found at a character.

use super::portfolio::{self, Portfolios};
use super::rules::Title;
use super::source::Source;
use crate::lexicon::script::{self, Spacing};
use crate::lexicon::token::KeyMap;

/// What a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A title before a name.
    Before(Title),
    /// A title behind a name.
    Behind(Title),
    /// A family name.
    Family,
    /// A word that ends a name.
    Stop,
    /// A word that is no part of a name.
    NotName,
    /// A word that is no name.
    Everyday,
    /// A word that ends the name of an organisation or place.
    Tail,
    /// A ministry.
    Ministry(Portfolios),
    /// An embassy or consulate, behind its country.
    Mission,
}

/// The phrases of a language, by their first character.
#[derive(Debug, Default)]
pub(super) struct Runs {
    by_first: KeyMap<Vec<(Box<str>, Sign)>>,
}

impl Runs {
    /// Adds the phrases of a rule file that are written in such a script.
    pub(super) fn add_source(&mut self, source: &Source) {
        self.add(&source.titles, Sign::Before(Title::Office));
        self.add(&source.titles_after, Sign::Behind(Title::Office));
        self.add(&source.forms_of_address, Sign::Before(Title::Address));
        self.add(&source.forms_of_address_after, Sign::Behind(Title::Address));
        self.add(&source.family_names, Sign::Family);
        self.add(&source.name_stops, Sign::Stop);
        self.add(&source.not_names, Sign::NotName);
        self.add(&source.everyday_words, Sign::Everyday);
        self.add(&source.organisation_tails, Sign::Tail);
        self.add(&source.place_tails, Sign::Tail);
        self.add(&source.mission.tails, Sign::Mission);
        for (name, portfolios) in portfolio::compounds(source) {
            self.add(&[name], Sign::Ministry(portfolios));
        }
        let fields = || source.ministry.fields.values().flatten();
        for office in &source.ministry.offices {
            self.add(
                &fields().map(|field| format!("{field}{office}")).collect::<Vec<_>>(),
                Sign::Behind(Title::Office),
            );
        }
    }

    /// Whether there is no phrase.
    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    fn add(&mut self, phrases: &[String], sign: Sign) {
        for phrase in phrases {
            let Some(first) = phrase.chars().next().filter(|&first| runs_on(first)) else { continue };
            let bucket = self.by_first.entry(first.into()).or_default();
            bucket.push((phrase.as_str().into(), sign));
            bucket.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
    }

    /// The phrases that a text starts with, the longest first: their bytes and what they say.
    pub(super) fn at<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Sign)> {
        let bucket = text.chars().next().and_then(|first| self.by_first.get(&u64::from(first)));
        let phrases = bucket.into_iter().flatten();
        phrases.filter(|(phrase, _)| text.starts_with(&**phrase)).map(|(phrase, sign)| (phrase.len(), *sign))
    }

    /// Whether a text starts with an office of more than so many bytes: '文部科学相' is no ministry.
    pub(super) fn is_office(&self, text: &str, bytes: usize) -> bool {
        self.at(text).any(|(len, sign)| sign == Sign::Behind(Title::Office) && len > bytes)
    }

    /// Whether a text starts with a phrase that says this.
    pub(super) fn has(&self, text: &str, wanted: Sign) -> bool {
        self.at(text).any(|(_, sign)| sign == wanted)
    }
}

/// Whether a character is of a script that writes words, or particles, on.
pub(super) fn runs_on(c: char) -> bool {
    script::spacing(c).is_some_and(|spacing| spacing != Spacing::Spaced)
}

/// Whether a word starts with a Cyrillic letter: there an apostrophe stands within words.
pub(super) fn is_cyrillic(word: &str) -> bool {
    word.starts_with(|c: char| matches!(u32::from(c), 0x400..=0x52F))
}
