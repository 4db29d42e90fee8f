//! Which paragraphs of a page are its article, and which stand in it as furniture.

use super::boxes;
use super::evidence::folded;
use super::marks::Mark;
use super::outline::{Index, Outline};
use super::paragraphs::Paragraph;
use crate::event::FurnitureRole;
use crate::text::Block;

/// What becomes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is prose.
    Prose,
    /// It belongs to the article and is not prose.
    Furniture(FurnitureRole),
    /// It belongs to the page, not to the article.
    Chrome,
}

/// The most characters of a paragraph that is a link to another article: a headline with its label.
const LINK_CHARS_MAX: usize = 200;

/// Of a hundred characters of a paragraph, how many must stand in elements that are called something for it to be that.
const MARKED_PERCENT_MIN: usize = 60;

/// Of a hundred characters of prose, how many may stand above the title for it to be the article's: a section's name, a
/// date, a standfirst.
const ABOVE_TITLE_PERCENT_MAX: usize = 25;

/// Among how many lines at either end a byline is looked for.
const BYLINE_LINES: usize = 3;

/// The fewest bytes of a name that tells a byline; the most characters of the line, and bytes of letters besides the name:
/// a date, an address, a few words.
const NAME_BYTES_MIN: usize = 6;
const BYLINE_CHARS_MAX: usize = 120;
const BYLINE_BESIDES_BYTES_MAX: usize = 60;

/// What the paragraphs of a page are, seen as an article.
#[derive(Debug)]
pub(super) struct Reading {
    paragraphs: Vec<Paragraph>,
    fates: Vec<Fate>,
}

/// Tells the article's paragraphs from the page's.
pub(super) fn read(outline: &Outline, paragraphs: Vec<Paragraph>) -> Reading {
    let place = Place::of(outline, &paragraphs);
    let fate = |at| place.as_ref().map_or(Fate::Chrome, |place| place.fate(outline, &paragraphs, at));
    let mut fates: Vec<Fate> = (0..paragraphs.len()).map(fate).collect();
    boxes::keep(outline, &paragraphs, &mut fates);
    // A heading over nothing is that of the next part of the page.
    let mut prose = fates.iter_mut().zip(&paragraphs).rev().filter(|(fate, _)| **fate == Fate::Prose);
    while let Some((fate, _)) = prose.next().filter(|(_, paragraph)| paragraph.is_heading) {
        *fate = Fate::Chrome;
    }
    Reading { paragraphs, fates }
}

impl Reading {
    /// Sets apart what stands above the title, and the title itself: they are the page's. A title that stands low on the
    /// page is that of a link to it.
    pub(super) fn lift_title(&mut self, title: &str) {
        let title = folded(title);
        let is_title = |paragraph: &Paragraph| {
            paragraph.text.len() <= 4 * title.len() + 64
                && !paragraph.count.is_linked(95)
                && folded(&paragraph.text) == title
        };
        let Some(at) = self.paragraphs.iter().position(is_title) else { return };
        let letters = |range: &[Paragraph], fates: &[Fate]| -> usize {
            range.iter().zip(fates).filter(|(_, fate)| **fate == Fate::Prose).map(|(p, _)| p.count.all).sum()
        };
        let above = letters(&self.paragraphs[..at], &self.fates[..at]);
        let all = letters(&self.paragraphs, &self.fates);
        if above * 100 <= all * ABOVE_TITLE_PERCENT_MAX {
            for fate in &mut self.fates[..=at] {
                if *fate == Fate::Prose {
                    *fate = Fate::Chrome;
                }
            }
        }
    }

    /// Sets the lines apart that name an author of the article at its start or end and say little else.
    pub(super) fn lift_bylines(&mut self, authors: &[String]) {
        let names: Vec<String> =
            authors.iter().map(|author| folded(author)).filter(|name| name.len() >= NAME_BYTES_MIN).collect();
        let prose: Vec<usize> = (0..self.fates.len()).filter(|at| self.fates[*at] == Fate::Prose).collect();
        let ends = prose.iter().take(BYLINE_LINES).chain(prose.iter().rev().take(BYLINE_LINES));
        for &at in ends {
            let text = &self.paragraphs[at].text;
            if text.len() > 4 * BYLINE_CHARS_MAX
                || text.chars().count() > BYLINE_CHARS_MAX
                || text.ends_with(['.', '!', '?'])
            {
                continue;
            }
            let line = folded(text);
            let named: usize = names.iter().filter(|name| line.contains(name.as_str())).map(String::len).sum();
            if named > 0 && line.len() <= named + BYLINE_BESIDES_BYTES_MAX {
                self.fates[at] = Fate::Furniture(FurnitureRole::Byline);
            }
        }
    }

    /// The prose of the article, headings among it.
    pub(super) fn prose(&self) -> impl Iterator<Item = &Paragraph> {
        self.with_fates().filter(|(_, fate)| **fate == Fate::Prose).map(|(paragraph, _)| paragraph)
    }

