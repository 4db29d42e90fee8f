//! A dead letter, read back: what it says of itself, and how it goes to the raw topic again.

use std::sync::Arc;

use super::dead_letter::{REASON, REPLAYS};
use crate::record::{Header, Offset, Position, Record, TopicPartition};

/// A record of the dead-letter topic, read as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The record as it stands in the dead-letter topic.
    pub record: Record,
    /// Why it is there: a [`RejectReason`](crate::article::RejectReason) of the version that wrote it.
    pub reason: String,
    /// What exactly was wrong, in words.
    pub detail: String,
    /// Where the refused record stood.
    pub origin: Position,
    /// How often it has been replayed before it came here.
    pub replays: u32,
    /// Whether only the beginning of the refused value is kept, because the topic takes no more.
    pub is_excerpt: bool,
}

impl Letter {
    /// Reads a record of the dead-letter topic.
    ///
    /// # Errors
    /// What it lacks, if another program wrote it.
    pub fn read(record: Record) -> Result<Self, String> {
        let own = &record.headers[originals(&record)..];
        // A record that other programs refused before may have brought headers of the same names.
        let header = |name: &str| own.iter().find(|header| header.name == name).and_then(Header::text);
        let text = |name: &str| header(name).map(str::to_owned).ok_or_else(|| format!("it has no header {name}"));
        let number = |name: &str| {
            let value = text(name)?;
            value.parse::<i64>().map_err(|_| format!("its header {name} is {value:?}, which is no number"))
        };
        let reason = text(REASON)?;
        let topic: Arc<str> = text("__connect.errors.topic")?.into();
        let partition = number("__connect.errors.partition")?;
        let partition = i32::try_from(partition).map_err(|_| format!("{partition} is no partition"))?;
        let offset = Offset(number("__connect.errors.offset")?);
        Ok(Self {
            reason,
            detail: text("wd-detail").unwrap_or_default(),
            origin: Position { partition: TopicPartition { topic, partition }, offset },
            replays: header(REPLAYS).and_then(|count| count.parse().ok()).unwrap_or(0),
            is_excerpt: header("wd-value-sha256").is_some(),
            record,
        })
    }

    /// The headers of the refused record as it came; an excerpt has lost them.
    #[must_use]
    pub fn original_headers(&self) -> &[Header] {
        &self.record.headers[..originals(&self.record)]
    }

    /// The headers with which it goes to a raw topic again: the original ones, and how often that has happened now, which
    /// a further dead letter keeps.
    #[must_use]
    pub fn headers_for_replay(&self) -> Vec<Header> {
        let count = Header::new(REPLAYS, (self.replays + 1).to_string());
        self.original_headers().iter().cloned().chain([count]).collect()
    }
}

/// How many headers came with the refused record: those before the first that says why it was refused.
fn originals(record: &Record) -> usize {
    record.headers.iter().position(|header| header.name == REASON).unwrap_or(record.headers.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Reject, RejectReason};
    use crate::pipeline::dead_letter;

    fn record(headers: Vec<Header>, value: Option<&[u8]>) -> Record {
        let partition = TopicPartition { topic: "news.raw".into(), partition: 3 };
        let position = Position { partition, offset: Offset(41) };
        Record { position, time_ms: Some(5), key: Some(b"k".to_vec()), headers, value: value.map(<[u8]>::to_vec) }
    }

    /// What comes back of a record that was refused.
    fn refused(record: &Record, bytes_max: Option<usize>) -> Record {
        let message = dead_letter(record, &Reject::new(RejectReason::Empty, "no text"), bytes_max);
        let partition = TopicPartition { topic: "news.dead-letter".into(), partition: 0 };
        let position = Position { partition, offset: Offset(7) };
        Record { position, time_ms: Some(9), key: message.key, headers: message.headers, value: message.value }
    }

    #[test]
    fn a_dead_letter_reads_back_as_what_was_refused() {
        // One of them says where the record stood in a pipeline before this one.
        let headers = vec![Header::new("trace", "t-1"), Header::new("__connect.errors.topic", "feeds")];
        let original = record(headers.clone(), Some(&[0xff, 0]));
        let letter = Letter::read(refused(&original, None)).unwrap();
        assert_eq!((letter.reason.as_str(), letter.detail.as_str()), ("empty", "no text"));
        assert_eq!(letter.origin, original.position);
        assert_eq!((letter.replays, letter.is_excerpt), (0, false));
        assert_eq!(letter.original_headers(), headers);
        assert_eq!(letter.record.value, original.value);
    }

    #[test]
    fn replays_are_counted_through_any_number_of_dead_letters() {
        let mut headers = Vec::new();
        for count in 0..3 {
            let letter = Letter::read(refused(&record(headers, Some(b"x")), None)).unwrap();
            assert_eq!(letter.replays, count);
            headers = letter.headers_for_replay();
            assert_eq!(headers, [Header::new(REPLAYS, (count + 1).to_string())]);
        }
    }

    #[test]
    fn a_retraction_and_an_excerpt_are_told_apart() {
        let letter = Letter::read(refused(&record(Vec::new(), None), Some(1000))).unwrap();
        assert_eq!((letter.record.value.as_ref(), letter.is_excerpt), (None, false));
        let letter = Letter::read(refused(&record(Vec::new(), Some(&[b'x'; 100_000])), Some(70_000))).unwrap();
        assert!(letter.is_excerpt);
    }

    #[test]
    fn the_letter_of_another_program_is_refused_by_what_it_lacks() {
        let foreign = record(vec![Header::new("wd-reason", "empty")], Some(b"x"));
        assert_eq!(Letter::read(foreign).unwrap_err(), "it has no header __connect.errors.topic");
        let odd = [("wd-reason", "empty"), ("__connect.errors.topic", "t"), ("__connect.errors.partition", "one")];
        let odd = odd.map(|(name, value)| Header::new(name, value)).to_vec();
        let problem = "its header __connect.errors.partition is \"one\", which is no number";
        assert_eq!(Letter::read(record(odd, None)).unwrap_err(), problem);
    }
}
