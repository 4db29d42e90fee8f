//! Lines that hold a date and nothing else, told by their shape: the names of months are not known here.
//!
//! Precision first: `10 songs of 2019` has a day and a year too. A day, at most one word for the month, and a year must
//! stand in an order that dates have; a weekday is told by its comma.

use super::Found;
use super::clock::{is_beside_time, is_dotted_time, is_time, with_plain_digits};
use super::counter;
use super::fold::{is_digit, is_mark, strip_separator};
use super::words::{Kind, Rules, rules};
use crate::event::FurnitureRole;

/// The most bytes of a line of dates; two with their labels fit in.
const BYTES_MAX: usize = 200;

/// The most words of a date, a weekday and a time included: `Thứ Hai, ngày 11 tháng 3 năm 2019, 10:15`.
const WORDS_MAX: usize = 11;

/// A line at the head that is a date, or two, or says how long ago.
pub(super) fn bare(line: &str, rules: &Rules) -> Option<Found> {
    let dated = line.len() <= BYTES_MAX && line.contains(is_digit);
    (dated && (counter::is_ago(line, rules) || are_dates(line, rules))).then(|| Found::new(FurnitureRole::DateMarker))
}

/// A date after a label and its colon.
pub(super) fn of_label(text: &str, rules: &Rules) -> Option<Found> {
    is_date(text, rules).then(|| Found::new(FurnitureRole::DateMarker))
}

/// What follows the label of a line that says when the article was published, and perhaps when it was changed.
pub(super) fn of_published(rest: &str, rules: &Rules) -> bool {
    if rest.len() > BYTES_MAX || !rest.contains(is_digit) {
        return false;
    }
    let (first, others) = split_labelled(rest, rules);
    when(first, rules) && others.is_none_or(|others| are_dates(others, rules))
}

/// The day as it was published, or parts of it that a sign joins: `5 June 2024 | 10:15`.
fn when(rest: &str, rules: &Rules) -> bool {
    let rest =
        rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '·' | '/' | ',' | '('));
    is_when(rest, rules)
        || parts(rest).split_first().is_some_and(|(first, others)| {
            !others.is_empty() && is_when(first, rules) && others.iter().all(|part| is_part(part, rules))
        })
}

/// The most code points after the label of a line that says when the article was published.
const LABELLED_CHARS_MAX: usize = 50;

/// A year or two numbers that a sign joins, or a time, and few words. A sentence about it would end with a stop; in a
/// script without blanks, a sign or a digit must part label and date.
fn is_when(rest: &str, rules: &Rules) -> bool {
    const WORDS_MAX: usize = 8;
    const WORDS_BEFORE_MAX: usize = 2;
    let marked = strip_separator(rest);
    let parted = marked.is_some() || rest.starts_with(|c: char| c.is_whitespace() || c.is_numeric());
    let bare = marked.unwrap_or(rest.trim());
    let numbers = || bare.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty());
    let year = numbers().any(|number| number.chars().count() == 4);
    let joined = bare.split(|c: char| c.is_numeric()).any(|between| matches!(between, "/" | "-" | "月"));
    // Without a sign, `Published in 2019` may begin a sentence: a day must be there, and stand near.
    let near = bare.split_whitespace().take_while(|word| !word.contains(is_digit)).count() <= WORDS_BEFORE_MAX;
    let date = (year || joined)
        && (marked.is_some() || (near && numbers().count() > 1))
        && bare.chars().count() <= LABELLED_CHARS_MAX
        && bare.split_whitespace().count() <= WORDS_MAX
        && !bare.ends_with(['。', '।', '؟', '?'])
        && !ends_with_a_stopped_word(bare);
    parted && (date || is_recent(bare, rules) || is_date(bare, rules) || counter::is_ago(bare, rules))
}

