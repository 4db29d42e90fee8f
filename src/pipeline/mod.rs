//! One raw record in, exactly one verdict out.
//!
//! `Record → Article → Tags → Event → Verdict`, all of it pure: the same record through the same version gives the
//! same bytes. [`process_batch`] is total: a record that cannot become an event is a dead letter, and so is one on
//! which this program fails. Verdicts and the offsets that they earn travel together in the [`Outbox`].

mod assemble;
mod asyncapi;
mod dead_letter;
mod fingerprint;
mod letter;
mod outbox;
mod process;
mod route;
mod stage;

pub use asyncapi::asyncapi;
pub use dead_letter::{EXCERPT_BYTES, dead_letter};
pub use letter::Letter;
pub use outbox::{Item, Outbox};
pub use process::{DropRule, DropRules, Facts, Gap, Outgoing, Processor, Settings, Verdict, process_batch};
pub use route::{CONDITION_BYTES_MAX, Condition, Copies, Copy, Mistake, Route};
pub use stage::{Stage, StageObserver};
