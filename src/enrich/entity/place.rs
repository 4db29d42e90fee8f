//! Places that are named by the word for their type: 'tỉnh Đắk Lắk', 'Kabupaten Sumenep'.

use super::page::{Page, What};
use super::rules::{PlaceWord, Rules};
use crate::lexicon::token::{Gap, Shape};

/// The most words in the name of a place.
const NAME_WORDS_MAX: usize = 4;

/// The most words of an office that ends in the word for a place's type.
const TITLE_WORDS_MAX: usize = 6;

/// Claims the places of a page that the lexicon does not know.
pub(super) fn find(page: &mut Page<'_>, rules: &Rules) {
    let mut at = 0;
    while at < page.tokens.len() {
        let next = at + 1;
        at = match place_at(page, rules, at) {
            Some((first, after)) if page.claim(first, after, 0, What::Place) => after,
            Some(_) | None => next,
        };
    }
}

fn place_at(page: &Page<'_>, rules: &Rules, at: usize) -> Option<(usize, usize)> {
    let (name, kind) = rules.place_words.at(&page.tokens, at)?;
    let after = name_after(page, rules, name)?;
    // 'Hồ Quang Vinh': the word for the type is a family name too.
    if page.tokens[at].is_capital() && rules.family_names.has(&page.tokens, at) {
        return None;
    }
    // 'Chủ tịch UBND tỉnh Trần Quốc Bảo': the word for the type ends an office.
    let back = (at.saturating_sub(TITLE_WORDS_MAX)..=at).rev();
    if back.into_iter().any(|start| rules.titles.at(&page.tokens, start).is_some_and(|(end, _)| end == name)) {
        return None;
    }
    // 'Liên bang Nga' is one name: its second word is no word for a type.
    if page.hit_over(name).is_some_and(|hit| (hit.first as usize) < name) {
        return None;
    }
    let known = page.hit_at(name).is_some_and(|hit| hit.after as usize >= after);
    match kind {
        // 'города Киевской области': the name of an area, which its type ends.
        PlaceWord::Outside if page.follows(after) => match rules.place_tails.at(&page.tokens, after) {
            Some((tail, ())) => Some((name, tail)),
            None => (!known).then_some((name, after)),
        },
        PlaceWord::Outside => (!known).then_some((name, after)),
        PlaceWord::Inside => page.tokens[at].is_capital().then_some((at, after)),
    }
}

fn name_after(page: &Page<'_>, rules: &Rules, first: usize) -> Option<usize> {
    let is_word = |at: usize| {
        let token = &page.tokens[at];
        let joins = matches!(token.gap, Gap::Space | Gap::Hyphen) || at == first && token.gap == Gap::Apostrophe;
        // Behind two words a family name starts the name of a person: 'tỉnh Hà Nam Nguyễn Văn A'.
        let starts_person = at >= first + 2 && rules.family_names.has(&page.tokens, at);
        let is_name = token.shape == Shape::Capital && !rules.not_names.has(&page.tokens, at);
        joins && is_name && !starts_person && page.taken(at).is_none() && (at == first || page.hit_at(at).is_none())
    };
    let last = page.tokens.len().min(first + NAME_WORDS_MAX + 1);
    let after = (first..last).find(|&at| !is_word(at)).unwrap_or(last);
    (1..=NAME_WORDS_MAX).contains(&(after - first)).then_some(after)
}
