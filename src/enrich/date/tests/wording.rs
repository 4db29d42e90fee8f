//! What the words around a date make of it: weekdays with their day, lists, names, streets, and counts from a noun.

use super::check;

/// A Wednesday.
const DAY: Option<&str> = Some("2024-10-02");

#[test]
fn a_day_beside_its_weekday_is_the_nearest_that_falls_on_it() {
    check("es", DAY, "Jugará el viernes 11 ante Cuenca.", &[("el viernes 11", "2024-10-11")]);
    check("pt", DAY, "Choveu nesta terça-feira (1), em Natal, no litoral.", &[("nesta terça-feira (1)", "2024-10-01")]);
    check("en", DAY, "They met on Monday the 7th.", &[("on Monday the 7th", "2024-10-07")]);
    check("es", DAY, "Acudieron el viernes 11 personas.", &[("el viernes", "2024-09-27")]);
}

#[test]
fn years_of_a_list_are_years() {
    check("en", DAY, "He swam in 2007 and 2009.", &[("in 2007", "2007"), ("2009", "2009")]);
    check("en", DAY, "He swam in 2007 and 2009 people came.", &[("in 2007", "2007")]);
}

#[test]
fn a_range_without_a_year_is_the_one_that_started_last() {
    check(
        "it",
        DAY,
        "La mostra si è svolta dal 12 settembre al 7 ottobre.",
        &[("dal 12 settembre al 7 ottobre", "2024-09-12/2024-10-07")],
    );
}

#[test]
fn names_and_streets_are_no_dates() {
    check("fr", DAY, "La rue du 8 mai 1945 est calme.", &[]);
    check("it", DAY, "Ha vinto Marzia Maggio.", &[]);
    check("es", DAY, "Ganó Julio Domingo Abril.", &[]);
    check("it", DAY, "Ha vinto a maggio.", &[("a maggio", "2024-05")]);
}

#[test]
fn what_is_counted_from_a_noun_is_not_counted_from_the_date_before() {
    check("en", DAY, "On 1 May 2023 he won. Three days after the vote he left.", &[("On 1 May 2023", "2023-05-01")]);
    check(
        "en",
        DAY,
        "On 1 May 2023 he won. Three days later he left.",
        &[("On 1 May 2023", "2023-05-01"), ("Three days later", "2023-05-04")],
    );
    check(
        "fr",
        DAY,
        "Il part le 5 mai 2023. Le lendemain, il neige.",
        &[("le 5 mai 2023", "2023-05-05"), ("lendemain", "2023-05-06")],
    );
}

#[test]
fn a_decade_may_be_spelled_and_is_over() {
    check("fr", DAY, "Dans les années soixante, tout changeait.", &[("années soixante", "196X")]);
    check("fr", DAY, "Dans les années 20, tout changeait.", &[("années 20", "192X")]);
}
