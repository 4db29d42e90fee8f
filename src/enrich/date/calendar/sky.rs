//! Where the sun and the moon stand, as closely as calendars need it: the minute, in our centuries.
//!
//! Series and constants are those of J. Meeus, "Astronomical Algorithms" (2nd edition, chapters 15, 22, 25 and 47),
//! cut where a term no longer moves the moon by ten seconds of time. Moments are days of universal time since noon of
//! 1 January 2000 (J2000).

use jiff::ToSpan as _;
use jiff::civil::Date;

/// A moment: days of universal time since J2000.
pub(super) type Time = f64;

/// Days between two spring equinoxes, and between two new moons, on the average.
pub(super) const YEAR_DAYS: f64 = 365.2422;
pub(super) const MONTH_DAYS: f64 = 29.530_588;

/// Terms of the moon's longitude: multiples of the elongation, the sun's and moon's anomaly and the argument of
/// latitude, with the coefficient in millionths of a degree.
const MOON: [(f64, f64, f64, f64, f64); 40] = [
    (0.0, 0.0, 1.0, 0.0, 6_288_774.0),
    (2.0, 0.0, -1.0, 0.0, 1_274_027.0),
    (2.0, 0.0, 0.0, 0.0, 658_314.0),
    (0.0, 0.0, 2.0, 0.0, 213_618.0),
    (0.0, 1.0, 0.0, 0.0, -185_116.0),
    (0.0, 0.0, 0.0, 2.0, -114_332.0),
    (2.0, 0.0, -2.0, 0.0, 58_793.0),
    (2.0, -1.0, -1.0, 0.0, 57_066.0),
    (2.0, 0.0, 1.0, 0.0, 53_322.0),
    (2.0, -1.0, 0.0, 0.0, 45_758.0),
    (0.0, 1.0, -1.0, 0.0, -40_923.0),
    (1.0, 0.0, 0.0, 0.0, -34_720.0),
    (0.0, 1.0, 1.0, 0.0, -30_383.0),
    (2.0, 0.0, 0.0, -2.0, 15_327.0),
    (0.0, 0.0, 1.0, 2.0, -12_528.0),
    (0.0, 0.0, 1.0, -2.0, 10_980.0),
    (4.0, 0.0, -1.0, 0.0, 10_675.0),
    (0.0, 0.0, 3.0, 0.0, 10_034.0),
    (4.0, 0.0, -2.0, 0.0, 8_548.0),
    (2.0, 1.0, -1.0, 0.0, -7_888.0),
    (2.0, 1.0, 0.0, 0.0, -6_766.0),
    (1.0, 0.0, -1.0, 0.0, -5_163.0),
    (1.0, 1.0, 0.0, 0.0, 4_987.0),
    (2.0, -1.0, 1.0, 0.0, 4_036.0),
    (2.0, 0.0, 2.0, 0.0, 3_994.0),
    (4.0, 0.0, 0.0, 0.0, 3_861.0),
    (2.0, 0.0, -3.0, 0.0, 3_665.0),
    (0.0, 1.0, -2.0, 0.0, -2_689.0),
    (2.0, 0.0, -1.0, 2.0, -2_602.0),
    (2.0, -1.0, -2.0, 0.0, 2_390.0),
    (1.0, 0.0, 1.0, 0.0, -2_348.0),
    (2.0, -2.0, 0.0, 0.0, 2_236.0),
    (0.0, 1.0, 2.0, 0.0, -2_120.0),
    (0.0, 2.0, 0.0, 0.0, -2_069.0),
    (2.0, -2.0, -1.0, 0.0, 2_048.0),
    (2.0, 0.0, 1.0, -2.0, -1_773.0),
    (2.0, 0.0, 0.0, 2.0, -1_595.0),
    (4.0, -1.0, -1.0, 0.0, 1_215.0),
    (0.0, 0.0, 2.0, 2.0, -1_110.0),
    (3.0, 0.0, -1.0, 0.0, -892.0),
];

