//! `wiredesk dlq`: look at dead letters, and send them round again.

mod filter;
mod list;
mod replay;
mod show;

use clap::Subcommand;

use super::{Failure, Layers};
use crate::config::Config;
use crate::delivery::Error;
use crate::kafka::{Scan, Start, reach};
use crate::pipeline::Letter;
use crate::record::Record;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List dead letters, and count them by reason
    List(list::Args),
    /// Show one dead letter, or write its original bytes
    Show(show::Args),
    /// Send dead letters to the raw topic again
    Replay(replay::Args),
}

pub(super) fn run(layers: &Layers, command: &Command) -> Result<(), Failure> {
    match command {
        Command::List(args) => list::run(layers, args),
        Command::Show(args) => show::run(layers, args),
        Command::Replay(args) => replay::run(layers, args),
    }
}

/// The dead letters from here on.
async fn letters(config: &Config, start: Start) -> Result<Scan, Error> {
    reach(config).await?;
    // It looks at nobody's progress; the clients want some group's name.
    let group = format!("{}.letters", config.kafka.group);
    Scan::open(config, &config.topics.dead_letter, &group, start, false).await
}

/// A letter's place, as `show` takes it.
fn place(record: &Record) -> String {
    format!("{}@{}", record.position.partition.partition, record.position.offset.0)
}

/// A time in milliseconds since the Unix epoch, for a person.
fn time(time_ms: Option<i64>) -> String {
    let time = time_ms.and_then(|time_ms| jiff::Timestamp::from_millisecond(time_ms).ok());
    time.map_or_else(|| "no time".to_owned(), |time| time.to_string())
}

/// What is known of a letter's origin and history, in brackets behind its detail.
fn history(letter: &Letter) -> String {
    let replays = match letter.replays {
        0 => String::new(),
        1 => ", replayed once".to_owned(),
        times => format!(", replayed {times} times"),
    };
    let excerpt = if letter.is_excerpt { ", excerpt" } else { "" };
    format!("({}{replays}{excerpt})", letter.origin)
}
