//! Metrics are made and registered here, with what the catalogue says of each.

use prometheus::core::Collector;
use prometheus::{
    Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
};

use super::catalogue::METRICS;

/// Makes metrics with the help of [`METRICS`], and registers them.
pub(super) struct Maker<'a> {
    pub(super) registry: &'a Registry,
}

impl Maker<'_> {
    pub(super) fn counters(&self, name: &str, labels: &[&str]) -> IntCounterVec {
        self.register(IntCounterVec::new(Opts::new(name, help(name)), labels))
    }

    pub(super) fn counter(&self, name: &str) -> IntCounter {
        self.register(IntCounter::new(name, help(name)))
    }

    pub(super) fn gauges(&self, name: &str, labels: &[&str]) -> IntGaugeVec {
        self.register(IntGaugeVec::new(Opts::new(name, help(name)), labels))
    }

    pub(super) fn gauge(&self, name: &str) -> IntGauge {
        self.register(IntGauge::new(name, help(name)))
    }

    pub(super) fn histogram(&self, name: &str, buckets: &[f64]) -> Histogram {
        self.register(Histogram::with_opts(HistogramOpts::new(name, help(name)).buckets(buckets.to_vec())))
    }

    pub(super) fn histograms(&self, name: &str, buckets: &[f64], labels: &[&str]) -> HistogramVec {
        self.register(HistogramVec::new(HistogramOpts::new(name, help(name)).buckets(buckets.to_vec()), labels))
    }

    fn register<M: Collector + Clone + 'static>(&self, made: prometheus::Result<M>) -> M {
        let metric = made.expect("names and labels are valid: they are constants, and a test makes them all");
        self.registry.register(Box::new(metric.clone())).expect("each name is registered once");
        metric
    }
}

fn help(name: &str) -> &'static str {
    METRICS.iter().find(|(known, _)| *known == name).map(|(_, help)| *help).expect("every metric is in METRICS")
}
