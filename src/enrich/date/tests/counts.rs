//! What a number counts is no year; years, weekdays and weeks beside each other; other calendars. The sentences are
//! written for these tests.

use super::check;

/// A Wednesday.
const DAY: Option<&str> = Some("2024-10-02");

#[test]
fn a_number_that_counts_something_is_no_year() {
    for (language, text) in [
        ("pt", "O local recebe de 1500 a 2000 pessoas por dia."),
        ("ru", "Зал вмещает с 1900 до 2000 человек."),
        ("ru", "Приняли от 1500 до 2000 посетителей."),
        ("en", "In 1900 cases the test failed."),
        ("en", "In 1500 cases the test failed."),
        ("en", "A seat costs from 1500 to 2000 dollars."),
        ("en", "It takes between 1900 and 2000 workers."),
        ("en", "The hall holds 1500-2000 guests at full stretch."),
        ("en", "The count since 1200 were hurt is unknown."),
        ("en", "The toll went from 800 to 1900."),
        ("vi", "Sân chứa từ 1500 đến 2000 người."),
        ("vi", "Trường có năm 2000 học sinh."),
        ("id", "Bantuan turun pada 2000 desa."),
        ("es", "En 1500 casos no hubo respuesta."),
        ("de", "Man spricht seit 1900 Toten von einer Krise."),
        ("sv", "Priset steg till 1200 kr."),
        ("fr", "Il faut de 1500 à 2000 bénévoles."),
    ] {
        check(language, DAY, text, &[]);
    }
}

#[test]
fn a_text_of_nothing_but_dates_is_read_as_far_as_its_event_has_room() {
    let dates = super::tag("en", &super::article(&"Monday ".repeat(20_000), DAY));
    assert_eq!(dates.mentions.len(), crate::enrich::date::mentions::MENTIONS_MAX);
    assert_eq!(dates.warnings[0].code, crate::event::WarningCode::DatesIncomplete);
    // Words of time that are no dates are looked at up to a number of them.
    let dates = super::tag("en", &super::article(&"months ".repeat(70_000), DAY));
    assert_eq!(dates.warnings[0].code, crate::event::WarningCode::DatesIncomplete);
    let dates = super::tag("en", &super::article(&"Monday ".repeat(50), DAY));
    assert!(dates.warnings.is_empty() && dates.mentions.len() > 40);
}

#[test]
fn years_and_decades_are_read_as_each_language_writes_them() {
    for (language, text, value) in [
        ("en", "He joined in '68 as a clerk.", "1968"),
        ("ro", "S-a născut în anii '80.", "198X"),
        ("hu", "A gyárat 1951-ben alapították.", "1951"),
        ("tr", "Fabrika 1971'de kuruldu.", "1971"),
        ("hr", "Tvornica je otvorena 1957., a seli se.", "1957"),
        ("ja", "2017年から21年にかけて改ざんした。", "2017/2021"),
        ("ja", "昭和50年代に開発された。", "1975/1984"),
        ("nb", "Huset er fra 1950-årene.", "195X"),
        ("da", "Huset er fra 1950'erne.", "195X"),
        ("it", "Il testamento è del Novecento.", "19XX"),
        ("da", "Digteren blev født 9/4-1940.", "1940-04-09"),
        ("fi", "Näyttely on avoinna 3.5.–14.9.", "2024-05-03/2024-09-14"),
        ("ko", "사고는 열흘 전 일어났다.", "2024-09-22"),
    ] {
        let found = super::tag(language, &super::article(text, DAY)).mentions;
        let found: Vec<_> = found.iter().map(|mention| mention.value.as_str()).collect();
        assert_eq!(found, [value], "{language}: {text}");
    }
}

#[test]
fn what_is_named_after_days_is_no_date() {
    for (language, text) in [
        ("bg", "Кино „Осми март“ има един климатик."),
        ("zh", "小说《七月的河》首印很快售罄。"),
        ("en", "He was moved out of 24 March Road."),
        ("id", "Istrinya, Sabtu Wibowo, membuka warung."),
        ("vi", "Nhà ông ở đường 3 Tháng 2."),
        ("nl", "De spits scoorde in de 3de, 44ste en 61ste minuut."),
        ("hi", "मकान नंबर 2019 में चोरी हुई।"),
    ] {
        check(language, DAY, text, &[]);
    }
}

#[test]
fn a_year_needs_no_word_for_year_where_nothing_can_be_counted() {
    for (language, text, words, value) in [
        ("en", "In 2015, it rained.", "In 2015", "2015"),
        ("en", "In 2015 researchers found a cave.", "In 2015", "2015"),
        ("en", "In 2000 the bank closed.", "In 2000", "2000"),
        ("en", "In 1900 Paris held a fair.", "In 1900", "1900"),
        ("en", "Made in 1776, it still works.", "in 1776", "1776"),
        ("en", "Closed since 2019.", "since 2019", "2019/.."),
        ("en", "It ran from 1990 to 2000.", "from 1990 to 2000", "1990/2000"),
        ("fr", "La loi de finances en 2000 a changé.", "en 2000", "2000"),
        ("vi", "Năm 2000, cầu thông xe.", "Năm 2000", "2000"),
        ("vi", "Năm 2016 người dân phản đối.", "Năm 2016", "2016"),
        ("id", "Jalan dibuka pada tahun 2025.", "pada tahun 2025", "2025"),
        ("ru", "С 1990 до 2000 он жил в Риге.", "С 1990 до 2000", "1990/2000"),
        ("de", "Im Jahr 1500 brannte es.", "Im Jahr 1500", "1500"),
        ("pt", "Esteve fechado de 1990 a 2000.", "de 1990 a 2000", "1990/2000"),
    ] {
        check(language, DAY, text, &[(words, value)]);
    }
}

