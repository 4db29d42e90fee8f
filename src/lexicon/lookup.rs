//! Finding names in a text.

use super::Lexicon;
use super::index::{LanguageId, NameId, Posting, run_keys};
use super::rows::Flags;
use super::script::{self, Spacing};
use super::token::{self, Shape, Token};

/// A name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Which name.
    pub name: NameId,
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// The token that it starts in.
    pub first: u32,
    /// The token after the one that it ends in.
    pub after: u32,
}

/// One meaning of a name in a text of some language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The entity's number.
    pub entity: u32,
    /// [`Flags::WEAK`] and [`Flags::MODEL`] of the name.
    pub flags: Flags,
    /// 0 to 1: how readily the name means it.
    pub prior: f64,
    /// Whether the text's language uses the name; if not, the name is another language's and tells less.
    pub own: bool,
}

/// A name that the text's language does not use needs this many letters.
const FOREIGN_LETTERS_MIN: usize = 4;

/// A plain one-word name that the text's language does not use must be shared by this many languages to be firm:
/// 'Gabon' is, Czech and Polish 'Indie' is not.
const FOREIGN_LANGUAGES_MIN: u32 = 3;

/// A name in capitals throughout needs this many letters: shorter ones are taken for abbreviations.
const CAPS_LETTERS_MIN: usize = 4;

impl Lexicon {
    /// The language of this tag, if the lexicon has names in it.
    pub(crate) fn language(&self, tag: &str) -> Option<LanguageId> {
        self.index.language(tag)
    }

    /// The leftmost longest names of a text that its language uses or may borrow, in order.
    pub(crate) fn scan(&self, text: &str, tokens: &[Token], tag: &str) -> Vec<Hit> {
        let search = Search { lexicon: self, text, language: self.language(tag), proclitics: script::proclitics(tag) };
        let mut hits = Vec::new();
        let mut free = 0;
        for (number, token) in tokens.iter().enumerate() {
            if token.end as usize <= free {
                continue;
            }
            search.names_of(token, free, |name, start, end| {
                let after = tokens[number..].partition_point(|token| (token.start as usize) < end);
                let first = offset(number);
                hits.push(Hit { name, start: offset(start), end: offset(end), first, after: first + offset(after) });
                free = end;
            });
        }
        hits
    }

    /// What a name means in a text of this language: the meanings that the language uses; else, for a name that is
    /// long enough and means one thing only, that meaning.
    pub(crate) fn readings(&self, name: NameId, language: Option<LanguageId>) -> impl Iterator<Item = Reading> {
        let postings = self.index.postings(name);
        let is_own = postings.iter().any(|posting| self.index.is_used_in(posting, language));
        let used = move |posting: &&Posting| {
            if is_own { self.index.is_used_in(posting, language) } else { self.may_borrow(name) }
        };
        postings.iter().filter(used).map(move |posting| {
            let unsure = !is_own && !self.is_firm_abroad(name, posting);
            let flags = if unsure { posting.flags.with(Flags::WEAK) } else { posting.flags };
            Reading { entity: posting.entity, flags, prior: f64::from(posting.prior_percent) / 100.0, own: is_own }
        })
    }

    fn may_borrow(&self, name: NameId) -> bool {
        let postings = self.index.postings(name);
        let letters = self.index.text(name).chars().filter(|c| c.is_alphabetic()).count();
        letters >= FOREIGN_LETTERS_MIN && postings.iter().all(|posting| posting.entity == postings[0].entity)
    }

    fn is_firm_abroad(&self, name: NameId, posting: &Posting) -> bool {
        let is_plain = self.index.text(name).bytes().all(|byte| byte.is_ascii_alphabetic());
        !is_plain || self.index.languages_of(posting) >= FOREIGN_LANGUAGES_MIN
    }
}

struct Search<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    language: Option<LanguageId>,
    proclitics: &'static [&'static str],
}

