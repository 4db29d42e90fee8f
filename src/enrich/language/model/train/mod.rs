//! The trainer: labelled lines in, the model's file out. The same lines give the same bytes.

mod calibrate;
mod corpus;
mod fit;
mod vary;

use self::corpus::Group;
use self::fit::{Matrix, Task};
use super::features::Detail;
use super::weights::{
    Calibration, Content, LANGUAGES_MAX, LENGTHS, LEVELS, Row, SIBLINGS_MAX, SiblingRow, Weights, write,
};
use crate::enrich::training;
use crate::event::Script;

/// Two to this power buckets for each language of a script, but no more than to that one: what a language adds of its
/// own to a table of many is less.
const BITS_OF_LANGUAGE: u32 = 11;
const BITS_MAX: u32 = 17;

/// Two to this power buckets for a family.
const BITS_OF_FAMILY: u32 = 16;

/// A doubted line is learnt from if the other lines make its language likelier than this.
const AGREED_MIN: f32 = 0.1;

/// Makes a model's file of `corpus`, lines of `language<TAB>text<TAB>source`, and `siblings`, lines of
/// `languages<TAB>words`. `report` is told how far it is, in sentences.
#[must_use]
pub fn train(corpus: &str, siblings: &str, mut report: impl FnMut(&str)) -> Vec<u8> {
    let groups = corpus::read(corpus, siblings);
    let (mut tables, mut families) = (Vec::new(), Vec::new());
    for group in &groups {
        report(&format!("{:?}: {} lines of {}", group.script, group.lines.len(), group.languages.join(" ")));
        let own = group.families();
        tables.push(table(group, &own, &mut report));
        for places in own {
            let part = group.part(&places);
            report(&format!("{} lines of {}", part.lines.len(), part.languages.join(" ")));
            families.push(family(&part, &mut report));
        }
    }
    let matrices = tables.iter().chain(&families).flat_map(|(.., matrix)| matrix.values.iter().copied());
    let scale = training::scale(matrices);
    let tables: Vec<Content<Row>> = tables.into_iter().map(|it| content(it, |matrix| matrix.stored(scale))).collect();
    let families: Vec<Content<SiblingRow>> =
        families.into_iter().map(|it| content(it, |matrix| matrix.stored_whole(scale))).collect();
    let nothing = vec![Calibration([[0; LEVELS]; LENGTHS]); 1 + families.len()];
    let raw = write(scale, &nothing, &tables, &families);
    let model = Weights::read(&raw).expect("it was written above");
    let calibrations = calibrate::calibrate(&model, &groups);
    write(scale, &calibrations, &tables, &families)
}

type Fitted = (Script, Vec<String>, Matrix);

/// The languages of a script, siblings under the tag of the first of them.
fn table(group: &Group, families: &[Vec<usize>], report: &mut impl FnMut(&str)) -> Fitted {
    let first = |place: usize| families.iter().find(|family| family.contains(&place)).map_or(place, |family| family[0]);
    let firsts: Vec<usize> = (0..group.languages.len()).filter(|place| first(*place) == *place).collect();
    assert!(firsts.len() <= LANGUAGES_MAX, "a language's place is stored in a byte");
    let class = |place| firsts.binary_search(&first(place)).expect("the first of a family is its own first");
    let classes = (0..group.languages.len()).map(class).collect();
    let bits = (BITS_OF_LANGUAGE + firsts.len().next_power_of_two().ilog2()).min(BITS_MAX);
    let task = Task { group, classes, detail: Detail::Coarse, bits };
    let matrix = fit::fit(&task, |pass, loss| report(&format!("pass {pass}: loss {loss:.4}")));
    (group.script, firsts.into_iter().map(|place| group.languages[place].clone()).collect(), matrix)
}

/// The languages of a family.
fn family(group: &Group, report: &mut impl FnMut(&str)) -> Fitted {
    assert!(group.languages.len() <= SIBLINGS_MAX, "a row has no more weights");
    let mut fit = |group: &Group| {
        let task =
            Task { group, classes: (0..group.languages.len()).collect(), detail: Detail::Fine, bits: BITS_OF_FAMILY };
        fit::fit(&task, |pass, loss| report(&format!("pass {pass}: loss {loss:.4}")))
    };
    if group.doubted.is_empty() {
        return (group.script, group.languages.clone(), fit(group));
    }
    let trusted = group.without_doubted(|_, _| false);
    let judge = fit(&trusted);
    let likely = |language, line: &str| judge.probability(group.script, Detail::Fine, line, language);
    let agreed = group.without_doubted(|language, line| likely(language, line) > AGREED_MIN);
    let matrix = fit(&agreed);
    let [all, agreed] = [group, &agreed].map(|group| group.lines.len() - trusted.lines.len());
    report(&format!("{agreed} of {all} doubted lines learnt from"));
    (group.script, group.languages.clone(), matrix)
}

fn content<R>((script, languages, matrix): Fitted, rows: impl Fn(&Matrix) -> Vec<R>) -> Content<R> {
    Content { script, languages, rows: rows(&matrix) }
}
