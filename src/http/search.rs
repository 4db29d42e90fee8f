//! Which of the last events and dead letters a reader asks for.

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio::task::spawn_blocking;
use unicode_normalization::UnicodeNormalization;

use super::Shared;
use super::facets::Facets;
use crate::event::{Entity, Event, Status};
use crate::telemetry::{Kept, Letter, Outcome, Published};

/// The longest word that is searched for, in bytes.
const WORD_BYTES_MAX: usize = 400;

/// How many are sent at once: more than a screen shows.
const PAGE: usize = 40;

/// What is looked for; what is not said, or empty, restricts nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Question {
    /// Events or dead letters alone.
    kind: Option<Kind>,
    /// The tag of the article's language.
    language: String,
    /// The name of a route that the event took.
    route: String,
    /// A part of the publisher's name, of the host, of an agency that is credited, or of the raw topic.
    source: String,
    /// An id, with or without its scheme, or a part of a name.
    entity: String,
    /// A part of the title, of the text, of the URL, or of what is said about a dead letter; or an event's id.
    text: String,
    /// Only what came before this number.
    before: Option<u64>,
    /// Only what came after this number; for following alone.
    pub(super) after: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Articles,
    Retractions,
    DeadLetters,
}

/// A question in the form in which it is compared: lower case, NFC, as the events' texts are.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    question: Question,
}

/// An entry with its event, read out of its JSON.
pub(super) enum Read<'a> {
    Event(Box<Event>),
    Letter(&'a Letter),
}

impl Question {
    /// The filter that it asks for.
    ///
    /// # Errors
    /// If a word is too long to look for.
    pub(super) fn filter(self) -> Result<Filter, &'static str> {
        let words = [&self.language, &self.route, &self.source, &self.entity, &self.text];
        if words.iter().any(|word| word.len() > WORD_BYTES_MAX) {
            return Err("at most 400 bytes are looked for");
        }
        let question = Self {
            language: fold(&self.language),
            source: fold(&self.source),
            entity: fold(&self.entity),
            text: fold(&self.text),
            ..self
        };
        Ok(Filter { question })
    }
}

impl Filter {
    /// Whether everything passes, so that nothing has to be read.
    pub(super) fn is_open(&self) -> bool {
        let Question { kind, language, route, source, entity, text, .. } = &self.question;
        kind.is_none() && [language, route, source, entity, text].iter().all(|word| word.is_empty())
    }

    /// The entry, read, if it passes.
    pub(super) fn read<'a>(&self, kept: &'a Kept) -> Option<Read<'a>> {
        match &kept.outcome {
            Outcome::Event(Published { json, routes, .. }) => {
                let route = &self.question.route;
                let took = route.is_empty() || routes.iter().any(|name| **name == **route);
                let event: Event = took.then(|| serde_json::from_str(json).ok())??;
                self.takes_event(&event).then(|| Read::Event(Box::new(event)))
            }
            Outcome::DeadLetter(letter) => self.takes_letter(letter).then_some(Read::Letter(letter)),
        }
    }

    fn takes_event(&self, event: &Event) -> bool {
        let Question { kind, language, source, entity, text, .. } = &self.question;
        let kind_of = match event.status {
            Status::Usable => Kind::Articles,
            Status::Retracted => Kind::Retractions,
        };
        let speaks = || event.language.as_ref().is_some_and(|found| found.tag.as_str() == language);
        kind.is_none_or(|kind| kind == kind_of)
            && (language.is_empty() || speaks())
            && (source.is_empty() || is_from(event, source))
            && (entity.is_empty() || event.entities.iter().any(|found| names(found, entity)))
            && (text.is_empty() || says(event, text))
    }

    fn takes_letter(&self, letter: &Letter) -> bool {
        let Question { kind, language, route, source, entity, text, .. } = &self.question;
        // It has neither language nor entities, and took no route.
        let told = [Some(&letter.detail), letter.key.as_ref()].into_iter().flatten();
        kind.is_none_or(|kind| kind == Kind::DeadLetters)
            && [language, route, entity].iter().all(|word| word.is_empty())
            && (source.is_empty() || fold(&letter.topic).contains(source))
            && (text.is_empty()
                || letter.reason.contains(text.as_str())
                || told.into_iter().any(|told| fold(told).contains(text)))
    }
}

fn is_from(event: &Event, source: &str) -> bool {
    let url = event.source.canonical_url.as_deref().or(event.source.url.as_deref()).unwrap_or_default();
    let host = url.split("://").nth(1).unwrap_or_default().split('/').next().unwrap_or_default();
    let credited = event.source.origin.iter().map(|origin| origin.name.as_str());
    let named = [event.source.publisher.as_deref().unwrap_or_default(), host, &event.provenance.topic];
    credited.chain(named).any(|name| fold(name).contains(source))
}

fn names(entity: &Entity, word: &str) -> bool {
    let ids = entity.id.iter().chain(&entity.same_as);
    let is_id = |id: &String| {
        let id = id.to_ascii_lowercase();
        id == word || id.split_once(':').is_some_and(|(_, bare)| bare == word)
    };
    ids.into_iter().any(is_id)
        || fold(&entity.name).contains(word)
        || entity.mentions.iter().any(|mention| fold(&mention.text).contains(word))
}

fn says(event: &Event, text: &str) -> bool {
    let fields = [&event.title, &event.lede, &event.body, &event.source.url];
    fields.into_iter().flatten().any(|field| fold(field).contains(text)) || event.id.to_string() == text
}

fn fold(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase()
}

