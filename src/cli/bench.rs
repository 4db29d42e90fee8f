//! `wiredesk bench`: what each stage costs, on one core, without Kafka; with `--cluster`, see `bench_cluster`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::input::Inputs;
use super::samples::ARTICLES;
use super::{Failure, Layers, bench_cluster};
use crate::pipeline::{Processor, Settings, Stage, Verdict};
use crate::record::{Offset, Position, Record, TopicPartition};
use crate::telemetry::StageTimes;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Figures are of one core, and of this machine as busy as it is: compare the ratios of one run.

Examples:
  wiredesk bench
  wiredesk bench --seconds 10 articles/
  wiredesk bench --cluster --brokers k1:9092     what exactly-once costs there, with the taggers and for a plain copy")]
pub(super) struct Args {
    /// Articles to measure with; the built-in samples unless given
    files: Vec<PathBuf>,
    /// How long to measure
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Measure both guarantees on the cluster instead, on topics made for it and deleted at the end
    #[arg(long, conflicts_with_all = ["files", "seconds"])]
    cluster: bool,
    /// How many records are enriched in one go on the cluster; ten times as many are copied
    #[arg(long, default_value_t = 10_000, value_name = "N", requires = "cluster")]
    records: usize,
    /// How many pairs are measured on the cluster
    #[arg(long, default_value_t = 3, value_name = "N", requires = "cluster", value_parser = clap::value_parser!(u16).range(1..=100))]
    rounds: u16,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    if args.cluster {
        return bench_cluster::run(layers, args.records, args.rounds.into());
    }
    let config = layers.load()?;
    let began = Instant::now();
    let settings = Settings { limits: config.limits, copies: config.copies, ..Settings::default() };
    let processor = Processor::with_lexicon(settings, config.lexicon.compiled);
    let start = began.elapsed();
    let records = records(args)?;
    if records.is_empty() {
        return Err(Failure::Usage("there is nothing to measure with".to_owned()));
    }
    // Once over everything, so that caches and branch predictors have seen it.
    let mut report = Report { start, ..Report::default() };
    Report::default().pass(&processor, &records);
    let until = Instant::now() + Duration::from_secs(args.seconds);
    while Instant::now() < until {
        report.pass(&processor, &records);
    }
    report.print(&mut anstream::stdout().lock())?;
    Ok(())
}

fn records(args: &Args) -> Result<Vec<Record>, Failure> {
    if args.files.is_empty() {
        return Ok(ARTICLES.iter().map(|(name, value)| record(name, value.to_vec())).collect());
    }
    let mut inputs = Inputs::open(&args.files)?;
    let mut records = Vec::new();
    while let Some(input) = inputs.next()? {
        records.push(record(&input.source, input.value));
    }
    Ok(records)
}

fn record(name: &str, value: Vec<u8>) -> Record {
    let partition = TopicPartition { topic: Arc::from(name), partition: 0 };
    let position = Position { partition, offset: Offset(0) };
    Record { position, time_ms: Some(0), key: None, headers: Vec::new(), value: Some(value) }
}

#[derive(Debug, Default)]
struct Report {
    start: Duration,
    total: Duration,
    stages: [Duration; Stage::ALL.len()],
    articles: u64,
    rejected: u64,
    bytes_in: u64,
    bytes_out: u64,
}

impl Report {
    fn pass(&mut self, processor: &Processor, records: &[Record]) {
        let mut times = StageTimes::new();
        let began = Instant::now();
        for record in records {
            self.bytes_in += record.value.as_ref().map_or(0, Vec::len) as u64;
            match processor.process(record, &mut times) {
                Verdict::Publish { message, .. } => {
                    self.articles += 1;
                    self.bytes_out += message.size_bytes() as u64;
                }
                Verdict::DeadLetter { .. } | Verdict::Drop(_) => self.rejected += 1,
            }
        }
        self.total += began.elapsed();
        for (stage, time) in times.times() {
            self.stages[*stage as usize] += *time;
        }
    }

    fn print(&self, out: &mut impl Write) -> std::io::Result<()> {
        let articles = self.articles.max(1) as f64;
        let (seconds, megabytes) = (self.total.as_secs_f64(), self.bytes_in as f64 / 1e6);
        let measured: Duration = self.stages.iter().sum();
        writeln!(out, "{:<10} {:>10} {:>8} {:>10}", "stage", "µs/article", "share", "MB/s in")?;
        for (stage, time) in Stage::ALL.iter().zip(self.stages) {
            let micros = time.as_secs_f64() * 1e6 / articles;
            let share = 100.0 * time.as_secs_f64() / measured.as_secs_f64();
            let rate = megabytes / time.as_secs_f64();
            writeln!(out, "{:<10} {micros:>10.1} {share:>7.1}% {rate:>10.1}", stage.as_str())?;
        }
        writeln!(out, "{:<10} {:>10.1} {:>8} {:>10.1}", "all", seconds * 1e6 / articles, "", megabytes / seconds)?;
        writeln!(
            out,
            "\n{:.0} articles/s on one core; {:.0} bytes in and {:.0} bytes out an article; {} articles, {} rejected; \
             start-up of the taggers {:.1} ms",
            articles / seconds,
            self.bytes_in as f64 / (self.articles + self.rejected).max(1) as f64,
            self.bytes_out as f64 / articles,
            self.articles,
            self.rejected,
            self.start.as_secs_f64() * 1e3,
        )
    }
}
