//! Where the partitions of this process begin and end: what lag is measured against.
//!
//! A worker's own client cannot tell. It serves its statistics between batches, behind all that it has fetched, so that
//! under load its word is old just when lag matters. A client of its own asks the brokers instead.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use tokio::time::{MissedTickBehavior, interval};
use tracing::{debug, error};

use super::client::{Role, client_config};
use super::consumer::blocking;
use super::{ClientErrors, Error};
use crate::config::Config;
use crate::telemetry::{Extent, Telemetry};

/// How often the brokers are asked.
const PERIOD: Duration = Duration::from_secs(2);

/// How long they may take to answer for one partition.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

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
    loop {
        ticks.tick().await;
        let (consumer, telemetry, topics) = (consumer.clone(), telemetry.clone(), topics.clone());
        blocking(move || ask(&consumer, &telemetry, &topics)).await?;
    }
}

/// Asks for every topic and partition, up to the first that is not answered: the others would not be, either.
fn ask(consumer: &BaseConsumer<ClientErrors>, telemetry: &Telemetry, topics: &[String]) {
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
        Err(error) => return debug!(%error, "topics not known"),
    }
    for partition in progress.assignment() {
        match consumer.fetch_watermarks(&partition.topic, partition.partition, ANSWER_TIMEOUT) {
            Ok((low, end)) => progress.extends(&partition, Extent { low, end }),
            Err(error) => return debug!(%partition, %error, "extent not known"),
        }
    }
    progress.answered();
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
