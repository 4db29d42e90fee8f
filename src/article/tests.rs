//! Whole records in, intakes or refusals out.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::event::WarningCode;
use crate::record::{Header, Offset, Position, Record, TopicPartition};

pub(super) fn record(value: impl Into<Vec<u8>>) -> Record {
    Record {
        position: Position {
            partition: TopicPartition { topic: Arc::from("news.raw"), partition: 0 },
            offset: Offset(0),
        },
        time_ms: None,
        key: None,
        headers: Vec::new(),
        value: Some(value.into()),
    }
}

pub(super) fn with(mut record: Record, headers: &[(&str, &str)]) -> Record {
    record.headers.extend(headers.iter().map(|(name, value)| Header::new(*name, *value)));
    record
}

fn keyed(mut record: Record, key: &str) -> Record {
    record.key = Some(key.as_bytes().to_vec());
    record
}

#[track_caller]
pub(super) fn article(record: &Record) -> Article {
    match read(record, &Limits::default()) {
        Ok(Intake::Article(article)) => *article,
        other => panic!("no article: {other:?}"),
    }
}

#[track_caller]
pub(super) fn refused(record: &Record, reason: RejectReason, detail: &str) {
    match read(record, &Limits::default()) {
        Err(reject) => {
            assert_eq!(reject.reason, reason, "{}", reject.detail);
            assert!(reject.detail.contains(detail), "{:?} is not in {:?}", detail, reject.detail);
        }
        Ok(intake) => panic!("not refused: {intake:?}"),
    }
}

