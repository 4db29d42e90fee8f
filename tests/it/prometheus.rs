//! A real Prometheus before the program: it is scraped, the rules that operators are given load and fire, and the dashboard's
//! questions have answers.
//!
//! It needs Debian's `prometheus`. Where that is missing the test says SKIP and why; with `CI=true` that is a failure. The
//! brokers are in memory, where one can be broken without Java.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;
use wiredesk::telemetry::METRICS;

use crate::articles::{Expect, bare, native};
use crate::cluster::{pause, say};
use crate::http::get;
use crate::mock::Mock;
use crate::process::Running;

/// Rules wait half a minute for brokers that do not answer; the rest is for a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// What Prometheus says before the address that it was given.
const LISTENING: &str = "msg=\"Listening on\" address=";

/// Metrics that are there only where the configuration asks for what they count.
const CONFIGURED: &[&str] = &["wiredesk_routed_total"];

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A Prometheus that looks at one process every second, with the rules of `deploy`, which here wait for nothing.
struct Prometheus {
    folder: PathBuf,
    address: String,
    /// Held for its end.
    _running: Running,
}

impl Prometheus {
    /// Says so, loudly, where there is none.
    fn is_missing() -> bool {
        let is_there = Command::new("prometheus").arg("--version").output().is_ok_and(|out| out.status.success());
        if !is_there {
            let why = "SKIP Prometheus: no `prometheus` on this machine";
            assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "{why}; with CI=true that is a failure");
            say(why);
        }
        !is_there
    }

    /// One that looks at this process; `None`, loudly, where there is no Prometheus.
    fn start(name: &str, target: &str) -> Option<Self> {
        if Self::is_missing() {
            return None;
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let at_once = |line: &str| {
            let indent = line.len() - line.trim_start().len();
            let waits = line.trim_start().starts_with("for: ");
            if waits { format!("{:indent$}for: 0s", "") } else { line.to_owned() }
        };
        let rules: Vec<String> = file("deploy/prometheus/alerts.yml").lines().map(at_once).collect();
        let config = file("deploy/prometheus/prometheus.yml").replace("wiredesk:9464", target).replace(": 5s", ": 1s");
        std::fs::write(folder.join("alerts.yml"), rules.join("\n")).expect("written");
        std::fs::write(folder.join("prometheus.yml"), config).expect("written");
        let mut command = Command::new("prometheus");
        command.arg(format!("--config.file={}", folder.join("prometheus.yml").display()));
        command.arg(format!("--storage.tsdb.path={}", folder.join("data").display()));
        command.arg("--web.listen-address=127.0.0.1:0");
        let mut running = Running::start(&mut command);
        running.await_words("Server is ready to receive web requests");
        // It names the address that it was told first, and then the one that it got.
        running.await_words(LISTENING);
        let said = running.said();
        let address = said.split(LISTENING).nth(1).and_then(|rest| rest.split_whitespace().next());
        Some(Self { folder, address: address.expect("an address").to_owned(), _running: running })
    }

    fn ask(&self, path: &str) -> Value {
        let answer = get(&self.address, path);
        let value: Value = serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {answer:?}"));
        assert_eq!(value["status"], "success", "{path}: {value}");
        value["data"].clone()
    }

    /// The samples that an expression gives now.
    fn query(&self, expression: &str) -> Vec<Value> {
        let escaped: String = expression.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.ask(&format!("/api/v1/query?query={escaped}"))["result"].as_array().expect("a list").clone()
    }

    /// The alert of this name, if it fires.
    fn firing(&self, name: &str) -> Option<Value> {
        let alerts = self.ask("/api/v1/alerts")["alerts"].as_array().expect("a list").clone();
        alerts.into_iter().find(|alert| alert["labels"]["alertname"] == name && alert["state"] == "firing")
    }

    fn await_firing(&self, name: &str) -> Value {
        self.wait_for(name, |here| here.firing(name))
    }

    fn wait_for<T>(&self, what: &str, look: impl Fn(&Self) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match look(self) {
                Some(found) => return found,
                None if Instant::now() > deadline => panic!("{what}: {}", self.ask("/api/v1/alerts")),
                None => pause(Duration::from_millis(200)),
            }
        }
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        // What is left of it lies in the build folder.
        _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The expressions of the dashboard's panels, with Grafana's variables replaced.
fn panels() -> Vec<(String, String)> {
    let dashboard: Value = serde_json::from_str(&file("deploy/grafana/dashboards/wiredesk.json")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels").clone();
    let of = |panel: Value| {
        let title = panel["title"].as_str().unwrap_or_default().to_owned();
        let targets = panel["targets"].as_array().cloned().unwrap_or_default();
        let plain = |text: &str| text.replace("$__rate_interval", "1m").replace("$__range", "5m");
        let expressions = targets.into_iter().map(move |target| plain(target["expr"].as_str().expect("an expression")));
        expressions.map(move |expression| (title.clone(), expression)).collect::<Vec<_>>()
    };
    panels.into_iter().flat_map(of).collect()
}

fn await_up(prometheus: &Prometheus) {
    prometheus.wait_for("a target that is up", |here| {
        here.query("up{job=\"wiredesk\"}").first().filter(|up| up["value"][1] == "1").cloned()
    });
}

fn check_is_scraped(prometheus: &Prometheus) {
    await_up(prometheus);
    // Series that follow the records are there once some have been delivered and seen.
    let all_there = |here: &Prometheus| {
        let names = here.ask("/api/v1/label/__name__/values");
        let names: BTreeSet<&str> = names.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let has = |name: &str| {
            let in_buckets = names.contains(format!("{name}_bucket").as_str());
            names.contains(name) || in_buckets || CONFIGURED.contains(&name)
        };
        let missing: Vec<&str> = METRICS.iter().map(|(name, _)| *name).filter(|name| !has(name)).collect();
        missing.is_empty().then_some(())
    };
    prometheus.wait_for("every metric in Prometheus", all_there);
}

fn check_rules_are_sound(prometheus: &Prometheus) {
    let written = file("deploy/prometheus/alerts.yml").matches("- alert: ").count();
    let groups = prometheus.wait_for("rules that were looked at", |here| {
        let groups = here.ask("/api/v1/rules")["groups"].as_array().expect("groups").clone();
        let seen =
            groups.iter().flat_map(|group| group["rules"].as_array().expect("rules")).all(|r| r["health"] != "unknown");
        seen.then_some(groups)
    });
    let rules: Vec<&Value> = groups.iter().flat_map(|group| group["rules"].as_array().expect("rules")).collect();
    assert_eq!(rules.iter().filter(|rule| rule["type"] == "alerting").count(), written);
    for rule in rules {
        assert_eq!(rule["health"], "ok", "{rule}");
    }
}

/// The link leads to an entry of the runbooks, and what it says names what is wrong.
fn check_helps(alert: &Value, names: &str) {
    let link = alert["annotations"]["runbook_url"].as_str().expect("a link");
    let (page, anchor) = link.split_once('#').expect("an anchor");
    let headings = file(page);
    let mut headings = headings.lines().filter_map(|line| line.strip_prefix("## "));
    assert!(headings.any(|heading| heading.to_lowercase() == anchor), "{link} leads nowhere");
    let said = alert["annotations"]["description"].as_str().expect("a description");
    assert!(said.contains(names), "{said:?} does not name {names}");
}

#[test]
fn prometheus_sees_a_broken_broker_and_a_flood_of_dead_letters() {
    let mock = Mock::new("prometheus");
    let mut running = mock.desk.run();
    let address = running.address();
    let Some(prometheus) = Prometheus::start("prometheus", &address) else { return };
    let articles = mock.send(&mock.desk.raw, (0..40).map(native).collect());
    mock.await_end(&articles);
    check_is_scraped(&prometheus);
    check_rules_are_sound(&prometheus);

    let flood = (0..200).map(|_| bare(Some(b"{\"title\": \"cut o".to_vec()), Expect::DeadLetter("malformed_json")));
    let letters = mock.send(&mock.desk.raw, flood.collect());
    mock.await_end(&letters);
    let flood = prometheus.await_firing("WiredeskDeadLetterFlood");
    check_helps(&flood, &mock.desk.raw);
    check_helps(&prometheus.await_firing("WiredeskDeadLetters"), "malformed_json");
    for (title, expression) in panels() {
        let shown = |here: &Prometheus| (!here.query(&expression).is_empty()).then_some(());
        prometheus.wait_for(&format!("something in the panel {title:?}: {expression}"), shown);
    }

    assert!(prometheus.firing("WiredeskBrokersSilent").is_none(), "nothing is broken yet");
    mock.cluster.broker_down(1).expect("goes");
    let silent = prometheus.await_firing("WiredeskBrokersSilent");
    assert_eq!(silent["labels"]["severity"], "critical");
    check_helps(&silent, &address);
    // Lag that nobody knows is not shown.
    let unknown = |here: &Prometheus| here.query("wiredesk_consumer_lag_records").is_empty().then_some(());
    prometheus.wait_for("the end of what lag was", unknown);
    mock.cluster.broker_up(1).expect("comes back");
    prometheus.wait_for("the end of the alert", |here| here.firing("WiredeskBrokersSilent").is_none().then_some(()));
    running.stop();
}

#[test]
fn prometheus_sees_why_a_process_stopped_before_a_flood_of_dead_letters() {
    // The process is there for longer than it takes Prometheus to look twice, which here is each second.
    let brake = [("dead_letters.records", "50"), ("batch.records_max", "20"), ("shutdown.linger_ms", "600000")];
    let mock = brake.iter().fold(Mock::new("brake"), |mock, (key, value)| mock.with(key, value));
    let mut running = mock.desk.run();
    let address = running.address();
    let Some(prometheus) = Prometheus::start("brake", &address) else { return };
    await_up(&prometheus);
    let flood = (0..200).map(|_| bare(Some(b"{\"title\": \"cut o".to_vec()), Expect::DeadLetter("malformed_json")));
    mock.send(&mock.desk.raw, flood.collect());
    let pulled = prometheus.await_firing("WiredeskBrakePulled");
    assert_eq!(pulled["labels"]["severity"], "critical");
    check_helps(&pulled, &address);
    assert!(prometheus.firing("WiredeskFailed").is_none(), "two alerts for one cause");
    running.await_words("dead_letters.percent_max");
}

#[test]
fn the_prometheus_of_this_machine_leaves_nothing_behind() {
    if Prometheus::is_missing() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("left-behind-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let is_empty = || std::fs::read_dir(&folder).expect("a folder").next().is_none();
    // It can be ended by its terminal, by a supervisor, or by somebody who has had enough of it.
    for signal in ["INT", "TERM", "KILL"] {
        let address =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").to_string();
        let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/prometheus/local"));
        let running = Running::start(command.env("PROMETHEUS", &address).env("TMPDIR", &folder));
        let wait_until = |what: &str, seen: &dyn Fn() -> bool| {
            let deadline = Instant::now() + PATIENCE;
            while !seen() {
                assert!(Instant::now() < deadline, "{signal}: {what}");
                pause(Duration::from_millis(100));
            }
        };
        wait_until("it listens", &|| TcpStream::connect(&address).is_ok());
        assert!(!is_empty(), "it keeps what it scrapes in a folder");
        running.signal(signal);
        wait_until("nobody listens", &|| TcpStream::connect(&address).is_err());
        wait_until("its folder is gone", &is_empty);
    }
    std::fs::remove_dir(&folder).expect("an empty folder");
}
