//! A text as lines, each with its fate, and the body that is left.

use std::collections::BTreeSet;

use super::lines::{opens_article, role_of};
use super::people::{byline_between, is_bare_name};
use super::words::rules;
use super::{Block, Cleaned, Found, head, inline, links, people, tail};
use crate::event::{Furniture, FurnitureRole, Origin};
use crate::text::dateline;

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

/// What parts a line from the one before; the wider the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::text) enum Gap {
    /// Nothing: both were one text without a blank, as Chinese is written.
    None,
    /// A blank: both were one line before something was lifted from between them.
    Blank,
    /// The end of a line.
    Newline,
    /// An empty line.
    EmptyLine,
}

impl Gap {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Blank => " ",
            Self::Newline => "\n",
            Self::EmptyLine => "\n\n",
        }
    }
}

/// A line that is not empty, or part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::text) struct Line<'a> {
    /// Its text, trimmed.
    pub text: &'a str,
    /// What parts it from the one before.
    pub gap: Gap,
    /// What becomes of it.
    pub fate: Fate,
}

/// A text as lines.
#[derive(Debug, Default)]
pub(in crate::text) struct Sheet<'a> {
    /// The lines that are not empty, in order.
    pub lines: Vec<Line<'a>>,
    /// How many of them are prose. Only prose counts towards where the head ends, so that a text that is cleaned
    /// already is not cleaned further.
    prose: usize,
    /// Whether the first line of the prose may be a title, and by which rule; `None` once that is decided.
    title_rule: Option<TitleRule>,
}

/// Whether a first line is the title: it, what parts it from the next line, and that line are given.
pub(in crate::text) type TitleRule = fn(&str, Gap, &str) -> bool;

impl<'a> Sheet<'a> {
    /// Reads a normalised text and finds its furniture.
    pub(in crate::text) fn read(text: &'a str) -> Self {
        Self::read_titled(text, None)
    }

    /// [`Sheet::read`], where the first line may be the title.
    pub(in crate::text) fn read_titled(text: &'a str, title_rule: Option<TitleRule>) -> Self {
        let mut sheet = Self { title_rule, ..Self::default() };
        sheet.read_text(text);
        sheet.finish()
    }

    /// Reads blocks, their texts normalised. The lines of a block with a role are furniture of that role; of the others
    /// the rules decide, as in a text.
    pub(in crate::text) fn read_blocks(blocks: &'a [Block]) -> Self {
        let mut sheet = Self::default();
        for block in blocks {
            let first = sheet.lines.len();
            match block.role {
                Some(role) => {
                    for line in block.text.split('\n').filter(|line| !line.is_empty()) {
                        // What a rule knows besides the role, such as the origin, is kept.
                        let mut found = role_of(line, 0).unwrap_or_else(|| Found::new(role));
                        // Who took a picture did not write the text.
                        if role != FurnitureRole::Byline {
                            found.authors.clear();
                        }
                        sheet.push(line, Gap::Newline, Fate::furniture(Found { role, ..found }));
                    }
                }
                None => sheet.read_text(&block.text),
            }
            if let Some(line) = sheet.lines.get_mut(first) {
                line.gap = Gap::EmptyLine;
            }
        }
        sheet.finish()
    }

    /// What only the whole text tells.
    fn finish(mut self) -> Self {
        links::lift(&mut self);
        tail::lift(&mut self);
        inline::lift(&mut self);
        self
    }

    fn read_text(&mut self, text: &'a str) {
        let mut gap = Gap::Newline;
        let mut next = 0; // where the line after this one begins
        for line in text.split('\n') {
            let start = next;
            next += line.len() + 1;
            if line.is_empty() {
                gap = Gap::EmptyLine;
                continue;
            }
            self.judge_title(line, gap);
            // A marker opens the prose under a title as well.
            let line = self.read_markers(line, &mut gap);
            if line.is_empty() {
                gap = Gap::EmptyLine;
                continue;
            }
            match role_of(line, self.prose).or_else(|| self.name_after_day(line)) {
                Some(found) => {
                    if found.role == FurnitureRole::DateMarker {
                        self.judge_name_before_day();
                    }
                    self.push(line, gap, Fate::furniture(found));
                }
                None if links::is_under_label(&self.lines, line) => {
                    self.push(line, gap, Fate::furniture(Found::new(FurnitureRole::RelatedLink)));
                }
                None => {
                    self.judge_name_over(&text[start..]);
                    self.push(line, gap, Fate::Body);
                    self.prose += 1;
                }
            }
            gap = Gap::Newline;
        }
    }

    /// A name under the day, before any prose, is who wrote.
    fn name_after_day(&self, line: &str) -> Option<Found> {
        let is_day =
            |line: &Line<'_>| matches!(&line.fate, Fate::Furniture(found) if found.role == FurnitureRole::DateMarker);
        let under = self.prose == 0 && self.title_rule.is_none() && self.lines.last().is_some_and(is_day);
        if under { people::bare(line, rules()) } else { None }
    }

