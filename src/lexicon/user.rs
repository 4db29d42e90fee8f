//! A user's lexicon: rows on top of those that the program carries.
//!
//! A line is a row of eight columns as the tables have them, a short row of three (id, type, names), an object of JSON
//! with the same things by name, or a name to suppress behind a hyphen. Suppressed names go first, so that a file may
//! take a name away from what has it and give it to something else.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::artefact::Artefact;
use super::rows::{self, LexiconError};

/// How readily a name of a short row means its thing: a user who adds a name means it.
const PRIOR: &str = "0.95";

/// A line of JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    id: Option<String>,
    r#type: Option<String>,
    names: Option<Names>,
    #[serde(default)]
    flags: Vec<String>,
    prior: Option<f64>,
    country: Option<String>,
    #[serde(default)]
    same_as: Vec<String>,
    geo: Option<(f64, f64)>,
    suppress: Option<String>,
}

/// Names of every language, or by language.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    Every(Vec<String>),
    By(std::collections::BTreeMap<String, Vec<String>>),
}

/// A line of a file.
enum Line<'a> {
    Row(Cow<'a, str>),
    Suppress(Cow<'a, str>),
}

/// Compiles a lexicon and a user's files, given by name and text, into one.
pub(super) fn compile(base: &Artefact, files: &[(String, String)]) -> Result<Vec<u8>, Vec<LexiconError>> {
    let texts: Vec<String> = files.iter().map(|(_, text)| text.nfc().collect()).collect();
    let mut faults = Vec::new();
    let mut lines = Vec::new();
    for ((file, _), text) in files.iter().zip(&texts) {
        for (text, line) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'))
        {
            match read(text) {
                Ok(read) => lines.push((file, line, read)),
                Err(fault) => faults.push(LexiconError { file: file.clone(), line, fault }),
            }
        }
    }
    let mut table = base.table();
    let suppressed = lines.iter().filter_map(|(_, _, line)| match line {
        Line::Suppress(name) => Some(name.as_ref()),
        Line::Row(_) => None,
    });
    table.suppress(&suppressed.collect::<HashSet<&str>>());
    for (file, line, read) in &lines {
        let Line::Row(row) = read else { continue };
        let added = rows::row(row).and_then(|row| table.add(&row));
        faults.extend(added.err().map(|fault| LexiconError { file: (*file).clone(), line: *line, fault }));
    }
    faults.sort_by_key(|fault| (files.iter().position(|(file, _)| *file == fault.file), fault.line));
    if faults.is_empty() { Ok(table.finish(&fingerprint(base, &texts))) } else { Err(faults) }
}

fn read(line: &str) -> Result<Line<'_>, String> {
    if let Some(name) = line.strip_prefix('-') {
        return Ok(Line::Suppress(suppressed(name)?.into()));
    }
    if line.trim_start().starts_with('{') {
        return object(line);
    }
    let columns: Vec<&str> = line.split('\t').collect();
    Ok(Line::Row(match columns[..] {
        [id, kind, names] => format!("{id}\t{kind}\t-\t{PRIOR}\t-\t-\t-\t{}", by_language(names)).into(),
        _ => line.into(),
    }))
}

/// Names without a language are of every language.
fn by_language(names: &str) -> Cow<'_, str> {
    if names.contains('=') { names.into() } else { format!("*={names}").into() }
}

fn suppressed(name: &str) -> Result<&str, String> {
    let name = name.trim();
    if name.is_empty() { Err("no name to suppress".to_owned()) } else { Ok(name) }
}

