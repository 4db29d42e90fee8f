//! The dates that one field mentions: expressions found, resolved, and written as the event has them.

use jiff::civil::Date;

use super::bag::Bag;
use super::clock;
use super::context::{Direction, direction, is_alone, sentence_between, told};
use super::ends::{dated_by_first, fixed, since};
use super::evidence::{Evidence, testify};
use super::expression::{End, Expression};
use super::holiday::HolidayId;
use super::numeric::Habits;
use super::phrase::{self, Chart, Phrase, Reach};
use super::reader::{Reader, Walks};
use super::resolve::{Base, Resolved, Rule, resolve};
use super::scan::{Token, tokens};
use super::value::{Partial, Value};
use super::words::Words;
use super::written::Written;
use crate::event::{Anchor, AnchorBasis, DateAlternative, DateMention, Edtf, Field, Precision, Score};

/// How far apart, in bytes, a full date and a date that borrows its year may stand within one sentence.
const BORROW_BYTES_MAX: usize = 120;
/// The letters of a day in EDTF.
const DAY_LETTERS: usize = 10;
/// How far apart, in bytes, a date and one that is counted from it ("two years later") may stand.
const COUNTED_BYTES_MAX: usize = 600;
/// So many dates of an article are read. The longest chronologies have some thousands; a text of nothing but "Monday"
/// would cost a minute and become an event of many times its length.
pub(super) const MENTIONS_MAX: usize = 8192;

/// The publication date as an anchor.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) base: Base,
    /// The date in EDTF, without a time.
    pub(super) value: String,
    pub(super) precision: Precision,
}

/// The days of a holiday in a year.
pub(super) type HolidayDays<'a> = &'a dyn Fn(HolidayId, i16) -> Option<(Date, Date)>;

/// What a field is read with.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) words: &'a Words,
    /// The day of publication.
    pub(super) known: Option<&'a Known>,
    /// The country that the article is from.
    pub(super) country: Option<&'a str>,
    pub(super) holiday: HolidayDays<'a>,
}

/// Reads one field, and tells whether to its end. Mentions and evidence are added at the end of the lists.
pub(super) fn read(
    (field, text): (Field, &str),
    Reading { words, known, country, holiday }: Reading<'_>,
    mentions: &mut Vec<DateMention>,
    evidence: &mut Vec<Evidence>,
) -> bool {
    let mut found: Vec<Token> = Vec::new();
    let whole = tokens(text, words, &mut found);
    if found.is_empty() {
        return whole;
    }
    let habits = Habits::of(&words.data, &found, country);
    let reader = Reader { text, tokens: &found, words, habits, walks: &Walks::default() };
    let mut field = FieldReader { field, text, words, known, holiday, counted: (0, 0), last_full: None, latest: None };
    field.read(reader, mentions, evidence) && whole
}

struct FieldReader<'a> {
    field: Field,
    text: &'a str,
    words: &'a Words,
    known: Option<&'a Known>,
    holiday: HolidayDays<'a>,
    /// A byte and its code point: spans are counted on from the last one.
    counted: (usize, u32),
    /// The last date with its year, and the byte where it ended.
    last_full: Option<(usize, Partial)>,
    /// The last date whose days are known, and the byte where it ended.
    latest: Option<(usize, Value)>,
}

