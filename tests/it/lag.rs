//! Lag on a real Kafka: it is what a reader of committed records has left, and nothing that transactions leave behind.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};

use crate::articles::native;
use crate::cluster::{cluster, pause};
use crate::delivery::desk;
use crate::http::{metrics, sum};
use crate::kafka::{client, expire};
use crate::process::Desk;

const PATIENCE: Duration = Duration::from_secs(300);

/// A producer with transactions, into the first partition of a desk's raw topic.
struct Transactions<'a> {
    producer: BaseProducer,
    topic: &'a str,
    sent: usize,
}

impl<'a> Transactions<'a> {
    fn new(desk: &'a Desk) -> Self {
        let mut config = client(&desk.brokers);
        config.set("transactional.id", format!("{}.sender", desk.group));
        let producer: BaseProducer = config.create().expect("a producer");
        producer.init_transactions(PATIENCE).expect("transactions");
        Self { producer, topic: &desk.raw, sent: 0 }
    }

    /// Begins a transaction and sends so many articles in it.
    fn begin(&mut self, articles: usize) {
        self.producer.begin_transaction().expect("begins");
        for number in self.sent..self.sent + articles {
            let value = native(number).value.expect("an article");
            let record = BaseRecord::<(), [u8]>::to(self.topic).partition(0).payload(&value);
            self.producer.send(record).expect("queued");
        }
        self.producer.flush(PATIENCE).expect("acknowledged");
        self.sent += articles;
    }
}

/// The series of lag in records that a process shows, by partition.
fn lags(address: &str) -> BTreeMap<String, f64> {
    let found = metrics(address);
    found.into_iter().filter(|(series, _)| series.starts_with("wiredesk_consumer_lag_records{")).collect()
}

/// What is shown once the brokers have been asked after this moment: so many records delivered, so much lag in all.
fn await_lag(address: &str, delivered: usize, lag: f64) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = metrics(address);
        let answered = found["wiredesk_brokers_answered_timestamp_seconds"];
        let consumed = sum(&found, "wiredesk_records_consumed_total", &[]);
        let lags = lags(address);
        let seen: f64 = lags.values().sum();
        // An answer of the next second is one to a question that was asked later.
        let is_asked = answered > now as f64 + 1.0 && lags.len() == 3;
        if is_asked && consumed == delivered && (seen - lag).abs() < 0.5 {
            return;
        }
        assert!(Instant::now() < deadline, "{consumed} delivered, lag {seen}, expected {delivered} and {lag}");
        pause(Duration::from_millis(100));
    }
}

/// The partitions of which a process shows any series.
fn partitions(address: &str) -> BTreeSet<String> {
    let labels = |series: &String| Some(series.split_once("partition=\"")?.1.split('"').next()?.to_owned());
    metrics(address).keys().filter_map(labels).collect()
}

/// Waits for this of what is shown.
fn await_that(what: &str, told: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !told() {
        assert!(Instant::now() < deadline, "{what} was not told");
        pause(Duration::from_millis(100));
    }
}

/// Where the first partition ends for a reader that sees everything.
fn end(desk: &Desk) -> i64 {
    let mut config = client(&desk.brokers);
    config.set("isolation.level", "read_uncommitted");
    let consumer: BaseConsumer = config.create().expect("a consumer");
    consumer.fetch_watermarks(&desk.raw, 0, PATIENCE).expect("the brokers answer").1
}

#[test]
fn lag_is_what_a_reader_of_committed_records_has_left() {
    let Some(cluster) = cluster() else { return };
    let desk = desk(cluster, "lag", "exactly_once");
    let mut running = desk.run();
    let address = running.address();
    let mut transactions = Transactions::new(&desk);
    transactions.begin(5);
    transactions.producer.commit_transaction(PATIENCE).expect("committed");
    // The sixth offset is the transaction's marker, which is written after the commit is acknowledged.
    await_that("the end behind a marker", || end(&desk) == 6);
    await_lag(&address, 5, 0.0);
    transactions.begin(4);
    transactions.producer.abort_transaction(PATIENCE).expect("aborted");
    await_that("the end behind another marker", || end(&desk) == 11);
    await_lag(&address, 5, 0.0);
    // What is in an open transaction, and what comes after it, is not there yet.
    transactions.begin(7);
    assert_eq!(end(&desk), 18);
    await_lag(&address, 5, 0.0);
    transactions.producer.commit_transaction(PATIENCE).expect("committed");
    await_lag(&address, 12, 0.0);
    running.stop();
}

#[test]
fn a_partition_that_moves_takes_its_series_with_it() {
    let Some(cluster) = cluster() else { return };
    let desk = desk(cluster, "lag-moves", "exactly_once");
    let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
    let all = names(&["0", "1", "2"]);
    let mut first = desk.run();
    let first_address = first.address();
    await_that("every partition by the first", || partitions(&first_address) == all);
    let mut second = desk.clone().with("kafka.instance", "b").run();
    let second_address = second.address();
    // While one moves nobody has it; never do both show it for good.
    await_that("each partition by one of two", || {
        let (one, other) = (partitions(&first_address), partitions(&second_address));
        !other.is_empty() && one.is_disjoint(&other) && one.union(&other).cloned().collect::<BTreeSet<_>>() == all
    });
    second.stop();
    await_that("every partition by the first again", || partitions(&first_address) == all);
    first.stop();
}

#[test]
fn records_that_expired_before_they_were_read_are_no_lag() {
    let Some(cluster) = cluster() else { return };
    // A transaction for each record: thousands take a while on any machine.
    let desk = desk(cluster, "lag-expired", "exactly_once").with("batch.records_max", "1");
    let mut running = desk.run();
    let address = running.address();
    await_lag(&address, 0, 0.0);
    let mut transactions = Transactions::new(&desk);
    transactions.begin(5_000);
    transactions.producer.commit_transaction(PATIENCE).expect("committed");
    let lag = || lags(&address).values().sum::<f64>();
    await_that("a long way to go", || lag() > 4_000.0);
    expire(&desk.brokers, &desk.raw, 0, 4_995);
    // What is left are five records and the marker, although it has been delivered nowhere near as far.
    await_that("a short way to go", || lag() < 7.0);
    let consumed = sum(&metrics(&address), "wiredesk_records_consumed_total", &[]);
    assert!(consumed < 4_900, "{consumed} were delivered already: this has shown nothing");
    running.stop();
}
