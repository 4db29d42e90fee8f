//! The labels of a unit: outside of names, or where in a name of which class it stands.

use crate::event::EntityType;

/// What the model takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// Another name: an event, work, product, law or people.
    Other,
}

impl Class {
    /// Whether something of this type may be what the model means.
    pub(in super::super) fn may_be(self, kind: EntityType) -> bool {
        match self {
            Self::Person => kind == EntityType::Person,
            Self::Organisation => kind == EntityType::Organisation,
            Self::Place => kind == EntityType::Place,
            Self::Other => matches!(kind, EntityType::Object | EntityType::Event),
        }
    }

    /// What an unknown name of the class is told to be; `None` for a class of several types.
    pub(in super::super) fn kind(self) -> Option<EntityType> {
        match self {
            Self::Person => Some(EntityType::Person),
            Self::Organisation => Some(EntityType::Organisation),
            Self::Place => Some(EntityType::Place),
            Self::Other => None,
        }
    }

    pub(in super::super) const ALL: [Self; 4] = [Self::Person, Self::Organisation, Self::Place, Self::Other];
}

/// Weights that a feature has: one for each label but [`OUTSIDE`], whose weight is zero.
pub(super) const WEIGHTS: usize = 16;

/// How many labels there are.
pub(super) const LABELS: usize = 1 + WEIGHTS;

/// The label of a unit that is in no name.
pub(super) const OUTSIDE: u8 = 0;

/// Where in a name a unit stands.
pub(super) const BEGIN: u8 = 0;
pub(super) const INSIDE: u8 = 1;
pub(super) const LAST: u8 = 2;
pub(super) const ONLY: u8 = 3;

pub(super) const fn label(class: Class, position: u8) -> u8 {
    1 + 4 * class as u8 + position
}

/// The class and position that a label stands for.
pub(super) fn meaning(label: u8) -> Option<(Class, u8)> {
    let number = label.checked_sub(1)?;
    Some((Class::ALL[usize::from(number / 4)], number % 4))
}

/// Whether a name goes on behind a label.
pub(super) const fn goes_on(label: u8) -> bool {
    label != OUTSIDE && matches!((label - 1) % 4, BEGIN | INSIDE)
}

/// Whether a name goes on with a label.
pub(super) const fn continues(label: u8) -> bool {
    label != OUTSIDE && matches!((label - 1) % 4, INSIDE | LAST)
}

/// Whether one label may follow another. What stands before and after a stretch is [`OUTSIDE`].
pub(super) fn may_follow(before: u8, after: u8) -> bool {
    let class = |label| meaning(label).map(|(class, _)| class);
    goes_on(before) == continues(after) && (!goes_on(before) || class(before) == class(after))
}
