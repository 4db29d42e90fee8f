//! What the date tagger reads in labelled sentences, with the language files of a folder rather than those that the
//! program carries: `cargo run --no-default-features --example measure_dates -- [LANGUAGE…]`.
//!
//! Reads `data/dates` and `tests/dates/dev` of the folder that it is run in, so that a language file can be worked on
//! without building anything: every miss is printed, then the table. `SET=heldout` measures the other set, and `TIME=1`
//! (with `--release`) the time that 4 KB of such sentences take, by language.

#[path = "../tests/dates/case.rs"]
mod case;
#[path = "../tests/dates/days.rs"]
mod days;
#[path = "../tests/dates/score.rs"]
mod score;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use case::Case;
use score::Score;
use wiredesk::article::{Article, Identity, Metadata};
use wiredesk::enrich::date::Tagger;
use wiredesk::event::{ArticleId, Dialect, IdBasis, Language, LanguageBasis, LanguageTag, Score as Sureness};

fn main() -> Result<(), Box<dyn Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let set = std::env::var("SET").unwrap_or_else(|_| "dev".to_owned());
    let tagger = Tagger::with_languages(languages(Path::new("data/dates"))?)?;
    let cases = case::read(&Path::new("tests/dates").join(set));
    let cases: Vec<Case> =
        cases.into_iter().filter(|case| wanted.is_empty() || wanted.contains(&case.language)).collect();
    if std::env::var_os("TIME").is_some() {
        return time(&tagger, &cases);
    }
    let mut score = Score::default();
    for case in &cases {
        score.add(case, &tagger.tag(&article(case), &language(&case.language)).mentions);
    }
    writeln!(std::io::stdout(), "{score}")?;
    Ok(())
}

/// So long is the article that is timed, in bytes; so often it is read: the fastest round counts.
const ARTICLE_BYTES: usize = 4096;
const ROUNDS: usize = 200;

fn time(tagger: &Tagger, cases: &[Case]) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    for of_language in cases.chunk_by(|a, b| a.language == b.language) {
        let text = of_language.iter().map(|case| case.text.as_str()).collect::<Vec<_>>().join(" ");
        let mut text = text.repeat(ARTICLE_BYTES / text.len() + 1);
        text.truncate(text.floor_char_boundary(ARTICLE_BYTES));
        let [first, ..] = of_language else { continue };
        let case =
            Case { text, anchor: first.anchor.clone(), language: first.language.clone(), dates: Vec::new(), number: 0 };
        let (article, language) = (article(&case), language(&case.language));
        let found = tagger.tag(&article, &language).mentions.len();
        let round = |_| {
            let start = Instant::now();
            std::hint::black_box(tagger.tag(&article, &language));
            start.elapsed()
        };
        let best = (0..ROUNDS).map(round).min().unwrap_or_default();
        writeln!(out, "{:6} {:7.1} µs for 4 KB with {found} dates", case.language, best.as_secs_f64() * 1e6)?;
    }
    Ok(())
}

fn languages(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((tag, std::fs::read_to_string(&path)?));
        }
    }
    Ok(files)
}

fn article(case: &Case) -> Article {
    Article {
        identity: Identity {
            id: ArticleId::of_urn("urn:example:measure"),
            basis: IdBasis::Urn,
            source_id: None,
            url: None,
            canonical_url: None,
        },
        dialect: Dialect::Native,
        value_sha256: String::new(),
        metadata: Metadata { published_at: Some(case.anchor.clone()), ..Metadata::default() },
        title: None,
        lede: None,
        body: case.text.clone(),
        furniture: Vec::new(),
        origin: Vec::new(),
        warnings: Vec::new(),
        ext: serde_json::Map::new(),
    }
}

fn language(tag: &str) -> Language {
    Language {
        tag: LanguageTag::parse(tag).unwrap_or_else(LanguageTag::undetermined),
        script: None,
        confidence: Sureness::new(1.0),
        reliable: true,
        basis: LanguageBasis::Text,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}
