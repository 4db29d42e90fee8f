//! Rows of capitals, and words around letters.

/// A row of capitalised words with nothing but small joiners between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub first: usize,
    pub last: usize,
    /// The words around it; its own ends where there are none.
    pub before: Option<usize>,
    pub after: Option<usize>,
}

impl Run {
    pub(super) fn len(&self) -> usize {
        self.last + 1 - self.first
    }

    /// Where in the run a unit stands: alone, first, last, within.
    pub(super) fn place(&self, at: usize) -> u32 {
        match (at == self.first, at == self.last) {
            (true, true) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (false, false) => 4,
        }
    }
}

/// The word that a piece of a suffixed script stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    pub(super) first: usize,
    pub(super) after_last: usize,
    pub prefix: u32,
    pub rest: u32,
    pub whole: u32,
    pub before: u32,
    pub after: u32,
}

impl Around {
    pub(super) fn len(&self) -> usize {
        self.after_last - self.first
    }

    pub(super) fn place(&self, at: usize) -> u32 {
        (at - self.first).min(7) as u32
    }
}
