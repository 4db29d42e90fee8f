//! What routes cost: `cargo run --release --no-default-features --example measure_routes`.
//!
//! The time that an event spends in the conditions of `docs/routes.md`, one at a time and many at once, and as a measure of
//! the machine, the time that its article spends in the whole pipeline without a route in the same run: times of a busy
//! machine compare only within a run. The articles are those of `data/samples`.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use wiredesk::event::Event;
use wiredesk::pipeline::{Condition, Copies, Processor, Route, Settings};
use wiredesk::record::{Offset, Position, Record, TopicPartition};

/// So often all articles are read; the fastest round counts.
const ROUNDS: usize = 60;

/// Cheap ones, ones over lists, and one over the whole text.
const CONDITIONS: &[&str] = &[
    "language.tag == 'vi'",
    "language.tag == 'vi' && language.reliable",
    "starts_with(source.canonical_url || '', 'https://gazette.example/')",
    "entities[?id == 'wikidata:Q881']",
    "entities[?country == 'VN' && salience >= `0.5`]",
    "language.tag == 'vi' || entities[?country == 'VN' && salience > `0.3`]",
    "dates[?starts_with(value, '2025-03')]",
    "contains(title || '', 'ferry') && !contains(body || '', 'cruise')",
];

/// As many routes as there may be.
const ROUTES_MAX: usize = 64;

fn main() -> Result<(), Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir("data/samples")?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.sort();
    let records: Vec<Record> =
        files.iter().map(|path| Ok(record(std::fs::read(path)?))).collect::<Result<_, std::io::Error>>()?;
    let processor = Processor::new(Settings::default());
    let (records, events): (Vec<Record>, Vec<Event>) = records
        .into_iter()
        .filter_map(|record| processor.event(&record, &mut ()).ok().map(|event| (record, event)))
        .unzip();
    let each = events.len() as f64;
    let whole = fastest(|| {
        records
            .iter()
            .map(|record| {
                usize::from(matches!(processor.process(record, &mut ()), wiredesk::pipeline::Verdict::Publish { .. }))
            })
            .sum()
    }) / each;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{whole:8.2} µs an article in the whole pipeline, {each} articles, {} bytes of body each",
        events.iter().filter_map(|event| event.body.as_ref()).map(String::len).sum::<usize>() / events.len()
    )?;
    writeln!(out, "µs an event  % of that  taken  routes")?;
    let mut show = |name: &str, conditions: &[&str]| -> Result<(), Box<dyn Error>> {
        let copies = Copies::new(
            conditions.iter().enumerate().map(|(at, when)| route(at, when)).collect::<Result<_, _>>()?,
            None,
        );
        let taken = events.iter().map(|event| copies.taken(event).len()).sum::<usize>();
        let micros = fastest(|| events.iter().map(|event| copies.taken(event).len()).sum()) / each;
        writeln!(out, "{micros:11.2} {:9.2}% {taken:6}  {name}", 100.0 * micros / whole)?;
        Ok(())
    };
    for condition in CONDITIONS {
        show(condition, &[condition])?;
    }
    show("all of these", CONDITIONS)?;
    let most: Vec<&str> = CONDITIONS.iter().copied().cycle().take(ROUTES_MAX).collect();
    show(&format!("{ROUTES_MAX}: all of these, again and again"), &most)
}

fn route(number: usize, when: &str) -> Result<Route, Box<dyn Error>> {
    let when = Condition::parse(when).map_err(|mistakes| format!("{when}: {mistakes:?}"))?;
    let (name, topic): (Arc<str>, Arc<str>) = (format!("r{number}").into(), format!("t{number}").into());
    Ok(Route { name, topic, when, retractions: false })
}

fn record(value: Vec<u8>) -> Record {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 0 };
    Record {
        position: Position { partition, offset: Offset(0) },
        time_ms: None,
        key: None,
        headers: Vec::new(),
        value: Some(value),
    }
}

/// Microseconds a round.
fn fastest(read: impl Fn() -> usize) -> f64 {
    let round = |_| {
        let start = Instant::now();
        std::hint::black_box(read());
        start.elapsed().as_secs_f64() * 1e6
    };
    (0..ROUNDS).map(round).fold(f64::MAX, f64::min)
}
