//! How to reach the cluster.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::read::Reader;
use super::secret::{Secret, secret};

/// Properties of librdkafka that carry the delivery guarantee, or that have a key of their own. Setting one below
/// `kafka.properties` would break a promise or contradict that key, so it is refused.
const OWNED_PROPERTIES: &[&str] = &[
    "auto.offset.reset",
    "bootstrap.servers",
    "compression.codec",
    "compression.type",
    "enable.auto.commit",
    "enable.auto.offset.store",
    "enable.idempotence",
    "fetch.max.bytes",
    "group.id",
    "group.instance.id",
    "group.protocol",
    "isolation.level",
    "metadata.broker.list",
    "partition.assignment.strategy",
    "queue.buffering.max.kbytes",
    "queued.max.messages.kbytes",
    "sasl.mechanism",
    "sasl.mechanisms",
    "sasl.password",
    "sasl.username",
    "security.protocol",
    "session.timeout.ms",
    "ssl.ca.location",
    "ssl.certificate.location",
    "ssl.key.location",
    "ssl.key.password",
    "transaction.timeout.ms",
    "transactional.id",
];

/// The cluster, and how to reach it.
#[derive(Clone, Debug)]
pub struct Kafka {
    /// `host:port`, one or more.
    pub brokers: Vec<String>,
    /// The consumer group.
    pub group: String,
    /// The name of this process within the group.
    pub instance: Instance,
    /// Whether workers keep their partitions over a restart.
    pub static_membership: bool,
    /// Where a group without committed offsets begins.
    pub start: Start,
    /// How long a silent process keeps its partitions.
    pub session_timeout: Duration,
    /// Encryption; `None` is plain text.
    pub tls: Option<Tls>,
    /// Authentication by name.
    pub sasl: Option<Sasl>,
    /// How often the files of certificates, keys and passwords are looked at.
    pub credentials_poll: Duration,
    /// Other properties of librdkafka.
    pub properties: BTreeMap<String, String>,
}

/// The name of a process within its group: unique, and best the same after a restart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance(pub String);

/// Where a group without committed offsets begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With the oldest record.
    Earliest,
    /// With the next record.
    Latest,
}

/// Encryption of the connection.
#[derive(Clone, Debug)]
pub struct Tls {
    /// PEM file of trusted authorities; `None` is the system's.
    pub ca_file: Option<String>,
    /// PEM file of this client's certificate.
    pub certificate_file: Option<String>,
    /// PEM file of its key.
    pub key_file: Option<String>,
    /// The key's password.
    pub key_password: Option<Secret>,
}

/// Authentication by name and password.
#[derive(Clone, Debug)]
pub struct Sasl {
    /// How.
    pub mechanism: SaslMechanism,
    /// The name.
    pub username: String,
    /// The password.
    pub password: Secret,
}

/// A SASL mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaslMechanism {
    /// The password as it is: only sensible over TLS.
    Plain,
    /// RFC 5802 with SHA-256.
    ScramSha256,
    /// RFC 5802 with SHA-512.
    ScramSha512,
}

impl SaslMechanism {
    const NAMES: &[(&str, Option<Self>)] = &[
        ("", None),
        ("PLAIN", Some(Self::Plain)),
        ("SCRAM-SHA-256", Some(Self::ScramSha256)),
        ("SCRAM-SHA-512", Some(Self::ScramSha512)),
    ];

    /// The mechanism's registered name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "PLAIN",
            Self::ScramSha256 => "SCRAM-SHA-256",
            Self::ScramSha512 => "SCRAM-SHA-512",
        }
    }
}

impl Kafka {
    pub(super) fn read(read: &mut Reader) -> Self {
        let starts = [("earliest", Start::Earliest), ("latest", Start::Latest)];
        let (named, instance) = instance(read);
        let static_membership = read.boolean("kafka.static_membership");
        if static_membership && !named {
            read.fault("kafka.static_membership", "needs a kafka.instance that stays the same over a restart");
        }
        Self {
            brokers: brokers(read),
            group: required(read, "kafka.group", "must name a consumer group"),
            instance,
            static_membership,
            start: read.choice("kafka.start", &starts),
            session_timeout: read.millis("kafka.session_timeout_ms", 1_000..=1_800_000),
            tls: tls(read),
            sasl: sasl(read),
            credentials_poll: read.millis("kafka.credentials_poll_ms", 100..=86_400_000),
            properties: properties(read),
        }
    }
}

impl Kafka {
    /// The files that certificates, keys and passwords stand in.
    #[must_use]
    pub fn credential_files(&self) -> Vec<PathBuf> {
        let (tls, sasl) = (self.tls.as_ref(), self.sasl.as_ref());
        let named = tls.into_iter().flat_map(|tls| [&tls.ca_file, &tls.certificate_file, &tls.key_file]);
        let secrets = tls.and_then(|tls| tls.key_password.as_ref()).into_iter().chain(sasl.map(|sasl| &sasl.password));
        let secrets = secrets.filter_map(|secret| secret.file().map(Path::to_owned));
        named.flatten().map(PathBuf::from).chain(secrets).collect()
    }

