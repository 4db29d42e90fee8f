//! Spans of batches and deliveries, sent to an OpenTelemetry collector where one is configured.
//!
//! Names and attributes are those of the semantic conventions for messaging. A batch is a span of its own, linked to the
//! contexts that its records brought; its delivery is a child. Not supported: a span for each record. The events carry
//! on the context of their record as it came, so that their bytes do not depend on whether anything is traced.

use std::time::Duration;

use opentelemetry::trace::{
    Link, Span as _, SpanBuilder, SpanContext, SpanId, SpanKind, Status, TraceContextExt as _, TraceFlags, TraceId,
    TraceState, Tracer as _, TracerProvider as _,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

use crate::config::Config;
use crate::event::TraceContext;
use crate::record::Record;

/// How many records a batch's span is linked to at most, the first that come from different spans: the default limit of
/// OpenTelemetry.
const LINKS_MAX: usize = 128;

/// How long the collector may take to accept spans.
const EXPORT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long the end of the process waits for the last spans to be sent.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);

/// Makes spans, or nothing where tracing is off.
#[derive(Debug, Default)]
pub struct Traces {
    on: Option<(SdkTracerProvider, SdkTracer)>,
}

/// A span that is open until it is ended or let go.
#[derive(Debug)]
pub struct Span<'a> {
    traces: &'a Traces,
    span: Option<opentelemetry_sdk::trace::Span>,
}

impl Traces {
    /// Spans for the collector that is configured, sent by a thread of their own; what it does not take in time is lost.
    ///
    /// # Errors
    /// If the client cannot be made.
    pub fn open(config: &Config) -> Result<Self, String> {
        let Some(endpoint) = &config.tracing.otlp_endpoint else { return Ok(Self::default()) };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{endpoint}/v1/traces"))
            .with_timeout(EXPORT_TIMEOUT)
            .build()
            .map_err(|error| error.to_string())?;
        let about = [
            KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
            KeyValue::new("service.instance.id", config.kafka.instance.0.clone()),
        ];
        let resource = Resource::builder().with_service_name("wiredesk").with_attributes(about).build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        let tracer = provider.tracer("wiredesk");
        Ok(Self { on: Some((provider, tracer)) })
    }

    /// The span of a batch, from its records being read until they are delivered or given up.
    pub fn batch(&self, config: &Config, records: &[Record]) -> Span<'_> {
        let topic = records.first().map_or_else(String::new, |record| record.position.partition.topic.to_string());
        self.start(None, || {
            let name = format!("process {topic}");
            let group = KeyValue::new("messaging.consumer.group.name", config.kafka.group.clone());
            builder(name, SpanKind::Consumer, "process", topic.clone(), records.len(), [group])
                .with_links(links(records))
        })
    }

    fn start(&self, parent: Option<&SpanContext>, builder: impl FnOnce() -> SpanBuilder) -> Span<'_> {
        let span = self.on.as_ref().map(|(_, tracer)| {
            let around =
                parent.map_or_else(Context::new, |parent| Context::new().with_remote_span_context(parent.clone()));
            tracer.build_with_context(builder(), &around)
        });
        Span { traces: self, span }
    }

    /// Sends what is left. It waits, and must not be called on an async thread.
    pub fn close(&self) {
        if let Some((provider, _)) = &self.on
            && let Err(error) = provider.shutdown_with_timeout(CLOSE_TIMEOUT)
        {
            tracing::warn!(%error, "the last spans were not sent");
        }
    }
}

impl Span<'_> {
    /// A child: so many messages are sent, most of them to `topic`.
    pub fn send(&self, topic: &str, messages: usize) -> Self {
        let parent = self.span.as_ref().map(|span| span.span_context().clone());
        self.traces.start(parent.as_ref(), || {
            builder(format!("send {topic}"), SpanKind::Producer, "send", topic.to_owned(), messages, [])
        })
    }

    /// Ends it, with the problem that it met.
    pub fn end(mut self, problem: Option<&impl ToString>) {
        if let (Some(span), Some(problem)) = (&mut self.span, problem) {
            span.set_status(Status::error(problem.to_string()));
        }
        // Letting it go is its end.
    }
}

fn builder(
    name: String,
    kind: SpanKind,
    operation: &'static str,
    topic: String,
    messages: usize,
    more: impl IntoIterator<Item = KeyValue>,
) -> SpanBuilder {
    let attributes = [
        KeyValue::new("messaging.system", "kafka"),
        KeyValue::new("messaging.operation.name", operation),
        KeyValue::new("messaging.operation.type", operation),
        KeyValue::new("messaging.destination.name", topic),
        KeyValue::new("messaging.batch.message_count", i64::try_from(messages).unwrap_or(i64::MAX)),
    ];
    SpanBuilder::from_name(name).with_kind(kind).with_attributes(attributes.into_iter().chain(more))
}

/// The contexts of the records, each once.
fn links(records: &[Record]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for record in records {
        let Some(context) = TraceContext::of(&record.headers) else { continue };
        if links.len() < LINKS_MAX && seen.insert((context.trace_id, context.parent_id)) {
            let position = &record.position;
            let attributes = vec![
                KeyValue::new("messaging.destination.partition.id", position.partition.partition.to_string()),
                KeyValue::new("messaging.kafka.offset", position.offset.0),
            ];
            links.push(Link::new(span_context(&context), attributes, 0));
        }
    }
    links
}

fn span_context(context: &TraceContext) -> SpanContext {
    let flags = if context.is_sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
    let state = context.state.as_deref().and_then(|state| state.parse::<TraceState>().ok());
    let (trace, parent) = (TraceId::from_bytes(context.trace_id), SpanId::from_bytes(context.parent_id));
    SpanContext::new(trace, parent, flags, true, state.unwrap_or_default())
}
