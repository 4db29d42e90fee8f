//! Before the first record is read: is everything there, and may we use it? What is wrong is named, all at once.

use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::metadata::Metadata;
use tokio::time::{Instant, sleep};
use tracing::{info, warn};

use super::client::{Role, client_config};
use super::reach::reach;
use super::{ClientErrors, Error, copies, error_of, probe};
use crate::config::{Config, Guarantee};

/// How long the cluster may take to answer one question.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a created topic may take to be known by every broker.
const SPREAD_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a topic that somebody created just before may take to be known.
const NEWS_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a cluster may take to come to rest: a broker that has just gone leaves partitions, groups and transactions
/// to others within that time, and a process that starts meanwhile need not fail.
const UNREST_MAX: Duration = Duration::from_secs(60);

/// The pause before a cluster that is not at rest is looked at again.
const UNREST_PAUSE: Duration = Duration::from_secs(1);

/// The `max.message.bytes` of a topic that does not say: Kafka's default.
const TOPIC_BYTES_DEFAULT: usize = 1_048_588;

/// What a message needs beside its key, value and headers: the frame of its batch (61 bytes), of the message and of each
/// header (some 10 bytes), rounded up generously.
const FRAME_BYTES: usize = 2_048;

/// What was learnt about the topics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topology {
    /// The largest message, in bytes, that the enriched topic takes.
    pub enriched_bytes_max: usize,
    /// The largest message, in bytes, that the dead-letter topic takes.
    pub dead_letter_bytes_max: usize,
}

impl Topology {
    /// The largest event, in bytes of key, value and headers.
    #[must_use]
    pub fn event_bytes_max(&self) -> usize {
        self.enriched_bytes_max.saturating_sub(FRAME_BYTES)
    }

    /// The largest dead letter, in bytes of key, value and headers.
    #[must_use]
    pub fn letter_bytes_max(&self) -> usize {
        self.dead_letter_bytes_max.saturating_sub(FRAME_BYTES)
    }
}

impl Default for Topology {
    fn default() -> Self {
        Self { enriched_bytes_max: TOPIC_BYTES_DEFAULT, dead_letter_bytes_max: TOPIC_BYTES_DEFAULT }
    }
}

/// Looks at the cluster, and creates missing topics where that is allowed. What may pass by itself is waited for.
///
/// # Errors
/// [`Error::Stop`] with everything that is wrong, a line each.
pub async fn preflight(config: &Config) -> Result<Topology, Error> {
    let deadline = Instant::now() + UNREST_MAX;
    loop {
        match look_once(config).await {
            Err(Error::Rewind(problem)) if Instant::now() < deadline => {
                warn!(problem, "the cluster is not at rest; looking again");
                sleep(UNREST_PAUSE).await;
            }
            looked => return looked.map_err(|error| Error::Stop(error.to_string())),
        }
    }
}

/// Looks at the cluster once.
///
/// # Errors
/// [`Error::Rewind`] if all that is wrong may pass by itself, else [`Error::Stop`].
async fn look_once(config: &Config) -> Result<Topology, Error> {
    let admin: AdminClient<ClientErrors> = client_config(config, Role::Admin)
        .create_with_context(ClientErrors::default())
        .map_err(|error| Error::Stop(format!("the client cannot be made: {error}")))?;
    let metadata = reach(config).await?;
    let brokers = metadata.brokers().len();
    let mut faults = topics(&admin, config, &metadata).await;
    faults.extend(patterns(config, &metadata).into_iter().map(Error::Stop));
    if faults.is_empty() {
        faults.extend(probe::group(config).await?);
        faults.extend(transaction_timeout(&admin, config, &metadata).await.map(Error::Stop));
    }
    if faults.is_empty() && config.delivery.guarantee == Guarantee::ExactlyOnce {
        faults.extend(probe::transactions(config).await?);
    }
    let mut topology = Topology::default();
    if faults.is_empty() {
        let (enriched, dead_letter) = (&config.topics.enriched, &config.topics.dead_letter);
        for (topic, bytes_max) in
            [(enriched, &mut topology.enriched_bytes_max), (dead_letter, &mut topology.dead_letter_bytes_max)]
        {
            // Without its limit a topic cannot be probed: the probe might be taken for an event.
            if let Some(known) = message_bytes_max(&admin, topic).await {
                *bytes_max = known;
                faults.extend(probe::write(config, topic, known).await);
            }
        }
        faults.extend(copies::check(&admin, config, topology.enriched_bytes_max).await);
    }
    all_told(&faults)?;
    let Topology { enriched_bytes_max, dead_letter_bytes_max } = topology;
    info!(brokers, enriched_bytes_max, dead_letter_bytes_max, "cluster checked");
    Ok(topology)
}

