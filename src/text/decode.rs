//! Bytes become text: by their byte order mark, the declared charset, the pattern of UTF-16, UTF-8, or a guess, in this
//! order.
//!
//! A declaration is believed unless the bytes speak against it. UTF-8 is told from every other charset by its own
//! pattern, so what is UTF-8 is read as such whatever is declared; and Latin-1 is declared by default in so many
//! places that text whose letters come in runs, as those of other scripts do, is guessed all the same.
//!
//! UTF-8 with a few bad bytes stays UTF-8: a legacy charset would make another letter of every sound sequence. Binary does
//! not pass as text: a legacy charset gives every byte a meaning, so what it makes of the bytes must also look like
//! text. Text that was decoded wrongly before it came here is not repaired.

mod declared;
mod prescan;
mod utf_16;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8};

use self::declared::Declared;
use crate::event::{Warning, WarningCode};

/// Of a thousand characters, how many may be U+FFFD: the contract's 1 %.
const REPLACED_PER_MILLE_MAX: usize = 10;

/// A share needs enough text to mean something: a shorter text counts as one of this many characters, so that one cut
/// sequence does not refuse it.
const SHARE_CHARS_MIN: usize = 100;

/// The same for damaged UTF-8 whose sound sequences speak for it: three bad ones are let pass in a short text.
const SHARE_CHARS_MIN_DAMAGED: usize = 300;

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

/// What a record says of its charset besides its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints<'a> {
    /// The declared label; one that nobody knows counts as none. A page's own declaration is found in its bytes.
    pub charset: Option<&'a str>,
    /// The URL of the article: in some countries one charset is likelier than in others.
    pub url: Option<&'a str>,
}

/// Decodes `bytes`.
///
/// # Errors
/// What is wrong, for a person, if no charset makes text of the bytes: more than 1 % replacement characters, or
/// control characters as only binary has them.
pub fn decode(bytes: &[u8], hints: Hints) -> Result<Decoded, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return accept(encoding, &bytes[mark..], None);
    }
    let declared = Declared::of(bytes, hints.charset);
    if let Some(encoding) = declared.believed(bytes)
        && let Ok(decoded) = accept(encoding, bytes, None)
    {
        return Ok(decoded);
    }
    if let Some(encoding) = utf_16::by_zeros(bytes)
        && let Ok(decoded) = accept(encoding, bytes, Some(declared.guessed(encoding)))
    {
        return Ok(decoded);
    }
    if is_iso_2022_jp(bytes)
        && let Ok(decoded) = accept(ISO_2022_JP, bytes, Some(declared.guessed(ISO_2022_JP)))
    {
        return Ok(decoded);
    }
    let utf_8 = match std::str::from_utf8(bytes) {
        Ok(text) => Some(judge(text.to_owned(), UTF_8, declared.contradicted(bytes), SHARE_CHARS_MIN)),
        Err(_) => damaged_utf_8(bytes),
    };
    match utf_8 {
        Some(Ok(decoded)) => Ok(decoded),
        // Thai in UTF-16 is UTF-8 too, of control characters.
        refused => match (utf_16::by_script(bytes), refused) {
            (Some(encoding), _) => accept(encoding, bytes, Some(declared.guessed(encoding))),
            (None, Some(refused)) => refused,
            (None, None) => guess(bytes, declared, hints.url),
        },
    }
}

/// ISO 2022 is ASCII but for its escapes, of which Japanese text always has those to the two-byte set.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let escaped = |escape: &[u8]| matches!(escape, [0x1B, b'$', b'@' | b'B']);
    bytes.contains(&0x1B) && bytes.is_ascii() && bytes.windows(3).any(escaped)
}

/// UTF-8 with a few bad bytes, such as a sequence cut in half: most of what is not ASCII must still be sound, which in a
/// legacy charset it is by chance only in a word or two. `None` if it is not UTF-8 at all.
fn damaged_utf_8(bytes: &[u8]) -> Option<Result<Decoded, String>> {
    let text = String::from_utf8_lossy(bytes);
    let replaced = count_replaced(&text);
    let sound = text.chars().filter(|c| !c.is_ascii()).count() - replaced;
    (sound > replaced).then(|| judge(text.into_owned(), UTF_8, None, SHARE_CHARS_MIN_DAMAGED))
}

fn guess(bytes: &[u8], declared: Declared, url: Option<&str>) -> Result<Decoded, String> {
    if bytes.contains(&0) {
        return Err("it holds NUL bytes and is not UTF-8: this is binary, not text".to_owned());
    }
    let encoding = detect(bytes, url);
    accept(encoding, bytes, Some(declared.guessed(encoding)))
}

fn detect(bytes: &[u8], url: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let country = url.and_then(top_level);
    detector.guess(country.as_deref().map(str::as_bytes), Utf8Detection::Deny)
}

/// The last label of a URL's host, as the detector wants it: in lower case, ASCII letters alone or punycode.
pub(crate) fn top_level(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.trim_end_matches('.');
    let label = host.rsplit_once('.')?.1.to_ascii_lowercase();
    let known = label.bytes().all(|byte| byte.is_ascii_lowercase()) || label.starts_with("xn--");
    (known && label.is_ascii() && !label.is_empty()).then_some(label)
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
mod tests;
