//! What one line is, by its own words.

use super::fold::{is_small, is_spaced, strip_bullet, strip_separator};
use super::words::{Kind, Rules, rules};
use super::{Found, agency, counter, date_line, head, people, picture, prompt, sentence, source};
use crate::event::FurnitureRole;

/// The most code points of a line that is looked at as furniture other than a caption. A headline of another article
/// has up to about 150; with its label that stays below.
const LINE_CHARS_MAX: usize = 200;

/// After how many lines of prose the head ends, where a byline may stand: after title and standfirst.
const HEAD_LINES: usize = 3;

/// What a line is, if it is furniture by its own words wherever it stands (a byline: at the head). `prose` counts the
/// lines of prose before it.
pub(super) fn role_of(line: &str, prose: usize) -> Option<Found> {
    // A code point has up to four bytes: a line of more bytes is too long for any rule, without counting.
    if line.len() > 4 * picture::CAPTION_CHARS_MAX {
        return None;
    }
    let rules = rules();
    let chars = line.chars().count();
    if chars <= LINE_CHARS_MAX
        && let Some(found) = short_line(line, chars, prose, rules)
    {
        return Some(found);
    }
    picture::caption_or_credit(line, chars, rules)
}

/// Whether a line is one that follows a title: a byline, or when the article was published.
pub(in crate::text) fn opens_article(line: &str) -> bool {
    role_of(line, 0).is_some_and(|found| matches!(found.role, FurnitureRole::Byline | FurnitureRole::DateMarker))
}

fn short_line(line: &str, chars: usize, prose: usize, rules: &Rules) -> Option<Found> {
    let head = prose < HEAD_LINES;
    if head && let Some(found) = date_line::bare(line, rules) {
        return Some(found);
    }
    if let Some(link) = line.strip_prefix(">>").or_else(|| line.strip_prefix("＞＞")) {
        return link.contains(char::is_alphanumeric).then(|| Found::new(FurnitureRole::RelatedLink));
    }
    placeholder(line, prose, rules)
        .or_else(|| if head { people::byline(line, prose, rules) } else { None })
        .or_else(|| if head { head::compound(line, rules) } else { None })
        .or_else(|| labelled(line, rules))
        .or_else(|| prompt::is_ending_call(line, chars, rules).then(|| Found::new(FurnitureRole::Subscription)))
        .or_else(|| counter::role_of(unbracket(line).unwrap_or(line), chars, rules))
        .or_else(|| rights_at_the_end(line, rules))
        .or_else(|| prompt::is_hashtags(line, 2).then(|| Found::new(FurnitureRole::RelatedLink)))
        .or_else(|| prompt::networks(line, rules))
        .or_else(|| {
            agency::bare_credit(unbracket(line).unwrap_or(line), rules).map(|_| Found::new(FurnitureRole::Credit))
        })
}

/// The fewest bytes of an advertisement's label without brackets: `Ad` and `Pub` are also other words, but in capitals.
const BARE_AD_BYTES_MIN: usize = 5;

/// `[ad_2]`, `(Publicidade)`, `Advertisement`. Not as the first line without brackets: there it may be a title.
fn placeholder(line: &str, prose: usize, rules: &Rules) -> Option<Found> {
    let capitals = || line.len() > 1 && line.bytes().all(|b| b.is_ascii_uppercase());
    let inner =
        unbracket(line).or_else(|| (prose > 0 && (line.len() >= BARE_AD_BYTES_MIN || capitals())).then_some(line))?;
    is_ad(inner, rules).then(|| Found::new(FurnitureRole::AdPlaceholder))
}

/// An advertisement's label, with at most a number.
pub(super) fn is_ad(text: &str, rules: &Rules) -> bool {
    let bare = text
        .trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-' | '–' | '—' | ' ' | '#' | ':' | '.' | '*'));
    // `Advertisement - continue reading below` is two labels.
    let signs = [' ', '-', '–', '—', '|', ':', '.'];
    let labels = |text| rules.labels.starting(text).into_iter().filter(|(kind, _)| *kind == Kind::Ad);
    labels(bare)
        .any(|(_, rest)| rest.is_empty() || labels(rest.trim_start_matches(signs)).any(|(_, rest)| rest.is_empty()))
}

/// The text within the brackets that enclose all of a line.
pub(super) fn unbracket(line: &str) -> Option<&str> {
    let inner = [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('［', '］')]
        .iter()
        .find_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close))?;
    (!inner.contains(['(', '（', '[', ')', '）', ']'])).then_some(inner.trim())
}

