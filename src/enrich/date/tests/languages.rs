//! In-text dates, a table a language. The sentences are written for these tests.

use super::{article, check, tag};

const DAY: Option<&str> = Some("2024-10-02");

#[test]
fn vietnamese() {
    let vi = |text, expected: &[(&str, &str)]| check("vi", DAY, text, expected);
    vi("Lễ ký diễn ra ngày 30 tháng 9 năm 2024 tại Huế.", &[("ngày 30 tháng 9 năm 2024", "2024-09-30")]);
    vi("Cầu được thông xe vào ngày 30/9/2024.", &[("ngày 30/9/2024", "2024-09-30")]);
    vi("Bà tiếp đoàn chiều 5/9 tại trụ sở.", &[("chiều 5/9", "2024-09-05")]);
    vi("Sáng ngày 12/8, trời mưa to.", &[("Sáng ngày 12/8", "2024-08-12")]);
    vi("Trong năm 2016, sản lượng tăng 12%.", &[("năm 2016", "2016")]);
    vi("Tháng 6/2019, dự án khởi công.", &[("Tháng 6/2019", "2019-06")]);
    vi("Giá giảm từ tháng 6/2023 đến nay.", &[("từ tháng 6/2023 đến nay", "2023-06/2024-10-02")]);
    vi("Hội chợ sẽ mở cửa ngày 20/11.", &[("ngày 20/11", "2024-11-20")]);
    vi("Đoàn đến thăm ngày 20/12 vừa qua.", &[("ngày 20/12", "2023-12-20")]);
    vi("Từ ngày 3 đến 5/9, chợ đóng cửa.", &[("Từ ngày 3 đến 5/9", "2024-09-03/2024-09-05")]);
    vi("Giai đoạn 2019–2021 khó khăn.", &[("2019–2021", "2019/2021")]);
    vi("Hôm qua, ông lên đường.", &[("Hôm qua", "2024-10-01")]);
    vi(
        "Hai năm trước và ba tuần trước đều vắng.",
        &[("Hai năm trước", "2022-10-02~"), ("ba tuần trước", "2024-09-11~")],
    );
    check("vi", None, "Chiều ngày 25/4, hai bên gặp nhau.", &[("Chiều ngày 25/4", "XXXX-04-25")]);
}

#[test]
fn french() {
    let fr = |text, expected: &[(&str, &str)]| check("fr", DAY, text, expected);
    fr("Reçu le 30 septembre 2024 à Lyon.", &[("le 30 septembre 2024", "2024-09-30")]);
    fr("Elle est arrivée le 1er août.", &[("le 1er août", "2024-08-01")]);
    fr("Le sommet aura lieu le 12 mai prochain.", &[("le 12 mai prochain", "2025-05-12")]);
    fr("Le festival dure du 3 au 5 mai 2023.", &[("du 3 au 5 mai 2023", "2023-05-03/2023-05-05")]);
    fr("Fondée en 2015, la maison a grandi.", &[("en 2015", "2015")]);
    fr("Ouvert depuis 2019.", &[("depuis 2019", "2019/..")]);
    fr("Les 24 et 25 juillet 2023, tout est fermé.", &[("Les 24 et 25 juillet 2023", "2023-07-24/2023-07-25")]);
    fr("Hier soir, la foule attendait.", &[("Hier soir", "2024-10-01")]);
    fr("La sonde vers Mars et Mai Linh sont parties.", &[]);
    check("fr", None, "Vu le 30 septembre, à Nice.", &[("le 30 septembre", "XXXX-09-30")]);
}

#[test]
fn indonesian() {
    let id = |text, expected: &[(&str, &str)]| check("id", DAY, text, expected);
    id("Pabrik dibuka pada 12 Mei 2023.", &[("pada 12 Mei 2023", "2023-05-12")]);
    id("Beliau tiba pada 12 Mei.", &[("pada 12 Mei", "2024-05-12")]);
    id("Produksi naik pada tahun 2025.", &[("pada tahun 2025", "2025")]);
    id("Rapat digelar Selasa (24/9) pagi.", &[("Selasa (24/9) pagi", "2024-09-24")]);
    id("Sejak 2019 harga turun.", &[("Sejak 2019", "2019/..")]);
    id("Kemarin hujan deras.", &[("Kemarin", "2024-10-01")]);
    let counted = [("Dua tahun lalu", "2022-10-02~"), ("4 tahun lalu", "2020-10-02~")];
    id("Dua tahun lalu dan 4 tahun lalu sama saja.", &counted);
    id("Dua tahun sebelum ia lahir, pabrik tutup.", &[]);
    id("Tahun lalu panen gagal.", &[("Tahun lalu", "2023")]);
}

