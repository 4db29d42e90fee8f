//! Which paragraphs of a page are its article, and which stand in it as furniture.

use super::marks::Mark;
use super::outline::{Index, Outline};
use super::paragraphs::Paragraph;
use crate::event::FurnitureRole;
use crate::text::Block;

/// What becomes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It is prose.
    Prose,
    /// It belongs to the article and is not prose.
    Furniture(FurnitureRole),
    /// It belongs to the page, not to the article.
    Chrome,
}

/// The most characters of a paragraph that is a link to another article: a headline with its label.
const LINK_CHARS_MAX: usize = 200;

/// The most characters of a label such as `Advertisement` or `12 comments`.
const LABEL_CHARS_MAX: usize = 40;

/// The blocks of the article, in order; none if the library kept nothing.
pub(super) fn blocks(outline: &Outline, paragraphs: Vec<Paragraph>) -> Vec<Block> {
    let Some(place) = Place::of(outline, &paragraphs) else { return Vec::new() };
    let fates: Vec<Fate> = (0..paragraphs.len()).map(|at| place.fate(outline, &paragraphs, at)).collect();
    let kept = paragraphs.into_iter().zip(fates).filter_map(|(paragraph, fate)| match fate {
        Fate::Prose => Some(Block { text: paragraph.text, role: None }),
        Fate::Furniture(role) => Some(Block { text: paragraph.text, role: Some(role) }),
        Fate::Chrome => None,
    });
    kept.collect()
}

/// Where the article stands on the page.
#[derive(Debug)]
struct Place {
    /// The first and the last paragraph that the library kept.
    first: usize,
    last: usize,
    /// The innermost element around all that was kept.
    root: Index,
    /// The article or main element around the root, else the root.
    article: Index,
    /// How many characters were kept.
    kept: usize,
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
        let article = outline.upwards(root).find(|index| outline.elements[*index].is_article).unwrap_or(root);
        let kept = outline.elements.first().map_or(0, |body| body.count.kept);
        Some(Self { first, last, root, article, kept })
    }

    fn fate(&self, outline: &Outline, paragraphs: &[Paragraph], at: usize) -> Fate {
        let paragraph = &paragraphs[at];
        let mark = self.mark(outline, paragraph.within);
        if paragraph.count.is_kept() {
            return match mark {
                Some(Mark::Related) if !paragraph.count.is_linked(50) => Fate::Prose,
                // Sites that let no stranger read on call every paragraph a paywall's; the library's word stands against
                // such a class.
                Some(Mark::Ad | Mark::Comments | Mark::Share | Mark::Subscription)
                    if paragraph.count.all > LABEL_CHARS_MAX && !paragraph.count.is_linked(50) =>
                {
                    Fate::Prose
                }
                Some(mark) => Fate::Furniture(mark.role()),
                None if is_link(paragraph) => Fate::Furniture(FurnitureRole::RelatedLink),
                None => Fate::Prose,
            };
        }
        let within = |root: Index| outline.upwards(paragraph.within).any(|index| index == root);
        let between = self.first < at && at < self.last && within(self.root);
        let in_chrome = outline.elements[paragraph.within].in_chrome;
        match mark {
            _ if in_chrome => Fate::Chrome,
            Some(Mark::Caption | Mark::Credit) if within(self.article) && !paragraph.count.is_linked(50) => {
                mark.map_or(Fate::Chrome, |mark| Fate::Furniture(mark.role()))
            }
            Some(Mark::Related) if between && paragraph.count.is_linked(50) => {
                Fate::Furniture(FurnitureRole::RelatedLink)
            }
            Some(_) => Fate::Chrome,
            None if between && is_link(paragraph) => Fate::Furniture(FurnitureRole::RelatedLink),
            None => Fate::Chrome,
        }
    }

    /// What the elements around a text say of it, the outermost first. One that holds too much for what it is called,
    /// or most of the article, says nothing.
    fn mark(&self, outline: &Outline, within: Index) -> Option<Mark> {
        let believed = outline.upwards(within).filter_map(|index| {
            let element = &outline.elements[index];
            let mark = element.mark?;
            (element.count.all <= mark.chars_max() && element.count.kept * 2 < self.kept.max(1)).then_some(mark)
        });
        believed.last()
    }
}

/// Whether a paragraph is a link and nothing else.
fn is_link(paragraph: &Paragraph) -> bool {
    paragraph.count.is_linked(95) && paragraph.count.all <= LINK_CHARS_MAX
}
