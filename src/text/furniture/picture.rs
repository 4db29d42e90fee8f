//! Captions and picture credits.

use super::fold::{is_small, strip_separator};
use super::sentence::is_sentence;
use super::words::{Kind, Rules};
use super::{Found, agency, people};
use crate::event::FurnitureRole;

/// The most code points of a caption with its credit; longer lines are prose with a credit in it.
pub(super) const CAPTION_CHARS_MAX: usize = 300;

/// The most code points of a credit: a name, an agency, perhaps a licence.
const CREDIT_CHARS_MAX: usize = 80;

/// The most words of a credit.
const CREDIT_WORDS_MAX: usize = 10;

/// A line that is a picture credit, or ends with one.
pub(super) fn caption_or_credit(line: &str, chars: usize, rules: &Rules) -> Option<Found> {
    if chars > CAPTION_CHARS_MAX {
        return None;
    }
    let start = credit_start(line, rules)?;
    let caption = line[..start].chars().any(char::is_alphanumeric);
    Some(Found::new(if caption { FurnitureRole::Caption } else { FurnitureRole::Credit }))
}

/// The outlet that a picture credit ends with: `VNA/CVN` of `Photo : Duong Giang/VNA/CVN`.
pub(super) fn outlet_of<'a>(line: &'a str, rules: &Rules) -> Option<&'a str> {
    let credit = &line[credit_start(line, rules)?..];
    let outlet = credit[credit.find('/')? + 1..].trim().trim_end_matches(['|', ' ', ')', '）', '.']);
    (!outlet.is_empty()).then_some(outlet)
}

/// Where in the line the picture credit begins that ends it.
fn credit_start(line: &str, rules: &Rules) -> Option<usize> {
    let text = line.trim_end_matches(|c: char| c == '|' || c.is_whitespace());
    bracketed_credit(text, rules).or_else(|| open_credit(text, rules)).or_else(|| credit_by_suffix(text, rules))
}

/// `… (Photo: X)`, `…（撮影・X）`, `… (X 供图)`, `… (Ann Lee/AFP)`.
fn bracketed_credit(text: &str, rules: &Rules) -> Option<usize> {
    let inner_end = text.strip_suffix(BRACKETS_CLOSE)?;
    let open = inner_end.rfind(BRACKETS_OPEN)?;
    let inner = inner_end[open..].trim_start_matches(BRACKETS_OPEN).trim();
    is_bracketed(inner, rules).then_some(open)
}

/// Whether what stands in brackets is a picture credit.
pub(super) fn is_bracketed(inner: &str, rules: &Rules) -> bool {
    let by_label = || {
        rules.labels.starting(inner).into_iter().any(|(kind, rest)| match kind {
            Kind::Picture => strip_separator(rest).is_some_and(is_short) || names_maker(rest, rules),
            Kind::PictureBy => is_short(rest.trim()),
            // `(Zdroj: TASR/Jana Malá)`: a source with a name beside it is a picture's.
            Kind::Source => strip_separator(rest)
                .filter(|credit| credit.contains('/') && is_short(credit))
                .is_some_and(|credit| agency::bare_credit(credit, rules).is_some_and(agency::BareCredit::is_picture)),
            Kind::PictureAlone => rest.trim().is_empty() || strip_separator(rest).is_some_and(is_short),
            _ => false,
        })
    };
    let by_ending =
        || rules.endings.ending(inner).into_iter().any(|(kind, rest)| kind == Kind::PictureAfter && is_short(rest));
    let by_agency =
        || inner.contains('/') && agency::bare_credit(inner, rules).is_some_and(agency::BareCredit::is_picture);
    // `(©NTB)` signs the text in the North; whose picture it is has a name, or `Photo`, beside it.
    let by_sign = || inner.strip_prefix('©').is_some_and(|owner| !agency::is_agency(owner.trim_start()));
    by_sign() || by_label() || by_ending() || by_agency()
}

pub(super) const BRACKETS_OPEN: [char; 3] = ['(', '（', '['];
pub(super) const BRACKETS_CLOSE: [char; 3] = [')', '）', ']'];

/// `Photo: X` as a line of its own, or after the sentence of a caption.
fn open_credit(text: &str, rules: &Rules) -> Option<usize> {
    let from = tail_start(text, CREDIT_CHARS_MAX + 30);
    let after_sentence = text[from..].char_indices().filter_map(|(at, c)| {
        let ends = matches!(
            c,
            '/' | '-'
                | '.'
                | '!'
                | '?'
                | '|'
                | '"'
                | '”'
                | '»'
                | ')'
                | '…'
                | '。'
                | '।'
                | '۔'
                | '։'
                | '។'
                | '။'
                | '–'
                | '—'
                // Thai has no stop, and parts sentences by the blank alone.
                | '\u{E01}'..='\u{E4E}'
        );
        let next = from + at + c.len_utf8();
        let rest = &text[next..];
        (ends && rest.starts_with([' ', '\u{A0}', '\u{3000}'])).then(|| next + rest.len() - rest.trim_start().len())
    });
    std::iter::once(0).chain(after_sentence).find(|start| {
        let after_sign = || text[..*start].trim_end().ends_with(['-', '–', '—', '/', '|']);
        is_open_credit(&text[*start..], rules) || (after_sign() && is_unmarked_credit(&text[*start..], rules))
    })
}

