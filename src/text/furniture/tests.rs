//! Texts with furniture in them: one function touches the interface, a new case is one line.

mod cases;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::event::OriginRelation;
use crate::text::{CleanedPlain, clean_plain};

const PROSE: &str = "The council met on Monday and agreed to mend the bridge before winter, said the mayor.";

/// A line between and after paragraphs of prose.
fn lifted(line: &str) -> Vec<(FurnitureRole, String)> {
    let cleaned = clean_body(&format!("{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{line}\n\n{PROSE}"));
    cleaned.furniture.into_iter().map(|piece| (piece.role, piece.text)).collect()
}

#[track_caller]
fn check(line: &str, role: FurnitureRole) {
    assert_eq!(lifted(line), [(role, line.to_owned())]);
}

#[track_caller]
fn check_prose(line: &str) {
    assert_eq!(lifted(line), []);
}

/// What a text ends with: its role and the names of origins and authors that it gives.
#[track_caller]
fn check_end(end: &str, role: FurnitureRole, names: &[&str]) {
    for gap in ["\n\n", " "] {
        let cleaned = clean_body(&format!("{PROSE}\n{PROSE}{gap}{end}"));
        let found: Vec<_> = cleaned.furniture.iter().map(|piece| (piece.role, piece.text.as_str())).collect();
        assert_eq!(found, [(role, end)], "after {gap:?}");
        let given: Vec<_> = cleaned.origin.iter().map(|origin| &origin.name).chain(&cleaned.authors).collect();
        assert_eq!(given, names);
        assert_eq!(cleaned.body, format!("{PROSE}\n{PROSE}"));
    }
}

#[track_caller]
fn check_end_is_prose(end: &str) {
    let body = format!("{PROSE}\n\n{PROSE} {end}");
    assert_eq!(clean_body(&body).furniture, []);
}

#[test]
fn related_links() {
    for line in [
        ">> A new crane for the port",
        "Read also: A new crane for the port",
        "READ MORE | A new crane for the port",
        "Lire aussi\u{A0}: Un port sans grues",
        "À lire aussi : Un port sans grues",
        "Baca juga: Pelabuhan tanpa derek",
        "Xem thêm: Bến cảng không cần cẩu",
        "Lesen Sie auch: Ein Hafen ohne Kran",
        "Читайте также: Порт без кранов",
        "相关阅读：没有起重机的港口",
        "関連記事：クレーンのない港",
        "اقرأ أيضا: ميناء بلا رافعات",
        "यह भी पढ़ें: बिना क्रेन का बंदरगाह",
        "Related stories",
    ] {
        check(line, FurnitureRole::RelatedLink);
    }
    check_prose("Read more books, the teachers told the pupils of the school");
    check_prose("Related work had begun a year earlier on the other bank.");
    check_prose("Read more: the council wants pupils to. It pays for books in every school. Teachers are glad of it.");
    check_prose(&format!("Read more: {PROSE} {PROSE}"));
}

#[test]
fn captions() {
    for line in [
        "The bridge in spring. (Photo: Ann Lee)",
        "The bridge in spring. (Photo by Ann Lee) |",
        "The bridge in spring. Photo: Ann Lee/Hill Wire",
        "The bridge in spring | Foto: Ana Ruiz / Prensa del Valle",
        "Cầu mùa xuân. (Ảnh: TTXVN)",
        "Cầu mùa xuân (Ảnh minh họa)",
        "Le pont au printemps. (Photo\u{A0}: Anne Roux/AFP)",
        "Most wiosną. Fot. Jan Kowal/PAP",
        "春の橋（撮影・山田太郎）",
        "图为春天的大桥。王小明 摄",
        "봄의 다리 (사진=김하늘 기자)",
        "पुल का दृश्य। (फ़ोटो: अमित झा)",
        "The bridge in spring [Ann Lee/Image: Hill Wire] (© Ann Lee)",
    ] {
        check(line, FurnitureRole::Caption);
    }
    check_prose("He held up a photo: it showed the old bridge before the flood.");
    check_prose("The bridge in spring (built in 1932)");
    check_prose("影片在湖底拍摄");
}

#[test]
fn credits() {
    for line in [
        "Photo: Ann Lee",
        "Photo : Anne Roux/AFP",
        "(Foto: ANA RUIZ)",
        "© Ann Lee",
        "Фото: Анна Ли / Вестник",
        "Photo by Ann Lee",
    ] {
        check(line, FurnitureRole::Credit);
    }
    check("（责任编辑：王小明）", FurnitureRole::Credit);
    check_prose("Photo by photo, the team rebuilt the view of the old town as it was");
    check_prose("Pictures: they were all that was left of the house, she said in tears that day.");
}

