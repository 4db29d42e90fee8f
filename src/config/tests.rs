use super::*;
use std::collections::BTreeSet;

fn load(environment: &[(&str, &str)], flags: &[(&str, &str)]) -> Result<Config, Faults> {
    let owned = |pairs: &[(&str, &str)]| pairs.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect();
    Config::load(&Sources { files: Vec::new(), environment: owned(environment), flags: owned(flags) })
}

fn faults(flags: &[(&str, &str)]) -> Vec<String> {
    load(&[], flags).expect_err("has faults").0.into_iter().map(|f| format!("{} {}", f.key, f.problem)).collect()
}

#[test]
fn the_defaults_are_valid_and_every_one_is_read() {
    let config = load(&[], &[]).expect("the defaults are valid");
    assert_eq!(config.delivery.guarantee, Guarantee::ExactlyOnce);
    assert_eq!(config.topics.raw, ["news.raw"]);
    assert!(config.workers.count >= 1);
    assert_eq!(config.effective["kafka.brokers"].origin, "default");
}

#[test]
fn every_key_of_the_default_file_has_a_comment_above_it_or_above_its_neighbours() {
    let mut commented = false;
    for line in DEFAULTS.lines() {
        match line.chars().next() {
            Some('#') => commented = true,
            Some('[') | None => commented = false,
            Some(_) => {
                let named = ["username", "certificate_file", "key_file", "bytes_max", "wait_ms_max", "replication"];
                let key = line.split(' ').next().expect("a key");
                assert!(commented || named.contains(&key) || key.ends_with("_file"), "no comment for: {line}");
            }
        }
    }
}

#[test]
fn later_layers_win_and_say_where_they_came_from() {
    let environment = [("WIREDESK__KAFKA__BROKERS", "a:1,b:2"), ("WIREDESK__BATCH__RECORDS_MAX", "7")];
    let config = load(&environment, &[("batch.records_max", "9")]).expect("valid");
    assert_eq!(config.kafka.brokers, ["a:1", "b:2"]);
    assert_eq!(config.effective["kafka.brokers"].origin, "environment WIREDESK__KAFKA__BROKERS");
    assert_eq!(config.batch.records_max, 9);
    assert_eq!(config.effective["batch.records_max"].origin, "command line");
}

#[test]
fn a_file_is_a_layer_and_names_itself_in_faults() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("desk.toml");
    std::fs::write(&path, "[kafka]\ngroup = \"night\"\nbroker = \"x:1\"\n[batch]\nrecords_max = \"many\"\n")
        .expect("written");
    let sources = Sources { files: vec![path.clone()], ..Sources::default() };
    let Faults(faults) = Config::load(&sources).expect_err("has faults");
    let named: Vec<_> = faults.iter().map(|f| (f.key.as_str(), f.origin.as_str())).collect();
    let path = path.display().to_string();
    assert_eq!(named, [("batch.records_max", path.as_str()), ("kafka.broker", path.as_str())]);
    assert_eq!(faults[1].problem, "is not a key; did you mean kafka.brokers?");
}

#[test]
fn all_faults_are_reported_at_once() {
    let all = faults(&[
        ("kafka.brokers", "localhost"),
        ("delivery.guarantee", "twice"),
        ("batch.records_max", "0"),
        ("batch.bytes_max", "1.5"),
        ("topics.enriched", "news raw"),
        ("http.listen", "9464"),
        ("tracing.otlp_endpoint", "https://collector.example:4318"),
        ("http.console.token", "short"),
        ("http.console.hosts", "http://desk.example"),
        ("nonsense.key", "1"),
        ("kafka.sasl.username", "desk"),
    ]);
    let keys: BTreeSet<&str> = all.iter().filter_map(|fault| fault.split(' ').next()).collect();
    let expected = BTreeSet::from([
        "batch.bytes_max",
        "batch.records_max",
        "delivery.guarantee",
        "http.console.hosts",
        "http.console.token",
        "http.listen",
        "kafka.brokers",
        "kafka.sasl.mechanism",
        "nonsense.key",
        "topics.enriched",
        "tracing.otlp_endpoint",
    ]);
    assert_eq!(keys, expected, "{all:#?}");
}