fn object(line: &str) -> Result<Line<'_>, String> {
    let object: Object = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if let Some(name) = object.suppress {
        return Ok(Line::Suppress(suppressed(&name)?.to_owned().into()));
    }
    let needed = |key: &str, value: Option<String>| value.ok_or_else(|| format!("no {key:?}"));
    let columns = [
        needed("id", object.id)?,
        needed("type", object.r#type)?,
        or_none(object.flags.join(",")),
        object.prior.map_or_else(|| PRIOR.to_owned(), |prior| prior.to_string()),
        or_none(object.country.unwrap_or_default()),
        or_none(object.same_as.join(",")),
        object.geo.map_or_else(|| "-".to_owned(), |(lat, lon)| format!("{lat},{lon}")),
        names(object.names.ok_or("no \"names\"")?)?,
    ];
    if columns.iter().any(|column| column.contains(['\t', '\n'])) {
        return Err("a tab or a line break within a value".to_owned());
    }
    Ok(Line::Row(columns.join("\t").into()))
}

fn or_none(text: String) -> String {
    if text.is_empty() { "-".to_owned() } else { text }
}

fn names(names: Names) -> Result<String, String> {
    let groups = match names {
        Names::Every(names) => vec![("*".to_owned(), names)],
        Names::By(groups) => groups.into_iter().collect(),
    };
    let all = groups.iter().flat_map(|(_, names)| names);
    if let Some(name) = all.clone().find(|name| name.contains(['|', ';', '='])) {
        return Err(format!("a name with one of | ; = in it: {name:?}"));
    }
    let joined = groups.iter().map(|(language, names)| format!("{language}={}", names.join("|")));
    Ok(joined.collect::<Vec<_>>().join(";"))
}

