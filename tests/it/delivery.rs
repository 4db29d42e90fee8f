//! Both guarantees on a real Kafka, with the program as a process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rdkafka::message::Message;

use crate::articles::{Expect, Raw, bare, long, mixed, native};
use crate::cluster::{Cluster, cluster, heavy};
use crate::http::{await_metric, metrics_after, sum};
use crate::kafka::{alter, await_committed, await_settled, create, ends, header, progress, send};
use crate::ledger::Ledger;
use crate::process::Desk;

/// How long a few hundred records may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A session that outlasts any pause of a busy machine, for rows in which no member is killed: outside of transactions a
/// session that ends is a batch that is done twice.
pub(crate) const SESSION_MS: &str = "45000";

/// The codecs of Kafka's batches, by their numbers on disk.
const LZ4: u8 = 3;
const ZSTD: u8 = 4;

/// A desk with topics of its own, three partitions each.
pub(crate) fn desk(cluster: &Cluster, name: &str, guarantee: &str) -> Desk {
    let desk = Desk::new(cluster.brokers(), name).with("delivery.guarantee", guarantee);
    create(&desk.brokers, &[&desk.raw, &desk.enriched, &desk.dead_letter], 3, &[]);
    desk
}

/// Sends records to a desk's raw topic.
pub(crate) fn fill(desk: &Desk, records: Vec<Raw>) -> Ledger {
    Ledger::new(send(&desk.brokers, &desk.raw, records))
}

/// Waits until the group has committed everything, and reads what came of it.
pub(crate) fn finish(desk: &Desk, ledger: &mut Ledger, patience: Duration) {
    await_committed(&desk.brokers, &desk.group, ledger.places(), patience);
    read(desk, ledger);
}

/// Reads what has come of the records so far.
pub(crate) fn read(desk: &Desk, ledger: &mut Ledger) {
    for topic in [&desk.enriched, &desk.dead_letter] {
        await_settled(&desk.brokers, topic);
    }
    ledger.read(&desk.brokers, &desk.enriched, &desk.dead_letter);
}

/// Waits until the group has committed this part of all records.
pub(crate) fn await_part(desk: &Desk, ledger: &Ledger, part: f64) {
    let ends = ends(ledger.places());
    let wanted = (ends.values().sum::<i64>() as f64 * part) as i64;
    let deadline = Instant::now() + Duration::from_secs(300);
    while progress(&desk.brokers, &desk.group, &ends) < wanted {
        assert!(Instant::now() < deadline, "{} does not get to {wanted}", desk.group);
        crate::cluster::pause(Duration::from_millis(50));
    }
}

/// Runs `harm` while records keep coming, so many at once and then as many as `steady` five times a second: however quick
/// or slow a machine is, there is work before, meanwhile and after. What went in, and what came of `harm`.
pub(crate) fn under_load<T>(desk: &Desk, at_once: usize, steady: usize, harm: impl FnOnce() -> T) -> (Ledger, T) {
    let enough = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let fed = scope.spawn(|| feed(desk, at_once, steady, &enough));
        let told = Enough(&enough);
        let done = harm();
        drop(told);
        (fed.join().expect("fed"), done)
    })
}

/// Tells the feeder that it is enough, also when a test fails half-way and would wait for it.
struct Enough<'a>(&'a AtomicBool);

impl Drop for Enough<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Sends records until it is told that it is enough, and some after that.
fn feed(desk: &Desk, at_once: usize, steady: usize, enough: &AtomicBool) -> Ledger {
    let mut ledger = fill(desk, mixed(at_once));
    loop {
        let is_last = enough.load(Ordering::Relaxed);
        ledger.extend(send(&desk.brokers, &desk.raw, mixed(steady)));
        if is_last {
            return ledger;
        }
        crate::cluster::pause(Duration::from_millis(200));
    }
}

fn check_ends_once(guarantee: &str, compression: &str, codec: u8) {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    // Outside of transactions the workers that join one after the other may repeat a batch: there, one is enough.
    let workers = if guarantee == "exactly_once" { "3" } else { "1" };
    let desk = desk(cluster, guarantee, guarantee).with("delivery.compression", compression);
    let desk = desk.with("workers.count", workers).with("kafka.session_timeout_ms", SESSION_MS);
    let mut ledger = fill(&desk, mixed(600));
    let mut running = desk.run();
    let address = running.address();
    finish(&desk, &mut ledger, PATIENCE);
    let tally = ledger.check_exactly_once();
    assert!(tally.events > 400 && tally.dead > 100, "{tally}");
    let found = metrics_after(&address, tally.sent);
    assert_eq!(sum(&found, "wiredesk_records_consumed_total", &[]), tally.sent);
    assert_eq!(sum(&found, "wiredesk_records_produced_total", &[]), tally.events + tally.dead);
    running.stop();
    let codecs: Vec<u8> = (0..3).flat_map(|partition| cluster.codecs(&desk.enriched, partition)).collect();
    assert!(codecs.contains(&codec), "{compression}: no batch is compressed with it: {codecs:?}");
    // What was committed stays done: a second start finds nothing to do.
    let mut again = desk.run();
    again.await_words("partitions assigned");
    crate::cluster::pause(Duration::from_secs(1));
    again.stop();
    read(&desk, &mut ledger);
    assert_eq!(ledger.check_exactly_once(), tally);
}

#[test]
fn exactly_once_ends_every_record_once() {
    check_ends_once("exactly_once", "lz4", LZ4);
}

#[test]
fn at_least_once_without_a_crash_ends_every_record_once() {
    check_ends_once("at_least_once", "zstd", ZSTD);
}

/// How many records a batch of the test of a stop has.
const STOP_BATCH: usize = 40;

