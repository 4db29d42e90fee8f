//! UTF-16 without a byte order mark.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Of a hundred code units, how many must have a zero byte, and all but a few on the same side: those of ASCII, which
/// are blanks and stops at least.
const ZERO_PERCENT_MIN: usize = 10;

/// Of a hundred characters, how many must be of one script or signs of its writing.
const COHERENT_PERCENT_MIN: usize = 95;

/// Which UTF-16 the bytes look like, if they hold zeros on one side of their pairs and practically none on the other.
pub(super) fn by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0, 0);
    for pair in bytes.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let whole = bytes.len().is_multiple_of(2);
    let enough = |zeros: usize| zeros * 100 >= bytes.len() / 2 * ZERO_PERCENT_MIN;
    match (even, odd) {
        _ if !whole || even == odd => None,
        (few, zeros) if enough(zeros) && few * 50 <= zeros => Some(UTF_16LE),
        (zeros, few) if enough(zeros) && few * 50 <= zeros => Some(UTF_16BE),
        _ => None,
    }
}

/// Which UTF-16 the bytes are, if they make sound text of one script with a space, a line end or a full stop in it:
/// Chinese, Japanese and Thai have few zeros. The signs hold a control character when they are read in any charset
/// of bytes, so no text in one of those passes.
pub(super) fn by_script(bytes: &[u8]) -> Option<&'static Encoding> {
    let readings = [(UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16), (UTF_16BE, u16::from_be_bytes)];
    let whole = bytes.len().is_multiple_of(2);
    readings.into_iter().find(|(_, unit)| whole && is_coherent(bytes, *unit)).map(|(encoding, _)| encoding)
}

fn is_coherent(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let (mut all, mut signs, mut by_block) = (0_usize, 0_usize, [0_usize; 256]);
    for unit in units {
        all += 1;
        match unit {
            // Line ends and tabs, spaces and ASCII, the stops of Chinese, Japanese, Burmese and Khmer.
            0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x3000..=0x3002 | 0xFF0C | 0x104A | 0x104B | 0x17D4 => signs += 1,
            // Kana, Chinese characters and full-width signs stand in one text; so do Hangul and they.
            0x2010..=0x2027 | 0x3003..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF01..=0xFF5E => by_block[0] += 1,
            0x00..=0x1F | 0x7F..=0x9F | 0xD800..=0xDFFF | 0xE000..=0xF8FF | 0xFFFE.. => return false,
            other => by_block[usize::from(other >> 8)] += 1,
        }
    }
    let letters = by_block.iter().max().copied().unwrap_or_default();
    signs > 0 && letters > 0 && (signs + letters) * 100 >= all * COHERENT_PERCENT_MIN
}
