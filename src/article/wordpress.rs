//! A post as the REST interface of WordPress gives it (`/wp-json/wp/v2/posts`).
//!
//! Its traps: title, text and teaser are objects whose `rendered` is markup; `date_gmt` is UTC and does not say so, and
//! `date` is the site's own time without its zone; `author`, `tags`, `categories` and `featured_media` are numbers,
//! whose names stand under `_embedded` if they were asked for, else perhaps in what the Yoast plug-in adds.

use serde_json::Value;

use super::Metadata;
use super::draft::Draft;
use super::fields::Fields;
use super::fragment;
use super::reading::{Reading, language, stated};

const BODY: &[&str] = &["content"];

/// The most names of one kind that are read.
const NAMES_MAX: usize = 200;

pub(super) fn recognises(fields: &Fields) -> bool {
    ["title", "content"].iter().any(|name| fields.get(name).is_some_and(|value| value.get("rendered").is_some()))
}

pub(super) fn read(mut fields: Fields) -> Draft {
    let title = fields.named(&["title"], "rendered").map(|title| fragment::line(&title));
    let lede = fields.named(&["excerpt"], "rendered").map(|excerpt| fragment::line(&excerpt));
    let body = fields.named(BODY, "rendered").map(|html| fragment::body_of_markup(&html));
    let source_id = fields.named(&["guid"], "rendered");
    let url = fields.text(&["link"]);
    let mut date = |utc: &str, local: &str| fields.text(&[utc]).map(in_utc).or_else(|| fields.text(&[local]));
    let (published_at, modified_at) = (date("date_gmt", "date"), date("modified_gmt", "modified"));
    let picture = fields.text(&["jetpack_featured_media_url"]);
    let said = Said { fields: &fields };
    let metadata = Metadata {
        authors: said.authors(),
        published_at,
        modified_at,
        fetched_at: None,
        language: said.yoast("og_locale").and_then(|tag| match language(&tag) {
            Reading::Found(tag) => Some(tag),
            _ => None,
        }),
        publisher: said.yoast("og_site_name"),
        tags: said.tags(),
        image: said.image().or(picture),
        rights: None,
        version: None,
    };
    let (ext, warnings) = fields.rest();
    Draft {
        source_id,
        url,
        title,
        lede: lede.filter(|lede| !lede.is_empty()),
        body,
        body_names: BODY,
        metadata,
        warnings,
        ext,
        ..Draft::default()
    }
}

/// A time in UTC, said to be so.
fn in_utc(time: String) -> String {
    let day = time.find('T').unwrap_or(time.len());
    if time[day..].is_empty() || time[day..].contains(['Z', '+', '-']) { time } else { format!("{time}Z") }
}

/// What stands in the objects that a post may carry; they stay in `ext`, since they hold more.
struct Said<'a> {
    fields: &'a Fields,
}

impl Said<'_> {
    fn embedded(&self, name: &str) -> &[Value] {
        let items = self.fields.get("_embedded").and_then(|embedded| embedded.get(name)?.as_array());
        items.map_or(&[], Vec::as_slice)
    }

    fn yoast(&self, name: &str) -> Option<String> {
        text(self.fields.get("yoast_head_json")?.get(name)?)
    }

    fn authors(&self) -> Vec<String> {
        let named: Vec<String> = names(self.embedded("author").iter());
        if named.is_empty() { self.yoast("author").into_iter().collect() } else { named }
    }

    /// The names of the tags; categories are sections of the site.
    fn tags(&self) -> Vec<String> {
        let terms = self.embedded("wp:term").iter().filter_map(Value::as_array).flatten();
        names(terms.filter(|term| term.get("taxonomy").and_then(Value::as_str) == Some("post_tag")))
    }

    fn image(&self) -> Option<String> {
        let embedded = self.embedded("wp:featuredmedia").first().and_then(|media| text(media.get("source_url")?));
        let shared = || text(self.fields.get("yoast_head_json")?.get("og_image")?.get(0)?.get("url")?);
        embedded.or_else(shared)
    }
}

fn names<'a>(items: impl Iterator<Item = &'a Value>) -> Vec<String> {
    items.filter_map(|item| text(item.get("name")?)).map(|name| fragment::line(&name)).take(NAMES_MAX).collect()
}

fn text(value: &Value) -> Option<String> {
    match stated(value.as_str()?) {
        Reading::Found(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::in_utc;

    #[test]
    fn a_time_without_a_zone_is_utc() {
        assert_eq!(in_utc("2024-01-05T10:00:00".to_owned()), "2024-01-05T10:00:00Z");
        for time in ["2024-01-05T10:00:00Z", "2024-01-05T10:00:00+02:00", "2024-01-05"] {
            assert_eq!(in_utc(time.to_owned()), time);
        }
    }
}
