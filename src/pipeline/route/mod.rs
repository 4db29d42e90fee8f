//! Where an event goes beside the enriched topic: routes, and the view of the latest.
//!
//! A route is a topic and a condition, in [JMESPath](https://jmespath.org/specification.html), over the event as JSON. It is
//! checked against the event's JSON Schema when it is read, so that it cannot fail on an event. Nothing is remembered
//! from one event to the next: what is routed follows from the event alone.

mod check;
mod condition;
mod kind;
mod view;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use condition::{CONDITION_BYTES_MAX, Condition, Mistake};

use super::process::Outgoing;
use crate::event::{Event, Status};

/// A topic, and which events go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its name: in metrics, and in what is shown of an event.
    pub name: Arc<str>,
    /// Where the events go.
    pub topic: Arc<str>,
    /// Which events these are.
    pub when: Condition,
    /// Whether every retraction goes there, whatever the condition says. A retraction knows nothing of the article that
    /// it takes back, so that no condition can tell whether the article went this way.
    pub retractions: bool,
}

/// A further message that an event makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copy {
    /// The event's record, byte for byte, in another topic.
    Event(Arc<str>),
    /// A null value under the event's key: a compacted topic forgets the article.
    Tombstone(Arc<str>, Outgoing),
}

impl Copy {
    /// Its topic.
    #[must_use]
    pub fn topic(&self) -> &str {
        match self {
            Self::Event(topic) | Self::Tombstone(topic, _) => topic,
        }
    }

    /// Its record, where `event` is that of the event.
    #[must_use]
    pub fn message<'a>(&'a self, event: &'a Outgoing) -> &'a Outgoing {
        match self {
            Self::Event(_) => event,
            Self::Tombstone(_, message) => message,
        }
    }
}

/// What is copied where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    routes: Vec<Route>,
    latest: Option<Arc<str>>,
    /// The fields of the event that the conditions read.
    reads: BTreeSet<&'static str>,
}

impl Copies {
    /// Copies by these routes, and of every event to a compacted topic, `latest`.
    #[must_use]
    pub fn new(routes: Vec<Route>, latest: Option<Arc<str>>) -> Self {
        let reads = routes.iter().flat_map(|route| route.when.reads()).copied().collect();
        Self { routes, latest, reads }
    }

    /// The routes.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The compacted topic.
    #[must_use]
    pub fn latest(&self) -> Option<&str> {
        self.latest.as_deref()
    }

    /// Every topic that copies go to.
    #[must_use]
    pub fn topics(&self) -> BTreeSet<&str> {
        self.routes.iter().map(|route| &*route.topic).chain(self.latest()).collect()
    }

    /// The routes that an event takes.
    #[must_use]
    pub fn taken(&self, event: &Event) -> Vec<&Route> {
        if self.routes.is_empty() {
            return Vec::new();
        }
        let view = view::of(event, &self.reads);
        let is_retraction = event.status == Status::Retracted;
        let takes = |route: &&Route| (is_retraction && route.retractions) || route.when.holds(&view);
        self.routes.iter().filter(takes).collect()
    }

    /// The copies of an event that takes these routes: one for each topic, however many of the routes lead there.
    pub(super) fn of(&self, event: &Event, message: &Outgoing, taken: &[&Route]) -> Vec<Copy> {
        let topics: BTreeSet<&Arc<str>> = taken.iter().map(|route| &route.topic).collect();
        let routed = topics.into_iter().map(|topic| Copy::Event(topic.clone()));
        let latest = self.latest.iter().map(|topic| match event.status {
            Status::Usable => Copy::Event(topic.clone()),
            Status::Retracted => Copy::Tombstone(topic.clone(), Outgoing { value: None, ..message.clone() }),
        });
        routed.chain(latest).collect()
    }
}

#[cfg(test)]
mod tests;
