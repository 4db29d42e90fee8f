//! News pages as sites of many kinds send them, each with what an editor reads in it.
//!
//! `pages/html` holds the pages, their chrome left out (see [`chrome`]), `pages/expected` the readings; the README
//! there says what each page is for. `WRITE_PAGES=folder cargo test --test golden pages` writes the pages whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use encoding_rs::Encoding;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;
use wiredesk::record::{Header, Record};

use crate::{Outcome, chrome, outcome, reading, record, root, score};

/// The least mean word F1 of all bodies. On these pages trafilatura 2.3.1 reaches 0.935 and newspaper4k 0.9.6 0.761.
const MEAN_F1_MIN: f64 = 0.98;

/// A page and its reading.
struct Page {
    name: String,
    bytes: Vec<u8>,
    expected: Value,
}

fn folder() -> PathBuf {
    root().join("tests/golden/pages")
}

/// All pages, whole and in their own charsets.
fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder().join("html")).expect("the pages are there") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let expected = fs::read(folder().join(format!("expected/{name}.json"))).expect("every page has its reading");
        let expected: Value = serde_json::from_slice(&expected).expect("JSON");
        let html = chrome::expand(&fs::read_to_string(&path).expect("UTF-8"));
        let bytes = match expected["charset"].as_str() {
            Some(charset) => encode(&html, charset),
            None => html.into_bytes(),
        };
        pages.push(Page { name, bytes, expected });
    }
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

/// The page in a legacy charset. Vietnamese has no single code for a vowel with two marks in windows-1258: the tone
/// follows its vowel there.
fn encode(html: &str, charset: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(charset.as_bytes()).expect("a charset of the web");
    let text = if charset == "windows-1258" { html.chars().map(tone_apart).collect() } else { html.to_owned() };
    let (bytes, _, unmappable) = encoding.encode(&text);
    assert!(!unmappable, "a page holds what {charset} cannot write");
    bytes.into_owned()
}

fn tone_apart(letter: char) -> String {
    let is_tone = |mark: &char| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let (tones, rest): (Vec<char>, Vec<char>) = letter.nfd().partition(is_tone);
    rest.into_iter().nfc().chain(tones).collect()
}

fn page_record(page: &Page) -> Record {
    let mut record = record(None, Some(page.bytes.clone()));
    if let Some(url) = page.expected["url"].as_str() {
        record.headers.push(Header::new("url", url));
    }
    record
}

/// What became of a page: where it differs from its reading, and how near its body came.
struct Reading {
    wrong: Vec<String>,
    body_f1: Option<f64>,
}

fn read(page: &Page) -> Reading {
    let expected = &page.expected;
    match (outcome(&page_record(page)), expected["dead_letter"].as_str()) {
        (Outcome::DeadLetter(letter), Some(reason)) => {
            let found = &letter["dead_letter"]["reason"];
            let wrong = if found == reason { Vec::new() } else { vec![format!("reason: {found}, not {reason}")] };
            Reading { wrong, body_f1: None }
        }
        (Outcome::DeadLetter(letter), None) => {
            Reading { wrong: vec![format!("refused: {letter}")], body_f1: Some(0.0) }
        }
        (Outcome::Event(event), Some(reason)) => {
            let body = event.body.unwrap_or_default();
            let start: String = body.chars().take(120).collect();
            let length = body.chars().count();
            Reading {
                wrong: vec![format!("article: is {reason}, and {length} characters were read: {start:?}")],
                body_f1: None,
            }
        }
        (Outcome::Event(event), None) => {
            let (wrong, body_f1) = reading::compare(expected, &event);
            Reading { wrong, body_f1: Some(body_f1) }
        }
    }
}

#[test]
fn every_page_is_read_as_an_editor_reads_it() {
    let write_to = std::env::var_os("WRITE_PAGES").map(PathBuf::from);
    let mut report = BTreeMap::new();
    for page in pages() {
        let reading = read(&page);
        if let Some(folder) = &write_to {
            fs::create_dir_all(folder).expect("a folder");
            fs::write(folder.join(format!("{}.html", page.name)), &page.bytes).expect("written");
        }
        report.insert(page.name, reading);
    }
    let near: Vec<f64> = report.values().filter_map(|reading| reading.body_f1).collect();
    let mean = near.iter().sum::<f64>() / near.len() as f64;
    if let Some(folder) = &write_to {
        let lines: Vec<String> = report.iter().map(described).collect();
        fs::write(folder.join("report.txt"), format!("{}\nmean\t{mean:.4}\n", lines.join("\n"))).expect("written");
    }
    assert!(mean >= MEAN_F1_MIN, "mean word F1 {mean:.4}");
    let found = missed(&report);
    let path = folder().join("missed.json");
    let kept = fs::read_to_string(&path).expect("the list is there");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &found).expect("written");
    } else {
        let details: Vec<String> =
            report.iter().filter(|(_, reading)| !reading.wrong.is_empty()).map(described).collect();
        let advice = "what is missed is not what missed.json says; UPDATE_GOLDEN=1 writes it anew";
        assert!(kept == found, "{advice}\n{}", details.join("\n"));
    }
}

fn described((name, reading): (&String, &Reading)) -> String {
    let near = reading.body_f1.map_or_else(|| "-".to_owned(), |f1| format!("{f1:.3}"));
    let wrong: String = reading.wrong.iter().map(|wrong| format!("\n    {wrong}")).collect();
    format!("{name}\t{near}{wrong}")
}

/// What is read otherwise than the editor reads it, as `missed.json` keeps it: by page, the first words of what is
/// wrong. The list may only shrink.
fn missed(report: &BTreeMap<String, Reading>) -> String {
    let kinds = |reading: &Reading| -> BTreeSet<String> {
        let kind = |line: &String| line.split([':', ' ']).next().unwrap_or_default().to_owned();
        reading.wrong.iter().map(kind).collect()
    };
    let missed: BTreeMap<&String, BTreeSet<String>> =
        report.iter().map(|(name, reading)| (name, kinds(reading))).filter(|(_, kinds)| !kinds.is_empty()).collect();
    let lines: Vec<String> =
        missed.iter().map(|(name, kinds)| format!("  {}: {}", json!(name), json!(kinds))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

#[test]
fn every_reading_stands_on_its_page() {
    for page in pages() {
        let text = match page.expected["charset"].as_str() {
            Some(charset) => {
                Encoding::for_label(charset.as_bytes()).expect("a charset").decode(&page.bytes).0.into_owned()
            }
            None => String::from_utf8(page.bytes.clone()).expect("UTF-8"),
        };
        assert!(!text.contains("{{") && !text.contains("[["), "{}: a mark is left", page.name);
        // Markup may stand within a paragraph, so only its longest word is looked for.
        let text: String = text.replace("&shy;", "").nfc().collect();
        for line in score::lines(&page.expected["body"]) {
            let word = line.split(|c: char| !c.is_alphanumeric()).max_by_key(|word| word.len()).unwrap_or_default();
            assert!(text.contains(word), "{}: {word} is not on the page", page.name);
        }
    }
}

#[test]
fn a_page_that_breaks_off_is_read_or_refused() {
    for page in pages() {
        for part in [3, 9, 14] {
            let bytes = page.bytes[..page.bytes.len() * part / 16].to_vec();
            let cut = Page { name: page.name.clone(), bytes, expected: page.expected.clone() };
            if let Outcome::DeadLetter(letter) = outcome(&page_record(&cut)) {
                assert_ne!(letter["dead_letter"]["reason"], "internal", "{} cut at {part}/16", page.name);
            }
        }
    }
}
