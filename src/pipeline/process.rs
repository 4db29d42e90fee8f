//! `Record → Verdict`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::outbox::{Item, Outbox};
use super::route::{Copies, Copy};
use super::stage::{Stage, StageObserver};
use super::{assemble, dead_letter};
use crate::article::{self, Article, Intake, Limits, Reject, RejectReason};
use crate::enrich::{self, Tags};
use crate::event::{self, Dialect, EntityType, Event, LanguageTag};
use crate::lexicon::Lexicon;
use crate::record::{Header, Record, size_bytes};
use crate::text;

/// What the pipeline is to do with records; plain values, from the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Bounds on the input.
    pub limits: Limits,
    /// The largest event, in bytes of key, value and headers, that the enriched topic takes; `None` is no bound.
    pub event_bytes_max: Option<usize>,
    /// The largest dead letter, in bytes of key, value and headers, that its topic takes; `None` is no bound.
    pub dead_letter_bytes_max: Option<usize>,
    /// Which articles are dropped.
    pub drop: DropRules,
    /// Where events go beside the enriched topic.
    pub copies: Copies,
}

/// Rules by which an article is dropped. They are off unless configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DropRules {
    /// If not empty: articles in other languages are dropped.
    pub languages_kept: Vec<LanguageTag>,
    /// Articles with a shorter body, in code points, are dropped.
    pub body_chars_min: usize,
}

/// The rule that dropped an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DropRule {
    /// Its language is not among those kept.
    Language,
    /// Its body is too short.
    TooShort,
}

impl DropRule {
    /// Every rule.
    pub const ALL: [Self; 2] = [Self::Language, Self::TooShort];

    /// The rule's name in metrics and in `enrich`'s output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::TooShort => "too_short",
        }
    }
}

/// A record to be produced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Its key.
    pub key: Option<Vec<u8>>,
    /// Its headers, in order.
    pub headers: Vec<Header>,
    /// Its value.
    pub value: Option<Vec<u8>>,
}

impl Outgoing {
    /// Bytes that the record occupies: key, value and headers.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        size_bytes(self.key.as_deref(), &self.headers, self.value.as_deref())
    }
}

/// What becomes of a record: exactly one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It goes to the enriched topic.
    Publish {
        /// The event's record.
        message: Outgoing,
        /// What goes to other topics with it.
        copies: Vec<Copy>,
        /// What operators count.
        facts: Facts,
    },
    /// It goes to the dead-letter topic.
    DeadLetter {
        /// The original, with its reason and origin.
        message: Outgoing,
        /// Why.
        reject: Reject,
    },
    /// It goes nowhere, by a named rule.
    Drop(DropRule),
}

/// What operators count of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The shape in which the record came.
    pub dialect: Dialect,
    /// The language; `None` for a retraction.
    pub language: Option<LanguageTag>,
    /// How many entities of each type, in the order of [`EntityType::ALL`].
    pub entities: [u32; 5],
    /// What the article was not given. Nothing is asked of a retraction.
    pub gaps: Vec<Gap>,
    /// The names of the routes that it takes, in the order of the configuration.
    pub routes: Vec<Arc<str>>,
}

/// A tag that most articles of a feed have: where many suddenly lack it, the scraper no longer reads the pages right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gap {
    /// No language that can be relied upon.
    Language,
    /// No time of publication.
    Published,
    /// Not one entity.
    Entities,
}

impl Gap {
    /// Every gap.
    pub const ALL: [Self; 3] = [Self::Language, Self::Published, Self::Entities];

    /// The missing tag's name in metrics.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Published => "published",
            Self::Entities => "entities",
        }
    }
}

/// Everything that turns a record into a verdict, compiled once and shared by all workers.
#[derive(Debug)]
pub struct Processor {
    settings: Settings,
    dates: enrich::date::Tagger,
    entities: enrich::entity::Tagger,
    rules: String,
}

