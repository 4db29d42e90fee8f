//! Counting: dates found and missed, by language.

use std::collections::BTreeMap;
use std::fmt;

use wiredesk::event::{DateMention, Field};

use crate::case::{Case, Label};
use crate::days::days;

/// What was counted, of one language or of all.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    labels: u64,
    found: u64,
    /// Mentions that overlap a label.
    span: u64,
    /// Mentions that name the same days, too.
    value: u64,
    /// Sentences without a date, and those of them in which none was found.
    plain: u64,
    clean: u64,
}

/// The score of a set.
#[derive(Debug, Default)]
pub(crate) struct Score {
    languages: BTreeMap<String, Count>,
    misses: Vec<String>,
}

impl Score {
    pub(crate) fn add(&mut self, case: &Case, dates: &[DateMention]) {
        let found: Vec<&DateMention> = dates.iter().filter(|date| date.r#in == Field::Body).collect();
        let count = self.languages.entry(case.language.clone()).or_default();
        count.labels += case.dates.len() as u64;
        count.found += found.len() as u64;
        let overlapping = pairs(&found, &case.dates, overlaps);
        let right = pairs(&found, &case.dates, |date, label| overlaps(date, label) && agrees(date, label));
        count.span += overlapping;
        count.value += right;
        if case.dates.is_empty() {
            count.plain += 1;
            count.clean += u64::from(found.is_empty());
        }
        if right < (case.dates.len().max(found.len())) as u64 {
            let wanted: Vec<String> = case.dates.iter().map(|label| shown(&case.text, label)).collect();
            let got: Vec<String> =
                found.iter().map(|date| format!("{} = {} [{}]", date.text, date.value.as_str(), date.rule)).collect();
            let place = format!("{} {} ({})", case.language, case.number, case.anchor);
            self.misses.push(format!("{place}: {}\n    wanted {wanted:?}\n    got    {got:?}", case.text));
        }
    }

    /// Value F1 averaged over the languages, in thousandths.
    pub(crate) fn value(&self) -> u64 {
        let sum: u64 = self.languages.values().map(|count| f1(count.value, count)).sum();
        sum / (self.languages.len() as u64).max(1)
    }

    /// The lowest value F1 of a language, in thousandths.
    pub(crate) fn worst(&self) -> u64 {
        self.languages.values().map(|count| f1(count.value, count)).min().unwrap_or(0)
    }

    /// Sentences without a date in which none was found, in thousandths.
    pub(crate) fn clean(&self) -> u64 {
        let (clean, plain) = self.languages.values().fold((0, 0), |sum, one| (sum.0 + one.clean, sum.1 + one.plain));
        clean * 1000 / plain.max(1)
    }
}

/// Mentions and labels that belong together, one to one.
fn pairs(found: &[&DateMention], labels: &[Label], fits: impl Fn(&DateMention, &Label) -> bool) -> u64 {
    let mut free: Vec<&Label> = labels.iter().collect();
    let mut count = 0;
    for date in found {
        if let Some(at) = free.iter().position(|label| fits(date, label)) {
            free.remove(at);
            count += 1;
        }
    }
    count
}

fn overlaps(date: &DateMention, label: &Label) -> bool {
    (date.start as usize) < label.end && label.start < date.end as usize
}

/// A repetition names no days: it must be marked as one, with the same value.
fn agrees(date: &DateMention, label: &Label) -> bool {
    let value = date.value.as_str();
    let same = |wanted: &String| value == wanted || (days(value).is_some() && days(value) == days(wanted));
    let repeats = label.values.iter().all(|value| value.starts_with("XXXX") && days(value).is_none());
    date.set == repeats && label.values.iter().any(same)
}

fn shown(text: &str, label: &Label) -> String {
    let words: String = text.chars().skip(label.start).take(label.end - label.start).collect();
    format!("{words} = {}", label.values.join("|"))
}

/// F1 in thousandths.
fn f1(right: u64, count: &Count) -> u64 {
    right * 2000 / (count.labels + count.found).max(1)
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for miss in &self.misses {
            writeln!(out, "{miss}")?;
        }
        writeln!(out, "\nlanguage  dates  span F1  value F1  without a date  of them clean")?;
        for (language, count) in &self.languages {
            let Count { labels, plain, clean, .. } = count;
            let (span, value) = (f1(count.span, count), f1(count.value, count));
            writeln!(out, "{language:8} {labels:6} {span:6} ‰ {value:7} ‰ {plain:15} {clean:14}")?;
        }
        write!(out, "value F1 {} ‰, at least {} ‰, without a false date {} ‰", self.value(), self.worst(), self.clean())
    }
}
