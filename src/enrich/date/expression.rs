//! A date expression: one date, or a range of two, with the words that belong to it and the right to be called a date.
//!
//! A month's name or a unit word makes a date by itself. Bare digits do not: `2015`, `5/11` and an ambiguous name
//! ("May") need a word, a bracket or a range beside them, and a noun that they could count speaks against them.

use super::bag::Bag;
use super::context::{Gap, word_after, word_before};
use super::han;
use super::reader::Reader;
use super::scan::Kind;
use super::value::Partial;
use super::years::Support;

/// No short form of a month's name that is a word of its own is longer, in bytes: "mar.".
const SHORT_BYTES_MAX: usize = 4;

/// A date expression in the text, not yet resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Expression {
    /// Its bytes, with the words that belong to it.
    pub(super) start: usize,
    pub(super) end: usize,
    /// The date, or the range's first.
    pub(super) date: Bag,
    /// What it reaches to.
    pub(super) to: End,
}

/// The other end of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It is one date.
    None,
    /// Up to another date.
    Date(Bag),
    /// Up to now.
    Now,
    /// Without end: "since 2019".
    Open,
}

/// Where the words start that stand before a date and belong to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    /// Its preposition or article.
    pub(super) lead: Option<usize>,
    /// "From".
    pub(super) from: Option<usize>,
    /// "Between".
    pub(super) between: Option<usize>,
    /// "Since".
    pub(super) since: Option<usize>,
}

