//! The model: names told by how they are written and what stands around them, where no list has them.
//!
//! A linear chain over the units of a stretch. `data/models` holds its weights, and `data/models/SOURCES.md` says from
//! which texts they come. [`train`] makes them; features and layout are one code for both.

mod affixes;
mod chain;
mod cues;
mod families;
mod features;
mod keys;
mod labels;
mod runs;
pub mod train;
mod units;
mod view;
mod weights;

use super::page::Page;
use chain::{Chain, Scores};
pub use labels::Class;
use labels::{BEGIN, LABELS, LAST, ONLY, WEIGHTS, meaning};
use units::form;
pub(super) use view::Known;
use view::View;
use weights::Features;
pub(super) use weights::Weights;

/// The model's file.
pub(super) static FILE: &[u8] = &ALIGNED.0;

/// Which file: weights that learnt from share-alike corpora too know more languages, and are under CC BY-SA 4.0.
#[cfg(not(feature = "permissive-models"))]
macro_rules! file {
    () => {
        "/data/models/entities-share-alike.bin"
    };
}
#[cfg(feature = "permissive-models")]
macro_rules! file {
    () => {
        "/data/models/entities.bin"
    };
}

/// The file's SHA-256, in hex.
#[cfg(not(feature = "permissive-models"))]
pub(super) const FINGERPRINT: &str = env!("SHA256_ENTITIES_SHARE_ALIKE");
#[cfg(feature = "permissive-models")]
pub(super) const FINGERPRINT: &str = env!("SHA256_ENTITIES");

/// The file begins where a line of the processor's cache does, so that none of its rows lies across two.
#[repr(C, align(64))]
struct Aligned<Bytes: ?Sized>(Bytes);

static ALIGNED: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), file!())));

/// A file of a model that sees nothing.
#[cfg(test)]
pub(super) fn silent_file() -> Vec<u8> {
    weights::write(1.0, [-100.0, 0.0], &[[0.0; LABELS]; LABELS], &vec![[0; weights::LINE_BYTES]; 1 << 17])
}

/// So many units on each side of a name bear on how likely it is.
const MARGIN: usize = 3;

/// A name that the model sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sighting {
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
    /// The token that it starts in.
    pub(super) first: usize,
    /// The token after the one that it ends in.
    pub(super) after: usize,
    pub(super) class: Class,
    /// How likely it is just this, 0 to 1.
    pub(super) likelihood: f32,
}

/// The names that the model sees in a page, in order.
pub(super) fn sightings(weights: &Weights<'_>, page: &Page<'_>, known: &Known<'_>) -> Vec<Sighting> {
    let view = View::new(page, known);
    let factors = &weights.links.factors;
    let mut features = Features::of(weights);
    let (mut chain, mut labels, mut scores, mut sightings) = (Chain::default(), Vec::new(), Vec::new(), Vec::new());
    for &(first, after) in view.stretches() {
        scores.clear();
        scores.extend((first..after).map(|at| weights.score(&view, at, &mut features)));
        chain.label(&weights.links, &scores, &mut labels);
        if labels.iter().all(|label| *label == labels::OUTSIDE) {
            continue;
        }
        let names = names(&labels);
        let mut window = 0..0;
        for (from, to, class) in names {
            if window.end < to + MARGIN.min(labels.len() - to) {
                let after = labels[to..].windows(2 * MARGIN).position(|row| row.iter().all(|label| *label == 0));
                window = from.saturating_sub(MARGIN)..after.map_or(labels.len(), |after| to + after + MARGIN);
                chain.sum(&weights.links, &scores[window.clone()]);
            }
            let likelihood = chain.likelihood(factors, from - window.start, &labels[from..to]);
            let Some((from, to)) = trimmed(&view, first + from, first + to) else { continue };
            let (begin, end) = (&view.units[from], &view.units[to - 1]);
            sightings.push(Sighting {
                start: begin.start as usize,
                end: end.end as usize,
                first: begin.token as usize,
                after: end.token as usize + usize::from(end.kind != units::Kind::Mark),
                class,
                likelihood,
            });
        }
    }
    sightings
}

/// A name without the marks at its edges that are none of it.
fn trimmed(view: &View<'_>, mut first: usize, mut after: usize) -> Option<(usize, usize)> {
    let form = |at: usize| view.units[at].form;
    while first < after && matches!(form(first), form::COMMA | form::STOP | form::HYPHEN | form::CLOSE | form::OTHER) {
        first += 1;
    }
    if after - first > 2 && form(first) == form::OPEN && form(after - 1) == form::CLOSE {
        (first, after) = (first + 1, after - 1);
    }
    while first < after && matches!(form(after - 1), form::COMMA | form::HYPHEN | form::OPEN | form::OTHER) {
        after -= 1;
    }
    (first..after).any(|at| view.units[at].kind != units::Kind::Mark).then_some((first, after))
}

/// The names in a row of labels: first, after the last, class.
fn names(labels: &[u8]) -> Vec<(usize, usize, Class)> {
    let mut names = Vec::new();
    let mut begin = 0;
    for (at, label) in labels.iter().enumerate() {
        match meaning(*label) {
            Some((_, BEGIN)) => begin = at,
            Some((class, LAST)) => names.push((begin, at + 1, class)),
            Some((class, ONLY)) => names.push((at, at + 1, class)),
            Some(_) | None => {}
        }
    }
    names
}

impl Weights<'_> {
    fn score(&self, view: &View<'_>, at: usize, features: &mut Features<'_>) -> Scores {
        let mut sums = [0; WEIGHTS];
        features.clear();
        features::read(view, at, features);
        self.add(features, &mut sums);
        let mut scores = [0.0; LABELS];
        scores[usize::from(labels::OUTSIDE)] = -self.eagerness;
        scores[1..].iter_mut().zip(sums).for_each(|(score, sum)| *score = f32::from(sum) * self.scale);
        scores[usize::from(labels::label(Class::Other, BEGIN))..].iter_mut().for_each(|score| *score -= self.reserve);
        scores
    }
}

#[cfg(test)]
mod tests;
