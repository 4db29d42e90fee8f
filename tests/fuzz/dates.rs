//! What is promised of dates, whatever the text, the language that it is taken for and what is known of its day.

#[path = "../dates/edtf.rs"]
mod edtf;
#[allow(dead_code, reason = "its languages have names of files")]
#[path = "../../examples/article/mod.rs"]
mod plain;

use std::sync::LazyLock;

use wiredesk::article::{Article, Metadata};
use wiredesk::enrich::date::Tagger;
use wiredesk::event::{Field, Timestamp};
use wiredesk::text;

static TAGGER: LazyLock<Tagger> = LazyLock::new(Tagger::new);

/// What a scraper said of the day, by the second byte of an input.
const PUBLISHED: &[&str] = &["2024-02-29", "2019-11", "1970-01-01T00:00:00+14:00", "", "9999-12-31", "tomorrow"];

/// Of text in any language: the tagger finds the same each time, every value is EDTF, and every span slices. The first line
/// of every other input is its title; what a scraper said of the day may be the text itself.
pub(crate) fn tagged(input: &[u8]) {
    let Some((&[choice, day], text)) = input.split_first_chunk() else { return };
    let text = text::normalise(&String::from_utf8_lossy(text));
    let (title, body) = match text.split_once('\n').filter(|_| choice >= 128) {
        Some((title, body)) => (Some(title.to_owned()), body.to_owned()),
        None => (None, text),
    };
    let said = PUBLISHED.get(usize::from(day) % 8).copied().unwrap_or(&body).to_owned();
    let metadata = Metadata { published_at: Some(said), ..Metadata::default() };
    let article = Article { title, metadata, ..plain::article(body, "") };
    let language = super::language(choice);
    let dates = TAGGER.tag(&article, &language);
    let (title, body) = (letters(article.title.as_deref().unwrap_or_default()), letters(&article.body));
    let mut last = None;
    for date in &dates.mentions {
        let field = match date.r#in {
            Field::Title => &title,
            Field::Body => &body,
        };
        let place = (date.r#in, date.start, date.end);
        let words: String = field[date.start as usize..date.end as usize].iter().collect();
        assert_eq!(words, date.text, "{place:?}");
        assert!(last.replace(place).is_none_or(|last| last < place), "{last:?} comes before {place:?}");
        let others = date.alternatives.iter().map(|other| &other.value);
        for value in others.chain(date.anchor.as_ref().map(|anchor| &anchor.value)).chain([&date.value]) {
            assert!(edtf::is_edtf(value.as_str()), "{value} of {words:?}");
        }
        assert!((0.0..=1.0).contains(&date.confidence.get()), "{date:?}");
    }
    dates.published.iter().chain(&dates.modified).for_each(timestamp);
    let again = TAGGER.tag(&article, &language);
    assert_eq!(
        (again.published, again.mentions),
        (dates.published, dates.mentions),
        "the same text has the same dates"
    );
}

fn timestamp(stamp: &Timestamp) {
    assert!(edtf::is_edtf(stamp.value.as_str()), "{stamp:?}");
    assert!((0.0..=1.0).contains(&stamp.confidence.get()), "{stamp:?}");
}

fn letters(text: &str) -> Vec<char> {
    text.chars().collect()
}
