//! The words that furniture is known by, from `data/furniture`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::fold::{composed, folded};
use super::labels::Labels;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../data/furniture/", $name, ".toml")))),*]
    };
}

/// Every file, by name. A new language is a new file and its name here.
pub(super) const FILES: [(&str, &str); 67] = files![
    "af", "ar", "az", "be", "bg", "bn", "ca", "common", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa",
    "fi", "fil", "fr", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "ko",
    "ky", "lt", "lv", "mk", "mr", "ms", "my", "nb", "ne", "nl", "pa", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr",
    "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh",
];

/// The news agencies and picture agencies, and the outlets that sign like them.
const AGENCIES: &str = include_str!("../../../data/furniture/agencies.toml");

/// What stands above a file's cases, which are for tests alone: they are neither read here nor part of the rules.
pub(super) const CASES: &str = "\n[cases]\n";

/// The rules of a file, without its cases.
fn rules_of(text: &str) -> &str {
    text.split_once(CASES).map_or(text, |(rules, _)| rules)
}

/// What a label says of the line that it opens or ends. `data/furniture/README.md` explains each under its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    RelatedLink,
    Tags,
    Picture,
    PictureBy,
    PictureAlone,
    PictureAfter,
    Byline,
    BylineColon,
    BylineAfter,
    Editor,
    Outlet,
    Source,
    SourceReprint,
    SourceTranslation,
    SourceSignOff,
    Ad,
    Comments,
    CommentPrompt,
    Share,
    Reading,
    Listen,
    Subscription,
    SubscriptionAfter,
    Follow,
    Archive,
    Copyright,
    Rights,
    RightsClause,
    Published,
    Ago,
    Date,
}

/// One file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(serde::Serialize))]
#[serde(deny_unknown_fields, default)]
pub(super) struct File {
    related_link: Vec<String>,
    tags: Vec<String>,
    picture: Vec<String>,
    picture_by: Vec<String>,
    picture_alone: Vec<String>,
    picture_after: Vec<String>,
    byline: Vec<String>,
    byline_colon: Vec<String>,
    byline_or_name: Vec<String>,
    byline_seldom_name: Vec<String>,
    given_name: Vec<String>,
    byline_after: Vec<String>,
    editor: Vec<String>,
    outlet: Vec<String>,
    source: Vec<String>,
    source_reprint: Vec<String>,
    source_translation: Vec<String>,
    source_sign_off: Vec<String>,
    ad: Vec<String>,
    comments: Vec<String>,
    comment_prompt: Vec<String>,
    share: Vec<String>,
    network: Vec<String>,
    network_word: Vec<String>,
    reading: Vec<String>,
    listen: Vec<String>,
    subscription: Vec<String>,
    copyright: Vec<String>,
    rights: Vec<String>,
    rights_clause: Vec<String>,
    published: Vec<String>,
    ago: Vec<String>,
    date: Vec<String>,
    clock: Vec<String>,
    archive: Vec<String>,
    subscription_after: Vec<String>,
    subscription_noun: Vec<String>,
    follow: Vec<String>,
    and: Vec<String>,
    with: Vec<String>,
    name_particle: Vec<String>,
    name_never: Vec<String>,
    clause_word: Vec<String>,
}

/// The file of agencies.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Agencies {
    news: Vec<Vec<String>>,
    outlet: Vec<String>,
    picture: Vec<String>,
}

/// A label of bylines that begins names as well.
#[derive(Debug, Default)]
pub(crate) struct NameOpening {
    /// The languages in which it is a label, as their files are named.
    pub(crate) languages: BTreeSet<&'static str>,
    /// Whether it is a label by far more often.
    pub(crate) is_seldom_name: bool,
    /// Whether it begins names of families in a language in which it is a label, too: `Von Trapp`, `Di Stefano`.
    pub(crate) is_particle: bool,
    /// Common given names of those languages.
    pub(crate) given_names: BTreeSet<String>,
}

/// The rules of all languages together.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Labels that open what they label.
    pub labels: Labels,
    /// Labels that end it.
    pub endings: Labels,
    /// Words that join two names, folded.
    pub and: BTreeSet<String>,
    /// Words that join an outlet and whom it worked with, folded.
    pub with: BTreeSet<String>,
    /// Words that stand beside the time of a day, folded.
    pub clock: BTreeSet<String>,
    /// Single words that open a line of share buttons, folded.
    pub share_word: BTreeSet<String>,
    /// What prompts invite to, folded: a newsletter, a channel, an app.
    pub subscription_noun: BTreeSet<String>,
    /// Words that a personal name has in lower case.
    pub name_particle: BTreeSet<String>,
    /// What looks like a personal name and is none, folded.
    pub name_never: BTreeSet<String>,
    /// Words of sentences that no name has, in languages that part neither words nor sentences.
    pub clause_word: BTreeSet<String>,
    /// Labels of bylines that begin names as well, as a field begins with them.
    pub name_openings: BTreeMap<String, NameOpening>,
    /// News agencies, as they sign.
    pub agency: BTreeSet<String>,
    /// Picture agencies, as they sign.
    pub picture_agency: BTreeSet<String>,
    /// Networks that a share bar lists, folded.
    pub network: BTreeSet<String>,
    /// Words that stand between them, folded.
    pub network_word: BTreeSet<String>,
}

