//! The file that the program carries.

use super::*;

#[test]
fn the_program_carries_a_whole_file() {
    assert!(Weights::read(FILE).is_some());
    assert!(tags().count() > 140);
    assert!(are_kin("sr", "hr", Script::Latn) && !are_kin("sr", "bg", Script::Cyrl));
    assert!(writes("sr", Script::Latn) == Some(true) && writes("hr", Script::Cyrl) == Some(false));
    assert!(FILE.len() < 12 << 20);
}

#[test]
fn a_file_that_is_cut_or_of_another_version_is_refused() {
    assert!(Weights::read(b"").is_none());
    assert!(Weights::read(&FILE[..FILE.len() - 1]).is_none());
    assert!(Weights::read(&FILE[1..]).is_none());
    assert!(Weights::read(b"WDLANG0\n").is_none());
}

/// A corpus of own lines: too small for a good model, large enough to tell these lines apart.
fn corpus() -> String {
    let danish =
        ["jeg hedder ikke noget", "hvad sagde hun efter mødet", "der blev meget at se", "nogle af dem gik hjem"];
    let bokmal = ["jeg heter ikke noe", "hva sa hun etter møtet", "det ble mye å se", "noen av dem gikk hjem"];
    let english =
        ["the river is wide", "she said that it was late", "we will go there with them", "this is what they had"];
    let french =
        ["la rivière est large", "elle a dit que c'était tard", "nous irons là avec eux", "voilà ce qu'ils avaient"];
    let mut lines = String::new();
    for round in 0..30 {
        for (language, texts) in [("da", danish), ("en", english), ("fr", french), ("nb", bokmal)] {
            for text in texts {
                lines.push_str(&format!("{language}\t{text} {}\tudhr\n", "abcdefghij".split_at(round % 10).1));
            }
        }
    }
    lines + "xx\tof a source that may not be learnt from\tunknown\n"
}

#[test]
fn the_same_lines_make_the_same_file() {
    let siblings = "# a comment\nen\tthe which with\nfr\tle la avec\n";
    let mut told = 0;
    let file = train::train(&corpus(), siblings, |_| told += 1);
    assert!(told > 0 && file == train::train(&corpus(), siblings, |_| ()));
    let model = Weights::read(&file).expect("a model");
    let tables: Vec<_> = model.tables().iter().map(|table| (table.script, table.languages.as_slice())).collect();
    assert_eq!(tables, [(Script::Latn, ["da", "en", "fr"].as_slice())]);
    let piece = Piece::read(&model, "ils avaient dit que la rivière est là", Script::Latn);
    assert_eq!(answers(&model, &[&piece])[0].tag, "fr");
    let piece = Piece::read(&model, "noen sa at det ble mye etter møtet", Script::Latn);
    assert_eq!(coarse_answers(&model, &[&piece])[0].tag, "da");
    assert_eq!(answers(&model, &[&piece])[0].tag, "nb");
}

#[test]
fn confidence_rises_with_probability() {
    for letters in [5, 20, 40, 100, 1000] {
        for tag in ["vi", "hr", "ms", "nn"] {
            let answer = |thousandths: u16| Answer { tag, probability: f32::from(thousandths) / 1000.0 };
            let confidence = |thousandths: u16| MODEL.confidence(&answer(thousandths), Script::Latn, letters);
            assert!((0..1000).all(|step| confidence(step) <= confidence(step + 1)));
            assert!(confidence(1000) <= 0.999 && confidence(300) < confidence(1000));
        }
    }
}