impl Processor {
    /// Compiles the taggers from the data that the program carries.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::with_lexicon(settings, Arc::new(Lexicon::embedded()))
    }

    /// Compiles the taggers with a lexicon of the caller's.
    #[must_use]
    pub fn with_lexicon(settings: Settings, lexicon: Arc<Lexicon>) -> Self {
        let rules = rules_hash(&lexicon);
        Self { settings, dates: enrich::date::Tagger::new(), entities: enrich::entity::Tagger::new(lexicon), rules }
    }

    /// The first 16 hex digits of the hash over code version, lexicon and language rules.
    #[must_use]
    pub fn rules(&self) -> &str {
        &self.rules
    }

    /// Decides on one record.
    #[must_use]
    pub fn process(&self, record: &Record, observer: &mut impl StageObserver) -> Verdict {
        observer.started();
        match self.event(record, observer) {
            Ok(event) => self.publish(&event, record, observer),
            Err(reject) => self.reject(record, reject),
        }
    }

    /// The event of a record, before anything is dropped or encoded.
    ///
    /// # Errors
    /// A [`Reject`] if no event can be made of it.
    pub fn event(&self, record: &Record, observer: &mut impl StageObserver) -> Result<Event, Reject> {
        let parsed = article::parse(record, &self.settings.limits)?;
        observer.finished(Stage::Parse);
        let intake = parsed.clean()?;
        observer.finished(Stage::Text);
        Ok(match intake {
            Intake::Article(article) => {
                let tags = self.tag(&article, observer);
                assemble::article(*article, tags, record, &self.rules)
            }
            Intake::Retraction(retraction) => assemble::retraction(retraction, record, &self.rules),
        })
    }

    fn tag(&self, article: &Article, observer: &mut impl StageObserver) -> Tags {
        let (language, mut warnings) = enrich::language::identify(article.fields(), article.metadata.language.as_ref());
        observer.finished(Stage::Language);
        let dates = self.dates.tag(article, &language);
        observer.finished(Stage::Date);
        let entities = self.entities.tag(article.fields(), &language);
        observer.finished(Stage::Entity);
        warnings.extend(dates.warnings);
        Tags {
            language,
            published: dates.published,
            modified: dates.modified,
            dates: dates.mentions,
            entities,
            warnings,
            unread: dates.unread,
        }
    }

    fn publish(&self, event: &Event, record: &Record, observer: &mut impl StageObserver) -> Verdict {
        if let Some(rule) = self.settings.drop.rule(event) {
            return Verdict::Drop(rule);
        }
        let value = serde_json::to_vec(event).expect("an event has string keys and finite numbers alone");
        let headers = event::headers(event, record);
        let message = Outgoing { key: Some(event.id.to_string().into_bytes()), headers, value: Some(value) };
        let taken = self.settings.copies.taken(event);
        let copies = self.settings.copies.of(event, &message, &taken);
        let routes = taken.iter().map(|route| route.name.clone()).collect();
        observer.finished(Stage::Encode);
        match self.settings.event_bytes_max {
            Some(bytes_max) if message.size_bytes() > bytes_max => self.too_large(record, message.size_bytes()),
            Some(_) | None => Verdict::Publish { message, copies, facts: Facts { routes, ..Facts::of(event) } },
        }
    }

    /// The verdict on a record whose event, of `bytes` bytes, the enriched topic does not take.
    #[must_use]
    pub fn too_large(&self, record: &Record, bytes: usize) -> Verdict {
        let detail = match self.settings.event_bytes_max {
            Some(bytes_max) => format!("the event has {bytes} bytes, the topic takes {bytes_max}"),
            None => format!("the event has {bytes} bytes, which the broker refused"),
        };
        self.reject(record, Reject::new(RejectReason::EventTooLarge, detail))
    }

    /// The verdict on a refused record of which the dead-letter topic does not take the whole.
    #[must_use]
    pub fn excerpt(&self, record: &Record, reject: Reject) -> Verdict {
        let message = dead_letter::dead_letter(record, &reject, Some(0));
        Verdict::DeadLetter { message, reject }
    }

    /// The verdict on a record that is refused.
    #[must_use]
    pub fn reject(&self, record: &Record, reject: Reject) -> Verdict {
        let message = dead_letter::dead_letter(record, &reject, self.settings.dead_letter_bytes_max);
        Verdict::DeadLetter { message, reject }
    }
}

/// Decides on every record of a batch, in order. A panic while processing a record makes that record a dead letter.
#[must_use]
pub fn process_batch(processor: &Processor, records: Vec<Record>, observer: &mut impl StageObserver) -> Outbox {
    let verdicts = records.into_iter().map(|record| {
        let verdict = catch_unwind(AssertUnwindSafe(|| processor.process(&record, observer)));
        let verdict = verdict.unwrap_or_else(|_| processor.reject(&record, panicked()));
        Item { record, verdict }
    });
    Outbox::new(verdicts.collect())
}

fn panicked() -> Reject {
    Reject::new(RejectReason::Internal, "wiredesk failed on this record: a defect of the program, not of the record")
}

