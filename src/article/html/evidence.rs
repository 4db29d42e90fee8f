//! The text that a page's JSON-LD gives as its article, as evidence of which paragraphs are the article.
//!
//! It says what belongs to the article better than any guess, but it is often cut short, stripped of its paragraphs or
//! a mere summary. So it is believed only if it is made of paragraphs that stand on the page, and only as to what stands
//! before and after them: a heading or a quotation between two of them is the library's to judge.

use std::collections::BTreeSet;

use super::article::Reading;
use super::outline::Outline;
use super::paragraphs::Paragraph;

/// The fewest letters of a paragraph that is looked for: fewer may stand in the text by chance.
const LETTERS_MIN: usize = 12;

/// Of a hundred bytes of the text, how many must stand on the page as paragraphs.
const COVERED_PERCENT_MIN: usize = 85;

/// Of a hundred bytes found, how many the library may have kept besides, in the elements that hold them: more, and the
/// text is only the start of the article.
const BESIDES_PERCENT_MAX: usize = 25;

/// The fewest bytes of letters of a text that stands for an article that the page does not show.
const WHOLE_BYTES_MIN: usize = 100;

/// The most bytes of the text that are searched for all paragraphs together: 0.2 s in prose, ten times that in a text
/// made to be searched in vain. A paragraph of the article is found where the last one ended, so that only the others
/// cost as much as the text is long; thousands of them fit beside an article.
const SEARCHED_BYTES_MAX: usize = 1 << 27;

/// Corrects what the library kept by the text that the page gives; whether the text was believed.
pub(super) fn apply(outline: &Outline, paragraphs: &mut [Paragraph], given: &str) -> bool {
    let given = folded(given);
    let mut found = vec![false; paragraphs.len()];
    let (mut covered, mut from, mut searched) = (0, 0, 0);
    for (paragraph, found) in paragraphs.iter().zip(&mut found) {
        let letters = folded(&paragraph.text);
        if paragraph.count.is_linked(95) || letters.chars().take(LETTERS_MIN).count() < LETTERS_MIN {
            continue;
        }
        // The paragraphs stand in the order of the text; one that is out of it is elsewhere on the page.
        let further = given[from..].find(&letters).map(|at| from + at);
        searched += further.map_or(2 * given.len(), |at| at - from) + letters.len();
        if searched > SEARCHED_BYTES_MAX {
            return false;
        }
        if let Some(at) = further.or_else(|| given.find(&letters)) {
            from = from.max(at + letters.len());
            covered += letters.len();
            *found = true;
        }
    }
    let (Some(first), Some(last)) = (found.iter().position(|found| *found), found.iter().rposition(|found| *found))
    else {
        return false;
    };
    let parents: BTreeSet<_> =
        (first..=last).filter(|at| found[*at]).map(|at| block_around(outline, &paragraphs[at])).collect();
    let beside = |at: &usize| {
        let paragraph = &paragraphs[*at];
        !found[*at]
            && !(first..=last).contains(at)
            && paragraph.count.is_kept()
            && !paragraph.count.is_linked(50)
            && parents.contains(&block_around(outline, paragraph))
    };
    let besides: usize = (0..paragraphs.len()).filter(beside).map(|at| folded(&paragraphs[at].text).len()).sum();
    if covered * 100 < given.len() * COVERED_PERCENT_MIN || besides * 100 > covered * BESIDES_PERCENT_MAX {
        return false;
    }
    for (at, paragraph) in paragraphs.iter_mut().enumerate() {
        if found[at] {
            paragraph.count.kept = paragraph.count.all;
        } else if !(first..=last).contains(&at) {
            paragraph.count.kept = 0;
        }
    }
    true
}

/// Whether the page shows less than half of the text that it gives: a script was to show the rest.
pub(super) fn is_all_there_is(given: &str, reading: &Reading) -> bool {
    let shown: usize = reading.prose().map(|paragraph| folded(&paragraph.text).len()).sum();
    let given = folded(given).len();
    given >= WHOLE_BYTES_MIN && shown * 2 < given
}

/// The element around a paragraph's own.
fn block_around(outline: &Outline, paragraph: &Paragraph) -> usize {
    outline.elements[paragraph.within].parent
}

/// The letters and digits of a text, in lower case.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
