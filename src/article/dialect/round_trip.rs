//! An article written as any dialect is read back as it was.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::article::Article;
use crate::article::tests::{article, record};
use crate::event::Dialect;

/// What every dialect can say; what one cannot is empty there.
#[derive(Clone, Debug)]
struct Story {
    title: String,
    lede: String,
    paragraphs: Vec<String>,
    authors: Vec<String>,
    url: String,
    published: String,
    modified: String,
    language: String,
    tags: Vec<String>,
}

fn story() -> impl Strategy<Value = Story> {
    // Signs of markup and letters of many scripts; sentences, so that no rule takes one for furniture.
    let word = "[a-zéđươжйلا中文字ก]{2,9}";
    let sign =
        prop_oneof![3 => Just(""), 1 => prop::sample::select(vec!["&", "<", "R&D", "a<b", "&amp;", "\"q\"", "'s"])];
    let sentence = (prop::collection::vec((word, sign), 3..9)).prop_map(|words| {
        let words: Vec<String> = words.into_iter().map(|(word, sign)| format!("{word} {sign}")).collect();
        let text = words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        format!("Q{text} qq.")
    });
    let paragraphs = prop::collection::vec(sentence.clone(), 1..6);
    let names = prop::collection::btree_set("Q[a-z]{2,6} Z[a-z]{2,6}", 0..3);
    let tags = prop::collection::vec("q[a-z]{2,6}", 0..3);
    let day =
        (2001..2030_u32, 1..13_u32, 1..29_u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"));
    let language = prop::sample::select(vec!["en", "vi", "fr"]);
    (sentence.clone(), sentence, paragraphs, names, "[a-z]{3,9}", day.clone(), day, language, tags).prop_map(
        |(title, lede, paragraphs, authors, path, published, modified, language, tags)| Story {
            title: format!("Zz {title}"),
            lede,
            paragraphs,
            authors: authors.into_iter().collect(),
            url: format!("https://news.example/zz/{path}"),
            published: format!("{published}T08:00:00+02:00"),
            modified: format!("{modified}T09:30:00Z"),
            language: language.to_owned(),
            tags,
        },
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

impl Story {
    fn html(&self) -> String {
        let paragraphs = self.paragraphs.iter().map(|text| format!("<p>{}</p>\n", escaped(text)));
        paragraphs.collect()
    }

    fn names(&self) -> Value {
        self.authors.iter().map(|name| json!({"name": name})).collect()
    }
}

/// How a dialect writes a story, and what it leaves out.
struct Writer {
    dialect: Dialect,
    write: fn(&Story) -> Value,
    leaves_out: &'static [&'static str],
}

const WRITERS: &[Writer] = &[
    Writer {
        dialect: Dialect::Native,
        write: |s| {
            json!({"title": s.title, "lede": s.lede, "body": s.paragraphs.join("\n\n"), "authors": s.authors, "url": s.url,
                "published_at": s.published, "modified_at": s.modified, "language": s.language, "tags": s.tags})
        },
        leaves_out: &[],
    },
    Writer {
        dialect: Dialect::NewsPlease,
        write: |s| {
            json!({"title": s.title, "description": s.lede, "maintext": s.paragraphs.join("\n"), "authors": s.authors, "url": s.url,
                "date_publish": s.published, "date_modify": s.modified, "date_download": "None", "language": s.language, "title_rss": null})
        },
        leaves_out: &["tags"],
    },
    Writer {
        dialect: Dialect::Trafilatura,
        write: |s| {
            json!({"title": s.title, "excerpt": s.lede, "text": s.paragraphs.join("\n"), "raw_text": s.paragraphs.join(" "), "author": s.authors.join("; "),
                "source": s.url, "date": s.published, "language": s.language, "source-hostname": null, "categories": "", "tags": s.tags.join(";")})
        },
        leaves_out: &["modified"],
    },
    Writer {
        dialect: Dialect::Fundus,
        write: |s| {
            json!({"title": s.title, "body": {"summary": [s.lede], "sections": [{"headline": [], "paragraphs": s.paragraphs}]}, "authors": s.authors,
                "url": s.url, "publishing_date": s.published, "lang": s.language, "topics": s.tags, "free_access": true, "images": []})
        },
        leaves_out: &["modified"],
    },
    Writer {
        dialect: Dialect::Ninjs,
        write: |s| {
            json!({"uri": s.url, "headline": escaped(&s.title), "description_text": escaped(&s.lede), "body_xhtml": format!("<div>{}</div>", s.html()),
                "authors": s.names(), "firstcreated": s.published, "versioncreated": s.modified, "language": s.language, "keywords": s.tags})
        },
        leaves_out: &[],
    },
    Writer {
        dialect: Dialect::Ninjs,
        write: |s| {
            json!({"uri": s.url, "headlines": [{"role": "main", "value": escaped(&s.title)}], "descriptions": [{"value": escaped(&s.lede)}],
                "bodies": [{"contentType": "text/plain", "value": s.paragraphs.join("\n") + "\n "}, {"contentType": "text/html", "value": s.html()}],
                "by": s.authors.join("; "), "firstCreated": s.published, "versionCreated": s.modified, "language": s.language,
                "subjects": s.tags.iter().map(|tag| json!({"name": tag})).collect::<Value>()})
        },
        leaves_out: &[],
    },
    Writer {
        dialect: Dialect::JsonLd,
        write: |s| {
            json!({"@type": "NewsArticle", "headline": escaped(&s.title), "description": escaped(&s.lede), "articleBody": s.html(), "author": s.names(),
                "mainEntityOfPage": {"@id": s.url}, "datePublished": s.published, "dateModified": s.modified, "inLanguage": s.language, "keywords": s.tags})
        },
        leaves_out: &[],
    },
    Writer {
        dialect: Dialect::JsonFeed,
        write: |s| {
            json!({"id": s.url, "url": s.url, "title": s.title, "summary": s.lede, "content_html": s.html(), "authors": s.names(),
                "date_published": s.published, "date_modified": s.modified, "language": s.language, "tags": s.tags})
        },
        leaves_out: &[],
    },
    Writer {
        dialect: Dialect::Wordpress,
        write: |s| {
            let utc = |time: &str| time.trim_end_matches('Z').to_owned();
            json!({"id": 7, "guid": {"rendered": s.url}, "link": s.url, "title": {"rendered": escaped(&s.title)}, "excerpt": {"rendered": escaped(&s.lede)},
                "content": {"rendered": s.html(), "protected": false}, "date_gmt": s.published, "modified_gmt": utc(&s.modified), "author": 3, "tags": [1, 2],
                "yoast_head_json": {"og_locale": s.language},
                "_embedded": {"author": s.authors.iter().map(|name| json!({"id": 3, "name": name})).collect::<Value>(),
                    "wp:term": [[{"name": "News", "taxonomy": "category"}], s.tags.iter().map(|tag| json!({"name": tag, "taxonomy": "post_tag"})).collect::<Value>()]}})
        },
        leaves_out: &[],
    },
    Writer {
        dialect: Dialect::Feedparser,
        write: |s| {
            json!({"id": s.url, "link": s.url, "title": escaped(&s.title), "title_detail": {"type": "text/html"}, "summary": escaped(&s.lede),
                "content": [{"type": "text/html", "language": s.language, "value": s.html()}], "authors": s.names(), "published": s.published,
                "updated": s.modified, "tags": s.tags.iter().map(|tag| json!({"term": tag, "label": null})).collect::<Value>()})
        },
        leaves_out: &[],
    },
];

fn same(writer: &Writer, story: &Story, read: &Article) -> Result<(), TestCaseError> {
    let says = |field: &str| !writer.leaves_out.contains(&field);
    let metadata = &read.metadata;
    let body: Vec<&str> = read.body.split('\n').filter(|line| !line.is_empty()).collect();
    prop_assert_eq!(read.dialect, writer.dialect);
    prop_assert_eq!(read.title.as_ref(), Some(&story.title));
    prop_assert_eq!(read.lede.as_ref(), Some(&story.lede));
    prop_assert_eq!(body, story.paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
    prop_assert_eq!(&metadata.authors, &story.authors);
    prop_assert_eq!(read.identity.url.as_ref(), Some(&story.url));
    prop_assert_eq!(metadata.published_at.as_ref(), Some(&story.published));
    prop_assert_eq!(metadata.modified_at.as_ref(), Some(&story.modified).filter(|_| says("modified")));
    prop_assert_eq!(metadata.language.as_ref().map(|tag| tag.as_str()), Some(story.language.as_str()));
    prop_assert_eq!(&metadata.tags, if says("tags") { &story.tags } else { const { &Vec::new() } });
    prop_assert_eq!(&read.warnings, &[]);
    prop_assert_eq!(&read.furniture, &[]);
    Ok(())
}

proptest! {
    #[test]
    fn a_story_comes_back_from_every_dialect(story in story()) {
        for writer in WRITERS {
            same(writer, &story, &article(&record((writer.write)(&story).to_string())))?;
        }
    }
}
