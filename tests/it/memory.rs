//! The budget of memory, under a backlog that the process cannot work off.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::articles::{Raw, long, native};
use crate::cluster::{Cluster, cluster, heavy, pause, say};
use crate::delivery::{SESSION_MS, desk};
use crate::http::{metrics, metrics_after, sum};
use crate::kafka::{Place, await_committed, send_each};
use crate::process::{Desk, Running};

/// What comes on top of `memory.budget`: the program and its tables, the console's events, what the allocator and the
/// clients keep for themselves. `docs/reliability.md` names it.
pub(crate) const BESIDE_BUDGET: usize = 192 << 20;

/// The largest resident set of a process so far, in bytes.
pub(crate) fn peak(running: &Running) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", running.id())).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("a number") << 10
}

/// Lets the brokers take no more than so many bytes a second from clients of this name; `None`: as many as come.
fn throttle(cluster: &Cluster, client: &str, rate: Option<usize>) {
    let change = rate.map_or("--delete-config producer_byte_rate".to_owned(), |rate| {
        format!("--add-config producer_byte_rate={rate}")
    });
    let at = cluster.brokers();
    cluster.command(&format!(
        "tool kafka.admin.ConfigCommand --bootstrap-server {at} --alter {change} --entity-type clients --entity-name {client}"
    ));
}

/// A desk with so much memory, whose client is throttled. Its session is long, so that a rebalance would be for the sink's
/// sake, and not for a busy machine's.
fn throttled(cluster: &Cluster, name: &str, budget: &str, rate: usize) -> Desk {
    let desk = desk(cluster, name, "exactly_once").with("kafka.instance", name).with("workers.count", "1");
    let desk = desk.with("kafka.session_timeout_ms", SESSION_MS);
    throttle(cluster, &format!("wiredesk-{name}"), Some(rate));
    desk.with("memory.budget", budget)
}

/// Sends so many records made by `make`, in parts, and keeps none; the last place in each partition.
fn backlog(desk: &Desk, count: usize, make: impl Fn(usize) -> Raw) -> BTreeMap<i32, Place> {
    let mut last = BTreeMap::new();
    for from in (0..count).step_by(10_000) {
        let part: Vec<Raw> = (from..count.min(from + 10_000)).map(&make).collect();
        send_each(&desk.brokers, &desk.raw, part, |place, _| _ = last.insert(place.1, place));
    }
    last
}

#[test]
fn a_backlog_behind_a_throttled_sink_stays_within_the_budget() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    // 200 MB wait, and no more than 300 kB a second are taken.
    let desk = throttled(cluster, "budget", "64MiB", 300_000);
    _ = backlog(&desk, 4_000, |number| long(number, 50_000));
    let mut running = desk.run();
    running.await_settled(1);
    let address = running.address();
    let rebalances = || sum(&metrics(&address), "wiredesk_rebalances_total", &[]);
    let before = rebalances();
    pause(Duration::from_secs(15));
    let peak = peak(&running);
    say(&format!("64 MiB of budget, 200 MB waiting, a throttled sink: {} MiB resident at the most", peak >> 20));
    assert!(peak <= (64 << 20) + BESIDE_BUDGET, "{} MiB", peak >> 20);
    assert_eq!(rebalances(), before, "{}", running.said());
    running.kill();
    throttle(cluster, "wiredesk-budget", None);
}

#[test]
#[ignore = "takes minutes"]
fn a_million_records_wait_behind_a_throttled_sink() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let desk = throttled(cluster, "million", "128MiB", 500_000);
    let records = 1_000_000;
    let last = backlog(&desk, records, native);
    let mut running = desk.run();
    running.await_settled(1);
    let address = running.address();
    let rebalances = || sum(&metrics(&address), "wiredesk_rebalances_total", &[]);
    let before = rebalances();
    pause(Duration::from_secs(120));
    let throttled_peak = peak(&running);
    assert_eq!(rebalances(), before, "{}", running.said());
    throttle(cluster, "wiredesk-million", None);
    await_committed(&desk.brokers, &desk.group, last.values(), Duration::from_secs(3_600));
    let peak = peak(&running);
    let mib = |bytes: usize| bytes >> 20;
    say(&format!(
        "a million records, 128 MiB of budget: resident at the most {} MiB throttled, {} MiB in all",
        mib(throttled_peak),
        mib(peak)
    ));
    assert!(peak <= (128 << 20) + BESIDE_BUDGET, "{} MiB", mib(peak));
    let found = metrics_after(&address, records);
    let counted = |name| sum(&found, name, &[]);
    assert_eq!(
        (counted("wiredesk_records_consumed_total"), counted("wiredesk_records_produced_total")),
        (records, records)
    );
    running.stop();
}
