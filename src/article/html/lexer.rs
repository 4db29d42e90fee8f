//! Markup as tags and text, in one pass.
//!
//! The states are those of the HTML standard's tokeniser (§13.2.5) as far as they decide where a tag ends; character
//! references are left as they stand. Every byte is looked at a bounded number of times, whatever the markup.

/// The most attributes of a tag that are read. The few that matter come first on any page that a browser shows; the
/// parser behind this one compares each attribute with all before it.
const ATTRIBUTES_MAX: usize = 40;

/// A piece of markup.
#[derive(Debug, PartialEq)]
pub(in crate::article) enum Token<'a> {
    /// Text, its character references as written. It may hold a `<` that opens nothing.
    Text(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// The name in an end tag, as written.
    End(&'a str),
}

/// A start tag.
#[derive(Debug, PartialEq)]
pub(in crate::article) struct Tag<'a> {
    /// Its name, as written.
    pub(in crate::article) name: &'a str,
    /// Whether it ends with `/>`: in XML, the element is empty.
    pub(in crate::article) is_empty: bool,
    /// Names and values, as written.
    pub(in crate::article) attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, its character references as written; the first where it is given twice.
    pub(in crate::article) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }
}

/// Reads markup from front to back.
#[derive(Debug, Default)]
pub(in crate::article) struct Lexer<'a> {
    markup: &'a str,
    at: usize,
    /// Names of elements whose end tag has been looked for in vain: it is not looked for again.
    unclosed: Vec<&'static str>,
    /// Where a tag or a comment begins that never ends.
    broken: Option<usize>,
}

impl<'a> Lexer<'a> {
    pub(in crate::article) fn new(markup: &'a str) -> Self {
        Self { markup, ..Self::default() }
    }

    /// What a tag or a comment that never ends took, once all is read. A browser shows nothing of it; whoever reads
    /// what may be prose with a stray bracket has it here.
    pub(in crate::article) fn swallowed(&self) -> &'a str {
        self.broken.map_or("", |start| &self.markup[start..])
    }

    /// Everything up to the end tag of an element whose content is not markup, and past that tag. `None` if there is no
    /// such tag; nothing is passed over then.
    pub(in crate::article) fn content_of(&mut self, name: &'static str) -> Option<&'a str> {
        if self.unclosed.contains(&name) {
            return None;
        }
        let rest = &self.markup[self.at..];
        let mut from = 0;
        while let Some(found) = rest[from..].find("</") {
            let start = from + found;
            let after = &rest[start + 2..];
            if starts_with_ignore_case(after, name) && !after[name.len()..].starts_with(is_name_part) {
                self.at += start + 2 + name.len();
                self.skip_past_bracket();
                return Some(&rest[..start]);
            }
            from = start + 2;
        }
        self.unclosed.push(name);
        None
    }

    /// Passes over all that is left.
    pub(in crate::article) fn finish(&mut self) {
        self.at = self.markup.len();
    }

    fn skip_past_bracket(&mut self) {
        let rest = &self.markup[self.at..];
        self.at = rest.find('>').map_or(self.markup.len(), |end| self.at + end + 1);
    }

    /// A comment, a declaration or a processing instruction, of which `<` and a sign have been seen.
    fn skip_declaration(&mut self) {
        let rest = &self.markup[self.at..];
        let Some(comment) = rest.strip_prefix("<!--") else { return self.skip_past_bracket() };
        if comment.starts_with('>') || comment.starts_with("->") {
            return self.skip_past_bracket();
        }
        let start = self.at;
        match comment_end(comment) {
            Some(end) => self.at += 4 + end,
            None => {
                self.broken = Some(start);
                self.finish();
            }
        }
    }

    /// A start tag, from its `<`; `None` if the markup ends within it.
    fn start_tag(&mut self) -> Option<Tag<'a>> {
        let rest = &self.markup[self.at + 1..];
        let length = rest.find(|c: char| !is_name_part(c)).unwrap_or(rest.len());
        let mut tag = Tag { name: &rest[..length], is_empty: false, attributes: Vec::new() };
        self.at += 1 + length;
        loop {
            let rest = &self.markup[self.at..];
            let blank = rest.len() - rest.trim_start_matches(|c: char| c == '/' || is_blank(c)).len();
            self.at += blank;
            let rest = &rest[blank..];
            if rest.is_empty() {
                return None;
            }
            if rest.starts_with('>') {
                tag.is_empty = self.markup[..self.at].ends_with('/') && blank > 0;
                self.at += 1;
                return Some(tag);
            }
            let attribute = self.attribute(rest)?;
            if tag.attributes.len() < ATTRIBUTES_MAX {
                tag.attributes.push(attribute);
            }
        }
    }

    /// The attribute that `rest` starts with; it may start with a `=`, which is then part of the name.
    fn attribute(&mut self, rest: &'a str) -> Option<(&'a str, &'a str)> {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let ends_name = |c: char| is_blank(c) || matches!(c, '/' | '>' | '=');
        let length = rest[first..].find(ends_name).map_or(rest.len(), |end| first + end);
        let name = &rest[..length];
        self.at += length;
        let after = rest[length..].trim_start_matches(is_blank);
        let Some(value) = after.strip_prefix('=') else { return Some((name, "")) };
        let value = value.trim_start_matches(is_blank);
        let start = self.markup.len() - value.len();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (skipped, length) = match quote {
            Some(quote) => (1, value[1..].find(quote)?),
            None => (0, value.find(|c| is_blank(c) || c == '>').unwrap_or(value.len())),
        };
        self.at = start + skipped + length + skipped;
        Some((name, &value[skipped..skipped + length]))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.markup[self.at..];
            let mut after = rest.bytes();
            match (after.next()?, after.next(), after.next()) {
                (b'<', Some(letter), _) if letter.is_ascii_alphabetic() => {
                    let start = self.at;
                    return match self.start_tag() {
                        Some(tag) => Some(Token::Start(tag)),
                        None => {
                            self.broken = Some(start);
                            self.finish();
                            None
                        }
                    };
                }
                (b'<', Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                    let name = &rest[2..];
                    let name = &name[..name.find(|c: char| !is_name_part(c)).unwrap_or(name.len())];
                    self.skip_past_bracket();
                    return Some(Token::End(name));
                }
                (b'<', Some(b'!' | b'?'), _) | (b'<', Some(b'/'), Some(_)) => self.skip_declaration(),
                _ => {
                    // The first character may be a bracket that opens nothing: it is text.
                    let first = rest.chars().next().map_or(0, char::len_utf8);
                    let length = rest[first..].find('<').map_or(rest.len(), |end| first + end);
                    self.at += length;
                    return Some(Token::Text(&rest[..length]));
                }
            }
        }
    }
}