impl Search<'_> {
    /// The names that start within a word, at or after byte `free`.
    fn names_of(&self, token: &Token, free: usize, mut found: impl FnMut(NameId, usize, usize)) {
        let (start, end) = (token.start as usize, token.end as usize);
        match token.spacing {
            Spacing::Spaced => {
                let plain = self.longest(start, token.key, token.shape).map(|(name, end)| (name, start, end));
                if let Some((name, start, end)) = plain.or_else(|| self.after_proclitic(token)) {
                    found(name, start, end);
                }
            }
            Spacing::Suffixed => {
                if let Some((name, end)) = self.in_run(start, end, token.shape) {
                    found(name, start, end);
                }
            }
            Spacing::Unspaced => {
                let mut at = free.max(start);
                let mut before = self.text[..at].chars().next_back().filter(|_| at > start);
                while at < end {
                    let rest = &self.text[at..end];
                    let Some(first) = rest.chars().next() else { break };
                    let starts = before.is_none_or(|before| script::may_part(before, first));
                    let name = starts.then(|| self.in_run(at, end, token.shape)).flatten();
                    let next = name.map_or(at + first.len_utf8(), |(_, end)| end);
                    if let Some((name, end)) = name {
                        found(name, at, end);
                    }
                    before = self.text[..next].chars().next_back();
                    at = next;
                }
            }
        }
    }

    /// The longest usable name at a byte of a run that ends at another, in a script whose words run on.
    fn in_run(&self, start: usize, end: usize, shape: Shape) -> Option<(NameId, usize)> {
        run_keys(&self.text[start..end]).find_map(|key| self.longest(start, key, shape))
    }

    /// The longest usable name at a byte, and its end.
    fn longest(&self, start: usize, key: u64, shape: Shape) -> Option<(NameId, usize)> {
        self.lexicon.index.bucket(key).find_map(|name| {
            let len = self.matches(name, start, shape)?;
            let end = start + len;
            let usable =
                ends_well(self.text, start, end) && self.lexicon.readings(name, self.language).next().is_some();
            usable.then_some((name, end))
        })
    }

    /// A name after the preposition, conjunction or article that is written on to it.
    fn after_proclitic(&self, token: &Token) -> Option<(NameId, usize, usize)> {
        let word = token.text(self.text);
        self.proclitics.iter().find_map(|proclitic| {
            let rest = word.strip_prefix(proclitic).filter(|rest| rest.chars().nth(2).is_some())?;
            let start = token.end as usize - rest.len();
            self.longest(start, token::key(rest), token.shape).map(|(name, end)| (name, start, end))
        })
    }

    /// Bytes of the text, from `start`, that are this name: in its own case, or in capitals throughout.
    fn matches(&self, name: NameId, start: usize, shape: Shape) -> Option<usize> {
        let (rest, text) = (&self.text[start..], self.lexicon.index.text(name));
        if rest.starts_with(text) {
            return Some(text.len());
        }
        if let Some(len) = self.lexicon.index.has_apostrophe(name).then(|| spelt(text, rest)).flatten() {
            return Some(len);
        }
        let folds = shape == Shape::Caps && !self.lexicon.index.postings(name).iter().any(|p| p.flags.has(Flags::CASE));
        if folds && text.chars().nth(CAPS_LETTERS_MIN - 1).is_some() { in_capitals(text, rest) } else { None }
    }
}

/// Bytes of `rest` that spell the name with typographic apostrophes.
fn spelt(name: &str, rest: &str) -> Option<usize> {
    let mut text = rest.chars();
    name.chars().try_fold(0, |len, expected| {
        let c = text.next()?;
        let same = c == expected || expected == '\'' && matches!(c, '’' | 'ʼ');
        same.then_some(len + c.len_utf8())
    })
}

/// Bytes of `rest` that are the name in capitals.
fn in_capitals(name: &str, rest: &str) -> Option<usize> {
    let mut text = rest.chars();
    name.chars().flat_map(char::to_uppercase).try_fold(0, |len, expected| {
        let c = text.next()?;
        (c == expected || expected == '\'' && c == '’').then_some(len + c.len_utf8())
    })
}

/// Whether a name may end at byte `end`: where its word ends, or before a particle, or in a script that runs on.
fn ends_well(text: &str, start: usize, end: usize) -> bool {
    let (Some(last), Some(next)) = (text[start..end].chars().next_back(), text[end..].chars().next()) else {
        return true;
    };
    let Some(spacing) = script::spacing(next) else { return true };
    match script::spacing(last) {
        None => false,
        Some(of_last) if of_last != spacing => true,
        Some(Spacing::Spaced) => false,
        // ドイツ語 is a language.
        Some(Spacing::Unspaced) => script::may_part(last, next) && !matches!(next, '語' | '语'),
        Some(Spacing::Suffixed) => {
            let rest = &text[end..];
            let len = rest.find(|c| script::spacing(c) != Some(spacing)).unwrap_or(rest.len());
            script::is_particle(&rest[..len])
        }
    }
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
