//! The topics that copies of events go to: whether they take what the enriched topic takes.

use rdkafka::admin::{AdminClient, ResourceSpecifier};
use tracing::warn;

use super::preflight::{message_bytes_max, setting};
use super::{ClientErrors, Error, probe};
use crate::config::Config;

/// The setting by which a topic keeps the newest message of each key.
pub(super) const POLICY: &str = "cleanup.policy";

/// What keeps copies from being written. A topic that takes less than the enriched one would have an event fail as a whole.
pub(super) async fn check(admin: &AdminClient<ClientErrors>, config: &Config, event_bytes_max: usize) -> Vec<Error> {
    let mut faults = Vec::new();
    for topic in config.copies.topics() {
        // Without its limit a topic cannot be probed: the probe might be taken for an event.
        if let Some(known) = message_bytes_max(admin, topic).await {
            if known < event_bytes_max {
                let enriched = &config.topics.enriched;
                faults.push(Error::Stop(format!(
                    "topic {topic}: max.message.bytes is {known}, less than the {event_bytes_max} of {enriched}; raise it"
                )));
            }
            faults.extend(probe::write(config, topic, known).await);
        }
    }
    if let Some(topic) = config.copies.latest() {
        faults.extend(compaction(admin, topic).await.map(Error::Stop));
    }
    faults
}

async fn compaction(admin: &AdminClient<ClientErrors>, topic: &str) -> Option<String> {
    let Some(policy) = setting(admin, &ResourceSpecifier::Topic(topic), POLICY).await else {
        warn!(topic, "{POLICY} not readable; the topic is taken to be compacted");
        return None;
    };
    let is_compacted = policy.split(',').any(|one| one.trim() == "compact");
    (!is_compacted)
        .then(|| format!("topic {topic}: {POLICY} is {policy}, and topics.latest must be compacted: set it to compact"))
}
