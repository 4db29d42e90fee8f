//! The text format of Prometheus, read back.

use std::time::Instant;

/// One series and its value.
#[derive(Clone, Debug, PartialEq)]
struct Sample {
    name: String,
    labels: Vec<(String, String)>,
    value: f64,
}

impl Sample {
    fn label(&self, name: &str) -> Option<&str> {
        self.labels.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All series of an instance at one moment.
#[derive(Clone, Debug)]
pub(super) struct Scrape {
    /// When it was asked.
    pub(super) at: Instant,
    samples: Vec<Sample>,
}

impl Scrape {
    /// Reads an answer. Lines that are no samples say nothing.
    pub(super) fn read(text: &str, at: Instant) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Self { at, samples: lines.filter_map(sample).collect() }
    }

    /// Whether there is any series of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.samples.iter().any(|sample| sample.name == name)
    }

    /// The sum over all series of this name.
    pub(super) fn sum(&self, name: &str) -> f64 {
        // `sum` would make −0 of no series.
        self.samples.iter().filter(|sample| sample.name == name).fold(0.0, |sum, sample| sum + sample.value)
    }

    /// The sum over the series of this name, by the values of a label, in the order of their first appearance.
    pub(super) fn by(&self, name: &str, label: &str) -> Vec<(String, f64)> {
        let mut sums: Vec<(String, f64)> = Vec::new();
        for sample in self.samples.iter().filter(|sample| sample.name == name) {
            let Some(value) = sample.label(label) else { continue };
            match sums.iter_mut().find(|(known, _)| known == value) {
                Some((_, sum)) => *sum += sample.value,
                None => sums.push((value.to_owned(), sample.value)),
            }
        }
        sums
    }

    /// The gauge of this name of each partition: topic, partition, value.
    pub(super) fn partitions(&self, name: &str) -> Vec<(String, u32, f64)> {
        let of = |sample: &Sample| {
            let partition = sample.label("partition")?.parse().ok()?;
            Some((sample.label("topic")?.to_owned(), partition, sample.value))
        };
        self.samples.iter().filter(|sample| sample.name == name).filter_map(of).collect()
    }

    /// A label of the first series of this name.
    pub(super) fn label(&self, name: &str, label: &str) -> Option<&str> {
        self.samples.iter().find(|sample| sample.name == name)?.label(label)
    }
}

/// `name{label="value",…} 1.5`, with `\\`, `\"` and `\n` in values.
fn sample(line: &str) -> Option<Sample> {
    let name_end = line.find(['{', ' '])?;
    let (name, mut rest) = line.split_at(name_end);
    let mut labels = Vec::new();
    if let Some(inside) = rest.strip_prefix('{') {
        rest = inside;
        while !rest.starts_with('}') {
            let (label, after) = rest.split_once("=\"")?;
            let (value, after) = quoted(after)?;
            labels.push((label.to_owned(), value));
            rest = after.strip_prefix(',').unwrap_or(after);
        }
        rest = &rest[1..];
    }
    let value = rest.trim_start().split(' ').next()?;
    let value = if value == "+Inf" { f64::INFINITY } else { value.parse().ok()? };
    Some(Sample { name: name.to_owned(), labels, value })
}

/// A value up to its closing quotation mark, and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(match chars.next()?.1 {
                'n' => '\n',
                other => other,
            }),
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_a_name_labels_and_a_value() {
        let check = |line: &str, name: &str, labels: &[(&str, &str)], value: f64| {
            let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            let labels = labels.iter().map(owned).collect();
            assert_eq!(sample(line), Some(Sample { name: name.to_owned(), labels, value }), "{line}");
        };
        check("up 1", "up", &[], 1.0);
        check("a{b=\"c\"} 2.5", "a", &[("b", "c")], 2.5);
        check("a{b=\"c\",d=\"e, {f}\"} -3 1700000000", "a", &[("b", "c"), ("d", "e, {f}")], -3.0);
        check(r#"a{b="q\"\\\n"} +Inf"#, "a", &[("b", "q\"\\\n")], f64::INFINITY);
        for wrong in ["", "a", "a{b=\"c} 1", "a{b=c} 1", "a{b=\"c\"", "a x"] {
            assert_eq!(sample(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn series_are_summed_by_label() {
        let text =
            "# HELP x y\nx{topic=\"b\",reason=\"r\"} 2\nx{topic=\"a\",reason=\"r\"} 3\nx{topic=\"b\",reason=\"s\"} 4\n";
        let scrape = Scrape::read(text, Instant::now());
        assert_eq!(scrape.sum("x"), 9.0);
        assert_eq!(scrape.by("x", "reason"), [("r".to_owned(), 5.0), ("s".to_owned(), 4.0)]);
        assert_eq!(scrape.label("x", "topic"), Some("b"));
        assert!(scrape.has("x") && !scrape.has("y"));
    }
}
