//! Publication dates from each source, their conflicts, and what the text narrows.

use super::{article, check, tag, with_marker};
use crate::enrich::date::stamp;
use crate::event::{StampBasis, WarningCode};

#[test]
fn metadata_is_read_in_the_forms_that_scrapers_write() {
    let read = |text: &str, expected: Option<(&str, &str, bool)>| {
        let stamp = stamp::parse(text);
        let found = stamp.map(|stamp| (stamp.value, format!("{:?}", stamp.precision), stamp.zone_known));
        let expected = expected.map(|(value, precision, zone)| (value.to_owned(), precision.to_owned(), zone));
        assert_eq!(found, expected, "{text}");
    };
    read("2024-09-30T16:05:00Z", Some(("2024-09-30T16:05:00Z", "Second", true)));
    read("2024-09-30T16:05:00.123+07:00", Some(("2024-09-30T16:05:00+07:00", "Second", true)));
    read("2024-09-30T16:05:00-0300", Some(("2024-09-30T16:05:00-03:00", "Second", true)));
    read("2024-09-30 16:05:00", Some(("2024-09-30T16:05:00", "Second", false)));
    read("2024-09-30T16:05", Some(("2024-09-30T16:05:00", "Minute", false)));
    read("20240930T160500Z", Some(("2024-09-30T16:05:00Z", "Second", true)));
    read("2024-09-30", Some(("2024-09-30", "Day", false)));
    read("20240930", Some(("2024-09-30", "Day", false)));
    read("2024/9/30", Some(("2024-09-30", "Day", false)));
    read("2024-274", Some(("2024-09-30", "Day", false)));
    read("2024274", Some(("2024-09-30", "Day", false)));
    read("2024-W40-1", Some(("2024-09-30", "Day", false)));
    read("2024W401", Some(("2024-09-30", "Day", false)));
    read("2024-09", Some(("2024-09", "Month", false)));
    read("2024", Some(("2024", "Year", false)));
    read("1727712300", Some(("2024-09-30T16:05:00Z", "Second", true)));
    read("1727712300000", Some(("2024-09-30T16:05:00Z", "Second", true)));
    read("Mon, 30 Sep 2024 16:05:00 +0700", Some(("2024-09-30T16:05:00+07:00", "Second", true)));
    read("Mon, 30 Sep 2024 16:05:00 GMT", Some(("2024-09-30T16:05:00Z", "Second", true)));
    read("Monday, 30-Sep-24 16:05:00 GMT", Some(("2024-09-30T16:05:00Z", "Second", true)));
    read("Mon Sep 30 16:05:00 2024", Some(("2024-09-30T16:05:00", "Second", false)));
    read("30 Sep 2024 16:05 EST", Some(("2024-09-30T16:05:00-05:00", "Minute", true)));
    read("2024-09-30 16:05:00 +0000 UTC", Some(("2024-09-30T16:05:00+00:00", "Second", true)));
    read("30/Sep/2024:16:05:00 +0700", Some(("2024-09-30T16:05:00+07:00", "Second", true)));
    read("/Date(1727712300000+0700)/", Some(("2024-09-30T16:05:00Z", "Second", true)));
    read("Mon 30 Sep 2024 16.05 BST", Some(("2024-09-30T16:05:00+01:00", "Minute", true)));
    read("30 Sep 2024 16:05 IST", Some(("2024-09-30T16:05:00", "Minute", false)));
    for text in ["", "yesterday", "0", "1970-01-01T00:00:00Z", "0001-01-01", "2024-13-01", "2023-02-29", "3024-01-01"] {
        read(text, None);
    }
    read("2024-09-30T25:00:00Z", None);
}

