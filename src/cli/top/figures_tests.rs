use std::time::{Duration, Instant};

use super::*;

const METRICS: &str = r#"
wiredesk_build_info{rules="12ab",version="0.1.0"} 1
wiredesk_records_consumed_total{topic="news.raw"} 1000
wiredesk_records_dead_lettered_total{topic="news.raw",reason="empty"} 10
wiredesk_records_dead_lettered_total{topic="news.raw",reason="unsupported"} 30
wiredesk_records_dead_lettered_total{topic="news.raw",reason="internal"} 0
wiredesk_end_to_end_latency_seconds_bucket{le="0.1"} 50
wiredesk_end_to_end_latency_seconds_bucket{le="0.5"} 98
wiredesk_end_to_end_latency_seconds_bucket{le="+Inf"} 100
wiredesk_stage_seconds_sum{stage="parse"} 0.02
wiredesk_stage_seconds_count{stage="parse"} 1000
wiredesk_stage_seconds_sum{stage="date"} 0
wiredesk_stage_seconds_count{stage="date"} 0
wiredesk_articles_total{language="fr"} 200
wiredesk_articles_total{language="vi"} 600
wiredesk_entities_total{type="person"} 1600
wiredesk_tagged_articles_total{topic="news.raw",dialect="html"} 800
wiredesk_tags_missing_total{topic="news.raw",dialect="html",tag="published"} 80
wiredesk_consumer_lag_records{topic="news.raw",partition="0"} 5
wiredesk_consumer_lag_records{topic="news.raw",partition="10"} 70
wiredesk_consumer_lag_records{topic="news.raw",partition="2"} 0
wiredesk_consumer_lag_seconds{topic="news.raw",partition="10"} 12
wiredesk_partition_stalled{topic="news.raw",partition="0"} 0
wiredesk_partition_stalled{topic="news.raw",partition="1"} 0
wiredesk_partition_stalled{topic="news.raw",partition="10"} 0
wiredesk_partition_stalled{topic="news.raw",partition="2"} 1
"#;

fn scrape(text: &str, at: Instant) -> Scrape {
    Scrape::read(text, at)
}

#[test]
fn one_look_gives_totals() {
    let figures = Figures::between(None, &scrape(METRICS, Instant::now()));
    assert_eq!((figures.version.as_str(), figures.rules.as_str()), ("0.1.0", "12ab"));
    assert_eq!((figures.consumed, figures.dead), (1000.0, 40.0));
    assert_eq!(figures.rate(figures.consumed), None);
    assert_eq!(figures.dead_share(), Some(0.04));
    assert_eq!(figures.latency, Some(Quantiles { half: 0.1, most: f64::INFINITY }));
    assert_eq!(figures.commit, None);
    // A stage that nothing has passed has no mean.
    assert_eq!(figures.stages, [("parse".to_owned(), 0.000_02)]);
    assert_eq!(figures.reasons, [("unsupported".to_owned(), 30.0), ("empty".to_owned(), 10.0)]);
    assert_eq!(figures.languages, [("vi".to_owned(), 600.0), ("fr".to_owned(), 200.0)]);
    assert_eq!(figures.entities, Some(2.0));
    assert_eq!(figures.missing, [("published".to_owned(), 0.1)]);
    assert_eq!((figures.lag_records(), figures.lag_seconds()), (75.0, 12.0));
    let lag = |figures: &Figures| figures.lag(|records| records.to_string());
    assert_eq!(lag(&figures), "75 records, 12 s, unknown of 1 of 4 partitions");
    // The brokers are silent: no lag is shown, and none is made up.
    let silent: Vec<&str> = METRICS.lines().filter(|line| !line.starts_with("wiredesk_consumer_lag")).collect();
    assert_eq!(lag(&Figures::between(None, &scrape(&silent.join("\n"), Instant::now()))), "unknown");
    let none: Vec<&str> = silent.into_iter().filter(|line| !line.contains("partition=")).collect();
    assert_eq!(lag(&Figures::between(None, &scrape(&none.join("\n"), Instant::now()))), "unknown");
    // What stands still comes first, then the longest lag; an unknown lag comes last.
    let names: Vec<&str> = figures.partitions.iter().map(|partition| partition.name.as_str()).collect();
    assert_eq!(names, ["news.raw[2]", "news.raw[10]", "news.raw[0]", "news.raw[1]"]);
    assert_eq!(figures.partitions[3].lag_records, None);
}

#[test]
fn two_looks_give_what_changed() {
    let later = METRICS.replace("consumed_total{topic=\"news.raw\"} 1000", "consumed_total{topic=\"news.raw\"} 1300");
    let later = later.replace("reason=\"empty\"} 10", "reason=\"empty\"} 13");
    let later = later.replace("le=\"0.5\"} 98", "le=\"0.5\"} 108").replace("le=\"+Inf\"} 100", "le=\"+Inf\"} 110");
    let start = Instant::now();
    let before = scrape(METRICS, start);
    let figures = Figures::between(Some(&before), &scrape(&later, start + Duration::from_secs(2)));
    assert_eq!(figures.rate(figures.consumed), Some(150.0));
    assert_eq!(figures.reasons, [("empty".to_owned(), 3.0)]);
    assert_eq!(figures.latency, Some(Quantiles { half: 0.5, most: 0.5 }));
    assert_eq!(figures.entities, None);
}

#[test]
fn a_counter_that_went_down_began_anew() {
    let start = Instant::now();
    let before = scrape("wiredesk_records_consumed_total{topic=\"news.raw\"} 5000\n", start);
    let figures = Figures::between(Some(&before), &scrape(METRICS, start + Duration::from_secs(1)));
    assert_eq!(figures.consumed, 1000.0);
}

#[test]
fn an_instance_without_a_series_shows_nothing_for_it() {
    let figures = Figures::between(None, &scrape("", Instant::now()));
    assert_eq!((figures.consumed, figures.latency, figures.dead_share()), (0.0, None, None));
    assert!(figures.partitions.is_empty() && figures.missing.is_empty());
}