    /// The pairs of what stands before a paragraph of prose, if anything does, and that paragraph.
    pub(super) fn prose_with_before(&self) -> impl Iterator<Item = (Option<&Paragraph>, &Paragraph)> {
        let prose = self.with_fates().enumerate().filter(|(_, (_, fate))| **fate == Fate::Prose);
        prose.map(|(at, (paragraph, _))| (at.checked_sub(1).map(|before| &self.paragraphs[before]), paragraph))
    }

    /// Whether pictures with captions stand in the article.
    pub(super) fn has_captions(&self) -> bool {
        self.fates.contains(&Fate::Furniture(FurnitureRole::Caption))
    }

    /// The bylines, as they stand.
    pub(super) fn bylines(&self) -> impl Iterator<Item = &str> {
        let bylines = self.with_fates().filter(|(paragraph, _)| paragraph.mark == Some(Mark::Byline));
        bylines.map(|(paragraph, _)| paragraph.text.as_str())
    }

    /// The blocks of the article, in order.
    pub(super) fn into_blocks(self) -> Vec<Block> {
        let kept = self.paragraphs.into_iter().zip(self.fates).filter_map(|(paragraph, fate)| match fate {
            Fate::Prose => Some(Block { text: paragraph.text, role: None }),
            Fate::Furniture(role) => Some(Block { text: paragraph.text, role: Some(role) }),
            Fate::Chrome => None,
        });
        kept.collect()
    }

    fn with_fates(&self) -> impl Iterator<Item = (&Paragraph, &Fate)> {
        self.paragraphs.iter().zip(&self.fates)
    }
}

/// Where the article stands on the page.
#[derive(Debug)]
struct Place {
    /// The first and the last paragraph that the library kept.
    first: usize,
    last: usize,
    /// The innermost element around all that was kept.
    root: Index,
    /// The article or main element around the root, else what is around the root.
    article: Index,
}

impl Place {
    fn of(outline: &Outline, paragraphs: &[Paragraph]) -> Option<Self> {
        let kept = |paragraph: &Paragraph| paragraph.count.is_kept();
        let (first, last) = (paragraphs.iter().position(kept)?, paragraphs.iter().rposition(kept)?);
        let mut root = paragraphs[first].within;
        for paragraph in paragraphs[first..=last].iter().filter(|paragraph| kept(paragraph)) {
            let mut within = paragraph.within;
            while within != root {
                let deeper = if within > root { &mut within } else { &mut root };
                *deeper = outline.elements[*deeper].parent;
            }
        }
        let named = outline.upwards(root).find(|index| outline.elements[*index].is_article);
        let article = named.or_else(|| outline.upwards(root).nth(2)).unwrap_or(0);
        Some(Self { first, last, root, article })
    }

    fn fate(&self, outline: &Outline, paragraphs: &[Paragraph], at: usize) -> Fate {
        let paragraph = &paragraphs[at];
        let mark = paragraph.mark.filter(|_| paragraph.marked * 100 >= paragraph.count.all * MARKED_PERCENT_MIN);
        if paragraph.count.is_kept() {
            return of_kept(paragraph, mark);
        }
        let within = |root: Index| outline.upwards(paragraph.within).any(|index| index == root);
        let between = self.first < at && at < self.last && within(self.root);
        match mark {
            _ if outline.elements[paragraph.within].in_chrome => Fate::Chrome,
            Some(mark @ (Mark::Caption | Mark::Credit)) if !paragraph.count.is_linked(50) && within(self.article) => {
                Fate::Furniture(mark.role())
            }
            Some(Mark::Related) if within(self.article) && paragraph.count.is_linked(50) => {
                Fate::Furniture(FurnitureRole::RelatedLink)
            }
            Some(_) => Fate::Chrome,
            None if between && is_link(paragraph) => Fate::Furniture(FurnitureRole::RelatedLink),
            None => Fate::Chrome,
        }
    }
}

/// What a paragraph is that the library kept.
fn of_kept(paragraph: &Paragraph, mark: Option<Mark>) -> Fate {
    match mark {
        Some(Mark::Related) if !paragraph.count.is_linked(50) => Fate::Prose,
        Some(mark) => Fate::Furniture(mark.role()),
        None if is_link(paragraph) => Fate::Furniture(FurnitureRole::RelatedLink),
        None => Fate::Prose,
    }
}

/// Whether a paragraph is a link to another article: nothing else, or a label with its colon before it.
fn is_link(paragraph: &Paragraph) -> bool {
    let labelled = || {
        let label = paragraph.text.split([':', '：', '\n']).next().unwrap_or_default();
        label.len() < paragraph.text.len()
            && label.chars().filter(|c| !c.is_whitespace()).count() + 1 + paragraph.count.linked >= paragraph.count.all
    };
    paragraph.count.all <= LINK_CHARS_MAX
        && (paragraph.count.is_linked(95) || (paragraph.count.is_linked(50) && labelled()))
}
