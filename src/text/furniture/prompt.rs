//! Prompts to do something with the page: share it, subscribe, comment, listen; and its list of tags and its rights.

use super::fold::{folded, is_digit, is_mark, is_small, is_spaced, strip_separator};
use super::words::{Kind, Rules};
use super::{Found, sentence};
use crate::event::FurnitureRole;

/// The most words of a prompt after its label: more is a sentence.
const CALL_WORDS_MAX: usize = 12;

/// The most code points of a prompt after its label, in a script without blanks.
const CALL_CHARS_MAX: usize = 30;

/// The most words of a prompt that names what it invites to.
const NAMED_CALL_WORDS_MAX: usize = 18;

/// The most words after a label of one word, and of two: such labels begin sentences, too.
const AFTER_ONE_WORD_MAX: usize = 4;
const AFTER_TWO_WORDS_MAX: usize = 7;

/// The fewest code points of a label that needs nothing else, in a script without blanks.
const UNSPACED_LABEL_CHARS_MIN: usize = 4;

/// What follows a prompt's label is nothing, or names a newsletter, an app, a network; or it is short and has no stop.
pub(super) fn is_call(label: &str, rest: &str, rules: &Rules) -> bool {
    let unspaced = rest.chars().filter(|c| c.is_alphabetic() && !is_spaced(*c)).count();
    let words = rest.split_whitespace().count();
    if unspaced > CALL_CHARS_MAX || words > NAMED_CALL_WORDS_MAX {
        return false;
    }
    let allowed = match label.split_whitespace().count() {
        _ if label.ends_with(|c| !is_spaced(c)) => {
            if label.chars().count() < UNSPACED_LABEL_CHARS_MIN {
                0
            } else {
                CALL_WORDS_MAX
            }
        }
        0 | 1 => AFTER_ONE_WORD_MAX,
        2 => AFTER_TWO_WORDS_MAX,
        _ => CALL_WORDS_MAX,
    };
    let stopped = rest.ends_with(['.', '。', '।', '۔', '։', '"', '”', '»']);
    if strip_separator(rest).is_some_and(|rest| sentence::is_stated(rest) && sentence::is_sentence(rest, rules)) {
        return false;
    }
    is_bare(rest) || is_named(rest, rules) || (words <= allowed && !stopped)
}

/// `Follow us on Telegram`: after a label that begins many sentences, the rest must name what prompts invite to.
pub(super) fn is_follow(rest: &str, rules: &Rules) -> bool {
    rest.split_whitespace().count() <= NAMED_CALL_WORDS_MAX && is_named(rest, rules)
}

/// Whether a text names what prompts invite to; other languages than English add endings, `Facebookon`.
fn is_named(text: &str, rules: &Rules) -> bool {
    const STEM_CHARS_MIN: usize = 6;
    let text = folded(text);
    let names = |word: &str| {
        let stems =
            || word.char_indices().map(|(at, _)| &word[..at]).filter(|stem| stem.chars().count() >= STEM_CHARS_MIN);
        rules.subscription_noun.contains(word) || stems().any(|stem| rules.subscription_noun.contains(stem))
    };
    let mut words = text
        .split(|c: char| !(c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '\'')))
        .filter(|word| !word.is_empty());
    words.any(names) || text.contains("google news")
}

/// The most code points of a prompt that its last words tell.
const ENDING_CALL_CHARS_MAX: usize = 90;

/// `… 구독하기`, `… abone olun`: a short line that ends with what such prompts end with, in languages whose verb is last.
pub(super) fn is_ending_call(line: &str, chars: usize, rules: &Rules) -> bool {
    let bare = line.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
    let stopped = line.ends_with(['.', '。', '।', '։', '"', '”', '」', '»']);
    let is_sure = |label: &str| {
        label.trim().contains(' ')
            || (label.ends_with(|c| !is_spaced(c)) && label.chars().count() > UNSPACED_LABEL_CHARS_MIN)
    };
    chars <= ENDING_CALL_CHARS_MAX
        && !stopped
        && line.split_whitespace().count() <= CALL_WORDS_MAX
        && rules.endings.ending(bare).into_iter().any(|(kind, rest)| {
            kind == Kind::SubscriptionAfter
                && (rest.is_empty() || is_sure(&bare[rest.len()..]) || is_named(rest, rules))
        })
}

