//! Crashes and rebalances under load, on a real Kafka.

use std::time::{Duration, Instant};

use crate::articles::mixed;
use crate::cluster::{cluster, heavy, say};
use crate::delivery::{await_part, desk, fill, finish, read};
use crate::process::{Desk, Running};

/// How many records go through the chaos: a few thousand in a debug build, 100,000 for the figure of a release.
fn records() -> usize {
    let wanted = std::env::var("WIREDESK_IT_RECORDS").ok();
    wanted.map_or(3_000, |text| text.parse().expect("WIREDESK_IT_RECORDS is a number"))
}

/// Batches small enough that a crash finds one open whenever it comes, and large enough to be quick.
fn batch(records: usize) -> usize {
    (records / 60).clamp(30, 2_000)
}

fn start(desk: &Desk, instance: &str, workers: &str) -> Running {
    let mut running = desk.clone().with("kafka.instance", instance).with("workers.count", workers).run();
    running.await_words("running");
    running
}

/// Two crashes of one process, with another that comes and goes between them.
fn crash_twice(desk: &Desk, ledger: &crate::ledger::Ledger) -> Running {
    let first = start(desk, "a", "2");
    await_part(desk, ledger, 0.15);
    first.kill();
    let second = start(desk, "a", "2");
    await_part(desk, ledger, 0.3);
    let other = start(desk, "b", "1");
    await_part(desk, ledger, 0.5);
    second.kill();
    let third = start(desk, "a", "2");
    await_part(desk, ledger, 0.7);
    other.stop();
    third
}

#[test]
fn exactly_once_outlives_two_crashes_and_a_rebalance() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let count = records();
    let desk = desk(cluster, "chaos", "exactly_once").with("batch.records_max", &batch(count).to_string());
    let mut ledger = fill(&desk, mixed(count));
    let began = Instant::now();
    let last = crash_twice(&desk, &ledger);
    finish(&desk, &mut ledger, Duration::from_secs(600));
    let seconds = began.elapsed().as_secs_f64();
    say(&format!("exactly-once, two SIGKILL, two rebalances: {}, {seconds:.1} s", ledger.tally()));
    let tally = ledger.check_exactly_once();
    assert_eq!(tally.events + tally.dead, count);
    last.stop();
}

#[test]
fn at_least_once_repeats_no_more_than_was_in_flight() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let count = records().min(20_000);
    let size = batch(count);
    let desk = desk(cluster, "chaos-repeats", "at_least_once").with("batch.records_max", &size.to_string());
    let mut ledger = fill(&desk, mixed(count));
    let began = Instant::now();
    let last = crash_twice(&desk, &ledger);
    finish(&desk, &mut ledger, Duration::from_secs(600));
    let seconds = began.elapsed().as_secs_f64();
    say(&format!("at-least-once, two SIGKILL, two rebalances: {}, {seconds:.1} s", ledger.tally()));
    let tally = ledger.check_at_least_once();
    // Each of the four changes of ownership can catch each of at most three workers with one batch.
    assert!(tally.doubled <= 4 * 3 * size, "{tally}");
    last.stop();
}

#[test]
fn one_process_becomes_three_and_one_again() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let count = records().min(20_000);
    let desk = desk(cluster, "scaling", "exactly_once").with("batch.records_max", &batch(count).to_string());
    let mut ledger = fill(&desk, mixed(count));
    let first = start(&desk, "a", "1");
    await_part(&desk, &ledger, 0.15);
    let others = [start(&desk, "b", "1"), start(&desk, "c", "1")];
    await_part(&desk, &ledger, 0.6);
    let said: Vec<String> = others.into_iter().map(Running::stop).collect();
    assert!(said.iter().all(|said| said.contains("partitions assigned")), "the others had no share: {said:#?}");
    read(&desk, &mut ledger);
    assert!(ledger.tally().lost > 0, "the work was done before the others left: {}", ledger.tally());
    finish(&desk, &mut ledger, Duration::from_secs(600));
    ledger.check_exactly_once();
    first.stop();
}