/// A time, and a day without its year or in a word: `7 janvier à 18h02`, `hier à 16:20`, `13:02`.
fn is_recent(text: &str, rules: &Rules) -> bool {
    const WORDS_MAX: usize = 6;
    let mut words = text.split_whitespace();
    let timed = text.split_whitespace().any(is_time);
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let plain = words.all(|word| is_time(word) || part(word.trim_end_matches([',', '.', '،'])).is_some());
    timed && plain && text.split_whitespace().count() <= WORDS_MAX && (is_time(last) || is_beside_time(last, rules))
}

/// A sentence ends with a word and a stop; a date may with a number and one, or an abbreviation: `2024.`, `2024 г.`.
fn ends_with_a_stopped_word(text: &str) -> bool {
    let Some(text) = text.strip_suffix('.') else { return false };
    let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.chars().count() > 2 && word.chars().all(char::is_alphabetic)
}

/// A word and a year, which may be a month: `March 2019`, but also `Budget 2019`. No title, and no furniture either.
pub(in crate::text) fn is_month_and_year(line: &str) -> bool {
    may_be_date(line) && shape(line, rules()).is_some_and(|shape| matches!(shape.order.as_str(), "wy" | "yw" | "yd"))
}

/// The orders of a date's parts: `d`ay or month in digits, `w`ord, `y`ear, `n`umeric date; a comma where one stands.
const ORDERS: &[&str] = &[
    "y", "n", // 2019; 5/11/2019
    "dwy", "dw,y", "wd,y", // 11 March 2019; March 11, 2019
    "w,dwy", "w,dw,y", "w,wd,y", "w,n", "ww,n", // Monday, 11 March 2019; Thứ Hai, 11/3/2019
    "ddy", "w,ddy", "ww,ddy", "ydd", // ngày 11 tháng 3 năm 2019; 2019년 3월 11일
];

/// The same, where a time beside it makes sure that it is one.
const TIMED_ORDERS: &[&str] = &["s", "w,s", "wn", "wdwy", "wdy", "ydw", "y,dw", "wwdy"];

/// Whether a text is a date, perhaps with its time, and nothing else.
pub(super) fn is_date(line: &str, rules: &Rules) -> bool {
    may_be_date(line)
        && shape(line, rules).is_some_and(|Shape { order, timed }| {
            // `1948.` is a sentence of one word.
            let told = order == "y" && line.trim_end().ends_with('.');
            !told && (ORDERS.contains(&order.as_str()) || (timed && TIMED_ORDERS.contains(&order.as_str())))
        })
}

/// Whether a text has a digit and no more words than a date: all others are spared a look at each word.
fn may_be_date(line: &str) -> bool {
    line.len() <= BYTES_MAX && line.contains(is_digit) && line.split_whitespace().nth(WORDS_MAX).is_none()
}

/// Whether a text is a date and a time: more than a heading of a chronicle has.
pub(super) fn is_moment(line: &str, rules: &Rules) -> bool {
    is_date(line, rules) && line.split_whitespace().any(is_time)
}

/// Whether a line is made of dates, times and labelled dates, parted by signs or by their labels:
/// `5.6.2024, 10:15 | Updated: 6.6.2024`.
fn are_dates(line: &str, rules: &Rules) -> bool {
    if is_date(line, rules) {
        return true;
    }
    if !is_dense(line) {
        return false;
    }
    let (first, others) = split_labelled(line, rules);
    let others_are = |others: &str| {
        let labels = rules.labels.starting(others).into_iter();
        labels
            .filter(|(kind, _)| matches!(kind, Kind::Published | Kind::Date))
            .any(|(_, rest)| of_published(rest, rules))
    };
    match others {
        Some(others) => (first.is_empty() || is_dates_and_times(first, rules)) && others_are(others),
        None => is_dates_and_times(line, rules),
    }
}

