//! A condition over an event, in JMESPath.

use std::collections::BTreeSet;
use std::fmt;

use jmespath::ast::Ast;
use jmespath::{Context, DEFAULT_RUNTIME, Rcvar, interpret};

use super::{check, view};

/// The longest condition, in bytes: it bounds what one costs, and how deep the parser goes.
pub const CONDITION_BYTES_MAX: usize = 1024;

/// A JMESPath expression that holds for an event if its value is true by the rules of JMESPath: not `null`, `false`, or
/// empty.
///
/// What it costs is linear in the event: an expression has no loop and no way back to the root, and what would build
/// values larger than the event is refused.
#[derive(Clone)]
pub struct Condition {
    source: String,
    ast: Ast,
    reads: BTreeSet<&'static str>,
}

/// What is wrong with a condition, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The character at which it stands, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.problem)
    }
}

impl Condition {
    /// Reads a condition, and checks it against what an event holds.
    ///
    /// # Errors
    /// Every mistake, in the order of the text.
    pub fn parse(source: &str) -> Result<Self, Vec<Mistake>> {
        let column = |offset: usize| source.char_indices().take_while(|(at, _)| *at < offset).count() + 1;
        if source.len() > CONDITION_BYTES_MAX {
            let problem = format!("is longer than {CONDITION_BYTES_MAX} bytes");
            return Err(vec![Mistake { column: column(CONDITION_BYTES_MAX), problem }]);
        }
        let mut ast = jmespath::parse(source).map_err(|error| {
            let reason = error.reason.to_string();
            let problem = reason.strip_prefix("Parse error: ").unwrap_or(&reason).to_owned();
            vec![Mistake { column: column(error.offset), problem: format!("is not JMESPath: {problem}") }]
        })?;
        view::mend_literals(&mut ast);
        let (reads, faults) = check::check(&ast);
        let mut mistakes: Vec<Mistake> =
            faults.into_iter().map(|(offset, problem)| Mistake { column: column(offset), problem }).collect();
        mistakes.sort();
        if mistakes.is_empty() { Ok(Self { source: source.to_owned(), ast, reads }) } else { Err(mistakes) }
    }

    /// The fields of the event that it reads.
    pub(super) fn reads(&self) -> &BTreeSet<&'static str> {
        &self.reads
    }

    /// Whether it holds for an event, seen as its [`view`].
    pub(super) fn holds(&self, event: &Rcvar) -> bool {
        let mut context = Context::new(&self.source, &DEFAULT_RUNTIME);
        // A condition that has passed the check cannot fail; one that did would hold for nothing.
        interpret(event, &self.ast, &mut context).is_ok_and(|found| found.is_truthy())
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// The rest of a condition follows from its text.
impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for Condition {}