/// Nothing but signs follows a label: `Leave a comment »`.
pub(super) fn is_bare(rest: &str) -> bool {
    !rest.contains(char::is_alphanumeric)
}

/// `Listen to this article`, alone or with its length.
pub(super) fn is_player(rest: &str) -> bool {
    const TOKENS_MAX: usize = 4;
    is_bare(rest)
        || (rest.contains(is_digit)
            && rest.split_whitespace().count() <= TOKENS_MAX
            && !rest.trim_start().starts_with(|c: char| c.is_alphabetic())
            && !rest.ends_with('.'))
}

/// A share bar holds its label and at most names of networks, other buttons and counts.
pub(super) fn is_share_bar(rest: &str, rules: &Rules) -> bool {
    tokens(rest).all(|word| {
        is_network(&word, rules)
            || rules.network_word.contains(&word)
            || rules.share_word.contains(&word)
            || is_count(&word)
    })
}

/// The fewest networks that are a share bar without its label; two may be the subject of a heading.
const NETWORKS_MIN: usize = 3;

/// `Facebook Twitter WhatsApp Telegram Zalo Email Print`: networks alone.
pub(super) fn networks(line: &str, rules: &Rules) -> Option<Found> {
    let mut networks = 0;
    for word in tokens(line) {
        if is_network(&word, rules) {
            networks += 1;
        } else if !rules.network_word.contains(&word) {
            return None;
        }
    }
    (networks >= NETWORKS_MIN).then(|| Found::new(FurnitureRole::ShareBar))
}

fn tokens(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | ',' | '、' | '/' | ':' | '：' | '-'))
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(folded)
}

fn is_network(word: &str, rules: &Rules) -> bool {
    rules.network.contains(word)
}

fn is_count(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'k' | b'(' | b')'))
}

/// The most words of a tag.
const TAG_WORDS_MAX: usize = 6;

/// The most code points of a tag.
const TAG_CHARS_MAX: usize = 50;

/// `Tags: river, bridge, council`; what follows the label given.
pub(super) fn is_tag_list(rest: &str) -> bool {
    let Some(tags) = strip_separator(rest) else { return is_bare(rest) || is_hashtags(rest.trim(), 1) };
    let is_tag = |tag: &str| {
        tag.split_whitespace().count() <= TAG_WORDS_MAX && tag.chars().count() <= TAG_CHARS_MAX && !tag.contains(". ")
    };
    is_hashtags(tags, 1)
        || (!(sentence::is_stated(tags) || tags.ends_with(['!', '?', '؟']))
            && tags.split([',', ';', '，', '、', '،', '|', '·', '•', '/', '；']).all(is_tag))
}

/// A line of hash tags alone, at least `min` of them.
pub(super) fn is_hashtags(line: &str, min: usize) -> bool {
    line.starts_with('#')
        && line.split_whitespace().count() >= min
        && line.split_whitespace().all(|word| word.starts_with('#') && word.len() > 1)
}

/// The most code points of a notice about rights that does not open with the sign for them.
const NOTICE_CHARS_MAX: usize = 80;

/// A line about rights is short, unless it opens as such lines do; a longer one is prose that has them in it.
pub(super) fn is_notice(line: &str) -> bool {
    line.starts_with(['©', '<']) || line.starts_with("Copyright") || line.chars().count() <= NOTICE_CHARS_MAX
}

/// Whether a notice about rights is quoted in a sentence: `All rights reserved, the sign on the gate said.`
pub(super) fn is_told(rest: &str) -> bool {
    let told = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase());
    rest.trim_start().strip_prefix([',', '，', '、', '،']).is_some_and(told)
        && (sentence::is_stated(rest) || rest.ends_with(['!', '?', '！', '？', '؟']))
}