/// Where a comment ends, past its sign: one pass, since there may be a million comments.
fn comment_end(comment: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = comment[from..].find("--") {
        let after = from + found + 2;
        for end in [">", "!>"] {
            if comment[after..].starts_with(end) {
                return Some(after + end.len());
            }
        }
        from += found + 1;
    }
    None
}

fn is_name_part(c: char) -> bool {
    !(is_blank(c) || matches!(c, '/' | '>'))
}

/// ASCII white space as HTML has it.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Whether a text starts with an ASCII name in any case.
pub(in crate::article) fn starts_with_ignore_case(text: &str, name: &str) -> bool {
    text.as_bytes().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tokens as one line: `<name a=b>`, `</name>`, and text as it is, parted by `|`.
    fn check(markup: &str, expected: &str) {
        let tokens: Vec<String> = Lexer::new(markup).map(|token| shown(&token)).collect();
        assert_eq!(tokens.join("|"), expected, "{markup:?}");
    }

    fn shown(token: &Token) -> String {
        match token {
            Token::Text(text) => (*text).to_owned(),
            Token::End(name) => format!("</{name}>"),
            Token::Start(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| format!(" {name}={value}"));
                format!("<{}{}>", tag.name, attributes.collect::<String>())
            }
        }
    }

    #[test]
    fn tags_end_where_a_browser_ends_them() {
        check("<p class=a>x</p>", "<p class=a>|x|</p>");
        check("<p title='a > b' x>y", "<p title=a > b x=>|y");
        check("<a href=/x/>y", "<a href=/x/>|y");
        check("<br/><img src = \"1\" / alt>", "<br>|<img src=1 alt=>");
        check("<p title=it's>x", "<p title=it's>|x");
        check("<P =a=b c>", "<P =a=b c=>");
        check("a < b <3 <é", "a |< b |<3 |<é");
        check("<", "<");
        check("a</ b>c</>d</p x='>'>e", "a|c|d|</p>|'>e");
    }

    #[test]
    fn comments_and_declarations_are_no_text() {
        check("<!doctype html>a<!-- <p> -->b<?xml x?>c<![CDATA[d]]>e", "a|b|c|e");
        check("a<!-->b<!--->c<!---->d<!-- x --!>e", "a|b|c|d|e");
        check("a<!-- never closed <p>b", "a");
    }

    #[test]
    fn a_tag_that_never_ends_takes_the_rest() {
        check("a<p class=\"b>c<p>d", "a");
        check("a<p class", "a");
        check("a</p", "a|</p>");
        let swallowed = |markup| {
            let mut lexer = Lexer::new(markup);
            while lexer.next().is_some() {}
            lexer.swallowed()
        };
        assert_eq!(swallowed("a<p class=\"b>c<p>d"), "<p class=\"b>c<p>d");
        assert_eq!(swallowed("a<!-- b"), "<!-- b");
        assert_eq!(swallowed("a<p>b<!-- c -->"), "");
    }

    #[test]
    fn content_ends_at_its_own_tag() {
        let mut lexer = Lexer::new("x</scripty></SCRIPT >y</b>");
        assert_eq!(lexer.content_of("script"), Some("x</scripty>"));
        assert_eq!(lexer.next(), Some(Token::Text("y")));
        assert_eq!(lexer.content_of("style"), None);
        assert_eq!(lexer.next(), Some(Token::End("b")));
    }

    #[test]
    fn attributes_beyond_the_bound_are_passed_over() {
        let markup = format!("<p {}>x", "a ".repeat(10 * ATTRIBUTES_MAX));
        let mut lexer = Lexer::new(&markup);
        assert!(matches!(lexer.next(), Some(Token::Start(tag)) if tag.attributes.len() == ATTRIBUTES_MAX));
        assert_eq!(lexer.next(), Some(Token::Text("x")));
    }

    proptest! {
        #[test]
        fn never_panics_and_ends(markup in "[<>/!a-c=\"'é \\-]{0,80}") {
            let mut lexer = Lexer::new(&markup);
            let tokens = lexer.by_ref().count();
            prop_assert!(tokens <= markup.len());
            let mut lexer = Lexer::new(&markup);
            let _ = lexer.content_of("a");
            prop_assert!(lexer.count() <= markup.len());
        }
    }
}