    /// The same, with the passwords that stand in their files now. Certificates and keys are read by each new client.
    ///
    /// # Errors
    /// Which file cannot be read.
    pub fn with_credentials_anew(&self) -> Result<Self, String> {
        let mut anew = self.clone();
        let passwords = anew.tls.iter_mut().filter_map(|tls| tls.key_password.as_mut());
        for secret in passwords.chain(anew.sasl.iter_mut().map(|sasl| &mut sasl.password)) {
            secret.read_anew()?;
        }
        Ok(anew)
    }
}

fn required(read: &mut Reader, key: &str, problem: &str) -> String {
    let text = read.text(key);
    if text.is_empty() {
        read.fault(key, problem);
    }
    text
}

fn brokers(read: &mut Reader) -> Vec<String> {
    let key = "kafka.brokers";
    let brokers = read.list(key);
    if brokers.is_empty() {
        read.fault(key, "must name at least one broker as host:port");
    }
    for broker in &brokers {
        let port = broker.rsplit_once(':').filter(|(host, _)| !host.is_empty()).map(|(_, port)| port.parse::<u16>());
        if !matches!(port, Some(Ok(1..))) {
            read.fault(key, format!("{broker:?} is not host:port"));
        }
    }
    brokers
}

/// The instance's name, and whether it was given.
fn instance(read: &mut Reader) -> (bool, Instance) {
    let name = read.text("kafka.instance");
    if name.is_empty() {
        let host = gethostname::gethostname();
        return (false, Instance(format!("{}-{}", host.to_string_lossy(), std::process::id())));
    }
    (true, Instance(name))
}

fn tls(read: &mut Reader) -> Option<Tls> {
    let enabled = read.boolean("kafka.tls.enabled");
    let tls = Tls {
        ca_file: read.file("kafka.tls.ca_file"),
        certificate_file: read.file("kafka.tls.certificate_file"),
        key_file: read.file("kafka.tls.key_file"),
        key_password: secret(read, "kafka.tls.key_password"),
    };
    if tls.certificate_file.is_some() != tls.key_file.is_some() {
        let lone = if tls.key_file.is_none() { "kafka.tls.key_file" } else { "kafka.tls.certificate_file" };
        read.fault(lone, "is missing: a certificate and its key go together");
    }
    if !enabled && (tls.ca_file.is_some() || tls.certificate_file.is_some() || tls.key_password.is_some()) {
        read.fault("kafka.tls.enabled", "is false, though other keys of kafka.tls are set");
    }
    enabled.then_some(tls)
}

fn sasl(read: &mut Reader) -> Option<Sasl> {
    let mechanism = read.choice("kafka.sasl.mechanism", SaslMechanism::NAMES);
    let username = read.text("kafka.sasl.username");
    let password = secret(read, "kafka.sasl.password");
    let Some(mechanism) = mechanism else {
        if !username.is_empty() || password.is_some() {
            read.fault("kafka.sasl.mechanism", "is empty, though a user name or password is set");
        }
        return None;
    };
    if username.is_empty() {
        read.fault("kafka.sasl.username", "must be set where a mechanism is");
    }
    let Some(password) = password else {
        read.fault("kafka.sasl.password", "must be set where a mechanism is, here or in password_file");
        return None;
    };
    Some(Sasl { mechanism, username, password })
}

fn properties(read: &mut Reader) -> BTreeMap<String, String> {
    let mut properties = BTreeMap::new();
    for (written, value) in read.below("kafka.properties") {
        let key = format!("kafka.properties.{written}");
        // The environment cannot write dots, and no property of librdkafka that a configuration can set has an underscore.
        let name = written.replace('_', ".").to_ascii_lowercase();
        if ["password", "secret", "token", "pem", "jaas", "oauthbearer.config"].iter().any(|part| name.contains(part)) {
            read.hide(&key);
        }
        if OWNED_PROPERTIES.contains(&name.as_str()) {
            read.fault(&key, "belongs to wiredesk: it has a key of its own or carries the delivery guarantee");
        }
        if let Some(problem) = unknown_to_the_client(&name, &value) {
            read.fault(&key, problem);
        }
        properties.insert(name, value);
    }
    properties
}

/// What librdkafka has against a property, without repeating its value.
fn unknown_to_the_client(name: &str, value: &str) -> Option<String> {
    let refused = rdkafka::ClientConfig::new().set(name, value).create_native_config().err()?;
    let why = match refused {
        rdkafka::error::KafkaError::ClientConfig(rdkafka::types::RDKafkaConfRes::RD_KAFKA_CONF_UNKNOWN, ..) => {
            "is not a property of librdkafka"
        }
        _ => "has a value that librdkafka does not take",
    };
    Some(why.to_owned())
}
