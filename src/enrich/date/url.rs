//! The publication date that the path of a URL carries.
//!
//! Newsrooms write it as folders (`/2024/09/30/`, `/2024/sep/30/`, `/2024/09/`) or into a slug (`-20240930`,
//! `_30-09-2024`). An article number is never a date: a run of digits counts only with a length that holds a whole
//! date, at the end of its part, and a year that the web has seen.

use super::stamp::Stamp;
use super::value::Partial;

/// Years of web pages: the first one is of 1991.
const WEB_YEARS: std::ops::RangeInclusive<i16> = 1991..=2100;

/// So many letters stand for an agency before its numbers.
const AGENCY_LETTERS: usize = 3;

/// The date in an http(s) URL, if its path or its query has one.
pub(super) fn date(url: &str) -> Option<Stamp> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next()?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let segments: Vec<&str> = place.split('/').skip(1).collect();
    let found = folders(&segments)
        .or_else(|| segments.windows(2).find_map(two_folders))
        .or_else(|| segments.iter().find_map(|segment| slug(segment)))
        .or_else(|| months(&segments))
        .or_else(|| query.split('&').find_map(parameter))?;
    Stamp::of_date(found)
}

/// Three folders, or a folder with the whole day: `/2024/09/30/`, `/2024/sep/30/`.
fn folders(segments: &[&str]) -> Option<Partial> {
    segments.windows(3).find_map(|parts| day(year(parts[0])?, month(parts[1])?, number(parts[2], 2)?))
}

/// Two folders with the whole day: `/2024-09/30/`, `/2024/0930/`, `/2024/09-30/`.
fn two_folders(parts: &[&str]) -> Option<Partial> {
    let two = |text: &str| number(text, 2).filter(|_| text.len() == 2);
    let [first, second] = parts else { return None };
    if let Some((y, m)) = first.split_once('-') {
        return day(year(y)?, two(m)?, two(second)?);
    }
    let (m, d) = second.split_once('-').or_else(|| second.split_at_checked(2))?;
    day(year(first)?, two(m)?, two(d)?)
}

/// Two folders, or one: `/2024/09/slug`, `/2024-09/slug`.
fn months(segments: &[&str]) -> Option<Partial> {
    let pair = segments.windows(2).find_map(|parts| Some((year(parts[0])?, month(parts[1])?)));
    let one =
        || segments.iter().find_map(|part| part.split_once('-').and_then(|(y, m)| Some((year(y)?, number(m, 2)?))));
    let (year, month) = pair.or_else(one).filter(|(_, month)| (1..=12).contains(month))?;
    Some(Partial::new(Some(year), Some(month), None))
}

/// A day within one segment: `2024-09-30-slug`, `slug_30-09-2024.html`, `slug-20240930.html`, `slug-2024093012345.htm`.
fn slug(segment: &str) -> Option<Partial> {
    let stem = segment.rsplit_once('.').map_or(segment, |(stem, _)| stem);
    let parts: Vec<&str> = stem.split(['-', '_', '.']).collect();
    let spelled = parts.windows(3).find_map(|three| {
        year_month_day(three).or_else(|| match three {
            [d, m, y] if d.len() == 2 && m.len() == 2 => day(year(y)?, number(m, 2)?, number(d, 2)?),
            _ => None,
        })
    });
    spelled.or_else(|| {
        let first = parts.first().and_then(|part| compact(part.strip_prefix('t').unwrap_or(part), &[8]));
        // A time of day and a serial number may follow the date at the end of a slug.
        first.or_else(|| parts.last().and_then(|part| compact(unlettered(part), &[8, 12, 13, 14, 17])))
    })
}

/// A number behind the letters of an agency: `AKR20240930012300530`.
fn unlettered(part: &str) -> &str {
    let rest = part.trim_start_matches(|c: char| c.is_ascii_uppercase());
    if part.len() - rest.len() == AGENCY_LETTERS { rest } else { part }
}

