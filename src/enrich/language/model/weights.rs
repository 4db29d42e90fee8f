//! The model's file: which languages in which scripts, a few weights for each feature, and what a probability is worth.
//!
//! Do not change the layout without a new [`MAGIC`]. Numbers are little-endian.
//!
//! | bytes | what |
//! |-|-|
//! | 8 | [`MAGIC`] |
//! | 4 | `f32`: what a weight of 1 is worth |
//! | 4 | `u32`: how many slots |
//! | 8 a slot | script and tag, four ASCII letters each, padded with blanks |
//! | 2 each | [`Calibration`]: `u16` thousandths, [`LENGTHS`] rows of [`LEVELS`] |
//! | 2¹⁸ | `u8`: how many weights a bucket has |
//! | 2 a weight | slot (`u8`) and weight (`i8`), bucket after bucket |

use super::features::BUCKET_BITS;
use crate::event::Script;

/// What the file begins with.
pub(super) const MAGIC: &[u8; 8] = b"WDLANG1\n";

/// How many buckets features fall into.
pub(super) const BUCKETS: usize = 1 << BUCKET_BITS;

/// The most slots: scores are kept for as many.
pub(super) const SLOTS_MAX: usize = 256;

/// A language in a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Slot<'a> {
    /// The script.
    pub script: Script,
    /// The language's tag.
    pub tag: &'a str,
}

/// Letters from which each row of the calibration is: a longer text earns more trust at the same probability.
const LENGTHS_MIN: [usize; LENGTHS] = [0, 16, 32, 64, 128];

/// Rows of the calibration.
pub(super) const LENGTHS: usize = 5;

/// Columns of the calibration: steps of half a unit of log-odds, from −1 to 11.
pub(super) const LEVELS: usize = 24;

/// How often a probability of the model was right, by the length of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Calibration(pub [[u16; LEVELS]; LENGTHS]);

impl Calibration {
    /// The row for a text of so many letters.
    pub(super) fn row(letters: usize) -> usize {
        LENGTHS_MIN.iter().rposition(|min| letters >= *min).unwrap_or(0)
    }

    /// The place of a probability in a row, from 0 to `LEVELS - 1`.
    pub(super) fn level(probability: f32) -> f32 {
        let odds = probability / (1.0 - probability).max(f32::MIN_POSITIVE);
        ((odds.ln() + 1.0) * 2.0).clamp(0.0, (LEVELS - 1) as f32)
    }

    /// How likely an answer is right that the model gives this probability.
    fn confidence(&self, probability: f32, letters: usize) -> f64 {
        let row = &self.0[Self::row(letters)];
        let level = Self::level(probability);
        let (below, above) = (level.floor(), level.ceil());
        let at = |level: f32| f64::from(row[level as usize]);
        (at(below) + (at(above) - at(below)) * f64::from(level - below)) / 1000.0
    }
}

/// The model, over the bytes of its file.
#[derive(Debug)]
pub(in super::super) struct Weights<'a> {
    slots: Vec<Slot<'a>>,
    scale: f32,
    calibration: Calibration,
    /// Where the weights of each bucket are.
    places: Vec<Place>,
    /// Pairs of slot and weight.
    pairs: &'a [[u8; 2]],
    /// Rows of a weight for every slot.
    rows: Vec<i8>,
}

/// Where the weights of a bucket are.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// So many pairs from there on.
    Pairs(u32, u8),
    /// A row that begins there.
    Row(u32),
}

/// Buckets with so many weights are spread out into a row: adding it takes no jumps and is done for many slots at once.
/// These are an eighth of the buckets and most of what a text meets; their rows take 5 MB.
const ROW_PAIRS_MIN: u8 = 24;

/// So many weights can be added up in a partial sum of 16 bits: 127 times 256 is below 2¹⁵.
pub(super) const PARTIAL_MAX: usize = 256;

