//! The one form of a URL by which an article is known.
//!
//! The id of an article is made of this form, so every rule here is a promise. Do not change: another form of the same
//! URL is another article downstream. The test vectors below are repeated in `docs/event-contract.md`.

use std::fmt::Write;

use ::url::Url;

use super::tracking;

/// The canonical form of an http(s) URL; `None` if it is not one.
///
/// * The scheme is always `https`. News sites serve one page under both, and scrapers and feeds mix them; two ids for
///   one page would split its revisions, while a site that serves two different articles under one host and path is
///   not known. The URL as received stays in `source.url`, for whoever wants to fetch it.
/// * The host is in lower case and punycode, without a final dot; a leading `www.` is kept, since it can be another
///   site. User name and password are dropped, and so are the ports 80 of http and 443.
/// * `.` and `..` are resolved. Percent-encoding is normalised after RFC 3986 §6.2.2: unreserved characters stand bare,
///   hex digits in upper case, everything that a URL may not hold is encoded. A final slash is kept.
/// * The fragment and tracking parameters are dropped; other parameters keep their order. An empty query is dropped.
///
/// Idempotent: the canonical form of a canonical form is itself.
#[must_use]
pub fn canonical_url(url: &str) -> Option<String> {
    let parsed = Url::parse(url.trim()).ok()?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return None;
    }
    // One final dot is the root of the name; a name with more of them is none, and without them it would be another.
    let host = parsed.host_str()?;
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.is_empty() || host.ends_with('.') {
        return None;
    }
    // AMP and mobile forms of a page are still pages of their own. Folding them into the desktop form belongs here,
    // on `host` and `parsed.path()`, before the parts are written.
    let mut canonical = String::with_capacity(url.len() + 8);
    canonical.push_str("https://");
    canonical.push_str(host);
    if let Some(port) = parsed.port().filter(|port| *port != 443) {
        write!(canonical, ":{port}").expect("writing to a string cannot fail");
    }
    push_normalised(&mut canonical, parsed.path());
    push_query(&mut canonical, parsed.query().unwrap_or_default());
    Some(canonical)
}

/// Appends `?` and the parameters that are not tracking, if any.
fn push_query(canonical: &mut String, query: &str) {
    let mut separator = '?';
    for raw in query.split('&') {
        let mut parameter = String::with_capacity(raw.len());
        push_normalised(&mut parameter, raw);
        let (name, value) = parameter.split_once('=').unwrap_or((&parameter, ""));
        if parameter.is_empty() || tracking::is_tracking(name, value) {
            continue;
        }
        canonical.push(separator);
        canonical.push_str(&parameter);
        separator = '&';
    }
}

