//! An article on trial: what the program would make of it. Nothing is published, kept or logged.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::Shared;
use crate::pipeline::{Item, Verdict, process_batch};
use crate::record::{Offset, Position, Record, TopicPartition};
use crate::telemetry::{Published, StageTimes};

/// How long an article may take to arrive, and how long it may wait for a core.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn trial(State(shared): State<Shared>, body: Body) -> Response {
    let bytes_max = shared.console.try_bytes_max;
    let value = match timeout(PATIENCE, to_bytes(body, bytes_max)).await {
        Ok(Ok(value)) => value,
        Ok(Err(_)) => {
            return (StatusCode::PAYLOAD_TOO_LARGE, format!("at most {bytes_max} bytes can be tried\n"))
                .into_response();
        }
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let Ok(permit) = timeout(PATIENCE, shared.busy.clone().acquire_owned()).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "others are trying articles; try again\n").into_response();
    };
    let permit = permit.expect("it is never closed");
    let processor = shared.processors.borrow().clone();
    let tried = spawn_blocking(move || {
        let mut times = StageTimes::new();
        let outbox = process_batch(&processor, vec![record(value.into())], &mut times);
        drop(permit);
        (outbox, times)
    });
    let Ok((outbox, times)) = tried.await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let [Item { verdict, .. }] = outbox.items() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    ([(header::CONTENT_TYPE, "application/json")], told(verdict, &times)).into_response()
}

/// The verdict, where an event would go, and how long each stage took. The event's own bytes are not touched.
fn told(verdict: &Verdict, times: &StageTimes) -> String {
    match verdict {
        Verdict::Publish { message, facts, copies } => {
            let micros = times.times().iter().map(|(stage, time)| json!([stage.as_str(), time.as_micros() as u64]));
            let mut told = format!("{{\"stages_us\":{},", serde_json::Value::from_iter(micros));
            let published = Published {
                json: String::from_utf8_lossy(message.value.as_deref().unwrap_or(b"null")).into_owned(),
                routes: facts.routes.clone(),
                copies: copies.iter().map(|copy| copy.topic().to_owned()).collect(),
            };
            published.write_json(&mut told);
            told.push('}');
            told
        }
        Verdict::DeadLetter { reject, .. } => {
            json!({ "dead_letter": { "reason": reject.reason.as_str(), "detail": reject.detail } }).to_string()
        }
        Verdict::Drop(rule) => json!({ "dropped": rule.as_str() }).to_string(),
    }
}

/// The article as a record that stood nowhere and came at no time.
fn record(value: Vec<u8>) -> Record {
    let partition = TopicPartition { topic: "trial".into(), partition: 0 };
    Record {
        position: Position { partition, offset: Offset(0) },
        time_ms: None,
        key: None,
        headers: Vec::new(),
        value: Some(value),
    }
}
