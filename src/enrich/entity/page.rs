//! A field of the article as the rules read it: its words, the lexicon's names in it, and what has been found so far.

use super::model::Class;
use super::portfolio::Portfolios;
use super::rules::Rules;
use crate::event::{EntityType, Field};
use crate::lexicon::script::Spacing;
use crate::lexicon::token::{self, Gap, Token};
use crate::lexicon::{Flags, Hit, LanguageId, Lexicon, NameId, Reading};

/// Something named in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Find {
    /// Its first word.
    pub(super) first: usize,
    /// The word after its last.
    pub(super) after: usize,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// What it is taken for.
    pub(super) what: What,
    /// Whether a rule or the model claimed it, and not the lexicon alone.
    pub(super) backed: bool,
    /// What the model took it for, and how likely that is, where it is the model that saw it.
    pub(super) seen: Option<(Class, f32)>,
}

/// What a find is taken for, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A name of the lexicon.
    Name(NameId),
    /// A person, by a rule of this weight.
    Person(Ground),
    /// A ministry, embassy or other body.
    Body(Body),
    /// A place, by the word for its type.
    Place,
    /// A name that the model alone sees.
    Seen(Class),
}

/// A ministry, embassy or other body that is named by a pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// The entity number of its country where the text says it.
    pub(super) country: Option<u32>,
    /// What a ministry is for.
    pub(super) portfolios: Portfolios,
}

impl Body {
    /// A body of a country that is no ministry.
    pub(super) fn of(country: u32) -> Self {
        Self { country: Some(country), ..Self::default() }
    }
}

/// Why a name is taken for a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// It was found elsewhere in the article.
    Repeat,
    /// The model takes it for one.
    Seen,
    /// It starts with a family name.
    FamilyName,
    /// An office follows after a comma.
    Apposition,
    /// A title stands before it.
    Title,
}

/// A field, and what is found in it.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) field: Field,
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) hits: Vec<Hit>,
    pub(super) finds: Vec<Find>,
    /// For each word, the hit that covers it.
    over: Vec<u32>,
    /// For each word that a rule has claimed, the word after the find; else 0.
    taken: Vec<u32>,
    /// The bytes of finds within words, in scripts that write words on.
    runs: Vec<(usize, usize)>,
    pub(super) lexicon: &'a Lexicon,
    language: Option<LanguageId>,
}

const NO_HIT: u32 = u32::MAX;

impl<'a> Page<'a> {
    pub(super) fn new(field: Field, text: &'a str, lexicon: &'a Lexicon, tag: &str) -> Self {
        let tokens = token::tokens(text);
        let hits = lexicon.scan(text, &tokens, tag);
        let mut over = vec![NO_HIT; tokens.len()];
        for (number, hit) in (0..).zip(&hits) {
            over[hit.first as usize..hit.after as usize].fill(number);
        }
        let taken = vec![0; tokens.len()];
        Self {
            field,
            text,
            tokens,
            hits,
            finds: Vec::new(),
            over,
            taken,
            runs: Vec::new(),
            lexicon,
            language: lexicon.language(tag),
        }
    }

    /// The lexicon's name that covers a word.
    pub(super) fn hit_over(&self, at: usize) -> Option<&Hit> {
        self.hits.get(*self.over.get(at)? as usize)
    }

    /// The lexicon's name that starts at a word.
    pub(super) fn hit_at(&self, at: usize) -> Option<&Hit> {
        self.hit_over(at).filter(|hit| hit.first as usize == at)
    }

    /// The name of a place, organisation or thing that starts at a word, not of a person.
    pub(super) fn other_than_person_at(&self, at: usize) -> Option<&Hit> {
        self.hit_at(at).filter(|hit| self.readings(hit.name).all(|r| self.lexicon.kind(r.entity) != EntityType::Person))
    }

    /// The name of a place that starts at a word.
    pub(super) fn place_at(&self, at: usize) -> Option<&Hit> {
        self.hit_at(at).filter(|hit| self.readings(hit.name).all(|r| self.lexicon.kind(r.entity) == EntityType::Place))
    }

    /// The one country that a name means.
    pub(super) fn country_of(&self, hit: &Hit) -> Option<u32> {
        let mut countries = self.readings(hit.name).filter(|r| self.lexicon.flags(r.entity).has(Flags::COUNTRY));
        countries.next().filter(|_| countries.next().is_none()).map(|reading| reading.entity)
    }

    pub(super) fn language(&self) -> Option<LanguageId> {
        self.language
    }

    pub(super) fn readings(&self, name: NameId) -> impl Iterator<Item = Reading> {
        self.lexicon.readings(name, self.language)
    }

    /// Whether a name is that of a person.
    pub(super) fn is_person(&self, hit: &Hit) -> bool {
        self.readings(hit.name).any(|r| self.lexicon.kind(r.entity) == EntityType::Person)
    }

    /// The word after the find that has claimed a word.
    pub(super) fn taken(&self, at: usize) -> Option<usize> {
        self.taken.get(at).copied().filter(|&after| after != 0).map(|after| after as usize)
    }

