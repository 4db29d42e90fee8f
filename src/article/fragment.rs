//! A piece of HTML inside a JSON field becomes text.
//!
//! Feeds, agencies and JSON-LD put markup where their readers expect prose: `content_html`, `body_xhtml`, an `articleBody`
//! pasted out of an editor. What is read here is such a piece, with no page around it, so there is nothing to search for:
//! every word that a browser would show is kept, in paragraphs, and a caption is known as one. Whole pages are another
//! module's work.
//!
//! One pass, linear in the input whatever the bytes. Not supported, on purpose: building a tree, styles, hidden elements.

use web_atoms::{C1_REPLACEMENTS, NAMED_ENTITIES};

use super::html::lexer::{Lexer, Tag, Token};
use super::parsed::Body;
use crate::event::FurnitureRole;
use crate::text::Block;

/// Elements that start and end a paragraph, sorted (the HTML standard's rendering section shows them as blocks; `hl2` is
/// the heading of NITF, which agencies leave in XHTML).
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hl2",
    "hr", "html", "legend", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
];

/// Elements that stand on a line of their own within a paragraph, sorted.
const LINES: &[&str] = &["br", "li", "option", "tr"];

/// Elements that stand apart on one line, sorted.
const CELLS: &[&str] = &["td", "th"];

/// Elements whose content is not shown as text, or only where a browser cannot do better, sorted.
#[rustfmt::skip]
const HIDDEN: &[&str] = &[
    "audio", "canvas", "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea", "title", "video", "xmp",
];

/// Elements within a line that editors leave in prose, sorted. What is in none of these lists may be prose in angle
/// brackets.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "em", "font", "i", "img", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
];

/// The most bytes of a caption, four for each of 800 characters: a `figcaption` that is not closed must not take the
/// article with it.
const CAPTION_BYTES_MAX: usize = 3200;

/// The longest name of an entity with its semicolon is 32 bytes (`CounterClockwiseContourIntegral;`).
const ENTITY_BYTES_MAX: usize = 32;

/// The body that a field holds: blocks where it is markup, else its text with the references read and its lines as they
/// are. A lone `<` in prose (`a < b`, `<3`) makes no markup.
pub(super) fn body(text: &str) -> Body {
    if is_markup(text) {
        return body_of_markup(text);
    }
    let decoded = decoded(text);
    // Some systems escape their markup once more on its way into JSON.
    if text.contains("&lt;") && is_markup(&decoded) { body_of_markup(&decoded) } else { Body::Text(decoded) }
}

/// The body of a field that is markup. White space collapses as in a browser, unless no element makes a paragraph or a
/// line: then the line breaks are all that sets paragraphs apart, and they stay.
pub(super) fn body_of_markup(html: &str) -> Body {
    let breaks = |token: Token| name_of(&token).is_some_and(|name| is_any_of(name, &[BLOCKS, LINES]));
    let keeps_lines = !Lexer::new(html).any(breaks);
    let mut blocks = Sheet::read(html, keeps_lines).blocks;
    match blocks.pop() {
        Some(only) if keeps_lines && blocks.is_empty() => Body::Text(only.text),
        last => {
            blocks.extend(last);
            Body::Blocks(blocks)
        }
    }
}

/// The text of a field that may hold markup, as it reads without regard to what its paragraphs are.
pub(super) fn text(field: &str) -> String {
    match body(field) {
        Body::Text(text) => text,
        Body::Blocks(blocks) => {
            let texts: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
            texts.join("\n\n")
        }
    }
}

/// The one line of a title, a name or a description that may hold tags and references.
pub(super) fn line(field: &str) -> String {
    if !field.contains(['<', '&']) {
        return field.trim().to_owned();
    }
    text(field).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_markup(text: &str) -> bool {
    let known = |token: Token| name_of(&token).is_some_and(|n| is_any_of(n, &[BLOCKS, LINES, CELLS, HIDDEN, INLINE]));
    text.contains('<') && Lexer::new(text).any(known)
}

fn name_of<'a>(token: &Token<'a>) -> Option<&'a str> {
    match token {
        Token::Start(tag) => Some(tag.name),
        Token::End(name) => Some(name),
        Token::Text(_) => None,
    }
}

fn is_any_of(name: &str, lists: &[&[&str]]) -> bool {
    let mut buffer = [0; 16];
    let Some(lower) = buffer.get_mut(..name.len()) else { return false };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    lists.iter().any(|list| list.binary_search_by(|listed| listed.as_bytes().cmp(lower)).is_ok())
}

