//! How `data/holidays/rules.toml` writes a rule; `data/holidays/README.md` is its description.

use std::iter::Peekable;

use jiff::civil::Weekday;

use super::super::calendar::{Calendar, Moment};
use super::rule::{Base, Length, Rule, Step};

/// Reads rules with a semicolon between them; `None` if one of them is not a rule.
pub(super) fn rules(text: &str) -> Option<Vec<Rule>> {
    text.split(';').map(rule).collect()
}

fn rule(text: &str) -> Option<Rule> {
    let mut words = text.split_whitespace().peekable();
    let (base, length) = base(&mut words)?;
    let mut rule = Rule { base, steps: Vec::new(), length, sunset: false, years: 1..=i16::MAX };
    while let Some(word) = words.next() {
        match word {
            "sunset" => rule.sunset = true,
            "from" => rule.years = words.next()?.parse().ok()?..=*rule.years.end(),
            "until" => rule.years = *rule.years.start()..=words.next()?.parse().ok()?,
            "if" => rule.steps.push(Step::If { weekday: weekday(words.next()?)?, days: signed(words.next()?)? }),
            "clash" => {
                let (after_easter, days) = (signed(words.next()?)?, signed(words.next()?)?);
                rule.steps.push(Step::Clash { after_easter, days });
            }
            ">" | ">=" | "<" | "<=" => rule.steps.push(Step::To {
                weekday: weekday(words.next()?)?,
                forward: word.starts_with('>'),
                strict: word.len() == 1,
            }),
            _ if words.next_if_eq(&"days").is_some() => {
                rule.length = Length::Days(word.parse().ok().filter(|days| *days > 0)?);
            }
            _ => rule.steps.push(Step::Days(signed(word)?)),
        }
    }
    Some(rule)
}

fn base<'a>(words: &mut Peekable<impl Iterator<Item = &'a str>>) -> Option<(Base, Length)> {
    let first = words.next()?;
    let one = Length::Days(1);
    let base = match first {
        "easter" => Base::WesternEaster,
        "orthodox" => Base::OrthodoxEaster,
        "term" => Base::Term { longitude: words.next()?.parse().ok()?, zone_hours: words.next()?.parse().ok()? },
        "tithi" => {
            let (month, tithi) = pair(words.next()?)?;
            Base::Tithi { month, tithi, moment: moment(words.next()?)? }
        }
        "ingress" => Base::Ingress { sign: words.next()?.parse().ok()?, latest: moment(words.next()?)? },
        "mansion" => {
            let (mansion, sign) = pair(words.next()?)?;
            let moment = moment(words.next()?)?;
            Base::Mansion { mansion, sign, moment, full: words.next_if_eq(&"full").is_some() }
        }
        "every" => Base::Every {
            days: words.next()?.parse().ok().filter(|days| *days > 0)?,
            known: words.next()?.parse().ok()?,
        },
        "on" => {
            let mut days = Vec::new();
            while let Some(day) = words.next_if(|word| word.len() == 10) {
                days.push(day.parse().ok()?);
            }
            Base::On(days)
        }
        _ => {
            if let Some(calendar) = other(first) {
                let date = words.next()?;
                let month = date.parse().ok().map(|month| (month, 1));
                let length = if month.is_some() { Length::Month } else { one };
                let (month, day) = month.or_else(|| pair(date))?;
                return Some((Base::Other { calendar, month, day }, length));
            }
            if let Some((month, day)) = pair(first) {
                Base::Fixed { month, day }
            } else {
                let nth = first.parse().ok().filter(|nth| (-5..=5).contains(nth) && *nth != 0)?;
                Base::Nth { nth, weekday: weekday(words.next()?)?, month: words.next()?.parse().ok()? }
            }
        }
    };
    Some((base, one))
}

fn other(word: &str) -> Option<Calendar> {
    Some(match word {
        "hijri" => Calendar::Hijri,
        "persian" => Calendar::Persian,
        "hebrew" => Calendar::Hebrew,
        "chinese" => Calendar::Chinese,
        "korean" => Calendar::Korean,
        "vietnamese" => Calendar::Vietnamese,
        "indian" => Calendar::Indian,
        "ethiopian" => Calendar::Ethiopian,
        "julian" => Calendar::Julian,
        _ => return None,
    })
}

fn moment(word: &str) -> Option<Moment> {
    Some(match word {
        "dawn" => Moment::Dawn,
        "sunrise" => Moment::Sunrise,
        "morning" => Moment::Morning,
        "noon" => Moment::Noon,
        "afternoon" => Moment::Afternoon,
        "late" => Moment::Late,
        "sunset" => Moment::Sunset,
        "dusk" => Moment::Dusk,
        "evening" => Moment::Evening,
        "midnight" => Moment::Midnight,
        _ => return None,
    })
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Two numbers with a hyphen between them.
fn pair(word: &str) -> Option<(u8, u8)> {
    let (first, second) = word.split_once('-')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// A number with its sign.
fn signed(word: &str) -> Option<i32> {
    word.starts_with(['+', '-']).then(|| word.parse().ok())?
}