#[test]
fn english() {
    let en = |text, expected: &[(&str, &str)]| check("en", DAY, text, expected);
    en("It opened on 30 September 2024.", &[("on 30 September 2024", "2024-09-30")]);
    en("Signed September 30, 2024, in Oslo.", &[("September 30, 2024", "2024-09-30")]);
    en("The log says 2024-09-30 twice.", &[("2024-09-30", "2024-09-30")]);
    en("They met in September 2024.", &[("in September 2024", "2024-09")]);
    en("Built in 2015, sold in 2018.", &[("in 2015", "2015"), ("in 2018", "2018")]);
    en("Prices rose from June 2019 until now.", &[("from June 2019 until now", "2019-06/2024-10-02")]);
    en("The fair runs from 3 to 5 May 2023.", &[("from 3 to 5 May 2023", "2023-05-03/2023-05-05")]);
    en("She has led it since 2019.", &[("since 2019", "2019/..")]);
    en("The match will be played on 20 December.", &[("on 20 December", "2024-12-20")]);
    en("He resigned yesterday.", &[("yesterday", "2024-10-01")]);
    en("Rain fell on Monday.", &[("on Monday", "2024-09-30")]);
    en("Between May 2019 and June 2020 it slept.", &[("Between May 2019 and June 2020", "2019-05/2020-06")]);
    en("Ana (28 June 1913–19 December 1984) sang.", &[("28 June 1913–19 December 1984", "1913-06-28/1984-12-19")]);
}

#[test]
fn numeric_dates_of_english_keep_both_readings_until_something_decides() {
    let dates = tag("en", &article("It opened on 5/11/2019.", None));
    let [mention] = dates.mentions.as_slice() else { panic!("{dates:?}") };
    assert_eq!(mention.value.as_str(), "2019-05-11");
    assert_eq!(mention.alternatives[0].value.as_str(), "2019-11-05");
    let decided = |text: &str, expected: &str| {
        let dates = tag("en", &article(text, None));
        assert_eq!(dates.mentions[0].value.as_str(), expected, "{text}");
        assert!(dates.mentions[0].alternatives.is_empty(), "{text}");
    };
    decided("It opened on 25/4/2019.", "2019-04-25");
    decided("It opened on 5/11/2019 and closed on 25/12/2019.", "2019-11-05");
    decided("It opened on Tuesday 5/11/2019.", "2019-11-05");
}

#[test]
fn other_languages() {
    check("es", DAY, "Nació el 4 de octubre de 1999.", &[("el 4 de octubre de 1999", "1999-10-04")]);
    check("pt", DAY, "Foi em 7 de setembro de 2022.", &[("em 7 de setembro de 2022", "2022-09-07")]);
    check("it", DAY, "Aperto il 1° ottobre 1961.", &[("il 1° ottobre 1961", "1961-10-01")]);
    check("de", DAY, "Am 3. Oktober 1990 war es so weit.", &[("Am 3. Oktober 1990", "1990-10-03")]);
    check("nl", DAY, "Geopend op 5 mei 2020.", &[("op 5 mei 2020", "2020-05-05")]);
    check("sv", DAY, "Det hände den 6 juni 2021.", &[("den 6 juni 2021", "2021-06-06")]);
    check("fi", DAY, "Avattiin 6. joulukuuta 2017.", &[("6. joulukuuta 2017", "2017-12-06")]);
    check("pl", DAY, "Otwarto 11 listopada 2018 r.", &[("11 listopada 2018 r", "2018-11-11")]);
    check("cs", DAY, "Stalo se 28. října 2018.", &[("28. října 2018", "2018-10-28")]);
    check("hu", DAY, "Megnyílt 2024. szeptember 3.", &[("2024. szeptember 3", "2024-09-03")]);
    check("ru", DAY, "Открыт 12 июня 2019 года.", &[("12 июня 2019 года", "2019-06-12")]);
    check("uk", DAY, "Відкрито 24 серпня 2021 року.", &[("24 серпня 2021 року", "2021-08-24")]);
    check("tr", DAY, "Köprü 29 Ekim 2023'te açıldı.", &[("29 Ekim 2023", "2023-10-29")]);
    check("ar", DAY, "افتتح في 30 سبتمبر 2024.", &[("في 30 سبتمبر 2024", "2024-09-30")]);
    check("hi", DAY, "यह १५ अगस्त २०२३ को खुला।", &[("१५ अगस्त २०२३", "2023-08-15")]);
    check("th", DAY, "เปิดวันที่ 30 กันยายน 2567 แล้ว", &[("วันที่ 30 กันยายน 2567", "2024-09-30")]);
    check("zh", DAY, "大桥于2024年9月30日通车。", &[("2024年9月30日", "2024-09-30")]);
    check("ja", DAY, "橋は令和6年9月30日に開通した。", &[("令和6年9月30日", "2024-09-30")]);
    check("ja", DAY, "橋は２０２４年９月に開通した。", &[("２０２４年９月", "2024-09")]);
    check("ko", DAY, "다리는 2024년 9월 30일 개통됐다.", &[("2024년 9월 30일", "2024-09-30")]);
    check("sw", DAY, "Ilifunguliwa tarehe 9 Desemba 2023.", &[("tarehe 9 Desemba 2023", "2023-12-09")]);
    check("und", DAY, "xx 30/9/2024 yy", &[("30/9/2024", "2024-09-30")]);
}

