//! The server as a client meets it, over real connections; without Kafka.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use tokio::runtime::Runtime;

use super::*;
use crate::config::Sources;
use crate::pipeline::Settings;
use crate::telemetry::{Letter, Outcome, Published, Recent};

const TOKEN: &str = "correct-horse-battery";

const ARTICLE: &str = r#"{"title": "Hanoi and Paris sign a pact", "language": "en", "published_at": "2024-03-14",
    "text": "The mayor of Hanoi met her guests from Paris yesterday, and both signed the pact in the town hall."}"#;

/// A server of these keys, and the runtime that it lives in.
struct Serving {
    _runtime: Runtime,
    address: SocketAddr,
    telemetry: Arc<Telemetry>,
    _processors: watch::Sender<Arc<Processor>>,
}

/// Status, head and body.
type Answer = (u16, String, String);

impl Serving {
    fn start(keys: &[(&str, &str)]) -> Self {
        let flags = keys.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
        let mut config = Config::load(&Sources { flags, ..Sources::default() }).expect("valid");
        // Access follows from the configured address; the tests themselves stay on this machine.
        config.http.listen = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
        let processors = watch::Sender::new(Arc::new(Processor::new(Settings::default())));
        let recent = Recent::new(config.http.events_kept, config.http.events_bytes_max);
        let patience = Duration::from_secs(60);
        let telemetry = Arc::new(Telemetry::new(recent, patience, patience, "0123456789abcdef"));
        let runtime = Runtime::new().expect("a runtime");
        let address = config.http.listen.expect("just set");
        let bound = Server::bind(address, &config, telemetry.clone(), processors.subscribe());
        let server = runtime.block_on(bound).expect("binds");
        let address = server.address();
        runtime.spawn(server.serve());
        Self { _runtime: runtime, address, telemetry, _processors: processors }
    }

    fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream.write_all(request.as_bytes()).expect("asked");
        stream
    }

    fn ask(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        let own = format!("Host: {}", self.address);
        let hosted = headers.iter().any(|header| header.starts_with("Host:"));
        let lines = headers.iter().copied().chain((!hosted).then_some(own.as_str())).collect::<Vec<_>>().join("\r\n");
        let length = body.len();
        let head =
            format!("{method} {path} HTTP/1.1\r\n{lines}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
        let mut answer = String::new();
        self.connect(&format!("{head}{body}")).read_to_string(&mut answer).expect("answered");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an end of the headers");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str, headers: &[&str]) -> Answer {
        self.ask("GET", path, headers, "")
    }

    fn json(&self, path: &str) -> Value {
        let (status, _, body) = self.get(path, &[]);
        assert_eq!(status, 200, "{body}");
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
    }

    /// What the processor makes of an article, put among the last events.
    fn deliver(&self, article: &str) {
        let tried: Value = serde_json::from_str(&self.ask("POST", "/api/try", &[], article).2).expect("JSON");
        let published = Published { json: tried["event"].to_string(), ..Published::default() };
        self.telemetry.recent.extend(7, [Outcome::Event(published)]);
    }
}

fn letter() -> Outcome {
    Outcome::DeadLetter(Letter {
        topic: "news.raw".to_owned(),
        partition: 0,
        offset: 4,
        reason: "empty",
        detail: "no text is left of it".to_owned(),
        key: None,
        bytes: 12,
    })
}

#[test]
fn every_answer_binds_the_browser() {
    let serving = Serving::start(&[]);
    for path in ["/", "/console/main.js", "/api/state", "/metrics", "/livez", "/nowhere"] {
        let (_, head, _) = serving.get(path, &[]);
        for line in
            ["content-security-policy: default-src 'none';", "x-content-type-options: nosniff", "x-frame-options: deny"]
        {
            assert!(head.contains(line), "{line} is missing from {path}: {head}");
        }
        assert!(!head.contains("unsafe"), "{head}");
    }
    assert!(serving.get("/api/state", &[]).1.contains("cache-control: no-store"));
}

