//! The one form of a URL by which an article is known.
//!
//! The id of an article is made of this form, so every rule here is a promise. Do not change: another form of the same
//! URL is another article downstream. The test vectors below are repeated in `docs/event-contract.md`.
//!
//! Two URLs get one form where a news site has one article behind both; where that cannot be told from the URLs alone,
//! they stay apart, since two ids for one article are a lesser fault than one id for two. The form is a name, not a
//! place to fetch from: some sites answer under `www.` alone. The URL as received stays in `source.url` for that.

mod form;
mod host;
mod wrapper;

use std::fmt::Write;

use ::url::Url;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::tracking;

/// How many wrappers may lie around a URL: a search result of a snapshot of an AMP cache is the most that makes sense.
const WRAPPERS_MAX: usize = 4;

/// The canonical form of an http(s) URL; `None` if it is not one.
///
/// * A link that only leads to another (a search result, a social network's way out, an AMP cache, a snapshot of the
///   Web Archive) counts as the one that it leads to, if it says so itself. Short links and translations stay what they are.
/// * The scheme is always `https`; an address without one (`//example.com/a`), as pages write theirs, has it too. News sites serve one page under both, and scrapers and feeds mix them; two ids for
///   one page would split its revisions, while a site that serves two different articles under one host and path is
///   not known.
/// * The host is in lower case and punycode, without a final dot, and without the labels by which a site sets its mobile,
///   AMP and desktop forms apart: `www.`, `m.`, `amp.` and their like. Which of a site's hosts is the main one
///   cannot be known from a URL; all of them without such a label are one. Languages and editions (`vi.`, `edition.`) stay.
///   User name and password are dropped, and so are the ports 80 of http and 443.
/// * `.` and `..` are resolved, empty segments and a final slash dropped, and so are an index document at the end, a
///   session in the path, and what marks the AMP or print form of a page.
/// * Percent-encoding is normalised after RFC 3986 §6.2.2: unreserved characters stand bare, hex digits in upper case,
///   everything that a URL may not hold is encoded. UTF-8 that was encoded twice is encoded once, and characters are
///   composed (NFC), as RFC 3987 §5.3.2.2 has it: some systems write file names decomposed.
/// * Tracking parameters are dropped, and those that choose a form of the page (AMP, mobile, print, all on one page).
///   The others stand in the order of their names, where each has a value. An empty query is dropped.
/// * The fragment is dropped, unless it is the route of a page that the browser puts together: `#!…` or `#/…`.
///
/// Idempotent: the canonical form of a canonical form is itself.
#[must_use]
pub fn canonical_url(url: &str) -> Option<String> {
    let received = fold(url)?;
    let mut page = received.clone();
    for _ in 0..=WRAPPERS_MAX {
        match wrapper::inner(&page).and_then(|inner| fold(&inner)) {
            Some(inner) => page = inner,
            None => return Some(page),
        }
    }
    // Nothing that a reader could have followed.
    Some(received)
}

/// One URL in its normal form, whatever it leads to.
fn fold(url: &str) -> Option<String> {
    let url = url.trim();
    let relative = url.starts_with("//").then(|| format!("https:{url}"));
    let parsed = Url::parse(relative.as_deref().unwrap_or(url)).ok()?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return None;
    }
    // One final dot is the root of the name; a name with more of them is none, and without them it would be another.
    let host = parsed.host_str()?;
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.is_empty() || host.ends_with('.') {
        return None;
    }
    let mut canonical = String::with_capacity(url.len() + 8);
    canonical.push_str("https://");
    host::push_family(&mut canonical, host);
    if let Some(port) = parsed.port().filter(|port| *port != 443) {
        write!(canonical, ":{port}").expect("writing to a string cannot fail");
    }
    let mut path = String::with_capacity(parsed.path().len());
    push_normalised(&mut path, parsed.path());
    form::push_path(&mut canonical, &path);
    let blog = canonical.ends_with(".html");
    push_query(&mut canonical, parsed.query().unwrap_or_default(), blog);
    if let Some(route) = parsed.fragment().filter(|fragment| fragment.len() > 1 && fragment.starts_with(['!', '/'])) {
        canonical.push('#');
        push_normalised(&mut canonical, route);
    }
    Some(canonical)
}

/// Appends `?` and the parameters that say which page it is, if any.
fn push_query(canonical: &mut String, query: &str, blog: bool) {
    let mut normalised = String::with_capacity(query.len());
    push_normalised(&mut normalised, query);
    let mut kept: Vec<(&str, &str, &str)> = normalised.split('&').map(parameter).collect();
    kept.retain(|(whole, name, value)| {
        !whole.is_empty() && !tracking::is_tracking(name, value) && !form::is_form(name, value, blog)
    });
    // A parameter without a value may mean its place: then the order is left alone.
    if kept.iter().all(|(whole, name, _)| whole.len() > name.len()) {
        kept.sort_by_key(|(_, name, _)| *name);
    }
    for (position, (whole, ..)) in kept.iter().enumerate() {
        canonical.push(if position == 0 { '?' } else { '&' });
        canonical.push_str(whole);
    }
}

/// A parameter whole, its name and its value. An ampersand that was copied out of HTML source has left its `amp;`.
fn parameter(mut whole: &str) -> (&str, &str, &str) {
    while let Some(rest) = whole.strip_prefix("amp;") {
        whole = rest;
    }
    let (name, value) = whole.split_once('=').unwrap_or((whole, ""));
    (whole, name, value)
}

