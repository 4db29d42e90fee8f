//! What charset is declared, and whether the bytes speak against it.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, WINDOWS_1252};

use super::prescan;
use crate::event::{Warning, WarningCode};

/// Names that libraries write and the WHATWG's list of labels lacks.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("cp65001", "utf-8"),
    ("cp866u", "ibm866"),
    ("cp874", "windows-874"),
    ("cp932", "shift_jis"),
    ("cp936", "gbk"),
    ("cp949", "euc-kr"),
    ("cp950", "big5"),
    ("eucjp", "euc-jp"),
    ("euckr", "euc-kr"),
    ("latin-1", "latin1"),
    ("tis620", "tis-620"),
    ("utf-8-sig", "utf-8"),
    ("utf8mb4", "utf-8"),
    ("win-1251", "windows-1251"),
    ("win1251", "windows-1251"),
    ("windows1251", "windows-1251"),
    ("windows1252", "windows-1252"),
];

/// Labels that servers and libraries set where they know nothing. By the WHATWG they all mean windows-1252.
const DEFAULTS: &[&str] =
    &["ansi_x3.4-1968", "ascii", "iso-8859-1", "iso8859-1", "iso_8859-1", "latin-1", "latin1", "us-ascii"];

/// Characters of several bytes that must be sound UTF-8 to contradict a charset of two bytes a character: a pair of its
/// own is UTF-8 by chance in one of eight, so this many are in one of 200,000.
const CHARS_MIN: usize = 6;

/// The declaration, if there is a usable one.
#[derive(Clone, Copy)]
pub(super) struct Declared {
    encoding: Option<&'static Encoding>,
    /// Whether it may be no more than a default.
    weak: bool,
}

impl Declared {
    /// That of the record, else that of the page itself; a page knows better than a default.
    pub(super) fn of(bytes: &[u8], label: Option<&str>) -> Self {
        let outer = label.and_then(Self::named);
        match outer {
            Some(outer) if !outer.weak => outer,
            outer => {
                let inner = prescan::charset(bytes).and_then(|label| Self::named(&label));
                inner.map(Self::of_page).or(outer).unwrap_or(Self { encoding: None, weak: false })
            }
        }
    }

    fn named(label: &str) -> Option<Self> {
        let name = label.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
        let hyphened = name.replace('_', "-");
        let other = OTHER_NAMES.iter().find(|(other, _)| *other == hyphened).map(|(_, name)| *name);
        let encoding = [Some(name.as_str()), Some(hyphened.as_str()), other]
            .into_iter()
            .flatten()
            .find_map(|name| Encoding::for_label(name.as_bytes()))
            .filter(|encoding| *encoding != REPLACEMENT)?;
        Some(Self { encoding: Some(encoding), weak: DEFAULTS.contains(&name.as_str()) })
    }

    /// What was read as ASCII to be found is not UTF-16, whatever it says (WHATWG HTML §13.2.3.2).
    fn of_page(self) -> Self {
        Self { encoding: self.encoding.map(Encoding::output_encoding), ..self }
    }

    /// The charset, unless the bytes speak against it.
    pub(super) fn believed(self, bytes: &[u8]) -> Option<&'static Encoding> {
        self.encoding.filter(|encoding| {
            let latin_1 = self.weak && *encoding == WINDOWS_1252;
            *encoding != UTF_8 && !is_utf_8(encoding, bytes) && !(latin_1 && is_in_runs(bytes))
        })
    }

    /// The warning that bytes which are UTF-8 are declared as something else.
    pub(super) fn contradicted(self, bytes: &[u8]) -> Option<Warning> {
        let other = self.encoding.is_some_and(|encoding| encoding != UTF_8);
        (other && !bytes.is_ascii()).then(|| self.guessed(UTF_8))
    }

    /// The warning that a charset is not the declared one.
    pub(super) fn guessed(self, encoding: &'static Encoding) -> Warning {
        let name = encoding.name();
        let detail = match self.encoding {
            Some(declared) if declared != encoding => format!("read as {name}, where {} is declared", declared.name()),
            Some(_) | None => format!("read as {name}"),
        };
        Warning::new(WarningCode::CharsetGuessed, detail)
    }
}

/// Whether bytes that are declared as something else are UTF-8: its sequences practically never occur in text of one byte
/// a character, and not often in others.
fn is_utf_8(declared: &'static Encoding, bytes: &[u8]) -> bool {
    let ascii = bytes.is_ascii();
    !ascii
        && std::str::from_utf8(bytes).is_ok_and(|text| {
            declared.is_single_byte() || text.chars().filter(|c| !c.is_ascii()).take(CHARS_MIN).count() == CHARS_MIN
        })
}

/// Whether most bytes beyond ASCII stand in runs of three or more: so do the letters of Greek, Cyrillic, Thai or Chinese
/// words. Those of a Latin alphabet, between ASCII letters, never do.
fn is_in_runs(bytes: &[u8]) -> bool {
    let runs = bytes.split(u8::is_ascii).map(<[u8]>::len);
    let (all, long) = runs.fold((0, 0), |(all, long), run| (all + run, if run >= 3 { long + run } else { long }));
    long * 2 > all
}
