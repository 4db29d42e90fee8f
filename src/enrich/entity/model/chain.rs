//! A chain of labels: the best one for a stretch of units, and how likely its names are.

use super::labels::{BEGIN, Class, INSIDE, LABELS, LAST, OUTSIDE, continues, goes_on, label, may_follow};

/// The scores of a unit's labels.
pub(super) type Scores = [f32; LABELS];

/// What each label adds after each: `[before][after]`, minus infinity where it must not follow.
#[derive(Clone, Debug)]
pub(super) struct Links {
    pub(super) scores: [[f32; LABELS]; LABELS],
    /// The same as factors.
    pub(super) factors: [[f32; LABELS]; LABELS],
    /// Both by the label after: `[after][before]`.
    scores_back: [[f32; LABELS]; LABELS],
    factors_back: [[f32; LABELS]; LABELS],
}

impl Links {
    pub(super) fn new(mut scores: [[f32; LABELS]; LABELS]) -> Self {
        for (before, row) in (0..).zip(&mut scores) {
            for (after, score) in (0..).zip(row) {
                if !may_follow(before, after) {
                    *score = f32::NEG_INFINITY;
                }
            }
        }
        let factors = scores.map(|row| row.map(f32::exp));
        Self { scores, factors, scores_back: turned(&scores), factors_back: turned(&factors) }
    }
}

impl Links {
    /// The sums with which labels are reached from the shares of those before.
    fn ahead(&self, shares: &Scores) -> Scores {
        let mut sums = [0.0; LABELS];
        for before in ENDS.into_iter().filter(|before| shares[*before] > SHARE_MIN) {
            let share = shares[before];
            sums.iter_mut().zip(&self.factors[before]).for_each(|(sum, link)| *sum += share * link);
        }
        for [begin, inside, last] in WITHIN {
            for after in [inside, last] {
                sums[after] = shares[begin] * self.factors[begin][after] + shares[inside] * self.factors[inside][after];
            }
        }
        sums
    }

    /// The same backwards: `onward` is what each label is worth with all that follows, `shares` how likely it is.
    fn back(&self, onward: &Scores, shares: &Scores) -> Scores {
        let mut sums = [0.0; LABELS];
        for (after, (worth, share)) in onward.iter().zip(shares).enumerate() {
            if *share > SHARE_MIN && !continues(after as u8) {
                sums.iter_mut().zip(&self.factors_back[after]).for_each(|(sum, link)| *sum += worth * link);
            }
        }
        for [begin, inside, last] in WITHIN {
            for before in [begin, inside] {
                let links = &self.factors[before];
                sums[before] = links[inside] * onward[inside] + links[last] * onward[last];
            }
        }
        sums
    }
}

/// Of each class the labels between which names go on.
const WITHIN: [[usize; 3]; 4] =
    [within(Class::Person), within(Class::Organisation), within(Class::Place), within(Class::Other)];

/// The labels behind which no name goes on.
const ENDS: [usize; LABELS - 2 * WITHIN.len()] = {
    let (mut ends, mut count, mut label) = ([0; LABELS - 2 * WITHIN.len()], 0, 0);
    while label < LABELS {
        if !goes_on(label as u8) {
            ends[count] = label;
            count += 1;
        }
        label += 1;
    }
    ends
};

const fn within(class: Class) -> [usize; 3] {
    [label(class, BEGIN) as usize, label(class, INSIDE) as usize, label(class, LAST) as usize]
}

fn turned(table: &[[f32; LABELS]; LABELS]) -> [[f32; LABELS]; LABELS] {
    std::array::from_fn(|after| std::array::from_fn(|before| table[before][after]))
}

/// A label that is further behind the best one than this is no part of the best row of labels.
const BEAM: f32 = 20.0;

/// A label that is less likely than this is left out of sums.
const SHARE_MIN: f32 = 1e-7;

/// Working memory of a chain.
#[derive(Debug, Default)]
pub(super) struct Chain {
    best: Vec<Scores>,
    pub(super) ahead: Vec<Scores>,
    pub(super) back: Vec<Scores>,
    pub(super) weights: Vec<Scores>,
    pub(super) factors: Vec<f32>,
}

impl Chain {
    /// The best labels of a stretch.
    pub(super) fn label(&mut self, links: &Links, scores: &[Scores], labels: &mut Vec<u8>) {
        self.best.clear();
        let mut ahead = links.scores[usize::from(OUTSIDE)];
        for (at, own) in scores.iter().enumerate() {
            if at > 0 {
                ahead = step(links, &ahead);
            }
            ahead.iter_mut().zip(own).for_each(|(sum, score)| *sum += score);
            self.best.push(ahead);
        }
        // Backwards, each label is the one from which the next was reached.
        labels.clear();
        let mut label = OUTSIDE;
        for best in self.best.iter().rev() {
            label = best_before(label, &links.scores_back[usize::from(label)], best);
            labels.push(label);
        }
        labels.reverse();
    }

