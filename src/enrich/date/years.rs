//! Whether a bare number of four digits names a year or counts what follows: "in 2015", "in 1900 cases".
//!
//! Counts are round far more often than years are asked for by a round number, and years long past are written with a
//! word for "year" more often than without. So a recent number that is not round needs only its preposition, and every
//! other one needs to be followed by something that it cannot count.

use super::bag::Bag;
use super::context::{Gap, abbreviation_before, after_word, word_after, word_before};
use super::data::Order;
use super::expression::{Before, End, Expression};
use super::number::Number;
use super::parts::{BUDDHIST_OFFSET, BUDDHIST_YEARS, YEARS};
use super::reader::Reader;
use super::scan::{Kind, Token};
use super::senses::Unit;
use super::value::Partial;

/// Years before this need more than a preposition: newspapers count in thousands more often than they go back so far.
const PLAIN_FROM: i16 = 1800;

/// Years that news speaks of without a word for "year", even before a noun: "in 2015 researchers found".
const RECENT: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Years that are named without any preposition where the language does so.
const BARE: std::ops::RangeInclusive<i16> = 1500..=2100;

/// How many years of a list are looked back over.
const YEARS_LISTED_MAX: usize = 6;

/// How strongly the words around a number say that it is a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    /// They do not.
    None,
    /// A word stands there that often has a year beside it: "until", "of".
    Beside,
    /// "Since".
    Since,
    /// The preposition of years: "in".
    Lead,
    /// What follows only follows dates: "until now".
    Sure,
}

/// What follows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follower {
    /// Punctuation or the end: nothing that it could count.
    End,
    /// A word that nobody counts: a verb, an article, a conjunction, a name.
    Function,
    /// Another word, which may be a noun.
    Word,
    /// A unit, or the other end of a range of numbers.
    Counted,
}

impl Bag {
    /// Whether it is a year that no word names as one.
    pub(super) fn is_bare_year(&self) -> bool {
        let value = self.value;
        value.year.is_some() && value.month.is_none() && value.day.is_none() && !self.labelled
    }
}

