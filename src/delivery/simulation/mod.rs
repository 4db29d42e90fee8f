//! The delivery argument on brokers in memory, under seeded schedules of crashes, pauses, rebalances and failing calls.
//!
//! The workers are the real ones, the loop with its source and sink; only what lies behind [`super::Platform`] is made
//! here, and time is virtual. A schedule is a seed: what it breaks, it breaks again. Each schedule ends with a ledger of
//! every record, and the brokers note by themselves whatever must not happen in between (`cluster.rs`).

mod cluster;
mod consumer;
mod group;
mod ledger;
mod process;
mod producer;
mod schedule;
mod world;

use std::fmt::Write;

use schedule::{Kind, Plan, Report};
use world::run;

/// How many schedules of each kind a plain test run goes through. `WIREDESK_SCHEDULES` sets another number.
const SCHEDULES: u64 = 60;

/// Runs schedules of a kind, each by its own seed, and fails with all that went wrong.
fn check(kind: Kind, broken: impl Fn(&Report) -> Option<String>) {
    let asked = std::env::var("WIREDESK_SCHEDULES").ok().and_then(|number| number.parse().ok());
    let only = std::env::var("WIREDESK_SEED").ok().and_then(|number| number.parse().ok());
    let seeds = only.map_or(0..asked.unwrap_or(SCHEDULES), |seed: u64| seed..seed + 1);
    let (mut problems, mut failed, mut totals) = (String::new(), 0, Report::default());
    for seed in seeds.clone() {
        let report = run(&Plan::new(kind, seed));
        totals.add(&report);
        if let Some(problem) = broken(&report) {
            failed += 1;
            if failed <= 5 {
                writeln!(problems, "seed {seed}: {problem}").expect("a string takes all");
            }
        }
    }
    let Report { records, doubled, crashes, pauses, rebalances, rewinds, rebuilds, heals, .. } = &totals;
    eprintln!(
        "{kind:?}: {} schedules, {records} records, {crashes} crashes, {pauses} pauses, {rebalances} rebalances, {rewinds} rewinds, \
         {rebuilds} rebuilds, {heals} heals, {} doubled",
        seeds.end - seeds.start,
        doubled.len(),
    );
    assert!(failed == 0, "{failed} schedules of {kind:?} broke a promise\n{problems}");
}

/// What no schedule may break, whatever the guarantee.
fn always(report: &Report) -> Option<String> {
    let Report { lost, disordered, violations, stalled, miscounted, .. } = report;
    let fine = lost.is_empty() && disordered.is_empty() && violations.is_empty() && !stalled && miscounted.is_none();
    (!fine).then(|| {
        format!("lost {lost:?}, out of order {disordered:?}, stalled {stalled}, {miscounted:?}, {violations:?}")
    })
}

fn once(report: &Report) -> Option<String> {
    always(report).or_else(|| (!report.doubled.is_empty()).then(|| format!("doubled {:?}", report.doubled)))
}

#[test]
fn exactly_once_holds_when_nothing_fails() {
    check(Kind::QuietTransactions, once);
}

#[test]
fn exactly_once_holds_under_faults() {
    check(Kind::FaultyTransactions, once);
}

#[test]
fn at_least_once_doubles_nothing_when_nothing_fails() {
    check(Kind::QuietCommits, once);
}

#[test]
fn at_least_once_loses_nothing_under_faults() {
    check(Kind::FaultyCommits, always);
}
