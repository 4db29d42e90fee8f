//! What the entity tagger finds in labelled sentences: `cargo run --no-default-features --example measure_entities --
//! [LANGUAGE…] [FILE…]`.
//!
//! Without a file, the sentences of `tests/entities` in the folder that it is run in: misses, then the tables.
//! `SET=ids,hard,news` chooses sets, `HALF=heldout` the other half. A file (`.jsonl` or `.jsonl.gz`) has one case a
//! line: `{"lang", "text", "spans": [{"start", "end", "type": "PER" | "ORG" | "LOC"}], "ignore": [{"start", "end"}]}`,
//! in code points; other types are not counted there. The language is taken as told.
//!
//! `TABLES=data/lexicon` reads the lexicon's tables from there, so that a change of them needs no build.
//!
//! `TIME=1` (with `--release`) measures the time for 4 KB of the running news, by language, beside that of finding runs
//! of capitalised words in the same text.

#[path = "../tests/entities/case.rs"]
mod case;
#[allow(dead_code, reason = "floors are held by the test alone")]
#[path = "../tests/entities/ids.rs"]
mod ids;
#[allow(dead_code, reason = "floors are held by the test alone")]
#[path = "../tests/entities/spans.rs"]
mod spans;
#[allow(dead_code, reason = "floors are held by the test alone")]
#[path = "../tests/entities/thing.rs"]
mod thing;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use case::{Case, Label, Sense, Want};
use ids::IdScore;
use serde::Deserialize;
use spans::SpanScore;
use thing::Things;
use wiredesk::enrich::entity::Tagger;
use wiredesk::event::{Entity, EntityType, Language, LanguageBasis, LanguageTag, Score as Sureness};
use wiredesk::lexicon::Lexicon;
use wiredesk::text::Fields;

fn main() -> Result<(), Box<dyn Error>> {
    let (files, languages): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.contains(".json"));
    let wanted = |case: &Case| languages.is_empty() || languages.contains(&case.language);
    let lexicon =
        std::env::var("TABLES").map_or_else(|_| Ok(Lexicon::embedded()), |folder| compiled(Path::new(&folder)))?;
    let tagger = Tagger::new(Arc::new(lexicon));
    let root = Path::new("tests/entities");
    let things = Things::read(&root.join("things.tsv"));
    let mut out = std::io::stdout().lock();
    if std::env::var_os("TIME").is_some() {
        let cases: Vec<Case> = halves("news").iter().flat_map(|folder| case::read(folder)).filter(wanted).collect();
        return time(&tagger, &cases);
    }
    for file in &files {
        let cases: Vec<Case> = lines(Path::new(file))?.into_iter().filter(wanted).collect();
        let mut score = SpanScore::default();
        for case in &cases {
            let mut entities = entities(&tagger, case);
            entities.retain(|entity| OF_FILES.contains(&entity.r#type));
            score.add(case, &entities, &things);
        }
        writeln!(out, "{}\n{file}: {score}", score.misses().join("\n"))?;
    }
    let half = std::env::var("HALF").unwrap_or_else(|_| "dev".to_owned());
    let sets = std::env::var("SET").unwrap_or_else(|_| if files.is_empty() { "ids,hard,news" } else { "" }.to_owned());
    for set in sets.split(',').filter(|set| !set.is_empty()) {
        let (mut ids, mut spans) = (IdScore::default(), SpanScore::default());
        for case in case::read(&root.join(set).join(&half)).into_iter().filter(wanted) {
            let entities = entities(&tagger, &case);
            ids.add(&case, &entities, &things);
            spans.add(&case, &entities, &things);
        }
        match set {
            "ids" => writeln!(out, "{}\nids, {half}: {ids}", ids.misses().join("\n"))?,
            _ => writeln!(out, "{}\n{set}, {half}: {spans}", spans.misses().join("\n"))?,
        }
    }
    Ok(())
}

/// The lexicon of a folder of tables, in the order of the build script: generated ones, then those written by hand.
fn compiled(folder: &Path) -> Result<Lexicon, Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in [folder.to_owned(), folder.join("curated")] {
        let paths =
            std::fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
        let mut tables: Vec<_> =
            paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "tsv")).collect();
        tables.sort_unstable();
        for table in tables {
            files.push((table.display().to_string(), std::fs::read_to_string(&table)?));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(Lexicon::parse(&files)?)
}

