//! Every file of `data/furniture` is held to its own cases, and the page beside them to the keys.

use std::collections::BTreeMap;

use super::super::words::{CASES, FILES, File};
use super::*;

/// What a file says of itself: lines by the role that they must get; under `prose`, lines that must stay.
type Cases = BTreeMap<String, Vec<String>>;

/// The key of whole sentences, which are prose whatever label of a name stands before them.
const SENTENCE: &str = "sentence";

fn cases(name: &str, text: &str) -> Cases {
    let (_, cases) = text.split_once(CASES).unwrap_or_else(|| panic!("{name}.toml has no cases"));
    toml::from_str(cases).unwrap_or_else(|e| panic!("{name}.toml: {e}"))
}

fn pieces(text: &str) -> Vec<(String, String)> {
    let name = |role| serde_json::to_value(role).expect("a name").as_str().expect("a string").to_owned();
    clean_body(text).furniture.into_iter().map(|piece| (name(piece.role), piece.text)).collect()
}

/// A line before, between and after paragraphs of prose.
fn around(line: &str) -> [String; 3] {
    [
        format!("{line}\n\n{PROSE}\n\n{PROSE}"),
        format!("{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{line}\n\n{PROSE}"),
        format!("{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{line}"),
    ]
}

#[test]
fn every_language_is_read_as_its_file_says() {
    let mut wrong = Vec::new();
    for (name, text) in FILES {
        for (role, lines) in cases(name, text).into_iter().filter(|(role, _)| role != SENTENCE) {
            for line in lines {
                let [head, middle, end] = around(&line);
                // A byline and a bare day stand at the head alone.
                let text = if matches!(role.as_str(), "byline" | "date_marker") { &head } else { &middle };
                let expected = if role == "prose" { vec![] } else { vec![(role.clone(), line.clone())] };
                let found = pieces(text);
                if found != expected {
                    wrong.push(format!("{name}: {role}: {line}: {found:?}"));
                }
                for text in [&head, &end].into_iter().filter(|_| role == "prose") {
                    wrong.extend((!pieces(text).is_empty()).then(|| format!("{name}: prose at an end: {line}")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The kinds of labels that a name, a headline, a list or a date follows, and never a sentence.
const LABELS_OF_NAMES: [&str; 11] = [
    "related_link",
    "tags",
    "picture",
    "byline",
    "byline_colon",
    "editor",
    "source",
    "source_reprint",
    "source_translation",
    "published",
    "date",
];

#[test]
fn a_sentence_after_any_label_of_its_language_stays() {
    let mut wrong = Vec::new();
    for (name, text) in FILES {
        let mut own: BTreeMap<String, Vec<String>> =
            toml::from_str(text.split(CASES).next().expect("rules")).expect("a file");
        // Thai sets no stop: a headline and a sentence end alike there.
        let kinds = LABELS_OF_NAMES.iter().filter(|kind| name != "th" || !matches!(**kind, "related_link" | "tags"));
        let labels: Vec<String> = kinds.flat_map(|kind| own.remove(*kind).unwrap_or_default()).collect();
        let sentences = cases(name, text).remove(SENTENCE).unwrap_or_default();
        assert!(name == "common" || !sentences.is_empty(), "{name}.toml has no sentence among its cases");
        for (label, sentence) in labels.iter().flat_map(|label| sentences.iter().map(move |sentence| (label, sentence)))
        {
            for line in [format!("{label}: {sentence}"), format!("{label} : {}", small(sentence))] {
                let found = around(&line).iter().find_map(|text| Some(pieces(text)).filter(|found| !found.is_empty()));
                wrong.extend(found.map(|found| format!("{name}: {line}: {found:?}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
}

/// A sentence that begins with a small letter, as many languages have it after a colon.
fn small(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[test]
fn every_file_has_words_and_cases_enough() {
    const ROLES_MIN: usize = 7;
    for (name, text) in FILES {
        let cases = cases(name, text);
        let roles = cases.keys().filter(|role| !matches!(role.as_str(), "prose" | SENTENCE)).count();
        assert!(name == "common" || roles >= ROLES_MIN, "{name}.toml has cases of {roles} roles");
        assert!(cases.get("prose").is_some_and(|lines| !lines.is_empty()), "{name}.toml has no prose among its cases");
    }
}

#[test]
fn every_file_is_named_in_order() {
    assert!(FILES.is_sorted());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/furniture");
    let entries = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let toml = entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let stems = toml.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned());
    let mut found: Vec<String> = stems.filter(|stem| stem != "agencies").collect();
    found.sort();
    assert_eq!(found, FILES.map(|(name, _)| name));
}

#[test]
fn the_page_explains_every_key_with_an_example() {
    let page = include_str!("../../../../data/furniture/README.md");
    let keys: BTreeMap<String, Vec<String>> =
        serde_json::from_value(serde_json::to_value(File::default()).expect("a file")).expect("keys");
    let section = page.split("## ").find(|section| section.starts_with("Keys")).expect("the keys");
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let rows: BTreeMap<&str, usize> =
        rows.filter_map(|row| Some((row.split('`').nth(1)?, row.matches('|').count()))).collect();
    for key in keys.keys() {
        assert_eq!(rows.get(key.as_str()), Some(&4), "{key} is not explained");
    }
    for row in rows.keys() {
        assert!(keys.contains_key(*row), "{row} is no key");
    }
}
