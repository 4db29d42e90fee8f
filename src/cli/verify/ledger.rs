//! What went in, held against what came out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::load::{Expect, Sent};
use crate::event::Event;
use crate::pipeline::Letter;
use crate::record::Record;

/// Every record that went in, and the ends that were found.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By partition of the raw topic and offset there.
    lines: BTreeMap<i32, Vec<Option<Line>>>,
    doubled: u64,
    wrong: u64,
    strangers: u64,
    /// The first few that are not as they should be.
    examples: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    expect: Expect,
    ends: u32,
    seen: Option<Seen>,
}

/// Where the event of a record stands: one place, or the outermost of several.
#[derive(Clone, Copy, Debug)]
struct Seen {
    partition: i32,
    first: i64,
    last: i64,
}

/// What a ledger comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Tally {
    /// Records that the brokers acknowledged.
    pub(super) sent: u64,
    /// Of those, how many ended as an event.
    pub(super) events: u64,
    /// Of those, how many ended as a dead letter.
    pub(super) dead_letters: u64,
    /// Of those, how many have no end.
    pub(super) lost: u64,
    /// Ends beyond the first of their record.
    pub(super) doubled: u64,
    /// Events of which no copy comes after the first copy of each earlier record of their partition: whoever reads on ends
    /// with the older of the two.
    pub(super) out_of_order: u64,
    /// Ends of another kind than their record's.
    pub(super) wrong: u64,
    /// Ends of records that never went in.
    pub(super) strangers: u64,
}

impl Tally {
    /// Whether nothing is as it may not be.
    pub(super) fn holds(&self, may_double: bool) -> bool {
        let Self { lost, doubled, out_of_order, wrong, strangers, .. } = self;
        lost + out_of_order + wrong + strangers == 0 && (may_double || *doubled == 0)
    }
}

/// How many examples are kept.
const EXAMPLES: usize = 5;

impl Ledger {
    /// Enters a record that went in.
    pub(super) fn enter(&mut self, sent: Sent) {
        let lines = self.lines.entry(sent.partition).or_default();
        let at = usize::try_from(sent.offset).unwrap_or(0);
        if lines.len() <= at {
            lines.resize(at + 1, None);
        }
        lines[at] = Some(Line { expect: sent.expect, ends: 0, seen: None });
    }

    /// Where each partition ends, as far as is known.
    pub(super) fn ends(&self) -> BTreeMap<i32, i64> {
        let end = |lines: &Vec<Option<Line>>| i64::try_from(lines.len()).unwrap_or(i64::MAX);
        self.lines.iter().map(|(partition, lines)| (*partition, end(lines))).collect()
    }

    /// Enters an event that was found.
    pub(super) fn event(&mut self, record: &Record) {
        let event = record.value.as_deref().and_then(|value| serde_json::from_slice::<Event>(value).ok());
        let Some(event) = event else {
            self.wrong += 1;
            return self.example(format!("what stands at {} is no event", record.position));
        };
        let (partition, offset) = (event.provenance.partition, event.provenance.offset);
        let at = (record.position.partition.partition, record.position.offset.0);
        if let Some(line) = self.end(partition, offset, Expect::Event) {
            let seen = line.seen.get_or_insert(Seen { partition: at.0, first: at.1, last: at.1 });
            seen.first = seen.first.min(at.1);
            seen.last = seen.last.max(at.1);
        }
    }

    /// Enters a dead letter that was found.
    pub(super) fn dead_letter(&mut self, record: Record) {
        let place = record.position.to_string();
        let letter = Letter::read(record).ok();
        let reason = |letter: &Letter| {
            crate::article::RejectReason::ALL.into_iter().find(|reason| reason.as_str() == letter.reason)
        };
        match letter.as_ref().and_then(|letter| Some((letter, reason(letter)?))) {
            Some((letter, reason)) => {
                let origin = &letter.origin;
                self.end(origin.partition.partition, origin.offset.0, Expect::DeadLetter(reason));
            }
            None => {
                self.wrong += 1;
                self.example(format!("what stands at {place} is no dead letter"));
            }
        }
    }

    /// Enters an end; its record's line.
    fn end(&mut self, partition: i32, offset: i64, found: Expect) -> Option<&mut Line> {
        let Some((ends, expect)) = self.line(partition, offset).map(|line| {
            line.ends += 1;
            (line.ends, line.expect)
        }) else {
            self.strangers += 1;
            self.example(format!("{partition}@{offset} came out and never went in"));
            return None;
        };
        if ends > 1 {
            self.doubled += 1;
            self.example(format!("{partition}@{offset} ended {ends} times"));
        }
        if expect != found {
            self.wrong += 1;
            self.example(format!("{partition}@{offset} became {found:?}, not {expect:?}"));
        }
        self.line(partition, offset)
    }

