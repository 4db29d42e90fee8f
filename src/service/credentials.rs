//! Certificates, keys and passwords that are replaced while the service runs.

use std::path::PathBuf;

use sha2::{Digest, Sha256};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::sleep;
use tracing::{error, info};

use crate::config::Config;
use crate::kafka::reach;
use crate::telemetry::Telemetry;

/// A file's content, or `None` while it cannot be read. Contents stay out of memory.
type Print = Option<[u8; 32]>;

/// A watch on the files.
#[derive(Debug)]
pub(super) struct Credentials {
    files: Vec<PathBuf>,
    asked: Signal,
    seen: Vec<Print>,
}

impl Credentials {
    /// Begins before the first client is made, so that no change goes unseen.
    ///
    /// # Errors
    /// If SIGHUP cannot be caught.
    pub(super) async fn watch(config: &Config) -> std::io::Result<Self> {
        let files = config.kafka.credential_files();
        let seen = prints(&files).await;
        Ok(Self { files, asked: signal(SignalKind::hangup())?, seen })
    }

    /// Waits until what stands in the files is new, and the brokers take it; the configuration with it. What they do not
    /// take is tried again at the next look: the other half of a pair may be on its way, or the brokers behind.
    pub(super) async fn renewed(&mut self, config: &Config, telemetry: &Telemetry) -> Config {
        loop {
            tokio::select! {
                _ = self.asked.recv() => {}
                () = sleep(config.kafka.credentials_poll) => {}
            }
            // Taken before the files are read: what changes in between differs at the next look.
            let found = prints(&self.files).await;
            if found == self.seen {
                continue;
            }
            let reloads = &telemetry.metrics.credentials_reloads;
            match renew(config).await {
                Ok(renewed) => {
                    info!("credentials replaced");
                    reloads.with_label_values(&["ok"]).inc();
                    self.seen = found;
                    return renewed;
                }
                Err(problem) => {
                    error!(problem, "credentials not replaced");
                    reloads.with_label_values(&["failed"]).inc();
                }
            }
        }
    }
}

async fn renew(config: &Config) -> Result<Config, String> {
    let config = Config { kafka: config.kafka.with_credentials_anew()?, ..config.clone() };
    reach(&config).await.map_err(|error| error.to_string())?;
    Ok(config)
}

async fn prints(files: &[PathBuf]) -> Vec<Print> {
    let mut prints = Vec::with_capacity(files.len());
    for file in files {
        prints.push(tokio::fs::read(file).await.ok().map(|content| Sha256::digest(content).into()));
    }
    prints
}
