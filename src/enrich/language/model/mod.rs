//! The model: a linear classifier over hashed runs of letters and words, for the scripts that languages share.
//!
//! `data/models/language.bin` holds its weights, and `data/models/SOURCES.md` says from which texts they come. [`train`]
//! makes that file; features and layout are one code for both. A text's scores are sums, so that the scores of its
//! pieces add up to its own.

mod features;
mod scores;
pub mod train;
mod weights;

use std::sync::LazyLock;

pub(super) use self::scores::{Answer, Piece, answers, coarse_answers};
use self::weights::SCRIPTS;
pub(super) use self::weights::Weights;
use crate::event::Script;

/// The model's file.
pub(super) static FILE: &[u8] = &ALIGNED.0;

/// The file begins where a line of the processor's cache does, so that none of its rows lies across two.
#[repr(C, align(64))]
struct Aligned<Bytes: ?Sized>(Bytes);

static ALIGNED: &Aligned<[u8]> =
    &Aligned(*include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/language.bin")));

/// The model that the program carries.
pub(super) static MODEL: LazyLock<Weights<'static>> =
    LazyLock::new(|| Weights::read(FILE).expect("a test reads the file that the program carries"));

/// The tags of the languages that it knows in a script.
fn languages(script: Script) -> impl Iterator<Item = &'static str> {
    let tables = MODEL.tables().iter().filter(move |table| table.script == script).map(|table| &table.languages);
    let families =
        MODEL.families().iter().filter(move |family| family.script == script).map(|family| &family.languages);
    tables.chain(families).flatten().copied()
}

/// Every tag of the model.
#[cfg(test)]
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    SCRIPTS.iter().flat_map(|(_, script)| languages(*script))
}

/// Whether a language is written in a script; `None` if the model does not know the language.
pub(super) fn writes(tag: &str, script: Script) -> Option<bool> {
    let mut scripts = SCRIPTS.iter().filter(|(_, script)| languages(*script).any(|own| own == tag)).peekable();
    scripts.peek()?;
    Some(scripts.any(|(_, own)| *own == script))
}

/// Whether two languages are one, or siblings in a script.
pub(super) fn are_kin(one: &str, other: &str, script: Script) -> bool {
    one == other || siblings(one, script).contains(&other)
}

/// A language and its siblings in a script; nothing if it has none.
pub(super) fn siblings(tag: &str, script: Script) -> &'static [&'static str] {
    MODEL.family(tag, script).map_or(&[], |place| &MODEL.families()[place].languages)
}

/// Whether a language has siblings in a script.
pub(super) fn has_kin(tag: &str, script: Script) -> bool {
    MODEL.family(tag, script).is_some()
}

#[cfg(test)]
mod tests;
