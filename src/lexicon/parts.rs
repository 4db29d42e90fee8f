//! Words of personal names, and what they are: a set that says of a word's key whether names have it.
//!
//! The set is made by `data/lexicon/generator/name_parts.py` from lists of many languages and scripts. It holds hashes,
//! not words: a word that no list has is taken for a name part in 1 case of about 2,500. What the lists do not say, and
//! that a word is an everyday one too ('Mark', 'Mai'), is for its reader to weigh.

/// Do not change apart from `name_parts.py`: the layout is described there.
static FILE: &[u8] = include_bytes!("../../data/lexicon/name_parts.bin");
const MAGIC: &[u8] = b"wiredesk-parts-1";
const BUCKETS: usize = 1 << 16;

/// What a word is in personal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NamePart {
    /// A part of names, of which no source says more; most are family names.
    Untold,
    /// A given name.
    Given,
    /// A family name.
    Family,
    /// Some people's given name and others' family name.
    Both,
}

/// The words of personal names that the program knows.
#[derive(Debug)]
pub struct NameParts {
    /// Where each bucket's words start, and after the last where they end.
    starts: Vec<u32>,
    /// Two bytes a word.
    words: &'static [u8],
}

impl NameParts {
    /// The set that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        let rest = FILE.strip_prefix(MAGIC).expect("a test reads the embedded file");
        let (counts, words) = rest.split_at(BUCKETS);
        let mut end = 0;
        let ends = counts.iter().map(|&count| {
            end += u32::from(count);
            end
        });
        Self { starts: std::iter::once(0).chain(ends).collect(), words }
    }

    /// What the word with this key is, if it is part of names. Keys are those of the lexicon's tokens: case is nothing to them.
    #[must_use]
    pub fn class(&self, key: u64) -> Option<NamePart> {
        let bucket = (key >> 48) as usize;
        let rest = u16::try_from(key >> 34 & 0x3FFF).expect("it has 14 bits");
        let range = self.starts[bucket] as usize * 2..self.starts[bucket + 1] as usize * 2;
        let words = self.words[range].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let found = words.map(|word| (word >> 2, word & 3)).find(|&(known, _)| known == rest);
        found.map(|(_, class)| match class {
            0 => NamePart::Untold,
            1 => NamePart::Given,
            2 => NamePart::Family,
            _ => NamePart::Both,
        })
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len() / 2
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// SHA-256, in hex, of the file.
    #[must_use]
    pub fn fingerprint() -> &'static str {
        env!("SHA256_NAME_PARTS")
    }
}

#[cfg(test)]
mod tests {
    use super::super::token;
    use super::*;

    fn check(word: &str, expected: Option<NamePart>) {
        static PARTS: std::sync::LazyLock<NameParts> = std::sync::LazyLock::new(NameParts::embedded);
        assert_eq!(PARTS.class(token::read(word).0), expected, "{word}");
    }

    #[test]
    fn words_of_names_are_told_in_many_scripts() {
        use NamePart::{Both, Family, Given};
        let parts = NameParts::embedded();
        let class = |word: &str| parts.class(token::read(word).0);
        for family in ["Nguyễn", "NGUYEN", "Phạm", "Müller", "Kowalski", "Смирнова", "佐藤", "田中", "王", "김"]
        {
            assert!(matches!(class(family), Some(Family | Both)), "{family}: {:?}", class(family));
        }
        for given in ["María", "MARIA", "Siti", "Иван", "太郎", "राम", "Việt", "chinh"] {
            assert!(matches!(class(given), Some(Given | Both)), "{given}: {:?}", class(given));
        }
        check("Kowalski", Some(Family));
        check("Siti", Some(Given));
        check("محمد", Some(Both));
        check("สมชาย", Some(NamePart::Untold));
    }

    #[test]
    fn other_words_are_no_part() {
        for word in ["the", "và", "Indonesia", "premier", "и", "qwrtzp", "会议", "2024", ""] {
            check(word, None);
        }
    }

    #[test]
    fn the_file_is_whole() {
        let parts = NameParts::embedded();
        assert_eq!(parts.starts.len(), BUCKETS + 1);
        assert_eq!(parts.starts[BUCKETS] as usize, parts.len());
        assert!(parts.len() > 400_000 && FILE.len() < 2_000_000);
        let sorted = |range: &[u32]| {
            let bucket = parts.words[range[0] as usize * 2..range[1] as usize * 2].chunks_exact(2);
            bucket.map(|pair| u16::from_le_bytes([pair[0], pair[1]]) >> 2).collect::<Vec<_>>().is_sorted()
        };
        assert!(parts.starts.windows(2).all(sorted));
    }
}