/// Whether a line has the digits of a date and a time, and no more letters than their words: nearly all prose is told
/// from a line of dates by that alone.
pub(super) fn is_dense(line: &str) -> bool {
    const DIGITS_MIN: usize = 5;
    const LETTERS_MAX: usize = 80;
    // The digits first: letters are told from them by their ranges, and most lines have too few.
    line.chars().filter(|c| is_digit(*c)).take(DIGITS_MIN).count() == DIGITS_MIN
        && line.chars().filter(|c| c.is_alphabetic()).nth(LETTERS_MAX).is_none()
}

fn is_dates_and_times(text: &str, rules: &Rules) -> bool {
    let parts = parts(text);
    parts.iter().any(|part| is_date(part, rules)) && parts.iter().all(|part| is_part(part, rules))
}

fn is_part(part: &str, rules: &Rules) -> bool {
    let timed = |word: &str| is_time(word) || is_beside_time(word, rules);
    is_date(part, rules) || part.split_whitespace().all(timed) || counter::is_ago(part, rules)
}

/// What stands between the signs that part the dates of a line.
fn parts(text: &str) -> Vec<&str> {
    let signs = |c| matches!(c, '|' | '·' | '•' | '(' | ')' | '（' | '）' | '@' | '｜');
    let parts = text.split(signs).flat_map(|part| part.split(" - ")).flat_map(|part| part.split(" – "));
    parts.map(|part| part.trim().trim_end_matches([',', '.', '/', ' '])).filter(|part| !part.is_empty()).collect()
}

/// A line before the label of a second date within it, and from that label on.
fn split_labelled<'a>(line: &'a str, rules: &Rules) -> (&'a str, Option<&'a str>) {
    let opens = |at: &usize| {
        let labels = rules.labels.starting(&line[*at..]).into_iter();
        labels.filter(|(kind, _)| *kind == Kind::Published).any(|(_, rest)| rest.contains(is_digit))
    };
    let starts = line.match_indices([' ', '(', '（', '|']).map(|(at, sign)| at + sign.len());
    match std::iter::once(0).chain(starts).find(opens) {
        Some(at) => {
            let first = line[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
            (first, Some(line[at..].trim_end_matches([')', '）', ' '])))
        }
        None => (line, None),
    }
}

/// Words that stand in dates beside their parts.
const PARTICLES: &[&str] = &["de", "del", "of", "the", "ngày", "tháng", "năm", "г", "года", "року", "р", "d", "le"];

/// What the words of a line make, if they are those of a date.
struct Shape {
    order: String,
    timed: bool,
}

/// The shape of a line; `None` if a part of it is none of a date.
fn shape(line: &str, rules: &Rules) -> Option<Shape> {
    let mut order = String::new();
    let mut timed = false;
    let timed_line = line.split_whitespace().any(is_time);
    for (index, token) in line.split_whitespace().enumerate() {
        let bare = token.trim_end_matches([',', '.', '،']);
        let beside = is_time(token)
            || ((timed || timed_line) && is_beside_time(token, rules))
            || (dated(&order) && is_dotted_time(bare));
        timed |= is_time(token) || (dated(&order) && is_dotted_time(bare));
        let part = if beside { Some(' ') } else { part(bare) };
        if index >= WORDS_MAX || part.is_none() {
            return None;
        }
        order.extend(part.filter(|part| *part != ' '));
        if token.ends_with([',', '،']) && !order.is_empty() && !order.ends_with(',') {
            order.push(',');
        }
    }
    // A comma after the whole date parts it from its time.
    order.truncate(order.trim_end_matches(',').len());
    Some(Shape { order, timed })
}

/// Whether the parts so far are a date already, after which a number is a time.
fn dated(order: &str) -> bool {
    ORDERS.contains(&order.trim_end_matches(',')) || matches!(order.trim_end_matches(','), "s" | "w,s" | "wdwy")
}

/// What a word of a date is; a blank for a particle.
fn part(token: &str) -> Option<char> {
    let lower = token.to_lowercase();
    if PARTICLES.contains(&lower.as_str()) {
        return Some(' ');
    }
    let token = &*with_plain_digits(token);
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = token.split_at(digits);
    let suffix = matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "°" | "日" | "月" | "일" | "월");
    match digits {
        0 => {
            let word = token.chars().all(|c| c.is_alphabetic() || is_mark(c) || matches!(c, '-' | '.' | '\''));
            (word && !token.is_empty()).then_some('w')
        }
        1 | 2 if suffix => number.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)).then_some('d'),
        4 if matches!(rest, "" | "年" | "년") => is_year(number).then_some('y'),
        _ => numeric_date(token),
    }
}