/// The rules that are built in.
pub(super) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let mut rules = Rules::default();
        for (name, text) in FILES {
            // The files are built in and a test reads them all.
            let file = toml::from_str(rules_of(text)).unwrap_or_else(|e| panic!("data/furniture/{name}.toml: {e}"));
            rules.add(name, file);
        }
        let agencies: Agencies =
            toml::from_str(AGENCIES).unwrap_or_else(|e| panic!("data/furniture/agencies.toml: {e}"));
        rules.agency = agencies.news.iter().flatten().chain(&agencies.outlet).map(|name| composed(name)).collect();
        rules.picture_agency = agencies.picture.iter().map(|name| composed(name)).collect();
        rules
    });
    &RULES
}

/// SHA-256, in hex, of the rules that are built in: it changes whenever their words do. It reads all of them; call it
/// once and keep the answer.
#[must_use]
pub fn rules_fingerprint() -> String {
    let mut hash = Sha256::new();
    for (name, text) in FILES.into_iter().chain([("agencies", AGENCIES)]) {
        hash.update(name);
        hash.update([0]);
        hash.update(rules_of(text));
        hash.update([0]);
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Rules {
    fn add(&mut self, language: &'static str, file: File) {
        for (labels, is_seldom_name) in [(&file.byline_or_name, false), (&file.byline_seldom_name, true)] {
            for label in labels {
                let opening = self.name_openings.entry(composed(label)).or_default();
                opening.languages.insert(language);
                opening.is_seldom_name |= is_seldom_name;
                opening.is_particle |= file.name_particle.contains(&label.to_lowercase());
                opening.given_names.extend(file.given_name.iter().map(|name| composed(name)));
            }
        }
        for (words, kind) in [
            (&file.related_link, Kind::RelatedLink),
            (&file.tags, Kind::Tags),
            (&file.picture, Kind::Picture),
            (&file.picture_by, Kind::PictureBy),
            (&file.picture_alone, Kind::PictureAlone),
            (&file.byline, Kind::Byline),
            (&file.byline_colon, Kind::BylineColon),
            (&file.editor, Kind::Editor),
            (&file.outlet, Kind::Outlet),
            (&file.source, Kind::Source),
            (&file.source_reprint, Kind::SourceReprint),
            (&file.source_translation, Kind::SourceTranslation),
            (&file.source_sign_off, Kind::SourceSignOff),
            (&file.ad, Kind::Ad),
            (&file.comments, Kind::Comments),
            (&file.comment_prompt, Kind::CommentPrompt),
            (&file.share, Kind::Share),
            (&file.reading, Kind::Reading),
            (&file.listen, Kind::Listen),
            (&file.subscription, Kind::Subscription),
            (&file.follow, Kind::Follow),
            (&file.archive, Kind::Archive),
            (&file.copyright, Kind::Copyright),
            (&file.rights, Kind::Rights),
            (&file.rights_clause, Kind::RightsClause),
            (&file.ago, Kind::Ago),
            (&file.published, Kind::Published),
            (&file.date, Kind::Date),
        ] {
            words.iter().for_each(|word| self.labels.add(word, kind));
        }
        for (words, kind) in [
            (&file.picture_after, Kind::PictureAfter),
            (&file.subscription_after, Kind::SubscriptionAfter),
            (&file.byline_after, Kind::BylineAfter),
            (&file.comments, Kind::Comments),
            (&file.reading, Kind::Reading),
            (&file.outlet, Kind::Outlet),
            (&file.rights, Kind::Rights),
            (&file.ago, Kind::Ago),
        ] {
            words.iter().for_each(|word| self.endings.add_ending(word, kind));
        }
        self.clock.extend(file.clock.iter().map(|word| folded(word)));
        self.share_word.extend(file.share.iter().filter(|word| !word.contains(' ')).map(|word| folded(word)));
        self.subscription_noun.extend(file.subscription_noun.iter().map(|word| folded(word)));
        self.and.extend(file.and.iter().map(|word| folded(word)));
        self.with.extend(file.with.iter().map(|word| folded(word)));
        self.name_particle.extend(file.name_particle.iter().map(|word| composed(word)));
        self.name_never.extend(file.name_never.iter().map(|word| folded(word)));
        self.clause_word.extend(file.clause_word.iter().map(|word| composed(word)));
        self.network.extend(file.network.iter().map(|word| folded(word)));
        self.network_word.extend(file.network_word.iter().map(|word| folded(word)));
    }
}
