//! Sets of languages.

/// A language, as a bit of a [`Languages`] set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LanguageId(pub(super) u8);

impl LanguageId {
    /// `*`: a name of every language.
    pub(super) const EVERY: Self = Self(0);
}

/// A set of languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Languages(pub(super) [u64; 4]);

impl Languages {
    pub(super) fn of(language: LanguageId) -> Self {
        let mut set = Self::default();
        set.0[usize::from(language.0 / 64)] |= 1 << (language.0 % 64);
        set
    }

    pub(super) fn has(self, language: LanguageId) -> bool {
        self.0[usize::from(language.0 / 64)] >> (language.0 % 64) & 1 == 1
    }

    pub(super) fn len(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }
}
