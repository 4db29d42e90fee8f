//! The names that the program knows: what `data/lexicon` holds, indexed for one pass over a text.

/// The compiled lexicon.
#[derive(Debug)]
pub struct Lexicon {}

impl Lexicon {
    /// The lexicon that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self {}
    }

    /// SHA-256, in hex, of its sources: part of the rules hash of every event.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        ""
    }
}
