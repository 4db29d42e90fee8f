//! Faults of brokers, three of them, while `wiredesk verify` runs and holds what went in against what came out.

use std::io::{BufRead, BufReader, Read};
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

/// Runs `verify` with these words while `harm` comes to the brokers, and holds it to what is promised; its report.
fn check(name: &str, words: &[&str], harm: impl FnOnce(&Brokers)) -> Option<Value> {
    let _heavy = heavy();
    let brokers = Brokers::start(name)?;
    let mut running = verify(&brokers, words);
    let mut said = BufReader::new(running.stderr.take().expect("piped"));
    let mut story = String::new();
    while !story.ends_with("every process is ready\n") && said.read_line(&mut story).expect("text") > 0 {}
    assert!(story.ends_with("every process is ready\n"), "{name}: verify ended before it began:\n{story}");
    let listener = std::thread::spawn(move || {
        _ = said.read_to_string(&mut story);
        story
    });
    harm(&brokers);
    let output = running.wait_with_output().expect("ends");
    let said = listener.join().expect("listened");
    let told = String::from_utf8_lossy(&output.stdout);
    // What it says on a busy machine, and what its brokers said, is all that there is to tell a defect from a delay.
    let story = || format!("{name}: verify ended with {}\n{said}{told}\n{}", output.status, brokers.story());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no report; {}", story()));
    let number = |field: &str| report[field].as_f64().expect("a number");
    let [sent, lost, doubled, seconds] = ["sent", "lost", "doubled", "seconds"].map(number);
    say(&format!(
        "{name}: in {sent}, lost {lost}, doubled {doubled}, {}, stalls {} s, {seconds:.0} s in all",
        report["faults"], report["longest_stall_seconds_by_fault"]
    ));
    assert!(output.status.success() && report["held"] == true, "{}", story());
    if report["guarantee"] == "exactly_once" {
        assert_eq!(doubled, 0.0, "{}", story());
    }
    Some(report)
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

// Whoever is asked to stop while brokers are away may not deliver in time what it has in hand, and says so with its exit
// code: where brokers are killed, processes are killed and paused.

// Whichever leads partitions, the group and the transactions: each broker is killed.
#[test]
fn every_broker_is_killed_once() {
    let words = ["--records", "3000", "--duration", "45", "--faults", "pause", "--processes", "1"];
    _ = check("killed-brokers", &words, |brokers| kill_each(brokers, 1));
}

#[test]
#[ignore = "takes minutes"]
fn every_broker_is_killed_five_times_exactly_once() {
    let words = ["--records", "50000", "--duration", "330", "--faults", "kill,pause", "--between", "10"];
    _ = check("killed-brokers-5", &words, |brokers| kill_each(brokers, 5));
}

#[test]
#[ignore = "takes minutes"]
fn every_broker_is_killed_five_times_at_least_once() {
    let words = ["--records", "50000", "--duration", "330", "--faults", "kill,pause", "--between", "10"];
    let words = [&words[..], &["--guarantee", "at_least_once"]].concat();
    _ = check("killed-brokers-5-repeats", &words, |brokers| kill_each(brokers, 5));
}

#[test]
#[ignore = "takes minutes"]
fn every_broker_hangs_for_10_60_and_120_seconds() {
    // A process that cannot start while brokers hang is left the time to: killed again and again it never would.
    let words = ["--records", "60000", "--duration", "650", "--faults", "kill,pause", "--between", "20"];
    _ = check("hanging-brokers", &words, |brokers| {
        [10, 60, 120].into_iter().for_each(|time| pause_each(brokers, time))
    });
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_thousand_records_outlive_fifty_kills() {
    let words = ["--records", "200000", "--duration", "200", "--faults", "kill"];
    let Some(report) = check("fifty-kills", &words, |_| {}) else { return };
    assert!(report["faults"]["kill"].as_u64() >= Some(50), "{report}");
}

// Each kill by itself: whatever the dead process had is taken over within its session and ten seconds.
#[test]
#[ignore = "takes minutes"]
fn what_a_killed_process_had_is_taken_over_in_time() {
    let words = ["--records", "20000", "--duration", "240", "--faults", "kill", "--between", "25"];
    let Some(report) = check("single-kills", &words, |_| {}) else { return };
    let stall = report["longest_stall_seconds_by_fault"]["kill"].as_f64().expect("there were kills");
    assert!(stall <= 20.0, "{report}");
}

#[test]
#[ignore = "takes minutes"]
fn twenty_stops_under_load_repeat_nothing() {
    let words = ["--records", "40000", "--duration", "180", "--faults", "stop", "--between", "4", "--processes", "1"];
    for guarantee in ["exactly_once", "at_least_once"] {
        let name = format!("stops-{guarantee}");
        let Some(report) = check(&name, &[&words[..], &["--guarantee", guarantee]].concat(), |_| {}) else { return };
        assert!(report["faults"]["stop"].as_u64() >= Some(20), "{report}");
        assert_eq!(report["doubled"], 0, "{report}");
    }
}
