//! A schedule: its kind, its seed, and what became of it.

use crate::config::Guarantee;

/// What a schedule puts to the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Exactly-once; processes are started and stopped in order.
    QuietTransactions,
    /// Exactly-once, with faults of every sort.
    FaultyTransactions,
    /// At-least-once; one process after the other.
    QuietCommits,
    /// At-least-once, with faults of every sort.
    FaultyCommits,
}

/// A schedule before it runs.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) kind: Kind,
    pub(super) seed: u64,
}

/// What became of it.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) records: usize,
    pub(super) lost: Vec<(i32, i64)>,
    pub(super) doubled: Vec<(i32, i64)>,
    pub(super) disordered: Vec<(i32, i64)>,
    pub(super) violations: Vec<String>,
    pub(super) stalled: bool,
    pub(super) miscounted: Option<String>,
    pub(super) crashes: usize,
    pub(super) pauses: usize,
    pub(super) rebalances: usize,
    pub(super) rewinds: u64,
    pub(super) rebuilds: u64,
    pub(super) heals: u64,
}

impl Report {
    pub(super) fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.doubled.extend(&other.doubled);
        self.crashes += other.crashes;
        self.pauses += other.pauses;
        self.rebalances += other.rebalances;
        self.rewinds += other.rewinds;
        self.rebuilds += other.rebuilds;
        self.heals += other.heals;
    }
}

impl Plan {
    pub(super) fn new(kind: Kind, seed: u64) -> Self {
        Self { kind, seed }
    }

    pub(super) fn guarantee(&self) -> Guarantee {
        match self.kind {
            Kind::QuietTransactions | Kind::FaultyTransactions => Guarantee::ExactlyOnce,
            Kind::QuietCommits | Kind::FaultyCommits => Guarantee::AtLeastOnce,
        }
    }

    pub(super) fn is_faulty(&self) -> bool {
        match self.kind {
            Kind::FaultyTransactions | Kind::FaultyCommits => true,
            Kind::QuietTransactions | Kind::QuietCommits => false,
        }
    }
}
