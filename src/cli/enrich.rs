//! `wiredesk enrich`: the same processing as in the service, from files to standard output.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use indicatif::ProgressDrawTarget;
use serde::Serialize;
use serde_json::json;

use super::input::{Input, Inputs};
use super::{Failure, Layers, explain, view};
use crate::event::Event;
use crate::pipeline::{Item, Outbox, Processor, Settings, Verdict, process_batch};
use crate::record::{Offset, Position, Record, TopicPartition};
use crate::telemetry::start_logs;

/// How much is read before it is processed and written: enough work for every core, little enough to hold.
const CHUNK_RECORDS: usize = 1_024;
const CHUNK_BYTES: usize = 16 * 1024 * 1024;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A file is one record; each line of a .ndjson or .jsonl file, and of standard input, is one, gzip or zstd around it or not.
A folder stands for its files.
Each record gives exactly one line, in order: the event, {\"dead_letter\": …} or {\"dropped\": …}.

Examples:
  wiredesk enrich article.txt --pretty
  wiredesk enrich article.txt --explain
  wiredesk enrich dump.ndjson > events.ndjson
  jq -c '.[]' array.json | wiredesk enrich     (an array of many articles)
  cat dump.ndjson | wiredesk enrich | jq -c '{id, language: .language.tag}'")]
pub(super) struct Args {
    /// Files or folders; none reads standard input, one record a line
    files: Vec<PathBuf>,
    /// Spread each event over many lines
    #[arg(long)]
    pretty: bool,
    /// Show what was read in each article and why, for a person, instead of the events
    #[arg(long)]
    explain: bool,
    /// With --explain: write the events as ever, and the explanations to standard error
    #[arg(long, requires = "explain")]
    json: bool,
    /// Threads; as many as there are cores unless given
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    start_logs(&config.log);
    let processor = Processor::with_lexicon(
        Settings { limits: config.limits, drop: config.drop, copies: config.copies, ..Settings::default() },
        config.lexicon.compiled,
    );
    let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let threads = args.threads.unwrap_or(cores).get();
    let mut inputs = Inputs::open(&args.files)?;
    let progress = inputs.progress_bar();
    if io::stdout().is_terminal() {
        // The events themselves show the progress there, and a bar between them would be in the way.
        progress.set_draw_target(ProgressDrawTarget::hidden());
    }
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut tally = Tally::default();
    let done = loop {
        let (records, read) = chunk(&mut inputs)?;
        if records.is_empty() {
            break out.flush();
        }
        let outbox = process(&processor, records, threads);
        outbox.items().iter().for_each(|item| tally.count(&item.verdict));
        let written = outbox.items().iter().try_for_each(|item| match (args.explain, args.json) {
            (true, false) => anstream::stdout().lock().write_all(explained(item)?.as_bytes()),
            (true, true) => {
                anstream::stderr().lock().write_all(explained(item)?.as_bytes())?;
                write(&mut out, item, args.pretty)
            }
            (false, _) => write(&mut out, item, args.pretty),
        });
        if let Err(error) = written {
            break Err(error);
        }
        progress.inc(read);
    };
    progress.finish_and_clear();
    done?;
    anstream::eprintln!("{tally}");
    Ok(())
}

fn chunk(inputs: &mut Inputs) -> io::Result<(Vec<Record>, u64)> {
    let (mut records, mut bytes, mut read) = (Vec::new(), 0, 0);
    while records.len() < CHUNK_RECORDS && bytes < CHUNK_BYTES {
        let Some(input) = inputs.next()? else { break };
        bytes += input.value.len();
        read += input.read;
        records.push(record(input));
    }
    Ok((records, read))
}

/// A file's name stands for the topic: with its line it says where a record was.
fn record(input: Input) -> Record {
    let partition = TopicPartition { topic: Arc::from(input.source), partition: 0 };
    Record {
        position: Position { partition, offset: Offset(input.index) },
        time_ms: None,
        key: None,
        headers: Vec::new(),
        value: Some(input.value),
    }
}

fn process(processor: &Processor, mut records: Vec<Record>, threads: usize) -> Outbox {
    let share = records.len().div_ceil(threads);
    let mut parts = Vec::new();
    while !records.is_empty() {
        let rest = records.split_off(share.min(records.len()));
        parts.push(std::mem::replace(&mut records, rest));
    }
    let outboxes = std::thread::scope(|scope| {
        let running: Vec<_> =
            parts.into_iter().map(|part| scope.spawn(|| process_batch(processor, part, &mut ()))).collect();
        let joined = running.into_iter().map(|thread| thread.join());
        joined.map(|outbox| outbox.expect("process_batch catches the panics of records")).collect()
    });
    Outbox::concat(outboxes)
}

/// What came of a record, for a person.
fn explained(item: &Item) -> io::Result<String> {
    Ok(match &item.verdict {
        Verdict::Publish { message, facts, .. } => {
            let event = serde_json::from_slice(message.value.as_deref().unwrap_or_default())?;
            explain::event(&event, &facts.routes)
        }
        Verdict::DeadLetter { reject, .. } => {
            format!("{}\n", view::dead_letter(reject.reason.as_str(), &reject.detail))
        }
        Verdict::Drop(rule) => format!("dropped by {}: {}\n", rule.as_str(), item.record.position),
    })
}

fn write(out: &mut impl Write, item: &Item, pretty: bool) -> io::Result<()> {
    let other = match &item.verdict {
        Verdict::Publish { message, .. } => {
            let bytes = message.value.as_deref().unwrap_or_default();
            if pretty {
                // By way of the type, so that the fields keep the order of the contract.
                return write_json(out, &serde_json::from_slice::<Event>(bytes)?, pretty);
            }
            out.write_all(bytes)?;
            return out.write_all(b"\n");
        }
        Verdict::DeadLetter { reject, .. } => {
            let position = item.record.position.to_string();
            json!({"dead_letter": {"reason": reject.reason.as_str(), "detail": reject.detail, "position": position}})
        }
        Verdict::Drop(rule) => {
            json!({"dropped": {"rule": rule.as_str(), "position": item.record.position.to_string()}})
        }
    };
    write_json(out, &other, pretty)
}

fn write_json(out: &mut impl Write, value: &impl Serialize, pretty: bool) -> io::Result<()> {
    if pretty {
        serde_json::to_writer_pretty(&mut *out, value)?;
    } else {
        serde_json::to_writer(&mut *out, value)?;
    }
    out.write_all(b"\n")
}

/// What came of the records, for the summary.
#[derive(Debug, Default)]
struct Tally {
    events: u64,
    dead_letters: BTreeMap<&'static str, u64>,
    dropped: BTreeMap<&'static str, u64>,
    routes: BTreeMap<Arc<str>, u64>,
}

impl Tally {
    fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Publish { facts, .. } => {
                self.events += 1;
                facts.routes.iter().for_each(|route| *self.routes.entry(route.clone()).or_default() += 1);
            }
            Verdict::DeadLetter { reject, .. } => *self.dead_letters.entry(reject.reason.as_str()).or_default() += 1,
            Verdict::Drop(rule) => *self.dropped.entry(rule.as_str()).or_default() += 1,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = |counts: &BTreeMap<&str, u64>| {
            let each: Vec<_> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
            (
                counts.values().sum::<u64>(),
                if each.is_empty() { String::new() } else { format!(" ({})", each.join(", ")) },
            )
        };
        let ((dead, reasons), (dropped, rules)) = (named(&self.dead_letters), named(&self.dropped));
        let records = self.events + dead + dropped;
        write!(f, "{records} records: {} events, {dead} dead letters{reasons}, {dropped} dropped{rules}", self.events)?;
        let mut before = "; routes: ";
        for (route, events) in &self.routes {
            write!(f, "{before}{route} {events}")?;
            before = ", ";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Reject, RejectReason};

    #[test]
    fn the_summary_names_reasons_and_rules() {
        let processor = Processor::new(Settings::default());
        let input = Input { source: "a".to_owned(), index: 0, value: Vec::new(), read: 0 };
        let mut tally = Tally::default();
        for reason in [RejectReason::Empty, RejectReason::TooLarge, RejectReason::Empty] {
            tally.count(&processor.reject(&record(input.clone()), Reject::new(reason, "")));
        }
        assert_eq!(tally.to_string(), "3 records: 0 events, 3 dead letters (empty 2, too_large 1), 0 dropped");
    }
}