#[test]
fn the_page_and_its_files_are_served_and_known_again() {
    let serving = Serving::start(&[]);
    let (status, head, body) = serving.get("/", &[]);
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/html") && body.contains("console/main.js"), "{head}");
    let (status, head, _) = serving.get("/console/console.css", &[]);
    assert!(status == 200 && head.contains("content-type: text/css"), "{head}");
    let tag = head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    let (status, _, body) = serving.get("/console/console.css", &[&format!("If-None-Match: {tag}")]);
    assert_eq!((status, body.as_str()), (304, ""));
    assert_eq!(serving.get("/console/nothing.js", &[]).0, 404);
    assert_eq!(serving.get("/console/..%2Fmod.rs", &[]).0, 404);
}

#[test]
fn away_from_loopback_the_console_is_off_and_metrics_are_not() {
    let serving = Serving::start(&[("http.listen", "0.0.0.0:0")]);
    assert_eq!(serving.get("/", &[]).0, 404);
    assert!(serving.get("/", &[]).2.contains("http.console.token"));
    for path in ["/api/state", "/api/events", "/api/live", "/console/main.js"] {
        assert_eq!(serving.get(path, &[]).0, 404, "{path}");
    }
    assert_eq!(serving.get("/metrics", &["Host: k8s.example"]).0, 200);
    assert_eq!(serving.get("/livez", &["Host: k8s.example"]).0, 200);
    let off = Serving::start(&[("http.console.enabled", "false")]);
    assert_eq!(off.get("/api/state", &[]).0, 404);
}

#[test]
fn a_token_opens_the_interface_and_nothing_else_does() {
    let serving = Serving::start(&[("http.listen", "0.0.0.0:0"), ("http.console.token", TOKEN)]);
    // The page asks for the token; it holds nothing else.
    assert_eq!(serving.get("/", &["Host: k8s.example"]).0, 200);
    assert_eq!(serving.get("/metrics", &[]).0, 200);
    for path in ["/api/state", "/api/events", "/api/live"] {
        let (status, head, _) = serving.get(path, &[]);
        assert!(status == 401 && head.contains("www-authenticate: bearer"), "{path}: {head}");
    }
    assert_eq!(serving.ask("POST", "/api/try", &["Authorization: Bearer guess"], ARTICLE).0, 401);
    let shown = format!("Authorization: Bearer {TOKEN}");
    assert_eq!(serving.get("/api/state", &[&shown, "Host: k8s.example"]).0, 200);
    assert_eq!(serving.ask("POST", "/api/try", &[&shown], ARTICLE).0, 200);
}

#[test]
fn pages_from_elsewhere_are_refused() {
    let serving = Serving::start(&[]);
    assert_eq!(serving.get("/api/events", &["Host: evil.example"]).0, 403);
    assert_eq!(serving.get("/", &["Host: evil.example"]).0, 403);
    assert_eq!(serving.ask("POST", "/api/try", &["Origin: https://evil.example"], ARTICLE).0, 403);
    assert_eq!(serving.ask("POST", "/api/try", &["Sec-Fetch-Site: cross-site"], ARTICLE).0, 403);
    assert_eq!(serving.ask("POST", "/api/try", &[&format!("Origin: http://{}", serving.address)], ARTICLE).0, 200);
    // A probe comes under whatever name.
    assert_eq!(serving.get("/livez", &["Host: evil.example"]).0, 200);
}

