//! Dead letters, worked with: listed, shown, replayed.

use std::process::Output;
use std::time::{Duration, Instant};

use rdkafka::message::{Headers, Message, OwnedMessage};
use serde_json::Value;

use crate::articles::{Expect, Raw, bare, mixed};
use crate::cluster::{Cluster, cluster, heavy, pause};
use crate::delivery::{desk, fill, finish, read};
use crate::kafka::{self, header};
use crate::ledger::Ledger;
use crate::process::{Desk, Running};

/// How long some hundred records may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// Runs `dlq` to its end.
fn dlq(desk: &Desk, words: &[&str]) -> Output {
    let output = desk.command(&[&["dlq"], words].concat()).output().expect("runs");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// What `dlq` tells a person, one line a count.
fn told(desk: &Desk, words: &[&str]) -> Vec<String> {
    let output = dlq(desk, words);
    String::from_utf8(output.stderr).expect("text").lines().map(|line| line.trim().to_owned()).collect()
}

fn listed(desk: &Desk, words: &[&str]) -> Vec<Value> {
    let output = dlq(desk, &[&["list", "--json"], words].concat());
    String::from_utf8(output.stdout)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

/// A desk whose records have all come to an end, and its service.
fn settled(cluster: &Cluster, name: &str, records: usize) -> (Desk, Ledger, Running) {
    let desk = desk(cluster, name, "exactly_once");
    let mut ledger = fill(&desk, mixed(records));
    let running = desk.run();
    finish(&desk, &mut ledger, PATIENCE);
    ledger.check_exactly_once();
    (desk, ledger, running)
}

/// The records of the raw topic that were replayed.
fn replayed(desk: &Desk) -> Vec<OwnedMessage> {
    let all = kafka::read(&desk.brokers, &desk.raw).into_iter();
    all.filter(|message| header(message, "wd-replays").is_some()).collect()
}

/// The record as it went in, but for the count of its replays.
fn raw(message: &OwnedMessage, expect: Expect) -> Raw {
    let headers = message.headers().into_iter().flat_map(|headers| headers.iter());
    let own = headers.filter(|header| header.key != "wd-replays");
    Raw {
        key: message.key().map(<[u8]>::to_vec),
        headers: own.map(|header| (header.key.to_owned(), header.value.unwrap_or_default().to_vec())).collect(),
        value: message.payload().map(<[u8]>::to_vec),
        expect,
    }
}

#[test]
fn dead_letters_are_listed_and_shown() {
    let Some(cluster) = cluster() else { return };
    let (desk, ledger, running) = settled(cluster, "letters", 200);
    running.stop();
    let reasons = ledger.reasons();
    for (reason, count) in &reasons {
        let found = listed(&desk, &["--reason", reason]);
        assert_eq!(found.len(), *count, "{reason}");
        assert!(found.iter().all(|letter| letter["reason"] == **reason && letter["topic"] == *desk.raw), "{found:?}");
    }
    assert_eq!(listed(&desk, &[]).len(), reasons.values().sum::<usize>());
    assert_eq!(listed(&desk, &["--from-topic", "another"]).len(), 0);
    assert_eq!(listed(&desk, &["--since", "1h"]).len(), reasons.values().sum::<usize>());
    assert_eq!(listed(&desk, &["--until", "1h"]).len(), 0);
    assert_eq!(listed(&desk, &["--count", "3"]).len(), 3);
    let summary = told(&desk, &["list", "--summary"]);
    let count = reasons["malformed_json"];
    assert!(summary.contains(&format!("{count}  malformed_json  from {}", desk.raw)), "{summary:?}");
    for letter in ledger.letters("malformed_json") {
        let place = format!("{}@{}", letter.partition(), letter.offset());
        assert_eq!(dlq(&desk, &["show", &place, "--raw"]).stdout, letter.payload().expect("a value"));
        let page = String::from_utf8(dlq(&desk, &["show", &place]).stdout).expect("text");
        assert!(page.starts_with("malformed_json "), "{page}");
    }
    let beyond = desk.command(&["dlq", "show", "0@100000"]).output().expect("runs");
    assert_eq!(beyond.status.code(), Some(1));
    let problem = format!("{} holds nothing at 0@100000", desk.dead_letter);
    assert!(String::from_utf8_lossy(&beyond.stderr).contains(&problem), "{beyond:?}");
    let elsewhere =
        desk.with("topics.dead_letter", "letters.nowhere").command(&["dlq", "list"]).output().expect("runs");
    assert_eq!(elsewhere.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&elsewhere.stderr).contains("topic letters.nowhere: "), "{elsewhere:?}");
}

#[test]
fn replayed_letters_go_round_and_no_further_than_they_may() {
    let Some(cluster) = cluster() else { return };
    let (desk, mut ledger, running) = settled(cluster, "replays", 100);
    running.stop();
    let count = ledger.reasons()["malformed_json"];
    let words = ["replay", "--reason", "malformed_json", "--replays-max", "2"];
    let dry = told(&desk, &[&words[..], &["--dry-run"]].concat());
    assert_eq!(dry, [format!("{count}  would be replayed")]);
    assert_eq!(replayed(&desk).len(), 0);
    for round in 1..=2 {
        assert_eq!(told(&desk, &words), [format!("{count}  replayed")]);
        // The same command goes on behind them.
        assert_eq!(told(&desk, &words).first().map(String::as_str), Some("0  replayed"));
        let again = replayed(&desk);
        assert_eq!(again.len(), round * count);
        let place = |message: &OwnedMessage| (desk.raw.clone(), message.partition(), message.offset());
        let expect = Expect::DeadLetter("malformed_json");
        ledger.extend(again.iter().map(|message| (place(message), raw(message, expect))).collect());
        // The service refuses them again, byte for byte as before.
        let running = desk.run();
        finish(&desk, &mut ledger, PATIENCE);
        ledger.check_exactly_once();
        running.stop();
    }
    assert_eq!(told(&desk, &words), ["0  replayed".to_owned(), format!("{count}  left: replayed 2 times already")]);
}

#[test]
fn a_replay_that_is_killed_goes_on_where_it_was() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let (desk, ledger, running) = settled(cluster, "replay-killed", 1_000);
    running.stop();
    let count = ledger.reasons().values().sum::<usize>();
    let slow = Running::start(&mut desk.command(&["dlq", "replay", "--rate", "50"]));
    let deadline = Instant::now() + PATIENCE;
    while replayed(&desk).is_empty() {
        assert!(Instant::now() < deadline, "nothing is replayed");
        pause(Duration::from_millis(50));
    }
    slow.kill();
    let rest = told(&desk, &["replay"]);
    let found = replayed(&desk);
    assert_eq!(found.len(), count, "{rest:?}");
    assert!(rest[0].ends_with("replayed") && rest[0] != format!("{count}  replayed"), "{rest:?}");
    assert!(found.iter().all(|message| header(message, "wd-replays") == Some(b"1")));
}

#[test]
fn a_flood_of_dead_letters_stops_the_service_before_it_is_written() {
    let Some(cluster) = cluster() else { return };
    let desk = desk(cluster, "flood", "exactly_once").with("batch.records_max", "20");
    let desk = desk.with("dead_letters.records", "50").with("dead_letters.percent_max", "60");
    let unreadable = |number| bare(Some(format!("[{number}]").into_bytes()), Expect::DeadLetter("unsupported"));
    let mut ledger = fill(&desk, (0..300).map(unreadable).collect());
    let (status, said) = desk.run().wait(PATIENCE);
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("records would be dead letters, more than dead_letters.percent_max = 60"), "{said}");
    read(&desk, &mut ledger);
    let tally = ledger.tally();
    assert!(tally.dead < 50 && tally.doubled == 0, "{tally}");
    // Once the limit is raised, it goes on where it stopped.
    let running = desk.clone().with("dead_letters.percent_max", "100").run();
    finish(&desk, &mut ledger, PATIENCE);
    ledger.check_exactly_once();
    running.stop();
}
