//! A cluster that is not as it should be: the program says what is wrong, hides what is secret, and ends.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::cluster::{Cluster, cluster};
use crate::kafka::{create, exists};
use crate::process::{Desk, Running};

/// How long the program may take to say that it cannot run.
const PATIENCE: Duration = Duration::from_secs(120);

/// A password that nobody has.
const WRONG: &str = "not-the-password-71c9";

/// One way to come to the cluster, and what must be said of it.
struct Case {
    name: &'static str,
    words: &'static [&'static str],
    desk: Desk,
    expected: Result<(), Vec<String>>,
}

const CHECK: &[&str] = &["check", "--cluster"];
const RUN: &[&str] = &["run"];

fn works(name: &'static str, desk: Desk) -> Case {
    Case { name, words: CHECK, desk, expected: Ok(()) }
}

fn fails(name: &'static str, desk: Desk, expected: &[&str]) -> Case {
    let expected = expected.iter().map(|&words| words.to_owned()).collect();
    Case { name, words: CHECK, desk, expected: Err(expected) }
}

/// All cases at once: most of their time is waiting.
fn check(cluster: &Cluster, cases: Vec<Case>) {
    let verdict = |case: Case| {
        let began = Instant::now();
        let (status, said) = Running::start(&mut case.desk.command(case.words)).wait(PATIENCE);
        let (name, took) = (case.name, began.elapsed());
        for secret in [WRONG, cluster.of("KAFKA_WIREDESK_PASSWORD"), cluster.of("KAFKA_ADMIN_PASSWORD")] {
            assert!(!said.contains(secret), "{name}: a secret is shown:\n{said}");
        }
        match case.expected {
            Ok(()) => assert_eq!(status.code(), Some(0), "{name}: {said}"),
            Err(expected) => {
                assert_eq!(status.code(), Some(1), "{name}: {said}");
                // Log lines and the configuration come before; the verdict begins a line.
                let verdict = said.find("\nerror:").map(|at| &said[at..]);
                let verdict = verdict.unwrap_or_else(|| panic!("{name}: no error in:\n{said}"));
                for words in expected {
                    assert!(
                        verdict.contains(&words),
                        "{name}: {words:?} is not in the verdict after {took:?}:\n{verdict}"
                    );
                }
            }
        }
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = cases.into_iter().map(|case| (case.name, scope.spawn(|| verdict(case)))).collect();
        let failed: Vec<_> =
            running.into_iter().filter_map(|(name, case)| case.join().is_err().then_some(name)).collect();
        assert!(failed.is_empty(), "failed: {failed:?}");
    });
}

/// A desk with the usual names of topics and group, which the rules of `acl pipeline` are about.
fn usual(brokers: &str) -> Desk {
    let mut desk = Desk::new(brokers, "usual");
    for (key, value) in [
        ("topics.raw", "news.raw"),
        ("topics.enriched", "news.enriched"),
        ("topics.dead_letter", "news.dead-letter"),
        ("kafka.group", "wiredesk-test"),
    ] {
        desk = desk.with(key, value);
    }
    desk
}

fn sasl(desk: Desk, mechanism: &str, password: &str) -> Desk {
    let desk = desk.with("kafka.sasl.mechanism", mechanism).with("kafka.sasl.username", "wiredesk");
    desk.with("kafka.sasl.password", password)
}

fn tls(desk: Desk, ca: &str) -> Desk {
    desk.with("kafka.tls.enabled", "true").with("kafka.tls.ca_file", ca)
}

/// Topics and rules, once: the usual topics with the rights of a pipeline, and what the refusals need.
fn prepare(cluster: &Cluster) {
    static PREPARED: std::sync::OnceLock<()> = std::sync::OnceLock::new();
    PREPARED.get_or_init(|| {
        let topics = ["news.raw", "news.enriched", "news.dead-letter", "sealed", "hidden"];
        create(cluster.brokers(), &topics, 2, &[]);
        cluster.command("acl pipeline");
        cluster.command("acl grant --operation Describe --operation DescribeConfigs --topic sealed");
        cluster
            .command("acl deny --operation Write --transactional-id wiredesk-barred --resource-pattern-type prefixed");
    });
}