impl FieldReader<'_> {
    /// Every date of the field, left to right: of a phrase and what its tokens spell by themselves, the longer one. Tells
    /// whether there was room for all.
    fn read(&mut self, reader: Reader<'_>, mentions: &mut Vec<DateMention>, evidence: &mut Vec<Evidence>) -> bool {
        let mut chart = Chart::new(reader);
        let (mut at, mut floor) = (0, 0);
        while at < reader.tokens.len() {
            let plain = reader.expression(at);
            let end = plain.map_or(0, |(expression, _)| expression.end);
            let start = plain.map_or(usize::MAX, |(expression, _)| expression.start);
            let alone = plain.is_some() && !chart.has_company(at, start, end);
            let phrases = if alone { Vec::new() } else { chart.phrases(at, floor) };
            // "3 de mayo" may be a day of a month, but the tokens spell it already.
            let better = |phrase: &Phrase| {
                let same = (phrase.start, phrase.end) == (start, end);
                let longer = phrase.end > end || (phrase.end == end && phrase.start <= start);
                let named = || reader.is_street(phrase.start) || reader.is_title(phrase.start, phrase.end);
                longer && !(same && chart.is_day_of_month(phrase.node)) && !named()
            };
            let found = phrases.iter().filter(|phrase| better(phrase)).find_map(|phrase| {
                // The preposition of the date that the phrase begins with stays with it.
                let phrase = Phrase { start: phrase.start.min(start), ..*phrase };
                let mention = self.phrase(&phrase, &chart);
                let span = (phrase.start, phrase.end);
                (mention.is_some() || chart.is_no_date(phrase.node)).then_some((span, mention))
            });
            let (mention, span, next) = match (found, plain) {
                (Some((span, mention)), _) => (mention, span, at + 1),
                (None, Some((expression, next))) => {
                    let mention = self.mention(&expression, evidence);
                    (mention, (expression.start, expression.end), next)
                }
                (None, None) => {
                    at = reader.after_none(at);
                    continue;
                }
            };
            let (_, end) = span;
            let timed = mention.map(|mention| self.timed(mention, (floor, span)));
            floor = timed.as_ref().map_or(end, |(_, end)| *end);
            mentions.extend(timed.map(|(mention, _)| mention));
            at = next.max(at + reader.tokens[at..].partition_point(|token| token.start < floor));
            if mentions.len() >= MENTIONS_MAX {
                return at >= reader.tokens.len();
            }
        }
        true
    }

    fn phrase(&mut self, phrase: &Phrase, chart: &Chart<'_>) -> Option<DateMention> {
        let Phrase { start, end, node } = *phrase;
        let base = self.known.map(|known| known.base);
        let context = phrase::Context {
            base,
            text: self.latest_before(start).or_else(|| base.filter(|_| is_alone(self.text, start, end, self.words))),
            direction: if chart.is_holiday(node) {
                told(self.text, start, end, self.words)
            } else {
                direction(self.text, start, end, self.words)
            },
            holiday: self.holiday,
        };
        let meaning = phrase::meaning(node, chart.nodes(), &context)?;
        let written = Written::of_phrase(&meaning, self.known)?;
        let published = self.known.map(|known| (AnchorBasis::Published, known.value.clone()));
        let anchor = match (meaning.textual, self.latest) {
            (true, Some((_, value))) => Some((AnchorBasis::Text, value.edtf())),
            (textual, _) => published.filter(|_| textual || meaning.published),
        };
        let alternatives =
            meaning.other.iter().map(|other| DateAlternative { value: Edtf::new(other.edtf()), timex: other.timex() });
        let mention = DateMention {
            alternatives: alternatives.collect(),
            set: meaning.reach == Reach::Repeats,
            ..self.found((start, end), written, anchor, meaning.confidence)
        };
        let last = match meaning.reach {
            Reach::Itself => Some(meaning.value),
            Reach::To(last) => Some(last),
            _ => None,
        };
        if let Some(last) = last.filter(|last| last.bounds().is_some()) {
            self.latest = Some((end, last));
        }
        Some(mention)
    }

    /// The date that the text gave last, if it is near enough to be counted from.
    fn latest_before(&self, start: usize) -> Option<Base> {
        let (end, value) = self.latest?;
        let between = self.text.get(end..start)?;
        let (first, last) = value.bounds()?;
        (between.len() <= COUNTED_BYTES_MAX && !between.contains("\n\n")).then_some(Base { first, last })
    }

    fn mention(&mut self, expression: &Expression, evidence: &mut Vec<Evidence>) -> Option<DateMention> {
        let Expression { start, end, .. } = *expression;
        let partial = expression.date.value.year.is_none();
        let pointing =
            if partial || self.narrows() { direction(self.text, start, end, self.words) } else { Direction::Unsaid };
        let base = self.known.map(|known| known.base);
        let pointing = if expression.to == End::Open { since(&expression.date, base, pointing) } else { pointing };
        let dated = Some(expression)
            .filter(|expression| self.borrowed(&fixed(expression), expression.start).is_none())
            .and_then(|expression| dated_by_first(expression, base, pointing));
        let (reading, basis) = match &dated {
            Some(dated) => {
                let (reading, _) = self.resolve(dated, pointing)?;
                (Resolved { anchored: true, ..reading }, Some(AnchorBasis::Published))
            }
            None => self.resolve(expression, pointing)?,
        };
        let expression = dated.as_ref().unwrap_or(expression);
        let written = Written::of_expression(expression, &reading, self.known)?;
        if let Value::Date(value) = reading.value {
            if let Some(day) = value.as_day().filter(|_| expression.to == End::None && self.narrows()) {
                evidence.extend(testify(&expression.date, day, pointing));
            }
            if value.year.is_some() && value.month.is_some() && !reading.anchored {
                self.last_full = Some((end, value));
            }
        }
        if matches!(expression.to, End::None | End::Date(_)) && reading.value.bounds().is_some() {
            self.latest = Some((end, reading.value));
        }
        let anchor = match basis {
            Some(AnchorBasis::Published) => self.known.map(|known| known.value.clone()),
            Some(AnchorBasis::Text) => self.last_full.map(|(_, value)| value.edtf()),
            None => None,
        };
        let alternatives = reading
            .other
            .iter()
            .map(|other| DateAlternative { value: Edtf::new(other.edtf()), timex: Some(other.timex()) });
        let mention = self.found((start, end), written, basis.zip(anchor), reading.confidence);
        Some(DateMention { alternatives: alternatives.collect(), ..mention })
    }

    /// A mention of a day with the time that stands beside it, and the byte behind both.
    fn timed(&mut self, mention: DateMention, (floor, (start, end)): (usize, (usize, usize))) -> (DateMention, usize) {
        let day = mention.value.as_str();
        let is_day = day.len() == DAY_LETTERS && !day.contains(['X', '/']) && !mention.set;
        let clock = is_day.then(|| clock::beside(self.text, (floor, start, end), self.words)).flatten();
        let Some(clock) = clock else { return (mention, end) };
        let part = mention.timex.as_deref().and_then(|timex| timex.get(DAY_LETTERS..));
        let (value, timex, precision) = clock.on(day, part);
        let (start, end) = (start.min(clock.start), end.max(clock.end));
        let timed = DateMention {
            text: self.text[start..end].to_owned(),
            start: self.code_point(start),
            end: self.code_point(end),
            value: Edtf::new(value),
            timex: Some(timex),
            precision,
            ..mention
        };
        (timed, end)
    }

    /// A mention with what each has; without alternatives, and no repetition.
    fn found(
        &mut self,
        (start, end): (usize, usize),
        Written { value, timex, precision, rule }: Written,
        anchor: Option<(AnchorBasis, String)>,
        confidence: f64,
    ) -> DateMention {
        DateMention {
            text: self.text[start..end].to_owned(),
            r#in: self.field,
            start: self.code_point(start),
            end: self.code_point(end),
            value: Edtf::new(value),
            timex,
            precision,
            anchor: anchor.map(|(basis, value)| Anchor { basis, value: Edtf::new(value) }),
            rule: rule.to_owned(),
            confidence: Score::new(confidence),
            alternatives: Vec::new(),
            set: false,
        }
    }

    /// Whether the publication date is coarser than a day, so that the text can narrow it.
    fn narrows(&self) -> bool {
        self.known.is_some_and(|known| known.base.first != known.base.last)
    }

    /// Resolves the date that fixes the expression: its last one. A date without a year takes that of a full date
    /// shortly before it in the same sentence, else that of the publication date.
    fn resolve(&self, expression: &Expression, direction: Direction) -> Option<(Resolved, Option<AnchorBasis>)> {
        let bag = fixed(expression);
        if let Some(value) = self.borrowed(&bag, expression.start) {
            let read = Bag { value, ..bag };
            let reading =
                Resolved { anchored: true, confidence: 0.7, rule: Rule::DayMonth, ..resolve(&read, None, direction)? };
            return Some((reading, Some(AnchorBasis::Text)));
        }
        let reading = resolve(&bag, self.known.map(|known| known.base), direction)?;
        Some((reading, reading.anchored.then_some(AnchorBasis::Published)))
    }

    fn borrowed(&self, bag: &Bag, start: usize) -> Option<Partial> {
        let (end, full) = self.last_full?;
        let lacks_year = bag.value.year.is_none() && bag.value.month.is_some() && bag.value.day.is_some();
        let near = start.saturating_sub(end) <= BORROW_BYTES_MAX && !sentence_between(self.text, end, start);
        // Where the publication date gives the same year anyway, it is the better anchor.
        let elsewhere = self.known.is_none_or(|known| full.year != Some(known.base.last.year()));
        let value = Partial { year: full.year, ..bag.value };
        let later = value.bounds()?.0 >= full.bounds()?.0;
        (lacks_year && near && elsewhere && later && value.is_possible()).then_some(value)
    }

    /// The code point of a byte. Expressions come in order, so each stretch of text is counted about once.
    fn code_point(&mut self, byte: usize) -> u32 {
        let (counted, before) = self.counted;
        let count = |part: &str| u32::try_from(part.chars().count()).expect("a text is far below 4 GiB");
        let point = match self.text.get(counted..byte) {
            Some(ahead) => before + count(ahead),
            None => before - count(&self.text[byte..counted]),
        };
        self.counted = (byte, point);
        point
    }
}
