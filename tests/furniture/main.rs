//! Labelled articles of invented news: what the core lifts out of each, held against what an editor would.
//!
//! The cases lie in `dev/`, on which the rules are worked, and in `heldout/`, on which they are only measured; one file
//! a language, in the form that [`case`] describes. They were written without knowledge of the rules. A wrongly removed
//! paragraph is worse than a caption left in, so prose that is lost is held to nothing, and the rest to floors.
//!
//! `cargo test --no-default-features --test furniture -- --nocapture` prints every miss of `dev/`, and of both the tables
//! by role and by language.

mod case;
mod score;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use case::Case;
use score::{Score, Share};
use wiredesk::event::Event;
use wiredesk::pipeline::{Processor, Settings, Verdict};
use wiredesk::record::{Offset, Position, Record, TopicPartition};

static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| Processor::new(Settings::default()));

/// The least that a set must reach, in thousandths; each a little below what was measured.
struct Floors {
    /// Removed lines that are furniture, of all removed lines.
    precision: u64,
    /// Furniture that is no longer in the body, of all furniture.
    recall: u64,
    /// Furniture with its exact text and role, of all furniture.
    role: u64,
    /// Cases with the right title, authors and origins, of all cases.
    metadata: u64,
}

const DEV: Floors = Floors { precision: 990, recall: 955, role: 950, metadata: 955 };

const HELDOUT: Floors = Floors { precision: 990, recall: 915, role: 900, metadata: 955 };

fn folder(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/furniture").join(set)
}

/// The event that a case becomes. Its place and time are fixed, as they are part of the event.
fn event(case: &Case) -> Event {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 0 };
    let position = Position { partition, offset: Offset(7) };
    let record = Record {
        position,
        time_ms: Some(1_735_689_600_000),
        key: None,
        headers: Vec::new(),
        value: Some(case.value()),
    };
    match PROCESSOR.process(&record, &mut ()) {
        Verdict::Publish { message, .. } => {
            serde_json::from_slice(&message.value.expect("an event has a value")).expect("an event")
        }
        other => panic!("{} became no event: {other:?}", case.name),
    }
}

/// The score of a set of cases, printed.
#[allow(clippy::disallowed_macros, clippy::print_stdout, reason = "the test runner captures what println! writes")]
fn measure(set: &str, mut score: Score) -> Score {
    for case in case::read(&folder(set)) {
        score.add(&case, &event(&case));
    }
    println!("{set}: {score}");
    score
}

fn hold(score: &Score, floors: &Floors) {
    assert!(score.unexplained.is_empty(), "prose was removed:\n{}", score.unexplained.join("\n"));
    let check = |what: &str, share: Share, floor: u64| {
        assert!(share.reaches(floor), "{what} is {share}, below its floor of {floor} ‰");
    };
    check("precision", score.precision(), floors.precision);
    check("recall", score.recall(), floors.recall);
    check("roles", score.roles(), floors.role);
    check("metadata", score.metadata(), floors.metadata);
}

#[test]
fn furniture_of_the_development_set_is_told_from_prose() {
    hold(&measure("dev", Score::default()), &DEV);
}

#[test]
fn furniture_of_the_heldout_set_is_told_from_prose() {
    hold(&measure("heldout", Score::held_out()), &HELDOUT);
}
