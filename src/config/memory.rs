//! One budget for the bytes that wait: records that are fetched, batches in work, messages on their way out.

use super::read::Reader;

const KEY: &str = "memory.budget";

const MIB: usize = 1 << 20;

/// What a worker has where no budget is set: with it, a batch may have its default 16 MiB.
const WORKER_DEFAULT: usize = 128 * MIB;

/// The least that a worker works with: an eighth of it holds a batch of two messages of the size that topics take by default.
const WORKER_MIN: usize = 16 * MIB;

/// No machine has more: 1 TiB.
const BUDGET_MAX: usize = 1 << 40;

/// The budget, and what each worker may hold of it, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// All of it, for all workers of the process.
    pub budget_bytes: usize,
    /// Records that are fetched ahead: a quarter of a worker's share.
    pub fetched_bytes_max: usize,
    /// The records of a batch: an eighth. The events that are made of them may be three times as large: that is three
    /// more.
    pub batch_bytes_max: usize,
    /// Messages that the producer has taken and the brokers have not acknowledged: a quarter.
    pub produced_bytes_max: usize,
}

impl Memory {
    pub(super) fn read(read: &mut Reader, workers: usize) -> Self {
        let (least, default) = (WORKER_MIN * workers, WORKER_DEFAULT * workers);
        let text = read.text(KEY);
        let budget = if text.is_empty() { Some(default) } else { bytes(&text) };
        match budget {
            Some(budget) if (least..=BUDGET_MAX).contains(&budget) => Self::of(budget, workers),
            Some(budget) if budget < least => {
                read.fault(KEY, format!("must be at least {} MiB: 16 MiB for each worker", least / MIB));
                Self::of(default, workers)
            }
            Some(_) | None => {
                read.fault(KEY, "must be a number of bytes of at most 1 TiB, such as \"768MiB\" or \"2GiB\"");
                Self::of(default, workers)
            }
        }
    }

    fn of(budget_bytes: usize, workers: usize) -> Self {
        let share = budget_bytes / workers;
        let (fetched_bytes_max, batch_bytes_max, produced_bytes_max) = (share / 4, share / 8, share / 4);
        Self { budget_bytes, fetched_bytes_max, batch_bytes_max, produced_bytes_max }
    }
}

/// A number of bytes, with or without a binary unit.
fn bytes(text: &str) -> Option<usize> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text[digits.len()..].trim() {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => MIB,
        "GiB" => 1 << 30,
        _ => return None,
    };
    digits.parse::<usize>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_a_unit_or_none() {
        let check = |text: &str, expected| assert_eq!(bytes(text), expected, "{text:?}");
        check("1048576", Some(MIB));
        check("96MiB", Some(96 * MIB));
        check("2 GiB", Some(2 << 30));
        check("64KiB", Some(64 << 10));
        // A million bytes or 1,048,576? Who writes it is asked to say.
        check("64MB", None);
        check("1.5GiB", None);
        check("-1", None);
        check("MiB", None);
        check("99999999999GiB", None);
    }

    #[test]
    fn the_shares_of_all_workers_fit_the_budget() {
        for workers in [1, 3, 64] {
            let Memory { budget_bytes, fetched_bytes_max, batch_bytes_max, produced_bytes_max } =
                Memory::of(workers * WORKER_MIN, workers);
            let events = 3 * batch_bytes_max;
            assert!(workers * (fetched_bytes_max + batch_bytes_max + events + produced_bytes_max) <= budget_bytes);
        }
    }
}
