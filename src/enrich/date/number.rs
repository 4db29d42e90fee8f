//! A number of the text, or several with separators between them.

/// The longest chain that can be a date: `3-5/5/2024`.
pub(super) const PARTS_MAX: usize = 4;

/// A chain of numbers without spaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Number {
    /// Values; only the first `len` count.
    pub(super) values: [u32; PARTS_MAX],
    /// How many digits each was written with.
    pub(super) widths: [u8; PARTS_MAX],
    /// The separators between the parts.
    pub(super) separators: [char; PARTS_MAX - 1],
    /// How many parts there are.
    pub(super) len: usize,
    /// A separator and a letter stand directly before it: `F-16`, `23/Sep/2020`.
    pub(super) glued_left: bool,
    /// A separator and a letter follow directly: `13/2023/ND-CP`, `23/Sep/2020`.
    pub(super) glued_right: bool,
    /// It carries an ordinal ending: `30th`, `1er`.
    pub(super) ordinal: bool,
}

impl Number {
    /// The value of a number that is no chain, with its width.
    pub(super) fn single(&self) -> Option<(u32, u8)> {
        (self.len == 1).then_some((self.values[0], self.widths[0]))
    }

    /// The values of a chain.
    pub(super) fn values(&self) -> &[u32] {
        &self.values[..self.len]
    }

    /// The chain after its first part.
    pub(super) fn without_first(&self) -> Self {
        let mut rest = Self { len: self.len - 1, ..*self };
        rest.values.rotate_left(1);
        rest.widths.rotate_left(1);
        rest.separators.rotate_left(1);
        rest
    }

    /// The one separator of a chain, if all are the same.
    pub(super) fn separator(&self) -> Option<char> {
        let separators = &self.separators[..self.len.saturating_sub(1)];
        let first = *separators.first()?;
        separators.iter().all(|other| *other == first).then_some(first)
    }
}
