//! The examples of `examples/clients` against a real Kafka: scrapers in Python fetch pages from a server of this machine
//! and send them, the desk tags them, consumers in Python and JavaScript read what came of them.
//!
//! They need what `examples/clients/README.md` says: a `.venv` with the requirements, and `npm ci`. Where that is missing
//! the tests say SKIP and why; with `CI=true` that is a failure.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::message::{Message, OwnedMessage};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use serde_json::Value;

use crate::articles::{Expect, Raw};
use crate::cluster::{cluster, pause, say};
use crate::kafka::{self, header};
use crate::process::{Desk, Running};

/// How long interpreters may take to start, and a handful of articles to get through, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// Pages of a newsroom that does not exist: name, language, title, text. Rare Han characters and an emoji stand before
/// names, where UTF-16 offsets would be wrong.
const PAGES: &[(&str, &str, &str, &str)] = &[
    (
        "pact",
        "en",
        "France and Vietnam sign river data pact",
        "HANOI – Foreign Minister Claire Dumartin and her host agreed on 14 March 2024 to share flood data. Vietnam will build \
         the gauges, and France will pay for them. Both sides called the pact a beginning and promised a second one.",
    ),
    (
        "hop-tac",
        "vi",
        "🌊 Việt Nam và Pháp hợp tác về dữ liệu sông",
        "Ngày 14/3/2024, tại Hà Nội 🌊🌊, Việt Nam và Pháp đã ký thỏa thuận chia sẻ dữ liệu về lũ lụt. Bộ trưởng cho biết các \
         trạm đo sẽ được xây dựng trong năm tới và phía Pháp sẽ chi trả toàn bộ chi phí.",
    ),
    (
        "accord",
        "fr",
        "Crues : la France et le Viêt Nam partagent leurs données",
        "Le 14 mars 2024, à Hanoï, la France et le Viêt Nam ont signé un accord sur les données des crues 𠮷𠮷. Selon la ministre, \
         le Viêt Nam construira les stations et la France en assurera le financement pendant dix ans.",
    ),
    (
        "kesepakatan",
        "id",
        "Prancis dan Vietnam berbagi data sungai",
        "HANOI – Prancis dan Vietnam menandatangani kesepakatan tentang data banjir pada 14 Maret 2024. Menteri mengatakan bahwa \
         Vietnam akan membangun stasiun pengukur dan Prancis akan membayar semua biayanya selama sepuluh tahun.",
    ),
    (
        "gauges",
        "en",
        "First river gauges arrive in Vietnam",
        "The first twenty gauges reached the port of Hai Phong on Monday, the ministry in Hanoi said. Engineers from France will \
         mount them along the river before the rains begin, and a second shipment is expected within a few weeks.",
    ),
];

/// The folder of one language's examples.
fn folder(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients").join(language)
}

/// The interpreter with the clients in it, or what is missing.
fn python() -> Result<PathBuf, String> {
    let python = folder("python").join(".venv/bin/python");
    let imports =
        Command::new(&python).args(["-c", "import confluent_kafka, scrapy, trafilatura, newsplease"]).output();
    match imports {
        Ok(output) if output.status.success() => Ok(python),
        Ok(_) => Err("the packages of examples/clients/python/requirements.txt are not in its .venv".to_owned()),
        Err(_) => Err("there is no examples/clients/python/.venv".to_owned()),
    }
}

fn node() -> Result<(), String> {
    let answers = Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    match (answers, folder("javascript").join("node_modules/kafkajs").is_dir()) {
        (true, true) => Ok(()),
        (false, _) => Err("no Node.js".to_owned()),
        (true, false) => Err("`npm ci` has not been run in examples/clients/javascript".to_owned()),
    }
}

/// A command of an example, told by the environment where this desk's topics are.
fn example(desk: &Desk, program: &Path, language: &str, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder(language))
        .args(words)
        .env("PYTHONUNBUFFERED", "1")
        .env("PRIVATE_ADDRESSES", "1")
        .env("KAFKA_BROKERS", &desk.brokers);
    command.env("WIREDESK_RAW", &desk.raw).env("WIREDESK_ENRICHED", &desk.enriched);
    command
}

