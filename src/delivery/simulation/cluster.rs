//! The brokers: raw records, what was produced, transactions, committed offsets, and the group. It watches itself, and
//! notes whatever the delivery argument forbids.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use super::group::{Group, Vouch};
use crate::chance::Chance;
use crate::delivery::Resume;
use crate::pipeline::Outgoing;
use crate::record::{Offset, Position, Record, TopicPartition};
use crate::telemetry::Extent;

/// After this long an open transaction is aborted by its coordinator.
const TRANSACTION: Duration = Duration::from_secs(30);

/// The raw topic.
pub(super) const RAW: &str = "raw";

/// The topic of the route.
pub(super) const COPIES: &str = "copies";

/// How often faults come, each once in so many calls; 0 is never.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Faults {
    /// Faults of single calls.
    pub(super) call: usize,
    /// A process crashes, or its clock stands still: once in so many tenths of a second.
    pub(super) world: usize,
    /// The first of the two once in so many times.
    pub(super) crash: usize,
}

/// What a message in the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Event,
    /// An event in the topic of a route.
    Copy,
    DeadLetter,
}

/// A message in the log.
#[derive(Debug)]
pub(super) struct Entry {
    /// The record that it is the outcome of.
    pub(super) of: (i32, i64),
    pub(super) form: Form,
    pub(super) in_transaction: bool,
    pub(super) visible: bool,
}

/// A producer's name, as the coordinator of its transactions keeps it.
#[derive(Debug, Default)]
struct Coordinator {
    epoch: u64,
    open: Option<Transaction>,
}

#[derive(Debug)]
struct Transaction {
    entries: Vec<usize>,
    offsets: BTreeMap<i32, i64>,
    began: Instant,
}

/// The brokers.
#[derive(Debug)]
pub(super) struct Cluster {
    pub(super) chance: Chance,
    pub(super) faults: Faults,
    pub(super) group: Group,
    pub(super) raw: Vec<Vec<Record>>,
    /// Records that the rules drop: they leave nothing in the log.
    pub(super) dropped: BTreeSet<(i32, i64)>,
    /// Records whose events take the route.
    routed: BTreeSet<(i32, i64)>,
    pub(super) log: Vec<Entry>,
    coordinators: BTreeMap<usize, Coordinator>,
    committed: BTreeMap<i32, i64>,
    /// Records whose message never arrived, once at least.
    pub(super) skipped: BTreeSet<(i32, i64)>,
    /// What must never happen, and did.
    pub(super) violations: Vec<String>,
}

impl Cluster {
    pub(super) fn new(chance: Chance, faults: Faults, partitions: i32) -> Self {
        Self {
            chance,
            faults,
            group: Group::new(partitions),
            raw: vec![Vec::new(); partitions as usize],
            dropped: BTreeSet::new(),
            routed: BTreeSet::new(),
            log: Vec::new(),
            coordinators: BTreeMap::new(),
            committed: BTreeMap::new(),
            skipped: BTreeSet::new(),
            violations: Vec::new(),
        }
    }

    pub(super) fn partitions(&self) -> i32 {
        self.raw.len() as i32
    }

    /// Whether a call fails now.
    pub(super) fn fails(&mut self) -> bool {
        let times = self.faults.call;
        self.chance.once_in(times)
    }

    pub(super) fn append(&mut self, partition: i32, value: &str, outcome: Outcome) {
        let log = &mut self.raw[partition as usize];
        let offset = log.len() as i64;
        let position = Position { partition: TopicPartition { topic: RAW.into(), partition }, offset: Offset(offset) };
        let value = Some(value.as_bytes().to_vec());
        log.push(Record { position, time_ms: Some(0), key: None, headers: Vec::new(), value });
        match outcome {
            Outcome::Once => {}
            Outcome::Routed => _ = self.routed.insert((partition, offset)),
            Outcome::Dropped => _ = self.dropped.insert((partition, offset)),
        }
    }

    /// Where a partition begins and ends.
    pub(super) fn extent(&self, partition: i32) -> Extent {
        Extent { low: 0, end: self.raw[partition as usize].len() as i64 }
    }

    pub(super) fn record(&self, partition: i32, offset: i64) -> Option<&Record> {
        self.raw[partition as usize].get(offset as usize)
    }

    /// Where a new owner of a partition starts; `None` while a transaction that moves its offset is open.
    pub(super) fn start_of(&mut self, partition: i32) -> Option<i64> {
        self.expire_transactions();
        let pending = |transaction: &Transaction| transaction.offsets.contains_key(&partition);
        let unstable = self.coordinators.values().filter_map(|c| c.open.as_ref()).any(pending);
        (!unstable).then(|| self.committed.get(&partition).copied().unwrap_or(0))
    }

    /// A message arrives; `producer` is its name and epoch within a transaction. Whether it is taken.
    pub(super) fn takes(&mut self, producer: Option<(usize, u64)>, of: (i32, i64), form: Form) -> bool {
        self.expire_transactions();
        let index = self.log.len();
        if let Some((name, epoch)) = producer {
            let coordinator = self.coordinators.entry(name).or_default();
            let Some(open) = coordinator.open.as_mut().filter(|_| coordinator.epoch == epoch) else { return false };
            open.entries.push(index);
        }
        let in_transaction = producer.is_some();
        self.log.push(Entry { of, form, in_transaction, visible: !in_transaction });
        true
    }

    /// A message does not arrive, and those behind it may. A transaction is aborted for it; without one, it comes after
    /// them when its batch is repeated.
    pub(super) fn skipped(&mut self, of: (i32, i64)) {
        self.skipped.insert(of);
    }

