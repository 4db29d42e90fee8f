use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::pipeline::{Processor, Settings};
use crate::record::{Header, Offset, Position, Record, TopicPartition};

static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| Processor::new(Settings::default()));

fn record(key: Option<&str>, value: Option<Value>) -> Record {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 0 };
    Record {
        position: Position { partition, offset: Offset(0) },
        time_ms: None,
        key: key.map(|key| key.as_bytes().to_vec()),
        headers: vec![Header::new("trace", "t-1")],
        value: value.map(|value| value.to_string().into_bytes()),
    }
}

static ARTICLE: LazyLock<Event> = LazyLock::new(|| {
    let article = json!({
        "url": "https://gazette.example/world/ferry", "title": "A ferry between France and Vietnam", "language": "en",
        "published_at": "2024-03-15", "desk": "world", "words": 1.5,
        "text": "The ferry line was agreed on 14 March, and the first ship sails in June 2025.",
    });
    PROCESSOR.event(&record(None, Some(article)), &mut ()).expect("an event")
});

static RETRACTION: LazyLock<Event> = LazyLock::new(|| {
    PROCESSOR.event(&record(Some("https://gazette.example/world/ferry"), None), &mut ()).expect("an event")
});

fn route(name: &str, topic: &str, when: &str, retractions: bool) -> Route {
    let when = Condition::parse(when).unwrap_or_else(|mistakes| panic!("{when}: {mistakes:?}"));
    Route { name: name.into(), topic: topic.into(), when, retractions }
}

#[track_caller]
fn check(when: &str, expected: bool) {
    let copies = Copies::new(vec![route("r", "t", when, false)], None);
    assert_eq!(!copies.taken(&ARTICLE).is_empty(), expected, "{when}");
}

#[test]
fn conditions_ask_what_an_event_holds() {
    check("language.tag == 'en'", true);
    check("language.tag == 'vi'", false);
    check("language.tag == 'en' && language.confidence > `0.5`", true);
    check("language.confidence < `0.1`", false);
    check("starts_with(source.canonical_url || '', 'https://gazette.example/')", true);
    check("entities[?id == 'wikidata:Q881']", true);
    check("entities[?id == 'wikidata:Q30']", false);
    check("entities[?type == 'place' && country == 'FR' && count >= `1`]", true);
    check("entities[?type == 'person']", false);
    check("entities[?contains(same_as, 'geonames:3017382')]", true);
    check("contains(entities[*].country || '', 'VN')", true);
    check("dates[?starts_with(value, '2025')]", true);
    check("dates[?starts_with(value, '2026')]", false);
    check("dates[?value == '2024-03-14']", true);
    check("starts_with(published.value || '', '2024-03')", true);
    check("published && !modified", true);
    check("status == 'usable'", true);
    check("source.origin[?relation == 'translation']", false);
    check("ext.desk == 'world'", true);
    check("ext.words > `1.25` && ext.words < `1.75`", true);
    check("contains(body || '', 'ferry') && !contains(title || '', 'bridge')", true);
    check("length(entities) >= `2`", true);
    check("@.id_basis == 'url'", true);
    check("entities[].mentions[?in == 'title'][]", true);
}

#[track_caller]
fn refuse(when: &str, expected: &[(usize, &str)]) {
    let mistakes = Condition::parse(when).expect_err("it has faults");
    let told: Vec<(usize, &str)> = mistakes.iter().map(|one| (one.column, one.problem.as_str())).collect();
    let alike =
        |(told, expected): (&(usize, &str), &(usize, &str))| told.0 == expected.0 && told.1.contains(expected.1);
    assert!(told.len() == expected.len() && told.iter().zip(expected).all(alike), "{when}: {told:?}");
}

#[test]
fn what_can_never_hold_is_refused_with_its_place() {
    refuse("language.tag = 'vi'", &[(14, "is not JMESPath")]);
    refuse("", &[(1, "is not JMESPath")]);
    refuse("langauge.tag == 'vi'", &[(1, "there is no field \"langauge\" here, only authors, body,")]);
    refuse("language.tag == \"vi\"", &[(17, "there is no field \"vi\" here")]);
    refuse("entities.country == 'FR'", &[(10, "is asked of a list: write [?country == …]")]);
    refuse("entities[*].country == 'FR'", &[(24, "a list or null is never equal to a text")]);
    refuse("entities[?type == 'persona']", &[(19, "this is never \"persona\", only person, organisation")]);
    refuse("status == 'withdrawn'", &[(11, "only usable, retracted")]);
    refuse("language[?tag == 'vi']", &[(22, "a list is needed")]);
    refuse("published.value > '2024'", &[(19, "only numbers have an order")]);
    refuse(
        "starts_with(source.url, 'https')",
        &[(12, "argument 1 of starts_with may be a text or null; write (… || '')")],
    );
    refuse("starts_with(ext.desk, 'w')", &[(12, "write to_string(…) for it")]);
    refuse("sort(authors)", &[(5, "sort is not a function of conditions")]);
    refuse("length(authors, tags)", &[(7, "takes 1 arguments, not 2"), (17, "no field \"tags\"")]);
    refuse("[title, body]", &[(1, "makes no lists")]);
    refuse("title.length", &[(7, "is asked of a text or null, which has no fields")]);
    refuse("lang.tag == 'é' && lang", &[(1, "no field \"lang\""), (20, "no field \"lang\"")]);
    let long = format!("title == '{}'", "x".repeat(CONDITION_BYTES_MAX));
    refuse(&long, &[(CONDITION_BYTES_MAX + 1, "is longer than")]);
}

