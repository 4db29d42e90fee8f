//! The hosts of one site.

use std::net::Ipv4Addr;

/// Labels by which a site sets the hosts of its forms apart, in the order of the alphabet; `www1` to `www9` besides. Only
/// those that name a device or a protocol in every language, never a section, a language or a country.
const FORMS: &[&str] = &["3g", "amp", "m", "mobi", "mobil", "mobile", "movil", "pda", "touch", "wap", "www"];

/// Second-level names under which a country's registry takes registrations (`co.uk`, `com.vn`): what stands before them
/// is a site's own name, be it `m` or `mobile`.
const REGISTRIES: &[&str] = &[
    "ac", "ad", "asn", "biz", "co", "com", "ed", "edu", "go", "gob", "gouv", "gov", "gub", "id", "in", "inf", "info",
    "int", "ltd", "me", "mil", "mobi", "name", "ne", "net", "nom", "or", "org", "plc", "pro", "re", "sch", "tv", "web",
];

/// Appends the host without the labels that only name a form of its site.
pub(super) fn push_family(out: &mut String, host: &str) {
    if host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok() {
        return out.push_str(host);
    }
    let site = family(host);
    // A language may stand before the form: `en.m.wikinews.org`.
    match site.split_once('.') {
        Some((language, mobile)) if mobile.starts_with("m.") && mobile != family(mobile) => {
            out.push_str(language);
            out.push('.');
            out.push_str(family(mobile));
        }
        _ => out.push_str(site),
    }
}

fn family(mut host: &str) -> &str {
    while let Some((label, rest)) = host.split_once('.')
        && is_form(label)
        && is_site(rest)
    {
        host = rest;
    }
    host
}

fn is_form(label: &str) -> bool {
    FORMS.binary_search(&label).is_ok() || matches!(label.as_bytes(), [b'w', b'w', b'w', b'1'..=b'9'])
}

/// Whether a name is of a site, not of the registry above it.
fn is_site(name: &str) -> bool {
    match name.rsplit_once('.') {
        None => false,
        Some((second, country)) => country.len() != 2 || REGISTRIES.binary_search(&second).is_err(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, expected: &str) {
        let mut out = String::new();
        push_family(&mut out, host);
        assert_eq!(out, expected, "{host}");
    }

    #[test]
    fn one_site_is_one_host() {
        for host in [
            "example.com",
            "www.example.com",
            "m.example.com",
            "amp.example.com",
            "www.m.example.com",
            "www3.example.com",
        ] {
            check(host, "example.com");
        }
        check("m.news.example.com", "news.example.com");
        check("mobil.example.de", "example.de");
        check("www.example.co.uk", "example.co.uk");
        check("m.example.com.vn", "example.com.vn");
        check("en.m.wikinews.example", "en.wikinews.example");
        check("m.xn--bo-mia.example", "xn--bo-mia.example");
    }

    #[test]
    fn a_label_that_is_the_site_stays() {
        for host in [
            "m.com",
            "amp.dev",
            "www.com",
            "mobile.co.uk",
            "m.com.vn",
            "3g.or.jp",
            "wap.info.pl",
            "vi.example.com",
            "edition.example.com",
            "news.example.com",
            "mnews.example.com",
            "www10.example.com",
            "wwwx.example.com",
            "x.m.com",
            "x.m.co.uk",
            "localhost",
            "10.0.0.1",
            "[::1]",
        ] {
            check(host, host);
        }
    }

    #[test]
    fn tables_are_sorted() {
        assert!(FORMS.is_sorted() && REGISTRIES.is_sorted());
    }
}