fn check_stop_under_load(guarantee: &str) {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let desk = desk(cluster, &format!("stop-{guarantee}"), guarantee);
    // Several workers, which must not leave the group while another one has yet to commit.
    let desk = desk.with("batch.records_max", &STOP_BATCH.to_string()).with("workers.count", "3");
    let desk = desk.with("kafka.session_timeout_ms", SESSION_MS);
    // The load comes when the workers have joined: a commit that meets their joining may be refused, stop or no stop.
    let mut running = desk.run();
    running.await_settled(3);
    let address = running.address();
    let (mut ledger, said) = under_load(&desk, 1_000, 200, || {
        await_metric(&address, "wiredesk_records_consumed_total", 300);
        running.stop()
    });
    let mut refused = check_drain(&said);
    read(&desk, &mut ledger);
    let halfway = ledger.tally();
    assert!(halfway.lost > 0, "what came after the stop is done: {halfway}");
    let running = desk.run();
    finish(&desk, &mut ledger, PATIENCE);
    refused += check_drain(&running.stop());
    let tally = ledger.check_at_least_once();
    // Nothing is done twice because of the stops. Outside of a transaction, a commit that meets the rebalance of
    // workers that start is refused, and its batch may go to another worker.
    let most = if guarantee == "exactly_once" { 0 } else { refused * STOP_BATCH };
    assert!(tally.doubled <= most, "{tally}, with {refused} commits refused");
}

/// A stop that drained, and committed all that it drained; how many commits were refused before it.
fn check_drain(said: &str) -> usize {
    let (before, after) = said.split_once("draining").unwrap_or_else(|| panic!("not drained:\n{said}"));
    assert!(after.contains("stopped") && !after.contains("not committed"), "{after}");
    before.matches("offsets not committed").count()
}

#[test]
fn a_stop_under_load_leaves_nothing_half_done_exactly_once() {
    check_stop_under_load("exactly_once");
}

#[test]
fn a_stop_under_load_leaves_nothing_half_done_at_least_once() {
    check_stop_under_load("at_least_once");
}

#[test]
fn what_a_topic_would_refuse_ends_as_a_dead_letter_and_never_loops() {
    let Some(cluster) = cluster() else { return };
    let desk = Desk::new(cluster.brokers(), "sizes").with("kafka.properties.fetch_message_max_bytes", "20000000");
    create(&desk.brokers, &[&desk.raw], 3, &[("max.message.bytes", "20000000")]);
    create(&desk.brokers, &[&desk.enriched], 3, &[("max.message.bytes", "30000")]);
    create(&desk.brokers, &[&desk.dead_letter], 3, &[("max.message.bytes", "150000")]);
    let dead = |raw: Raw, reason| Raw { expect: Expect::DeadLetter(reason), ..raw };
    let mut records: Vec<Raw> = (0..30).map(native).collect();
    records.extend((30..33).map(|number| dead(long(number, 60_000), "event_too_large")));
    records.extend((33..36).map(|number| dead(long(number, 400_000), "event_too_large")));
    records.push(dead(long(36, 9 << 20), "too_large"));
    let mut broken = b"{\"title\": \"".to_vec();
    broken.extend(vec![b'x'; 300_000]);
    records.push(bare(Some(broken), Expect::DeadLetter("malformed_json")));
    records.extend((40..60).map(native));
    let mut ledger = fill(&desk, records);
    let running = desk.run();
    finish(&desk, &mut ledger, PATIENCE);
    let tally = ledger.check_exactly_once();
    assert_eq!((tally.events, tally.dead), (50, 8));
    let letters = ledger.letters("event_too_large");
    let cut = letters.iter().filter(|letter| header(letter, "wd-value-sha256").is_some());
    assert_eq!((letters.len(), cut.count()), (6, 3));
    for reason in ["malformed_json", "too_large"] {
        let letter = ledger.letters(reason)[0];
        assert_eq!(letter.payload().map(<[u8]>::len), Some(64 * 1024), "{reason}");
        assert!(header(letter, "wd-value-sha256").is_some(), "{reason}");
    }
    running.stop();
}

fn check_limit_lowered(guarantee: &str) {
    let Some(cluster) = cluster() else { return };
    let desk = desk(cluster, &format!("lowered-{guarantee}"), guarantee).with("delivery.compression", "none");
    let desk = desk.with("kafka.session_timeout_ms", SESSION_MS);
    let mut running = desk.run();
    let address = running.address();
    running.await_words("partitions assigned");
    alter(&desk.brokers, &desk.enriched, "max.message.bytes", "20000");
    let large = Raw { expect: Expect::DeadLetter("event_too_large"), ..long(1, 60_000) };
    let mut ledger = fill(&desk, vec![large]);
    await_committed(&desk.brokers, &desk.group, ledger.places(), PATIENCE);
    let small = send(&desk.brokers, &desk.raw, (2..10).map(native).collect());
    await_committed(&desk.brokers, &desk.group, small.iter().map(|(place, _)| place), PATIENCE);
    ledger.extend(small);
    finish(&desk, &mut ledger, PATIENCE);
    let tally = ledger.check_exactly_once();
    assert_eq!((tally.events, tally.dead), (8, 1));
    let reason = "reason=\"event_too_large\"";
    assert_eq!(sum(&metrics_after(&address, 9), "wiredesk_records_dead_lettered_total", &[reason]), 1);
    running.stop();
}

#[test]
fn an_event_that_the_broker_refuses_becomes_a_dead_letter_exactly_once() {
    check_limit_lowered("exactly_once");
}

#[test]
fn an_event_that_the_broker_refuses_becomes_a_dead_letter_at_least_once() {
    check_limit_lowered("at_least_once");
}