#[test]
fn keys_are_checked_against_each_other() {
    let check = |flags: &[(&str, &str)], expected: &str| {
        let all = faults(flags);
        assert!(all.iter().any(|fault| fault.starts_with(expected)), "{expected:?} not in {all:#?}");
    };
    check(&[("topics.dead_letter", "news.enriched")], "topics.dead_letter must not be the enriched topic");
    check(&[("topics.enriched", "news.raw")], "topics.enriched must not be one of topics.raw");
    check(&[("batch.wait_ms_max", "9500")], "delivery.transaction_timeout_ms must be at least");
    check(
        &[("kafka.properties.enable.auto.commit", "true")],
        "kafka.properties.enable.auto.commit belongs to wiredesk",
    );
    check(&[("kafka.tls.ca_file", "/nonexistent.pem")], "kafka.tls.ca_file names a file that cannot be read");
    check(&[("kafka", "localhost:9092")], "kafka.brokers is missing: kafka must be a table");
    check(&[("topics.raw", "^news[")], "topics.raw \"^news[\" is not a regular expression");
    check(&[("kafka.properties.nosuch", "1")], "kafka.properties.nosuch is not a property of librdkafka");
    check(&[("kafka.properties.socket.timeout.ms", "soon")], "kafka.properties.socket.timeout.ms has a value that");
    check(&[("batch.recods_max", "1")], "batch.recods_max is not a key; did you mean batch.records_max?");
    check(
        &[("memory.budget", "1MiB"), ("workers.count", "3")],
        "memory.budget must be at least 48 MiB: 16 MiB for each",
    );
    check(&[("memory.budget", "plenty")], "memory.budget must be a number of bytes of at most 1 TiB");
    check(&[("log.filter", "wiredesk=loud")], "log.filter is not a filter");
}

#[test]
fn one_fault_does_not_make_another() {
    assert_eq!(faults(&[("delivery.transaction_timeout_ms", "1000000000")]).len(), 1);
}

#[test]
fn a_syntax_error_does_not_quote_the_line() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("desk.toml");
    std::fs::write(&path, "[kafka.sasl]\npassword = \"hunter2\n").expect("written");
    let faults = Config::load(&Sources { files: vec![path], ..Sources::default() }).expect_err("has faults");
    assert!(faults.to_string().contains("line 2") && !faults.to_string().contains("hunter2"), "{faults}");
}

#[test]
fn secrets_are_never_shown() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("password");
    std::fs::write(&path, "hunter2\n").expect("written");
    let path = path.display().to_string();
    let common = [("kafka.sasl.mechanism", "PLAIN"), ("kafka.sasl.username", "desk")];
    for secret in [("kafka.sasl.password", "hunter2"), ("kafka.sasl.password_file", path.as_str())] {
        let property = ("kafka.properties.ssl.keystore.password", "hunter2");
        let config = load(&[], &[common[0], common[1], secret, property]).expect("valid");
        assert_eq!(config.kafka.sasl.as_ref().map(|sasl| sasl.password.reveal()), Some("hunter2"));
        let shown = format!("{:?} {:?}", config.effective, config.kafka.sasl);
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn the_console_is_open_on_loopback_alone() {
    let access = |flags: &[(&str, &str)]| load(&[], flags).expect("valid").http.console.access;
    let (anywhere, token) = (("http.listen", "0.0.0.0:9464"), ("http.console.token", "correct-horse-battery"));
    assert!(matches!(access(&[]), Access::Local));
    assert!(matches!(access(&[("http.listen", "[::1]:1")]), Access::Local));
    assert!(matches!(access(&[anywhere]), Access::Off));
    assert!(matches!(access(&[("http.listen", "")]), Access::Off));
    assert!(matches!(access(&[("http.console.enabled", "false"), token]), Access::Off));
    assert!(matches!(access(&[anywhere, token]), Access::Token(_)));
    assert!(matches!(access(&[token]), Access::Token(_)));
    let shown = load(&[], &[token]).expect("valid");
    assert!(!format!("{:?} {:?}", shown.effective, shown.http).contains("horse"));
}

#[test]
fn a_file_of_a_secret_that_is_empty_is_a_fault() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let path = folder.path().join("token");
    std::fs::write(&path, "\n").expect("written");
    let all = faults(&[("http.console.token_file", &path.display().to_string())]);
    assert_eq!(all, ["http.console.token_file names an empty file"]);
}

#[test]
fn properties_are_passed_through_and_can_be_written_in_the_environment() {
    let config = load(&[("WIREDESK__KAFKA__PROPERTIES__SOCKET_KEEPALIVE_ENABLE", "true")], &[]).expect("valid");
    assert_eq!(config.kafka.properties["socket.keepalive.enable"], "true");
}

#[test]
fn names_that_look_like_keys_are_listed() {
    let environment = ["WIREDESK_KAFKA__BROKERS", "WIREDESK__KAFKA__GROUP", "WIREDESK_CONFIG", "HOME"];
    let environment = environment.map(|name| (name.to_owned(), "x".to_owned())).to_vec();
    let sources = Sources { environment, ..Sources::default() };
    assert_eq!(sources.ignored_environment(), ["WIREDESK_KAFKA__BROKERS"]);
}

#[test]
fn static_membership_needs_a_name_that_stays() {
    let asked = ("kafka.static_membership", "true");
    let fault = "kafka.static_membership";
    assert!(faults(&[asked]).iter().any(|text| text.contains(fault) && text.contains("needs a kafka.instance")));
    assert!(load(&[], &[asked, ("kafka.instance", "a")]).expect("valid").kafka.static_membership);
}