#[test]
fn a_cluster_that_cannot_be_used_is_described() {
    let Some(cluster) = cluster() else { return };
    let plain = |name| Desk::new(cluster.brokers(), name);
    let with_topics = |name| crate::delivery::desk(cluster, name, "exactly_once");
    // The kernel takes connections on its behalf.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let mute = listener.local_addr().expect("an address").to_string();
    let creating = plain("created").with("topics.create", "true").with("topics.partitions", "2");
    let cases = vec![
        works("all is well", with_topics("well")),
        works("missing topics are created", creating.clone()),
        fails("nobody listens", Desk::new("127.0.0.1:9", "nobody"), &["no broker of 127.0.0.1:9 answers", "refused"]),
        fails(
            "somebody who listens and says nothing",
            Desk::new(&mute, "mute"),
            &[&format!("no broker of {mute} answers: {mute} takes the connection and says nothing")],
        ),
        fails(
            "a host that does not exist",
            Desk::new("broker.invalid:9092", "nowhere"),
            &["broker.invalid:9092", "resolve"],
        ),
        fails(
            "missing topics",
            plain("missing"),
            &[
                "topic missing.raw does not exist",
                "topic missing.enriched",
                "topic missing.dead-letter",
                "topics.create",
            ],
        ),
        fails(
            "a topic that cannot be created",
            plain("impossible").with("topics.create", "true").with("topics.replication", "3"),
            &["topic impossible.raw does not exist and cannot be created", "replication factor"],
        ),
        fails(
            "a pattern that reads its own events",
            with_topics("circle").with("topics.raw", "^circle[.].*"),
            &["^circle[.].*", "matches circle.enriched"],
        ),
        fails(
            "transactions longer than the brokers allow",
            with_topics("slow").with("delivery.transaction_timeout_ms", "61000"),
            &["delivery.transaction_timeout_ms = 61000", "60000", "transaction.max.timeout.ms"],
        ),
    ];
    let copied = with_topics("copied").with("routes.all.when", "id").with("routes.all.topic", "copied.small");
    create(cluster.brokers(), &["copied.small"], 1, &[("max.message.bytes", "2000")]);
    create(cluster.brokers(), &["copied.kept"], 1, &[]);
    let cases = cases.into_iter().chain([
        fails(
            "copies to topics that are not fit for them",
            copied.with("topics.latest", "copied.kept"),
            &["topic copied.small: max.message.bytes is 2000", "topic copied.kept: cleanup.policy is delete"],
        ),
        fails(
            "a pattern that reads its own copies",
            with_topics("round").with("topics.raw", "^roundabout").with("topics.latest", "roundabout.latest"),
            &["topic roundabout.latest does not exist", "\"^roundabout\" matches roundabout.latest"],
        ),
    ]);
    check(cluster, cases.collect());
    assert!(
        ["created.raw", "created.enriched", "created.dead-letter"].iter().all(|topic| exists(cluster.brokers(), topic))
    );
}

#[test]
fn each_way_in_works_with_the_right_secret_and_says_so_with_a_wrong_one() {
    let Some(cluster) = cluster() else { return };
    prepare(cluster);
    let right = cluster.of("KAFKA_WIREDESK_PASSWORD");
    let (ca, stranger_ca) = (cluster.of("KAFKA_CA_PEM"), cluster.of("KAFKA_STRANGER_CA_PEM"));
    let open = || usual(cluster.of("KAFKA_BOOTSTRAP_SASL"));
    let closed = || usual(cluster.of("KAFKA_BOOTSTRAP_SASL_TLS"));
    let mutual = || usual(cluster.of("KAFKA_BOOTSTRAP_MTLS"));
    let certificate = |desk: Desk, whose: &str| {
        let (certificate, key) = (format!("KAFKA_{whose}_CERT_PEM"), format!("KAFKA_{whose}_KEY_PEM"));
        desk.with("kafka.tls.certificate_file", cluster.of(&certificate)).with("kafka.tls.key_file", cluster.of(&key))
    };
    let cases = vec![
        works("PLAIN", sasl(open(), "PLAIN", right)),
        works("SCRAM-SHA-256", sasl(open(), "SCRAM-SHA-256", right)),
        works("SCRAM-SHA-512 over TLS", tls(sasl(closed(), "SCRAM-SHA-512", right), ca)),
        works("mutual TLS", certificate(tls(mutual(), ca), "CLIENT")),
        fails("PLAIN, wrong password", sasl(open(), "PLAIN", WRONG), &["no broker of", "uthentication failed"]),
        fails(
            "SCRAM-SHA-256, wrong password",
            sasl(open(), "SCRAM-SHA-256", WRONG),
            &["no broker of", "uthentication failed"],
        ),
        fails(
            "SCRAM-SHA-512, wrong password",
            tls(sasl(closed(), "SCRAM-SHA-512", WRONG), ca),
            &["no broker of", "uthentication failed"],
        ),
        fails("wrong authority", tls(sasl(closed(), "PLAIN", right), stranger_ca), &["no broker of", "certificate"]),
        fails("no client certificate", tls(mutual(), ca), &["no broker of", "certificate"]),
        fails("a stranger's certificate", certificate(tls(mutual(), ca), "STRANGER"), &["no broker of", "certificate"]),
        fails("TLS where there is none", tls(sasl(open(), "PLAIN", right), ca), &["no broker of", "SSL"]),
    ];
    check(cluster, cases);
}

#[test]
fn a_missing_right_is_named() {
    let Some(cluster) = cluster() else { return };
    prepare(cluster);
    let desk = || sasl(usual(cluster.of("KAFKA_BOOTSTRAP_SASL")), "PLAIN", cluster.of("KAFKA_WIREDESK_PASSWORD"));
    let run = |case: Case| Case { words: RUN, ..case };
    let cases = vec![
        works("the rights of a pipeline are enough", desk()),
        fails(
            "no write",
            desk().with("topics.dead_letter", "sealed"),
            &["topic sealed: not permitted to write", "WRITE"],
        ),
        fails("no describe", desk().with("topics.raw", "hidden"), &["topic hidden: not permitted", "DESCRIBE"]),
        fails("no group", desk().with("kafka.group", "night-desk"), &["group night-desk: not permitted", "READ"]),
        run(fails(
            "no transactions",
            desk().with("kafka.group", "wiredesk-barred"),
            &["transactional id wiredesk-barred-a-", "WRITE"],
        )),
    ];
    check(cluster, cases);
}
