//! `wiredesk dev`: the whole pipeline on one machine, with nothing installed.
//!
//! The broker is librdkafka's mock cluster: real TCP on loopback, everything in memory. Its transactions are not real,
//! so the pipeline runs at least once here; what it shows of Kafka is the protocol, not the guarantees.

use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use futures::StreamExt;
use rdkafka::consumer::StreamConsumer;
use rdkafka::message::Message;
use rdkafka::mocking::MockCluster;
use rdkafka::producer::{FutureProducer, FutureRecord};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::run::{finish, stop_on_signal};
use super::samples::{ARTICLES, BAD, RETRACTIONS};
use super::{Failure, Layers, runtime, tail};
use crate::config::{Config, Log, LogFormat};
use crate::kafka::{ClientErrors, Role, Topology, client_config};
use crate::service::{Service, stopped};
use crate::telemetry::start_logs;

/// Partitions of each topic: enough to see that there are several.
const PARTITIONS: i32 = 3;

/// How long the records of a single replay may take to come out: joining the group alone takes seconds.
const SETTLE: Duration = Duration::from_secs(60);

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Stop it with Ctrl-C. While it runs, other commands reach its broker: wiredesk produce article.txt --brokers ADDRESS

Examples:
  wiredesk dev
  wiredesk dev --pace 100 --once")]
pub(super) struct Args {
    /// Milliseconds between two articles
    #[arg(long, default_value_t = 700, value_name = "MS")]
    pace: u64,
    /// End after the samples have been replayed once
    #[arg(long)]
    once: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    start_logs(&Log { format: LogFormat::Human, filter: "error,wiredesk::kafka::context=off".to_owned() });
    let cluster = cluster(layers)?;
    let own = [
        ("kafka.brokers", cluster.bootstrap_servers()),
        ("kafka.group", "wiredesk-dev".to_owned()),
        ("delivery.guarantee", "at_least_once".to_owned()),
        ("workers.count", "1".to_owned()),
    ];
    let config = layers.load_with(&own)?;
    let runtime = runtime()?;
    let done = runtime.block_on(demonstrate(config, args));
    runtime.shutdown_background();
    done
}

/// A broker in memory with the topics of the configuration.
fn cluster(layers: &Layers) -> Result<MockCluster<'static, rdkafka::producer::DefaultProducerContext>, Failure> {
    let failed = |error: rdkafka::error::KafkaError| Failure::Failed(format!("the broker in memory: {error}"));
    let cluster = MockCluster::new(1).map_err(failed)?;
    let config = layers.load()?;
    let topics = &config.topics;
    let named = topics.raw.iter().filter(|name| !name.starts_with('^'));
    for topic in named.map(String::as_str).chain(config.outputs()) {
        cluster.create_topic(topic, PARTITIONS, 1).map_err(failed)?;
    }
    Ok(cluster)
}

async fn demonstrate(config: Config, args: &Args) -> Result<(), Failure> {
    let stop = stop_on_signal()?;
    let (halt, halted) = watch::channel(false);
    let service = open(config.clone()).await?;
    welcome(&config, service.address())?;
    let out = tail::follow(&config, &[&config.topics.enriched, &config.topics.dead_letter], tail::Start::Beginning)?;
    let dead_letter = config.topics.dead_letter.clone();
    let (count, mut counted) = watch::channel(0);
    let mut shown = tokio::spawn(async move { show(&out, &dead_letter, &count).await });
    let running = tokio::spawn(service.run(halted));
    let once = async {
        let sent = replay(&config, args).await?;
        // What has not come out by then does not come out; the end below says what is wrong.
        _ = timeout(SETTLE, counted.wait_for(|shown| *shown >= sent)).await;
        Ok::<(), Failure>(())
    };
    tokio::select! {
        () = stopped(stop) => {}
        replayed = once => replayed?,
        _ = &mut shown => {}
    }
    halt.send_replace(true);
    let ended = running.await.map_err(|error| Failure::Failed(error.to_string()))?;
    shown.abort();
    finish(ended)
}

