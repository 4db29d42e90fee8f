//! The compiled lexicon as bytes: what `compile` writes and `artefact` reads.
//!
//! Do not change one without the other: a magic string, then for each section its length (four bytes), then the sections.
//! All numbers are little-endian.

/// The first bytes; the number is that of the layout.
pub(super) const MAGIC: &[u8] = b"wiredesk-lexicon-2";

/// The sections, in order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Section {
    /// SHA-256 of the sources, in hex.
    Fingerprint,
    /// The languages' tags, a line each; the first is number 1.
    Languages,
    /// Sets of languages, [`SET_BYTES`] each: a bit a number, the lowest for `*`.
    Sets,
    /// Entities, [`ENTITY_BYTES`] each.
    Entities,
    /// What entities say in letters: ids, other ids, names to display.
    EntityTexts,
    /// Names, [`NAME_BYTES`] each, in the order of their folded forms; one more after the last.
    Names,
    /// The names' letters.
    NameTexts,
    /// Meanings of names, [`POSTING_BYTES`] each.
    Postings,
    /// One bit for the low bits of the key of each name's first word.
    Filter,
    /// One bit for the low bits of the key of each name's first two words, or of its one word.
    Pairs,
    /// A map of the `fst` crate from folded forms to the first name that has each.
    Forms,
}

/// How many sections there are.
pub(super) const SECTIONS: usize = Section::Forms as usize + 1;

/// Four words of 64 bits.
pub(super) const SET_BYTES: usize = 32;
/// Where the id, the name, the other ids and the triggers start in the texts (4 bytes each) and how long they are (2 each);
/// flags (2); the type's number, whether there is a position, the country (1, 1, 2); latitude and longitude (8 each).
pub(super) const ENTITY_BYTES: usize = 46;
/// Where the letters start (4), and where the meanings do (4): the highest bit says that the folded form is that of the name before.
pub(super) const NAME_BYTES: usize = 8;
/// The entity (4), the set of languages (4), flags of the name (1), how readily it means this in hundredths (1).
pub(super) const POSTING_BYTES: usize = 10;
/// That the folded form is that of the name before.
pub(super) const SAME_FORM: u32 = 1 << 31;
/// Bits of each filter: 512 KiB, of which about a tenth is set.
pub(super) const FILTER_BITS: u64 = 1 << 22;
