//! A brake: when almost everything would be a dead letter, something is wrong that no record can help.

use std::collections::{BTreeMap, VecDeque};

use super::Error;
use crate::config::DeadLetters;
use crate::pipeline::{Outbox, Verdict};

/// Watches the share of dead letters among the last records of a worker.
#[derive(Debug)]
pub(super) struct Brake {
    limit: DeadLetters,
    /// The last batches that were delivered, the oldest first: as many as it takes to hold the records of the limit.
    batches: VecDeque<Weight>,
    sum: Weight,
}

/// How many records there are, and how many of them are dead letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    records: usize,
    dead: usize,
}

impl Brake {
    pub(super) fn new(limit: DeadLetters) -> Self {
        Self { limit, batches: VecDeque::new(), sum: Weight::default() }
    }

    /// The weight of a batch that is about to be delivered.
    ///
    /// # Errors
    /// [`Error::Stop`] if its dead letters would be too many.
    pub(super) fn weigh(&self, outbox: &Outbox) -> Result<Weight, Error> {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for item in outbox.items() {
            if let Verdict::DeadLetter { reject, .. } = &item.verdict {
                *reasons.entry(reject.reason.as_str()).or_default() += 1;
            }
        }
        let weight = Weight { records: outbox.items().len(), dead: reasons.values().sum() };
        let Weight { records, dead } = self.sum + weight;
        let is_too_much = records >= self.limit.records && dead * 100 > records * self.limit.percent_max;
        if !is_too_much {
            return Ok(weight);
        }
        let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
        Err(Error::Stop(format!(
            "{dead} of the last {records} records would be dead letters, more than dead_letters.percent_max = {}; the last {} \
             are not written and not committed: {}",
            self.limit.percent_max,
            weight.dead,
            reasons.join(", ")
        )))
    }

    /// Takes in a batch that was delivered.
    pub(super) fn add(&mut self, weight: Weight) {
        self.sum = self.sum + weight;
        self.batches.push_back(weight);
        while let Some(oldest) =
            self.batches.front().filter(|oldest| self.sum.records - oldest.records >= self.limit.records)
        {
            self.sum = Weight { records: self.sum.records - oldest.records, dead: self.sum.dead - oldest.dead };
            self.batches.pop_front();
        }
    }
}

impl std::ops::Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { records: self.records + other.records, dead: self.dead + other.dead }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Reject, RejectReason};
    use crate::pipeline::{DropRule, Item, Outgoing};
    use crate::record::{Offset, Position, Record, TopicPartition};

    fn outbox(records: usize, dead: usize) -> Outbox {
        let partition = TopicPartition { topic: "raw".into(), partition: 0 };
        let position = Position { partition, offset: Offset(0) };
        let record = Record { position, time_ms: None, key: None, headers: Vec::new(), value: None };
        let letter = Verdict::DeadLetter {
            reject: Reject::new(RejectReason::Empty, "no text"),
            message: Outgoing { key: None, headers: Vec::new(), value: None },
        };
        let item = |number| Item {
            record: record.clone(),
            verdict: if number < dead { letter.clone() } else { Verdict::Drop(DropRule::TooShort) },
        };
        Outbox::new((0..records).map(item).collect())
    }

    /// Feeds batches of so many records and dead letters; the number of the one at which the brake is pulled.
    fn pulled(percent_max: usize, batches: &[(usize, usize)]) -> Option<usize> {
        let mut brake = Brake::new(DeadLetters { percent_max, records: 100 });
        batches.iter().position(|&(records, dead)| match brake.weigh(&outbox(records, dead)) {
            Ok(weight) => {
                brake.add(weight);
                false
            }
            Err(_) => true,
        })
    }

    #[test]
    fn is_pulled_by_a_share_of_the_last_records() {
        // Too few records to say.
        assert_eq!(pulled(50, &[(99, 99)]), None);
        assert_eq!(pulled(50, &[(99, 99), (1, 0)]), Some(1));
        assert_eq!(pulled(50, &[(100, 50)]), None);
        assert_eq!(pulled(50, &[(100, 51)]), Some(0));
        // Good records of long ago do not excuse bad ones of now.
        assert_eq!(pulled(50, &[(50, 0), (50, 0), (50, 0), (50, 50), (50, 50)]), Some(4));
        assert_eq!(pulled(100, &[(100, 100), (100, 100)]), None);
    }

    #[test]
    fn says_what_it_is_about() {
        let brake = Brake::new(DeadLetters { percent_max: 50, records: 100 });
        let problem = brake.weigh(&outbox(120, 90)).unwrap_err().to_string();
        let expected = "90 of the last 120 records would be dead letters, more than dead_letters.percent_max = 50; the last 90 \
                        are not written and not committed: empty 90";
        assert_eq!(problem, expected);
    }
}
