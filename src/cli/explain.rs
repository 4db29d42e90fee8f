//! One event, as a person asks of it: what was read where, and why.
//!
//! A pure rendering: all that it tells is in the event. Dates come first, in the order of the text, each with the words
//! around it; then entities, the most salient first.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use anstyle::{AnsiColor, Style};

use super::view::{DIM, TAG, TITLE, one_line};
use crate::event::{
    AnchorBasis, DateMention, Entity, EntityBasis, Event, Field, Mention, StampBasis, Status, Timestamp,
};

const WORDS: Style = AnsiColor::Green.on_default().bold();

/// How many characters of the text are shown on each side of a date.
const CONTEXT_CHARS: usize = 28;

/// How many mentions of an entity, and how many ids that it could be, are shown.
const MENTIONS_SHOWN: usize = 4;
const CANDIDATES_SHOWN: usize = 4;

/// Everything that was read in an event, and the names of the routes that it takes, over several lines, with the escapes of a terminal.
pub(super) fn event(event: &Event, routes: &[Arc<str>]) -> String {
    let mut out = String::new();
    write(event, &mut out).and_then(|()| write_routes(routes, &mut out)).expect("writing to a string cannot fail");
    out
}

fn write_routes(routes: &[Arc<str>], out: &mut String) -> fmt::Result {
    if routes.is_empty() {
        return Ok(());
    }
    writeln!(out, "  takes {} {}", if routes.len() == 1 { "route" } else { "routes" }, routes.join(", "))
}

fn write(event: &Event, out: &mut String) -> fmt::Result {
    let tag = event.language.as_ref().map_or("-", |language| language.tag.as_str());
    let text = event.title.as_deref().or(event.source.url.as_deref()).unwrap_or_default();
    writeln!(out, "{TAG}{tag}{TAG:#} {TITLE}{}{TITLE:#} {DIM}{}{DIM:#}", one_line(text), event.id)?;
    if event.status == Status::Retracted {
        return writeln!(out, "  retracted");
    }
    for (name, stamp) in [("published", &event.published), ("modified", &event.modified)] {
        match stamp {
            Some(stamp) => write_stamp(name, stamp, out)?,
            None => writeln!(out, "  {name} unknown")?,
        }
    }
    let fields = Fields::of(event);
    writeln!(out, "  {} dates", event.dates.len())?;
    event.dates.iter().try_for_each(|date| write_date(date, &fields, out))?;
    writeln!(out, "  {} entities", event.entities.len())?;
    event.entities.iter().try_for_each(|entity| write_entity(entity, out))?;
    event.warnings.iter().try_for_each(|warning| {
        writeln!(out, "  {DIM}warning {}: {}{DIM:#}", name(&warning.code), one_line(&warning.detail))
    })
}

fn write_stamp(name: &str, stamp: &Timestamp, out: &mut String) -> fmt::Result {
    let from = match stamp.basis {
        StampBasis::Metadata => "a field of the record",
        StampBasis::Url => "the URL",
        StampBasis::Marker => "a marker line",
        StampBasis::Text => "the text",
    };
    write!(out, "  {name} {} from {from}, sure {:.2}", stamp.value, stamp.confidence.get())?;
    if let (Some(first), Some(last)) = (&stamp.not_before, &stamp.not_after) {
        write!(out, ", within {first} to {last}")?;
    }
    for other in &stamp.alternatives {
        write!(out, ", or {}", other.value)?;
    }
    writeln!(out)
}

fn write_date(date: &DateMention, fields: &Fields, out: &mut String) -> fmt::Result {
    let [before, after] = fields.around(date);
    let words = one_line(&date.text);
    writeln!(out, "    {DIM}{before}{DIM:#}{WORDS}{words}{WORDS:#}{DIM}{after}{DIM:#}")?;
    write!(out, "      = {}", date.value)?;
    if let Some(timex) = date.timex.as_deref().filter(|timex| *timex != date.value.as_str()) {
        write!(out, " ({timex})")?;
    }
    if date.set {
        write!(out, ", a repetition")?;
    }
    write!(out, ", by rule {}", date.rule)?;
    if let Some(anchor) = &date.anchor {
        let basis = match anchor.basis {
            AnchorBasis::Published => "publication",
            AnchorBasis::Text => "an earlier date",
        };
        write!(out, ", counted from {basis} {}", anchor.value)?;
    }
    write!(out, ", sure {:.2}", date.confidence.get())?;
    for other in &date.alternatives {
        write!(out, ", or {}", other.value)?;
    }
    writeln!(out)
}

