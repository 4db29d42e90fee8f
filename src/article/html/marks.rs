//! What elements are, by their names, roles and the words of their classes.
//!
//! Sites and content systems name parts of a page in English whatever language they write: these words were read off the
//! markup that WordPress, Drupal, Arc, AMP and other systems put out by themselves. They decide nothing alone: how much
//! an element holds does, too.

use dom_query::NodeRef;

use crate::event::FurnitureRole;

/// A part of a page that is not prose, by what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Ad,
    Byline,
    Caption,
    Comments,
    Credit,
    Date,
    Related,
    Share,
    Subscription,
}

impl Mark {
    /// The role of what an element so called holds.
    pub(super) fn role(self) -> FurnitureRole {
        match self {
            Self::Ad => FurnitureRole::AdPlaceholder,
            Self::Byline => FurnitureRole::Byline,
            Self::Caption => FurnitureRole::Caption,
            Self::Comments => FurnitureRole::Comments,
            Self::Credit => FurnitureRole::Credit,
            Self::Date => FurnitureRole::DateMarker,
            Self::Related => FurnitureRole::RelatedLink,
            Self::Share => FurnitureRole::ShareBar,
            Self::Subscription => FurnitureRole::Subscription,
        }
    }

    /// Whether it is a part of the page with blocks of its own. Some sites call every paragraph of an article by the name
    /// of the part that they would rather show.
    pub(super) fn is_section(self) -> bool {
        match self {
            Self::Ad | Self::Comments | Self::Share | Self::Subscription => true,
            Self::Byline | Self::Caption | Self::Credit | Self::Date | Self::Related => false,
        }
    }

    /// The most characters that an element so called may hold to be just that: a class with the word `author` may also
    /// be that of the whole article.
    pub(super) fn chars_max(self) -> usize {
        match self {
            Self::Date => 120,
            Self::Byline | Self::Credit => 200,
            Self::Ad | Self::Share => 300,
            Self::Subscription => 600,
            Self::Caption => 800,
            Self::Comments | Self::Related => 2000,
        }
    }
}

/// The most characters of a label such as `Advertisement` or `12 comments`.
pub(super) const LABEL_CHARS_MAX: usize = 40;

/// Words of class names, with what they say; sorted.
const WORDS: &[(&str, Mark)] = &[
    ("ad", Mark::Ad),
    ("addthis", Mark::Share),
    ("ads", Mark::Ad),
    ("adsbygoogle", Mark::Ad),
    ("advert", Mark::Ad),
    ("advertisement", Mark::Ad),
    ("advertising", Mark::Ad),
    ("alsoread", Mark::Related),
    ("author", Mark::Byline),
    ("authors", Mark::Byline),
    ("byline", Mark::Byline),
    ("bylines", Mark::Byline),
    ("caption", Mark::Caption),
    ("captions", Mark::Caption),
    ("comment", Mark::Comments),
    ("comments", Mark::Comments),
    ("copyright", Mark::Credit),
    ("credit", Mark::Credit),
    ("credits", Mark::Credit),
    ("date", Mark::Date),
    ("datetime", Mark::Date),
    ("disqus", Mark::Comments),
    ("donate", Mark::Subscription),
    ("donation", Mark::Subscription),
    ("figcaption", Mark::Caption),
    ("newsletter", Mark::Subscription),
    ("outbrain", Mark::Related),
    ("paywall", Mark::Subscription),
    ("photographer", Mark::Credit),
    ("promo", Mark::Related),
    ("pubdate", Mark::Date),
    ("readmore", Mark::Related),
    ("readnext", Mark::Related),
    ("recirc", Mark::Related),
    ("recommended", Mark::Related),
    ("related", Mark::Related),
    ("share", Mark::Share),
    ("sharedaddy", Mark::Share),
    ("sharing", Mark::Share),
    ("signup", Mark::Subscription),
    ("social", Mark::Share),
    ("subscribe", Mark::Subscription),
    ("subscription", Mark::Subscription),
    ("taboola", Mark::Related),
    ("timestamp", Mark::Date),
];

