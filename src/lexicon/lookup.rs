//! Finding names in a text.

use super::Lexicon;
use super::artefact::{NESTED_MAX, NameId, Posting};
use super::compile::{run_keys, word_key};
use super::endings::Endings;
use super::languages::LanguageId;
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

/// A name of one word that an ending follows needs this many characters.
const BEFORE_ENDING_MIN: usize = 4;

/// A name in capitals throughout needs this many letters: shorter ones are taken for abbreviations.
const CAPS_LETTERS_MIN: usize = 4;

impl Lexicon {
    /// The language of this tag, if the lexicon has names in it.
    pub(crate) fn language(&self, tag: &str) -> Option<LanguageId> {
        self.artefact.language(tag)
    }

    /// The names of a text that its language uses or may borrow, in order: the leftmost longest, but for one that a
    /// longer one overlaps, as 'La Unión' is overlapped in 'la Unión Europea' at the start of a sentence.
    pub(crate) fn scan(&self, text: &str, tokens: &[Token], tag: &str) -> Vec<Hit> {
        let (proclitics, endings) = (script::proclitics(tag), Endings::of(tag));
        let search = Search { lexicon: self, text, language: self.language(tag), proclitics, endings };
        let mut hits = Vec::new();
        let mut free = 0;
        for (number, token) in tokens.iter().enumerate() {
            if token.end as usize <= free {
                continue;
            }
            search.names_of(&tokens[number..], free, |name, start, end| {
                let after = number + tokens[number..].partition_point(|token| (token.start as usize) < end);
                if search.is_overlapped(&tokens[number..], after - number, start, end) {
                    return;
                }
                let (first, after) = (offset(number), offset(after));
                hits.push(Hit { name, start: offset(start), end: offset(end), first, after });
                free = end;
            });
        }
        hits
    }

    /// What a name means in a text of this language: the meanings that the language uses; else, for a name that is
    /// long enough and means one thing only, that meaning.
    pub(crate) fn readings(&self, name: NameId, language: Option<LanguageId>) -> impl Iterator<Item = Reading> {
        let postings = self.artefact.postings(name);
        let is_own = postings.clone().any(|posting| self.artefact.is_used_in(posting, language));
        let may_be_used = is_own || self.may_borrow(name);
        let used = move |posting: &Posting| may_be_used && (!is_own || self.artefact.is_used_in(*posting, language));
        // What a row says of a name in one language stands before what another says of it in every one.
        // The one meaning of a name has it always.
        let others = postings.clone();
        let is_one = others.len() == 1;
        let has_last_word = move |posting: &Posting| {
            is_one
                || self.artefact.is_of(*posting, language)
                || !others.clone().any(|other| other.entity == posting.entity && self.artefact.is_of(other, language))
        };
        postings.filter(used).filter(has_last_word).map(move |posting| {
            let unsure = !is_own && !self.is_firm_abroad(name, posting);
            let flags = if unsure { posting.flags.with(Flags::WEAK) } else { posting.flags };
            Reading { entity: posting.entity, flags, prior: f64::from(posting.prior_percent) / 100.0, own: is_own }
        })
    }

    /// The name that is written just so, if the language uses it.
    pub(crate) fn named(&self, written: &str, language: Option<LanguageId>) -> Option<NameId> {
        let mut whole = None;
        self.artefact.names_at(written, |name, len| whole = (len == written.len()).then_some(name));
        let is_it = |name: &NameId| {
            self.artefact.is_text(*name, written) && self.readings(*name, language).next().is_some_and(|r| r.own)
        };
        whole.and_then(|first| self.artefact.same_form(first).find(is_it))
    }

    /// How many bytes of a text a name may start with, whatever its case.
    pub(crate) fn reach(&self, text: &str) -> usize {
        self.artefact.reach(text)
    }

    fn may_borrow(&self, name: NameId) -> bool {
        let mut entities = self.artefact.postings(name).map(|posting| posting.entity);
        let letters = self.artefact.text(name).chars().filter(|c| c.is_alphabetic()).count();
        letters >= FOREIGN_LETTERS_MIN && entities.next().is_some_and(|first| entities.all(|entity| entity == first))
    }

    fn is_firm_abroad(&self, name: NameId, posting: Posting) -> bool {
        let is_plain = self.artefact.text(name).bytes().all(|byte| byte.is_ascii_alphabetic());
        !is_plain || self.artefact.languages_of(posting) >= FOREIGN_LANGUAGES_MIN
    }
}

struct Search<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    language: Option<LanguageId>,
    proclitics: &'static [&'static str],
    endings: Option<&'static Endings>,
}

