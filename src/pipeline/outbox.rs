//! What a batch earns: verdicts, and the offsets that they move. A sink takes nothing else.

use std::collections::BTreeMap;

use super::process::Verdict;
use crate::record::{Record, ResumeAt, TopicPartition};

/// One record and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The record as it came.
    pub record: Record,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// The verdicts on a batch, in the order of its records, and where each partition resumes once all are durable.
///
/// The offsets follow from the items and cannot be set apart from them: an offset never moves without the verdict
/// that earned it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outbox {
    items: Vec<Item>,
}

impl Outbox {
    /// The outbox of these items.
    #[must_use]
    pub fn new(items: Vec<Item>) -> Self {
        Self { items }
    }

    /// Joins the outboxes of a batch that was split, in the order of its parts.
    #[must_use]
    pub fn concat(parts: Vec<Self>) -> Self {
        Self { items: parts.into_iter().flat_map(|part| part.items).collect() }
    }

    /// The items, in the order of the records.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Gives one item another verdict: the broker refused the first.
    pub fn replace(&mut self, index: usize, verdict: Verdict) {
        self.items[index].verdict = verdict;
    }

    /// Where each partition resumes: one past the highest offset of the batch.
    #[must_use]
    pub fn resume(&self) -> BTreeMap<TopicPartition, ResumeAt> {
        let mut resume = BTreeMap::new();
        for item in &self.items {
            let position = &item.record.position;
            let next = position.offset.next();
            resume
                .entry(position.partition.clone())
                .and_modify(|at: &mut ResumeAt| *at = next.max(*at))
                .or_insert(next);
        }
        resume
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::DropRule;
    use crate::record::{Offset, Position};

    fn item(topic: &str, partition: i32, offset: i64) -> Item {
        let partition = TopicPartition { topic: topic.into(), partition };
        let position = Position { partition, offset: Offset(offset) };
        let record = Record { position, time_ms: None, key: None, headers: Vec::new(), value: None };
        Item { record, verdict: Verdict::Drop(DropRule::TooShort) }
    }

    fn check(items: &[(&str, i32, i64)], expected: &[(&str, i32, i64)]) {
        let outbox = Outbox::new(items.iter().map(|&(t, p, o)| item(t, p, o)).collect());
        let resume = outbox.resume();
        let resume: Vec<_> = resume.iter().map(|(tp, at)| (&*tp.topic, tp.partition, at.get())).collect();
        assert_eq!(resume, expected);
    }

    #[test]
    fn a_partition_resumes_one_past_its_highest_offset() {
        check(&[], &[]);
        check(&[("a", 0, 7)], &[("a", 0, 8)]);
        check(&[("a", 0, 7), ("a", 0, 9), ("a", 0, 8)], &[("a", 0, 10)]);
        check(&[("a", 0, 7), ("b", 0, 1), ("a", 1, 0)], &[("a", 0, 8), ("a", 1, 1), ("b", 0, 2)]);
    }
}
