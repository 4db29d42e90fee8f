//! One look, as lines: `name value`, for pipes and scripts.

use super::figures::{Figures, Quantiles};
use super::words::{duration, share};

/// The lines. Rates are missing where there was one look only.
pub(super) fn lines(address: &str, trouble: Option<&str>, figures: &Figures) -> Vec<String> {
    let mut lines = vec![
        format!("instance {address}"),
        format!("version {} rules {}", figures.version, figures.rules),
        format!("state {}", trouble.unwrap_or("ready")),
    ];
    let counts = [
        ("read", figures.consumed),
        ("written", figures.produced),
        ("dead", figures.dead),
        ("dropped", figures.dropped),
    ];
    lines.extend(counts.iter().map(|(name, number)| match figures.rate(*number) {
        Some(rate) => format!("{name} {rate:.1}/s"),
        None => format!("{name} {number}"),
    }));
    lines.push(format!("lag {}", figures.lag(|records| records.to_string())));
    lines.extend(figures.partitions.iter().map(|partition| {
        let records = partition.lag_records.map_or_else(|| "unknown".to_owned(), |records| records.to_string());
        format!("partition {} lag {records}{}", partition.name, if partition.is_stalled { " stalled" } else { "" })
    }));
    let quantiles = [("latency", figures.latency), ("commit", figures.commit)];
    lines.extend(quantiles.into_iter().filter_map(|(name, found)| {
        let Quantiles { half, most } = found?;
        Some(format!("{name} half {}, 99 % {}", duration(half), duration(most)))
    }));
    lines.extend(figures.stages.iter().map(|(stage, mean)| format!("stage {stage} {}", duration(*mean))));
    lines.extend(figures.reasons.iter().map(|(reason, number)| format!("dead-letters {reason} {number}")));
    lines.extend(figures.languages.iter().map(|(tag, number)| format!("language {tag} {number}")));
    lines.extend(figures.missing.iter().map(|(tag, of_all)| format!("without {tag} {}", share(*of_all))));
    lines
}
