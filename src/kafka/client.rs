//! The properties of the clients: this program's own, then those passed through.

use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;

use super::preflight::Topology;
use crate::config::{Config, Guarantee, Kafka, Start};

/// The largest value that librdkafka takes for `queued.max.messages.kbytes`.
const QUEUED_KBYTES_MAX: usize = 2_097_151;

/// The largest value that librdkafka takes for `queue.buffering.max.kbytes`.
const PRODUCED_KBYTES_MAX: usize = 2_147_483_647;

/// The bounds of `fetch.max.bytes`: the least is what a partition is asked for at once, the most is librdkafka's default.
const ANSWER_BYTES_MIN: usize = 1 << 20;
const ANSWER_BYTES_MAX: usize = 50 << 20;

/// What a client is for.
#[derive(Clone, Copy, Debug)]
pub enum Role<'a> {
    /// Look at the cluster, and create topics.
    Admin,
    /// Read raw records as a member of the group.
    Source {
        /// The worker, for static membership; `None` looks at the group without joining.
        worker: Option<usize>,
    },
    /// Write events and dead letters.
    Sink {
        /// The worker, for the transactional id.
        worker: usize,
        /// What the topics take.
        topology: &'a Topology,
    },
    /// Write records for the `produce` command.
    Produce,
    /// Look at topics outside of any group's committed offsets: the `tail` command, and the measuring of lag.
    Tail,
    /// Read a topic from end to end.
    Scan {
        /// Whose committed offsets it may look at: those of a replay of dead letters say how far that has come.
        group: &'a str,
    },
    /// Write dead letters to a raw topic again, in transactions with the offsets of this group.
    Replay {
        /// The group of the replay, which is the transactional id, too: two runs of one replay fence each other.
        group: &'a str,
    },
}

/// The properties of a client in this role.
#[must_use]
pub fn client_config(config: &Config, role: Role<'_>) -> ClientConfig {
    let mut client = base(&config.kafka);
    match role {
        Role::Admin => {}
        Role::Source { worker } => source(&mut client, config, worker),
        Role::Sink { worker, topology } => sink(&mut client, config, worker, topology),
        Role::Produce => {
            // Raw records may be as large as the input takes; the topic has the last word.
            client.set("message.max.bytes", (config.limits.value_bytes_max + 1024 * 1024).to_string());
            client.set("enable.idempotence", "true").set("compression.codec", config.delivery.compression);
            client.set("linger.ms", "5");
            // librdkafka would try for five minutes; a wrong address is to be told sooner.
            client.set("delivery.timeout.ms", config.delivery.timeout.as_millis().to_string());
        }
        Role::Tail => {
            client.set("group.id", format!("{}-tail-{}", config.kafka.group, config.kafka.instance.0));
            session(&mut client, &config.kafka);
            client.set("enable.auto.commit", "false").set("isolation.level", "read_committed");
        }
        Role::Scan { group } => {
            client.set("group.id", group).set("auto.offset.reset", "earliest");
            session(&mut client, &config.kafka);
            client.set("enable.auto.commit", "false").set("isolation.level", "read_committed");
            // A topic's last messages may be aborted ones, or markers, which no reader sees: only the broker can tell
            // where it ends.
            client.set("enable.partition.eof", "true");
        }
        Role::Replay { group } => {
            client.set("message.max.bytes", (config.limits.value_bytes_max + 1024 * 1024).to_string());
            client.set("enable.idempotence", "true").set("compression.codec", config.delivery.compression);
            transactions(&mut client, config, group.to_owned());
        }
    }
    for (name, value) in &config.kafka.properties {
        client.set(name, value);
    }
    client
}

/// The transactional id of one user of transactions in this process: a worker's number, or `preflight`.
pub(super) fn transactional_id(config: &Config, user: &str) -> String {
    format!("{}-{}-{user}", config.kafka.group, config.kafka.instance.0)
}

