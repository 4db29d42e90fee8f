//! Which events are meant.

use crate::cli::Failure;
use crate::event::{Event, LanguageTag, Status};

#[derive(Clone, Debug, Default, clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// Only articles in this language; may be given more than once
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Only usable or only retracted articles
    #[arg(long, value_name = "STATUS", value_parser = ["usable", "retracted"])]
    status: Option<String>,
    /// Only articles from here: the name of an outlet or agency, a host and those below it, or a part of either
    #[arg(long, value_name = "NAME|HOST")]
    source: Vec<String>,
    /// Only articles that name this entity: an id, the end of one, or a part of a name
    #[arg(long, value_name = "ID|NAME")]
    entity: Vec<String>,
    /// Only articles that name something of this country: ISO 3166-1 alpha-2
    #[arg(long, value_name = "CC")]
    country: Vec<String>,
}

/// The events that are meant: those that pass every part that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    languages: Vec<LanguageTag>,
    status: Option<Status>,
    sources: Vec<String>,
    entities: Vec<String>,
    countries: Vec<String>,
}

impl Filter {
    /// What is asked for.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a language or a country is not written as one.
    pub(super) fn new(args: &Args) -> Result<Self, Failure> {
        let tag = |text: &String| {
            LanguageTag::parse(text).ok_or_else(|| Failure::Usage(format!("{text:?} is not a language tag such as vi")))
        };
        let country = |text: &String| match text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            true => Ok(text.to_ascii_uppercase()),
            false => Err(Failure::Usage(format!("{text:?} is not a country's code such as VN"))),
        };
        let lowercase = |texts: &[String]| texts.iter().map(|text| text.to_lowercase()).collect();
        Ok(Self {
            languages: args.language.iter().map(tag).collect::<Result<_, _>>()?,
            status: args
                .status
                .as_deref()
                .map(|name| if name == "usable" { Status::Usable } else { Status::Retracted }),
            sources: lowercase(&args.source),
            entities: lowercase(&args.entity),
            countries: args.country.iter().map(country).collect::<Result<_, _>>()?,
        })
    }

    /// Whether every event passes.
    pub(super) fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an event passes.
    pub(super) fn takes(&self, event: &Event) -> bool {
        let language = event.language.as_ref().map(|language| &language.tag);
        let country = |wanted: &String| event.entities.iter().any(|entity| entity.country.as_ref() == Some(wanted));
        self.status.is_none_or(|status| status == event.status)
            && (self.languages.is_empty() || language.is_some_and(|tag| self.languages.contains(tag)))
            && (self.sources.is_empty() || self.sources.iter().any(|wanted| is_from(event, wanted)))
            && (self.entities.is_empty() || self.entities.iter().any(|wanted| names(event, wanted)))
            && (self.countries.is_empty() || self.countries.iter().any(country))
    }
}

/// Whether its outlet, the host of its address or an agency that it credits has this in its name.
fn is_from(event: &Event, wanted: &str) -> bool {
    let source = &event.source;
    let host = |url: &String| url.split("://").nth(1)?.split(['/', '?', '#']).next().map(str::to_owned);
    let hosts = source.canonical_url.iter().chain(&source.url).filter_map(host);
    let outlets = source.publisher.iter().chain(source.origin.iter().map(|origin| &origin.name)).cloned();
    hosts.chain(outlets).any(|name| name.to_lowercase().contains(wanted))
}

/// Whether one of its entities has this id, or this in a name.
fn names(event: &Event, wanted: &str) -> bool {
    event.entities.iter().any(|entity| {
        let mut ids = entity.id.iter().chain(&entity.same_as).map(|id| id.to_lowercase());
        let names = entity.mentions.iter().map(|mention| &mention.text).chain([&entity.name]);
        ids.any(|id| id == wanted || id.ends_with(&format!(":{wanted}")))
            || names.into_iter().any(|name| name.to_lowercase().contains(wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Processor, Settings, Verdict};
    use crate::record::{Offset, Position, Record, TopicPartition};

    const ARTICLE: &str = r#"{"url": "https://vi.news.example:8443/a?b=1", "publisher": "Harbour Post", "language": "en",
        "title": "France and Vietnam sign a pact", "body": "The ministers of France and Vietnam signed the pact in Hanoi on Monday and shook hands."}"#;

    fn event(key: Option<&str>, value: Option<&str>) -> Event {
        let position =
            Position { partition: TopicPartition { topic: "news.raw".into(), partition: 0 }, offset: Offset(0) };
        let bytes = |text: &str| text.as_bytes().to_vec();
        let record =
            Record { position, time_ms: None, key: key.map(bytes), headers: Vec::new(), value: value.map(bytes) };
        match Processor::new(Settings::default()).process(&record, &mut ()) {
            Verdict::Publish { message, .. } => serde_json::from_slice(&message.value.unwrap()).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn args(words: &[&str]) -> Args {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            filter: Args,
        }
        let words = ["tail"].iter().chain(words);
        <Line as clap::Parser>::parse_from(words).filter
    }

    #[test]
    fn an_event_must_pass_every_filter_by_one_of_its_values() {
        let (article, gone) = (event(None, Some(ARTICLE)), event(Some("https://gone.example/x"), None));
        let check = |words: &[&str], of_article: bool, of_gone: bool| {
            let filter = Filter::new(&args(words)).unwrap();
            assert_eq!((filter.takes(&article), filter.takes(&gone)), (of_article, of_gone), "{words:?}");
            assert_eq!(filter.is_open(), words.is_empty());
        };
        check(&[], true, true);
        check(&["--language", "EN"], true, false);
        check(&["--language", "fr"], false, false);
        check(&["--language", "fr", "--language", "en"], true, false);
        check(&["--status", "usable"], true, false);
        check(&["--status", "retracted"], false, true);
        check(&["--source", "News.Example"], true, false);
        check(&["--source", "harbour post"], true, false);
        check(&["--source", "gone.example"], false, true);
        // The host alone is meant, not what stands behind it.
        check(&["--source", "8443/a"], false, false);
        check(&["--entity", "Q881"], true, false);
        check(&["--entity", "wikidata:q142"], true, false);
        check(&["--entity", "88"], false, false);
        check(&["--entity", "hano"], true, false);
        check(&["--country", "vn"], true, false);
        check(&["--country", "NO", "--country", "FR"], true, false);
        check(&["--country", "NO"], false, false);
        check(&["--country", "VN", "--language", "fr"], false, false);
    }

    #[test]
    fn what_is_no_language_or_country_is_wrong_usage() {
        for words in [["--language", "no such"], ["--country", "VNM"], ["--country", "é"], ["--country", ""]] {
            assert!(matches!(Filter::new(&args(&words)), Err(Failure::Usage(_))), "{words:?}");
        }
    }
}