impl<'a> Weights<'a> {
    /// Reads a file; `None` if it is none, or one of another version.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let scale = f32::from_le_bytes(*take(&mut rest)?);
        let count = u32::from_le_bytes(*take(&mut rest)?) as usize;
        if count > SLOTS_MAX {
            return None;
        }
        let slots = (0..count).map(|_| slot(take(&mut rest)?)).collect::<Option<Vec<Slot<'a>>>>()?;
        let mut calibration = Calibration([[0; LEVELS]; LENGTHS]);
        for cell in calibration.0.iter_mut().flatten() {
            *cell = u16::from_le_bytes(*take(&mut rest)?);
        }
        let (counts, pairs) = rest.split_at_checked(BUCKETS)?;
        let (pairs, odd) = pairs.as_chunks();
        let total: usize = counts.iter().map(|count| usize::from(*count)).sum();
        if !odd.is_empty() || pairs.len() != total || !scale.is_finite() {
            return None;
        }
        let (mut places, mut rows, mut start) = (Vec::with_capacity(BUCKETS), Vec::new(), 0);
        for count in counts {
            let end = start + usize::from(*count);
            places.push(if *count < ROW_PAIRS_MIN {
                Place::Pairs(start as u32, *count)
            } else {
                let row = rows.len();
                rows.resize(row + slots.len(), 0);
                for [slot, weight] in &pairs[start..end] {
                    *rows[row..].get_mut(usize::from(*slot))? = *weight as i8;
                }
                Place::Row(row as u32)
            });
            start = end;
        }
        Some(Self { slots, scale, calibration, places, pairs, rows })
    }

    /// The languages and scripts that it knows.
    pub(in super::super) fn slots(&self) -> &[Slot<'a>] {
        &self.slots
    }

    /// What the weights of one unit are worth.
    pub(super) fn scale(&self) -> f32 {
        self.scale
    }

    /// Where the weights of a bucket are. To look up many places first and to add their weights then lets the processor
    /// wait for several of them at once.
    pub(super) fn place(&self, bucket: usize) -> Place {
        self.places[bucket]
    }

    /// Adds the weights at a place to partial sums, of at most [`PARTIAL_MAX`] features each.
    pub(super) fn add(&self, place: Place, sums: &mut [i16; SLOTS_MAX]) {
        match place {
            Place::Pairs(start, count) => {
                let start = start as usize;
                for [slot, weight] in &self.pairs[start..start + usize::from(count)] {
                    sums[usize::from(*slot)] += i16::from(*weight as i8);
                }
            }
            Place::Row(start) => {
                let start = start as usize;
                let row = &self.rows[start..start + self.slots.len()];
                sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i16::from(*weight));
            }
        }
    }

    /// How likely an answer is right that the model gives this probability, for a text of so many letters.
    pub(in super::super) fn confidence(&self, probability: f32, letters: usize) -> f64 {
        self.calibration.confidence(probability, letters)
    }
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(head)
}

fn slot(bytes: &[u8; 8]) -> Option<Slot<'_>> {
    let (script, tag) = std::str::from_utf8(bytes).ok()?.split_at_checked(4)?;
    let (_, script) = SCRIPTS.iter().find(|(name, _)| *name == script)?;
    Some(Slot { script: *script, tag: tag.trim_end() })
}

/// The names that scripts have in the file: those that several languages share.
pub(super) const SCRIPTS: &[(&str, Script)] = &[
    ("Arab", Script::Arab),
    ("Beng", Script::Beng),
    ("Cyrl", Script::Cyrl),
    ("Deva", Script::Deva),
    ("Ethi", Script::Ethi),
    ("Hebr", Script::Hebr),
    ("Latn", Script::Latn),
];

/// A file's content: the slots, and for each bucket its weights.
pub(super) fn write(
    slots: &[(Script, String)],
    scale: f32,
    calibration: &Calibration,
    buckets: &[Vec<(u8, i8)>],
) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend(scale.to_le_bytes());
    file.extend((slots.len() as u32).to_le_bytes());
    for (script, tag) in slots {
        let name = SCRIPTS.iter().find(|(_, known)| known == script).map_or("", |(name, _)| name);
        file.extend(format!("{name:<4}{tag:<4}").bytes());
    }
    file.extend(calibration.0.iter().flatten().flat_map(|cell| cell.to_le_bytes()));
    file.extend(buckets.iter().map(|weights| weights.len() as u8));
    file.extend(buckets.iter().flatten().flat_map(|(slot, weight)| [*slot, *weight as u8]));
    file
}
