//! The test's own clients: topics are made, records sent and read, committed offsets awaited.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rdkafka::admin::{AdminClient, AdminOptions, AlterConfig, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::KafkaError;
use rdkafka::message::{Headers, Message, OwnedHeaders, OwnedMessage};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::topic_partition_list::TopicPartitionList;
use rdkafka::{ClientConfig, Offset};

use crate::articles::Raw;

/// Where a record stands: topic, partition, offset.
pub(crate) type Place = (String, i32, i64);

/// The longest that any one call of a test's client may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes topics of the same number of partitions, with these settings.
pub(crate) fn create(brokers: &str, topics: &[&str], partitions: i32, settings: &[(&str, &str)]) {
    let admin: AdminClient<DefaultClientContext> = client(brokers).create().expect("an admin client");
    let topic = |name| {
        settings
            .iter()
            .fold(NewTopic::new(name, partitions, TopicReplication::Fixed(-1)), |topic, (k, v)| topic.set(k, v))
    };
    let topics: Vec<NewTopic<'_>> = topics.iter().map(|&name| topic(name)).collect();
    let options = AdminOptions::new().operation_timeout(Some(PATIENCE));
    let made = block_on(admin.create_topics(&topics, &options)).expect("the brokers answer");
    made.into_iter().for_each(|made| _ = made.expect("the topic is made"));
    // A topic can be acknowledged before its partitions have leaders.
    let deadline = Instant::now() + PATIENCE;
    for topic in topics {
        while !has_leaders(&admin, topic.name, partitions) {
            assert!(Instant::now() < deadline, "{} has no leaders", topic.name);
            crate::cluster::pause(Duration::from_millis(50));
        }
    }
}

fn has_leaders(admin: &AdminClient<DefaultClientContext>, topic: &str, partitions: i32) -> bool {
    let Ok(metadata) = admin.inner().fetch_metadata(Some(topic), PATIENCE) else { return false };
    let led = metadata.topics()[0].partitions().iter().filter(|partition| partition.leader() >= 0).count();
    i32::try_from(led).is_ok_and(|led| led == partitions)
}

/// Whether there is a topic of this name.
pub(crate) fn exists(brokers: &str, topic: &str) -> bool {
    let consumer: BaseConsumer = client(brokers).create().expect("a client");
    let metadata = consumer.fetch_metadata(None, PATIENCE).expect("the brokers answer");
    metadata.topics().iter().any(|known| known.name() == topic)
}

/// Changes one setting of a topic that is in use.
pub(crate) fn alter(brokers: &str, topic: &str, name: &str, value: &str) {
    let admin: AdminClient<DefaultClientContext> = client(brokers).create().expect("an admin client");
    let change = AlterConfig::new(ResourceSpecifier::Topic(topic)).set(name, value);
    let changed = block_on(admin.alter_configs(&[change], &AdminOptions::new())).expect("the brokers answer");
    changed.into_iter().for_each(|changed| _ = changed.expect("the setting is changed"));
    // A broker acts on a change a moment after it has taken it.
    let deadline = Instant::now() + PATIENCE;
    while setting(brokers, topic, name) != value {
        assert!(Instant::now() < deadline, "{topic} does not get {name} = {value}");
        crate::cluster::pause(Duration::from_millis(20));
    }
}

/// Deletes what stands before this offset, as if it had expired.
pub(crate) fn expire(brokers: &str, topic: &str, partition: i32, before: i64) {
    let admin: AdminClient<DefaultClientContext> = client(brokers).create().expect("an admin client");
    let mut list = TopicPartitionList::new();
    list.add_partition_offset(topic, partition, Offset::Offset(before)).expect("an offset");
    let deleted = block_on(admin.delete_records(&list, &AdminOptions::new())).expect("the brokers answer");
    deleted.elements().into_iter().for_each(|element| element.error().expect("they are deleted"));
}

/// The value of one setting of a topic.
pub(crate) fn setting(brokers: &str, topic: &str, name: &str) -> String {
    let admin: AdminClient<DefaultClientContext> = client(brokers).create().expect("an admin client");
    let asked = block_on(admin.describe_configs([&ResourceSpecifier::Topic(topic)], &AdminOptions::new()));
    let answers = asked.expect("the brokers answer");
    let found = answers.into_iter().find_map(|answer| answer.expect("a topic").get(name)?.value.clone());
    found.expect("the setting is there")
}

/// Sends records, and says where each came to stand.
pub(crate) fn send(brokers: &str, topic: &str, records: Vec<Raw>) -> Vec<(Place, Raw)> {
    let mut sent = Vec::with_capacity(records.len());
    send_each(brokers, topic, records, |place, raw| sent.push((place, raw)));
    sent
}

/// Sends records, and hands each over with its place as soon as it is acknowledged.
pub(crate) fn send_each(brokers: &str, topic: &str, records: Vec<Raw>, mut sent: impl FnMut(Place, Raw)) {
    let mut config = client(brokers);
    config.set("linger.ms", "2").set("enable.idempotence", "true").set("message.max.bytes", "20000000");
    let producer: FutureProducer = config.create().expect("a producer");
    for chunk in records.chunks(1_000) {
        let waiting: Vec<_> =
            chunk.iter().map(|raw| producer.send_result(record(topic, raw)).map_err(|(e, _)| e)).collect();
        for (raw, delivery) in chunk.iter().zip(waiting) {
            let delivery = block_on(delivery.expect("queued")).expect("the producer lives");
            let at = delivery.expect("acknowledged");
            sent((topic.to_owned(), at.partition, at.offset), raw.clone());
        }
    }
}

