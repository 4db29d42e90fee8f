//! Pages in tables: what they say of themselves, which are no articles, and what hostile markup may cost.

use dom_query::{Document, NodeRef};
use proptest::prelude::*;

use super::lean::{self, lean};
use crate::article::tests::{record, with};
use crate::article::{Article, Intake, Limits, Reject, RejectReason};

fn read(page: &str) -> Result<Article, Reject> {
    match crate::article::read(&with(record(page), &[("content-type", "text/html")]), &Limits::default())? {
        Intake::Article(article) => Ok(*article),
        Intake::Retraction(_) => panic!("a page takes nothing back"),
    }
}

const PROSE: &str = "<p>The ferry to Ardnish was cancelled on Monday, after a rope had caught in the screw, the harbour master said.</p>\
    <p>A diver is expected on Tuesday; until then, passengers are taken round the loch by bus, which takes an hour.</p>";

/// The article of a page with this head.
#[track_caller]
fn with_head(head: &str) -> Article {
    read(&format!("<html><head><meta property=og:type content=article>{head}</head><body><h1>Ferry cancelled</h1>{PROSE}</body></html>")).expect("an article")
}

#[test]
fn metadata_is_believed_in_order() {
    let ld = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"By JSON-LD","author":{"name":"Ada Vo"},
        "datePublished":"2024-05-01","publisher":{"name":"The Post"},"articleSection":"Coast"}</script>"#;
    let og = r#"<meta property="og:title" content="By OpenGraph"><meta name="author" content="Bo Li">
        <meta property="article:published_time" content="2024-05-01T10:00:00Z"><meta property="og:site_name" content="Post">"#;
    let dc = r#"<meta name="DC.title" content="By Dublin Core"><meta name="DC.creator" content="Cy Ngo">"#;
    let title = "<title>By title | Post</title>";
    let check = |head: &[&str], expected: &str, authors: &[&str], date: Option<&str>| {
        let article = with_head(&head.concat());
        assert_eq!(article.title.as_deref(), Some(expected), "{head:?}");
        assert_eq!(article.metadata.authors, authors, "{head:?}");
        assert_eq!(article.metadata.published_at.as_deref(), date, "{head:?}");
    };
    check(&[title, dc, og, ld], "By JSON-LD", &["Ada Vo"], Some("2024-05-01T10:00:00Z"));
    check(&[title, dc, og], "By OpenGraph", &["Bo Li"], Some("2024-05-01T10:00:00Z"));
    check(&[title, dc], "By Dublin Core", &["Cy Ngo"], None);
    check(&[title, "<meta property='og:site_name' content='Post'>"], "By title", &[], None);
    check(&["<title>News | Ferry cancelled | Post</title>"], "Ferry cancelled", &[], None);
    check(
        &["<meta name=author content='https://post.example/ada'><meta name=byl content='Di Wu'>"],
        "Ferry cancelled",
        &["Di Wu"],
        None,
    );
}

#[test]
fn addresses_are_made_whole_and_a_front_page_is_none() {
    let check = |head: &str, url: Option<&str>, image: Option<&str>| {
        let article = with_head(head);
        assert_eq!((article.identity.url.as_deref(), article.metadata.image.as_deref()), (url, image), "{head}");
    };
    let here = "https://post.example/a/1";
    check("<link rel=canonical href='https://post.example/a/1'>", Some(here), None);
    check(
        "<link rel=canonical href='https://post.example/'><meta property=og:url content='https://post.example/a/1'>",
        Some(here),
        None,
    );
    check(
        "<base href='https://post.example/a/'><link rel=canonical href='1'><meta property=og:image content=/i.jpg>",
        Some(here),
        Some("https://post.example/i.jpg"),
    );
    check("<link rel=canonical href='/a/1'><meta property=og:image content='data:image/png;base64,AA'>", None, None);
    check(
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"url\":\"https://post.example/a/1\"}</script>",
        Some(here),
        None,
    );
}

#[test]
fn microdata_names_publisher_and_picture() {
    let check = |markup: &str, publisher: Option<&str>, image: Option<&str>| {
        let article = with_head(markup);
        assert_eq!(
            (article.metadata.publisher.as_deref(), article.metadata.image.as_deref()),
            (publisher, image),
            "{markup}"
        );
    };
    let publisher = "<div itemprop=publisher itemscope><div itemprop=logo itemscope><img itemprop=url src=/logo></div><span itemprop=name> The Post </span></div>";
    let image = "<div itemprop=image itemscope><img itemprop='url contentUrl' src=https://post.example/a.jpg></div>";
    check(publisher, Some("The Post"), None);
    check("<meta itemprop=publisher content='The Post'>", Some("The Post"), None);
    check("<div itemprop=publisher itemscope><meta itemprop=name content=Post></div>", Some("Post"), None);
    check(
        "<div itemprop=publisher itemscope><p itemprop=author itemscope><b itemprop=name>Ada Vo</b></div>",
        None,
        None,
    );
    check(image, None, Some("https://post.example/a.jpg"));
    check("<img itemprop=image src=https://post.example/b.jpg>", None, Some("https://post.example/b.jpg"));
    check(
        &format!("<meta property=og:site_name content=Site>{publisher}{image}"),
        Some("Site"),
        Some("https://post.example/a.jpg"),
    );
}

