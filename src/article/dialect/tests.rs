//! Which dialect an object is, and what is odd about each.

use serde_json::{Value, json};

use crate::article::tests::{article, record, refused};
use crate::article::{Article, Intake, Limits, RejectReason, read};
use crate::event::{ArticleId, Dialect};

fn of(value: &Value) -> Article {
    article(&record(value.to_string()))
}

#[track_caller]
fn details(value: &Value, expected: &[&str]) {
    let read = of(value);
    let mut details: Vec<&str> = read.warnings.iter().map(|warning| warning.detail.as_str()).collect();
    details.retain(|detail| !detail.starts_with("no url"));
    details.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(details, expected, "{value}");
}

#[test]
fn an_object_is_known_by_its_keys() {
    use Dialect::{Feedparser, Fundus, JsonFeed, JsonLd, NewsPlease, Ninjs, Trafilatura, Wordpress};
    let check = |value: Value, expected: Dialect| assert_eq!(of(&value).dialect, expected, "{value}");
    check(json!({"maintext": "Text."}), NewsPlease);
    check(json!({"MainText": "Text.", "title": null}), NewsPlease);
    check(json!({"date_download": "None", "source_domain": "x.example", "text": "Text."}), NewsPlease);
    check(json!({"text": "Text.", "source-hostname": null, "source": null}), Trafilatura);
    check(json!({"text": "Text.", "raw_text": "Text.", "comments": ""}), Trafilatura);
    check(json!({"body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["Text."]}]}}), Fundus);
    check(json!({"plaintext": "Text.", "publishing_date": null}), Fundus);
    check(json!({"content_html": "<p>Text."}), JsonFeed);
    check(json!({"content_text": "Text.", "uri": "x", "urgency": 3}), JsonFeed);
    check(json!({"title": "Rain", "title_detail": {}, "summary": "Text."}), Feedparser);
    check(json!({"link": "https://x.example/a", "content": [{"type": "text/plain", "value": "Text."}]}), Feedparser);
    check(
        json!({"id": 7, "title": {"rendered": "Rain"}, "content": {"rendered": "<p>Text.</p>", "protected": false}}),
        Wordpress,
    );
    check(json!({"uri": "urn:x:1", "body_text": "Text."}), Ninjs);
    check(json!({"guid": "urn:x:1", "versioncreated": "2024-01-01", "body_html": "Text."}), Ninjs);
    check(json!({"uri": "urn:x:1", "versionCreated": "2024-01-01", "bodies": [{"value": "Text."}]}), Ninjs);
    check(json!({"@type": "NewsArticle", "articleBody": "Text."}), JsonLd);
    check(json!({"@type": "NewsArticle", "articleBody": "Text.", "maintext": "Other."}), JsonLd);
}

/// The keys of other dialects beside a native text leave the object native.
#[test]
fn a_native_object_is_not_stolen() {
    for extra in [
        json!({"source": "AFP", "hostname": "x.example", "date": "2024-01-01", "comments": 3}),
        json!({"byline": "Ada Vo", "urgency": 3, "slugline": "rain", "uri": "https://x.example/a"}),
        json!({"pubstatus": "usable", "version": 2, "copyrightnotice": "x"}),
        json!({"topics": ["rain"], "lang": "en", "images": []}),
        json!({"@type": "Product"}),
        json!({"@context": "https://schema.org"}),
        json!({"summary": "Wet.", "link": "https://x.example/a", "published": "2024-01-01"}),
        json!({"fingerprint": "00", "id": 7}),
        json!({"content": "Text."}),
        json!({"plaintext": "x"}),
        json!({"source_domain": "x.example"}),
        json!({"mainEntity": {"@type": "Product"}}),
    ] {
        let mut value = json!({"text": "Text."});
        value.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        assert_eq!(of(&value).dialect, Dialect::Native, "{value}");
    }
}

#[test]
fn traps_of_news_please() {
    let read = of(&json!({
        "maintext": "Text.", "title": "None", "title_rss": "Rain", "title_page": "Rain - Example", "authors": ["None", "Ada Vo"],
        "date_publish": "2024-06-12 17:40:00", "date_modify": "None", "date_download": "2024-06-13 01:00:00",
        "image_url": "https://x.example/a", "url": "https://x.example/a", "source_domain": "x.example", "language": null
    }));
    assert_eq!(read.title.as_deref(), Some("Rain"));
    assert_eq!(read.metadata.authors, ["Ada Vo"]);
    assert_eq!(read.metadata.modified_at, None);
    assert_eq!(read.metadata.fetched_at.as_deref(), Some("2024-06-13 01:00:00"));
    assert_eq!(read.metadata.publisher.as_deref(), Some("x.example"));
    // A page is no picture of itself.
    assert_eq!(read.metadata.image, None);
    assert_eq!(Value::from(read.ext), json!({"title_page": "Rain - Example", "image_url": "https://x.example/a"}));
    assert_eq!(read.warnings, []);
    refused(&record(r#"{"maintext": "None", "title": "Rain"}"#), RejectReason::Empty, "maintext, text");
}

#[test]
fn traps_of_trafilatura() {
    let read = of(&json!({
        "text": "See the [timetable](https://x.example/t).", "raw_text": "See the timetable.", "comments": "First!",
        "source": "https://x.example/a", "source-hostname": "Example News", "hostname": "x.example", "author": "Ada Vo; Bo Li",
        "categories": "News;World", "tags": "rain, sun", "date": "2024-06-12", "filedate": "2024-06-13", "id": "a1",
        "license": "CC BY 4.0", "excerpt": "Wet.", "fingerprint": "00", "pagetype": null
    }));
    assert_eq!(read.body, "See the timetable.");
    assert_eq!(read.identity.url.as_deref(), Some("https://x.example/a"));
    assert_eq!(read.identity.source_id.as_deref(), Some("a1"));
    assert_eq!(read.metadata.authors, ["Ada Vo", "Bo Li"]);
    assert_eq!(read.metadata.tags, ["News", "World", "rain", "sun"]);
    assert_eq!(read.metadata.publisher.as_deref(), Some("Example News"));
    assert_eq!(read.metadata.rights.as_deref(), Some("CC BY 4.0"));
    assert_eq!(read.metadata.fetched_at.as_deref(), Some("2024-06-13"));
    // Readers' comments are not the article's.
    assert_eq!(
        Value::from(read.ext),
        json!({"comments": "First!", "fingerprint": "00", "hostname": "x.example", "pagetype": null})
    );
    assert_eq!(read.furniture, []);
}

#[test]
fn traps_of_fundus() {
    let images = json!([
        {"is_cover": false, "versions": [{"url": "https://x.example/0.jpg"}]},
        {"is_cover": true, "caption": "The rain", "versions": [
            {"url": "https://x.example/s.jpg", "size": {"width": 320, "height": 180}},
            {"url": "https://x.example/l.jpg", "size": {"width": 1280, "height": 720}},
            {"url": "https://x.example/q.jpg", "query_width": "640", "size": null}
        ]}
    ]);
    let read = of(&json!({
        "title": "Rain", "authors": [], "publishing_date": "2024-06-12 17:40:00+02:00", "topics": ["rain"], "free_access": false,
        "body": {"summary": ["Wet.", "Very."], "sections": [
            {"headline": [], "paragraphs": ["One.", "Two."]}, {"headline": ["Later"], "paragraphs": ["Three."]}
        ]}, "images": images
    }));
    assert_eq!(read.body, "One.\n\nTwo.\n\nLater\n\nThree.");
    assert_eq!(read.lede.as_deref(), Some("Wet. Very."));
    assert_eq!(read.metadata.image.as_deref(), Some("https://x.example/l.jpg"));
    assert_eq!(read.metadata.rights.as_deref(), Some("free_access: false"));
    assert_eq!(Value::from(read.ext), json!({"images": images}));
    // What a parser failed on is null; the plain text stands in.
    let read = of(&json!({"body": null, "plaintext": "Text.", "publishing_date": "2024-06-12"}));
    assert_eq!((read.body.as_str(), read.ext.len()), ("Text.", 0));
    refused(&record(r#"{"body": null, "publishing_date": null, "topics": []}"#), RejectReason::Empty, "plaintext");
}

#[test]
fn traps_of_ninjs() {
    let body = |fields: Value| {
        let mut value = json!({"uri": "urn:x:1", "versioncreated": "2024-01-01"});
        value.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        let read = of(&value);
        assert_eq!(read.dialect, Dialect::Ninjs, "{value}");
        read.body
    };
    let html = "<p>One.</p><p>Two &amp; three.</p>";
    assert_eq!(body(json!({"body_text": "One.\nTwo.", "body_html": html})), "One.\nTwo.");
    assert_eq!(body(json!({"body_text": "One. Two & three.", "body_xhtml": html})), "One.\n\nTwo & three.");
    assert_eq!(body(json!({"body_text": "", "body_html": html})), "One.\n\nTwo & three.");
    assert_eq!(body(json!({"body_text": "a <b>c</b>"})), "a <b>c</b>");
    assert_eq!(body(json!({"body_own": html})), "One.\n\nTwo & three.");
    let plain = json!({"contentType": "text/plain", "value": "One. Two."});
    let marked = json!({"contenttype": "text/html", "value": html});
    let short = json!({"role": "short", "value": "Short."});
    assert_eq!(body(json!({"bodies": [plain, marked]})), "One.\n\nTwo & three.");
    assert_eq!(body(json!({"bodies": [short, {"role": "main", "value": html}]})), "One.\n\nTwo & three.");
    assert_eq!(body(json!({"bodies": [short]})), "Short.");

    let names = |fields: Value| {
        let mut value = json!({"body_text": "Text.", "pubstatus": "usable"});
        value.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        let read = of(&value);
        (read.identity.source_id, read.identity.url, read.ext.get("uri").cloned())
    };
    let some = |text: &str| Some(text.to_owned());
    let (page, urn) = ("https://x.example/a", "urn:newsml:x.example:1");
    assert_eq!(names(json!({"uri": page})), (some(page), some(page), None));
    assert_eq!(names(json!({"uri": page, "guid": urn})), (some(urn), some(page), None));
    assert_eq!(names(json!({"uri": "tag:x", "guid": urn})), (some(urn), None, Some("tag:x".into())));
    assert_eq!(names(json!({"uri": urn, "guid": urn})), (some(urn), None, None));

    let read = of(
        &json!({"uri": urn, "body_text": "Text.", "source": "https://x.example/feed", "byline": "By Ada Vo and Bo Li"}),
    );
    assert_eq!(read.metadata.publisher, None);
    assert_eq!(read.metadata.authors, ["Ada Vo", "Bo Li"]);
    assert_eq!(read.ext.get("source"), Some(&"https://x.example/feed".into()));
}

#[test]
fn traps_of_feeds() {
    let read = of(&json!({
        "id": 7, "content_html": "<p>One.</p><p>Two &lt; three.</p>", "external_url": "https://other.example/b",
        "author": {"name": "Ada Vo", "url": "https://x.example/ada"}, "title": "Rain &amp; sun", "_own": {"a": 1},
        "attachments": [{"url": "https://x.example/a.mp3", "mime_type": "audio/mpeg"}]
    }));
    assert_eq!(read.body, "One.\n\nTwo < three.");
    assert_eq!(read.identity.url, None);
    assert_eq!(read.identity.source_id.as_deref(), Some("7"));
    // Titles of a JSON Feed are plain text.
    assert_eq!(read.title.as_deref(), Some("Rain &amp; sun"));
    assert_eq!(read.metadata.authors, ["Ada Vo"]);
    assert_eq!(read.ext.keys().collect::<Vec<_>>(), ["_own", "attachments", "external_url"]);

    let read = of(&json!({
        "title": "Rain &amp; sun", "title_detail": {"type": "text/html"}, "link": "https://x.example/a", "id": "tag:x,2024:1",
        "authors": [{}], "published": "Thu, 19 Sep 2024 07:45:00 +0100", "published_parsed": [2024], "summary": "Wet [&#8230;]",
        "content": [{"type": "text/html", "value": "<p>Short.</p>"}, {"type": "text/plain", "value": "Longer <b>than that one."}],
        "tags": [{"term": "rain", "scheme": null}], "media_content": [{"medium": "video", "url": "v"}, {"type": "image/png", "url": "i"}]
    }));
    assert_eq!(read.body, "Longer <b>than that one.");
    assert_eq!(read.lede.as_deref(), Some("Wet […]"));
    assert_eq!(read.title.as_deref(), Some("Rain & sun"));
    assert_eq!((read.metadata.authors.len(), read.metadata.tags.join(";").as_str()), (0, "rain"));
    assert_eq!(read.metadata.image.as_deref(), Some("i"));
    assert_eq!(read.warnings, []);
    let plain =
        json!({"title": "a &amp; b", "title_detail": {"type": "text/plain"}, "summary": "<p>One.</p><p>Two.</p>"});
    let read = of(&plain);
    assert_eq!((read.title.as_deref(), read.body.as_str(), read.lede), (Some("a &amp; b"), "One.\n\nTwo.", None));
}

#[test]
fn a_field_of_the_wrong_type_is_told_and_stays() {
    details(
        &json!({"maintext": "Text.", "authors": 7, "title": ["x", "y"], "date_publish": {}, "url": 5, "language": "x"}),
        &[
            "authors: a number where text or a list of names is expected",
            "date_publish: an object where text or a number is expected",
            "language: other text where a language tag is expected",
            "url: a number where text is expected",
            "title: an array where text is expected",
        ],
    );
    details(
        &json!({"text": "Text.", "source-hostname": 1, "source": 2, "tags": true, "author": [3]}),
        &[
            "tags: a boolean where text or a list of names is expected",
            "author: a number where text or a list of names is expected",
            "source-hostname: a number where text is expected",
            "source: a number where text is expected",
        ],
    );
    details(
        &json!({"body": {"summary": 7, "sections": [{"headline": 7, "paragraphs": ["Text.", 8]}, 9]}, "free_access": "x", "images": [{}]}),
        &[
            "body: a number where an object with sections is expected",
            "images: a picture without a URL where a list of pictures is expected",
            "free_access: text where a boolean is expected",
        ],
    );
    details(
        &json!({"content_html": "Text.", "authors": "x", "image": {}, "date_published": []}),
        &["date_published: an array where text or a number is expected", "image: an object where text is expected"],
    );
    details(
        &json!({"uri": 7, "pubstatus": "draft", "bodies": [{"value": "Text."}], "headlines": "x", "subject": 5, "renditions": 8}),
        &[
            "subject: a number where text or a list of names is expected",
            "uri: a number where text is expected",
            "headlines: text where a list of texts is expected",
            "pubstatus: an unknown word where a status is expected",
        ],
    );
    details(
        &json!({"@type": "Article", "articleBody": "Text.", "headline": {}, "datePublished": true, "inLanguage": "x", "image": 5.5}),
        &[
            "datePublished: a boolean where text or a number is expected",
            "inLanguage: other text where a language tag is expected",
            "headline: an object where text is expected",
        ],
    );
    refused(&record(r#"{"maintext": 7}"#), RejectReason::Empty, "maintext: a number where text is expected");
    refused(&record(r#"{"uri": "urn:x:1", "bodies": 7}"#), RejectReason::Empty, "bodies: a number where");
}

#[test]
fn agencies_take_articles_back() {
    let taken_back = |value: Value| match read(&record(value.to_string()), &Limits::default()) {
        Ok(Intake::Retraction(retraction)) => retraction.identity.id,
        other => panic!("not taken back: {value}: {other:?}"),
    };
    let named = ArticleId::of_urn("urn:newsml:x.example:1");
    for status in ["canceled", "withheld", "Canceled"] {
        assert_eq!(taken_back(json!({"uri": "urn:newsml:x.example:1", "pubstatus": status})), named);
        assert_eq!(
            taken_back(json!({"guid": "urn:newsml:x.example:1", "pubStatus": status, "body_html": "Text."})),
            named
        );
    }
    assert_eq!(
        taken_back(json!({"@type": "NewsArticle", "url": "https://x.example/a", "creativeWorkStatus": "Retracted"})),
        ArticleId::of_url("https://x.example/a")
    );
}

#[test]
fn a_record_of_many_articles_is_refused_with_their_number() {
    use RejectReason::{MalformedJson, Unsupported};
    let refuse = |value: Value, detail: &str| refused(&record(value.to_string()), Unsupported, detail);
    let one = json!({"@type": "NewsArticle", "articleBody": "Text."});
    refuse(json!([one, one, one]), "a JSON-LD array with 3 articles, where one record holds one");
    refuse(json!({"@graph": [one, one]}), "JSON-LD with 2 articles, where one record holds one");
    refuse(json!({"@graph": [{"@type": "WebSite"}]}), "JSON-LD without an article");
    refuse(json!([]), "a JSON array of length 0, where one record holds one article");
    refuse(json!([{"text": "Text."}, {"text": "Text."}]), "a JSON array of length 2");
    refuse(
        json!({"version": "https://jsonfeed.org/version/1.1", "items": [one]}),
        "a JSON Feed of 1 items, where one record holds one",
    );
    refuse(json!({"bozo": false, "feed": {}, "entries": [1, 2]}), "a feed of 2 entries, where one record holds one");
    refused(&record(r#"[{"@type": "NewsArticle"}"#), MalformedJson, "line 1 column");
    assert_eq!(of(&json!([one])).dialect, Dialect::JsonLd);
    assert_eq!(of(&json!([{"@graph": [one, {"@type": "WebSite"}]}])).body, "Text.");
}
