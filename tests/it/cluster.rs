//! One real Kafka for the whole run, from `deploy/kafka-local`, which ends it when this process has ended.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Brokers settings that make the tests quick: short sessions, transactions of the dead ended within a second, and a
/// limit for transactions that a test can go beyond.
const SETTINGS: &str = "group.min.session.timeout.ms=1000;transaction.max.timeout.ms=60000;\
    transaction.abort.timed.out.transaction.cleanup.interval.ms=1000";

/// A running cluster: one broker with a listener for each way in, and access rules on all but `plain`.
#[derive(Debug)]
pub(crate) struct Cluster {
    data: PathBuf,
    environment: BTreeMap<String, String>,
}

/// The cluster; `None`, loudly, where none can run. It starts at the first call.
pub(crate) fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Result<Option<Cluster>, String>> = OnceLock::new();
    match CLUSTER.get_or_init(start) {
        Ok(found) => found.as_ref(),
        Err(problem) => panic!("{problem}"),
    }
}

/// Held by tests that load both cores, so that they run one after the other.
pub(crate) fn heavy() -> MutexGuard<'static, ()> {
    static HEAVY: Mutex<()> = Mutex::new(());
    HEAVY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits. These tests are threads that watch processes: there is no async thread that could be blocked.
#[expect(clippy::disallowed_methods, reason = "no async thread is blocked")]
pub(crate) fn pause(duration: std::time::Duration) {
    std::thread::sleep(duration);
}

/// Writes past the capture of the test harness, which hides what a passing test prints.
pub(crate) fn say(line: &str) {
    // A closed standard error must not fail a test.
    _ = writeln!(std::io::stderr(), "{line}");
}

fn start() -> Result<Option<Cluster>, String> {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("kafka-{}", std::process::id()));
    let owner = std::process::id().to_string();
    let started = script(&data).args(["start", "1", "--mode", "acl", "--owner", &owner]).output();
    let started = started.map_err(|error| format!("deploy/kafka-local cannot be run: {error}"))?;
    match started.status.code() {
        Some(0) => {}
        Some(3) => return skip(&String::from_utf8_lossy(&started.stderr)),
        _ => return Err(format!("no Kafka: {}", said(&started))),
    }
    let environment = environment(&data)?;
    Ok(Some(Cluster { data, environment }))
}

