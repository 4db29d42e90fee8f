//! `wiredesk dlq list`: a line for each dead letter, and how many there are of each reason.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::json;

use super::{filter, history, place, time};
use crate::cli::view::{self, BAD, DIM};
use crate::cli::{Failure, Layers, runtime};
use crate::pipeline::Letter;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  wiredesk dlq list --since 6h
  wiredesk dlq list --reason malformed_json --count 20
  wiredesk dlq list --summary
  wiredesk dlq list --json | jq -r .detail | sort | uniq -c")]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    filter: filter::Args,
    /// End after this many
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// Only count them
    #[arg(long, conflicts_with = "json")]
    summary: bool,
    /// Print each as JSON, one a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    let filter = args.filter.filter()?;
    runtime()?.block_on(async {
        let mut letters = super::letters(&config, filter.start()).await?;
        let mut totals = Totals::default();
        while args.count.is_none_or(|count| totals.listed < count) {
            let Some(record) = letters.next().await? else { break };
            if !filter.takes_time(&record) {
                continue;
            }
            let at = place(&record);
            match Letter::read(record) {
                Ok(letter) if filter.takes(&letter) => {
                    totals.add(&letter);
                    if !args.summary {
                        writeln!(anstream::stdout().lock(), "{}", line(&letter, args.json))?;
                    }
                }
                Ok(_) => {}
                Err(problem) => {
                    totals.foreign += 1;
                    anstream::eprintln!("{at} was not written by wiredesk: {problem}");
                }
            }
        }
        totals.print();
        Ok(())
    })
}

fn line(letter: &Letter, as_json: bool) -> String {
    let Letter { record, reason, detail, origin, replays, is_excerpt } = letter;
    if as_json {
        let key = record.key.as_deref().map(String::from_utf8_lossy);
        return json!({
            "partition": record.position.partition.partition,
            "offset": record.position.offset.0,
            "time": record.time_ms.map(|_| time(record.time_ms)),
            "reason": reason,
            "detail": detail,
            "topic": &*origin.partition.topic,
            "topic_partition": origin.partition.partition,
            "topic_offset": origin.offset.0,
            "key": key,
            "bytes": record.value.as_ref().map(Vec::len),
            "replays": replays,
            "excerpt": is_excerpt,
        })
        .to_string();
    }
    let (at, time) = (place(record), time(record.time_ms));
    let detail = view::one_line(&format!("{detail} {}", history(letter)));
    format!("{at:<10} {DIM}{time}{DIM:#} {BAD}{}{BAD:#} {detail}", view::one_line(reason))
}

/// How many there are of each reason, and from which topic.
#[derive(Debug, Default)]
struct Totals {
    listed: u64,
    foreign: u64,
    of: BTreeMap<(String, String), u64>,
}

impl Totals {
    fn add(&mut self, letter: &Letter) {
        self.listed += 1;
        let of = (letter.reason.clone(), letter.origin.partition.topic.to_string());
        *self.of.entry(of).or_default() += 1;
    }

    fn print(&self) {
        for ((reason, topic), count) in &self.of {
            anstream::eprintln!("{count:>8}  {}  from {}", view::one_line(reason), view::one_line(topic));
        }
        if self.foreign > 0 {
            anstream::eprintln!("{:>8}  not written by wiredesk", self.foreign);
        }
        anstream::eprintln!("{:>8}  in all", self.listed + self.foreign);
    }
}
