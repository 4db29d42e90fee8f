use jiff::ToSpan as _;
use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(calendar: Calendar, (year, month, day): (i32, u8, u8), expected: Option<&str>) {
    let found = calendar.day(year, month, day).map(|date| date.to_string());
    assert_eq!(found.as_deref(), expected, "{calendar:?} {year}-{month}-{day}");
}

#[test]
fn hijri_days_are_those_of_umm_al_qura() {
    check(Calendar::Hijri, (1445, 9, 1), Some("2024-03-11"));
    check(Calendar::Hijri, (1445, 10, 1), Some("2024-04-10"));
    check(Calendar::Hijri, (1446, 1, 1), Some("2024-07-07"));
    check(Calendar::Hijri, (1439, 3, 12), Some("2017-11-30"));
    check(Calendar::Hijri, (1420, 9, 1), Some("1999-12-09"));
    check(Calendar::Hijri, (1421, 10, 1), Some("2000-12-27"));
    check(Calendar::Hijri, (1445, 13, 1), None);
    check(Calendar::Hijri, (1445, 9, 31), None);
    check(Calendar::Hijri, (0, 1, 1), None);
}

#[test]
fn persian_days_follow_the_equinox() {
    check(Calendar::Persian, (1403, 1, 1), Some("2024-03-20"));
    check(Calendar::Persian, (1402, 12, 29), Some("2024-03-19"));
    check(Calendar::Persian, (1399, 12, 30), Some("2021-03-20"));
    check(Calendar::Persian, (1402, 12, 30), None);
    check(Calendar::Persian, (1357, 11, 22), Some("1979-02-11"));
    check(Calendar::Persian, (1401, 6, 25), Some("2022-09-16"));
}

#[test]
fn hebrew_days_count_months_from_tishri() {
    check(Calendar::Hebrew, (5784, 1, 22), Some("2023-10-07"));
    check(Calendar::Hebrew, (5785, 1, 1), Some("2024-10-03"));
    check(Calendar::Hebrew, (5784, ADAR_I, 14), Some("2024-02-23"));
    check(Calendar::Hebrew, (5784, 6, 14), Some("2024-03-24"));
    check(Calendar::Hebrew, (5783, ADAR_I, 1), None);
    check(Calendar::Hebrew, (5708, 8, 5), Some("1948-05-14"));
}

#[test]
fn lunisolar_days_of_east_asia_differ_by_meridian() {
    check(Calendar::Chinese, (2024, 1, 1), Some("2024-02-10"));
    check(Calendar::Chinese, (2023, 2 + LEAP, 1), Some("2023-03-22"));
    check(Calendar::Chinese, (2024, 2 + LEAP, 1), None);
    check(Calendar::Chinese, (2007, 1, 1), Some("2007-02-18"));
    check(Calendar::Vietnamese, (2007, 1, 1), Some("2007-02-17"));
    check(Calendar::Vietnamese, (1985, 1, 1), Some("1985-01-21"));
    check(Calendar::Chinese, (1985, 1, 1), Some("1985-02-20"));
    check(Calendar::Vietnamese, (2030, 1, 1), Some("2030-02-02"));
    check(Calendar::Vietnamese, (2024, 3, 10), Some("2024-04-18"));
    check(Calendar::Vietnamese, (2025, 6 + LEAP, 1), Some("2025-07-25"));
    check(Calendar::Korean, (2024, 8, 15), Some("2024-09-17"));
    check(Calendar::Korean, (1997, 1, 1), Some("1997-02-08"));
    check(Calendar::Chinese, (1997, 1, 1), Some("1997-02-07"));
}

#[test]
fn other_solar_calendars() {
    check(Calendar::Ethiopian, (2016, 1, 1), Some("2023-09-12"));
    check(Calendar::Ethiopian, (2017, 1, 1), Some("2024-09-11"));
    check(Calendar::Ethiopian, (2015, 13, 6), Some("2023-09-11"));
    check(Calendar::Indian, (1946, 1, 1), Some("2024-03-21"));
    check(Calendar::Indian, (1945, 1, 1), Some("2023-03-22"));
    check(Calendar::Julian, (1917, 10, 25), Some("1917-11-07"));
    check(Calendar::Julian, (1900, 2, 29), Some("1900-03-13"));
}

#[test]
fn easter_days() {
    let check = |year, western: &str, orthodox: &str| {
        assert_eq!(western_easter(year).map(|day| day.to_string()).as_deref(), Some(western));
        assert_eq!(orthodox_easter(year).map(|day| day.to_string()).as_deref(), Some(orthodox));
    };
    check(1990, "1990-04-15", "1990-04-15");
    check(2008, "2008-03-23", "2008-04-27");
    check(2013, "2013-03-31", "2013-05-05");
    check(2018, "2018-04-01", "2018-04-08");
    check(2024, "2024-03-31", "2024-05-05");
    check(2025, "2025-04-20", "2025-04-20");
    check(2035, "2035-03-25", "2035-04-29");
    assert_eq!(western_easter(1500), None);
}

