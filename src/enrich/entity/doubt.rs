//! Which names of the lexicon are in doubt: words that are everyday words or parts of personal names too, and lesser
//! things that nothing in the article tells. What is in doubt is told with its candidates and without an id.
//!
//! The thresholds were found on sentences of 32 languages: of single words that the model does not see as names at all,
//! a third of the towns and half of the words of personal names were something else.

use super::beside::has_head;
use super::evidence::is_triggered;
use super::page::{Find, Page};
use super::rules::{Rules, Title};
use crate::event::EntityType;
use crate::lexicon::token::{self, Gap, Shape};
use crate::lexicon::{Flags, Lexicon, NamePart, NameParts, Reading};

/// How likely the model must take a lesser thing's name for one.
const SEEN_MIN: f32 = 0.7;

/// How likely, where the word is an everyday word or part of personal names too.
const HOMOGRAPH_SEEN_MIN: f32 = 0.97;

/// What a name means less readily than this is a lesser thing, if it is no place.
const PRIOR_MIN: f64 = 0.6;

/// A city that its name means more readily than this is known by its bare name.
const CITY_PRIOR_MIN: f64 = 0.8;

/// An everyday word that has a capital within sentences this often is a name.
const WITHIN_MIN: usize = 2;

/// What is asked for doubts.
pub(super) struct Doubt<'p, 'a> {
    pub(super) pages: &'p [Page<'a>],
    pub(super) rules: &'p Rules,
    pub(super) lexicon: &'p Lexicon,
    pub(super) parts: &'p NameParts,
}

impl Doubt<'_, '_> {
    /// Whether nothing tells that a name means what the lexicon has under it. `near`: whether the article names
    /// something else in the country of one of its meanings.
    pub(super) fn is_in_doubt(&self, readings: &[Reading], finds: &[(usize, &Find)], near: bool) -> bool {
        let is_word = finds.iter().all(|(_, find)| find.after - find.first == 1);
        if !is_word || finds.iter().any(|(page, find)| self.is_told(&self.pages[*page], find, readings)) {
            return false;
        }
        let headed = finds.iter().any(|(page, find)| has_head(&self.pages[*page], self.rules, find));
        let (page, find) = finds[0];
        let is_part = self.is_part(self.key(&self.pages[page], find));
        let within = finds.iter().filter(|(page, find)| self.has_capital(&self.pages[*page], find)).count();
        // A brand that is an everyday word has its capital in names of other things: 'Premier ministre'.
        let place = readings.iter().any(|reading| self.lexicon.kind(reading.entity) == EntityType::Place);
        let told = !is_part && (near || place && within >= WITHIN_MIN);
        !headed && !told && !is_triggered(self.pages, self.lexicon, readings, finds)
    }

    /// Whether a find alone tells its meaning.
    fn is_told(&self, page: &Page<'_>, find: &Find, readings: &[Reading]) -> bool {
        let weak = readings.iter().all(|reading| reading.flags.has(Flags::WEAK));
        let lesser = readings.iter().all(|reading| self.is_lesser(reading));
        let is_part = self.is_part(self.key(page, find));
        let place = readings.iter().all(|reading| self.lexicon.kind(reading.entity) == EntityType::Place);
        let persons = is_part && (lesser || self.names_on(page, find)) || self.is_addressed(page, find);
        let homograph = weak && (place || lesser) || persons;
        match (find.backed, find.seen) {
            (true, None) => true,
            // 'Birmingham, Alabama'.
            _ if page.tokens[find.first].gap == Gap::Comma && self.rules.states.has(&page.tokens, find.first) => true,
            (true, Some((_, likelihood))) if homograph => likelihood >= HOMOGRAPH_SEEN_MIN,
            (true, Some((_, likelihood))) => !lesser || likelihood >= SEEN_MIN,
            (false, _) => !homograph && (!lesser || self.is_told_unseen(page, find, readings)),
        }
    }

    /// Whether a name that the model does not see is told by its capital, or by how readily it means its thing.
    fn is_told_unseen(&self, page: &Page<'_>, find: &Find, readings: &[Reading]) -> bool {
        let readily = readings.iter().any(|reading| reading.prior >= PRIOR_MIN && reading.own);
        let place = readings.iter().all(|reading| self.lexicon.kind(reading.entity) == EntityType::Place);
        readily || place && self.has_capital(page, find)
    }

    /// A town or a part of a country, or what its name means less readily.
    fn is_lesser(&self, reading: &Reading) -> bool {
        let known = Flags::COUNTRY.with(Flags::TERRITORY).with(Flags::REGION).with(Flags::CAPITAL);
        match self.lexicon.kind(reading.entity) {
            EntityType::Place => !self.lexicon.flags(reading.entity).has(known) && reading.prior < CITY_PRIOR_MIN,
            EntityType::Person => false,
            EntityType::Organisation | EntityType::Object | EntityType::Event => reading.prior < PRIOR_MIN,
        }
    }

    /// Whether a capital tells that a find is a name.
    fn has_capital(&self, page: &Page<'_>, find: &Find) -> bool {
        let token = &page.tokens[find.first];
        token.is_capital() && !token.is_first()
    }

    /// 'خانم ایران': a form of address stands before a person.
    fn is_addressed(&self, page: &Page<'_>, find: &Find) -> bool {
        let Some(before) = find.first.checked_sub(1) else { return false };
        self.rules.titles.at(&page.tokens, before) == Some((find.first, Title::Address)) && page.follows(find.first)
    }

    /// 'ایران شکیبا': without capitals, a given name goes on with a family name.
    fn names_on(&self, page: &Page<'_>, find: &Find) -> bool {
        page.tokens.get(find.after).is_some_and(|next| {
            next.gap == Gap::Space
                && next.shape == Shape::Caseless
                && page.hit_over(find.after).is_none()
                && self.parts.class(next.key).is_some()
        })
    }

    fn key(&self, page: &Page<'_>, find: &Find) -> u64 {
        token::read(&page.text[find.start..find.end]).0
    }

    fn is_part(&self, key: u64) -> bool {
        matches!(self.parts.class(key), Some(NamePart::Given | NamePart::Family | NamePart::Both))
    }
}
