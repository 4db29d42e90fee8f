//! What a page says about its article in JSON-LD.

use serde_json::{Map, Value};

use super::lean::Lean;
use crate::article::draft::Draft;
use crate::article::json_ld::Document;
use crate::article::{canonical_url, fragment};

/// The most blocks that are read. Pages with a hundred are made by scripts that repeat themselves.
const BLOCKS_MAX: usize = 100;

/// The article of a page's JSON-LD, if it has one. Where it has several, as an endless page does, the one whose address
/// or headline is the page's; else the first that does not say that it lies elsewhere and is called otherwise.
pub(super) fn article(lean: &Lean, addresses: &[String], title: Option<&str>) -> Option<Draft> {
    let mut document = Document::default();
    for block in lean.json_ld.iter().take(BLOCKS_MAX) {
        if let Some(value) = parse(block) {
            document.add(value);
        }
    }
    let addresses: Vec<String> = addresses.iter().filter_map(|address| canonical_url(address)).collect();
    let articles = document.articles();
    let is_here = |article: &Map<String, Value>| named_addresses(article).any(|url| addresses.contains(&url));
    let is_called = |article: &Map<String, Value>| {
        let headline = article.get("headline").and_then(Value::as_str).map(fragment::line);
        headline.zip(title).is_some_and(|(headline, title)| title.starts_with(headline.trim()))
    };
    // A box about another story has its own: neither address nor headline is the page's.
    let may_be = |article: &Map<String, Value>| {
        addresses.is_empty()
            || title.is_none()
            || named_addresses(article).next().is_none()
            || !article.get("headline").is_some_and(Value::is_string)
    };
    let position = |is: &dyn Fn(&Map<String, Value>) -> bool| articles.iter().position(is);
    let found = position(&is_here).or_else(|| position(&is_called)).or_else(|| position(&may_be))?;
    let mut draft = document.read(found)?;
    // What it says besides is the page's own bookkeeping, and so is a field that it left empty.
    draft.ext.clear();
    draft.warnings.clear();
    Some(draft)
}

/// The canonical URLs that an article says it is at.
fn named_addresses(article: &Map<String, Value>) -> impl Iterator<Item = String> {
    let named = ["url", "@id", "mainEntityOfPage"].into_iter().filter_map(|key| match article.get(key)? {
        Value::Object(page) => page.get("@id").or_else(|| page.get("url"))?.as_str(),
        other => other.as_str(),
    });
    named.filter_map(canonical_url)
}

/// Reads a block as it is, else as sites write it that do not escape line breaks or leave a comment around it. Nesting
/// is bounded by the parser, at 128.
fn parse(block: &str) -> Option<Value> {
    let block = block.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let bare = block.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let bare = bare.trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(bare).ok().or_else(|| {
        let spaced: String = bare.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}
