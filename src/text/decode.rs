//! Bytes become text: by their byte order mark, the declared charset, the pattern of UTF-16, UTF-8, or a guess, in this
//! order.
//!
//! UTF-8 with a few bad bytes stays UTF-8: a legacy charset would make another letter of every sound sequence.
//!
//! Binary does not pass as text: a legacy charset gives every byte a meaning, so what it makes of the bytes must also
//! look like text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::event::{Warning, WarningCode};

/// Of a thousand characters, how many may be U+FFFD: the contract's 1 %.
const REPLACED_PER_MILLE_MAX: usize = 10;

/// A share needs enough text to mean something: a shorter text counts as one of this many characters, so that one cut
/// sequence does not refuse it.
const SHARE_CHARS_MIN: usize = 100;

/// The same for damaged UTF-8 whose sound sequences speak for it: three bad ones are let pass in a short text.
const SHARE_CHARS_MIN_DAMAGED: usize = 300;

/// Of a hundred code units of UTF-16, how many must have a zero byte, and all but a few on the same side: those of
/// ASCII, which are blanks and stops at least.
const UTF_16_ZERO_PERCENT_MIN: usize = 10;

/// Of a thousand characters, how many may be control characters in text that is not UTF-8. Uniformly random bytes
/// have a hundred; text has none.
const CONTROLS_PER_MILLE_MAX: usize = 10;

/// The same for UTF-8, which random bytes never are by chance: only a mostly binary payload is refused.
const CONTROLS_PER_MILLE_MAX_UTF_8: usize = 100;

/// Text and what was odd about its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Decodes `bytes`. `charset` is the label that the record declares, if any; a label that nobody knows counts as none.
///
/// # Errors
/// What is wrong, for a person, if no charset makes text of the bytes: more than 1 % replacement characters, or
/// control characters as only binary has them.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> Result<Decoded, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return accept(encoding, &bytes[mark..], None);
    }
    let declared = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes())).filter(|e| *e != REPLACEMENT);
    if let Some(encoding) = declared.filter(|encoding| !is_contradicted(encoding, bytes))
        && let Ok(decoded) = accept(encoding, bytes, None)
    {
        return Ok(decoded);
    }
    if let Some(encoding) = utf_16(bytes)
        && let Ok(decoded) = accept(encoding, bytes, Some(guessed(encoding)))
    {
        return Ok(decoded);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => judge(text.to_owned(), UTF_8, None, SHARE_CHARS_MIN),
        Err(_) => damaged_utf_8(bytes).unwrap_or_else(|| guess(bytes)),
    }
}

/// Which UTF-16 the bytes look like, if they hold zeros on one side of their pairs and practically none on the other.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0, 0);
    for pair in bytes.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let whole = bytes.len().is_multiple_of(2);
    let enough = |zeros: usize| zeros * 100 >= bytes.len() / 2 * UTF_16_ZERO_PERCENT_MIN;
    match (even, odd) {
        _ if !whole || even == odd => None,
        (few, zeros) if enough(zeros) && few * 50 <= zeros => Some(UTF_16LE),
        (zeros, few) if enough(zeros) && few * 50 <= zeros => Some(UTF_16BE),
        _ => None,
    }
}

fn guessed(encoding: &'static Encoding) -> Warning {
    Warning::new(WarningCode::CharsetGuessed, format!("read as {}", encoding.name()))
}

/// Whether the bytes speak against the declared charset. UTF-8 is often declared as a Latin charset, by a server's
/// default; its sequences practically never occur in text that is really of one byte a character.
fn is_contradicted(declared: &'static Encoding, bytes: &[u8]) -> bool {
    declared == UTF_8 || (declared.is_single_byte() && !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok())
}

/// UTF-8 with a few bad bytes, such as a sequence cut in half: most of what is not ASCII must still be sound, which in a
/// legacy charset it is by chance only in a word or two. `None` if it is not UTF-8 at all.
fn damaged_utf_8(bytes: &[u8]) -> Option<Result<Decoded, String>> {
    let text = String::from_utf8_lossy(bytes);
    let replaced = count_replaced(&text);
    let sound = text.chars().filter(|c| !c.is_ascii()).count() - replaced;
    (sound > replaced).then(|| judge(text.into_owned(), UTF_8, None, SHARE_CHARS_MIN_DAMAGED))
}

