//! What the trainers of the models share: how weights are stored.

/// What the largest weight is stored as.
const STORED_MAX: f32 = 127.0;

/// Of the weights, how many may be cut to [`STORED_MAX`]: one in ten thousand.
const CLIPPED: usize = 10_000;

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