/// The service on its address, or on any free port if something else has the default one.
async fn open(mut config: Config) -> Result<Service, Failure> {
    match Service::open(config.clone(), Topology::default()).await {
        Err(error) if error.kind() == ErrorKind::AddrInUse && config.effective["http.listen"].origin == "default" => {
            config.http.listen = Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
            Ok(Service::open(config, Topology::default()).await?)
        }
        other => Ok(other?),
    }
}

fn welcome(config: &Config, address: Option<SocketAddr>) -> std::io::Result<()> {
    let bold = anstyle::Style::new().bold();
    let (brokers, topics) = (config.kafka.brokers.join(","), &config.topics);
    let (raw, enriched, dead_letter) = (topics.raw.join(", "), &topics.enriched, &topics.dead_letter);
    let mut out = anstream::stdout().lock();
    writeln!(out, "{bold}wiredesk dev{bold:#}: sample articles through the whole pipeline")?;
    writeln!(out, "  broker   {brokers} — in memory: at-least-once, and gone when you stop")?;
    writeln!(out, "  topics   {raw} → {enriched} (dead letters: {dead_letter})")?;
    for route in config.copies.routes() {
        writeln!(out, "  route    {} → {}, when {}", route.name, route.topic, route.when)?;
    }
    if let Some(latest) = config.copies.latest() {
        writeln!(out, "  latest   {latest}")?;
    }
    if let Some(address) = address {
        writeln!(out, "  console  http://{address}/")?;
        writeln!(out, "  metrics  http://{address}/metrics")?;
    }
    writeln!(out, "  stop     Ctrl-C\n")
}

/// Prints what comes out, and counts it, until nobody reads any more.
async fn show(consumer: &StreamConsumer<ClientErrors>, dead_letter: &str, count: &watch::Sender<usize>) {
    let mut stream = consumer.stream();
    while let Some(next) = stream.next().await {
        let Ok(message) = next else { continue };
        let line = match message.payload() {
            _ if message.topic() == dead_letter => tail::dead_letter(&message),
            Some(value) => tail::event(value),
            None => continue,
        };
        // Whoever read our output has seen enough.
        let Ok(()) = writeln!(anstream::stdout().lock(), "{line}") else { return };
        count.send_modify(|count| *count += 1);
    }
}

/// Sends the samples at a readable pace, and begins again unless asked for one round. Gives how many that were.
async fn replay(config: &Config, args: &Args) -> Result<usize, Failure> {
    let producer: FutureProducer<ClientErrors> = client_config(config, Role::Produce)
        .create_with_context(ClientErrors::default())
        .map_err(|error| Failure::Failed(format!("the producer cannot be made: {error}")))?;
    let topic = config.topics.raw.iter().find(|name| !name.starts_with('^'));
    let topic = topic.ok_or_else(|| Failure::Usage("topics.raw has patterns alone; dev needs a name".to_owned()))?;
    let pace = Duration::from_millis(args.pace);
    let retractions: Vec<&str> = RETRACTIONS.lines().filter(|line| !line.trim().is_empty()).collect();
    loop {
        for (_, value) in ARTICLES.iter().chain(BAD) {
            send(&producer, FutureRecord::<str, [u8]>::to(topic).payload(*value)).await?;
            sleep(pace).await;
        }
        for url in &retractions {
            send(&producer, FutureRecord::<str, [u8]>::to(topic).key(url)).await?;
            sleep(pace).await;
        }
        if args.once {
            return Ok(ARTICLES.len() + BAD.len() + retractions.len());
        }
    }
}

async fn send(producer: &FutureProducer<ClientErrors>, record: FutureRecord<'_, str, [u8]>) -> Result<(), Failure> {
    let sent = producer.send(record, Duration::from_secs(10)).await;
    sent.map(|_| ()).map_err(|(error, _)| Failure::Failed(format!("replaying the samples: {error}")))
}
