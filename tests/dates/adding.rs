//! The page that says how a language is added, held true: its example is a language file and cases that are read.

use wiredesk::article::{Article, Identity, Metadata};
use wiredesk::enrich::date::Tagger;
use wiredesk::event::{ArticleId, Dialect, IdBasis, Language, LanguageBasis, LanguageTag, Score as Sureness};

use crate::case::{self, Case};
use crate::score::Score;

const PAGE: &str = include_str!("../../docs/adding-a-language.md");

/// What stands between the fences of the page.
fn examples() -> Vec<&'static str> {
    PAGE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_example_language_reads_its_example_sentences() {
    let [language, cases] = examples()[..] else { panic!("the page shows a language file and its cases") };
    let tagger = Tagger::with_languages(vec![("eo".to_owned(), language.to_owned())]).expect("a language file");
    let mut score = Score::default();
    let cases: Vec<Case> = case::parse("eo", cases).expect("cases");
    assert!(cases.iter().any(|case| case.dates.is_empty()), "some without a date");
    for case in &cases {
        score.add(case, &tagger.tag(&article(case), &tag("eo")).mentions);
    }
    assert_eq!((score.value(), score.clean()), (1000, 1000), "{score}");
}

fn article(case: &Case) -> Article {
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
        metadata: Metadata { published_at: Some(case.anchor.clone()), ..Metadata::default() },
        title: None,
        lede: None,
        body: case.text.clone(),
        furniture: Vec::new(),
        origin: Vec::new(),
        warnings: Vec::new(),
        ext: serde_json::Map::new(),
    }
}

fn tag(tag: &str) -> Language {
    Language {
        tag: LanguageTag::parse(tag).expect("a tag"),
        script: None,
        confidence: Sureness::new(1.0),
        reliable: true,
        basis: LanguageBasis::Text,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}
