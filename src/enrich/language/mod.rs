//! Which language an article is in.

use crate::event::{Language, LanguageTag, Warning};
use crate::text::Fields;

/// Tells the language of a text. `hint` is the record's own word: it breaks ties and never overrides clear text.
#[must_use]
pub fn identify(text: Fields<'_>, hint: Option<&LanguageTag>) -> (Language, Vec<Warning>) {
    let _ = (text, hint);
    unimplemented!()
}
