//! Which names of the lexicon are to be believed, and which of their meanings.

use std::collections::HashMap;

use super::beside::{has_article, has_head, has_state, is_city, is_state};
use super::doubt::Doubt;
use super::page::{Find, Page, What};
use super::rules::Rules;
use crate::event::EntityType;
use crate::lexicon::token::{self, Gap, Shape};
use crate::lexicon::{Flags, Hit, Lexicon, NameId, NameMap, NameParts, Reading};

/// What a name means in this article.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// One entity, with how sure that is.
    One(u32, f64),
    /// One of these, the likeliest first.
    AnyOf(Vec<u32>),
}

/// How much likelier one meaning must be than the next to be the one.
const MARGIN: f64 = 0.1;

/// What a country that the article names adds to meanings that lie in it.
const COUNTRY_BONUS: f64 = 0.15;

/// How sure a name of the lexicon is whose prior is 0.
const CONFIDENCE_MIN: f64 = 0.65;

/// What a name of another language, a common word and a homograph cost in confidence.
const FOREIGN_PENALTY: f64 = 0.15;
const WEAK_PENALTY: f64 = 0.1;
const HOMOGRAPH_PENALTY: f64 = 0.1;

/// A weak name must stand within sentences this often, if nothing else speaks for it.
const WEAK_MENTIONS_MIN: usize = 2;

/// How far a hit of the lexicon goes, model numbers and all; `None` where it is part of an unknown name.
pub(super) fn extent(page: &Page<'_>, rules: &Rules, lexicon: &Lexicon, hit: &Hit) -> Option<usize> {
    let (first, after) = (hit.first as usize, hit.after as usize);
    if page.readings(hit.name).any(|reading| reading.flags.has(Flags::MODEL)) {
        return Some(model_end(page, after));
    }
    if !page.readings(hit.name).all(|reading| lexicon.kind(reading.entity) == EntityType::Place) {
        return Some(after);
    }
    let towns = are_towns(page, lexicon, hit.name);
    // 'Jordan Peterson': a country that is a first name too.
    let weak = page.readings(hit.name).all(|reading| reading.flags.has(Flags::WEAK));
    // 'Mỹ phẩm', 'Pháp luật': a word that begins with a country's syllable.
    let word = page.tokens.get(after).is_some_and(|next| next.shape == Shape::Lower)
        && rules.everyday.at(&page.tokens, first).is_some_and(|(end, ())| end > after);
    let joined = rules.place_joins_names
        && ((towns && joins_before(page, rules, first)) || ((towns || weak) && joins_after(page, rules, after)));
    let part = page.is_head(after, rules) || has_name_head(page, rules, first) || joins_syllables(page, rules, hit);
    (!word && !joined && !part).then_some(after)
}

fn are_towns(page: &Page<'_>, lexicon: &Lexicon, name: NameId) -> bool {
    page.readings(name).all(|reading| {
        lexicon.kind(reading.entity) == EntityType::Place
            && !lexicon.flags(reading.entity).has(Flags::COUNTRY.with(Flags::TERRITORY).with(Flags::REGION))
    })
}

fn is_town(page: &Page<'_>, lexicon: &Lexicon, find: &Find) -> bool {
    matches!(find.what, What::Name(name) if are_towns(page, lexicon, name))
}

/// 'Western Australia': a capitalised word before the name that makes another of it.
fn has_name_head(page: &Page<'_>, rules: &Rules, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let token = &page.tokens[before];
    page.tokens[first].gap == Gap::Space
        && token.is_capital()
        && !token.is_first()
        && rules.name_heads.has(&page.tokens, before)
}

/// 'Mỹ Đình', 'Pháp Luật': one syllable is no country where a capitalised word of the language goes on from it.
fn joins_syllables(page: &Page<'_>, rules: &Rules, hit: &Hit) -> bool {
    let after = hit.after as usize;
    rules.syllables_join
        && hit.after - hit.first == 1
        && page.tokens.get(after).is_some_and(|next| {
            next.gap == Gap::Space && next.shape == Shape::Capital && !next.text(page.text).is_ascii()
        })
        && is_loose_capital(page, rules, after)
        && !rules.titles.has(&page.tokens, after)
}

