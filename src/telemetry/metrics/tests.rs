use std::time::Duration;

use super::*;
use crate::event::{Dialect, LanguageTag};
use crate::record::TopicPartition;
use crate::telemetry::{Extent, METRICS};

fn board() -> Progress {
    let progress = Progress::new(Duration::ZERO, Duration::ZERO);
    let partition = TopicPartition { topic: "news.raw".into(), partition: 7 };
    progress.assigned(0, std::slice::from_ref(&partition));
    progress.extends(&partition, Extent { low: 0, end: 1 });
    progress
}

fn facts(language: &str, gaps: &[Gap]) -> Facts {
    let gaps = gaps.to_vec();
    Facts {
        dialect: Dialect::Fundus,
        language: LanguageTag::parse(language),
        entities: [1, 0, 0, 0, 0],
        gaps,
        routes: vec!["vietnam".into()],
    }
}

fn encoded(metrics: &Metrics, progress: &Progress) -> String {
    metrics.encode(progress).expect("encodes")
}

#[test]
fn every_metric_is_registered_and_documented() {
    let metrics = Metrics::new("0123456789abcdef");
    metrics.expect_topic("news.raw");
    metrics.published("news.raw", &facts("vi", &[]));
    metrics.produced.with_label_values(&["news.enriched"]).inc();
    metrics.consumed_bytes.with_label_values(&["news.raw"]).inc();
    metrics.produced_bytes.with_label_values(&["news.enriched"]).inc();
    let text = encoded(&metrics, &board());
    let docs = include_str!("../../../docs/metrics.md");
    for (name, help) in METRICS {
        assert!(text.contains(&format!("# HELP {name} {help}")), "{name} is not exported");
        assert!(docs.contains(&format!("`{name}`")), "{name} is not in docs/metrics.md");
    }
    assert_eq!(text.matches("# HELP wiredesk_").count(), METRICS.len());
    assert_eq!(docs.matches("\n| `wiredesk_").count(), METRICS.len(), "docs/metrics.md has a row too many");
    let process = text.lines().filter_map(|line| line.strip_prefix("# HELP process_")?.split(' ').next());
    let process: Vec<&str> = process.collect();
    assert!(process.contains(&"start_time_seconds"), "{process:?}");
    for name in &process {
        assert!(docs.contains(&format!("`process_{name}`")), "process_{name} is not in docs/metrics.md");
    }
    assert_eq!(docs.matches("`process_").count(), process.len(), "docs/metrics.md tells of more of the process");
}

#[test]
fn labels_are_a_closed_set() {
    let metrics = Metrics::new("x");
    ["vi", "ace", "ban"].iter().for_each(|tag| metrics.published("news.raw", &facts(tag, &[])));
    assert_eq!(metrics.languages(), [("other".to_owned(), 2), ("vi".to_owned(), 1)]);
}

#[test]
fn what_articles_lack_is_told_by_topic_and_dialect() {
    let metrics = Metrics::new("x");
    metrics.published("news.raw", &facts("vi", &[]));
    metrics.published("news.raw", &facts("vi", &[Gap::Published]));
    // Nothing is asked of a retraction.
    metrics.published("news.raw", &Facts { language: None, ..facts("vi", &[]) });
    let text = encoded(&metrics, &board());
    let of = "dialect=\"fundus\"";
    for line in [
        format!("wiredesk_tagged_articles_total{{{of},topic=\"news.raw\"}} 2"),
        format!("wiredesk_tags_missing_total{{{of},tag=\"language\",topic=\"news.raw\"}} 0"),
        format!("wiredesk_tags_missing_total{{{of},tag=\"published\",topic=\"news.raw\"}} 1"),
    ] {
        assert!(text.contains(&line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_revoked_partition_leaves_no_series() {
    let (metrics, progress) = (Metrics::new("x"), board());
    assert!(encoded(&metrics, &progress).contains("partition=\"7\""));
    progress.left(0);
    assert!(!encoded(&metrics, &progress).contains("partition=\"7\""));
}

#[test]
fn a_failure_has_one_cause() {
    let check = |fail: fn(&Metrics), expected: [i64; 2]| {
        let metrics = Metrics::new("x");
        fail(&metrics);
        assert_eq!([DEAD_LETTERS, OTHER].map(|cause| metrics.failed.with_label_values(&[cause]).get()), expected);
    };
    check(|_| (), [0, 0]);
    check(Metrics::failed, [0, 1]);
    check(
        |metrics| {
            metrics.braked();
            metrics.failed();
        },
        [1, 0],
    );
}

#[tokio::test(start_paused = true)]
async fn a_drain_is_timed_from_its_beginning() {
    let (metrics, progress) = (Metrics::new("x"), board());
    assert!(encoded(&metrics, &progress).contains("wiredesk_drain_seconds 0"));
    metrics.draining();
    tokio::time::advance(Duration::from_secs(17)).await;
    metrics.draining();
    assert!(encoded(&metrics, &progress).contains("wiredesk_drain_seconds 17"));
}