/// Everything that is wrong, a line each.
fn all_told(faults: &[Error]) -> Result<(), Error> {
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    match lines.join("\n") {
        none if none.is_empty() => Ok(()),
        text if faults.iter().any(|fault| matches!(fault, Error::Stop(_))) => Err(Error::Stop(text)),
        text => Err(Error::Rewind(text)),
    }
}

async fn topics(admin: &AdminClient<ClientErrors>, config: &Config, metadata: &Metadata) -> Vec<Error> {
    let raw = config.topics.raw.iter().filter(|name| !name.starts_with('^'));
    let mut faults = Vec::new();
    let deadline = Instant::now() + NEWS_TIMEOUT;
    for name in raw.map(String::as_str).chain(config.outputs()) {
        if metadata.topics().iter().any(|topic| topic.name() == name && topic.error().is_none()) {
            continue;
        }
        // A listing leaves out what this client may not see; asking by name tells why.
        let mut found = look(admin, name);
        while matches!(found, Ok(0)) && !config.topics.create && Instant::now() < deadline {
            sleep(Duration::from_millis(100)).await;
            found = look(admin, name);
        }
        match found {
            Ok(0) if config.topics.create => faults.extend(create(admin, config, name).await),
            Ok(0) => {
                let fault = format!("topic {name} does not exist: create it, or set topics.create = true");
                faults.push(Error::Stop(fault));
            }
            Ok(_) => {}
            Err(error) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::TopicAuthorizationFailed) => {
                let fault = format!("topic {name}: not permitted to describe it; grant DESCRIBE on it to this user");
                faults.push(Error::Stop(fault));
            }
            Err(error) => faults.push(error_of(&format!("topic {name}"), &error)),
        }
    }
    faults
}

/// How many partitions a topic has; 0 if there is none of this name.
fn look(admin: &AdminClient<ClientErrors>, name: &str) -> Result<usize, KafkaError> {
    let metadata = admin.inner().fetch_metadata(Some(name), ANSWER_TIMEOUT)?;
    let Some(topic) = metadata.topics().iter().find(|topic| topic.name() == name) else { return Ok(0) };
    match topic.error().map(RDKafkaErrorCode::from) {
        None => Ok(topic.partitions().len()),
        Some(RDKafkaErrorCode::UnknownTopicOrPartition | RDKafkaErrorCode::UnknownTopic) => Ok(0),
        Some(code) => Err(KafkaError::MetadataFetch(code)),
    }
}

async fn create(admin: &AdminClient<ClientErrors>, config: &Config, name: &str) -> Option<Error> {
    let replication = TopicReplication::Fixed(config.topics.replication.unwrap_or(-1));
    let mut topic = NewTopic::new(name, config.topics.partitions, replication);
    if config.copies.latest() == Some(name) {
        topic = topic.set(copies::POLICY, "compact");
    }
    let options = AdminOptions::new().operation_timeout(Some(ANSWER_TIMEOUT)).request_timeout(Some(ANSWER_TIMEOUT));
    let problem = match admin.create_topics([&topic], &options).await {
        Ok(results) => results.into_iter().find_map(Result::err).map(|(_, code)| code),
        Err(KafkaError::AdminOp(code)) => Some(code),
        Err(error) => return Some(error_of(&format!("topic {name} cannot be created"), &error)),
    };
    if let Some(code) = problem.filter(|code| *code != RDKafkaErrorCode::TopicAlreadyExists) {
        let fault = format!("topic {name} does not exist and cannot be created: {code}");
        return Some(if is_without_answer(code) { Error::Rewind(fault) } else { Error::Stop(fault) });
    }
    info!(topic = name, partitions = config.topics.partitions, "topic created");
    // A broker can acknowledge a topic before the others know it.
    let deadline = Instant::now() + SPREAD_TIMEOUT;
    while Instant::now() < deadline {
        if look(admin, name).is_ok_and(|partitions| partitions > 0) {
            return None;
        }
        sleep(Duration::from_millis(100)).await;
    }
    Some(Error::Rewind(format!("topic {name} was created and is not there after {SPREAD_TIMEOUT:?}")))
}