fn finished(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().expect("runs");
    assert!(status.success(), "{command:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("text")
}

/// A folder of the pages, with a front page that links to the first three.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a scratch folder");
    let put =
        |name: &str, html: String| std::fs::write(site.path().join(format!("{name}.html")), html).expect("written");
    for (name, language, title, text) in PAGES {
        put(
            name,
            format!(
                "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
                 <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:type\" content=\"article\">\
                 <meta property=\"article:published_time\" content=\"2024-03-15T09:30:00+07:00\"></head>\
                 <body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
            ),
        );
    }
    let links: String =
        PAGES[..3].iter().map(|(name, ..)| format!("<li><a href=\"/{name}.html\">{name}</a></li>")).collect();
    put("index", format!("<!doctype html><title>Front</title><ul>{links}</ul>"));
    site
}

/// The events of the desk, once there are as many.
fn events(desk: &Desk, count: usize) -> Vec<OwnedMessage> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = kafka::read(&desk.brokers, &desk.enriched);
        if found.len() >= count {
            return found;
        }
        let letters = kafka::read(&desk.brokers, &desk.dead_letter);
        assert!(letters.is_empty(), "{letters:?}");
        assert!(Instant::now() < deadline, "{} events of {count}", found.len());
        pause(Duration::from_millis(200));
    }
}

/// Writes an event in a transaction that is then aborted.
fn abort(brokers: &str, topic: &str) {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", brokers).set("transactional.id", format!("{topic}-aborted")).set("log_level", "0");
    let producer: BaseProducer = config.create().expect("a producer");
    producer.init_transactions(PATIENCE).expect("brokers");
    producer.begin_transaction().expect("begun");
    let event = r#"{"id": "1", "status": "usable", "title": "ABORTED", "entities": [], "dates": []}"#;
    producer
        .send(BaseRecord::<str, str>::to(topic).key("1").payload(event).partition(0))
        .map_err(|(e, _)| e)
        .expect("queued");
    producer.flush(PATIENCE).expect("acknowledged");
    producer.abort_transaction(PATIENCE).expect("aborted");
}

/// What the joining examples must print, worked out from the events themselves.
fn joined(events: &[Value]) -> String {
    let word = |mention: &Value| mention["text"].as_str().expect("text").to_owned();
    let list = |event: &Value, name: &str| event[name].as_array().cloned().unwrap_or_default();
    let mut things: BTreeMap<String, Vec<(&Value, Value)>> = BTreeMap::new();
    let mut days: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for event in events {
        for entity in list(event, "entities") {
            if let Some(id) = entity["id"].as_str() {
                things.entry(id.to_owned()).or_default().push((event, entity));
            }
        }
        for date in list(event, "dates").iter().filter(|date| date["precision"] == "day" && date["set"] == false) {
            days.entry(date["value"].as_str().expect("EDTF").to_owned()).or_default().insert(word(date));
        }
    }
    let joined = |set: BTreeSet<String>, by: &str| set.into_iter().collect::<Vec<_>>().join(by);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let mut out = String::new();
    for (id, named) in things.into_iter().filter(|(_, named)| named.len() > 1) {
        let name = named.iter().map(|(_, entity)| text(&entity["name"])).min().expect("two");
        let languages = named.iter().map(|(event, _)| text(&event["language"]["tag"])).collect();
        let words = named.iter().flat_map(|(_, entity)| list(entity, "mentions").iter().map(word).collect::<Vec<_>>());
        out.push_str(&format!("{id}  {name}  [{}]  {}\n", joined(languages, " "), joined(words.collect(), " | ")));
    }
    days.into_iter().for_each(|(value, words)| out.push_str(&format!("{value}  {}\n", joined(words, " | "))));
    out
}

