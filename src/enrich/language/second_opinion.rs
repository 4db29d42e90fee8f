//! A second opinion where the model leaves two languages open: whatlang's, on these two alone.
//!
//! It has learnt from other texts, and knows nothing of Bosnian, Malay or Galician: asked freely it would name their
//! siblings, asked between two languages that it knows it is right more often than not. What needed a second opinion
//! never becomes surer by it.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use crate::event::LanguageTag;

/// How much likelier whatlang's word makes the language that it chooses, in log-odds.
const OPINION: f64 = 0.7;

/// Languages that the model gives less are not open.
const OPEN_MIN: f64 = 0.001;

/// Weighs the two likeliest of `answers`, languages and their probabilities, the likeliest first, once more.
pub(super) fn weigh(answers: &mut [(&'static str, f64)], windows: &[String]) {
    let [first, second, ..] = answers else { return };
    let (Some(one), Some(other)) = (known(first.0), known(second.0)) else { return };
    if second.1 < OPEN_MIN {
        return;
    }
    let Some(chosen) = Detector::with_allowlist(vec![one, other]).detect_lang(&windows.concat()) else { return };
    let both = first.1 + second.1;
    let odds = (first.1 / second.1).ln() + if chosen == one { OPINION } else { -OPINION };
    first.1 = both / (1.0 + (-odds).exp());
    second.1 = both - first.1;
    if first.1 < second.1 {
        std::mem::swap(first, second);
    }
}

/// The languages that whatlang knows, by their tags; its own names are ISO 639-3 codes. Serbian it knows in Cyrillic
/// letters alone.
static KNOWN: LazyLock<Vec<(LanguageTag, Lang)>> = LazyLock::new(|| {
    let known = Lang::all().iter().filter(|lang| **lang != Lang::Srp);
    known.map(|lang| (super::parse(lang.code()), *lang)).collect()
});

fn known(tag: &str) -> Option<Lang> {
    KNOWN.iter().find(|(own, _)| own.as_str() == tag).map(|(_, lang)| *lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answers: &[(&'static str, f64)], text: &str, expected: &[&str]) {
        let mut weighed = answers.to_vec();
        weigh(&mut weighed, &[text.to_owned()]);
        let tags: Vec<&str> = weighed.iter().map(|(tag, _)| *tag).collect();
        assert_eq!(tags, expected, "{text}");
        let sum = |answers: &[(&str, f64)]| answers.iter().map(|(_, probability)| probability).sum::<f64>();
        assert!((sum(&weighed) - sum(answers)).abs() < 1e-9, "{weighed:?}");
    }

    #[test]
    fn it_decides_between_two_that_are_close() {
        let polish = "Rada gminy przyjęła w czwartek nowy plan dla rynku i dworca.";
        check(&[("cs", 0.52), ("pl", 0.48)], polish, &["pl", "cs"]);
        check(&[("pl", 0.52), ("cs", 0.48)], polish, &["pl", "cs"]);
        check(&[("cs", 0.9), ("pl", 0.1)], polish, &["cs", "pl"]);
    }

    #[test]
    fn it_is_not_asked_about_what_it_does_not_know() {
        check(&[("ms", 0.5), ("id", 0.5)], "Pemerintah mengatakan bahwa polisi datang.", &["ms", "id"]);
        check(&[("hr", 0.5), ("sr", 0.5)], "Vlada je rekla da dolazi policija.", &["hr", "sr"]);
        check(&[("pl", 0.52), ("cs", 0.48)], "", &["pl", "cs"]);
        check(&[("hr", 1.0)], "", &["hr"]);
        check(&[], "", &[]);
    }
}
