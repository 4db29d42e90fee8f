//! The last events, for the status page. Kept in memory only, and only as many as configured.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

/// One event as the status page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecentEvent {
    /// When it was delivered, seconds since the Unix epoch.
    pub at: u64,
    /// The event as it was published.
    pub event: serde_json::Value,
}

/// The last events.
#[derive(Debug)]
pub struct Recent {
    kept: usize,
    events: Mutex<VecDeque<RecentEvent>>,
}

impl Recent {
    /// Room for this many.
    #[must_use]
    pub fn new(kept: usize) -> Self {
        Self { kept, events: Mutex::default() }
    }

    /// How many are kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// Adds events, the oldest first; what does not fit any more is forgotten.
    pub fn extend(&self, new: impl IntoIterator<Item = RecentEvent>) {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        events.extend(new);
        let excess = events.len().saturating_sub(self.kept);
        events.drain(..excess);
    }

    /// The events, the newest first.
    #[must_use]
    pub fn newest_first(&self) -> Vec<RecentEvent> {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        events.iter().rev().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_newest() {
        let recent = Recent::new(2);
        recent.extend((0..5).map(|at| RecentEvent { at, event: serde_json::Value::Null }));
        let kept: Vec<u64> = recent.newest_first().iter().map(|event| event.at).collect();
        assert_eq!(kept, [4, 3]);
    }
}
