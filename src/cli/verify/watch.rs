//! How far the group has come, and for how long a partition stood still.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::topic_partition_list::{Offset, TopicPartitionList};
use tokio::task::spawn_blocking;
use tokio::time::Instant;

use super::faults::{Fault, History};
use crate::cli::Failure;
use crate::config::Config;
use crate::kafka::{ClientErrors, Role, client_config};

/// How long the brokers may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);

/// A fault may come this long before the last progress that is seen: offsets are looked at twice a second, and what was
/// under way still arrives.
const LAG: Duration = Duration::from_secs(1);

/// The committed offsets of a group.
pub(super) struct Watch {
    client: Arc<BaseConsumer<ClientErrors>>,
    topic: String,
    partitions: BTreeMap<i32, Partition>,
    history: History,
    /// The longest time for which a partition that had records left did not get on, by the fault that began it.
    pub(super) longest_stalls: BTreeMap<Fault, Duration>,
}

#[derive(Clone, Copy, Debug)]
struct Partition {
    committed: i64,
    /// Since when it has not got on; meaningful while records are left.
    since: Instant,
}

impl Watch {
    /// A watch on the group of this configuration, whose processes have this history.
    ///
    /// # Errors
    /// If the client refuses its configuration.
    pub(super) fn new(config: &Config, topic: &str, history: History) -> Result<Self, Failure> {
        let mut client = client_config(config, Role::Scan { group: &config.kafka.group });
        // Whoever reads committed records is kept waiting while a transaction that moves the offset is open.
        client.set("isolation.level", "read_uncommitted");
        let client: BaseConsumer<ClientErrors> = client
            .create_with_context(ClientErrors::default())
            .map_err(|error| Failure::Failed(format!("the client that watches the group cannot be made: {error}")))?;
        let (partitions, longest_stalls) = (BTreeMap::new(), BTreeMap::new());
        Ok(Self { client: Arc::new(client), topic: topic.to_owned(), partitions, history, longest_stalls })
    }

    /// Looks at the group once; whether all these records are done.
    pub(super) async fn look(&mut self, ends: &BTreeMap<i32, i64>) -> bool {
        let (client, topic) = (self.client.clone(), self.topic.clone());
        let asked: Vec<i32> = ends.keys().copied().collect();
        let committed = spawn_blocking(move || committed(&client, &topic, &asked)).await.unwrap_or_default();
        let now = Instant::now();
        let mut is_done = !ends.is_empty();
        for (&partition, &end) in ends {
            let seen = self.partitions.entry(partition).or_insert(Partition { committed: 0, since: now });
            // A broker that does not answer does not excuse the group: the clock goes on.
            let at = committed.get(&partition).copied().unwrap_or(seen.committed);
            let stood = now.duration_since(seen.since);
            let fault = self.history.first_since(seen.since.checked_sub(LAG).unwrap_or(seen.since));
            if at > seen.committed || seen.committed >= end {
                *seen = Partition { committed: at.max(seen.committed), since: now };
            }
            let longest = self.longest_stalls.entry(fault).or_default();
            *longest = stood.max(*longest);
            is_done &= seen.committed >= end;
        }
        is_done
    }

    /// How many records are done.
    pub(super) fn done(&self) -> i64 {
        self.partitions.values().map(|partition| partition.committed).sum()
    }

    /// For how long no partition has got on.
    pub(super) fn stands_for(&self) -> Duration {
        let last = self.partitions.values().map(|partition| partition.since).max();
        last.map_or(Duration::ZERO, |last| last.elapsed())
    }
}

fn committed(client: &BaseConsumer<ClientErrors>, topic: &str, partitions: &[i32]) -> BTreeMap<i32, i64> {
    let mut list = TopicPartitionList::new();
    partitions.iter().for_each(|partition| _ = list.add_partition(topic, *partition));
    let Ok(found) = client.committed_offsets(list, ANSWER_TIMEOUT) else { return BTreeMap::new() };
    let at = |offset| match offset {
        Offset::Offset(at) => Some(at),
        _ => None,
    };
    found.elements().iter().filter_map(|element| Some((element.partition(), at(element.offset())?))).collect()
}
