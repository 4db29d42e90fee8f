//! The page that says how a language is added, held true: its example is a language file and cases that are read.

use wiredesk::enrich::date::Tagger;

use crate::article::{article, language as language_of};
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
        let article = article(case.text.clone(), &case.anchor);
        score.add(case, &tagger.tag(&article, &language_of("eo")).mentions);
    }
    assert_eq!((score.value(), score.clean()), (1000, 1000), "{score}");
}
