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
//! | 4 | `u32`: the bits of a row's number |
//! | 4 each | `f32`: the links, label by label |
//! | | zeros up to the next whole 64 bytes |
//! | [`WEIGHTS`] a row | `i8` |

use super::chain::Links;
use super::labels::{LABELS, WEIGHTS};

/// What the file begins with.
pub(super) const MAGIC: &[u8; 8] = b"WDENTS1\n";

/// Where rows begin: a line of the processor's cache holds four.
const ALIGNMENT: usize = 64;

/// Tables have no fewer and no more rows than two to these powers.
const BITS: std::ops::RangeInclusive<u32> = 4..=24;

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
    pub(super) rows: &'a [[u8; WEIGHTS]],
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
        rest = rest.get(at.next_multiple_of(ALIGNMENT) - at..)?;
        let (rows, odd) = rest.as_chunks();
        let whole = BITS.contains(&bits) && odd.is_empty() && rows.len() == 1 << bits && scale.is_finite();
        whole.then(|| Self { scale, bits, links: Links::new(links), eagerness, reserve, rows })
    }
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(head)
}

/// A file's content.
pub(super) fn write(
    scale: f32,
    [eagerness, reserve]: [f32; 2],
    links: &[[f32; LABELS]; LABELS],
    rows: &[[u8; WEIGHTS]],
) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend(scale.to_le_bytes());
    file.extend(eagerness.to_le_bytes());
    file.extend(reserve.to_le_bytes());
    file.extend(rows.len().ilog2().to_le_bytes());
    file.extend(links.iter().flatten().flat_map(|link| link.to_le_bytes()));
    file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
    file.extend(rows.iter().flatten());
    file
}