impl Reader<'_> {
    /// Every expression of the text that its tokens spell by themselves, left to right.
    pub(super) fn expressions(&self, mut found: impl FnMut(Expression)) {
        let mut at = 0;
        while at < self.tokens.len() {
            match self.expression(at) {
                Some((expression, next)) => {
                    found(expression);
                    at = next;
                }
                None => at = self.after_none(at),
            }
        }
    }

    /// The token to go on from where no expression starts.
    pub(super) fn after_none(&self, at: usize) -> usize {
        self.after_impossible(at).or_else(|| self.after_counts(at)).or_else(|| self.after_street(at)).unwrap_or(at + 1)
    }

    /// The expression that starts at a token, and the token after it.
    pub(super) fn expression(&self, at: usize) -> Option<(Expression, usize)> {
        if let Some(found) = self.named_years(at).or_else(|| self.years(at)).or_else(|| self.days(at)) {
            return Some(found);
        }
        let (date, next) = self.bag(at)?;
        let titled = date.value.year.is_none() && self.is_title(date.start, date.end);
        if titled || self.is_street(date.start) {
            return None;
        }
        let Before { lead, from, between, since } = self.words_before(&date);
        let start = lead.unwrap_or(date.start);
        let opened = from.or(since);
        if self.is_now(next) && matches!(self.gap_before(next), Gap::Glued | Gap::Space | Gap::Comma) && date.has_date()
        {
            let end = self.tokens[next].end;
            let licensed = self.is_licensed(&date, Support::Sure);
            return licensed
                .then_some((Expression { start: opened.unwrap_or(start), end, date, to: End::Now }, next + 1));
        }
        let opened = opened.or(between);
        if self.joins(next, true)
            && let Some((second, after)) = self.bag(next).map(|(second, after)| (inherits(&date, second), after))
            && let closed = self.is_closed(second.end)
            && self.joins(next, between.is_some() || closed)
            && ranges(&date, &second)
            && self.is_range(&date, &second, opened.is_some() || closed)?
        {
            let start = opened.unwrap_or(start);
            return Some((Expression { start, end: second.end, date, to: End::Date(second) }, after));
        }
        if self.joins(next, between.is_some())
            && let Some((second, after)) = self.last_day(&date, next)
        {
            let start = opened.unwrap_or(start);
            return Some((Expression { start, end: second.end, date, to: End::Date(second) }, after));
        }
        let beside = || {
            date.value.day.is_none()
                && (word_before(self.text, start, &self.words.data.lead.beside, self.words).is_some()
                    || date.is_bare_year() && self.continues_years(at))
        };
        let support = match (lead, since) {
            (Some(_), _) => Support::Lead,
            (None, Some(_)) => Support::Since,
            (None, None) if beside() => Support::Beside,
            (None, None) => Support::None,
        };
        if !self.is_licensed(&date, support) {
            return None;
        }
        let open = since.filter(|_| date.has_date());
        let to = if open.is_some() { End::Open } else { End::None };
        Some((Expression { start: open.unwrap_or(start), end: date.end, date, to }, next))
    }

    /// Whether what stands before a token joins it to the date before it as the end of a range.
    pub(super) fn joins(&self, next: usize, between: bool) -> bool {
        match self.gap_before(next) {
            Gap::To | Gap::Dash => true,
            Gap::And => between,
            _ => false,
        }
    }

    /// Whether a word says that the date before it is the second of a range: "2006 és 2011 között".
    pub(super) fn is_closed(&self, end: usize) -> bool {
        word_after(self.text, end, &self.words.data.between_after, self.words)
    }

    /// Whether two dates with a range word between them are a range; `None` if they are numbers that count something.
    fn is_range(&self, date: &Bag, second: &Bag, opened: bool) -> Option<bool> {
        if self.is_of_other_calendar(second) {
            return None;
        }
        if date.is_bare_year() && second.is_bare_year() {
            let (first, last) = date.value.year.zip(second.value.year)?;
            return self.are_years(first, last, second.end).then_some(opened);
        }
        // "3.5.–14.9."
        let dotted = |date: &Bag| date.numeric && self.text[date.end..].starts_with('.');
        let support = if opened || dotted(date) && dotted(second) { Support::Lead } else { Support::None };
        Some(self.is_licensed(date, support) || second.labelled)
    }

    /// The words before a date that belong to it.
    pub(super) fn words_before(&self, date: &Bag) -> Before {
        let data = &self.words.data;
        let list = match (date.value.day, date.value.month, date.weekday) {
            (None, None, None) if date.relative.is_some() && date.weekday.is_none() => return Before::default(),
            (Some(_), _, _) | (_, _, Some(_)) => &data.lead.day,
            (None, Some(_), None) => &data.lead.month,
            (None, None, None) => &data.lead.year,
        };
        let lead = word_before(self.text, date.start, list, self.words);
        let before = |list| {
            let at = |end| word_before(self.text, end, list, self.words);
            lead.and_then(at).or_else(|| at(date.start))
        };
        let from = before(&data.from);
        // "From 2016" is open; "from 5 May" names a day on which something starts.
        let longer = |since: &usize| from.is_none_or(|from| *since < from);
        let since = before(&data.since).filter(|since| longer(since) || date.value.day.is_none());
        Before { lead, from, between: before(&data.between), since }
    }

    /// Whether what was read may be called a date.
    fn is_licensed(&self, date: &Bag, support: Support) -> bool {
        let data = &self.words.data;
        let full = date.value.year.is_some() && date.value.day.is_some();
        let digits = self.text[date.start..].starts_with(char::is_numeric);
        let bare = !date.labelled || digits && date.value.month.is_none();
        if (date.numeric || bare) && !full && self.is_numbered(date.start) {
            return false;
        }
        if self.is_of_other_calendar(date) || (date.labelled && self.counts_after_label(date)) {
            return false;
        }
        // "tahun lalu" is last year, "dua tahun lalu" is two years ago.
        if date.relative.is_some() && word_before(self.text, date.start, &data.counts, self.words).is_some() {
            return false;
        }
        if support == Support::None && self.is_somebody(date) {
            return false;
        }
        if date.labelled {
            return date.value.day.is_none() || date.value.month.is_some() || self.day_alone(date);
        }
        if date.ends_bare() && word_after(self.text, date.end, &data.counted, self.words) {
            return false;
        }
        let dated = date.has_date() && (date.value.month.is_some() || date.relative.is_some());
        let bracketed = self.is_bracketed(date);
        let alone = self.is_alone(date);
        if date.is_bare_year() {
            let bare = support == Support::None && self.is_bare_year_alone(date);
            return alone || bare || self.is_year(date, support, bracketed);
        }
        // "na quinta colocação"
        if date.weekday.is_some() && !date.has_date() && !self.is_uncounted(date.end) {
            return false;
        }
        // "la Plaza de Mayo"; "las pruebas de mar.", where a short form is a word of its own
        let weak = date.named || self.is_short_month(date);
        let support = if weak && support == Support::Beside { Support::None } else { support };
        support != Support::None
            || bracketed
            || alone
            || (dated && (date.value.part.is_some() || date.weekday.is_some()))
    }

    /// Whether it is all that the text says, but for the full stop of an abbreviation or sentence: "di."
    fn is_alone(&self, date: &Bag) -> bool {
        let behind = self.text[date.end..].trim();
        self.text[..date.start].trim_end().is_empty() && matches!(behind, "" | ".")
    }

    /// Whether it is a month by a short form of its name and nothing else.
    fn is_short_month(&self, date: &Bag) -> bool {
        let month = date.value.month.filter(|_| date.is_month() && date.value.year.is_none());
        let names = month.and_then(|month| self.words.data.months.get(usize::from(month) - 1));
        let full = names.and_then(|names| names.first()).map_or(0, String::len);
        date.end - date.start < full && date.end - date.start <= SHORT_BYTES_MAX
    }

    pub(super) fn is_bracketed(&self, date: &Bag) -> bool {
        self.text[..date.start].ends_with(['(', '（']) && self.text[date.end..].starts_with([')', '）'])
    }

    /// A day of the month without its month: with a word before it always, with one after it where the language writes so.
    fn day_alone(&self, date: &Bag) -> bool {
        // 「三日」 is three days as often as the third.
        let spelled = han::starting(&self.text[date.start..]).is_some() && date.value.day <= Some(10);
        date.weekday.is_some()
            || (self.words.data.day_alone && !spelled)
            || self.words.data.day.after.iter().all(|mark| !self.text[date.start..date.end].ends_with(mark.as_str()))
    }

    /// Two days with one month between them: "du 3 au 5 mai", "3 to 5 May 2019".
    fn days(&self, at: usize) -> Option<(Expression, usize)> {
        let token = self.tokens.get(at)?;
        let Kind::Number(number) = token.kind else { return None };
        let (first, width) = number.single().filter(|_| !number.glued_left && !number.glued_right)?;
        let gap = self.gap_before(at + 1);
        if width > 2 || !(1..=31).contains(&first) || !matches!(gap, Gap::To | Gap::Dash | Gap::And) {
            return None;
        }
        let (second, next) = self.bag(at + 1)?;
        let last = second.value.day.filter(|_| second.value.month.is_some() && second.first_day.is_none())?;
        let first = u8::try_from(first).ok().filter(|first| *first < last)?;
        let date =
            Bag { start: token.start, end: token.end, value: Partial { day: Some(first), ..second.value }, ..second };
        let Before { lead, from, between, .. } = self.words_before(&date);
        let start = from.or(between).or(lead).unwrap_or(token.start);
        // "El 3 y 4 de mayo" are two days in a row.
        let listed = self.text[..token.start].trim_end().ends_with(',');
        let in_row = first.checked_add(1) == Some(last) && !listed;
        let joins = gap != Gap::And || between.is_some() || in_row || self.is_closed(second.end);
        (joins && second.labelled).then_some((Expression { start, end: second.end, date, to: End::Date(second) }, next))
    }
}

/// The last date of a range with the month that only the first one names: 「8月5日至10日」.
fn inherits(first: &Bag, second: Bag) -> Bag {
    let (from, to) = (first.value, second.value);
    let lacks = to.day > from.day && to.month.is_none() && second.labelled && second.weekday.is_none();
    if from.day.is_none() || from.month.is_none() || !lacks {
        return second;
    }
    Bag { value: Partial { year: from.year, month: from.month, ..to }, ..second }
}

/// Whether two dates can be the ends of one range: of one kind, and neither a clock of the other.
fn ranges(first: &Bag, second: &Bag) -> bool {
    let (a, b) = (first.value, second.value);
    let kind = |value: Partial| (value.day.is_some(), value.month.is_some(), value.year.is_some());
    match (kind(a), kind(b)) {
        ((true, ..), (true, true, _)) | ((false, true, _), (false, true, _)) => true,
        ((false, false, true), (false, false, true)) => a.year < b.year,
        _ => false,
    }
}
