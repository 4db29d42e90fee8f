//! The three taggers: which language, which dates, which entities. Pure and synchronous; each article on its own.

pub mod date;
pub mod entity;
pub mod language;
mod training;

use crate::article::Article;
use crate::event::{DateMention, Entity, Language, Timestamp, Warning};
use crate::text::Fields;

/// What the taggers found in one article.
#[derive(Clone, Debug, PartialEq)]
pub struct Tags {
    /// Its language.
    pub language: Language,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was changed.
    pub modified: Option<Timestamp>,
    /// Dates that it mentions.
    pub dates: Vec<DateMention>,
    /// Entities that it names.
    pub entities: Vec<Entity>,
    /// What was odd.
    pub warnings: Vec<Warning>,
    /// Fields of the metadata that no tagger could read, or not to the end, and their texts.
    pub unread: Vec<(&'static str, String)>,
}

impl Article {
    /// The text that spans point into.
    #[must_use]
    pub fn fields(&self) -> Fields<'_> {
        Fields { title: self.title.as_deref(), body: &self.body }
    }
}
