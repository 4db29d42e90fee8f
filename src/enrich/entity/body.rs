//! Ministries, embassies and other bodies that are named by a pattern: a head word and what it is for. And institutions
//! that every state has under one name, courts and central banks: whose they are is told by what stands beside them, else
//! by the article as a whole.

use super::page::{Body, Page, What};
use super::portfolio::Portfolios;
use super::rules::Rules;
use crate::lexicon::token::{Gap, Shape};
use crate::lexicon::{Flags, Hit};

/// The most fields of work in the name of one body.
const FIELDS_MAX: usize = 8;

/// Claims every body of a page.
pub(super) fn find(page: &mut Page<'_>, rules: &Rules) {
    let mut at = 0;
    while at < page.tokens.len() {
        let reader = Reader { page, rules };
        let found = reader.mission(at).or_else(|| reader.ministry(at));
        at = match found {
            Some((after, body)) if page.claim(at, after, 0, What::Body(body)) => after,
            Some(_) | None => at + 1,
        };
    }
}

/// The word after the fields of work that start at a word, 'Foreign Affairs', 'Lao động, Thương binh và Xã hội', and
/// their portfolios.
pub(super) fn fields(page: &Page<'_>, rules: &Rules, at: usize) -> Option<(usize, Portfolios)> {
    let tokens = &page.tokens;
    let (mut end, mut portfolios) = rules.fields.at(tokens, at)?;
    let mut sure = (end, portfolios);
    for _ in 1..FIELDS_MAX {
        let Some(next) = tokens.get(end) else { break };
        let (start, joined) = match rules.joiners.at(tokens, end) {
            Some((start, ())) if next.gap == Gap::Space => (start, true),
            _ if next.gap == Gap::Ampersand => (end, true),
            _ if next.gap == Gap::Comma && rules.comma_joins => (end, false),
            _ => break,
        };
        let start = rules.ministry_links.at(tokens, start).map_or(start, |(start, ())| start);
        // A list written with capitals goes on with capitals.
        let alike = tokens.get(start).is_some_and(|token| token.is_capital() == tokens[at].is_capital());
        let Some((after, more)) = rules.fields.at(tokens, start).filter(|_| alike) else { break };
        (end, portfolios) = (after, portfolios.with(more));
        // Commas alone part several bodies; a list of fields closes with a joining word.
        if joined {
            sure = (end, portfolios);
        }
    }
    Some(sure)
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    rules: &'p Rules,
}

impl Reader<'_, '_> {
    /// A ministry: the word after it, what it is for, and its country where the text says it.
    fn ministry(&self, at: usize) -> Option<(usize, Body)> {
        let (after, portfolios) = self.whole(at).or_else(|| self.head_first(at)).or_else(|| self.field_first(at))?;
        if portfolios.is_institution() {
            return self.institution(at, after, portfolios);
        }
        let country = self.country_before(at).or_else(|| self.adjective_before(at));
        let country = country.or_else(|| self.country_after(after)).or_else(|| self.adjective_after(after));
        Some((after, Body { country, portfolios }))
    }

    /// An institution, with the country that is linked to it: 'Corte Suprema de Chile'. Those of a part of a country, of a
    /// people that no rule knows, and words of longer names are left to the model.
    fn institution(&self, at: usize, after: usize, portfolios: Portfolios) -> Option<(usize, Body)> {
        let country = self.country_before(at).or_else(|| self.adjective_before(at));
        if country.is_none() && self.goes_on_before(at) || self.goes_on_after(after) {
            return None;
        }
        let adjective = || self.adjective_after(after);
        match country.or_else(|| self.country_after(after)).or_else(adjective) {
            Some(country) => {
                let linked = self.linked_place(after).filter(|hit| self.page.country_of(hit) == Some(country));
                let end = linked.map_or(after, |hit| hit.after as usize);
                Some((end, Body { country: Some(country), portfolios }))
            }
            None if self.page.follows(after) && self.is_demonym(after) => None,
            None => Some((after, Body { country: None, portfolios })),
        }
    }

