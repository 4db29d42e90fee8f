//! The consumer group as its coordinator keeps it: members, generations, and who owns what. Cooperative: a partition that
//! moves is given up first, in one generation, and handed over in the next.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

/// How long a member may be silent.
pub(super) const SESSION: Duration = Duration::from_secs(10);

/// A member's name, unique for ever.
pub(super) type MemberId = u64;

/// A member as the coordinator sees it.
#[derive(Debug)]
struct Seat {
    heard: Instant,
    /// Whether it has joined the generation in the making.
    joined: bool,
    owned: BTreeSet<i32>,
}

/// The group.
#[derive(Debug)]
pub(super) struct Group {
    partitions: i32,
    seats: BTreeMap<MemberId, Seat>,
    pub(super) generation: i64,
    rebalancing: bool,
    named: MemberId,
    pub(super) rebalances: usize,
}

/// What a member says of itself with a commit. Outside of a group both are empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Vouch {
    pub(super) member: Option<MemberId>,
    pub(super) generation: i64,
}

impl Vouch {
    pub(super) const NOBODY: Self = Self { member: None, generation: -1 };
}

/// What the coordinator answers to a heartbeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing is new.
    Fine,
    /// A generation is in the making: the member has joined it.
    Rejoined,
    /// A new generation, and what the member has in it.
    Generation(i64, BTreeSet<i32>),
    /// The member is not known any more.
    Unknown,
}

impl Group {
    pub(super) fn new(partitions: i32) -> Self {
        Self { partitions, seats: BTreeMap::new(), generation: 0, rebalancing: false, named: 0, rebalances: 0 }
    }

    pub(super) fn join(&mut self) -> MemberId {
        self.named += 1;
        self.seats.insert(self.named, Seat { heard: Instant::now(), joined: false, owned: BTreeSet::new() });
        self.begin();
        self.named
    }

    pub(super) fn leave(&mut self, member: MemberId) {
        if self.seats.remove(&member).is_some() {
            self.begin();
        }
    }

    fn begin(&mut self) {
        self.rebalancing = true;
        self.rebalances += 1;
        self.seats.values_mut().for_each(|seat| seat.joined = false);
    }

    /// Whoever has been silent for too long is out.
    pub(super) fn expire(&mut self) {
        let before = self.seats.len();
        self.seats.retain(|_, seat| seat.heard.elapsed() < SESSION);
        if self.seats.len() < before {
            self.begin();
        }
    }

    /// A heartbeat of a member that owns these partitions and knows this generation. Without `owns` it has yet to let go
    /// of some, and joins nothing before that.
    pub(super) fn heartbeat(&mut self, member: MemberId, knows: i64, owns: Option<&BTreeSet<i32>>) -> Answer {
        self.expire();
        let Some(seat) = self.seats.get_mut(&member) else { return Answer::Unknown };
        seat.heard = Instant::now();
        if self.rebalancing {
            let Some(owns) = owns else { return Answer::Fine };
            seat.joined = true;
            seat.owned.clone_from(owns);
            if !self.seats.values().all(|seat| seat.joined) {
                return Answer::Rejoined;
            }
            self.complete();
        }
        if knows == self.generation || owns.is_none() {
            Answer::Fine
        } else {
            Answer::Generation(self.generation, self.owned(member))
        }
    }

    /// All have joined: each keeps what it has up to its share, and gets what nobody has.
    fn complete(&mut self) {
        self.rebalancing = false;
        self.generation += 1;
        let members = self.seats.len().max(1);
        let share = (self.partitions as usize).div_ceil(members);
        let mut free: BTreeSet<i32> = (0..self.partitions).collect();
        self.seats.values().for_each(|seat| free.retain(|partition| !seat.owned.contains(partition)));
        for seat in self.seats.values_mut() {
            while seat.owned.len() > share {
                // Given up now, handed over in the next generation.
                seat.owned.pop_last();
            }
            while seat.owned.len() < share {
                let Some(partition) = free.pop_first() else { break };
                seat.owned.insert(partition);
            }
        }
    }

    /// A member has let go of what it had to give up: the others can have it.
    pub(super) fn gave_up(&mut self, member: MemberId) {
        if self.seats.contains_key(&member) {
            self.begin();
        }
    }

    pub(super) fn owned(&self, member: MemberId) -> BTreeSet<i32> {
        self.seats.get(&member).map(|seat| seat.owned.clone()).unwrap_or_default()
    }

    pub(super) fn is_owned(&self, partition: i32) -> bool {
        self.seats.values().any(|seat| seat.owned.contains(&partition))
    }

    /// Whether a commit by this member is taken. Within a transaction one that names no member is taken unseen, as
    /// Kafka does for the sake of old producers.
    pub(super) fn takes(&mut self, vouch: Vouch, in_transaction: bool) -> bool {
        self.expire();
        match vouch.member {
            Some(member) => self.seats.contains_key(&member) && vouch.generation == self.generation,
            None => in_transaction || self.seats.is_empty(),
        }
    }
}
