//! What the model sees joins what rules and lexicon know: one find a place.

use std::collections::HashMap;

use super::model::{Class, Sighting};
use super::page::{Find, Ground, Page, What};
use super::rules::{Rules, Title};
use super::run::Sign;
use crate::event::EntityType;
use crate::lexicon::token::{self, Shape};
use crate::lexicon::{Flags, Hit, NamePart, NameParts};

/// A name that is less likely than this is no name: fewer names, and more of them right.
const LIKELIHOOD_MIN: f32 = 0.45;

/// How likely a name must be that the model makes of a name of the lexicon and words around it; where the lexicon's is
/// a person's, around whom stands a title that no rule knows; and where both are places, whose words around are seldom
/// part of them.
const LONGER_MIN: f32 = 0.5;
const LONGER_PERSON_MIN: f32 = 0.8;
const LONGER_PLACE_MIN: f32 = 0.95;

/// How likely a thing of no type told here must be to hold a person's full name, or several names: of a language without
/// a corpus the model takes names and what is between them for one such thing.
const LONGER_OTHER_MIN: f32 = 0.9;

/// How likely a name must be that the lexicon has as a thing of another type: a person's, and another's.
const OTHER_PERSON_MIN: f32 = 0.6;
const OTHER_TYPE_MIN: f32 = 0.9;

/// How likely a name must be whose edges are to be believed rather than those that a rule found.
const EDGES_MIN: f32 = 0.9;

