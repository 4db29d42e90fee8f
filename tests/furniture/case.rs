//! A labelled article: its pieces, each with what it is. The input is put together from them, so that title, body and
//! furniture cover every word of it.
//!
//! A file is TOML, a list of `[[case]]`:
//!
//! - `name`, unique in the file; `form`: `plain` (the text as it stands) or `body` (a JSON object with `title`, `text`);
//! - `title`: the supplied headline of the form `body`;
//! - `join`: what stands between two pieces, a blank line unless said;
//! - `authors`, `origin`: the names that must come out; `may`: names that may come out besides;
//! - `explained`: why prose of this case may be lost; to be used for a known fault only;
//! - `text`: a piece a line, `label| text`. The label is `body` (a paragraph of prose), `title` (the headline where it
//!   stands in the text) or a furniture role, `role/role` where two readings are right. What stands before the
//!   piece instead of `join` follows the label in quotes: `body" "| text` is in the same line as the piece before it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::json;

const ROLES: &[&str] = &[
    "caption",
    "credit",
    "byline",
    "date_marker",
    "related_link",
    "ad_placeholder",
    "source_line",
    "comments",
    "share_bar",
    "subscription",
];

/// A labelled article.
pub(crate) struct Case {
    /// The language of the file and the name of the case.
    pub(crate) name: String,
    /// The language, as the file is named.
    pub(crate) language: String,
    /// The text as the scraper delivers it.
    pub(crate) input: String,
    /// The headline that comes in a field of its own: the form `body`.
    supplied: Option<String>,
    /// The headline where it stands in the text; once lifted it is not in the body.
    pub(crate) written: Option<String>,
    /// Paragraphs that must stay.
    pub(crate) prose: Vec<String>,
    /// What must be lifted out: the roles that are right, and the text.
    pub(crate) furniture: Vec<(Vec<String>, String)>,
    /// Names that must come out as authors.
    pub(crate) authors: Vec<String>,
    /// Names that must come out as origins.
    pub(crate) origin: Vec<String>,
    /// Names that may come out besides, as either.
    pub(crate) may: Vec<String>,
    /// Why prose may be lost here.
    pub(crate) explained: Option<String>,
}

#[derive(Deserialize)]
struct File {
    case: Vec<Raw>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    form: Form,
    title: Option<String>,
    #[serde(default = "blank_line")]
    join: String,
    #[serde(default)]
    authors: Vec<String>,
    #[serde(default)]
    origin: Vec<String>,
    #[serde(default)]
    may: Vec<String>,
    explained: Option<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    Plain,
    Body,
}

fn blank_line() -> String {
    "\n\n".to_owned()
}

impl Case {
    /// The record's value.
    pub(crate) fn value(&self) -> Vec<u8> {
        match &self.supplied {
            Some(title) => json!({"title": title, "text": self.input}).to_string().into_bytes(),
            None => self.input.clone().into_bytes(),
        }
    }

    /// The headline that must come out.
    pub(crate) fn title(&self) -> Option<&str> {
        self.supplied.as_deref().or(self.written.as_deref())
    }

    fn new(language: &str, raw: Raw) -> Self {
        let supplied = match raw.form {
            Form::Plain => None,
            Form::Body => Some(raw.title.clone().unwrap_or_else(|| panic!("{language} {}: no title", raw.name))),
        };
        let mut case = Self {
            name: format!("{language} {}", raw.name),
            language: language.to_owned(),
            input: String::new(),
            supplied,
            written: None,
            prose: Vec::new(),
            furniture: Vec::new(),
            authors: raw.authors,
            origin: raw.origin,
            may: raw.may,
            explained: raw.explained,
        };
        for line in raw.text.lines().filter(|line| !line.trim().is_empty()) {
            case.add(line, &raw.join);
        }
        assert!(!case.prose.is_empty(), "{}: no prose", case.name);
        case
    }

    fn add(&mut self, line: &str, join: &str) {
        let (label, text) = line.split_once("| ").unwrap_or_else(|| panic!("{}: no label in {line:?}", self.name));
        let (label, glue) = match label.split_once('"') {
            Some((label, glue)) => (label, glue.trim_end_matches('"')),
            None => (label, join),
        };
        if !self.input.is_empty() {
            self.input.push_str(glue);
        }
        self.input.push_str(text);
        match label {
            "body" => self.prose.push(text.to_owned()),
            "title" => self.written = Some(text.to_owned()),
            roles => {
                let roles: Vec<String> = roles.split('/').map(str::to_owned).collect();
                let known = roles.iter().all(|role| ROLES.contains(&role.as_str()));
                assert!(known, "{}: unknown role in {line:?}", self.name);
                self.furniture.push((roles, text.to_owned()));
            }
        }
    }
}

/// Every case of a folder, by the order of its files.
pub(crate) fn read(folder: &Path) -> Vec<Case> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let language = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("readable");
        let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        cases.extend(file.case.into_iter().map(|raw| Case::new(&language, raw)));
    }
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases of one name");
    cases
}
