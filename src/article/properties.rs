//! What holds for every record, whatever is in it.

use proptest::prelude::*;
use serde_json::Value;

use super::tests::{record, with};
use super::*;
use crate::record::Record;

/// Keys that the dialects look for, within objects too.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "id", "url", "title", "body", "text", "authors", "language", "status", "source", "tags", "maintext", "date_download",
    "source_domain", "source-hostname", "raw_text", "comments", "publishing_date", "free_access", "plaintext", "sections",
    "paragraphs", "summary", "images", "versions", "content_html", "content_text", "author", "content", "value", "type",
    "title_detail", "uri", "guid", "pubstatus", "versionCreated", "body_html", "body_own", "headlines", "bodies", "role",
    "renditions", "associations", "href", "width", "@type", "@graph", "@id", "mainEntity", "articleBody", "image", "name",
    "keywords", "liveBlogUpdate", "items", "entries", "feed", "version",
];

/// Any JSON value, nested a few levels.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop_oneof![prop::sample::select(KEYS).prop_map(str::to_owned), "\\PC{0,8}",];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        prop::sample::select(vec![
            "retracted",
            "None",
            "https://example.com/a",
            "urn:x:1",
            "NewsArticle",
            "<p>a</p>",
            "<p b=\"&amp;",
            "main",
            "#a",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|members| members.into_iter().collect::<Value>()),
        ]
    })
}

/// What every intake keeps to, whatever came in.
fn holds(record: &Record) -> Result<(), TestCaseError> {
    let first = read(record, &Limits::default());
    if let Ok(Intake::Article(article)) = &first {
        prop_assert!(!article.body.is_empty());
        prop_assert!(article.title.as_deref() != Some(""));
        prop_assert_eq!(article.identity.canonical_url.is_some(), article.identity.basis == IdBasis::Url);
        prop_assert!(article.metadata.authors.iter().all(|author| !author.is_empty()));
    }
    prop_assert_eq!(read(record, &Limits::default()), first);
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(value in prop::collection::vec(any::<u8>(), 0..200), key in prop::option::of(prop::collection::vec(any::<u8>(), 0..20))) {
        holds(&Record { key: key.clone(), ..record(value) })?;
        holds(&Record { key, value: None, ..record("") })?;
    }

    #[test]
    fn any_text_is_read_or_refused(start in "[\\[{\"<\u{FEFF} 0-9n-]{0,3}", text in "\\PC{0,80}", header in "\\PC{0,20}") {
        let headers = [("content-type", header.as_str()), ("url", &header), ("title", &header), ("content-language", &header)];
        holds(&with(record(format!("{start}{text}")), &headers))?;
    }

    #[test]
    fn any_json_is_read_or_refused(value in any_json()) {
        holds(&record(value.to_string()))?;
    }

    #[test]
    fn nothing_of_the_article_is_in_a_detail(value in any_json().prop_map(|value| mark(&value))) {
        let details: Vec<String> = match read(&record(value.to_string()), &Limits::default()) {
            Ok(Intake::Article(article)) => article.warnings.into_iter().map(|warning| warning.detail).collect(),
            Ok(Intake::Retraction(_)) => Vec::new(),
            Err(reject) => vec![reject.detail],
        };
        prop_assert!(details.iter().all(|detail| !detail.contains(MARK)), "{:?}", details);
    }
}

const MARK: &str = "s3cr3t";

/// The value with a mark in each of its texts.
fn mark(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(format!("{MARK}{text}")),
        Value::Array(items) => items.iter().map(mark).collect(),
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), mark(value))).collect(),
        other => other.clone(),
    }
}
