//! Bytes of every charset that news is met in.

use encoding_rs::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

const RUSSIAN: &str = "Правительство утвердило план строительства новой железной дороги через степь.";

#[track_caller]
fn read(bytes: &[u8], charset: Option<&str>, url: Option<&str>) -> Decoded {
    decode(bytes, Hints { charset, url }).expect("text")
}

/// Decodes, and gives the text with the codes of the warnings.
#[track_caller]
fn check(bytes: &[u8], charset: Option<&str>, text: &str, warnings: &[WarningCode]) {
    let decoded = read(bytes, charset, None);
    let codes: Vec<_> = decoded.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!((decoded.text.as_str(), codes.as_slice()), (text, warnings));
}

#[track_caller]
fn check_refused(bytes: &[u8], word: &str) {
    let sentence = decode(bytes, Hints::default()).expect_err("not text");
    assert!(sentence.contains(word), "{sentence}");
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to_bytes).collect()
}

/// As Windows writes Vietnamese: vowels with their mark, tones behind them.
fn windows_1258(text: &str) -> Vec<u8> {
    let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let split = |c: char| {
        let (tones, base): (Vec<char>, Vec<char>) = c.nfd().partition(tone);
        base.into_iter().nfc().chain(tones).collect::<String>()
    };
    let spelled: String = text.chars().map(split).collect();
    let (bytes, _, unmapped) = WINDOWS_1258.encode(&spelled);
    assert!(!unmapped, "{text}");
    bytes.into_owned()
}

/// A sentence in each charset, with the top level of its country.
const SENTENCES: &[(&Encoding, &str, &str)] = &[
    (WINDOWS_1252, "fr", "Le préfet a été reçu à l’Élysée ; la réunion s’est achevée très tôt."),
    (WINDOWS_1252, "de", "Die Brücke über den Fluss wird größer; die Züge fahren künftig häufiger."),
    (WINDOWS_1252, "es", "El alcalde anunció que mañana habrá más autobuses en la región."),
    (WINDOWS_1252, "br", "A reunião começou às dez; não há previsão de término, disse o secretário."),
    (ISO_8859_2, "pl", "Rząd zapowiedział budowę nowej linii kolejowej między Łodzią a Gdańskiem."),
    (WINDOWS_1250, "cz", "Vláda schválila stavbu nové železniční trati, řekl včera ministr dopravy."),
    (WINDOWS_1250, "hu", "A kormány bejelentette, hogy új vasútvonal épül; a költségekről később döntenek."),
    (ISO_8859_2, "hu", "A kormány bejelentette, hogy új vasútvonal épül; a költségekről később döntenek."),
    (WINDOWS_1251, "ru", "Правительство утвердило план строительства новой железной дороги через степь."),
    (KOI8_R, "ru", "Правительство утвердило план строительства новой железной дороги через степь."),
    (IBM866, "ru", "Правительство утвердило план строительства новой железной дороги через степь."),
    (ISO_8859_5, "ru", "Правительство утвердило план строительства новой железной дороги через степь."),
    (KOI8_U, "ua", "Уряд ухвалив план будівництва нової залізниці; її відкриють наступного року."),
    (WINDOWS_1251, "bg", "Правителството одобри плана за строеж на нова железопътна линия до морето."),
    (WINDOWS_1253, "gr", "Η κυβέρνηση ενέκρινε το σχέδιο για τη νέα σιδηροδρομική γραμμή προς τον βορρά."),
    (ISO_8859_7, "gr", "Η κυβέρνηση ενέκρινε το σχέδιο για τη νέα σιδηροδρομική γραμμή προς τον βορρά."),
    (
        WINDOWS_1254,
        "tr",
        "Hükümet yeni demiryolu hattının yapımını onayladı; açılış gelecek yıl olacak, ışıklar değişecek.",
    ),
    (WINDOWS_1255, "il", "הממשלה אישרה אתמול את התוכנית לבניית קו רכבת חדש בצפון הארץ."),
    (WINDOWS_1256, "eg", "وافقت الحكومة أمس على خطة بناء خط سكة حديد جديد في شمال البلاد."),
    (WINDOWS_1257, "lt", "Vyriausybė patvirtino naujos geležinkelio linijos planą; darbai prasidės šių metų rugsėjį."),
    (WINDOWS_1257, "lv", "Valdība apstiprināja jaunās dzelzceļa līnijas plānu; būvdarbi sāksies šogad."),
    (WINDOWS_874, "th", "รัฐบาลอนุมัติแผนก่อสร้างทางรถไฟสายใหม่ในภาคเหนือเมื่อวานนี้"),
    (SHIFT_JIS, "jp", "政府は昨日、北部で新しい鉄道を建設する計画を承認した。"),
    (EUC_JP, "jp", "政府は昨日、北部で新しい鉄道を建設する計画を承認した。"),
    (ISO_2022_JP, "jp", "政府は昨日、北部で新しい鉄道を建設する計画を承認した。"),
    (EUC_KR, "kr", "정부는 어제 북부에 새 철도를 건설하는 계획을 승인했다."),
    (GBK, "cn", "政府昨天批准了在北部修建新铁路的计划，工程明年开始。"),
    (GB18030, "cn", "政府昨天批准了在北部修建新铁路的计划，工程明年开始。"),
    (BIG5, "tw", "政府昨天批准了在北部興建新鐵路的計畫，工程明年開始。"),
];

