//! What operators are given agrees with itself: alerts, their tests, runbooks, dashboard, and the metrics that there are.
//!
//! `docs/metrics.md` stands for the code here: a unit test of `telemetry` holds one against the other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ALERTS: &str = "deploy/prometheus/alerts.yml";
const ALERT_TESTS: &str = "deploy/prometheus/alerts_test.yml";
const RUNBOOKS: &str = "docs/runbooks.md";
const DASHBOARD: &str = "deploy/grafana/dashboards/wiredesk.json";

fn read(page: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    fs::read_to_string(path).unwrap_or_else(|_| panic!("{page} is missing"))
}

/// The words of a text that begin like a metric's name.
fn metrics(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':'));
    words.filter(|word| ["wiredesk_", "process_"].iter().any(|start| word.starts_with(start))).collect()
}

/// Every metric with its type, in the order of `docs/metrics.md`.
fn known() -> Vec<(String, String)> {
    let page = read("docs/metrics.md");
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect::<Vec<_>>();
    let rows = page.lines().filter(|line| line.starts_with("| `wiredesk_")).map(cells);
    let ours: Vec<_> = rows.map(|row| (row[1].clone(), row[2].clone())).collect();
    assert!(ours.len() > 20, "the table of metrics is there");
    let process = metrics(&page).into_iter().filter(|name| name.starts_with("process_"));
    ours.into_iter().chain(process.map(|name| (name.to_owned(), String::new()))).collect()
}

/// Whether there is a series of this name: a histogram has three for each.
fn exists(series: &str, known: &[(String, String)]) -> bool {
    known.iter().any(|(name, kind)| match series.strip_prefix(name.as_str()) {
        Some("") => kind != "histogram",
        Some(end) => kind == "histogram" && ["_bucket", "_sum", "_count"].contains(&end),
        None => false,
    })
}

/// What follows `key` on the lines that begin with it, whatever stands before it.
fn values<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    text.lines()
        .filter_map(|line| line.trim_start().trim_start_matches("- ").strip_prefix(key))
        .map(str::trim)
        .collect()
}

fn alerts(text: &str) -> Vec<&str> {
    values(text, "alert:")
}

#[test]
fn every_metric_that_operators_are_shown_is_there() {
    let known = known();
    for page in [ALERTS, ALERT_TESTS, RUNBOOKS, DASHBOARD, "docker-compose.yml", "README.md"] {
        let text = read(page);
        let used = metrics(&text);
        let unknown: Vec<_> = used.iter().filter(|name| !exists(name, &known)).collect();
        // A histogram may be named as a whole where nothing is computed from it.
        let unknown: Vec<_> = unknown
            .into_iter()
            .filter(|name| !(page.ends_with(".md") && known.iter().any(|(k, _)| k == **name)))
            .collect();
        assert!(unknown.is_empty(), "{page} uses {unknown:?}");
    }
    assert!(metrics(&read(DASHBOARD)).len() > 10, "the dashboard asks for metrics");
}

#[test]
fn every_alert_has_a_runbook_and_every_runbook_an_alert() {
    let (rules, runbooks) = (read(ALERTS), read(RUNBOOKS));
    let alerts = alerts(&rules);
    assert!(alerts.len() > 15, "the alerts are there");
    assert_eq!(values(&rules, "alert:").len(), values(&rules, "runbook_url:").len(), "an alert has no link");
    for (alert, link) in alerts.iter().zip(values(&rules, "runbook_url:")) {
        // An anchor is the heading in lower case.
        assert_eq!(link, format!("{RUNBOOKS}#{}", alert.to_lowercase()), "the link of {alert}");
    }
    let entries: Vec<&str> = runbooks.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(entries, alerts, "entries and alerts in one order");
    for (entry, text) in entries.iter().zip(runbooks.split("\n## ").skip(1)) {
        for part in ["**Means.**", "**Readers notice.**", "**Look.**", "**Do.**", "**Kill?**"] {
            assert!(text.contains(part), "{entry} does not say {part}");
        }
    }
}

#[test]
fn every_alert_is_told_apart_from_what_nearly_is_one() {
    let (rules, tests) = (read(ALERTS), read(ALERT_TESTS));
    for alert in alerts(&rules) {
        // A test has a process that is normal beside the one that the alert is for, and expects the latter alone.
        let mut of =
            tests.split("\n  - name: ").skip(1).filter(|test| test.contains(&format!("{{alertname=\"{alert}\"")));
        let fires = of.any(|test| test.contains("job=\"near\"") && test.contains("value: 1"));
        assert!(fires, "{ALERT_TESTS} has no case of {alert}");
    }
}

/// Every page in Markdown below a folder, what was installed there left out.
fn pages(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_installed = name.starts_with('.') || ["node_modules", "target", "dist"].contains(&&*name);
        if entry.is_dir() && !is_installed {
            pages(&entry, into);
        } else if name.ends_with(".md") {
            into.push(entry);
        }
    }
}

/// The lines of a page that are neither code nor an example of it.
fn prose(page: &str) -> impl Iterator<Item = String> {
    let mut is_code = false;
    let lines = page.lines().filter(|line| !line.starts_with("    ")).filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.map(|line| line.split('`').step_by(2).collect())
}

/// The anchors of a page's headings, as the usual renderers make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |c: char| c.is_alphanumeric() || "-_ ".contains(c);
    headings
        .map(|heading| heading.to_lowercase().chars().filter(|&c| kept(c)).collect::<String>().replace(' ', "-"))
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut all = Vec::new();
    pages(Path::new(env!("CARGO_MANIFEST_DIR")), &mut all);
    let mut links = 0;
    for path in &all {
        let page = fs::read_to_string(path).expect("text");
        let targets: Vec<String> = prose(&page)
            .flat_map(|line| {
                let found = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
                found.map(str::to_owned).collect::<Vec<_>>()
            })
            .filter(|target| !target.contains("://"))
            .collect();
        links += targets.len();
        for target in targets {
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let to = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            assert!(to.exists(), "{}: {target} is not there", path.display());
            let is_known = || anchors(&fs::read_to_string(&to).expect("text")).contains(anchor);
            assert!(anchor.is_empty() || is_known(), "{}: {target} has no such heading", path.display());
        }
    }
    assert!(all.len() > 20 && links > 100, "{links} links on {} pages", all.len());
}

/// The cells that a renderer makes of a row: it parts them at every bar without a backslash, in code, too.
fn cells(row: &str) -> usize {
    row.matches('|').count() - row.matches("\\|").count()
}

#[test]
fn every_table_has_a_heading_and_whole_rows() {
    let mut all = Vec::new();
    pages(Path::new(env!("CARGO_MANIFEST_DIR")), &mut all);
    let mut tables = 0;
    for path in &all {
        let page = fs::read_to_string(path).expect("text");
        let prose = page.split("```").step_by(2).flat_map(str::lines);
        let lines: Vec<&str> = prose.chain([""]).collect();
        for three in lines.windows(3).filter(|three| three[1].starts_with('|')) {
            let (before, row, after) = (three[0], three[1], three[2]);
            let place = format!("{}: {row}", path.display());
            if before.starts_with('|') {
                assert_eq!(cells(before), cells(row), "more or fewer cells than above in {place}");
            } else {
                assert!(after.starts_with("|-"), "a row without a heading is shown as text: {place}");
                tables += 1;
            }
        }
    }
    assert!(tables > 30, "{tables} tables on {} pages", all.len());
}
