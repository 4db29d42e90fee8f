//! What dates cost, by language: `cargo run --release --no-default-features --example measure_date_cost -- [LANGUAGE…]`.
//!
//! The time that 4 KB take, of running text (the prose of `tests/furniture`) and of sentences full of dates
//! (`tests/dates`), and as a measure of the machine, the time of a plain pattern for dates over the same text in the same
//! run: times of a busy machine compare only within a run. `TEXTS=folder` writes the texts there, for
//! `examples/measure_dateparser.py`.

mod article;
#[expect(dead_code, reason = "what is marked in the sentences is for the examples and tests that score it")]
#[path = "../tests/dates/case.rs"]
mod case;

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use article::{article, language};
use regex_lite::Regex;
use wiredesk::enrich::date::Tagger;

/// So long is a text, in bytes; so often it is read: the fastest round counts.
const TEXT_BYTES: usize = 4096;
const ROUNDS: usize = 200;

/// The day on which every text is published.
const PUBLISHED: &str = "2024-06-11";

/// Numeric dates, days with a word and a year behind them, and years.
const PLAIN: &str =
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}\.? [^\s\d]{3,12}\.? \d{4}\b|\b(?:19|20)\d\d(?:\b|年)";

fn main() -> Result<(), Box<dyn Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut texts: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for (tag, text) in labelled(Path::new("tests/furniture/dev"))? {
        let prose = text.lines().filter_map(|line| line.strip_prefix("body|"));
        prose.for_each(|paragraph| texts.entry(tag.clone()).or_default()[0] += &format!("{}\n\n", paragraph.trim()));
    }
    for case in case::read(Path::new("tests/dates/dev")) {
        texts.entry(case.language).or_default()[1] += &format!("{} ", case.text);
    }
    let (tagger, plain) = (Tagger::new(), Regex::new(PLAIN)?);
    let folder = std::env::var_os("TEXTS");
    let mut out = std::io::stdout();
    writeln!(out, "language  running text: µs, dates, times the pattern  full of dates: µs, dates, times the pattern")?;
    let mut sums = [(0.0, 0.0, 0); 2];
    // A language that has no file is read for its digits alone.
    for (tag, of_language) in
        texts.into_iter().filter(|(tag, [_, dense])| !dense.is_empty() && (wanted.is_empty() || wanted.contains(tag)))
    {
        write!(out, "{tag:8}")?;
        for ((text, kind), sum) in of_language.into_iter().zip(["running", "dense"]).zip(&mut sums) {
            if text.is_empty() {
                write!(out, "                              –")?;
                continue;
            }
            let mut text = text.repeat(TEXT_BYTES / text.len() + 1);
            text.truncate(text.floor_char_boundary(TEXT_BYTES));
            if let Some(folder) = &folder {
                std::fs::write(Path::new(folder).join(format!("{tag}-{kind}.txt")), &text)?;
            }
            let (article, language) = (article(text, PUBLISHED), language(&tag));
            let found = tagger.tag(&article, &language).mentions.len();
            let own = fastest(|| tagger.tag(&article, &language).mentions.len());
            let pattern = fastest(|| plain.find_iter(&article.body).count());
            write!(out, "  {own:8.1} {found:8} {:10.2}", own / pattern)?;
            *sum = (sum.0 + own, sum.1 + own / pattern, sum.2 + 1);
        }
        writeln!(out)?;
    }
    write!(out, "mean    ")?;
    for (own, ratio, count) in sums {
        let count = f64::from(count.max(1));
        write!(out, "  {:8.1} {:8} {:10.2}", own / count, "", ratio / count)?;
    }
    writeln!(out)?;
    Ok(())
}

/// The text of each labelled article of a folder, with its language.
fn labelled(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let file: toml::Table = std::fs::read_to_string(&path)?.parse()?;
        let cases = file.get("case").and_then(toml::Value::as_array).into_iter().flatten();
        let texts = cases.filter_map(|case| case.get("text")?.as_str());
        all.extend(texts.map(|text| (tag.clone(), text.to_owned())));
    }
    Ok(all)
}

/// Microseconds a text.
fn fastest(read: impl Fn() -> usize) -> f64 {
    let round = |_| {
        let start = Instant::now();
        std::hint::black_box(read());
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..ROUNDS).map(round).fold(f64::MAX, f64::min)
}