#[test]
fn a_page_without_an_article_is_refused() {
    let check = |page: &str, word: &str| {
        let reject = read(page).expect_err(page);
        assert_eq!(reject.reason, RejectReason::Empty, "{page}");
        assert!(reject.detail.contains(word), "{page}: {}", reject.detail);
    };
    let menu =
        "<ul><li><a href=/1>News</a><li><a href=/2>Sport and leisure</a><li><a href=/3>Weather on the coast</a></ul>";
    let teaser = "<div><h3><a href=/t>Ferry cancelled after rope catches in screw</a></h3><p>The harbour master expects a diver on Tuesday.</p></div>";
    check(&format!("<html><body>{menu}</body></html>"), "menus");
    check(
        "<html><head><script>render()</script></head><body><div id=app></div><noscript>Please enable JavaScript.</noscript></body></html>",
        "no text",
    );
    check(
        &format!(
            "<html><body>{menu}<h1>404</h1><p>The page that you asked for is not here any more, or never was.</p></body></html>"
        ),
        "too little",
    );
    check(
        "<html><title>404 Not Found</title><h1>Page not found</h1><p>What you are looking for has moved or is gone.</html>",
        "an error",
    );
    check(
        &format!(
            "<html><head><meta property=og:type content=website></head><body>{menu}{}</body></html>",
            teaser.repeat(8)
        ),
        "lists",
    );
    check(
        "<html><body><form><p>Please sign in to go on reading the articles of The Post, or become a member today.</p><input type=password></form></body></html>",
        "password",
    );
    check(
        "<html><body><div><h1>Cookies</h1><p>We and our partners use cookies to show you advertisements and to measure how this site is used by its readers.</p><p>You may accept all cookies or choose which of the cookies you want, now or at any later time, in the settings.</p></div></body></html>",
        "cookies",
    );
    check(
        "<html><head><title>Just a moment...</title></head><body><div><h1>post.example</h1><h2>Checking that you are a person</h2><p>This may take some seconds. The site needs to look at the safety of your connection first, and takes you to the page that you have asked for as soon as that is done. Thank you for your patience, and do not close this window.</p></div></body></html>",
        "human",
    );
    check(
        "<html><body><p>Please enable JavaScript and turn off the ad blocker of this site to go on.</p></body></html>",
        "script",
    );
    check(
        "<html><head><title>Willkommen</title></head><body><div><p>Wir und unsere 212 Partner legen Cookies auf Ihrem Gerät ab und lesen sie dort aus, um Anzeigen zu zeigen und zu messen, wie sie wirken.</p><p>Mit einem Abo lesen Sie ohne Werbung und ohne dass Ihr Besuch verfolgt wird.</p></div></body></html>",
        "cookies",
    );
}

#[test]
fn a_short_article_is_one() {
    let check = |page: &str, body: &str| assert_eq!(read(page).expect(page).body, body, "{page}");
    let menu = "<nav><ul><li><a href=/1>News</a><li><a href=/2>Sport</a></ul></nav>";
    let claimed = "<meta property=og:type content=article>";
    check("<html><h1>Rain</h1><p>It rained on Monday. It stopped at noon.", "It rained on Monday. It stopped at noon.");
    check(
        "<title>404 trees planted along the old harbour railway</title><p>The council planted 404 trees.",
        "The council planted 404 trees.",
    );
    check(
        &format!("<html><head>{claimed}</head><body>{menu}<article><p>Trời mưa hôm thứ hai.</p></article>"),
        "Trời mưa hôm thứ hai.",
    );
    check(
        &format!("<html><head>{claimed}</head><body>{menu}<div><p>周一下了雨。渡轮停航一天。</p></div>"),
        "周一下了雨。渡轮停航一天。",
    );
    let photos = "<figure><img src=1><figcaption>The ferry at the slipway.</figcaption></figure>";
    check(
        &format!(
            "<html><head>{claimed}</head><body><article><h1>A day</h1>{photos}<p>One day on the loch, in one picture.</p></article>"
        ),
        "One day on the loch, in one picture.",
    );
}

