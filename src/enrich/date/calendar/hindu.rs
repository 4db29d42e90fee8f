//! Days of the Hindu lunisolar and solar calendars, as far as festivals need them.
//!
//! A lunar day (tithi) is a thirtieth of the moon's circle round the sun; it does not end with the civil day, so a
//! festival falls on the civil day on which its tithi holds at a moment that belongs to the festival. Months are named
//! by the sign that the sun enters in them, in the sidereal zodiac of the Indian calendar reform (Lahiri), and end with
//! the new moon (amanta); a month in which the sun enters no sign is a leap month and has no festivals. Reckoned for
//! New Delhi. Schools and places differ: a day given here is the calculated one, and can be a day beside another almanac's.

use jiff::civil::Date;

use super::sky::{
    MONTH_DAYS, Time, YEAR_DAYS, day_at, days, moon, phase, phase_before, solve, sun, sunrise_and_sunset,
};

/// New Delhi.
const LATITUDE: f64 = 28.61;
const LONGITUDE: f64 = 77.21;
const ZONE_HOURS: f64 = 5.5;

/// Years for which the positions are good to minutes.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

/// The moment of the civil day at which a tithi must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before the day's first light: an hour and a half before sunrise.
    Dawn,
    /// Sunrise.
    Sunrise,
    /// Six ghatikas after sunrise: the tithi of the morning is no mere remainder.
    Morning,
    /// Midday.
    Noon,
    /// The afternoon: seven tenths of the daylight gone.
    Afternoon,
    /// The last eighth of the daylight begins; where a tithi holds then on two days, the second one counts.
    Late,
    /// Sunset.
    Sunset,
    /// The dusk after sunset.
    Dusk,
    /// The evening, when the waning moon of the fourth day rises: three hours after sunset.
    Evening,
    /// Midnight at the end of the day.
    Midnight,
}

impl Moment {
    fn on(self, day: Date) -> Time {
        let (rise, set) = sunrise_and_sunset(day, LATITUDE, LONGITUDE);
        let daylight = set - rise;
        match self {
            Self::Dawn => rise - 1.6 / 24.0,
            Self::Sunrise => rise,
            Self::Morning => rise + 2.4 / 24.0,
            Self::Noon => rise + daylight / 2.0,
            Self::Afternoon => rise + daylight * 0.7,
            Self::Late => rise + daylight * 0.875,
            Self::Sunset => set,
            Self::Dusk => set + 1.0 / 24.0,
            Self::Evening => set + 3.0 / 24.0,
            Self::Midnight => rise + daylight / 2.0 + 0.5,
        }
    }
}

/// Degrees between the tropical and the sidereal zodiac.
fn ayanamsha(time: Time) -> f64 {
    23.853 + time / 365.25 * 0.013_972
}

fn sidereal_sun(time: Time) -> f64 {
    (sun(time) - ayanamsha(time)).rem_euclid(360.0)
}

fn sidereal_moon(time: Time) -> f64 {
    (moon(time) - ayanamsha(time)).rem_euclid(360.0)
}

/// When the sun enters a sign, 1 (Mesha, in April) to 12 (Mina, in March), in the year that begins with Mesha.
fn ingress(sign: u8, year: i16) -> Time {
    let target = f64::from(sign - 1) * 30.0;
    let guess = days(year, 4, 14) + target / 360.0 * YEAR_DAYS;
    solve(sidereal_sun, target, 360.0 / YEAR_DAYS, guess)
}

/// The civil day on which the sun enters a sign; the next day if that is after `latest`.
#[must_use]
pub fn solar_ingress(sign: u8, year: i16, latest: Moment) -> Option<Date> {
    if !(1..=12).contains(&sign) || !YEARS.contains(&year) {
        return None;
    }
    // Signs 10 to 12 (Makara, Kumbha, Mina) are entered in January to March of the Gregorian year after.
    let time = ingress(sign, if sign > 9 { year - 1 } else { year });
    let day = day_at(time, ZONE_HOURS)?;
    if time > latest.on(day) { day.tomorrow().ok() } else { Some(day) }
}

/// The civil day of a lunar day: month 1 (Chaitra) to 12 (Phalguna) of the year that begins in the spring of `year`,
/// tithi 1 to 15 from the new moon to the full one and 16 to 30 on to the next new moon.
#[must_use]
pub fn lunar_day(year: i16, month: u8, tithi: u8, moment: Moment) -> Option<Date> {
    if !(1..=12).contains(&month) || !(1..=30).contains(&tithi) || !YEARS.contains(&year) {
        return None;
    }
    // The month is the one in which the sun enters its sign, which no leap month does.
    let new_moon = phase_before(0.0, ingress(month, year));
    let rate = 360.0 / MONTH_DAYS;
    let edge = |angle: f64| solve(phase, angle.rem_euclid(360.0), rate, new_moon + angle / rate);
    let (start, end) = (edge(f64::from(tithi - 1) * 12.0), edge(f64::from(tithi) * 12.0));
    holds_at(start, end, moment)
}

/// The first civil day whose moment lies between two times, or the day of the start where none does.
fn holds_at(start: Time, end: Time, moment: Moment) -> Option<Date> {
    let first = day_at(start, ZONE_HOURS)?;
    let mut day = first.yesterday().ok()?;
    let mut found = None;
    for _ in 0..4 {
        if (start..end).contains(&moment.on(day)) && (found.is_none() || moment == Moment::Late) {
            found = Some(day);
        }
        day = day.tomorrow().ok()?;
    }
    found.or(Some(first))
}

/// The civil day on which the moon stands in a lunar mansion, 1 (Ashvini) to 27 (Revati), while the sun is in a sign;
/// of two such days the later one or, where `full` says so, the one whose moon is nearer to the full.
#[must_use]
pub fn nakshatra_day(year: i16, sign: u8, mansion: u8, moment: Moment, full: bool) -> Option<Date> {
    if !(1..=12).contains(&sign) || !(1..=27).contains(&mansion) || !YEARS.contains(&year) {
        return None;
    }
    let enters = ingress(sign, if sign > 9 { year - 1 } else { year });
    let leaves = solve(sidereal_sun, f64::from(sign) * 30.0, 360.0 / YEAR_DAYS, enters + 30.4);
    let width = 360.0 / 27.0;
    let (target, rate) = (f64::from(mansion - 1) * width, 360.0 / 27.321_66);
    let ahead = (target - sidereal_moon(enters)).rem_euclid(360.0) / rate;
    let first = solve(sidereal_moon, target, rate, enters + ahead);
    let passes = [first, first + 27.321_66].map(|guess| solve(sidereal_moon, target, rate, guess));
    let mut inside = passes.into_iter().filter(|time| (enters..leaves).contains(time));
    let from_full = |time: &Time| (phase(*time) - 180.0).abs();
    let start = if full { inside.min_by(|a, b| from_full(a).total_cmp(&from_full(b))) } else { inside.next_back() }?;
    let end = solve(sidereal_moon, (target + width).rem_euclid(360.0), rate, start + 1.0);
    holds_at(start, end, moment)
}
