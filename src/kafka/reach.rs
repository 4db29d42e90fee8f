//! The first word with a cluster: does anybody answer, and if nobody does, why?

use std::time::Duration;

use futures::future::join_all;
use rdkafka::metadata::Metadata;
use rdkafka::producer::{FutureProducer, Producer};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tracing::debug;

use super::client::{Role, client_config};
use super::consumer::blocking;
use super::{ClientErrors, Error};
use crate::config::Config;

/// How long the cluster may take to answer once.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// How long brokers that neither answer nor refuse are asked again: they, or what lies in between, are slow.
const REACH_MAX: Duration = Duration::from_secs(20);

/// How long an address may take to accept a connection before it counts as one that drops them.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);

/// All topics that this client may see.
///
/// # Errors
/// [`Error::Stop`] with the reason why the cluster cannot be reached.
pub async fn reach(config: &Config) -> Result<Metadata, Error> {
    // An admin client never hears why it does not get through: it does not poll for errors, and a producer does.
    let errors = ClientErrors::default();
    let producer: FutureProducer<ClientErrors> = client_config(config, Role::Admin)
        .create_with_context(errors.clone())
        .map_err(|error| Error::Stop(format!("the client cannot be made: {error}")))?;
    let brokers = &config.kafka.brokers;
    let deadline = Instant::now() + REACH_MAX;
    loop {
        let asking = producer.clone();
        let asked = blocking(move || asking.client().fetch_metadata(None, ANSWER_TIMEOUT)).await?;
        let why = match (asked, errors.last()) {
            (Ok(metadata), _) => return Ok(metadata),
            (Err(_), Some(why)) => why,
            (Err(error), None) if Instant::now() < deadline => {
                debug!(%error, "nobody has answered or refused yet");
                continue;
            }
            (Err(_), None) => join_all(brokers.iter().map(|broker| silence(broker))).await.join("; "),
        };
        return Err(Error::Stop(format!("no broker of {} answers: {why}", brokers.join(", "))));
    }
}

/// What can be told of an address from which the client has heard nothing: neither an answer nor a refusal.
async fn silence(broker: &str) -> String {
    match timeout(CONNECT_TIMEOUT, TcpStream::connect(broker)).await {
        Ok(Ok(_)) => format!("{broker} takes the connection and says nothing: it hangs, or it is no broker"),
        Ok(Err(error)) => format!("{broker}: {error}"),
        Err(_) => {
            format!("{broker} takes no connection: it is off, or something on the way, such as a firewall, drops them")
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn an_address_that_says_nothing_is_told_from_one_that_refuses() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let said = silence(&address).await;
        assert!(said.contains(&address) && said.contains("says nothing"), "{said}");
        drop(listener);
        let said = silence(&address).await;
        assert!(said.contains(&address) && said.contains("refused"), "{said}");
    }
}
