//! Who is answered, and what a browser may do with the answer.
//!
//! Three dangers: a stranger on the network (a token, compared in constant time), a page from elsewhere that makes its
//! own name point to this machine (the `Host` must be one of ours), and a page from elsewhere that sends a request in
//! its visitor's name (`Origin` and `Sec-Fetch-Site` must be ours).

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::Shared;
use crate::config::{Access, Console};

/// Scripts, styles, pictures and requests from here alone; no inline script or style, no frame around the page, no
/// markup made from text.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'";

/// Headers of every answer.
const HARDENING: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Adds the headers that bind a browser. What is not said to be kept is not.
pub(super) async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HARDENING {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Refuses what a page from elsewhere may have sent.
pub(super) async fn only_from_here(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    match stranger(&shared.console, request.headers()) {
        Some(why) => (StatusCode::FORBIDDEN, format!("{why}\n")).into_response(),
        None => next.run(request).await,
    }
}

/// Refuses whoever has to show the token and does not.
pub(super) async fn authorise(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    match &shared.console.access {
        Access::Token(token) if !shows(request.headers(), token.reveal()) => {
            let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
            (StatusCode::UNAUTHORIZED, challenge, "the token is needed: Authorization: Bearer …\n").into_response()
        }
        Access::Token(_) | Access::Local => next.run(request).await,
        Access::Off => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Why a request may come from a page that is not ours.
fn stranger(console: &Console, headers: &HeaderMap) -> Option<&'static str> {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("\u{0}"));
    let Some(host) = text(header::HOST) else { return Some("a Host header is needed") };
    // A page that reaches us under another name has no token to show; without tokens the name is all there is.
    if matches!(console.access, Access::Local) && !is_ours(console, host) {
        return Some("this Host is neither localhost nor one of http.console.hosts");
    }
    let origin = text(header::ORIGIN);
    let own = |origin: &str| origin.split_once("://").is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host));
    if origin.is_some_and(|origin| !own(origin)) {
        return Some("requests from other sites are refused");
    }
    let site = text(HeaderName::from_static("sec-fetch-site"));
    // `none` is a person who typed the address; a link from elsewhere may lead to the page, but may not use it.
    let navigates = text(HeaderName::from_static("sec-fetch-mode")) == Some("navigate");
    match site {
        None | Some("same-origin" | "none") => None,
        Some(_) if navigates => None,
        Some(_) => Some("requests from other sites are refused"),
    }
}

fn is_ours(console: &Console, host: &str) -> bool {
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let bare = bare.to_ascii_lowercase();
    bare == "localhost" || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()) || console.hosts.contains(&bare)
}

fn shows(headers: &HeaderMap, token: &str) -> bool {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    shown.is_some_and(|shown| same(shown, token.as_bytes()))
}

/// Whether two secrets are the same, in a time that does not tell where they differ, nor how long they are.
fn same(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (Sha256::digest(a), Sha256::digest(b));
    a.iter().zip(&b).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;

    fn console(access: Access) -> Console {
        Console { access, hosts: vec!["desk.example".to_owned()], followers_max: 1, try_bytes_max: 1 }
    }

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let parsed = |&(name, value): &(&str, &str)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
        pairs.iter().map(parsed).collect()
    }

    #[track_caller]
    fn check(access: Access, pairs: &[(&str, &str)], answered: bool) {
        assert_eq!(stranger(&console(access), &headers(pairs)).is_none(), answered, "{pairs:?}");
    }

    #[test]
    fn on_loopback_only_names_of_this_machine_are_answered() {
        for host in
            ["localhost", "LOCALHOST:9464", "127.0.0.1:1", "127.8.9.1", "[::1]:9464", "[::1]", "desk.example:443"]
        {
            check(Access::Local, &[("host", host)], true);
        }
        for host in ["evil.example", "localhost.evil.example:9464", "10.0.0.1", "[fe80::1]:1", "", "[", "é"] {
            check(Access::Local, &[("host", host)], false);
        }
        check(Access::Local, &[], false);
        // Who shows a token has been told it by the operator, under whatever name.
        check(Access::Token(Secret::new("x".to_owned())), &[("host", "k8s.example")], true);
    }

    #[test]
    fn other_sites_are_refused() {
        let with = |more: &[(&'static str, &'static str)], answered| {
            check(Access::Local, &[&[("host", "localhost:9464")], more].concat(), answered);
        };
        with(&[("origin", "http://localhost:9464")], true);
        with(&[("origin", "http://localhost:9465")], false);
        with(&[("origin", "https://evil.example")], false);
        with(&[("origin", "null")], false);
        with(&[("sec-fetch-site", "same-origin")], true);
        with(&[("sec-fetch-site", "none")], true);
        with(&[("sec-fetch-site", "cross-site")], false);
        with(&[("sec-fetch-site", "same-site")], false);
        with(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], true);
        with(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], false);
    }

    #[test]
    fn a_token_is_shown_whole_or_not_at_all() {
        let shown = |value: &str| shows(&headers(&[("authorization", value)]), "correct-horse-battery");
        assert!(shown("Bearer correct-horse-battery"));
        for wrong in ["correct-horse-battery", "Bearer correct-horse", "Bearer ", "Basic correct-horse-battery", ""] {
            assert!(!shown(wrong), "{wrong:?}");
        }
        assert!(!shows(&HeaderMap::new(), "correct-horse-battery"));
    }
}
