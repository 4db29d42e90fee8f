//! Own sentences, one a line.

use super::*;
use crate::event::{Field, LanguageSegment, Script};

fn tell(body: &str, hint: Option<&str>) -> (Language, Vec<WarningCode>) {
    let hint = hint.and_then(LanguageTag::parse);
    let (language, warnings) = identify(Fields { title: None, body }, hint.as_ref());
    (language, warnings.iter().map(|warning| warning.code).collect())
}

#[track_caller]
fn check(body: &str, tag: &str, script: Script) {
    let (language, warnings) = tell(body, None);
    assert_eq!((language.tag.as_str(), language.script), (tag, Some(script)), "{body}");
    assert_eq!(language.reliable, warnings.is_empty());
}

/// A hint: the tag that comes out, what it rests on, and whether a conflict is told.
#[track_caller]
fn check_hint(body: &str, hint: &str, tag: &str, basis: LanguageBasis, conflict: bool) {
    let (language, warnings) = tell(body, Some(hint));
    assert_eq!((language.tag.as_str(), language.basis), (tag, basis), "{body}");
    assert_eq!(warnings.contains(&WarningCode::LanguageConflict), conflict, "{warnings:?}");
}

const VIETNAMESE: &str = "Chính phủ vừa phê duyệt kế hoạch xây dựng thêm ba cây cầu qua sông trong năm tới.";
const CZECH: &str = "Vláda včera schválila plán na stavbu tří nových mostů přes řeku, oznámil ministr dopravy.";

#[test]
fn languages() {
    check(VIETNAMESE, "vi", Script::Latn);
    check("Le gouvernement a approuvé hier la construction de trois ponts sur le fleuve.", "fr", Script::Latn);
    check("Pemerintah telah menyetujui rencana pembangunan tiga jembatan baru di atas sungai itu.", "id", Script::Latn);
    check("Правительство вчера утвердило план строительства трёх новых мостов через реку.", "ru", Script::Cyrl);
    check("Уряд учора затвердив план будівництва трьох нових мостів через річку.", "uk", Script::Cyrl);
    check("وافقت الحكومة أمس على خطة لبناء ثلاثة جسور جديدة فوق النهر.", "ar", Script::Arab);
    check("دولت دیروز طرح ساخت سه پل تازه بر روی رودخانه را تصویب کرد.", "fa", Script::Arab);
    check("सरकार ने कल नदी पर तीन नए पुल बनाने की योजना को मंज़ूरी दी।", "hi", Script::Deva);
}

#[test]
fn a_script_of_one_language_tells_it() {
    check("政府昨天批准了修建三座新桥的计划。", "zh", Script::Hani);
    check("政府は昨日、新しい橋を三本かける計画を承認した。", "ja", Script::Jpan);
    check("정부는 어제 새 다리 세 개를 놓는 계획을 승인했다.", "ko", Script::Kore);
    check("รัฐบาลอนุมัติแผนสร้างสะพานใหม่สามแห่งเมื่อวานนี้", "th", Script::Thai);
    check("მთავრობამ გუშინ ახალი ხიდების გეგმა დაამტკიცა.", "ka", Script::Geor);
    check("Η κυβέρνηση ενέκρινε χθες το σχέδιο για τις γέφυρες.", "el", Script::Grek);
}

#[test]
fn letters_that_give_a_language_away() {
    check(
        "Үкімет кеше өзен арқылы үш жаңа көпір салу жоспарын бекітті, деп хабарлады министр қызметі.",
        "kk",
        Script::Cyrl,
    );
    check("Ríkisstjórnin samþykkti í gær áætlun um þrjár nýjar brýr yfir ána.", "is", Script::Latn);
}

#[test]
fn too_little_text_is_of_no_language() {
    for body in ["", "12 345,6 – 78 %", "OK 12", "https://example.org/a-long-path-of-english-words"] {
        let (language, warnings) = tell(body, None);
        assert_eq!((language.tag.as_str(), language.reliable), ("und", false), "{body}");
        assert_eq!(warnings, [WarningCode::LanguageUnreliable]);
    }
    assert_eq!(tell("12 345", Some("vi")).0.tag.as_str(), "vi");
}

#[test]
fn a_hint_never_overrides_clear_text() {
    check_hint(VIETNAMESE, "en", "vi", LanguageBasis::Text, true);
    check_hint(VIETNAMESE, "vi-VN", "vi", LanguageBasis::Text, false);
    check_hint("政府昨天批准了修建三座新桥的计划。", "fr", "zh", LanguageBasis::Text, true);
}