fn base(kafka: &Kafka) -> ClientConfig {
    let mut client = ClientConfig::new();
    client.set("bootstrap.servers", kafka.brokers.join(","));
    client.set("client.id", format!("wiredesk-{}", kafka.instance.0));
    client.set_log_level(RDKafkaLogLevel::Info);
    let protocol = match (&kafka.tls, &kafka.sasl) {
        (None, None) => "plaintext",
        (Some(_), None) => "ssl",
        (None, Some(_)) => "sasl_plaintext",
        (Some(_), Some(_)) => "sasl_ssl",
    };
    client.set("security.protocol", protocol);
    if let Some(tls) = &kafka.tls {
        // The OpenSSL that is built in does not know where this system keeps its authorities; librdkafka looks around.
        client.set("ssl.ca.location", tls.ca_file.as_deref().unwrap_or("probe"));
        let files = [("ssl.certificate.location", &tls.certificate_file), ("ssl.key.location", &tls.key_file)];
        for (name, file) in files {
            file.iter().for_each(|file| _ = client.set(name, file));
        }
        tls.key_password.iter().for_each(|password| _ = client.set("ssl.key.password", password.reveal()));
    }
    if let Some(sasl) = &kafka.sasl {
        client.set("sasl.mechanism", sasl.mechanism.as_str());
        client.set("sasl.username", &sasl.username).set("sasl.password", sasl.password.reveal());
    }
    client
}

fn source(client: &mut ClientConfig, config: &Config, worker: Option<usize>) {
    let kafka = &config.kafka;
    let start = match kafka.start {
        Start::Earliest => "earliest",
        Start::Latest => "latest",
    };
    client.set("group.id", &kafka.group);
    if let Some(worker) = worker.filter(|_| kafka.static_membership) {
        client.set("group.instance.id", format!("{}-{worker}", kafka.instance.0));
    }
    client.set("auto.offset.reset", start);
    session(client, kafka);
    client.set("partition.assignment.strategy", "cooperative-sticky");
    client.set("enable.auto.commit", "false").set("enable.auto.offset.store", "false");
    client.set("isolation.level", "read_committed");
    client.set("enable.partition.eof", "false");
    let fetched = config.memory.fetched_bytes_max;
    client.set("queued.max.messages.kbytes", (fetched / 1024).min(QUEUED_KBYTES_MAX).to_string());
    // What is under way comes on top of what is queued: an answer of each broker, which is no larger than this.
    client.set("fetch.max.bytes", (fetched / 4).clamp(ANSWER_BYTES_MIN, ANSWER_BYTES_MAX).to_string());
    // The default of one second starves a fast consumer whose queue was full: 31k instead of 78k messages a second.
    client.set("fetch.queue.backoff.ms", "10");
    client.set("statistics.interval.ms", "1000");
}

/// How long a member may be silent. A client that joins no group has it, too: librdkafka compares it with properties that
/// are passed through.
fn session(client: &mut ClientConfig, kafka: &Kafka) {
    client.set("session.timeout.ms", kafka.session_timeout.as_millis().to_string());
    // A third of the session, as Kafka advises: two heartbeats may be lost.
    client.set("heartbeat.interval.ms", (kafka.session_timeout.as_millis() / 3).max(1).to_string());
}

fn sink(client: &mut ClientConfig, config: &Config, worker: usize, topology: &Topology) {
    let largest = topology.enriched_bytes_max.max(topology.dead_letter_bytes_max);
    let smallest = topology.enriched_bytes_max.min(topology.dead_letter_bytes_max);
    client.set("message.max.bytes", largest.clamp(1_000, 1_000_000_000).to_string());
    // A message set is refused whole when it is larger than its topic takes, so it may not outgrow the smaller one.
    client.set("batch.size", smallest.clamp(1_000, 1_000_000).to_string());
    client.set("compression.codec", config.delivery.compression);
    client.set("enable.idempotence", "true");
    // The whole batch is queued at once, and awaited: waiting longer for more would only delay its end.
    client.set("linger.ms", "2");
    // A queue that is smaller than a message would never take it.
    let queue = config.memory.produced_bytes_max.max(largest);
    client.set("queue.buffering.max.kbytes", queue.div_ceil(1024).min(PRODUCED_KBYTES_MAX).to_string());
    client.set("delivery.timeout.ms", config.delivery.timeout.as_millis().to_string());
    match config.delivery.guarantee {
        Guarantee::AtLeastOnce => {}
        Guarantee::ExactlyOnce => transactions(client, config, transactional_id(config, &worker.to_string())),
    }
}

fn transactions(client: &mut ClientConfig, config: &Config, id: String) {
    client.set("transactional.id", id);
    let transaction = config.delivery.transaction_timeout.as_millis();
    client.set("transaction.timeout.ms", transaction.to_string());
    // librdkafka refuses a delivery timeout that outlasts the transaction.
    client.set("delivery.timeout.ms", transaction.min(config.delivery.timeout.as_millis()).to_string());
}