#[test]
fn a_weekday_and_the_date_beside_it_are_one() {
    for (language, text, words, value) in [
        ("nb", "Det skjedde onsdag den 25. november 1992.", "onsdag den 25. november 1992", "1992-11-25"),
        ("da", "Det skete onsdag den 25. november 1992.", "onsdag den 25. november 1992", "1992-11-25"),
        ("nl", "Het was woensdag den 30 november 1859.", "woensdag den 30 november 1859", "1859-11-30"),
        ("de", "Es war Mittwoch, den 25. November 1992.", "Mittwoch, den 25. November 1992", "1992-11-25"),
        ("en", "It was Wednesday the 25th of November 1992.", "Wednesday the 25th of November 1992", "1992-11-25"),
        ("th", "ลงนามเมื่อวันศุกร์ที่ 16 พฤษภาคม 2557", "เมื่อวันศุกร์ที่ 16 พฤษภาคม 2557", "2014-05-16"),
    ] {
        check(language, DAY, text, &[(words, value)]);
    }
}

#[test]
fn a_weekday_of_a_named_week_is_a_day_of_that_week() {
    for (language, text, words, value) in [
        ("vi", "Họ gặp nhau thứ sáu tuần này.", "thứ sáu tuần này", "2024-10-04"),
        ("id", "Sidang digelar Rabu pekan depan.", "Rabu pekan depan", "2024-10-09"),
        ("ja", "来週の月曜日に会う。", "来週の月曜日", "2024-10-07"),
        ("zh", "他下周五到北京。", "下周五", "2024-10-11"),
        ("zh", "他上星期三到北京。", "上星期三", "2024-09-25"),
        ("de", "Sie treffen sich am Montag nächster Woche.", "am Montag nächster Woche", "2024-10-07"),
        ("fr", "Ils se voient lundi de la semaine prochaine.", "lundi de la semaine prochaine", "2024-10-07"),
        ("it", "Si vedono lunedì della prossima settimana.", "lunedì della prossima settimana", "2024-10-07"),
        ("pl", "Spotkanie w piątek przyszłego tygodnia.", "w piątek przyszłego tygodnia", "2024-10-11"),
        ("ru", "Они встретятся в среду на следующей неделе.", "в среду на следующей неделе", "2024-10-09"),
        ("uk", "Це середа цього тижня.", "середа цього тижня", "2024-10-02"),
        ("da", "Mødet er onsdag næste uge.", "onsdag næste uge", "2024-10-09"),
        ("en", "They meet Friday last week.", "Friday last week", "2024-09-27"),
        ("en", "They meet next week.", "next week", "2024-10-07/2024-10-13"),
    ] {
        check(language, DAY, text, &[(words, value)]);
    }
}

#[test]
fn years_of_other_calendars_are_not_gregorian() {
    check("fa", DAY, "او در سال 1353 به دنیا آمد.", &[("سال 1353", "1974-03-21/1975-03-20")]);
    check("fa", DAY, "او در سال ۱۴۰۲ درگذشت.", &[("سال ۱۴۰۲", "2023-03-21/2024-03-19")]);
    check(
        "fa",
        DAY,
        "او ۴ تیر ۱۴۰۳ و ۱۳۹۸/۰۹/۱۲ را نوشت.",
        &[("۴ تیر ۱۴۰۳", "2024-06-24"), ("۱۳۹۸/۰۹/۱۲", "2019-12-03")],
    );
    check("fa", DAY, "در خیابان ۱۷ شهریور بود.", &[]);
    check("fa", DAY, "در 16 نوامبر 1240 درگذشت.", &[("در 16 نوامبر 1240", "1240-11-16")]);
    check("fa", DAY, "در سال 1974 بود.", &[("در سال 1974", "1974")]);
    check("ar", DAY, "ولد في عام 1445 هجري في مكة.", &[("عام 1445 هجري", "2023-07-19/2024-07-06")]);
    check("ar", DAY, "ولد في عام 1445 هـ.", &[("عام 1445 هـ", "2023-07-19/2024-07-06")]);
    check("ar", DAY, "صدر في 15 رجب 1446هـ.", &[("15 رجب 1446هـ", "2025-01-15")]);
    check("en", DAY, "The city fell in 1200 BC.", &[]);
    check("th", DAY, "เมื่อ 22 ธ.ค.61 ที่กรุงเทพ", &[("เมื่อ 22 ธ.ค.61", "2018-12-22")]);
}

#[test]
fn words_that_only_look_like_dates() {
    check("ro", DAY, "O lege din 2017 a fost modificată.", &[("2017", "2017")]);
    check("ar", DAY, "ولد سنة (1947 في القاهرة)", &[]);
    check("zh", DAY, "据今日头条报道，公司裁员。", &[]);
    check("zh", DAY, "今日公司裁员。", &[("今日", "2024-10-02")]);
}
