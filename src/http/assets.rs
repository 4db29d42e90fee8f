//! The files of the page, carried in the program.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Name, content type and content.
struct Asset(&'static str, &'static str, &'static str);

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const DRAWING: &str = "image/svg+xml";

macro_rules! assets {
    ($($name:literal: $kind:ident),* $(,)?) => {
        &[$(Asset($name, $kind, include_str!(concat!("console/", $name)))),*]
    };
}

const INDEX: Asset = Asset("index.html", HTML, include_str!("console/index.html"));

/// What to do about each alert: the links of alerts can lead to a process that runs, wherever the documentation is.
const RUNBOOKS: Asset = Asset("runbooks.md", "text/markdown; charset=utf-8", include_str!("../../docs/runbooks.md"));

const ASSETS: &[Asset] = assets! {
    "console.css": STYLE,
    "main.js": SCRIPT,
    "api.js": SCRIPT,
    "article.js": SCRIPT,
    "charts.js": SCRIPT,
    "dom.js": SCRIPT,
    "figures.js": SCRIPT,
    "runbooks.js": SCRIPT,
    "spans.js": SCRIPT,
    "stream.js": SCRIPT,
    "trial.js": SCRIPT,
    "icon.svg": DRAWING,
    "land.svg": DRAWING,
};

pub(super) async fn index(headers: HeaderMap) -> Response {
    INDEX.answer(&headers)
}

pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match ASSETS.iter().chain([&RUNBOOKS]).find(|asset| asset.0 == name) {
        Some(asset) => asset.answer(&headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Asset {
    /// The content, or the word that the browser has it already: another build has another tag.
    fn answer(&self, headers: &HeaderMap) -> Response {
        let Self(_, kind, content) = self;
        let tag = format!("\"{:x}\"", Sha256::digest(content));
        let has_it = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
        let status = if has_it { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let mut response = (status, if has_it { "" } else { *content }).into_response();
        let own = response.headers_mut();
        own.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        own.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        own.insert(header::ETAG, HeaderValue::from_str(&tag).expect("hex digits in quotes"));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_page_is_carried() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/http/console");
        let files = std::fs::read_dir(folder).expect("the page's files").filter_map(Result::ok);
        let mut found: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        found.sort();
        let mut carried: Vec<&str> = ASSETS.iter().chain([&INDEX]).map(|asset| asset.0).collect();
        carried.sort_unstable();
        assert_eq!(found, carried);
    }

    #[test]
    fn nothing_in_the_page_is_inline_or_comes_from_elsewhere() {
        for Asset(name, _, content) in ASSETS.iter().chain([&INDEX]) {
            let elsewhere = content.replace("http://www.w3.org/", "").replace("https://www.wikidata.org/wiki/", "");
            let elsewhere = elsewhere.replace("https://www.geonames.org/", "");
            assert!(!elsewhere.contains("http://") && !elsewhere.contains("https://"), "{name}");
            for markup in
                ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", " style=", " onclick="]
            {
                assert!(!content.contains(markup), "{markup} in {name}");
            }
        }
    }
}