#[test]
fn an_event_is_copied_once_to_each_topic() {
    let routes = vec![
        route("english", "news.en", "language.tag == 'en'", true),
        route("vietnam", "news.desk", "entities[?country == 'VN']", true),
        route("france", "news.desk", "entities[?country == 'FR']", false),
        route("none", "news.none", "status == 'retracted' && title", false),
    ];
    let copies = Copies::new(routes, Some("news.latest".into()));
    let message = Outgoing { key: Some(vec![1]), headers: vec![Header::new("a", "b")], value: Some(vec![2]) };
    let of = |event: &Event| {
        let taken = copies.taken(event);
        let made = copies.of(event, &message, &taken);
        let names: Vec<String> = taken.iter().map(|route| route.name.to_string()).collect();
        let made: Vec<_> = made.iter().map(|copy| (copy.topic().to_owned(), copy.message(&message).clone())).collect();
        (names, made)
    };
    let to = |topic: &str| (topic.to_owned(), message.clone());
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let article = (names(&["english", "vietnam", "france"]), vec![to("news.desk"), to("news.en"), to("news.latest")]);
    assert_eq!(of(&ARTICLE), article);
    // A retraction cannot say which routes its article took: it takes all that do not refuse it.
    let tombstone = ("news.latest".to_owned(), Outgoing { value: None, ..message.clone() });
    let retraction = (names(&["english", "vietnam"]), vec![to("news.desk"), to("news.en"), tombstone]);
    assert_eq!(of(&RETRACTION), retraction);
    assert_eq!(copies.topics(), ["news.desk", "news.en", "news.latest", "news.none"].into());
}

#[test]
fn conditions_see_every_field_of_an_event() {
    let all: BTreeSet<&str> = Condition::parse("@ && status").expect("valid").reads().clone();
    let event = serde_json::to_value(&*ARTICLE).expect("JSON");
    assert_eq!(all, event.as_object().expect("an object").keys().map(String::as_str).collect());
    let view = view::of(&ARTICLE, &all);
    assert_eq!(serde_json::to_value(&*view).expect("JSON"), event);
}

/// The conditions in the list of the page are accepted.
#[test]
fn the_page_shows_conditions_that_are_valid() {
    let page = include_str!("../../../docs/routes.md");
    let rows = page.lines().skip_while(|line| !line.starts_with("to choose by")).skip(2);
    let rows: Vec<&str> = rows.take_while(|line| !line.starts_with("```")).collect();
    assert!(rows.len() > 10, "{rows:?}");
    for row in rows {
        let (_, when) = row.split_once("   ").expect("two columns");
        assert!(Condition::parse(when.trim()).is_ok(), "{when}: {:?}", Condition::parse(when.trim()));
    }
}

proptest! {
    /// Whatever is written in a configuration, it is refused or it can be evaluated.
    #[test]
    fn any_text_is_a_condition_or_a_mistake(
        parts in prop::collection::vec(prop::sample::select(&[
            "title", "entities", "language", "tag", "ext", "id", "source", "dates", "value", "country", "'FR'", "''", "`1`",
            "`{\"a\": [1.5]}`", "[?", "[*]", "[]", "[0]", "[-1]", "[::2]", "[::0]", "[1:", "]", "[", "{", "}", "(", ")", ".", "*",
            "@", "&", "&&", "||", "|", "!", "==", "!=", "<", ">=", ",", ":", "\"", "'", "`", "-", "99999999999", "é", " ",
            "contains(", "starts_with(", "length(", "to_string(",
        ][..]), 0..12),
    ) {
        if let Ok(when) = Condition::parse(&parts.concat()) {
            let copies = Copies::new(vec![Route { name: "r".into(), topic: "t".into(), when, retractions: false }], None);
            _ = copies.taken(&ARTICLE);
            _ = copies.taken(&RETRACTION);
        }
    }
}
