//! What the words around a date make of it: weekdays with their day, lists, names, streets, and counts from a noun.

use super::check;

/// A Wednesday.
const DAY: Option<&str> = Some("2024-10-02");

#[test]
fn a_day_beside_its_weekday_is_the_nearest_that_falls_on_it() {
    check("es", DAY, "Jugará el viernes 11 ante Cuenca.", &[("el viernes 11", "2024-10-11")]);
    check("pt", DAY, "Choveu nesta terça-feira (1), em Natal, no litoral.", &[("nesta terça-feira (1)", "2024-10-01")]);
    check("en", DAY, "They met on Monday the 7th.", &[("on Monday the 7th", "2024-10-07")]);
    check("es", DAY, "Acudieron el viernes 11 personas.", &[("el viernes", "2024-09-27")]);
}

#[test]
fn years_of_a_list_are_years() {
    check("en", DAY, "He swam in 2007 and 2009.", &[("in 2007", "2007"), ("2009", "2009")]);
    check("en", DAY, "He swam in 2007 and 2009 people came.", &[("in 2007", "2007")]);
}

#[test]
fn a_range_without_a_year_is_the_one_that_started_last() {
    check(
        "it",
        DAY,
        "La mostra si è svolta dal 12 settembre al 7 ottobre.",
        &[("dal 12 settembre al 7 ottobre", "2024-09-12/2024-10-07")],
    );
}

#[test]
fn names_and_streets_are_no_dates() {
    check("fr", DAY, "La rue du 8 mai 1945 est calme.", &[]);
    check("it", DAY, "Ha vinto Marzia Maggio.", &[]);
    check("es", DAY, "Ganó Julio Domingo Abril.", &[]);
    check("it", DAY, "Ha vinto a maggio.", &[("a maggio", "2024-05")]);
}

#[test]
fn what_is_counted_from_a_noun_is_not_counted_from_the_date_before() {
    check("en", DAY, "On 1 May 2023 he won. Three days after the vote he left.", &[("On 1 May 2023", "2023-05-01")]);
    check(
        "en",
        DAY,
        "On 1 May 2023 he won. Three days later he left.",
        &[("On 1 May 2023", "2023-05-01"), ("Three days later", "2023-05-04")],
    );
    check(
        "fr",
        DAY,
        "Il part le 5 mai 2023. Le lendemain, il neige.",
        &[("le 5 mai 2023", "2023-05-05"), ("lendemain", "2023-05-06")],
    );
}

#[test]
fn a_day_of_the_month_may_stand_alone() {
    check("en", DAY, "It will open on the 15th, he said.", &[("on the 15th", "2024-10-15")]);
    check("en", DAY, "She works on the 15th floor.", &[]);
    check("fr", DAY, "Il ne viendra pas avant le 21.", &[("le 21", "2024-10-21")]);
    check("fr", DAY, "Il habite le 21 rue Haute.", &[]);
    check("nl", DAY, "De 19-jarige won.", &[]);
}

#[test]
fn what_is_before_or_after_a_long_date_is_open() {
    check("en", DAY, "It will not open before 2027.", &[("before 2027", "../2026")]);
    check("en", DAY, "It will open before the end of 2025.", &[("before the end of 2025", "../2025")]);
    check("de", DAY, "Nach 2018 wurde alles anders.", &[("Nach 2018", "2019/..")]);
    check("vi", DAY, "Dự án sẽ xong trước tháng 12.", &[("trước tháng 12", "../2024-11")]);
    check("en", DAY, "He left after 5 May 2023.", &[("5 May 2023", "2023-05-05")]);
}

#[test]
fn what_comes_round_may_stand_in_the_plural() {
    check("pt", DAY, "A feira volta todos os anos.", &[("todos os anos", "XXXX")]);
    check("de", DAY, "In den letzten Jahren stieg der Preis.", &[]);
}

#[test]
fn years_may_be_written_short() {
    check("nb", DAY, "Det ble bygd i årene 1958–62.", &[("i årene 1958–62", "1958/1962")]);
    check("en", DAY, "They won it in 2023/24 again.", &[("in 2023/24", "2023/2024")]);
    check("en", DAY, "The law is no. 2019-45.", &[]);
}