fn record<'a>(topic: &'a str, raw: &'a Raw) -> FutureRecord<'a, [u8], [u8]> {
    let header = |headers: OwnedHeaders, (name, value): &(String, Vec<u8>)| {
        headers.insert(rdkafka::message::Header { key: name, value: Some(value) })
    };
    let mut record = FutureRecord::to(topic).headers(raw.headers.iter().fold(OwnedHeaders::new(), header));
    record.key = raw.key.as_deref();
    record.payload = raw.value.as_deref();
    record
}

/// Everything that a reader of committed records finds in a topic now.
pub(crate) fn read(brokers: &str, topic: &str) -> Vec<OwnedMessage> {
    let mut config = client(brokers);
    config.set("group.id", "reader").set("isolation.level", "read_committed");
    config.set("enable.partition.eof", "true").set("enable.auto.commit", "false");
    let consumer: BaseConsumer = config.create().expect("a consumer");
    let partitions = partitions(&consumer, topic);
    let mut list = TopicPartitionList::new();
    for partition in 0..partitions {
        list.add_partition_offset(topic, partition, Offset::Beginning).expect("an offset");
    }
    consumer.assign(&list).expect("assigned");
    let mut open: std::collections::BTreeSet<i32> = (0..partitions).collect();
    let (mut found, deadline) = (Vec::new(), Instant::now() + 2 * PATIENCE);
    while !open.is_empty() {
        assert!(Instant::now() < deadline, "{topic} cannot be read to its end: {open:?} are open");
        match consumer.poll(Duration::from_millis(100)) {
            Some(Ok(message)) => found.push(message.detach()),
            Some(Err(KafkaError::PartitionEOF(partition))) => _ = open.remove(&partition),
            Some(Err(_)) | None => {}
        }
    }
    found
}

/// Waits until nothing in a topic is part of an open transaction any more.
pub(crate) fn await_settled(brokers: &str, topic: &str) {
    let deadline = Instant::now() + 2 * PATIENCE;
    let [all, committed] = ["read_uncommitted", "read_committed"].map(|level| {
        let consumer: BaseConsumer = client(brokers).set("isolation.level", level).create().expect("a consumer");
        consumer
    });
    for partition in 0..partitions(&all, topic) {
        let end = |of: &BaseConsumer| of.fetch_watermarks(topic, partition, PATIENCE).expect("watermarks").1;
        while end(&committed) < end(&all) {
            assert!(Instant::now() < deadline, "{topic}[{partition}] has a transaction that does not end");
            crate::cluster::pause(Duration::from_millis(200));
        }
    }
}

/// Waits until the group has committed everything that stands at these places, and tells how long it took.
pub(crate) fn await_committed<'a>(
    brokers: &str,
    group: &str,
    places: impl Iterator<Item = &'a Place>,
    patience: Duration,
) {
    let ends = ends(places);
    let deadline = Instant::now() + patience;
    let mut committed = committed(brokers, group, &ends);
    while ends.iter().any(|(partition, end)| committed.get(partition).is_none_or(|at| at < end)) {
        let missing: Vec<_> = ends.iter().filter(|(p, end)| committed.get(p).is_none_or(|at| at < end)).collect();
        assert!(Instant::now() < deadline, "{group} does not get to the end: {missing:?}, committed {committed:?}");
        crate::cluster::pause(Duration::from_millis(200));
        committed = self::committed(brokers, group, &ends);
    }
}

/// How many of the records of these partitions the group has committed.
pub(crate) fn progress(brokers: &str, group: &str, ends: &BTreeMap<(String, i32), i64>) -> i64 {
    committed(brokers, group, ends).values().sum()
}

/// One past the last place in each partition.
pub(crate) fn ends<'a>(places: impl Iterator<Item = &'a Place>) -> BTreeMap<(String, i32), i64> {
    let mut ends = BTreeMap::new();
    for (topic, partition, offset) in places {
        let end = ends.entry((topic.clone(), *partition)).or_insert(0);
        *end = (offset + 1).max(*end);
    }
    ends
}

/// What the group has committed of these partitions; without one whose commit is under way.
pub(crate) fn committed(brokers: &str, group: &str, of: &BTreeMap<(String, i32), i64>) -> BTreeMap<(String, i32), i64> {
    let consumer: BaseConsumer = client(brokers).set("group.id", group).create().expect("a consumer");
    let mut list = TopicPartitionList::new();
    of.keys().for_each(|(topic, partition)| _ = list.add_partition(topic, *partition));
    let Ok(found) = consumer.committed_offsets(list, PATIENCE) else { return BTreeMap::new() };
    let offset = |element: &rdkafka::topic_partition_list::TopicPartitionListElem<'_>| match element.offset() {
        Offset::Offset(at) => Some(((element.topic().to_owned(), element.partition()), at)),
        _ => None,
    };
    found.elements().iter().filter_map(offset).collect()
}

fn partitions(consumer: &BaseConsumer, topic: &str) -> i32 {
    let metadata = consumer.fetch_metadata(Some(topic), PATIENCE).expect("the brokers answer");
    i32::try_from(metadata.topics()[0].partitions().len()).expect("few partitions")
}

/// Takes a transactional id over: whoever had it is shut out.
pub(crate) fn take_over(brokers: &str, transactional_id: &str) {
    use rdkafka::producer::Producer;
    let producer: FutureProducer =
        client(brokers).set("transactional.id", transactional_id).create().expect("a producer");
    producer.init_transactions(PATIENCE).expect("taken over");
}

/// The value of the first header of this name.
pub(crate) fn header<'a>(message: &'a OwnedMessage, name: &str) -> Option<&'a [u8]> {
    message.headers()?.iter().find(|header| header.key == name)?.value
}

/// A client's configuration.
pub(crate) fn client(brokers: &str) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", brokers).set("log_level", "0");
    config
}

/// Waits for a future of the client, on a runtime of its own.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}