#[test]
fn phrases_are_read_with_the_words_of_the_language() {
    let read = |language: &str, text: &str, expected: &str| {
        let dates = tag(language, &article("x", Some(text)));
        assert_eq!(dates.published.expect(text).value.as_str(), expected, "{text}");
    };
    read("vi", "Thứ Năm, 30/09/2024 | 16:05 GMT+7", "2024-09-30T16:05:00+07:00");
    read("fr", "4 octobre 2024 à 10h32", "2024-10-04T10:32:00");
    read("en", "September 30, 2024 4:05 PM", "2024-09-30T16:05:00");
    read("id", "Senin, 30 September 2024", "2024-09-30");
    read("ja", "2024年9月30日 16:05", "2024-09-30T16:05:00");
    read("ja", "2024年10月4日 10時32分", "2024-10-04T10:32:00");
    read("de", "Freitag, 4. Oktober 2024, 10:32 Uhr", "2024-10-04T10:32:00");
    read("th", "4 ต.ค. 2567 10:32 น.", "2024-10-04T10:32:00");
    read("es", "4 de octubre de 2024, 10:32 h", "2024-10-04T10:32:00");
    read("en", "Oct. 4, 2024, 4:05 p.m. ET", "2024-10-04T16:05:00");
    read("en", "11:02 AM EDT, Fri October 4, 2024", "2024-10-04T11:02:00-04:00");
    read("zh", "2024年10月4日下午4:05", "2024-10-04T16:05:00");
    read("fa", "جمعه ۱۳ مهر ۱۴۰۳", "2024-10-04");
}

#[test]
fn a_marker_may_say_when_it_was_published_and_updated() {
    for (language, text, published, modified) in [
        ("en", "Published: 3 October 2024 | Updated: 4 October 2024", Some("2024-10-03"), Some("2024-10-04")),
        ("en", "Updated: 4 October 2024 | Published: 3 October 2024", Some("2024-10-03"), Some("2024-10-04")),
        ("en", "Updated: 4 October 2024", None, Some("2024-10-04")),
        (
            "fr",
            "Publié le 4 octobre 2024 à 10h32, mis à jour le 5 octobre 2024 à 8h00",
            Some("2024-10-04T10:32:00"),
            Some("2024-10-05T08:00:00"),
        ),
        ("vi", "Thứ Hai, 30/09/2024 | 16:05", Some("2024-09-30T16:05:00"), None),
    ] {
        let dates = tag(language, &with_marker(article("x", None), text));
        let value = |stamp: Option<crate::event::Timestamp>| stamp.map(|stamp| stamp.value.as_str().to_owned());
        let found = (value(dates.published), value(dates.modified));
        assert_eq!(found, (published.map(str::to_owned), modified.map(str::to_owned)), "{text}");
    }
}

#[test]
fn without_a_source_there_is_no_date() {
    let dates = tag("en", &article("It happened on 30 September 2024.", None));
    assert_eq!(dates.published, None);
    let mut fetched = article("x", None);
    fetched.metadata.fetched_at = Some("2024-09-30".to_owned());
    fetched.identity.url = Some("https://a.example/p/20240".to_owned());
    assert_eq!(tag("en", &fetched).published, None);
}

#[test]
fn an_unreadable_field_is_named_and_its_value_is_not() {
    let dates = tag("en", &article("x", Some("soonish, secret")));
    assert_eq!(dates.published, None);
    let [warning] = dates.warnings.as_slice() else { panic!("{dates:?}") };
    assert_eq!(warning.code, WarningCode::DateInvalid);
    assert!(warning.detail.contains("published_at") && !warning.detail.contains("secret"));
}

#[test]
fn the_finer_of_two_that_agree_and_the_better_of_two_that_do_not() {
    let sources = |metadata: Option<&str>, url: Option<&str>, marker: Option<&str>| {
        let mut article = article("x", metadata);
        article.identity.canonical_url = url.map(|path| format!("https://a.example{path}"));
        tag("en", &marker.map_or(article.clone(), |text| with_marker(article, text)))
    };
    let dates = sources(None, Some("/2024/09/30/x"), Some("date 2024-09"));
    let published = dates.published.expect("a source was given");
    assert_eq!((published.value.as_str(), published.basis), ("2024-09-30", StampBasis::Url));
    assert!(published.not_before.is_none() && published.alternatives.is_empty() && dates.warnings.is_empty());

    let dates = sources(Some("2024-09-30T23:30:00Z"), Some("/2024/10/01/x"), None);
    assert_eq!(dates.published.expect("a source was given").value.as_str(), "2024-09-30T23:30:00Z");
    assert!(dates.warnings.is_empty(), "another zone is no conflict");

    let dates = sources(Some("2024-09-30"), Some("/2023/01/05/x"), Some("date 2024-09"));
    let published = dates.published.expect("a source was given");
    assert_eq!(published.value.as_str(), "2024-09-30");
    assert_eq!(published.alternatives[0].value.as_str(), "2023-01-05");
    assert_eq!(dates.warnings[0].code, WarningCode::DateConflict);

    let dates = sources(None, None, Some("Updated: 30 September 2024"));
    assert_eq!(dates.published, None);
    assert_eq!(dates.modified.expect("a source was given").value.as_str(), "2024-09-30");
}

