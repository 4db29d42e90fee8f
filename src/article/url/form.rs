//! What in a path or a query chooses a form of a page, not the page.

/// A segment that marks the AMP form where it is the first or the last.
const AMP: &str = "amp";

/// A last segment that marks the print form.
const PRINT: &str = "print";

/// Endings of a document's name.
const DOCUMENTS: &[&str] = &["asp", "aspx", "cfm", "htm", "html", "jsp", "php", "shtml", "xhtml"];

/// Names of the document that a folder shows by itself.
const INDEX: &[&str] = &["default", "index"];

/// Sessions that servers write into a path, after a semicolon.
const SESSIONS: &[&str] = &["jsessionid", "phpsessid"];

/// A value that only says yes or no.
const SWITCH: &[&str] = &["", "0", "1", "false", "n", "no", "off", "on", "true", "y", "yes"];

/// Parameters that choose a form of the page, with the values by which they do.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("amp", SWITCH),
    ("amp", &["amp", "html"]),
    ("amphtml", SWITCH),
    ("display", &["amp", "mobile", "print"]),
    ("fullpage", SWITCH),
    ("format", &["amp", "print"]),
    ("layout", &["amp", "mobile", "print"]),
    ("mobile", SWITCH),
    ("mode", &["amp", "mobile", "print"]),
    ("noamp", SWITCH),
    ("noamp", &["available", "mobile"]), // the AMP plug-in of WordPress
    ("nonamp", SWITCH),
    ("output", &["amp", "print"]),
    ("outputtype", &["amp", "default", "mobile", "print"]), // Arc, the publishing system of many newspapers
    ("page", &["all"]),
    ("pagewanted", &["all", "print"]),
    ("print", SWITCH),
    ("printable", SWITCH),
    ("printversion", SWITCH),
    ("reduced", SWITCH),
    ("single", SWITCH),
    ("singlepage", SWITCH),
    ("template", &["amp", "mobile", "print"]),
    ("type", &["amp"]),
    ("variant", &["amp"]),
    ("version", &["amp", "mobile", "print"]),
    ("view", &["amp", "mobile", "print"]),
];

/// Whether a parameter chooses a form of the page. Names and values compare without case. `blog` is whether the path
/// ends in `.html`, as every page of Blogger does: there `m=1` is the mobile form; elsewhere `m` may be anything.
pub(super) fn is_form(name: &str, value: &str, blog: bool) -> bool {
    let named = |(listed, values): &(&str, &[&str])| {
        listed.eq_ignore_ascii_case(name) && values.iter().any(|value_of| value_of.eq_ignore_ascii_case(value))
    };
    PARAMETERS.iter().any(named) || (blog && name == "m" && matches!(value, "0" | "1"))
}

/// Appends a path in normal encoding without empty segments, sessions, and what marks a form of the page. The AMP viewers
/// of search engines (`/amp/s/…`) are no form of a page of theirs; they are unwrapped elsewhere.
pub(super) fn push_path(out: &mut String, path: &str) {
    let segments: Vec<&str> = path.split('/').map(without_session).filter(|segment| !segment.is_empty()).collect();
    let amp = |segment: &str| segment.eq_ignore_ascii_case(AMP);
    let mut kept = &segments[..];
    while let [first, second, ..] = kept
        && amp(first)
        && *second != "s"
    {
        kept = &kept[1..];
    }
    let mut name = Name::default();
    while let [before @ .., last] = kept {
        name = Name::of(last);
        kept = match kept {
            [_, .., _] if name.is(AMP) || name.is(PRINT) => before,
            [_, .., mark, _] if amp(mark) && name.is("1") => &before[..before.len() - 1],
            _ if name.is_index() => before,
            _ => break,
        };
    }
    let Some((last, folders)) = kept.split_last() else { return out.push('/') };
    // Below a folder, before what can only be one article, it is the form of the article as well.
    let of_article = is_slug(last);
    for folder in
        folders.iter().enumerate().filter(|(at, folder)| !(*at > 0 && of_article && amp(folder))).map(|(_, f)| f)
    {
        out.push('/');
        out.push_str(folder);
    }
    out.push('/');
    name.push(out);
}

/// Whether a last segment is the name of one article, and of no topic or page of a list: a document, a number of the
/// database, or several words that hyphens join.
fn is_slug(segment: &str) -> bool {
    const DIGITS_MIN: usize = 5;
    const HYPHENS_MIN: usize = 2;
    let numbered = segment.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() >= DIGITS_MIN);
    numbered || segment.matches('-').count() >= HYPHENS_MIN || Name::of(segment).ending.is_some()
}

/// The segment without the session that a server wrote into it.
fn without_session(segment: &str) -> &str {
    let session = segment.match_indices(';').find(|(at, _)| {
        let rest = segment.as_bytes().get(at + 1..).unwrap_or_default();
        let named = |session: &[u8]| rest.get(..session.len()).is_some_and(|name| name.eq_ignore_ascii_case(session));
        SESSIONS.iter().any(|session| named(session.as_bytes()) && rest.get(session.len()) == Some(&b'='))
    });
    // What is left must not be a step up or down.
    session.map(|(at, _)| &segment[..at]).filter(|left| !matches!(*left, "." | "..")).unwrap_or(segment)
}

