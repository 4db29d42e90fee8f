//! A piece of HTML inside a JSON field becomes text.
//!
//! Feeds, agencies and JSON-LD put markup where their readers expect prose: `content_html`, `body_xhtml`, an `articleBody`
//! pasted out of an editor. What is read here is such a piece, with no page around it, so there is nothing to search for:
//! every word that a browser would show is kept, in paragraphs. Whole pages are another module's work.
//!
//! One pass, linear in the input whatever the bytes: what is sought in vain once is not sought again. Not supported, on
//! purpose: building a tree, styles, hidden elements.

use web_atoms::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Elements that start and end a paragraph, sorted (the HTML standard's rendering section shows them as blocks).
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hl2",
    "hr",
    "html",
    "legend",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that stand on a line of their own within a paragraph, sorted.
const LINES: &[&str] = &["br", "li", "option", "tr"];

/// Elements that stand apart on one line, sorted.
const CELLS: &[&str] = &["td", "th"];

/// Elements whose content is not shown as text, or only where a browser cannot do better, sorted.
const HIDDEN: &[&str] = &[
    "audio", "canvas", "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select",
    "style", "svg", "template", "textarea", "title", "video", "xmp",
];

/// The longest name of an entity with its semicolon is 32 bytes (`CounterClockwiseContourIntegral;`).
const ENTITY_BYTES_MAX: usize = 32;

/// Whether a text holds markup: a tag that ends, one that closes, or one that makes a line. A lone `<` in prose (`a < b`,
/// `<3`) is none.
pub(super) fn is_markup(text: &str) -> bool {
    text.contains('<')
        && Scanner::new(text).any(|token| match token {
            Token::End(name) | Token::Start(name) => is_any_of(name, KNOWN),
            Token::Text(_) => false,
        })
}

/// Inline elements that editors leave in prose, beside those above. What is not listed may be prose in angle brackets.
const KNOWN: &[&[&str]] = &[
    BLOCKS,
    LINES,
    CELLS,
    HIDDEN,
    &["a", "abbr", "b", "em", "font", "i", "img", "q", "s", "small", "span", "strong", "sub", "sup", "u"],
];

fn is_any_of(name: &str, lists: &[&[&str]]) -> bool {
    let mut buffer = [0; 16];
    let Some(lower) = lower(name, &mut buffer) else { return false };
    lists.iter().any(|list| list.binary_search(&lower).is_ok())
}

fn lower<'a>(name: &str, buffer: &'a mut [u8; 16]) -> Option<&'a str> {
    let buffer = buffer.get_mut(..name.len())?;
    buffer.copy_from_slice(name.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).ok()
}

/// The text of a field that may hold markup, entities, both or neither. Without a tag, only the entities are read, and
/// the lines are left as they are.
pub(super) fn text_of_either(text: &str) -> String {
    if is_markup(text) { text_of(text) } else { decoded(text) }
}

