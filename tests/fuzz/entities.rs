//! What is promised of entities, whatever the text and the language that it is taken for.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use wiredesk::enrich::entity::Tagger;
use wiredesk::event::{Entity, EntityType, Field};
use wiredesk::lexicon::Lexicon;
use wiredesk::text::{self, Fields};

static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(Arc::new(Lexicon::embedded())));

/// Of text in any language: the tagger finds the same each time, and what it finds is in order. The first line of every
/// other input is its title.
pub(crate) fn tagged(input: &[u8]) {
    let Some((&choice, text)) = input.split_first() else { return };
    let text = text::normalise(&String::from_utf8_lossy(text));
    let (title, body) = match text.split_once('\n').filter(|_| choice >= 128) {
        Some((title, body)) => (Some(title), body),
        None => (None, text.as_str()),
    };
    let language = super::language(choice);
    let entities = TAGGER.tag(Fields { title, body }, &language);
    check(title.unwrap_or_default(), body, &entities);
    assert_eq!(TAGGER.tag(Fields { title, body }, &language), entities, "the same text has the same entities");
}

/// Entities keep the contract: ids are well-formed and each stands once, candidates stand only where the id is open,
/// mentions are in order, slice their field and never overlap.
pub(crate) fn check(title: &str, body: &str, entities: &[Entity]) {
    let (title, body): (Vec<char>, Vec<char>) = (title.chars().collect(), body.chars().collect());
    let mut spans = Vec::new();
    let mut ids = BTreeSet::new();
    for entity in entities {
        identity(entity);
        assert!(entity.id.as_ref().is_none_or(|id| ids.insert(id)), "{} is two entities", entity.name);
        assert!(!entity.name.is_empty() && !entity.mentions.is_empty(), "{entity:?}");
        assert_eq!(entity.count as usize, entity.mentions.len(), "{}", entity.name);
        assert!(entity.mentions.is_sorted_by_key(|mention| (mention.r#in, mention.start)), "{entity:?}");
        for mention in &entity.mentions {
            let field = match mention.r#in {
                Field::Title => &title,
                Field::Body => &body,
            };
            let (start, end) = (mention.start as usize, mention.end as usize);
            assert!(start < end && end <= field.len(), "{start}..{end} of {}", field.len());
            assert_eq!(field[start..end].iter().collect::<String>(), mention.text);
            assert_eq!(mention.text.trim(), mention.text, "a name starts and ends with what is written");
            assert!(mention.text.contains(char::is_alphanumeric), "{:?} is no name", mention.text);
            spans.push((mention.r#in, start, end));
        }
    }
    spans.sort_unstable();
    let apart = spans.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1);
    assert!(apart, "mentions overlap: {spans:?}");
    let saliences: Vec<f64> = entities.iter().map(|entity| entity.salience.get()).collect();
    assert!(saliences.is_sorted_by(|a, b| a >= b), "the most salient comes first: {saliences:?}");
}

/// The id and what else is said of the thing.
fn identity(entity: &Entity) {
    let mut ids: Vec<&String> = entity.id.iter().chain(&entity.same_as).chain(&entity.candidates).collect();
    assert!(ids.iter().all(|id| is_id(id)), "{ids:?}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice: {entity:?}");
    assert!(entity.id.is_none() || entity.candidates.is_empty(), "candidates beside an id: {entity:?}");
    assert!(entity.id.is_some() || entity.same_as.is_empty(), "other ids of what has none: {entity:?}");
    // One candidate alone: it, or something of the name that the lexicon does not have.
    assert!(entity.candidates.is_empty() || entity.confidence.get() <= 0.4, "sure of what is in doubt: {entity:?}");
    for score in [entity.confidence.get(), entity.salience.get()] {
        assert!((0.0..=1.0).contains(&score), "{entity:?}");
    }
    let is_code = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    assert!(entity.country.as_ref().is_none_or(is_code), "{:?}", entity.country);
    if let Some(geo) = &entity.geo {
        assert_eq!(entity.r#type, EntityType::Place, "{entity:?}");
        assert!(geo.lat.abs() <= 90.0 && geo.lon.abs() <= 180.0, "{geo:?}");
    }
}

/// Whether an id has the syntax of its scheme.
fn is_id(id: &str) -> bool {
    let Some((scheme, value)) = id.split_once(':') else { return false };
    let all = |text: &str, is: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(is);
    match scheme {
        "wikidata" => value.strip_prefix('Q').is_some_and(|number| all(number, u8::is_ascii_digit)),
        "geonames" => all(value, u8::is_ascii_digit),
        "iso3166-2" => value.split_once('-').is_some_and(|(country, part)| {
            country.len() == 2
                && all(country, u8::is_ascii_uppercase)
                && (1..=3).contains(&part.len())
                && all(part, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        }),
        "wiredesk" => all(value, |byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.' | b'+')
        }),
        _ => false,
    }
}

/// A check that cannot fail checks nothing: each of these faults is seen.
#[cfg(test)]
#[test]
fn faults_are_seen() {
    use wiredesk::event::{EntityBasis, Geo, Mention, Score};
    let mention = |start: u32, end: u32, text: &str| Mention { r#in: Field::Body, start, end, text: text.to_owned() };
    let good = Entity {
        id: Some("wikidata:Q159".to_owned()),
        same_as: vec!["iso3166-2:RU-MOW".to_owned()],
        r#type: EntityType::Place,
        name: "Nga".to_owned(),
        confidence: Score::new(0.9),
        candidates: Vec::new(),
        country: Some("RU".to_owned()),
        geo: None,
        count: 1,
        salience: Score::new(0.5),
        basis: EntityBasis::Lexicon,
        mentions: vec![mention(0, 3, "Nga")],
    };
    let holds = |entities: Vec<Entity>| std::panic::catch_unwind(|| check("", "Nga và Mỹ", &entities)).is_ok();
    assert!(holds(vec![good.clone()]));
    let other = Entity { id: None, same_as: Vec::new(), ..good.clone() };
    assert!(!holds(vec![good.clone(), other.clone()]), "two mentions of the same words");
    assert!(!holds(vec![good.clone(), Entity { mentions: vec![mention(7, 9, "Mỹ")], ..good.clone() }]), "one id twice");
    let faults: &[fn(&mut Entity)] = &[
        |entity| entity.count = 2,
        |entity| entity.id = Some("wikidata:159".to_owned()),
        |entity| entity.id = Some("iso3166-2:RUS-1".to_owned()),
        |entity| entity.id = None,
        |entity| entity.same_as.push("wikidata:Q159".to_owned()),
        |entity| entity.candidates.push("wikidata:Q30".to_owned()),
        |entity| entity.country = Some("rus".to_owned()),
        |entity| entity.geo = Some(Geo { lat: 91.0, lon: 0.0, geonames: None }),
        |entity| entity.mentions[0].end = 4,
        |entity| entity.mentions[0] = Mention { r#in: Field::Body, start: 3, end: 6, text: " và".to_owned() },
        |entity| entity.mentions.clear(),
        |entity| entity.name.clear(),
    ];
    for (number, fault) in faults.iter().enumerate() {
        let mut bad = good.clone();
        fault(&mut bad);
        assert!(!holds(vec![bad]), "fault {number} is not seen");
    }
}
