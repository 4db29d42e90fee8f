//! What is replaced while records flow: names, certificates, passwords.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rdkafka::message::Message;

use crate::articles::mixed;
use crate::cluster::{Cluster, cluster, heavy};
use crate::delivery::{SESSION_MS, await_part, desk, fill, finish};
use crate::http::{metrics_after, sum};
use crate::kafka::{self, send};
use crate::ledger::Ledger;
use crate::process::Desk;

/// How long a thousand records may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Makes a certificate of this name, and its key, by the cluster's authority.
fn certify(cluster: &Cluster, folder: &Path, name: &str) {
    let authority = cluster.of("KAFKA_CA_PEM");
    let steps = [
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out NAME.key".to_owned(),
        "req -new -key NAME.key -subj /CN=NAME -out NAME.csr".to_owned(),
        format!(
            "x509 -req -in NAME.csr -CA {authority} -CAkey {} -set_serial 71 -days 9 -out NAME.pem",
            authority.replace("ca.pem", "ca.key")
        ),
    ];
    for step in steps {
        let words = step.replace("NAME", name);
        let done = Command::new("openssl").args(words.split(' ')).current_dir(folder).output().expect("openssl runs");
        assert!(done.status.success(), "{words}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

/// More records once everything that was there is done, so that only what is in force now can do them.
fn go_on(desk: &Desk, ledger: &mut Ledger) {
    finish(desk, ledger, PATIENCE);
    ledger.extend(send(&desk.brokers, &desk.raw, mixed(100)));
    finish(desk, ledger, PATIENCE);
    ledger.check_exactly_once();
}

#[test]
fn a_certificate_is_replaced_under_load() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    ["before", "after"].iter().for_each(|name| certify(cluster, folder.path(), name));
    let put = |from: &str, to: &str| _ = std::fs::copy(file(from), file(to)).expect("copied");
    put("before.pem", "desk.pem");
    put("before.key", "desk.key");
    ["before", "after"].iter().for_each(|user| cluster.rule("--add --allow-principal", user, "renewed"));
    let desk = desk(cluster, "renewed", "exactly_once").with("batch.records_max", "20").with("workers.count", "2");
    let secured = [
        ("kafka.brokers", cluster.of("KAFKA_BOOTSTRAP_MTLS")),
        ("kafka.tls.enabled", "true"),
        ("kafka.tls.ca_file", cluster.of("KAFKA_CA_PEM")),
        ("kafka.tls.certificate_file", &file("desk.pem").display().to_string()),
        ("kafka.tls.key_file", &file("desk.key").display().to_string()),
        ("kafka.credentials_poll_ms", "200"),
    ];
    let desk = secured.iter().fold(desk, |desk, (key, value)| desk.with(key, value));
    let mut ledger = fill(&desk, mixed(600));
    let mut running = desk.run();
    let address = running.address();
    await_part(&desk, &ledger, 0.1);
    // Half of a pair changes nothing.
    put("after.pem", "desk.pem");
    running.await_words("credentials not replaced");
    put("after.key", "desk.key");
    running.await_words("credentials replaced");
    // Until the old clients have delivered what they had in hand, they need their rights.
    running.await_that(|said| said.matches("running workers=").count() == 2, "new workers");
    cluster.rule("--add --deny-principal", "before", "renewed");
    go_on(&desk, &mut ledger);
    let sent = ledger.tally().sent;
    assert_eq!(sum(&metrics_after(&address, sent), "wiredesk_records_consumed_total", &[]), sent);
    running.stop();
}

#[test]
fn a_password_is_replaced_under_load() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("password");
    let set = |password: &str| {
        let at = cluster.brokers();
        cluster.command(&format!(
            "tool kafka.admin.ConfigCommand --bootstrap-server {at} --alter --add-config SCRAM-SHA-256=[password={password}] \
             --entity-type users --entity-name keeper"
        ));
        std::fs::write(&file, format!("{password}\n")).expect("written");
    };
    set("the-first-of-two");
    cluster.rule("--add --allow-principal", "keeper", "rekeyed");
    // Outside of transactions, too: what the old clients have delivered, they commit.
    let desk = desk(cluster, "rekeyed", "at_least_once").with("batch.records_max", "20");
    let secured = [
        ("kafka.brokers", cluster.of("KAFKA_BOOTSTRAP_SASL")),
        ("kafka.sasl.mechanism", "SCRAM-SHA-256"),
        ("kafka.sasl.username", "keeper"),
        ("kafka.sasl.password_file", &file.display().to_string()),
        ("kafka.session_timeout_ms", SESSION_MS),
        // Only the signal has them looked at.
        ("kafka.credentials_poll_ms", "3600000"),
    ];
    let desk = secured.iter().fold(desk, |desk, (key, value)| desk.with(key, value));
    let mut ledger = fill(&desk, mixed(600));
    let mut running = desk.run();
    await_part(&desk, &ledger, 0.1);
    set("the-second-of-two");
    running.signal("HUP");
    running.await_words("credentials replaced");
    go_on(&desk, &mut ledger);
    let said = running.stop();
    assert!(!said.contains("of-two"), "a secret is shown:\n{said}");
}

#[test]
fn names_are_replaced_under_load_and_versions_do_not_mix() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    let folder = tempfile::tempdir().expect("a folder");
    let names = folder.path().join("names.tsv");
    std::fs::write(&names, "wiredesk:orla-venn\tperson\tOrla Venn\n").expect("written");
    let desk = desk(cluster, "renamed", "exactly_once").with("batch.records_max", "20");
    let desk = desk.with("lexicon.files", &names.display().to_string()).with("lexicon.poll_ms", "3600000");
    let mut ledger = fill(&desk, mixed(300));
    let mut running = desk.run();
    // In every partition something is done with the old names.
    finish(&desk, &mut ledger, PATIENCE);
    ledger.extend(send(&desk.brokers, &desk.raw, mixed(600)));
    await_part(&desk, &ledger, 0.4);
    std::fs::write(&names, "wiredesk:orla-venn\tperson\tOrla Venn|O. Venn\n").expect("written");
    running.signal("HUP");
    running.await_words("lexicon reloaded");
    go_on(&desk, &mut ledger);
    running.stop();
    let mut rules: BTreeMap<i64, BTreeMap<i64, String>> = BTreeMap::new();
    for message in kafka::read(&desk.brokers, &desk.enriched) {
        let event: serde_json::Value = serde_json::from_slice(message.payload().expect("an event")).expect("JSON");
        let from = &event["provenance"];
        let number = |name: &str| from[name].as_i64().expect("a number");
        let text = from["rules"].as_str().expect("a hash").to_owned();
        rules.entry(number("partition")).or_default().insert(number("offset"), text);
    }
    for (partition, of) in rules {
        let mut versions: Vec<&String> = of.values().collect();
        versions.dedup();
        // First the old ones, then the new ones, and never back.
        assert_eq!(versions.len(), 2, "partition {partition}: {versions:?}");
    }
}
