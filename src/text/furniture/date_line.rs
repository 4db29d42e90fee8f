//! Lines that hold a date and nothing else, told by their shape: the names of months are not known here.
//!
//! Precision first: `10 songs of 2019` has a day and a year too. A day, at most one word for the month, and a year must
//! stand in an order that dates have; a weekday is told by its comma.

use super::Found;
use super::counter;
use super::fold::strip_separator;
use super::words::Rules;
use crate::event::FurnitureRole;

/// The most bytes of a bare date; a weekday, a month and a time fit in.
const BYTES_MAX: usize = 80;

/// The most words of a bare date, a weekday and a time included: `Thứ Hai, ngày 11 tháng 3 năm 2019, 10:15`.
const WORDS_MAX: usize = 10;

/// A line at the head that is a date, or says how long ago.
pub(super) fn bare(line: &str, rules: &Rules) -> Option<Found> {
    (is_date(line) || counter::is_ago(line, rules)).then(|| Found::new(FurnitureRole::DateMarker))
}

/// A date after a label and its colon.
pub(super) fn of_label(text: &str) -> Option<Found> {
    is_date(text).then(|| Found::new(FurnitureRole::DateMarker))
}

/// The most code points after the label of a line that says when the article was published.
const LABELLED_CHARS_MAX: usize = 50;

/// What follows the label of a line that says when the article was published: a year or two numbers that a sign joins,
/// and few words. A sentence about it would end with a stop; in a script without blanks, a sign or a digit must part
/// label and date.
pub(super) fn of_published(rest: &str, rules: &Rules) -> bool {
    const WORDS_MAX: usize = 8;
    const WORDS_BEFORE_MAX: usize = 2;
    let marked = strip_separator(rest);
    let parted = marked.is_some() || rest.starts_with(|c: char| c.is_whitespace() || c.is_numeric());
    let bare = marked.unwrap_or(rest.trim());
    let numbers = || bare.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty());
    let year = numbers().any(|number| number.chars().count() == 4);
    let joined = bare.split(|c: char| c.is_numeric()).any(|between| matches!(between, "/" | "-" | "月"));
    // Without a sign, `Published in 2019` may begin a sentence: a day must be there, and stand near.
    let near = bare.split_whitespace().take_while(|word| !word.contains(char::is_numeric)).count() <= WORDS_BEFORE_MAX;
    let date = (year || joined)
        && (marked.is_some() || (near && numbers().count() > 1))
        && bare.chars().count() <= LABELLED_CHARS_MAX
        && bare.split_whitespace().count() <= WORDS_MAX
        && !bare.ends_with(['。', '।', '؟', '?'])
        && !ends_with_a_stopped_word(bare);
    parted && (date || counter::is_ago(bare, rules))
}

/// A sentence ends with a word and a stop; a date may with a number and one, or an abbreviation: `2024.`, `2024 г.`.
fn ends_with_a_stopped_word(text: &str) -> bool {
    let Some(text) = text.strip_suffix('.') else { return false };
    let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.chars().count() > 2 && word.contains(char::is_alphabetic)
}

/// A word and a year, which may be a month: `March 2019`, but also `Budget 2019`. No title, and no furniture either.
pub(in crate::text) fn is_month_and_year(line: &str) -> bool {
    line.len() <= BYTES_MAX && shape(line).is_some_and(|shape| matches!(shape.as_str(), "wy" | "yw" | "yd"))
}

/// The order of a date's parts: `d`ay or month in digits, `w`ord, `y`ear, `n`umeric date; a comma where one stands.
const SHAPES: &[&str] = &[
    "y", "n", // 2019; 5/11/2019
    "dwy", "dw,y", "wd,y", // 11 March 2019; March 11, 2019
    "w,dwy", "w,wd,y", "w,n", "ww,n", // Monday, 11 March 2019; Thứ Hai, 11/3/2019
    "ddy", "w,ddy", "ww,ddy", "ydd", // ngày 11 tháng 3 năm 2019; 2019년 3월 11일
];

/// Whether a text is a date and nothing else.
pub(super) fn is_date(line: &str) -> bool {
    line.len() <= BYTES_MAX
        && line.contains(|c: char| c.is_ascii_digit())
        && shape(line).is_some_and(|shape| SHAPES.contains(&shape.as_str()))
}

/// Words that stand in dates beside their parts.
const PARTICLES: &[&str] = &["de", "del", "of", "the", "ngày", "tháng", "năm", "г", "года", "року", "р"];

/// The shape of a line; `None` if a part of it is none of a date.
fn shape(line: &str) -> Option<String> {
    let mut shape = String::new();
    for (index, token) in line.split_whitespace().enumerate() {
        let part = part(token.trim_end_matches([',', '.', '،']));
        if index >= WORDS_MAX || (part.is_none() && !is_time(token)) {
            return None;
        }
        shape.extend(part.filter(|part| *part != ' '));
        if token.ends_with([',', '،']) && !shape.ends_with(',') {
            shape.push(',');
        }
    }
    // A comma after the whole date parts it from its time.
    Some(shape.trim_end_matches(',').to_owned())
}

/// What a word of a date is; a blank for a particle.
fn part(token: &str) -> Option<char> {
    if PARTICLES.iter().any(|particle| token.to_lowercase() == *particle) {
        return Some(' ');
    }
    let digits = token.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = token.split_at(digits);
    let suffix = matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "°" | "日" | "月" | "일" | "월");
    match digits {
        0 => {
            let word = token.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\''));
            (word && !token.is_empty()).then_some('w')
        }
        1 | 2 if suffix => number.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)).then_some('d'),
        4 if matches!(rest, "" | "年" | "년") => is_year(number).then_some('y'),
        _ => is_numeric_date(token).then_some('n'),
    }
}

fn is_year(number: &str) -> bool {
    number.parse().is_ok_and(|year: u16| (1900..2100).contains(&year))
}

/// `5/11/2019`, `2019-11-05`, `05.11.2019`, `2019年11月5日`: a year, at one end, and two numbers.
fn is_numeric_date(token: &str) -> bool {
    let token = token.trim_end_matches('日');
    let parts: Vec<&str> = token.split(['/', '-', '.', '年', '月']).collect();
    let small = |part: &str| part.parse::<u8>().is_ok_and(|number| (1..=31).contains(&number));
    match parts[..] {
        [one, two, three] => {
            (is_year(one) && small(two) && small(three)) || (small(one) && small(two) && is_year(three))
        }
        _ => false,
    }
}

/// `10:15`, `18h30`, `(GMT+7)`.
fn is_time(token: &str) -> bool {
    let bare = token.trim_matches(['(', ')', ',', '|', '-', '–']);
    let clock = bare.len() <= 8
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.contains([':', 'h'])
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | 'h'));
    clock || bare.is_empty() || bare.starts_with("GMT") || bare.starts_with("UTC")
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
        ] {
            assert!(is_date(line), "{line}: {:?}", shape(line));
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
            "",
        ] {
            assert!(!is_date(line), "{line}: {:?}", shape(line));
        }
        assert!(is_month_and_year("March 2019") && !is_month_and_year("World Cup 2022"));
    }
}
