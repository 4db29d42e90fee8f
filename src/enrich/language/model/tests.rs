//! The file that the program carries.

use super::*;

#[test]
fn the_program_carries_a_whole_file() {
    let model = Weights::read(FILE).expect("a model");
    assert!(model.slots().len() > 100);
    assert!(model.slots().iter().any(|slot| slot.tag == "sr" && slot.script == Script::Latn));
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
    let english =
        ["the river is wide", "she said that it was late", "we will go there with them", "this is what they had"];
    let french =
        ["la rivière est large", "elle a dit que c'était tard", "nous irons là avec eux", "voilà ce qu'ils avaient"];
    let mut lines = String::new();
    for round in 0..30 {
        for (language, texts) in [("en", english), ("fr", french)] {
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
    let tags: Vec<&str> = model.slots().iter().map(|slot| slot.tag).collect();
    assert_eq!(tags, ["en", "fr"]);
    let mut scores = Scores::new(Script::Latn);
    scores.read(&model, "ils avaient dit que la rivière est là", &mut Vec::new());
    assert_eq!(scores.answers(&model)[0].tag, "fr");
}

#[test]
fn confidence_rises_with_probability() {
    for letters in [5, 20, 40, 100, 1000] {
        let confidence = |thousandths: u16| MODEL.confidence(f32::from(thousandths) / 1000.0, letters);
        assert!((0..1000).all(|step| confidence(step) <= confidence(step + 1)));
        assert!(confidence(1000) <= 0.999 && confidence(300) < confidence(1000));
    }
}