/// What separates two pieces of text, the weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// The blocks so far, and what must stand before the next word.
#[derive(Default)]
struct Sheet {
    blocks: Vec<Block>,
    gap: Gap,
    keeps_lines: bool,
    /// Whether what comes is within a caption, and whether that ends with the paragraph.
    caption: Option<Caption>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Caption {
    Figure,
    Paragraph,
}

impl Sheet {
    fn read(html: &str, keeps_lines: bool) -> Self {
        let mut sheet = Self { keeps_lines, ..Self::default() };
        let mut lexer = Lexer::new(html);
        while let Some(token) = lexer.next() {
            match token {
                Token::Text(raw) => sheet.push(&decoded(raw)),
                Token::Start(tag) => {
                    sheet.start(&tag);
                    let hidden = HIDDEN.iter().find(|hidden| hidden.eq_ignore_ascii_case(tag.name));
                    if let Some(hidden) = hidden.filter(|_| !tag.is_empty) {
                        // Without an end tag nothing is passed over: an article is never cut short.
                        lexer.content_of(hidden);
                    }
                }
                Token::End(name) => sheet.end(name),
            }
        }
        sheet.push(lexer.swallowed());
        for block in &mut sheet.blocks {
            block.role = block.role.filter(|_| block.text.len() <= CAPTION_BYTES_MAX);
        }
        sheet
    }

    fn start(&mut self, tag: &Tag) {
        self.part(tag.name);
        let named = |word: &str| word.contains("caption");
        if tag.name.eq_ignore_ascii_case("figcaption") {
            self.caption = Some(Caption::Figure);
        } else if tag.name.eq_ignore_ascii_case("p") && tag.attribute("class").is_some_and(named) {
            self.caption = self.caption.or(Some(Caption::Paragraph));
        }
    }

    fn end(&mut self, name: &str) {
        self.part(name);
        if ["figcaption", "figure"].iter().any(|figure| name.eq_ignore_ascii_case(figure)) {
            self.caption = None;
        }
    }

    /// A tag ends what stands before it, as far as its element does.
    fn part(&mut self, name: &str) {
        let gap = match name {
            _ if is_any_of(name, &[BLOCKS]) => Gap::Paragraph,
            // Two breaks in a row are how editors without paragraphs make them.
            _ if name.eq_ignore_ascii_case("br") && self.gap == Gap::Line => Gap::Paragraph,
            _ if is_any_of(name, &[LINES]) => Gap::Line,
            _ if is_any_of(name, &[CELLS]) => Gap::Space,
            _ => Gap::None,
        };
        self.gap = self.gap.max(gap);
        if gap == Gap::Paragraph && self.caption == Some(Caption::Paragraph) {
            self.caption = None;
        }
    }

    fn push(&mut self, text: &str) {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
        for part in text.split_inclusive(blank) {
            let word = part.trim_end_matches(blank);
            if !word.is_empty() {
                self.word(word);
            }
            if word.len() < part.len() {
                let line = self.keeps_lines && part.ends_with('\n');
                self.gap = match self.gap {
                    Gap::Line if line => Gap::Paragraph,
                    gap if line => gap.max(Gap::Line),
                    gap => gap.max(Gap::Space),
                };
            }
        }
    }

    fn word(&mut self, word: &str) {
        let gap = match std::mem::take(&mut self.gap) {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Line => "\n",
            Gap::Paragraph if self.keeps_lines => "\n\n",
            Gap::Paragraph => {
                self.blocks.push(Block { text: String::new(), role: None });
                ""
            }
        };
        let role = self.caption.map(|_| FurnitureRole::Caption);
        match self.blocks.last_mut() {
            Some(block) if block.text.is_empty() => *block = Block { text: word.to_owned(), role },
            Some(block) => {
                block.text.push_str(gap);
                block.text.push_str(word);
            }
            None => self.blocks.push(Block { text: word.to_owned(), role }),
        }
    }
}

/// The text with its character references read: those of the HTML standard by name, if a semicolon ends them, and
/// numbers. What is no reference stays as it is.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].bytes().take(ENTITY_BYTES_MAX).position(|byte| byte == b';').map(|end| &rest[1..1 + end]);
        match name.and_then(|name| Some((name, reference(name)?))) {
            Some((name, characters)) => {
                out.extend(characters.into_iter().flatten());
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The characters of a reference, without its `&` and `;`.
fn reference(name: &str) -> Option<[Option<char>; 2]> {
    if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |hex| (hex, 16));
        let code = digits.chars().all(|c| c.is_digit(radix)).then(|| u32::from_str_radix(digits, radix).ok());
        return Some([Some(numbered(code??)), None]);
    }
    let (first, second) = *NAMED_ENTITIES.get(&format!("{name};"))?;
    // Names that are only the start of one stand in the table as zero.
    let [first, second] = [first, second].map(|code| char::from_u32(code).filter(|c| *c != '\0'));
    first.map(|first| [Some(first), second])
}

/// The character of a number. Those of windows-1252, which old editors write, mean that charset's characters (HTML
/// standard, numeric character reference end state).
fn numbered(code: u32) -> char {
    let replaced = code.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(usize::try_from(at).ok()?)?);
    replaced.or_else(|| char::from_u32(code)).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests;