    fn line(&mut self, partition: i32, offset: i64) -> Option<&mut Line> {
        self.lines.get_mut(&partition)?.get_mut(usize::try_from(offset).ok()?)?.as_mut()
    }

    fn example(&mut self, example: String) {
        if self.examples.len() < EXAMPLES {
            self.examples.push(example);
        }
    }

    /// What it comes to, and examples of what is not as it should be.
    pub(super) fn close(mut self) -> (Tally, Vec<String>) {
        let Self { doubled, wrong, strangers, .. } = self;
        let mut tally = Tally { doubled, wrong, strangers, ..Tally::default() };
        for (partition, lines) in std::mem::take(&mut self.lines) {
            // How far an earlier record's first copy stands, by partition of the enriched topic.
            let mut reached = BTreeMap::new();
            for (offset, line) in lines.into_iter().enumerate() {
                let Some(line) = line else { continue };
                tally.sent += 1;
                if let Some(seen) = line.seen {
                    let reached = reached.entry(seen.partition).or_insert(seen.first);
                    if seen.last < *reached {
                        tally.out_of_order += 1;
                        self.example(format!("no event of {partition}@{offset} comes after those of earlier records"));
                    }
                    *reached = seen.first.max(*reached);
                }
                match (line.ends, line.expect) {
                    (0, _) => {
                        tally.lost += 1;
                        self.example(format!("{partition}@{offset} has no end"));
                    }
                    (_, Expect::Event) => tally.events += 1,
                    (_, Expect::DeadLetter(_)) => tally.dead_letters += 1,
                }
            }
        }
        (tally, self.examples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Reject, RejectReason};
    use crate::pipeline::{Processor, Settings, Verdict, dead_letter, process_batch};
    use crate::record::{Offset, Position, TopicPartition};
    use crate::telemetry::StageTimes;

    const DEAD: Expect = Expect::DeadLetter(RejectReason::Empty);

    fn raw(offset: i64) -> Record {
        let partition = TopicPartition { topic: "raw".into(), partition: 0 };
        let position = Position { partition, offset: Offset(offset) };
        let value = Some(b"The ferry to the outer islands sails again.".to_vec());
        Record { position, time_ms: Some(0), key: None, headers: Vec::new(), value }
    }

    fn end(offset: i64, kind: Expect) -> (Record, Expect) {
        let message = match kind {
            Expect::Event => {
                let processor = Processor::new(Settings::default());
                let outbox = process_batch(&processor, vec![raw(offset)], &mut StageTimes::new());
                match outbox.items()[0].verdict.clone() {
                    Verdict::Publish { message, .. } => message,
                    other => panic!("{other:?}"),
                }
            }
            Expect::DeadLetter(reason) => dead_letter(&raw(offset), &Reject::new(reason, "none"), None),
        };
        (Record { key: message.key, headers: message.headers, value: message.value, ..raw(0) }, kind)
    }

    fn tally(sent: &[Expect], ends: &[(i64, Expect)]) -> Tally {
        let mut ledger = Ledger::default();
        for (offset, &expect) in (0..).zip(sent) {
            ledger.enter(Sent { partition: 0, offset, expect });
        }
        for (at, &(offset, kind)) in (0..).zip(ends) {
            let (mut record, kind) = end(offset, kind);
            record.position.offset = Offset(at);
            match (record, kind) {
                (record, Expect::Event) => ledger.event(&record),
                (record, Expect::DeadLetter(_)) => ledger.dead_letter(record),
            }
        }
        ledger.close().0
    }

    #[test]
    fn a_ledger_tells_what_is_wrong() {
        use Expect::Event;
        let right = Tally { sent: 3, events: 2, dead_letters: 1, ..Tally::default() };
        let sent = [Event, DEAD, Event];
        assert_eq!(tally(&sent, &[(0, Event), (1, DEAD), (2, Event)]), right);
        assert_eq!(tally(&sent, &[(0, Event), (2, Event)]), Tally { dead_letters: 0, lost: 1, ..right.clone() });
        assert_eq!(tally(&sent, &[(2, Event), (1, DEAD), (0, Event)]), Tally { out_of_order: 1, ..right.clone() });
        // Read again after a refusal, and by a process that did not know that it had been replaced.
        let again = Tally { doubled: 1, ..right.clone() };
        assert_eq!(tally(&sent, &[(2, Event), (1, DEAD), (0, Event), (2, Event)]), again);
        assert_eq!(tally(&sent, &[(0, Event), (1, DEAD), (2, Event), (0, Event)]), again);
        assert_eq!(tally(&sent, &[(0, Event), (1, Event), (2, Event)]), Tally { wrong: 1, ..right.clone() });
        assert_eq!(tally(&sent, &[(0, Event), (1, DEAD), (2, Event), (9, Event)]), Tally { strangers: 1, ..right });
    }
}