#[test]
fn a_charset_that_nobody_declares_is_guessed() {
    for (encoding, country, text) in SENTENCES {
        let (bytes, _, unmapped) = encoding.encode(text);
        assert!(!unmapped, "{text}");
        let url = format!("https://www.news.example.{country}:8080/a");
        let decoded = read(&bytes, None, Some(&url));
        assert_eq!(decoded.text, *text, "{}", encoding.name());
        let told = &decoded.warnings[0];
        assert!(told.code == WarningCode::CharsetGuessed && told.detail.starts_with("read as "), "{told:?}");
        // Hungarian has few letters that tell Latin-2 from Latin-1: one sentence needs its country.
        if *country != "hu" {
            assert_eq!(read(&bytes, None, None).text, *text, "{}", encoding.name());
        }
        assert_eq!(read(&bytes, Some(encoding.name()), None).warnings, [], "{}", encoding.name());
    }
    for text in ["Hà Nội mưa lớn", "Người dân ở vùng lũ đã được sơ tán đến nơi an toàn."] {
        let decoded = read(&windows_1258(text), None, None);
        assert_eq!(decoded.text.nfc().collect::<String>(), text);
        assert_eq!(decoded.warnings[0].detail, "read as windows-1258");
    }
}

/// What is declared by default says nothing, if the bytes are of another script.
#[test]
fn latin_1_by_default_is_not_believed_of_other_scripts() {
    let latin = ["windows-1252", "ISO-8859-2", "ISO-8859-15", "windows-1250", "windows-1254", "windows-1257"];
    for (encoding, country, text) in SENTENCES {
        let bytes = encoding.encode(text).0;
        let url = format!("https://example.{country}/a");
        let decoded = read(&bytes, Some("ISO-8859-1"), Some(&url));
        if !latin.contains(&encoding.name()) && !bytes.is_ascii() {
            assert_eq!(decoded.text, *text, "{}", encoding.name());
            assert!(decoded.warnings[0].detail.ends_with(", where windows-1252 is declared"), "{decoded:?}");
        }
        if encoding.name() == "windows-1252" {
            assert_eq!((decoded.text.as_str(), decoded.warnings.len()), (*text, 0));
        }
    }
    // By its own name it is believed.
    assert_eq!(read(&WINDOWS_1251.encode(RUSSIAN).0, Some("windows-1252"), None).warnings, []);
}

