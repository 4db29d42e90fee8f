//! A page is made lean before it is parsed: what no reader sees is left out, and what remains is bounded.
//!
//! The parser follows the HTML standard, whose rules for misnested formatting and for attributes take time, and even
//! output, quadratic in the markup, and a tree as deep as the markup nests. Here, in one pass, scripts, styles and
//! formatting tags are dropped, every element gets the end tag that the standard would imply, and elements deeper than
//! [`DEPTH_MAX`] lose their tags and keep their text. What a page says about itself is collected on the way.

use std::borrow::Cow;

use super::elements::{
    CLOSED_BY, CLOSES_PARAGRAPH, DROPPED_TAGS, DROPPED_WHOLE, KEPT_ATTRIBUTES, PLAIN_UNLESS_NAMED, RENAMED, SCOPE, VOID,
};
use super::lexer::{Lexer, Tag, Token, starts_with_ignore_case};
use super::microdata::Microdata;
use super::paragraphs::is_seam;
use crate::article::fragment;

/// The deepest nesting that is kept. News pages nest up to about 60 elements; the library's cost grows with the depth
/// squared, and parts of it are recursive.
pub(super) const DEPTH_MAX: usize = 120;

/// The most elements of a page, once lean. Live blogs of a hundred entries stay below 20 000.
pub(super) const ELEMENTS_MAX: usize = 60_000;

/// The most bytes of a `class` or `id` that are kept: their words tell what an element is.
const NAMES_BYTES_MAX: usize = 300;

/// Characters at which the parser stops, and what stands for them in lean markup: noncharacters, which mean nothing in
/// any text. It adds each piece of text between two stops to what it has, at a cost that grows with what it has.
const STAND_INS: [(char, char); 3] = [('\n', '\u{FDD0}'), ('&', '\u{FDD1}'), ('<', '\u{FDD2}')];

/// Text of a lean page as it is meant.
pub(super) fn meant(lean: &str) -> String {
    let meant = |c: char| STAND_INS.iter().find(|(_, stand_in)| *stand_in == c).map_or(c, |(meant, _)| *meant);
    lean.chars().map(meant).collect()
}

/// A page in lean markup, and what it says about itself.
#[derive(Debug, Default)]
pub(super) struct Lean<'a> {
    /// Markup with the page's text and structure.
    pub(super) markup: String,
    /// The `lang` of the page.
    pub(super) language: Option<&'a str>,
    /// The `href` of `<base>`.
    pub(super) base: Option<&'a str>,
    /// The text of `<title>`.
    pub(super) title: Option<&'a str>,
    /// `<meta>` by name (or property, itemprop, http-equiv) and content; with it what [`super::microdata`] finds.
    pub(super) metas: Vec<(&'a str, &'a str)>,
    /// `<link>` by rel and href.
    pub(super) links: Vec<(&'a str, &'a str)>,
    /// The JSON-LD blocks.
    pub(super) json_ld: Vec<&'a str>,
    /// `<time>` by itemprop and datetime, those after the first `<h1>`.
    pub(super) times: Vec<(&'a str, &'a str)>,
    /// Whether the page asks for a password.
    pub(super) asks_password: bool,
}

/// Too many elements are left once the page is lean.
#[derive(Debug, PartialEq)]
pub(super) struct TooManyElements;

/// Reads a page and makes it lean.
pub(super) fn lean(page: &str) -> Result<Lean<'_>, TooManyElements> {
    let mut writer = Writer { lexer: Lexer::new(page), ..Writer::default() };
    writer.lean.markup.push_str("<!DOCTYPE html><html><head></head><body>");
    while let Some(token) = writer.lexer.next() {
        match token {
            Token::Text(text) => {
                writer.lean.metas.extend(writer.microdata.text(text));
                writer.text(text);
            }
            Token::Start(tag) => {
                writer.lean.metas.extend(writer.microdata.start(&tag));
                writer.start(&tag);
            }
            Token::End(name) => writer.end(name),
        }
        if writer.elements > ELEMENTS_MAX {
            return Err(TooManyElements);
        }
    }
    Ok(writer.lean)
}

