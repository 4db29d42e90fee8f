//! What must hold of every date that is read, tried on every labelled sentence.

use std::sync::LazyLock;

use wiredesk::enrich::date::Tagger;
use wiredesk::event::{AnchorBasis, DateMention, Precision};

use crate::article::{article, language};
use crate::case::{Case, read};
use crate::edtf::is_edtf;
use crate::folder;

/// Years after which the calendar repeats itself within two centuries: days fall on the same weekdays, and leap years
/// come in the same places.
const CYCLE_YEARS: i64 = 28;

static TAGGER: LazyLock<Tagger> = LazyLock::new(Tagger::new);

/// Every case with its dates.
static READ: LazyLock<Vec<(Case, Vec<DateMention>)>> = LazyLock::new(|| {
    let cases = ["dev", "heldout"].into_iter().flat_map(|set| read(&folder(set)));
    cases
        .map(|case| (dates(&case.language, &case.anchor, &case.text), case))
        .map(|(dates, case)| (case, dates))
        .collect()
});

/// The dates of a text that was published on a day.
fn dates(language: &str, anchor: &str, text: &str) -> Vec<DateMention> {
    TAGGER.tag(&article(text.to_owned(), anchor), &self::language(language)).mentions
}

#[test]
fn every_value_is_edtf_and_every_span_slices() {
    for (case, dates) in READ.iter() {
        let letters: Vec<char> = case.text.chars().collect();
        for date in dates {
            let place = format!("{} {}: {date:?}", case.language, case.number);
            let others = date.alternatives.iter().map(|other| &other.value);
            let anchor = date.anchor.as_ref().map(|anchor| &anchor.value);
            for value in others.chain(anchor).chain([&date.value]) {
                assert!(is_edtf(value.as_str()), "{value} of {place}");
            }
            let slice: String = letters[date.start as usize..date.end as usize].iter().collect();
            assert_eq!(slice, date.text, "{place}");
        }
    }
}

/// The words of a full date mean the same without the sentence around them, and so does the value that they were given.
#[test]
fn what_is_read_of_a_full_date_is_read_again() {
    for (case, found) in READ.iter() {
        for date in found.iter().filter(|date| date.rule == "full-date" && date.anchor.is_none()) {
            let day = date.value.as_str().split('T').next().expect("a part").to_owned();
            for text in [&date.text, &day] {
                let again = dates(&case.language, &case.anchor, text);
                let found: Vec<&str> = again.iter().map(|date| date.value.as_str()).collect();
                assert!(
                    found.len() == 1 && found[0].starts_with(&day),
                    "{}: {text} = {found:?}, not {day}",
                    case.language
                );
            }
        }
    }
}

/// What is counted from the day of publication moves with it, by whole weeks.
#[test]
fn relative_days_move_with_the_anchor_by_weeks() {
    let mut tried = 0;
    for (case, found) in READ.iter() {
        let relative = |date: &DateMention| {
            let published = date.anchor.as_ref().is_some_and(|anchor| anchor.basis == AnchorBasis::Published);
            let day =
                matches!(date.precision, Precision::Day | Precision::PartOfDay) && date.value.as_str().len() == 10;
            published && day && matches!(date.rule.as_str(), "weekday" | "relative-day")
        };
        // A day that the text names may be its dateline, from which it is counted then.
        if !found.iter().any(relative) || found.iter().any(|date| date.anchor.is_none()) {
            continue;
        }
        for (before, after) in pairs(case, found, &moved(&case.anchor, 21), relative) {
            assert_eq!(moved(&before, 21), after, "{} {}: {}", case.language, case.number, case.text);
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried} are too few to tell");
}

/// In a sentence that names no year, everything moves with the year of publication.
#[test]
fn sentences_without_a_year_move_with_the_anchor_by_years() {
    let mut tried = 0;
    // The feasts of the moon, and what is counted from them, do not come back after so many years.
    let solar = ["day-month", "day-of-month", "month", "weekday", "quarter", "half", "window", "relative", "set"];
    let fixed = |rule: &str| solar.contains(&rule) || rule.starts_with("relative-");
    for (case, found) in READ.iter() {
        let free = |date: &DateMention| (date.set || date.anchor.is_some()) && fixed(&date.rule);
        if found.is_empty() || !found.iter().all(free) {
            continue;
        }
        let year: i64 = case.anchor[..4].parse().expect("an anchor is a day");
        let later = format!("{}{}", year + CYCLE_YEARS, &case.anchor[4..]);
        for (before, after) in pairs(case, found, &later, |_| true) {
            assert_eq!(years_later(&before), after, "{} {}: {}", case.language, case.number, case.text);
            tried += 1;
        }
    }
    assert!(tried > 400, "{tried} are too few to tell");
}

/// The values of the same mentions, and of those with another day of publication.
fn pairs(
    case: &Case,
    found: &[DateMention],
    anchor: &str,
    wanted: impl Fn(&DateMention) -> bool,
) -> Vec<(String, String)> {
    let again = dates(&case.language, anchor, &case.text);
    let same =
        found.iter().zip(&again).filter(|(before, after)| (before.start, before.end) == (after.start, after.end));
    let wanted = same.filter(|(before, _)| wanted(before));
    wanted.map(|(before, after)| (before.value.as_str().to_owned(), after.value.as_str().to_owned())).collect()
}

/// Every year of a value, later by a cycle.
fn years_later(value: &str) -> String {
    let later = |date: &str| match date.get(..4).and_then(|year| year.parse::<i64>().ok()) {
        Some(year) => format!("{:04}{}", year + CYCLE_YEARS, &date[4..]),
        None => date.to_owned(),
    };
    value.split('/').map(later).collect::<Vec<_>>().join("/")
}

/// A day so many days later, counted with no help of the tagger's.
fn moved(day: &str, days: i64) -> String {
    let day: jiff::civil::Date = day.parse().expect("a day");
    day.checked_add(jiff::Span::new().days(days)).expect("a day of these centuries").to_string()
}