/// `Photo Ann Lee`, `foto dpa`: no colon, and a name. Only brackets or a sign before it make it a credit.
fn is_unmarked_credit(text: &str, rules: &Rules) -> bool {
    rules.labels.starting(text).into_iter().any(|(kind, rest)| kind == Kind::Picture && names_maker(rest, rules))
}

fn names_maker(rest: &str, rules: &Rules) -> bool {
    let maker = rest.trim_end_matches('.').trim();
    let named = || agency::bare_credit(maker, rules).is_some() || people::is_name(maker, rules);
    rest.starts_with([' ', '\u{A0}']) && (agency::is_agency(maker) || named())
}

fn is_open_credit(text: &str, rules: &Rules) -> bool {
    let is_credit = |credit: &str| {
        is_short(credit)
            && (opens_a_name(credit) || agency::is_agency(credit))
            && !ends_a_sentence(credit)
            && !is_sentence(credit, rules)
    };
    let owner = |rest: &str| is_short(rest) && !ends_a_sentence(rest);
    text.strip_prefix('©').is_some_and(owner)
        || (text.contains('/') && agency::bare_credit(text, rules).is_some_and(agency::BareCredit::is_picture))
        || rules.labels.starting(text).into_iter().any(|(kind, rest)| match kind {
            Kind::Picture => {
                // Iceland sets a stroke: `Ljósmynd/Einar Óskarsson`.
                let credit = strip_separator(rest).or_else(|| rest.strip_prefix('/').map(str::trim));
                credit.is_some_and(|credit| is_credit(credit) || is_archive(credit, true, rules))
                    || is_archive(rest.trim_start(), false, rules)
            }
            // Without a colon the capitals must tell: `Photo by Jone Ratulevu`, not `Photo by photo, the room …`.
            Kind::PictureBy => is_credit(strip_separator(rest).unwrap_or(rest.trim_start())),
            _ => false,
        })
}

/// `……。岩温香 摄`, `新华社记者 X 摄`, `……＝山田太郎撮影`. A blank parts name and word, or a sign stands before the name:
/// without either the word may be half of another, `拍摄`.
fn credit_by_suffix(text: &str, rules: &Rules) -> Option<usize> {
    const NAME_CHARS_MAX: usize = 20;
    let mut endings = rules.endings.ending(text).into_iter();
    let (_, before) = endings.find(|(kind, _)| *kind == Kind::PictureAfter)?;
    let parted = before.ends_with(char::is_whitespace);
    let signs: &[char] = if parted {
        &['。', '！', '？', '）', '.', '=', '＝', '│', '|']
    } else {
        &['=', '＝', '│', '｜', '■']
    };
    let sign = before.rfind(signs).and_then(|at| Some(at + before[at..].chars().next()?.len_utf8()));
    let start = sign.or(parted.then_some(0))?;
    let name = before[start..].trim();
    (!name.is_empty() && name.chars().count() <= NAME_CHARS_MAX && !name.contains(['，', '、'])).then_some(start)
}

/// What stands for a name in the credit of a picture whose maker is not told: `Foto: archief`, `Фото из архива школы`.
fn is_archive(credit: &str, marked: bool, rules: &Rules) -> bool {
    let credit = credit.trim_end_matches('.');
    let words_max = |label: &str| if marked { 2 } else { usize::from(label.contains(' ')) };
    rules.labels.starting(credit).into_iter().any(|(kind, rest)| {
        kind == Kind::Archive && rest.split_whitespace().count() <= words_max(&credit[..credit.len() - rest.len()])
    })
}

fn is_short(credit: &str) -> bool {
    !credit.trim().is_empty()
        && credit.len() <= 4 * CREDIT_CHARS_MAX
        && credit.chars().count() <= CREDIT_CHARS_MAX
        && credit.split_whitespace().count() <= CREDIT_WORDS_MAX
}

/// A name opens with a capital, a digit, a quotation mark or `@`, or is in a script without capitals.
fn opens_a_name(credit: &str) -> bool {
    credit.chars().next().is_some_and(|c| !is_small(c))
}

/// Initials may end with a stop, sentences have more words before theirs.
fn ends_a_sentence(credit: &str) -> bool {
    const WORDS_BEFORE_STOP_MAX: usize = 5;
    credit.ends_with(['!', '?', ':', ';', ',', '。', '。'])
        || (credit.ends_with('.') && credit.split_whitespace().count() > WORDS_BEFORE_STOP_MAX)
}

/// The byte at which the last `chars` code points of `text` begin.
pub(super) fn tail_start(text: &str, chars: usize) -> usize {
    text.char_indices().rev().nth(chars.saturating_sub(1)).map_or(0, |(at, _)| at)
}
