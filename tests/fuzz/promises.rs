//! What the documentation promises of any record, as functions that panic where it does not hold.

#[cfg(feature = "service")]
#[path = "config.rs"]
pub(crate) mod config;
#[path = "dates.rs"]
pub(crate) mod dates;
#[path = "entities.rs"]
pub(crate) mod entities;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

use wiredesk::article::canonical_url;
use wiredesk::event::{Dialect, Event, Field, Language, LanguageBasis, LanguageTag, Score, Status};
use wiredesk::pipeline::{Outgoing, Processor, Settings, Verdict};
use wiredesk::record::{Header, Offset, Position, Record, TopicPartition};
use wiredesk::text;

static PROCESSOR: LazyLock<Processor> = LazyLock::new(|| Processor::new(Settings::default()));

/// Headers by the first byte of an input: most inputs have none, as most records have.
const HEADERS: &[&[(&str, &str)]] = &[
    &[],
    &[("content-type", "text/html; charset=windows-1258")],
    &[("content-type", "application/json; charset=iso-8859-1"), ("url", "https://www.example.vn/a")],
    &[("content-type", "text/plain"), ("title", "Rain"), ("content-language", "vi")],
    &[("content-encoding", "deflate, gzip")],
    &[("content-encoding", "br"), ("content-type", "text/html")],
    &[("url", "https://m.example.com/2024/09/30/a.amp.html"), ("published-at", "2024-09-30")],
];

/// Languages by the first byte of an input: those with rules of their own, each way of writing, and none.
const LANGUAGES: &[&str] = &[
    "vi", "en", "fr", "id", "es", "pt", "de", "it", "nl", "ru", "uk", "pl", "tr", "ar", "fa", "hi", "th", "zh", "ja",
    "ko", "sw", "el", "he", "bn", "ta", "hu", "fi", "ka", "hy", "km", "my", "und",
];