/// Whether nobody has said yes or no: the controller is away, or slow.
fn is_without_answer(code: RDKafkaErrorCode) -> bool {
    use RDKafkaErrorCode::{
        AllBrokersDown, BrokerTransportFailure, NetworkException, NotController, OperationTimedOut, RequestTimedOut,
    };
    matches!(
        code,
        AllBrokersDown
            | BrokerTransportFailure
            | NetworkException
            | NotController
            | OperationTimedOut
            | RequestTimedOut
    )
}

/// A pattern that matches one of our own outputs would feed events back in as articles.
fn patterns(config: &Config, metadata: &Metadata) -> Vec<String> {
    let patterns: Vec<&String> = config.topics.raw.iter().filter(|name| name.starts_with('^')).collect();
    let known: Vec<&str> = metadata.topics().iter().map(|topic| topic.name()).collect();
    let mut faults = Vec::new();
    for pattern in patterns {
        let Ok(regex) = regex_lite::Regex::new(pattern) else {
            faults.push(format!("topics.raw: {pattern:?} is not a regular expression"));
            continue;
        };
        for output in config.outputs().into_iter().filter(|output| regex.is_match(output)) {
            faults.push(format!("topics.raw: {pattern:?} matches {output}: events would be read again as articles"));
        }
        if !known.iter().any(|name| regex.is_match(name)) {
            warn!(pattern, "no topic matches this pattern yet");
        }
    }
    faults
}

/// Whether the brokers allow transactions as long as ours may be.
async fn transaction_timeout(
    admin: &AdminClient<ClientErrors>,
    config: &Config,
    metadata: &Metadata,
) -> Option<String> {
    if config.delivery.guarantee != Guarantee::ExactlyOnce {
        return None;
    }
    let broker = ResourceSpecifier::Broker(metadata.brokers().first()?.id());
    let allowed: u128 = setting(admin, &broker, "transaction.max.timeout.ms").await?.parse().ok()?;
    let wanted = config.delivery.transaction_timeout.as_millis();
    (wanted > allowed).then(|| {
        format!(
            "delivery.transaction_timeout_ms = {wanted}, but the brokers allow {allowed} (transaction.max.timeout.ms)"
        )
    })
}

pub(super) async fn message_bytes_max(admin: &AdminClient<ClientErrors>, topic: &str) -> Option<usize> {
    let value = setting(admin, &ResourceSpecifier::Topic(topic), "max.message.bytes").await;
    let bytes_max = value.and_then(|value| value.parse().ok());
    if bytes_max.is_none() {
        warn!(topic, default = TOPIC_BYTES_DEFAULT, "max.message.bytes not readable; Kafka's default assumed");
    }
    bytes_max
}

/// A setting of a topic or broker; `None` if it may not be read: that is a right many clusters do not grant.
pub(super) async fn setting(
    admin: &AdminClient<ClientErrors>,
    of: &ResourceSpecifier<'_>,
    name: &str,
) -> Option<String> {
    let options = AdminOptions::new().request_timeout(Some(ANSWER_TIMEOUT));
    let resources = admin.describe_configs([of], &options).await.ok()?;
    resources.into_iter().find_map(|resource| resource.ok()?.get(name)?.value.clone())
}
