//! How to learn.

/// How to learn.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Two to this power rows to learn with.
    pub bits: u32,
    /// Two to this power lines in the file.
    pub line_bits: u32,
    /// How often the sentences are gone through.
    pub passes: usize,
    /// How many of them without the sentences that have no labels.
    pub passes_alone: usize,
    /// How many of the last with the features alone that the file has room for.
    pub passes_pruned: usize,
    /// How likely all labels of a stretch must be to be learnt from, and how much such a stretch counts.
    pub sure_min: f32,
    /// See above.
    pub sure_weight: f32,
    /// The step of the first pass; it falls to a tenth.
    pub rate: f32,
    /// In a hundred: features left out singly; the words of a unit; a sentence's own language; lexicon; cues; all words.
    pub drop_one: usize,
    /// See above.
    pub drop_words: usize,
    /// See above.
    pub drop_language: usize,
    /// See above.
    pub drop_known: usize,
    /// See above.
    pub drop_cues: usize,
    /// See above.
    pub drop_all_words: usize,
    /// What is taken from the score of a unit outside of names: likelihood alone makes a model that finds too few.
    pub eagerness: f32,
    /// What is taken from the scores of names of other classes.
    pub reserve: f32,
    /// Weights of corpora that count less or more than others.
    pub weights: Vec<(String, f32)>,
}

impl Default for Settings {
    fn default() -> Self {
        // Found by leaving out corpora and whole languages and measuring on those; OCR of old newspapers, court
        // language and short messages are further from news than the rest.
        let weights = [("europeana-ocr", 0.4), ("lener-br", 0.5), ("wnut17", 0.7)];
        Self {
            bits: 22,
            line_bits: 18,
            passes: 7,
            passes_alone: 3,
            passes_pruned: 2,
            sure_min: 0.4,
            sure_weight: 0.4,
            rate: 0.2,
            drop_one: 12,
            drop_words: 30,
            drop_language: 30,
            drop_known: 20,
            drop_cues: 20,
            drop_all_words: 12,
            eagerness: 0.7,
            reserve: 0.5,
            weights: weights.map(|(set, weight)| (set.to_owned(), weight)).to_vec(),
        }
    }
}

impl Settings {
    pub(super) fn weight(&self, set: &str) -> f32 {
        self.weights.iter().find(|(name, _)| name == set).map_or(1.0, |(_, weight)| *weight)
    }
}
