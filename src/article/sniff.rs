//! What a value is, by its headers and its first bytes.

use crate::article::json;
use crate::record::Record;

/// What kind of document a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON.
    Json,
    /// An HTML page.
    Html,
    /// Prose.
    PlainText,
    /// Something that is not taken, with its name.
    Refused(&'static str),
}

const XML: &str = "an XML document";
const AVRO: &str = "Avro data";

/// Media types by the start of their names.
const MEDIA_TYPES: &[(&str, Form)] = &[
    ("application/avro", Form::Refused(AVRO)),
    ("application/json", Form::Json),
    ("application/pdf", Form::Refused("a PDF document")),
    ("application/vnd.apache.avro", Form::Refused(AVRO)),
    ("application/xhtml+xml", Form::Html),
    ("application/xml", Form::Refused(XML)),
    ("audio/", Form::Refused("a recording")),
    ("avro/", Form::Refused(AVRO)),
    ("image/", Form::Refused("a picture")),
    ("text/html", Form::Html),
    ("text/json", Form::Json),
    ("text/plain", Form::PlainText),
    ("text/xml", Form::Refused(XML)),
    ("video/", Form::Refused("a video")),
];

/// First bytes of formats that are not text, after the formats' own specifications.
const MAGIC: &[(&[u8], &str)] = &[
    (&[0x00], "a value in schema registry framing (Avro, Protobuf or JSON Schema) or other binary data"),
    (&[0x04, 0x22, 0x4D, 0x18], "an LZ4-compressed value"),
    (&[0x89, b'P', b'N', b'G'], "a picture"),
    (&[0xFD, b'7', b'z', b'X', b'Z', 0x00], "an xz-compressed value"),
    (&[0xFF, 0xD8, 0xFF], "a picture"),
    (&[0xAC, 0xED, 0x00, 0x05], "a serialised Java object"),
    (&[0xFF, 0x06, 0x00, 0x00, b's', b'N', b'a', b'P'], "a Snappy-compressed value"),
    (b"%PDF-", "a PDF document"),
    (b"BZh91AY&SY", "a bzip2-compressed value"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"HTTP/1.", "an HTTP response with its head"),
    (b"Obj\x01", AVRO),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"WARC/1.", "a WARC record"),
];

/// The value of a `content-type` header.
#[derive(Debug)]
pub(super) struct MediaType {
    name: String,
    charset: Option<String>,
}

impl MediaType {
    /// That of a record; nameless where it has none.
    pub(super) fn of(record: &Record) -> Self {
        let mut parts = record.header("content-type").unwrap_or_default().split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let charset = parts.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches('"');
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
        });
        Self { name, charset }
    }

    /// The declared charset.
    pub(super) fn charset(&self) -> Option<&str> {
        self.charset.as_deref()
    }

    /// The kind of document that it declares; `None` where the bytes must tell.
    pub(super) fn form(&self) -> Option<Form> {
        if self.name.ends_with("+json") {
            return Some(Form::Json);
        }
        MEDIA_TYPES.iter().find(|(start, _)| self.name.starts_with(start)).map(|(_, form)| *form)
    }
}

/// What a value that must not be read as text is; `None` where it may be text.
pub(super) fn binary(value: &[u8], media: &MediaType) -> Option<&'static str> {
    if let Some(Form::Refused(kind)) = media.form() {
        return Some(kind);
    }
    // What is declared may look like a format: UTF-16 starts with a zero byte, a plain text with the letters `GIF89a`.
    let wide = media.charset().is_some_and(|charset| charset.to_ascii_lowercase().starts_with("utf-16"));
    let plain = media.form() == Some(Form::PlainText);
    let declared = |magic: &[u8]| (wide && magic == [0x00]) || (plain && magic.iter().all(u8::is_ascii_graphic));
    MAGIC.iter().find(|(magic, _)| value.starts_with(magic) && !declared(magic)).map(|(_, kind)| *kind)
}

/// The kind of document that a text without a declared one is. What starts with a brace is JSON, sound or not; what
/// starts with a bracket, a quotation mark or a digit only if it is JSON as a whole.
pub(super) fn form(text: &str) -> Form {
    let start = text.trim_start();
    match start.bytes().next() {
        Some(b'{') => Form::Json,
        Some(b'[') if json::is_array(start) => Form::Json,
        Some(b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') if json::scalar(start).is_ok() => Form::Json,
        Some(b'<') => markup(start),
        _ => Form::PlainText,
    }
}

/// Elements with which a page may start that leaves `<html>` out, as the HTML standard lets it, and pieces of pages.
const PAGE_ELEMENTS: &[&str] = &[
    "a",
    "amp-img",
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "div",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "i",
    "img",
    "link",
    "main",
    "meta",
    "ol",
    "p",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "title",
    "ul",
];

/// The kind of document that a text is which starts with an angle bracket. Comments and an XML declaration may stand
/// before the page.
fn markup(text: &str) -> Form {
    let starts = |text: &str, tag: &str| {
        text.as_bytes().get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    };
    let (mut rest, mut is_xml) = (text, false);
    loop {
        rest = rest.trim_start();
        // Nothing but comments is a page that shows nothing.
        if rest.is_empty() && !is_xml || starts(rest, "<!doctype html") || starts(rest, "<html") {
            return Form::Html;
        }
        let (opening, closing) = if starts(rest, "<!--") { (4, "-->") } else { (2, "?>") };
        is_xml |= starts(rest, "<?xml");
        let skipped = starts(rest, "<!--") || starts(rest, "<?xml");
        match rest.get(opening..).and_then(|after| after.split_once(closing)) {
            Some((_, after)) if skipped => rest = after,
            _ if is_xml || starts(rest, "<!doctype") => return Form::Refused(XML),
            _ => return element(rest),
        }
    }
}

/// The kind of document that a text is by its first element: a page, or XML if the text ends with the same element.
/// Anything else, such as `<3` or `<sic>`, is prose.
fn element(text: &str) -> Form {
    let Some(inner) = text.strip_prefix('<') else { return Form::PlainText };
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    let Some((name, _)) = inner.split_once(ends).filter(|(name, _)| name.starts_with(|c: char| c.is_alphabetic()))
    else {
        return Form::PlainText;
    };
    if PAGE_ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element)) {
        return Form::Html;
    }
    let before = text.trim_end().strip_suffix('>').map(str::trim_end).and_then(|text| text.strip_suffix(name));
    if before.is_some_and(|before| before.ends_with("</")) { Form::Refused(XML) } else { Form::PlainText }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_by_its_first_element() {
        let check = |text: &str, expected: Form| assert_eq!(form(text), expected, "{text}");
        for page in [
            "<!-- a --><html>",
            "<!-- a -->\n",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html>",
            "<p>It rained.</p>",
            "<ARTICLE class=\"a\">It rained.",
            "<br/>It rained.",
        ] {
            check(page, Form::Html);
        }
        for document in [
            "<?xml version=\"1.0\"?><rss/>",
            "<!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf>",
            "<rss version=\"2.0\"><channel></channel></rss>",
            "<doc title=\"Rain\">\n<main><p>It rained.</p></main>\n</doc >\n",
            "<TEI xmlns=\"a\"><text/></TEI>",
            "<ns:item>Rain</ns:item>",
        ] {
            check(document, Form::Refused(XML));
        }
        for prose in
            ["<3 it rained", "< 5 % of it", "<Anna> It rained.", "<sic/> It rained.", "<", "<>", "</p>", "<!-- a"]
        {
            check(prose, Form::PlainText);
        }
    }
}
