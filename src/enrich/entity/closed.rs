//! Persons where no capital shows how far a name runs: Arabic, Persian, Hindi and others, by a title before the name
//! and an everyday word behind it.
//!
//! Two words between them that the lists of names know in part are a name; so are three that they know all but one of.
//! More, or less, is left to the model: who is no name behind a title is as often an everyday word.

use super::page::{Ground, Page, What};
use super::rules::Rules;
use crate::lexicon::NameParts;
use crate::lexicon::script::Spacing;
use crate::lexicon::token::{Gap, Shape};

/// The most titles and adjectives in a row before a name.
const PIECES_MAX: usize = 4;

/// The most words of a name.
const WORDS_MAX: usize = 3;

/// Claims the persons of a page that are named in a script without capitals.
pub(super) fn find(page: &mut Page<'_>, rules: &Rules, parts: &NameParts) {
    if rules.name_stops.is_empty() {
        return;
    }
    let mut at = 0;
    while at < page.tokens.len() {
        let found = Reader { page, rules, parts }.titled(at);
        at = match found {
            Some((first, after)) if page.claim(first, after, 0, What::Person(Ground::Title)) => after,
            Some(_) | None => at + 1,
        };
    }
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    rules: &'p Rules,
    parts: &'p NameParts,
}

impl Reader<'_, '_> {
    fn titled(&self, at: usize) -> Option<(usize, usize)> {
        let first = self.after_titles(at)?;
        let last = self.page.tokens.len().min(first + WORDS_MAX + 1);
        let after = (first..last).find(|&at| !self.is_word(first, at))?;
        let known = |at: &usize| self.parts.class(self.page.tokens[*at].key).is_some();
        let (words, known) = (after - first, (first..after).filter(known).count());
        let closed = self.page.tokens[after].gap == Gap::Space && self.ends_name(after);
        (closed && matches!((words, known), (2, 1..) | (3, 2..))).then_some((first, after))
    }

    /// The word after the titles and adjectives that start at a word.
    fn after_titles(&self, at: usize) -> Option<usize> {
        let tokens = &self.page.tokens;
        let (mut after, _) = self.rules.titles.at(tokens, at)?;
        for _ in 0..PIECES_MAX {
            let title = self.rules.titles.at(tokens, after).map(|(after, _)| after);
            let country = || self.page.place_at(after).map(|hit| hit.after as usize);
            let demonym = || self.rules.demonyms.at(tokens, after).map(|(after, ())| after);
            match title.or_else(demonym).or_else(country).filter(|_| self.goes_on(after)) {
                Some(next) => after = next,
                None => break,
            }
        }
        self.goes_on(after).then_some(after)
    }

    /// Whether a word stands behind a space, or behind the full stop of an abbreviated title.
    fn goes_on(&self, at: usize) -> bool {
        self.page.tokens.get(at).is_some_and(|token| matches!(token.gap, Gap::Space | Gap::DotSpace | Gap::Dot))
    }

    /// Whether a word may be part of a name.
    fn is_word(&self, first: usize, at: usize) -> bool {
        let (tokens, rules) = (&self.page.tokens, self.rules);
        let token = &tokens[at];
        let other = rules.not_names.has(tokens, at)
            || rules.titles.has(tokens, at)
            || rules.organisation_heads.has(tokens, at)
            || rules.organisation_tails.has(tokens, at)
            || rules.organisation_words.has(tokens, at)
            || rules.place_words.has(tokens, at)
            || rules.place_tails.has(tokens, at)
            || self.page.other_than_person_at(at).is_some();
        token.shape == Shape::Caseless
            && token.spacing == Spacing::Spaced
            && token.chars > 1
            && (at == first || token.gap == Gap::Space)
            && self.page.taken(at).is_none()
            && !other
            && !self.ends_name(at)
    }

    fn ends_name(&self, at: usize) -> bool {
        self.rules.name_stops.has(&self.page.tokens, at) || self.rules.titles_after.has(&self.page.tokens, at)
    }
}