/// The most words of whom rights belong to, and of these the longest that may be small: `por la`, `di`.
const OWNER_WORDS_MAX: usize = 6;
const OWNER_PARTICLE_CHARS_MAX: usize = 3;

/// The most words of an owner in a script without capitals, of one whose name a stop ends, and the most letters of one
/// in a script without blanks.
const UNCASED_OWNER_WORDS_MAX: usize = 4;
const STOPPED_OWNER_WORDS_MAX: usize = 2;
const UNSPACED_OWNER_CHARS_MAX: usize = 12;

/// Whether what follows a formula of rights leaves it one: nothing, another notice, or whose rights they are. Else a
/// sentence is about them: `All rights reserved for the council would pass to the county.`
pub(super) fn is_rights(rest: &str, rules: &Rules) -> bool {
    let next = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let goes_on = |next: &str| {
        let mut labels = rules.labels.starting(next).into_iter();
        labels.any(|(kind, _)| matches!(kind, Kind::Rights | Kind::RightsClause | Kind::Copyright))
    };
    match rest.trim_start().chars().next() {
        None => true,
        Some(',' | '，' | '、' | '،') => !is_told(rest) || goes_on(next),
        // The formula has ended, as a sentence of its own; so short a line as this goes on about the same.
        Some('.' | '。' | '।' | '۔' | '։') => true,
        Some(letter) if letter.is_alphabetic() => is_owner(rest, rules),
        Some(_) => goes_on(next) || !sentence::is_sentence(next, rules),
    }
}

/// Whether words right behind a formula of rights name their owner: `by Hill Wire`, `محفوظة لوكالة الشمال`.
fn is_owner(rest: &str, rules: &Rules) -> bool {
    let words = rest.split_whitespace().count();
    if rest.starts_with(|c: char| c.is_alphabetic() && !is_spaced(c)) {
        return rest.chars().count() <= UNSPACED_OWNER_CHARS_MAX && !sentence::is_stated(rest);
    }
    if !rest.contains(|c: char| c.is_uppercase() || is_small(c)) {
        let stopped = sentence::is_stated(rest);
        return words <= if stopped { STOPPED_OWNER_WORDS_MAX } else { UNCASED_OWNER_WORDS_MAX };
    }
    let is_particle = |word: &str| word.chars().count() <= OWNER_PARTICLE_CHARS_MAX;
    let named = rest.split_whitespace().all(|word| !word.starts_with(is_small) || is_particle(word));
    let ends = rest.split_whitespace().next_back().is_some_and(|word| !word.starts_with(is_small));
    words <= OWNER_WORDS_MAX && named && ends && !sentence::is_sentence(rest, rules)
}

/// Whether what stands before a formula of rights at the end of `line` is its owner, its year or a notice of its own;
/// else a sentence ends with it: `The mayor kept all rights reserved.`
pub(super) fn is_owner_of_rights(before: &str, line: &str) -> bool {
    let before = before.trim_end();
    let year = || before.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    if before.ends_with(|c: char| !c.is_alphanumeric() && !is_mark(c)) || before.contains('©') || year() {
        return true;
    }
    let cased = before.contains(|c: char| c.is_uppercase() || is_small(c));
    let is_common = |word: &str| word.starts_with(is_small) && word.chars().count() > OWNER_PARTICLE_CHARS_MAX;
    if cased { !before.split_whitespace().any(is_common) } else { !sentence::is_stated(line) }
}

/// `Copyright 2024 Hill Wire`, `(c) 2024`: the label is followed by its sign or a year, and no sentence.
pub(super) fn is_copyright(rest: &str, rules: &Rules) -> bool {
    let rest = rest.trim_start_matches([' ', ':', '©', '(', 'c', 'C', ')', '-', '–']);
    let year = rest.bytes().take_while(u8::is_ascii_digit).count() == 4;
    let told = || rest.split(". ").next().is_some_and(|first| sentence::is_sentence(first, rules));
    is_bare(rest) || (year && rest.split_whitespace().count() <= CALL_WORDS_MAX && !told())
}
