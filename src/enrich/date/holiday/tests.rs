use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::is_nfc;

use super::*;

static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(Holidays::new);

/// The day, or the first and last one, of a holiday; the country is empty where none is known.
#[track_caller]
fn check(key: &str, country: &str, expected: &str) {
    let id = HOLIDAYS.id(key).unwrap_or_else(|| panic!("{key} is no holiday"));
    let year = expected[..4].parse().expect("a year comes first");
    let country = Some(country).filter(|country| !country.is_empty());
    let found = HOLIDAYS.day(id, year, country, "und");
    let found = found.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}/{last}") });
    assert_eq!(found.as_deref(), Some(expected), "{key} {country:?}");
}

/// What a name means in a language, as a day of 2024 and without a country.
#[track_caller]
fn named(language: &str, name: &str, expected: &str) {
    let id = HOLIDAYS.names(language).find(|(found, _)| *found == name).map(|(_, id)| id);
    let id = id.unwrap_or_else(|| panic!("{language}: {name} is no name"));
    let first = HOLIDAYS.day(id, 2024, None, language).map(|(first, _)| first.to_string());
    assert_eq!(first.as_deref(), Some(expected), "{language}: {name}");
}

#[test]
fn the_language_says_which_country_is_meant() {
    named("en", "mother's day", "2024-05-12");
    named("fr", "fête des mères", "2024-05-26");
    named("es", "día de la madre", "2024-05-05");
    named("de", "vatertag", "2024-05-09");
    named("de", "eid al-adha", "2024-06-16");
    named("en", "labor day", "2024-09-02");
    named("en", "labour day", "2024-05-01");
    named("en", "mother’s day", "2024-05-12");
}

#[test]
fn names_mean_the_feast_of_their_press() {
    named("ar", "عيد الفطر", "2024-04-10");
    named("ar", "اليوم الوطني", "2024-09-23");
    named("bg", "великден", "2024-05-05");
    named("bn", "পহেলা বৈশাখ", "2024-04-14");
    named("ca", "diada", "2024-09-11");
    named("cs", "velký pátek", "2024-03-29");
    named("da", "grundlovsdag", "2024-06-05");
    named("el", "μεγάλη παρασκευή", "2024-05-03");
    named("fa", "نوروز", "2024-03-20");
    named("fi", "juhannusaattona", "2024-06-21");
    named("fil", "araw ng mga bayani", "2024-08-26");
    named("he", "יום כיפור", "2024-10-12");
    named("he", "חנוכה", "2024-12-26");
    named("hi", "होली", "2024-03-25");
    named("hi", "स्वतंत्रता दिवस", "2024-08-15");
    named("hr", "dan državnosti", "2024-05-30");
    named("hu", "húsvéthétfőn", "2024-04-01");
    named("id", "hari ibu", "2024-12-22");
    named("id", "imlek", "2024-02-10");
    named("it", "ferragosto", "2024-08-15");
    named("ja", "海の日", "2024-07-15");
    named("ko", "추석", "2024-09-17");
    named("ms", "aidiladha", "2024-06-16");
    named("nb", "farsdag", "2024-11-10");
    named("nl", "koningsdag", "2024-04-27");
    named("pl", "dnia matki", "2024-05-26");
    named("pt", "dia dos pais", "2024-08-11");
    named("ro", "paștele", "2024-05-05");
    named("ru", "масленицу", "2024-03-11");
    named("en", "new year’s eve", "2024-12-31");
    named("ru", "день матери", "2024-11-24");
    named("sk", "veľkú noc", "2024-03-31");
    named("sl", "velika noč", "2024-03-31");
    named("sr", "васкрс", "2024-05-05");
    named("sv", "midsommarafton", "2024-06-21");
    named("sv", "alla helgons dag", "2024-11-02");
    named("sw", "ijumaa kuu", "2024-03-29");
    named("ta", "பொங்கல்", "2024-01-15");
    named("th", "วันวิสาขบูชา", "2024-05-22");
    named("tr", "çocuk bayramı", "2024-04-23");
    named("uk", "день незалежності", "2024-08-24");
    named("uk", "різдво", "2024-12-25");
    named("vi", "giỗ tổ hùng vương", "2024-04-18");
    named("vi", "quốc khánh", "2024-09-02");
    named("zh", "国庆节", "2024-10-01");
    named("zh", "除夕", "2024-02-09");
}

#[test]
fn names_of_other_languages_are_hidden_by_the_language_s_own() {
    let id = |language: &str, name: &str| HOLIDAYS.names(language).filter(|(found, _)| *found == name).count();
    assert_eq!(id("fr", "lent"), 0);
    assert_eq!(id("de", "ramadan"), 1);
    assert_eq!(id("xx", "eid al-fitr"), 1);
    assert!(HOLIDAYS.needs_capital("en").any(|name| name == "lent"));
    assert!(HOLIDAYS.months("fa").any(|(name, ..)| name == "فروردین"));
}

#[test]
fn a_lunar_year_can_hold_a_feast_twice_or_not_at_all() {
    let days = |key: &str, year| {
        let id = HOLIDAYS.id(key).unwrap_or_else(|| panic!("{key} is no holiday"));
        HOLIDAYS.days(id, year, None, "en").into_iter().map(|(first, _)| first.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(days("eid-al-fitr", 2000), ["2000-01-08", "2000-12-27"]);
    assert_eq!(days("tenth-of-tevet", 2019), [""; 0]);
    assert_eq!(days("tenth-of-tevet", 2020), ["2020-01-07", "2020-12-25"]);
    assert_eq!(days("juneteenth", 0), [""; 0]);
}

#[test]
fn every_file_is_well_formed() {
    for (tag, text) in names::FILES.iter().chain(&[("shared", names::SHARED)]) {
        let written: names::Written = toml::from_str(text).unwrap_or_else(|error| panic!("{tag}: {error}"));
        assert!(is_nfc(text), "{tag} is not in NFC, the form of the texts");
        let mut seen = BTreeSet::new();
        for (key, words) in &written.names {
            assert!(HOLIDAYS.id(key).is_some(), "{tag}: {key} is no holiday");
            for word in words {
                assert!(seen.insert(word), "{tag}: {word} stands twice");
                // Initials are capitals wherever they stand: "MLK day".
                let initials =
                    word.split(' ').next().filter(|first| first.len() > 2 && **first == first.to_uppercase());
                let rest = word.strip_prefix(initials.unwrap_or_default()).unwrap_or(word);
                assert_eq!(rest, rest.to_lowercase(), "{tag}: list {word} in lower case");
                assert_eq!(word.trim(), word, "{tag}: {word}");
                assert!(!word.is_empty(), "{tag}: {key}");
            }
        }
        for (calendar, months) in &written.months {
            let expected = if *calendar == Calendar::Hebrew || *calendar == Calendar::Ethiopian { 13 } else { 12 };
            assert_eq!(months.len(), expected, "{tag}: {calendar:?}");
        }
    }
    assert!(names::FILES.is_sorted(), "the tags are looked up by bisection");
}

/// Facts that almanacs and gazettes print, and that independent implementations agree on: a holiday, the country where
/// it matters (`-` where not), and the day or first and last day.
const FACTS: &str = include_str!("facts.txt");

#[test]
fn holidays_fall_on_the_days_of_the_almanacs() {
    let facts = FACTS.lines().filter(|line| !line.is_empty());
    for fact in facts {
        let parts: Vec<&str> = fact.split(' ').collect();
        let [key, country, expected] = parts[..] else { panic!("{fact}") };
        check(key, country.trim_matches('-'), expected);
    }
}
