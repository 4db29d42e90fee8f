//! Pages that stand between a scraper and an article: a check for robots, a wall of consent, a request for a script, and
//! word that the article is gone. Scrapers take them for articles, and so they come as pages, as texts and as fields.

use super::html::letters;

/// The most letters of such a page: a wall of consent lists its purposes.
const LETTERS_MAX: usize = 600;

/// What such pages speak of, in words that most languages share, or write as their own.
const WORDS: &[&str] = &[
    "cookie",
    "javascript",
    "captcha",
    "cloudflare",
    "adblock",
    "ad blocker",
    "ray id",
    "gdpr",
    "dsgvo",
    "rgpd",
    "robot",
    "you are human",
    "your browser",
    "ihr browser",
    "votre navigateur",
    "su navegador",
    "tu navegador",
    "seu navegador",
    "куки",
    "cookies-файл",
    "вашего браузера",
    "クッキー",
    "ブラウザ",
    "쿠키",
    "브라우저",
    "浏览器",
    "瀏覽器",
    "คุกกี้",
    "ملفات تعريف الارتباط",
    "evästei",
    "informasjonskapsler",
    "vafrakök",
    "бисквитки",
    "trình duyệt",
];

/// The titles of such pages, in small letters: those of the services that put them up, and of servers.
const TITLES: &[&str] = &[
    "just a moment",
    "attention required",
    "access denied",
    "access to this page has been denied",
    "are you a robot",
    "are you human",
    "pardon our interruption",
    "please wait",
    "one moment, please",
    "checking your browser",
    "verifying you are human",
    "verify you are human",
    "human verification",
    "security check",
    "bot verification",
    "robot check",
    "request blocked",
    "request unsuccessful",
    "you have been blocked",
    "ddos-guard",
    "blocked",
    "before you continue",
    "un momento",
    "un instant",
    "einen moment",
    "один момент",
    "доступ запрещен",
    "доступ ограничен",
    "zugriff verweigert",
    "accès refusé",
    "acceso denegado",
    "accesso negato",
    "acesso negado",
    "请稍候",
    "請稍候",
];

/// The titles of pages where an article was, or is not shown to strangers, in small letters.
const GONE: &[&str] = &[
    "404 not found",
    "404 page not found",
    "page not found",
    "not found",
    "log in",
    "login",
    "sign in",
    "page introuvable",
    "page non trouvée",
    "seite nicht gefunden",
    "página no encontrada",
    "página não encontrada",
    "pàgina no trobada",
    "pagina non trovata",
    "pagina niet gevonden",
    "pagina nu a fost găsită",
    "halaman tidak ditemukan",
    "laman tidak dijumpai",
    "không tìm thấy trang",
    "trang không tồn tại",
    "sayfa bulunamadı",
    "nie znaleziono strony",
    "strona nie została znaleziona",
    "stránka nenalezena",
    "stránka sa nenašla",
    "stranica nije pronađena",
    "stran ni najdena",
    "sidan hittades inte",
    "siden blev ikke fundet",
    "siden ble ikke funnet",
    "sivua ei löytynyt",
    "lehekülge ei leitud",
    "puslapis nerastas",
    "lapa nav atrasta",
    "az oldal nem található",
    "страница не найдена",
    "сторінку не знайдено",
    "страницата не е намерена",
    "η σελίδα δεν βρέθηκε",
    "الصفحة غير موجودة",
    "הדף לא נמצא",
    "صفحه یافت نشد",
    "पृष्ठ नहीं मिला",
    "পৃষ্ঠা পাওয়া যায়নি",
    "ไม่พบหน้านี้",
    "页面不存在",
    "找不到页面",
    "找不到頁面",
    "ページが見つかりません",
    "페이지를 찾을 수 없습니다",
];

/// Whether a title is that of such a page: `Just a moment...`, `Attention Required! | Cloudflare`.
pub(super) fn is_title(title: &str) -> bool {
    TITLES.contains(&name_of(title).as_str())
}

/// Whether a title says that there is no article here: `Page not found - Hill Wire`.
pub(super) fn is_gone(title: &str) -> bool {
    GONE.contains(&name_of(title).as_str())
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

/// Whether an article is such a page: its title is one's, and its text is short and speaks of it, or very short.
pub(super) fn is_notice(title: Option<&str>, body: &str) -> bool {
    // A letter counts three at most, and has up to four bytes.
    if body.len() > 4 * LETTERS_MAX || !title.is_some_and(|title| is_title(title) || is_gone(title)) {
        return false;
    }
    let letters = letters(body);
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
}