#[test]
fn placeholders_counters_bars_and_prompts() {
    for line in
        ["[ad]", "[iklan_2]", "[Anzeige]", "(Publicidade)", "[Quảng cáo]", "[विज्ञापन]", "Advertisement", "[광고 1]"]
    {
        check(line, FurnitureRole::AdPlaceholder);
    }
    for line in ["Komentar (0)", "3 comments", "Comments: 12", "댓글 8개", "评论（6）", "Maoni (3)", "Bình luận (10)"]
    {
        check(line, FurnitureRole::Comments);
    }
    for line in
        ["Share", "Share on Facebook | WhatsApp | Email", "Artikel teilen", "แชร์ข่าวนี้", "Chia sẻ: Facebook, Zalo"]
    {
        check(line, FurnitureRole::ShareBar);
    }
    for line in ["Subscribe to our weekend newsletter", "Suivez-nous sur Telegram", "Подписывайтесь на наш канал"]
    {
        check(line, FurnitureRole::Subscription);
    }
    check_prose("[sic]");
    check_prose("Ad hoc");
    check_prose("Share prices fell again on Monday");
    check_prose("Comments came in all week from 12 towns");
    check_prose("3 comments stood out");
}

#[test]
fn lines_that_say_when() {
    for line in [
        "Actualizado el 23/05/2024 a las 18:15",
        "Updated: 5 June 2024",
        "Cập nhật lúc 10:15, 5/6/2024",
        "发布时间：2024年6月5日",
    ] {
        check(line, FurnitureRole::DateMarker);
    }
    check_prose("Cập nhật 3.000 hồ sơ đất đai cho người dân");
    check_prose("Published in 2019, the book sold well in all of its four languages.");
}

/// What a formula of furniture begins, and a sentence ends.
#[test]
fn sentences_that_begin_as_furniture_does_are_prose() {
    for line in [
        "1948.",
        "All rights reserved, the sign on the gate said, and nobody laughed.",
        "Tous droits réservés, lisait-on sur la porte du château.",
        "Alle Rechte vorbehalten, stand auf dem Schild.",
        "Все права защищены, гласила табличка.",
        "Quelle: Das wollte die Polizei wissen.",
        "المصدر: هذا ما أرادت الشرطة معرفته.",
        "출처: 경찰이 알고 싶었던 것이다.",
    ] {
        check_prose(line);
    }
    check_prose("Newsletter: it was an app that nobody wanted.");
    check_prose("사진: 그것뿐이었다.");
    check("All rights reserved.", FurnitureRole::Credit);
    check("All rights reserved. Reproduction without permission is prohibited.", FurnitureRole::Credit);
    check("Todos los derechos reservados por Grupo Sur", FurnitureRole::Credit);
    check("저작권자 ⓒ 힐와이어, 무단전재 및 재배포 금지", FurnitureRole::Credit);
    check("Quelle: Agentur des Nordens.", FurnitureRole::SourceLine);
    check("المصدر: وكالة أنباء الشمال.", FurnitureRole::SourceLine);
}

#[test]
fn who_took_a_picture_is_no_author() {
    let block = |text: &str, role| Block { text: text.to_owned(), role };
    let authors = |role| clean_blocks(vec![block("서지훈 기자", Some(role)), block(PROSE, None)]).authors;
    assert_eq!(authors(FurnitureRole::Caption), Vec::<String>::new());
    assert_eq!(authors(FurnitureRole::Byline), ["서지훈"]);
    let cleaned = clean_body(&format!("저녁 무렵의 방앗간. 사진=서지훈 기자\n\n{PROSE}\n\n{PROSE}"));
    assert_eq!((cleaned.authors, cleaned.furniture[0].role), (vec![], FurnitureRole::Caption));
}

