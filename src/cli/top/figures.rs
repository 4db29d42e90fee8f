//! What two looks at the metrics say: rates, shares, quantiles.

use super::scrape::Scrape;
use super::words::duration;

/// A partition of a raw topic.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Partition {
    pub(super) name: String,
    /// Records that are not yet delivered; `None` while that is unknown.
    pub(super) lag_records: Option<f64>,
    /// Age of the last delivered record, seconds.
    pub(super) lag_seconds: Option<f64>,
    pub(super) is_stalled: bool,
}

/// Upper bounds of durations, in seconds: half, and ninety-nine in a hundred, took at most so long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quantiles {
    pub(super) half: f64,
    pub(super) most: f64,
}

/// What is shown. Rates and shares are those between the two looks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    pub(super) version: String,
    pub(super) rules: String,
    /// Seconds between the looks; 0 where there was one only, and the figures are totals since the start.
    pub(super) seconds: f64,
    pub(super) consumed: f64,
    pub(super) produced: f64,
    pub(super) dead: f64,
    pub(super) dropped: f64,
    pub(super) inflight_bytes: f64,
    /// Since the start: batches read again, clients made anew, rebalances.
    pub(super) rewound: f64,
    pub(super) rebuilt: f64,
    pub(super) rebalances: f64,
    /// Those that stand still first, then by lag.
    pub(super) partitions: Vec<Partition>,
    pub(super) latency: Option<Quantiles>,
    pub(super) commit: Option<Quantiles>,
    /// Mean seconds of one article in each stage.
    pub(super) stages: Vec<(String, f64)>,
    /// Dead letters by reason, the most frequent first.
    pub(super) reasons: Vec<(String, f64)>,
    /// Articles by language, the most frequent first.
    pub(super) languages: Vec<(String, f64)>,
    /// Entities of one article, in the mean.
    pub(super) entities: Option<f64>,
    /// Which share of articles lacks a tag, by tag.
    pub(super) missing: Vec<(String, f64)>,
}

impl Figures {
    /// What changed from `before` to `now`; with no look before, all since the start.
    pub(super) fn between(before: Option<&Scrape>, now: &Scrape) -> Self {
        let change = Change { before, now };
        let articles = change.sum("wiredesk_articles_total");
        let share = |(tag, count): (String, f64)| (tag, count / change.sum("wiredesk_tagged_articles_total"));
        Self {
            version: now.label("wiredesk_build_info", "version").unwrap_or_default().to_owned(),
            rules: now.label("wiredesk_build_info", "rules").unwrap_or_default().to_owned(),
            seconds: before.map_or(0.0, |before| (now.at - before.at).as_secs_f64()),
            consumed: change.sum("wiredesk_records_consumed_total"),
            produced: change.sum("wiredesk_records_produced_total"),
            dead: change.sum("wiredesk_records_dead_lettered_total"),
            dropped: change.sum("wiredesk_records_dropped_total"),
            inflight_bytes: now.sum("wiredesk_inflight_bytes"),
            rewound: now.sum("wiredesk_batches_rewound_total"),
            rebuilt: now.sum("wiredesk_clients_rebuilt_total"),
            rebalances: now.sum("wiredesk_rebalances_total"),
            partitions: partitions(now),
            latency: change.quantiles("wiredesk_end_to_end_latency_seconds"),
            commit: change.quantiles("wiredesk_commit_seconds"),
            stages: change.means("wiredesk_stage_seconds", "stage"),
            reasons: most_frequent(change.by("wiredesk_records_dead_lettered_total", "reason")),
            languages: most_frequent(change.by("wiredesk_articles_total", "language")),
            entities: (articles > 0.0).then(|| change.sum("wiredesk_entities_total") / articles),
            missing: change
                .by("wiredesk_tags_missing_total", "tag")
                .into_iter()
                .map(share)
                .filter(|(_, s)| s.is_finite())
                .collect(),
        }
    }

    /// So many a second; `None` where there was one look only.
    pub(super) fn rate(&self, count: f64) -> Option<f64> {
        (self.seconds > 0.0).then(|| count / self.seconds)
    }

    /// Records that are not yet delivered, over all partitions of which that is known.
    fn lag_records(&self) -> f64 {
        self.partitions.iter().filter_map(|partition| partition.lag_records).fold(0.0, |sum, lag| sum + lag)
    }

    /// The greatest age of a last delivered record, in seconds.
    fn lag_seconds(&self) -> f64 {
        self.partitions.iter().filter_map(|partition| partition.lag_seconds).fold(0.0, f64::max)
    }