/// What is kept and passes, the newest first, and what it is about.
pub(super) async fn events(State(shared): State<Shared>, Query(question): Query<Question>) -> Response {
    let filter = match question.filter() {
        Ok(filter) => filter,
        Err(problem) => return (StatusCode::BAD_REQUEST, problem).into_response(),
    };
    let permit = shared.busy.clone().acquire_owned().await.expect("it is never closed");
    let found = spawn_blocking(move || {
        let found = find(&shared, &filter);
        drop(permit);
        found
    });
    match found.await {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn find(shared: &Shared, filter: &Filter) -> String {
    let recent = &shared.telemetry.recent;
    let (newest, kept) = (recent.newest(), recent.newest_first());
    let mut facets = Facets::default();
    let mut page = Vec::new();
    let mut found = 0;
    for entry in &kept {
        let Some(read) = filter.read(entry) else { continue };
        facets.add(&read);
        found += 1;
        if page.len() < PAGE && filter.question.before.is_none_or(|before| entry.number < before) {
            page.push(entry.as_ref());
        }
    }
    let facets = serde_json::to_string(&facets.finish()).expect("texts and finite numbers are JSON");
    let kept = kept.len();
    format!("{{\"newest\":{newest},\"kept\":{kept},\"found\":{found},\"facets\":{facets},\"items\":{}}}", items(&page))
}

/// A JSON array of entries.
pub(super) fn items(entries: &[&Kept]) -> String {
    let mut json = String::from("[");
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        entry.write_json(&mut json);
    }
    json.push(']');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Processor, Settings};
    use crate::record::{Offset, Position, Record, TopicPartition};

    fn event() -> Kept {
        let value = serde_json::json!({
            "url": "https://news.example/a", "publisher": "Nhật Báo", "language": "vi", "title": "Cầu mới ở Đà Nẵng",
            "body": "Chiều 5/11/2024, cây cầu mới qua sông Hàn ở Đà Nẵng được khánh thành trước hàng nghìn người dân thành phố.",
        });
        let partition = TopicPartition { topic: "news.raw".into(), partition: 0 };
        let record = Record {
            position: Position { partition, offset: Offset(0) },
            time_ms: None,
            key: None,
            headers: Vec::new(),
            value: Some(value.to_string().into_bytes()),
        };
        let mut event = Processor::new(Settings::default()).event(&record, &mut ()).expect("an event");
        let place = serde_json::json!([{
            "id": "wikidata:Q25282", "same_as": ["geonames:1583992"], "type": "place", "name": "Da Nang", "confidence": 0.9,
            "candidates": [], "country": "VN", "geo": null, "count": 1, "salience": 0.5, "basis": "lexicon",
            "mentions": [{ "in": "title", "start": 11, "end": 18, "text": "Đà Nẵng" }],
        }]);
        event.entities = serde_json::from_value(place).expect("an entity");
        let json = serde_json::to_string(&event).expect("JSON");
        let routes = vec!["bridges".into(), "Vietnam".into()];
        Kept { number: 1, at: 2, outcome: Outcome::Event(Published { json, routes, copies: Vec::new() }) }
    }

    fn letter() -> Kept {
        let letter = Letter {
            topic: "news.raw".to_owned(),
            partition: 0,
            offset: 1,
            reason: "malformed_json",
            detail: "expected a value at line 1".to_owned(),
            key: Some("https://other.example/b".to_owned()),
            bytes: 9,
        };
        Kept { number: 2, at: 2, outcome: Outcome::DeadLetter(letter) }
    }

    fn event_id() -> String {
        let Outcome::Event(Published { json, .. }) = event().outcome else { panic!("an event") };
        serde_json::from_str::<Event>(&json).expect("JSON").id.to_string()
    }

    fn question(query: &str) -> Question {
        let uri = format!("/api/events?{query}").parse().expect("a URI");
        Query::try_from_uri(&uri).expect("a question").0
    }

    #[track_caller]
    fn check(query: &str, takes_event: bool, takes_letter: bool) {
        let filter = question(query).filter().expect("short");
        assert_eq!(filter.read(&event()).is_some(), takes_event, "the event: {query}");
        assert_eq!(filter.read(&letter()).is_some(), takes_letter, "the dead letter: {query}");
    }

    #[test]
    fn what_is_not_said_restricts_nothing() {
        check("", true, true);
        check("language=&text=%20", true, true);
        assert!(question("text=").filter().expect("short").is_open());
        assert!(!question("kind=articles").filter().expect("short").is_open());
    }

    #[test]
    fn each_word_restricts() {
        check("kind=articles", true, false);
        check("kind=dead_letters", false, true);
        check("kind=retractions", false, false);
        check("language=vi", true, false);
        check("language=en", false, false);
        check("route=bridges", true, false);
        check("route=Vietnam", true, false);
        check("route=bridge", false, false);
        check("source=nh%E1%BA%ADt", true, false);
        check("source=news.ex", true, false);
        check("source=raw", true, true);
        check("source=other", false, false);
        check("entity=%C4%91%C3%A0%20n%E1%BA%B5ng", true, false);
        check("entity=da%20nang", true, false);
        check("entity=Q25282", true, false);
        check("entity=1583992", true, false);
        check("entity=wikidata:Q25282", true, false);
        check("entity=Q2528", false, false);
        check("text=KH%C3%81NH", true, false);
        check("text=line%201", false, true);
        check("text=other.example", false, true);
        check("text=khung", false, false);
        check(&format!("text={}", event_id()), true, false);
        check("language=vi&text=line", false, false);
    }

    #[test]
    fn a_word_may_be_decomposed_but_not_endless() {
        check("text=kha%CC%81nh", true, false);
        assert!(question(&format!("text={}", "x".repeat(WORD_BYTES_MAX + 1))).filter().is_err());
    }
}
