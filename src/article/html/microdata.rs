//! Publisher and picture as microdata gives them, in attributes of elements that readers see: where a page has no
//! JSON-LD and no OpenGraph, that is all it says of them.
//!
//! They are put among the `<meta>` under names of their own. The elements need not nest as they should: what belongs to
//! what is told by order, `itemprop="publisher"` before the `name` that is its own.

use super::lexer::Tag;

/// The names under which the facts stand.
pub(super) const PUBLISHER: &str = "itemprop:publisher";
pub(super) const IMAGE: &str = "itemprop:image";

/// What has been seen of an item so far.
#[derive(Debug, Default)]
pub(super) struct Microdata {
    /// The item that is open.
    within: Option<&'static str>,
    /// Whether the next text is its name.
    wants_text: bool,
}

impl Microdata {
    /// Looks at a start tag; the fact that it states, if any.
    pub(super) fn start<'a>(&mut self, tag: &Tag<'a>) -> Option<(&'static str, &'a str)> {
        let properties = tag.attribute("itemprop")?;
        let is = |name: &str| properties.split_ascii_whitespace().any(|given| given.eq_ignore_ascii_case(name));
        let stated = || tag.attribute("content").or_else(|| tag.attribute("src")).or_else(|| tag.attribute("href"));
        let item = if is("publisher") { Some(PUBLISHER) } else { Some(IMAGE).filter(|_| is("image")) };
        if let Some(item) = item {
            if tag.attribute("itemscope").is_some() {
                self.within = Some(item);
                return None;
            }
            let value = if item == PUBLISHER { tag.attribute("content") } else { stated() };
            return Some(item).zip(value);
        }
        match self.within {
            Some(PUBLISHER) if is("name") => {
                self.within = None;
                let content = tag.attribute("content");
                self.wants_text = content.is_none();
                Some(PUBLISHER).zip(content)
            }
            Some(IMAGE) if is("url") || is("contentUrl") => {
                self.within = None;
                Some(IMAGE).zip(stated())
            }
            // Whoever comes next has a name of their own.
            _ if is("author") => {
                self.within = None;
                None
            }
            _ => None,
        }
    }

    /// Looks at a text; the fact that it states, if any.
    pub(super) fn text<'a>(&mut self, text: &'a str) -> Option<(&'static str, &'a str)> {
        if !self.wants_text || text.trim().is_empty() {
            return None;
        }
        self.wants_text = false;
        Some((PUBLISHER, text))
    }
}
