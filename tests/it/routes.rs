//! Copies of events on a real Kafka: routes, and the compacted topic of the newest.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::message::{Message, OwnedMessage};

use crate::articles::{Expect, Raw, native, url};
use crate::cluster::{cluster, heavy};
use crate::delivery::{SESSION_MS, desk, fill};
use crate::http::{metrics_after, sum};
use crate::kafka::{await_committed, await_settled, header, read, setting};

const PATIENCE: Duration = Duration::from_secs(90);

/// An article that is taken back.
fn retraction(number: usize) -> Raw {
    Raw { key: Some(url(number).into_bytes()), headers: Vec::new(), value: None, expect: Expect::Retraction }
}

/// An article with another text under the address of `number`.
fn revised(number: usize) -> Raw {
    Raw { value: native(number + 400).value.map(|value| readdressed(&value, number)), ..native(number) }
}

fn readdressed(value: &[u8], number: usize) -> Vec<u8> {
    let text = String::from_utf8(value.to_vec()).expect("text");
    text.replace(&url(number + 400), &url(number)).into_bytes()
}

/// Everything in a topic, by key, in order.
fn by_key(brokers: &str, topic: &str) -> BTreeMap<Vec<u8>, Vec<OwnedMessage>> {
    await_settled(brokers, topic);
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for message in read(brokers, topic) {
        found.entry(message.key().expect("a key").to_vec()).or_default().push(message);
    }
    found
}

fn check(guarantee: &str) {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let name = format!("routes-{guarantee}");
    let (routed, latest) = (format!("{name}.vi"), format!("{name}.latest"));
    let desk = desk(cluster, &name, guarantee).with("topics.create", "true").with("topics.partitions", "3");
    let desk = desk.with("kafka.session_timeout_ms", SESSION_MS);
    let desk = desk.with("topics.latest", &latest).with("routes.vi.topic", &routed);
    let desk = desk.with("routes.vi.when", "language.tag == 'vi'");
    // Articles in four languages, the first eight of them a second time with another text; then two are taken back.
    let records = (0..40).map(native).chain((0..8).map(revised)).chain([retraction(2), retraction(5)]);
    let ledger = fill(&desk, records.collect());
    let mut running = desk.run();
    let address = running.address();
    await_committed(&desk.brokers, &desk.group, ledger.places(), PATIENCE);
    let [enriched, copies, newest] = [&desk.enriched, &routed, &latest].map(|topic| by_key(&desk.brokers, topic));
    assert_eq!(enriched.len(), 40);
    assert_eq!(enriched.values().map(Vec::len).sum::<usize>(), 50);
    // A route has just the events that its condition chooses, and the retractions, byte for byte and in order.
    for (key, events) in &enriched {
        let is_chosen = |event: &&OwnedMessage| [Some("vi".as_bytes()), None].contains(&header(event, "wd-language"));
        let chosen: Vec<&OwnedMessage> = events.iter().filter(is_chosen).collect();
        let copied: Vec<&OwnedMessage> = copies.get(key).into_iter().flatten().collect();
        assert_eq!(copied.len(), chosen.len());
        for (copy, event) in copied.iter().zip(&chosen) {
            assert_eq!((copy.payload(), copy.headers().map(all)), (event.payload(), event.headers().map(all)));
        }
    }
    // The compacted topic ends with the newest event of each article, and with nothing where it was taken back.
    for (key, events) in &enriched {
        let (event, copy) = (events.last().expect("one"), newest[key].last().expect("one"));
        let is_retracted = header(event, "wd-status") == Some(b"retracted");
        assert_eq!(copy.payload(), event.payload().filter(|_| !is_retracted));
        assert_eq!(newest[key].len(), events.len());
    }
    let taken_back = newest.values().filter(|events| events.last().is_some_and(|event| event.payload().is_none()));
    assert_eq!(taken_back.count(), 2);
    let (found, copied) = (metrics_after(&address, 50), copies.values().map(Vec::len).sum::<usize>());
    assert_eq!(sum(&found, "wiredesk_routed_total", &["route=\"vi\""]), copied);
    assert_eq!(sum(&found, "wiredesk_records_produced_total", &[]), 100 + copied);
    running.stop();
    assert_eq!(setting(&desk.brokers, &latest, "cleanup.policy"), "compact");
}

fn all(headers: &rdkafka::message::OwnedHeaders) -> Vec<(String, Option<Vec<u8>>)> {
    use rdkafka::message::Headers;
    headers.iter().map(|header| (header.key.to_owned(), header.value.map(<[u8]>::to_vec))).collect()
}

#[test]
fn copies_come_with_their_events_exactly_once() {
    check("exactly_once");
}

#[test]
fn copies_come_with_their_events_at_least_once() {
    check("at_least_once");
}
