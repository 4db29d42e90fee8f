//! Lines → weights: a softmax over the languages of one script, by stochastic gradient descent with AdaGrad steps
//! (Duchi and others, 2011).

use super::super::features::{self, Detail};
use super::super::scores::weigh;
use super::super::weights::{PAIRS, Row, SIBLINGS_MAX, SiblingRow};
use super::corpus::Group;
use super::vary::Variety;
use crate::chance::Chance;
use crate::event::Script;

/// How often the lines are gone through, and after how many times each feature is left its [`PAIRS`] largest weights
/// alone, which then learn to do without the others.
const PASSES: usize = 8;
const WHOLE_PASSES: usize = 4;

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

/// The same among siblings, where none may be the likelier for having more lines.
const SIBLING_LINES: usize = 4000;

/// How many rows of sibling words a pass has for each language that has some, or for a family that is one class.
const WORD_ROWS: usize = 1500;

/// One weight for each language and bucket.
pub(super) struct Matrix {
    pub languages: usize,
    pub values: Vec<f32>,
}

impl Matrix {
    /// The rows as they are stored, when a stored weight of 1 is worth `scale`.
    pub(super) fn stored(&self, scale: f32) -> Vec<Row> {
        let row = |values: &[f32]| {
            let mut row = [[0; 2]; PAIRS];
            let weights = values.iter().enumerate().filter(|(_, value)| **value != 0.0);
            for (pair, (language, value)) in row.iter_mut().zip(weights) {
                // The cast saturates.
                *pair = [language as u8, (value / scale).round() as i8 as u8];
            }
            row
        };
        self.values.chunks(self.languages).map(row).collect()
    }

    /// The rows of a family.
    pub(super) fn stored_whole(&self, scale: f32) -> Vec<SiblingRow> {
        let row = |values: &[f32]| {
            let mut row = [0; SIBLINGS_MAX];
            row.iter_mut().zip(values).for_each(|(weight, value)| *weight = (value / scale).round() as i8 as u8);
            row
        };
        self.values.chunks(self.languages).map(row).collect()
    }
}

impl Matrix {
    /// How likely a line is of a class.
    pub(super) fn probability(&self, script: Script, detail: Detail, line: &str, class: usize) -> f32 {
        let (mut folded, mut sums, mut count) = (Vec::new(), vec![0.0; self.languages], 0);
        features::fold(line, script, &mut folded);
        features::buckets(&folded, detail, (self.values.len() / self.languages).ilog2(), |bucket| {
            let row = &self.values[bucket as usize * self.languages..][..self.languages];
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            count += 1;
        });
        let share = weigh(count);
        let odds = sums.iter().map(|sum| ((sum - sums[class]) * share).exp());
        1.0 / odds.sum::<f32>()
    }
}

/// What is to be told apart.
pub(super) struct Task<'a> {
    pub group: &'a Group,
    /// For each language of the group, the class that it is of: siblings may be one.
    pub classes: Vec<usize>,
    pub detail: Detail,
    pub bits: u32,
}

/// Learns the weights of `1 << bits` buckets; `report` is told of each pass and its mean loss.
pub(super) fn fit(task: &Task<'_>, mut report: impl FnMut(usize, f64)) -> Matrix {
    let Task { group, classes, detail, bits } = task;
    let mut learner = Learner::new(classes.iter().max().map_or(0, |last| last + 1), 1 << bits);
    let mut chance = Chance::new(1);
    let variety = Variety::new(group);
    let (mut folded, mut found) = (Vec::new(), Vec::new());
    for pass in 0..PASSES {
        if pass == WHOLE_PASSES && *detail == Detail::Coarse {
            learner.leave_largest();
        }
        let rate = RATE * (1.0 - pass as f32 / PASSES as f32).max(0.1);
        let order = order(task, &mut chance);
        let mut loss = 0.0;
        for index in &order {
            let (language, text) = variety.text(*index, &mut chance);
            features::fold(&text, group.script, &mut folded);
            found.clear();
            features::buckets(&folded, *detail, *bits, |bucket| {
                if !chance.percent(HIDDEN_PERCENT) {
                    found.push(bucket as usize);
                }
            });
            loss -= f64::from(learner.step(&found, classes[language], rate).max(f32::MIN_POSITIVE).ln());
        }
        report(pass, loss / order.len().max(1) as f64);
    }
    Matrix { languages: learner.languages, values: learner.values }
}

/// The lines of a pass: places in `group.lines`, and beyond its end the languages whose sibling words are to be seen.
fn order(task: &Task<'_>, chance: &mut Chance) -> Vec<usize> {
    let Task { group, classes, detail, .. } = task;
    let mut order = Vec::new();
    for (language, words) in group.words.iter().enumerate() {
        let mut lines: Vec<usize> = (0..group.lines.len()).filter(|at| group.lines[*at].0 == language).collect();
        // A family has no more than another class for being several languages.
        let kin = classes.iter().filter(|class| **class == classes[language]).count();
        let wanted = match detail {
            Detail::Coarse => ((lines.len() * LINES) as f64 / kin as f64).sqrt() as usize,
            Detail::Fine => SIBLING_LINES,
        };
        let wanted = wanted.min(lines.len() * REPEATED_MAX);
        let before = order.len();
        while order.len() < before + wanted {
            chance.shuffle(&mut lines);
            order.extend_from_slice(&lines[..lines.len().min(before + wanted - order.len())]);
        }
        if !words.is_empty() {
            order.extend(std::iter::repeat_n(group.lines.len() + language, WORD_ROWS / kin));
        }
    }
    chance.shuffle(&mut order);
    order
}

struct Learner {
    languages: usize,
    values: Vec<f32>,
    /// The sum of the squares of a weight's gradients: steps get shorter the more a weight has moved.
    squares: Vec<f32>,
    probabilities: Vec<f32>,
}

impl Learner {
    fn new(languages: usize, buckets: usize) -> Self {
        let zeros = || vec![0.0; languages * buckets];
        Self { languages, values: zeros(), squares: zeros(), probabilities: Vec::new() }
    }

    /// Leaves each row its largest weights, measured from its middle: a step of all languages alike changes no answer,
    /// and most languages lack the feature alike. The others get an infinite sum of squares: no step moves them any more.
    fn leave_largest(&mut self) {
        let mut order: Vec<usize> = (0..self.languages).collect();
        for (values, squares) in self.values.chunks_mut(self.languages).zip(self.squares.chunks_mut(self.languages)) {
            order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
            let middle = values[order[order.len() / 2]];
            values.iter_mut().for_each(|value| *value -= middle);
            order.sort_by(|a, b| values[*b].abs().total_cmp(&values[*a].abs()));
            for language in order.iter().skip(PAIRS) {
                values[*language] = 0.0;
                squares[*language] = f32::INFINITY;
            }
        }
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