#[test]
fn sources_are_credited() {
    let source = |line: &str| {
        let cleaned = clean_body(&format!("{PROSE}\n\n{line}"));
        assert!(cleaned.furniture.iter().all(|piece| piece.role == FurnitureRole::SourceLine), "{line}");
        cleaned.origin.into_iter().next()
    };
    let origin = |name: &str, url: Option<&str>, relation| {
        Some(Origin { name: name.into(), url: url.map(Into::into), relation })
    };
    let url = "https://www.hill.example/a-b";
    assert_eq!(source(&format!("Sumber: {url}")), origin("hill.example", Some(url), OriginRelation::Credit));
    assert_eq!(source("(Nguồn: Hill Wire)"), origin("Hill Wire", None, OriginRelation::Credit));
    assert_eq!(source("Источник: «Вестник»"), origin("Вестник", None, OriginRelation::Credit));
    assert_eq!(source("来源：山城网"), origin("山城网", None, OriginRelation::Credit));
    assert_eq!(source("转载自：山城网"), origin("山城网", None, OriginRelation::Reprint));
    assert_eq!(source("Translated from: Hill Wire"), origin("Hill Wire", None, OriginRelation::Translation));
    assert_eq!(source("Source of the river"), None);
    assert_eq!(source("Source: the river rises in the hills, and nobody has measured how deep it is."), None);
}

#[test]
fn sign_offs() {
    check_end("VNA/CVN", FurnitureRole::Credit, &["VNA/CVN"]);
    check_end("(AFP)", FurnitureRole::Credit, &["AFP"]);
    check_end("Theo Hill Wire", FurnitureRole::SourceLine, &["Hill Wire"]);
    check_end("(Nguồn: Hill Wire)", FurnitureRole::SourceLine, &["Hill Wire"]);
    check_end("Minh Đức", FurnitureRole::Byline, &["Minh Đức"]);
    check_end("Reporting by Ann Lee; editing by Tom Hall", FurnitureRole::Byline, &["Ann Lee"]);
    for end in ["Ann Lee", "NATO", "Việt Nam", "TP. Đà Nẵng", "He left. Then silence", "Theo ông, giá sẽ tăng"]
    {
        check_end_is_prose(end);
    }
}

/// Sought anew for each line, the last of the prose made such a list cost minutes.
#[test]
fn a_long_list_of_agencies_is_no_sign_off() {
    let cleaned = clean_body(&format!("{PROSE}\n{}", "AP\n".repeat(200_000)));
    assert_eq!((cleaned.body.as_str(), cleaned.origin.len()), (PROSE, 1));
}

/// What a paragraph is left as, and what stood in it.
#[track_caller]
fn check_within(paragraph: &str, left: &str, lifted: &[(FurnitureRole, &str)]) {
    let cleaned = clean_body(&format!("{PROSE}\n\n{paragraph}\n\n{PROSE}"));
    assert_eq!(cleaned.body, format!("{PROSE}\n\n{left}\n\n{PROSE}"));
    let found: Vec<_> = cleaned.furniture.iter().map(|piece| (piece.role, piece.text.as_str())).collect();
    assert_eq!(found, lifted);
}

#[test]
fn furniture_within_a_paragraph() {
    use FurnitureRole::{AdPlaceholder, Credit, RelatedLink};
    let long = [PROSE; 4].join(" ");
    check_within(&format!("{long} (Photo: Ann Lee)"), &long, &[(Credit, "(Photo: Ann Lee)")]);
    check_within(
        &format!("{long} The bridge. (Foto: ANA RUIZ) | {PROSE}"),
        &format!("{long} The bridge. {PROSE}"),
        &[(Credit, "(Foto: ANA RUIZ) |")],
    );
    check_within(&format!("{long} [ad_1] {PROSE}"), &format!("{long} {PROSE}"), &[(AdPlaceholder, "[ad_1]")]);
    check_within(
        &format!("{long} (Read also: A new crane) {PROSE}"),
        &format!("{long} {PROSE}"),
        &[(RelatedLink, "(Read also: A new crane)")],
    );
    let chinese = "市议会周一开会，同意在冬季之前修好大桥。".repeat(9);
    check_within(
        &format!("{chinese}（图：王小明）{chinese}"),
        &format!("{chinese}{chinese}"),
        &[(Credit, "（图：王小明）")],
    );
    for kept in [
        format!("{long} The picture (photo: Ann Lee) shows the old bridge."),
        format!("{long} He said (file) that it is old."),
        format!("{long} The paper (Source: Hill Wire) has it. {PROSE}"),
        format!("{long} [1] {PROSE}"),
    ] {
        check_within(&kept, &kept, &[]);
    }
}

