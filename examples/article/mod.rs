//! An article that is nothing but its text, for trying a tagger alone: `tests/dates` does so, too.

use wiredesk::article::{Article, Identity, Metadata};
use wiredesk::event::{ArticleId, Dialect, IdBasis, Language, LanguageBasis, LanguageTag, Score};

/// An article of this body, published on a day.
pub(crate) fn article(body: String, published: &str) -> Article {
    Article {
        identity: Identity {
            id: ArticleId::of_urn("urn:example:measure"),
            basis: IdBasis::Urn,
            source_id: None,
            url: None,
            canonical_url: None,
        },
        dialect: Dialect::Native,
        value_sha256: String::new(),
        metadata: Metadata { published_at: Some(published.to_owned()), ..Metadata::default() },
        title: None,
        lede: None,
        body,
        furniture: Vec::new(),
        origin: Vec::new(),
        warnings: Vec::new(),
        ext: serde_json::Map::new(),
    }
}

/// The language of this tag, as surely as can be.
pub(crate) fn language(tag: &str) -> Language {
    Language {
        tag: LanguageTag::parse(tag).expect("files are named by language tags"),
        script: None,
        confidence: Score::new(1.0),
        reliable: true,
        basis: LanguageBasis::Text,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}
