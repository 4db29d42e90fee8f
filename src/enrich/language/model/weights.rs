//! The model's file: which languages in which scripts, a few weights for each feature, and what a probability is worth.
//!
//! Do not change the layout without a new [`MAGIC`]. Numbers are little-endian.
//!
//! | bytes | what |
//! |-|-|
//! | 8 | [`MAGIC`] |
//! | 4 | `f32`: what a weight of 1 is worth |
//! | 4, 4 | `u32`: how many tables, and how many families |
//! | 2 each | a [`Calibration`] for languages without siblings, and one for each family: `u16` thousandths |
//! | 12 a table or family | script, four ASCII letters; `u32`: the bits of a bucket's number; `u32`: how many languages |
//! | 4 a language | tag, padded with blanks, table after table and family after family |
//! | | zeros up to the next whole [`ROW_BYTES`] |
//! | [`ROW_BYTES`] a bucket | [`PAIRS`] pairs of a language's place in its table (`u8`) and weight (`i8`), table after table |
//! | [`SIBLINGS_MAX`] a bucket | a weight (`i8`) for each language of the family, family after family |

use std::hint::black_box;

use super::scores::Answer;
use crate::event::Script;

/// What the file begins with.
pub(super) const MAGIC: &[u8; 8] = b"WDLANG2\n";

/// How many weights a feature has: what it says of the languages that it tells most about.
pub(super) const PAIRS: usize = 16;

/// A row lies within one line of the processor's cache, so that a feature costs one access to memory.
pub(super) const ROW_BYTES: usize = 2 * PAIRS;

/// How many rows are asked for at once.
const ASKED_FOR: usize = 32;

/// The weights of a feature.
pub(super) type Row = [[u8; 2]; PAIRS];

/// The most languages of a family, and its weights of a feature.
pub(super) const SIBLINGS_MAX: usize = 8;
pub(super) type SiblingRow = [u8; SIBLINGS_MAX];

/// The most languages of a table: a language's place is a byte.
pub(super) const LANGUAGES_MAX: usize = 256;

/// Tables have no fewer and no more rows than two to these powers.
const BITS: std::ops::RangeInclusive<u32> = 1..=24;

/// Letters from which each row of a calibration is: a longer text earns more trust at the same probability.
const LENGTHS_MIN: [usize; LENGTHS] = [0, 16, 32, 64, 128];

/// Rows of a calibration.
pub(super) const LENGTHS: usize = 5;

/// Columns of a calibration: steps of half a unit of log-odds, from −1 to 11.
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
    scale: f32,
    /// That of languages without siblings, then one for each family.
    calibrations: Vec<Calibration>,
    tables: Vec<Table<'a, Row>>,
    families: Vec<Table<'a, SiblingRow>>,
}

/// What is known of the languages of a script, or of siblings in it. A family stands in the script's table under the
/// tag of its first language.
#[derive(Debug)]
pub(in super::super) struct Table<'a, R> {
    /// The script.
    pub script: Script,
    /// The tags of its languages.
    pub languages: Vec<&'a str>,
    /// How many bits a bucket's number has.
    pub(super) bits: u32,
    rows: &'a [R],
}

impl<const N: usize, T: Copy> Table<'_, [T; N]> {
    /// Calls `add` with the row of each bucket. Rows lie far apart, and most of the time goes into waiting for them: so
    /// many are asked for at once, before the first is needed.
    #[inline]
    fn each_row(&self, buckets: &[u32], mut add: impl FnMut(&[T; N])) {
        for buckets in buckets.chunks(ASKED_FOR) {
            for bucket in buckets {
                black_box(self.rows[*bucket as usize][0]);
            }
            buckets.iter().for_each(|bucket| add(&self.rows[*bucket as usize]));
        }
    }
}

impl Table<'_, Row> {
    /// Adds the weights of features to the sums of the languages.
    pub(super) fn add(&self, buckets: &[u32], sums: &mut [i32; LANGUAGES_MAX]) {
        self.each_row(buckets, |row| {
            row.iter().for_each(|[language, weight]| sums[usize::from(*language)] += i32::from(*weight as i8));
        });
    }
}

impl Table<'_, SiblingRow> {
    /// Adds the weights of features to the sums of the siblings.
    pub(super) fn add(&self, buckets: &[u32], sums: &mut [i32; SIBLINGS_MAX]) {
        self.each_row(buckets, |row| {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight as i8));
        });
    }
}

