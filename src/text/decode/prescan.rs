//! The charset that a page declares of itself: the prescan of the WHATWG (HTML §13.2.3.2), and the prolog of XML.

/// How far a page is searched. The standard says 1,024 bytes; pages are met whose scripts push the declaration further
/// down, which browsers find as well.
const SEARCHED_BYTES_MAX: usize = 4_096;

/// The declared charset of bytes that start as a page; `None` if they do not, or declare none.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..SEARCHED_BYTES_MAX).unwrap_or(bytes);
    let head = &head[head.iter().position(|byte| !byte.is_ascii_whitespace())?..];
    if head.first() != Some(&b'<') {
        return None;
    }
    prolog(head).or_else(|| Tags { rest: head }.find_map(|attributes| declared(&attributes)))
}

/// The `encoding` of `<?xml version="1.0" encoding="…"?>`.
fn prolog(head: &[u8]) -> Option<String> {
    let rest = head.strip_prefix(b"<?xml")?;
    let end = rest.iter().position(|byte| *byte == b'>')?;
    let attributes = Attributes { rest: &rest[..end] };
    attributes
        .into_iter()
        .find(|(name, _)| name == "encoding")
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

/// The charset of a `<meta>`: its `charset`, or that in its `content` where `http-equiv` says that it is one.
fn declared(attributes: &[(String, String)]) -> Option<String> {
    let value = |name: &str| attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    let content = || {
        value("http-equiv").filter(|what| what.eq_ignore_ascii_case("content-type"))?;
        charset_in(value("content")?)
    };
    let label = value("charset").map(str::to_owned).or_else(content)?;
    Some(label).filter(|label| !label.is_empty())
}

/// The charset in `text/html; charset=…`.
fn charset_in(content: &str) -> Option<String> {
    let lower = content.to_ascii_lowercase();
    let after = lower
        .match_indices("charset")
        .find_map(|(at, word)| lower[at + word.len()..].trim_start().strip_prefix('=').map(str::trim_start))?;
    let label = match after.chars().next()? {
        quote @ ('"' | '\'') => after[1..].split(quote).next()?,
        _ => after.split([';', ' ', '\t', '\n', '\r', '\u{C}']).next()?,
    };
    Some(label.to_owned())
}

/// The attributes of each `<meta>`, other tags and comments passed over.
struct Tags<'a> {
    rest: &'a [u8],
}

impl Iterator for Tags<'_> {
    type Item = Vec<(String, String)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.rest.iter().position(|byte| *byte == b'<')?;
            let tag = &self.rest[at + 1..];
            if let Some(comment) = tag.strip_prefix(b"!--") {
                let end = comment.windows(3).position(|three| three == b"-->")?;
                self.rest = &comment[end + 3..];
                continue;
            }
            let name = tag.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
            let name = tag.get(..name.unwrap_or(0)).filter(|name| !name.is_empty());
            let Some(name) = name.filter(|name| name[0].is_ascii_alphabetic()) else {
                self.rest = tag;
                continue;
            };
            let mut attributes = Attributes { rest: &tag[name.len()..] };
            let found: Vec<_> = attributes.by_ref().collect();
            self.rest = attributes.rest;
            if name.eq_ignore_ascii_case(b"meta") {
                return Some(found);
            }
        }
    }
}

/// The attributes of a tag, names in lower case, up to its end.
struct Attributes<'a> {
    rest: &'a [u8],
}

impl Attributes<'_> {
    fn skip(&mut self, passed: impl Fn(&u8) -> bool) -> &[u8] {
        let end = self.rest.iter().position(|byte| !passed(byte)).unwrap_or(self.rest.len());
        let (skipped, rest) = self.rest.split_at(end);
        self.rest = rest;
        skipped
    }
}

impl Iterator for Attributes<'_> {
    type Item = (String, String);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        if matches!(self.rest.first(), None | Some(b'>')) {
            return None;
        }
        let start = self.rest;
        // An equals sign at the start is part of the name.
        self.rest = &self.rest[1..];
        let length = 1 + self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'=')).len();
        let name = String::from_utf8_lossy(&start[..length]).to_ascii_lowercase();
        self.skip(u8::is_ascii_whitespace);
        let Some(rest) = self.rest.strip_prefix(b"=") else { return Some((name, String::new())) };
        self.rest = rest;
        self.skip(u8::is_ascii_whitespace);
        let value = match self.rest.first() {
            Some(quote @ (b'"' | b'\'')) => {
                let quote = *quote;
                self.rest = &self.rest[1..];
                let value = self.skip(|byte| *byte != quote).to_vec();
                self.rest = self.rest.get(1..).unwrap_or_default();
                value
            }
            _ => self.skip(|byte| !byte.is_ascii_whitespace() && *byte != b'>').to_vec(),
        };
        Some((name, String::from_utf8_lossy(&value).trim().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: Option<&str>) {
        assert_eq!(charset(page.as_bytes()).as_deref(), expected, "{page}");
    }

    #[test]
    fn a_page_says_its_charset() {
        check("<meta charset=windows-1251>", Some("windows-1251"));
        check(" \n<!doctype html><html><head><META CharSet='UTF-8' />", Some("UTF-8"));
        check("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=TIS-620\">", Some("tis-620"));
        check("<meta content='text/html;charset=\"euc-kr\"' http-equiv=content-type>", Some("euc-kr"));
        check("<meta/charset=gbk>", Some("gbk"));
        check("<meta name=x content=y><meta charset = big5 >", Some("big5"));
        check("<?xml version='1.0' encoding=\"iso-8859-2\"?><html>", Some("iso-8859-2"));
        check("<?xml version='1.0'?><meta charset=koi8-r>", Some("koi8-r"));
        check("<html data-a=\"<meta charset=gbk>\"><meta charset=sjis>", Some("sjis"));
        check("<!-- <meta charset=gbk> --><meta charset=sjis>", Some("sjis"));
        check("<style>a{}</style></head <meta><meta charset=sjis>", Some("sjis"));
    }

    #[test]
    fn what_says_none() {
        for page in [
            "",
            "  ",
            "plain <meta charset=gbk>",
            "{\"a\": \"<meta charset=gbk>\"}",
            "<html><body>",
            "<meta charset>",
            "<meta charset=''>",
            "<meta content='text/html; charset=gbk'>",
            "<meta http-equiv=refresh content='0; charset=gbk'>",
            "<metal charset=gbk>",
            "<!-- <meta charset=gbk>",
            "<meta charset",
            "<",
            "<?xml encoding='gbk'",
        ] {
            check(page, None);
        }
        check(&format!("<p>{}<meta charset=gbk>", " ".repeat(SEARCHED_BYTES_MAX)), None);
    }
}