    /// Lag over all partitions; what the brokers have not told is not passed off as none.
    pub(super) fn lag(&self, number: impl Fn(f64) -> String) -> String {
        let unknown = self.partitions.iter().filter(|partition| partition.lag_records.is_none()).count();
        let known = || format!("{} records, {}", number(self.lag_records()), duration(self.lag_seconds()));
        match unknown {
            // A process that has lost its brokers loses its partitions, too: that is no lag of nothing.
            _ if unknown == self.partitions.len() => "unknown".to_owned(),
            0 => known(),
            _ => format!("{}, unknown of {unknown} of {} partitions", known(), self.partitions.len()),
        }
    }

    /// Which share of what was read became dead letters; `None` where nothing was read.
    pub(super) fn dead_share(&self) -> Option<f64> {
        (self.consumed > 0.0).then(|| self.dead / self.consumed)
    }
}

/// Counters between two looks. One that went down began anew: its process was started again.
struct Change<'a> {
    before: Option<&'a Scrape>,
    now: &'a Scrape,
}

impl Change<'_> {
    fn sum(&self, name: &str) -> f64 {
        grown(self.before.map(|before| before.sum(name)), self.now.sum(name))
    }

    fn by(&self, name: &str, label: &str) -> Vec<(String, f64)> {
        let before = self.before.map(|before| before.by(name, label)).unwrap_or_default();
        let old = |key: &str| before.iter().find(|(known, _)| known == key).map(|(_, count)| *count);
        let now = self.now.by(name, label).into_iter();
        now.map(|(key, count)| (key.clone(), grown(old(&key), count))).collect()
    }

    /// The mean of a histogram, by a label.
    fn means(&self, name: &str, label: &str) -> Vec<(String, f64)> {
        let counts = self.by(&format!("{name}_count"), label);
        let sums = self.by(&format!("{name}_sum"), label).into_iter().zip(counts);
        sums.filter(|(_, (_, count))| *count > 0.0).map(|((key, sum), (_, count))| (key, sum / count)).collect()
    }

    fn quantiles(&self, name: &str) -> Option<Quantiles> {
        let bound = |text: &str| if text == "+Inf" { Some(f64::INFINITY) } else { text.parse().ok() };
        let buckets = self.by(&format!("{name}_bucket"), "le").into_iter();
        let buckets: Vec<(f64, f64)> = buckets.filter_map(|(le, count)| Some((bound(&le)?, count))).collect();
        let all = buckets.last().map(|(_, count)| *count).filter(|count| *count > 0.0)?;
        let at = |share: f64| buckets.iter().find(|(_, count)| *count >= share * all).map(|(le, _)| *le);
        Some(Quantiles { half: at(0.5)?, most: at(0.99)? })
    }
}

fn grown(before: Option<f64>, now: f64) -> f64 {
    before.filter(|before| *before <= now).map_or(now, |before| now - before)
}

fn most_frequent(mut counts: Vec<(String, f64)>) -> Vec<(String, f64)> {
    counts.retain(|(_, count)| *count > 0.0);
    counts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn partitions(now: &Scrape) -> Vec<Partition> {
    let [records, seconds, stalled] =
        ["wiredesk_consumer_lag_records", "wiredesk_consumer_lag_seconds", "wiredesk_partition_stalled"]
            .map(|name| now.partitions(name));
    let of = |values: &[(String, u32, f64)], topic: &str, number: u32| {
        values.iter().find(|(known, partition, _)| known == topic && *partition == number).map(|(_, _, value)| *value)
    };
    // Every partition that this process has is among these, whether or not its lag is known.
    let mut partitions: Vec<_> = stalled
        .iter()
        .map(|(topic, number, is_stalled)| {
            let partition = Partition {
                name: format!("{topic}[{number}]"),
                lag_records: of(&records, topic, *number),
                lag_seconds: of(&seconds, topic, *number),
                is_stalled: *is_stalled > 0.0,
            };
            (topic, number, partition)
        })
        .collect();
    partitions.sort_by(|(a_topic, a_number, a), (b_topic, b_number, b)| {
        let lag = |partition: &Partition| partition.lag_records.unwrap_or(-1.0);
        let urgent = b.is_stalled.cmp(&a.is_stalled).then_with(|| lag(b).total_cmp(&lag(a)));
        urgent.then_with(|| a_topic.cmp(b_topic)).then_with(|| a_number.cmp(b_number))
    });
    partitions.into_iter().map(|(_, _, partition)| partition).collect()
}

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