/// A year of our era, of the Buddhist one that Thailand counts, or of the Persian one.
fn is_year(number: &str) -> bool {
    number.parse().is_ok_and(|year: u16| matches!(year, 1900..2100 | 2540..2600 | 1390..1430))
}

/// `5/11/2019`, `2019-11-05`, `05.11.2019`, `2019年11月5日`: a year, at one end, and two numbers; `s` if the year is
/// short, `05.11.19`.
fn numeric_date(token: &str) -> Option<char> {
    let token = token.trim_end_matches('日');
    let parts: Vec<&str> = token.split(['/', '-', '.', '年', '月']).collect();
    let small = |part: &str| part.parse::<u8>().is_ok_and(|number| (1..=31).contains(&number));
    let short = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        [one, two, three] if is_year(one) => (small(two) && small(three)).then_some('n'),
        [one, two, three] if is_year(three) => (small(one) && small(two)).then_some('n'),
        [one, two, three] => (small(one) && small(two) && short(three)).then_some('s'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_alone() {
        for line in [
            "2019",
            "5/11/2019",
            "05.11.2019",
            "2019-11-05",
            "2019年11月5日",
            "11 March 2019",
            "March 11, 2019",
            "11. März 2019",
            "11 de marzo de 2019",
            "Monday, 11 March 2019",
            "Monday, March 11, 2019, 10:15",
            "Thứ Hai, 11/3/2019 | 10:15 (GMT+7)",
            "Ngày 11 tháng 3 năm 2019",
            "11 марта 2019 г.",
            "2019년 3월 11일",
            "11/3/2019, 18h30",
            "Tue 11 Feb 2025 06.00 GMT",
            "5 maart 2025, 08.12 uur",
            "14. jún 2025 o 11:20",
            "2 de julho de 2025 às 08:40",
            "06.03.25, 11:20",
            "2025年4月12日 11時30分",
            "22 de abril 2025, 09:00 a. m.",
            "۱۲ آبان ۱۴۰۳",
            "12 มี.ค. 2568 09:15",
        ] {
            assert!(is_date(line, rules()), "{line}");
        }
        for line in [
            "Top 10 songs 2019",
            "World Cup 2022",
            "Budget 2019",
            "March 2019",
            "10 dead in 2019 floods",
            "5/11",
            "1789",
            "11 September",
            "Windows 11 2024",
            "2019, 2020",
            "The 39 Steps",
            "13 March, 06:40",
            "Train 12.30 to London 2024",
            "Group A 2024",
            "5.6.24",
            "",
        ] {
            assert!(!is_date(line, rules()), "{line}");
        }
        for line in [
            "14 ABR 2025 - 05:40 CEST",
            "Marso 12, 2025 | 9:15am",
            "27/03/2025 08:31h. Actualizado: 27/03/2025 11:05h.",
            "2025/1/20 10:00（最終更新 1/20 16:30）",
            "12. května 2025 9:31, Aktualizováno 13:02",
            "17.06.2025 - Güncelleme: 17.06.2025",
        ] {
            assert!(are_dates(line, rules()), "{line}");
        }
        for line in
            ["5 June 2024 | The bridge", "12. května 2025 9:31, Aktualizováno bylo vše", "Updated plans for 2025"]
        {
            assert!(!are_dates(line, rules()), "{line}");
        }
        assert!(is_month_and_year("March 2019") && !is_month_and_year("World Cup 2022"));
    }
}