fn codes(article: &Article) -> Vec<WarningCode> {
    article.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn a_native_article_field_by_field() {
    let read = article(&record(
        json!({
            "id": "hw-1", "URL": "https://Example.com/a?utm_source=x&id=1", "title": " Rain \n again ",
            "body": "Rain again\n\nIt rained.", "lede": "Wet.", "authors": ["Ada Vo", {"name": "Bo Li"}, "ada vo", "None"],
            "publishedAt": "2024-06-12T17:40:00+03:00", "modified_at": 1718203200, "fetched_at": "2024-06-13",
            "language": "en-GB", "publisher": {"name": "Example"}, "tags": "rain, sun;  wind", "image": {"url": "i.jpg"},
            "rights": "CC0", "version": 3, "status": "usable", "desk": {"n": 1.50}
        })
        .to_string(),
    ));
    assert_eq!(read.identity.id, ArticleId::of_url("https://example.com/a?id=1"));
    assert_eq!(read.identity.source_id.as_deref(), Some("hw-1"));
    assert_eq!(read.title.as_deref(), Some("Rain again"));
    assert_eq!(read.body, "It rained.");
    assert_eq!(read.lede.as_deref(), Some("Wet."));
    assert_eq!(
        read.metadata,
        Metadata {
            authors: vec!["Ada Vo".into(), "Bo Li".into()],
            published_at: Some("2024-06-12T17:40:00+03:00".into()),
            modified_at: Some("1718203200".into()),
            fetched_at: Some("2024-06-13".into()),
            language: LanguageTag::parse("en"),
            publisher: Some("Example".into()),
            tags: vec!["rain, sun".into(), "wind".into()],
            image: Some("i.jpg".into()),
            rights: Some("CC0".into()),
            version: Some("3".into()),
        }
    );
    assert_eq!(Value::from(read.ext.clone()), json!({"desk": {"n": 1.50}}));
    assert_eq!(read.dialect, Dialect::Native);
    assert_eq!(read.warnings, []);
}

#[test]
fn aliases_and_their_traps() {
    let check = |value: Value, ext: Value, publisher: Option<&str>| {
        let read = article(&record(value.to_string()));
        assert_eq!(read.body, "Text.", "{value}");
        assert_eq!(Value::from(read.ext), ext, "{value}");
        assert_eq!(read.metadata.publisher.as_deref(), publisher, "{value}");
    };
    check(json!({"TEXT": "Text."}), json!({}), None);
    check(json!({"body": null, "text": "None", "content": "Text."}), json!({}), None);
    check(json!({"body": "Text.", "text": "Other."}), json!({"text": "Other."}), None);
    check(json!({"body": "Text.", "Body": "Other."}), json!({"Body": "Other."}), None);
    check(json!({"text": "Text.", "source": "Reuters"}), json!({}), Some("Reuters"));
    check(json!({"text": "Text.", "source": {"id": null, "name": "AP"}}), json!({}), Some("AP"));
    let origin = json!({"source": "https://example.com/original"});
    check(json!({"text": "Text.", "source": "https://example.com/original"}), origin, None);
    let read = article(&record(r#"{"text": "Text.", "tags": [], "keywords": ["a"], "authors": "Bo Li; Ada Vo"}"#));
    assert_eq!((read.metadata.tags.concat(), read.metadata.authors.len()), ("a".to_owned(), 2));
    check(json!({"text": "Text.", "status": 200}), json!({"status": 200}), None);
    check(json!({"text": "Text.", "Status": "draft"}), json!({"Status": "draft"}), None);
    let url_of = |value: Value| article(&record(value.to_string())).identity.url;
    assert_eq!(url_of(json!({"text": "Text.", "source": "https://example.com/original"})), None);
    assert_eq!(
        url_of(json!({"text": "Text.", "link": "https://example.com/a"})).as_deref(),
        Some("https://example.com/a")
    );
}

#[test]
fn what_scrapy_puts_into_arrays_is_read() {
    let value = json!({
        "url": ["https://example.com/a"], "title": ["Rain"], "text": ["It rained.", "", "It stopped."], "author": ["Ada Vo"],
        "date": ["2024-06-12"], "lang": ["en"]
    });
    let read = article(&record(value.to_string()));
    assert_eq!(read.identity.url.as_deref(), Some("https://example.com/a"));
    assert_eq!((read.title.as_deref(), read.body.as_str()), (Some("Rain"), "It rained.\n\nIt stopped."));
    assert_eq!(read.metadata.published_at.as_deref(), Some("2024-06-12"));
    assert_eq!((read.warnings, read.ext.len()), (Vec::new(), 0));
}

#[test]
fn a_native_text_that_starts_as_markup_is_read_as_such() {
    let body = |text: &str| article(&record(json!({ "text": text }).to_string())).body;
    assert_eq!(body("<p>It rained &amp; poured.</p><p>It <b>stopped</b>.</p>"), "It rained & poured.\n\nIt stopped.");
    for prose in ["<3 it rained &amp; poured", "It rained: <p>", "<Anna> It rained."] {
        assert_eq!(body(prose), prose);
    }
}

#[test]
fn a_native_text_has_paragraphs_of_markup_marks_of_markdown_or_pieces() {
    let check =
        |text: Value, expected: &str| assert_eq!(article(&record(json!({"text": text}).to_string())).body, expected);
    check(json!("It rained.<br><br>It stopped."), "It rained.\n\nIt stopped.");
    check(json!("On Monday:\n<p>It rained.</p>"), "On Monday:\n\nIt rained.");
    check(json!("**It** rained [again](https://example.com/a)."), "It rained again.");
    check(json!("<![CDATA[It rained.]]>"), "It rained.");
    check(json!(["It ", {"type": "bold", "text": "rained"}, " again."]), "It rained again.");
    check(
        json!([{"type": "p", "text": "It rained."}, {"type": "p", "text": "It stopped."}]),
        "It rained.\n\nIt stopped.",
    );
    let envelope = record(json!({"title": "a", "body": "{\"text\": \"It rained.\"}"}).to_string());
    let reject = read(&envelope, &Limits::default()).expect_err("no text");
    assert!(reject.detail.contains("body: JSON within text where text"), "{}", reject.detail);
}

/// What rss-parser writes: `content` is the teaser where the feed has both.
#[test]
fn the_encoded_content_of_a_feed_is_the_text() {
    let value = json!({
        "creator": "Ada Vo", "dc:creator": "Ada Vo", "title": "Rain", "link": "https://example.com/a", "isoDate": "2024-06-12",
        "content:encoded": "<p>It rained.</p><p>It stopped.</p>", "content": "<p>It [&#8230;]</p>", "guid": "https://example.com/?p=1"
    });
    let read = article(&record(value.to_string()));
    assert_eq!((read.body.as_str(), read.metadata.authors), ("It rained.\n\nIt stopped.", vec!["Ada Vo".to_owned()]));
}

#[test]
fn short_fields_are_read_without_tags_and_words_for_nothing() {
    let value = json!({
        "title": "<h1>Rain <em>again</em> &amp; wind</h1>", "text": "It rained.", "tags": "[\"rain\", \"wind\"]",
        "authors": "['Ada Vo', 'Bo Li']", "description": "It <b>rained</b>."
    });
    let read = article(&record(value.to_string()));
    assert_eq!(read.title.as_deref(), Some("Rain again & wind"));
    assert_eq!(read.lede.as_deref(), Some("It rained."));
    assert_eq!(read.metadata.tags, ["rain", "wind"]);
    assert_eq!(read.metadata.authors, ["Ada Vo", "Bo Li"]);
    let value = json!({"title": "[no-title]", "text": "It rained.", "author": "[no-author]"});
    let read = article(&record(value.to_string()));
    assert_eq!((read.title, read.metadata.authors), (None, Vec::new()));
}

#[test]
fn a_bad_field_is_a_warning_and_stays() {
    let value = json!({
        "url": "https://example.com/a", "text": "Text.", "title": ["secret", "b"], "authors": [7, "Ada Vo"],
        "published_at": {"secret": 1}, "language": "secret", "tags": true, "image": []
    });
    let read = article(&record(value.to_string()));
    let mut details: Vec<&str> = read.warnings.iter().map(|warning| warning.detail.as_str()).collect();
    details.sort_unstable();
    assert_eq!(
        details,
        [
            "authors: a number where text or a list of names is expected",
            "image: an array where text or an object with url is expected",
            "language: other text where a language tag is expected",
            "published_at: an object where text or a number is expected",
            "tags: a boolean where text or a list of names is expected",
            "title: an array where text is expected",
        ]
    );
    assert!(codes(&read).iter().all(|code| *code == WarningCode::FieldInvalid));
    assert_eq!(read.metadata.authors, ["Ada Vo"]);
    assert_eq!(read.title, None);
    assert_eq!(read.ext.len(), 6);
}

#[test]
fn a_language_that_is_none_is_no_fault() {
    for language in ["und", "mul", "", "None"] {
        let value = json!({"url": "https://example.com/a", "text": "Text.", "language": language});
        let read = article(&record(value.to_string()));
        assert_eq!((read.metadata.language, read.warnings), (None, vec![]), "{language}");
    }
}

#[test]
fn python_json_is_read_with_a_warning() {
    let read = article(&record(r#"{"url": "https://example.com/a", "text": "Rain \ud83d.", "score": NaN}"#));
    assert_eq!(codes(&read), [WarningCode::JsonRepaired]);
    assert_eq!(read.ext.get("score"), Some(&Value::Null));
    assert_eq!(read.body, "Rain \u{FFFD}.");
}

#[test]
fn a_legacy_charset_is_declared_or_guessed() {
    let text = "Правительство утвердило план строительства новой железной дороги через степь.";
    let json = json!({"url": "https://example.com/a", "text": text}).to_string();
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&json);
    let declared =
        article(&with(record(bytes.as_ref()), &[("content-type", "application/json; Charset=windows-1251")]));
    assert_eq!((declared.body.as_str(), codes(&declared)), (text, vec![]));
    let guessed = article(&record(bytes.as_ref()));
    assert_eq!((guessed.body.as_str(), codes(&guessed)), (text, vec![WarningCode::CharsetGuessed]));
    let wide: Vec<u8> = json.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wide = article(&with(record(wide), &[("content-type", "application/json; charset=utf-16be")]));
    assert_eq!(wide.body, text);
}

#[test]
fn headers_and_key_fill_what_is_open() {
    let headers = [
        ("Title", "Rain"),
        ("published-at", "2024-06-12"),
        ("publisher", "Example"),
        ("content-language", "vi-VN"),
        ("url", "https://example.com/a"),
    ];
    let read = article(&with(record("Rain\n\nIt rained."), &headers));
    assert_eq!((read.title.as_deref(), read.body.as_str()), (Some("Rain"), "It rained."));
    assert_eq!(read.metadata.published_at.as_deref(), Some("2024-06-12"));
    assert_eq!(read.metadata.publisher.as_deref(), Some("Example"));
    assert_eq!(read.metadata.language, LanguageTag::parse("vi"));
    assert_eq!(read.identity.url.as_deref(), Some("https://example.com/a"));
    assert_eq!(read.dialect, Dialect::PlainText);

    let value = json!({"text": "Text.", "title": "Sun", "url": "https://example.com/b", "language": "fr"}).to_string();
    let read = article(&with(record(value), &headers));
    assert_eq!(read.title.as_deref(), Some("Sun"));
    assert_eq!(read.metadata.language, LanguageTag::parse("fr"));
    assert_eq!(read.identity.url.as_deref(), Some("https://example.com/b"));

    for key in ["https://example.com/c", " \"https://example.com/c\" "] {
        let read = article(&keyed(record("It rained."), key));
        assert_eq!(read.identity.url.as_deref(), Some("https://example.com/c"));
        assert_eq!(read.warnings, []);
    }
    assert_eq!(codes(&article(&keyed(record("It rained."), "4711"))), [WarningCode::UrlMissing]);
    assert_eq!(
        codes(&article(&with(record("It rained."), &[("url", "/a"), ("content-language", "klingonese")]))),
        [WarningCode::FieldInvalid, WarningCode::UrlInvalid]
    );
}

#[test]
fn the_content_names_an_article_that_nothing_else_does() {
    let read = article(&record("It rained."));
    assert_eq!(read.value_sha256, "8b38b558e4df5eb3a70f60edea988d448559dfdded9b7ca08d9ba7f6c5ac71a8");
    assert_eq!(read.identity.id.to_string(), "325aee44-ec01-50a6-bad8-25b56a4ca1e7");
    assert_eq!(read.identity.basis, IdBasis::Content);
}

#[test]
fn retractions() {
    let by = |record: &Record| match read(record, &Limits::default()) {
        Ok(Intake::Retraction(retraction)) => Ok(retraction.identity.id),
        Ok(Intake::Article(_)) => panic!("an article"),
        Err(reject) => Err(reject.reason),
    };
    let page = ArticleId::of_url("https://example.com/a");
    let null = Record { value: None, ..record("") };
    assert_eq!(by(&keyed(null.clone(), "http://example.com/a#x")), Ok(page));
    assert_eq!(by(&keyed(null.clone(), "4711")), Err(RejectReason::BadRetraction));
    assert_eq!(by(&null), Err(RejectReason::BadRetraction));
    assert_eq!(by(&Record { key: Some(vec![0xFF, 0xFE]), ..null }), Err(RejectReason::BadRetraction));
    for status in ["retracted", "Canceled", "withheld", "kill", "Killed", "spiked"] {
        let value = json!({"url": "https://example.com/a", "status": status}).to_string();
        assert_eq!(by(&record(value)), Ok(page), "{status}");
    }
    assert_eq!(by(&keyed(record(r#"{"status": "retracted"}"#), &page.to_string())), Ok(page));
    assert_eq!(by(&record(r#"{"status": "retracted", "id": "urn:x:1"}"#)), Ok(ArticleId::of_urn("urn:x:1")));
    assert_eq!(
        by(&record(r#"{"status": "retracted", "id": "4711", "text": "Text."}"#)),
        Err(RejectReason::BadRetraction)
    );
}

#[test]
fn what_is_refused() {
    use RejectReason::{Empty, MalformedJson, Undecodable, Unsupported};
    refused(&record(""), Empty, "white space");
    refused(&record(" \n\t\u{FEFF}"), Empty, "");
    refused(&record("{}"), Empty, "body, text, content");
    refused(&record(r#"{"title": "Rain", "text": "  "}"#), Empty, "body, text, content");
    refused(&record("{"), MalformedJson, "line 1 column 1; a plain text that starts with a brace");
    refused(&record("{Editor's note} It rained."), MalformedJson, "text/plain");
    refused(&record("{\"a\": {\"b\": ".repeat(40)), MalformedJson, "nests deeper than 64 levels");
    refused(&record("[".repeat(100_000)), MalformedJson, "nests deeper than 64 levels");
    refused(
        &record(r#"[{"text": "Rain"}]"#),
        Unsupported,
        "a JSON array of length 1, where one record holds one article",
    );
    refused(&record("\"Rain\""), Unsupported, "a JSON string");
    refused(&record("42"), Unsupported, "a JSON number");
    refused(&record(" null "), Unsupported, "the JSON value null");
    refused(&record("true"), Unsupported, "a JSON boolean");
    refused(&record("<!DOCTYPE html><html>"), Empty, "the page shows no article");
    refused(&record("\n<!-- x --> <?xml version='1.0'?><HTML lang=vi>"), Empty, "the page shows no article");
    refused(&record("<?xml version='1.0'?><nitf/>"), Unsupported, "an XML document");
    refused(&record([0x1F, 0x8B, 8, 0]), Undecodable, "gzip: cut short");
    refused(&record([0x28, 0xB5, 0x2F, 0xFD]), Undecodable, "zstd: cut short");
    refused(&record([0, 0, 0, 0, 42, 2, 4]), Unsupported, "schema registry");
    refused(&record("Obj\u{1}rest"), Unsupported, "Avro");
    refused(&record("%PDF-1.7"), Unsupported, "PDF");
    let text = || record("It rained.");
    refused(&with(record([7, 0, 0x80]), &[("Content-Encoding", "br")]), Unsupported, "Brotli");
    refused(&with(text(), &[("content-type", "image/png")]), Unsupported, "a picture");
    refused(&with(text(), &[("content-type", "application/json")]), MalformedJson, "line 1 column 1");
    refused(&record([7, 0, 0, 1, 0, 2, 0, 3].repeat(8)), Undecodable, "binary");
}

#[test]
fn the_size_is_bounded() {
    let limits = Limits { value_bytes_max: 10, ..Limits::default() };
    assert!(read(&record("It rained."), &limits).is_ok());
    let detail = "the value has 11 bytes, the limit is 10";
    assert_eq!(read(&record("It rained.."), &limits), Err(Reject::new(RejectReason::TooLarge, detail)));
}

#[test]
fn what_is_plain_text() {
    let check = |record: Record, body: &str| {
        let read = article(&record);
        assert_eq!((read.body.as_str(), read.dialect), (body, Dialect::PlainText));
    };
    check(record("[Update] Flood waters rose."), "[Update] Flood waters rose.");
    check(record("\"Rain\", he said."), "\"Rain\", he said.");
    check(record("2024 was wet."), "2024 was wet.");
    check(record("<3 is a heart."), "<3 is a heart.");
    let plain = [("content-type", "Text/Plain; charset=\"utf-8\"")];
    check(with(record("{Editor's note} It rained."), &plain), "{Editor's note} It rained.");
    check(with(record("[1]"), &plain), "[1]");
    check(with(record("GIF89a is a format."), &plain), "GIF89a is a format.");
    check(with(record("It rained."), &[("content-type", "application/octet-stream")]), "It rained.");
    check(with(record("It rained."), &[("content-encoding", "identity")]), "It rained.");
}

#[test]
fn the_samples_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let mut read_count = 0;
    for entry in std::fs::read_dir(folder).expect("the samples are part of the project") {
        let path = entry.expect("a readable folder").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let value = record(std::fs::read(&path).expect("a readable sample"));
        match name.as_str() {
            "bad-empty.txt" => refused(&value, RejectReason::Empty, "white space"),
            "bad-json.json" => refused(&value, RejectReason::MalformedJson, "line 4 column"),
            "retractions.txt" | "README.md" => {}
            _ => {
                let read = article(&value);
                let native = name.ends_with(".json");
                assert_eq!(read.dialect, if native { Dialect::Native } else { Dialect::PlainText }, "{name}");
                assert_eq!(
                    read.ext.keys().collect::<Vec<_>>(),
                    if name.starts_with("07") { vec!["newsroom"] } else { vec![] }
                );
                let missing = !native || name.starts_with("07");
                assert_eq!(codes(&read).contains(&WarningCode::UrlMissing), missing, "{name}");
                assert!(read.title.is_some() || !native, "{name}");
                read_count += 1;
            }
        }
    }
    assert!(read_count >= 20, "only {read_count} samples");
}

#[test]
fn a_status_that_nobody_knows_and_a_body_of_the_wrong_type_are_told() {
    for (status, detail) in [
        (json!("draft"), "status: an unknown word where a status is expected"),
        (json!(5), "status: a number where a status is expected"),
    ] {
        let article = article(&record(json!({"text": "Text.", "status": status}).to_string()));
        assert_eq!(article.warnings.iter().filter(|warning| warning.detail == detail).count(), 1, "{status}");
    }
    let reject = read(&record(r#"{"body": 12345}"#), &Limits::default()).expect_err("no text");
    assert_eq!(
        reject.detail,
        "no text under any of these keys: body, text, content:encoded, content, article_body, text_content, cleaned_text, \
         full_text, markdown; \
         body: a number where text or a list of paragraphs is expected; keys that say nothing here: body"
    );
}

#[test]
fn a_record_without_a_text_is_told_by_its_keys() {
    let check = |value: &str, told: Option<&str>| {
        let reject = read(&record(value), &Limits::default()).expect_err("no text");
        assert_eq!(reject.reason, RejectReason::Empty);
        let after = reject.detail.split_once("; keys that say nothing here: ").map(|(_, told)| told);
        assert_eq!(after, told, "{value}");
    };
    check(r#"{"title": "Rain"}"#, None);
    check(r#"{"schema": {"type": "struct"}, "payload": {"text": "Rain."}}"#, Some("payload, schema"));
    // What may be a text and no name is counted, not shown.
    check(r#"{"It rained in Hanoi": 1, "data": 2}"#, Some("data and 1 more"));
    let many: serde_json::Map<_, _> = (0..20).map(|number| (format!("k{number:02}"), json!(1))).collect();
    check(&Value::from(many).to_string(), Some("k00, k01, k02, k03, k04, k05, k06, k07 and 12 more"));
    check(&json!({ "k".repeat(41): 1 }).to_string(), None);
}

#[test]
fn names_of_other_tools_are_known() {
    let of = |value: Value| article(&record(value.to_string()));
    let zyte = of(json!({
        "url": "https://example.com/z", "headline": "Rain", "articleBody": "It rained.", "datePublished": "2024-06-12T17:40:00Z",
        "authors": [{"name": "Ada Vo", "nameRaw": "Ada VO"}], "inLanguage": "en", "mainImage": {"url": "https://example.com/z.jpg"}
    }));
    assert_eq!((zyte.title.as_deref(), zyte.body.as_str()), (Some("Rain"), "It rained."));
    assert_eq!(zyte.metadata.authors, ["Ada Vo"]);
    assert_eq!(zyte.metadata.image.as_deref(), Some("https://example.com/z.jpg"));
    assert_eq!(zyte.metadata.language, LanguageTag::parse("en"));
    assert_eq!(zyte.metadata.published_at.as_deref(), Some("2024-06-12T17:40:00Z"));
    let readability = of(json!({
        "title": "Rain", "byline": "By Ada Vo", "content": "<div><p>It rained.</p></div>", "textContent": "It rained.",
        "excerpt": "Wet.", "siteName": "Example", "publishedTime": "2024-06-12", "lang": "en"
    }));
    assert_eq!((readability.body.as_str(), readability.lede.as_deref()), ("It rained.", Some("Wet.")));
    assert_eq!(readability.metadata.authors, ["Ada Vo"]);
    assert_eq!(readability.metadata.publisher.as_deref(), Some("Example"));
    assert_eq!(readability.metadata.published_at.as_deref(), Some("2024-06-12"));
    let goose = of(json!({"title": "Rain", "cleaned_text": "It rained.", "canonical_link": "https://example.com/g"}));
    assert_eq!(goose.identity.id, ArticleId::of_url("https://example.com/g"));
}

/// The page that tells scrapers what is read has every name that is.
#[test]
fn the_contract_has_every_name() {
    let (_, page) = include_str!("../../docs/event-contract.md").split_once("Native fields").expect("its table");
    let table = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows: Vec<String> = table.map(|row| row.replace(['`', ' '], "")).collect();
    for names in native::NAMES {
        let row = rows.iter().find(|row| row.split('|').next() == names.first().copied());
        let row = row.unwrap_or_else(|| panic!("docs/event-contract.md has no row for {}", names[0]));
        let told: Vec<&str> =
            row.split('|').nth(1).expect("other names").split(',').filter(|name| !name.is_empty()).collect();
        assert_eq!(told, names[1..], "{}", names[0]);
    }
}
