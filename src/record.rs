//! A record as the log hands it over, and the words for where it stood.
//!
//! Plain values: the core never sees a Kafka client type. The newtypes keep an offset, the place to resume at and a
//! partition number from being taken for one another.

use std::fmt;
use std::sync::Arc;

/// A partition of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TopicPartition {
    /// The topic's name, shared between the records of a batch.
    pub topic: Arc<str>,
    /// The partition's number, from 0.
    pub partition: i32,
}

impl fmt::Display for TopicPartition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.topic, self.partition)
    }
}

/// The offset of one record: where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Offset(pub i64);

impl Offset {
    /// Where to resume once this record is done.
    #[must_use]
    pub fn next(self) -> ResumeAt {
        ResumeAt(self.0 + 1)
    }
}

/// The offset of the first record that is not yet done: what a consumer group commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResumeAt(i64);

impl ResumeAt {
    /// The committed offset as Kafka counts it.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

/// Where a record stood in the raw topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The partition that it was read from.
    pub partition: TopicPartition,
    /// Its place there.
    pub offset: Offset,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.partition, self.offset.0)
    }
}

/// A header of a record. Kafka allows a name more than once, and a null value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name as sent.
    pub name: String,
    /// The value's bytes; `None` is Kafka's null.
    pub value: Option<Vec<u8>>,
}

impl Header {
    /// A header with a value.
    pub fn new(name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), value: Some(value.into()) }
    }

    /// The value, if it is text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.value.as_deref()?).ok()
    }
}

/// One raw record: the whole input of `Processor::process`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where it stood.
    pub position: Position,
    /// Its timestamp, milliseconds since the Unix epoch; `None` where the topic keeps none.
    pub time_ms: Option<i64>,
    /// Its key.
    pub key: Option<Vec<u8>>,
    /// Its headers, in order.
    pub headers: Vec<Header>,
    /// Its value; `None` is a retraction.
    pub value: Option<Vec<u8>>,
}

impl Record {
    /// The first header of this name, compared without case, that holds text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name)).find_map(Header::text)
    }

    /// Bytes that the record occupies: key, value and headers.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        size_bytes(self.key.as_deref(), &self.headers, self.value.as_deref())
    }
}

/// Bytes that a record of these parts occupies.
#[must_use]
pub fn size_bytes(key: Option<&[u8]>, headers: &[Header], value: Option<&[u8]>) -> usize {
    let length = |bytes: Option<&[u8]>| bytes.map_or(0, <[u8]>::len);
    let headers = headers.iter().map(|header| header.name.len() + length(header.value.as_deref()));
    length(key) + headers.sum::<usize>() + length(value)
}