impl<'a> Weights<'a> {
    /// Reads a file; `None` if it is none, or one of another version.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let scale = f32::from_le_bytes(*take(&mut rest)?);
        let counts = [u32::from_le_bytes(*take(&mut rest)?), u32::from_le_bytes(*take(&mut rest)?)];
        let calibrations = (0..=counts[1]).map(|_| calibration(&mut rest)).collect::<Option<Vec<_>>>()?;
        let [tables, families] = counts.map(|count| (0..count).map(|_| head(&mut rest)).collect::<Option<Vec<_>>>());
        let mut tables = empty(tables?, LANGUAGES_MAX, &mut rest)?;
        let mut families = empty(families?, SIBLINGS_MAX, &mut rest)?;
        let at = file.len() - rest.len();
        rest = rest.get(at.next_multiple_of(ROW_BYTES) - at..)?;
        for table in &mut tables {
            let (rows, after) = rest.split_at_checked(ROW_BYTES << table.bits)?;
            (table.rows, rest) = (rows.as_chunks().0.as_chunks().0, after);
        }
        let (mut siblings, odd) = rest.as_chunks();
        for family in &mut families {
            (family.rows, siblings) = siblings.split_at_checked(1 << family.bits)?;
        }
        let whole = odd.is_empty() && siblings.is_empty();
        (whole && scale.is_finite()).then_some(Self { scale, calibrations, tables, families })
    }

    /// The scripts that it knows, and their languages.
    pub(in super::super) fn tables(&self) -> &[Table<'a, Row>] {
        &self.tables
    }

    /// What is known of a script.
    pub(super) fn table(&self, script: Script) -> Option<&Table<'a, Row>> {
        self.tables.iter().find(|table| table.script == script)
    }

    /// The siblings that it tells apart more closely.
    pub(in super::super) fn families(&self) -> &[Table<'a, SiblingRow>] {
        &self.families
    }

    /// What the weights of one unit are worth.
    pub(super) fn scale(&self) -> f32 {
        self.scale
    }

    /// The place of a language's family; `None` if it has no siblings.
    pub(super) fn family(&self, tag: &str, script: Script) -> Option<usize> {
        self.families.iter().position(|family| family.script == script && family.languages.contains(&tag))
    }

    /// How likely an answer of so many letters in `script` is right.
    pub(in super::super) fn confidence(&self, answer: &Answer<'_>, script: Script, letters: usize) -> f64 {
        let calibration = self.family(answer.tag, script).map_or(0, |place| place + 1);
        self.calibrations[calibration].confidence(answer.probability, letters)
    }

    /// How likely a text of so many letters is in a language or in a sibling of it that have this probability together.
    pub(in super::super) fn kin_confidence(&self, probability: f32, letters: usize) -> f64 {
        self.calibrations[0].confidence(probability, letters)
    }
}

fn calibration(rest: &mut &[u8]) -> Option<Calibration> {
    let mut calibration = Calibration([[0; LEVELS]; LENGTHS]);
    for cell in calibration.0.iter_mut().flatten() {
        *cell = u16::from_le_bytes(*take(rest)?);
    }
    Some(calibration)
}

/// Tables without rows yet, of at most `languages_max` languages each.
fn empty<'a, R>(
    heads: Vec<(Script, u32, usize)>,
    languages_max: usize,
    rest: &mut &'a [u8],
) -> Option<Vec<Table<'a, R>>> {
    let table = |(script, bits, languages)| {
        let languages = (0..languages).map(|_| tag(take(rest)?)).collect::<Option<Vec<_>>>()?;
        (languages.len() <= languages_max).then_some(Table { script, languages, bits, rows: &[] })
    };
    heads.into_iter().map(table).collect()
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(head)
}

/// A table's script, bits and number of languages.
fn head(rest: &mut &[u8]) -> Option<(Script, u32, usize)> {
    let name = take::<4>(rest)?;
    let (_, script) = SCRIPTS.iter().find(|(known, _)| known.as_bytes() == name)?;
    let bits = u32::from_le_bytes(*take(rest)?);
    let languages = u32::from_le_bytes(*take(rest)?) as usize;
    BITS.contains(&bits).then_some((*script, bits, languages))
}

fn tag(bytes: &[u8; 4]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().map(str::trim_end)
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

/// A table or a family to be written: script, languages, and a row for each bucket.
pub(super) struct Content<R> {
    pub script: Script,
    pub languages: Vec<String>,
    pub rows: Vec<R>,
}

impl<R> Content<R> {
    fn head(&self) -> Vec<u8> {
        let name = SCRIPTS.iter().find(|(_, known)| *known == self.script).map_or("", |(name, _)| name);
        let mut head = format!("{name:<4}").into_bytes();
        head.extend(self.rows.len().ilog2().to_le_bytes());
        head.extend((self.languages.len() as u32).to_le_bytes());
        head
    }

    fn tags(&self) -> Vec<u8> {
        self.languages.iter().flat_map(|tag| format!("{tag:<4}").into_bytes()).collect()
    }
}

/// A file's content. The first calibration is that of languages without siblings.
pub(super) fn write(
    scale: f32,
    calibrations: &[Calibration],
    tables: &[Content<Row>],
    families: &[Content<SiblingRow>],
) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend(scale.to_le_bytes());
    file.extend((tables.len() as u32).to_le_bytes());
    file.extend((families.len() as u32).to_le_bytes());
    let cells = calibrations.iter().flat_map(|calibration| calibration.0.as_flattened());
    file.extend(cells.flat_map(|cell| cell.to_le_bytes()));
    file.extend(tables.iter().flat_map(Content::head).chain(families.iter().flat_map(Content::head)));
    file.extend(tables.iter().flat_map(Content::tags).chain(families.iter().flat_map(Content::tags)));
    file.resize(file.len().next_multiple_of(ROW_BYTES), 0);
    file.extend(tables.iter().flat_map(|table| table.rows.as_flattened().as_flattened()));
    file.extend(families.iter().flat_map(|family| family.rows.as_flattened()));
    file
}