/// Lines that say by their first words what they are.
pub(super) fn labelled(line: &str, rules: &Rules) -> Option<Found> {
    let line = strip_bullet(line);
    let inner = unbracket(line).or_else(|| line.strip_prefix('<')?.strip_suffix('>')).unwrap_or(line);
    if let Some(found) = labelled_in_brackets(line, rules) {
        return Some(found);
    }
    rules.labels.starting(inner).into_iter().find_map(|(kind, rest)| match kind {
        Kind::RelatedLink => {
            is_link(&inner[..inner.len() - rest.len()], rest, rules).then(|| Found::new(FurnitureRole::RelatedLink))
        }
        Kind::Tags => prompt::is_tag_list(rest).then(|| Found::new(FurnitureRole::RelatedLink)),
        Kind::Source | Kind::SourceReprint | Kind::SourceTranslation => source::line(kind, rest, rules),
        Kind::Editor => people::editor(rest, rules),
        Kind::Share => prompt::is_share_bar(rest, rules).then(|| Found::new(FurnitureRole::ShareBar)),
        Kind::Listen => prompt::is_player(rest).then(|| Found::new(FurnitureRole::ShareBar)),
        Kind::CommentPrompt => {
            (prompt::is_bare(rest) || counter::is_count(rest)).then(|| Found::new(FurnitureRole::Comments))
        }
        Kind::Subscription => prompt::is_call(&inner[..inner.len() - rest.len()], rest, rules)
            .then(|| Found::new(FurnitureRole::Subscription)),
        Kind::Follow => prompt::is_follow(rest, rules).then(|| Found::new(FurnitureRole::Subscription)),
        Kind::Copyright => prompt::is_copyright(rest, rules).then(|| Found::new(FurnitureRole::Credit)),
        Kind::Rights => (prompt::is_rights(rest, rules) && (prompt::is_notice(inner) || inner.len() < line.len()))
            .then(|| Found::new(FurnitureRole::Credit)),
        Kind::RightsClause => (!prompt::is_told(rest) && (prompt::is_notice(inner) || inner.len() < line.len()))
            .then(|| Found::new(FurnitureRole::Credit)),
        Kind::Date => strip_separator(rest).and_then(|date| date_line::of_label(date, rules)),
        Kind::Published => date_line::of_published(rest, rules).then(|| Found::new(FurnitureRole::DateMarker)),
        // Judged elsewhere: by what stands around them, with a number, or only at the head or the end.
        Kind::Picture
        | Kind::PictureBy
        | Kind::PictureAlone
        | Kind::PictureAfter
        | Kind::Byline
        | Kind::BylineColon
        | Kind::BylineAfter
        | Kind::Outlet
        | Kind::SourceSignOff
        | Kind::Ad
        | Kind::Comments
        | Kind::Reading
        | Kind::SubscriptionAfter
        | Kind::Archive
        | Kind::Ago => None,
    })
}

/// What a bracket at the start of a line says of the rest of it: `【関連記事】…`, `[관련기사] …`.
fn labelled_in_brackets(line: &str, rules: &Rules) -> Option<Found> {
    let (open, close) = [('[', ']'), ('【', '】'), ('<', '>'), ('［', '］'), ('〈', '〉')]
        .into_iter()
        .find(|(open, _)| line.starts_with(*open))?;
    let (label, rest) = line.strip_prefix(open)?.split_once(close)?;
    let is_link =
        rules.labels.starting(label).into_iter().any(|(kind, rest)| kind == Kind::RelatedLink && prompt::is_bare(rest));
    (is_link && is_headline(rest, rules)).then(|| Found::new(FurnitureRole::RelatedLink))
}

/// `© 2024 Hill Wire. All rights reserved.`
fn rights_at_the_end(line: &str, rules: &Rules) -> Option<Found> {
    let bare = line.trim_end_matches(['.', '。', ' ']);
    let closes = |(kind, before)| kind == Kind::Rights && prompt::is_owner_of_rights(before, line);
    let reserved = prompt::is_notice(line) && rules.endings.ending(bare).into_iter().any(closes);
    reserved.then(|| Found::new(FurnitureRole::Credit))
}

/// Whether a line is the label of links and nothing else.
pub(super) fn is_bare_label(line: &str) -> bool {
    let line = strip_bullet(line);
    let inner = unbracket(line).unwrap_or(line);
    let labels = rules().labels.starting(inner).into_iter();
    labels.filter(|(kind, _)| *kind == Kind::RelatedLink).any(|(_, rest)| prompt::is_bare(rest))
}

/// Whether a line is a heading rather than a paragraph: no stop ends it.
pub(super) fn is_heading(line: &str) -> bool {
    line.ends_with(|c: char| c.is_alphanumeric())
        && line.chars().count() <= LINE_CHARS_MAX
        && line.chars().any(is_small)
}

/// Nothing, or a headline after a colon, follows the label of a link; a statement with its stop goes on with the text.
/// A label that no sentence begins with, since it is
/// of several words or in capitals, may have a dash or a stop instead.
fn is_link(label: &str, rest: &str, rules: &Rules) -> bool {
    let marked = || {
        let sure = label.trim().contains([' ', '\u{A0}']) || !label.contains(char::is_lowercase);
        let (sign, link) = rest.trim_start().split_at_checked(1).or_else(|| rest.trim_start().split_at_checked(3))?;
        let parted = matches!(sign, "-" | "–" | "—" | ".") && link.starts_with([' ', '\u{A0}']);
        let wide = rest.starts_with('\u{3000}') || (rest.starts_with(' ') && !label.ends_with(is_spaced));
        match () {
            () if sure && parted => Some(link),
            () if wide => Some(rest),
            () => None,
        }
    };
    prompt::is_bare(rest) || strip_separator(rest).or_else(marked).is_some_and(|link| is_headline(link, rules))
}

/// What follows a label of links is a headline, unless it is a paragraph, or states something and ends with its stop.
fn is_headline(text: &str, rules: &Rules) -> bool {
    !(is_prose(text) || (sentence::is_stated(text) && sentence::is_sentence(text, rules)))
}

/// The most words of a headline that ends with a stop.
const STOPPED_HEADLINE_WORDS_MAX: usize = 18;

/// Whether what follows a label is a paragraph rather than a headline: several sentences, or a long one with its stop.
pub(super) fn is_prose(text: &str) -> bool {
    if !text.ends_with(['.', '!', '?', '…', '。', '।', '؟', '۔', '"', '”', '»']) {
        return false;
    }
    let words = text.split_whitespace().count();
    let sentence_within = text.match_indices(['.', '!', '?', '。', '।', '؟', '۔']).any(|(at, stop)| {
        let rest = &text[at + stop.len()..];
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let parted = rest.starts_with(' ') || stop == "。";
        let opens = rest.trim_start().chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        parted && opens && word.chars().count() > 2
    });
    sentence_within || words > STOPPED_HEADLINE_WORDS_MAX
}
