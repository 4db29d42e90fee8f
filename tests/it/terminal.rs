//! What people see in a terminal: `top` and `tail`, on a real one, in a pipe, and without colours.

use std::process::Output;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::articles::{Expect, bare, mixed};
use crate::cluster::{cluster, pause};
use crate::delivery::{desk, fill, finish};
use crate::kafka::send;
use crate::process::{Desk, Running, UNHURRIED, wiredesk};

const PATIENCE: Duration = Duration::from_secs(300);

/// What switches a colour on.
const COLOUR: &str = "\u{1b}[1m\u{1b}[3";

#[test]
fn top_runs_in_a_terminal_and_in_a_pipe() {
    let mut command = wiredesk();
    let unhurried = format!("shutdown.drain_ms_max={UNHURRIED}");
    command.args(["dev", "--pace", "50", "--set", "http.listen=127.0.0.1:0", "--set", &unhurried]);
    let mut dev = Running::start(&mut command);
    let address = dev.address();
    dev.await_words("dead empty");

    let once = |more: &[&str]| {
        let output = wiredesk().args(["top", &address, "--once"]).args(more).output().expect("runs");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let lines =
        ["state ready", "read ", "partition news.raw[0] lag ", "stage entity ", "dead-letters empty ", "language "];
    // Where a partition ends is known a moment after its first records.
    let deadline = Instant::now() + PATIENCE;
    let totals = loop {
        let totals = once(&[]);
        let Some(line) = lines.iter().find(|line| !totals.contains(&format!("\n{line}"))) else { break totals };
        assert!(Instant::now() < deadline, "{line:?} is not in\n{totals}");
    };
    assert!(!totals.contains("/s\n") && !totals.contains('\u{1b}'), "{totals}");
    let rates = once(&["--interval", "1"]);
    assert!(rates.lines().any(|line| line.starts_with("read ") && line.ends_with("/s")), "{rates}");

    let mut command = wiredesk();
    command.args(["top", &address, "--interval", "1"]);
    let mut top = Running::on_a_terminal(&command);
    // Cells that are blank are skipped, so words come one by one.
    ["ready", "partition,", "Latency", "quit", "entity"].iter().for_each(|word| top.await_words(word));
    top.press("?");
    top.await_words("Help");
    top.press("p");
    top.await_words("paused");
    top.press("q");
    let (status, said) = top.wait(PATIENCE);
    assert_eq!(status.code(), Some(0), "{said}");
    // The screen that was there before is given back.
    assert!(said.contains("\u{1b}[?1049h") && said.contains("\u{1b}[?1049l"), "{said:?}");

    // An instance that goes away is shown as such, and waited for.
    let mut top = Running::on_a_terminal(&command);
    top.await_words("ready");
    dev.stop();
    top.await_words("refused");
    top.press("\u{3}");
    assert_eq!(top.wait(PATIENCE).0.code(), Some(0));
}

#[test]
fn top_says_what_it_cannot_do() {
    let run = |words: &[&str]| wiredesk().args(words).output().expect("runs");
    let check = |words: &[&str], code: i32, problem: &str| {
        let Output { status, stderr, .. } = run(words);
        let said = String::from_utf8_lossy(&stderr).into_owned();
        assert!(status.code() == Some(code) && said.contains(problem), "{words:?}: {status} {said}");
    };
    check(&["top"], 2, "--once` prints lines");
    check(&["top", "--once", "https://127.0.0.1:9/"], 2, "not an http:// URL");
    check(&["top", "--once", "127.0.0.1:9"], 1, "http://127.0.0.1:9/metrics");
    check(&["top", "--once", "--set", "http.listen="], 2, "http.listen is empty");
}

/// The events that `tail` prints from the beginning and these words, as JSON.
fn tailed(desk: &Desk, count: usize, words: &[&str]) -> Vec<Value> {
    let count = count.to_string();
    let words = [&["tail", "--json", "--count", &count], words].concat();
    let output = desk.command(&words).output().expect("runs");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn tail_filters_and_begins_where_it_is_told() {
    let Some(cluster) = cluster() else { return };
    let desk = desk(cluster, "tail", "exactly_once");
    let records = mixed(200);
    let count = |expect: Expect| records.iter().filter(|raw| raw.expect == expect).count();
    let (events, gone) = (count(Expect::Event), count(Expect::Retraction));
    let mut ledger = fill(&desk, records);
    let running = desk.run();
    finish(&desk, &mut ledger, PATIENCE);
    running.stop();

    let all = tailed(&desk, events + gone, &["--from-beginning"]);
    let of = |name: &str| all.iter().filter(|event| event["language"]["tag"] == name).count();
    assert!(of("vi") > 0 && of("fr") > 0 && gone > 0);
    // One more would be waited for, so each count is exact from below; that all of them pass is checked.
    let check = |words: &[&str], count: usize, passes: &dyn Fn(&Value) -> bool| {
        assert!(count > 0, "{words:?}");
        let found = tailed(&desk, count, words);
        assert!(found.len() == count && found.iter().all(passes), "{words:?}");
    };
    check(&["--since", "1h", "--language", "vi"], of("vi"), &|event| event["language"]["tag"] == "vi");
    check(&["--since", "1h", "--language", "vi", "--language", "fr"], of("vi") + of("fr"), &|event| {
        event["language"]["tag"] == "vi" || event["language"]["tag"] == "fr"
    });
    check(&["--from-beginning", "--status", "retracted"], gone, &|event| event["status"] == "retracted");
    let of_norway =
        |event: &Value| event["entities"].as_array().is_some_and(|all| all.iter().any(|one| one["country"] == "NO"));
    check(&["--from-beginning", "--country", "no"], all.iter().filter(|event| of_norway(event)).count(), &of_norway);
    check(&["--from-beginning", "--source", "harbour.example"], 5, &|event| {
        event["source"]["canonical_url"].as_str().is_some_and(|url| url.contains("harbour.example"))
    });

    // What was written before now is not shown; what comes later is, as it comes. It ends when it is told to.
    let mut event = all[0].clone();
    event["title"] = "Written later".into();
    let later = || bare(Some(event.to_string().into_bytes()), Expect::Event);
    let waiting = Running::start(&mut desk.command(&["tail", "--since", "0s", "--json"]));
    let deadline = Instant::now() + PATIENCE;
    while !waiting.said().contains("Written later") {
        assert!(Instant::now() < deadline, "{}", waiting.said());
        send(&desk.brokers, &desk.enriched, vec![later()]);
        pause(Duration::from_millis(200));
    }
    let said = waiting.stop();
    let events = said.lines().filter(|line| line.contains("wiredesk.article/1"));
    assert!(events.clone().all(|line| line.contains("Written later")), "{said}");
}

#[test]
fn tail_has_colours_on_a_terminal_alone() {
    let Some(cluster) = cluster() else { return };
    let desk = desk(cluster, "colours", "exactly_once");
    let mut ledger = fill(&desk, mixed(40));
    let running = desk.run();
    finish(&desk, &mut ledger, PATIENCE);
    running.stop();
    let words = ["tail", "--from-beginning", "--count", "10"];
    let on_a_terminal = |name: &str, value: &str| {
        let mut command = desk.command(&words);
        command.env_remove("NO_COLOR").env(name, value);
        let (status, said) = Running::on_a_terminal(&command).wait(PATIENCE);
        assert_eq!(status.code(), Some(0), "{said}");
        said
    };
    let coloured = on_a_terminal("LANG", "C.UTF-8");
    assert!(coloured.contains(COLOUR), "{coloured:?}");
    let plain = on_a_terminal("NO_COLOR", "1");
    assert!(!plain.contains('\u{1b}') && plain.lines().count() >= 10, "{plain:?}");
    let piped = desk.command(&words).output().expect("runs");
    assert!(!piped.stdout.contains(&0x1b) && piped.stdout.split(|byte| *byte == b'\n').count() == 11);
}
