//! What went in, held against what came out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rdkafka::message::{Headers, Message, OwnedMessage};

use crate::articles::{Expect, Raw};
use crate::kafka::{self, Place, header};

/// How one record ended.
#[derive(Debug)]
enum End {
    Event { status: String, message: OwnedMessage },
    DeadLetter { reason: String, message: OwnedMessage },
}

/// Every record that went in, and every end that was found.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    sent: BTreeMap<Place, Raw>,
    ends: BTreeMap<Place, Vec<End>>,
}

/// What a ledger comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) sent: usize,
    pub(crate) events: usize,
    pub(crate) dead: usize,
    pub(crate) dropped: usize,
    pub(crate) lost: usize,
    pub(crate) doubled: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sent, events, dead, dropped, lost, doubled } = self;
        write!(f, "in {sent}, out {events}, dead {dead}, dropped {dropped}, lost {lost}, doubled {doubled}")
    }
}

impl Ledger {
    /// A ledger of what went in.
    pub(crate) fn new(sent: Vec<(Place, Raw)>) -> Self {
        Self { sent: sent.into_iter().collect(), ends: BTreeMap::new() }
    }

    /// Adds what went in later.
    pub(crate) fn extend(&mut self, sent: Vec<(Place, Raw)>) {
        self.sent.extend(sent);
    }

    /// Where everything stands that went in.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        self.sent.keys()
    }

    /// Reads every end there is. What was read before is read again.
    pub(crate) fn read(&mut self, brokers: &str, enriched: &str, dead_letter: &str) {
        self.ends.clear();
        for message in kafka::read(brokers, enriched) {
            let (place, status) = provenance(&message);
            self.ends.entry(place).or_default().push(End::Event { status, message });
        }
        for message in kafka::read(brokers, dead_letter) {
            let text = |name: &str| String::from_utf8(header(&message, name).expect(name).to_vec()).expect("text");
            let number = |name: &str| text(name).parse::<i64>().expect("a number");
            let partition = i32::try_from(number("__connect.errors.partition")).expect("a partition");
            let place = (text("__connect.errors.topic"), partition, number("__connect.errors.offset"));
            let reason = text("wd-reason");
            self.ends.entry(place).or_default().push(End::DeadLetter { reason, message });
        }
        self.check_order();
    }

    /// Of two events of a partition, whoever reads on has seen the earlier one when the last copy of the later one comes.
    fn check_order(&self) {
        let mut reached: BTreeMap<(i32, &str, i32), i64> = BTreeMap::new();
        for (place, ends) in &self.ends {
            let events = ends.iter().filter_map(|end| match end {
                End::Event { message, .. } => Some((message.partition(), message.offset())),
                End::DeadLetter { .. } => None,
            });
            let events: Vec<_> = events.collect();
            let (Some((partition, first)), Some((_, last))) = (events.iter().min(), events.iter().max()) else {
                continue;
            };
            let reached = reached.entry((*partition, &place.0, place.1)).or_insert(*first);
            assert!(*last >= *reached, "no event of {place:?} comes after those of earlier records: out of order");
            *reached = (*reached).max(*first);
        }
    }

    /// Between two owners: whatever stands before a committed offset has its end, and nothing else has.
    pub(crate) fn check_committed(&self, committed: &BTreeMap<(String, i32), i64>) {
        for place in self.sent.keys() {
            let at = committed.get(&(place.0.clone(), place.1)).copied().unwrap_or(0);
            let has_ended = self.ends.contains_key(place);
            assert_eq!(has_ended, place.2 < at, "{place:?}, and {at} is committed");
        }
    }

    /// What it comes to. A record without an end is lost unless a rule was to drop it.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally { sent: self.sent.len(), ..Tally::default() };
        for (place, raw) in &self.sent {
            let ends = self.ends.get(place).map_or(&[][..], Vec::as_slice);
            match (ends.first(), raw.expect) {
                (Some(End::Event { .. }), _) => tally.events += 1,
                (Some(End::DeadLetter { .. }), _) => tally.dead += 1,
                (None, Expect::Dropped) => tally.dropped += 1,
                (None, _) => tally.lost += 1,
            }
            tally.doubled += ends.len().saturating_sub(1);
        }
        tally
    }

    /// Each record ended once, and as it should.
    pub(crate) fn check_exactly_once(&self) -> Tally {
        let tally = self.check_at_least_once();
        assert_eq!(tally.doubled, 0, "{tally}\n{}", self.examples(|ends| ends > 1));
        tally
    }

    /// Each record ended at least once, every time as it should.
    pub(crate) fn check_at_least_once(&self) -> Tally {
        let tally = self.tally();
        assert_eq!(tally.lost, 0, "{tally}\n{}", self.examples(|ends| ends == 0));
        let strangers: BTreeSet<_> = self.ends.keys().filter(|place| !self.sent.contains_key(*place)).collect();
        assert!(strangers.is_empty(), "came out and never went in: {strangers:?}");
        for (place, raw) in &self.sent {
            for end in self.ends.get(place).into_iter().flatten() {
                check(place, raw, end);
            }
        }
        tally
    }

    /// How many dead letters have each reason.
    pub(crate) fn reasons(&self) -> BTreeMap<String, usize> {
        let mut reasons = BTreeMap::new();
        for end in self.ends.values().flatten() {
            if let End::DeadLetter { reason, .. } = end {
                *reasons.entry(reason.clone()).or_default() += 1;
            }
        }
        reasons
    }

    /// The dead letters of one reason.
    pub(crate) fn letters(&self, wanted: &str) -> Vec<&OwnedMessage> {
        let ends = self.ends.values().flatten();
        ends.filter_map(|end| match end {
            End::DeadLetter { reason, message } if reason == wanted => Some(message),
            End::DeadLetter { .. } | End::Event { .. } => None,
        })
        .collect()
    }

    fn examples(&self, wanted: impl Fn(usize) -> bool) -> String {
        let ends = |place: &Place| self.ends.get(place).map_or(0, Vec::len);
        let found = self.sent.iter().filter(|(place, _)| wanted(ends(place))).take(5);
        found.map(|(place, raw)| format!("{place:?} ended {} times; {:?}\n", ends(place), raw.expect)).collect()
    }
}

