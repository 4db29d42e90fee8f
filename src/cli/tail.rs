//! `wiredesk tail`: follow the enriched topic.

use std::io::Write;

use futures::StreamExt;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::message::{Headers, Message};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};

use super::run::stop_on_signal;
use super::{Failure, Layers, runtime, view};
use crate::config::Config;
use crate::event::{Event, LanguageTag};
use crate::kafka::{ClientErrors, Role, client_config};
use crate::service::stopped;

/// How long the brokers may take to list the partitions.
const METADATA_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(10);

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  wiredesk tail
  wiredesk tail --language vi --language fr --entity Q881
  wiredesk tail --from-beginning --count 100 --json > events.ndjson
  wiredesk tail --dead-letters")]
pub(super) struct Args {
    /// Print events as JSON, one a line
    #[arg(long)]
    json: bool,
    /// Only articles in this language; may be given more than once
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Only articles that name this entity: an id, the end of one, or a part of a name
    #[arg(long, value_name = "ID|NAME")]
    entity: Vec<String>,
    /// Begin with the oldest event and not with the next
    #[arg(long)]
    from_beginning: bool,
    /// End after this many
    #[arg(long, value_name = "N")]
    count: Option<u64>,
    /// Follow the dead letters instead
    #[arg(long, conflicts_with_all = ["language", "entity", "json"])]
    dead_letters: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    let filter = Filter::new(args)?;
    runtime()?.block_on(async {
        let topic = if args.dead_letters { &config.topics.dead_letter } else { &config.topics.enriched };
        let consumer = follow(&config, &[topic], args.from_beginning)?;
        let stop = stop_on_signal()?;
        tokio::select! {
            () = stopped(stop) => Ok(()),
            done = print(&consumer, args, &filter) => done,
        }
    })
}

/// A consumer of all partitions of these topics, outside of any group.
pub(super) fn follow(
    config: &Config,
    topics: &[&str],
    from_beginning: bool,
) -> Result<StreamConsumer<ClientErrors>, Failure> {
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
        let start = if from_beginning { Offset::Beginning } else { Offset::End };
        for partition in listed {
            let added = partitions.add_partition_offset(topic, partition.id(), start);
            added.map_err(|error| Failure::Failed(error.to_string()))?;
        }
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
        let line = if args.dead_letters { Some(dead_letter(&message)) } else { filter.line(&message, args.json) };
        let Some(line) = line else { continue };
        match writeln!(anstream::stdout().lock(), "{line}") {
            Ok(()) => printed += 1,
            // Whoever read our output has seen enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
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

#[derive(Debug)]
struct Filter {
    languages: Vec<LanguageTag>,
    entities: Vec<String>,
}

impl Filter {
    fn new(args: &Args) -> Result<Self, Failure> {
        let tag = |text: &String| {
            LanguageTag::parse(text).ok_or_else(|| Failure::Usage(format!("{text:?} is not a language tag such as vi")))
        };
        let languages = args.language.iter().map(tag).collect::<Result<_, _>>()?;
        Ok(Self { languages, entities: args.entity.iter().map(|entity| entity.to_lowercase()).collect() })
    }

    fn line(&self, message: &impl Message, json: bool) -> Option<String> {
        let value = message.payload()?;
        let wanted = match serde_json::from_slice::<Event>(value) {
            Ok(event) => self.wants(&event),
            Err(_) => self.languages.is_empty() && self.entities.is_empty(),
        };
        wanted.then(|| if json { String::from_utf8_lossy(value).into_owned() } else { self::event(value) })
    }

    fn wants(&self, event: &Event) -> bool {
        let language = event.language.as_ref().map(|language| &language.tag);
        let of_language = self.languages.is_empty() || language.is_some_and(|tag| self.languages.contains(tag));
        let named = |wanted: &String| {
            event.entities.iter().any(|entity| {
                let mut ids = entity.id.iter().chain(&entity.same_as).map(|id| id.to_lowercase());
                let names = entity.mentions.iter().map(|mention| &mention.text).chain([&entity.name]);
                ids.any(|id| id == *wanted || id.ends_with(&format!(":{wanted}")))
                    || names.into_iter().any(|name| name.to_lowercase().contains(wanted.as_str()))
            })
        };
        of_language && (self.entities.is_empty() || self.entities.iter().any(named))
    }
}
