//! Numbers written in Han characters: by rule (二十三, 三十), or digit by digit as years are (二〇二四).

/// A number, and how many digits it would have.
pub(super) type Numeral = (u32, u8);

/// No number of a date or a count is longer: 一千九百九十九.
const LETTERS_MAX: usize = 8;

fn digit(letter: char) -> Option<u32> {
    Some(match letter {
        '〇' | '○' | '零' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn power(letter: char) -> Option<u32> {
    Some(match letter {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

fn is_letter(letter: char) -> bool {
    digit(letter).is_some() || power(letter).is_some()
}

/// Whether a letter before a numeral makes it the end of a larger number: 三万五, 5千.
fn continues(letter: char) -> bool {
    letter.is_numeric() || is_letter(letter) || matches!(letter, '万' | '萬' | '亿' | '億' | '.' | '几' | '幾' | '数')
}

/// The number that a text starts with, and its bytes.
pub(super) fn starting(text: &str) -> Option<(Numeral, usize)> {
    let bytes: usize =
        text.chars().take(LETTERS_MAX + 1).take_while(|letter| is_letter(*letter)).map(char::len_utf8).sum();
    Some((value(&text[..bytes])?, bytes))
}

/// The number that a text ends with, and the byte where it starts.
pub(super) fn ending(text: &str) -> Option<(Numeral, usize)> {
    let letters = || text.chars().rev().take(LETTERS_MAX + 1);
    // The first year of an era and the first month: 元年, 元月.
    let first = text.ends_with('元');
    let bytes: usize = if first {
        '元'.len_utf8()
    } else {
        letters().take_while(|letter| is_letter(*letter)).map(char::len_utf8).sum()
    };
    let start = text.len() - bytes;
    if text[..start].chars().next_back().is_some_and(continues) {
        return None;
    }
    let value = if first { Some((1, 1)) } else { value(&text[start..]) };
    Some((value?, start))
}

/// The day of a lunar month that a text starts with, and its bytes: 初五, 十五, 廿三.
pub(super) fn lunar_day(text: &str) -> Option<(u8, usize)> {
    let (tens, rest) = match text.chars().next()? {
        '初' => (0, &text['初'.len_utf8()..]),
        '廿' => (20, &text['廿'.len_utf8()..]),
        _ => {
            let ((value, _), bytes) = starting(text)?;
            return u8::try_from(value).ok().filter(|day| (10..=30).contains(day)).map(|day| (day, bytes));
        }
    };
    let letter = rest.chars().next();
    let ones = letter.and_then(|letter| if letter == '十' && tens == 0 { Some(10) } else { digit(letter) });
    match (ones, tens) {
        (Some(ones @ 1..), _) => Some((u8::try_from(tens + ones).ok()?, text.len() - rest.len() + letter?.len_utf8())),
        (_, 20) => Some((20, text.len() - rest.len())),
        _ => None,
    }
}

fn value(text: &str) -> Option<Numeral> {
    let letters = text.chars().count();
    if letters == 0 || letters > LETTERS_MAX {
        return None;
    }
    let value = if text.chars().any(|letter| power(letter).is_some()) {
        by_rule(text)?
    } else {
        // 二三 is "two or three"; a zero between digits says that they stand for one number.
        let positional = letters == 1 || letters == 4 || text.contains(['〇', '○', '零']);
        let digits = text.chars().filter_map(digit).fold(0_u32, |value, digit| value * 10 + digit);
        return positional.then(|| (digits, u8::try_from(letters).expect("at most eight")));
    };
    Some((value, u8::try_from(value.checked_ilog10()? + 1).expect("a thousand has four digits")))
}

/// Each power of ten once and in falling order, with the digit before it; without one, it counts once.
fn by_rule(text: &str) -> Option<u32> {
    let (mut sum, mut pending, mut last) = (0, None, u32::MAX);
    for letter in text.chars() {
        if let Some(power) = power(letter) {
            if power >= last {
                return None;
            }
            sum += power * pending.take().unwrap_or(1);
            last = power;
        } else {
            let digit = digit(letter)?;
            if pending.is_some_and(|before| before > 0) {
                return None;
            }
            pending = Some(digit);
        }
    }
    Some(sum + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Numeral>) {
        assert_eq!(starting(text).map(|(value, _)| value), expected, "{text}");
    }

    #[test]
    fn numbers_are_read_by_rule_and_digit_by_digit() {
        check("二十三日", Some((23, 2)));
        check("三十", Some((30, 2)));
        check("十", Some((10, 2)));
        check("二〇〇八年", Some((2008, 4)));
        check("一九三六", Some((1936, 4)));
        check("两年", Some((2, 1)));
        check("二百零五", Some((205, 3)));
        check("二三", None);
        check("十百", None);
        check("年", None);
    }

    #[test]
    fn a_number_ends_before_its_unit() {
        assert_eq!(ending("去年十一"), Some(((11, 2), 6)));
        assert_eq!(ending("令和元"), Some(((1, 1), 6)));
        assert_eq!(ending("3万五"), None);
        assert_eq!(ending("500元"), None);
    }
}
