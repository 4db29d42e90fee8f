//! Lines → weights: a softmax over the languages of one script, by stochastic gradient descent with AdaGrad steps
//! (Duchi and others, 2011).

use super::super::features;
use super::super::scores::weigh;
use super::super::weights::BUCKETS;
use super::corpus::Group;
use super::vary::{Chance, Variety};

/// How often the lines are gone through.
const PASSES: usize = 8;

/// The step of the first pass; it falls to a tenth.
const RATE: f32 = 0.3;

/// Of a hundred features, how many are hidden from a step, so that no few of them carry an answer.
const HIDDEN_PERCENT: usize = 20;

/// From this probability on there is nothing to learn from a line, and from this error on a weight is touched.
const LEARNT: f32 = 0.995;
const TOUCHED_MIN: f32 = 1e-3;

/// How many lines of each language a pass has: as many of one as of the other, so that neither of two siblings is
/// the likelier for having more lines; but none more than [`REPEATED_MAX`] times over.
const LINES: usize = 2000;
const REPEATED_MAX: usize = 6;

/// How many rows of sibling words a pass has for each language that has some.
const WORD_ROWS: usize = 1500;

/// One weight for each language and bucket.
pub(super) struct Matrix {
    pub languages: usize,
    pub values: Vec<f32>,
}

impl Matrix {
    pub(super) fn row(&self, bucket: usize) -> &[f32] {
        &self.values[bucket * self.languages..][..self.languages]
    }
}

/// Learns the weights; `report` is told of each pass and its mean loss.
pub(super) fn fit(group: &Group, mut report: impl FnMut(usize, f64)) -> Matrix {
    let mut learner = Learner::new(group.languages.len());
    let mut chance = Chance(1);
    let variety = Variety::new(group);
    let (mut folded, mut found) = (Vec::new(), Vec::new());
    for pass in 0..PASSES {
        let rate = RATE * (1.0 - pass as f32 / PASSES as f32).max(0.1);
        let order = order(group, &mut chance);
        let mut loss = 0.0;
        for index in &order {
            let (language, text) = variety.text(*index, &mut chance);
            features::fold(&text, group.script, &mut folded);
            found.clear();
            features::buckets(&folded, |bucket| {
                if !chance.percent(HIDDEN_PERCENT) {
                    found.push(bucket);
                }
            });
            loss -= f64::from(learner.step(&found, language, rate).max(f32::MIN_POSITIVE).ln());
        }
        report(pass, loss / order.len().max(1) as f64);
    }
    Matrix { languages: learner.languages, values: learner.values }
}

/// The lines of a pass: places in `group.lines`, and beyond its end the languages whose sibling words are to be seen.
fn order(group: &Group, chance: &mut Chance) -> Vec<usize> {
    let mut order = Vec::new();
    for (language, words) in group.words.iter().enumerate() {
        let mut lines: Vec<usize> = (0..group.lines.len()).filter(|at| group.lines[*at].0 == language).collect();
        let wanted = ((lines.len() as f64 * LINES as f64).sqrt() as usize).min(lines.len() * REPEATED_MAX);
        let before = order.len();
        while order.len() < before + wanted {
            shuffle(&mut lines, chance);
            order.extend_from_slice(&lines[..lines.len().min(before + wanted - order.len())]);
        }
        if !words.is_empty() {
            order.extend(std::iter::repeat_n(group.lines.len() + language, WORD_ROWS));
        }
    }
    shuffle(&mut order, chance);
    order
}

fn shuffle(items: &mut [usize], chance: &mut Chance) {
    for last in (1..items.len()).rev() {
        items.swap(last, chance.below(last + 1));
    }
}

struct Learner {
    languages: usize,
    values: Vec<f32>,
    /// The sum of the squares of a weight's gradients: steps get shorter the more a weight has moved.
    squares: Vec<f32>,
    probabilities: Vec<f32>,
}

impl Learner {
    fn new(languages: usize) -> Self {
        let zeros = || vec![0.0; languages * BUCKETS];
        Self { languages, values: zeros(), squares: zeros(), probabilities: Vec::new() }
    }

    /// Moves the weights of a text's features towards its language, and gives the probability that it had before.
    fn step(&mut self, found: &[usize], language: usize, rate: f32) -> f32 {
        let share = weigh(found.len());
        self.predict(found, share);
        let probability = self.probabilities[language];
        if probability > LEARNT {
            return probability;
        }
        self.probabilities[language] -= 1.0;
        let errors: Vec<(usize, f32)> = self
            .probabilities
            .iter()
            .enumerate()
            .filter(|(_, error)| error.abs() > TOUCHED_MIN)
            .map(|(language, error)| (language, error * share))
            .collect();
        for bucket in found {
            for (language, gradient) in &errors {
                let at = bucket * self.languages + language;
                self.squares[at] += gradient * gradient;
                self.values[at] -= rate * gradient / (self.squares[at].sqrt() + TOUCHED_MIN);
            }
        }
        probability
    }

    fn predict(&mut self, found: &[usize], share: f32) {
        self.probabilities.clear();
        self.probabilities.resize(self.languages, 0.0);
        for bucket in found {
            let row = &self.values[bucket * self.languages..][..self.languages];
            self.probabilities.iter_mut().zip(row).for_each(|(score, weight)| *score += weight);
        }
        let max = self.probabilities.iter().copied().fold(f32::MIN, f32::max);
        let mut total = 0.0;
        for score in &mut self.probabilities {
            *score = ((*score - max) * share).exp();
            total += *score;
        }
        self.probabilities.iter_mut().for_each(|probability| *probability /= total);
    }
}
