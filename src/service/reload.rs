//! A user's lexicon, read anew when a file changes or SIGHUP asks for it.
//!
//! Workers take the processor in force when a batch begins and keep it until the batch is delivered: versions never mix
//! within one.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tracing::{error, info};

use crate::config::LexiconFiles;
use crate::pipeline::{Processor, Settings};
use crate::telemetry::Telemetry;

/// Watches the files, and sends a new processor after each change that has no fault.
pub(super) async fn watch(
    files: &LexiconFiles,
    settings: &Settings,
    processors: &watch::Sender<Arc<Processor>>,
    telemetry: &Telemetry,
) -> std::io::Result<Infallible> {
    let mut asked = signal(SignalKind::hangup())?;
    let mut seen = stamps(&files.paths).await;
    loop {
        let is_asked = tokio::select! {
            _ = asked.recv() => true,
            () = sleep(files.poll) => false,
        };
        let found = stamps(&files.paths).await;
        // Without files nothing can have changed.
        if !files.paths.is_empty() && (is_asked || found != seen) {
            seen = found;
            reload(files, settings, processors, telemetry).await;
        }
    }
}

async fn reload(
    files: &LexiconFiles,
    settings: &Settings,
    processors: &watch::Sender<Arc<Processor>>,
    telemetry: &Telemetry,
) {
    let (files, settings) = (files.clone(), settings.clone());
    let compiled = spawn_blocking(move || {
        let lexicon = files.load()?;
        Ok::<Processor, Vec<String>>(Processor::with_lexicon(settings, Arc::new(lexicon)))
    });
    let is_ok = match compiled.await {
        Ok(Ok(processor)) => {
            info!(rules = processor.rules(), "lexicon reloaded");
            telemetry.metrics.rules(processor.rules());
            processors.send_replace(Arc::new(processor));
            true
        }
        Ok(Err(faults)) => {
            faults.iter().for_each(|fault| error!(fault, "lexicon not reloaded"));
            false
        }
        Err(problem) => {
            error!(%problem, "lexicon not reloaded");
            false
        }
    };
    telemetry.metrics.lexicon_read(is_ok);
}

/// When each file was last written, and its size: another stamp is another content.
async fn stamps(paths: &[PathBuf]) -> Vec<Option<(SystemTime, u64)>> {
    let mut stamps = Vec::with_capacity(paths.len());
    for path in paths {
        let found = tokio::fs::metadata(path).await;
        stamps.push(found.and_then(|found| Ok((found.modified()?, found.len()))).ok());
    }
    stamps
}
