//! A text as lines, each with its fate, and the body that is left.

use std::collections::BTreeSet;

use super::lines::role_of;
use super::{Block, Cleaned, Found, tail};
use crate::event::{Furniture, FurnitureRole};

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::text) enum Fate {
    /// It is prose.
    Body,
    /// It is the title: part of neither body nor furniture.
    Title,
    /// It is furniture.
    Furniture(Box<Found>),
}

impl Fate {
    /// What was found is boxed, since most of a text's lines hold nothing but prose, and there may be millions.
    pub(super) fn furniture(found: Found) -> Self {
        Self::Furniture(Box::new(found))
    }
}

/// A line that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::text) struct Line<'a> {
    /// Its text, trimmed.
    pub text: &'a str,
    /// Whether an empty line parts it from the one before.
    pub blank_before: bool,
    /// What becomes of it.
    pub fate: Fate,
}

/// A text as lines.
#[derive(Debug, Default)]
pub(in crate::text) struct Sheet<'a> {
    /// The lines that are not empty, in order.
    pub lines: Vec<Line<'a>>,
}

impl<'a> Sheet<'a> {
    /// Reads a normalised text and finds its furniture.
    pub(in crate::text) fn read(text: &'a str) -> Self {
        let mut sheet = Self::default();
        let (marker, text) = split_date_marker(text);
        if let Some(marker) = marker {
            sheet.push(marker, false, Fate::furniture(Found::new(FurnitureRole::DateMarker)));
        }
        let head = sheet.lines.len();
        let mut blank_before = false;
        for line in text.split('\n') {
            if line.is_empty() {
                blank_before = true;
                continue;
            }
            let index = sheet.lines.len() - head;
            let fate = role_of(line, index).map_or(Fate::Body, Fate::furniture);
            sheet.push(line, std::mem::take(&mut blank_before), fate);
        }
        tail::lift(&mut sheet);
        sheet
    }

    /// Reads blocks, their texts normalised. The lines of a block with a role are furniture of that role; of the others
    /// the rules decide, as in a text.
    pub(in crate::text) fn read_blocks(blocks: &'a [Block]) -> Self {
        let mut sheet = Self::default();
        for block in blocks {
            let mut blank_before = true;
            for line in block.text.split('\n').filter(|line| !line.is_empty()) {
                let found = role_of(line, sheet.lines.len());
                let fate = match block.role {
                    // What a rule knows besides the role, such as the origin, is kept.
                    Some(role) => Fate::furniture(Found { role, ..found.unwrap_or_else(|| Found::new(role)) }),
                    None => found.map_or(Fate::Body, Fate::furniture),
                };
                sheet.push(line, std::mem::take(&mut blank_before), fate);
            }
        }
        tail::lift(&mut sheet);
        sheet
    }

    fn push(&mut self, text: &'a str, blank_before: bool, fate: Fate) {
        self.lines.push(Line { text, blank_before, fate });
    }

    /// What is left is the body; what was found goes beside it.
    pub(in crate::text) fn assemble(self) -> Cleaned {
        let mut cleaned = Cleaned::default();
        let mut chars = 0; // code points of the body so far
        let mut placed = 0; // pieces of furniture whose place in the body is known
        let mut blank = false;
        let mut credited = BTreeSet::new();
        for line in self.lines {
            blank |= line.blank_before;
            match line.fate {
                Fate::Title => {}
                Fate::Body => {
                    if !cleaned.body.is_empty() {
                        let gap = if blank { "\n\n" } else { "\n" };
                        cleaned.body.push_str(gap);
                        chars += gap.len();
                    }
                    blank = false;
                    place(&mut cleaned.furniture[placed..], chars);
                    placed = cleaned.furniture.len();
                    cleaned.body.push_str(line.text);
                    chars += line.text.chars().count();
                }
                Fate::Furniture(found) => cleaned.add(line.text, *found, &mut credited),
            }
        }
        place(&mut cleaned.furniture[placed..], chars);
        cleaned
    }
}

fn place(furniture: &mut [Furniture], chars: usize) {
    for piece in furniture {
        piece.at = u32::try_from(chars).unwrap_or(u32::MAX);
    }
}

impl Cleaned {
    /// `credited` holds the names of the origins so far, in lower case.
    fn add(&mut self, text: &str, found: Found, credited: &mut BTreeSet<String>) {
        self.furniture.push(Furniture { role: found.role, text: text.to_owned(), at: 0 });
        if let Some(origin) = found.origin
            && credited.insert(origin.name.to_lowercase())
        {
            self.origin.push(origin);
        }
        for author in found.authors {
            if !self.authors.contains(&author) {
                self.authors.push(author);
            }
        }
    }
}

/// The marker that some corpora put before a text, `date 2019-11` or `date 2019-11-05`, and the text without it.
fn split_date_marker(text: &str) -> (Option<&str>, &str) {
    const LABEL: &str = "date ";
    let date = text.strip_prefix(LABEL).and_then(|rest| rest.split(char::is_whitespace).next());
    match date.filter(|date| is_month_or_day(date)) {
        Some(date) => {
            let (marker, rest) = text.split_at(LABEL.len() + date.len());
            (Some(marker), rest.trim_start_matches(' '))
        }
        None => (None, text),
    }
}

/// Whether a word is `YYYY-MM` or `YYYY-MM-DD`, with a month and a day that can be.
fn is_month_or_day(date: &str) -> bool {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let within = |part: &str, max: u8| digits(part, 2) && part.parse().is_ok_and(|number| (1..=max).contains(&number));
    match date.split('-').collect::<Vec<_>>()[..] {
        [year, month] => digits(year, 4) && within(month, 12),
        [year, month, day] => digits(year, 4) && within(month, 12) && within(day, 31),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::split_date_marker;

    #[track_caller]
    fn check(text: &str, marker: Option<&str>, rest: &str) {
        assert_eq!(split_date_marker(text), (marker, rest));
    }

    #[test]
    fn a_date_marker_is_exact() {
        check("date 2019-11 Phó chủ tịch", Some("date 2019-11"), "Phó chủ tịch");
        check("date 2019-11\n\nText", Some("date 2019-11"), "\n\nText");
        check("date 2019-11", Some("date 2019-11"), "");
        check("date 2019-11-05 a", Some("date 2019-11-05"), "a");
        for text in [
            "date 2019-13 a",
            "date 2019-00 a",
            "date 2019-11-32 a",
            "date 2019-11-5 a",
            "date 2019-1-05 a",
            "Date 2019-11 a",
            "date 19-11 a",
            "date é019-11",
        ] {
            check(text, None, text);
        }
    }
}
