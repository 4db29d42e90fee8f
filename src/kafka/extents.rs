//! Where the partitions of this process begin and end: what lag is measured against.
//!
//! A worker's own client cannot tell. It serves its statistics between batches, behind all that it has fetched, so that
//! under load its word is old just when lag matters. A client of its own asks the brokers instead.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tracing::{error, info, warn};

use super::client::{Role, client_config};
use super::consumer::blocking;
use super::{ClientErrors, Error, describe};
use crate::config::Config;
use crate::telemetry::{Extent, Telemetry};

/// How often the brokers are asked.
const PERIOD: Duration = Duration::from_secs(2);

/// How long they may take to answer for one partition.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

/// For how long they may be silent before that is logged.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// Tells the progress board where each partition begins and ends, and which raw topics are gone, until it is dropped.
///
/// # Errors
/// [`Error::Stop`] if the client refuses its configuration.
pub async fn watch_extents(config: &Config, telemetry: Arc<Telemetry>) -> Result<(), Error> {
    let client = client_config(config, Role::Tail);
    let refused = |error| Error::Stop(format!("the client that measures lag cannot be made: {error}"));
    let consumer: BaseConsumer<ClientErrors> = client.create_with_context(ClientErrors::default()).map_err(refused)?;
    let consumer = Arc::new(consumer);
    let topics: Arc<[String]> = config.topics.raw.iter().filter(|name| !name.starts_with('^')).cloned().collect();
    let mut ticks = interval(PERIOD);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut silence = Silence::since(Instant::now());
    loop {
        ticks.tick().await;
        let (consumer, telemetry, topics) = (consumer.clone(), telemetry.clone(), topics.clone());
        let asked = blocking(move || ask(&consumer, &telemetry, &topics)).await?;
        match silence.heard(asked.is_ok(), Instant::now()) {
            Some(Turn::Began(seconds)) => {
                let problem = asked.err().unwrap_or_default();
                warn!(seconds, problem, "the brokers do not answer");
            }
            Some(Turn::Ended(seconds)) => info!(seconds, "the brokers answer again"),
            None => {}
        }
    }
}

/// What the log is told of the brokers' silence: once when it has lasted too long, and once when it ends.
#[derive(Debug)]
struct Silence {
    since: Instant,
    is_told: bool,
}

/// Silence that is to be told has begun or ended, after so many seconds.
#[derive(Debug, PartialEq, Eq)]
enum Turn {
    Began(u64),
    Ended(u64),
}

impl Silence {
    fn since(since: Instant) -> Self {
        Self { since, is_told: false }
    }

    fn heard(&mut self, is_answered: bool, now: Instant) -> Option<Turn> {
        let lasted = now.duration_since(self.since);
        match (is_answered, self.is_told) {
            (true, was_told) => {
                *self = Self::since(now);
                was_told.then_some(Turn::Ended(lasted.as_secs()))
            }
            (false, false) if lasted >= SILENCE_MAX => {
                self.is_told = true;
                Some(Turn::Began(lasted.as_secs()))
            }
            (false, _) => None,
        }
    }
}

/// Asks for every topic and partition, up to the first that is not answered: the others would not be, either. What was not
/// answered, and why.
fn ask(consumer: &BaseConsumer<ClientErrors>, telemetry: &Telemetry, topics: &[String]) -> Result<(), String> {
    // Its log lines and errors wait in a queue that only polling empties.
    while consumer.poll(Duration::ZERO).is_some() {}
    let progress = &telemetry.progress;
    match missing(consumer, topics) {
        Ok(missing) if missing.is_empty() => _ = progress.missing(missing),
        Ok(missing) => {
            let topics = missing.join(" ");
            if progress.missing(missing) {
                error!(topics, "raw topics do not exist; they are read as soon as they do");
            }
        }
        Err(error) => return Err(format!("topics not known: {}", describe(&error))),
    }
    for partition in progress.assignment() {
        match consumer.fetch_watermarks(&partition.topic, partition.partition, ANSWER_TIMEOUT) {
            Ok((low, end)) => progress.extends(&partition, Extent { low, end }),
            Err(error) => return Err(format!("the end of {partition} is not known: {}", describe(&error))),
        }
    }
    progress.answered();
    Ok(())
}

/// The topics that the brokers do not know.
fn missing(consumer: &BaseConsumer<ClientErrors>, topics: &[String]) -> Result<Vec<String>, KafkaError> {
    let mut missing = Vec::new();
    for topic in topics {
        let metadata = consumer.fetch_metadata(Some(topic), ANSWER_TIMEOUT)?;
        if metadata.topics().iter().all(|found| found.partitions().is_empty()) {
            missing.push(topic.clone());
        }
    }
    Ok(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_told_once_and_so_is_its_end() {
        let start = Instant::now();
        let mut silence = Silence::since(start);
        let mut heard = |is_answered, second| silence.heard(is_answered, start + Duration::from_secs(second));
        assert_eq!(heard(true, 2), None);
        assert_eq!(heard(false, 9), None);
        assert_eq!(heard(true, 30), None, "an answer ends a silence that was short");
        assert_eq!(heard(false, 59), None);
        assert_eq!(heard(false, 61), Some(Turn::Began(31)));
        assert_eq!(heard(false, 90), None, "it is told once");
        assert_eq!(heard(true, 95), Some(Turn::Ended(65)));
        assert_eq!(heard(true, 97), None);
    }
}