    /// A producer of this name starts: its epoch. What the one before left open is aborted.
    pub(super) fn initialises(&mut self, name: usize) -> u64 {
        let coordinator = self.coordinators.entry(name).or_default();
        coordinator.epoch += 1;
        coordinator.open = None;
        coordinator.epoch
    }

    pub(super) fn begins(&mut self, name: usize, epoch: u64) -> bool {
        let coordinator = self.coordinators.entry(name).or_default();
        let fit = coordinator.epoch == epoch && coordinator.open.is_none();
        if fit {
            let (entries, offsets) = (Vec::new(), BTreeMap::new());
            coordinator.open = Some(Transaction { entries, offsets, began: Instant::now() });
        }
        fit
    }

    /// Offsets become part of a transaction, if the group takes them from this member.
    pub(super) fn adds(&mut self, name: usize, epoch: u64, resume: &Resume, vouch: Vouch) -> bool {
        self.expire_transactions();
        if !self.group.takes(vouch, true) {
            return false;
        }
        self.watch_owner(resume, vouch);
        let coordinator = self.coordinators.entry(name).or_default();
        let Some(open) = coordinator.open.as_mut().filter(|_| coordinator.epoch == epoch) else { return false };
        open.offsets.extend(resume.iter().map(|(partition, at)| (partition.partition, at.get())));
        true
    }

    pub(super) fn commits(&mut self, name: usize, epoch: u64) -> bool {
        self.expire_transactions();
        let coordinator = self.coordinators.entry(name).or_default();
        if coordinator.epoch != epoch {
            return false;
        }
        let Some(done) = coordinator.open.take() else { return false };
        done.entries.iter().for_each(|&index| self.log[index].visible = true);
        self.move_offsets(done.offsets);
        true
    }

    pub(super) fn aborts(&mut self, name: usize, epoch: u64) -> bool {
        let coordinator = self.coordinators.entry(name).or_default();
        let own = coordinator.epoch == epoch;
        if own {
            coordinator.open = None;
        }
        own
    }

    /// Offsets are committed outside of a transaction, if the group takes them.
    pub(super) fn commits_offsets(&mut self, resume: &Resume, vouch: Vouch) -> bool {
        if !self.group.takes(vouch, false) {
            return false;
        }
        self.watch_owner(resume, vouch);
        self.move_offsets(resume.iter().map(|(partition, at)| (partition.partition, at.get())).collect());
        true
    }

    fn move_offsets(&mut self, offsets: BTreeMap<i32, i64>) {
        for (partition, at) in offsets {
            let before = self.committed.insert(partition, at).unwrap_or(0);
            if at < before {
                self.violations.push(format!("the offset of {partition} goes back from {before} to {at}"));
            }
            for offset in before..at {
                if !self.is_done(partition, offset) {
                    self.violations.push(format!("{at} is committed in {partition}, and {offset} is not done"));
                }
            }
        }
    }

    pub(super) fn is_done(&self, partition: i32, offset: i64) -> bool {
        let of = (partition, offset);
        let seen = |form: Form| self.log.iter().any(|entry| entry.visible && entry.of == of && entry.form == form);
        let event = || seen(Form::Event) && (seen(Form::Copy) || !self.routed.contains(&of));
        self.dropped.contains(&of) || seen(Form::DeadLetter) || event()
    }

    fn watch_owner(&mut self, resume: &Resume, vouch: Vouch) {
        let owned = vouch.member.map(|member| self.group.owned(member)).unwrap_or_default();
        for partition in resume.keys().map(|partition| partition.partition) {
            let is_anothers = !owned.contains(&partition) && self.group.is_owned(partition);
            if is_anothers {
                self.violations.push(format!("{partition} is committed by {vouch:?}, and is another's"));
            }
        }
    }

    fn expire_transactions(&mut self) {
        for coordinator in self.coordinators.values_mut() {
            if coordinator.open.as_ref().is_some_and(|open| open.began.elapsed() >= TRANSACTION) {
                // The coordinator aborts it and shuts its producer out.
                coordinator.open = None;
                coordinator.epoch += 1;
            }
        }
    }

    /// Whether every record has been committed.
    pub(super) fn is_finished(&self) -> bool {
        let end = |partition: usize| self.raw[partition].len() as i64;
        (0..self.raw.len())
            .all(|partition| self.committed.get(&(partition as i32)).copied().unwrap_or(0) == end(partition))
    }

    /// How many records there are, and how many messages consumers see.
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.raw.iter().map(Vec::len).sum(), self.log.iter().filter(|entry| entry.visible).count())
    }
}

/// What a record comes to, beside a message of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Once,
    /// A copy of the event, too.
    Routed,
    /// Nothing.
    Dropped,
}

/// The record that a message is the outcome of, and what it is.
pub(super) fn outcome_of(topic: &str, message: &Outgoing) -> ((i32, i64), Form) {
    if topic == "dead" {
        let number = |name: &str| {
            let header = message.headers.iter().find(|header| header.name == name);
            let value = header.and_then(|header| header.value.as_deref()).expect("a dead letter says where it stood");
            std::str::from_utf8(value).expect("text").parse::<i64>().expect("a number")
        };
        return ((number("__connect.errors.partition") as i32, number("__connect.errors.offset")), Form::DeadLetter);
    }
    let event: serde_json::Value = serde_json::from_slice(message.value.as_deref().expect("an event")).expect("JSON");
    let number = |name: &str| event["provenance"][name].as_i64().expect("an event says where it stood");
    ((number("partition") as i32, number("offset")), if topic == COPIES { Form::Copy } else { Form::Event })
}
