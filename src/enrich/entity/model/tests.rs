//! The file that the program carries, the chain, and the trainer on a corpus of own sentences.

use super::chain::{Chain, Links};
use super::features::Sink;
use super::labels::{INSIDE, OUTSIDE, WEIGHTS, label, may_follow};
use super::train::{self, Licence, Sentence, Settings};
use super::weights::{LINE_BYTES, Line, Weights, place, write};
use super::*;

#[test]
fn the_program_carries_a_whole_file() {
    let model = Weights::read(FILE).expect("a model");
    assert!(model.scale > 0.0 && model.lines.len() >= 1 << 17);
    assert!(FILE.len() < 20 << 20);
}

#[test]
fn a_file_that_is_cut_or_of_another_version_is_refused() {
    assert!(Weights::read(b"").is_none());
    assert!(Weights::read(&FILE[..FILE.len() - 1]).is_none());
    assert!(Weights::read(&FILE[1..]).is_none());
    assert!(Weights::read(b"WDENTS0\n").is_none());
}

#[test]
fn a_feature_has_its_own_weights_and_no_others() {
    let mut lines: Vec<Line> = vec![[0; LINE_BYTES]; 1 << 17];
    let (line, tag) = place(0xABCD_1234, 17);
    lines[line][2..4].copy_from_slice(&tag.to_le_bytes());
    lines[line][weights::WEIGHTS_AT + WEIGHTS] = -5i8 as u8;
    let file = write(1.0, [0.0, 0.0], &[[0.0; LABELS]; LABELS], &lines);
    let model = Weights::read(&file).expect("a model");
    let sums = |feature| {
        let (mut features, mut sums) = (weights::Features::of(&model), [0; WEIGHTS]);
        features.take(0, feature);
        model.add(&features, &mut sums);
        sums[0]
    };
    assert_eq!([sums(0xABCD_1234), sums(0xABCD_1235), sums(0xABCD_9234), sums(0)], [-5, 0, 0, 0]);
}

#[test]
fn labels_follow_as_names_are_built() {
    let [person, place] = [Class::Person, Class::Place];
    let check = |before, after, expected| assert_eq!(may_follow(before, after), expected, "{before} {after}");
    check(OUTSIDE, OUTSIDE, true);
    check(OUTSIDE, label(person, BEGIN), true);
    check(OUTSIDE, label(person, LAST), false);
    check(label(person, BEGIN), label(person, INSIDE), true);
    check(label(person, BEGIN), label(person, LAST), true);
    check(label(person, BEGIN), label(place, LAST), false);
    check(label(person, INSIDE), OUTSIDE, false);
    check(label(person, LAST), label(place, BEGIN), true);
    check(label(place, ONLY), label(place, ONLY), true);
}

/// Every row of labels that is allowed for so many units.
fn rows(len: usize) -> Vec<Vec<u8>> {
    let mut rows = vec![vec![OUTSIDE]];
    for _ in 0..len {
        let longer = |row: &Vec<u8>| {
            let last = row[row.len() - 1];
            let next = (0..LABELS as u8).filter(move |label| may_follow(last, *label));
            next.map(|label| row.iter().copied().chain([label]).collect()).collect::<Vec<_>>()
        };
        rows = rows.iter().flat_map(longer).collect();
    }
    rows.retain(|row| may_follow(row[len], OUTSIDE));
    rows.into_iter().map(|row| row[1..].to_vec()).collect()
}