#[test]
fn scrapers_send_and_consumers_read() {
    let python = match python().and_then(|python| node().map(|()| python)) {
        Ok(python) => python,
        Err(why) => {
            let why = format!("SKIP the examples for clients: {why}");
            assert!(!std::env::var("CI").is_ok_and(|ci| ci == "true"), "{why}; with CI=true that is a failure");
            return say(&why);
        }
    };
    let Some(cluster) = cluster() else { return };
    let desk = Desk::new(cluster.brokers(), "clients");
    kafka::create(&desk.brokers, &[&desk.raw, &desk.enriched, &desk.dead_letter], 2, &[]);
    let site = site();
    let mut server = Command::new(&python);
    server.args(["-u", "-m", "http.server", "--bind", "127.0.0.1", "0"]).current_dir(site.path());
    let mut server = Running::start(&mut server);
    server.await_words("Serving HTTP on");
    let base = format!("http://{}", server.address());
    let url = |page: usize| format!("{base}/{}.html", PAGES[page].0);
    let running = desk.run();

    // Three pages as HTML from Scrapy, one from trafilatura, one from news-please: all in the raw topic under their URLs.
    let run = |words: &[&str]| finished(&mut example(&desk, &python, "python", words));
    // As the page says: unlike `python -m scrapy`, this looks for modules in no folder of its own accord.
    let (scrapy, start) = (python.with_file_name("scrapy"), format!("start={base}/index.html"));
    finished(&mut example(&desk, &scrapy, "python", &["runspider", "news_spider.py", "-a", &start]));
    assert!(run(&["push_trafilatura.py", &url(3)]).starts_with("1 sent, 0 without"));
    assert!(run(&["push_news_please.py", &url(4)]).starts_with("1 sent, 0 without"));
    let raw = kafka::read(&desk.brokers, &desk.raw);
    let keys: BTreeSet<String> =
        raw.iter().map(|m| String::from_utf8_lossy(m.key().expect("a key")).into_owned()).collect();
    assert_eq!((raw.len(), keys), (5, (0..5).map(url).collect()));
    for message in &raw {
        assert_eq!(header(message, "url"), message.key(), "{message:?}");
        let of_pages = message.payload().expect("a value").starts_with(b"<!doctype");
        let expected: &[u8] = if of_pages { b"text/html" } else { b"application/json" };
        assert!(header(message, "content-type").is_some_and(|found| found.starts_with(expected)), "{message:?}");
    }

    // What comes of them: five events, and no dead letter.
    let found: Vec<Value> =
        events(&desk, 5).iter().map(|m| serde_json::from_slice(m.payload().expect("a value")).expect("JSON")).collect();
    let dialects: BTreeSet<&str> = found.iter().filter_map(|event| event["provenance"]["dialect"].as_str()).collect();
    assert_eq!(dialects, BTreeSet::from(["html", "news_please", "trafilatura"]));
    let titles: BTreeSet<&str> = found.iter().filter_map(|event| event["title"].as_str()).collect();
    assert_eq!(titles, PAGES.iter().map(|page| page.2).collect());

    // One is sent again and makes no difference; an aborted transaction is in the topic; another article is taken back.
    run(&["push_trafilatura.py", &url(3)]);
    events(&desk, 6);
    abort(&desk.brokers, &desk.enriched);
    let gone = Raw { key: Some(url(4).into_bytes()), headers: Vec::new(), value: None, expect: Expect::Retraction };
    kafka::send(&desk.brokers, &desk.raw, vec![gone]);
    events(&desk, 7);
    let left: Vec<Value> = found.into_iter().filter(|event| event["title"] != PAGES[4].2).collect();
    let expected = joined(&left);
    assert!(expected.contains("wikidata:Q881") && expected.contains("[en fr id vi]"), "{expected}");
    assert!(expected.contains("2024-03-14"), "{expected}");
    let read =
        |program: &Path, language, script| finished(&mut example(&desk, program, language, &[script, "--count", "7"]));
    assert_eq!(read(&python, "python", "join.py"), expected);
    assert_eq!(read(Path::new("node"), "javascript", "join.mjs"), expected);
    for (program, language, script) in
        [(&*python, "python", "consume.py"), (Path::new("node"), "javascript", "consume.mjs")]
    {
        let mut consumer = Running::start(&mut example(&desk, program, language, &[script]));
        PAGES.iter().for_each(|(_, _, title, _)| consumer.await_words(title));
        consumer.await_words("retracted");
        assert!(!consumer.said().contains("ABORTED"), "{}", consumer.said());
    }
    running.stop();
}