#[test]
fn a_page_declares_its_own_charset() {
    let page = |meta: &str| format!("<!doctype html><html><head>{meta}</head><body><p>{RUSSIAN}</p>");
    let koi8 = page("<meta charset=koi8-r>");
    let bytes = KOI8_R.encode(&koi8).0.into_owned();
    check(&bytes, None, &koi8, &[]);
    check(&bytes, Some("iso-8859-1"), &koi8, &[]);
    check(&bytes, Some("no-such-charset"), &koi8, &[]);
    // What the record declares comes first, unless it is the default of a server.
    let wrong = page("<meta charset=gbk>");
    check(&KOI8_R.encode(&wrong).0, Some("koi8-r"), &wrong, &[]);
    // Read as ASCII to be found, it is not UTF-16.
    check(page("<meta charset=utf-16>").as_bytes(), None, &page("<meta charset=utf-16>"), &[]);
    // Decoded and stored as UTF-8 by its scraper, it still says what it was.
    check(koi8.as_bytes(), None, &koi8, &[WarningCode::CharsetGuessed]);
}

#[test]
fn labels_as_libraries_write_them() {
    let cyrillic = WINDOWS_1251.encode(RUSSIAN).0.into_owned();
    for label in ["windows-1251", "CP1251", "win-1251", "windows1251", "\"windows-1251\"", " x-cp1251 "] {
        check(&cyrillic, Some(label), RUSSIAN, &[]);
    }
    for (label, encoding, text) in [
        ("cp932", SHIFT_JIS, "日本"),
        ("euc_jp", EUC_JP, "日本"),
        ("cp949", EUC_KR, "한국"),
        ("cp936", GBK, "中国"),
        ("tis_620", WINDOWS_874, "ไทย"),
    ] {
        check(&encoding.encode(text).0, Some(label), text, &[]);
    }
}

#[test]
fn utf_16_without_a_mark_is_seen_by_its_script() {
    for text in [
        "政府は昨日、北部で新しい鉄道を建設する計画を承認した。",
        "政府昨天批准了在北部修建新铁路的计划，工程明年开始。",
        "정부는 어제 북부에 새 철도를 건설하는 계획을 승인했다.",
        "รัฐบาลอนุมัติแผนก่อสร้างทางรถไฟสายใหม่\nในภาคเหนือเมื่อวานนี้",
        "အစိုးရက မနေ့က ရထားလမ်းသစ် ဖောက်လုပ်ရန် အတည်ပြုခဲ့သည်။",
    ] {
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
            check(&bytes, None, text, &[WarningCode::CharsetGuessed]);
        }
    }
}

#[test]
fn utf_8_needs_no_word() {
    check("Việt Nam".as_bytes(), None, "Việt Nam", &[]);
    check(b"\xEF\xBB\xBFabc", None, "abc", &[]);
    check(b"", None, "", &[]);
    check("é".as_bytes(), Some("no-such-charset"), "é", &[]);
}

#[test]
fn a_byte_order_mark_wins() {
    check(&utf16("Việt Nam", u16::to_le_bytes), Some("windows-1252"), "Việt Nam", &[]);
    check(&utf16("Nga", u16::to_be_bytes), None, "Nga", &[]);
}

#[test]
fn the_declared_charset_is_taken() {
    check(&KOI8_R.encode(RUSSIAN).0, Some("koi8-r"), RUSSIAN, &[]);
    check(&WINDOWS_1258.encode("Đà").0, Some("windows-1258"), "Đà", &[]);
    check(&SHIFT_JIS.encode("日本").0, Some(" Shift_JIS "), "日本", &[]);
}