/// The word after a model's number and letters: 'Quest 3S', 'Rift S', 'Galaxy S24 Ultra'.
fn model_end(page: &Page<'_>, mut after: usize) -> usize {
    const WORDS_MAX: usize = 3;
    for _ in 0..WORDS_MAX {
        let Some(token) = page.tokens.get(after) else { break };
        let has_digit = token.text(page.text).bytes().any(|byte| byte.is_ascii_digit());
        let is_model = token.shape == Shape::Number && token.chars <= 4
            || token.is_capital()
                && (has_digit
                    || token.chars == 1
                    || matches!(token.text(page.text), "Pro" | "Max" | "Ultra" | "Plus" | "Mini"));
        // The 'U' of 'Quest 3S U.S.' starts another name.
        if !is_model || !matches!(token.gap, Gap::Space | Gap::Hyphen) || page.hit_over(after).is_some() {
            break;
        }
        after += 1;
    }
    after
}

fn joins_before(page: &Page<'_>, rules: &Rules, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    let token = &page.tokens[before];
    page.tokens[first].gap == Gap::Space
        && is_loose_capital(page, rules, before)
        // A sentence's first word has its capital anyway.
        && !token.is_first()
}

fn joins_after(page: &Page<'_>, rules: &Rules, after: usize) -> bool {
    page.tokens.get(after).is_some_and(|next| next.gap == Gap::Space)
        && is_loose_capital(page, rules, after)
        && !rules.titles.has(&page.tokens, after)
}

/// A capitalised word that nothing explains.
fn is_loose_capital(page: &Page<'_>, rules: &Rules, at: usize) -> bool {
    page.tokens[at].is_capital()
        && page.taken(at).is_none()
        && page.hit_over(at).is_none()
        && !rules.not_names.has(&page.tokens, at)
}

/// The meanings of every name that is found, but for names without evidence.
pub(super) fn weigh(pages: &[Page<'_>], rules: &Rules, lexicon: &Lexicon, parts: &NameParts) -> NameMap<Meaning> {
    let mut places: NameMap<Vec<(usize, &Find)>> = NameMap::default();
    for (number, page) in pages.iter().enumerate() {
        for find in &page.finds {
            if let What::Name(name) = find.what {
                places.entry(name).or_default().push((number, find));
            }
        }
    }
    let firm = firm_entities(pages, &places);
    let mut countries: HashMap<&str, Vec<u32>> = HashMap::new();
    for (country, entity) in firm.iter().filter_map(|&entity| Some((lexicon.country(entity)?, entity))) {
        countries.entry(country).or_default().push(entity);
    }
    let doubt = Doubt { pages, rules, lexicon, parts };
    let meanings = places.iter().filter_map(|(&name, finds)| {
        let mut readings: Vec<Reading> = pages[0].readings(name).collect();
        if readings.iter().all(|reading| reading.flags.has(Flags::WEAK)) {
            let confirmed = readings.iter().any(|reading| firm.binary_search(&reading.entity).is_ok());
            if !confirmed
                && !is_triggered(pages, lexicon, &readings, finds)
                && !has_evidence(pages, rules, lexicon, finds)
            {
                return None;
            }
        }
        let score = |reading: &Reading| reading.prior + country_bonus(lexicon.country(reading.entity), &countries);
        // What the model takes it for here, if it may be that.
        let seen: Vec<_> = finds.iter().filter_map(|(_, find)| find.seen.map(|(class, _)| class)).collect();
        let is_seen = |reading: &Reading| seen.iter().any(|class| class.may_be(lexicon.kind(reading.entity)));
        if readings.iter().any(is_seen) {
            readings.retain(is_seen);
        }
        readings.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.entity.cmp(&b.entity)));
        readings.dedup_by_key(|reading| reading.entity);
        let is_division = |reading: &Reading| lexicon.flags(reading.entity).has(Flags::DIVISION);
        if readings.iter().any(is_division) && finds.iter().any(|(page, find)| is_state(&pages[*page], rules, find)) {
            readings.retain(is_division);
            return Some((name, choose(&readings, lexicon, score)));
        }
        if readings.iter().all(|reading| is_city(lexicon, reading))
            && finds.iter().any(|(page, find)| has_article(&pages[*page], rules, find))
        {
            return Some((name, any_of(&readings)));
        }
        let is_near = |reading: &Reading| {
            let there = lexicon.country(reading.entity).and_then(|country| countries.get(country));
            // Of more entities than the name has meanings one is another.
            let mut some = there.into_iter().flatten().take(readings.len() + 1);
            some.any(|entity| readings.iter().all(|own| own.entity != *entity))
        };
        if doubt.is_in_doubt(&readings, finds, readings.iter().any(is_near)) {
            // An everyday word that neither rules nor model take for a name is none.
            let is_word = readings.iter().all(|reading| reading.flags.has(Flags::WEAK));
            let backed = finds.iter().any(|(_, find)| find.backed);
            return (backed || !is_word).then(|| (name, any_of(&readings)));
        }
        // 'Paris, Texas' is another Paris than the lexicon's.
        let near = |reading: &Reading| matches!(lexicon.country(reading.entity), Some("US" | "CA"));
        if !readings.iter().any(near) && finds.iter().any(|(page, find)| has_state(&pages[*page], rules, find)) {
            return Some((name, any_of(&readings)));
        }
        Some((name, choose(&readings, lexicon, score)))
    });
    meanings.collect()
}