    /// Whether what stands before an institution makes it another one: 'Texas Supreme Court', 'Federal Supreme Court'.
    fn goes_on_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if !matches!(self.page.tokens[at].gap, Gap::Space | Gap::Hyphen) {
            return false;
        }
        if let Some(hit) = self.page.hit_over(before) {
            return hit.after as usize == at && self.is_part_of_country(hit);
        }
        let (tokens, rules) = (&self.page.tokens, self.rules);
        self.is_demonym(before)
            || tokens[before].is_capital()
                && !tokens[before].is_first()
                && !rules.not_names.has(tokens, before)
                && !rules.titles.has(tokens, before)
                && !rules.title_links.has(tokens, before)
    }

    /// Whether what stands behind an institution makes it another one: 'Supreme Court of Texas', 'Supreme Court Bar
    /// Association'.
    fn goes_on_after(&self, after: usize) -> bool {
        let tokens = &self.page.tokens;
        if !self.page.follows(after) {
            return false;
        }
        if let Some(hit) = self.linked_place(after).or_else(|| self.page.place_at(after)) {
            return self.is_part_of_country(hit);
        }
        let next = &tokens[after];
        next.gap == Gap::Space
            && next.is_capital()
            && tokens[after - 1].is_capital()
            && self.page.hit_at(after).is_none()
            && !self.rules.titles.has(tokens, after)
    }

    /// The place that a word links to a body before it.
    fn linked_place(&self, after: usize) -> Option<&Hit> {
        let (start, ()) = self.rules.country_links.at(&self.page.tokens, after)?;
        self.page.place_at(start).filter(|_| self.page.follows(after) && self.page.follows(start))
    }

    fn is_part_of_country(&self, hit: &Hit) -> bool {
        let lexicon = self.page.lexicon;
        self.page.country_of(hit).is_none()
            && self.page.readings(hit.name).any(|reading| {
                let flags = lexicon.flags(reading.entity);
                flags.has(Flags::DIVISION.with(Flags::TERRITORY)) && !flags.has(Flags::CAPITAL)
            })
    }

    /// Whether a word is the adjective of some people, known or told by its ending.
    fn is_demonym(&self, at: usize) -> bool {
        let tokens = &self.page.tokens;
        let Some(token) = tokens.get(at) else { return false };
        let ends = || {
            let word = token.text(self.page.text);
            self.rules.demonym_endings.iter().any(|ending| word.ends_with(ending.as_str()))
        };
        self.rules.demonyms.has(tokens, at) || token.shape == Shape::Lower && token.chars > 3 && ends()
    }

    /// 'Kenyan Supreme Court', 'türkische Zentralbank'.
    fn adjective_before(&self, at: usize) -> Option<u32> {
        let starts = (1..=2).filter_map(|back| at.checked_sub(back));
        let mut states = starts.filter_map(|start| {
            self.rules.demonyms_of.at(&self.page.tokens, start).filter(|(end, _)| *end == at && self.page.follows(at))
        });
        states.next().and_then(|(_, state)| self.state(state))
    }

    /// 'Cour suprême américaine'.
    fn adjective_after(&self, after: usize) -> Option<u32> {
        let (_, state) = self.rules.demonyms_of.at(&self.page.tokens, after).filter(|_| self.page.follows(after))?;
        self.state(state)
    }

    fn state(&self, code: [u8; 2]) -> Option<u32> {
        self.page.lexicon.state(std::str::from_utf8(&code).ok()?)
    }

    fn whole(&self, at: usize) -> Option<(usize, Portfolios)> {
        let tokens = &self.page.tokens;
        let other = || self.rules.bodies.at(tokens, at).map(|(after, ())| (after, Portfolios::default()));
        self.rules.ministries.at(tokens, at).or_else(other)
    }

    fn head_first(&self, at: usize) -> Option<(usize, Portfolios)> {
        let (head, ()) = self.rules.ministry_heads.at(&self.page.tokens, at)?;
        let start = self.rules.ministry_links.at(&self.page.tokens, head).map_or(head, |(start, ())| start);
        if !self.page.follows(head) || !self.page.follows(start) {
            return None;
        }
        let abbreviation = || self.abbreviation(start).map(|after| (after, Portfolios::default()));
        fields(self.page, self.rules, start).or_else(abbreviation)
    }

    fn field_first(&self, at: usize) -> Option<(usize, Portfolios)> {
        let tokens = &self.page.tokens;
        // Where the script has capitals, both words of the name have one.
        let is_name = |at: usize| tokens[at].is_capital() || tokens[at].shape == Shape::Caseless;
        let (after, portfolios) = fields(self.page, self.rules, at).filter(|_| is_name(at))?;
        let (end, ()) = self.rules.ministry_tails.at(tokens, after)?;
        let tail = is_name(after) || self.rules.ministry_heads.is_empty();
        (self.page.follows(after) && tail).then_some((end, portfolios))
    }

    /// 'TT&TT', 'LĐ-TB&XH', 'KH&ĐT': capitals that signs join.
    fn abbreviation(&self, at: usize) -> Option<usize> {
        let tokens = &self.page.tokens;
        let is_part =
            |at: usize| tokens.get(at).is_some_and(|t| t.shape == Shape::Caps || t.is_capital() && t.chars == 1);
        if !self.rules.abbreviations || !is_part(at) || self.page.hit_at(at).is_some() {
            return None;
        }
        let mut after = at + 1;
        while is_part(after) && matches!(tokens[after].gap, Gap::Ampersand | Gap::Hyphen) {
            after += 1;
        }
        let letters: u32 = tokens[at..after].iter().map(|token| token.chars).sum();
        (letters >= 2).then_some(after)
    }

    /// 'Vietnam's Ministry of …', 'Macaristan'ın Merkez Bankası', 'Israel Defence Ministry'.
    fn country_before(&self, at: usize) -> Option<u32> {
        const ENDING_CHARS_MAX: u32 = 4;
        let before = at.checked_sub(1).filter(|_| self.page.follows(at))?;
        let possessive = &self.page.tokens[before];
        let is_ending = possessive.gap == Gap::Apostrophe
            && possessive.shape == Shape::Lower
            && (possessive.chars == 1 || self.rules.apostrophe_ends_names && possessive.chars <= ENDING_CHARS_MAX);
        let last = if is_ending { before.checked_sub(1)? } else { before };
        let hit = self.page.hit_over(last).filter(|hit| hit.after as usize == last + 1)?;
        self.page.country_of(hit)
    }

    /// 'Bộ Công an Việt Nam', 'ministère de la Défense du Mali'.
    fn country_after(&self, after: usize) -> Option<u32> {
        if !self.page.follows(after) {
            return None;
        }
        let linked = self.rules.country_links.at(&self.page.tokens, after).map(|(start, ())| start);
        let start = linked.or(self.rules.place_after_title.then_some(after))?;
        self.page.place_at(start).and_then(|hit| self.page.country_of(hit))
    }

    /// An embassy, consulate or mission, whose country is part of its name.
    fn mission(&self, at: usize) -> Option<(usize, Body)> {
        let tokens = &self.page.tokens;
        if let Some((head, ())) = self.rules.mission_heads.at(tokens, at) {
            let start = self.rules.mission_links.at(tokens, head).map_or(head, |(start, ())| start);
            let hit = self.page.place_at(start).filter(|_| self.page.follows(head) && self.page.follows(start))?;
            return Some((hit.after as usize, Body::of(self.page.country_of(hit)?)));
        }
        let (after, ()) = self.rules.mission_tails.at(tokens, self.page.hit_at(at)?.after as usize)?;
        let hit = self.page.place_at(at)?;
        let country = self.page.country_of(hit)?;
        (self.page.follows(hit.after as usize) && tokens[hit.after as usize].shape != Shape::Lower)
            .then_some((after, Body::of(country)))
    }
}
