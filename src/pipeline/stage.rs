//! The stages of one article, for whoever wants to time them. The core itself never reads a clock.

/// A stage of processing one record, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Bytes to a dialect's fields: decoding, JSON.
    Parse,
    /// Fields to clean text: normal form, furniture, identity.
    Text,
    /// Which language.
    Language,
    /// Which dates.
    Date,
    /// Which entities.
    Entity,
    /// The event's bytes and headers, and where it goes.
    Encode,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 6] = [Self::Parse, Self::Text, Self::Language, Self::Date, Self::Entity, Self::Encode];

    /// The stage's name in metrics and in `wiredesk bench`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Text => "text",
            Self::Language => "language",
            Self::Date => "date",
            Self::Entity => "entity",
            Self::Encode => "encode",
        }
    }
}

/// Is told as a record passes from stage to stage; an implementer with a clock can time them.
pub trait StageObserver {
    /// A record enters the pipeline.
    fn started(&mut self);
    /// The record has passed this stage.
    fn finished(&mut self, stage: Stage);
}

/// Watches nothing.
impl StageObserver for () {
    fn started(&mut self) {}
    fn finished(&mut self, _: Stage) {}
}
