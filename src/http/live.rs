//! The stream that the page follows, as server-sent events: one message a second with a look at the process and what
//! is new.
//!
//! Nothing is queued for a reader: each message is made when the one before it has been taken, of what is there then.
//! A reader that is slow, or a stream that is faster than eyes, misses events, and the message says how many. The task
//! beside the connection is there to notice a reader that takes nothing at all, and to give its place to another.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::sse::{Event as Message, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::search::{Filter, Question, items};
use super::{Shared, state};

/// Between two messages. It is the heartbeat as well.
const BEAT: Duration = Duration::from_secs(1);

/// The most events in one message: more in a second nobody reads.
const NEW_MAX: usize = 12;

/// The most events that are read to find those that pass a filter.
const SCANNED_MAX: usize = 200;

/// How long a reader may take nothing.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn live(State(shared): State<Shared>, Query(question): Query<Question>) -> Response {
    let after = question.after;
    let filter = match question.filter() {
        Ok(filter) => filter,
        Err(problem) => return (StatusCode::BAD_REQUEST, problem).into_response(),
    };
    let Ok(permit) = shared.followers.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "as many pages as http.console.followers_max follow already\n")
            .into_response();
    };
    let seen = after.unwrap_or_else(|| shared.telemetry.recent.newest());
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(shared, filter, seen, sender, permit));
    let messages = stream::unfold(receiver, |mut receiver| async {
        let data = receiver.recv().await?;
        Some((Ok::<_, Infallible>(Message::default().data(data)), receiver))
    });
    // Proxies that collect an answer before they pass it on would hold the stream for ever.
    ([(HeaderName::from_static("x-accel-buffering"), "no")], Sse::new(messages)).into_response()
}

/// Sends a message a second until the reader is gone or takes nothing any more.
async fn tell(
    shared: Shared,
    filter: Filter,
    mut seen: u64,
    sender: mpsc::Sender<String>,
    _place: OwnedSemaphorePermit,
) {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beat.tick().await;
        let Ok(Ok(room)) = timeout(PATIENCE, sender.reserve()).await else { return };
        let (shared, filter) = (shared.clone(), filter.clone());
        let Ok((message, newest)) = spawn_blocking(move || message(&shared, &filter, seen)).await else { return };
        room.send(message);
        seen = newest;
    }
}

/// A look at the process, and what passes the filter of what came after `seen`.
fn message(shared: &Shared, filter: &Filter, seen: u64) -> (String, u64) {
    let recent = &shared.telemetry.recent;
    let scanned = if filter.is_open() { NEW_MAX } else { SCANNED_MAX };
    let new = recent.after(seen, scanned);
    let newest = new.first().map_or(seen, |kept| kept.number);
    let passes = |kept: &&std::sync::Arc<crate::telemetry::Kept>| filter.is_open() || filter.read(kept).is_some();
    let mut taken: Vec<_> = new.iter().filter(passes).map(AsRef::as_ref).collect();
    let more = taken.len().saturating_sub(NEW_MAX);
    taken.truncate(NEW_MAX);
    // Those that were not even looked at.
    let missed = (newest - seen).saturating_sub(new.len() as u64) + more as u64;
    let look = serde_json::to_string(&state::Look::now(shared)).expect("texts and finite numbers are JSON");
    (format!("{{\"newest\":{newest},\"missed\":{missed},\"state\":{look},\"items\":{}}}", items(&taken)), newest)
}
