//! Counting spans: names found and missed, with their type, by language and by what is hard about the sentence.

use std::collections::BTreeMap;
use std::fmt;

use wiredesk::event::{Entity, EntityType, Field, Mention};

use crate::case::{Case, Label, Sense};
use crate::thing::Things;

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    labels: u64,
    found: u64,
    /// Mentions with the span and the type of a label.
    exact: u64,
    /// Mentions with the type of a label that they overlap.
    overlap: u64,
    /// Mentions that overlap a label.
    untyped: u64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.labels += other.labels;
        self.found += other.found;
        self.exact += other.exact;
        self.overlap += other.overlap;
        self.untyped += other.untyped;
    }

    fn f1(self, right: u64) -> u64 {
        right * 2000 / (self.labels + self.found).max(1)
    }
}

/// The score of a set.
#[derive(Debug, Default)]
pub(crate) struct SpanScore {
    languages: BTreeMap<String, Count>,
    classes: BTreeMap<String, Count>,
    types: BTreeMap<&'static str, Count>,
    misses: Vec<String>,
}

/// A name by its code points.
type Span = (usize, usize, EntityType);

impl SpanScore {
    pub(crate) fn add(&mut self, case: &Case, entities: &[Entity], things: &Things) {
        let labels: Vec<Span> = case.labels.iter().filter_map(|label| span(label, things)).collect();
        let mut found: Vec<Span> = entities
            .iter()
            .flat_map(|entity| entity.mentions.iter().map(|mention| (entity.r#type, mention)))
            .filter(|(_, mention)| mention.r#in == Field::Body && !is_ignored(case, mention))
            .map(|(kind, mention)| (mention.start as usize, mention.end as usize, kind))
            .collect();
        found.sort_unstable_by_key(|span| span.0);
        let count = count(&labels, &found);
        self.languages.entry(case.language.clone()).or_default().add(count);
        if !case.class.is_empty() {
            self.classes.entry(case.class.clone()).or_default().add(count);
        }
        for kind in EntityType::ALL {
            let only = |spans: &[Span]| spans.iter().copied().filter(|span| span.2 == kind).collect::<Vec<_>>();
            let count = self::count(&only(&labels), &only(&found));
            self.types.entry(kind.as_str()).or_default().add(count);
        }
        if count.exact < count.labels.max(count.found) {
            let missed: Vec<String> =
                labels.iter().filter(|span| !found.contains(span)).map(|span| shown(case, *span)).collect();
            let extra: Vec<String> =
                found.iter().filter(|span| !labels.contains(span)).map(|span| shown(case, *span)).collect();
            let place = format!("{}:{} {}", case.language, case.line, case.class);
            self.misses.push(format!("{place}: {}\n    missed {missed:?}\n    found  {extra:?}", case.text));
        }
    }

    /// F1 of span and type, of type with any overlap, and of spans alone, each averaged over the languages, in
    /// thousandths.
    pub(crate) fn means(&self) -> [u64; 3] {
        let named: Vec<&Count> = self.languages.values().filter(|count| count.labels > 0).collect();
        let mean = |right: fn(&Count) -> u64| {
            named.iter().map(|count| count.f1(right(count))).sum::<u64>() / (named.len() as u64).max(1)
        };
        [mean(|count| count.exact), mean(|count| count.overlap), mean(|count| count.untyped)]
    }

    /// F1 of span and type of every language, in thousandths.
    pub(crate) fn exact(&self) -> impl Iterator<Item = (&str, u64)> {
        self.languages.iter().map(|(language, count)| (language.as_str(), count.f1(count.exact)))
    }

    /// The misses.
    pub(crate) fn misses(&self) -> &[String] {
        &self.misses
    }
}

/// The span of a label, where it is a name.
fn span(label: &Label, things: &Things) -> Option<Span> {
    let kind = match label.sense {
        Sense::Name(kind) => kind,
        Sense::Thing => {
            let crate::case::Want::OneOf(keys) = &label.want else { return None };
            *things.of(keys.first()?)?.types.first()?
        }
        Sense::Plain | Sense::Ignored => return None,
    };
    Some((label.start, label.end, kind))
}

fn is_ignored(case: &Case, mention: &Mention) -> bool {
    let mut ignored = case.labels.iter().filter(|label| label.sense == Sense::Ignored);
    ignored.any(|label| (mention.start as usize) < label.end && label.start < mention.end as usize)
}

fn count(labels: &[Span], found: &[Span]) -> Count {
    let overlaps = |a: &Span, b: &Span| a.0 < b.1 && b.0 < a.1;
    Count {
        labels: labels.len() as u64,
        found: found.len() as u64,
        exact: pairs(labels, found, |a, b| a == b),
        overlap: pairs(labels, found, |a, b| overlaps(a, b) && a.2 == b.2),
        untyped: pairs(labels, found, overlaps),
    }
}

/// Labels and finds that belong together, one to one.
fn pairs(labels: &[Span], found: &[Span], fits: impl Fn(&Span, &Span) -> bool) -> u64 {
    let mut free: Vec<&Span> = labels.iter().collect();
    let mut count = 0;
    for span in found {
        if let Some(at) = free.iter().position(|label| fits(span, label)) {
            free.remove(at);
            count += 1;
        }
    }
    count
}

fn shown(case: &Case, (start, end, kind): Span) -> String {
    let words: String = case.text.chars().skip(start).take(end - start).collect();
    format!("{words} ({})", kind.as_str())
}

impl fmt::Display for SpanScore {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "\n                   names  found   exact overlap untyped")?;
        let languages = self.languages.iter().map(|(name, count)| (name.as_str(), count));
        let classes = self.classes.iter().map(|(name, count)| (name.as_str(), count));
        let types = self.types.iter().map(|(name, count)| (*name, count));
        for (name, count) in languages.chain(classes).chain(types) {
            let [exact, overlap, untyped] = [count.exact, count.overlap, count.untyped].map(|right| count.f1(right));
            writeln!(out, "{name:18} {:5} {:6} {exact:5} ‰ {overlap:5} ‰ {untyped:5} ‰", count.labels, count.found)?;
        }
        let [exact, overlap, untyped] = self.means();
        writeln!(out, "mean of languages: exact {exact} ‰, overlap {overlap} ‰, untyped {untyped} ‰")
    }
}
