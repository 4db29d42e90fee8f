//! One event, or one dead letter, as a line for a person.

use anstyle::{AnsiColor, Style};
use serde_json::Value;

use crate::event::Event;

/// The style of what is wrong.
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
/// The style of what is well.
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// The style of a language's tag.
pub(super) const TAG: Style = AnsiColor::Cyan.on_default().bold();
/// The style of a headline.
pub(super) const TITLE: Style = Style::new().bold();
const DATE: Style = AnsiColor::Green.on_default();
const NAME: Style = AnsiColor::Yellow.on_default();
/// The style of what matters less.
pub(super) const DIM: Style = Style::new().dimmed();

/// How many characters of a title, or of the body's beginning, a line shows.
const TITLE_CHARS: usize = 60;

/// How many entities and dates a line shows.
const ENTITIES_SHOWN: usize = 4;
const DATES_SHOWN: usize = 2;

/// The line of an event.
pub(super) fn event(event: &Event) -> String {
    let Some(language) = &event.language else {
        return format!("{BAD}{:<4}{BAD:#} {DIM}{}{DIM:#}", "gone", event.source.url.as_deref().unwrap_or("retracted"));
    };
    let published = event.published.as_ref().map_or("no date", |published| published.value.as_str());
    let published: String = published.chars().take(10).collect();
    let text = event.title.as_deref().or(event.body.as_deref()).unwrap_or_default();
    let dates = event.dates.iter().take(DATES_SHOWN).map(|date| format!("{} = {}", date.text, date.value));
    let names = event.entities.iter().take(ENTITIES_SHOWN).map(|entity| match &entity.country {
        Some(country) if entity.name != *country => format!("{} ({country})", entity.name),
        Some(_) | None => entity.name.clone(),
    });
    let (dates, names) = (dates.collect::<Vec<_>>().join(" · "), names.collect::<Vec<_>>().join(" · "));
    let tag = language.tag.as_str();
    let mut line = format!("{TAG}{tag:<4}{TAG:#} {published:<10} {TITLE}{}{TITLE:#}", shortened(text));
    for (style, part) in [(NAME, names), (DATE, dates)] {
        if !part.is_empty() {
            line.push_str(&format!("  {style}{}{style:#}", one_line(&part)));
        }
    }
    line
}

/// The line of a dead letter, from its headers.
pub(super) fn dead_letter(reason: &str, detail: &str) -> String {
    format!("{BAD}dead{BAD:#} {reason}: {DIM}{detail}{DIM:#}")
}

/// The text of an event that another version wrote and this one cannot read.
pub(super) fn unknown(value: &Value) -> String {
    format!("{DIM}?    {}{DIM:#}", value.get("schema").and_then(Value::as_str).unwrap_or("not an event"))
}

/// The beginning of a text on one line.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(TITLE_CHARS).collect();
    if text.chars().nth(TITLE_CHARS).is_some() {
        short.push('…');
    }
    one_line(&short)
}

/// A text without what would break the line or move the cursor.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_cannot_move_the_cursor() {
        assert_eq!(shortened("a\nb\u{1b}[2J"), "a b [2J");
        assert_eq!(shortened(&"é".repeat(80)).chars().count(), TITLE_CHARS + 1);
    }
}
