//! What comes out goes in again: the clean text of an event, sent as text, as markup and as a page, is the same article,
//! and nothing more is lifted out of it.

use std::path::Path;

use serde_json::json;
use wiredesk::event::{Dialect, Event};

use crate::promises;

/// One way of sending an article.
type Writer = fn(&Article) -> String;

struct Article {
    url: String,
    title: String,
    body: String,
}

impl Article {
    fn markup(&self) -> String {
        let paragraphs = self.body.lines().map(str::trim).filter(|line| !line.is_empty());
        paragraphs.map(|paragraph| format!("<p>{}</p>", escaped(paragraph))).collect()
    }

    fn as_text(&self) -> String {
        json!({"url": self.url, "title": self.title, "body": self.body}).to_string()
    }

    fn as_markup(&self) -> String {
        let day = "2024-09-30T08:00:00Z";
        json!({"id": self.url, "url": self.url, "title": self.title, "content_html": self.markup(), "date_published": day})
            .to_string()
    }

    fn as_page(&self) -> String {
        let (title, url, markup) = (escaped(&self.title), &self.url, self.markup());
        let head = format!("<title>{title}</title><link rel=canonical href=\"{url}\">");
        format!(
            "<!doctype html><html><head>{head}</head><body><article><h1>{title}</h1>{markup}</article></body></html>"
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The events of the samples that have a title of their own.
fn articles() -> Vec<(String, Article)> {
    let mut articles = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/expected");
    for entry in std::fs::read_dir(folder).expect("the expected events").filter_map(Result::ok) {
        let text = std::fs::read_to_string(entry.path()).expect("readable");
        let Ok(event) = serde_json::from_str::<Event>(&text) else { continue };
        let (Some(title), Some(body)) = (event.title, event.body) else { continue };
        let url = format!("https://desk.example/{}", articles.len());
        articles.push((entry.file_name().to_string_lossy().into_owned(), Article { url, title, body }));
    }
    assert!(articles.len() > 15, "only {} articles", articles.len());
    articles
}

#[test]
fn what_comes_out_goes_in_again() {
    let ways: [(Dialect, Writer); 3] = [
        (Dialect::Native, Article::as_text),
        (Dialect::JsonFeed, Article::as_markup),
        (Dialect::Html, Article::as_page),
    ];
    for (name, article) in articles() {
        for (dialect, written) in ways {
            let event = promises::event(&written(&article)).expect("an event");
            assert_eq!(event.provenance.dialect, dialect, "{name}");
            assert_eq!(event.title.as_deref(), Some(article.title.as_str()), "{name} as {dialect:?}");
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let body = event.body.as_deref().unwrap_or_default();
            assert_eq!(words(body), words(&article.body), "{name} as {dialect:?}");
            assert_eq!(event.furniture, [], "{name} as {dialect:?}");
            assert_eq!(event.source.canonical_url.as_deref(), Some(article.url.as_str()), "{name} as {dialect:?}");
        }
    }
}