#[test]
fn what_is_no_date() {
    for text in [
        "The score was 3-1, then 24/7 noise at 16:05.",
        "It cost $2015 or 2015 euros, up 12% to 1,999.",
        "Call 020 7946 0958 or 10.0.0.12, version 2.11.3.",
        "You may march; a ratio of 16/9, 1/3 of it, page 2015.",
        "Flight 2019 carried 2019 people on route 66.",
        "On 31 February 2024 or 45/13/2024 nothing happened.",
        "Room 5/11 holds G20 and F-16 models.",
    ] {
        check("en", DAY, text, &[]);
    }
    for text in [
        "Nghị định 13/2023/NĐ-CP có 24 điều.",
        "Tỷ số 3-1, đường dây nóng hoạt động 24/7.",
        "Khoảng 2/3 dân số, 70% hộ, 2015 người.",
        "Ngày 31/2 không có trong lịch.",
        "Điện thoại 0912 345 678, giá 1.999 đồng.",
        "Đây là lần thứ hai ông thắng.",
    ] {
        check("vi", DAY, text, &[]);
    }
}

#[test]
fn a_mention_explains_itself() {
    let dates = tag("vi", &article("Họ gặp nhau chiều 5/11 ở đó.", Some("2019-11")));
    let [mention] = dates.mentions.as_slice() else { panic!("{dates:?}") };
    let json = serde_json::to_value(mention).expect("events are JSON");
    assert_eq!(json["timex"], "2019-11-05TAF");
    assert_eq!(json["precision"], "part_of_day");
    assert_eq!(json["rule"], "day-month");
    assert_eq!(json["anchor"], serde_json::json!({"basis": "published", "value": "2019-11"}));
}

#[test]
fn scripts_without_blanks_count_in_words_and_put_prepositions_behind() {
    let zh = |text, expected: &[(&str, &str)]| check("zh", DAY, text, expected);
    zh("二〇〇八年五月十二日开馆。", &[("二〇〇八年五月十二日", "2008-05-12")]);
    zh("2019年以来产量上升。", &[("2019年以来", "2019/..")]);
    zh(
        "他上周末到达，9月5日至8日参赛。",
        &[("上周末", "2024-09-28/2024-09-29"), ("9月5日至8日", "2024-09-05/2024-09-08")],
    );
    zh("上世纪九十年代末投产。", &[("上世纪九十年代末", "199X")]);
    zh("三日内退款，第三日关门。", &[]);
    let ja = |text, expected: &[(&str, &str)]| check("ja", DAY, text, expected);
    ja("2023年4〜6月期は増益だった。", &[("2023年4〜6月期", "2023-04/2023-06")]);
    ja("令和元年に開業した。", &[("令和元年", "2019")]);
    ja("3日間続いた。", &[]);
    let ko = |text, expected: &[(&str, &str)]| check("ko", DAY, text, expected);
    ko("지난달 30일 개관했다.", &[("지난달 30일", "2024-09-30")]);
}

#[test]
fn a_partial_date_borrows_the_year_of_a_full_one_in_its_sentence() {
    let text = "It ran on 30 September 2015, and again on 2 October. On 5 October it stopped.";
    check(
        "en",
        None,
        text,
        &[("on 30 September 2015", "2015-09-30"), ("on 2 October", "2015-10-02"), ("On 5 October", "XXXX-10-05")],
    );
}