#[test]
fn blocks_keep_their_places() {
    let page = format!(
        "<html><head><meta property=og:type content=article></head><body><article><h1>Ferry cancelled</h1>\
         <figure><img src=1><figcaption>The ferry on Sunday. <span class=credit>Iain Kerr</span></figcaption></figure>{PROSE}\
         <h2>By bus</h2><p>One line,<br>another line.<br><br>A paragraph, after two breaks.</p>\
         <p>Read also: <a href=/x>Slipway to be repaired</a></p><blockquote>We shall be late, all of us.</blockquote>\
         <table><tr><th>From<th>At<tr><td>Ardnish<td>9:10</table><pre>a  b\nc</pre></article></body></html>"
    );
    let article = read(&page).expect("an article");
    let lines: Vec<&str> = article.body.split("\n\n").skip(2).collect();
    let expected = [
        "By bus",
        "One line,\nanother line.",
        "A paragraph, after two breaks.",
        "We shall be late, all of us.",
        "From | At",
        "Ardnish | 9:10",
        "a  b\nc",
    ];
    assert_eq!(lines, expected);
    let furniture: Vec<_> = article.furniture.iter().map(|piece| (piece.text.as_str(), piece.at)).collect();
    assert_eq!(furniture[0], ("The ferry on Sunday. Iain Kerr", 0));
    assert_eq!(furniture[1].0, "Read also: Slipway to be repaired");
}

#[test]
fn the_text_of_json_ld_counts_where_it_stands_on_the_page() {
    let body = "The ferry to Ardnish was cancelled on Monday, after a rope had caught in the screw. A diver is expected on Tuesday; \
         until then, passengers are taken round the loch by bus, which takes an hour and a half in good weather.";
    let ld = |text: &str| {
        format!("<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{text}\"}}</script>")
    };
    let (first, second) = body.split_once(". ").expect("two sentences");
    let shown = format!("<p>{first}.</p><p>{second}</p>");
    let promo = "<p>Our correspondents write to you each morning, before the ferry leaves, about all that matters on the loch.</p>";
    let check = |page: &str, expected: &str| assert_eq!(read(page).expect(page).body, expected, "{page}");
    let paragraphs = format!("{first}.\n\n{second}");
    // What stands outside of it is dropped, and its paragraphs are those of the page.
    check(&format!("<html>{}<body><div>{shown}</div><div><div>{promo}</div></div>", ld(body)), &paragraphs);
    // Cut short, it drops nothing.
    check(
        &format!("<html>{}<body><div>{shown}{promo}</div>", ld(&format!("{first}."))),
        &format!("{paragraphs}\n\n{}", promo.trim_start_matches("<p>").trim_end_matches("</p>")),
    );
    // A page that a script fills has it alone.
    check(&format!("<html>{}<body><div id=app></div>", ld(body)), body);
}

/// Markup that is costly for a parser that follows the standard to the letter, by unit.
const HOSTILE: &[&str] = &[
    "<div>",
    "<b><i>",
    "<b><p>x</i>",
    "<a href=x><div>",
    "<a href=x><p>y</a>",
    "<font color=1><p>x",
    "<p><div></p>",
    "<table>x<div>",
    "<table><tr><td>",
    "<select><option>",
    "<ul><li>x",
    "<span class=x>",
    "<x-y>",
    "<button>",
    "<object>",
    "<blockquote>x",
    "<dl><dt>x<dd>",
    "<svg>",
    "<math><mi>",
    "<template>",
    "<script>",
    "<style>",
    "<title>",
    "<!--",
    "<!--x-->",
    "<!----!>",
    "<![CDATA[",
    "<",
    "&",
    "&amp;",
    "&NotEqualTilde;",
    "</div>",
    "</p>",
    "<pre>\n",
    "\n",
    "\0",
    "<p a=\"",
    "<p a='b\" ",
    "<h1>x<h2>",
    "<frameset><frame>",
    "<plaintext>",
    "<caption>",
    "<ruby>x<rt>",
    "<form>",
    "<nobr>x",
    "<marquee>",
    "<iframe>",
    "<noscript>",
    "<textarea>",
    "<a>",
    "<img src=x>",
    "<br>",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"x\"}</script>",
    "<meta name=author content=x>",
];

/// The deepest element of a tree, counted without recursion.
fn depth(document: &Document) -> usize {
    let (mut deepest, mut depth) = (0, 0);
    let mut next = Some(document.root());
    while let Some(node) = next {
        deepest = deepest.max(depth);
        next = node.first_child().inspect(|_| depth += 1).or_else(|| onwards(node, &mut depth));
    }
    deepest
}

