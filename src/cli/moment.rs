//! Times as they are written on the command line.

use std::time::{Duration, SystemTime};

use jiff::{SignedDuration, Timestamp};

use super::Failure;

/// A time, as milliseconds since the Unix epoch: a day in UTC, an instant of RFC 3339, or so long ago.
///
/// # Errors
/// [`Failure::Usage`] if it is none of these.
pub(super) fn parse(text: &str) -> Result<i64, Failure> {
    read(text, Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX))
}

/// The same, as it is read at `now`.
fn read(text: &str, now: Timestamp) -> Result<i64, Failure> {
    let ago = || {
        let unit = text.chars().last()?;
        let seconds: u64 = match unit {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return None,
        };
        let count: u64 = text[..text.len() - unit.len_utf8()].parse().ok()?;
        let ago = SignedDuration::try_from(Duration::from_secs(count.checked_mul(seconds)?)).ok()?;
        now.checked_sub(ago).ok()
    };
    let day = || {
        let day: jiff::civil::Date = text.parse().ok()?;
        Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
    };
    let instant = || text.parse::<Timestamp>().ok();
    let found = ago().or_else(instant).or_else(day);
    let found = found.map(Timestamp::as_millisecond);
    found.ok_or_else(|| Failure::Usage(format!("{text:?} is no time such as 2026-03-01, 2026-03-01T06:00:00Z or 6h")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_days_instants_or_so_long_ago() {
        let now = Timestamp::from_second(1_000_000_000).unwrap();
        let check = |text: &str, expected: Option<i64>| assert_eq!(read(text, now).ok(), expected, "{text}");
        check("90m", Some(999_994_600_000));
        check("2d", Some(999_827_200_000));
        check("0s", Some(1_000_000_000_000));
        check("2001-09-09", Some(999_993_600_000));
        check("2001-09-09T01:46:40Z", Some(1_000_000_000_000));
        check("2001-09-09T03:46:40+02:00", Some(1_000_000_000_000));
        for wrong in
            ["", "6", "h", "-3h", "6 h", "6é", "99999999999999999999d", "999999999999999d", "yesterday", "2001-13-01"]
        {
            check(wrong, None);
        }
    }
}