#[derive(Debug, Default)]
struct Writer<'a> {
    lexer: Lexer<'a>,
    lean: Lean<'a>,
    /// The names of the elements that are open, in lower case.
    open: Vec<String>,
    /// How many of them are paragraphs.
    open_paragraphs: usize,
    elements: usize,
    microdata: Microdata,
    /// Whether a span has just ended.
    at_span: bool,
    /// Whether a headline has started.
    seen_headline: bool,
}

impl<'a> Writer<'a> {
    /// Writes text: its references read, white space as single blanks, and stand-ins for what would make the parser stop
    /// at each of a million characters.
    fn text(&mut self, text: &str) {
        let text = if text.contains('&') { Cow::Owned(fragment::decoded(text)) } else { Cow::Borrowed(text) };
        let keeps_lines = self.open.iter().any(|open| open == "pre");
        let markup = &mut self.lean.markup;
        if std::mem::take(&mut self.at_span) && is_seam(markup, &text) {
            markup.push(' ');
        }
        let mut blank = markup.ends_with(' ');
        for character in text.chars() {
            let written = match character {
                '\0' => continue,
                '\n' if keeps_lines => STAND_INS[0].1,
                ' ' | '\t' | '\n' | '\r' | '\u{C}' if blank && !keeps_lines => continue,
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => ' ',
                '&' => STAND_INS[1].1,
                '<' => STAND_INS[2].1,
                other => other,
            };
            blank = written == ' ';
            markup.push(written);
        }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let name = tag.name.to_ascii_lowercase();
        if self.is_fact(&name, tag) || self.is_dropped(&name, tag) {
            return;
        }
        let name = RENAMED.iter().find(|(from, _)| *from == name).map_or(name, |(_, to)| (*to).to_owned());
        if self.open_paragraphs > 0 && CLOSES_PARAGRAPH.contains(&name.as_str()) {
            self.close(&["p"], SCOPE);
        }
        if let Some((_, closed, bound)) = CLOSED_BY.iter().find(|(opened, ..)| *opened == name) {
            self.close(closed, bound);
        }
        if name == "a" {
            self.forget_anchor();
        }
        let is_void = VOID.contains(&name.as_str());
        if !is_void && self.open.len() >= DEPTH_MAX {
            return;
        }
        self.elements += 1;
        self.seen_headline |= name == "h1";
        self.write_tag(&name, tag);
        if !is_void {
            self.open_paragraphs += usize::from(name == "p");
            self.open.push(name);
        }
    }