/// SHA-256, in hex, of the lexicon below and the files, in order.
fn fingerprint(base: &Artefact, texts: &[String]) -> String {
    let mut hash = Sha256::new();
    for text in std::iter::once(base.fingerprint()).chain(texts.iter().map(String::as_str)) {
        hash.update(text);
        hash.update([0]);
    }
    format!("{:x}", hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::super::{Flags, Lexicon, token};

    const BASE: &str = "wikidata:Q1\tplace\tcity\t0.6\tGB\tgeonames:7\t-\ten=Reading|Venn Port\n\
                        wikidata:Q2\tperson\t-\t0.7\t-\t-\t-\t*=Tomas Keld";

    fn base() -> Lexicon {
        Lexicon::parse(&[("base.tsv", BASE)]).expect("the rows are well formed")
    }

    fn with(text: &str) -> Result<Lexicon, Vec<String>> {
        let layered = base().with(&[("names.tsv".to_owned(), text.to_owned())]);
        layered.map_err(|faults| faults.iter().map(ToString::to_string).collect())
    }

    /// The ids that each name of a text means, the likeliest first.
    fn check(lines: &str, tag: &str, text: &str, expected: &[&[&str]]) {
        let lexicon = with(lines).expect("the lines are well formed");
        let hits = lexicon.scan(text, &token::tokens(text), tag);
        let ids = hits.iter().map(|hit| {
            let mut readings: Vec<_> = lexicon.readings(hit.name, lexicon.language(tag)).collect();
            readings.sort_by(|a, b| b.prior.total_cmp(&a.prior));
            readings.iter().map(|reading| lexicon.entry(reading.entity).id).collect::<Vec<_>>()
        });
        assert_eq!(ids.collect::<Vec<_>>(), expected, "{lines}: {text}");
    }

    #[test]
    fn short_lines_add_people_and_bodies() {
        let lines = "# cabinet\nwiredesk:orla-venn\tperson\tOrla Venn|O. Venn\n";
        check(lines, "vi", "Orla Venn và O. Venn", &[&["wiredesk:orla-venn"], &["wiredesk:orla-venn"]]);
        check("wiredesk:tides\torganisation\ten=Tide Board;fr=Régie", "fr", "la Régie", &[&["wiredesk:tides"]]);
        check("wiredesk:tides\torganisation\ten=Tide Board;fr=Régie", "en", "the Régie", &[&["wiredesk:tides"]]);
        // Text comes in every normal form of Unicode, names go into the lexicon in one.
        check("wiredesk:regie\torganisation\tRe\u{301}gie Nord", "fr", "la Régie Nord", &[&["wiredesk:regie"]]);
    }

    #[test]
    fn a_known_id_takes_more_names() {
        let lexicon = with("geonames:7\tplace\tfr=Lisière").expect("well formed");
        assert_eq!(lexicon.len(), base().len());
        check("geonames:7\tplace\tfr=Lisière", "fr", "à Lisière", &[&["wikidata:Q1"]]);
    }

    #[test]
    fn names_are_suppressed_and_given_to_others() {
        check("-Reading", "en", "in Reading", &[]);
        check("{\"suppress\": \"Reading\"}", "en", "in Reading, Venn Port", &[&["wikidata:Q1"]]);
        check("wiredesk:reading-fc\torganisation\tReading\n-Reading", "en", "at Reading", &[&["wiredesk:reading-fc"]]);
        // Without that the name has two meanings, the user's the likelier.
        let both: &[&str] = &["wiredesk:reading-fc", "wikidata:Q1"];
        check("wiredesk:reading-fc\torganisation\tReading", "en", "at Reading", &[both]);
    }

    #[test]
    fn long_lines_and_json_say_the_same() {
        let row = "wiredesk:tide\torganisation\tweak,trigger:party\t0.8\tGB\twikidata:Q9\t12.5,-40.25\ten=Tide";
        let json = "{\"id\": \"wiredesk:tide\", \"type\": \"organisation\", \"flags\": [\"weak\", \"trigger:party\"], \"prior\": 0.8, \
                     \"country\": \"GB\", \"same_as\": [\"wikidata:Q9\"], \"geo\": [12.5, -40.25], \"names\": {\"en\": [\"Tide\"]}}";
        let entries = [row, json].map(|line| {
            let lexicon = with(line).expect("well formed");
            let text = "the Tide";
            let hits = lexicon.scan(text, &token::tokens(text), "en");
            let reading = lexicon.readings(hits[0].name, lexicon.language("en")).next().expect("a reading");
            assert!(reading.flags.has(Flags::WEAK) && (reading.prior - 0.8).abs() < 1e-9, "{line}");
            assert_eq!(lexicon.triggers(reading.entity).collect::<Vec<_>>(), ["party"], "{line}");
            lexicon.entry(reading.entity)
        });
        assert_eq!(entries[0], entries[1]);
        assert_eq!((entries[0].country.as_deref(), entries[0].same_as.len()), (Some("GB"), 1));
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let lines = "wiredesk:a\tperson\tA Person\nwiredesk:b\tperson\n\n{\"id\": \"wiredesk:c\"}\n-\nwiredesk:d\tcity\tD City\n\
                     {\"id\": \"wiredesk:e\", \"type\": \"person\", \"names\": [\"E|F\"]}\nwiredesk:g\tplace\ttrigger:a b\t1\t-\t-\t-\ten=G";
        let faults = with(lines).expect_err("six lines are wrong");
        let expected = [
            "names.tsv:2: 2 columns, not 8",
            "names.tsv:4: no \"type\"",
            "names.tsv:5: no name to suppress",
            "names.tsv:6: unknown type \"city\"",
            "names.tsv:7: a name with one of | ; = in it: \"E|F\"",
            "names.tsv:8: a trigger is one word: \"trigger:a b\"",
        ];
        assert_eq!(faults, expected);
        assert!(with("{\"id\": \"wiredesk:a\", \"typ\": \"person\"}").expect_err("a key")[0].contains("typ"));
    }

    #[test]
    fn the_fingerprint_tells_versions_apart() {
        let of = |lines: &str| with(lines).expect("well formed").fingerprint().to_owned();
        let one = of("wiredesk:a\tperson\tA Person");
        assert_eq!(one, of("wiredesk:a\tperson\tA Person"));
        assert_ne!(one, of("wiredesk:a\tperson\tA Person\n-Reading"));
        assert_ne!(of(""), base().fingerprint());
    }
}
