//! The service itself, in this process, on librdkafka's broker in memory: what can be shown anywhere.
//!
//! Its transactions are not real, so everything here runs at least once; exactly-once is shown on a real Kafka.

use std::time::Duration;

use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;
use rdkafka::types::{RDKafkaApiKey, RDKafkaRespErr};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use wiredesk::config::{Config, Sources};
use wiredesk::kafka::Topology;
use wiredesk::service::{Ended, Service};

use crate::articles::{Expect, bare, mixed, native};
use crate::delivery::{SESSION_MS, under_load};
use crate::http::{await_metric, get, metrics, metrics_after, sum};
use crate::kafka::{await_committed, send};
use crate::ledger::{Ledger, Tally};
use crate::process::Desk;

/// How long a few hundred records may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A broker in memory and the desk on it.
pub(crate) struct Mock {
    pub(crate) cluster: MockCluster<'static, DefaultProducerContext>,
    pub(crate) desk: Desk,
}

impl Mock {
    pub(crate) fn new(name: &str) -> Self {
        let cluster = MockCluster::new(1).expect("a broker in memory");
        let desk = Desk::new(&cluster.bootstrap_servers(), name).with("delivery.guarantee", "at_least_once");
        let desk = desk.with("kafka.session_timeout_ms", SESSION_MS);
        for topic in [&desk.raw, &desk.enriched, &desk.dead_letter] {
            cluster.create_topic(topic, 3, 1).expect("a topic");
        }
        Self { cluster, desk }
    }

    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        self.desk = self.desk.with(key, value);
        self
    }

    pub(crate) fn send(&self, topic: &str, records: Vec<crate::articles::Raw>) -> Ledger {
        Ledger::new(send(&self.desk.brokers, topic, records))
    }

    pub(crate) fn await_end(&self, ledger: &Ledger) {
        await_committed(&self.desk.brokers, &self.desk.group, ledger.places(), PATIENCE);
    }

    pub(crate) fn read(&self, ledger: &mut Ledger) {
        ledger.read(&self.desk.brokers, &self.desk.enriched, &self.desk.dead_letter);
    }
}

/// A running service.
pub(crate) struct Serving {
    runtime: Runtime,
    stop: watch::Sender<bool>,
    running: JoinHandle<Ended>,
    address: String,
}

impl Serving {
    pub(crate) fn start(desk: &Desk) -> Self {
        let sources = Sources { flags: desk.keys().to_vec(), ..Sources::default() };
        let config = Config::load(&sources).expect("a valid configuration");
        let runtime = Runtime::new().expect("a runtime");
        let service = runtime.block_on(Service::open(config, Topology::default())).expect("opens");
        let address = service.address().expect("listens").to_string();
        let (stop, asked) = watch::channel(false);
        let running = runtime.spawn(service.run(asked));
        Self { runtime, stop, running, address }
    }

    pub(crate) fn stop(self) -> Ended {
        self.stop.send_replace(true);
        let ended = self.runtime.block_on(self.running).expect("does not panic");
        self.runtime.shutdown_background();
        ended
    }
}

/// The counters of a process that alone did all that the ledger holds.
fn check_counters(address: &str, desk: &Desk, ledger: &Ledger, tally: &Tally) {
    let found = metrics_after(address, tally.sent);
    let topic = |name: &str| format!("topic=\"{name}\"");
    assert_eq!(sum(&found, "wiredesk_records_consumed_total", &[]), tally.sent);
    assert_eq!(sum(&found, "wiredesk_records_produced_total", &[&topic(&desk.enriched)]), tally.events);
    assert_eq!(sum(&found, "wiredesk_records_produced_total", &[&topic(&desk.dead_letter)]), tally.dead);
    assert_eq!(sum(&found, "wiredesk_records_dead_lettered_total", &[]), tally.dead);
    assert_eq!(sum(&found, "wiredesk_records_dropped_total", &[]), tally.dropped);
    for (reason, count) in ledger.reasons() {
        let label = format!("reason=\"{reason}\"");
        assert_eq!(sum(&found, "wiredesk_records_dead_lettered_total", &[&label]), count, "{reason}");
    }
    assert_eq!(sum(&found, "wiredesk_inflight_bytes", &[]), 0);
}

#[test]
fn every_record_ends_once_and_the_counters_agree() {
    let mock = Mock::new("mock-once");
    let mut ledger = mock.send(&mock.desk.raw, mixed(300));
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    mock.read(&mut ledger);
    let tally = ledger.check_exactly_once();
    assert!(tally.events > 200 && tally.dead > 40, "{tally}");
    check_counters(&serving.address, &mock.desk, &ledger, &tally);
    assert_eq!(serving.stop(), Ended::Drained);
}

#[test]
fn a_rule_drops_and_is_counted() {
    let mock = Mock::new("mock-drop").with("drop.languages_kept", "vi").with("drop.body_chars_min", "50");
    let records = (0..80).map(|number| {
        let mut raw = native(number);
        // The languages come in turn, Vietnamese second.
        raw.expect = if number % 4 == 1 { Expect::Event } else { Expect::Dropped };
        raw
    });
    let short = bare(Some("Hà Nội hôm nay có mưa.".as_bytes().to_vec()), Expect::Dropped);
    let mut ledger = mock.send(&mock.desk.raw, records.chain([short]).collect());
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    mock.read(&mut ledger);
    let tally = ledger.check_exactly_once();
    assert_eq!((tally.events, tally.dropped), (20, 61));
    check_counters(&serving.address, &mock.desk, &ledger, &tally);
    let found = metrics(&serving.address);
    assert_eq!(sum(&found, "wiredesk_records_dropped_total", &["rule=\"language\""]), 60);
    assert_eq!(sum(&found, "wiredesk_records_dropped_total", &["rule=\"too_short\""]), 1);
    assert_eq!(sum(&found, "wiredesk_articles_total", &["language=\"vi\""]), 20);
    assert_eq!(serving.stop(), Ended::Drained);
}