fn write_entity(entity: &Entity, out: &mut String) -> fmt::Result {
    let basis = match entity.basis {
        EntityBasis::Lexicon => "the lexicon",
        EntityBasis::Rule => "a rule",
        EntityBasis::Model => "the model",
    };
    let country = entity.country.as_deref().map(|country| format!(" in {country}")).unwrap_or_default();
    let (kind, id) = (entity.r#type.as_str(), entity.id.as_deref().unwrap_or("no id"));
    writeln!(out, "    {WORDS}{}{WORDS:#} {kind}{country}, {id}", one_line(&entity.name))?;
    let (sure, salience) = (entity.confidence.get(), entity.salience.get());
    write!(out, "      by {basis}, sure {sure:.2}, salience {salience:.2}")?;
    if !entity.candidates.is_empty() {
        let ids: Vec<&str> = entity.candidates.iter().take(CANDIDATES_SHOWN).map(String::as_str).collect();
        let more = rest(entity.candidates.len(), CANDIDATES_SHOWN);
        write!(out, ", could be {}{more}", ids.join(" or "))?;
    }
    writeln!(out)?;
    let shown: Vec<String> = entity.mentions.iter().take(MENTIONS_SHOWN).map(place).collect();
    writeln!(out, "      {DIM}{}{}{DIM:#}", shown.join(", "), rest(entity.mentions.len(), MENTIONS_SHOWN))
}

/// A mention with the characters that it stands at.
fn place(mention: &Mention) -> String {
    format!("{} at {} {}–{}", one_line(&mention.text), name(&mention.r#in), mention.start, mention.end)
}

/// What is said of those that are not shown.
fn rest(all: usize, shown: usize) -> String {
    if all > shown { format!(", and {} more", all - shown) } else { String::new() }
}

/// The name that a closed enum has on the wire.
fn name(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).expect("an enum without data is a string");
    json.as_str().unwrap_or_default().to_owned()
}

/// The characters of title and body, by which offsets count.
struct Fields {
    title: Vec<char>,
    body: Vec<char>,
}

impl Fields {
    fn of(event: &Event) -> Self {
        let letters = |text: &Option<String>| text.as_deref().unwrap_or_default().chars().collect();
        Self { title: letters(&event.title), body: letters(&event.body) }
    }

    /// What stands on both sides of a date, on one line.
    fn around(&self, date: &DateMention) -> [String; 2] {
        let text = match date.r#in {
            Field::Title => &self.title,
            Field::Body => &self.body,
        };
        let (start, end) = ((date.start as usize).min(text.len()), (date.end as usize).min(text.len()));
        let (from, to) = (start.saturating_sub(CONTEXT_CHARS), text.len().min(end + CONTEXT_CHARS));
        let line = |from: usize, to: usize| one_line(&text[from..to].iter().collect::<String>());
        let mark = |cut: bool| if cut { "…" } else { "" };
        let after = if end < to { line(end, to) } else { String::new() };
        [format!("{}{}", mark(from > 0), line(from, start)), format!("{after}{}", mark(to < text.len()))]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pipeline::{Processor, Settings};
    use crate::record::{Offset, Position, Record, TopicPartition};

    fn explained(article: &serde_json::Value) -> String {
        let partition = TopicPartition { topic: "file".into(), partition: 0 };
        let record = Record {
            position: Position { partition, offset: Offset(0) },
            time_ms: None,
            key: None,
            headers: Vec::new(),
            value: Some(article.to_string().into_bytes()),
        };
        let found = Processor::new(Settings::default()).event(&record, &mut ()).expect("an event");
        anstream::adapter::strip_str(&event(&found, &["world".into(), "asia".into()])).to_string()
    }

    #[track_caller]
    fn check(article: &serde_json::Value, expected: &[&str]) {
        let text = explained(article);
        for line in expected {
            assert!(text.lines().any(|found| found.contains(line)), "no line {line:?} in\n{text}");
        }
    }

    #[test]
    fn a_date_is_shown_with_its_words_value_rule_anchor_and_sureness() {
        let article = json!({
            "published_at": "2024-03-14", "language": "en", "title": "A bridge",
            "text": "The ministers of both countries met yesterday, and they will meet again on 5 June 2025.",
        });
        check(
            &article,
            &[
                "published 2024-03-14 from a field of the record, sure ",
                "2 dates",
                "sters of both countries met yesterday, and they will meet again o…",
                "= 2024-03-13, by rule relative-day, counted from publication 2024-03-14, sure 0.93",
                "y, and they will meet again on 5 June 2025.",
                "= 2025-06-05, by rule full-date, sure 0.98",
            ],
        );
    }

    #[test]
    fn what_is_not_known_is_said() {
        check(
            &json!({"text": "Nothing was known of it."}),
            &["published unknown", "0 dates", "takes routes world, asia"],
        );
    }

    #[test]
    fn text_cannot_move_the_cursor() {
        let article =
            json!({"published_at": "2024-03-14", "text": "They met\n\nyesterday \u{1b}[2J in the town hall."});
        assert!(!explained(&article).contains('\u{1b}'));
    }
}
