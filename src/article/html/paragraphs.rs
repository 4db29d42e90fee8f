//! The outline of a page becomes paragraphs, each with what it counts and where it stands.

use super::marks::Mark;
use super::outline::{Count, Element, Index, Item, Outline, is_block};

/// A run of text that a reader sees as one block.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its text: a line break is a new line, other white space one space.
    pub(super) text: String,
    pub(super) count: Count,
    /// The innermost element around all of it.
    pub(super) within: Index,
    /// Whether it is the page's first heading by rank.
    pub(super) is_headline: bool,
    /// Whether it is a heading.
    pub(super) is_heading: bool,
    /// What the first part of it is called that is not prose, and how many characters are called so at all.
    pub(super) mark: Option<Mark>,
    pub(super) marked: usize,
}

/// The paragraphs of a page, in order. A row of a table whose cells hold no blocks is one.
pub(super) fn read(outline: &Outline) -> Vec<Paragraph> {
    let mut reader =
        Reader { outline, paragraphs: Vec::new(), current: Paragraph::default(), breaks: 0, cell: false, last: 0 };
    for item in &outline.items {
        match item {
            Item::Open(index) | Item::Close(index) => {
                let element = &outline.elements[*index];
                if is_block(&element.name) || is_cell_of_blocks(outline, element) {
                    reader.finish();
                } else if element.mark.is_some() {
                    // A name and a time side by side are words of their own, whatever the style sheet makes of them.
                    reader.push_blank();
                } else if matches!(element.name.as_str(), "td" | "th") {
                    reader.cell = !reader.current.text.is_empty();
                }
            }
            Item::Break => reader.breaks += 1,
            Item::Text { text, count, within } => reader.text(text, *count, *within),
        }
    }
    reader.finish();
    reader.paragraphs
}

/// Whether an element is a cell in a row that holds blocks: a table that lays out a page.
fn is_cell_of_blocks(outline: &Outline, element: &Element) -> bool {
    matches!(element.name.as_str(), "td" | "th") && outline.elements[element.parent].holds_block
}

struct Reader<'a> {
    outline: &'a Outline,
    paragraphs: Vec<Paragraph>,
    current: Paragraph,
    /// Line breaks since the last text.
    breaks: usize,
    /// Whether the next text stands in another cell than the last.
    cell: bool,
    /// The element around the last text.
    last: Index,
}

impl Reader<'_> {
    fn text(&mut self, text: &str, count: Count, within: Index) {
        if count.all == 0 && !self.outline.elements[within].preformatted {
            if !self.current.text.is_empty() && self.breaks == 0 {
                self.push_blank();
            }
            return;
        }
        match std::mem::take(&mut self.breaks) {
            0 => {}
            1 => self.push_line(),
            _ => self.finish(),
        }
        if std::mem::take(&mut self.cell) {
            self.current.text.truncate(self.current.text.trim_end().len());
            self.current.text.push_str(" | ");
        }
        if within != self.last && is_seam(&self.current.text, text) {
            self.push_blank();
        }
        self.last = within;
        self.current.within =
            if self.current.count.all == 0 { within } else { self.common(self.current.within, within) };
        self.current.count.add(count);
        if let Some(mark) = self.outline.elements[within].believed {
            self.current.mark = self.current.mark.or(Some(mark));
            self.current.marked += count.all;
        }
        if self.outline.elements[within].preformatted {
            self.current.text.push_str(text);
            return;
        }
        for character in text.chars() {
            if character.is_ascii_whitespace() {
                self.push_blank();
            } else {
                self.current.text.push(character);
            }
        }
    }

    fn push_blank(&mut self) {
        if !self.current.text.is_empty() && !self.current.text.ends_with([' ', '\n']) {
            self.current.text.push(' ');
        }
    }

    fn push_line(&mut self) {
        if !self.current.text.is_empty() {
            self.current.text.truncate(self.current.text.trim_end().len());
            self.current.text.push('\n');
        }
    }

    fn finish(&mut self) {
        self.breaks = 0;
        self.cell = false;
        let mut paragraph = std::mem::take(&mut self.current);
        if paragraph.count.all > 0 {
            paragraph.text.truncate(paragraph.text.trim_end().len());
            let names =
                || self.outline.upwards(paragraph.within).map(|index| self.outline.elements[index].name.as_str());
            paragraph.is_heading = names().any(is_heading);
            paragraph.is_headline = names().any(|name| name == "h1");
            self.paragraphs.push(paragraph);
        }
    }

    /// The innermost element around both.
    fn common(&self, one: Index, other: Index) -> Index {
        let (mut one, mut other) = (one, other);
        while one != other {
            let deeper = if one > other { &mut one } else { &mut other };
            *deeper = self.outline.elements[*deeper].parent;
        }
        one
    }
}

/// Whether two texts that touch are words of their own, parted by a style sheet alone: a capital after a small letter,
/// or after a stop.
pub(super) fn is_seam(before: &str, after: &str) -> bool {
    before.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_numeric() || matches!(c, '.' | ')' | ':'))
        && after.chars().next().is_some_and(char::is_uppercase)
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
