//! A network that is slow, silent, cut, or cut in one direction, between a process and three brokers.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::cluster::{Brokers, heavy, pause, say};
use crate::delivery::{finish, under_load};
use crate::kafka::{create, progress};
use crate::ledger::Tally;
use crate::process::{Desk, Running};
use crate::proxy::{END_TXN, Proxy, Way};

/// Every partition gets on within this time once the network is whole again.
const HEALED_WITHIN: Duration = Duration::from_secs(30);

/// One trouble after the other, each for so many seconds, with a whole network in between.
struct Row {
    name: &'static str,
    guarantee: &'static str,
    troubles: Vec<(Way, u64)>,
}

/// A process behind the proxy, and one beside it that takes over what the first cannot do.
fn check(brokers: &Brokers, proxy: &Proxy, row: &Row) {
    let Row { name, guarantee, troubles } = row;
    let desk = Desk::new(&brokers.addresses, name).with("delivery.guarantee", guarantee);
    let desk = desk.with("batch.records_max", "50").with("delivery.timeout_ms", "3000");
    let far = desk.clone().with("kafka.brokers", &brokers.of("KAFKA_BOOTSTRAP_PROXIED")).command(&["run"]);
    let (tally, said) = beside(&desk, far, guarantee, |far| {
        for &(way, seconds) in troubles {
            let before = rebuilt(&far.said());
            proxy.turns(way);
            pause(Duration::from_secs(seconds));
            if *guarantee == "exactly_once" && matches!(way, Way::MuteAfter(_)) {
                // Whether a commit without an answer happened, only new clients can find out.
                far.await_that(|said| rebuilt(said) > before, "new clients");
            }
            proxy.turns(Way::Open);
            await_progress(&desk, &format!("{name}: after {way:?}"));
        }
    });
    let count = |words: &str| said.matches(words).count();
    say(&format!(
        "{name}, {guarantee}: {tally}; {} batches repeated, {} times new clients",
        count("batch not delivered"),
        rebuilt(&said)
    ));
}

/// How often new clients were made.
fn rebuilt(said: &str) -> usize {
    said.matches("making new clients").count()
}

/// Runs `far`, which `harm` comes to, beside a process of the desk, under load; what the ledger comes to, and what both
/// said. A process that could not be reached goes on by itself.
pub(crate) fn beside(
    desk: &Desk,
    mut far: Command,
    guarantee: &str,
    harm: impl FnOnce(&mut Running),
) -> (Tally, String) {
    create(&desk.brokers, &[&desk.raw, &desk.enriched, &desk.dead_letter], 3, &[]);
    let mut far = Running::start(&mut far);
    let mut near = desk.clone().with("kafka.instance", "b").run();
    far.await_words("partitions assigned");
    near.await_words("partitions assigned");
    let (mut ledger, ()) = under_load(desk, 100, 25, || harm(&mut far));
    finish(desk, &mut ledger, Duration::from_secs(120));
    let tally = match guarantee {
        "exactly_once" => ledger.check_exactly_once(),
        _ => ledger.check_at_least_once(),
    };
    (tally, format!("{}{}", far.stop(), near.stop()))
}

/// Each partition gets on, in time and without a restart.
pub(crate) fn await_progress(desk: &Desk, after: &str) {
    let began = Instant::now();
    for partition in 0..3 {
        let of = |partition: i32| [((desk.raw.clone(), partition), 0)].into();
        let before = progress(&desk.brokers, &desk.group, &of(partition));
        while progress(&desk.brokers, &desk.group, &of(partition)) <= before {
            assert!(began.elapsed() < HEALED_WITHIN, "{after}: partition {partition} stays at {before}");
            pause(Duration::from_millis(200));
        }
    }
    say(&format!("{after}: every partition gets on after {:.1} s", began.elapsed().as_secs_f64()));
}

/// Three brokers, and a proxy in front of each.
fn lab(name: &str) -> Option<(Brokers, Proxy)> {
    let brokers = Brokers::start_in(name, &["--mode", "proxied"], &[])?;
    let fronts = brokers.of("KAFKA_BOOTSTRAP_PROXIED");
    let pair = |front: &str| {
        let front: std::net::SocketAddr = front.parse().expect("an address");
        (front, (front.ip(), front.port() - 1).into())
    };
    let proxy = Proxy::start(fronts.split(',').map(pair).collect());
    Some((brokers, proxy))
}

/// The troubles, each for so long: longer than a session, and the first for longer than a batch and its commit may take.
fn troubles(seconds: u64) -> Vec<(Way, u64)> {
    let late = Way::Late(Duration::from_millis(200));
    let others = [late, Way::Gone, Way::Silent, Way::Mute, Way::Deaf].map(|way| (way, seconds));
    [&[(Way::MuteAfter(END_TXN), seconds + 7)], &others[..]].concat()
}

#[test]
fn a_network_that_is_slow_silent_or_cut_one_way_loses_and_doubles_nothing() {
    let _heavy = heavy();
    let Some((brokers, proxy)) = lab("network") else { return };
    check(&brokers, &proxy, &Row { name: "network", guarantee: "exactly_once", troubles: troubles(5) });
}

#[test]
#[ignore = "takes minutes"]
fn a_network_that_is_slow_silent_or_cut_for_long() {
    let _heavy = heavy();
    let Some((brokers, proxy)) = lab("network-long") else { return };
    for (name, guarantee) in [("network-eo", "exactly_once"), ("network-al", "at_least_once")] {
        let troubles = [troubles(10), troubles(40)].concat();
        check(&brokers, &proxy, &Row { name, guarantee, troubles });
    }
}

#[test]
#[ignore = "takes minutes"]
fn one_process_becomes_three_and_one_again_fifteen_times_behind_a_narrow_network() {
    let _heavy = heavy();
    let Some((brokers, proxy)) = lab("narrow") else { return };
    proxy.turns(Way::Narrow(400_000));
    let desk = Desk::new(&brokers.addresses, "narrow").with("batch.records_max", "200");
    create(&desk.brokers, &[&desk.raw, &desk.enriched, &desk.dead_letter], 6, &[]);
    let slow = desk.clone().with("kafka.brokers", &brokers.of("KAFKA_BOOTSTRAP_PROXIED"));
    let start = |instance: &str| {
        let mut running = slow.clone().with("kafka.instance", instance).run();
        running.await_words("running");
        running
    };
    let stays = start("a");
    let (mut ledger, ()) = under_load(&desk, 100, 25, || {
        for round in 1..=15 {
            let others = [start("b"), start("c")];
            pause(Duration::from_secs(10));
            others.into_iter().for_each(|other| _ = other.stop());
            pause(Duration::from_secs(10));
            await_progress(&desk, &format!("round {round}"));
        }
    });
    finish(&desk, &mut ledger, Duration::from_secs(300));
    say(&format!("15 times one process, three, and one again, behind 400 kB/s: {}", ledger.check_exactly_once()));
    stays.stop();
}