/// The place that an event names as its origin, and its status.
fn provenance(message: &OwnedMessage) -> (Place, String) {
    let event: serde_json::Value = serde_json::from_slice(message.payload().expect("an event")).expect("JSON");
    let from = &event["provenance"];
    let partition = from["partition"].as_i64().and_then(|n| i32::try_from(n).ok()).expect("a partition");
    let topic = from["topic"].as_str().expect("a topic").to_owned();
    let place = (topic, partition, from["offset"].as_i64().expect("an offset"));
    let id = event["id"].as_str().expect("an id").as_bytes();
    assert_eq!(message.key(), Some(id), "{place:?}: the key is the article's id");
    assert_eq!(header(message, "ce_subject"), Some(id), "{place:?}");
    (place, event["status"].as_str().expect("a status").to_owned())
}

/// One end against what went in.
fn check(place: &Place, raw: &Raw, end: &End) {
    match (end, raw.expect) {
        (End::Event { status, message }, Expect::Event | Expect::Retraction) => {
            let expected = if raw.expect == Expect::Event { "usable" } else { "retracted" };
            assert_eq!(status, expected, "{place:?}");
            for (name, value) in &raw.headers {
                assert_eq!(header(message, name), Some(value.as_slice()), "{place:?}: header {name} is carried");
            }
        }
        (End::DeadLetter { reason, message }, Expect::DeadLetter(expected)) => {
            assert_eq!(reason, expected, "{place:?}: {:?}", header(message, "wd-detail").map(String::from_utf8_lossy));
            check_letter(place, raw, message);
        }
        (End::Event { .. }, expected) => panic!("{place:?} became an event, not {expected:?}"),
        (End::DeadLetter { reason, message }, expected) => {
            let detail = header(message, "wd-detail").map(String::from_utf8_lossy);
            panic!("{place:?} became a dead letter ({reason}: {detail:?}), not {expected:?}");
        }
    }
}

/// A dead letter holds the record byte for byte, or where it was cut, its beginning, length and hash.
fn check_letter(place: &Place, raw: &Raw, message: &OwnedMessage) {
    assert_eq!(message.key(), raw.key.as_deref(), "{place:?}: key");
    let value = raw.value.as_deref();
    if let Some(hash) = header(message, "wd-value-sha256") {
        use sha2::{Digest, Sha256};
        let whole = value.expect("what was cut had a value");
        assert_eq!(hash, format!("{:x}", Sha256::digest(whole)).as_bytes(), "{place:?}: hash");
        assert_eq!(header(message, "wd-value-bytes"), Some(whole.len().to_string().as_bytes()), "{place:?}: length");
        assert!(whole.starts_with(message.payload().expect("an excerpt")), "{place:?}: excerpt");
        return;
    }
    assert_eq!(message.payload(), value, "{place:?}: value");
    let found: Vec<_> = message.headers().into_iter().flat_map(|headers| headers.iter()).collect();
    let found = found.iter().take(raw.headers.len()).map(|h| (h.key.to_owned(), h.value.unwrap_or_default().to_vec()));
    assert_eq!(found.collect::<Vec<_>>(), raw.headers, "{place:?}: headers");
}
