//! Finds become entities: one for each thing, with its mentions, count and salience.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::evidence::Meaning;
use super::model::Class;
use super::namesakes::Namesakes;
use super::page::{Body, Find, Ground, Page, What};
use super::portfolio::Portfolios;
use super::rules::Rules;
use super::seat::Seat;
use super::seen;
use crate::event::{Entity, EntityBasis, EntityType, Field, Mention, Score};
use crate::lexicon::{Lexicon, NameMap};

/// What makes two finds the same entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    Known(u32),
    AnyOf(Vec<u32>),
    Person(usize),
    Body(String, Option<u32>),
    Ministry(Portfolios, Option<u32>),
    Place(String),
    Seen(Class, String),
}

/// How sure a name is that could mean several things.
const HOMOGRAPH_CONFIDENCE: f64 = 0.4;

/// How sure a titled person or a ministry is.
const RULE_CONFIDENCE: f64 = 0.9;

/// How sure a place is that only the word for its type tells.
const PLACE_CONFIDENCE: f64 = 0.75;

/// The entities of an article: the most salient first, then by the first mention.
pub(super) fn entities(
    pages: &[Page<'_>],
    lexicon: &Lexicon,
    rules: &Rules,
    persons: &Namesakes,
    meanings: &NameMap<Meaning>,
) -> Vec<Entity> {
    let seat = OnceCell::new();
    let merger = Merger { pages, lexicon, rules, persons, meanings, body_countries: body_countries(pages), seat };
    let mut numbers: HashMap<Identity, usize> = HashMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    let finds = pages.iter().flat_map(|page| {
        let mut place = (0, 0);
        page.finds.iter().map(move |find| (page, find, start(page, find, &mut place)))
    });
    for (page, find, start) in finds {
        let Some(identity) = merger.identity(page, find) else { continue };
        let mention = mention(page, find, start);
        let number = *numbers.entry(identity).or_insert_with_key(|identity| {
            entities.push(merger.entity(identity, find, &mention));
            entities.len() - 1
        });
        let entity = &mut entities[number];
        if entity.id.is_none() && entity.candidates.is_empty() && mention.text.len() > entity.name.len() {
            entity.name.clone_from(&mention.text);
        }
        entity.mentions.push(mention);
    }
    for entity in &mut entities {
        entity.count = u32::try_from(entity.mentions.len()).unwrap_or(u32::MAX);
        entity.salience = salience(&entity.mentions, pages);
    }
    // The sort is stable, and entities stand by their first mention.
    entities.sort_by(|a, b| b.salience.get().total_cmp(&a.salience.get()));
    entities
}

/// The code point that a find starts at. `place` is a byte of the text and its code point, at or before the find: a
/// name may start within its word, and a word of an unspaced script may be the whole text, so counting goes on from
/// the find before and not from the word's start.
fn start(page: &Page<'_>, find: &Find, place: &mut (usize, u32)) -> u32 {
    // A name may start with a mark that stands before its first word.
    let near =
        (0..=find.first).rev().take(2).map(|at| &page.tokens[at]).find(|token| token.start as usize <= find.start);
    let (byte, at) = near.map_or(*place, |token| (*place).max((token.start as usize, token.at)));
    let before = page.text[byte..find.start].chars().count();
    *place = (find.start, at + u32::try_from(before).unwrap_or(u32::MAX));
    place.1
}

fn mention(page: &Page<'_>, find: &Find, start: u32) -> Mention {
    let text = &page.text[find.start..find.end];
    let chars = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    Mention { r#in: page.field, start, end: start + chars, text: text.to_owned() }
}

/// How much of the article is about what these mentions name: how often (a mention more counts less and less), whether
/// the title has it, and how early it comes. The weights are the project's own.
fn salience(mentions: &[Mention], pages: &[Page<'_>]) -> Score {
    const OFTEN: f64 = 0.5;
    const TITLE: f64 = 0.3;
    const EARLY: f64 = 0.2;
    let count = i32::try_from(mentions.len()).unwrap_or(i32::MAX);
    let often = 1.0 - 0.75_f64.powi(count);
    let in_title = mentions.iter().any(|mention| mention.r#in == Field::Title);
    let body_chars = pages.iter().filter(|page| page.field == Field::Body).filter_map(|page| page.tokens.last());
    let chars = body_chars.map(|last| f64::from(last.at + last.chars)).next().unwrap_or(1.0);
    let first = mentions.first().map_or(0.0, |mention| f64::from(mention.start));
    let early = if in_title { 1.0 } else { 1.0 - (first / chars).min(1.0) };
    Score::new(OFTEN * often + if in_title { TITLE } else { 0.0 } + EARLY * early)
}

struct Merger<'a> {
    pages: &'a [Page<'a>],
    lexicon: &'a Lexicon,
    rules: &'a Rules,
    persons: &'a Namesakes,
    meanings: &'a NameMap<Meaning>,
    body_countries: HashMap<BodyName, Option<u32>>,
    /// The country of bodies that the text gives none, told when it is first asked for.
    seat: OnceCell<Seat>,
}

impl Merger<'_> {
    fn identity(&self, page: &Page<'_>, find: &Find) -> Option<Identity> {
        let text = || page.text[find.start..find.end].to_lowercase();
        match find.what {
            What::Name(name) => match (self.meanings.get(&name), find.seen) {
                (Some(Meaning::One(entity, _)), _) => Some(Identity::Known(*entity)),
                (Some(Meaning::AnyOf(entities)), _) => Some(Identity::AnyOf(entities.clone())),
                (None, Some((class, _))) => self.unknown(class, text()),
                (None, None) => None,
            },
            What::Person(_) => {
                let person = self.persons.person(page, find)?;
                Some(self.persons.known(person).map_or(Identity::Person(person), Identity::Known))
            }
            What::Body(body) => {
                let name = BodyName::of(page, find, body);
                let told = self.body_countries.get(&name).copied();
                let country = body.country.or_else(|| told.flatten());
                Some(match name {
                    BodyName::Text(text) => Identity::Body(text, country),
                    BodyName::Ministry(portfolios) => {
                        let seat = || self.seat().of_body(portfolios).filter(|_| told.is_none());
                        self.ministry(portfolios, country.or_else(seat))
                    }
                })
            }
            What::Place => Some(Identity::Place(text())),
            What::Seen(class) => self.unknown(class, text()),
        }
    }

    /// The ministry or institution of a country, which the lexicon may know.
    fn ministry(&self, portfolios: Portfolios, country: Option<u32>) -> Identity {
        let code = country.and_then(|country| self.lexicon.country(country));
        let known = code.and_then(|code| self.lexicon.body(&portfolios.id(code)));
        let country = country.filter(|_| !code.is_some_and(|code| portfolios.is_lacking(code)));
        known.map_or(Identity::Ministry(portfolios, country), Identity::Known)
    }

    fn seat(&self) -> &Seat {
        self.seat.get_or_init(|| Seat::of(self.pages, self.lexicon, self.rules, self.meanings))
    }

    /// What only the model tells, if it tells of which type.
    fn unknown(&self, class: Class, text: String) -> Option<Identity> {
        class.kind().map(|_| Identity::Seen(class, text))
    }

    fn entity(&self, identity: &Identity, find: &Find, mention: &Mention) -> Entity {
        let unknown = |kind, confidence, country: Option<u32>| Entity {
            id: None,
            same_as: Vec::new(),
            r#type: kind,
            name: mention.text.clone(),
            confidence: Score::new(confidence),
            candidates: Vec::new(),
            country: country.and_then(|country| self.lexicon.country(country)).map(str::to_owned),
            geo: None,
            count: 0,
            salience: Score::new(0.0),
            basis: EntityBasis::Rule,
            mentions: Vec::new(),
        };
        match identity {
            Identity::Known(entity) => self.known(*entity, self.confidence(find), mention),
            Identity::AnyOf(entities) => {
                let likeliest = self.lexicon.kind(entities[0]);
                let candidates = entities.iter().map(|&entity| self.lexicon.entry(entity).id).collect();
                let basis = EntityBasis::Lexicon;
                Entity { candidates, basis, ..unknown(likeliest, HOMOGRAPH_CONFIDENCE, None) }
            }
            Identity::Person(person) => {
                let seen = find.seen.filter(|_| self.persons.ground(*person) <= Ground::Seen);
                let person = unknown(EntityType::Person, self.person_confidence(*person), None);
                match seen {
                    Some((_, likelihood)) => Entity {
                        basis: EntityBasis::Model,
                        confidence: Score::new(seen::confidence(likelihood)),
                        ..person
                    },
                    None => person,
                }
            }
            Identity::Body(_, country) => unknown(EntityType::Organisation, RULE_CONFIDENCE, *country),
            Identity::Ministry(portfolios, country) => {
                let ministry = unknown(EntityType::Organisation, RULE_CONFIDENCE, *country);
                let known = country.zip(ministry.country.as_deref());
                match known.map(|(entity, code)| (self.lexicon.entry(entity).name, portfolios.id(code))) {
                    Some((country, id)) => {
                        Entity { id: Some(id), name: format!("{} ({country})", portfolios.title()), ..ministry }
                    }
                    None => ministry,
                }
            }
            Identity::Place(_) => unknown(EntityType::Place, PLACE_CONFIDENCE, None),
            Identity::Seen(class, _) => {
                let kind = class.kind().unwrap_or(EntityType::Object);
                let confidence = find.seen.map_or(PLACE_CONFIDENCE, |(_, likelihood)| seen::confidence(likelihood));
                Entity { basis: EntityBasis::Model, ..unknown(kind, confidence, None) }
            }
        }
    }

    fn known(&self, entity: u32, confidence: f64, mention: &Mention) -> Entity {
        let entry = self.lexicon.entry(entity);
        Entity {
            id: Some(entry.id),
            same_as: entry.same_as,
            r#type: entry.kind,
            name: if entry.name.is_empty() { mention.text.clone() } else { entry.name },
            confidence: Score::new(confidence),
            candidates: Vec::new(),
            country: entry.country,
            geo: entry.geo.filter(|_| entry.kind == EntityType::Place),
            count: 0,
            salience: Score::new(0.0),
            basis: EntityBasis::Lexicon,
            mentions: Vec::new(),
        }
    }

    /// How sure it is that a find means its entity.
    fn confidence(&self, find: &Find) -> f64 {
        match find.what {
            What::Name(name) => match self.meanings.get(&name) {
                Some(Meaning::One(_, confidence)) => *confidence,
                Some(Meaning::AnyOf(_)) | None => HOMOGRAPH_CONFIDENCE,
            },
            What::Person(_) | What::Body(_) | What::Place | What::Seen(_) => RULE_CONFIDENCE,
        }
    }

    fn person_confidence(&self, person: usize) -> f64 {
        let by_ground: f64 = match self.persons.ground(person) {
            Ground::Title => RULE_CONFIDENCE,
            Ground::Apposition => 0.8,
            Ground::FamilyName => 0.7,
            Ground::Repeat | Ground::Seen => 0.6,
        };
        if self.persons.words(person) > 1 { by_ground } else { by_ground - 0.2 }
    }
}

/// What bodies have in common that are one: what a ministry is for, else the name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum BodyName {
    Text(String),
    Ministry(Portfolios),
}

impl BodyName {
    fn of(page: &Page<'_>, find: &Find, body: Body) -> Self {
        if body.portfolios.is_empty() {
            Self::Text(page.text[find.start..find.end].to_lowercase())
        } else {
            Self::Ministry(body.portfolios)
        }
    }
}

/// The one country that the article gives to the bodies of each name; `None` where it gives several.
fn body_countries(pages: &[Page<'_>]) -> HashMap<BodyName, Option<u32>> {
    let mut countries = HashMap::new();
    for (page, find) in pages.iter().flat_map(|page| page.finds.iter().map(move |find| (page, find))) {
        let What::Body(body @ Body { country: Some(country), .. }) = find.what else { continue };
        let known = countries.entry(BodyName::of(page, find, body)).or_insert(Some(country));
        *known = known.filter(|&known| known == country);
    }
    countries
}