/// Appends a path or a parameter in the one percent-encoding that RFC 3986 §6.2.2 calls normal.
fn push_normalised(out: &mut String, part: &str) {
    let bytes = part.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = if byte == b'%' { hex_pair(bytes.get(at + 1..at + 3)) } else { None };
        match escaped {
            Some(code) if is_unreserved(code) => out.push(char::from(code)),
            Some(code) => push_encoded(out, code),
            None if is_unreserved(byte) || is_delimiter(byte) => out.push(char::from(byte)),
            // A stray `%` becomes `%25`: left bare, it could join what follows into an escape that was not there.
            None => push_encoded(out, byte),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
}

fn push_encoded(out: &mut String, byte: u8) {
    write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
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
mod tests {
    use proptest::prelude::*;

    use super::canonical_url;

    fn check(url: &str, canonical: Option<&str>) {
        assert_eq!(canonical_url(url).as_deref(), canonical, "{url}");
    }

    #[test]
    fn scheme_host_and_port() {
        check("https://example.com/a", Some("https://example.com/a"));
        check("http://example.com/a", Some("https://example.com/a"));
        check("  HTTPS://Example.COM/A \n", Some("https://example.com/A"));
        check("https://www.example.com/a", Some("https://www.example.com/a"));
        check("https://example.com./a", Some("https://example.com/a"));
        check("https://báo.example/tin", Some("https://xn--bo-mia.example/tin"));
        check("https://XN--BO-MIA.example/tin", Some("https://xn--bo-mia.example/tin"));
        check("http://example.com:80/a", Some("https://example.com/a"));
        check("https://example.com:443/a", Some("https://example.com/a"));
        check("http://example.com:443/a", Some("https://example.com/a"));
        check("https://example.com:80/a", Some("https://example.com:80/a"));
        check("http://example.com:8080/a", Some("https://example.com:8080/a"));
        check("https://user:secret@example.com/a", Some("https://example.com/a"));
        check("http://[2001:DB8::1]/a", Some("https://[2001:db8::1]/a"));
    }

    #[test]
    fn path_and_percent_encoding() {
        check("https://example.com", Some("https://example.com/"));
        check("https://example.com/a/", Some("https://example.com/a/"));
        check("https://example.com/a/./b/../c", Some("https://example.com/a/c"));
        check("https://example.com/%7euser/%2d%5f", Some("https://example.com/~user/-_"));
        check("https://example.com/a%2fb", Some("https://example.com/a%2Fb"));
        check("https://example.com/tin tức", Some("https://example.com/tin%20t%E1%BB%A9c"));
        check("https://example.com/tin%20t%e1%bb%a9c", Some("https://example.com/tin%20t%E1%BB%A9c"));
        check("https://example.com/100%", Some("https://example.com/100%25"));
        check("https://example.com/%%34%31", Some("https://example.com/%2541"));
        check("https://example.com/a|b[1]", Some("https://example.com/a%7Cb%5B1%5D"));
        check("https://example.com/a;v=1,2/(c)", Some("https://example.com/a;v=1,2/(c)"));
    }

    #[test]
    fn query_and_fragment() {
        check("https://example.com/a?", Some("https://example.com/a"));
        check("https://example.com/a?#top", Some("https://example.com/a"));
        check("https://example.com/a#comments", Some("https://example.com/a"));
        check("https://example.com/a?id=7&page=2", Some("https://example.com/a?id=7&page=2"));
        check("https://example.com/a?page=2&id=7", Some("https://example.com/a?page=2&id=7"));
        check("https://example.com/a?id=7&&x", Some("https://example.com/a?id=7&x"));
        check("https://example.com/a?utm_source=x&utm_medium=y", Some("https://example.com/a"));
        check("https://example.com/a?utm_source=x&id=7&fbclid=z", Some("https://example.com/a?id=7"));
        check("https://example.com/a?UTM%5FSource=x&id=7", Some("https://example.com/a?id=7"));
        check("https://example.com/a?ref=rss", Some("https://example.com/a"));
        check("https://example.com/a?ref=80123", Some("https://example.com/a?ref=80123"));
    }

    #[test]
    fn what_is_no_web_page() {
        for url in [
            "http://0..",
            "https://example.com../a",
            "",
            " ",
            "example.com/a",
            "/a/b",
            "//example.com/a",
            "ftp://example.com/a",
            "mailto:desk@example.com",
            "urn:newsml:example.com:1",
            "http://",
            "https:///",
            "https://?q",
            "https://exa mple.com/",
            "https://./",
            // More than one final dot; a property test found the first, which without its dots is an IPv4 address.
            "http://0..",
            "https://example.com../a",
        ] {
            check(url, None);
        }
    }

    proptest! {
        #[test]
        fn idempotent_for_anything(url in "\\PC*") {
            if let Some(once) = canonical_url(&url) {
                prop_assert_eq!(canonical_url(&once), Some(once));
            }
        }

        #[test]
        fn idempotent_for_urls(
            host in "[a-zA-Z0-9éß%.\\-_]{1,12}",
            port in prop::option::of(any::<u16>()),
            rest in "[a-zA-Z0-9%/?&=#.;:@!|\\\\ '\"<>\\[\\]^`{}~é]{0,40}",
        ) {
            let port = port.map_or(String::new(), |port| format!(":{port}"));
            if let Some(once) = canonical_url(&format!("http://{host}{port}/{rest}")) {
                prop_assert!(once.is_ascii());
                prop_assert_eq!(canonical_url(&once), Some(once));
            }
        }
    }
}