/// What the script tells of a cluster.
fn environment(data: &Path) -> Result<BTreeMap<String, String>, String> {
    let listed = script(data).arg("env").output().map_err(|error| error.to_string())?;
    let lines = String::from_utf8_lossy(&listed.stdout).into_owned();
    let pairs = lines.lines().filter_map(|line| line.split_once('='));
    Ok(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn skip(why: &str) -> Result<Option<Cluster>, String> {
    let why = format!("SKIP real Kafka: {}", why.lines().last().unwrap_or("no reason given"));
    if std::env::var("CI").is_ok_and(|ci| ci == "true") {
        return Err(format!("{why}; with CI=true that is a failure"));
    }
    say(&why);
    Ok(None)
}

fn script(data: &Path) -> Command {
    let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/kafka-local"));
    command.arg("--data").arg(data).env("KAFKA_PORT", "auto").env("KAFKA_EXTRA", SETTINGS);
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Three brokers, with every partition on each of them and two that must have it.
#[derive(Debug)]
pub(crate) struct Brokers {
    data: PathBuf,
    pub(crate) addresses: String,
}

impl Brokers {
    /// Starts them; `None`, loudly, where none can run.
    pub(crate) fn start(name: &str) -> Option<Self> {
        Self::start_in(name, &[], &[])
    }

    /// Starts them with further arguments and in a further environment of the script.
    pub(crate) fn start_in(name: &str, words: &[&str], within: &[(&str, &str)]) -> Option<Self> {
        let data = Self::data(name);
        let owner = std::process::id().to_string();
        let mut start = script(&data);
        start.args(["start", "3", "--owner", &owner]).args(words).env("KAFKA_HEAP", "256m");
        let started = start.envs(within.iter().copied()).output().expect("the script runs");
        match started.status.code() {
            Some(0) => {
                let addresses = String::from_utf8_lossy(&started.stdout).lines().last().expect("an address").to_owned();
                Some(Self { data, addresses })
            }
            Some(3) => {
                let skipped = skip(&String::from_utf8_lossy(&started.stderr));
                skipped.unwrap_or_else(|problem| panic!("{problem}"));
                None
            }
            _ => panic!("no Kafka: {}", said(&started)),
        }
    }

    /// Where brokers of this name keep what they have.
    pub(crate) fn data(name: &str) -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("brokers-{name}-{}", std::process::id()))
    }

    /// What the script tells of them under this name.
    pub(crate) fn of(&self, name: &str) -> String {
        let mut environment = environment(&self.data).expect("the script runs");
        environment.remove(name).unwrap_or_else(|| panic!("kafka-local names no {name}"))
    }

    /// Runs a command of the script on them.
    pub(crate) fn command(&self, words: &str) {
        let output = script(&self.data).args(words.split(' ')).output().expect("the script runs");
        assert!(output.status.success(), "{words}: {}\n{}", said(&output), self.story());
    }

    fn status(&self) -> String {
        script(&self.data).arg("status").output().map_or_else(|error| error.to_string(), |status| said(&status))
    }

    /// How many of them no longer run.
    pub(crate) fn ended(&self) -> usize {
        self.status().lines().filter(|line| line.ends_with(" down")).count()
    }

    /// How they are, and what each complained of last.
    pub(crate) fn story(&self) -> String {
        let status = self.status();
        let complaints = (1..=3).map(|broker| {
            let log = std::fs::read_to_string(self.data.join(format!("{broker}/server.log"))).unwrap_or_default();
            let lines = log.lines().filter(|line| line.contains(" ERROR ") || line.contains(" WARN "));
            let last: Vec<&str> = lines.collect();
            format!("broker {broker}:\n{}\n", last[last.len().saturating_sub(10)..].join("\n"))
        });
        status + &complaints.collect::<String>()
    }
}

impl Drop for Brokers {
    fn drop(&mut self) {
        // The script ends them anyway once this process has ended.
        _ = script(&self.data).arg("destroy").output();
    }
}

impl Cluster {
    /// Where anyone may do everything.
    pub(crate) fn brokers(&self) -> &str {
        self.of("KAFKA_BOOTSTRAP_PLAIN")
    }

    /// What the script tells of the cluster under this name: an address, a password, a file.
    pub(crate) fn of(&self, name: &str) -> &str {
        self.environment.get(name).unwrap_or_else(|| panic!("kafka-local names no {name}"))
    }

    /// Runs a command of the script on this cluster.
    pub(crate) fn command(&self, words: &str) {
        let output = script(&self.data).args(words.split(' ')).output().expect("the script runs");
        assert!(output.status.success(), "{words}: {}", said(&output));
    }

    /// Changes what a user may do with topics, a group and transactional ids that begin so.
    pub(crate) fn rule(&self, change: &str, user: &str, prefix: &str) {
        let at = self.brokers();
        self.command(&format!(
            "tool org.apache.kafka.tools.AclCommand --bootstrap-server {at} {change} User:{user} --operation All \
             --topic {prefix} --group {prefix} --transactional-id {prefix} --resource-pattern-type prefixed"
        ));
    }

    /// The codecs of the batches of records in a partition, as their headers on disk name them.
    pub(crate) fn codecs(&self, topic: &str, partition: i32) -> Vec<u8> {
        let path = self.data.join(format!("1/log/{topic}-{partition}/00000000000000000000.log"));
        let log = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (mut codecs, mut at) = (Vec::new(), 0);
        // A batch: base offset in 8 bytes, length of the rest in 4, epoch in 4, format in 1, checksum in 4, attributes in
        // 2, of which the three lowest bits are the codec and the sixth marks the end of a transaction.
        while let Some(head) = log.get(at..at + 23) {
            let length = u32::from_be_bytes([head[8], head[9], head[10], head[11]]);
            if head[22] & 0x20 == 0 {
                codecs.push(head[22] & 7);
            }
            at += 12 + length as usize;
        }
        codecs
    }
}
