//! Links that only lead to another page, and say to which.
//!
//! Recognised in their canonical form, so that what one pass leaves the next one leaves too.

/// Where the URL stands within a wrapper.
enum Place {
    /// In a parameter of one of these names, at this path.
    Parameter(&'static str, &'static [&'static str]),
    /// In the path after this start: host and path, or a whole URL.
    Path(&'static str),
}

/// The wrappers of hosts in canonical form. Every path and name here is what these services themselves write; what
/// holds no readable URL (news.google.com, t.co, bit.ly) cannot be unwrapped without asking the service.
const WRAPPERS: &[(&str, &[Place])] = &[
    ("away.vk.com", &[Place::Parameter("/away.php", &["to"])]),
    ("bing.com", &[Place::Path("/amp/s/")]),
    ("duckduckgo.com", &[Place::Parameter("/l", &["uddg"])]),
    ("facebook.com", &[Place::Parameter("/l.php", &["u"])]),
    ("l.facebook.com", &[Place::Parameter("/l.php", &["u"])]),
    ("l.instagram.com", &[Place::Parameter("/", &["u"])]),
    ("linkedin.com", &[Place::Parameter("/redir/redirect", &["url"]), Place::Parameter("/safety/go", &["url"])]),
    ("lm.facebook.com", &[Place::Parameter("/l.php", &["u"])]),
    ("out.reddit.com", &[Place::Parameter("*", &["url"])]),
    ("slack-redir.net", &[Place::Parameter("/link", &["url"])]),
    ("t.umblr.com", &[Place::Parameter("/redirect", &["z"])]),
    ("vk.com", &[Place::Parameter("/away.php", &["to"])]),
    ("yandex.ru", &[Place::Parameter("/turbo", &["text"])]),
    ("youtube.com", &[Place::Parameter("/redirect", &["q"])]),
];

/// Of every country's Google (`google.com.vn`).
const GOOGLE: &[Place] = &[Place::Parameter("/url", &["q", "url"]), Place::Path("/amp/s/")];

/// The URL that a canonical URL leads to, as it stands there; `None` if it leads to none.
pub(super) fn inner(canonical: &str) -> Option<String> {
    let rest = canonical.strip_prefix("https://")?;
    let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let document = rest.split('#').next().unwrap_or_default();
    let (path, query) = document.split_once('?').unwrap_or((document, ""));
    if host == "cdn.ampproject.org" || host.ends_with(".cdn.ampproject.org") {
        return cached(rest);
    }
    if host == "web.archive.org" {
        return snapshot(rest);
    }
    if host.ends_with(".turbopages.org") || (host == "yandex.ru" && path.starts_with("/turbo/")) {
        return turbo(rest);
    }
    let google = host.strip_prefix("google.").is_some_and(|country| country.len() <= 6);
    let known = || WRAPPERS.binary_search_by_key(&host, |(name, _)| name).ok().map(|at| WRAPPERS[at].1);
    let places = if google { GOOGLE } else { known()? };
    places.iter().find_map(|place| match place {
        Place::Parameter(at, names) if *at == path || *at == "*" => parameter(query, names),
        Place::Parameter(..) => None,
        Place::Path(start) => rest.strip_prefix(start).and_then(address),
    })
}

/// The AMP cache: `/c/s/example.com/a`, where `c` is content, `v` the viewer and `wp` a signed exchange; `s` is https.
fn cached(rest: &str) -> Option<String> {
    let rest = ["/c/", "/v/", "/wp/"].iter().find_map(|kind| rest.strip_prefix(kind))?;
    address(rest.strip_prefix("s/").unwrap_or(rest))
}

/// The Web Archive: `/web/20240930123456/https://example.com/a`, with letters after the time for how it is shown.
fn snapshot(rest: &str) -> Option<String> {
    let (time, rest) = rest.strip_prefix("/web/")?.split_once('/')?;
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    let shown = &time[digits..];
    (digits > 0 && (shown.is_empty() || shown.ends_with('_'))).then_some(())?;
    address(rest)
}

/// Yandex's turbo pages: `/example.com/s/a` on a host named after the site, `/turbo/example.com/s/a` and
/// `/turbo/s/example.com/a` on its own. Its translations are pages of their own.
fn turbo(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix("/turbo/").or_else(|| rest.strip_prefix('/'))?;
    if let Some(rest) = rest.strip_prefix("s/") {
        return address(rest);
    }
    let (host, path) = rest.split_once("/s/")?;
    if host.contains('/') { None } else { address(&format!("{host}/{path}")) }
}

/// Host and path, or a whole URL whose slashes may have been folded, as a URL.
fn address(text: &str) -> Option<String> {
    let bare = ["https:/", "http:/"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    let bare = bare.trim_start_matches('/');
    let host = &bare[..bare.find(['/', '?', '#']).unwrap_or(bare.len())];
    host.contains('.').then(|| format!("https://{bare}"))
}

/// The first parameter of these names that is a URL.
fn parameter(query: &str, names: &[&str]) -> Option<String> {
    let values = query.split('&').filter_map(|parameter| parameter.split_once('='));
    let mut meant = values.filter(|(name, _)| names.contains(name)).map(|(_, value)| decoded(value));
    meant.find(|value| value.starts_with("https://") || value.starts_with("http://"))
}

/// A value without its escapes; a plus stays what it is, as it would in the URL that was put there.
fn decoded(value: &str) -> String {
    let form = format!("={}", value.replace('+', "%2B"));
    ::url::form_urlencoded::parse(form.as_bytes()).map(|(_, value)| value.into_owned()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(WRAPPERS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
