//! Days of other calendars, as days of the proleptic Gregorian one.
//!
//! Everything here is a pure function of a year, a month and a day; a date that a calendar does not have is `None`, and
//! so is one outside of the years that a calendar is known for. No day is observed: where a community waits for a
//! sighting of the moon, the day given is the calculated one, and the observed one may be a day away.

mod easter;
mod era;
mod hindu;
mod sky;
#[cfg(test)]
mod tests;
mod vietnamese;

pub use easter::{orthodox_easter, western_easter};
pub use era::{Era, buddhist_day, buddhist_month, buddhist_year, era_day, era_year, roc_year};
pub use hindu::{Moment, lunar_day as hindu_lunar_day, nakshatra_day, solar_ingress};
pub use sky::solar_term;

use icu_calendar::cal::hijri::UmmAlQura;
use icu_calendar::cal::{
    ChineseTraditional, Ethiopian, EthiopianEraStyle, Hebrew, Hijri, Indian, Julian, KoreanTraditional, Persian,
};
use icu_calendar::types::{Month, YearInput};
use icu_calendar::{AsCalendar, Iso};
use jiff::civil::Date;

/// A calendar whose dates have a year, a month and a day of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// The lunar calendar of Islam, months 1 (Muharram) to 12.
    ///
    /// Of its several reckonings this is Umm al-Qura, the civil calendar of Saudi Arabia, which newspapers and almanacs
    /// of most countries print ahead of time: calculated, and tabulated for 1300 to 1600 AH (1882 to 2174). Before and
    /// after, the tabular calendar continues it. Countries that wait for a sighting may be a day later; until 1419
    /// (1999) Saudi Arabia itself reckoned by other rules, and what was printed then can be a day or two earlier.
    Hijri,
    /// The solar calendar of Iran and Afghanistan, months 1 (Farvardin) to 12.
    Persian,
    /// The Jewish calendar, months 1 (Tishri) to 12 (Elul): Adar is 6, Nisan 7. Adar I of leap years is [`ADAR_I`].
    ///
    /// The day given is the one that has the daylight; it begins at the sunset before.
    Hebrew,
    /// The lunisolar calendar of China, by the Gregorian year in which its year begins. Leap months have [`LEAP`] added.
    Chinese,
    /// The same as reckoned for Seoul.
    Korean,
    /// The same as reckoned for Hanoi, where the new moon can fall on the day before Beijing's.
    Vietnamese,
    /// The national calendar of India (Saka), months 1 (Chaitra) to 12.
    Indian,
    /// The calendar of Ethiopia, of twelve months of 30 days and a short thirteenth.
    Ethiopian,
    /// The Julian calendar, by which several Orthodox churches keep their fixed feasts.
    Julian,
}

/// Added to the number of a month to say the leap month that follows it.
pub const LEAP: u8 = 32;

/// Adar I, the leap month of the Jewish calendar, which comes before Adar.
pub const ADAR_I: u8 = 5 + LEAP;

/// Years beyond these are refused: no calendar is kept that long, and arithmetic stays far from its limits.
const YEARS: std::ops::RangeInclusive<i32> = 1..=9000;

impl Calendar {
    /// The Gregorian day of a date.
    #[must_use]
    pub fn day(self, year: i32, month: u8, day: u8) -> Option<Date> {
        if !YEARS.contains(&year) {
            return None;
        }
        match self {
            Self::Hijri => gregorian(year, month, day, Hijri::<UmmAlQura>::new_umm_al_qura()),
            Self::Persian => gregorian(year, month, day, Persian),
            Self::Hebrew => gregorian(year, month, day, Hebrew),
            Self::Chinese => gregorian(year, month, day, ChineseTraditional::new()),
            Self::Korean => gregorian(year, month, day, KoreanTraditional::new()),
            Self::Vietnamese => vietnamese::day(year, month, day),
            Self::Indian => gregorian(year, month, day, Indian),
            Self::Ethiopian => {
                gregorian(year, month, day, Ethiopian::new_with_era_style(EthiopianEraStyle::AmeteMihret))
            }
            Self::Julian => gregorian(year, month, day, Julian),
        }
    }

    /// The first and last day of a month.
    #[must_use]
    pub fn month(self, year: i32, month: u8) -> Option<(Date, Date)> {
        let first = self.day(year, month, 1)?;
        let last = (1..=31).rev().find_map(|day| self.day(year, month, day))?;
        Some((first, last))
    }

    /// The first and last day of a year.
    #[must_use]
    pub fn year(self, year: i32) -> Option<(Date, Date)> {
        Some((self.day(year, 1, 1)?, self.day(year + 1, 1, 1)?.yesterday().ok()?))
    }

    /// The year of this calendar in which a Gregorian year begins; at most the two after it begin before it ends.
    #[must_use]
    pub fn year_at_start_of(self, year: i16) -> i32 {
        let year = i32::from(year);
        match self {
            // The lunar year is some eleven days shorter than the solar one; an estimate that is never too late.
            Self::Hijri => ((year - 622) * 33).div_euclid(32),
            Self::Persian => year - 622,
            Self::Hebrew => year + 3760,
            Self::Chinese | Self::Korean | Self::Vietnamese | Self::Julian => year - 1,
            Self::Indian => year - 79,
            Self::Ethiopian => year - 8,
        }
    }
}

fn gregorian(year: i32, month: u8, day: u8, calendar: impl AsCalendar) -> Option<Date> {
    let month = month.checked_sub(LEAP).map_or_else(|| Month::new(month), Month::leap);
    let date = icu_calendar::Date::try_new(YearInput::Extended(year), month, day, calendar).ok()?;
    let iso = date.to_calendar(Iso);
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    Date::new(year, i8::try_from(iso.month().number()).ok()?, i8::try_from(iso.day_of_month().0).ok()?).ok()
}
