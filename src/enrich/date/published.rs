//! When an article was published and changed: every source is read, the better one chosen, and what disagrees is said.
//!
//! Sources, the better first: metadata, the path of the URL, a marker line, the dateline. A later source that lies inside the
//! chosen one and is finer takes its place. Without a source there is no date: neither the time of the record nor that
//! of the crawl says when an article was published.

use jiff::civil::Date;

use super::bag::Bag;
use super::context::Direction;
use super::evidence::Evidence;
use super::expression::End;
use super::list::List;
use super::mentions::Known;
use super::phrase::{Chart, Context, meaning};
use super::reader::{Reader, Walks};
use super::resolve::Base;
use super::stamp::{self, Stamp};
use super::value::{Partial, Value};
use super::words::Words;
use super::{numeric, scan, url};
use crate::article::Article;
use crate::event::{
    Edtf, FurnitureRole, Precision, PublishedAlternative, Score, StampBasis, Timestamp, Warning, WarningCode,
};
use crate::text;

/// Publication and change, before the text narrows them.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    pub(super) published: Option<Timestamp>,
    pub(super) modified: Option<Timestamp>,
    /// The publication date as an anchor for the text.
    pub(super) known: Option<Known>,
    pub(super) warnings: Vec<Warning>,
    /// Fields of the metadata that could not be read, or not to the end, and their texts.
    pub(super) unread: Vec<(&'static str, String)>,
}

/// One source's word.
#[derive(Clone, Debug)]
struct Candidate {
    stamp: Stamp,
    basis: StampBasis,
}

/// Reads every source of an article.
///
/// `words` are those of the article's language and of English; `all` are those of every language, for metadata that is
/// written in another one.
pub(super) fn read<'a>(
    article: &Article,
    words: [&'a Words; 2],
    all: impl Iterator<Item = &'a Words> + Clone,
) -> Stamps {
    let mut stamps = Stamps::default();
    let (mut published, mut modified) = (Vec::new(), Vec::new());
    let metadata = &article.metadata;
    for (field, text, list) in [
        ("published_at", &metadata.published_at, &mut published),
        ("modified_at", &metadata.modified_at, &mut modified),
    ] {
        let Some(text) = text else { continue };
        match stamp::parse(text).or_else(|| phrase(text, words)).or_else(|| phrase(text, all.clone())) {
            Some(stamp) => {
                if stamp.precision < Precision::Minute && stamp::has_time(text) {
                    let detail = format!("{field} has a time of day or a zone that cannot be read; its date was kept");
                    stamps.warnings.push(Warning::new(WarningCode::DateInvalid, detail));
                    stamps.unread.push((field, text.clone()));
                }
                list.push(Candidate { stamp, basis: StampBasis::Metadata });
            }
            None => {
                let detail = format!("{field} is not a date that can be read, or not a plausible one");
                stamps.warnings.push(Warning::new(WarningCode::DateInvalid, detail));
                stamps.unread.push((field, text.clone()));
            }
        }
    }
    let identity = &article.identity;
    let by_url = [&identity.canonical_url, &identity.url].into_iter().flatten().find_map(|url| url::date(url));
    published.extend(by_url.map(|stamp| Candidate { stamp, basis: StampBasis::Url }));
    for piece in article.furniture.iter().filter(|piece| piece.role == FurnitureRole::DateMarker) {
        for part in parts(&piece.text, words) {
            let Some(stamp) = marker(part, words) else { continue };
            let list = if updated_at(part, words).is_some() { &mut modified } else { &mut published };
            list.push(Candidate { stamp, basis: StampBasis::Marker });
        }
    }
    published.extend(dateline(&article.body, words).map(|stamp| Candidate { stamp, basis: StampBasis::Text }));
    let chosen = choose(published, "publication", &mut stamps.warnings);
    stamps.known = chosen.as_ref().map(|(candidate, _)| known(&candidate.stamp));
    stamps.published = chosen.map(|(candidate, others)| timestamp(candidate, others));
    stamps.modified =
        choose(modified, "modification", &mut stamps.warnings).map(|(candidate, others)| timestamp(candidate, others));
    stamps
}

/// The text of a marker: `date 2019-11`, or a phrase with a date in it.
fn marker(text: &str, words: [&Words; 2]) -> Option<Stamp> {
    let text = text.trim();
    let bare = text.strip_prefix("date").map_or(text, |rest| rest.trim_start_matches([':', ' ']));
    stamp::parse(bare).or_else(|| phrase(text, words))
}

