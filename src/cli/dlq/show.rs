//! `wiredesk dlq show`: one dead letter.

use std::io::Write;

use super::{history, time};
use crate::cli::view::{self, BAD, DIM};
use crate::cli::{Failure, Layers, runtime};
use crate::kafka::Start;
use crate::pipeline::Letter;
use crate::record::Header;

/// How many characters of the value are shown.
const VALUE_CHARS: usize = 2000;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  wiredesk dlq show 0@17
  wiredesk dlq show 0@17 --raw | wiredesk enrich --explain")]
pub(in crate::cli) struct Args {
    /// The letter: its partition and offset, as `dlq list` shows them
    #[arg(value_name = "PARTITION@OFFSET", value_parser = place)]
    letter: (i32, i64),
    /// Write nothing but the original bytes
    #[arg(long)]
    raw: bool,
}

pub(super) fn run(layers: &Layers, args: &Args) -> Result<(), Failure> {
    let config = layers.load()?;
    let (partition, offset) = args.letter;
    let record = runtime()?.block_on(async {
        let mut letters = super::letters(&config, Start::At { partition, offset }).await?;
        Ok::<_, Failure>(letters.next().await?)
    })?;
    // What is not there any more is not answered with the next that is.
    let record = record.filter(|record| record.position.offset.0 == offset);
    let topic = &config.topics.dead_letter;
    let none = || Failure::Failed(format!("{topic} holds nothing at {partition}@{offset}"));
    let record = record.ok_or_else(none)?;
    if args.raw {
        return Ok(std::io::stdout().lock().write_all(record.value.as_deref().unwrap_or_default())?);
    }
    let letter = Letter::read(record);
    let letter = letter.map_err(|problem| Failure::Failed(format!("not written by wiredesk: {problem}")))?;
    Ok(anstream::stdout().lock().write_all(page(&letter).as_bytes())?)
}

fn page(letter: &Letter) -> String {
    let record = &letter.record;
    let mut page = format!("{BAD}{}{BAD:#} {}\n", view::one_line(&letter.reason), view::one_line(&letter.detail));
    let mut line =
        |name: &str, value: &str| page.push_str(&format!("{DIM}{name:<10}{DIM:#} {}\n", view::one_line(value)));
    line("written", &time(record.time_ms));
    line("origin", history(letter).trim_matches(['(', ')']));
    line("key", &record.key.as_deref().map_or("none".into(), String::from_utf8_lossy));
    for Header { name, value } in letter.original_headers() {
        line("header", &format!("{name}: {}", value.as_deref().map_or("null".into(), String::from_utf8_lossy)));
    }
    let Some(value) = &record.value else {
        line("value", "null: a retraction");
        return page;
    };
    line("value", &format!("{} bytes{}", value.len(), if letter.is_excerpt { ", the beginning of more" } else { "" }));
    page.push('\n');
    let text = String::from_utf8_lossy(value);
    let shown =
        text.chars().take(VALUE_CHARS).map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c });
    page.extend(shown);
    if text.chars().nth(VALUE_CHARS).is_some() {
        page.push_str(&format!("{DIM}… (--raw writes all of it){DIM:#}"));
    }
    page.push('\n');
    page
}

fn place(text: &str) -> Result<(i32, i64), String> {
    let parsed =
        text.split_once('@').and_then(|(partition, offset)| Some((partition.parse().ok()?, offset.parse().ok()?)));
    let place = parsed.filter(|(partition, offset): &(i32, i64)| *partition >= 0 && *offset >= 0);
    place.ok_or_else(|| "must be PARTITION@OFFSET, such as 0@17".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Reject, RejectReason};
    use crate::pipeline::dead_letter;
    use crate::record::{Offset, Position, Record, TopicPartition};

    #[test]
    fn a_page_shows_what_came_and_cannot_move_the_cursor() {
        let partition = TopicPartition { topic: "news.raw".into(), partition: 3 };
        let position = Position { partition, offset: Offset(41) };
        let headers = vec![Header::new("trace", "t-1\u{1b}[2J")];
        let value = Some("{\"title\": \"x\u{1b}[2J\"".to_owned().into_bytes());
        let mut record = Record { position, time_ms: Some(0), key: None, headers, value };
        let message = dead_letter(&record, &Reject::new(RejectReason::MalformedJson, "ends early"), None);
        (record.headers, record.value) = (message.headers, message.value);
        let page = anstream::adapter::strip_str(&page(&Letter::read(record).unwrap())).to_string();
        assert_eq!(
            page,
            "malformed_json ends early\n\
             written    1970-01-01T00:00:00Z\n\
             origin     news.raw[3]@41\n\
             key        none\n\
             header     trace: t-1 [2J\n\
             value      17 bytes\n\n\
             {\"title\": \"x\u{fffd}[2J\"\n"
        );
    }

    #[test]
    fn a_place_is_a_partition_and_an_offset() {
        assert_eq!(place("0@17"), Ok((0, 17)));
        for wrong in ["17", "0@", "@1", "-1@2", "0@-2", "a@b", "0@1@2"] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }
}
