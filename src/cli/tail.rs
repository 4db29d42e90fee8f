//! `wiredesk tail`: follow the enriched topic.

mod filter;

use std::io::Write;

use futures::StreamExt;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::message::{Headers, Message};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use self::filter::Filter;
use super::run::stop_on_signal;
use super::{Failure, Layers, moment, runtime, view};
use crate::config::Config;
use crate::event::Event;
use crate::kafka::{ClientErrors, Role, client_config, reach};
use crate::service::stopped;

/// How long the brokers may take to list the partitions.
const METADATA_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  wiredesk tail
  wiredesk tail --language vi --language fr --entity Q881
  wiredesk tail --since 10m --country VN --source news.example
  wiredesk tail --status retracted --from-beginning
  wiredesk tail --from-beginning --count 100 --json > events.ndjson
  wiredesk tail --dead-letters --since 1h

A filter that is given more than once takes what passes any of its values; an event must pass every filter.
Colours are for terminals alone, and NO_COLOR=1 switches them off.")]
pub(super) struct Args {
    /// Print events as JSON, one a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    filter: filter::Args,
    /// Begin with the oldest event and not with the next
    #[arg(long, conflicts_with = "since")]
    from_beginning: bool,
    /// Begin with what was written at this time or later: 2026-03-01, 2026-03-01T06:00:00Z, or 90s, 10m, 6h, 2d ago
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// End after this many
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// Follow the dead letters instead
    #[arg(long, conflicts_with_all = ["language", "status", "source", "entity", "country", "json"])]
    dead_letters: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    let filter = Filter::new(&args.filter)?;
    let start = match &args.since {
        Some(since) => Start::Time(moment::parse(since)?),
        None if args.from_beginning => Start::Beginning,
        None => Start::End,
    };
    runtime()?.block_on(async {
        reach(&config).await?;
        let topic = if args.dead_letters { &config.topics.dead_letter } else { &config.topics.enriched };
        let consumer = follow(&config, &[topic], start)?;
        let stop = stop_on_signal()?;
        tokio::select! {
            () = stopped(stop) => Ok(()),
            done = print(&consumer, args, &filter) => done,
        }
    })
}

/// Where following begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Start {
    /// With the oldest message.
    Beginning,
    /// With the first one of this time, in milliseconds since the Unix epoch, or later.
    Time(i64),
    /// With the next one.
    End,
}

/// A consumer of all partitions of these topics, outside of any group.
pub(super) fn follow(config: &Config, topics: &[&str], start: Start) -> Result<StreamConsumer<ClientErrors>, Failure> {
    let consumer: StreamConsumer<ClientErrors> = client_config(config, Role::Tail)
        .create_with_context(ClientErrors::default())
        .map_err(|error| Failure::Failed(format!("the consumer cannot be made: {error}")))?;
    let mut partitions = TopicPartitionList::new();
    for topic in topics {
        let metadata = consumer.fetch_metadata(Some(topic), METADATA_TIMEOUT).map_err(|error| {
            let why = consumer.client().context().last().unwrap_or_else(|| error.to_string());
            Failure::Failed(format!("no broker of {} answers: {why}", config.kafka.brokers.join(", ")))
        })?;
        let found = metadata.topics().iter().find(|found| found.name() == *topic);
        let listed = found.map(|found| found.partitions()).filter(|partitions| !partitions.is_empty());
        let listed = listed.ok_or_else(|| Failure::Failed(format!("there is no topic {topic}")))?;
        let at = match start {
            Start::Beginning => Offset::Beginning,
            Start::Time(time_ms) => Offset::Offset(time_ms),
            Start::End => Offset::End,
        };
        for partition in listed {
            let added = partitions.add_partition_offset(topic, partition.id(), at);
            added.map_err(|error| Failure::Failed(error.to_string()))?;
        }
    }
    if matches!(start, Start::Time(_)) {
        // Times go in where offsets come out; the end, where nothing is as late.
        let found = consumer.offsets_for_times(partitions, METADATA_TIMEOUT);
        partitions = found.map_err(|error| Failure::Failed(format!("no places for that time: {error}")))?;
    }
    consumer.assign(&partitions).map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(consumer)
}

async fn print(consumer: &StreamConsumer<ClientErrors>, args: &Args, filter: &Filter) -> Result<(), Failure> {
    let mut printed = 0;
    let mut stream = consumer.stream();
    while args.count.is_none_or(|count| printed < count) {
        let Some(next) = stream.next().await else { return Ok(()) };
        let message = next.map_err(|error| Failure::Failed(error.to_string()))?;
        let line = if args.dead_letters { Some(dead_letter(&message)) } else { line(&message, filter, args.json) };
        let Some(line) = line else { continue };
        writeln!(anstream::stdout().lock(), "{line}")?;
        printed += 1;
    }
    Ok(())
}

/// What is printed of an event, if it passes. One that this version cannot read passes the open filter alone.
fn line(message: &impl Message, filter: &Filter, json: bool) -> Option<String> {
    let value = message.payload()?;
    let wanted = match serde_json::from_slice::<Event>(value) {
        Ok(event) => filter.takes(&event),
        Err(_) => filter.is_open(),
    };
    wanted.then(|| if json { String::from_utf8_lossy(value).into_owned() } else { event(value) })
}

/// The view of a dead letter.
pub(super) fn dead_letter(message: &impl Message) -> String {
    let header = |name: &str| {
        let headers = message.headers()?;
        let found = headers.iter().find(|header| header.key == name)?;
        Some(String::from_utf8_lossy(found.value?).into_owned())
    };
    let origin =
        [header("__connect.errors.topic"), header("__connect.errors.partition"), header("__connect.errors.offset")];
    let [topic, partition, offset] = origin.map(Option::unwrap_or_default);
    let reason = header("wd-reason").unwrap_or_else(|| "no reason".to_owned());
    let detail = header("wd-detail").unwrap_or_default();
    view::dead_letter(&reason, &format!("{detail} ({topic}[{partition}]@{offset})"))
}

/// The view of an event, whichever version wrote it.
pub(super) fn event(value: &[u8]) -> String {
    match serde_json::from_slice::<Event>(value) {
        Ok(event) => view::event(&event),
        Err(_) => view::unknown(&serde_json::from_slice(value).unwrap_or_default()),
    }
}
