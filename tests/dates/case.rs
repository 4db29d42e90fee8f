//! The labelled sentences, as they are written: `[words](value)` marks a date in the text, several accepted values
//! stand between `|`. A file names the day of publication for all its cases; a case may have its own.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// A sentence and what is marked in it.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) language: String,
    /// Its place in the file, from 1.
    pub(crate) number: usize,
    /// The day of publication.
    pub(crate) anchor: String,
    /// The sentence without its marks.
    pub(crate) text: String,
    pub(crate) dates: Vec<Label>,
}

/// A date that an editor reads, by its code points.
#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    anchor: String,
    case: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    anchor: Option<String>,
    text: String,
}

/// Every case of a folder, by language.
pub(crate) fn read(folder: &Path) -> Vec<Case> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder of cases").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| file(path)).collect()
}

fn file(path: &Path) -> Vec<Case> {
    let language = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let text = fs::read_to_string(path).expect("readable");
    parse(&language, &text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The cases of one file.
pub(crate) fn parse(language: &str, text: &str) -> Result<Vec<Case>, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    let case = |(number, written): (usize, Written)| {
        let (text, dates) = unmark(&written.text);
        let anchor = written.anchor.unwrap_or_else(|| file.anchor.clone());
        Case { language: language.to_owned(), number, anchor, text, dates }
    };
    Ok((1..).zip(file.case).map(case).collect())
}

/// Takes the marks out of a sentence.
fn unmark(marked: &str) -> (String, Vec<Label>) {
    let (mut text, mut dates, mut rest) = (String::new(), Vec::new(), marked);
    while let Some(middle) = rest.find("](") {
        let open = rest[..middle].rfind('[').expect("a mark opens");
        let close = middle + rest[middle..].find(')').expect("a mark closes");
        text.push_str(&rest[..open]);
        let start = text.chars().count();
        text.push_str(&rest[open + 1..middle]);
        let values = rest[middle + 2..close].split('|').map(str::to_owned).collect();
        dates.push(Label { start, end: text.chars().count(), values });
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    (text, dates)
}
