//! Labelled sentences of invented news: the dates that the core reads in each, held against what an editor would.
//!
//! The cases lie in `dev/`, on which the rules are worked, and in `heldout/`, on which they are only measured; one file
//! a language, in the form that [`case`] describes. They were written without knowledge of the rules, half of them
//! without a date and full of numbers that are none. A value is right if it names the same days as one of the accepted
//! readings: the days are worked out here from the EDTF text alone, by code that shares nothing with the tagger's.
//!
//! `cargo test --no-default-features --test dates -- --nocapture` prints every miss and the table by language.

mod adding;
#[path = "../../examples/article/mod.rs"]
mod article;
mod case;
mod days;
mod edtf;
mod promises;
mod score;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use case::Case;
use score::Score;
use serde_json::json;
use wiredesk::event::Event;
use wiredesk::pipeline::{Processor, Settings, Verdict};
use wiredesk::record::{Offset, Position, Record, TopicPartition};

static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| Processor::new(Settings::default()));

/// The least that a set must reach, in thousandths; each a little below what was measured.
struct Floors {
    /// Value F1, averaged over the languages.
    value: u64,
    /// Value F1 of the language that does worst.
    worst: u64,
    /// Sentences without a date in which none is found, of all of them.
    clean: u64,
}

const DEV: Floors = Floors { value: 960, worst: 890, clean: 970 };

const HELDOUT: Floors = Floors { value: 900, worst: 700, clean: 935 };

fn folder(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dates").join(set)
}

/// The event that a case becomes, published on its anchor day, in a language that the scraper named.
fn event(case: &Case) -> Event {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 0 };
    let article = json!({
        "url": format!("https://example.org/{}/{}", case.language, case.number),
        "published_at": format!("{}T12:00:00Z", case.anchor),
        "language": case.language,
        "text": case.text,
    });
    let record = Record {
        position: Position { partition, offset: Offset(7) },
        time_ms: Some(1_735_689_600_000),
        key: None,
        headers: Vec::new(),
        value: Some(article.to_string().into_bytes()),
    };
    match PROCESSOR.process(&record, &mut ()) {
        Verdict::Publish { message, .. } => {
            serde_json::from_slice(&message.value.expect("an event has a value")).expect("an event")
        }
        other => panic!("{} {} became no event: {other:?}", case.language, case.number),
    }
}

/// The score of a set of cases, with its misses and its table printed.
#[allow(clippy::disallowed_macros, clippy::print_stdout, reason = "the test runner captures what println! writes")]
fn measure(set: &str) -> Score {
    let mut score = Score::default();
    for case in case::read(&folder(set)) {
        let event = event(&case);
        assert_eq!(event.body.as_deref(), Some(case.text.as_str()), "{} {}", case.language, case.number);
        score.add(&case, &event.dates);
    }
    println!("{set}: {score}");
    score
}

fn hold(score: &Score, floors: &Floors) {
    let check = |what: &str, reached: u64, floor: u64| {
        assert!(reached >= floor, "{what} is {reached} ‰, below its floor of {floor} ‰");
    };
    check("value F1", score.value(), floors.value);
    check("the worst language's value F1", score.worst(), floors.worst);
    check("sentences without a false date", score.clean(), floors.clean);
}

#[test]
fn dates_of_the_development_set_are_read() {
    hold(&measure("dev"), &DEV);
}

#[test]
fn dates_of_the_heldout_set_are_read() {
    hold(&measure("heldout"), &HELDOUT);
}
