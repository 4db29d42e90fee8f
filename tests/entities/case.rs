//! The labelled sentences, as they are written: one a line, names marked as `[words](meaning)`.
//!
//! `meaning` is a type (`person`, `organisation`, `place`, `object`, `event`), a thing (its key in `things.tsv`, or an
//! id; several that will all do stand between `|`), or both, the type first. `none` behind a type: a name of that type
//! whose id nobody can know, so that any id is wrong. `none` alone: plain words, where no name is. `ignore`: a name or
//! none as one likes, which counts neither way. `#1`: a thing that has this number in its sentence. A tab parts the class of a sentence from its text, where it has one.

use std::fs;
use std::path::Path;

use wiredesk::event::EntityType;

/// A sentence and what is marked in it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) language: String,
    /// Its line in the file, from 1.
    pub(crate) line: usize,
    /// What is hard about it; empty where the file has no classes.
    pub(crate) class: String,
    /// The sentence without its marks.
    pub(crate) text: String,
    pub(crate) labels: Vec<Label>,
}

/// What an editor marked, by its code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) words: String,
    pub(crate) sense: Sense,
    pub(crate) want: Want,
    /// Its number, where marks of one thing are to be one entity.
    pub(crate) number: Option<u32>,
}

/// What a mark is, as a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A name of this type.
    Name(EntityType),
    /// A name, of the type of what it names.
    Thing,
    /// No name.
    Plain,
    /// As one likes.
    Ignored,
}

/// What the id of a mark must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Want {
    /// It is not asked for.
    Anything,
    /// Null.
    Nothing,
    /// That of one of these: keys of things, or ids.
    OneOf(Vec<String>),
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
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|(line, written)| {
            let (class, marked) = written.split_once('\t').unwrap_or(("", written));
            let (text, labels) = unmark(marked).unwrap_or_else(|| panic!("{}:{line}: {marked}", path.display()));
            Case { language: language.clone(), line, class: class.to_owned(), text, labels }
        })
        .collect()
}

/// Takes the marks out of a sentence; `None` where one is not closed or says nothing.
fn unmark(marked: &str) -> Option<(String, Vec<Label>)> {
    let (mut text, mut labels, mut rest) = (String::new(), Vec::new(), marked);
    while let Some(middle) = rest.find("](") {
        let open = rest[..middle].rfind('[')?;
        let meaning = &rest[middle + 2..];
        let close = closing(meaning)?;
        text.push_str(&rest[..open]);
        let words = &rest[open + 1..middle];
        let start = text.chars().count();
        text.push_str(words);
        let meaning_of = &meaning[..close];
        let number = meaning_of.strip_prefix('#').and_then(|number| number.parse().ok());
        let (sense, want) = if number.is_some() { (Sense::Ignored, Want::Anything) } else { meant(meaning_of)? };
        labels.push(Label { start, end: text.chars().count(), words: words.to_owned(), sense, want, number });
        rest = &meaning[close + 1..];
    }
    text.push_str(rest);
    (!text.contains(['[', ']'])).then_some((text, labels))
}

/// Where the bracket closes that stands open before a text: keys may have brackets of their own.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| match c {
        '(' => {
            depth += 1;
            None
        }
        ')' if depth == 0 => Some(at),
        ')' => {
            depth -= 1;
            None
        }
        _ => None,
    })
}

fn meant(text: &str) -> Option<(Sense, Want)> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    if let Some(kind) = EntityType::ALL.into_iter().find(|kind| kind.as_str() == first) {
        return Some((Sense::Name(kind), wanted(rest)));
    }
    match text {
        "" => None,
        "none" => Some((Sense::Plain, Want::Nothing)),
        "ignore" => Some((Sense::Ignored, Want::Anything)),
        thing => Some((Sense::Thing, wanted(thing))),
    }
}

fn wanted(text: &str) -> Want {
    match text {
        "" => Want::Anything,
        "none" => Want::Nothing,
        things => Want::OneOf(things.split('|').map(str::to_owned).collect()),
    }
}

#[test]
fn marks_are_taken_out() {
    let (text, labels) = unmark("[Nga](place Russia) và [chị Nga](none), [X](Georgia (state)|Georgia)").expect("marks");
    assert_eq!(text, "Nga và chị Nga, X");
    let shown: Vec<_> = labels.iter().map(|label| (label.start, label.end, label.sense)).collect();
    let place = Sense::Name(EntityType::Place);
    assert_eq!(shown, [(0, 3, place), (7, 14, Sense::Plain), (16, 17, Sense::Thing)]);
    assert_eq!(labels[0].want, Want::OneOf(vec!["Russia".to_owned()]));
    assert_eq!(labels[1].want, Want::Nothing);
    assert_eq!(labels[2].want, Want::OneOf(vec!["Georgia (state)".to_owned(), "Georgia".to_owned()]));
    assert_eq!(unmark("[X](person"), None);
    assert_eq!(unmark("[X]()"), None);
}