/// Appends a path, a query or a fragment in the one percent-encoding that RFC 3986 §6.2.2 calls normal.
fn push_normalised(out: &mut String, part: &str) {
    let start = out.len();
    let bytes = part.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = escape(bytes, at);
        match escaped {
            Some(code) if is_unreserved(code) => out.push(char::from(code)),
            Some(code) => push_encoded(out, code),
            None if is_unreserved(byte) || is_delimiter(byte) => out.push(char::from(byte)),
            // A stray `%` becomes `%25`: left bare, it could join what follows into an escape that was not there.
            None => push_encoded(out, byte),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    if out[start..].contains("%25") {
        let normal = out.split_off(start);
        push_encoded_once(out, &normal);
    }
    let normal = &out[start..];
    if normal.contains('%')
        && let Some(composed) = composed(normal)
    {
        out.truncate(start);
        out.push_str(&composed);
    }
}

/// A part in normal encoding with its characters beyond ASCII composed; `None` if they are.
fn composed(normal: &str) -> Option<String> {
    let bytes = normal.as_bytes();
    let mut composed = String::new();
    let mut run = String::new(); // what stands between two escapes that are no character beyond ASCII
    let mut changed = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match character(bytes, at) {
            Some((character, end)) => {
                run.push(character);
                at = end;
            }
            None if byte == b'%' => {
                changed |= push_composed(&mut composed, &mut run);
                composed.push_str(normal.get(at..at + 3)?);
                at += 3;
            }
            None => {
                run.push(char::from(byte));
                at += 1;
            }
        }
    }
    changed |= push_composed(&mut composed, &mut run);
    changed.then_some(composed)
}

/// Appends the characters of a run, composed and encoded, and says whether composing changed any.
fn push_composed(out: &mut String, run: &mut String) -> bool {
    let run = std::mem::take(run);
    let changed = !is_nfc(&run);
    for byte in run.nfc().collect::<String>().bytes() {
        if is_unreserved(byte) || is_delimiter(byte) { out.push(char::from(byte)) } else { push_encoded(out, byte) }
    }
    changed
}

/// The character beyond ASCII whose escapes stand here, and where they end.
fn character(normal: &[u8], at: usize) -> Option<(char, usize)> {
    let length = utf_8_length(escape(normal, at)?)?;
    let escaped: Option<Vec<u8>> = (0..length).map(|index| escape(normal, at + 3 * index)).collect();
    Some((std::str::from_utf8(&escaped?).ok()?.chars().next()?, at + 3 * length))
}

/// How many bytes the character beyond ASCII has in UTF-8 that begins with this one.
fn utf_8_length(lead: u8) -> Option<usize> {
    match lead {
        0xC2..=0xDF => Some(2),
        0xE0..=0xEF => Some(3),
        0xF0..=0xF4 => Some(4),
        _ => None,
    }
}

/// Appends a part in normal encoding, the characters beyond ASCII in it encoded once.
fn push_encoded_once(out: &mut String, normal: &str) {
    let mut from = 0;
    while let Some(at) = normal[from..].find("%25").map(|at| from + at) {
        out.push_str(&normal[from..at]);
        from = match encoded_twice(normal.as_bytes(), at) {
            Some((sequence, end)) => {
                sequence.iter().for_each(|byte| push_encoded(out, *byte));
                end
            }
            None => {
                out.push_str("%25");
                at + 3
            }
        };
    }
    out.push_str(&normal[from..]);
}

/// A character beyond ASCII whose escapes were escaped again, once or more often (`%25E1%25BA%25A1`), and where it ends.
/// No text has such a sequence of its own.
fn encoded_twice(normal: &[u8], start: usize) -> Option<(Vec<u8>, usize)> {
    let (lead, mut at) = twice(normal, start)?;
    let length = utf_8_length(lead)?;
    let mut sequence = vec![lead];
    while sequence.len() < length {
        let (byte, end) = twice(normal, at)?;
        sequence.push(byte);
        at = end;
    }
    std::str::from_utf8(&sequence).is_ok().then_some((sequence, at))
}

/// The byte whose escape stands here with its `%` escaped at least once, and where that ends.
fn twice(normal: &[u8], at: usize) -> Option<(u8, usize)> {
    let mut digits = at + 3;
    (normal.get(at..digits)? == b"%25").then_some(())?;
    while normal.get(digits..digits + 2) == Some(b"25") {
        digits += 2;
    }
    hex_pair(normal.get(digits..digits + 2)).map(|code| (code, digits + 2))
}

fn push_encoded(out: &mut String, byte: u8) {
    write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
}

/// The byte that an escape at this place stands for.
fn escape(bytes: &[u8], at: usize) -> Option<u8> {
    if bytes.get(at) == Some(&b'%') { hex_pair(bytes.get(at + 1..at + 3)) } else { None }
}

fn hex_pair(digits: Option<&[u8]>) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|value| u8::try_from(value).ok());
    match digits? {
        &[high, low] => Some(digit(high)? * 16 + digit(low)?),
        _ => None,
    }
}

/// RFC 3986 §2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// What RFC 3986 §3.3 and §3.4 let stand bare in a path or a query beside the unreserved characters.
fn is_delimiter(byte: u8) -> bool {
    b"!$&'()*+,;=:@/?".contains(&byte)
}

#[cfg(test)]
mod tests;
