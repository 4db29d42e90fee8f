//! The persons of an article: one for all forms of a name, and found again where no title stands.

use std::collections::{HashMap, HashSet};

use super::page::{Find, Ground, Page, What};
use super::rules::Rules;
use crate::event::EntityType;
use crate::lexicon::token::{Gap, KeyMap, Token};
use crate::lexicon::{Flags, Hit, Lexicon, Reading};

/// The most names of persons that an article has; later ones are left out. Far more than any news names, and few enough
/// to hold each against each.
const NAMES_MAX: usize = 1_000;

/// The persons of an article.
#[derive(Debug, Default)]
pub(super) struct Namesakes {
    names: Vec<Name>,
    by_keys: HashMap<Vec<u64>, usize>,
}

#[derive(Debug)]
struct Name {
    /// The keys of its words.
    keys: Vec<u64>,
    /// The keys of its words that are not initials.
    words: Vec<u64>,
    /// Where in `keys` the last name starts, with its particles.
    last: usize,
    /// The entity, where the lexicon knows it.
    known: Option<u32>,
    /// The best reason to take it for a person.
    ground: Ground,
    /// The one longer name that it is short for.
    short_for: Option<usize>,
}

impl Namesakes {
    /// The persons that rules and lexicon find by their names.
    pub(super) fn of(pages: &[Page<'_>], rules: &Rules) -> Self {
        let mut persons = Self::default();
        for page in pages {
            for find in &page.finds {
                if let What::Person(ground) = find.what {
                    persons.add(&page.words(find), page.inflected_person(find, rules), ground);
                }
            }
            for hit in page.hits.iter().filter(|hit| page.is_person(hit)) {
                persons.add(&page.words_of_hit(hit), one_person(page, hit), Ground::Title);
            }
        }
        persons.shorten();
        persons
    }

    fn add(&mut self, tokens: &[Token], known: Option<u32>, ground: Ground) {
        let keys: Vec<u64> = tokens.iter().map(|token| token.key).collect();
        if self.names.len() == NAMES_MAX && !self.by_keys.contains_key(&keys) {
            return;
        }
        if keys.is_empty() {
            return;
        }
        let number = *self.by_keys.entry(keys).or_insert_with_key(|keys| {
            let words = tokens.iter().filter(|token| token.chars > 1).map(|token| token.key).collect();
            let particles = tokens.iter().rev().skip(1).take_while(|token| !token.is_capital()).count();
            let last = keys.len() - 1 - particles;
            self.names.push(Name { keys: keys.clone(), words, last, known, ground, short_for: None });
            self.names.len() - 1
        });
        let name = &mut self.names[number];
        name.known = name.known.or(known);
        name.ground = name.ground.max(ground);
    }

    /// Joins each short form with the one longer name that holds its words in a row.
    fn shorten(&mut self) {
        for number in 0..self.names.len() {
            let short = &self.names[number];
            let mut longer = (0..self.names.len()).filter(|&other| {
                let long = &self.names[other];
                long.keys.len() > short.keys.len() && holds(&long.words, &short.words)
            });
            // Of 'Minh Chính' and 'Phạm Minh Chính' the longest is the person; two that differ leave it open.
            let longest = longer.clone().max_by_key(|&other| (self.names[other].keys.len(), std::cmp::Reverse(other)));
            self.names[number].short_for = longest
                .filter(|&longest| longer.all(|other| holds(&self.names[longest].words, &self.names[other].words)));
        }
    }

    /// The number of the person that a find names; short forms have the number of the full name.
    pub(super) fn person(&self, page: &Page<'_>, find: &Find) -> Option<usize> {
        let keys: Vec<u64> = page.words(find).iter().map(|token| token.key).collect();
        let number = *self.by_keys.get(&keys)?;
        Some(self.names[number].short_for.unwrap_or(number))
    }

    /// The entity of a person that the lexicon knows.
    pub(super) fn known(&self, person: usize) -> Option<u32> {
        self.names[person].known
    }

    /// Why the name is taken for a person's.
    pub(super) fn ground(&self, person: usize) -> Ground {
        self.names[person].ground
    }

    /// How many words the name has, initials among them.
    pub(super) fn words(&self, person: usize) -> usize {
        self.names[person].keys.len()
    }

    /// Claims the persons' names where no rule found them, and their last names where the language uses those alone.
    pub(super) fn claim_repeats(&mut self, page: &mut Page<'_>, rules: &Rules, lexicon: &Lexicon) {
        if self.names.is_empty() {
            return;
        }
        let mut forms = Forms::default();
        for name in self.names.iter().filter(|name| name.words.len() > 1 || name.keys.len() > 1) {
            forms.add(&name.keys);
            let bare = &name.keys[name.last..];
            if rules.bare_family_name && name.words.len() > 1 && self.is_one_persons(bare) {
                forms.add(bare);
                forms.add(&bare[bare.len() - 1..]);
            }
        }
        for at in 0..page.tokens.len() {
            if page.taken(at).is_some() {
                continue;
            }
            let after = forms.at(&page.tokens, at).find_map(|keys| repeats(page, lexicon, at, keys));
            if let Some(after) = after.filter(|&after| page.claim(at, after, 0, What::Person(Ground::Repeat))) {
                self.add(&page.tokens[at..after], None, Ground::Repeat);
            }
        }
        self.shorten();
    }

    fn is_one_persons(&self, bare: &[u64]) -> bool {
        let mut persons =
            self.names.iter().enumerate().filter(|(_, name)| name.words.len() > 1 && holds(&name.words, bare));
        let first = persons.next().map(|(number, name)| name.short_for.unwrap_or(number));
        persons.all(|(number, name)| Some(name.short_for.unwrap_or(number)) == first)
    }
}

/// The forms of names, by the key of their first word.
#[derive(Debug, Default)]
struct Forms {
    all: HashSet<Vec<u64>>,
    /// How many words the forms have that start with a key, the most first.
    lens: KeyMap<Vec<usize>>,
}

impl Forms {
    fn add(&mut self, keys: &[u64]) {
        self.all.insert(keys.to_vec());
        let lens = self.lens.entry(keys[0]).or_default();
        if let Err(place) = lens.binary_search_by_key(&std::cmp::Reverse(keys.len()), |&len| std::cmp::Reverse(len)) {
            lens.insert(place, keys.len());
        }
    }

