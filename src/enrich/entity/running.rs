//! Names in scripts that write words on to one another, or particles to words: Chinese, Japanese, Thai, Korean.
//!
//! Here a phrase of the rules is found at a character, not at a word. Persons are told by a title and by their form: a
//! family name and one or two characters more, a run of katakana, a Korean word of three syllables, Thai words up to a
//! space. What the form does not close on both sides is left to the model.

use super::page::{Body, Ground, Page, What};
use super::portfolio::Portfolios;
use super::rules::{Rules, Title};
use super::run::{Sign, runs_on};
use crate::lexicon::script::{self, Spacing};

/// The most characters of a name: long foreign ones in katakana, and Thai family names.
const NAME_CHARS_MAX: usize = 24;

/// The most titles in a row before a Thai name.
const TITLES_MAX: usize = 4;

/// The most Han characters that are read back from a title: 'former minister', a family name and a given one.
const HAN_CHARS_MAX: usize = 10;

/// Claims the ministries and persons of a page that are written in such scripts.
pub(super) fn find(page: &mut Page<'_>, rules: &Rules) {
    if rules.runs.is_empty() {
        return;
    }
    for number in 0..page.tokens.len() {
        let token = page.tokens[number];
        if token.spacing == Spacing::Spaced {
            continue;
        }
        let (mut at, end) = (token.start as usize, token.end as usize);
        while at < end {
            let found = Reader { page, rules }.at(at, token.start as usize);
            let next = at + page.text[at..].chars().next().map_or(1, char::len_utf8);
            at = match found {
                Some(Found { start, end, what, next }) if page.claim_run(start, end, what) => next,
                Some(_) | None => next,
            };
        }
    }
}

struct Found {
    start: usize,
    end: usize,
    what: What,
    /// Where to read on.
    next: usize,
}

struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    rules: &'p Rules,
}

impl Reader<'_, '_> {
    fn at(&self, at: usize, word: usize) -> Option<Found> {
        let is_hangul = self.char_at(at).and_then(script::spacing) == Some(Spacing::Suffixed);
        // Korean words start where they are written apart.
        if is_hangul && at != word || !is_hangul && !self.may_part(at) {
            return None;
        }
        let rest = &self.page.text[at..];
        self.rules.runs.at(rest).find_map(|(len, sign)| {
            let after = at + len;
            match sign {
                Sign::Ministry(portfolios) => self.ministry(at, after, portfolios),
                Sign::Mission => self.mission(at, after),
                Sign::Behind(_) if is_hangul => self.korean_before(at, after),
                Sign::Behind(title) => self.name_before(at, after, title),
                Sign::Before(Title::Address) if self.rules.address_in_name => self.thai(at, after),
                Sign::Before(_) | Sign::Family | Sign::Stop | Sign::NotName | Sign::Everyday | Sign::Tail => None,
            }
        })
    }

    fn ministry(&self, at: usize, after: usize, portfolios: Portfolios) -> Option<Found> {
        let country = self.page.country_before(at);
        let what = What::Body(Body { country, portfolios });
        let office = self.rules.runs.is_office(&self.page.text[at..], after - at);
        (self.ends_word(after) && !self.is_han_between(at, after) && !office).then_some(Found {
            start: at,
            end: after,
            what,
            next: after,
        })
    }

    /// '越南大使馆', '베트남 대사관': the country is part of the name.
    fn mission(&self, at: usize, after: usize) -> Option<Found> {
        let before = self.page.text[..at].trim_end_matches(' ');
        let hit = self.page.hit_ending(before.len())?;
        let what = What::Body(Body::of(self.page.country_of(hit)?));
        let start = hit.start as usize;
        self.ends_word(after).then_some(Found { start, end: after, what, next: after })
    }

    /// '外交部' is no ministry in '对外交部'.
    fn is_han_between(&self, at: usize, after: usize) -> bool {
        let joined = self.char_at(after).is_some_and(is_han) && !self.closes(after);
        let known = self.page.hit_ending(at).is_some();
        joined && self.char_before(at).is_some_and(is_han) && !known
    }