#[test]
fn what_follows_the_last_sentence_of_all() {
    use FurnitureRole::{AdPlaceholder, Comments, SourceLine};
    let body = format!("{PROSE} {PROSE} [iklan_2] Sumber: https://hill.example/a Komentar (0)");
    let cleaned = clean_body(&body);
    assert_eq!(cleaned.body, format!("{PROSE} {PROSE}"));
    let found: Vec<_> = cleaned.furniture.iter().map(|piece| (piece.role, piece.text.as_str())).collect();
    let expected =
        [(AdPlaceholder, "[iklan_2]"), (SourceLine, "Sumber: https://hill.example/a"), (Comments, "Komentar (0)")];
    assert_eq!(found, expected);
    assert_eq!(cleaned.origin[0].name, "hill.example");
}

#[test]
fn blocks_of_known_roles() {
    let block = |text: &str, role| Block { text: text.to_owned(), role };
    let cleaned = clean_blocks(vec![
        block("A bridge\nin spring", Some(FurnitureRole::Caption)),
        block("By Ann Lee", Some(FurnitureRole::Byline)),
        block(PROSE, None),
        block("Source: Hill Wire", None),
        block("", None),
        block("Read also: a crane\n3 comments", Some(FurnitureRole::RelatedLink)),
        block(PROSE, None),
    ]);
    assert_eq!(cleaned.body, format!("{PROSE}\n\n{PROSE}"));
    assert_eq!(cleaned.authors, ["Ann Lee"]);
    assert_eq!(cleaned.origin[0].name, "Hill Wire");
    let found: Vec<_> = cleaned.furniture.iter().map(|piece| (piece.role, piece.at as usize)).collect();
    let second = PROSE.len() + 2;
    let expected = [
        (FurnitureRole::Caption, 0),
        (FurnitureRole::Caption, 0),
        (FurnitureRole::Byline, 0),
        (FurnitureRole::SourceLine, second),
        (FurnitureRole::RelatedLink, second),
        (FurnitureRole::RelatedLink, second),
    ];
    assert_eq!(found, expected);
    let alone = vec![block("A bridge", Some(FurnitureRole::Caption)), block("Another", Some(FurnitureRole::Caption))];
    assert_eq!(clean_blocks(alone).body, "A bridge\n\nAnother");
}

#[test]
fn datelines_credit_their_agency_and_stay() {
    let origin = |dateline: &str| {
        let body = format!("{dateline} {PROSE}");
        let cleaned = clean_body(&body);
        assert_eq!(cleaned.body, body);
        cleaned.origin.into_iter().map(|origin| (origin.name, origin.relation)).next()
    };
    let reprint = |name: &str| Some((name.to_owned(), OriginRelation::Reprint));
    assert_eq!(origin("HILLTOWN, Oct 3 (Reuters) -"), reprint("Reuters"));
    assert_eq!(origin("HILLTOWN -"), None);
}

#[test]
fn an_outlet_that_signs_its_pictures_may_sign_the_text() {
    let body = format!("{PROSE}\n\nA bridge. (Photo: Ann Lee/Hill Wire)\n\n{PROSE}\n\nHill Wire, with agencies");
    let cleaned = clean_body(&body);
    assert_eq!(cleaned.origin.len(), 1);
    assert_eq!((cleaned.origin[0].name.as_str(), cleaned.origin[0].relation), ("Hill Wire", OriginRelation::Reprint));
    assert_eq!(clean_body(&format!("{PROSE}\n\n{PROSE}\n\nHill Wire")).origin, []);
}

/// It would take minutes, were each name compared with all before it.
#[test]
fn bylines_without_end_are_linear() {
    let letters = |n: usize| [n / 17_576, n / 676, n / 26, n].map(|n| char::from(b'a' + (n % 26) as u8));
    let lines: String = (0..60_000).map(|n| format!("By Ann L{}\n", String::from_iter(letters(n)))).collect();
    let cleaned = clean_body(&format!("{lines}{lines}\n{PROSE}"));
    assert_eq!((cleaned.authors.len(), cleaned.furniture.len()), (60_000, 120_000));
}