/// The one line of a title, a name or a description that may hold tags and entities.
pub(super) fn line(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.trim().to_owned();
    }
    text_of_either(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of HTML: paragraphs with a blank line between them, a line for each item and row.
///
/// White space collapses as in a browser, unless no element makes a paragraph or a line: then the line breaks are
/// all that sets paragraphs apart, and they stay.
pub(super) fn text_of(html: &str) -> String {
    let breaks = |token| match token {
        Token::Start(name) | Token::End(name) => is_any_of(name, &[BLOCKS, LINES]),
        Token::Text(_) => false,
    };
    let mut sheet =
        Sheet { text: String::with_capacity(html.len()), gap: Gap::None, keeps_lines: !Scanner::new(html).any(breaks) };
    for token in Scanner::new(html) {
        match token {
            Token::Text(raw) => sheet.push(&decoded(raw)),
            Token::Start(name) | Token::End(name) => sheet.gap = sheet.gap.max(Gap::at(name)),
        }
    }
    sheet.text
}

/// What separates two pieces of text, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

impl Gap {
    fn at(tag: &str) -> Self {
        [(BLOCKS, Self::Paragraph), (LINES, Self::Line), (CELLS, Self::Space)]
            .into_iter()
            .find(|(names, _)| is_any_of(tag, &[names]))
            .map_or(Self::None, |(_, gap)| gap)
    }
}

/// The text so far, and what must stand before the next word.
struct Sheet {
    text: String,
    gap: Gap,
    keeps_lines: bool,
}

impl Sheet {
    fn push(&mut self, text: &str) {
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
        for part in text.split_inclusive(blank) {
            let word = part.trim_end_matches(blank);
            if !word.is_empty() {
                if !self.text.is_empty() {
                    self.text.push_str(match self.gap {
                        Gap::None => "",
                        Gap::Space => " ",
                        Gap::Line => "\n",
                        Gap::Paragraph => "\n\n",
                    });
                }
                self.gap = Gap::None;
                self.text.push_str(word);
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

/// A stretch of HTML.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'a> {
    /// Text, its references not yet read.
    Text(&'a str),
    /// A tag that opens the element of this name.
    Start(&'a str),
    /// A tag that closes it.
    End(&'a str),
}

/// Reads HTML from its start; comments, declarations and hidden elements are passed over.
struct Scanner<'a> {
    rest: &'a str,
    /// Hidden elements that are not closed any more, and whether `>`, `"`, `'` and `-->` still come: what was sought in vain is
    /// not sought again, or a page of openings would take quadratic time.
    unclosed: Vec<&'static str>,
    ends: bool,
    quotes: [bool; 2],
    comments: bool,
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            if let Some(markup) = self.rest.strip_prefix('<') {
                match markup.bytes().next() {
                    Some(b'!' | b'?') => {
                        if let Some(rest) = self.after_declaration(markup) {
                            self.rest = rest;
                            continue;
                        }
                    }
                    Some(b'a'..=b'z' | b'A'..=b'Z') => {
                        if let Some(token) = self.start_tag(markup) {
                            return Some(token);
                        }
                    }
                    Some(b'/') => {
                        if let Some((name, rest)) = self.tag(&markup[1..]) {
                            self.rest = rest;
                            return Some(Token::End(name));
                        }
                    }
                    _ => {}
                }
            }
            // The first character is text, even if it is a `<` that opens nothing.
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let length = self.rest[first..].find('<').map_or(self.rest.len(), |at| first + at);
            let (text, rest) = self.rest.split_at(length);
            self.rest = rest;
            return Some(Token::Text(text));
        }
        None
    }
}

impl<'a> Scanner<'a> {
    fn new(html: &'a str) -> Self {
        Self { rest: html, unclosed: Vec::new(), ends: true, quotes: [true; 2], comments: true }
    }

    /// The tag after `<`, with its content if that is hidden; `None` if it is none.
    fn start_tag(&mut self, markup: &'a str) -> Option<Token<'a>> {
        let (name, rest) = self.tag(markup)?;
        self.rest = rest;
        let hidden = HIDDEN.iter().find(|hidden| hidden.eq_ignore_ascii_case(name));
        let empty = markup[..markup.len() - rest.len()].ends_with("/>");
        if let Some(hidden) = hidden.filter(|hidden| !empty && !self.unclosed.contains(hidden)) {
            match close_of(rest, hidden) {
                Some(at) => self.rest = &rest[at..],
                None => self.unclosed.push(hidden),
            }
        }
        Some(Token::Start(name))
    }

    /// The name of a tag and what follows it, of text after `<` or `</`.
    fn tag(&mut self, markup: &'a str) -> Option<(&'a str, &'a str)> {
        let length = markup.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')).count();
        let (name, attributes) = markup.split_at(length);
        let delimited = attributes.starts_with(['>', '/']) || attributes.starts_with(|c: char| c.is_ascii_whitespace());
        if name.is_empty() || !delimited || !self.ends {
            return None;
        }
        let Some(end) = self.end_of(attributes).or_else(|| attributes.find('>')) else {
            self.ends = false;
            return None;
        };
        Some((name, &attributes[end + 1..]))
    }

    /// Where the `>` of a tag stands, past those in quoted values; `None` if a quotation mark is not closed.
    fn end_of(&mut self, attributes: &str) -> Option<usize> {
        let bytes = attributes.as_bytes();
        let (mut at, mut value) = (0, false);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => return Some(at),
                b'"' | b'\'' if value => {
                    let quote = usize::from(byte == b'\'');
                    let length = if self.quotes[quote] { attributes[at + 1..].find(char::from(byte)) } else { None };
                    let Some(length) = length else {
                        self.quotes[quote] = false;
                        return None;
                    };
                    at += length + 1;
                    value = false;
                }
                b'=' => value = true,
                _ => value &= byte.is_ascii_whitespace(),
            }
            at += 1;
        }
        self.quotes = [false; 2];
        None
    }

    /// What follows a comment, a declaration or a processing instruction, of text after `<`. One that is not closed is
    /// the `<` of prose.
    fn after_declaration(&mut self, markup: &'a str) -> Option<&'a str> {
        let comment = markup.starts_with("!--");
        let (close, comes) = if comment { ("-->", &mut self.comments) } else { (">", &mut self.ends) };
        let at = if *comes { markup.find(close) } else { None };
        *comes = at.is_some();
        at.map(|at| &markup[at + close.len()..])
    }
}

/// Where the end tag of a hidden element stands.
fn close_of(html: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = html[from..].find("</").map(|at| from + at) {
        let end = html.get(at + 2..at + 2 + name.len());
        if end.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paragraphs_lines_and_cells() {
        let check = |html: &str, expected: &str| assert_eq!(text_of(html), expected, "{html}");
        check("<p>One.</p><p>Two.</p>", "One.\n\nTwo.");
        check("<p>One\n  and   a <b>half</b>.<p>Two.", "One and a half.\n\nTwo.");
        check("One.<br/>Two.<BR>\nThree.", "One.\nTwo.\nThree.");
        check("<div><div>One.</div></div>\n\n<ul><li>a<li>b</ul>Two.", "One.\n\na\nb\n\nTwo.");
        check("<table><tr><td>Oslo</td><td>4</td></tr><tr><td>Bergen<td>9</table>", "Oslo 4\nBergen 9");
        check("half<i>word</i>s <em>and</em> spaces", "halfwords and spaces");
        check("One.\n\nTwo <b>bold</b>.\nThree.", "One.\n\nTwo bold.\nThree.");
        check("<hl2>Heading</hl2><p lang='vi'>Trời mưa.</p>", "Heading\n\nTrời mưa.");
        check("", "");
        check("<p> </p><p>\u{A0}</p>", "\u{A0}");
    }

    #[test]
    fn what_a_browser_does_not_show() {
        let check = |html: &str, expected: &str| assert_eq!(text_of(html), expected, "{html}");
        check("<p>a<script>if (1 < 2) { x = '</p>' }</script>b</p>", "ab");
        check("<STYLE>p {}</style ><p>a</p><!-- <p>b</p> -->c<!doctype x>", "a\n\nc");
        check("<iframe src='x'/>a<svg><title>t</title><path/></svg>b", "ab");
        check("<p title=\"a > b\" data-x='<p>'>c</p>", "c");
        check("<?xml version=\"1.0\"?><p>a</p>", "a");
        // Nothing is lost that a broken piece of markup does not end.
        check("a <!-- b", "a <!-- b");
        check("a <b c", "a <b c");
        check("<video>a", "a");
        check("<p title=\"x>a</p>", "a");
        check("a < b, <3 and <", "a < b, <3 and <");
    }

    #[test]
    fn references() {
        let check = |text: &str, expected: &str| assert_eq!(decoded(text), expected, "{text}");
        check("Tom &amp; Co. &lt;b&gt;", "Tom & Co. <b>");
        check("&eacute;t&eacute;&nbsp;&#8211; &#x2019;&#146;&#X2026;", "été\u{A0}– ’’…");
        check("&NotEqualTilde;&CounterClockwiseContourIntegral;", "≂\u{338}∳");
        check("&#0;&#xD800;&#x110000;", "\u{FFFD}\u{FFFD}\u{FFFD}");
        check("R&D; AT&T &; &#; &#x; &#+5; &copy=1 &unknown; &", "R&D; AT&T &; &#; &#x; &#+5; &copy=1 &unknown; &");
        check("&amp;amp;", "&amp;");
    }

    #[test]
    fn tells_markup_from_prose() {
        for markup in ["<p>a", "a<br>b", "a</p>", "x <A href=y>z</A>", "<img src='x'>"] {
            assert!(is_markup(markup), "{markup}");
        }
        for prose in ["", "a < b > c", "<3", "<reporter@news.example> wrote", "<Redacted> said", "a <b"] {
            assert!(!is_markup(prose), "{prose}");
        }
        assert_eq!(line(" Rain &amp; <em>sun</em>\n again "), "Rain & sun again");
        assert_eq!(line("Rain <Redacted> &c;"), "Rain <Redacted> &c;");
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_small(html in "[<>/!?a-c =\"'&;#x0-9é -]{0,60}(<script>|</svg>|<svg>|<!--|-->|&#|é)?[<>/a ='\"]{0,20}") {
            prop_assert!(text_of(&html).len() <= html.len());
            prop_assert!(line(&html).len() <= html.len());
        }

        #[test]
        fn plain_words_stay(words in prop::collection::vec("[\\pL\\pN]{1,8}", 0..12)) {
            let html = words.iter().map(|word| format!("<p>{word}</p>")).collect::<String>();
            prop_assert_eq!(text_of(&html), words.join("\n\n"));
        }
    }

    /// Each would take minutes, were any search repeated.
    #[test]
    fn linear_whatever_the_markup() {
        for unit in [
            "<a",
            "<!--",
            "<svg>",
            "<script>",
            "<p a=\"",
            "<p a='\" b=\"",
            "<a b=\">\" ",
            "</",
            "&",
            "&#x",
            "<svg></",
            "<?",
        ] {
            let html = unit.repeat(300_000 / unit.len());
            assert!(text_of(&html).len() <= html.len(), "{unit}");
            let _ = is_markup(&html);
        }
    }
}
