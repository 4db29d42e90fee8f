//! `wiredesk test`: a user's own articles through a user's own configuration, held against what should come of them.

mod case;
mod compare;
mod report;

use std::path::PathBuf;
use std::sync::Arc;

use self::case::{Case, Expect};
use self::report::{Outcome, Report};
use super::input::Inputs;
use super::{Failure, Layers};
use crate::config::Config;
use crate::pipeline::{Processor, Settings, Verdict};
use crate::record::{Header, Offset, Position, Record, TopicPartition};
use crate::telemetry::start_logs;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A case is an article and what should come of it: tags, routes, a dead letter. docs/testing.md says how cases are written.
Exit codes: 0 all cases passed, 1 some failed, 2 a case or the configuration has a fault.

Examples:
  wiredesk test cases/
  wiredesk test cases/ --config desk.toml --junit report.xml
  wiredesk test cases/names.toml --json | jq '.cases[] | select(.failures != [])'")]
pub(super) struct Args {
    /// Files of cases, or folders of them: every .toml file that is directly in it
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Run the cases alone whose name contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Write a report as JUnit XML, which build servers read
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write the report to standard output as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    start_logs(&config.log);
    let routes: Vec<Arc<str>> = config.copies.routes().iter().map(|route| route.name.clone()).collect();
    let mut cases = case::read(&args.paths, &routes).map_err(|faults| Failure::Usage(faults.join("\n")))?;
    if let Some(part) = &args.only {
        cases.retain(|case| case.name.contains(part));
    }
    if cases.is_empty() {
        return Err(Failure::Usage("there are no cases".to_owned()));
    }
    let topic = topic(&config);
    let settings = Settings { limits: config.limits, drop: config.drop, copies: config.copies, ..Settings::default() };
    let processor = Processor::with_lexicon(settings, config.lexicon.compiled);
    let tried = cases.iter().map(|case| attempt(case, &processor, &topic)).collect::<Result<Vec<_>, _>>()?;
    let report = Report::new(tried);
    if let Some(path) = &args.junit {
        let named = |error: std::io::Error| Failure::Failed(format!("{}: {error}", path.display()));
        std::fs::write(path, report.junit()).map_err(named)?;
    }
    let printed = report.print(args.json);
    // What failed has failed whether anybody reads it or not.
    if report.failed() == 0 { Ok(printed?) } else { Err(Failure::Told) }
}

/// The topic that records would be read from.
fn topic(config: &Config) -> Arc<str> {
    let named = config.topics.raw.iter().find(|name| !name.starts_with('^'));
    named.map_or("news.raw", String::as_str).into()
}

/// Runs a case on each of its records.
fn attempt(case: &Case, processor: &Processor, topic: &Arc<str>) -> Result<Outcome, Failure> {
    let mut failures = Vec::new();
    let mut try_one = |value: Option<Vec<u8>>, index: i64, place: &str| {
        let verdict = processor.process(&record(case, value, index, topic), &mut ());
        failures.extend(judge(&case.expect, &verdict).into_iter().map(|failure| format!("{place}{failure}")));
    };
    match &case.input {
        case::Input::Value(value) => try_one(value.clone(), 0, ""),
        case::Input::File(path) => {
            let mut inputs = Inputs::open(std::slice::from_ref(path))?;
            let mut read = 0;
            while let Some(input) = inputs.next()? {
                let place = if input.index == 0 { String::new() } else { format!("line {}: ", input.index + 1) };
                try_one(Some(input.value), input.index, &place);
                read += 1;
            }
            if read == 0 {
                return Err(Failure::Usage(format!("{}: {} holds no record", case.file, path.display())));
            }
        }
    }
    Ok(Outcome { file: case.file.clone(), name: case.name.clone(), failures })
}

fn record(case: &Case, value: Option<Vec<u8>>, index: i64, topic: &Arc<str>) -> Record {
    let partition = TopicPartition { topic: topic.clone(), partition: 0 };
    Record {
        position: Position { partition, offset: Offset(index) },
        time_ms: case.time_ms,
        key: case.key.clone().map(String::into_bytes),
        headers: case.headers.iter().map(|(name, value)| Header::new(name, value.as_str())).collect(),
        value,
    }
}

/// What is not as it should be, a line each.
fn judge(expect: &Expect, verdict: &Verdict) -> Vec<String> {
    match (expect, verdict) {
        (Expect::Event { event, without, routes }, Verdict::Publish { message, facts, .. }) => {
            let found = serde_json::from_slice(message.value.as_deref().unwrap_or_default());
            let found: serde_json::Value = found.expect("an event is JSON");
            let mut failures = compare::missing("event", event, &found);
            failures.extend(compare::unwanted("event", without, &found));
            if let Some(routes) = routes {
                failures.extend(compare::routes(routes, &facts.routes));
            }
            failures
        }
        (Expect::DeadLetter(reason), Verdict::DeadLetter { reject, .. }) if reject.reason.as_str() == reason => {
            Vec::new()
        }
        (Expect::Dropped(rule), Verdict::Drop(by)) if by.as_str() == rule => Vec::new(),
        (Expect::Event { .. } | Expect::DeadLetter(_) | Expect::Dropped(_), verdict) => {
            let expected = match expect {
                Expect::Event { .. } => "an event".to_owned(),
                Expect::DeadLetter(reason) => format!("a dead letter: {reason}"),
                Expect::Dropped(rule) => format!("dropped by {rule}"),
            };
            let found = match verdict {
                Verdict::Publish { .. } => "an event".to_owned(),
                Verdict::DeadLetter { reject, .. } => {
                    format!("a dead letter: {}: {}", reject.reason.as_str(), reject.detail)
                }
                Verdict::Drop(rule) => format!("dropped by {}", rule.as_str()),
            };
            vec![format!("expected {expected}, found {found}")]
        }
    }
}