#[test]
fn bylines_at_the_head() {
    let authors = |line: &str| clean_body(&format!("{line}\n\n{PROSE}")).authors;
    assert_eq!(authors("By Ann Lee"), ["Ann Lee"]);
    assert_eq!(authors("By Ann Lee and Tom van der Hall"), ["Ann Lee", "Tom van der Hall"]);
    assert_eq!(authors("Von Jörg Mann, Ute Frau"), ["Jörg Mann", "Ute Frau"]);
    assert_eq!(authors("Автор: Анна Ли"), ["Анна Ли"]);
    assert_eq!(authors("作者：王小明"), ["王小明"]);
    assert_eq!(authors("김하늘 기자"), ["김하늘"]);
    for line in
        ["By Monday", "By the river", "Par Paris et Lyon, la route", "Von Wien nach Riga", "Von der Leyen", "Na"]
    {
        assert_eq!(authors(line), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn places_are_code_points_of_the_body() {
    let cleaned = clean_body("date 2024-02\nĐã về.\n\n[ad]\n>> Xa\n\nMột hai.\n[ad]\nBa.\nKomentar (0)");
    assert_eq!(cleaned.body, "Đã về.\n\nMột hai.\nBa.");
    let at: Vec<_> = cleaned.furniture.iter().map(|piece| (piece.text.as_str(), piece.at)).collect();
    assert_eq!(at, [("date 2024-02", 0), ("[ad]", 8), (">> Xa", 8), ("[ad]", 17), ("Komentar (0)", 20)]);
}

#[test]
fn a_text_that_is_furniture_alone_is_left() {
    for text in ["[ad]", "date 2024-02", "Photo: Ann Lee\n\n3 comments"] {
        let cleaned = clean_body(text);
        assert_eq!((cleaned.body.as_str(), cleaned.furniture.len()), (text, 0));
        assert_eq!(clean_plain(text).body, text);
    }
}

#[track_caller]
fn check_title(text: &str, title: Option<&str>, body: &str) {
    let cleaned = clean_plain(text);
    assert_eq!((cleaned.title.as_deref(), cleaned.body.as_str()), (title, body));
}

#[test]
fn titles_of_plain_text() {
    for date in ["11 March 2019", "Date: 5/11/2019", "2019", "Datum: 5. Juni 2024", "日期：2024年6月5日"] {
        let cleaned = clean_plain(&format!("{date}\n\nA bridge is mended\n\n{PROSE}"));
        assert_eq!((cleaned.title.as_deref(), cleaned.body.as_str()), (Some("A bridge is mended"), PROSE), "{date}");
        assert_eq!((cleaned.furniture[0].role, cleaned.furniture[0].text.as_str()), (FurnitureRole::DateMarker, date));
    }
    check_title(&format!("March 2019\n\n{PROSE}"), None, &format!("March 2019\n\n{PROSE}"));
    check_title(&format!("A bridge is mended\n\n{PROSE}"), Some("A bridge is mended"), PROSE);
    check_title(&format!("Who mends the bridge?\n\nBy Ann Lee\n\n{PROSE}"), Some("Who mends the bridge?"), PROSE);
    let lede = format!("{PROSE} {PROSE}");
    let line = format!("date 2024-02 Old bridge over the river is mended – {lede}");
    check_title(&line, Some("Old bridge over the river is mended"), &lede);
    for text in [
        format!("A bridge is mended.\n{PROSE}"),
        format!("A bridge is mended.\n\n{PROSE}"),
        format!("The mayor said:\n\n{PROSE}"),
        format!("HÀ NỘI - {lede}"),
        format!("The president of the states of Ruritania - Syldavia had a plan, and {lede}"),
        format!("The new tunnel under the old town - City Link, as it is named - opens. {lede}"),
        "A bridge is mended".to_owned(),
    ] {
        check_title(&text, None, &text);
    }
}

/// The marker under a title was prose until the title was known, and furniture when the body was cleaned again.
#[test]
fn a_marker_under_a_title_is_lifted() {
    let cleaned = clean_plain(&format!("A bridge is mended\n\ndate 2019-11\n{PROSE}"));
    assert_eq!((cleaned.title.as_deref(), cleaned.body.as_str()), (Some("A bridge is mended"), PROSE));
    assert_eq!(cleaned.furniture[0].text, "date 2019-11");
}

/// The project's own samples: all their furniture is lifted, and nothing else.
#[test]
fn samples() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let mut counts = BTreeMap::new();
    for entry in std::fs::read_dir(samples).expect("the samples") {
        let path = entry.expect("a sample").path();
        let name = path.file_name().expect("a name").to_string_lossy()[..2].to_owned();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let furniture = match path.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => clean_plain(&text).furniture,
            _ => match serde_json::from_str::<serde_json::Value>(&text) {
                Ok(article) => clean_body(article["body"].as_str().expect("a body")).furniture,
                Err(_) => continue,
            },
        };
        if name.bytes().all(|b| b.is_ascii_digit()) {
            counts.insert(name, furniture.len());
        }
    }
    let counts: Vec<_> = counts.into_values().collect();
    assert_eq!(counts, [4, 3, 3, 7, 2, 7, 3, 5, 3, 5, 2, 4, 3, 6, 3, 4, 7, 3, 3, 4, 4, 2]);
}

fn letters(texts: impl IntoIterator<Item = String>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in texts.into_iter().flat_map(|text| text.chars().collect::<Vec<_>>()).filter(|c| c.is_alphanumeric()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

fn line() -> impl Strategy<Value = String> {
    let known = [
        PROSE,
        ">> A link",
        "[ad_1]",
        "Komentar (0)",
        "By Ann Lee",
        "VNA/CVN",
        "(Nguồn: Báo)",
        "A bridge. (Photo: Ann Lee) |",
        "date 2019-11",
        "Theo Báo",
        "Một câu dài hơn một chút ở đây. Minh Đức",
        "A title of its own",
        "",
        "",
        "Cầu bắc qua con sông lớn đã xong - Hôm qua",
        "A sentence. (Photo: Ann Lee) Another sentence.",
        "（图：王小明）",
        "Source: Hill Wire",
        "Photo: Ann Lee",
        "HILLTOWN, Oct 3 (AFP) - It rained.",
        "Tags: rain, hill",
        "(AFP)",
        "REUTERS/Ann Lee",
        "Share",
        "11 March 2019",
        "Read also: A",
        "© 2024 Hill Wire. All rights reserved.",
    ];
    prop_oneof![4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,40}"]
}

/// Title, body and furniture hold every letter, and what is cleaned is not cleaned further.
#[track_caller]
fn check_kept(text: &str) {
    let expected = letters([crate::text::normalise(text)]);
    let CleanedPlain { title, body, furniture, .. } = clean_plain(text);
    let length = body.chars().count();
    assert_eq!(clean_body(&body).body, body, "the body of the plain text {text:?} is cleaned further");
    assert!(furniture.iter().all(|piece| piece.at as usize <= length), "{text:?}");
    let kept = title.into_iter().chain([body]).chain(furniture.into_iter().map(|piece| piece.text));
    assert_eq!(letters(kept), expected, "{text:?}");
    let Cleaned { body, furniture, .. } = clean_body(text);
    assert_eq!(crate::text::normalise(&body), body, "{text:?}");
    assert_eq!(clean_body(&body).body, body, "the body {text:?} is cleaned further");
    assert_eq!(letters([body].into_iter().chain(furniture.into_iter().map(|piece| piece.text))), expected, "{text:?}");
}

#[test]
fn a_date_marker_under_a_title_is_lifted_at_once() {
    let text = "Theo Báo\n\ndate 2019-11\nMột câu dài hơn một chút ở đây. Minh Đức";
    check_kept(text);
    let cleaned = clean_plain(text);
    assert_eq!(cleaned.title.as_deref(), Some("Theo Báo"));
    assert_eq!(cleaned.furniture[0].role, FurnitureRole::DateMarker);
}

#[test]
fn a_date_marker_behind_a_placeholder_is_not_left_half_read() {
    check_kept("[ad_1] date 2019-11 (AFP) HILLTOWN, Oct 3 (AFP) - It rained.");
}

#[test]
fn a_lede_behind_a_dash_is_read_as_a_text() {
    // The line is too long for a link; without its credit it would be one.
    let title = ">> A link to the old bridge over the river - ";
    let text =
        format!("{title}Prose of the day. (Photo: Ann Lee) Another sentence of the day. {}", "It rained. ".repeat(9));
    check_kept(&text);
    let cleaned = clean_plain(&text);
    assert!(cleaned.title.is_some());
    assert_eq!(cleaned.furniture[0].text, "(Photo: Ann Lee)");
}

#[test]
fn a_name_signs_the_paragraph_that_is_left() {
    let text = format!("{PROSE}\n\n{PROSE} [ad_1]\n\nTom Hall");
    check_kept(&text);
    assert_eq!(clean_body(&text).authors, ["Tom Hall"]);
}

proptest! {
    #[test]
    fn every_letter_is_kept(lines in prop::collection::vec(line(), 0..12), newline in prop::bool::ANY) {
        check_kept(&lines.join(if newline { "\n" } else { " " }));
    }
}