    /// Whether the word is written on from the one before it: after a space or less, and within a sentence.
    pub(super) fn follows(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            matches!(token.gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe | Gap::Ampersand | Gap::None)
        })
    }

    /// Whether a capitalised word that is no part of what starts at `at` stands right before it.
    pub(super) fn is_within_capitals(&self, at: usize) -> bool {
        at > 0
            && matches!(self.tokens[at].gap, Gap::Space | Gap::Hyphen)
            && self.tokens[at - 1].is_capital()
            && self.taken(at - 1).is_none()
    }

    /// Whether a word makes what stands right before it a part of a longer name: 'Niger Delta', 'Boston University'.
    pub(super) fn is_head(&self, at: usize, rules: &Rules) -> bool {
        self.tokens.get(at).is_some_and(|token| token.gap == Gap::Space && token.is_capital())
            && rules.name_tails.has(&self.tokens, at)
    }

    /// Claims the words from `first` to before `after`, unless one is claimed or a longer name of the lexicon covers
    /// them all. `dots` more bytes belong to the find.
    pub(super) fn claim(&mut self, first: usize, after: usize, dots: usize, what: What) -> bool {
        let covered = self.hit_over(first).is_some_and(|hit| {
            (hit.first as usize) <= first
                && hit.after as usize >= after
                && (hit.after - hit.first) as usize > after - first
        });
        if covered || self.taken[first..after].iter().any(|&taken| taken != 0) {
            return false;
        }
        let (start, end) = (self.tokens[first].start as usize, self.tokens[after - 1].end as usize + dots);
        self.taken[first..after].fill(u32::try_from(after).unwrap_or(u32::MAX));
        let known = self.hit_at(first).filter(|hit| hit.after as usize == after && self.is_such(hit, what));
        let what = known.map_or(what, |hit| What::Name(hit.name));
        self.finds.push(Find { first, after, start, end, what, backed: true, seen: None });
        true
    }

    /// Whether a name of the lexicon may mean what a rule takes it for: the same kind of thing, and a body of the country
    /// that the text says.
    fn is_such(&self, hit: &Hit, what: What) -> bool {
        let kind = |reading: &Reading| self.lexicon.kind(reading.entity);
        match what {
            // Beside a title a name that is a city's too is the person's.
            What::Person(_) => self.readings(hit.name).all(|reading| kind(&reading) == EntityType::Person),
            // Whose institution it is, the article tells.
            What::Body(body) if body.portfolios.is_institution() => false,
            What::Body(body) => self.readings(hit.name).any(|reading| {
                let is_of = |country| self.lexicon.country(country) == self.lexicon.country(reading.entity);
                kind(&reading) == EntityType::Organisation && body.country.is_none_or(is_of)
            }),
            What::Place => self.readings(hit.name).any(|reading| kind(&reading) == EntityType::Place),
            What::Name(_) | What::Seen(_) => false,
        }
    }

    /// Gives a find other edges, at which words begin and end and no other find lies.
    pub(super) fn move_edges(&mut self, number: usize, first: usize, after: usize) {
        let find = self.finds[number];
        self.taken[find.first..find.after].fill(0);
        self.taken[first..after].fill(u32::try_from(after).unwrap_or(u32::MAX));
        let (start, end) = (self.tokens[first].start as usize, self.tokens[after - 1].end as usize);
        self.finds[number] = Find { first, after, start, end, ..find };
    }

    /// Adds finds that lie apart from all others.
    pub(super) fn add(&mut self, finds: Vec<Find>) {
        for find in &finds {
            self.taken[find.first..find.after].fill(u32::try_from(find.after).unwrap_or(u32::MAX));
            self.runs.push((find.start, find.end));
        }
        self.runs.sort_unstable();
        self.finds.extend(finds);
    }

    /// Claims bytes within words of a script that writes words on, or particles to them.
    pub(super) fn claim_run(&mut self, start: usize, end: usize, what: What) -> bool {
        if self.in_runs(start, end) {
            return false;
        }
        let first = self.tokens.partition_point(|token| token.end as usize <= start);
        let after = self.tokens.partition_point(|token| (token.start as usize) < end);
        if first >= after || self.taken[first..after].iter().any(|&taken| taken != 0) {
            return false;
        }
        let place = self.runs.partition_point(|&(run, _)| run < start);
        self.runs.insert(place, (start, end));
        self.finds.push(Find { first, after, start, end, what, backed: true, seen: None });
        true
    }

    fn in_runs(&self, start: usize, end: usize) -> bool {
        let next = self.runs.partition_point(|&(_, after)| after <= start);
        self.runs.get(next).is_some_and(|&(run, _)| run < end)
    }

    /// Takes the names of the lexicon whose words nothing has claimed.
    pub(super) fn claim_names(&mut self, keep: impl Fn(&Self, &Hit) -> Option<usize>) {
        self.finds.sort_unstable_by_key(|find| find.start);
        let (claimed, mut next) = (self.finds.len(), 0);
        for number in 0..self.hits.len() {
            let hit = self.hits[number];
            let (first, after) = (hit.first as usize, hit.after as usize);
            while next < claimed && self.finds[next].end <= hit.start as usize {
                next += 1;
            }
            if next < claimed && self.finds[next].start < hit.end as usize {
                continue;
            }
            let spaced = self.tokens[first].spacing == Spacing::Spaced;
            if spaced && self.taken[first..after].iter().any(|&taken| taken != 0) {
                continue;
            }
            if let Some(mut extended) = keep(self, &hit) {
                let next_start = self.finds[next..claimed].first().map_or(usize::MAX, |find| find.start);
                if self.tokens[extended - 1].end as usize > next_start {
                    extended = after;
                }
                let end = if extended > after { self.tokens[extended - 1].end } else { hit.end } as usize;
                let (start, what) = (hit.start as usize, What::Name(hit.name));
                self.finds.push(Find {
                    first,
                    after: extended,
                    start,
                    end,
                    what,
                    backed: extended > after,
                    seen: None,
                });
            }
        }
        self.finds.sort_unstable_by_key(|find| find.start);
    }
}