#[test]
fn a_hint_settles_what_the_text_leaves_open() {
    check_hint("Ahoj, OK", "cs", "cs", LanguageBasis::Hint, false);
    check_hint(CZECH, "sk", "cs", LanguageBasis::Text, true);
    let malay = "Kerajaan semalam meluluskan rancangan pembinaan tiga jambatan baharu merentasi sungai itu.";
    check_hint(malay, "ms", "ms", LanguageBasis::Text, false);
    let either = "Vlada je jučer odobrila plan izgradnje tri nova mosta preko rijeke, rekao je ministar.";
    assert_eq!(tell(either, Some("bs")).0.tag.as_str(), "bs");
    assert_eq!(tell(either, Some("hr")).0.tag.as_str(), "hr");
    check_hint("Новый мост был открыт", "en", "ru", LanguageBasis::Text, true);
}

#[test]
fn a_hint_that_agrees_makes_it_surer() {
    let (alone, _) = tell("Stortinget sa nei til en bro", None);
    let (agreed, _) = tell("Stortinget sa nei til en bro", Some(alone.tag.as_str()));
    assert!(agreed.confidence > alone.confidence);
}

#[test]
fn doubt_gives_an_alternative() {
    let (language, _) = tell("Stortinget sa nei til en bro", None);
    assert!(!language.reliable && !language.alternatives.is_empty(), "{language:?}");
    assert!(language.alternatives.iter().all(|other| other.confidence <= language.confidence));
}

#[test]
fn every_tag_of_the_tables_is_a_tag() {
    for tag in model::tags().chain(known::tags()) {
        assert_eq!(parse(tag).as_str(), tag);
    }
}

const FRENCH: &str = "Le gouvernement a approuvé hier la construction de trois ponts sur le fleuve, malgré les réserves \
     des communes voisines. Les travaux dureront quatre ans.";
const ENGLISH: &str = "The government approved yesterday the building of three bridges across the river, in spite of the \
     doubts of the towns nearby. The work will take four years.";
const RUSSIAN: &str = "Правительство вчера утвердило строительство трёх мостов через реку, несмотря на сомнения соседних \
     городов. Работы продлятся четыре года.";

/// The languages of a body's segments, and the text of each.
#[track_caller]
fn check_segments(body: &str, tag: &str, expected: &[(&str, &str)]) {
    let (language, _) = tell(body, None);
    let slice = |segment: &LanguageSegment| -> String {
        body.chars().skip(segment.start as usize).take((segment.end - segment.start) as usize).collect()
    };
    let found: Vec<(String, String)> =
        language.segments.iter().map(|segment| (segment.tag.as_str().to_owned(), slice(segment))).collect();
    let expected: Vec<(String, String)> =
        expected.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect();
    assert_eq!((language.tag.as_str(), found), (tag, expected));
}

#[test]
fn a_stretch_in_another_language_is_a_segment() {
    check_segments(&format!("{FRENCH}\n\n{FRENCH}\n\n{ENGLISH}"), "fr", &[("en", ENGLISH)]);
    check_segments(&format!("{FRENCH}\n\n{ENGLISH}\n\n{ENGLISH}"), "en", &[("fr", FRENCH)]);
    let both = format!("{ENGLISH}\n\nÀ lire\n\n{ENGLISH}");
    check_segments(&format!("{FRENCH}\n{FRENCH}\n{FRENCH}\n{both}"), "fr", &[("en", both.as_str())]);
    check_segments(&format!("{ENGLISH}\n{ENGLISH}\n{RUSSIAN}"), "en", &[("ru", RUSSIAN)]);
    check_segments(&format!("{RUSSIAN}\n{RUSSIAN}\n{ENGLISH}"), "ru", &[("en", ENGLISH)]);
}

#[test]
fn an_article_in_one_language_has_no_segments() {
    check_segments(FRENCH, "fr", &[]);
    check_segments(&format!("{FRENCH}\n\n« It works », a dit le ministre.\n\n{FRENCH}"), "fr", &[]);
    check_segments(&format!("{CZECH}\n{CZECH}"), "cs", &[]);
}

proptest::proptest! {
    #[test]
    fn any_text_has_a_language_and_segments_that_lie_in_it(title in proptest::option::of(".{0,80}"), body in "(.{0,60}\n?){0,40}") {
        let fields = Fields { title: title.as_deref(), body: &body };
        let (language, _) = identify(fields, None);
        proptest::prop_assert_eq!(&language, &identify(fields, None).0);
        for segment in &language.segments {
            let text = match segment.r#in { Field::Title => title.as_deref().unwrap_or_default(), Field::Body => &body };
            proptest::prop_assert!(segment.start < segment.end && segment.end as usize <= text.chars().count());
        }
        proptest::prop_assert!(!language.reliable || language.tag != LanguageTag::undetermined());
    }
}

