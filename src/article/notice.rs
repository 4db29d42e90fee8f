//! Pages that stand between a scraper and an article: a check for robots, a wall of consent, a request for a script, and
//! word that the article is gone. Scrapers take them for articles, and so they come as pages, as texts and as fields.

mod words;

use self::words::{ADDRESSES, CLOSED, GONE, TITLES, WORDS};
use super::html::letters;

/// The most letters of such a page: a wall of consent lists its purposes.
const LETTERS_MAX: usize = 600;

/// Whether a title is that of such a page: `Just a moment...`, `Attention Required! | Cloudflare`.
pub(super) fn is_title(title: &str) -> bool {
    TITLES.contains(&name_of(title).as_str())
}

/// Whether a title says that there is no article here: `Page not found - Hill Wire`.
pub(super) fn is_gone(title: &str) -> bool {
    let name = name_of(title);
    GONE.contains(&name.as_str()) || CLOSED.contains(&name.as_str())
}

/// The fewest letters, of a hundred, that must stand in such words for a text to be a notice that has no other title.
const GONE_PERCENT_MIN: usize = 50;

/// Whether a short text of one paragraph, or two, is such a notice, whatever its title: a page that is gone often keeps
/// its article's.
fn says_gone(body: &str) -> bool {
    const PARAGRAPHS_MAX: usize = 3;
    if body.lines().filter(|line| !line.is_empty()).count() > PARAGRAPHS_MAX {
        return false;
    }
    let (mut gone, mut all) = (0, 0);
    for piece in
        body.split(['.', '!', '?', '\n', '|', '–', '—', ':', '。', '！', '।', '؟']).flat_map(|piece| piece.split(" - "))
    {
        let name = name_of(piece.trim_matches(|c: char| !c.is_alphanumeric()));
        let own = letters(&name);
        all += own;
        if GONE.contains(&name.as_str()) || ADDRESSES.iter().any(|address| name.starts_with(address)) {
            gone += own;
        }
    }
    gone > 0 && gone * 100 >= all * GONE_PERCENT_MIN
}

/// What stands before the name of the site, in small letters.
fn name_of(title: &str) -> String {
    let name = title.split(['|', '–']).next().unwrap_or_default().split(" - ").next().unwrap_or_default();
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '!' | '?' | '…' | '。')).to_lowercase()
}

/// Whether most of the letters stand in paragraphs that speak of what such pages speak of.
pub(super) fn is_about_itself<'a>(paragraphs: impl Iterator<Item = &'a str>) -> bool {
    let (mut about, mut rest) = (0, 0);
    for paragraph in paragraphs {
        let text = paragraph.to_lowercase();
        *if WORDS.iter().any(|word| text.contains(word)) { &mut about } else { &mut rest } += letters(paragraph);
    }
    about > rest
}

/// The most letters of such a page that says nothing of why it is there.
const BARE_LETTERS_MAX: usize = 180;

/// Whether an article is such a page: its title is one's, and its text is short and speaks of it, or very short; or its
/// text says nothing but that the page is gone.
pub(super) fn is_notice(title: Option<&str>, body: &str) -> bool {
    // A letter counts three at most, and has up to four bytes.
    if body.len() > 4 * LETTERS_MAX {
        return false;
    }
    let letters = letters(body);
    if letters < BARE_LETTERS_MAX && says_gone(body) {
        return true;
    }
    if !title.is_some_and(|title| is_title(title) || is_gone(title)) {
        return false;
    }
    letters < BARE_LETTERS_MAX || (letters < LETTERS_MAX && is_about_itself(body.lines()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_notices() {
        for title in
            ["Just a moment...", "Attention Required! | Cloudflare", "Access Denied", "Are you a robot?", "请稍候…"]
        {
            assert!(is_title(title), "{title}");
        }
        for title in
            ["Just a moment of rain", "Access denied to the harbour for a week", "Attention", "", "Robots at work"]
        {
            assert!(!is_title(title), "{title}");
        }
    }

    #[test]
    fn a_notice_speaks_of_itself() {
        let check = |text: &str, expected: bool| assert_eq!(is_about_itself(text.lines()), expected, "{text}");
        check("Please enable JavaScript and cookies to go on.\nRay ID: 7", true);
        check("請啟用 JavaScript 與瀏覽器 Cookie。", true);
        check("The council bought a robot.\nIt will mow the meadow by the river until the autumn comes.", false);
        assert!(is_notice(Some("Just a moment..."), "Checking that the connection is safe."));
        assert!(is_gone("Page not found - Hill Wire") && !is_title("Page not found - Hill Wire"));
        assert!(is_notice(Some("Page introuvable"), "La page que vous cherchez n'existe pas ou a été déplacée."));
        assert!(!is_notice(Some("Page not found in the archive"), "The diary lacked a leaf."));
        assert!(is_notice(Some("Access denied"), &format!("Turn on cookies{}.", ", and cookies".repeat(25))));
        assert!(!is_notice(Some("Access denied"), &"The harbour is closed for a week. ".repeat(8)));
        assert!(!is_notice(Some("Just a moment..."), &"A long story of the moment. ".repeat(60)));
    }

    #[test]
    fn a_page_that_is_gone_keeps_its_title() {
        let check =
            |body: &str, expected: bool| assert_eq!(is_notice(Some("Ferry back in May"), body), expected, "{body}");
        for body in [
            "404 - Page not found",
            "Error 404. The page you are looking for has moved, or is no longer there. Go to the home page.",
            "La page que vous cherchez n'existe plus.",
            "Die von Ihnen aufgerufene Seite ist nicht mehr da.",
            "Página no encontrada\n\nVolver a la portada",
            "Страница не найдена!",
            "الصفحة غير موجودة",
            "您访问的页面不存在。",
            "お探しのページは見つかりませんでした。",
            "Trang bạn tìm không còn nữa.",
        ] {
            check(body, true);
        }
        for body in [
            "Page not found, the diary of the ferryman lacks its last leaf.",
            "Page not found. That is all that readers of the county's site saw on Monday, when its servers stood still for hours.",
            "404 people came to the fair.",
            "The page you see was set by hand.",
        ] {
            check(body, false);
        }
    }
}
