//! The last events and dead letters, for the console. Kept in memory only, bounded in number and in bytes.
//!
//! Nobody is told of what is new: a reader remembers the last number that it saw and asks for what came after it. So a
//! reader costs a worker nothing, and one that is slow misses what has been forgotten in the meantime.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// One outcome as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number: one more than that of the outcome before it, from 1.
    pub number: u64,
    /// When it was delivered, seconds since the Unix epoch.
    pub at: u64,
    /// What was delivered.
    pub outcome: Outcome,
}

/// What was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An event.
    Event(Published),
    /// A record that could not become one.
    DeadLetter(Letter),
}

/// An event, and where it went beside the enriched topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// The JSON that was published.
    pub json: String,
    /// The names of the routes that it took.
    pub routes: Vec<Arc<str>>,
    /// The topics that got a copy of it, or a tombstone in its place.
    pub copies: Vec<String>,
}

/// A dead letter without the article: what an operator asks of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The raw topic.
    pub topic: String,
    /// The partition there.
    pub partition: i32,
    /// The offset there.
    pub offset: i64,
    /// Why it was refused.
    pub reason: &'static str,
    /// What is wrong and where.
    pub detail: String,
    /// The beginning of its key, as text; null where it has none.
    pub key: Option<String>,
    /// Bytes of key, value and headers.
    pub bytes: usize,
}

/// What an entry takes beside its texts, roughly: so that many small ones are counted as well.
const ENTRY_BYTES: usize = 200;

impl Outcome {
    fn size_bytes(&self) -> usize {
        let texts = match self {
            Self::Event(Published { json, routes, copies }) => {
                let routes = routes.iter().map(|route| route.len()).sum::<usize>();
                json.len() + routes + copies.iter().map(String::len).sum::<usize>()
            }
            Self::DeadLetter(Letter { topic, detail, key, .. }) => {
                topic.len() + detail.len() + key.as_ref().map_or(0, String::len)
            }
        };
        texts + ENTRY_BYTES
    }
}

impl Kept {
    /// Appends `{"number":…,"at":…,"routes":[…],"copies":[…],"event":…}`, or `{"number":…,"at":…,"dead_letter":…}`, on one
    /// line. The event's own bytes are not touched.
    pub fn write_json(&self, out: &mut String) {
        let Self { number, at, outcome } = self;
        out.push_str(&format!("{{\"number\":{number},\"at\":{at},"));
        match outcome {
            Outcome::Event(published) => published.write_json(out),
            Outcome::DeadLetter(letter) => {
                let letter = serde_json::to_string(letter).expect("texts and numbers are JSON");
                out.push_str(&format!("\"dead_letter\":{letter}"));
            }
        }
        out.push('}');
    }
}

impl Published {
    /// Appends `"routes":[…],"copies":[…],"event":…`.
    pub fn write_json(&self, out: &mut String) {
        let Self { json, routes, copies } = self;
        let list = |texts: Vec<&str>| serde_json::to_string(&texts).expect("texts are JSON");
        let routes = list(routes.iter().map(|route| &**route).collect());
        let copies = list(copies.iter().map(String::as_str).collect());
        out.push_str(&format!("\"routes\":{routes},\"copies\":{copies},\"event\":"));
        out.push_str(json);
    }
}

/// The last outcomes.
#[derive(Debug)]
pub struct Recent {
    room: usize,
    bytes_max: usize,
    shelf: Mutex<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    newest: u64,
    bytes: usize,
    kept: VecDeque<Arc<Kept>>,
}

impl Recent {
    /// Room for this many, and for this many bytes.
    #[must_use]
    pub fn new(room: usize, bytes_max: usize) -> Self {
        Self { room, bytes_max, shelf: Mutex::default() }
    }

    /// How many are kept at most.
    #[must_use]
    pub fn room(&self) -> usize {
        self.room
    }