/// Julian centuries of dynamical time since J2000.
fn centuries(time: Time) -> f64 {
    let years = time / 365.25;
    // The difference between dynamical and universal time, in seconds (Espenak and Meeus, 2005 to 2050).
    let delta_seconds = 62.92 + 0.322_17 * years + 0.005_589 * years * years;
    (time + delta_seconds / 86_400.0) / 36_525.0
}

/// Everything that the longitudes need of one moment.
struct Angles {
    centuries: f64,
    node: f64,
    sun_anomaly: f64,
}

impl Angles {
    fn at(time: Time) -> Self {
        let t = centuries(time);
        let sun_anomaly = (357.529_11 + t * (35_999.050_29 - 0.000_153_7 * t)).to_radians();
        Self { centuries: t, node: (125.04 - 1934.136 * t).to_radians(), sun_anomaly }
    }
}

/// The sun's apparent longitude in degrees, 0 at the spring equinox.
pub(super) fn sun(time: Time) -> f64 {
    let Angles { centuries: t, node, sun_anomaly: m } = Angles::at(time);
    let mean = 280.466_46 + t * (36_000.769_83 + 0.000_303_2 * t);
    let centre = (1.914_602 - t * (0.004_817 + 0.000_014 * t)) * m.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * m).sin()
        + 0.000_289 * (3.0 * m).sin();
    (mean + centre + planets(t) - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

/// What Venus, Jupiter and the moon pull at the sun's longitude, in degrees: the largest terms of Newcomb's tables,
/// which count their centuries from 1900.
fn planets(centuries: f64) -> f64 {
    let t = centuries + 1.0;
    let term = |size: f64, phase: f64, rate: f64| size * (phase + rate * t).to_radians().cos();
    term(0.001_34, 153.23, 22_518.754_2)
        + term(0.001_54, 216.57, 45_037.508_2)
        + term(0.002_00, 312.69, 32_964.357_7)
        + 0.001_79 * (350.74 + 445_267.114_2 * t - 0.001_44 * t * t).to_radians().sin()
}

/// The moon's apparent longitude in degrees.
pub(super) fn moon(time: Time) -> f64 {
    let Angles { centuries: t, node, sun_anomaly } = Angles::at(time);
    let mean = 218.316_447_7 + t * (481_267.881_234_21 - 0.001_578_6 * t);
    let elongation = (297.850_192_1 + t * (445_267.111_403_4 - 0.001_881_9 * t)).to_radians();
    let anomaly = (134.963_396_4 + t * (477_198.867_505_5 + 0.008_741_4 * t)).to_radians();
    let latitude = (93.272_095 + t * (483_202.017_523_3 - 0.003_653_9 * t)).to_radians();
    // The eccentricity of the earth's orbit shrinks, and with it the terms that hold the sun's anomaly.
    let eccentricity = 1.0 - t * (0.002_516 + 0.000_007_4 * t);
    let term = |&(d, m, m1, f, size): &(f64, f64, f64, f64, f64)| {
        let angle = d * elongation + m * sun_anomaly + m1 * anomaly + f * latitude;
        size * eccentricity.powf(m.abs()) * angle.sin()
    };
    let venus = 3_958.0 * (119.75 + 131.849 * t).to_radians().sin();
    let flattening = 1_962.0 * (mean.to_radians() - latitude).sin();
    let sum = MOON.iter().map(term).sum::<f64>() + venus + flattening;
    (mean + sum / 1e6 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

/// How far the moon is ahead of the sun, in degrees from 0 (new moon) to 360.
pub(super) fn phase(time: Time) -> f64 {
    (moon(time) - sun(time)).rem_euclid(360.0)
}

/// The moment near `guess` at which a growing angle reaches `target`; `rate` is its mean speed in degrees a day.
pub(super) fn solve(angle: impl Fn(Time) -> f64, target: f64, rate: f64, guess: Time) -> Time {
    let mut time = guess;
    // Each step leaves a tenth of the error at most; a tenth of a second is left after eight.
    for _ in 0..8 {
        let short = (target - angle(time) + 180.0).rem_euclid(360.0) - 180.0;
        time += short / rate;
    }
    time
}

/// The last moment up to `time` at which the moon stands at this phase.
pub(super) fn phase_before(target: f64, time: Time) -> Time {
    let rate = 360.0 / MONTH_DAYS;
    let ago = (phase(time) - target).rem_euclid(360.0) / rate;
    let found = solve(phase, target, rate, time - ago);
    if found > time { solve(phase, target, rate, found - MONTH_DAYS) } else { found }
}

/// The moment in a Gregorian year at which the sun reaches a longitude, counted from 1 January.
pub(super) fn sun_reaches(target: f64, year: i16) -> Time {
    let start = days(year, 1, 1);
    let guess = start + (target - sun(start)).rem_euclid(360.0) * YEAR_DAYS / 360.0;
    solve(sun, target, 360.0 / YEAR_DAYS, guess)
}

/// The day on which the sun reaches a longitude (0 at the spring equinox, 15 at Qingming, 270 at the winter solstice)
/// in a Gregorian year, at so many hours east of Greenwich. A day within minutes of midnight may be the day beside.
#[must_use]
pub fn solar_term(longitude: f64, year: i16, zone_hours: f64) -> Option<Date> {
    (1583..=3000).contains(&year).then(|| day_at(sun_reaches(longitude, year), zone_hours))?
}

/// Midnight of a Gregorian day, universal time.
pub(super) fn days(year: i16, month: i8, day: i8) -> Time {
    Date::new(year, month, day).map_or(f64::NAN, midnight)
}

/// Midnight of a day, universal time.
pub(super) fn midnight(day: Date) -> Time {
    let since = (day - EPOCH).get_days();
    f64::from(since) - 0.5
}

/// The civil day of a moment at so many hours east of Greenwich.
pub(super) fn day_at(time: Time, zone_hours: f64) -> Option<Date> {
    let days = (time + 0.5 + zone_hours / 24.0).floor();
    // Years 1 to 9999 lie within four million days of the epoch; the cast is exact.
    #[allow(clippy::cast_possible_truncation, reason = "bounded on the line above the cast")]
    let whole = if days.abs() < 4e6 { days as i64 } else { return None };
    EPOCH.checked_add(whole.days()).ok()
}

const EPOCH: Date = jiff::civil::date(2000, 1, 1);

/// Sunrise and sunset of a day at a place, universal time; the upper limb on the horizon, refraction included.
pub(super) fn sunrise_and_sunset(day: Date, latitude: f64, longitude: f64) -> (Time, Time) {
    let noon = midnight(day) + 0.5 - longitude / 360.0;
    let t = noon / 36_525.0;
    let sun_longitude = sun(noon).to_radians();
    let obliquity = (23.439_29 - 0.013_004 * t).to_radians();
    let declination = (obliquity.sin() * sun_longitude.sin()).asin();
    // The equation of time: mean longitude less right ascension.
    let ascension = (obliquity.cos() * sun_longitude.sin()).atan2(sun_longitude.cos()).to_degrees();
    let mean = 280.466_46 + 36_000.769_83 * t - 0.0057;
    let equation = (mean - ascension + 180.0).rem_euclid(360.0) - 180.0;
    let transit = noon - equation / 360.0;
    let latitude = latitude.to_radians();
    let altitude = (-0.833_f64).to_radians();
    let cosine = (altitude.sin() - latitude.sin() * declination.sin()) / (latitude.cos() * declination.cos());
    let half = cosine.clamp(-1.0, 1.0).acos().to_degrees() / 360.0;
    (transit - half, transit + half)
}
