//! The load: numbered records of every kind, and what must become of each.

use std::time::Duration;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{FutureProducer, FutureRecord};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use crate::article::RejectReason;
use crate::cli::Failure;
use crate::config::Config;
use crate::kafka::{ClientErrors, Role, client_config};

/// So many articles take turns: each has many revisions, whose order is held.
const ARTICLES: u32 = 500;

/// How long the load waits for brokers that are broken meanwhile: longer than any of the faults that its users bring about.
const PATIENCE: Duration = Duration::from_secs(600);

/// The load is sent in steps of this length.
const STEP: Duration = Duration::from_millis(100);

const BODY: &str = "The harbour council of Bergen met on 5 November to discuss the northern quay. Work on it is to begin in June, \
                    and the fishermen of Askøy have asked for a longer pier. The next session is on Friday.";

/// What must become of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// An event.
    Event,
    /// A dead letter with this reason.
    DeadLetter(RejectReason),
}

/// A record that the brokers have acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) partition: i32,
    pub(super) offset: i64,
    pub(super) expect: Expect,
}

/// Key, value, and what must become of them.
pub(super) fn record(number: u32) -> (Option<String>, Option<String>, Expect) {
    let url = format!("https://verify.example/{}", number % ARTICLES);
    match number % 100 {
        7 => (
            None,
            Some(format!("{{\"title\": \"breaks off at {number}")),
            Expect::DeadLetter(RejectReason::MalformedJson),
        ),
        23 => (None, Some(" \n".to_owned()), Expect::DeadLetter(RejectReason::Empty)),
        41 => (None, Some(format!("Harbour council, session {number}\n\n{BODY}")), Expect::Event),
        67 => (Some(url), None, Expect::Event),
        _ => {
            let title = format!("Harbour council, session {number}");
            let article = json!({"url": url, "title": title, "body": BODY, "published_at": "2024-11-05T08:30:00Z"});
            (Some(url), Some(article.to_string()), Expect::Event)
        }
    }
}

/// Sends so many records to a topic within this time, and tells of each as soon as it is acknowledged.
///
/// # Errors
/// If the brokers refuse one: then there is nothing to verify.
pub(super) async fn send(
    config: &Config,
    topic: &str,
    records: u32,
    within: Duration,
    sent: mpsc::UnboundedSender<Sent>,
) -> Result<(), Failure> {
    let refused = |error: KafkaError| Failure::Failed(format!("the load cannot be sent: {error}"));
    let mut client = client_config(config, Role::Produce);
    client.set("delivery.timeout.ms", PATIENCE.as_millis().to_string());
    let producer: FutureProducer<ClientErrors> =
        client.create_with_context(ClientErrors::default()).map_err(refused)?;
    let began = Instant::now();
    let steps = u32::try_from((within.as_millis() / STEP.as_millis()).max(1)).unwrap_or(u32::MAX);
    let mut number = 0;
    for step in 1..=steps {
        let until = u32::try_from(u64::from(records) * u64::from(step) / u64::from(steps)).unwrap_or(records);
        let mut waiting = Vec::new();
        while number < until {
            let (key, value, expect) = record(number);
            let mut message = FutureRecord::<str, str>::to(topic);
            (message.key, message.payload) = (key.as_deref(), value.as_deref());
            match producer.send_result(message) {
                Ok(delivery) => {
                    waiting.push((delivery, expect));
                    number += 1;
                }
                Err((error, _)) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull) => {
                    sleep(Duration::from_millis(5)).await;
                }
                Err((error, _)) => return Err(refused(error)),
            }
        }
        for (delivery, expect) in waiting {
            let gone = |_| Failure::Failed("the load's producer was closed".to_owned());
            let at = delivery.await.map_err(gone)?.map_err(|(error, _)| refused(error))?;
            // An error means that the verification has ended.
            _ = sent.send(Sent { partition: at.partition, offset: at.offset, expect });
        }
        sleep_until(began + STEP * step).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Processor, Settings, Verdict};
    use crate::record::{Offset, Position, Record, TopicPartition};

    #[test]
    fn every_kind_of_record_becomes_what_is_said() {
        let processor = Processor::new(Settings::default());
        for number in 0..100 {
            let (key, value, expect) = record(number);
            let partition = TopicPartition { topic: "raw".into(), partition: 0 };
            let position = Position { partition, offset: Offset(0) };
            let (key, value) = (key.map(String::into_bytes), value.map(String::into_bytes));
            let record = Record { position, time_ms: Some(0), key, headers: Vec::new(), value };
            let outbox =
                crate::pipeline::process_batch(&processor, vec![record], &mut crate::telemetry::StageTimes::new());
            let became = match &outbox.items()[0].verdict {
                Verdict::Publish { .. } => Expect::Event,
                Verdict::DeadLetter { reject, .. } => Expect::DeadLetter(reject.reason),
                Verdict::Drop(rule) => panic!("{number} is dropped by {rule:?}"),
            };
            assert_eq!(became, expect, "{number}");
        }
    }
}
