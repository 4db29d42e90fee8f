//! The names of all metrics, their labels' closed sets and their buckets.

/// Every metric's name and help, in the order of `docs/metrics.md`, but for those of the process itself, whose names and
/// meaning all of Prometheus' clients share.
pub const METRICS: &[(&str, &str)] = &[
    ("wiredesk_records_consumed_total", "Raw records whose batch is delivered, by raw topic."),
    (
        "wiredesk_records_produced_total",
        "Records written and committed, events with their copies and dead letters, by topic.",
    ),
    ("wiredesk_records_dead_lettered_total", "Records that could not become events, by raw topic and reason."),
    ("wiredesk_records_dropped_total", "Records dropped by a configured rule, by raw topic and rule."),
    ("wiredesk_routed_total", "Events that took a route, by its name."),
    ("wiredesk_consumed_bytes_total", "Bytes of keys, values and headers of consumed records, by raw topic."),
    ("wiredesk_produced_bytes_total", "Bytes of keys, values and headers of produced records, by topic."),
    ("wiredesk_end_to_end_latency_seconds", "From a raw record's timestamp to its event being committed."),
    ("wiredesk_batch_process_seconds", "Processing of one batch, without delivery."),
    ("wiredesk_stage_seconds", "Time that one article spends in a stage."),
    ("wiredesk_commit_seconds", "Committing one batch, after all its messages are acknowledged."),
    ("wiredesk_batches_rewound_total", "Batches that were not delivered and are read again."),
    ("wiredesk_clients_fenced_total", "Times another process took the name of a worker's client."),
    ("wiredesk_clients_rebuilt_total", "Times a worker made new Kafka clients after an error."),
    ("wiredesk_consumer_lag_records", "Records of a partition that are not yet delivered."),
    ("wiredesk_consumer_lag_seconds", "How long the next record to be delivered has been waiting at most."),
    ("wiredesk_brokers_answered_timestamp_seconds", "When the brokers last told where the partitions end."),
    ("wiredesk_partition_last_progress_timestamp_seconds", "When a partition was last delivered or caught up."),
    ("wiredesk_partition_stalled", "1 for a partition that has records left and does not get on, else 0."),
    ("wiredesk_partitions_healed_total", "What was done about partitions that did not get on, by action."),
    ("wiredesk_inflight_bytes", "Bytes of records that are read and not yet delivered."),
    ("wiredesk_rebalances_total", "Rebalances that this process took part in, one for each worker."),
    ("wiredesk_articles_total", "Published articles by language."),
    ("wiredesk_entities_total", "Entities of published articles by type."),
    ("wiredesk_tagged_articles_total", "Published articles by raw topic and dialect."),
    ("wiredesk_tags_missing_total", "Published articles without a tag, by raw topic, dialect and tag."),
    ("wiredesk_lexicon_reloads_total", "Times the lexicon's files were read anew, by outcome."),
    ("wiredesk_lexicon_last_reload_successful", "1 unless the lexicon's files as they are now have a fault."),
    ("wiredesk_drain_seconds", "How long this process has been draining, else 0."),
    ("wiredesk_failed", "1 for the cause that only an operator can mend, else 0."),
    ("wiredesk_credentials_reloads_total", "Times replaced certificates or passwords were tried, by outcome."),
    ("wiredesk_build_info", "1, with the version and the rules hash of this process."),
];

/// Upper bounds, in seconds, of latencies: one millisecond to ten minutes.
pub(super) const LATENCY_BUCKETS: &[f64] =
    &[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0];

/// Upper bounds, in seconds, of one stage of one article: one microsecond to a tenth of a second.
pub(super) const STAGE_BUCKETS: &[f64] = &[
    0.000_001,
    0.000_002_5,
    0.000_005,
    0.000_01,
    0.000_025,
    0.000_05,
    0.000_1,
    0.000_25,
    0.000_5,
    0.001,
    0.0025,
    0.01,
    0.1,
];

/// Languages that have a label of their own; every other one is `other`. Labels must be a closed set: what a scraper
/// sends must not be able to add series.
pub(super) const LANGUAGES: &[&str] = &[
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu",
    "fa", "fi", "fil", "fr", "ga", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "jv", "ka", "kk",
    "km", "kn", "ko", "ky", "la", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "ne", "nl", "nn", "or",
    "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "sn", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th",
    "tk", "tr", "uk", "und", "ur", "uz", "vi", "yi", "zh", "zu",
];
