//! The things that the sentences name (`things.tsv`): what may be taken for each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use wiredesk::event::{Entity, EntityType};

/// Something with one identity in every language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thing {
    /// The types that it may have, the usual one first.
    pub(crate) types: Vec<EntityType>,
    /// Its ids in any scheme; each was confirmed by a public table of ids.
    ids: Vec<String>,
    /// Its display names, where no public id is known: any id will do whose entry has that name and type.
    names: Vec<String>,
}

/// Every thing, by its key.
#[derive(Debug, Default)]
pub(crate) struct Things(BTreeMap<String, Thing>);

impl Things {
    /// Reads the table.
    pub(crate) fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).expect("readable");
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let mut things = BTreeMap::new();
        for (number, line) in lines {
            let (key, thing) = row(line).unwrap_or_else(|| panic!("{}:{number}: {line}", file.display()));
            assert!(things.insert(key.to_owned(), thing).is_none(), "{number}: {key} stands twice");
        }
        Self(things)
    }

    /// What a mark names: a thing of the table, or an id on its own.
    pub(crate) fn of(&self, key: &str) -> Option<Thing> {
        let is_id = ["wikidata:", "iso3166-2:", "geonames:"].iter().any(|scheme| key.starts_with(scheme));
        let by_id = || Thing { ids: vec![key.to_owned()], ..Thing::default() };
        self.0.get(key).cloned().or_else(|| is_id.then(by_id))
    }

    /// Every key.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl Thing {
    /// Whether an entity is this thing: by an id, else by its display name and type.
    pub(crate) fn is(&self, entity: &Entity) -> bool {
        let Some(id) = &entity.id else { return false };
        let by_id = self.ids.iter().any(|known| known == id || entity.same_as.contains(known));
        by_id
            || self.types.contains(&entity.r#type) && self.names.iter().any(|name| folded(name) == folded(&entity.name))
    }
}

fn row(line: &str) -> Option<(&str, Thing)> {
    let [key, types, ids, names] = line.split('\t').collect::<Vec<_>>()[..] else { return None };
    let list = |text: &str| text.split('|').filter(|part| *part != "-").map(str::to_owned).collect::<Vec<_>>();
    let of_name = |name: &String| EntityType::ALL.into_iter().find(|kind| kind.as_str() == name);
    let types = list(types).iter().map(of_name).collect::<Option<Vec<_>>>()?;
    let thing = Thing { types, ids: list(ids), names: list(names) };
    (!thing.types.is_empty() && thing.ids.len() + thing.names.len() > 0).then_some((key, thing))
}

/// What a body's display name may end in or not.
const ENDS: &[&str] =
    &[" ag", " co", " company", " corp", " corporation", " fc", " group", " inc", " ltd", " nv", " plc", " sa", " se"];

/// A name without case, marks on letters, dots, the article and legal forms: display names differ in these.
fn folded(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let bare: String = name
        .nfd()
        .filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-')
        .map(|c| match c {
            'đ' | 'Đ' => 'd',
            'ł' | 'Ł' => 'l',
            'ø' | 'Ø' => 'o',
            'ı' | 'İ' => 'i',
            '-' => ' ',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect();
    let bare = bare.strip_prefix("the ").unwrap_or(&bare);
    ENDS.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare).to_owned()
}

#[test]
fn names_are_folded() {
    assert_eq!(folded("The Hague"), folded("the hague"));
    assert_eq!(folded("Recep Tayyip Erdoğan"), folded("Recep Tayyip Erdogan"));
    assert_eq!(folded("Kakao Corp."), folded("Kakao"));
    assert_eq!(folded("Washington, D.C."), folded("Washington DC"));
    assert_ne!(folded("Córdoba (Spain)"), folded("Córdoba"));
}