impl Search<'_> {
    /// Whether a name of more bytes starts at a later one of a name's words, of which there are `count`, and goes
    /// beyond its end.
    fn is_overlapped(&self, words: &[Token], count: usize, start: usize, end: usize) -> bool {
        (1..count).filter(|&at| words[at].spacing == Spacing::Spaced).any(|at| {
            let later = self.longest(words[at].start as usize, words[at].key, &words[at..]);
            later.is_some_and(|(_, later_end)| later_end > end && later_end - words[at].start as usize > end - start)
        })
    }

    /// The names that start within the first of these words, at or after byte `free`.
    fn names_of(&self, words: &[Token], free: usize, mut found: impl FnMut(NameId, usize, usize)) {
        let token = &words[0];
        let (start, end) = (token.start as usize, token.end as usize);
        match token.spacing {
            Spacing::Spaced => {
                let plain = self.longest(start, token.key, words).map(|(name, end)| (name, start, end));
                let found_in = plain.or_else(|| self.after_proclitic(words)).or_else(|| self.before_ending(token));
                if let Some((name, start, end)) = found_in {
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
        let may_start = run_keys(&self.text[start..end]).any(|key| self.lexicon.artefact.may_start(key));
        may_start.then(|| self.longest_at(start, shape)).flatten()
    }

    /// The longest usable name at a byte where a word of this key starts, the first of these, and its end.
    fn longest(&self, start: usize, key: u64, words: &[Token]) -> Option<(NameId, usize)> {
        let shape = words[0].shape;
        self.may_start(word_key(key, shape), words.get(1)).then(|| self.longest_at(start, shape)).flatten()
    }

    /// Whether a name may stand where a word of this key and its next one do. A last word may carry an ending, be in
    /// capitals for a letter that has none, or have an apostrophe that counts as a letter: the next word tells nothing
    /// then.
    fn may_start(&self, key: u64, next: Option<&Token>) -> bool {
        let artefact = &self.lexicon.artefact;
        let tells = |next: &Token| next.shape != Shape::Caps && !next.text(self.text).contains('ʼ');
        artefact.may_start(key)
            && (self.endings.is_some()
                || artefact.may_go_on(key, next.map(|next| next.key))
                || next.is_some_and(|next| !tells(next)))
    }

    fn longest_at(&self, start: usize, shape: Shape) -> Option<(NameId, usize)> {
        let artefact = &self.lexicon.artefact;
        let mut nested = [None; NESTED_MAX];
        let mut count = 0;
        artefact.names_at(&self.text[start..], |name, len| {
            nested[count % NESTED_MAX] = Some((name, len));
            count += 1;
        });
        let longest_first = (count.saturating_sub(NESTED_MAX)..count).rev().filter_map(|at| nested[at % NESTED_MAX]);
        let mut ending_well =
            longest_first.filter_map(|(first, len)| Some((first, len, self.end_of(start, start + len)?)));
        ending_well.find_map(|(first, len, end)| {
            let usable = |&name: &NameId| {
                self.is_written(name, &self.text[start..start + len], shape)
                    && self.lexicon.readings(name, self.language).next().is_some()
            };
            artefact.same_form(first).find(usable).map(|name| (name, end))
        })
    }

    /// Where the word ends in which a name ends at byte `end`; `None` if it may not end there.
    fn end_of(&self, start: usize, end: usize) -> Option<usize> {
        if ends_well(self.text, start, end) {
            return Some(end);
        }
        let endings = self.endings.filter(|_| self.text[start..end].contains(' '))?;
        let rest = &self.text[end..];
        let len = rest.find(|c| script::spacing(c) != Some(Spacing::Spaced)).unwrap_or(rest.len());
        endings.may_follow(&rest[..len]).then_some(end + len)
    }

    /// The name of one word, firm in this language, of which a word is a form by its ending.
    fn before_ending(&self, token: &Token) -> Option<(NameId, usize, usize)> {
        let endings = self.endings.filter(|_| token.shape != Shape::Lower)?;
        endings.bare(token.text(self.text)).find_map(|bare| {
            let is_long = bare.chars().nth(BEFORE_ENDING_MIN - 1).is_some();
            if !is_long || !self.lexicon.artefact.may_start(word_key(token::read(&bare).0, token.shape)) {
                return None;
            }
            let name = self.lexicon.named(&bare, self.language)?;
            let is_weak = self.lexicon.readings(name, self.language).any(|reading| reading.flags.has(Flags::WEAK));
            if is_weak {
                return None;
            }
            Some((name, token.start as usize, token.end as usize))
        })
    }

    /// A name after the preposition, conjunction or article that is written on to it.
    fn after_proclitic(&self, words: &[Token]) -> Option<(NameId, usize, usize)> {
        let token = &words[0];
        let word = token.text(self.text);
        self.proclitics.iter().find_map(|proclitic| {
            let rest = word.strip_prefix(proclitic).filter(|rest| rest.chars().nth(2).is_some())?;
            let start = token.end as usize - rest.len();
            self.longest(start, token::key(rest), words).map(|(name, end)| (name, start, end))
        })
    }

    /// Whether this is the name as it is written: in its own case, or in capitals throughout.
    fn is_written(&self, name: NameId, written: &str, shape: Shape) -> bool {
        let artefact = &self.lexicon.artefact;
        if artefact.is_text(name, written) {
            return true;
        }
        let text = artefact.text(name);
        if spelt(text, written) {
            return true;
        }
        let folds = shape == Shape::Caps && !artefact.postings(name).any(|posting| posting.flags.has(Flags::CASE));
        folds && text.chars().nth(CAPS_LETTERS_MIN - 1).is_some() && in_capitals(text, written)
    }
}

/// Whether this is the name with typographic apostrophes.
fn spelt(name: &str, written: &str) -> bool {
    name.len() != written.len() && name.contains('\'') && name.chars().eq(written.chars().map(plain))
}

/// Whether this is the name in capitals.
fn in_capitals(name: &str, written: &str) -> bool {
    name.chars().flat_map(char::to_uppercase).eq(written.chars().map(plain))
}

fn plain(c: char) -> char {
    if matches!(c, '’' | 'ʼ') { '\'' } else { c }
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
