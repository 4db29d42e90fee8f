//! Metrics, probes and the page, as a client sees them.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// An answer: status, headers as sent, body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Asks an HTTP server for a path; in HTTP/1.0, whose answers do not come in chunks.
pub(crate) fn get(address: &str, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("connects");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an end of the headers");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

/// Every series of `/metrics` with its value. A line that is not of the text format fails the test.
pub(crate) fn metrics(address: &str) -> BTreeMap<String, f64> {
    let answer = get(address, "/metrics");
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("content-type: text/plain; version=0.0.4"), "{}", answer.head);
    let lines = answer.body.lines().filter(|line| !line.starts_with("# HELP ") && !line.starts_with("# TYPE "));
    lines.map(series).collect()
}

fn series(line: &str) -> (String, f64) {
    let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no value: {line}"));
    let bare = name.split('{').next().unwrap_or_default();
    let is_ours = ["wiredesk_", "process_"].iter().any(|start| bare.starts_with(start));
    assert!(is_ours && bare.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{line}");
    assert_eq!(name.contains('{'), name.ends_with('}'), "{line}");
    (name.to_owned(), value.parse().unwrap_or_else(|_| panic!("not a number: {line}")))
}

/// Waits until a counter has come so far.
pub(crate) fn await_metric(address: &str, name: &str, least: usize) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while sum(&metrics(address), name, &[]) < least {
        assert!(Instant::now() < deadline, "{name} does not reach {least}");
        crate::cluster::pause(Duration::from_millis(10));
    }
}

/// Every series, once so many records are counted: that comes after their commit, which others may see sooner.
pub(crate) fn metrics_after(address: &str, records: usize) -> BTreeMap<String, f64> {
    let deadline = Instant::now() + Duration::from_secs(120);
    loop {
        let found = metrics(address);
        // A batch is in hand until the last of it is counted.
        let count = |name| sum(&found, name, &[]);
        if count("wiredesk_records_consumed_total") >= records && count("wiredesk_inflight_bytes") == 0 {
            return found;
        }
        assert!(Instant::now() < deadline, "{records} records are not counted: {found:?}");
        crate::cluster::pause(Duration::from_millis(20));
    }
}

/// The sum of all series of a name that have all of these labels, each written `name="value"`.
pub(crate) fn sum(metrics: &BTreeMap<String, f64>, name: &str, labels: &[&str]) -> usize {
    let of = |series: &str| series.split('{').next() == Some(name) && labels.iter().all(|label| series.contains(label));
    metrics.iter().filter(|(series, _)| of(series)).map(|(_, value)| *value as usize).sum()
}
