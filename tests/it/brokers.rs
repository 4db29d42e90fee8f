//! Faults of brokers, three of them, while `wiredesk verify` runs and holds what went in against what came out.

use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::cluster::{Brokers, heavy, pause, say};
use crate::process::wiredesk;

/// How long a broker that was killed stays away: longer than its session, so that every partition gets another leader.
const AWAY: Duration = Duration::from_secs(8);

fn verify(brokers: &Brokers, words: &[&str]) -> Child {
    let mut command = wiredesk();
    command.args(["verify", "--json", "--brokers", &brokers.addresses]).args(words);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts")
}

/// Runs `verify` with these words while `harm` comes to the brokers, and holds it to what is promised.
fn check(name: &str, words: &[&str], harm: impl FnOnce(&Brokers)) {
    let _heavy = heavy();
    let Some(brokers) = Brokers::start(name) else { return };
    let running = verify(&brokers, words);
    // It makes its topics and starts its processes first.
    pause(Duration::from_secs(5));
    harm(&brokers);
    let output = running.wait_with_output().expect("ends");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let number = |field: &str| report[field].as_f64().expect("a number");
    let [sent, lost, doubled, stall, seconds] =
        ["sent", "lost", "doubled", "longest_stall_seconds", "seconds"].map(number);
    say(&format!(
        "{name}: in {sent}, lost {lost}, doubled {doubled}, longest stall {stall:.0} s, {seconds:.0} s in all"
    ));
    assert_eq!(report["held"], true, "{said}");
    if report["guarantee"] == "exactly_once" {
        assert_eq!(doubled, 0.0, "{said}");
    }
}

fn kill_each(brokers: &Brokers, rounds: usize) {
    for _ in 0..rounds {
        for broker in 1..=3 {
            brokers.command(&format!("kill {broker}"));
            pause(AWAY);
            brokers.command(&format!("restart {broker}"));
        }
    }
}

fn pause_each(brokers: &Brokers, seconds: u64) {
    for broker in 1..=3 {
        brokers.command(&format!("pause {broker}"));
        pause(Duration::from_secs(seconds));
        brokers.command(&format!("resume {broker}"));
        brokers.command("wait");
    }
}

// Whichever leads partitions, the group and the transactions: each broker is killed.
#[test]
fn every_broker_is_killed_once() {
    let words = ["--records", "3000", "--duration", "45", "--faults", "pause", "--processes", "1"];
    check("killed-brokers", &words, |brokers| kill_each(brokers, 1));
}

#[test]
#[ignore = "takes minutes"]
fn every_broker_is_killed_five_times_exactly_once() {
    let words = ["--records", "50000", "--duration", "330"];
    check("killed-brokers-5", &words, |brokers| kill_each(brokers, 5));
}

#[test]
#[ignore = "takes minutes"]
fn every_broker_is_killed_five_times_at_least_once() {
    let words = ["--records", "50000", "--duration", "330", "--guarantee", "at_least_once"];
    check("killed-brokers-5-repeats", &words, |brokers| kill_each(brokers, 5));
}

#[test]
#[ignore = "takes minutes"]
fn every_broker_hangs_for_10_60_and_120_seconds() {
    let words = ["--records", "60000", "--duration", "650", "--faults", "kill"];
    check("hanging-brokers", &words, |brokers| [10, 60, 120].into_iter().for_each(|time| pause_each(brokers, time)));
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_thousand_records_outlive_fifty_kills() {
    let words = ["--records", "200000", "--duration", "150", "--faults", "kill"];
    check("fifty-kills", &words, |_| {});
}
