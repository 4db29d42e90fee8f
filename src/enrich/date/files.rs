//! The language files that the program carries: read, checked, and part of the rules hash.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::data::Data;
use super::phrase::fault;

/// The language files that the program carries, by tag: all that lie in `data/dates` when it is built.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/dates.rs"));

/// The files that the program carries, each a tag and a text; a test reads each of them.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// Reads one language file; an error names the language and what is wrong where.
pub(super) fn read(tag: &str, text: &str) -> Result<Data, String> {
    let data: Data = toml::from_str(text).map_err(|error| format!("{tag}: {error}"))?;
    let fault = data.phrases.iter().find_map(|(function, texts)| texts.iter().find_map(|text| fault(*function, text)));
    let counts = [
        ("months", data.months.len(), 12),
        ("weekdays", data.weekdays.len(), 7),
        ("repeated", data.repeated.len(), 7),
        ("seasons", data.seasons.len(), 4),
        ("in_season", data.in_season.len(), 4),
        ("tens", data.tens.len(), 9),
    ];
    let short = counts.into_iter().find(|(_, found, wanted)| *found != 0 && found != wanted);
    let fault = fault.or_else(|| short.map(|(name, found, wanted)| format!("{found} {name} instead of {wanted}")));
    fault.map_or(Ok(data), |fault| Err(format!("{tag}: {fault}")))
}

/// SHA-256, in hex, of the language files and those of the holidays: part of the rules hash of every event.
#[must_use]
pub fn rules_fingerprint() -> String {
    let mut hash = Sha256::new();
    for (tag, text) in all().chain(super::holiday::files()) {
        // A zero byte ends each part, so that no two sets of files run together into the same bytes.
        hash.update(tag);
        hash.update([0]);
        hash.update(text);
        hash.update([0]);
    }
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}

#[cfg(test)]
mod tests {
    use unicode_normalization::is_nfc;

    use super::*;

    #[test]
    fn every_file_is_well_formed() {
        for (tag, text) in FILES {
            let data = read(tag, text).unwrap_or_else(|fault| panic!("{fault}"));
            assert!(is_nfc(text), "{tag} is not in NFC, the form of the texts");
            let lists = [&data.of, &data.from, &data.to, &data.since, &data.now].into_iter().flatten();
            let words =
                [&data.ambiguous, &data.future, &data.past].into_iter().chain(&data.months).chain(&data.weekdays);
            for word in words.flatten().chain(lists) {
                assert_eq!(*word, word.to_lowercase(), "{tag}: list {word} in lower case");
                assert_eq!(word.trim(), word, "{tag}: {word}");
            }
        }
    }

    /// The names that the reader knows where an unknown one stands, from what it says then.
    fn known(table: &str) -> Vec<String> {
        let error = read("x", &format!("{table}no-such-name = []")).expect_err("an unknown name");
        let (_, names) = error.split_once("expected one of").unwrap_or_else(|| panic!("{error}"));
        names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn the_page_explains_every_name_and_no_other() {
        let page = include_str!("../../../data/dates/README.md");
        let (fields, phrases) = page.split_once("## Phrases").expect("a part on phrases");
        let rows = |part: &'static str| part.lines().filter_map(|row| row.strip_prefix("| ")?.split(" | ").next());
        let explained = |part| rows(part).flat_map(|names| names.split(", ")).collect::<Vec<_>>();
        let (fields, phrases) = (explained(fields), explained(phrases));
        for name in known("") {
            let ends = |told: &str| told.split(" … ").any(|end| end.split('.').next() == Some(name.as_str()));
            assert!(name == "phrases" || fields.iter().any(|field| ends(field)), "{name} is not explained");
        }
        for (table, part) in [("lead", &fields), ("clock", &fields), ("phrases", &phrases)] {
            for name in known(&format!("[{table}]\n")) {
                let full = if table == "phrases" { name } else { format!("{table}.{name}") };
                assert!(part.contains(&full.as_str()), "{full} is not explained");
            }
        }
        // Every name on the page is one that the reader knows.
        let is_known = |name: &str| match name.split_once('.') {
            None => known("").iter().any(|other| other == name),
            // The names of calendars stand between the table and its fields.
            Some(("calendars", _)) => true,
            Some((table, field)) => known(&format!("[{table}]\n")).iter().any(|other| other == field),
        };
        let named = |name: &&&str| {
            name.starts_with(|letter: char| letter.is_ascii_lowercase()) && **name != "field" && **name != "slot"
        };
        for name in fields.iter().filter(named) {
            let ends: Vec<&str> = name.split(" … ").collect();
            assert!(ends.iter().all(|name| is_known(name)), "{name} is no name that the reader knows");
        }
        let functions = known("[phrases]\n");
        for name in phrases.iter().filter(named).filter(|name| **name != "phrases") {
            assert!(functions.iter().any(|other| other == name), "{name} is no phrase that the reader knows");
        }
    }

    #[test]
    fn the_fingerprint_is_a_sha256() {
        let fingerprint = rules_fingerprint();
        assert_eq!(fingerprint.len(), 64);
        assert!(fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
