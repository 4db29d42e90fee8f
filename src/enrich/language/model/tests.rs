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
