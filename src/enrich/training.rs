//! What the trainers of the models share: chance that repeats, and how weights are stored.

/// What the largest weight is stored as.
const STORED_MAX: f32 = 127.0;

/// Of the weights, how many may be cut to [`STORED_MAX`]: one in ten thousand.
const CLIPPED: usize = 10_000;

/// A source of chance that gives the same numbers on every run and machine: SplitMix64 (Steele and others, 2014).
#[derive(Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not zero.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// Whether something happens that happens so often in a hundred times.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Puts things in another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// What a stored weight of 1 is worth.
pub(super) fn scale(weights: impl Iterator<Item = f32>) -> f32 {
    let mut sizes: Vec<f32> = weights.map(f32::abs).filter(|size| *size > 0.0).collect();
    if sizes.is_empty() {
        return 1.0;
    }
    let clipped = sizes.len() / CLIPPED;
    let (_, size, _) = sizes.select_nth_unstable_by(clipped, |a, b| b.total_cmp(a));
    *size / STORED_MAX
}
