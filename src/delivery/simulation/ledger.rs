//! Every record of a schedule, held against what consumers see.

use std::collections::BTreeMap;

use super::cluster::{Cluster, Form};

/// What went wrong, by record: partition and offset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    pub(super) lost: Vec<(i32, i64)>,
    pub(super) doubled: Vec<(i32, i64)>,
    pub(super) disordered: Vec<(i32, i64)>,
}

impl Cluster {
    /// The ledger, once all is done: what is lost, doubled, or out of order.
    pub(super) fn ledger(&self) -> Ledger {
        let mut ledger = Ledger::default();
        let mut seen: BTreeMap<((i32, i64), bool), usize> = BTreeMap::new();
        let mut last: BTreeMap<(i32, bool), i64> = BTreeMap::new();
        for entry in self.log.iter().filter(|entry| entry.visible) {
            let is_copy = entry.form == Form::Copy;
            let times = seen.entry((entry.of, is_copy)).or_default();
            *times += 1;
            if *times > 1 {
                ledger.doubled.push(entry.of);
            } else if entry.form != Form::DeadLetter {
                let last = last.entry((entry.of.0, is_copy)).or_insert(entry.of.1);
                let is_late = *last > entry.of.1;
                *last = entry.of.1.max(*last);
                if is_late && (entry.in_transaction || !self.skipped.contains(&entry.of)) {
                    ledger.disordered.push(entry.of);
                }
            }
        }
        let all =
            self.raw.iter().flatten().map(|record| (record.position.partition.partition, record.position.offset.0));
        ledger.lost = all.filter(|&(partition, offset)| !self.is_done(partition, offset)).collect();
        ledger
    }
}