/// The types that files have.
const OF_FILES: [EntityType; 3] = [EntityType::Person, EntityType::Organisation, EntityType::Place];

fn halves(set: &str) -> [PathBuf; 2] {
    ["dev", "heldout"].map(|half| Path::new("tests/entities").join(set).join(half))
}

fn entities(tagger: &Tagger, case: &Case) -> Vec<Entity> {
    tagger.tag(Fields { title: None, body: &case.text }, &language(&case.language))
}

fn language(tag: &str) -> Language {
    Language {
        tag: LanguageTag::parse(tag).unwrap_or_else(LanguageTag::undetermined),
        script: None,
        confidence: Sureness::new(1.0),
        reliable: true,
        basis: LanguageBasis::Hint,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}

#[derive(Deserialize)]
struct Line {
    lang: String,
    text: String,
    spans: Vec<Span>,
    #[serde(default)]
    ignore: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    r#type: String,
}

/// The cases of a file of lines.
fn lines(file: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let mut text = String::new();
    match bytes.starts_with(&[0x1F, 0x8B]) {
        true => flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?,
        false => bytes.as_slice().read_to_string(&mut text)?,
    };
    let mut cases = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line: Line = serde_json::from_str(line)?;
        let labels = line.spans.iter().chain(&line.ignore).map(|span| label(&line.text, span));
        let labels = labels.collect();
        cases.push(Case { language: line.lang, line: number, class: String::new(), text: line.text, labels });
    }
    Ok(cases)
}

fn label(text: &str, span: &Span) -> Label {
    let sense = match span.r#type.as_str() {
        "PER" => Sense::Name(EntityType::Person),
        "ORG" => Sense::Name(EntityType::Organisation),
        "LOC" => Sense::Name(EntityType::Place),
        _ => Sense::Ignored,
    };
    let words = text.chars().skip(span.start).take(span.end - span.start).collect();
    Label { start: span.start, end: span.end, words, sense, want: Want::Anything, number: None }
}

/// So long is the article that is timed, in bytes; so often it is read: the fastest round counts.
const ARTICLE_BYTES: usize = 4096;
const ROUNDS: usize = 200;

fn time(tagger: &Tagger, cases: &[Case]) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for case in cases {
        let text = texts.entry(&case.language).or_default();
        *text += &case.text;
        text.push('\n');
    }
    for (tag, text) in texts {
        let mut article = text.repeat(ARTICLE_BYTES / text.len() + 1);
        article.truncate(article.floor_char_boundary(ARTICLE_BYTES));
        let language = language(tag);
        let tag_all = || tagger.tag(Fields { title: None, body: &article }, &language);
        let found: usize = tag_all().iter().map(|entity| entity.mentions.len()).sum();
        let tagging = best(|| tag_all().len());
        let runs = best(|| capitalised_runs(&article).len());
        writeln!(out, "{tag:6} {tagging:7.1} µs for 4 KB with {found:3} mentions, {runs:5.1} µs for runs of capitals")?;
    }
    Ok(())
}

/// Microseconds of the fastest round.
fn best(work: impl Fn() -> usize) -> f64 {
    let round = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default().as_secs_f64() * 1e6
}

/// The simplest tagger there is: words that start with a capital, one after the other.
fn capitalised_runs(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some((at, c.is_uppercase())),
            (Some((first, is_capital)), false) => {
                start = None;
                if is_capital {
                    match runs.last_mut() {
                        Some(run) if &text[run.1..first] == " " => run.1 = at,
                        _ => runs.push((first, at)),
                    }
                }
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    runs
}
