//! The forms in which a line may meet the reader: cut short, without its accents, among others of its language, beside
//! an agency's English.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::corpus::Group;
use crate::chance::Chance;
use crate::event::Script;

/// The lines of a group, and the forms to give them.
pub(super) struct Variety<'a> {
    group: &'a Group,
    by_language: Vec<Vec<&'a str>>,
    vietnamese: Option<usize>,
}

/// Of a hundred lines in Latin letters, how many are shown without the marks on their letters; of Vietnamese, which is
/// written so in e-mails, slugs and on old machines, more.
const BARE_PERCENT: usize = 5;
const BARE_PERCENT_VIETNAMESE: usize = 30;

/// Of a hundred lines in Latin letters, how many stand beside English notices. In other scripts the script tells.
const NOTICE_PERCENT: usize = 12;

impl<'a> Variety<'a> {
    pub(super) fn new(group: &'a Group) -> Self {
        let mut by_language = vec![Vec::new(); group.languages.len()];
        for (language, line) in &group.lines {
            by_language[*language].push(line.as_str());
        }
        Self { group, by_language, vietnamese: group.languages.iter().position(|tag| tag == "vi") }
    }

    /// A form of the line at `index`, and its language; beyond the last line, some sibling words of a language.
    pub(super) fn text(&self, index: usize, chance: &mut Chance) -> (usize, String) {
        let (language, mut text) = match self.group.lines.get(index) {
            Some((language, line)) => (*language, self.cut_or_joined(*language, line, chance)),
            None => {
                let language = index - self.group.lines.len();
                let words = &self.group.words[language];
                let some = (0..2 + chance.below(9)).map(|_| words[chance.below(words.len())].as_str());
                (language, some.collect::<Vec<_>>().join(" "))
            }
        };
        if self.group.script == Script::Latn {
            let percent = if Some(language) == self.vietnamese { BARE_PERCENT_VIETNAMESE } else { BARE_PERCENT };
            if chance.percent(percent) {
                text = bare(&text);
            }
            if chance.percent(NOTICE_PERCENT) {
                let notices = notices(chance);
                text = if chance.percent(75) { format!("{text} {notices}") } else { format!("{notices} {text}") };
            }
        }
        (language, text)
    }

    /// Four of ten lines as they are, one or two with another of their language, the rest cut short.
    fn cut_or_joined(&self, language: usize, line: &str, chance: &mut Chance) -> String {
        match chance.below(100) {
            0..40 => line.to_owned(),
            40..85 => cut(line, 12 + chance.below(50), chance),
            _ => {
                let others = &self.by_language[language];
                format!("{line} {}", others[chance.below(others.len())])
            }
        }
    }
}

/// Some whole words of a text, `chars` code points of it or a little less; the first word even if it is longer.
pub(super) fn cut(text: &str, chars: usize, chance: &mut Chance) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return String::new();
    }
    let total = text.chars().count();
    // Half of the cuts are beginnings, as headlines and teasers are.
    let mut first = if chance.percent(50) { 0 } else { chance.below(words.len()) };
    // Not so late that little is left.
    let mut left: usize = words[first..].iter().map(|word| word.chars().count() + 1).sum();
    while first > 0 && left < chars.min(total) {
        first -= 1;
        left += words[first].chars().count() + 1;
    }
    let mut out = String::new();
    let mut length = 0;
    for word in &words[first..] {
        let own = word.chars().count();
        if length > 0 && length + 1 + own > chars {
            break;
        }
        if length > 0 {
            out.push(' ');
        }
        out.push_str(word);
        length += own + 1;
    }
    // Scripts without blanks.
    if length > 2 * chars { out.chars().take(chars).collect() } else { out }
}

/// The text without the marks on its letters, as it is written in a hurry, on old machines, and in capitals.
fn bare(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            'ı' => 'i',
            'ł' => 'l',
            'Ł' => 'L',
            'ø' => 'o',
            'Ø' => 'O',
            c => c,
        })
        .collect()
}

/// What agencies and web pages write around an article in English, whatever its language; own phrases.
#[rustfmt::skip]
const NOTICES: &[&str] = &[
    "All rights reserved",
    "Reporting by our correspondents",
    "Edited by the newsroom",
    "Photograph by a staff photographer",
    "Photo: Reuters",
    "Photos: AFP",
    "Image: Getty Images",
    "Picture: AP",
    "File photo",
    "Illustration",
    "Credit: Bloomberg",
    "Read more",
    "Read the full story here",
    "Continue reading",
    "Share this article",
    "Share on Facebook",
    "Share on Twitter",
    "Tweet",
    "Follow us on Instagram",
    "Follow us on Telegram",
    "Join our channel",
    "Like us on Facebook",
    "Watch the video on YouTube",
    "Live updates",
    "Live blog",
    "Breaking news",
    "Exclusive",
    "Sign up for our newsletter",
    "Subscribe now",
    "Subscribe to our channel",
    "Log in to comment",
    "Click to open",
    "Advertisement",
    "Sponsored content",
    "Terms of use",
    "Privacy policy",
    "Contact us",
    "About us",
    "Copyright 2020 The Media Group",
    "© News Agency Ltd.",
    "Source: Reuters",
    "Source: Xinhua News Agency",
    "Via Associated Press",
    "Download our app",
    "Get it on Google Play",
    "Podcast",
    "Video",
    "Gallery",
    "Comments",
    "Print",
    "Email",
    "Updated",
    "Published",
    "Last modified",
    "Minutes to read",
    "Related stories",
    "Most popular",
    "Top stories",
    "Home",
    "World",
    "Sports",
    "Business",
    "Opinion",
    "Editing by the desk",
    "Additional reporting by staff writers",
    "WhatsApp",
    "Telegram",
    "LinkedIn",
    "Pinterest",
    "Reddit",
    "Skip to content",
    "Accept cookies",
    "Menu",
    "Search",
    "Next",
    "Previous",
    "Trending now",
    "Report an error",
    "Hashtag",
    "This story was first published by our partner",
    "The Associated Press contributed to this report",
    "Reporting from the capital",
    "Writing by the foreign desk",
];

/// One to three notices.
fn notices(chance: &mut Chance) -> String {
    let some: Vec<&str> = (0..1 + chance.below(3)).map(|_| NOTICES[chance.below(NOTICES.len())]).collect();
    some.join([" ", " – ", " | ", ". "][chance.below(4)])
}