impl DropRules {
    fn rule(&self, event: &Event) -> Option<DropRule> {
        let (language, body) = (event.language.as_ref()?, event.body.as_ref()?);
        if !self.languages_kept.is_empty() && !self.languages_kept.contains(&language.tag) {
            return Some(DropRule::Language);
        }
        // Bytes bound code points from above: only a short body is counted.
        let short =
            body.len() < self.body_chars_min || body.chars().take(self.body_chars_min).count() < self.body_chars_min;
        short.then_some(DropRule::TooShort)
    }
}

impl Facts {
    fn of(event: &Event) -> Self {
        let count = |kind: EntityType| event.entities.iter().filter(|entity| entity.r#type == kind).count();
        let lacks = |gap: &Gap| {
            event.language.as_ref().is_some_and(|language| match gap {
                Gap::Language => !language.reliable,
                Gap::Published => event.published.is_none(),
                Gap::Entities => event.entities.is_empty(),
            })
        };
        Self {
            dialect: event.provenance.dialect,
            language: event.language.as_ref().map(|language| language.tag.clone()),
            entities: EntityType::ALL.map(|kind| u32::try_from(count(kind)).unwrap_or(u32::MAX)),
            gaps: Gap::ALL.into_iter().filter(lacks).collect(),
            routes: Vec::new(),
        }
    }
}

fn rules_hash(lexicon: &Lexicon) -> String {
    let mut hash = Sha256::new();
    let rules = [
        env!("CARGO_PKG_VERSION"),
        lexicon.fingerprint(),
        &enrich::language::rules_fingerprint(),
        &enrich::date::rules_fingerprint(),
        &enrich::entity::rules_fingerprint(),
        &text::rules_fingerprint(),
    ];
    for part in rules {
        hash.update(part);
        hash.update(b"\n");
    }
    let mut hex = format!("{:x}", hash.finalize());
    hex.truncate(16);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Offset, Position, TopicPartition};

    /// Panics at the record of this number, and at each after it.
    struct Trips(usize);

    impl StageObserver for Trips {
        fn started(&mut self) {
            assert_ne!(self.0, 0, "trips");
            self.0 -= 1;
        }

        fn finished(&mut self, _: Stage) {}
    }

    #[test]
    fn a_date_that_cannot_be_read_stays_with_the_event() {
        let check = |published: &str, modified: &str, ext: &str| {
            let value = serde_json::json!({"body": "The ferry sails again.", "date": published, "modified": modified});
            let record = Record {
                position: Position {
                    partition: TopicPartition { topic: "raw".into(), partition: 0 },
                    offset: Offset(0),
                },
                time_ms: None,
                key: None,
                headers: Vec::new(),
                value: Some(value.to_string().into_bytes()),
            };
            let event = Processor::new(Settings::default()).event(&record, &mut ()).expect("an article");
            assert_eq!(serde_json::to_string(&event.ext).expect("a map"), ext, "{published}");
        };
        check("2024-09-30", "2024-10-01T10:00:00Z", "{}");
        check("on the eve of the fair", "2024-10-01", r#"{"published_at":"on the eve of the fair"}"#);
        check("2024-09-30", "0000-00-00", r#"{"modified_at":"0000-00-00"}"#);
        check("2024-09-30 25:61", "", r#"{"published_at":"2024-09-30 25:61"}"#);
    }

    #[test]
    fn a_record_that_panics_is_a_dead_letter_byte_for_byte() {
        let record = |offset: i64| Record {
            position: Position {
                partition: TopicPartition { topic: "raw".into(), partition: 0 },
                offset: Offset(offset),
            },
            time_ms: Some(0),
            key: Some(vec![0xff, 0x00]),
            headers: Vec::new(),
            value: Some(b"The ferry to the outer islands sails again.\xf0".to_vec()),
        };
        let outbox = process_batch(&Processor::new(Settings::default()), (0..3).map(record).collect(), &mut Trips(1));
        let [before, Item { verdict: Verdict::DeadLetter { message, reject }, .. }, after] = outbox.items() else {
            panic!("{:?}", outbox.items());
        };
        assert_eq!(reject.reason, RejectReason::Internal);
        assert_eq!((&message.key, &message.value), (&record(1).key, &record(1).value));
        // A panic ends neither the batch nor the process, and neither does the next one.
        assert!(
            matches!(before.verdict, Verdict::Publish { .. }) && matches!(after.verdict, Verdict::DeadLetter { .. })
        );
    }
}
