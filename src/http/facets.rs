//! What a set of events is about: languages, sources, names, places, and the dates that the texts mention.

use std::collections::BTreeMap;

use serde::Serialize;

use super::search::Read;
use crate::event::{Entity, EntityType, Event};

/// How many of each are told: what a chart can show.
const TOP: usize = 12;
const PLACES_TOP: usize = 120;

/// A count in the making; one for each article, however often it names a thing.
#[derive(Debug, Default)]
pub(super) struct Facets {
    languages: BTreeMap<String, u32>,
    sources: BTreeMap<String, u32>,
    reasons: BTreeMap<&'static str, u32>,
    names: BTreeMap<(EntityType, String), Named>,
    dates: BTreeMap<String, u32>,
}

/// An entity with the number of articles that name it.
#[derive(Clone, Debug, Serialize)]
struct Named {
    name: String,
    r#type: EntityType,
    id: Option<String>,
    country: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    articles: u32,
}

/// The counts, the highest first; dates in their order.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    languages: Vec<(String, u32)>,
    sources: Vec<(String, u32)>,
    reasons: Vec<(&'static str, u32)>,
    names: Vec<Named>,
    places: Vec<Named>,
    /// Months, or years where no month is known, and how often the texts mention them.
    dates: Vec<(String, u32)>,
}

impl Facets {
    pub(super) fn add(&mut self, read: &Read) {
        match read {
            Read::Event(event) => self.add_event(event),
            Read::Letter(letter) => *self.reasons.entry(letter.reason).or_insert(0) += 1,
        }
    }

    fn add_event(&mut self, event: &Event) {
        if let Some(language) = &event.language {
            *self.languages.entry(language.tag.as_str().to_owned()).or_insert(0) += 1;
        }
        if let Some(source) = source(event) {
            *self.sources.entry(source).or_insert(0) += 1;
        }
        for entity in &event.entities {
            let key = entity.id.clone().unwrap_or_else(|| entity.name.clone());
            self.names.entry((entity.r#type, key)).or_insert_with(|| Named::of(entity)).articles += 1;
        }
        for date in &event.dates {
            if let Some(month) = month(date.value.as_str()) {
                *self.dates.entry(month.to_owned()).or_insert(0) += 1;
            }
        }
    }

    pub(super) fn finish(self) -> Told {
        let mut names: Vec<Named> = self.names.into_values().collect();
        names.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
        let (mut places, mut names): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|named| named.r#type == EntityType::Place);
        places.truncate(PLACES_TOP);
        names.truncate(TOP);
        Told {
            languages: top(self.languages),
            sources: top(self.sources),
            reasons: top(self.reasons),
            names,
            places,
            dates: self.dates.into_iter().collect(),
        }
    }
}

impl Named {
    fn of(entity: &Entity) -> Self {
        Self {
            name: entity.name.clone(),
            r#type: entity.r#type,
            id: entity.id.clone(),
            country: entity.country.clone(),
            lat: entity.geo.as_ref().map(|geo| geo.lat),
            lon: entity.geo.as_ref().map(|geo| geo.lon),
            articles: 0,
        }
    }
}

/// Who published it, as far as that is known.
fn source(event: &Event) -> Option<String> {
    let host = || {
        let url = event.source.canonical_url.as_deref()?;
        url.split("://").nth(1)?.split('/').next().map(str::to_owned)
    };
    event.source.publisher.clone().or_else(host)
}

/// The month, or the year, in which a date in EDTF begins; `None` where the year is not known or not of four digits.
fn month(edtf: &str) -> Option<&str> {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let year = edtf.get(..4).filter(|year| digits(year))?;
    let month = edtf.get(5..7).filter(|month| edtf.as_bytes()[4] == b'-' && digits(month));
    // Months above 12 are EDTF's seasons, quarters and halves.
    match month {
        Some(month) if ("01"..="12").contains(&month) => Some(&edtf[..7]),
        Some(_) | None => Some(year),
    }
}

fn top<K: Ord>(counts: BTreeMap<K, u32>) -> Vec<(K, u32)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    // The sort is stable: what is equally frequent stays in the order of its name.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(TOP);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_counts_in_its_month_or_year() {
        let check = |edtf: &str, expected: Option<&str>| assert_eq!(month(edtf), expected, "{edtf}");
        check("2019-11-05", Some("2019-11"));
        check("2019-11", Some("2019-11"));
        check("2019-06/2019-11", Some("2019-06"));
        check("2024-03-14T09:30:00", Some("2024-03"));
        check("2021-03-14~", Some("2021-03"));
        check("2019", Some("2019"));
        check("2019/..", Some("2019"));
        check("2019-23", Some("2019"));
        check("2019-XX-05", Some("2019"));
        check("201X", None);
        check("XXXX-09-30", None);
        check("../2019", None);
        check("-0044", None);
        check("Y17000", None);
        check("", None);
    }

    #[test]
    fn the_most_frequent_comes_first_and_equals_by_name() {
        let counts = [("b", 2), ("a", 2), ("c", 9)].into_iter().collect();
        assert_eq!(top(counts), [("c", 9), ("a", 2), ("b", 2)]);
        assert_eq!(top((0..100).map(|key| (key, 1)).collect()).len(), TOP);
    }
}
