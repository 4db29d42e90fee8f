//! Which text of a page is its article, by the library's judgement.
//!
//! `dom_smoothie` follows Mozilla's Readability: it scores paragraphs by length and commas, elements by what they are
//! called, and takes away what is mostly links. It works on a copy of the tree, whose nodes keep their numbers; so what
//! it left standing is known to the text node, and the tree itself still has what it took away.

use std::collections::HashSet;

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, ParsePolicy, Readability};

/// The fewest characters of prose with which a look is enough. The library's own figure is 500: below it, it looks again
/// with fewer scruples, and takes menus and comments along with a short article.
const CHARS_ENOUGH: usize = 140;

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

/// How the library looks, the strictest first: it passes over what is called a sidebar or a menu, then weighs what
/// elements are called, then only takes link lists away.
const POLICIES: [ParsePolicy; 4] = [ParsePolicy::Strict, ParsePolicy::Moderate, ParsePolicy::Clean, ParsePolicy::Raw];

/// Asks the library for the main text of a page: what the first look shows that gives a text, else what the best of
/// them shows; empty if there is none. Text in links does not count: a menu is as long as an article.
pub(super) fn find(page: &Document) -> MainText {
    let mut best = (MainText::default(), 0);
    for policy in POLICIES {
        let Some((found, chars)) = look(page, policy) else { continue };
        if chars >= CHARS_ENOUGH {
            return found;
        }
        if chars > best.1 {
            best = (found, chars);
        }
    }
    best.0
}

/// What the library keeps under a policy, and how many characters of it are outside of links.
fn look(page: &Document, policy: ParsePolicy) -> Option<(MainText, usize)> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut library = Readability::with_document(page.clone(), None, Some(config)).ok()?;
    library.parse_with_policy(policy).ok()?;
    let root = library.doc.select_single("#readability-page-1");
    let (mut kept, mut chars) = (HashSet::new(), 0);
    for text in root.nodes().iter().flat_map(|root| root.descendants_it()).filter(|node| node.is_nonempty_text()) {
        kept.insert(text.id);
        if !text.ancestors_it(None).any(|around| around.has_name("a")) {
            chars += text.normalized_char_count();
        }
    }
    Some((MainText { kept }, chars))
}
