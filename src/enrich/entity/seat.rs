//! The country whose bodies an article speaks of where it names none beside them: 'the Supreme Court', 'the health
//! ministry'.
//!
//! A ministry is that of the language's home, in an article that names it and no other country. An institution is told by
//! places, for persons and companies are named everywhere: one country must be named three times as often as any other.
//! Of a language whose press writes in one state that state is meant, unless places tell of another one; there a
//! country's bare name tells nothing, for whoever comes from there may stand before a court at home. What is too near to
//! call has no country.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Meaning;
use super::page::{Page, What};
use super::portfolio::Portfolios;
use super::rules::Rules;
use crate::event::EntityType;
use crate::lexicon::{Flags, Lexicon, NameMap};

/// How many times as often the country must be named as the next one.
const TIMES: u32 = 3;

/// How often a country must be named, if no place in it is.
const BARE_MIN: u32 = 2;

/// Where bodies of the world sit: Brussels, Geneva, Strasbourg, The Hague, New York.
const SEATS_OF_THE_WORLD: [&str; 5] =
    ["geonames:2800866", "geonames:2660646", "geonames:2973783", "geonames:2747373", "geonames:5128581"];

/// The countries of the article's bodies.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seat {
    of_ministries: Option<u32>,
    of_institutions: Option<u32>,
}

/// How often a country is named, and how often a place in it.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    all: u32,
    within: u32,
}

impl Seat {
    pub(super) fn of(pages: &[Page<'_>], lexicon: &Lexicon, rules: &Rules, meanings: &NameMap<Meaning>) -> Self {
        let (mut places, mut others) = (BTreeMap::<&str, Named>::new(), BTreeSet::<&str>::new());
        for find in pages.iter().flat_map(|page| &page.finds) {
            let What::Name(name) = find.what else { continue };
            let Some(Meaning::One(entity, _)) = meanings.get(&name) else { continue };
            let Some(country) = lexicon.country(*entity) else { continue };
            if lexicon.kind(*entity) != EntityType::Place || is_seat_of_the_world(lexicon, *entity) {
                others.insert(country);
            } else {
                let named = places.entry(country).or_default();
                named.all += 1;
                named.within += u32::from(!lexicon.flags(*entity).has(Flags::COUNTRY.with(Flags::REGION)));
            }
        }
        let home = rules.home.as_deref();
        let at_home = |country: &&str| home == Some(*country);
        let is_named = !places.is_empty() || !others.is_empty();
        let ministries = home.filter(|_| is_named && places.keys().chain(&others).all(at_home));
        let institutions = if places.is_empty() {
            home.filter(|_| others.iter().all(at_home))
        } else {
            let tells = |country: &str, named: Named| match home {
                Some(home) => country == home || named.within > 0 && !others.contains(home),
                None => named.within > 0 || named.all >= BARE_MIN,
            };
            leading(&places).filter(|(country, named)| tells(country, *named)).map(|(country, _)| country)
        };
        let state = |country: Option<&str>| country.and_then(|country| lexicon.state(country));
        Self { of_ministries: state(ministries), of_institutions: state(institutions) }
    }

    /// The country of a ministry or institution.
    pub(super) fn of_body(self, portfolios: Portfolios) -> Option<u32> {
        if portfolios.is_institution() { self.of_institutions } else { self.of_ministries }
    }
}

/// The country that is named so much more often than any other.
fn leading<'a>(places: &BTreeMap<&'a str, Named>) -> Option<(&'a str, Named)> {
    let (country, most) = places.iter().max_by_key(|(country, named)| (named.all, std::cmp::Reverse(**country)))?;
    let next = places.iter().filter(|(other, _)| *other != country).map(|(_, named)| named.all).max();
    (most.all >= next.unwrap_or(0) * TIMES).then_some((*country, *most))
}

fn is_seat_of_the_world(lexicon: &Lexicon, entity: u32) -> bool {
    lexicon.flags(entity).has(Flags::CITY.with(Flags::CAPITAL)) && {
        let entry = lexicon.entry(entity);
        let is_seat = |id: &String| SEATS_OF_THE_WORLD.contains(&id.as_str());
        is_seat(&entry.id) || entry.same_as.iter().any(is_seat)
    }
}