#[test]
fn weekdays_of_a_range_lie_in_one_week() {
    check(
        "da",
        DAY,
        "Mandag til onsdag i næste uge lukker de.",
        &[("Mandag til onsdag i næste uge", "2024-10-07/2024-10-09")],
    );
}

#[test]
fn a_word_for_two_days_goes_by_the_clause() {
    check("hi", DAY, "मैं कल आऊंगा।", &[("कल", "2024-10-03")]);
    check("hi", DAY, "वह कल आया था।", &[("कल", "2024-10-01")]);
}

#[test]
fn a_decade_may_be_spelled_and_is_over() {
    check("fr", DAY, "Dans les années soixante, tout changeait.", &[("années soixante", "196X")]);
    check("fr", DAY, "Dans les années 20, tout changeait.", &[("années 20", "192X")]);
}

#[test]
fn an_age_behind_a_day_makes_it_a_name() {
    check("en", DAY, "June Sunday, 47, runs the shop.", &[]);
    check("zh", DAY, "议员周五福，47岁，得票最多。", &[]);
    check("en", DAY, "On Sunday, 47 people came.", &[("On Sunday", "2024-09-29")]);
    check("id", DAY, "Ia tiba pada Minggu (29).", &[("pada Minggu (29)", "2024-09-29")]);
}

#[test]
fn next_week_is_counted_from_today_whatever_the_text_named_before() {
    check(
        "pl",
        DAY,
        "Trzy tygodnie temu było 300 łóżek, w przyszłym tygodniu ich zabraknie.",
        &[("Trzy tygodnie temu", "2024-09-11~"), ("przyszłym tygodniu", "2024-10-07/2024-10-13")],
    );
}

#[test]
fn a_month_of_last_year_is_not_the_last_one() {
    check("cs", DAY, "Otevřeli ho loni v březnu.", &[("loni v březnu", "2023-03")]);
    check("hu", DAY, "Tavalyi márciusban nyílt meg.", &[("Tavalyi márciusban", "2023-03")]);
}

#[test]
fn a_season_may_end_a_phrase() {
    check("en", DAY, "It will stay shut until spring.", &[("until spring", "../2025-05")]);
}

#[test]
fn lunar_days_of_china_are_reckoned() {
    let day = Some("2025-02-03");
    check("zh", day, "正月初五，景区游人如织。", &[("正月初五", "2025-02-02")]);
    check("zh", day, "三月初三有庙会。", &[("三月初三", "2024-04-11")]);
    check("zh", day, "六月初，工人入场。", &[("六月初", "2024-06")]);
}

#[test]
fn digits_of_india_are_digits() {
    check("gu", DAY, "તે ૧૯૫૮માં ખૂલ્યું.", &[("૧૯૫૮માં", "1958")]);
}

#[test]
fn a_name_with_a_hyphen_begins_with_no_month() {
    check("en", DAY, "He spoke at Mar-a-Lago, in Mar-a-Lago itself.", &[]);
    check("fr", DAY, "Il vit en Mai-Ndombe.", &[]);
    check("en", DAY, "Sales fell in Sept-Oct.", &[("in Sept-Oct", "2024-09/2024-10")]);
}

#[test]
fn a_day_of_the_month_counts_no_days() {
    check("ko", DAY, "지난 27일 감독은 말했다.", &[("27일", "2024-09-27")]);
}

#[test]
fn a_word_that_is_a_month_by_chance_is_none_before_what_it_qualifies() {
    check("ro", DAY, "A fost tradus în mai multe limbi.", &[]);
    check("ro", DAY, "S-a întâmplat în mai, a spus el.", &[("în mai", "2024-05")]);
    check("ro", DAY, "Pe 5 mai guvernul a căzut.", &[("Pe 5 mai", "2024-05-05")]);
}

#[test]
fn a_number_before_a_unit_counts_it() {
    check("fa", DAY, "بیشتر از ۳۰ سال بعد دوباره دیدم.", &[]);
}

#[test]
fn a_preposition_is_no_roman_numeral() {
    check("nb", DAY, "I mai i år ble han valgt.", &[("I mai i år", "2024-05")]);
    check("sv", DAY, "I maj valdes hon.", &[("I maj", "2024-05")]);
}