#[test]
fn an_article_that_begins_in_other_letters_is_not_relied_upon() {
    let french = "Le conseil municipal a voté mardi soir le budget des écoles, après trois heures de débat et une longue \
                  suspension de séance demandée par l'opposition.";
    let arabic = "صوّت المجلس البلدي مساء الثلاثاء على ميزانية المدارس بعد ثلاث ساعات من النقاش وتعليق طويل للجلسة بطلب من \
                  المعارضة في القاعة";
    let reliable = |body: &str| identify(Fields { title: None, body }, None).0.reliable;
    assert!(!reliable(&format!("{french}\n\n{arabic}")));
    assert!(reliable(arabic) && reliable(&format!("{arabic}\n\n{arabic}\n\nPhoto: AP. All rights reserved.")));
}

#[test]
fn what_is_no_language_is_not_relied_upon() {
    for noise in [
        "14 27 38 41 56 63 72 88 91 104 117 123 138 142 155 169 173 184 191 200",
        "UGxlYXNlIGRvIG5vdCByZWFkIHRoaXMgdGV4dCBhcyBhIGxhbmd1YWdl QmVjYXVzZSBpdCBpcyBub3QgYSBsYW5ndWFnZSBhdCBhbGw=",
        "<div class=\"teaser\"><span id=\"x-1\"></span><img src=\"/a.png\"></div><div class=\"footer\"></div>",
        "fn main() { let mut sum = 0; for n in 1..=10 { sum += n * n; } println!(\"{sum}\"); }",
        "a3f5c9d2 77be01fe 9c0d44aa e1b2f3a4 05d6c7b8 f9e8d7c6 b5a49382 71605f4e",
        "xkcd qwrtz plmnb vfrtg hjklm zxcvb nmklp qwsdf rtghj bvcxz mnbvq wsxrf vtgbh",
        "def add(a, b):\n    return a + b\n\nprint(add(2, 3))\nprint(add(4, 5))",
        "import os\nfrom sys import argv\nfor line in open(argv[1]):\n    if not line: continue\n    print(line.strip())",
        "\"name\": \"river\", \"length\": 812, \"country\": \"none\", \"open\": true, \"bridges\": [\"old\", \"new\"]",
        "2024-05-05T10:00:00Z INFO server started on port 8080\n2024-05-05T10:00:04Z WARN the queue is nearly full\n\
         2024-05-05T10:00:09Z ERROR could not reach the database, trying again",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore.",
        "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat.",
        "BTCUSD ETHUSD XRPUSD LTCGBP DAX FTSE NKY HSI S&P MSCI EURGBP USDJPY GBPCHF",
    ] {
        let (language, _) = tell(noise, None);
        assert!(!language.reliable, "{noise}: {language:?}");
    }
}

#[test]
fn prose_about_programs_is_relied_upon() {
    for prose in [
        "The designers of the town's new page forgot to replace its filler: for a day, visitors read lorem ipsum where the \
         mayor's greeting should have stood, and many of them wrote to ask what it meant.",
        "The council's report(s) on the bridge (built in 1912) will be published at example.com, the mayor said on Monday, \
         after the meeting with the engineers and the owners of the two shipyards by the river.",
    ] {
        let (language, _) = tell(prose, None);
        assert!(language.reliable && language.tag.as_str() == "en", "{prose}: {language:?}");
    }
}

#[test]
fn a_translation_into_a_sibling_is_a_segment() {
    let spanish = "El ayuntamiento aprobó el lunes el arreglo del puente viejo, que se cerró en mayo después de la crecida del río.\n\n\
        Las obras empezarán en otoño y durarán hasta la primavera, según dijo la alcaldesa a los vecinos reunidos en la plaza.\n\n\
        Los barqueros, que ahora cruzan a los niños de la escuela, piden que el ayuntamiento les pague también en invierno.";
    let portuguese = "A câmara municipal aprovou na segunda-feira a reparação da ponte velha, que foi fechada em maio depois da cheia do rio.\n\n\
        As obras vão começar no outono e durar até à primavera, disse a presidente aos moradores que se juntaram na praça.";
    let (language, _) = tell(&format!("{spanish}\n\n{portuguese}"), None);
    assert_eq!(language.tag.as_str(), "es");
    let found: Vec<_> = language.segments.iter().map(|segment| (segment.tag.as_str(), segment.start)).collect();
    assert_eq!(found, [("pt", spanish.chars().count() as u32 + 2)]);
    assert_eq!(tell(spanish, None).0.segments, []);
    assert_eq!(tell(portuguese, None).0.segments, []);
}
