//! How right and how fast the language detector is:
//! `cargo run --release --no-default-features --example measure_language -- CASES`.
//!
//! `CASES` holds lines of `language<TAB>text`. Without it only the time is measured, on the samples of the project.
//! whatlang is timed in the same run, because times of a busy machine compare only within a run.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Instant;

use wiredesk::enrich::language::identify;
use wiredesk::text::Fields;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");

/// Languages with fewer cases do not count in the mean over languages.
const CASES_MIN: usize = 15;

/// So often each text is read; the fastest round counts.
const ROUNDS: usize = 9;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    let texts: Vec<String> = match std::env::args().nth(1) {
        Some(path) => {
            let cases = std::fs::read_to_string(path)?;
            let cases: Vec<(&str, &str)> = cases.lines().filter_map(|line| line.split_once('\t')).collect();
            accuracy(&cases, &mut out)?;
            cases.iter().map(|(_, text)| (*text).to_owned()).collect()
        }
        None => sample_lines()?,
    };
    time("these texts", &texts, &mut out)?;
    // One language: what a mixed article costs more is the search for its segments.
    let mut article = std::fs::read_to_string(format!("{SAMPLES}/02-vi-thu-vien-vung-cao.txt"))?.repeat(4);
    article.truncate(article.floor_char_boundary(4096));
    time("an article of 4 KB", &[article], &mut out)
}

fn sample_lines() -> std::io::Result<Vec<String>> {
    let mut paths: Vec<_> = std::fs::read_dir(SAMPLES)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    let mut lines = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        lines.extend(std::fs::read_to_string(path)?.lines().filter(|line| line.len() > 60).map(str::to_owned));
    }
    Ok(lines)
}

fn accuracy(cases: &[(&str, &str)], out: &mut impl Write) -> std::io::Result<()> {
    let mut by_language: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut reliable, mut reliable_right) = (0, 0);
    for (language, text) in cases {
        let (found, _) = identify(Fields { title: None, body: text }, None);
        let right = usize::from(found.tag.as_str() == *language);
        let (all, right_of_all) = by_language.entry(language).or_default();
        *all += 1;
        *right_of_all += right;
        if found.reliable {
            reliable += 1;
            reliable_right += right;
        }
    }
    let enough = by_language.values().filter(|(all, _)| *all >= CASES_MIN);
    let shares: Vec<f64> = enough.map(|(all, right)| *right as f64 / *all as f64).collect();
    for (language, (all, right)) in by_language.iter().filter(|(_, (all, right))| all > right) {
        writeln!(out, "{language:<4} {right:>5} of {all}")?;
    }
    let mean = 100.0 * shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    let (share, precision) = (percent(reliable, cases.len()), percent(reliable_right, reliable));
    writeln!(
        out,
        "mean over {} languages {mean:.2} %; reliable {share:.1} %, of which right {precision:.2} %",
        shares.len()
    )
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn time(name: &str, texts: &[String], out: &mut impl Write) -> std::io::Result<()> {
    let own = fastest(texts, |text| identify(Fields { title: None, body: text }, None).0.reliable);
    let whatlang = fastest(texts, |text| whatlang::detect(text).is_some_and(|found| found.is_reliable()));
    writeln!(out, "{name}: {own:.1} µs a text; whatlang {whatlang:.1} µs, {:.2} times as long", whatlang / own)
}

/// Microseconds a text.
fn fastest(texts: &[String], mut read: impl FnMut(&str) -> bool) -> f64 {
    let round = |_| {
        let began = Instant::now();
        texts.iter().for_each(|text| {
            std::hint::black_box(read(text));
        });
        began.elapsed().as_secs_f64() * 1e6 / texts.len().max(1) as f64
    };
    (0..ROUNDS).map(round).fold(f64::MAX, f64::min)
}
