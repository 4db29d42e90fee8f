//! What is wrong with a configuration: everything at once.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The key, dotted; or the source, if it could not be read at all.
    pub key: String,
    /// Where the value came from.
    pub origin: String,
    /// What is wrong with it.
    pub problem: String,
}

/// Everything that is wrong; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "the configuration has {count} {}:", if count == 1 { "fault" } else { "faults" })?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {} {} ({})", fault.key, fault.problem, fault.origin))
    }
}

impl std::error::Error for Faults {}
