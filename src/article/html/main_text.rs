//! Which text of a page is its article, by the library's judgement.
//!
//! `dom_smoothie` follows Mozilla's Readability: it scores paragraphs by length and commas, elements by what they are
//! called, and takes away what is mostly links. It works on a copy of the tree, whose nodes keep their numbers; so what
//! it left standing is known to the text node, and the tree itself still has what it took away.

use std::collections::HashSet;

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};

/// What the library kept of a page.
#[derive(Debug, Default)]
pub(super) struct MainText {
    kept: HashSet<NodeId>,
}

impl MainText {
    /// Whether a text node was kept.
    pub(super) fn holds(&self, text: NodeId) -> bool {
        self.kept.contains(&text)
    }
}

/// Asks the library for the main text of a page; empty if it finds none.
pub(super) fn find(page: &Document) -> MainText {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut library) = Readability::with_document(page.clone(), None, Some(config)) else {
        return MainText::default();
    };
    if library.parse().is_err() {
        return MainText::default();
    }
    let root = library.doc.select_single("#readability-page-1");
    let texts = root.nodes().iter().flat_map(|root| root.descendants_it()).filter(|node| node.is_nonempty_text());
    MainText { kept: texts.map(|node| node.id).collect() }
}