#[test]
fn the_text_narrows_a_month() {
    let narrowed = |text: &str| {
        let published =
            tag("vi", &with_marker(article(text, None), "date 2023-07")).published.expect("a source was given");
        assert_eq!((published.value.as_str(), published.basis), ("2023-07", StampBasis::Marker));
        (published.not_before.expect("a month has bounds"), published.not_after.expect("a month has bounds"))
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(narrowed("Không có gì."), pair("2023-07-01", "2023-07-31"));
    assert_eq!(narrowed("Họ gặp nhau chiều 5/7 ở Huế."), pair("2023-07-05", "2023-07-31"));
    assert_eq!(narrowed("Họ gặp nhau chiều 30/6, và sẽ gặp lại ngày 7/7."), pair("2023-07-01", "2023-07-07"));
    assert_eq!(narrowed("Đoàn đã đến ngày 4/7, dự kiến về ngày 9/7."), pair("2023-07-04", "2023-07-09"));
    // What contradicts itself narrows nothing.
    assert_eq!(narrowed("Đoàn đã đến ngày 9/7, dự kiến về ngày 4/7."), pair("2023-07-01", "2023-07-31"));
    // A date that is only mentioned is no evidence.
    assert_eq!(narrowed("Hạn chót là ngày 20/7."), pair("2023-07-01", "2023-07-31"));
}

#[test]
fn a_month_is_anchor_enough_for_the_year() {
    check("vi", Some("2023-07"), "Họ gặp nhau chiều 30/6.", &[("chiều 30/6", "2023-06-30")]);
    check("vi", Some("2019-11"), "Từ tháng 6/2019 đến nay.", &[("Từ tháng 6/2019 đến nay", "2019-06/2019-11")]);
    check("en", Some("2019-11"), "He left yesterday and on Monday.", &[]);
    check("en", Some("2019-11"), "Sales fell last month.", &[("last month", "2019-10")]);
}

#[test]
fn metadata_with_two_readings_or_an_odd_time_says_so() {
    // Published, other readings, and whether there is a warning.
    let check = |language: &str, text: &str, value: &str, others: &[&str], warned: bool| {
        let dates = tag(language, &article("x", Some(text)));
        let published = dates.published.expect(text);
        assert_eq!(published.value.as_str(), value, "{language} {text}");
        let found: Vec<_> = published.alternatives.iter().map(|other| other.value.as_str()).collect();
        assert_eq!(found, others, "{language} {text}");
        assert_eq!(published.confidence.get() <= 0.5, !others.is_empty(), "{language} {text}");
        assert_eq!(dates.warnings.iter().any(|w| w.code == WarningCode::DateInvalid), warned, "{language} {text}");
    };
    check("en", "03/04/2024", "2024-03-04", &["2024-04-03"], false);
    check("und", "03/04/2024", "2024-04-03", &["2024-03-04"], false);
    check("en", "03/04/2024 16:05", "2024-03-04T16:05:00", &["2024-04-03T16:05:00"], false);
    check("fr", "03/04/2024", "2024-04-03", &[], false);
    check("en", "13/04/2024", "2024-04-13", &[], false);
    check("en", "2024-09-30T24:00:00", "2024-09-30", &[], true);
    check("en", "2024-09-30T25:00:00Z", "2024-09-30", &[], true);
    check("vi", "2024-09-30T16:05:00 Asia/Ho_Chi_Minh", "2024-09-30T16:05:00", &[], false);
    check("vi", "2024-09-30T16:05:00+07:00[Asia/Ho_Chi_Minh]", "2024-09-30T16:05:00+07:00", &[], false);
    check("en", "15 mars 2024", "2024-03-15", &[], false);
    check("en", "15 tháng 3 năm 2024", "2024-03-15", &[], false);
    check("en", "2024年3月15日", "2024-03-15", &[], false);
    check("en", "1727712300000000", "2024-09-30T16:05:00Z", &[], false);
}
