//! Times of day beside a date, and texts in two languages.

use super::{TAGGER, article, check, language, tag};
use crate::event::{Field, LanguageSegment, LanguageTag, Precision};

/// A Thursday.
const DAY: Option<&str> = Some("2024-03-14");

#[test]
fn a_time_stands_before_or_behind_its_day() {
    check("en", DAY, "At 7.30 pm on Monday they met.", &[("At 7.30 pm on Monday", "2024-03-11T19:30:00")]);
    check("vi", DAY, "Xảy ra lúc 19h30 ngày 5/3.", &[("lúc 19h30 ngày 5/3", "2024-03-05T19:30:00")]);
    check("vi", DAY, "Xảy ra lúc 8 giờ sáng 5/3.", &[("lúc 8 giờ sáng 5/3", "2024-03-05T08:00:00")]);
    check("fr", DAY, "Ils partiront lundi à 10 h 32.", &[("lundi à 10 h 32", "2024-03-18T10:32:00")]);
    check("ja", DAY, "3日午後11時5分ごろ、出火した。", &[("3日午後11時5分", "2024-03-03T23:05:00")]);
    check("de", DAY, "Es beginnt am Samstag um 15.30 Uhr.", &[("am Samstag um 15.30 Uhr", "2024-03-16T15:30:00")]);
    check("en", DAY, "They met on Monday evening at 7:30.", &[("on Monday evening at 7:30", "2024-03-11T19:30:00")]);
}

#[test]
fn a_time_keeps_its_zone() {
    check(
        "en",
        DAY,
        "It ended on 5 March at 16:05 GMT+7.",
        &[("on 5 March at 16:05 GMT+7", "2024-03-05T16:05:00+07:00")],
    );
    check("id", DAY, "Dimulai Senin pukul 21.00 WIB.", &[("Senin pukul 21.00 WIB", "2024-03-11T21:00:00+07:00")]);
    check(
        "en",
        DAY,
        "It ended on 5 March at 4 p.m. Moscow time.",
        &[("on 5 March at 4 p.m. Moscow time", "2024-03-05T16:00:00+03:00")],
    );
}

#[test]
fn what_is_no_time_is_left_out() {
    check("de", DAY, "Sie gewann am Sonntag 20:18 gegen Kiel.", &[("am Sonntag", "2024-03-10")]);
    check("en", DAY, "It runs on Monday from 9:00 to 17:00.", &[("on Monday", "2024-03-18")]);
    check("en", DAY, "They won on Monday, 3.5 per cent more.", &[("on Monday", "2024-03-11")]);
    check("vi", DAY, "Mở cửa từ 8h đến 17h ngày 5/3.", &[("ngày 5/3", "2024-03-05")]);
}

#[test]
fn a_time_says_how_fine_it_is() {
    let precision = |text: &str| tag("en", &article(text, DAY)).mentions[0].precision;
    assert_eq!(precision("They met on Monday at 7 pm."), Precision::Hour);
    assert_eq!(precision("They met on Monday at 7.30 pm."), Precision::Minute);
    assert_eq!(precision("They met on Monday at 19:30:15."), Precision::Second);
}

#[test]
fn a_stretch_in_another_language_is_read_in_its_own() {
    let text = "They met on Monday.\n\nLa réunion a eu lieu le 5 mai 2023.";
    let (start, end) = (21, 56);
    let french = LanguageTag::parse("fr").expect("a tag");
    let segments = vec![LanguageSegment { r#in: Field::Body, start, end, tag: french }];
    let mixed = crate::event::Language { segments, ..language("en") };
    let found = TAGGER.tag(&article(text, DAY), &mixed).mentions;
    let words: Vec<(&str, &str)> = found.iter().map(|date| (date.text.as_str(), date.value.as_str())).collect();
    assert_eq!(words, [("on Monday", "2024-03-11"), ("le 5 mai 2023", "2023-05-05")]);
    let slice: String = text.chars().skip(found[1].start as usize).take(13).collect();
    assert_eq!(slice, "le 5 mai 2023");
}
