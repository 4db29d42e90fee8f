use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::super::Looks;
use super::super::scrape::Scrape;
use super::*;

/// A desk with `partitions` partitions that has read `read` records.
fn metrics(read: usize, partitions: usize) -> String {
    let mut text = format!(
        "wiredesk_build_info{{version=\"0.1.0\",rules=\"12ab\"}} 1\n\
         wiredesk_records_consumed_total{{topic=\"news.raw\"}} {read}\n\
         wiredesk_records_dead_lettered_total{{topic=\"news.raw\",reason=\"malformed_json\"}} {}\n\
         wiredesk_stage_seconds_sum{{stage=\"entity\"}} {}\nwiredesk_stage_seconds_count{{stage=\"entity\"}} {read}\n\
         wiredesk_end_to_end_latency_seconds_bucket{{le=\"0.25\"}} {read}\n\
         wiredesk_end_to_end_latency_seconds_bucket{{le=\"+Inf\"}} {read}\n\
         wiredesk_articles_total{{language=\"vi\"}} {read}\nwiredesk_entities_total{{type=\"person\"}} {}\n",
        read / 10,
        read as f64 * 0.000_1,
        read * 3
    );
    for number in 0..partitions {
        text += &format!(
            "wiredesk_partition_stalled{{topic=\"news.raw\",partition=\"{number}\"}} {}\n\
             wiredesk_consumer_lag_records{{topic=\"news.raw\",partition=\"{number}\"}} {}\n",
            u8::from(number == 1),
            number * 10
        );
    }
    text
}

fn view(partitions: usize) -> View {
    let mut view = View::new("http://127.0.0.1:9464".to_owned());
    let (mut looks, start) = (Looks::default(), Instant::now());
    for (second, read) in [(0, 1_000), (2, 1_600), (4, 4_000)] {
        let scrape = Scrape::read(&metrics(read, partitions), start + Duration::from_secs(second));
        looks.add(scrape, None, &mut view);
    }
    view
}

fn drawn(view: &View, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, view)).unwrap();
    terminal.backend().to_string()
}

#[track_caller]
fn check(screen: &str, expected: &[&str]) {
    expected.iter().for_each(|words| assert!(screen.contains(words), "{words:?} is not in\n{screen}"));
}

#[test]
fn everything_fits_eighty_columns_and_twenty_four_lines() {
    let screen = drawn(&view(3), 80, 24);
    check(
        &screen,
        &["127.0.0.1:9464", "0.1.0 rules 12ab", "ready", "read 1,200/s", "dead 120/s (10 %)", "lag 30 records"],
    );
    check(
        &screen,
        &[
            "Lag by partition, 3 here",
            "news.raw[1]",
            "stalled",
            "news.raw[2]",
            "end to end",
            "250 ms",
            "entity",
            "100 µs",
        ],
    );
    check(&screen, &["malformed_json", "300", "entities an article", "vi 3,000", "q quit", "█"]);
}

#[test]
fn what_does_not_fit_is_counted() {
    check(&drawn(&view(200), 80, 24), &["Lag by partition, 200 here", "more"]);
    // Nothing breaks where there is no room at all.
    for (width, height) in [(1, 1), (10, 3), (40, 12), (300, 100)] {
        drawn(&view(200), width, height);
    }
}

#[test]
fn trouble_and_help_are_shown() {
    let mut view = view(1);
    view.trouble = Some("not ready: raw topic news.raw does not exist".to_owned());
    view.is_paused = true;
    view.is_help = true;
    check(&drawn(&view, 80, 24), &["not ready: raw topic news.raw", "paused", "Help", "hold what is shown"]);
    let unanswered = View { step: None, minute: None, ..view };
    check(&drawn(&unanswered, 80, 24), &["Nothing to show yet."]);
}
