//! Crashes and rebalances under load, on a real Kafka.

use std::time::{Duration, Instant};

use crate::articles::mixed;
use crate::cluster::{cluster, heavy, say};
use crate::delivery::{await_part, desk, fill, finish, read, under_load};
use crate::http::{metrics_after, sum};
use crate::kafka::{await_committed, committed, ends, send, take_over};
use crate::ledger::Ledger;
use crate::process::{Desk, Running};

/// How many records go through the chaos: some thousand in a debug build, 100,000 for the figure of a release.
fn records() -> usize {
    let wanted = std::env::var("WIREDESK_IT_RECORDS").ok();
    wanted.map_or(5_000, |text| text.parse().expect("WIREDESK_IT_RECORDS is a number"))
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

/// Two crashes of one process, with another that comes and goes between them; the third process, and what the earlier
/// ones said.
fn crash_twice(desk: &Desk, ledger: &mut Ledger, between: impl Fn(&mut Ledger)) -> (Running, String) {
    let first = start(desk, "a", "2");
    await_part(desk, ledger, 0.15);
    let mut said = first.kill();
    between(ledger);
    let second = start(desk, "a", "2");
    await_part(desk, ledger, 0.3);
    let mut other = start(desk, "b", "1");
    other.await_words("partitions assigned");
    await_part(desk, ledger, 0.5);
    said += &second.kill();
    let third = start(desk, "a", "2");
    await_part(desk, ledger, 0.7);
    said += &other.stop();
    (third, said)
}

/// How often a worker was given a partition of the raw topic.
fn given(desk: &Desk, said: &str) -> usize {
    let lines = said.lines().filter(|line| line.contains("partitions assigned"));
    lines.map(|line| line.matches(&format!("{}[", desk.raw)).count()).sum()
}

#[test]
fn exactly_once_outlives_two_crashes_and_a_rebalance() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let count = records();
    let desk = desk(cluster, "chaos", "exactly_once").with("batch.records_max", &batch(count).to_string());
    let mut ledger = fill(&desk, mixed(count));
    let began = Instant::now();
    let (last, _) = crash_twice(&desk, &mut ledger, |ledger| {
        // The dead process's transaction ends, one way or the other; then offsets and events agree to the record.
        read(&desk, ledger);
        let committed = committed(&desk.brokers, &desk.group, &ends(ledger.places()));
        ledger.check_committed(&committed);
    });
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
    let (last, mut said) = crash_twice(&desk, &mut ledger, |_| {});
    finish(&desk, &mut ledger, Duration::from_secs(600));
    let seconds = began.elapsed().as_secs_f64();
    say(&format!("at-least-once, two SIGKILL, two rebalances: {}, {seconds:.1} s", ledger.tally()));
    let tally = ledger.check_at_least_once();
    said += &last.stop();
    // Whoever is given a partition reads again what its last owner had in hand: one batch. On a busy machine a session
    // may end that nobody ended, and more partitions move.
    let most = given(&desk, &said) * size;
    assert!(tally.doubled <= most, "{tally}, and no more than {most} may be");
}

#[test]
fn a_process_that_stood_still_for_longer_than_its_session_commits_nothing() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let desk = desk(cluster, "zombie", "exactly_once").with("batch.records_max", "20");
    // Beyond the session, of three seconds, and beyond the time within which a member has to read.
    let desk = desk.with("kafka.properties.max_poll_interval_ms", "5000");
    let mut ledger = fill(&desk, mixed(1_500));
    let mut zombie = start(&desk, "zombie", "1");
    zombie.await_words("partitions assigned");
    let mut heir = start(&desk, "heir", "1");
    heir.await_words("partitions assigned");
    await_part(&desk, &ledger, 0.1);
    zombie.signal("STOP");
    crate::cluster::pause(Duration::from_secs(9));
    ledger.extend(send(&desk.brokers, &desk.raw, mixed(300)));
    zombie.signal("CONT");
    finish(&desk, &mut ledger, Duration::from_secs(120));
    ledger.check_exactly_once();
    zombie.stop();
    heir.stop();
}

