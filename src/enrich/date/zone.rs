//! Times of day and zones as timestamps have them.

/// A time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
    /// `Z` or `±hh:mm`; `None` where the source does not say.
    pub(super) zone: Option<String>,
}

/// A time of day with its zone: `16:05`, `16:05:00.123Z`, `16h05`, `122000Z`, `09:27:00 GMT`, `16:05 GMT+7`.
pub(super) fn clock(text: &str) -> Option<Clock> {
    let mut at = 0;
    let mut two = |separators: &[char]| -> Option<u8> {
        let tail = text.get(at..)?;
        let tail = tail.strip_prefix(separators).unwrap_or(tail);
        let width = tail.bytes().take_while(u8::is_ascii_digit).count().min(2);
        if width == 0 {
            return None;
        }
        at = text.len() - tail.len() + width;
        tail[..width].parse().ok()
    };
    let hour = two(&[])?;
    let minute = two(&[':', 'h', 'H', '.'])?;
    let second = two(&[':', '.']);
    let tail = text[at..].trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit()).trim_start();
    let (after_noon, tail) = meridiem(tail);
    let hour = match after_noon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second <= 60);
    fits.then_some(Clock { hour, minute, second: second.map(|second| second.min(59)), zone: zone(tail)? })
}

fn meridiem(text: &str) -> (Option<bool>, &str) {
    for (word, after_noon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
        if text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            return (Some(after_noon), text[word.len()..].trim_start());
        }
    }
    (None, text)
}

/// Zone names of RFC 2822 and of newsrooms whose letters mean one offset, in minutes.
const ZONES: [(&str, i32); 34] = [
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("BRT", -180),
    ("ART", -180),
    ("WET", 0),
    ("BST", 60),
    ("WAT", 60),
    ("CET", 60),
    ("CEST", 120),
    ("CAT", 120),
    ("SAST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("EAT", 180),
    ("TRT", 180),
    ("MSK", 180),
    ("PKT", 300),
    ("ICT", 420),
    ("WIB", 420),
    ("WITA", 480),
    ("SGT", 480),
    ("HKT", 480),
    ("WIT", 540),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
];

/// Zone names that say where, but not which offset: what it is changes with the season, or with the country.
const UNFIXED: [&str; 6] = ["ET", "CT", "MT", "PT", "IST", "AST"];

/// Whether this has the form of a zone's name in the IANA database: `Asia/Ho_Chi_Minh`. Its offset changes with the
/// season and the law, and no table of them is at hand, so that such a time keeps no zone.
fn is_zone_name(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    text.contains('/') && text.split('/').all(part)
}

/// The zone in EDTF: `Z` or `±hh:mm`. `Some(None)` if there is none or only its name; `None` if what is there cannot be
/// read.
pub(super) fn zone(text: &str) -> Option<Option<String>> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    // RFC 9557 writes the name after the offset: `+07:00[Asia/Ho_Chi_Minh]`.
    let bare = text.split(" (").next()?.split('[').next()?.trim();
    // Go writes the name after the offset, too: `+0000 UTC`.
    let bare = bare.split_once(' ').filter(|(first, _)| first.starts_with(['+', '-'])).map_or(bare, |(first, _)| first);
    if bare.is_empty() || is_zone_name(bare) || UNFIXED.contains(&bare) {
        return Some(None);
    }
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| bare.eq_ignore_ascii_case(name)) {
        return Some(Some(offset(*minutes)));
    }
    let rest = ["GMT", "UTC", "UT", "Z", "z"].iter().find_map(|name| bare.strip_prefix(name)).unwrap_or(bare).trim();
    if rest.is_empty() {
        return Some(Some("Z".to_owned()));
    }
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits: String = rest.chars().skip(1).filter(|c| *c != ':').collect();
    let (hours, minutes) = digits.split_at_checked(digits.len().saturating_sub(2).max(digits.len().min(2)))?;
    let (hours, minutes): (i32, i32) =
        (hours.parse().ok()?, if minutes.is_empty() { 0 } else { minutes.parse().ok()? });
    (hours <= 14 && minutes < 60).then(|| Some(offset(sign * (hours * 60 + minutes))))
}

fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}
