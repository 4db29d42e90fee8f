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
                assert_eq!(*word, word.to_lowercase(), "{tag}: list {word} in lower case");
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
const FACTS: &str = "
advent - 2016-11-27
advent - 2017-12-03
advent - 2022-11-27
advent - 2023-12-03
all-saints SE 2008-11-01
all-saints SE 2021-11-06
asalha-bucha - 2015-07-30
asalha-bucha - 2018-07-27
asalha-bucha - 2021-07-24
asalha-bucha - 2023-08-01
asalha-bucha - 2024-07-20
ascension - 1996-05-16
ascension - 2024-05-09
ash-wednesday - 1993-02-24
ash-wednesday - 1994-02-16
ashura - 2008-01-19
ashura - 2024-07-16
black-friday - 2013-11-29
black-friday - 2024-11-29
boss-day - 2013-10-16
boss-day - 2016-10-17
boss-day - 2021-10-15
chhath - 2019-11-02
chhath - 2023-11-19
chinese-new-year - 1997-02-07
chinese-new-year KR 1997-02-08
chinese-new-year - 1999-02-16
chinese-new-year KR 1999-02-16
chinese-new-year VN 2007-02-17
chinese-new-year - 2016-02-08
chinese-new-year KR 2016-02-08
chinese-new-year - 2024-02-10
chinese-new-year KR 2024-02-10
chinese-new-year VN 2024-02-10
chinese-new-year VN 2030-02-02
clean-monday - 1997-03-10
clean-monday - 2004-02-23
corpus-christi - 1993-06-10
corpus-christi - 2022-06-16
diwali - 2005-11-01
diwali - 2013-11-03
diwali - 2019-10-27
diwali - 2024-10-31
diwali - 2030-10-26
double-ninth - 1997-10-10
double-ninth - 1999-10-17
double-ninth - 2016-10-09
double-ninth - 2024-10-11
dragon-boat-festival - 1997-06-09
dragon-boat-festival - 1999-06-18
dragon-boat-festival - 2016-06-09
dragon-boat-festival - 2024-06-10
dussehra - 2012-10-24
dussehra - 2018-10-19
dussehra - 2024-10-12
earth-hour - 2013-03-23
earth-hour - 2016-03-19
earth-hour - 2018-03-24
earth-hour - 2019-03-30
earth-hour - 2024-03-23
easter - 1999-04-04
easter - 2010-04-04
easter-monday - 1994-04-04
easter-monday - 2016-03-28
eid-al-adha - 2008-12-08
eid-al-adha - 2025-06-06
eid-al-fitr - 2008-10-01
eid-al-fitr - 2025-03-30
election-day-us - 2016-11-08
election-day-us - 2020-11-03
election-day-us - 2022-11-08
emperors-birthday - 2018-12-23
emperors-birthday - 2020-02-23
enkutatash - 2019-09-12
enkutatash - 2023-09-12
ganesh-chaturthi - 2017-08-25
ganesh-chaturthi - 2024-09-07
good-friday - 2015-04-03
good-friday - 2031-04-11
great-prayer-day - 2005-04-22
great-prayer-day - 2016-04-22
guru-nanak-jayanti - 2011-11-10
guru-nanak-jayanti - 2020-11-30
hanukkah - 1993-12-08/1993-12-15
hanukkah IL 1993-12-09/1993-12-16
hanukkah - 2004-12-07/2004-12-14
hanukkah IL 2004-12-08/2004-12-15
hanukkah - 2015-12-06/2015-12-13
hanukkah IL 2015-12-07/2015-12-14
hanukkah - 2027-12-24/2027-12-31
hanukkah IL 2027-12-25/2028-01-01
holi - 2006-03-15
holi - 2016-03-24
holi - 2019-03-21
holi - 2025-03-14
iran-revolution - 2010-02-11
iran-revolution - 2026-02-11
iran-revolution - 2027-02-11
iran-revolution - 2034-02-10
islamic-new-year - 2008-01-10
islamic-new-year - 2024-07-07
jumatul-wida - 2017-06-23
jumatul-wida - 2018-06-08
keiro - 2002-09-15
keiro - 2024-09-16
kings-day - 2006-04-29
kings-day - 2012-04-30
kings-day - 2014-04-26
kings-day - 2018-04-27
kings-day - 2025-04-26
labor-day - 1997-09-01
labor-day - 2025-09-01
lag-baomer IL 1994-04-29
lag-baomer IL 2005-05-27
lag-baomer IL 2016-05-26
lag-baomer IL 2028-05-14
lantern-festival CN 1997-02-21
lantern-festival CN 1999-03-02
lantern-festival CN 2016-02-22
lantern-festival CN 2024-02-24
lazarus-saturday - 1993-04-10
lazarus-saturday - 2026-04-04
lent - 2018-02-14/2018-03-31
lent - 2027-02-10/2027-03-27
losar - 2018-02-16
magha-bucha - 2015-03-04
magha-bucha - 2018-03-01
magha-bucha - 2021-02-26
magha-bucha - 2023-03-06
magha-bucha - 2024-02-24
maha-shivaratri - 2004-02-18
maha-shivaratri - 2018-02-13
maha-shivaratri - 2024-03-08
matariki - 2022-06-24
matariki - 2023-07-14
matariki - 2024-06-28
matariki - 2025-06-20
matariki - 2026-07-10
matariki - 2028-07-14
matariki - 2030-06-21
mawlid - 2008-03-20
mawlid - 2024-09-15
memorial-day - 2004-05-31
memorial-day - 2021-05-31
meskel - 2023-09-28
mid-autumn CN 1997-09-16
mid-autumn KR 1997-09-16
mid-autumn CN 1999-09-24
mid-autumn KR 1999-09-24
mid-autumn CN 2016-09-15
mid-autumn KR 2016-09-15
mid-autumn CN 2024-09-17
mid-autumn KR 2024-09-17
midsummer SE 2009-06-20
midsummer SE 2020-06-20
mlk-day - 1990-01-15
mlk-day - 2012-01-16
mlk-day - 2024-01-15
mothers-day GB 2013-03-10
mothers-day FR 2013-05-26
mothers-day FR 2015-05-31
mothers-day FR 2020-06-07
mothers-day GB 2024-03-10
mothers-day FR 2024-05-26
mothers-day GB 2025-03-30
nowruz - 2009-03-21
nowruz - 2025-03-21
nowruz - 2026-03-21
nowruz - 2033-03-20
nyepi - 2010-03-16
nyepi - 2013-03-12
nyepi - 2017-03-28
nyepi - 2019-03-07
nyepi - 2021-03-14
nyepi - 2023-03-22
nyepi - 2024-03-11
nyepi - 2025-03-29
onam - 2013-09-16
onam - 2018-08-25
onam - 2024-09-15
orthodox-christmas - 1999-01-07
orthodox-christmas UA 2022-01-07
orthodox-christmas - 2024-01-07
orthodox-christmas UA 2024-12-25
orthodox-easter - 2017-04-16
orthodox-easter - 2025-04-20
orthodox-good-friday - 1993-04-16
orthodox-good-friday - 2026-04-10
orthodox-pentecost - 2027-06-20
orthodox-pentecost - 2030-06-16
palm-sunday - 1992-04-12
palm-sunday - 2003-04-13
parsi-new-year - 2016-08-17
parsi-new-year - 2018-08-17
parsi-new-year - 2020-08-16
passover - 1994-03-26/1994-04-03
passover IL 1994-03-27/1994-04-02
passover - 2005-04-23/2005-05-01
passover IL 2005-04-24/2005-04-30
passover - 2016-04-22/2016-04-30
passover IL 2016-04-23/2016-04-29
passover - 2028-04-10/2028-04-18
passover IL 2028-04-11/2028-04-17
pentecost - 2013-05-19
pentecost - 2027-05-16
presidents-day - 2011-02-21
programmers-day - 2012-09-12
programmers-day - 2013-09-13
purim IL 1994-02-25
purim IL 2005-03-25
purim IL 2016-03-24
purim IL 2028-03-12
qingming - 2012-04-04
qingming - 2018-04-05
qingming - 2025-04-04
qixi CN 1997-08-09
qixi CN 1999-08-17
qixi CN 2016-08-09
qixi CN 2024-08-10
raksha-bandhan - 2012-08-02
raksha-bandhan - 2019-08-15
raksha-bandhan - 2023-08-30
ramadan - 2008-09-01/2008-09-30
ramadan - 2025-03-01/2025-03-29
rath-yatra - 2015-07-18
rath-yatra - 2022-07-01
repentance-day - 2003-11-19
repentance-day - 2022-11-16
rosh-hashanah - 1993-09-15/1993-09-17
rosh-hashanah - 2004-09-15/2004-09-17
rosh-hashanah - 2015-09-13/2015-09-15
rosh-hashanah - 2027-10-01/2027-10-03
seijin - 1999-01-15
seijin - 2000-01-10
seijin - 2024-01-08
shavuot IL 1994-05-16
shavuot IL 2005-06-13
shavuot IL 2016-06-12
shavuot IL 2028-05-31
shrove-tuesday - 1995-02-28
shrove-tuesday - 2017-02-28
shubun - 1990-09-23
shubun - 2012-09-22
shubun - 2024-09-22
shunbun - 1996-03-20
shunbun - 2012-03-20
shunbun - 2024-03-20
shunbun - 2030-03-20
spring-bank-holiday - 1997-05-26
spring-bank-holiday - 2019-05-27
sukkot - 1993-09-29/1993-10-07
sukkot - 2004-09-29/2004-10-07
sukkot - 2015-09-27/2015-10-05
sukkot - 2027-10-15/2027-10-23
super-bowl-sunday - 2013-02-03
super-bowl-sunday - 2022-02-13
super-bowl-sunday - 2024-02-11
thaipusam - 2013-01-27
thaipusam - 2015-02-03
thaipusam - 2018-01-31
thaipusam - 2019-01-21
thaipusam - 2021-01-28
thaipusam - 2022-01-18
thaipusam - 2024-01-25
thanksgiving US 1994-11-24
thanksgiving US 2013-11-28
thanksgiving US 2029-11-22
tisha-bav IL 1994-07-17
tisha-bav IL 2005-08-14
tisha-bav IL 2016-08-14
tisha-bav IL 2028-08-01
trinity-sunday - 1995-06-11
trinity-sunday - 2005-05-22
tu-bishvat IL 1994-01-27
tu-bishvat IL 2005-01-25
tu-bishvat IL 2016-01-25
tu-bishvat IL 2028-02-12
vesak SG 2007-05-31
vesak SG 2015-06-01
vesak TH 2015-06-01
vesak SG 2018-05-29
vesak TH 2018-05-29
vesak TH 2021-05-26
vesak TH 2022-05-15
vesak TH 2023-06-03
vesak SG 2024-05-22
vesak TH 2024-05-22
victoria-day - 2004-05-24
victoria-day - 2015-05-18
victoria-day - 2026-05-18
yom-haatzmaut IL 1998-04-30
yom-haatzmaut IL 2005-05-12
yom-haatzmaut IL 2008-05-08
yom-haatzmaut IL 2013-04-16
yom-haatzmaut IL 2018-04-19
yom-haatzmaut IL 2024-05-14
yom-kippur - 1993-09-24
yom-kippur IL 1993-09-25
yom-kippur - 2004-09-24
yom-kippur IL 2004-09-25
yom-kippur - 2015-09-22
yom-kippur IL 2015-09-23
yom-kippur - 2027-10-10
yom-kippur IL 2027-10-11
";

#[test]
fn holidays_fall_on_the_days_of_the_almanacs() {
    let facts = FACTS.lines().filter(|line| !line.is_empty());
    for fact in facts {
        let parts: Vec<&str> = fact.split(' ').collect();
        let [key, country, expected] = parts[..] else { panic!("{fact}") };
        check(key, country.trim_matches('-'), expected);
    }
}
