//! The words by which a source says that an article stands or is taken back.

use serde_json::Value;

use super::fields::Fields;
use super::reading::{Reading, stated, type_of};

/// Words for an article that must not be used (any more). `withheld` and `canceled` are those of the IPTC's ninjs.
/// `kill` and `spiked` are words of the wires.
const RETRACTED: &[&str] =
    &["canceled", "cancelled", "deleted", "kill", "killed", "removed", "retracted", "spiked", "withdrawn", "withheld"];

/// Words for an article that stands.
const USABLE: &[&str] = &["corrected", "live", "published", "updated", "usable"];

/// Whether the status, under the first of `names` that has one, takes the article back. Other words, such as a desk's
/// own or an HTTP status, are carried through with a warning: whoever wrote `draft` may not have meant it for
/// publication.
pub(super) fn is_retracted(fields: &mut Fields, names: &[&str]) -> bool {
    let listed = |words: &[&str], word: &str| words.iter().any(|listed| listed.eq_ignore_ascii_case(word));
    let status = fields.take(names, "a status", |value| match value {
        Value::String(text) => match stated(text) {
            Reading::Found(word) if listed(RETRACTED, &word) => Reading::Found(true),
            Reading::Found(word) if listed(USABLE, &word) => Reading::Found(false),
            Reading::Absent => Reading::Absent,
            _ => Reading::Unusable("an unknown word"),
        },
        Value::Null => Reading::Absent,
        other => Reading::Unusable(type_of(other)),
    });
    status.unwrap_or(false)
}