/// Pairs of neighbouring words that say what neither does alone.
const PAIRS: &[(&str, &str, Mark)] = &[
    ("also", "read", Mark::Related),
    ("image", "legend", Mark::Caption),
    ("more", "on", Mark::Related),
    ("read", "also", Mark::Related),
    ("read", "more", Mark::Related),
    ("read", "next", Mark::Related),
    ("see", "also", Mark::Related),
];

/// What an element is.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Described {
    pub(super) mark: Option<Mark>,
    pub(super) is_article: bool,
    /// Whether it calls itself an article in schema.org's terms.
    pub(super) is_schema_article: bool,
    pub(super) is_chrome: bool,
}

/// What an element is by its name, role and classes.
pub(super) fn describe(node: &NodeRef, name: &str) -> Described {
    let mut described = Described {
        mark: match name {
            "figcaption" => Some(Mark::Caption),
            "time" => Some(Mark::Date),
            _ => None,
        },
        is_article: matches!(name, "article" | "main"),
        is_schema_article: false,
        is_chrome: matches!(name, "nav" | "footer" | "dialog" | "button"),
    };
    let Some(element) = node.element_ref() else { return described };
    for attribute in &element.attrs {
        let value: &str = &attribute.value;
        match attribute.name.local.as_ref() {
            "class" | "id" => described.mark = described.mark.or_else(|| mark_of(value)),
            "rel" if value == "author" => described.mark = Some(Mark::Byline),
            "itemprop" => match value {
                "articleBody" => described.is_schema_article = true,
                "author" | "creator" => described.mark = Some(Mark::Byline),
                "caption" => described.mark = Some(Mark::Caption),
                "copyrightHolder" | "creditText" => described.mark = Some(Mark::Credit),
                "datePublished" | "dateModified" | "dateCreated" => described.mark = Some(Mark::Date),
                _ => {}
            },
            "itemtype" if is_article_type(value) => (described.is_article, described.is_schema_article) = (true, true),
            "role" => match value {
                "article" | "main" => described.is_article = true,
                "navigation" | "banner" | "contentinfo" | "dialog" | "search" => described.is_chrome = true,
                _ => {}
            },
            "hidden" => described.is_chrome = true,
            "aria-hidden" => described.is_chrome |= value == "true",
            _ => {}
        }
    }
    described
}

/// Whether a type of schema.org is an article's.
fn is_article_type(address: &str) -> bool {
    let name = address.trim().rsplit('/').next().unwrap_or_default();
    name.ends_with("Article") || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report")
}

/// What the words of a class or an id say, the first that says something.
fn mark_of(names: &str) -> Option<Mark> {
    let mut before = String::new();
    for word in words(names) {
        if let Ok(at) = WORDS.binary_search_by(|(listed, _)| (*listed).cmp(word.as_str())) {
            return Some(WORDS[at].1);
        }
        if let Some((.., mark)) = PAIRS.iter().find(|(first, second, _)| *first == before && *second == word) {
            return Some(*mark);
        }
        before = word;
    }
    None
}

/// The words of `wp-caption-text`, `imageCredit` or `c_related__list`, in lower case.
fn words(names: &str) -> impl Iterator<Item = String> + '_ {
    let mut rest = names.chars().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|c| !c.is_ascii_alphanumeric()).is_some() {}
        let first = rest.next()?;
        let mut word = String::from(first.to_ascii_lowercase());
        let mut after_lower = first.is_ascii_lowercase();
        while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() && !(after_lower && c.is_ascii_uppercase())) {
            after_lower = c.is_ascii_lowercase();
            word.push(c.to_ascii_lowercase());
        }
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted() {
        assert!(WORDS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn classes_say_what_they_hold() {
        let check = |names: &str, expected: Option<Mark>| assert_eq!(mark_of(names), expected, "{names}");
        check("wp-caption-text", Some(Mark::Caption));
        check("c-photo imageCredit", Some(Mark::Credit));
        check("block_related__list", Some(Mark::Related));
        check("box read-also", Some(Mark::Related));
        check("AuthorName", Some(Mark::Byline));
        check("reading already loads", None);
        check("header-adjacent", None);
        check("", None);
    }
}