fn onwards<'a>(from: NodeRef<'a>, depth: &mut usize) -> Option<NodeRef<'a>> {
    let mut node = from;
    loop {
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        node = node.parent()?;
        *depth = depth.saturating_sub(1);
    }
}

/// What a lean page may be, whatever the page was.
fn is_lean(page: &str) {
    let Ok(lean) = lean(page) else { return };
    assert!(lean.markup.len() <= 8 * page.len() + 1000, "{} of {}", lean.markup.len(), page.len());
    let document = Document::from(lean.markup.as_str());
    assert!(depth(&document) <= 2 * lean::DEPTH_MAX + 10, "{}", depth(&document));
    assert!(document.tree.len() <= 8 * page.len() + 100, "{} nodes", document.tree.len());
}

#[test]
fn hostile_markup_stays_small_and_shallow() {
    for unit in HOSTILE {
        let page = format!("<html><body>{}{PROSE}", unit.repeat(40_000 / unit.len()));
        is_lean(&page);
        // Whatever comes of it, it comes: no stack overflows.
        let _ = read(&page);
    }
    let attributes: String = (0..20_000).map(|n| format!(" a{n}=1")).collect();
    assert!(read(&format!("<html><body><div{attributes}>{PROSE}")).is_ok());
}

#[test]
fn too_many_elements_are_too_large() {
    let page = format!("<html><body>{}", "<p>x".repeat(lean::ELEMENTS_MAX + 1));
    assert_eq!(read(&page).expect_err("too many").reason, RejectReason::TooLarge);
}

/// Each would take minutes, were a search repeated for each part of it.
#[test]
fn hostile_words_cost_no_more_than_others() {
    let page = |head: &str, body: &str| {
        read(&format!("<html><head><meta property=og:type content=article>{head}</head><body><article>{PROSE}{body}"))
    };
    let title = format!("<meta property=og:site_name content=Post><title>{}Rain</title>", "Post | ".repeat(150_000));
    assert!(page(&title, "").is_ok());
    assert!(page("", &"<h2>Next on this page</h2>".repeat(20_000)).is_ok());
    let given = "a".repeat(2_000_000);
    let ld =
        format!("<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{given}\"}}</script>");
    assert!(page(&ld, &format!("<p>{}b</p>", "a".repeat(200)).repeat(1_000)).is_ok());
}

proptest! {
    #[test]
    fn tag_soup_is_read_or_refused(units in prop::collection::vec(prop::sample::select(HOSTILE.to_vec()), 0..60), text in "\\PC{0,60}") {
        let page = format!("<html>{}{text}{}{PROSE}", units[..units.len() / 2].concat(), units[units.len() / 2..].concat());
        is_lean(&page);
        if let Ok(article) = read(&page) {
            prop_assert!(!article.body.is_empty());
        }
    }

    #[test]
    fn no_word_is_made_up(words in prop::collection::vec("[a-z]{3,9}", 20..60), tags in prop::collection::vec(prop::sample::select(vec!["p", "div", "li", "h2", "blockquote"]), 20..60)) {
        let text: String = words.chunks(4).zip(&tags).map(|(words, tag)| format!("<{tag}>{}, again and again.</{tag}>", words.join(" "))).collect();
        if let Ok(article) = read(&format!("<html><head><meta property=og:type content=article></head><body><article>{text}")) {
            let known = |word: &str| words.iter().any(|known| known == word) || ["again", "and", "again."].contains(&word);
            prop_assert!(article.body.split_whitespace().all(|word| known(word.trim_end_matches(','))), "{}", article.body);
        }
    }
}

/// A box about another story brings JSON-LD of its own.
#[test]
fn json_ld_of_another_article_is_not_the_pages() {
    let check = |url: &str, headline: &str, expected: &str| {
        let body = "<p>The council met on Tuesday evening and split over the plan for the harbour.</p>".repeat(6);
        let page = format!(
            "<!doctype html><title>Harbour plan splits the town</title>\
             <link rel=canonical href=https://post.example/harbour>\
             <meta property=og:title content=\"Harbour plan splits the town\">\
             <script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"{headline}\",\"url\":\"{url}\",\
             \"author\":{{\"name\":\"Zed Roe\"}}}}</script><article><h1>Harbour plan splits the town</h1>{body}</article>"
        );
        let read = read(&page).expect("an article");
        assert_eq!(read.title.as_deref(), Some("Harbour plan splits the town"), "{url} {headline}");
        assert_eq!(read.metadata.authors.join(";"), expected, "{url} {headline}");
    };
    check("https://post.example/other", "Other story of today", "");
    check("https://post.example/other", "Harbour plan splits the town", "Zed Roe");
    check("https://post.example/harbour", "Harbour plan splits the town", "Zed Roe");
}