/// The day of the dateline that the body opens with, where it gives the year too.
fn dateline(body: &str, words: [&Words; 2]) -> Option<Stamp> {
    let date = text::dateline(body)?.date?;
    phrase(&body[date], words).filter(|stamp| stamp.precision >= Precision::Day)
}

/// Where a marker says that the article was changed rather than published.
fn updated_at(text: &str, words: [&Words; 2]) -> Option<usize> {
    let lower = text.to_lowercase();
    let found =
        words.iter().flat_map(|words| &words.data.updated).filter_map(|word| lower.find(word.as_str())).min()?;
    // Lower case can be of another length, in letters that no word before a date has.
    text.is_char_boundary(found).then_some(found).or(Some(0))
}

/// What a marker says of each of its dates: "Published: 3 October 2024, updated: 4 October 2024".
fn parts<'a>(text: &'a str, words: [&Words; 2]) -> Vec<&'a str> {
    let pieces = text.split(['|', '·', '•']).filter(|piece| !piece.trim().is_empty());
    let pieces: Vec<&str> = pieces
        .flat_map(|piece| match updated_at(piece, words) {
            Some(at) if marker(&piece[..at], words).is_some() => vec![&piece[..at], &piece[at..]],
            _ => vec![piece],
        })
        .collect();
    // A time may stand apart from its date: "30/09/2024 | 16:05".
    if pieces.iter().filter(|piece| marker(piece, words).is_some()).count() > 1 { pieces } else { vec![text] }
}

/// No phrase for a date and a time is longer than this, in bytes.
const PHRASE_BYTES_MAX: usize = 400;

/// Reads a phrase with the words of one language after another: the first date with a year in it. One that is read to
/// the day is preferred to a coarser one.
fn phrase<'a>(text: &str, words: impl IntoIterator<Item = &'a Words>) -> Option<Stamp> {
    if text.len() > PHRASE_BYTES_MAX {
        return None;
    }
    let mut coarse = None;
    for words in words {
        match phrase_in(text, words) {
            Some(stamp) if stamp.precision >= Precision::Day => return Some(stamp),
            other => coarse = coarse.or(other),
        }
    }
    coarse
}

fn phrase_in(text: &str, words: &Words) -> Option<Stamp> {
    let mut found = Vec::new();
    scan::tokens(text, words, &mut found);
    let habits = numeric::Habits::of(&words.data, &found, None);
    let reader = Reader { text, tokens: &found, words, habits, walks: &Walks::default() };
    let mut first = None;
    reader.expressions(|expression| {
        let dated = expression.date.value.year.is_some() && expression.to == End::None;
        let Bag { value, swapped, start, end, .. } = expression.date;
        first = first.or(dated.then_some((value, swapped, start, expression.end.max(end))));
    });
    let (value, swapped, start, end) = first.or_else(|| foreign(reader))?;
    let half = |before: &str| {
        let ends = |list: &List| list.behind(before).next().is_some();
        let clock = &words.data.clock;
        ends(&clock.pm).then_some(true).or_else(|| ends(&clock.am).then_some(false))
    };
    stamp::phrase(value, swapped, (text, start, end), half)
}

/// The first day of another calendar that has its year, and its bytes: «۹ مهر ۱۴۰۳».
fn foreign(reader: Reader<'_>) -> Option<(Partial, Option<Partial>, usize, usize)> {
    let mut chart = Chart::new(reader);
    let unknown = Context { base: None, text: None, direction: Direction::Unsaid, holiday: &|_, _| None };
    (0..reader.tokens.len()).find_map(|at| {
        let phrases = chart.phrases(at, 0);
        let mut days = phrases.iter().filter(|phrase| chart.nodes()[phrase.node as usize].is_foreign_day());
        days.find_map(|phrase| match meaning(phrase.node, chart.nodes(), &unknown)?.value {
            Value::Date(date) => Some((date, None, phrase.start, phrase.end)),
            _ => None,
        })
    })
}

