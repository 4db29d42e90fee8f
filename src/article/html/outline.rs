//! The body of a page as a flat list of what opens, closes and stands in it, each element with what it counts.
//!
//! Elements are numbered in document order, so a parent's number is below its children's, and sums go from the last to
//! the first: no step recurses, however the page nests.

use dom_query::{Document, NodeData, NodeRef};

use super::lean;
use super::main_text::MainText;
use super::marks::{self, Mark};

/// An element by its number.
pub(super) type Index = usize;

/// An element of the page.
#[derive(Debug)]
pub(super) struct Element {
    /// The element around it; its own number for the first.
    pub(super) parent: Index,
    /// Its name, in lower case.
    pub(super) name: String,
    /// What it is called: caption, share bar and so on.
    pub(super) mark: Option<Mark>,
    /// Whether it is an article by its name or role.
    pub(super) is_article: bool,
    /// Whether it is an article in schema.org's terms.
    pub(super) is_schema_article: bool,
    /// Whether it or an element around it is a link.
    pub(super) in_link: bool,
    /// Whether it or an element around it is navigation or not shown.
    pub(super) in_chrome: bool,
    /// Whether it or an element around it keeps white space.
    pub(super) preformatted: bool,
    /// What stands in it.
    pub(super) count: Count,
    /// Whether a block stands in it.
    pub(super) holds_block: bool,
    /// What it and the elements around it are called, the outermost that is believed.
    pub(super) believed: Option<Mark>,
}

/// How many characters that are not blank stand in an element or a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// All of them.
    pub(super) all: usize,
    /// Those that the library kept.
    pub(super) kept: usize,
    /// Those in links.
    pub(super) linked: usize,
}

impl Count {
    pub(super) fn add(&mut self, other: Self) {
        self.all += other.all;
        self.kept += other.kept;
        self.linked += other.linked;
    }

    /// Whether most of it was kept.
    pub(super) fn is_kept(self) -> bool {
        self.kept > 0 && self.kept * 2 >= self.all
    }

    /// Whether at least `percent` of it stands in links.
    pub(super) fn is_linked(self, percent: usize) -> bool {
        self.all > 0 && self.linked * 100 >= self.all * percent
    }
}

/// What stands on a page, in order.
#[derive(Debug)]
pub(super) enum Item {
    /// An element starts.
    Open(Index),
    /// An element ends.
    Close(Index),
    /// A line break.
    Break,
    /// Text, in the element around it.
    Text { text: String, count: Count, within: Index },
}

/// The body of a page.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) elements: Vec<Element>,
    pub(super) items: Vec<Item>,
}

impl Outline {
    pub(super) fn read(page: &Document, main: &MainText) -> Self {
        let mut outline = Self::default();
        if let Some(body) = page.body() {
            outline.walk(&body, main);
            outline.sum();
        }
        outline
    }

    /// The element and those around it, the innermost first.
    pub(super) fn upwards(&self, from: Index) -> impl Iterator<Item = Index> + '_ {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let current = next?;
            let parent = self.elements[current].parent;
            next = (parent != current).then_some(parent);
            Some(current)
        })
    }

    fn walk(&mut self, body: &NodeRef, main: &MainText) {
        let mut around = vec![self.open(body, None)];
        let mut next = body.first_child();
        loop {
            let Some(node) = next else {
                let Some(closed) = around.pop() else { return };
                self.items.push(Item::Close(closed.0));
                next = if around.is_empty() { None } else { closed.1.next_sibling() };
                continue;
            };
            let within = around.last().map_or(0, |(index, _)| *index);
            if node.is_element() {
                if node.has_name("br") {
                    self.items.push(Item::Break);
                    next = node.next_sibling();
                } else if ["rp", "rt", "script", "style"].iter().any(|name| node.has_name(name)) {
                    next = node.next_sibling();
                } else {
                    around.push(self.open(&node, Some(within)));
                    next = node.first_child();
                }
            } else {
                self.text(&node, within, main);
                next = node.next_sibling();
            }
        }
    }

    fn open<'a>(&mut self, node: &NodeRef<'a>, parent: Option<Index>) -> (Index, NodeRef<'a>) {
        let index = self.elements.len();
        let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
        let around = parent.map(|parent| &self.elements[parent]);
        let described = marks::describe(node, &name);
        self.elements.push(Element {
            parent: parent.unwrap_or(index),
            mark: described.mark,
            is_article: described.is_article,
            is_schema_article: described.is_schema_article,
            in_link: name == "a" || around.is_some_and(|around| around.in_link),
            in_chrome: described.is_chrome || around.is_some_and(|around| around.in_chrome),
            preformatted: name == "pre" || around.is_some_and(|around| around.preformatted),
            count: Count::default(),
            holds_block: false,
            believed: None,
            name,
        });
        self.items.push(Item::Open(index));
        (index, *node)
    }

    fn text(&mut self, node: &NodeRef, within: Index, main: &MainText) {
        let text = node.query_or(String::new(), |node| match &node.data {
            NodeData::Text { contents } => lean::meant(contents),
            _ => String::new(),
        });
        if text.is_empty() {
            return;
        }
        let all = text.chars().filter(|c| !c.is_whitespace()).count();
        let element = &mut self.elements[within];
        let count = Count {
            all,
            kept: if main.holds(node.id) { all } else { 0 },
            linked: if element.in_link { all } else { 0 },
        };
        element.count.add(count);
        self.items.push(Item::Text { text, count, within });
    }

    fn sum(&mut self) {
        for index in (1..self.elements.len()).rev() {
            let Element { parent, count, holds_block, .. } = self.elements[index];
            let is_block = is_block(&self.elements[index].name);
            let parent = &mut self.elements[parent];
            parent.count.add(count);
            parent.holds_block |= holds_block || is_block;
        }
        // An element that holds too much for what it is called, or most of the article, is not believed.
        let whole = self.elements.first().map_or(0, |body| body.count.kept);
        for index in 0..self.elements.len() {
            let Element { parent, mark, count, holds_block, .. } = self.elements[index];
            let is_label = count.all <= marks::LABEL_CHARS_MAX;
            let small = |mark: &Mark| {
                count.all <= mark.chars_max()
                    && count.kept * 2 <= whole
                    && (is_label || holds_block || !mark.is_section())
            };
            self.elements[index].believed = self.elements[parent].believed.or_else(|| mark.filter(small));
        }
    }
}

/// Elements that stand within a line. All others begin and end one; a custom element is what it holds.
pub(super) fn is_block(name: &str) -> bool {
    const INLINE: &[&str] = &[
        "a", "audio", "button", "del", "embed", "img", "input", "label", "object", "output", "picture", "progress",
        "ruby", "slot", "span", "td", "th", "time", "video",
    ];
    !INLINE.contains(&name) && !name.contains('-')
}
