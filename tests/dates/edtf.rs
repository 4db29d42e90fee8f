//! A strict reader of the EDTF that events may hold, written from the specification (ISO 8601-2:2019, as the Library of
//! Congress describes it) and from nothing else: level 0 and 1, and of level 2 the sub-year groupings.
//!
//! Years have four digits. Not in it, since no event has them: years with `Y` or an exponent, significant digits, sets
//! in brackets, and qualifiers before a part.

/// Whether a text is EDTF.
pub(crate) fn is_edtf(text: &str) -> bool {
    match text.split_once('/') {
        None => is_date(text) || is_time(text),
        Some((first, last)) => {
            let open = |end: &str| end == ".." || end.is_empty();
            let end = |end: &str| open(end) || is_date(end) || is_time(end);
            !(open(first) && open(last)) && end(first) && end(last)
        }
    }
}

/// A date, with `X` for digits that are not known, and one mark of doubt behind it.
fn is_date(text: &str) -> bool {
    let text = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let parts: Vec<&str> = text.split('-').collect();
    match parts[..] {
        [year] => is_year(year),
        [year, month] => is_year(year) && (month == "XX" || two(month).is_some_and(is_month_or_grouping)),
        [year, month, "XX"] => {
            is_year(year) && (month == "XX" || two(month).is_some_and(|month| (1..=12).contains(&month)))
        }
        // Whatever the month, a day of it is no later than the 31st.
        [year, "XX", day] => is_year(year) && two(day).is_some_and(|day| (1..=31).contains(&day)),
        [year, month, day] => {
            let days =
                two(month).filter(|month| (1..=12).contains(month)).map(|month| length(year.parse().ok(), month));
            is_year(year) && two(day).zip(days).is_some_and(|(day, days)| (1..=days).contains(&day))
        }
        _ => false,
    }
}

/// A year of four digits; what is not known stands at its end.
fn is_year(text: &str) -> bool {
    let known = text.trim_end_matches('X');
    text.len() == 4 && known.bytes().all(|byte| byte.is_ascii_digit())
}

/// Months, seasons (21 to 24, and by hemisphere to 32), quarters (33 to 36), quadrimesters (37 to 39), halves (40, 41).
fn is_month_or_grouping(value: u32) -> bool {
    (1..=12).contains(&value) || (21..=41).contains(&value)
}

/// A day with a time of day, which has hours, minutes and seconds, and a zone or none.
fn is_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else { return false };
    let (clock, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let parts: Vec<Option<u32>> = clock.split(':').map(two).collect();
    let clock = matches!(parts[..], [Some(0..=23), Some(0..=59), Some(0..=59)]);
    let offset = |zone: &str| {
        let parts: Vec<Option<u32>> = zone.split(':').map(two).collect();
        matches!(parts[..], [Some(0..=14)] | [Some(0..=14), Some(0..=59)])
    };
    let zone = matches!(zone, "" | "Z") || zone.strip_prefix(['+', '-']).is_some_and(offset);
    let full = day.len() == 10 && !day.contains('X') && is_date(day);
    full && clock && zone
}

/// A number of two digits.
fn two(text: &str) -> Option<u32> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The days of a month; of a February whose year is not known, those of a leap year.
fn length(year: Option<u32>, month: u32) -> u32 {
    let leap = year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[test]
fn edtf_is_told_from_what_is_none() {
    let good = "2024 2024-02 2024-02-29 199X 19XX XXXX XXXX-09-30 XXXX-XX-03 2024-XX XXXX-XX 2024-21 2024-33 2024-41 \
                2021-03-14~ 2019/.. ../2024-05-01 2019-06/2019-11 2024-03-18T19:30:00 2024-03-18T19:30:00Z \
                2024-03-18T19:30:00+07:00 2024-01-01/2024-01-07";
    for text in good.split(' ') {
        assert!(is_edtf(text), "{text}");
    }
    let bad = "24 2024-2 2024-13 2024-42 2023-02-29 2024-04-31 2024-00-01 2024-01-32 19X9 ../.. / 2024-03-18T19:30 \
               2024-03-18T24:30:00 2024-03-18T19:30:00+7 2024T10:00:00 2024-W11 2024-Q3 ~2024 2024--01 2024/2025/2026";
    for text in bad.split_whitespace() {
        assert!(!is_edtf(text), "{text}");
    }
}
