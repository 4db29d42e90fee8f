//! The samples that stand beside the project where it is developed, with what an editor reads out of them.

use std::path::Path;

use super::*;

#[test]
fn the_samples_where_present() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected.json")) else { return };
    let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
    let mut misses = Vec::new();
    for (file, want) in expected.as_object().expect("an object") {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else { continue };
        let found = tag_whole(want["language"]["tag"].as_str().unwrap_or_default(), None, &text);
        for entity in want["entities"].as_array().expect("a list") {
            let text = |key: &str| entity[key].as_str().unwrap_or_default();
            if !found.iter().any(|entity| is_found(entity, text("type"), text("text"), text("id"))) {
                misses.push(format!("{file}: {} {} {}", text("type"), text("text"), text("id")));
            }
        }
    }
    assert_eq!(misses, Vec::<String>::new());
}

/// Whether an entity of this type has this mention and one of these ids, apart by `|`; `scheme:*` is any of a scheme.
fn is_found(entity: &Entity, kind: &str, text: &str, ids: &str) -> bool {
    let has = |wanted: &str| match wanted.strip_suffix('*') {
        Some(scheme) => entity.id.iter().chain(&entity.same_as).any(|id| id.starts_with(scheme)),
        None => entity.id.iter().chain(&entity.same_as).any(|id| id == wanted),
    };
    let named = entity.r#type.as_str() == kind && entity.mentions.iter().any(|mention| mention.text == text);
    named && (ids.is_empty() || ids.split('|').any(has))
}