    /// A Korean name, a word before its title.
    fn korean_before(&self, at: usize, after: usize) -> Option<Found> {
        let before = self.page.text[..at].trim_end_matches(' ');
        let word =
            before.rfind(|c: char| !runs_on(c)).map_or(0, |last| last + self.char_at(last).map_or(1, char::len_utf8));
        let name = &before[word..];
        let chars = name.chars().count();
        let family = self.rules.runs.at(name).find(|(_, sign)| *sign == Sign::Family)?.0;
        let given = name[family..].chars().count();
        let fits = (3..=4).contains(&chars) && given == 2 && at - before.len() <= 1;
        let ends_like_a_word = ["의", "는", "를", "을", "당", "은", "로"].iter().any(|ending| name.ends_with(ending));
        let tail = name.char_indices().skip(1).any(|(byte, _)| {
            self.rules
                .runs
                .at(&name[byte..])
                .any(|(len, sign)| sign == Sign::Tail && byte + len == name.len() && len > 3)
        });
        let person = fits && !ends_like_a_word && !tail && !self.rules.runs.has(name, Sign::NotName);
        (person && self.ends_word(after) && !self.is_known(word, before.len())).then_some(self.person(
            word,
            before.len(),
            at,
        ))
    }

    /// A name that a title is written on to.
    fn name_before(&self, at: usize, after: usize, title: Title) -> Option<Found> {
        if self.char_at(after).is_some_and(|c| is_han(c) && !self.closes(after)) {
            return None;
        }
        let start = self.han_before(at, title).or_else(|| self.katakana_before(at, title))?;
        (!self.is_known(start, at)).then_some(self.person(start, at, after))
    }

    /// Where a name in Han characters starts: with a family name and one or two more, or the whole run.
    fn han_before(&self, at: usize, title: Title) -> Option<usize> {
        let starts: Vec<usize> = self.page.text[..at]
            .char_indices()
            .rev()
            .take(HAN_CHARS_MAX)
            .take_while(|&(_, c)| is_han(c))
            .map(|(byte, _)| byte)
            .collect();
        let closed = |start: usize| !self.char_before(start).is_some_and(is_han) || self.opens(start);
        let family = |start: usize| {
            let name = &self.page.text[start..at];
            self.rules
                .runs
                .at(name)
                .filter(|(_, sign)| *sign == Sign::Family)
                .map(|(len, _)| name[len..].chars().count())
                .collect::<Vec<_>>()
        };
        // Most names have four characters or three, the family name two or one of them.
        let by_family = [4, 3, 5, 2].into_iter().filter_map(|chars| starts.get(chars - 1).copied()).find(|&start| {
            let whole = family(start).iter().any(|given| (1..=2).contains(given)) && closed(start);
            whole || starts.iter().position(|&s| s == start) == Some(3) && family(start).contains(&2)
        });
        let bare = || {
            let start = *starts.last()?;
            let name = &self.page.text[start..at];
            let one = family(start).contains(&0) && starts.len() >= 2 && closed(start);
            let sure =
                title == Title::Address && (3..=4).contains(&starts.len()) && closed(start) && !self.has_word(name);
            (one || sure).then_some(start)
        };
        by_family.filter(|&start| !self.has_word(&self.page.text[start..at])).or_else(bare)
    }

    /// Whether a run holds a word that no name has.
    fn has_word(&self, run: &str) -> bool {
        let mut bytes = run.char_indices().skip(1);
        self.rules.runs.has(run, Sign::NotName)
            || bytes.any(|(byte, _)| {
                self.rules
                    .runs
                    .at(&run[byte..])
                    .any(|(len, sign)| sign == Sign::NotName || sign == Sign::Tail && byte + len == run.len())
            })
    }

    /// Where a foreign name in katakana starts: with its parts, if an office is all that tells it.
    fn katakana_before(&self, at: usize, title: Title) -> Option<usize> {
        let is_part = |c: char| script::is_katakana(c) || matches!(c, '・' | '＝');
        let run = self.page.text[..at].char_indices().rev().take(NAME_CHARS_MAX + 1).take_while(|&(_, c)| is_part(c));
        let (start, chars) = run.fold((at, 0), |(_, chars), (byte, _)| (byte, chars + 1));
        let name = &self.page.text[start..at];
        let enough = (2..=NAME_CHARS_MAX).contains(&chars) && (title == Title::Address || name.contains('・'));
        let whole = !name.starts_with(['・', '＝', 'ー'])
            && !self.char_before(start).is_some_and(char::is_alphanumeric)
            || self.opens_kana(start);
        (enough && whole && !name.starts_with(['・', '＝', 'ー'])).then_some(start)
    }

