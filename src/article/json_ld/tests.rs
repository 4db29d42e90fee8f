use serde_json::json;

use super::*;
use crate::article::Metadata;
use crate::article::parsed::Body;

fn document(value: Value) -> Document {
    let mut document = Document::default();
    document.add(value);
    document
}

fn text_of(draft: &Draft) -> Option<String> {
    draft.body.as_ref().map(|body| match body {
        Body::Text(text) => text.clone(),
        Body::Blocks(blocks) => blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n"),
    })
}

#[track_caller]
fn draft(value: Value) -> Draft {
    let document = document(value);
    assert_eq!(document.articles().len(), 1);
    document.read(0).expect("an article")
}

#[test]
fn finds_articles() {
    let check =
        |value: Value, expected: usize| assert_eq!(document(value.clone()).articles().len(), expected, "{value}");
    check(json!({"@type": "NewsArticle"}), 1);
    check(json!({"@type": ["Thing", "https://schema.org/ReportageNewsArticle"]}), 1);
    check(json!({"@type": "schema:BlogPosting"}), 1);
    check(json!({"@type": "Product"}), 0);
    check(json!({"headline": "Rain"}), 0);
    check(json!([{"@type": "Article"}, {"@type": "WebSite"}]), 1);
    check(json!([{"@type": "Article"}, [{"@type": "Report"}]]), 2);
    check(json!({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": "Article"}]}), 1);
    check(json!({"@type": "WebPage", "mainEntity": {"@type": "Article"}}), 1);
    check(json!({"@type": "ItemList", "itemListElement": [{"@type": "Article"}]}), 0);
    check(json!({"@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": "BlogPosting"}]}), 1);
    check(json!("NewsArticle"), 0);
    check(json!({"@type": {"@type": "Article"}}), 0);
    assert!(TYPES.is_sorted());
}

#[test]
fn reads_an_article() {
    let draft = draft(json!({
        "@context": "https://schema.org", "@type": "NewsArticle", "@id": "https://news.example/a#article",
        "headline": "Rain &amp; sun", "description": "<p>Wet.</p>",
        "articleBody": "It rained.&nbsp;\n\nThen it stopped.",
        "author": [{"@type": "Person", "name": "Ada Vo"}, "Bo Li"], "publisher": {"@type": "Organization", "name": "Example"},
        "image": {"@type": "ImageObject", "url": "https://news.example/i.jpg", "width": 100},
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://news.example/a"},
        "datePublished": "2024-06-12T17:40:00+03:00", "dateModified": ["2024-06-13"],
        "inLanguage": {"@type": "Language", "name": "Vietnamese", "alternateName": "vi"},
        "keywords": "rain, sun", "articleSection": ["Weather"], "license": {"url": "https://l.example/cc"},
        "isAccessibleForFree": true, "version": 3
    }));
    assert_eq!(draft.warnings, []);
    assert_eq!(draft.source_id.as_deref(), Some("https://news.example/a#article"));
    assert_eq!(draft.url.as_deref(), Some("https://news.example/a"));
    assert_eq!(draft.title.as_deref(), Some("Rain & sun"));
    assert_eq!(draft.lede.as_deref(), Some("Wet."));
    assert_eq!(text_of(&draft).as_deref(), Some("It rained.\u{A0}\n\nThen it stopped."));
    assert_eq!(
        draft.metadata,
        Metadata {
            authors: vec!["Ada Vo".into(), "Bo Li".into()],
            published_at: Some("2024-06-12T17:40:00+03:00".into()),
            modified_at: Some("2024-06-13".into()),
            fetched_at: None,
            language: crate::event::LanguageTag::parse("vi"),
            publisher: Some("Example".into()),
            tags: vec!["rain".into(), "sun".into(), "Weather".into()],
            image: Some("https://news.example/i.jpg".into()),
            rights: Some("https://l.example/cc".into()),
            version: Some("3".into()),
        }
    );
    let keys: Vec<_> = draft.ext.keys().map(String::as_str).collect();
    assert_eq!(keys, ["@context", "@type", "isAccessibleForFree"]);
}

#[test]
fn follows_references_in_a_graph() {
    let draft = draft(json!({"@context": "https://schema.org", "@graph": [
        {"@type": "NewsArticle", "headline": "Rain", "articleBody": "It rained.", "author": [{"@id": "#ada"}, {"@id": "#ada"}],
         "publisher": {"@id": "#org"}, "image": {"@id": "#i"}, "isPartOf": {"@id": "#page"},
         "mainEntityOfPage": {"@id": "#page"}},
        {"@type": "WebPage", "@id": "#page", "url": "https://news.example/a"},
        {"@type": "Person", "@id": "#ada", "name": "Ada Vo"},
        {"@type": "Organization", "@id": "#org", "name": "Example"},
        {"@type": "ImageObject", "@id": "#i", "contentUrl": "https://news.example/i.jpg", "caption": "The rain"}
    ]}));
    assert_eq!(draft.metadata.authors, ["Ada Vo"]);
    assert_eq!(draft.metadata.publisher.as_deref(), Some("Example"));
    assert_eq!(draft.metadata.image.as_deref(), Some("https://news.example/i.jpg"));
    assert_eq!(draft.url.as_deref(), Some("https://news.example/a"));
    assert_eq!(draft.ext["@graph"].as_array().map(Vec::len), Some(4));
    assert_eq!(draft.warnings, []);
}

#[test]
fn authors_come_in_many_shapes() {
    let check = |author: Value, expected: &[&str], warnings: usize| {
        let draft = draft(json!({"@type": "Article", "articleBody": "Text.", "author": author}));
        assert_eq!(draft.metadata.authors, expected, "{author}");
        assert_eq!(draft.warnings.len(), warnings, "{author}: {:?}", draft.warnings);
    };
    check(json!("Ada Vo"), &["Ada Vo"], 0);
    check(json!("Ada Vo; Bo Li"), &["Ada Vo", "Bo Li"], 0);
    check(json!({"name": "Ada Vo"}), &["Ada Vo"], 0);
    check(json!({"name": ["Ada Vo"]}), &[], 1);
    check(json!([{"name": "Ada Vo"}, null, {"name": null}]), &["Ada Vo"], 0);
    check(json!(["https://people.example/ada", "Bo Li"]), &["Bo Li"], 1);
    check(json!({"@id": "https://people.example/ada"}), &[], 1);
    check(json!(7), &["7"], 0);
    check(json!(true), &[], 1);
    check(json!(null), &[], 0);
}

#[test]
fn a_body_may_be_markup_or_a_list() {
    let check = |body: Value, expected: &str| {
        let draft = draft(json!({"@type": "Article", "articleBody": body}));
        assert_eq!(text_of(&draft).as_deref(), Some(expected), "{body}");
    };
    check(json!("<p>One.</p><p>Two &amp; three.</p>"), "One.\n\nTwo & three.");
    check(json!(["One.", "Two."]), "One.\n\nTwo.");
    check(json!({"@value": "One.", "@language": "en"}), "One.");
    let live = json!({"@type": "LiveBlogPosting", "liveBlogUpdate": [
        {"@type": "BlogPosting", "headline": "One", "articleBody": "Text."}, {"articleBody": "More."}, 7
    ]});
    assert_eq!(text_of(&draft(live)).as_deref(), Some("One\n\nText.\n\nMore."));
}

#[test]
fn the_page_of_a_main_entity_gives_what_is_missing() {
    let draft = draft(json!({"@type": "WebPage", "url": "https://news.example/a", "inLanguage": "vi", "name": "Page",
        "mainEntity": {"@type": "Article", "articleBody": "Text.", "inLanguage": "en"}}));
    assert_eq!(draft.url.as_deref(), Some("https://news.example/a"));
    assert_eq!(draft.metadata.language.as_ref().map(|tag| tag.as_str()), Some("en"));
    assert_eq!(draft.title, None);
}

#[test]
fn names_that_are_not_the_articles_own() {
    let check = |field: &str, value: Value, id: Option<&str>, url: Option<&str>| {
        let mut article = json!({"@type": "Article", "articleBody": "Text."});
        article[field] = value;
        let draft = draft(article.clone());
        assert_eq!((draft.source_id.as_deref(), draft.url.as_deref()), (id, url), "{article}");
        assert_eq!(draft.warnings, []);
    };
    check("@id", json!("https://news.example/#article"), None, None);
    check("@id", json!("#article"), None, None);
    check("@id", json!("_:b0"), None, None);
    check("@id", json!("https://news.example/a/#article"), Some("https://news.example/a/#article"), None);
    check("identifier", json!({"@type": "PropertyValue", "value": 4711}), Some("4711"), None);
    check("mainEntityOfPage", json!(true), None, None);
    check("mainEntityOfPage", json!("True"), None, None);
    check("mainEntityOfPage", json!("https://news.example/a"), None, Some("https://news.example/a"));
}

#[test]
fn many_references_to_a_large_node_stay_small() {
    let large = "x".repeat(100_000);
    let references: Vec<Value> = (0..10_000).map(|_| json!({"@id": "#a"})).collect();
    let draft = draft(json!({"@graph": [
        {"@type": "Article", "articleBody": references, "author": references, "keywords": references},
        {"@id": "#a", "name": large, "@value": "Text."}
    ]}));
    assert_eq!(draft.metadata.authors.len(), 1);
}
