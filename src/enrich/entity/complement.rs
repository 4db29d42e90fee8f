//! What stands between an office and the name of who holds it: its body, field and country.

use super::body;
use super::page::Page;
use super::rules::Rules;
use crate::lexicon::Hit;
use crate::lexicon::token::{Shape, Token};

/// The most pieces between an office and the name.
const PIECES_MAX: usize = 4;

/// Reads past the complements of an office.
pub(super) struct Complements<'p, 'a> {
    pub(super) page: &'p Page<'a>,
    pub(super) rules: &'p Rules,
}

impl Complements<'_, '_> {
    /// Past what stands between an office and the name: its body, field and country.
    pub(super) fn after_complements(&self, mut at: usize) -> usize {
        for _ in 0..PIECES_MAX {
            match self.after_complement(at).filter(|_| self.page.follows(at)) {
                Some(after) => at = after,
                None => break,
            }
        }
        at
    }

    fn after_complement(&self, at: usize) -> Option<usize> {
        let direct = || self.known(at).filter(|&after| self.rules.place_after_title && self.leads_on(after));
        let linked = || {
            let (start, ()) = self.rules.title_links.at(self.tokens(), at)?;
            self.page.follows(start).then(|| self.body(start).or_else(|| self.known(start))).flatten()
        };
        self.body(at).or_else(direct).or_else(linked).or_else(|| self.abbreviation(at)).or_else(|| self.demonym(at))
    }

    fn body(&self, at: usize) -> Option<usize> {
        self.page.taken(at).or_else(|| body::fields(self.page, self.rules, at).map(|(after, _)| after))
    }

    fn known(&self, at: usize) -> Option<usize> {
        // What only other languages call so is as likely a name: 'Thứ trưởng Volin A.K.'.
        let own = |hit: &&Hit| self.page.readings(hit.name).any(|reading| reading.own);
        self.page.other_than_person_at(at).filter(own).map(|hit| hit.after as usize)
    }

    /// Whether a name, or more of the office's complement, may follow.
    fn leads_on(&self, at: usize) -> bool {
        self.page.follows(at) && (self.tokens()[at].is_capital() || self.rules.title_links.has(self.tokens(), at))
    }

    /// 'Chủ tịch UBND …': an abbreviated body before a name that is not in capitals itself.
    fn abbreviation(&self, at: usize) -> Option<usize> {
        let (body, next) = (self.tokens().get(at)?, self.tokens().get(at + 1)?);
        let is_body = self.rules.place_after_title && body.shape == Shape::Caps && next.is_capital();
        let names_on = next.shape == Shape::Capital || self.tokens().get(at + 2).is_some_and(Token::is_capital);
        (is_body && names_on && self.page.follows(at + 1)).then_some(at + 1)
    }

    /// 'président américain …'.
    fn demonym(&self, at: usize) -> Option<usize> {
        if let Some((after, ())) = self.rules.demonyms.at(self.tokens(), at) {
            return Some(after);
        }
        let token = self.tokens().get(at).filter(|token| token.shape == Shape::Lower && token.chars > 3)?;
        let word = token.text(self.page.text);
        self.rules.demonym_endings.iter().any(|ending| word.ends_with(ending.as_str())).then_some(at + 1)
    }

    fn tokens(&self) -> &[Token] {
        &self.page.tokens
    }
}
