//! A network that is cut between two namespaces, as between two machines: packets disappear, also in one direction only.

use std::process::Command;
use std::time::Duration;

use crate::cluster::{Brokers, heavy, pause, say};
use crate::network::{await_progress, beside};
use crate::process::Desk;

/// A network namespace of its own, joined to this one by a pair of interfaces; taken away when it is let go.
struct Apart {
    name: String,
    here: &'static str,
    there: &'static str,
}

/// Runs a program, and says what it answered if it failed.
fn runs(words: &str) -> Result<(), String> {
    let mut words = words.split(' ');
    let output = Command::new(words.next().expect("a program")).args(words).output().map_err(|e| e.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()) }
}

impl Apart {
    /// `None`, loudly, where namespaces are not permitted.
    fn make() -> Option<Self> {
        // Interfaces' names are short; the addresses are of a block for private use.
        let id = std::process::id() % 100_000;
        let apart = Self { name: format!("wd{id}"), here: "10.213.77.1", there: "10.213.77.2" };
        let Self { name, here, there } = &apart;
        let steps = [
            format!("ip netns add {name}"),
            format!("ip link add {name}h type veth peer name {name}n netns {name}"),
            format!("ip addr add {here}/30 dev {name}h"),
            format!("ip link set {name}h up"),
            format!("ip -n {name} addr add {there}/30 dev {name}n"),
            format!("ip -n {name} link set {name}n up"),
            format!("ip -n {name} link set lo up"),
        ];
        let made = steps.iter().try_for_each(|step| runs(step).map_err(|problem| format!("{step}: {problem}")));
        match made {
            Ok(()) => Some(apart),
            Err(problem) => {
                say(&format!("SKIP a network that is cut: {problem}"));
                None
            }
        }
    }

    /// What is sent there from here disappears, or no longer does.
    fn loses_what_comes_in(&self, lost: bool) {
        let verb = if lost { "add" } else { "del" };
        runs(&format!("ip route {verb} blackhole {}/32", self.there)).expect("routes can be changed");
    }

    /// What is sent from there disappears, or no longer does.
    fn loses_what_goes_out(&self, lost: bool) {
        let verb = if lost { "add" } else { "del" };
        runs(&format!("ip -n {} route {verb} blackhole {}/32", self.name, self.here)).expect("routes can be changed");
    }
}

impl Drop for Apart {
    fn drop(&mut self) {
        // The pair of interfaces goes with it; a blackhole may have been left behind.
        _ = runs(&format!("ip route del blackhole {}/32", self.there));
        _ = runs(&format!("ip netns del {}", self.name));
    }
}

#[test]
#[ignore = "takes minutes"]
fn a_network_that_is_cut_between_namespaces_also_one_way() {
    let _heavy = heavy();
    let Some(apart) = Apart::make() else { return };
    let Some(brokers) = Brokers::start_in("apart", &[], &[("KAFKA_HOST", apart.here)]) else { return };
    for guarantee in ["exactly_once", "at_least_once"] {
        let desk = Desk::new(&brokers.addresses, &format!("apart-{guarantee}")).with("delivery.guarantee", guarantee);
        let desk = desk.with("batch.records_max", "50");
        let (tally, _) = beside(&desk, within(&apart, &desk), guarantee, |_| {
            for (incoming, outgoing) in [(true, true), (true, false), (false, true)] {
                let cut = |lost: bool| {
                    if incoming {
                        apart.loses_what_comes_in(lost);
                    }
                    if outgoing {
                        apart.loses_what_goes_out(lost);
                    }
                };
                cut(true);
                pause(Duration::from_secs(40));
                cut(false);
                await_progress(&desk, &format!("{guarantee}: answers cut {incoming}, requests cut {outgoing}"));
            }
        });
        say(&format!("cut between namespaces, {guarantee}: {tally}"));
    }
}

/// A desk's process in the namespace.
fn within(apart: &Apart, desk: &Desk) -> Command {
    let inner = desk.command(&["run"]);
    let mut outer = Command::new("ip");
    outer.args(["netns", "exec", &apart.name]).arg(inner.get_program()).args(inner.get_args());
    outer.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    outer
}
