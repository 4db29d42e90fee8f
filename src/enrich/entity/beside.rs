//! What stands beside a name of the lexicon and tells which of its meanings is meant.

use super::page::{Find, Page};
use super::phrase::Phrases;
use super::rules::Rules;
use crate::event::EntityType;
use crate::lexicon::token::Gap;
use crate::lexicon::{Flags, Lexicon, Reading};

/// 'Washington state', 'bang Washington': a word for a part of a country stands beside a name.
pub(super) fn is_state(page: &Page<'_>, rules: &Rules, find: &Find) -> bool {
    stands_before(page, &rules.state_words, find)
        || rules.state_words.has(&page.tokens, find.after) && page.tokens[find.after].gap == Gap::Space
}

/// 'La Roma batte la Juventus': where cities have no article, one that has is a club that is called by its city.
pub(super) fn has_article(page: &Page<'_>, rules: &Rules, find: &Find) -> bool {
    stands_before(page, &rules.club_articles, find)
}

/// Whether a phrase ends right before a find.
fn stands_before(page: &Page<'_>, phrases: &Phrases<()>, find: &Find) -> bool {
    const WORDS_MAX: usize = 3;
    let starts = (1..=WORDS_MAX).filter_map(|back| find.first.checked_sub(back));
    let ends = |start: usize| phrases.at(&page.tokens, start).is_some_and(|(end, ())| end == find.first);
    matches!(page.tokens[find.first].gap, Gap::Space | Gap::Apostrophe) && starts.into_iter().any(ends)
}

/// Whether a meaning is a city, and nothing larger.
pub(super) fn is_city(lexicon: &Lexicon, reading: &Reading) -> bool {
    let flags = lexicon.flags(reading.entity);
    lexicon.kind(reading.entity) == EntityType::Place
        && flags.has(Flags::CITY.with(Flags::CAPITAL))
        && !flags.has(Flags::COUNTRY.with(Flags::TERRITORY).with(Flags::REGION))
}

/// Whether a comma and a state of the United States or a province of Canada follow a name.
pub(super) fn has_state(page: &Page<'_>, rules: &Rules, find: &Find) -> bool {
    page.tokens.get(find.after).is_some_and(|next| next.gap == Gap::Comma && next.is_capital())
        && rules.states.has(&page.tokens, find.after)
}

/// Whether a word for an organisation, a product or a place stands beside a find.
pub(super) fn has_head(page: &Page<'_>, rules: &Rules, find: &Find) -> bool {
    let before = (1..=2).filter_map(|back| find.first.checked_sub(back));
    let ends_here = |at: usize| {
        rules.organisation_words.at(&page.tokens, at).is_some_and(|(end, ())| end == find.first)
            || rules.place_words.at(&page.tokens, at).is_some_and(|(end, _)| end == find.first)
    };
    before.into_iter().any(ends_here) && page.follows(find.first)
        || rules.organisation_words.has(&page.tokens, find.after) && page.follows(find.after)
}
