//! URLs of one article, and URLs that must stay apart.

use proptest::prelude::*;

use super::canonical_url;

fn check(url: &str, canonical: Option<&str>) {
    assert_eq!(canonical_url(url).as_deref(), canonical, "{url}");
}

#[track_caller]
fn one(canonical: &str, urls: &[&str]) {
    for url in urls.iter().chain([&canonical]) {
        assert_eq!(canonical_url(url).as_deref(), Some(canonical), "{url}");
    }
}

#[test]
fn scheme_host_and_port() {
    check("https://example.com/a", Some("https://example.com/a"));
    check("http://example.com/a", Some("https://example.com/a"));
    check("  HTTPS://Example.COM/A \n", Some("https://example.com/A"));
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
fn an_address_without_a_scheme() {
    check("//www.example.com/a?utm_source=x", Some("https://example.com/a"));
    check("//báo.example/tin", Some("https://xn--bo-mia.example/tin"));
    check("/a/b", None);
    check("///", None);
    check("//", None);
}

#[test]
fn characters_are_composed() {
    let one = "https://example.com/caf%C3%A9/tin-t%E1%BB%A9c?q=%C3%A9";
    for url in [
        "https://example.com/caf\u{e9}/tin-t\u{1ee9}c?q=\u{e9}",
        "https://example.com/cafe\u{301}/tin-tu\u{31b}\u{301}c?q=e\u{301}",
        "https://example.com/cafe%CC%81/tin-tu%CC%9B%CC%81c?q=e%CC%81",
        "https://example.com/cafe%25CC%2581/tin-t%C6%B0%CC%81c?q=e%cc%81",
    ] {
        check(url, Some(one));
    }
    // A mark does not join the digit of an escape, nor what is no UTF-8.
    check("https://example.com/a%2C%CC%A7", Some("https://example.com/a%2C%CC%A7"));
    check("https://example.com/%2F%CC%81/%E1%BB", Some("https://example.com/%2F%CC%81/%E1%BB"));
    check("https://example.com/%EA%B0%80/%E1%84%80%E1%85%A1", Some("https://example.com/%EA%B0%80/%EA%B0%80"));
}

#[test]
fn query_and_fragment() {
    check("https://example.com/a?", Some("https://example.com/a"));
    check("https://example.com/a?#top", Some("https://example.com/a"));
    check("https://example.com/a#comments", Some("https://example.com/a"));
    check("https://example.com/a?id=7&page=2", Some("https://example.com/a?id=7&page=2"));
    check("https://example.com/a?page=2&id=7", Some("https://example.com/a?id=7&page=2"));
    check("https://example.com/a?story&7", Some("https://example.com/a?story&7"));
    check("https://example.com/a?id=7&&x", Some("https://example.com/a?id=7&x"));
    check("https://example.com/a?utm_source=x&utm_medium=y", Some("https://example.com/a"));
    check("https://example.com/a?utm_source=x&id=7&fbclid=z", Some("https://example.com/a?id=7"));
    check("https://example.com/a?UTM%5FSource=x&id=7", Some("https://example.com/a?id=7"));
    check("https://example.com/a?ref=rss", Some("https://example.com/a"));
    check("https://example.com/a?ref=80123", Some("https://example.com/a?ref=80123"));
}

/// Each line is one article.
#[test]
fn one_article_has_one_form() {
    one(
        "https://example.com/a",
        &[
            "http://www.example.com/a",
            "https://m.example.com/a/",
            "https://mobile.example.com/a#top",
            "https://amp.example.com/a",
            "https://www.example.com/a/amp/",
            "https://example.com/amp/a",
            "https://example.com/a.amp",
            "https://example.com/a?amp",
            "https://example.com/a?amp=1&utm_source=x",
            "https://example.com/a?outputType=amp",
            "https://example.com/a?print=1",
            "https://example.com/a/print/",
            "https://example.com/a/index.html",
            "https://example.com//a?page=all",
            "https://example.com/a;jsessionid=0A1B2C?ref=rss",
            "https://example.com/a?PHPSESSID=1f&amp;fbclid=2",
        ],
    );
    one("https://example.com/a.html", &["https://example.com/a.amp.html", "https://m.example.com/a.html?m=1"]);
    one(
        "https://example.com/a-1.html",
        &["https://example.com/a-1-amp.html", "https://example.com/a-1,amp.html", "https://example.com/a-1.html?cmp=1"],
    );
    one(
        "https://example.com/a?id=7&page=2",
        &["https://example.com/a?id=7&amp;page=2", "https://www.example.com/a/?page=2&id=7"],
    );
    one("https://example.co.uk/", &["http://www.example.co.uk", "https://m.example.co.uk/index.php?utm_source=x"]);
    one(
        "https://example.com/#!/news/7",
        &["https://www.example.com/#!/news/7", "http://example.com/index.html#!/news/7"],
    );
    one("https://example.com/#/news/7", &["https://m.example.com/#/news/7"]);
}

#[test]
fn one_writing_has_one_form() {
    one(
        "https://xn--bo-mia.example/tin-t%E1%BB%A9c",
        &[
            "https://báo.example/tin-tức",
            "https://BÁO.example/tin-t%e1%bb%a9c",
            "https://www.báo。example/tin-t%25E1%25BB%25A9c",
            "https://xn--bo-mia．example/tin-t%2525E1%2525BB%2525A9c",
        ],
    );
    one(
        "https://example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
        &["https://example.com/أخبار", "https://example.com/%25D8%25A3%25D8%25AE%25D8%25A8%25D8%25A7%25D8%25B1"],
    );
}

#[test]
fn a_link_that_leads_to_an_article_is_that_article() {
    one(
        "https://example.com/a?id=7",
        &[
            "https://www.google.com/url?q=https://www.example.com/a%3Fid%3D7&sa=U&ved=2ah&usg=AOv",
            "https://www.google.com.vn/url?sa=t&url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D7",
            "https://www.google.com/amp/s/www.example.com/amp/a?id=7",
            "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a/amp/?id=7&usqp=mq331AQ",
            "https://cdn.ampproject.org/v/s/www.example.com/a?id=7&amp_js_v=0.1",
            "https://www.bing.com/amp/s/www.example.com/a?id=7",
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2Fa%3Fid%3D7%26fbclid%3Dx&h=AT0",
            "https://away.vk.com/away.php?to=http%3A%2F%2Fexample.com%2Fa%3Fid%3D7",
            "https://out.reddit.com/t3_x?url=https%3A%2F%2Fexample.com%2Fa%3Fid%3D7&token=y",
            "https://web.archive.org/web/20240930123456/http://www.example.com/a?id=7",
            "https://web.archive.org/web/20240930123456if_/https://example.com/a?id=7",
            "http://web.archive.org/web/2024/example.com/a?id=7",
            "https://web.archive.org/web/2024/https://www.google.com/url?q=https%3A%2F%2Fexample.com%2Fa%3Fid%3D7",
        ],
    );
    one(
        "https://example.ru/a/7",
        &[
            "https://example-ru.turbopages.org/example.ru/s/a/7",
            "https://yandex.ru/turbo/example.ru/s/a/7",
            "https://yandex.ru/turbo/s/example.ru/a/7",
            "https://yandex.ru/turbo?text=https%3A%2F%2Fexample.ru%2Fa%2F7&d=1",
        ],
    );
}

/// Each of them is another article, or cannot be known to be the same.
#[test]
fn look_alikes_stay_apart() {
    let apart = [
        "https://example.com/",
        "https://example.com/a",
        "https://example.com/A",
        "https://example.com/a/2",
        "https://example.com/a.html",
        "https://example.com/a?page=2",
        "https://example.com/a?id=7",
        "https://example.com/a?id=8",
        "https://example.com/a?amp=802",
        "https://example.com/a?story",
        "https://example.com/amp",
        "https://example.com/a-amp",
        "https://example.com/a/amp/b",
        "https://example.com/#!/a",
        "https://example.com/#!/b",
        "https://example.com/index/a",
        "https://example.com:8080/a",
        "https://example.com.vn/a",
        "https://vi.example.com/a",
        "https://en.example.com/a",
        "https://edition.example.com/a",
        "https://mobile.co.uk/a",
        "https://m.com.vn/a",
        "https://amp.com.vn/a",
        "https://news.google.com/articles/CBMiAmFi",
        "https://www.google.com/search?q=https://example.com/a",
        "https://www.google.com/url?q=/a",
        "https://t.co/a",
        "https://example.com/url?q=https://example.com/a",
        "https://web.archive.org/save/https://example.com/a",
        "https://web.archive.org/web/*/https://example.com/a",
        "https://example-com.translate.goog/a?_x_tr_sl=en&_x_tr_tl=vi",
        "https://translated.turbopages.org/proxy_u/en-ru.ru.1/https/example.com/s/a",
    ];
    let mut forms: Vec<_> = apart.iter().map(|url| canonical_url(url).expect("a URL")).collect();
    forms.sort();
    let mut distinct = forms.clone();
    distinct.dedup();
    assert_eq!(forms, distinct);
}

#[test]
fn nothing_is_unwrapped_for_ever() {
    let wrapped = |times: usize| format!("{}example.com/a", "https://web.archive.org/web/2024/".repeat(times));
    assert_eq!(canonical_url(&wrapped(4)).as_deref(), Some("https://example.com/a"));
    let deep = canonical_url(&wrapped(5)).expect("a URL");
    assert!(deep.starts_with("https://web.archive.org/web/2024/https:/web.archive.org"), "{deep}");
    assert_eq!(canonical_url(&deep).as_deref(), Some(deep.as_str()));
    assert!(canonical_url(&wrapped(100_000)).is_some());
}

#[test]
fn what_is_no_web_page() {
    for url in [
        "",
        " ",
        "example.com/a",
        "/a/b",
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

/// What is taken away must not leave what another rule, or a parser, would take for something else.
#[test]
fn what_is_left_is_in_its_own_form() {
    for url in [
        "https://example.com/a/..;jsessionid=1/b",
        "https://example.com/a/.;jsessionid=1",
        "https://example.com/a/...amp",
        "https://example.com/a/index.html.amp",
        "https://example.com/s/amp.amp/",
        "https://example.com/%%45%31%%42%41%%41%31",
        "https://en.m.m.example.com/a",
        "https://m.google.com/url?q=https://www.google.com/url?q=https://example.com/a",
    ] {
        let once = canonical_url(url).expect("a URL");
        assert_eq!(canonical_url(&once), Some(once), "{url}");
    }
}

/// What the rules look at, so that they meet each other by chance.
const PIECES: &[&str] = &[
    "www.",
    "m.",
    "amp.",
    "co.uk",
    "com.vn",
    "example.com",
    "google.com",
    "cdn.ampproject.org",
    "web.archive.org",
    "yandex.ru",
    "l.facebook.com",
    ".",
    "..",
    "/",
    "//",
    "/amp",
    "/amp/s/",
    "/c/s/",
    "/v/",
    "/web/2024/",
    "/url",
    "/l.php",
    "/turbo/",
    "/s/",
    "index.html",
    ".amp",
    ".html",
    "print",
    ";jsessionid=1",
    "?",
    "&",
    "&amp;",
    "q=",
    "u=",
    "text=",
    "amp=1",
    "utm_source=x",
    "id=7",
    "m=1",
    "#",
    "#!",
    "#/",
    "%",
    "%25",
    "25",
    "%2F",
    "%3A",
    "%E1",
    "E1%25BA%25A1",
    "https://",
    "http:/",
    "1",
    "a",
    "b",
    "é",
    " ",
    "+",
];

/// Each would take minutes, were any part of it read again and again.
#[test]
fn linear_whatever_the_url() {
    let long = "x".repeat(800_000);
    for path in [format!("{}{long}", "amp/".repeat(200_000)), ";".repeat(1_000_000), "x.amp/".repeat(150_000)] {
        assert!(canonical_url(&format!("https://example.com/{path}")).is_some_and(|url| url.len() <= path.len() + 30));
    }
}

proptest! {
    #[test]
    fn idempotent_for_what_the_rules_look_at(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..16)) {
        let url = format!("http://{}", pieces.concat());
        if let Some(once) = canonical_url(&url) {
            prop_assert!(once.is_ascii());
            prop_assert_eq!(canonical_url(&once), Some(once));
        }
    }

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
