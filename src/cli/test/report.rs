//! What came of the cases: for a person, as JSON, as JUnit XML.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde::Serialize;

use crate::cli::view::{BAD, DIM, GOOD, one_line};

/// One case.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    pub(super) file: String,
    pub(super) name: String,
    /// What is not as it should be, a line each; none if the case has passed.
    pub(super) failures: Vec<String>,
}

/// All cases.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    passed: usize,
    failed: usize,
    cases: Vec<Outcome>,
}

impl Report {
    pub(super) fn new(cases: Vec<Outcome>) -> Self {
        let failed = cases.iter().filter(|case| !case.failures.is_empty()).count();
        Self { passed: cases.len() - failed, failed, cases }
    }

    pub(super) fn failed(&self) -> usize {
        self.failed
    }

    /// Prints it to standard output, for a person or as one line of JSON.
    pub(super) fn print(&self, json: bool) -> io::Result<()> {
        let mut out = anstream::stdout().lock();
        if json {
            serde_json::to_writer(&mut out, self)?;
            return writeln!(out);
        }
        for Outcome { file, name, failures } in &self.cases {
            if failures.is_empty() {
                writeln!(out, "{GOOD}pass{GOOD:#} {name} {DIM}{file}{DIM:#}")?;
                continue;
            }
            writeln!(out, "{BAD}FAIL{BAD:#} {name} {DIM}{file}{DIM:#}")?;
            failures.iter().try_for_each(|line| writeln!(out, "     {}", one_line(line)))?;
        }
        writeln!(out, "{} cases: {} passed, {} failed", self.cases.len(), self.passed, self.failed)
    }

    /// The report as JUnit XML: a suite a file.
    pub(super) fn junit(&self) -> String {
        let mut suites: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
        self.cases.iter().for_each(|case| suites.entry(&case.file).or_default().push(case));
        let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        write(&mut xml, &suites, self).expect("writing to a string cannot fail");
        xml
    }
}

fn write(xml: &mut String, suites: &BTreeMap<&str, Vec<&Outcome>>, report: &Report) -> std::fmt::Result {
    writeln!(xml, "<testsuites tests=\"{}\" failures=\"{}\">", report.cases.len(), report.failed)?;
    for (file, cases) in suites {
        let failed = cases.iter().filter(|case| !case.failures.is_empty()).count();
        let file = escaped(file);
        writeln!(xml, "  <testsuite name=\"{file}\" tests=\"{}\" failures=\"{failed}\">", cases.len())?;
        for case in cases {
            write!(xml, "    <testcase classname=\"{file}\" name=\"{}\"", escaped(&case.name))?;
            if case.failures.is_empty() {
                writeln!(xml, "/>")?;
                continue;
            }
            let (first, all) = (escaped(&case.failures[0]), escaped(&case.failures.join("\n")));
            writeln!(xml, ">\n      <failure message=\"{first}\">{all}</failure>\n    </testcase>")?;
        }
        writeln!(xml, "  </testsuite>")?;
    }
    writeln!(xml, "</testsuites>")
}

/// A text in XML 1.0, which has no place for most control characters.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push_str("&#10;"),
            '\u{FFFE}' | '\u{FFFF}' => safe.push('\u{FFFD}'),
            c if c.is_control() => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_xml_whatever_stands_in_it() {
        let outcome = |name: &str, failures: &[&str]| Outcome {
            file: "a.toml".to_owned(),
            name: name.to_owned(),
            failures: failures.iter().map(ToString::to_string).collect(),
        };
        let report = Report::new(vec![outcome("fine", &[]), outcome("a < b & \"c\"", &["one\u{1b}", "two"])]);
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <testsuites tests=\"2\" failures=\"1\">\n\
            \x20 <testsuite name=\"a.toml\" tests=\"2\" failures=\"1\">\n\
            \x20   <testcase classname=\"a.toml\" name=\"fine\"/>\n\
            \x20   <testcase classname=\"a.toml\" name=\"a &lt; b &amp; &quot;c&quot;\">\n\
            \x20     <failure message=\"one\u{FFFD}\">one\u{FFFD}&#10;two</failure>\n\
            \x20   </testcase>\n\
            \x20 </testsuite>\n\
            </testsuites>\n";
        assert_eq!(report.junit(), expected);
    }
}
