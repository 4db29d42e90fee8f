//! Persons: capitalised names after titles, before offices, or behind a family name.

use std::collections::HashSet;

use super::complement::Complements;
use super::page::{Ground, Page, What};
use super::rules::{Rules, Title};
use super::run::is_cyrillic;
use crate::lexicon::token::{Gap, Shape, Token};
use crate::lexicon::{NamePart, NameParts};

/// The most words in a name, particles and initials among them.
const NAME_WORDS_MAX: usize = 6;

/// A town whose name means it less readily than this does not keep a particle from being part of a person's name.
const TOWN_PRIOR_MAX: f64 = 0.6;

/// The most titles in a row.
const TITLES_MAX: usize = 4;

/// Claims the persons of a page.
pub(super) fn find(page: &mut Page<'_>, rules: &Rules, parts: &NameParts) {
    let places = place_ends(page);
    for ground in [Ground::Title, Ground::Apposition, Ground::FamilyName] {
        let mut at = 0;
        while at < page.tokens.len() {
            let reader = Reader { page, rules, parts, places: &places };
            let name = match ground {
                Ground::Title => reader.titled(at),
                Ground::Apposition => reader.before_title(at).or_else(|| reader.apposed(at)),
                Ground::FamilyName => reader.of_family(at),
                Ground::Repeat | Ground::Seen => None,
            };
            at = match name.map(|name| (name, reader.dots(name))) {
                Some(((first, after), dots)) if page.claim(first, after, dots, What::Person(ground)) => after,
                Some(_) | None => at + 1,
            };
        }
    }
}

/// The last words of each place that a rule has found: one, two and so on, up to all.
fn place_ends(page: &Page<'_>) -> HashSet<Vec<u64>> {
    let places = page.finds.iter().filter(|find| find.what == What::Place);
    let keys = |first, after| page.tokens[first..after].iter().map(|token| token.key).collect();
    places.flat_map(|find| (find.first..find.after).map(move |first| keys(first, find.after))).collect()
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    rules: &'p Rules,
    parts: &'p NameParts,
    places: &'p HashSet<Vec<u64>>,
}

impl Reader<'_, '_> {
    fn tokens(&self) -> &[Token] {
        &self.page.tokens
    }

    /// A name behind the title that starts at a word.
    fn titled(&self, at: usize) -> Option<(usize, usize)> {
        if self.page.taken(at).is_some() || self.rules.not_titled.has(self.tokens(), at) {
            return None;
        }
        self.after_titles(at, TITLES_MAX)
    }

    fn after_titles(&self, at: usize, titles_max: usize) -> Option<(usize, usize)> {
        let (after, title) = self.rules.titles.at(self.tokens(), at)?;
        // 'ông Bộ trưởng …', 'PGS.TS …': titles may follow one another, but a name may also look like one.
        let more = if titles_max > 1 && self.goes_on(after) { self.after_titles(after, titles_max - 1) } else { None };
        more.or_else(|| {
            let start = match title {
                Title::Office => Complements { page: self.page, rules: self.rules }.after_complements(after),
                Title::Address => after,
            };
            // 'ngài Thứ trưởng' and 'Mr. President' name nobody.
            // Nor is 'ministro de Obras' a 'de Obras': behind an office a link leads to its field.
            let linked = title == Title::Office && self.rules.title_links.has(self.tokens(), start);
            let hyphen = self.tokens().get(start).is_some_and(|token| token.gap == Gap::Hyphen);
            let names = self.goes_on(start) && !hyphen && !linked && !self.rules.titles.has(self.tokens(), start);
            let name = names.then(|| self.name(start)).flatten().filter(|&after| !self.is_named_for(start, after))?;
            let start = if title == Title::Office { self.after_genitive(start, name)? } else { start };
            self.may_be_titled(start, name, title).then_some((start, name))
        })
    }

    /// Whether the word goes on from a title: after a space, or an abbreviation's full stop.
    fn goes_on(&self, at: usize) -> bool {
        let stop = |token: &Token| matches!(token.gap, Gap::DotSpace | Gap::Dot) && self.tokens()[at - 1].chars <= 5;
        self.page.follows(at) || self.tokens().get(at).is_some_and(stop)
    }

    /// 'Queen Elizabeth Hospital' is named for a person.
    fn is_named_for(&self, first: usize, after: usize) -> bool {
        let ends_body = |at: usize| {
            let end = |found: Option<(usize, ())>| found.is_some_and(|(end, ())| end == after);
            let (tokens, rules) = (self.tokens(), self.rules);
            tokens[at].is_capital()
                && (end(rules.organisation_tails.at(tokens, at)) || end(rules.name_tails.at(tokens, at)))
        };
        self.page.is_head(after, self.rules) || (first + 1..after).rev().take(2).any(ends_body)
    }

