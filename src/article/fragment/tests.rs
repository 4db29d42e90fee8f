use proptest::prelude::*;

use super::*;

#[test]
fn paragraphs_lines_and_cells() {
    let check = |html: &str, expected: &str| assert_eq!(text(html), expected, "{html}");
    check("<p>One.</p><p>Two.</p>", "One.\n\nTwo.");
    check("<p>One\n  and   a <b>half</b>.<p>Two.", "One and a half.\n\nTwo.");
    check("One.<br/>Two.<BR>\nThree.", "One.\nTwo.\nThree.");
    check("<div><div>One.</div></div>\n\n<ul><li>a<li>b</ul>Two.", "One.\n\na\nb\n\nTwo.");
    check("<table><tr><td>Oslo</td><td>4</td></tr><tr><td>Bergen<td>9</table>", "Oslo 4\nBergen 9");
    check("half<i>word</i>s <em>and</em> spaces", "halfwords and spaces");
    check("One.\n\nTwo <b>bold</b>.\nThree.", "One.\n\nTwo bold.\nThree.");
    check("<hl2>Heading</hl2><p lang='vi'>Trời mưa.</p>", "Heading\n\nTrời mưa.");
    check("", "");
    check("<p> </p><p>\u{A0}</p>", "\u{A0}");
}

#[test]
fn what_a_browser_does_not_show() {
    let check = |html: &str, expected: &str| assert_eq!(text(html), expected, "{html}");
    check("<p>a<script>if (1 < 2) { x = '</p>' }</script>b</p>", "ab");
    check("<STYLE>p {}</style ><p>a</p><!-- <p>b</p> -->c<!doctype x>", "a\n\nc");
    check("<iframe src='x'/>a<svg><title>t</title><path/></svg>b", "ab");
    check("<p title=\"a > b\" data-x='<p>'>c</p>", "c");
    check("<?xml version=\"1.0\"?><p>a</p>", "a");
    // Nothing is lost that a broken piece of markup does not end.
    check("a <!-- b", "a <!-- b");
    check("a <b c", "a <b c");
    check("<video>a", "a");
    check("b<p title=\"x>a</p>", "b<p title=\"x>a</p>");
    check("a < b, <3 and <", "a < b, <3 and <");
}

#[test]
fn captions_are_known_as_such() {
    let check = |html: &str, expected: &[(&str, bool)]| {
        let Body::Blocks(blocks) = body(html) else { panic!("no blocks: {html}") };
        let found: Vec<_> = blocks.iter().map(|block| (block.text.as_str(), block.role.is_some())).collect();
        assert_eq!(found, expected, "{html}");
    };
    check(
        "<figure><img><figcaption>The <i>rain</i><p>Ada Vo</p></figcaption></figure><p>One.</p>",
        &[("The rain", true), ("Ada Vo", true), ("One.", false)],
    );
    check("<figure><figcaption>The rain</figure>One.<p>Two.", &[("The rain", true), ("One.", false), ("Two.", false)]);
    check("<p class=\"wp-caption-text\">The rain<p>One.", &[("The rain", true), ("One.", false)]);
    check("<p class=lead>One.<br><br>Two.<br>Three.", &[("One.", false), ("Two.\nThree.", false)]);
    let long = format!("<figcaption><p>{}", "Rain. ".repeat(600));
    check(&long, &[("Rain. ".repeat(600).trim(), false)]);
}

#[test]
fn markup_may_be_escaped_once_more() {
    assert_eq!(text("&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;"), "One & two.\n\nThree.");
    assert_eq!(text("if a &lt; b"), "if a < b");
}

#[test]
fn references() {
    let check = |text: &str, expected: &str| assert_eq!(decoded(text), expected, "{text}");
    check("Tom &amp; Co. &lt;b&gt;", "Tom & Co. <b>");
    check("&eacute;t&eacute;&nbsp;&#8211; &#x2019;&#146;&#X2026;", "été\u{A0}– ’’…");
    check("&NotEqualTilde;&CounterClockwiseContourIntegral;", "≂\u{338}∳");
    check("&#0;&#xD800;&#x110000;", "\u{FFFD}\u{FFFD}\u{FFFD}");
    check("R&D; AT&T &; &#; &#x; &#+5; &copy=1 &unknown; &", "R&D; AT&T &; &#; &#x; &#+5; &copy=1 &unknown; &");
    check("&amp;amp;", "&amp;");
}

#[test]
fn tells_markup_from_prose() {
    for markup in ["<p>a", "a<br>b", "a</p>", "x <A href=y>z</A>", "<img src='x'>"] {
        assert!(is_markup(markup), "{markup}");
    }
    for prose in ["", "a < b > c", "<3", "<reporter@news.example> wrote", "<Redacted> said", "a <b"] {
        assert!(!is_markup(prose), "{prose}");
    }
    assert_eq!(line(" Rain &amp; <em>sun</em>\n again "), "Rain & sun again");
    assert_eq!(line("Rain <Redacted> &c;"), "Rain <Redacted> &c;");
}

proptest! {
    #[test]
    fn never_panics_and_stays_small(html in "[<>/!?a-c =\"'&;#x0-9é -]{0,60}(<script>|</svg>|<svg>|<!--|-->|&#|é)?[<>/a ='\"]{0,20}") {
        prop_assert!(text(&html).len() <= html.len());
        prop_assert!(line(&html).len() <= html.len());
    }

    #[test]
    fn plain_words_stay(words in prop::collection::vec("[\\pL\\pN]{1,8}", 0..12)) {
        let html = words.iter().map(|word| format!("<p>{word}</p>")).collect::<String>();
        prop_assert_eq!(text(&html), words.join("\n\n"));
    }
}

/// Each would take minutes, were any search repeated.
#[test]
fn linear_whatever_the_markup() {
    for unit in [
        "<a",
        "<!--",
        "<svg>",
        "<script>",
        "<p a=\"",
        "<p a='\" b=\"",
        "<a b=\">\" ",
        "</",
        "&",
        "&#x",
        "<svg></",
        "<?",
    ] {
        let html = unit.repeat(300_000 / unit.len());
        assert!(text(&html).len() <= html.len(), "{unit}");
        let _ = is_markup(&html);
    }
}
