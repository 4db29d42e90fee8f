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

pub(super) use self::scores::Scores;
use self::weights::Weights;
use crate::event::Script;

/// The model's file.
pub(super) static FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/models/language.bin"));

/// The model that the program carries.
pub(super) static MODEL: LazyLock<Weights<'static>> =
    LazyLock::new(|| Weights::read(FILE).expect("a test reads the file that the program carries"));

/// Whether a language is written in a script; `None` if the model does not know the language.
pub(super) fn writes(tag: &str, script: Script) -> Option<bool> {
    let mut scripts = MODEL.slots().iter().filter(|slot| slot.tag == tag).map(|slot| slot.script).peekable();
    scripts.peek()?;
    Some(scripts.any(|own| own == script))
}

#[cfg(test)]
mod tests;
