//! The trainer: labelled lines in, the model's file out. The same lines give the same bytes.

mod calibrate;
mod corpus;
mod fit;
mod vary;

use self::fit::Matrix;
use super::weights::{BUCKETS, Calibration, LENGTHS, LEVELS, SLOTS_MAX, Weights, write};

/// Weights smaller than this, in units of the scale, are left out: most features are of a language or two, and what
/// they say of the others is noise.
const KEPT_MIN: f32 = 15.0;

/// What the largest weight is stored as.
const STORED_MAX: f32 = 127.0;

/// Of the weights of a matrix, how many may be cut to [`STORED_MAX`]: one in ten thousand.
const CLIPPED: usize = 10_000;

/// Makes a model's file of `corpus`, lines of `language<TAB>text<TAB>source`, and `siblings`, lines of
/// `languages<TAB>words`. `report` is told how far it is, in sentences.
#[must_use]
pub fn train(corpus: &str, siblings: &str, mut report: impl FnMut(&str)) -> Vec<u8> {
    let groups = corpus::read(corpus, siblings);
    let slots: Vec<_> =
        groups.iter().flat_map(|group| group.languages.iter().map(|tag| (group.script, tag.clone()))).collect();
    assert!(slots.len() <= SLOTS_MAX, "a slot is stored in a byte");
    let mut matrices = Vec::new();
    for group in &groups {
        report(&format!("{:?}: {} lines of {}", group.script, group.lines.len(), group.languages.join(" ")));
        matrices.push(fit::fit(group, |pass, loss| report(&format!("pass {pass}: loss {loss:.4}"))));
    }
    let scale = scale(&matrices);
    let buckets = stored(&matrices, scale);
    let nothing = Calibration([[0; LEVELS]; LENGTHS]);
    let raw = write(&slots, scale, &nothing, &buckets);
    let model = Weights::read(&raw).expect("it was written above");
    let calibration = calibrate::calibrate(&model, &groups);
    write(&slots, scale, &calibration, &buckets)
}

/// What a stored weight of 1 is worth.
fn scale(matrices: &[Matrix]) -> f32 {
    let mut sizes: Vec<f32> =
        matrices.iter().flat_map(|matrix| &matrix.values).map(|value| value.abs()).filter(|size| *size > 0.0).collect();
    if sizes.is_empty() {
        return 1.0;
    }
    let clipped = sizes.len() / CLIPPED;
    let (_, size, _) = sizes.select_nth_unstable_by(clipped, |a, b| b.total_cmp(a));
    *size / STORED_MAX
}

/// The weights of each bucket, in the order of the slots.
fn stored(matrices: &[Matrix], scale: f32) -> Vec<Vec<(u8, i8)>> {
    let mut buckets = vec![Vec::new(); BUCKETS];
    let mut first = 0;
    for matrix in matrices {
        for (bucket, weights) in buckets.iter_mut().enumerate() {
            for (index, value) in matrix.row(bucket).iter().enumerate() {
                let value = (value / scale).round().clamp(-STORED_MAX, STORED_MAX);
                if value.abs() >= KEPT_MIN && weights.len() < usize::from(u8::MAX) {
                    weights.push(((first + index) as u8, value as i8));
                }
            }
        }
        first += matrix.languages;
    }
    buckets
}