impl Reader<'_> {
    /// Whether a bare year may be called one. `bracketed` says that it stands in brackets of its own.
    pub(super) fn is_year(&self, date: &Bag, support: Support, bracketed: bool) -> bool {
        let Some(year) = date.value.year else { return false };
        let (old, round) = (year < PLAIN_FROM, self.is_round(year));
        if bracketed {
            return !(old && round);
        }
        // "1951-ben", "1971'de"; "2019. je".
        let behind = self.text[date.end..].strip_prefix(['\'', '’']);
        let ended = !self.text[..date.end].ends_with(char::is_numeric)
            || behind.is_some_and(|behind| behind.starts_with(char::is_alphabetic));
        if BARE.contains(&year) && !round && (ended || self.is_dotted(date.end)) {
            return true;
        }
        let follower = self.follower(date.end);
        let uncounted = matches!(follower, Follower::End | Follower::Function);
        match support {
            Support::None => false,
            Support::Sure => true,
            Support::Lead if old => !round && uncounted,
            Support::Since | Support::Beside if old => false,
            Support::Lead | Support::Since if RECENT.contains(&year) && !round => follower != Follower::Counted,
            Support::Lead | Support::Since => uncounted,
            Support::Beside => uncounted && !self.follows_a_number(date.start),
        }
    }

    /// Whether the full stop of an ordinal stands behind a year, where the language writes it and the sentence goes on.
    fn is_dotted(&self, end: usize) -> bool {
        let rest = self.text[end..].strip_prefix('.').filter(|_| self.words.data.dotted_year);
        rest.is_some_and(|rest| {
            rest.starts_with([',', ';', ')']) || rest.trim_start_matches(' ').starts_with(char::is_lowercase)
        })
    }

    /// Two years with a dash: `2019–2021`, `1958–62`.
    pub(super) fn years(&self, at: usize) -> Option<(Expression, usize)> {
        let token = self.tokens.get(at)?;
        let Kind::Number(number) = token.kind else { return None };
        let (first, last, end, next) = self.two_years(at, &number)?;
        let possible = |year: &u32| YEARS.contains(year) || self.words.data.buddhist && BUDDHIST_YEARS.contains(year);
        if first >= last || !possible(&first) || !possible(&last) {
            return None;
        }
        if self.is_numbered(token.start) {
            return None;
        }
        let year = |value| {
            Some(Bag {
                start: token.start,
                end,
                value: Partial::year(self.year(value, 4, false)?),
                labelled: true,
                numeric: true,
                ..Bag::default()
            })
        };
        let date = year(first)?;
        let last = year(last)?;
        // The unit word or preposition before the first year belongs to both.
        let Before { lead, from, between, .. } = self.words_before(&date);
        let (a, b) = date.value.year.zip(last.value.year)?;
        let counts = lead.is_none() && !self.is_bracketed(&date) && !self.are_years(a, b, end);
        if counts || self.is_of_other_calendar(&last) {
            return None;
        }
        let start = from.or(between).or(lead).unwrap_or(token.start);
        Some((Expression { start, end, date, to: End::Date(last) }, next))
    }

    /// Whether a word stands before a byte that makes the number there no date: "no. 2019-45".
    pub(super) fn is_numbered(&self, start: usize) -> bool {
        let list = &self.words.data.number;
        word_before(self.text, start, list, self.words).is_some()
            || abbreviation_before(self.text, start, list, self.words)
    }

    /// The same behind the word for the year: "वर्ष 2011-12", "i årene 1958–62".
    pub(super) fn named_years(&self, at: usize) -> Option<(Expression, usize)> {
        let named = self.mark_before(at) == Some(Unit::Year) && self.gap_before(at + 1) == Gap::Space;
        let (expression, next) = named.then(|| self.years(at + 1)).flatten()?;
        let word = self.tokens[at].start;
        let lead = word_before(self.text, word, &self.words.data.lead.year, self.words);
        Some((Expression { start: lead.unwrap_or(word).min(expression.start), ..expression }, next))
    }

    /// The years of `2019–2021`, `1958–62` or the season `2023/24`, where they end, and the token behind them. Other two
    /// digits up to twelve behind a hyphen are a month.
    fn two_years(&self, at: usize, number: &Number) -> Option<(u32, u32, usize, usize)> {
        if number.glued_left {
            return None;
        }
        let Token { end, .. } = self.tokens[at];
        let short = |first: u32, last: u32| first / 100 * 100 + last;
        match (number.values(), &number.widths[..number.len]) {
            (&[first, last], [4, 4]) if !number.glued_right && matches!(number.separators[0], '-' | '–' | '—') => {
                Some((first, last, end, at + 1))
            }
            (&[first, last], [4, 2]) if !number.glued_right => {
                let next = short(first, last) == first + 1;
                // Only where years come first is "2011/12" a month; with a word for the year it is none anywhere.
                let named = at > 0 && self.mark_before(at - 1) == Some(Unit::Year);
                let days_first = matches!(self.words.data.order, Order::Dmy | Order::Mdy);
                let season = next && (last > 12 || named || days_first);
                let dash = number.separators[0] == '-' && (last > 12 || season);
                (season && number.separators[0] == '/' || dash).then(|| (first, short(first, last), end, at + 1))
            }
            // The two were read apart, as in "1913–19 December": no month may follow.
            (&[first], [4]) => {
                let next = self.number(at + 1).filter(|next| !next.glued_right)?;
                let (last, _) = next.single().filter(|(_, width)| *width == 2)?;
                let token = self.tokens[at + 1];
                let dash = matches!(&self.text[end..token.start], "-" | "–" | "—") && self.bag(at + 1).is_none();
                dash.then(|| (first, short(first, last), token.end, at + 2))
            }
            _ => None,
        }
    }

    /// Whether a number is a year that needs no preposition: "1945 wurde sie gesprengt". What stands before it must be no
    /// name or noun that it numbers.
    pub(super) fn is_bare_year_alone(&self, date: &Bag) -> bool {
        let before = self.text[..date.start].trim_end_matches([' ', '\u{a0}']);
        let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or(before);
        let named = word.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric());
        let joined = before.len() == date.start && !before.is_empty() && !before.ends_with(['(', '„', '"', '–']);
        let recent = date.value.year.is_some_and(|year| BARE.contains(&year) && !self.is_round(year));
        self.words.data.bare_year
            && recent
            && !named
            && !joined
            && matches!(self.follower(date.end), Follower::End | Follower::Function)
    }

    /// Whether two bare numbers with a range word or dash between them are years.
    pub(super) fn are_years(&self, first: i16, last: i16, end: usize) -> bool {
        let follower = self.follower(end);
        let uncounted = matches!(follower, Follower::End | Follower::Function);
        let round = self.is_round(first) && self.is_round(last);
        match (first < PLAIN_FROM, round) {
            (true, true) => false,
            (false, false) => follower != Follower::Counted,
            _ => uncounted,
        }
    }

    /// Whether a labelled year is a number word with a count: `năm` is "year" and "five", so `năm 2000 người` may be
    /// "five thousand people".
    pub(super) fn counts_after_label(&self, date: &Bag) -> bool {
        let value = date.value;
        value.month.is_none()
            && value.day.is_none()
            && value.year.is_some_and(|year| self.is_round(year))
            && self.text[..date.end].ends_with(char::is_numeric)
            && word_after(self.text, date.end, &self.words.data.counted, self.words)
    }

    /// Whether the words after a year say that it is not one of the Gregorian calendar, or lies before our era.
    pub(super) fn is_of_other_calendar(&self, date: &Bag) -> bool {
        date.value.year.is_some() && word_after(self.text, date.end, &self.words.data.other_calendar, self.words)
    }

    /// Two bare numbers with a range word between them that are no years: the token after them.
    pub(super) fn after_counts(&self, first: usize) -> Option<usize> {
        let (date, next) = self.bag(first).filter(|(date, _)| date.is_bare_year())?;
        let joins = self.joins(next, self.words_before(&date).between.is_some());
        let (second, after) = self.bag(next).filter(|(second, _)| joins && second.is_bare_year())?;
        let (a, b) = date.value.year.zip(second.value.year)?;
        (!self.are_years(a, b, second.end)).then_some(after)
    }

    fn is_round(&self, year: i16) -> bool {
        year % 100 == 0 || self.habits.buddhist && (year + BUDDHIST_OFFSET) % 100 == 0
    }

    /// Whether the word before a number follows a number itself: "from 800 to 1900".
    fn follows_a_number(&self, start: usize) -> bool {
        let word = word_before(self.text, start, &self.words.data.to, self.words);
        word.is_some_and(|at| self.text[..at].trim_end_matches([' ', '\u{a0}']).ends_with(char::is_numeric))
    }

    /// Whether a bare year goes on a list of years: "in 2007 and 2009".
    pub(super) fn continues_years(&self, at: usize) -> bool {
        let data = &self.words.data;
        let recent = |at: usize| {
            let (value, width) = self.number(at)?.single()?;
            (width == 4 && i16::try_from(value).is_ok_and(|year| RECENT.contains(&year))).then_some(())
        };
        (0..at)
            .rev()
            .take(YEARS_LISTED_MAX)
            .take_while(|before| {
                matches!(self.gap_before(before + 1), Gap::Comma | Gap::And) && recent(*before).is_some()
            })
            .any(|before| {
                let led = |list| word_before(self.text, self.tokens[before].start, list, self.words).is_some();
                led(&data.lead.year) || led(&data.lead.beside)
            })
    }

    /// Whether what follows a number is nothing that it counts.
    pub(super) fn is_uncounted(&self, at: usize) -> bool {
        matches!(self.follower(at), Follower::End | Follower::Function)
    }

    fn follower(&self, at: usize) -> Follower {
        let data = &self.words.data;
        let tail = self.text[at..].trim_start_matches([' ', '\u{a0}']);
        match tail.chars().next() {
            Some('%' | '‰' | '°' | '$' | '€' | '£' | '¥' | '₫' | '₹' | '₽') => return Follower::Counted,
            // A time of day: "am Sonntag 20:15".
            Some(next) if next.is_numeric() && tail.trim_start_matches(char::is_numeric).starts_with(':') => {
                return Follower::End;
            }
            Some(next) if next.is_alphanumeric() => {}
            _ => return Follower::End,
        }
        if word_after(self.text, at, &data.counted, self.words) {
            return Follower::Counted;
        }
        if let Some(end) = after_word(self.text, at, &data.to, self.words) {
            let number = self.text[end..].trim_start().starts_with(char::is_numeric);
            return if number { Follower::Counted } else { Follower::Function };
        }
        let word = tail.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or(tail);
        let (capital, small) = (tail.starts_with(char::is_uppercase), tail.starts_with(char::is_lowercase));
        // Where nouns have a capital, a small word is no noun; one with an adjective's ending may belong to one.
        let uncounted = if data.capital_nouns { small && !word.ends_with(['e', 'n', 'r', 's', 'm']) } else { capital };
        let verb = self.words.past.holds(word) || self.words.future.holds(word);
        if uncounted || verb || word_after(self.text, at, &self.words.function, self.words) {
            Follower::Function
        } else {
            Follower::Word
        }
    }
}
