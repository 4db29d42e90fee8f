//! What trafilatura writes with `--json`, and what its `Document.as_dict` gives.
//!
//! Its traps: `source` is the article's own URL; `source-hostname` is the site's name, `hostname` its host; `text` holds
//! Markdown for tables, and for links and pictures where these were asked for; `raw_text` is the text once more, without its lines;
//! `comments` are the readers' and no part of the article, so they are carried through as they are.

use super::Metadata;
use super::draft::Draft;
use super::fields::Fields;
use super::parsed::Body;

const BODY: &[&str] = &["text"];

pub(super) fn recognises(fields: &Fields) -> bool {
    fields.has("source-hostname") || (fields.has("raw_text") && (fields.has("fingerprint") || fields.has("comments")))
}

pub(super) fn read(mut fields: Fields) -> Draft {
    fields.drop_repeated(&["raw_text"]);
    let mut tags = fields.list(&["categories"], &[';', ',']);
    tags.extend(fields.list(&["tags"], &[';', ',']));
    let metadata = Metadata {
        authors: fields.list(&["author"], &[';']),
        published_at: fields.text_or_number(&["date"]),
        modified_at: None,
        fetched_at: fields.text_or_number(&["filedate"]),
        language: fields.language(&["language"]),
        publisher: fields.text(&["source-hostname", "sitename", "hostname"]),
        tags,
        image: fields.text(&["image"]),
        rights: fields.text(&["license"]),
        version: None,
    };
    let source_id = fields.text_or_number(&["id"]);
    let url = fields.text(&["source", "url"]);
    let title = fields.text(&["title"]);
    let lede = fields.text(&["excerpt", "description"]);
    let body = fields.text(BODY).map(|text| Body::Text(without_markdown(&text)));
    let (ext, warnings) = fields.rest();
    Draft { source_id, url, title, lede, body, body_names: BODY, metadata, warnings, ext, ..Draft::default() }
}

/// The text of Markdown links `[text](address)`, without pictures `![text](address)` and the rules below the heads of
/// tables, which show no text on the page.
fn without_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        // A link never runs over the end of a line, so that a search in vain costs no more than the line.
        if is_table_rule(line) {
            continue;
        }
        let mut rest = line;
        let mut closes = rest.contains("](");
        while let Some(at) = rest.find('[').filter(|_| closes) {
            let (before, link) = rest.split_at(at);
            match inline_link(&link[1..]) {
                Link::Of(label, after) => {
                    match before.strip_suffix('!') {
                        Some(before) => out.push_str(before),
                        None => {
                            out.push_str(before);
                            out.push_str(label);
                        }
                    }
                    rest = after;
                }
                Link::No => {
                    out.push_str(before);
                    out.push('[');
                    rest = &link[1..];
                }
                Link::NoMore => closes = false,
            }
        }
        out.push_str(rest);
    }
    out
}

/// `|---|---|`.
fn is_table_rule(line: &str) -> bool {
    line.starts_with("|-") && line.trim_end().bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

enum Link<'a> {
    /// Its label, and what follows it.
    Of(&'a str, &'a str),
    /// The bracket opens none.
    No,
    /// Nor does any after it on the line.
    NoMore,
}

/// The most parentheses of an address within one another.
const NESTED_MAX: u32 = 16;

/// The link after `[`. Its label has no bracket, its address no blank and no parenthesis but pairs within itself.
fn inline_link(text: &str) -> Link<'_> {
    let Some(end) = text.find(['[', ']']) else { return Link::NoMore };
    let (label, rest) = text.split_at(end);
    let Some(address) = rest.strip_prefix("](") else { return Link::No };
    let mut open = 1_u32;
    for (at, c) in address.char_indices() {
        open = match c {
            // Each link that does not end stands within those before it, and all are read to the same place.
            '(' if open == NESTED_MAX => return Link::No,
            '(' => open + 1,
            ')' => open - 1,
            c if c.is_whitespace() => return Link::No,
            _ => open,
        };
        if open == 0 {
            let link = address[..at].starts_with(['/', '#', '?', '.']) || address[..at].contains(':');
            return if link { Link::Of(label, &address[at + 1..]) } else { Link::No };
        }
    }
    Link::NoMore
}

#[cfg(test)]
mod tests {
    use super::without_markdown;

    #[test]
    fn links_are_their_text_and_pictures_nothing() {
        let check = |text: &str, expected: &str| assert_eq!(without_markdown(text), expected, "{text}");
        check("the [summer timetable](https://news.example/t/) that", "the summer timetable that");
        check("READ MORE: [Slipway](https://news.example/a_(b)?c=d)", "READ MORE: Slipway");
        check("![](/img/1.jpg)\nText.\n![Boats](/img/2.jpg)", "\nText.\n");
        check("[a](/a) and [b](mailto:b@news.example) [c]", "a and b [c]");
        check("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n| 1 | 2 |\n");
        for prose in [
            "|- a dash",
            "---",
            "[Update] Rain (more) fell",
            "[1](see below) and [2](not)",
            "as he said [sic](!)",
            "[a](/b",
            "[a](/b c)",
            "[[[[](",
            "array[0](x)",
            "a [b\nc](/d)",
        ] {
            check(prose, prose);
        }
    }

    #[test]
    fn linear_whatever_the_brackets() {
        for unit in ["[", "[](", "[a](/", "![", "](", "[](("] {
            for end in ["", " ", ")"] {
                let text = unit.repeat(400_000 / unit.len()) + end;
                assert!(without_markdown(&text).len() <= text.len(), "{unit}{end}");
            }
        }
    }
}
