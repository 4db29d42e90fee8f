//! Hashes of an article's clean text.

use sha2::{Digest, Sha256};

/// SHA-256, in hex, of the title, a blank line and the body. Without a title the body alone follows the blank line.
///
/// Do not change: revisions are told apart by it.
pub(super) fn content_sha256(title: Option<&str>, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(title.unwrap_or_default());
    hash.update("\n\n");
    hash.update(body);
    format!("{:x}", hash.finalize())
}

/// A 64-bit SimHash (Charikar, STOC 2002) of title and body, in 16 hex digits. Texts that share most of their features
/// differ in few bits.
///
/// The features are words, cut at everything that is not a letter or digit, and in scripts without spaces the pairs of
/// neighbouring characters. Do not change: stored fingerprints are compared with new ones.
pub(super) fn simhash64(title: Option<&str>, body: &str) -> String {
    let mut votes = Votes::new();
    for text in title.into_iter().chain([body]) {
        features(text, |feature| votes.add(mix(fnv1a(feature.as_bytes()))));
    }
    format!("{:016x}", votes.majority())
}

fn features(text: &str, mut found: impl FnMut(&str)) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().next().is_some_and(has_no_spaces) {
            let starts = word.char_indices().map(|(start, _)| start);
            let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
            starts.zip(ends).for_each(|(start, end)| found(&word[start..end]));
        } else {
            found(word);
        }
    }
}

/// Whether the character's script is written without spaces: Thai to Myanmar, Khmer, kana, Han.
fn has_no_spaces(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF
        | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// FNV-1a, 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finaliser of SplitMix64: FNV's high bits alone are too alike for short words.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// How many features have each bit set.
///
/// Eight counters of one byte share a word, so that a feature costs eight additions and not sixty-four; they are
/// emptied into wide counters before one can overflow.
struct Votes {
    narrow: [u64; 8],
    narrow_count: u8,
    wide: [u64; 64],
    count: u64,
}

impl Votes {
    fn new() -> Self {
        Self { narrow: [0; 8], narrow_count: 0, wide: [0; 64], count: 0 }
    }

    fn add(&mut self, hash: u64) {
        // Bit 8·j + i of the hash is lane j of word i.
        for (bit, lanes) in self.narrow.iter_mut().enumerate() {
            *lanes += (hash >> bit) & 0x0101_0101_0101_0101;
        }
        self.narrow_count += 1;
        if self.narrow_count == u8::MAX {
            self.empty();
        }
    }

    fn empty(&mut self) {
        for (bit, lanes) in self.narrow.iter_mut().enumerate() {
            for (lane, votes) in lanes.to_le_bytes().into_iter().enumerate() {
                self.wide[8 * lane + bit] += u64::from(votes);
            }
            *lanes = 0;
        }
        self.count += u64::from(self.narrow_count);
        self.narrow_count = 0;
    }

    fn majority(mut self) -> u64 {
        self.empty();
        let set = |(bit, &votes): (usize, &u64)| u64::from(2 * votes > self.count) << bit;
        self.wide.iter().enumerate().map(set).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: &str, b: &str) -> u32 {
        let bits = |text| u64::from_str_radix(&simhash64(None, text), 16).expect("hex");
        (bits(a) ^ bits(b)).count_ones()
    }

    /// The definition, word for word: what the packed counters must agree with.
    fn by_definition(text: &str) -> u64 {
        let mut sums = [0_i64; 64];
        features(text, |feature| {
            let hash = mix(fnv1a(feature.as_bytes()));
            sums.iter_mut().enumerate().for_each(|(bit, sum)| *sum += if hash >> bit & 1 == 1 { 1 } else { -1 });
        });
        sums.iter().enumerate().map(|(bit, &sum)| u64::from(sum > 0) << bit).sum()
    }

    #[test]
    fn packed_counters_agree_with_the_definition() {
        let words: Vec<String> = (0..1000).map(|n| format!("word{}", n * n)).collect();
        for count in [0, 1, 2, 254, 255, 256, 1000] {
            let text = words[..count].join(" ");
            assert_eq!(simhash64(None, &text), format!("{:016x}", by_definition(&text)), "{count} words");
        }
    }

    #[test]
    fn near_duplicates_are_near() {
        let text: String = (0..200).map(|n| format!("sentence {} of the story. ", n * 37 % 101)).collect();
        let corrected = text.replacen("sentence", "phrase", 1);
        let other: String = (0..200).map(|n| format!("line {} about rivers. ", n * 53 % 97)).collect();
        assert!(distance(&text, &corrected) <= 3);
        assert!(distance(&text, &other) > 10);
        assert!(distance("第一次会议在河内举行的消息传来以后", "第一次会议在河内举行的消息传来之后") <= 16);
    }

    #[test]
    fn stored_fingerprints_stay_comparable() {
        assert_eq!(content_sha256(None, "b"), content_sha256(Some(""), "b"));
        assert_ne!(content_sha256(Some("a"), "b"), content_sha256(None, "a\n\nb"));
        assert_eq!(
            content_sha256(Some("Title"), "Body"),
            "45777c14d90fa79dc6ce71ceb6f81cced62c929c472199547cfd939a54e954c6"
        );
        assert_eq!(simhash64(Some("Title"), "Body 东京塔"), "c01a2c08180ac985");
    }
}
