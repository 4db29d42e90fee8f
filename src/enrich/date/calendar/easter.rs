//! Easter Sunday, from which the movable feasts of the churches are counted.

use jiff::civil::Date;

use super::Calendar;

/// Easter Sunday of the Western churches: the anonymous Gregorian algorithm (Nature, 1876), for years from 1583.
#[must_use]
pub fn western_easter(year: i16) -> Option<Date> {
    let year = Some(i32::from(year)).filter(|year| *year > 1582)?;
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let days = epact + sunday - 7 * late + 114;
    date(year, days / 31, days % 31 + 1)
}

/// Easter Sunday of the Orthodox churches: the Sunday after the Paschal full moon of the Julian calendar (Meeus).
#[must_use]
pub fn orthodox_easter(year: i16) -> Option<Date> {
    let year = Some(i32::from(year)).filter(|year| *year > 0)?;
    let moon = (19 * (year % 19) + 15) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    let days = moon + sunday + 114;
    Calendar::Julian.day(year, u8::try_from(days / 31).ok()?, u8::try_from(days % 31 + 1).ok()?)
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
