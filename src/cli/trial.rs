//! The topics of a trial on a cluster: made for it, and taken away after it.

use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions};
use rdkafka::error::RDKafkaErrorCode;

use crate::config::{Config, Topics};
use crate::kafka::{ClientErrors, Role, client_config};

/// How long the brokers may take to delete them.
const DELETED_WITHIN: Duration = Duration::from_secs(10);

/// The topic that is still there after this refusal to delete it.
fn left((topic, code): (String, RDKafkaErrorCode)) -> Option<String> {
    use RDKafkaErrorCode::{UnknownTopic, UnknownTopicOrPartition};
    (!matches!(code, UnknownTopic | UnknownTopicOrPartition)).then_some(topic)
}

/// Deletes the topics of this configuration, if the brokers let it: they were made for a trial.
pub(super) async fn delete_topics(config: &Config) {
    let Topics { raw, enriched, dead_letter, .. } = &config.topics;
    let Ok(admin) = client_config(config, Role::Admin).create_with_context(ClientErrors::default()) else { return };
    let admin: AdminClient<ClientErrors> = admin;
    let names = [raw[0].as_str(), enriched, dead_letter];
    let options = AdminOptions::new().operation_timeout(Some(DELETED_WITHIN));
    let left: Vec<String> = match admin.delete_topics(&names, &options).await {
        Ok(results) => results.into_iter().filter_map(|result| left(result.err()?)).collect(),
        Err(_) => names.map(str::to_owned).to_vec(),
    };
    if !left.is_empty() {
        anstream::eprintln!("not deleted: {}", left.join(", "));
    }
}
