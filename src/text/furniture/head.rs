//! The head of a text: lines that name who wrote and say when in one, and a bare name over the first paragraph.

use super::fold::is_small;
use super::words::{Kind, Rules};
use super::{Found, counter, date_line, lines, people};
use crate::event::FurnitureRole;

/// The most parts of a line at the head.
const PARTS_MAX: usize = 6;

/// A line of several parts, each of which would be furniture as a line of its own, or names who wrote beside a date:
/// `12 сентября 2023, 18:40. Автор: Анна Ли`, `Ann Lee | 5 June 2024 | 3 min read`.
pub(super) fn compound(line: &str, rules: &Rules) -> Option<Found> {
    if !date_line::is_dense(line) {
        return None;
    }
    let parts = parts(line, rules);
    if !(2..=PARTS_MAX).contains(&parts.len()) {
        return None;
    }
    let is_dated = |part: &&str| date_line::bare(part, rules).is_some() || is_published(part, rules);
    let dated = parts.iter().any(is_dated);
    let mut whole = Found::new(FurnitureRole::DateMarker);
    for part in parts {
        if is_dated(&part) {
            continue;
        }
        let counted = || counter::role_of(part, part.chars().count(), rules);
        let named = || people::byline(part, 0, rules).or_else(|| if dated { people::bare(part, rules) } else { None });
        let found = named().or_else(counted)?;
        if found.role == FurnitureRole::Byline {
            whole.role = FurnitureRole::Byline;
        }
        whole.authors.extend(found.authors);
        whole.origin.extend(found.origin);
    }
    (dated || whole.role == FurnitureRole::Byline).then_some(whole)
}

fn is_published(part: &str, rules: &Rules) -> bool {
    let labels = rules.labels.starting(part).into_iter();
    labels.filter(|(kind, _)| *kind == Kind::Published).any(|(_, rest)| date_line::of_published(rest, rules))
}

/// What stands between bars and dots, and between a stop and a label of its own.
fn parts<'a>(line: &'a str, rules: &Rules) -> Vec<&'a str> {
    let signs = |c| matches!(c, '|' | '•' | '｜' | '│');
    let between = line.split(signs).flat_map(|part| part.split(" · ")).map(str::trim);
    let mut parts = Vec::new();
    for part in between.filter(|part| !part.is_empty()) {
        let opens = |at: &usize| {
            let labels = rules.labels.starting(&part[*at..]).into_iter();
            labels.into_iter().any(|(kind, _)| matches!(kind, Kind::BylineColon | Kind::Byline | Kind::Published))
        };
        match part.match_indices([' ']).map(|(at, _)| at + 1).find(opens) {
            Some(at) => parts.extend([part[..at].trim_end_matches([' ', '.', ',', '-', '–']), &part[at..]]),
            None => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The fewest code points of the paragraph under a bare name.
const PARAGRAPH_CHARS_MIN: usize = 60;

/// Before any paragraph, a line that is a personal name and stands over one is who wrote it. `rest` is the text from
/// the paragraph on: where a second name stands over a paragraph, the names are headings.
pub(super) fn name_over(line: &str, rest: &str, rules: &Rules) -> Option<Found> {
    let mut lines = rest.split('\n').filter(|line| !line.is_empty());
    let is_long = |line: &str| line.len() >= PARAGRAPH_CHARS_MIN && line.chars().count() >= PARAGRAPH_CHARS_MIN;
    let paragraph = lines.next().filter(|line| is_long(line) && !line.starts_with(is_small))?;
    let found = people::over_text(line, rules)?;
    let mut above = paragraph;
    for line in lines {
        if is_long(line) && people::over_text(above, rules).is_some() {
            return None;
        }
        above = line;
    }
    (!lines::is_heading(paragraph)).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::super::words::rules;
    use super::*;

    #[track_caller]
    fn check(line: &str, role: Option<FurnitureRole>, authors: &[&str]) {
        let found = compound(line, rules());
        assert_eq!(found.as_ref().map(|found| found.role), role, "{line}");
        assert_eq!(found.map_or_else(Vec::new, |found| found.authors), authors, "{line}");
    }

    #[test]
    fn several_parts_in_one_line() {
        let byline = Some(FurnitureRole::Byline);
        check("12 сентября 2023, 18:40. Автор: Анна Лисина", byline, &["Анна Лисина"]);
        check("Ann Lee | 5 June 2024 | 3 min read", byline, &["Ann Lee"]);
        check("5 June 2024 | 3 min read", Some(FurnitureRole::DateMarker), &[]);
        check("5 June 2024 | The bridge", None, &[]);
        check("Bridge 2024 | Hill Town", None, &[]);
        check("3 min read", None, &[]);
    }

    const PROSE: &str = "The council met on Monday and agreed to mend the bridge before winter, said the mayor.";

    #[test]
    fn a_name_over_the_first_paragraph() {
        let named = |line: &str, rest: &str| name_over(line, rest, rules()).map(|found| found.authors);
        assert_eq!(named("Ann Lee", PROSE), Some(vec!["Ann Lee".to_owned()]));
        assert_eq!(named("Ann Lee, Hilltown correspondent", PROSE), Some(vec!["Ann Lee".to_owned()]));
        assert_eq!(named("Ann Lee", "She won."), None);
        assert_eq!(named("Ann Lee", &format!("{PROSE}\n\nTom Hall\n\n{PROSE}")), None);
        for line in ["New York", "The bridge", "Hill News", "Ann", "HILL TOWN", "Ann Lee wins"] {
            assert_eq!(named(line, PROSE), None, "{line}");
        }
    }
}