#[test]
fn several_topics_and_a_pattern_are_read() {
    let mock = Mock::new("mock-many").with("topics.raw", "mock-many.raw,^feeds[.].*,wire");
    let topics = ["mock-many.raw", "feeds.north", "feeds.south", "wire"];
    topics[1..].iter().for_each(|topic| mock.cluster.create_topic(topic, 2, 1).expect("a topic"));
    mock.cluster.create_topic("other", 1, 1).expect("a topic");
    let sent = topics.iter().flat_map(|topic| send(&mock.desk.brokers, topic, mixed(50)));
    let mut ledger = Ledger::new(sent.collect());
    _ = mock.send("other", mixed(10));
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    mock.read(&mut ledger);
    let tally = ledger.check_exactly_once();
    assert_eq!(tally.sent, 200);
    let found = metrics_after(&serving.address, 200);
    for topic in topics {
        assert_eq!(sum(&found, "wiredesk_records_consumed_total", &[&format!("topic=\"{topic}\"")]), 50, "{topic}");
    }
    assert_eq!(serving.stop(), Ended::Drained);
}

#[test]
fn probes_metrics_and_page_answer() {
    let mock = Mock::new("mock-http");
    let ledger = mock.send(&mock.desk.raw, mixed(25));
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    _ = metrics_after(&serving.address, 25);
    for path in ["/livez", "/readyz"] {
        let answer = get(&serving.address, path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }
    let page = get(&serving.address, "/");
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-security-policy: default-src 'none'"), "{}", page.head);
    assert!(page.head.contains("x-content-type-options: nosniff"), "{}", page.head);
    assert!(page.head.contains("content-type: text/html"), "{}", page.head);
    assert!(page.body.to_ascii_lowercase().contains("<!doctype html>"), "{}", page.body);
    assert!(!page.body.contains("http://") && !page.body.contains("https://"), "the page loads from elsewhere");
    let json =
        |path: &str| -> serde_json::Value { serde_json::from_str(&get(&serving.address, path).body).expect("JSON") };
    assert_eq!(json("/api/state")["consumed"], 25);
    // What the console keeps is what was delivered, dead letters included.
    assert_eq!((json("/api/events")["kept"].clone(), json("/api/events")["found"].clone()), (25.into(), 25.into()));
    assert_eq!(get(&serving.address, "/nowhere").status, 404);
    let known: Vec<&str> = wiredesk::telemetry::METRICS.iter().map(|(name, _)| *name).collect();
    for series in metrics(&serving.address).keys() {
        let name = series.split('{').next().unwrap_or_default();
        let base = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        let is_known = known.contains(&name) || known.contains(&base) || name.starts_with("process_");
        assert!(is_known, "{name} is not a known metric");
    }
    assert_eq!(serving.stop(), Ended::Drained);
}

#[test]
fn a_broker_that_goes_away_and_comes_back_costs_nothing() {
    let mock = Mock::new("mock-down").with("delivery.timeout_ms", "1500").with("batch.records_max", "20");
    let mut ledger = mock.send(&mock.desk.raw, mixed(400));
    let serving = Serving::start(&mock.desk);
    await_metric(&serving.address, "wiredesk_records_consumed_total", 40);
    mock.cluster.broker_down(1).expect("goes");
    crate::cluster::pause(Duration::from_secs(4));
    mock.cluster.broker_up(1).expect("comes back");
    mock.await_end(&ledger);
    mock.read(&mut ledger);
    ledger.check_at_least_once();
    assert_eq!(serving.stop(), Ended::Drained);
}

#[test]
fn a_batch_that_the_broker_refuses_is_read_again() {
    let mock = Mock::new("mock-refused").with("batch.records_max", "20");
    let mut ledger = mock.send(&mock.desk.raw, mixed(200));
    // An answer that the client does not repeat by itself: the messages have failed, and with them their batch.
    let refused = RDKafkaRespErr::RD_KAFKA_RESP_ERR_INVALID_RECORD;
    mock.cluster.request_errors(RDKafkaApiKey::Produce, &[refused; 2]);
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    mock.read(&mut ledger);
    ledger.check_at_least_once();
    assert!(sum(&metrics(&serving.address), "wiredesk_batches_rewound_total", &[]) > 0, "nothing was rewound");
    assert_eq!(serving.stop(), Ended::Drained);
}

#[test]
fn a_stop_under_load_drains_and_the_next_start_goes_on_from_there() {
    // One worker: unlike a real broker, this one refuses every commit while a second one joins.
    let mock = Mock::new("mock-drain").with("batch.records_max", "15");
    let serving = Serving::start(&mock.desk);
    let (mut ledger, ended) = under_load(&mock.desk, 300, 50, || {
        await_metric(&serving.address, "wiredesk_records_consumed_total", 60);
        serving.stop()
    });
    assert_eq!(ended, Ended::Drained);
    mock.read(&mut ledger);
    let halfway = ledger.tally();
    assert!(halfway.lost > 0, "what came after the stop is done: {halfway}");
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    mock.read(&mut ledger);
    ledger.check_exactly_once();
    assert_eq!(serving.stop(), Ended::Drained);
}
