//! The tagger as a whole: tables a language, publication dates, and properties that hold of any text.

mod clocks;
mod counts;
mod languages;
mod properties;
mod publication;
mod wording;

use std::sync::LazyLock;

use serde_json::Map;

use super::{Dates, Tagger};
use crate::article::{Article, Identity, Metadata};
use crate::event::{
    ArticleId, Dialect, Furniture, FurnitureRole, IdBasis, Language, LanguageBasis, LanguageTag, Score,
};

static TAGGER: LazyLock<Tagger> = LazyLock::new(Tagger::new);

fn article(body: &str, published_at: Option<&str>) -> Article {
    Article {
        identity: Identity {
            id: ArticleId::of_urn("urn:test"),
            basis: IdBasis::Urn,
            source_id: None,
            url: None,
            canonical_url: None,
        },
        dialect: Dialect::Native,
        value_sha256: String::new(),
        metadata: Metadata { published_at: published_at.map(str::to_owned), ..Metadata::default() },
        title: None,
        lede: None,
        body: body.to_owned(),
        furniture: Vec::new(),
        origin: Vec::new(),
        warnings: Vec::new(),
        ext: Map::new(),
    }
}

fn with_marker(mut article: Article, text: &str) -> Article {
    article.furniture.push(Furniture { role: FurnitureRole::DateMarker, text: text.to_owned(), at: 0 });
    article
}

fn language(tag: &str) -> Language {
    Language {
        tag: LanguageTag::parse(tag).unwrap_or_else(LanguageTag::undetermined),
        script: None,
        confidence: Score::new(1.0),
        reliable: true,
        basis: LanguageBasis::Text,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}

fn tag(tag: &str, article: &Article) -> Dates {
    TAGGER.tag(article, &language(tag))
}

/// Tags a text and compares each mention's words and value.
#[track_caller]
fn check(language: &str, published_at: Option<&str>, text: &str, expected: &[(&str, &str)]) {
    let dates = tag(language, &article(text, published_at));
    let found: Vec<_> = dates.mentions.iter().map(|mention| (mention.text.as_str(), mention.value.as_str())).collect();
    assert_eq!(found, expected, "{language}: {text}");
    for mention in &dates.mentions {
        let slice: String =
            text.chars().skip(mention.start as usize).take((mention.end - mention.start) as usize).collect();
        assert_eq!(slice, mention.text, "{language}: {text}");
    }
}