/// The language that a first byte chooses, as surely as can be.
fn language(choice: u8) -> Language {
    let tag = LANGUAGES[usize::from(choice) % LANGUAGES.len()];
    Language {
        tag: LanguageTag::parse(tag).unwrap_or_else(LanguageTag::undetermined),
        script: None,
        confidence: Score::new(1.0),
        reliable: true,
        basis: LanguageBasis::Hint,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}

/// The largest event that an input of no bytes may make, and by how much each byte may make it larger. An event repeats
/// its text in mentions with their ids; the bound is for what would repeat it without end.
const EVENT_BYTES: (usize, usize) = (16 * 1024, 64);

/// Of a record: it is decided upon, the same way each time, and the event keeps the contract.
pub(crate) fn record(input: &[u8]) {
    let Some((&choice, value)) = input.split_first() else { return };
    let headers = HEADERS.get(usize::from(choice) % 16).copied().unwrap_or_default();
    let headers = headers.iter().map(|(name, value)| Header::new(*name, *value)).collect();
    let record = at(7, headers, value.to_vec());
    let verdict = PROCESSOR.process(&record, &mut ());
    assert_eq!(PROCESSOR.process(&record, &mut ()), verdict, "a replay decides the same");
    match &verdict {
        Verdict::Publish { message, .. } => published(&record, message),
        Verdict::DeadLetter { message, reject } => {
            assert_eq!((&message.key, &message.value), (&record.key, &record.value), "a dead letter is the original");
            assert!(message.headers.starts_with(&record.headers), "with its headers");
            assert!(reject.detail.len() < 1024, "{}", reject.detail);
        }
        Verdict::Drop(rule) => panic!("no rule is set: {rule:?}"),
    }
    if record.header("content-encoding").is_none() && !value.starts_with(&[0x1F, 0x8B]) && choice % 4 == 0 {
        wrapped(&record, &verdict);
    }
}

/// A value that is compressed is the same article, and the same fault.
fn wrapped(record: &Record, verdict: &Verdict) {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(record.value.as_deref().unwrap_or_default()).expect("written to memory");
    let value = Some(packer.finish().expect("written to memory"));
    match (PROCESSOR.process(&Record { value, ..record.clone() }, &mut ()), verdict) {
        (Verdict::Publish { message: wrapped, .. }, Verdict::Publish { message, .. }) => {
            assert!(&wrapped == message, "another event")
        }
        (Verdict::DeadLetter { reject: wrapped, .. }, Verdict::DeadLetter { reject, .. }) => {
            assert!(&wrapped == reject || wrapped.detail.contains(" within 2 compressions"), "{wrapped:?} {reject:?}");
        }
        (wrapped, _) => panic!("another verdict on the compressed value: {wrapped:?}"),
    }
}

fn at(offset: i64, headers: Vec<Header>, value: Vec<u8>) -> Record {
    let partition = TopicPartition { topic: "news.raw".into(), partition: 0 };
    let position = Position { partition, offset: Offset(offset) };
    Record { position, time_ms: Some(1_735_689_600_000), key: None, headers, value: Some(value) }
}

fn published(record: &Record, message: &Outgoing) {
    let bytes = message.value.as_deref().expect("an event has a value");
    let event: Event = serde_json::from_slice(bytes).expect("an event is what its type says");
    assert_eq!(serde_json::to_vec(&event).expect("JSON"), bytes, "an event that is read and written is itself");
    assert_eq!(message.key.as_deref(), Some(event.id.to_string().as_bytes()), "the key is the id");
    let most = EVENT_BYTES.0 + EVENT_BYTES.1 * record.size_bytes();
    assert!(bytes.len() <= most, "{} bytes of event for {} of record", bytes.len(), record.size_bytes());
    if event.status == Status::Usable {
        article(&event);
        if event.provenance.dialect == Dialect::PlainText {
            words(record, &event);
        }
    }
    elsewhere(record, event);
}

/// The text is clean, and whatever points into it points at what it says.
fn article(event: &Event) {
    let body = event.body.as_deref().expect("a usable article has a body");
    assert!(!body.is_empty() && event.title.as_deref() != Some(""), "what is not known is null");
    for text in [Some(body), event.title.as_deref()].into_iter().flatten() {
        assert_eq!(text::normalise(text), text, "text is in normal form");
    }
    let title: Vec<char> = event.title.as_deref().unwrap_or_default().chars().collect();
    let body: Vec<char> = body.chars().collect();
    let slice = |field: Field, start: u32, end: u32| {
        let text = match field {
            Field::Title => &title,
            Field::Body => &body,
        };
        assert!(start < end && end as usize <= text.len(), "{start}..{end} of {}", text.len());
        text[start as usize..end as usize].iter().collect::<String>()
    };
    for date in &event.dates {
        assert_eq!(slice(date.r#in, date.start, date.end), date.text);
    }
    entities::check(
        event.title.as_deref().unwrap_or_default(),
        event.body.as_deref().unwrap_or_default(),
        &event.entities,
    );
    for segment in event.language.iter().flat_map(|language| &language.segments) {
        slice(segment.r#in, segment.start, segment.end);
    }
    for piece in &event.furniture {
        assert!(piece.at as usize <= body.len() && !piece.text.is_empty(), "{piece:?}");
    }
}

/// Title, body and furniture together hold every word that came in.
fn words(record: &Record, event: &Event) {
    let charset = record.header("content-type").and_then(|kind| kind.split("charset=").nth(1));
    let hints = text::Hints { charset, url: record.header("url") };
    let came = text::decode(record.value.as_deref().unwrap_or_default(), hints).expect("it was read");
    if came.text.trim_start().starts_with("---") {
        // The head that trafilatura writes: its lines become fields, not text.
        return;
    }
    let is_markdown = came.text.contains("](") || came.text.lines().any(|line| line.starts_with('#'));
    let furniture = event.furniture.iter().map(|piece| piece.text.as_str());
    let title = event.title.as_deref().filter(|_| record.header("title").is_none());
    let out = title.into_iter().chain(event.body.as_deref()).chain(furniture);
    let (out, came) = (letters(out), letters([text::normalise(&came.text).as_str()]));
    if is_markdown {
        // Addresses of links and a heading that says the title again are no words of the article.
        assert!(out.iter().all(|(letter, count)| came.get(letter) >= Some(count)), "no letter is made");
        return;
    }
    assert_eq!(out, came, "no letter is lost or made");
}

fn letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in texts.into_iter().flat_map(str::chars).filter(|c| c.is_alphanumeric()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// The same article at another offset differs in its provenance alone.
fn elsewhere(record: &Record, mut event: Event) {
    let other = at(8, record.headers.clone(), record.value.clone().unwrap_or_default());
    let Verdict::Publish { message, .. } = PROCESSOR.process(&other, &mut ()) else {
        panic!("another verdict elsewhere")
    };
    let other: Event = serde_json::from_slice(message.value.as_deref().unwrap_or_default()).expect("an event");
    event.provenance.offset = 8;
    assert_eq!(other, event);
}

/// Of a URL: its canonical form is its own, ASCII, and not much longer.
pub(crate) fn url(input: &[u8]) {
    let url = String::from_utf8_lossy(input);
    if let Some(once) = canonical_url(&url) {
        assert!(once.is_ascii() && once.starts_with("https://"), "{once}");
        assert!(once.len() <= 64 + 9 * url.len(), "{} bytes for {}", once.len(), url.len());
        assert_eq!(canonical_url(&once).as_deref(), Some(once.as_str()), "the canonical form is its own");
    }
}

/// Of bytes as text: decoding ends in text or a word on why not, and normal form is its own.
pub(crate) fn text(input: &[u8]) {
    for charset in [None, Some("shift_jis"), Some("utf-16"), Some("iso-8859-1")] {
        let Ok(decoded) = text::decode(input, text::Hints { charset, url: None }) else { continue };
        assert!(decoded.text.len() <= 3 * input.len(), "{} bytes of text for {}", decoded.text.len(), input.len());
        let normal = text::normalise(&decoded.text);
        assert_eq!(text::normalise(&normal), normal, "normal form is its own");
    }
}

/// The event of a value without headers, if it becomes one; it keeps the promises.
pub(crate) fn event(value: &str) -> Option<Event> {
    record(&[&[0], value.as_bytes()].concat());
    PROCESSOR.event(&at(7, Vec::new(), value.as_bytes().to_vec()), &mut ()).ok()
}
