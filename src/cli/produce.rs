//! `wiredesk produce`: push articles into the raw topic.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{DeliveryFuture, FutureProducer, FutureRecord, Producer};
use tokio::time::{Instant, sleep, sleep_until};

use super::input::Inputs;
use super::{Failure, Layers, runtime};
use crate::kafka::{ClientErrors, Role, client_config, reach};

/// How many records may be on their way before the first of them must be acknowledged.
const WINDOW: usize = 10_000;

/// How long the last records may take to be acknowledged.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(60);

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A file is one record; each line of a .ndjson or .jsonl file, and of standard input, is one, gzip or zstd around it or not.
A folder stands for its files.
The key is the article's URL where a JSON object has one, so that revisions of an article stay in order.

Examples:
  wiredesk produce articles/
  wiredesk produce dump.ndjson --rate 500
  wiredesk produce --retract https://desk.example/a/1")]
pub(super) struct Args {
    /// Files or folders; none reads standard input, one record a line
    files: Vec<PathBuf>,
    /// The topic; the first of topics.raw unless given
    #[arg(long)]
    topic: Option<String>,
    /// Records a second at most
    #[arg(long, value_name = "N")]
    rate: Option<NonZeroU32>,
    /// Take back the article of this URL, UUID or URN; may be given more than once
    #[arg(long, value_name = "KEY")]
    retract: Vec<String>,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    let topic = match &args.topic {
        Some(topic) => topic.clone(),
        None => config.topics.raw[0].clone(),
    };
    if topic.starts_with('^') {
        return Err(Failure::Usage("topics.raw begins with a pattern: say --topic".to_owned()));
    }
    let errors = ClientErrors::default();
    let producer: FutureProducer<ClientErrors> = client_config(&config, Role::Produce)
        .create_with_context(errors.clone())
        .map_err(|error| Failure::Failed(format!("the producer cannot be made: {error}")))?;
    runtime()?.block_on(async {
        // A wrong address is told at once and with its reason, not when the first record has waited too long.
        reach(&config).await?;
        Push { producer, errors, topic, waiting: Vec::new(), sent: 0 }.run(args).await
    })
}

struct Push {
    producer: FutureProducer<ClientErrors>,
    errors: ClientErrors,
    topic: String,
    waiting: Vec<DeliveryFuture>,
    sent: u64,
}

impl Push {
    async fn run(mut self, args: &Args) -> Result<(), Failure> {
        for key in &args.retract {
            self.send(Some(key), None).await?;
        }
        // With --retract alone there is nothing to read.
        if args.retract.is_empty() || !args.files.is_empty() {
            self.push(args).await?;
        }
        self.settle().await?;
        self.producer.flush(FLUSH_TIMEOUT).map_err(|error| self.failed(&error))?;
        anstream::eprintln!("{} records acknowledged by {}", self.sent, self.topic);
        Ok(())
    }

    async fn push(&mut self, args: &Args) -> Result<(), Failure> {
        let mut inputs = Inputs::open(&args.files)?;
        let progress = inputs.progress_bar();
        let began = Instant::now();
        let mut pushed = 0_u32;
        while let Some(input) = inputs.next()? {
            if let Some(rate) = args.rate {
                sleep_until(began + Duration::from_secs_f64(f64::from(pushed) / f64::from(rate.get()))).await;
            }
            let key = url_of(&input.value);
            self.send(key.as_deref(), Some(&input.value)).await?;
            pushed += 1;
            progress.inc(input.read);
        }
        progress.finish_and_clear();
        Ok(())
    }

    async fn send(&mut self, key: Option<&str>, value: Option<&[u8]>) -> Result<(), Failure> {
        if self.waiting.len() >= WINDOW {
            self.settle().await?;
        }
        loop {
            let mut record = FutureRecord::<str, [u8]>::to(&self.topic);
            record.key = key;
            record.payload = value;
            match self.producer.send_result(record) {
                Ok(delivery) => {
                    self.waiting.push(delivery);
                    return Ok(());
                }
                Err((error, _)) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull) => {
                    sleep(Duration::from_millis(5)).await;
                }
                Err((error, _)) => return Err(self.failed(&error)),
            }
        }
    }

    /// Waits until everything that was sent is acknowledged.
    async fn settle(&mut self) -> Result<(), Failure> {
        for delivery in std::mem::take(&mut self.waiting) {
            match delivery.await {
                Ok(Ok(_)) => self.sent += 1,
                Ok(Err((error, _))) => return Err(self.failed(&error)),
                Err(_) => return Err(Failure::Failed("the producer was closed".to_owned())),
            }
        }
        Ok(())
    }

    fn failed(&self, error: &KafkaError) -> Failure {
        let why = self.errors.last().map(|why| format!(": {why}")).unwrap_or_default();
        let acknowledged = self.sent;
        Failure::Failed(format!("topic {}: {error}{why}; {acknowledged} records were acknowledged", self.topic))
    }
}

/// The URL of a JSON object, if it has one under the usual names.
fn url_of(value: &[u8]) -> Option<String> {
    if value.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return None;
    }
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(value).ok()?;
    let url = object.get("url").or_else(|| object.get("link"))?.as_str()?;
    url.starts_with("http").then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::url_of;

    #[test]
    fn the_key_is_the_articles_url() {
        let check = |value: &str, expected: Option<&str>| assert_eq!(url_of(value.as_bytes()).as_deref(), expected);
        check(r#" {"url": "https://desk.example/1"}"#, Some("https://desk.example/1"));
        check(r#"{"url": 7}"#, None);
        check(r#"{"url": "not a url"}"#, None);
        check("plain text about {\"url\": \"https://desk.example/1\"}", None);
        check("{broken", None);
    }
}
