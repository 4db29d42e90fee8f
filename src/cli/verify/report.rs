//! What a verification comes to, for people and for programs.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;

use serde::Serialize;

use super::faults::{Counts, Fault};
use super::ledger::Tally;
use crate::cli::Failure;
use crate::cli::view::{BAD, GOOD};

/// What a verification comes to.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) guarantee: &'static str,
    pub(super) seed: u64,
    pub(super) seconds: f64,
    #[serde(flatten)]
    pub(super) tally: Tally,
    pub(super) faults: Counts,
    /// For how long a partition that had records left did not get on, at the most.
    pub(super) longest_stall_seconds: f64,
    /// The same by the fault that came first in that time.
    pub(super) longest_stall_seconds_by_fault: BTreeMap<Fault, f64>,
    /// What the processes' own counters came to, as far as they could be asked before they ended. Never more than was
    /// written, and just that where no process ended before its time and nothing was done twice.
    pub(super) counted: u64,
    /// What else went wrong, and examples of what is not as it should be.
    pub(super) problems: Vec<String>,
    /// Whether everything that is promised was kept.
    pub(super) held: bool,
}

/// Prints one report, or several; several are an array in JSON.
pub(super) fn print(reports: &[Report], as_json: bool) -> Result<(), Failure> {
    let text = match reports {
        [report] if as_json => serde_json::to_string_pretty(report),
        several if as_json => serde_json::to_string_pretty(several),
        several => Ok(several.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    };
    let text = text.expect("numbers and text");
    Ok(writeln!(anstream::stdout().lock(), "{}", text.trim_end())?)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { guarantee, seed, seconds, tally, faults, counted, problems, held, .. } = self;
        let Tally { sent, events, dead_letters, lost, doubled, out_of_order, wrong, strangers } = tally;
        writeln!(f, "in {sent}: events {events}, dead letters {dead_letters}")?;
        writeln!(
            f,
            "lost {lost}, doubled {doubled}, out of order {out_of_order}, wrong {wrong}, strangers {strangers}"
        )?;
        writeln!(f, "{guarantee}, seed {seed}, {seconds:.0} s: {faults}")?;
        let by_fault = self.longest_stall_seconds_by_fault.iter();
        let by_fault: Vec<String> = by_fault.map(|(fault, time)| format!("{} {time:.1}", fault.as_str())).collect();
        let longest = self.longest_stall_seconds;
        writeln!(
            f,
            "longest stall of a partition {longest:.1} s; by the fault that began it: {}",
            by_fault.join(", ")
        )?;
        writeln!(
            f,
            "the processes counted {counted} of {} as written before they ended",
            events + dead_letters + doubled
        )?;
        for problem in problems {
            writeln!(f, "- {problem}")?;
        }
        if *held { writeln!(f, "{GOOD}held{GOOD:#}") } else { writeln!(f, "{BAD}BROKEN{BAD:#}") }
    }
}
