//! Which dead letters are meant.

use crate::article::RejectReason;
use crate::cli::{Failure, moment};
use crate::kafka::Start;
use crate::pipeline::Letter;
use crate::record::Record;

#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// Only those with this reason; may be given more than once
    #[arg(long, value_name = "REASON")]
    reason: Vec<String>,
    /// Only those whose record came from this topic; may be given more than once
    #[arg(long, value_name = "TOPIC")]
    from_topic: Vec<String>,
    /// Only those written at this time or later: 2026-03-01, 2026-03-01T06:00:00Z, or 90m, 6h, 2d ago
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only those written before this time
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

/// The letters that are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    reasons: Vec<String>,
    topics: Vec<String>,
    since_ms: Option<i64>,
    until_ms: Option<i64>,
}

impl Args {
    /// What is asked for.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a reason does not exist, or a time cannot be read.
    pub(super) fn filter(&self) -> Result<Filter, Failure> {
        if let Some(unknown) =
            self.reason.iter().find(|reason| RejectReason::ALL.iter().all(|known| known.as_str() != *reason))
        {
            let known: Vec<&str> = RejectReason::ALL.iter().map(|known| known.as_str()).collect();
            return Err(Failure::Usage(format!("{unknown:?} is no reason; those are {}", known.join(", "))));
        }
        let time = |text: &Option<String>| text.as_deref().map(moment::parse).transpose();
        let filter = Filter {
            reasons: self.reason.clone(),
            topics: self.from_topic.clone(),
            since_ms: time(&self.since)?,
            until_ms: time(&self.until)?,
        };
        match (filter.since_ms, filter.until_ms) {
            (Some(since), Some(until)) if since >= until => {
                Err(Failure::Usage("--since is not before --until: no letter is meant".to_owned()))
            }
            _ => Ok(filter),
        }
    }

    /// The same for the same flags, in whatever order: the name of a replay that can be resumed.
    pub(super) fn canonical(&self) -> String {
        let sorted = |values: &[String]| {
            let mut values = values.to_vec();
            values.sort();
            values.join(",")
        };
        let Self { reason, from_topic, since, until } = self;
        format!("{}|{}|{since:?}|{until:?}", sorted(reason), sorted(from_topic))
    }
}

impl Filter {
    /// Where reading begins.
    pub(super) fn start(&self) -> Start {
        self.since_ms.map_or(Start::Beginning, Start::Time)
    }

    /// Whether a record of the topic was written in the time that is meant.
    pub(super) fn takes_time(&self, record: &Record) -> bool {
        let since = self.since_ms.is_none_or(|since| record.time_ms.is_some_and(|time| time >= since));
        let until = self.until_ms.is_none_or(|until| record.time_ms.is_some_and(|time| time < until));
        since && until
    }

    /// Whether a letter is meant.
    pub(super) fn takes(&self, letter: &Letter) -> bool {
        let of_reason = self.reasons.is_empty() || self.reasons.contains(&letter.reason);
        let topic = &*letter.origin.partition.topic;
        of_reason && (self.topics.is_empty() || self.topics.iter().any(|wanted| wanted == topic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_no_letter_passes_is_wrong_usage() {
        let args =
            Args { since: Some("2026-03-02".to_owned()), until: Some("2026-03-01".to_owned()), ..Args::default() };
        assert!(matches!(args.filter(), Err(Failure::Usage(_))));
        let args = Args { reason: vec!["emtpy".to_owned()], ..Args::default() };
        assert!(matches!(args.filter(), Err(Failure::Usage(problem)) if problem.contains("\"emtpy\" is no reason")));
    }
}