#[test]
fn an_article_on_trial_becomes_an_event_and_is_kept_nowhere() {
    let serving = Serving::start(&[("http.console.try_bytes_max", "1000")]);
    let (status, _, body) = serving.ask("POST", "/api/try", &[], ARTICLE);
    let tried: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(status, 200);
    let names: Vec<_> =
        tried["event"]["entities"].as_array().expect("a list").iter().map(|e| e["name"].clone()).collect();
    assert!(names.contains(&"Hanoi".into()), "{names:?}");
    assert_eq!(tried["event"]["dates"][0]["value"], "2024-03-13");
    assert_eq!(tried["stages_us"][0][0], "parse");
    assert_eq!((&tried["routes"], &tried["copies"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
    let (_, _, refused) = serving.ask("POST", "/api/try", &[], "{");
    assert!(refused.contains("malformed_json"), "{refused}");
    assert_eq!(serving.ask("POST", "/api/try", &[], &"x".repeat(1001)).0, 413);
    assert_eq!(serving.ask("GET", "/api/try", &[], "").0, 405);
    assert_eq!(serving.telemetry.recent.newest(), 0);
}

#[test]
fn what_is_kept_can_be_searched_and_told_apart() {
    let serving = Serving::start(&[]);
    for _ in 0..41 {
        serving.deliver(ARTICLE);
    }
    serving.telemetry.recent.extend(8, [letter()]);
    let all = serving.json("/api/events");
    assert_eq!((all["kept"].clone(), all["found"].clone(), all["newest"].clone()), (42.into(), 42.into(), 42.into()));
    assert_eq!(all["items"][0]["dead_letter"]["reason"], "empty");
    assert_eq!(all["items"].as_array().map(Vec::len), Some(40));
    assert_eq!(all["facets"]["languages"][0], serde_json::json!(["en", 41]));
    let places: Vec<_> =
        all["facets"]["places"].as_array().expect("a list").iter().map(|p| p["name"].clone()).collect();
    assert!(places.contains(&"Hanoi".into()) && places.contains(&"Paris".into()), "{places:?}");
    assert_eq!(all["facets"]["dates"][0], serde_json::json!(["2024-03", 41]));
    let earlier = serving.json("/api/events?before=3");
    let numbers: Vec<_> =
        earlier["items"].as_array().expect("a list").iter().map(|item| item["number"].clone()).collect();
    assert_eq!(numbers, [2, 1]);
    assert_eq!(serving.json("/api/events?kind=dead_letters")["found"], 1);
    assert_eq!(serving.json("/api/events?text=nothing%20of%20it")["found"], 0);
    assert_eq!(serving.get("/api/events?colour=red", &[]).0, 400);
}

#[test]
fn the_stream_tells_what_is_new_and_a_place_in_it_can_be_had_again() {
    let serving = Serving::start(&[("http.console.followers_max", "1")]);
    serving.telemetry.recent.extend(7, (0..40).map(|_| letter()));
    let request = format!("GET /api/live?after=0 HTTP/1.1\r\nHost: {}\r\n\r\n", serving.address);
    let mut following = serving.connect(&request);
    let mut seen = String::new();
    let mut bytes = [0; 4096];
    while !seen.contains("\n\n") || !seen.contains("data:") {
        let count = following.read(&mut bytes).expect("the stream goes on");
        seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
    }
    assert!(seen.to_ascii_lowercase().contains("content-type: text/event-stream"), "{seen}");
    let data = seen.lines().find_map(|line| line.strip_prefix("data: ")).expect("a message");
    let message: Value = serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"));
    assert_eq!((message["newest"].clone(), message["missed"].clone()), (40.into(), 28.into()));
    assert_eq!(message["items"].as_array().map(Vec::len), Some(12));
    assert_eq!(message["state"]["about"]["group"], "wiredesk");
    assert_eq!(serving.get("/api/live", &[]).0, 503);
    drop(following);
    let deadline = Instant::now() + Duration::from_secs(20);
    while !serving.takes_a_follower() {
        assert!(Instant::now() < deadline, "the place was not given back");
    }
}

impl Serving {
    /// Whether a new reader is taken in.
    fn takes_a_follower(&self) -> bool {
        let request = format!("GET /api/live HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        let mut line = [0; 12];
        self.connect(&request).read_exact(&mut line).expect("answered");
        line.ends_with(b"200")
    }
}