    /// Sums over all labellings: `ahead` and `back`, scaled unit by unit by `factors`.
    pub(super) fn sum(&mut self, links: &Links, scores: &[Scores]) {
        let len = scores.len();
        for rows in [&mut self.ahead, &mut self.back, &mut self.weights] {
            rows.clear();
            rows.resize(len, [0.0; LABELS]);
        }
        self.factors.clear();
        for (weights, own) in self.weights.iter_mut().zip(scores) {
            let most = largest(own);
            weights.iter_mut().zip(own).for_each(|(weight, score)| *weight = exp(score - most));
        }
        for at in 0..len {
            let mut row = if at == 0 { links.factors[usize::from(OUTSIDE)] } else { links.ahead(&self.ahead[at - 1]) };
            row.iter_mut().zip(&self.weights[at]).for_each(|(sum, weight)| *sum *= weight);
            let total = total(&row).max(f32::MIN_POSITIVE);
            let scale = 1.0 / total;
            self.ahead[at] = row.map(|sum| sum * scale);
            self.factors.push(total);
        }
        let mut back = links.factors_back[usize::from(OUTSIDE)];
        for at in (0..len).rev() {
            let shares: Scores = std::array::from_fn(|label| self.ahead[at][label] * back[label]);
            let scale = 1.0 / total(&shares).max(f32::MIN_POSITIVE);
            self.back[at] = back.map(|back| back * scale);
            let onward: Scores = std::array::from_fn(|label| self.weights[at][label] * self.back[at][label]);
            back = links.back(&onward, &shares.map(|share| share * scale));
        }
    }

    /// How likely the labels from `first` on are, all together.
    pub(super) fn likelihood(&self, links: &[[f32; LABELS]; LABELS], first: usize, labels: &[u8]) -> f32 {
        // `back` is scaled so that ahead times back is the label's share.
        let mut share = self.ahead[first][usize::from(labels[0])];
        for (at, pair) in (first + 1..).zip(labels.windows(2)) {
            let (before, after) = (usize::from(pair[0]), usize::from(pair[1]));
            share *= links[before][after] * self.weights[at][after] / self.factors[at];
        }
        let last = first + labels.len() - 1;
        (share * self.back[last][usize::from(labels[labels.len() - 1])]).clamp(0.0, 1.0)
    }
}

/// The best scores with which labels are reached from those of the unit before: a name goes on from two labels of its
/// class alone, and everything else follows where no name goes on.
fn step(links: &Links, ahead: &Scores) -> Scores {
    let mut best = [f32::NEG_INFINITY; LABELS];
    let least = largest(ahead) - BEAM;
    for before in ENDS.into_iter().filter(|before| ahead[*before] >= least) {
        let (score, row) = (ahead[before], &links.scores[before]);
        best.iter_mut().zip(row).for_each(|(best, link)| *best = larger(*best, score + link));
    }
    for [begin, inside, last] in WITHIN {
        for after in [inside, last] {
            let from = |before: usize| ahead[before] + links.scores[before][after];
            best[after] = larger(from(begin), from(inside));
        }
    }
    best
}

/// The label from which another was best reached: `links` are those to it.
fn best_before(label: u8, links: &Scores, best: &Scores) -> u8 {
    let within = WITHIN.iter().find(|within| within[1..].contains(&usize::from(label)));
    let before = within.map_or(&ENDS[..], |within| &within[..2]);
    let (mut most, mut likeliest) = (f32::NEG_INFINITY, usize::from(OUTSIDE));
    for &before in before {
        let score = best[before] + links[before];
        if score > most {
            (most, likeliest) = (score, before);
        }
    }
    likeliest as u8
}

/// `f32::max` minds numbers that are none, of which there are none here, and takes several instructions for it.
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

fn largest(scores: &Scores) -> f32 {
    let (fours, rest) = scores.as_chunks::<4>();
    let four = fours.iter().fold([f32::MIN; 4], |most, four| std::array::from_fn(|at| larger(most[at], four[at])));
    four.iter().chain(rest).copied().fold(f32::MIN, larger)
}

/// Four sums and then one: as the processor likes it.
fn total(numbers: &Scores) -> f32 {
    let (fours, rest) = numbers.as_chunks::<4>();
    let four = fours.iter().fold([0.0; 4], |sums, four| std::array::from_fn(|at| sums[at] + four[at]));
    four.iter().chain(rest).sum()
}

/// The exponential of a number that is not above zero, right to six digits. It is the same on every machine, and of
/// several numbers at once.
fn exp(number: f32) -> f32 {
    /// Adding it leaves a whole number in the last bits.
    const WHOLE: f32 = 12_582_912.0;
    /// Below, nothing is left.
    const LEAST: f32 = -87.0;
    // ln 2 in two parts, the first of which has few digits, so that its multiples are exact (Cody and Waite, 1980).
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let number = larger(number, LEAST);
    let shifted = number * std::f32::consts::LOG2_E + WHOLE;
    let twos = shifted - WHOLE;
    let rest = number - twos * LN_2[0] - twos * LN_2[1];
    // Taylor's row, of which the rest is at most half of ln 2.
    let row = [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0];
    let part = row.into_iter().reduce(|sum, term| sum * rest + term).unwrap_or(1.0);
    let power = shifted.to_bits().wrapping_sub(WHOLE.to_bits()).wrapping_add(127) << 23;
    part * f32::from_bits(power)
}