    /// Where the name starts behind an office: after what capitalised words of a body or place come first, as they do
    /// in languages that put them in the genitive, 'predsednik Evropske komisije', 'вице-губернатор Приморья Александр
    /// Шемелев'. Words of which none is known from names are no name.
    fn after_genitive(&self, first: usize, after: usize) -> Option<usize> {
        if self.page.hit_at(first).is_some_and(|hit| hit.after as usize == after && self.page.is_person(hit)) {
            return Some(first);
        }
        let known: Vec<Option<NamePart>> = (first..after).map(|at| self.parts.class(self.tokens()[at].key)).collect();
        let given = |part: &Option<NamePart>| matches!(part, Some(NamePart::Given | NamePart::Both));
        let family = self.rules.family_names.has(self.tokens(), first);
        let family_last = self.rules.family_names.is_empty();
        let later = known
            .iter()
            .position(given)
            .filter(|&at| at > 0 && known[0].is_none() && at + 2 <= known.len() && family_last);
        let family_ending = |at: usize| {
            let word = self.tokens()[at].text(self.page.text);
            self.rules.family_endings.iter().any(|ending| word.ends_with(ending.as_str()))
        };
        // Languages that inflect names have forms of them that no list has.
        let inflects = !self.rules.family_endings.is_empty() && after - first > 1;
        let initial = self.tokens()[first..after].iter().any(|token| token.chars == 1);
        let told = family || inflects || initial || known.iter().any(Option::is_some);
        match later {
            Some(skipped) => Some(first + skipped),
            None => (told || (first..after).any(family_ending)).then_some(first),
        }
    }

    /// A single abbreviation is a body, and a known place or organisation behind an office is just that; so is a place
    /// that the page has named as one ('Kabupaten Demak' … 'Bupati Demak').
    fn may_be_titled(&self, first: usize, after: usize, title: Title) -> bool {
        let known = self.page.other_than_person_at(first).is_some_and(|hit| hit.after as usize == after);
        let abbreviation = after - first == 1 && self.tokens()[first].shape == Shape::Caps;
        match title {
            Title::Office => !known && !abbreviation && !self.is_in_place(first, after),
            Title::Address => !(abbreviation || known && after - first > 1),
        }
    }

    fn is_in_place(&self, first: usize, after: usize) -> bool {
        let words: Vec<u64> = self.tokens()[first..after].iter().map(|token| token.key).collect();
        !self.places.is_empty() && self.places.contains(&words)
    }

    /// A name before a comma and a bare office: 'Ana Silva, president of …'.
    fn apposed(&self, at: usize) -> Option<(usize, usize)> {
        if !self.rules.name_before_title || self.is_inside_run(at) || !self.tokens()[at].is_capital() {
            return None;
        }
        let after = self.name(at).filter(|after| (2..=4).contains(&(after - at)))?;
        let office =
            self.tokens().get(after).filter(|office| office.gap == Gap::Comma && office.shape == Shape::Lower)?;
        let is_office = self.rules.titles.at(self.tokens(), after).is_some_and(|(_, title)| title == Title::Office);
        let names_another = self.after_titles(after, TITLES_MAX).is_some();
        let known = self.page.other_than_person_at(at).is_some() || self.page.taken(at).is_some();
        (is_office && !names_another && !known && office.chars > 1).then_some((at, after))
    }

    /// A name before a title that stands behind it: 'Orbán Viktor miniszterelnök', 'Ahmet Bey'.
    fn before_title(&self, at: usize) -> Option<(usize, usize)> {
        if self.rules.titles_after.is_empty() || self.is_inside_run(at) || !self.tokens()[at].is_capital() {
            return None;
        }
        let mut after = at;
        // The run ends where a title starts, for a title may have a capital too.
        while after - at < NAME_WORDS_MAX && (after == at || !self.rules.titles_after.has(self.tokens(), after)) {
            match self.word(at, after) {
                Some(next) => after = next,
                None => break,
            }
        }
        let (_, title) = self.rules.titles_after.at(self.tokens(), after).filter(|_| self.page.follows(after))?;
        // At a sentence's start the first word may be an everyday one; two words are a name all the same.
        let loose = self.tokens()[at].is_first() && after - at != 2;
        let first = if loose { at + 1 } else { at };
        let words = if title == Title::Address { 1..=4 } else { 2..=4 };
        let known = self.page.other_than_person_at(first).is_some() || self.page.taken(first).is_some();
        (words.contains(&(after - first)) && !known).then_some((first, after))
    }

    /// A capitalised run that starts with a family name.
    fn of_family(&self, at: usize) -> Option<(usize, usize)> {
        let starts = self.rules.family_names.has(self.tokens(), at) && self.tokens()[at].gap != Gap::Dash;
        if !starts || self.is_inside_run(at) {
            return None;
        }
        let after = self.name(at).filter(|after| (2..=4).contains(&(after - at)))?;
        // 'tại Thái Bình': two words behind a preposition are a place's as well.
        let in_place = after - at == 2
            && at.checked_sub(1).is_some_and(|before| self.rules.place_prepositions.has(self.tokens(), before));
        // At a sentence's start the first word may be an everyday one.
        let enough = !self.tokens()[at].is_first() || after - at > 2;
        let known = self.page.hit_at(at).is_some_and(|hit| hit.after as usize >= after && !self.page.is_person(hit));
        (enough && !known && !in_place).then_some((at, after))
    }