    /// Takes what a tag says about the page. Such a tag is not written.
    fn is_fact(&mut self, name: &str, tag: &Tag<'a>) -> bool {
        match name {
            "html" => self.lean.language = self.lean.language.or_else(|| tag.attribute("lang")),
            "base" => self.lean.base = self.lean.base.or_else(|| tag.attribute("href")),
            "meta" => {
                let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| tag.attribute(key));
                self.lean.metas.extend(name.zip(tag.attribute("content")));
            }
            "link" => self.lean.links.extend(tag.attribute("rel").zip(tag.attribute("href"))),
            "title" => {
                let title = self.lexer.content_of("title");
                self.lean.title = self.lean.title.or(title);
            }
            "script" => {
                let content = self.lexer.content_of("script");
                let media = tag.attribute("type").unwrap_or_default().trim();
                if starts_with_ignore_case(media, "application/ld+json") {
                    self.lean.json_ld.extend(content);
                }
                if content.is_none() {
                    self.lexer.finish();
                }
            }
            "time" if self.seen_headline => {
                let property = tag.attribute("itemprop").unwrap_or_default();
                self.lean.times.extend(tag.attribute("datetime").map(|time| (property, time)));
                return false;
            }
            // hAtom, which blogs wrote before there was an element for times.
            "abbr" if self.seen_headline => {
                let mut classes = tag.attribute("class").unwrap_or_default().split_ascii_whitespace();
                let property = classes.find_map(|class| match class {
                    "published" => Some("datePublished"),
                    "updated" => Some("dateModified"),
                    _ => None,
                });
                self.lean.times.extend(property.zip(tag.attribute("title")));
                return false;
            }
            _ => return false,
        }
        true
    }

    fn is_dropped(&mut self, name: &str, tag: &Tag<'a>) -> bool {
        if let Some(whole) = DROPPED_WHOLE.iter().find(|whole| **whole == name) {
            self.lexer.content_of(whole);
            return true;
        }
        if name == "template" {
            if tag.attribute("shadowrootmode").is_none() {
                self.lexer.content_of("template");
            }
            return true;
        }
        if name == "input" && tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) {
            self.lean.asks_password = true;
        }
        let is_named =
            || ["class", "id", "itemprop", "role", "hidden", "style"].iter().any(|key| tag.attribute(key).is_some());
        DROPPED_TAGS.contains(&name)
            || (PLAIN_UNLESS_NAMED.contains(&name) && !is_named() && tag.attribute("datetime").is_none())
            || (name == "a" && tag.attribute("href").is_none())
    }

    fn end(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        self.at_span = name == "span";
        let name = RENAMED.iter().find(|(from, _)| *from == name).map_or(name.as_str(), |(_, to)| to);
        let of_table = matches!(name, "table" | "caption" | "td" | "th" | "tr" | "tbody" | "thead" | "tfoot");
        self.close(&[name], if of_table { &["table"] } else { SCOPE });
    }

    /// Closes the innermost open element of one of these names, with all that is open within it; nothing if a bound is
    /// met first.
    fn close(&mut self, names: &[&str], bound: &[&str]) {
        let mut from_top = self.open.iter().rev().map(String::as_str);
        let found = from_top.position(|open| names.contains(&open) || bound.contains(&open));
        let Some(at) = found.map(|from_top| self.open.len() - 1 - from_top) else { return };
        if names.contains(&self.open[at].as_str()) {
            for name in self.open.drain(at..).rev() {
                self.open_paragraphs -= usize::from(name == "p");
                self.lean.markup.push_str("</");
                self.lean.markup.push_str(&name);
                self.lean.markup.push('>');
            }
        }
    }

    /// A link within a link closes the outer one (HTML standard §13.2.6.4.7), which need not be the innermost element.
    fn forget_anchor(&mut self) {
        if let Some(at) = self.open.iter().rposition(|open| open == "a") {
            if at + 1 == self.open.len() {
                self.lean.markup.push_str("</a>");
            }
            self.open.remove(at);
        }
    }

    fn write_tag(&mut self, name: &str, tag: &Tag) {
        let markup = &mut self.lean.markup;
        markup.push('<');
        markup.push_str(name);
        for &(key, value) in &tag.attributes {
            let key = key.to_ascii_lowercase();
            match key.as_str() {
                "class" | "id" => write_attribute(markup, &key, head(value)),
                "href" => write_attribute(markup, "href", head(value)),
                "style" if hides(value) => write_attribute(markup, "hidden", ""),
                key if KEPT_ATTRIBUTES.contains(&key) => write_attribute(markup, key, head(value)),
                _ => {}
            }
        }
        if name == "img" {
            // The library drops pictures without an address, and counts the others.
            write_attribute(markup, "src", "i");
        }
        markup.push('>');
    }
}

fn write_attribute(markup: &mut String, key: &str, value: &str) {
    markup.push(' ');
    markup.push_str(key);
    markup.push_str("=\"");
    markup.extend(value.chars().map(|c| if c == '"' { '\'' } else { c }));
    markup.push('"');
}

/// The start of a value, as much as is kept of it.
fn head(value: &str) -> &str {
    &value[..value.floor_char_boundary(NAMES_BYTES_MAX)]
}

/// Whether a style keeps an element from being shown.
fn hides(style: &str) -> bool {
    let style: String = head(style).chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}
