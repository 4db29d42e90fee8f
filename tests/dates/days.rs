//! The days that an EDTF value names, from its text alone.

/// A first and a last day, each as days since a fixed one; `None` where the value is open on that side.
pub(crate) type Days = (Option<i64>, Option<i64>);

/// The days of a value; `None` where it names none, as `XXXX-09-30`.
pub(crate) fn days(value: &str) -> Option<Days> {
    match value.split_once('/') {
        None => simple(value).map(|(first, last)| (Some(first), Some(last))),
        Some((first, last)) => {
            let first = if first == ".." { None } else { Some(simple(first)?.0) };
            let last = if last == ".." { None } else { Some(simple(last)?.1) };
            Some((first, last))
        }
    }
}

fn simple(value: &str) -> Option<(i64, i64)> {
    let value = value.trim_end_matches(['~', '?', '%']);
    let value = value.split('T').next()?;
    let parts: Vec<&str> = value.split('-').collect();
    let number = |text: &str| text.parse::<i64>().ok();
    match parts.as_slice() {
        // What comes round every year names no days.
        [year] if year.len() == 4 && *year != "XXXX" => {
            let first = number(&year.replace('X', "0"))?;
            let last = number(&year.replace('X', "9"))?;
            Some((day_number(first.max(1), 1, 1), day_number(last, 12, 31)))
        }
        [year, part] => {
            let year = number(year)?;
            let months =
                |first: i64, last: i64| (day_number(year, first, 1), day_number(year, last, length(year, last)));
            match number(part)? {
                month @ 1..=12 => Some(months(month, month)),
                season @ 21..=23 => Some(months((season - 20) * 3, (season - 20) * 3 + 2)),
                24 => Some((day_number(year, 12, 1), day_number(year + 1, 2, length(year + 1, 2)))),
                quarter @ 33..=36 => Some(months((quarter - 33) * 3 + 1, (quarter - 33) * 3 + 3)),
                half @ 40..=41 => Some(months((half - 40) * 6 + 1, (half - 40) * 6 + 6)),
                _ => None,
            }
        }
        [year, month, day] => {
            let day = day_number(number(year)?, number(month)?, number(day)?);
            Some((day, day))
        }
        _ => None,
    }
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since the first of March of the year 0, by counting whole years and months.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (month * 153 + 2) / 5 + day - 1
}

#[test]
fn values_name_their_days() {
    assert_eq!(days("2024-02"), days("2024-02-01/2024-02-29"));
    assert_eq!(days("2024-35"), days("2024-07/2024-09"));
    assert_eq!(days("2023-24"), days("2023-12-01/2024-02-29"));
    assert_eq!(days("199X"), days("1990/1999"));
    assert_eq!(days("2021-03-14~"), days("2021-03-14"));
    assert_ne!(days("2024/.."), days("2024/2025"));
    assert_eq!(days("XXXX-09-30"), None);
}