fn guess(bytes: &[u8]) -> Result<Decoded, String> {
    if bytes.contains(&0) {
        return Err("it holds NUL bytes and is not UTF-8: this is binary, not text".to_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    accept(encoding, bytes, Some(guessed(encoding)))
}

fn accept(encoding: &'static Encoding, bytes: &[u8], warning: Option<Warning>) -> Result<Decoded, String> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    judge(text.into_owned(), encoding, warning, SHARE_CHARS_MIN)
}

/// Whether decoded bytes look like text. A text shorter than `share_chars_min` may have as many replacement characters
/// as one of that length.
fn judge(
    text: String,
    encoding: &'static Encoding,
    warning: Option<Warning>,
    share_chars_min: usize,
) -> Result<Decoded, String> {
    let replaced = count_replaced(&text);
    let controls = text.bytes().filter(|b| *b < 0x20 && !matches!(b, b'\t' | b'\n' | 0xB | 0xC | b'\r')).count();
    if replaced > 0 || controls > 0 {
        let chars = text.chars().count();
        if replaced * 1000 > chars.max(share_chars_min) * REPLACED_PER_MILLE_MAX {
            let name = encoding.name();
            return Err(format!("{replaced} of {chars} characters cannot be decoded (as {name}); at most 1 % may be"));
        }
        let most = if encoding == UTF_8 { CONTROLS_PER_MILLE_MAX_UTF_8 } else { CONTROLS_PER_MILLE_MAX };
        if controls * 1000 > chars * most {
            return Err(format!("{controls} of {chars} characters are control characters: this is binary, not text"));
        }
    }
    let mut warnings = Vec::from_iter(warning);
    if replaced > 0 {
        let detail = format!("{replaced} characters could not be decoded");
        warnings.push(Warning::new(WarningCode::ReplacementCharacters, detail));
    }
    Ok(Decoded { text, warnings })
}

fn count_replaced(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GB18030, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252, WINDOWS_1258};
    use proptest::prelude::*;

    use super::*;

    const RUSSIAN: &str = "Правительство утвердило план строительства новой железной дороги через степь.";

    /// Decodes, and gives the text with the codes of the warnings.
    #[track_caller]
    fn check(bytes: &[u8], charset: Option<&str>, text: &str, warnings: &[WarningCode]) {
        let decoded = decode(bytes, charset).expect("text");
        let codes: Vec<_> = decoded.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!((decoded.text.as_str(), codes.as_slice()), (text, warnings));
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], word: &str) {
        let sentence = decode(bytes, None).expect_err("not text");
        assert!(sentence.contains(word), "{sentence}");
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[test]
    fn utf_8_needs_no_word() {
        check("Việt Nam".as_bytes(), None, "Việt Nam", &[]);
        check(b"\xEF\xBB\xBFabc", None, "abc", &[]);
        check(b"", None, "", &[]);
        check("é".as_bytes(), Some("no-such-charset"), "é", &[]);
    }

    #[test]
    fn a_byte_order_mark_wins() {
        check(&utf16("Việt Nam", u16::to_le_bytes), Some("windows-1252"), "Việt Nam", &[]);
        check(&utf16("Nga", u16::to_be_bytes), None, "Nga", &[]);
    }

    #[test]
    fn the_declared_charset_is_taken() {
        check(&KOI8_R.encode(RUSSIAN).0, Some("koi8-r"), RUSSIAN, &[]);
        check(&WINDOWS_1258.encode("Đà").0, Some("windows-1258"), "Đà", &[]);
        check(&SHIFT_JIS.encode("日本").0, Some(" Shift_JIS "), "日本", &[]);
    }

    #[test]
    fn utf_8_that_is_declared_as_latin_is_utf_8() {
        check("Việt".as_bytes(), Some("iso-8859-1"), "Việt", &[]);
    }

    #[test]
    fn a_guess_is_told() {
        check(&WINDOWS_1251.encode(RUSSIAN).0, None, RUSSIAN, &[WarningCode::CharsetGuessed]);
        let french = "Le préfet a été reçu à l’Élysée ; la réunion s’est achevée très tôt.";
        check(&WINDOWS_1252.encode(french).0, None, french, &[WarningCode::CharsetGuessed]);
        let chinese = "新华社北京电 记者从会议上获悉，两国将继续加强合作。";
        let decoded = decode(&GB18030.encode(chinese).0, None).expect("text");
        assert_eq!(decoded.text, chinese);
        assert!(decoded.warnings[0].detail.contains("GB"), "{:?}", decoded.warnings);
    }

    #[test]
    fn a_few_bad_bytes_are_counted() {
        let mut bytes = "Việt Nam ".repeat(40).into_bytes();
        bytes.extend(b"\xE1\xBB");
        let decoded = decode(&bytes, None).expect("text");
        assert_eq!(decoded.warnings.len(), 1);
        assert_eq!(decoded.warnings[0].code, WarningCode::ReplacementCharacters);
        assert!(decoded.warnings[0].detail.starts_with("1 "));
    }

    #[test]
    fn a_short_text_that_is_cut_stays_utf_8() {
        let damaged = [WarningCode::ReplacementCharacters];
        let headline = "Thủ tướng Nhật Bản thăm Hà Nội hôm qua ";
        check(&[headline.as_bytes(), b"\xE1\xBB"].concat(), None, &format!("{headline}\u{FFFD}"), &damaged);
        let three = [headline.as_bytes(), b"\xFF \xFE \xE1\xBB"].concat();
        check(&three, None, &format!("{headline}\u{FFFD} \u{FFFD} \u{FFFD}"), &damaged);
        check("a \u{FFFD} b".as_bytes(), None, "a \u{FFFD} b", &damaged);
        check_refused(&[headline.as_bytes(), b"\xFF \xFE \xFF \xE1\xBB"].concat(), "1 %");
        check(b"caf\xE9 noir", None, "café noir", &[WarningCode::CharsetGuessed]);
    }

    #[test]
    fn utf_16_without_a_mark_is_seen() {
        for text in ["Thủ tướng thăm Hà Nội hôm qua.", "Two words", RUSSIAN] {
            for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
                check(&bytes, None, text, &[WarningCode::CharsetGuessed]);
            }
        }
        check_refused(&[1, 0, 2, 0, 3, 0, 4, 0], "control");
    }

    #[test]
    fn binary_is_refused() {
        check_refused(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\0", "binary");
        check_refused(&[0; 64], "binary");
        check_refused("\u{FFFD}\u{FFFD} text".as_bytes(), "1 %");
    }

    #[test]
    fn a_stray_control_character_in_utf_8_is_not_binary() {
        check("a list\u{2} of words".as_bytes(), None, "a list\u{2} of words", &[]);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), charset in prop::option::of("[a-z0-9-]{1,12}")) {
            let _ = decode(&bytes, charset.as_deref());
        }

        // 512 bytes without one of the 26 control bytes: a chance of 10⁻²³.
        #[test]
        fn random_bytes_are_not_text(bytes in prop::collection::vec(any::<u8>(), 512..600)) {
            prop_assert!(decode(&bytes, None).is_err());
        }
    }
}