#[test]
fn the_chain_finds_the_best_row_and_how_likely_its_parts_are() {
    // Any numbers, as long as they differ.
    let number = |seed: usize| ((seed * 7919) % 101) as f32 / 25.0 - 2.0;
    let links = Links::new(std::array::from_fn(|a| std::array::from_fn(|b| number(a * 31 + b))));
    let scores: Vec<Scores> = (0..3).map(|at| std::array::from_fn(|label| number(1000 + at * 17 + label))).collect();
    let score = |row: &[u8]| {
        let ends: Vec<usize> = [OUTSIDE].iter().chain(row).chain(&[OUTSIDE]).map(|label| usize::from(*label)).collect();
        // A stretch's last link is to what is outside, which the chain counts too.
        ends.windows(2).map(|pair| links.scores[pair[0]][pair[1]]).sum::<f32>()
            + row.iter().zip(&scores).map(|(label, own)| own[usize::from(*label)]).sum::<f32>()
    };
    let rows = rows(3);
    let best = rows.iter().max_by(|a, b| score(a).total_cmp(&score(b))).expect("a row");
    let (mut chain, mut labels) = (Chain::default(), Vec::new());
    chain.label(&links, &scores, &mut labels);
    assert_eq!(&labels, best);
    chain.sum(&links, &scores);
    let all: f32 = rows.iter().map(|row| score(row).exp()).sum();
    for (first, len) in [(0, 3), (0, 1), (1, 2), (2, 1)] {
        let part = &best[first..first + len];
        let own = rows.iter().filter(|row| &row[first..first + len] == part).map(|row| score(row).exp());
        let likelihood = chain.likelihood(&links.factors, first, part);
        assert!((likelihood - own.sum::<f32>() / all).abs() < 1e-3, "{first} {len}");
    }
}

/// A corpus of own lines: too small for a good model, large enough for names of just these kinds.
fn corpus() -> Vec<Sentence> {
    let mut lines = String::new();
    for (given, family) in [("Anna", "Berg"), ("Olga", "Lund"), ("Peter", "Holm"), ("Karin", "Dahl"), ("Nils", "Ek")] {
        for (town, verb) in [("Brokvik", "visited"), ("Sandnes", "left"), ("Torsby", "praised"), ("Malvik", "saw")] {
            let text = format!("Yesterday {given} {family} {verb} the town of {town} again.");
            let name = 10 + given.len() + 1 + family.len();
            let place = text.find(town).expect("it is there");
            lines.push_str(&format!(
                "{{\"lang\":\"en\",\"set\":\"wikigold\",\"text\":\"{text}\",\"spans\":[{{\"start\":10,\"end\":{name},\"type\":\"PER\"}},\
                 {{\"start\":{place},\"end\":{},\"type\":\"LOC\"}}]}}\n",
                place + town.len()
            ));
        }
    }
    lines.push_str("this line is no JSON\n");
    train::sentences(&lines)
}

#[test]
fn the_same_sentences_make_the_same_file() {
    let lexicon = crate::lexicon::Lexicon::parse(&[]).expect("an empty lexicon");
    let settings = Settings { bits: 18, line_bits: 17, passes: 20, passes_alone: 12, ..Settings::default() };
    let raw = train::raw_sentences("da\tI går besøgte Anna Berg byen Malvik igen.\tleipzig\nbroken line\n");
    assert_eq!((corpus().len(), raw.len()), (20, 1));
    let mut told = 0;
    let file = train::train(&corpus(), &raw, &lexicon, &settings, |_| told += 1);
    assert!(told > 0 && file == train::train(&corpus(), &raw, &lexicon, &settings, |_| ()));
    let unseen = "Yesterday Karin Holm left the town of Gransvik again.";
    let case = format!("{{\"lang\":\"en\",\"set\":\"wikigold\",\"text\":\"{unseen}\",\"spans\":[]}}");
    let found = train::judge(&file, &train::sentences(&case), &lexicon);
    let names: Vec<_> = found[0].iter().map(|(start, end, class, _)| (&unseen[*start..*end], *class)).collect();
    assert_eq!(names, [("Karin Holm", Class::Person), ("Gransvik", Class::Place)]);
}

#[test]
fn licences_keep_corpora_apart() {
    let check = |set, permissive, share_alike| {
        assert_eq!(
            (Licence::Permissive.allows(set), Licence::ShareAlike.allows(set)),
            (permissive, share_alike),
            "{set}"
        );
    };
    check("wikigold", true, true);
    check("klue", false, true);
    check("ud-gsd-fr", false, true);
    check("leipzig", true, true);
    check("of no table", false, false);
}