    fn is_inside_run(&self, at: usize) -> bool {
        self.page.is_within_capitals(at) && !self.rules.not_names.has(self.tokens(), at - 1)
    }

    /// The word after the name that starts at a word.
    fn name(&self, at: usize) -> Option<usize> {
        if let Some(hit) = self.page.hit_at(at).filter(|hit| hit.after - hit.first > 1 && self.page.is_person(hit)) {
            return Some(hit.after as usize);
        }
        let mut end = self.word(at, at)?;
        while end - at < NAME_WORDS_MAX {
            match self.word(at, end) {
                Some(after) => end = after,
                None => break,
            }
        }
        // 'Robert Hale Jr.', 'Harald V'.
        if let Some((after, ())) = self.rules.name_suffixes.at(self.tokens(), end)
            && self.tokens()[end].gap == Gap::Space
        {
            end = after;
        }
        // Initials alone are no name.
        self.tokens()[at..end].iter().any(|token| token.chars > 1).then_some(end)
    }

    /// The next word of a name that started at `first`, with the particles before it.
    fn word(&self, first: usize, at: usize) -> Option<usize> {
        let token = self.tokens().get(at)?;
        if self.page.taken(at).is_some() || at > first && !self.joins(first, at) {
            return None;
        }
        if token.is_capital() {
            let known = || self.page.other_than_person_at(at).is_some_and(|hit| hit.after - hit.first > 1);
            let other = at > first && (known() || self.starts_body(at));
            // 'I.' in a name is an initial, whatever the word 'I' means.
            let initial = token.chars == 1 && self.page.text[token.end as usize..].starts_with('.');
            return (!other && (initial || !self.rules.not_names.has(self.tokens(), at))).then_some(at + 1);
        }
        // 'Мар'яна'.
        if at > first && token.gap == Gap::Apostrophe && is_cyrillic(token.text(self.page.text)) {
            return Some(at + 1);
        }
        // 'Kim Jong-un', 'Tsai Ing-wen': two short syllables, in Latin letters, make one word of a name.
        let before = &self.tokens()[at - usize::from(at > first)];
        let syllables = token.chars <= 4 && before.chars <= 4 && before.shape == Shape::Capital;
        if at > first && token.gap == Gap::Hyphen && syllables && token.text(self.page.text).is_ascii() {
            return Some(at + 1);
        }
        let (after, ()) = self.rules.particles.at(self.tokens(), at)?;
        let next = self.tokens().get(after)?;
        // 'bin Salman', 'al-Assad', but not 'Macron de Francia'.
        let joins = matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Apostrophe) && next.is_capital();
        // 'de Vernier': persons are called by small towns.
        let place = self.page.place_at(after);
        let known =
            place.is_some_and(|hit| self.page.readings(hit.name).any(|reading| reading.prior >= TOWN_PRIOR_MAX));
        (joins && !known && self.page.taken(after).is_none()).then_some(after + 1)
    }

    /// Whether a capitalised word starts the name of an organisation: 'Rektor Universitas …'. Where names start with the
    /// family name, words of organisations are given names as well.
    fn starts_body(&self, at: usize) -> bool {
        let heads = self.rules.family_names.is_empty() && self.rules.organisation_heads.has(self.tokens(), at);
        heads || self.rules.legal_forms.has(self.tokens(), at)
    }

    fn joins(&self, first: usize, at: usize) -> bool {
        let (before, token) = (&self.tokens()[at - 1], &self.tokens()[at]);
        let initial = before.chars == 1 && before.is_capital();
        match token.gap {
            Gap::Space | Gap::Hyphen => true,
            Gap::Apostrophe => token.is_capital() || is_cyrillic(token.text(self.page.text)),
            Gap::Dot => initial && token.is_capital(),
            // 'Samuel L. Jackson' goes on; 'Volin A.K.' ends, for a family name came first.
            Gap::DotSpace => {
                initial && token.is_capital() && (before.gap != Gap::Dot || self.tokens()[first].chars == 1)
            }
            Gap::None | Gap::Dash | Gap::Ampersand | Gap::Comma | Gap::Other => false,
        }
    }

    /// Bytes of the full stop behind a name that ends in initials, unless it ends the sentence.
    fn dots(&self, (first, after): (usize, usize)) -> usize {
        let last = &self.tokens()[after - 1];
        let rest = &self.page.text[last.end as usize..];
        if after - first < 2 || !rest.starts_with('.') {
            return 0;
        }
        if self.rules.name_suffixes.has(self.tokens(), after - 1) {
            return 1;
        }
        if last.chars != 1 {
            return 0;
        }
        let goes_on =
            self.tokens().get(after).is_some_and(|next| next.shape == Shape::Lower || next.gap != Gap::DotSpace);
        usize::from(last.gap == Gap::Dot || goes_on)
    }
}
