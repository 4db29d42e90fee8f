//! The model's file: a row of weights for each feature, and what labels say of those that follow.
//!
//! Do not change the layout without a new [`MAGIC`]. Numbers are little-endian.
//!
//! | bytes | what |
//! |-|-|
//! | 8 | [`MAGIC`] |
//! | 4 | `f32`: what a weight of 1 is worth |
//! | 4 | `f32`: what is taken from the score of a unit outside of names |
//! | 4 | `f32`: what is taken from the scores of names of other classes |
//! | 4 | `u32`: the bits of a line's number |
//! | 4 each | `f32`: the links, label by label |
//! | | zeros up to the next whole 64 bytes |
//! | [`LINE_BYTES`] a line | [`ROWS`] times `u16`: a feature's tag, or 0; then [`ROWS`] times [`WEIGHTS`] `i8`; zeros |
//!
//! A feature's hash has 32 bits: the first ones number its line, the others and 1 are its tag. So a feature that was not
//! trained on has no weights, and not another's.

use std::hint::black_box;

use super::chain::Links;
use super::features::{SLOTS, Sink};
use super::labels::{LABELS, WEIGHTS};

/// What the file begins with.
pub(super) const MAGIC: &[u8; 8] = b"WDENTS1\n";

/// A line of the processor's cache.
pub(super) const LINE_BYTES: usize = 64;

/// How many features a line has room for: those that matter most.
pub(super) const ROWS: usize = 3;

/// Where in a line the weights begin.
pub(super) const WEIGHTS_AT: usize = 8;

/// A line as it is stored.
pub(super) type Line = [u8; LINE_BYTES];

/// Tables have no fewer and no more lines than two to these powers: a tag has 16 bits.
const BITS: std::ops::RangeInclusive<u32> = 17..=20;

/// The line and the tag of a feature in a table of so many bits.
#[inline]
pub(super) fn place(feature: u32, bits: u32) -> (usize, u16) {
    let rest = 32 - bits;
    ((feature >> rest) as usize, (feature & ((1 << rest) - 1)) as u16 + 1)
}

/// The model, over the bytes of its file.
#[derive(Debug)]
pub(in super::super) struct Weights<'a> {
    pub(super) scale: f32,
    pub(super) bits: u32,
    pub(super) links: Links,
    /// What is taken from the score of a unit outside of names: a chain that is trained on likelihood finds too few.
    pub(super) eagerness: f32,
    /// What is taken from the scores of [`Class::Other`](super::Class::Other): corpora differ in what they take for
    /// such a name, and it is worth least to readers.
    pub(super) reserve: f32,
    pub(super) lines: &'a [Line],
    /// A bit for the first [`FILTER_BITS`] bits of each feature that has weights: many of a text have none, and this is
    /// small enough to stay near the processor.
    filter: Box<[u64; FILTER_WORDS]>,
}

impl<'a> Weights<'a> {
    /// Reads a file; `None` if it is none, or one of another version.
    pub(in super::super) fn read(file: &'a [u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let scale = f32::from_le_bytes(*take(&mut rest)?);
        let eagerness = f32::from_le_bytes(*take(&mut rest)?);
        let reserve = f32::from_le_bytes(*take(&mut rest)?);
        let bits = u32::from_le_bytes(*take(&mut rest)?);
        let mut links = [[0.0; LABELS]; LABELS];
        for link in links.iter_mut().flatten() {
            *link = f32::from_le_bytes(*take(&mut rest)?);
        }
        let at = file.len() - rest.len();
        rest = rest.get(at.next_multiple_of(LINE_BYTES) - at..)?;
        let (lines, odd) = rest.as_chunks();
        let whole = BITS.contains(&bits) && odd.is_empty() && lines.len() == 1 << bits && scale.is_finite();
        whole.then(|| Self {
            scale,
            bits,
            links: Links::new(links),
            eagerness,
            reserve,
            lines,
            filter: filter(lines, bits),
        })
    }
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(head)
}

/// So many bits of a feature's hash tell whether it may have weights: half a MiB, of which a fifth is set.
const FILTER_BITS: u32 = 22;

const FILTER_WORDS: usize = 1 << (FILTER_BITS - 6);

/// The word and the bit of a feature in the filter.
#[inline]
fn filter_place(feature: u32) -> (usize, u32) {
    let number = feature >> (32 - FILTER_BITS);
    ((number >> 6) as usize, number & 63)
}

fn filter(lines: &[Line], bits: u32) -> Box<[u64; FILTER_WORDS]> {
    let mut filter = Box::new([0; FILTER_WORDS]);
    for (number, line) in (0u32..).zip(lines) {
        for row in 0..ROWS {
            if let Some(rest) = tag_at(line, row).checked_sub(1) {
                let (word, bit) = filter_place(number << (32 - bits) | u32::from(rest));
                filter[word] |= 1 << bit;
            }
        }
    }
    filter
}

#[inline]
fn tag_at(line: &Line, row: usize) -> u16 {
    u16::from_le_bytes([line[2 * row], line[2 * row + 1]])
}

/// Features of a unit that may have weights, one after the other.
#[derive(Debug)]
pub(super) struct Features<'a> {
    filter: &'a [u64; FILTER_WORDS],
    features: [u32; SLOTS],
    len: usize,
}

impl<'a> Features<'a> {
    /// None yet, of a model.
    pub(super) fn of(weights: &'a Weights<'_>) -> Self {
        Self { filter: &weights.filter, features: [0; SLOTS], len: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }
}

impl Sink for Features<'_> {
    #[inline]
    fn take(&mut self, _: usize, feature: u32) {
        let (word, bit) = filter_place(feature);
        // Without a branch: whether a feature has weights is not to be foreseen.
        self.features[self.len] = feature;
        self.len += (self.filter[word] >> bit & 1) as usize;
    }
}

impl Weights<'_> {
    /// Adds the weights of features.
    pub(super) fn add(&self, features: &Features<'_>, sums: &mut [i16; WEIGHTS]) {
        let features = &features.features[..features.len];
        // Lines lie far apart, and most of the time goes into waiting for them: all are asked for before the first is
        // needed.
        black_box(features.iter().fold(0, |all, feature| all ^ self.lines[place(*feature, self.bits).0][0]));
        for feature in features {
            let (line, tag) = place(*feature, self.bits);
            let line = &self.lines[line];
            // Nor is it to be foreseen in which row they are: of a row that is another feature's nothing is added.
            let same: [bool; ROWS] = std::array::from_fn(|row| tag_at(line, row) == tag);
            const { assert!(ROWS == 3, "the rows are named one by one: a loop over them takes longer") };
            let row = if same[0] {
                0
            } else if same[1] {
                1
            } else {
                2
            };
            let own = -i16::from(same[row]);
            let weights: &[u8; WEIGHTS] =
                line[WEIGHTS_AT + row * WEIGHTS..].first_chunk().expect("a line has its rows");
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i16::from(*weight as i8) & own);
        }
    }
}

/// A file's content.
pub(super) fn write(
    scale: f32,
    [eagerness, reserve]: [f32; 2],
    links: &[[f32; LABELS]; LABELS],
    lines: &[Line],
) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend(scale.to_le_bytes());
    file.extend(eagerness.to_le_bytes());
    file.extend(reserve.to_le_bytes());
    file.extend(lines.len().ilog2().to_le_bytes());
    file.extend(links.iter().flatten().flat_map(|link| link.to_le_bytes()));
    file.resize(file.len().next_multiple_of(LINE_BYTES), 0);
    file.extend(lines.iter().flatten());
    file
}
