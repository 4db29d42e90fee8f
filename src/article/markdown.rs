//! Markdown that a scraper left in a text, read as the words that it shows.
//!
//! Many marks are prose elsewhere: a dash opens speech, a star a footnote. So links are read wherever they stand, and the
//! rest only in a text that has a heading of two marks or more, a bold stretch or a link, which nothing else writes.

/// The most marks of a heading.
const HEADING_MARKS_MAX: usize = 6;

/// The words of a text that may be Markdown. The mark of a heading on the first line stays, since it tells the title; a
/// heading that repeats the line before it goes.
pub(super) fn text(text: &str) -> String {
    let plain = without_links(text);
    if plain.len() == text.len() && !is_marked(&plain) {
        return plain;
    }
    let mut out = String::with_capacity(plain.len());
    let mut before = String::new(); // the last line that is not empty
    let lines: Vec<&str> = plain.split('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let listed =
            |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| line.trim_start().starts_with("- "));
        let in_list = listed(at.checked_sub(1)) || listed(Some(at + 1));
        let words = words(line, in_list);
        let repeats = heading(line).is_some() && words == before.trim_start_matches(['#', ' ']);
        if repeats {
            // With the empty line that follows.
            continue;
        }
        let kept = if before.is_empty() && heading(line).is_some_and(|(marks, _)| marks == 1) {
            format!("# {words}")
        } else {
            words
        };
        if kept.trim().is_empty() && (out.ends_with("\n\n") || out.is_empty()) {
            continue;
        }
        out.push_str(&kept);
        out.push('\n');
        if !kept.trim().is_empty() {
            before = kept;
        }
    }
    if !text.ends_with('\n') {
        out.pop();
    }
    out
}

/// Whether a text has what only Markdown has.
fn is_marked(text: &str) -> bool {
    let mut before = "";
    text.lines().filter(|line| !line.trim().is_empty()).any(|line| {
        let above = std::mem::replace(&mut before, line);
        let repeated = |words: &str| words.trim_end() == above.trim();
        heading(line).is_some_and(|(marks, words)| marks > 1 || repeated(words)) || without_pairs(line, "**").is_some()
    })
}

/// A line without its marks. `in_list` says that a line beside it has the dash of a list too.
fn words(line: &str, in_list: bool) -> String {
    let bare = line.trim_start();
    let line = match heading(bare) {
        Some((_, words)) => words.trim_end_matches(['#', ' ', '\r']),
        None => {
            let listed = || bare.strip_prefix("- ").filter(|_| in_list);
            let starred = ["* ", "+ ", "> "].iter().find_map(|mark| bare.strip_prefix(mark));
            starred.or_else(listed).unwrap_or(line)
        }
    };
    ["**", "__", "*"].iter().fold(line.to_owned(), |line, mark| without_pairs(&line, mark).unwrap_or(line))
}

/// How many marks a heading has, and its words.
fn heading(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches('#');
    let marks = line.len() - words.len();
    let words = words.strip_prefix(' ')?.trim_start();
    ((1..=HEADING_MARKS_MAX).contains(&marks) && !words.is_empty()).then_some((marks, words))
}

/// A line without the pairs of a mark that enclose words; `None` if it has none. A mark opens before a word and closes
/// after one, and does neither within one.
fn without_pairs(line: &str, mark: &str) -> Option<String> {
    line.contains(mark).then_some(())?;
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut found = false;
    while let Some(open) = rest.find(mark) {
        let (before, inner) = (&rest[..open], &rest[open + mark.len()..]);
        let opens = !before.ends_with(|c: char| c.is_alphanumeric() || c == '*')
            && inner.starts_with(|c: char| !c.is_whitespace() && c != '*' && c != '_');
        let close = inner.find(mark).filter(|close| {
            let after = &inner[close + mark.len()..];
            opens
                && inner[..*close].ends_with(|c: char| !c.is_whitespace())
                && !after.starts_with(|c: char| c.is_alphanumeric() || c == '*')
        });
        match close {
            Some(close) => {
                out.push_str(before);
                out.push_str(&inner[..close]);
                rest = &inner[close + mark.len()..];
                found = true;
            }
            // What is passed over is not looked at again.
            None => {
                out.push_str(&rest[..open + mark.len()]);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

/// The text of Markdown links `[text](address)`, without pictures `![text](address)` and the rules below the heads of
/// tables, which show no text on the page.
fn without_links(text: &str) -> String {
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
    use super::{text, without_links};

    #[test]
    fn links_are_their_text_and_pictures_nothing() {
        let check = |text: &str, expected: &str| assert_eq!(without_links(text), expected, "{text}");
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
    fn marks_of_markdown_are_no_text() {
        let check = |given: &str, expected: &str| assert_eq!(text(given), expected, "{given}");
        check("## What it costs\n\nTwo **million**, said [Ann](/a).", "What it costs\n\nTwo million, said Ann.");
        check("# Rain\n\n## More\nIt *rained*.", "# Rain\n\nMore\nIt rained.");
        check("Rain\n\n# Rain\n\nIt __rained__.", "Rain\n\nIt rained.");
        check("**Rain**\n\n* one\n* two\n> said he", "Rain\n\none\ntwo\nsaid he");
        check("## Rain\n- one\n- two", "Rain\none\ntwo");
        check("## Rain\n- Who is it?\nIt was he.", "Rain\n- Who is it?\nIt was he.");
        check("**a** * 2 ** 3 and **", "a * 2 ** 3 and **");
        for prose in [
            "#rain #hill",
            "# 1 in the charts",
            "* with a star\n* another",
            "5 * 3 * 2",
            "- Who is it?\n- I.",
            ">> A link",
            "a ** b",
        ] {
            check(prose, prose);
        }
    }

    #[test]
    fn linear_whatever_the_brackets() {
        for unit in ["**", "*", "**a", "__", "\n- ", "[", "[](", "[a](/", "![", "](", "[](("] {
            for end in ["", " ", ")"] {
                let text = unit.repeat(400_000 / unit.len()) + end;
                assert!(without_links(&text).len() <= text.len(), "{unit}{end}");
                assert!(super::text(&format!("## a\n{text}")).len() <= text.len() + 5, "{unit}{end}");
            }
        }
    }
}