    /// Adds what was delivered at `at`, the oldest first; what does not fit any more is forgotten.
    pub fn extend(&self, at: u64, outcomes: impl IntoIterator<Item = Outcome>) {
        for outcome in outcomes {
            let mut shelf = self.shelf();
            shelf.newest += 1;
            shelf.bytes += outcome.size_bytes();
            let kept = Kept { number: shelf.newest, at, outcome };
            shelf.kept.push_back(Arc::new(kept));
            while shelf.kept.len() > self.room || shelf.bytes > self.bytes_max {
                let Some(oldest) = shelf.kept.pop_front() else { break };
                shelf.bytes -= oldest.outcome.size_bytes();
            }
        }
    }

    /// The number of the newest; 0 before the first.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.shelf().newest
    }

    /// All, the newest first.
    #[must_use]
    pub fn newest_first(&self) -> Vec<Arc<Kept>> {
        self.shelf().kept.iter().rev().cloned().collect()
    }

    /// Those that came after a number, the newest first, and at most so many.
    #[must_use]
    pub fn after(&self, number: u64, count_max: usize) -> Vec<Arc<Kept>> {
        let shelf = self.shelf();
        let new = shelf.kept.iter().rev().take_while(|kept| kept.number > number);
        new.take(count_max).cloned().collect()
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn event(bytes: usize) -> Outcome {
        Outcome::Event(Published { json: "x".repeat(bytes), ..Published::default() })
    }

    #[track_caller]
    fn check(recent: &Recent, expected: &[u64]) {
        let kept: Vec<u64> = recent.newest_first().iter().map(|kept| kept.number).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn keeps_the_newest() {
        let recent = Recent::new(2, 1 << 20);
        recent.extend(7, (0..5).map(event));
        check(&recent, &[5, 4]);
        assert_eq!(recent.newest(), 5);
    }

    #[test]
    fn keeps_no_more_bytes_than_it_may() {
        let recent = Recent::new(100, 3 * (1000 + ENTRY_BYTES));
        recent.extend(7, (0..5).map(|_| event(1000)));
        check(&recent, &[5, 4, 3]);
        recent.extend(8, [event(2000)]);
        check(&recent, &[6, 5]);
        // One that is too large alone is forgotten, and takes the others with it.
        recent.extend(9, [event(10_000)]);
        check(&recent, &[]);
        recent.extend(9, [event(1)]);
        check(&recent, &[8]);
        assert_eq!(recent.shelf().bytes, 1 + ENTRY_BYTES);
    }

    #[test]
    fn nothing_is_kept_without_room() {
        let recent = Recent::new(0, 1 << 20);
        recent.extend(7, [event(1)]);
        check(&recent, &[]);
    }

    #[test]
    fn a_reader_asks_for_what_came_after_the_last_that_it_saw() {
        let recent = Recent::new(3, 1 << 20);
        recent.extend(7, (0..5).map(event));
        let after =
            |number, count_max| recent.after(number, count_max).iter().map(|kept| kept.number).collect::<Vec<_>>();
        assert_eq!(after(4, 9), [5]);
        assert_eq!(after(5, 9), [0; 0]);
        assert_eq!(after(0, 9), [5, 4, 3]);
        assert_eq!(after(0, 2), [5, 4]);
    }

    #[test]
    fn an_entry_is_one_line_of_json() {
        let letter = Letter {
            topic: "news.raw".to_owned(),
            partition: 1,
            offset: 2,
            reason: "empty",
            detail: "line\nbreak \"quoted\"".to_owned(),
            key: None,
            bytes: 3,
        };
        let published = Published {
            json: "{\"id\":1}".to_owned(),
            routes: vec!["vietnam".into(), "energy".into()],
            copies: vec!["news.latest".to_owned()],
        };
        for (outcome, expected) in [
            (
                Outcome::Event(published),
                json!({ "routes": ["vietnam", "energy"], "copies": ["news.latest"], "event": { "id": 1 } }),
            ),
            (Outcome::DeadLetter(letter.clone()), json!({ "dead_letter": letter })),
        ] {
            let mut text = String::new();
            Kept { number: 4, at: 5, outcome }.write_json(&mut text);
            let mut value: serde_json::Map<String, Value> = serde_json::from_str(&text).expect("JSON");
            assert_eq!((value.remove("number"), value.remove("at")), (Some(4.into()), Some(5.into())));
            assert_eq!(Value::Object(value), expected);
            assert!(!text.contains('\n'), "{text}");
        }
    }
}