    /// The forms whose words stand at `at`, the longest first.
    fn at<'a>(&'a self, tokens: &'a [Token], at: usize) -> impl Iterator<Item = &'a [u64]> {
        self.lens.get(&tokens[at].key).into_iter().flatten().filter_map(move |&len| {
            let keys: Vec<u64> = tokens.get(at..at + len)?.iter().map(|token| token.key).collect();
            self.all.get(&keys).map(Vec::as_slice)
        })
    }
}

/// The one person that a name means, whatever else it may mean.
fn one_person(page: &Page<'_>, hit: &Hit) -> Option<u32> {
    let is_person = |reading: &Reading| page.lexicon.kind(reading.entity) == EntityType::Person;
    let mut persons = page.readings(hit.name).filter(is_person).map(|reading| reading.entity);
    let first = persons.next()?;
    persons.all(|other| other == first).then_some(first)
}

/// Whether `long` has the words of `short` in a row.
fn holds(long: &[u64], short: &[u64]) -> bool {
    !short.is_empty() && long.windows(short.len()).any(|words| words == short)
}

/// The word after a name that stands at `at` with no other name beside it.
fn repeats(page: &Page<'_>, lexicon: &Lexicon, at: usize, keys: &[u64]) -> Option<usize> {
    let after = at + keys.len();
    let tokens = page.tokens.get(at..after)?;
    let written = |(number, token): (usize, &Token)| {
        let gap = matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Dot | Gap::DotSpace);
        token.key == keys[number] && (number == 0 || gap)
    };
    let same = tokens.iter().enumerate().all(written) && tokens[tokens.len() - 1].is_capital();
    let longer = page.is_within_capitals(at)
        || page.tokens.get(after).is_some_and(|next| next.is_capital() && matches!(next.gap, Gap::Space | Gap::Hyphen));
    // One word that is a country's name too stays the country's.
    let country = keys.len() == 1
        && page.hit_at(at).is_some_and(|hit| {
            page.readings(hit.name).any(|reading| {
                lexicon.kind(reading.entity) == EntityType::Place && lexicon.flags(reading.entity).has(Flags::COUNTRY)
            })
        });
    (same && !(longer && keys.len() == 1) && !country && (0..keys.len()).all(|n| page.taken(at + n).is_none()))
        .then_some(after)
}