fn without_amp(mut name: &str) -> &str {
    while let Some((plain, mark)) = name.rsplit_once('.')
        && mark.eq_ignore_ascii_case(AMP)
        && !matches!(plain, "" | "." | "..")
    {
        name = plain;
    }
    name
}

/// The name of a document without the mark that German and Polish papers join to it: `story-amp.html`, `story,amp.html`.
fn without_joined_amp(mut name: &str) -> &str {
    while let Some((plain, mark)) = name.rsplit_once(['-', ','])
        && mark.eq_ignore_ascii_case(AMP)
        && plain.ends_with(|c: char| c.is_ascii_alphanumeric())
    {
        name = plain;
    }
    name
}

/// A document's name, taken apart.
#[derive(Default)]
struct Name<'a> {
    /// Without the mark of the AMP form: `story` of `story.amp.html` and of `story.amp`.
    stem: &'a str,
    /// `html`, where it says what kind of document it is.
    ending: Option<&'a str>,
}

impl<'a> Name<'a> {
    fn of(segment: &'a str) -> Self {
        let whole = without_amp(segment);
        let ended =
            whole.rsplit_once('.').filter(|(_, ending)| DOCUMENTS.iter().any(|d| d.eq_ignore_ascii_case(ending)));
        match ended {
            Some((stem, ending)) => Self { stem: without_joined_amp(without_amp(stem)), ending: Some(ending) },
            None => Self { stem: whole, ending: None },
        }
    }

    fn is(&self, word: &str) -> bool {
        self.ending.is_none() && self.stem.eq_ignore_ascii_case(word)
    }

    fn is_index(&self) -> bool {
        self.ending.is_some() && INDEX.iter().any(|index| index.eq_ignore_ascii_case(self.stem))
    }

    fn push(&self, out: &mut String) {
        out.push_str(self.stem);
        if let Some(ending) = self.ending {
            out.push('.');
            out.push_str(ending);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(given: &str, expected: &str) {
        let mut out = String::new();
        push_path(&mut out, given);
        assert_eq!(out, expected, "{given}");
    }

    #[test]
    fn one_page_is_one_path() {
        for form in [
            "/a/b",
            "/a/b/",
            "//a//b",
            "/a/b/amp",
            "/a/b/amp/",
            "/a/b/AMP/",
            "/amp/a/b",
            "/amp/a/b/amp/",
            "/a/b.amp",
            "/a/b/amp/1",
            "/a/b/amp/1.amp",
            "/a/b/amp.amp",
            "/a/b/print/",
            "/a/b/index.html",
            "/a/b/Index.PHP",
            "/a/b/default.aspx",
            "/a/b;jsessionid=0A1B.node1",
            "/a/b/;JSESSIONID=1",
            "/a/b/amp/index.html",
            "/a/b/index.amp.html",
            "/a/b/index.html.amp",
        ] {
            path(form, "/a/b");
        }
        path("/a/b.amp.html", "/a/b.html");
        path("/a/b.amp.amp.htm", "/a/b.htm");
        for form in ["/a/b-amp.html", "/a/b,amp.html", "/a/b-AMP.amp.html", "/a/b-amp-amp.html"] {
            path(form, "/a/b.html");
        }
        for form in ["/news/the-old-bridge", "/news/amp/the-old-bridge", "/amp/news/amp/the-old-bridge/amp"] {
            path(form, "/news/the-old-bridge");
        }
        path("/news/2024/amp/10023.html", "/news/2024/10023.html");
        path("/news/amp/10023", "/news/10023");
        for form in ["", "/", "//", "/index.html", "/index.php"] {
            path(form, "/");
        }
    }

    #[test]
    fn what_may_be_a_page_of_its_own_stays() {
        for page in [
            "/amp",
            "/print",
            "/a/amp/b",
            "/tag/amp/2",
            "/a/b-amp",
            "/a/-amp.html",
            "/a/b-camp.html",
            "/a/b,1.html",
            "/a/example",
            "/a/champ",
            "/amp/s/www.example.com/a",
            "/a/2",
            "/a/index",
            "/a/index.vi.html",
            "/index.php/a",
            "/a/b.json",
            "/a;v=1,2",
            "/a/b.asp.net",
            "/a/.amp",
            "/a/...amp",
            "/print/a",
        ] {
            path(page, page);
        }
    }

    #[test]
    fn parameters_of_a_form() {
        let check = |name: &str, value: &str, blog: bool, expected: bool| {
            assert_eq!(is_form(name, value, blog), expected, "{name}={value}");
        };
        for (name, value) in [
            ("amp", ""),
            ("amp", "1"),
            ("AMP", "True"),
            ("outputType", "amp"),
            ("view", "print"),
            ("print", "1"),
            ("page", "all"),
            ("mobile", "yes"),
            ("noamp", "mobile"),
        ] {
            check(name, value, false, true);
        }
        for (name, value) in [
            ("amp", "802"),
            ("page", "2"),
            ("view", "article"),
            ("type", "mobile"),
            ("print", "4711"),
            ("m", "1"),
            ("format", "json"),
        ] {
            check(name, value, false, false);
        }
        check("m", "1", true, true);
        check("m", "202401", true, false);
    }
}