#[test]
fn eras_begin_and_end_on_their_days() {
    let day = |era, year, month, day| era_day(era, year, month, day).map(|date| date.to_string());
    assert_eq!(day(Era::Reiwa, 6, 1, 1).as_deref(), Some("2024-01-01"));
    assert_eq!(day(Era::Reiwa, 1, 4, 30), None);
    assert_eq!(day(Era::Heisei, 1, 1, 8).as_deref(), Some("1989-01-08"));
    assert_eq!(day(Era::Heisei, 40, 4, 1).as_deref(), Some("2028-04-01"));
    assert_eq!(day(Era::Showa, 20, 8, 15).as_deref(), Some("1945-08-15"));
    assert_eq!(day(Era::Meiji, 5, 6, 1), None);
    assert_eq!(day(Era::Taisho, 12, 9, 1).as_deref(), Some("1923-09-01"));
    let year = |era, year| era_year(era, year).map(|(first, last)| format!("{first}/{last}"));
    assert_eq!(year(Era::Showa, 64).as_deref(), Some("1989-01-01/1989-01-07"));
    assert_eq!(year(Era::Heisei, 31).as_deref(), Some("2019-01-01/2019-04-30"));
    assert_eq!(year(Era::Reiwa, 1).as_deref(), Some("2019-05-01/2019-12-31"));
    assert_eq!(year(Era::Reiwa, 0), None);
    assert_eq!(roc_year(113).map(|(first, _)| first.to_string()).as_deref(), Some("2024-01-01"));
}

#[test]
fn thai_years_began_in_april_until_1940() {
    let span = |found: Option<(Date, Date)>| found.map(|(first, last)| format!("{first}/{last}"));
    assert_eq!(span(buddhist_year(2567)).as_deref(), Some("2024-01-01/2024-12-31"));
    assert_eq!(span(buddhist_year(2483)).as_deref(), Some("1940-04-01/1940-12-31"));
    assert_eq!(span(buddhist_year(2475)).as_deref(), Some("1932-04-01/1933-03-31"));
    assert_eq!(span(buddhist_month(2475, 2)).as_deref(), Some("1933-02-01/1933-02-28"));
    assert_eq!(buddhist_day(2475, 6, 24).map(|day| day.to_string()).as_deref(), Some("1932-06-24"));
    assert_eq!(buddhist_day(2483, 2, 1), None);
    assert_eq!(buddhist_day(2567, 2, 30), None);
}

#[test]
fn solar_terms_fall_on_the_days_that_almanacs_print() {
    let term = |longitude, year, zone| solar_term(longitude, year, zone).map(|day| day.to_string());
    assert_eq!(term(15.0, 2024, 8.0).as_deref(), Some("2024-04-04"));
    assert_eq!(term(0.0, 2024, 9.0).as_deref(), Some("2024-03-20"));
    assert_eq!(term(315.0, 2021, 9.0).as_deref(), Some("2021-02-03"));
    assert_eq!(term(270.0, 2023, 8.0).as_deref(), Some("2023-12-22"));
}

const ALL: [Calendar; 9] = [
    Calendar::Hijri,
    Calendar::Persian,
    Calendar::Hebrew,
    Calendar::Chinese,
    Calendar::Korean,
    Calendar::Vietnamese,
    Calendar::Indian,
    Calendar::Ethiopian,
    Calendar::Julian,
];

proptest! {
    #[test]
    fn no_date_panics(year in any::<i32>(), month in any::<u8>(), day in any::<u8>()) {
        for calendar in ALL {
            let _ = calendar.day(year, month, day);
            let _ = calendar.month(year, month);
        }
    }

    #[test]
    fn days_of_a_month_follow_each_other(at in 0..ALL.len(), year in 1970_i16..2100, month in 1_u8..=12) {
        let calendar = ALL[at];
        let year = calendar.year_at_start_of(year);
        let (first, last) = calendar.month(year, month).expect("every calendar has twelve months a year");
        let length = (last - first).get_days();
        prop_assert!((28..=31).contains(&length.saturating_add(1)));
        for after in 0..=length {
            let number = u8::try_from(after + 1).expect("a month is short");
            prop_assert_eq!(calendar.day(year, month, number), first.checked_add(after.days()).ok());
        }
    }

    #[test]
    fn years_follow_each_other_and_hold_their_months(at in 0..ALL.len(), year in 1970_i16..2100) {
        let calendar = ALL[at];
        let number = calendar.year_at_start_of(year);
        let (first, last) = calendar.year(number).expect("a year of our time");
        prop_assert_eq!(calendar.year(number + 1).map(|(next, _)| next), last.tomorrow().ok());
        for month in 1..=12 {
            let (start, end) = calendar.month(number, month).expect("every calendar has twelve months a year");
            prop_assert!(first <= start && end <= last);
        }
    }

    #[test]
    fn a_gregorian_year_lies_within_three_years_of_each_calendar(at in 0..ALL.len(), year in 1970_i16..2100) {
        let calendar = ALL[at];
        let number = calendar.year_at_start_of(year);
        let first = calendar.day(number, 1, 1).expect("a year of our time");
        let end = calendar.day(number + 3, 1, 1).expect("a year of our time");
        prop_assert!(first.year() <= year && end.year() > year, "{calendar:?} {number}: {first} to {end}");
    }

    #[test]
    fn easter_is_a_sunday_in_spring(year in 1900_i16..2100) {
        for day in [western_easter(year), orthodox_easter(year)].into_iter().flatten() {
            prop_assert_eq!(day.weekday(), jiff::civil::Weekday::Sunday);
            prop_assert!((81..=128).contains(&day.day_of_year()));
        }
    }
}