fn year_month_day(parts: &[&str]) -> Option<Partial> {
    match parts {
        [y, m, d] if m.len() == 2 && d.len() == 2 => day(year(y)?, number(m, 2)?, number(d, 2)?),
        _ => None,
    }
}

fn compact(part: &str, lengths: &[usize]) -> Option<Partial> {
    let digits = lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let (date, time) = digits.then(|| part.split_at(8))?;
    let hour_fits = !matches!(part.len(), 12 | 14 | 17) || time.get(..2).is_some_and(|hour| hour < "24");
    day(year(&date[..4])?, number(&date[4..6], 2)?, number(&date[6..], 2)?).filter(|_| hour_fits)
}

/// `date=2024-09-30`, under any key that says it is a date.
fn parameter(pair: &str) -> Option<Partial> {
    let (key, value) = pair.split_once('=')?;
    let parts: Vec<&str> = value.split('-').collect();
    let says_so = key.to_ascii_lowercase().contains("date");
    says_so.then(|| year_month_day(&parts).or_else(|| compact(value, &[8])))?
}

fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok().filter(|_| text.len() == 4)?;
    WEB_YEARS.contains(&year).then_some(year)
}

fn month(text: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.to_ascii_lowercase();
    let fits = |name: &str| text == *name || text == name[..3] || text == "sept" && name.starts_with("sept");
    let named = NAMES.iter().position(|name| fits(name)).and_then(|at| u8::try_from(at + 1).ok());
    named.or_else(|| number(&text, 2))
}

fn number(text: &str, width_max: usize) -> Option<u8> {
    let digits = (1..=width_max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

fn day(year: i16, month: u8, day: u8) -> Option<Partial> {
    let value = Partial::new(Some(year), Some(month), Some(day));
    value.as_day().map(|_| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<&str>) {
        let found = date(&format!("https://news.example.org{path}")).map(|stamp| stamp.value);
        assert_eq!(found.as_deref(), expected, "{path}");
    }

    #[test]
    fn paths_with_a_date() {
        check("/2024/09/30/bridge-opens/", Some("2024-09-30"));
        check("/sport/2024/9/3/final.html", Some("2024-09-03"));
        check("/world/2024/sep/30/bridge-opens", Some("2024-09-30"));
        check("/2024/september/30/bridge-opens", Some("2024-09-30"));
        check("/n1/2024/0930/c1001-40331234.html", Some("2024-09-30"));
        check("/gn/2024/09-30/10295000.shtml", Some("2024-09-30"));
        check("/2024-09/30/c_1310990001.htm", Some("2024-09-30"));
        check("/202409/t20240930_6985123.html", Some("2024-09-30"));
        check("/view/AKR20240930012300530", Some("2024-09-30"));
        check("/2024/09/bridge-opens", Some("2024-09"));
        check("/2024-09/bridge-opens", Some("2024-09"));
        check("/world/2024-09-30/bridge", Some("2024-09-30"));
        check("/a/77/2024-09-30-bridge", Some("2024-09-30"));
        check("/bridge-opens-20240930.html", Some("2024-09-30"));
        check("/bridge_opens_20240930", Some("2024-09-30"));
        check("/bridge_30-09-2024.html", Some("2024-09-30"));
        check("/bridge-20240930160512345.htm", Some("2024-09-30"));
        check("/index.php?id=5&date=2024-09-30", Some("2024-09-30"));
    }

    #[test]
    fn article_numbers_and_titles_are_no_dates() {
        check("/bridge-304402058.html", None);
        check("/bridge-372365640", None);
        check("/plan-2030-for-the-bridge", None);
        check("/2024/bridge", None);
        check("/bridge-20241350", None);
        check("/bridge-99990101", None);
        check("/p/2409/30", None);
        check("/bridge-202409301", None);
        check("/bridge-1727683500", None);
        check("/2024/13/40/x", None);
        check("/x#2024-09-30", None);
        check("/x?page=2024-09-30", None);
        check("/1080p-92184", None);
        check("", None);
    }
}