/// The best of the candidates, and those that disagree with it.
fn choose(candidates: Vec<Candidate>, what: &str, warnings: &mut Vec<Warning>) -> Option<(Candidate, Vec<Candidate>)> {
    let mut candidates = candidates.into_iter();
    let mut best = candidates.next()?;
    let mut others = Vec::new();
    for candidate in candidates {
        if !agree(&best.stamp, &candidate.stamp) {
            others.push(candidate);
        } else if candidate.stamp.precision > best.stamp.precision {
            best = candidate;
        }
    }
    if !others.is_empty() {
        let sources: Vec<&str> = others.iter().map(|other| name(other.basis)).collect();
        let detail = format!("{what} date: {} disagrees with {}", sources.join(", "), name(best.basis));
        warnings.push(Warning::new(WarningCode::DateConflict, detail));
    }
    Some((best, others))
}

/// Whether two sources can mean the same time. Neighbouring days can: one may be written in another zone.
fn agree(one: &Stamp, other: &Stamp) -> bool {
    let ((a_first, a_last), (b_first, b_last)) = (one.bounds(), other.bounds());
    let days_apart = if a_first > b_last { (a_first - b_last).get_days() } else { (b_first - a_last).get_days() };
    days_apart <= 1
}

fn name(basis: StampBasis) -> &'static str {
    match basis {
        StampBasis::Metadata => "metadata",
        StampBasis::Url => "url",
        StampBasis::Marker => "marker",
        StampBasis::Text => "text",
    }
}

fn known(stamp: &Stamp) -> Known {
    let (first, last) = stamp.bounds();
    Known { base: Base { first, last }, value: stamp.date.edtf(), precision: stamp.precision }
}

fn timestamp(candidate: Candidate, others: Vec<Candidate>) -> Timestamp {
    let Candidate { stamp, basis } = candidate;
    // How often such a source is right, before others are heard: a field says what it is, a path and a marker do not.
    let trust = match basis {
        StampBasis::Metadata => 0.95,
        StampBasis::Url | StampBasis::Marker => 0.9,
        StampBasis::Text => 0.7,
    };
    let confidence = match (&stamp.other, others.is_empty()) {
        (None, true) => trust,
        (None, false) => trust - 0.3,
        // One of two orders, and nothing to tell which.
        (Some(_), _) => 0.5,
    };
    let (first, last) = stamp.bounds();
    let swapped = stamp.other.map(|value| PublishedAlternative { value: Edtf::new(value), basis });
    let coarse = stamp.precision < Precision::Day;
    Timestamp {
        value: Edtf::new(stamp.value),
        precision: stamp.precision,
        basis,
        zone_known: stamp.zone_known,
        confidence: Score::new(confidence),
        not_before: coarse.then(|| first.to_string()),
        not_after: coarse.then(|| last.to_string()),
        alternatives: swapped
            .into_iter()
            .chain(
                others
                    .into_iter()
                    .map(|other| PublishedAlternative { value: Edtf::new(other.stamp.value), basis: other.basis }),
            )
            .collect(),
    }
}

/// Narrows a coarse publication date by the days that the text has behind or before it. What contradicts itself or the
/// publication date narrows nothing.
pub(super) fn narrow(published: &mut Timestamp, base: Base, evidence: &[Evidence]) {
    if published.not_before.is_none() {
        return;
    }
    let inside = |day: &Date| (base.first..=base.last).contains(day);
    let passed = evidence.iter().filter(|e| e.passed).map(|e| e.day).filter(inside).max();
    let coming = evidence.iter().filter(|e| !e.passed).map(|e| e.day).filter(inside).min();
    if passed.zip(coming).is_some_and(|(passed, coming)| passed > coming) {
        return;
    }
    let day = |date: Date| date.to_string();
    published.not_before = Some(day(passed.unwrap_or(base.first)));
    published.not_after = Some(day(coming.unwrap_or(base.last)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: bool) {
        let read = |text| stamp::parse(text).expect("the test gives a timestamp");
        assert_eq!(agree(&read(one), &read(other)), expected, "{one} {other}");
        assert_eq!(agree(&read(other), &read(one)), expected, "{other} {one}");
    }

    #[test]
    fn sources_agree_within_a_day() {
        check("2024-09-30", "2024-09-30T23:00:00Z", true);
        check("2024-09-30", "2024-10-01", true);
        check("2024-09-30", "2024-10-02", false);
        check("2024-09-30", "2024-09", true);
        check("2024-09", "2024-11", false);
        check("2024", "2023-12-30", false);
    }
}