/// The same words are of the same class throughout an article: the one that the model is surest of, all in all.
pub(super) fn agree(pages: &[Page<'_>], sightings: &mut [Vec<Sighting>]) {
    let mut votes: HashMap<&str, [f32; 4]> = HashMap::new();
    let text = |page: usize, sighting: &Sighting| &pages[page].text[sighting.start..sighting.end];
    for (page, seen) in sightings.iter().enumerate() {
        for sighting in seen {
            votes.entry(text(page, sighting)).or_default()[sighting.class as usize] += sighting.likelihood;
        }
    }
    for (page, seen) in sightings.iter_mut().enumerate() {
        for sighting in seen {
            let votes = &votes[text(page, sighting)];
            let most = Class::ALL.into_iter().max_by(|a, b| votes[*a as usize].total_cmp(&votes[*b as usize]));
            sighting.class = most.unwrap_or(sighting.class);
        }
    }
}

/// How many of the names that the model takes for so likely are right: measured on sentences of 31
/// languages, edges and types and all. It is surer than it should be.
const RIGHT: [(f32, f32); 11] = [
    (0.45, 0.36),
    (0.60, 0.40),
    (0.70, 0.47),
    (0.80, 0.56),
    (0.90, 0.65),
    (0.95, 0.75),
    (0.98, 0.82),
    (0.99, 0.86),
    (0.995, 0.88),
    (0.999, 0.91),
    (1.0, 0.97),
];

/// How sure a name is that the model takes for so likely: between two rows of the table by their distance.
pub(super) fn confidence(likelihood: f32) -> f64 {
    let between = |pair: &[(f32, f32)]| {
        let [(low, right), (high, more)] = [pair[0], pair[1]];
        (likelihood <= high).then(|| right + (more - right) * ((likelihood - low) / (high - low)).max(0.0))
    };
    f64::from(RIGHT.windows(2).find_map(between).unwrap_or(RIGHT[RIGHT.len() - 1].1))
}

impl Page<'_> {
    /// Takes the names that the model sees where no rule has claimed a word: what the lexicon has under just these
    /// words if it may be meant, else an unknown name. Where a rule has, the model may only tell where its find ends.
    pub(super) fn claim_seen(&mut self, sightings: &[Sighting], rules: &Rules, parts: &NameParts) {
        self.finds.sort_unstable_by_key(|find| find.start);
        let (mut ruled, mut number, mut seen) = (0, 0, Vec::new());
        for sighting in sightings.iter().filter(|sighting| sighting.likelihood >= LIKELIHOOD_MIN) {
            while self.finds.get(ruled).is_some_and(|find| find.end <= sighting.start) {
                ruled += 1;
            }
            if self.finds.get(ruled).is_some_and(|find| find.start < sighting.end) {
                self.mend(ruled, sighting);
                continue;
            }
            while self.hits.get(number).is_some_and(|hit| (hit.end as usize) <= sighting.start) {
                number += 1;
            }
            if !self.is_known_better(sighting, number, parts) && !self.is_no_name(sighting, rules) {
                seen.push(self.find_of(sighting, number));
            }
        }
        self.add(seen);
    }

    /// Gives a find of a rule the edges that the model is sure of.
    fn mend(&mut self, ruled: usize, sighting: &Sighting) {
        let find = self.finds[ruled];
        let same =
            matches!((find.what, sighting.class), (What::Person(_), Class::Person) | (What::Place, Class::Place));
        let alone = self.finds.get(ruled + 1).is_none_or(|next| next.start >= sighting.end)
            && ruled.checked_sub(1).is_none_or(|before| self.finds[before].end <= sighting.start);
        if !same || !alone || sighting.likelihood < EDGES_MIN || !self.is_whole(sighting) {
            return;
        }
        self.move_edges(ruled, sighting.first, sighting.after);
    }

    /// Whether a sighting begins and ends where words do.
    pub(super) fn is_whole(&self, sighting: &Sighting) -> bool {
        let Sighting { first, after, start, end, .. } = *sighting;
        first < after && self.tokens[first].start as usize == start && self.tokens[after - 1].end as usize == end
    }

    /// The lexicon's names that overlap a sighting, from the hit `number` on.
    fn hits_in(&self, sighting: &Sighting, number: usize) -> impl Iterator<Item = &Hit> {
        self.hits[number..].iter().take_while(|hit| (hit.start as usize) < sighting.end)
    }

    /// Whether a name of the lexicon is to be believed rather, one that is no everyday word: one of several words, or
    /// a place's that the model makes a longer one of.
    fn is_known_better(&self, sighting: &Sighting, number: usize, parts: &NameParts) -> bool {
        // Two known places, one behind the other, are two: 'Russia and China vetoed', in a script without capitals.
        let within = |hit: &&Hit| sighting.start <= hit.start as usize && hit.end as usize <= sighting.end;
        let known = || self.hits_in(sighting, number).filter(within);
        if sighting.class == Class::Place && known().filter(|hit| self.is_firm_place(hit)).nth(1).is_some() {
            return true;
        }
        self.hits_in(sighting, number).any(|hit| {
            if self.readings(hit.name).all(|reading| reading.flags.has(Flags::WEAK)) {
                return false;
            }
            let (start, end) = (hit.start as usize, hit.end as usize);
            let longer = sighting.start <= start && end <= sighting.end && end - start < sighting.end - sighting.start;
            let place = self.readings(hit.name).all(|reading| self.lexicon.kind(reading.entity) == EntityType::Place);
            let same = start == sighting.start && end == sighting.end;
            let fits = same && self.readings(hit.name).any(|r| sighting.class.may_be(self.lexicon.kind(r.entity)));
            match (longer, sighting.class) {
                (false, _) if fits => false,
                // 'Ireland', 'Firenze': words that persons are called by.
                (false, Class::Person) if same && self.is_persons(hit, parts) => false,
                (false, Class::Person) if same => sighting.likelihood < OTHER_PERSON_MIN,
                (false, Class::Organisation | Class::Place) if same => sighting.likelihood < OTHER_TYPE_MIN,
                (true, Class::Place) if place => sighting.likelihood < LONGER_PLACE_MIN,
                // 'Τουρκίας μίλησε': what goes on in small letters is no name of its own.
                (true, Class::Other) if start == sighting.start && self.is_small_behind(hit, sighting) => true,
                (true, class) => {
                    let person = self.readings(hit.name).all(|r| self.lexicon.kind(r.entity) == EntityType::Person);
                    let several = hit.after - hit.first > 1;
                    let least = match class {
                        Class::Other if several && person || known().nth(1).is_some() => LONGER_OTHER_MIN,
                        _ if several && person => LONGER_PERSON_MIN,
                        _ if several => LONGER_MIN,
                        _ => 0.0,
                    };
                    sighting.likelihood < least
                }
                (false, Class::Other) => true,
                (false, Class::Person | Class::Organisation | Class::Place) => hit.after - hit.first > 1,
            }
        })
    }

    /// Whether a name is that of places alone, and no everyday word.
    fn is_firm_place(&self, hit: &Hit) -> bool {
        self.readings(hit.name).all(|r| self.lexicon.kind(r.entity) == EntityType::Place && !r.flags.has(Flags::WEAK))
    }

    /// Whether what a sighting has behind a name is in small letters throughout.
    fn is_small_behind(&self, hit: &Hit, sighting: &Sighting) -> bool {
        self.tokens[hit.after as usize..sighting.after].iter().all(|token| token.shape == Shape::Lower)
    }

    /// Whether a name of one word is a given or family name too.
    fn is_persons(&self, hit: &Hit, parts: &NameParts) -> bool {
        let key = token::read(&self.text[hit.start as usize..hit.end as usize]).0;
        matches!(parts.class(key), Some(NamePart::Given | NamePart::Family | NamePart::Both))
    }

    /// Whether the rules know all words of a sighting as something else: 'ministra da Saúde', 'Theo ông Nga', 'Waziri'.
    fn is_no_name(&self, sighting: &Sighting, rules: &Rules) -> bool {
        let tokens = &self.tokens;
        let text = &self.text[sighting.start..sighting.end];
        let is_other = |sign| matches!(sign, Sign::Everyday | Sign::Behind(Title::Office));
        if rules.runs.at(text).any(|(len, sign)| is_other(sign) && len == text.len()) {
            return true;
        }
        let plain = [&rules.not_names, &rules.ministry_heads, &rules.demonyms];
        let (mut at, mut told) = (sighting.first, false);
        while at < sighting.after {
            let phrase = plain.iter().find_map(|phrases| phrases.at(tokens, at)).map(|(after, ())| after);
            let field = || rules.fields.at(tokens, at).map(|(after, _)| after);
            let titles = [&rules.titles, &rules.titles_after];
            let title = || titles.iter().find_map(|titles| titles.at(tokens, at)).map(|(after, _)| after);
            match phrase.or_else(field).or_else(title) {
                Some(after) => (at, told) = (after, true),
                None if tokens[at].shape == Shape::Number => at += 1,
                None => return false,
            }
        }
        told
    }

    /// The find that a sighting is; `number` is the first hit that may overlap it.
    fn find_of(&self, sighting: &Sighting, number: usize) -> Find {
        let Sighting { start, end, first, after, class, likelihood } = *sighting;
        let known = self
            .hits_in(sighting, number)
            .find(|hit| hit.start as usize == start && hit.end as usize == end)
            .filter(|hit| self.readings(hit.name).any(|reading| class.may_be(self.lexicon.kind(reading.entity))));
        let what = match (known, class) {
            (Some(hit), _) => What::Name(hit.name),
            (None, Class::Person) => What::Person(Ground::Seen),
            (None, Class::Organisation | Class::Place | Class::Other) => What::Seen(class),
        };
        Find { first, after, start, end, what, backed: true, seen: Some((class, likelihood)) }
    }
}