#[test]
fn utf_8_that_is_declared_as_latin_is_utf_8() {
    let told = [WarningCode::CharsetGuessed];
    for charset in ["iso-8859-1", "windows-1258", "koi8-r"] {
        check("Việt".as_bytes(), Some(charset), "Việt", &told);
    }
    let decoded = read("Việt".as_bytes(), Some("iso-8859-1"), None);
    assert_eq!(decoded.warnings[0].detail, "read as UTF-8, where windows-1252 is declared");
    check(b"plain ASCII", Some("iso-8859-1"), "plain ASCII", &[]);
    check("Việt".as_bytes(), Some("utf8"), "Việt", &[]);
    // Charsets of two bytes a character need more: some pairs of theirs are UTF-8 by chance.
    check(RUSSIAN.as_bytes(), Some("gbk"), RUSSIAN, &told);
    check(&GBK.encode("模").0, Some("gbk"), "模", &[]);
}

#[test]
fn a_guess_is_told() {
    check(&WINDOWS_1251.encode(RUSSIAN).0, None, RUSSIAN, &[WarningCode::CharsetGuessed]);
    let french = "Le préfet a été reçu à l’Élysée ; la réunion s’est achevée très tôt.";
    check(&WINDOWS_1252.encode(french).0, None, french, &[WarningCode::CharsetGuessed]);
    let chinese = "新华社北京电 记者从会议上获悉，两国将继续加强合作。";
    let decoded = read(&GB18030.encode(chinese).0, None, None);
    assert_eq!(decoded.text, chinese);
    assert!(decoded.warnings[0].detail.contains("GB"), "{:?}", decoded.warnings);
}

#[test]
fn a_few_bad_bytes_are_counted() {
    let mut bytes = "Việt Nam ".repeat(40).into_bytes();
    bytes.extend(b"\xE1\xBB");
    let decoded = read(&bytes, None, None);
    assert_eq!(decoded.warnings.len(), 1);
    assert_eq!(decoded.warnings[0].code, WarningCode::ReplacementCharacters);
    assert!(decoded.warnings[0].detail.starts_with("1 "));
}

#[test]
fn a_short_text_that_is_cut_stays_utf_8() {
    let damaged = [WarningCode::ReplacementCharacters];
    let headline = "Thủ tướng Nhật Bản thăm Hà Nội hôm qua ";
    check(&[headline.as_bytes(), b"\xE1\xBB"].concat(), None, &format!("{headline}\u{FFFD}"), &damaged);
    let three = [headline.as_bytes(), b"\xFF \xFE \xE1\xBB"].concat();
    check(&three, None, &format!("{headline}\u{FFFD} \u{FFFD} \u{FFFD}"), &damaged);
    check("a \u{FFFD} b".as_bytes(), None, "a \u{FFFD} b", &damaged);
    check_refused(&[headline.as_bytes(), b"\xFF \xFE \xFF \xE1\xBB"].concat(), "1 %");
    check(b"caf\xE9 noir", None, "café noir", &[WarningCode::CharsetGuessed]);
}

#[test]
fn utf_16_without_a_mark_is_seen() {
    for text in ["Thủ tướng thăm Hà Nội hôm qua.", "Two words", RUSSIAN] {
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(to_bytes).collect();
            check(&bytes, None, text, &[WarningCode::CharsetGuessed]);
        }
    }
    check_refused(&[1, 0, 2, 0, 3, 0, 4, 0], "control");
}

#[test]
fn binary_is_refused() {
    check_refused(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\0", "binary");
    check_refused(&[0; 64], "binary");
    check_refused("\u{FFFD}\u{FFFD} text".as_bytes(), "1 %");
}

#[test]
fn a_stray_control_character_in_utf_8_is_not_binary() {
    check("a list\u{2} of words".as_bytes(), None, "a list\u{2} of words", &[]);
}

proptest! {
    #[test]
    fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), charset in prop::option::of("[a-z0-9-]{1,12}")) {
        let _ = decode(&bytes, Hints { charset: charset.as_deref(), url: None });
    }

    // 512 bytes without one of the 26 control bytes: a chance of 10⁻²³.
    #[test]
    fn random_bytes_are_not_text(bytes in prop::collection::vec(any::<u8>(), 512..600)) {
        prop_assert!(decode(&bytes, Hints::default()).is_err());
    }
}
