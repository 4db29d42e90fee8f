//! Sets of words, small and quick.

/// A set of keys, which may take a key for one of its own that is not.
#[derive(Debug)]
pub(super) struct Keys(Vec<u64>);

impl Keys {
    pub(super) fn new(keys: usize) -> Self {
        Self(vec![0; (keys / 2).next_power_of_two().max(8)])
    }

    pub(super) fn add(&mut self, key: u32) -> bool {
        let (word, bit) = self.place(key);
        let had = self.0[word] >> bit & 1 == 1;
        self.0[word] |= 1 << bit;
        had
    }

    pub(super) fn has(&self, key: u32) -> bool {
        let (word, bit) = self.place(key);
        self.0[word] >> bit & 1 == 1
    }

    fn place(&self, key: u32) -> (usize, u32) {
        let mixed = key.wrapping_mul(0x9E37_79B1);
        (mixed as usize >> 6 & (self.0.len() - 1), mixed & 63)
    }
}