    /// A name over the first paragraph, too, at most a headline above it. `rest` is the text from that paragraph on.
    fn judge_name_over(&mut self, rest: &str) {
        const PROSE_BEFORE_MAX: usize = 2;
        if !(1..=PROSE_BEFORE_MAX).contains(&self.prose) || self.title_rule.is_some() {
            return;
        }
        let mut prose = self.lines.iter_mut().rev().filter(|line| line.fate == Fate::Body);
        let Some(name) = prose.next() else { return };
        let headed = prose.all(|above| !above.text.ends_with(['.', '!', '?', '…', ':', '"', '”']));
        if let Some(found) = head::name_over(name.text, rest, rules()).filter(|_| headed) {
            name.fate = Fate::furniture(found);
            self.prose -= 1;
        }
    }

    /// So is a name above it, with nothing before it but the title.
    fn judge_name_before_day(&mut self) {
        let Some(last) = self.lines.last_mut().filter(|last| self.prose == 1 && last.fate == Fate::Body) else {
            return;
        };
        if let Some(found) = people::bare(last.text, rules()) {
            last.fate = Fate::furniture(found);
            self.prose = 0;
        }
    }

    /// The line without the date markers that it opens with, before any prose.
    fn read_markers(&mut self, line: &'a str, gap: &mut Gap) -> &'a str {
        let mut line = line;
        while self.prose == 0
            && let (Some(marker), rest) = split_date_marker(line)
        {
            self.push(marker, *gap, Fate::furniture(Found::new(FurnitureRole::DateMarker)));
            (line, *gap) = (rest, Gap::Newline);
        }
        line
    }

    /// Decides, once the line after the first of the prose is known, whether that first is the title. It is decided
    /// here, not when all is read, because a title is not among the prose by which the head is measured.
    ///
    /// A picture or a name in the next line does not decide: the paragraph under it does, and makes the name a byline.
    fn judge_title(&mut self, next: &str, gap: Gap) {
        let Some(is_title) = self.title_rule.filter(|_| self.prose > 0) else { return };
        if self.prose == 1 && gap == Gap::Newline && !opens_article(next) && may_stand_between(next) {
            return;
        }
        self.title_rule = None;
        let mut prose = self.lines.iter_mut().filter(|line| line.fate == Fate::Body);
        let Some(first) = prose.next().filter(|first| is_title(first.text, gap, next)) else { return };
        first.fate = Fate::Title;
        self.prose -= 1;
        if let Some(between) = prose.next()
            && between.gap == Gap::Newline
            && let Some(found) = byline_between(between.text, rules())
        {
            between.fate = Fate::furniture(found);
            self.prose -= 1;
        }
    }

    fn push(&mut self, text: &'a str, gap: Gap, fate: Fate) {
        self.lines.push(Line { text, gap, fate });
    }

    /// What is left is the body; what was found goes beside it.
    pub(in crate::text) fn assemble(self) -> Cleaned {
        let mut cleaned = Cleaned::default();
        let mut chars = 0; // code points of the body so far
        let mut placed = 0; // pieces of furniture whose place in the body is known
        let mut gap = Gap::None; // the widest since the last of the prose
        let mut credited = BTreeSet::new();
        for line in self.lines {
            gap = gap.max(line.gap);
            match line.fate {
                Fate::Title => {}
                Fate::Body => {
                    if cleaned.body.is_empty() {
                        cleaned.credit(dateline::origin(line.text), &mut credited);
                    } else {
                        cleaned.body.push_str(gap.as_str());
                        chars += gap.as_str().len();
                    }
                    gap = Gap::None;
                    place(&mut cleaned.furniture[placed..], chars);
                    placed = cleaned.furniture.len();
                    cleaned.body.push_str(line.text);
                    chars += line.text.chars().count();
                }
                Fate::Furniture(found) => cleaned.add(line.text, *found, &mut credited),
            }
        }
        place(&mut cleaned.furniture[placed..], chars);
        let mut seen = BTreeSet::new();
        cleaned.authors.retain(|author| seen.insert(author.clone()));
        cleaned
    }
}

/// Whether a line may stand between a title and its text without being part of either: a name, a picture's credit.
fn may_stand_between(line: &str) -> bool {
    byline_between(line, rules()).is_some() || is_bare_name(line) || role_of(line, 1).is_some()
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
        self.credit(found.origin, credited);
        self.authors.extend(found.authors);
    }

    fn credit(&mut self, origin: impl IntoIterator<Item = Origin>, credited: &mut BTreeSet<String>) {
        self.origin.extend(origin.into_iter().filter(|origin| credited.insert(origin.name.to_lowercase())));
    }
}

/// Whether a text opens with such a marker as is lifted before any prose.
pub(super) fn opens_with_marker(text: &str) -> bool {
    split_date_marker(text).0.is_some()
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