/// Entities that a name means which is neither weak nor a homograph.
fn firm_entities(pages: &[Page<'_>], places: &NameMap<Vec<(usize, &Find)>>) -> Vec<u32> {
    let one = |&name: &NameId| {
        let mut readings = pages[0].readings(name).filter(|reading| !reading.flags.has(Flags::WEAK));
        readings.next().filter(|_| readings.next().is_none()).map(|reading| reading.entity)
    };
    let mut entities: Vec<u32> = places.keys().filter_map(one).collect();
    entities.sort_unstable();
    entities.dedup();
    entities
}

fn country_bonus(country: Option<&str>, countries: &HashMap<&str, Vec<u32>>) -> f64 {
    let is_near = country.is_some_and(|country| countries.contains_key(country));
    if is_near { COUNTRY_BONUS } else { 0.0 }
}

fn choose(readings: &[Reading], lexicon: &Lexicon, score: impl Fn(&Reading) -> f64) -> Meaning {
    let best = &readings[0];
    let mut confidence = CONFIDENCE_MIN + (1.0 - CONFIDENCE_MIN) * best.prior;
    confidence -= if best.own { 0.0 } else { FOREIGN_PENALTY };
    confidence -= if best.flags.has(Flags::WEAK) { WEAK_PENALTY } else { 0.0 };
    let Some(next) = readings.get(1) else { return Meaning::One(best.entity, confidence) };
    let is = |reading: &Reading, flags| lexicon.flags(reading.entity).has(flags);
    // A country that shares its name with a city, most often its own capital, is meant by the bare name; not so one that
    // shares it with a state as often named, as Georgia does.
    let rivals = |other: &Reading| {
        is(other, Flags::COUNTRY) || is(other, Flags::DIVISION) && score(best) - score(other) < MARGIN
    };
    let country = is(best, Flags::COUNTRY) && !readings[1..].iter().any(rivals);
    if score(best) - score(next) >= MARGIN || country {
        return Meaning::One(best.entity, confidence - HOMOGRAPH_PENALTY);
    }
    any_of(readings)
}

fn any_of(readings: &[Reading]) -> Meaning {
    Meaning::AnyOf(readings.iter().map(|reading| reading.entity).collect())
}

/// Whether a word that the lexicon gives for it stands right before or after a weak name.
pub(super) fn is_triggered(
    pages: &[Page<'_>],
    lexicon: &Lexicon,
    readings: &[Reading],
    finds: &[(usize, &Find)],
) -> bool {
    let triggers = readings.iter().flat_map(|reading| lexicon.triggers(reading.entity));
    let keys: Vec<u64> = triggers.map(|trigger| token::read(trigger).0).collect();
    let stands = |page: &Page<'_>, at: usize| page.tokens.get(at).is_some_and(|token| keys.contains(&token.key));
    !keys.is_empty()
        && finds.iter().any(|(page, find)| {
            let page = &pages[*page];
            find.first.checked_sub(1).is_some_and(|before| stands(page, before)) || stands(page, find.after)
        })
}

/// Whether the article shows that a weak name is a name.
fn has_evidence(pages: &[Page<'_>], rules: &Rules, lexicon: &Lexicon, finds: &[(usize, &Find)]) -> bool {
    let is_told = |page: usize, find: &Find| {
        let token = &pages[page].tokens[find.first];
        // Without capitals, a city's name that is an everyday word is told by nothing but a word beside it.
        !token.is_first() && (token.is_capital() || !is_town(&pages[page], lexicon, find))
    };
    let within = finds.iter().filter(|(page, find)| is_told(*page, find)).count();
    let headed = finds.iter().any(|(page, find)| find.backed || has_head(&pages[*page], rules, find));
    let (page, find) = finds[0];
    let small = if find.after - find.first == 1 { small_forms(pages, pages[page].tokens[find.first].key) } else { 0 };
    // A slug or a quotation in small letters does not undo many mentions.
    (headed || within >= WEAK_MENTIONS_MIN) && small * 4 <= finds.len()
}

fn small_forms(pages: &[Page<'_>], key: u64) -> usize {
    let is_small = |token: &&crate::lexicon::token::Token| token.key == key && token.shape == Shape::Lower;
    pages.iter().map(|page| page.tokens.iter().filter(is_small).count()).sum()
}
