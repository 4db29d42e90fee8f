//! Spans, as a collector gets them.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value};
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, Span, span::SpanKind, status::StatusCode};
use prost::Message;
use rdkafka::message::Message as _;
use wiredesk::service::Ended;

use crate::articles::{bare, native, traceparent};
use crate::kafka::{header, read};
use crate::mock::{Mock, Serving};

/// A collector of the test's own: it takes what comes and keeps it.
struct Collector {
    address: String,
    taken: Arc<Mutex<Vec<ResourceSpans>>>,
}

impl Collector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let into = taken.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let into = into.clone();
                std::thread::spawn(move || answer(stream.expect("a connection"), &into));
            }
        });
        Self { address, taken }
    }

    fn spans(&self) -> Vec<Span> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.iter().flat_map(|spans| &spans.scope_spans).flat_map(|spans| spans.spans.clone()).collect()
    }

    /// Waits until there are spans of which this holds.
    fn await_that(&self, holds: impl Fn(&[Span]) -> bool) -> Vec<Span> {
        let deadline = Instant::now() + Duration::from_secs(300);
        loop {
            let spans = self.spans();
            if holds(&spans) {
                return spans;
            }
            assert!(Instant::now() < deadline, "not among {} spans: {spans:#?}", spans.len());
            crate::cluster::pause(Duration::from_millis(50));
        }
    }
}

/// Takes the requests of a connection.
fn answer(stream: TcpStream, into: &Mutex<Vec<ResourceSpans>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut stream = stream;
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if line.trim().is_empty() {
                break;
            }
            head.push(line.trim().to_ascii_lowercase());
        }
        assert_eq!(head[0], "post /v1/traces http/1.1");
        assert!(head.contains(&"content-type: application/x-protobuf".to_owned()), "{head:?}");
        let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
        let mut body = vec![0; length.parse().expect("a number")];
        reader.read_exact(&mut body).expect("a body");
        let request = ExportTraceServiceRequest::decode(&*body).expect("spans");
        into.lock().unwrap_or_else(PoisonError::into_inner).extend(request.resource_spans);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").expect("answered");
    }
}

fn text<'a>(attributes: &'a [KeyValue], name: &str) -> Option<&'a str> {
    let value = attributes.iter().find(|attribute| attribute.key == name)?.value.as_ref()?;
    match value.value.as_ref()? {
        Value::StringValue(text) => Some(text),
        other => panic!("{name} is {other:?}"),
    }
}

fn number(attributes: &[KeyValue], name: &str) -> Option<i64> {
    let value = attributes.iter().find(|attribute| attribute.key == name)?.value.as_ref()?;
    match value.value.as_ref()? {
        Value::IntValue(number) => Some(*number),
        other => panic!("{name} is {other:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_kind(spans: &[Span], kind: SpanKind) -> Vec<&Span> {
    spans.iter().filter(|span| span.kind() == kind).collect()
}

#[test]
fn a_batch_is_linked_to_its_records_and_its_delivery_is_a_child() {
    let collector = Collector::start();
    let mock = Mock::new("traces").with("tracing.otlp_endpoint", &format!("http://{}/", collector.address));
    let mut records: Vec<_> = (0..20).map(native).collect();
    // A trace that is malformed is none, and goes no further; nor does what comes with it.
    let mut odd = bare(Some(b"The ferry sails again.".to_vec()), crate::articles::Expect::Event);
    odd.headers = vec![("traceparent".to_owned(), b"00-none".to_vec()), ("tracestate".to_owned(), b"a=1".to_vec())];
    records.push(odd);
    let ledger = mock.send(&mock.desk.raw, records);
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    assert_eq!(serving.stop(), Ended::Drained);
    let counted = |spans: &[Span]| {
        let batches = of_kind(spans, SpanKind::Consumer);
        batches.iter().filter_map(|span| number(&span.attributes, "messaging.batch.message_count")).sum::<i64>()
    };
    let sent = |spans: &[Span]| of_kind(spans, SpanKind::Producer).len() == of_kind(spans, SpanKind::Consumer).len();
    let spans = collector.await_that(|spans| counted(spans) == 21 && sent(spans));
    let batches = of_kind(&spans, SpanKind::Consumer);
    let linked: Vec<String> = batches
        .iter()
        .flat_map(|span| &span.links)
        .map(|link| format!("00-{}-{}-01", hex(&link.trace_id), hex(&link.span_id)))
        .collect();
    assert_eq!(linked.len(), 20);
    assert_eq!(linked.into_iter().collect::<BTreeSet<_>>(), (0..20).map(traceparent).collect());
    for span in &batches {
        assert_eq!(span.name, format!("process {}", mock.desk.raw));
        let attribute = |name| text(&span.attributes, name);
        assert_eq!(attribute("messaging.system"), Some("kafka"));
        assert_eq!(attribute("messaging.operation.type"), Some("process"));
        assert_eq!(attribute("messaging.consumer.group.name"), Some(&*mock.desk.group));
        assert!(span.parent_span_id.is_empty() && span.end_time_unix_nano >= span.start_time_unix_nano);
        assert!(span.links.iter().all(|link| number(&link.attributes, "messaging.kafka.offset").is_some()));
    }
    // Each delivery lies in its batch, and its trace.
    let deliveries = of_kind(&spans, SpanKind::Producer);
    assert_eq!(deliveries.len(), batches.len());
    for span in deliveries {
        assert_eq!(span.name, format!("send {}", mock.desk.enriched));
        let parent = batches.iter().find(|batch| batch.span_id == span.parent_span_id).expect("a parent");
        assert_eq!(span.trace_id, parent.trace_id);
        assert!(parent.start_time_unix_nano <= span.start_time_unix_nano);
        assert!(span.status.as_ref().is_none_or(|status| status.code() != StatusCode::Error));
    }
    let taken = collector.taken.lock().unwrap_or_else(PoisonError::into_inner);
    let resource = taken[0].resource.as_ref().expect("a resource");
    assert_eq!(text(&resource.attributes, "service.name"), Some("wiredesk"));
    assert_eq!(text(&resource.attributes, "service.instance.id"), Some("a"));
    drop(taken);
    // What the consumers of the events go on from is what the scraper sent.
    let events = read(&mock.desk.brokers, &mock.desk.enriched);
    let parents: Vec<&[u8]> = events.iter().filter_map(|event| header(event, "traceparent")).collect();
    assert_eq!((events.len(), parents.len()), (21, 20));
    assert!(events.iter().all(|event| event.payload().is_some() && header(event, "tracestate").is_none()));
}

#[test]
fn a_collector_that_is_not_there_costs_no_event() {
    let mock = Mock::new("untraced").with("tracing.otlp_endpoint", "http://127.0.0.1:9");
    let mut ledger = mock.send(&mock.desk.raw, (0..50).map(native).collect());
    let serving = Serving::start(&mock.desk);
    mock.await_end(&ledger);
    assert_eq!(serving.stop(), Ended::Drained);
    mock.read(&mut ledger);
    assert_eq!(ledger.check_exactly_once().events, 50);
}
