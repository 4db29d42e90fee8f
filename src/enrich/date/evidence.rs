//! Days that a text has behind or before it: they narrow when it was written.

use jiff::civil::Date;

use super::bag::Bag;
use super::context::Direction;

/// A day that the text places before or after its own writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) day: Date,
    /// Whether it had passed when the text was written; otherwise it was to come.
    pub(super) passed: bool,
}

/// Whether a day is one that the text had behind or before it. A cue in the clause says so. Without one, a part of the
/// day does: news names the hour of the day of what has happened, and announces the rest in the future.
pub(super) fn testify(bag: &Bag, day: Date, direction: Direction) -> Option<Evidence> {
    let passed = match direction {
        Direction::Future => false,
        Direction::Past => true,
        Direction::Unsaid if bag.value.part.is_some() => true,
        Direction::Unsaid => return None,
    };
    // A relative date is counted from the anchor and says nothing of it.
    bag.relative.is_none().then_some(Evidence { day, passed })
}