    fn opens_kana(&self, start: usize) -> bool {
        self.char_before(start).is_some_and(|c| matches!(u32::from(c), 0x3041..=0x309F | 0x4E00..=0x9FFF))
    }

    /// A Thai name behind a form of address, which belongs to it: a given name and, behind one space, a family name.
    fn thai(&self, at: usize, mut after: usize) -> Option<Found> {
        if self.char_before(at).is_some_and(is_thai) && !self.opens(at) {
            return None;
        }
        for _ in 0..TITLES_MAX {
            let mut signs = self.rules.runs.at(&self.page.text[after..]);
            match signs.find(|(_, sign)| *sign == Sign::Before(Title::Address)) {
                Some((len, _)) => after += len,
                None => break,
            }
        }
        let text = self.page.text;
        if text[..after].ends_with('.') && text[after..].starts_with(' ') {
            after += 1;
        }
        let given = thai_word(&text[after..]);
        let is_name = |word: &str| {
            let is_word = |(_, sign)| matches!(sign, Sign::Stop | Sign::Before(_) | Sign::NotName);
            (3..=18).contains(&word.chars().count()) && !self.rules.runs.at(word).any(is_word)
        };
        let start = after + given.len();
        let family = text[start..].strip_prefix(' ').map(thai_word).filter(|word| is_name(word));
        let end = start + family.map(|word| word.len() + 1)?;
        is_name(given).then_some(self.person(at, end, end))
    }

    fn person(&self, start: usize, end: usize, next: usize) -> Found {
        Found { start, end, what: What::Person(Ground::Title), next }
    }

    /// Whether the lexicon knows any of it as something other than a person.
    fn is_known(&self, start: usize, end: usize) -> bool {
        self.page.hits_within(start, end).any(|hit| !self.page.is_person(hit))
    }

    /// Whether a name may start here because a title or another word of the rules ends.
    fn opens(&self, at: usize) -> bool {
        let back = self.page.text[..at].char_indices().rev().take(6).map(|(byte, _)| byte);
        let ends_here = |byte: usize| {
            let is_word = |sign| matches!(sign, Sign::Before(_) | Sign::Behind(_) | Sign::Stop | Sign::Tail);
            self.rules.runs.at(&self.page.text[byte..at]).any(|(len, sign)| byte + len == at && is_word(sign))
        };
        self.page.hit_ending(at).is_some() || back.into_iter().any(ends_here)
    }

    /// Whether a name may end here because a word of the rules starts.
    fn closes(&self, at: usize) -> bool {
        self.rules
            .runs
            .at(&self.page.text[at..])
            .any(|(_, sign)| matches!(sign, Sign::Stop | Sign::Behind(_) | Sign::Before(_)))
    }

    /// Whether a Korean word ends here, or particles follow; other scripts do not say.
    fn ends_word(&self, at: usize) -> bool {
        let rest = &self.page.text[at..];
        let len = rest.find(|c| script::spacing(c) != Some(Spacing::Suffixed)).unwrap_or(rest.len());
        len == 0
            || script::is_particle(&rest[..len])
            || self.page.text[..at].chars().next_back().and_then(script::spacing) != Some(Spacing::Suffixed)
    }

    fn may_part(&self, at: usize) -> bool {
        self.char_before(at).zip(self.char_at(at)).is_none_or(|(before, after)| script::may_part(before, after))
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.page.text[at..].chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.page.text[..at].chars().next_back()
    }
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3005 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x2_0000..=0x3_FFFF)
}

fn is_thai(c: char) -> bool {
    matches!(u32::from(c), 0xE01..=0xE4E)
}

/// The Thai letters that a text starts with, as many as a name may have and one more.
fn thai_word(text: &str) -> &str {
    let letters = text.chars().take(NAME_CHARS_MAX + 1).take_while(|&c| is_thai(c));
    &text[..letters.map(char::len_utf8).sum()]
}