#[test]
fn a_producer_that_is_shut_out_is_made_anew() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let desk = desk(cluster, "fenced", "exactly_once").with("batch.records_max", "20");
    let mut ledger = fill(&desk, mixed(400));
    let mut running = start(&desk, "a", "1");
    let address = running.address();
    await_part(&desk, &ledger, 0.1);
    for _ in 0..3 {
        // Its producer is there, for it has delivered, and whatever comes now has it find out.
        take_over(&desk.brokers, &format!("{}-a-0", desk.group));
        ledger.extend(send(&desk.brokers, &desk.raw, mixed(100)));
        await_committed(&desk.brokers, &desk.group, ledger.places(), Duration::from_secs(120));
    }
    finish(&desk, &mut ledger, Duration::from_secs(120));
    let tally = ledger.check_exactly_once();
    let found = metrics_after(&address, tally.sent);
    assert_eq!(sum(&found, "wiredesk_records_consumed_total", &[]), tally.sent);
    assert!(sum(&found, "wiredesk_clients_rebuilt_total", &[]) >= 3, "{}", running.said());
    running.stop();
}

#[test]
fn one_process_becomes_three_and_one_again() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let desk = desk(cluster, "scaling", "exactly_once").with("batch.records_max", "50");
    let share = format!("partitions={}[", desk.raw);
    let (mut ledger, first) = under_load(&desk, records() / 10, records() / 50, || {
        let mut first = start(&desk, "a", "1");
        first.await_words(&share);
        let mut others = [start(&desk, "b", "1"), start(&desk, "c", "1")];
        others.iter_mut().for_each(|other| other.await_words(&share));
        crate::cluster::pause(Duration::from_secs(2));
        others.into_iter().for_each(|other| _ = other.stop());
        crate::cluster::pause(Duration::from_secs(1));
        first
    });
    finish(&desk, &mut ledger, Duration::from_secs(600));
    ledger.check_exactly_once();
    first.stop();
}

/// What `verify` reports of a short run with these words.
fn verified(words: &[&str]) -> Option<serde_json::Value> {
    let cluster = cluster()?;
    let _heavy = heavy();
    let run = ["verify", "--json", "--records", "600", "--duration", "8", "--brokers", cluster.brokers()];
    let output = crate::process::wiredesk().args(run).args(words).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stdout));
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

#[test]
fn verify_finds_that_what_is_promised_is_kept() {
    let Some(report) = verified(&["--faults", "kill,stop", "--seed", "7"]) else { return };
    assert_eq!(report["held"], true, "{report}");
    assert_eq!((&report["sent"], &report["lost"], &report["doubled"]), (&600.into(), &0.into(), &0.into()), "{report}");
    assert!(report["faults"]["kill"].as_u64() > Some(0) || report["faults"]["stop"].as_u64() > Some(0), "{report}");
}

#[test]
fn verify_holds_the_counters_against_the_ledger() {
    let words = ["--faults", "pause", "--processes", "1", "--guarantee", "at_least_once"];
    let Some(report) = verified(&words) else { return };
    let number = |name: &str| report[name].as_u64().expect("a number");
    let written = number("events") + number("dead_letters") + number("doubled");
    // A batch that is done twice may be counted once.
    let counted = written - number("doubled")..=written;
    assert!(counted.contains(&number("counted")), "{report}");
    assert_eq!(report["guarantee"], "at_least_once");
}

#[test]
fn a_rolling_restart_of_static_members_moves_no_partition() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let desk = desk(cluster, "static", "exactly_once").with("kafka.static_membership", "true");
    let desk = desk.with("kafka.session_timeout_ms", "30000").with("batch.records_max", "20");
    // A rebalance that moves nothing names no partition.
    let moved = format!(" partitions={}", desk.raw);
    let mut stays = start(&desk, "stays", "1");
    stays.await_words(&moved);
    let mut goes = start(&desk, "goes", "1");
    // What one gives up, the other is given: with that the group has come to rest.
    stays.await_words("partitions revoked");
    goes.await_words(&moved);
    let before = stays.said().matches(&moved).count();
    let mut ledger = fill(&desk, mixed(400));
    goes.stop();
    let mut goes = start(&desk, "goes", "1");
    goes.await_words("partitions assigned");
    finish(&desk, &mut ledger, Duration::from_secs(120));
    ledger.check_exactly_once();
    assert_eq!(stays.said().matches(&moved).count(), before, "{}", stays.said());
    stays.stop();
    goes.stop();
}