#[test]
fn routes_are_read_and_every_fault_of_theirs_is_told() {
    let vietnam = [("routes.vietnam.topic", "news.vn"), ("routes.vietnam.when", "language.tag == 'vi'")];
    let config = load(&[("WIREDESK__TOPICS__LATEST", "news.latest")], &vietnam).expect("valid");
    assert_eq!(config.copies.topics(), BTreeSet::from(["news.latest", "news.vn"]));
    assert!(config.copies.routes()[0].retractions);
    assert_eq!(config.effective["routes.vietnam.when"].value, "\"language.tag == 'vi'\"");
    let off = [vietnam[0], vietnam[1], ("routes.vietnam.topic", "")];
    assert_eq!(load(&[], &off).expect("valid").copies.topics(), BTreeSet::new());
    let all = faults(&[
        ("routes.a.topic", "news raw"),
        ("routes.a.when", "language.tag = 'vi'"),
        ("routes.b.topic", "news.raw"),
        ("routes.b.when", "titel == 'x' || entities.id == 'y'"),
        ("routes.c.when", "title"),
        ("routes.c.retraction", "true"),
        ("routes.Not A Name.topic", "x"),
        ("routes.d.topic", "news.dead-letter"),
        ("routes.d.when", "title"),
        ("routes.e.topic", "news.latest"),
        ("routes.e.when", "title"),
        ("routes.e.retractions", "perhaps"),
        ("topics.latest", "news.latest"),
    ]);
    let expected = [
        "routes.Not A Name is not a route's name: a-z, 0-9, '_' and '-', at most 64 of them",
        "routes.Not A Name.when is missing: a route needs a topic and a condition, `when`",
        "routes.a.topic is not a topic's name: letters, digits, '.', '_' and '-', at most 249 of them",
        "routes.a.when column 14: is not JMESPath",
        "routes.b.topic must not be one of topics.raw",
        "routes.b.when column 1: there is no field \"titel\" here",
        "routes.b.when column 26: \"id\" is asked of a list",
        "routes.c.retraction is not a key",
        "routes.c.topic is missing",
        "routes.d.topic must not be the enriched or the dead-letter topic",
        "routes.e.retractions must be true or false",
        "routes.e.topic must not be topics.latest",
    ];
    assert_eq!(all.len(), expected.len(), "{all:#?}");
    for (told, expected) in all.iter().zip(expected) {
        assert!(told.starts_with(expected), "{told:?} is not {expected:?}");
    }
}

#[test]
fn the_page_of_routes_shows_valid_files() {
    let page = include_str!("../../docs/routes.md");
    let shown: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let folder = tempfile::tempdir().expect("a scratch folder");
    let files: Vec<_> = (0..shown.len()).map(|number| folder.path().join(format!("{number}.toml"))).collect();
    files.iter().zip(&shown).for_each(|(path, text)| std::fs::write(path, text).expect("written"));
    let config = Config::load(&Sources { files, ..Sources::default() }).expect("valid");
    let topics = ["desk.energy", "news.enriched.vietnam", "news.latest"];
    assert_eq!(config.copies.topics(), BTreeSet::from(topics));
    // The example in the file of defaults, too.
    let example = DEFAULTS.lines().skip_while(|line| *line != "[routes]");
    let example: Vec<&str> = example.filter_map(|line| line.strip_prefix("#   ")).collect();
    let path = folder.path().join("example.toml");
    std::fs::write(&path, example.join("\n")).expect("written");
    let config = Config::load(&Sources { files: vec![path], ..Sources::default() }).expect("valid");
    assert_eq!(&*config.copies.routes()[0].name, "vietnam");
}

#[test]
fn a_budget_of_memory_bounds_the_batches_too() {
    let small = load(&[], &[("memory.budget", "64MiB"), ("workers.count", "2")]).expect("valid");
    assert_eq!((small.memory.fetched_bytes_max, small.batch.bytes_max), (8 << 20, 4 << 20));
    let usual = load(&[], &[("workers.count", "2")]).expect("valid");
    assert_eq!((usual.memory.budget_bytes, usual.batch.bytes_max), (256 << 20, 16 << 20));
}

/// A page that names a key in code font names one that is there.
#[test]
fn keys_that_pages_name_are_keys() {
    let keys = load(&[], &[]).expect("valid").effective;
    let tables: BTreeSet<&str> = keys.keys().filter_map(|key| key.split('.').next()).collect();
    let is_key = |name: &str| keys.keys().any(|key| key == name || key.starts_with(&format!("{name}.")));
    let mut seen = 0;
    for page in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).expect("a folder") {
        let path = page.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        for code in text.split('`').skip(1).step_by(2) {
            let name: &str =
                code.split(|c: char| !(c.is_ascii_lowercase() || c == '_' || c == '.')).next().unwrap_or("");
            let is_meant = name.split_once('.').is_some_and(|(table, key)| tables.contains(table) && !key.is_empty());
            if is_meant && !name.starts_with("kafka.properties") && !name.starts_with("routes.") {
                assert!(is_key(name), "{}: `{code}`", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}
