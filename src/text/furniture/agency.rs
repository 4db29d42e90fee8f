//! Agencies, and how they sign texts and pictures.

use super::fold::folded;
use super::people;
use super::words::{Rules, rules};

/// Whether a name is that of a news agency, or of an outlet that signs like one, as it writes it.
pub(in crate::text) fn is_agency(name: &str) -> bool {
    rules().agency.contains(name)
}

/// Whether a text is what an agency, or several, sign with: `AFP`, `VNA/CVN`, `AFP, Reuters`, `dpa/lby`. `also` are
/// outlets that the same article is known to be by.
pub(super) fn is_signature(text: &str, also: &[&str], rules: &Rules) -> bool {
    let is_known = |name: &str| rules.agency.contains(name) || also.contains(&name);
    let initials = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    let desk = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    is_known(text)
        || (text.contains(['/', ',', '+'])
            && text.split(['/', ',', '+']).map(str::trim).any(is_known)
            && text.split(['/', ',', '+']).map(str::trim).all(|part| initials(part) || desk(part) || is_known(part)))
        || (text.contains('/') && text.split('/').map(str::trim).all(initials))
}

/// The agency of `dpa/lby`, whose desk stands after the stroke; any other signature as it is.
pub(super) fn of_desk<'a>(text: &'a str, rules: &Rules) -> &'a str {
    let desk = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    match text.split_once('/') {
        Some((agency, rest)) if rules.agency.contains(agency) && rest.split('/').all(desk) => agency,
        _ => text,
    }
}

/// Whether a text is the initials of those at a desk: `fjo/als`, `mow/ aszw/`, `RDC // MAD`, `ر.ح/ف.ع`, `mcs`.
pub(super) fn is_initials(text: &str) -> bool {
    const PARTS_MAX: usize = 5;
    let parts = || text.split(['/', ' ']).filter(|part| !part.is_empty());
    let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count();
    let dotted =
        |part: &str| part.chars().all(|c| c.is_alphabetic() || c == '.') && part.contains('.') && letters(part) <= 3;
    let short = |part: &str| {
        (2..=4).contains(&part.len())
            && (part.bytes().all(|b| b.is_ascii_lowercase()) || part.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let alone = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase());
    (text.contains('/')
        && (1..=PARTS_MAX).contains(&parts().count())
        && parts().all(|part| short(part) || dotted(part)))
        || alone(text)
}

/// The most code points of a credit without a label.
const BARE_CREDIT_CHARS_MAX: usize = 80;

/// How many of the parts of a picture credit without a label are agencies: `Ann Lee/AFP via Getty Images`. `None` if
/// it is no such credit.
pub(super) fn bare_credit(text: &str, rules: &Rules) -> Option<BareCredit> {
    if text.len() > 4 * BARE_CREDIT_CHARS_MAX || text.chars().count() > BARE_CREDIT_CHARS_MAX {
        return None;
    }
    let mut credit = BareCredit::default();
    let parts = text.split(['/', '|', '／']).flat_map(|part| part.split(", ")).flat_map(|part| part.split(" via "));
    for part in parts.map(str::trim) {
        let is_picture = rules.picture_agency.contains(part);
        if is_picture || rules.agency.contains(part) {
            credit.agencies += 1;
            credit.pictures += usize::from(is_picture);
        } else if is_maker(part, rules) {
            credit.makers += 1;
        } else {
            return None;
        }
    }
    (credit.agencies > 0).then_some(credit)
}

/// The parts of a picture credit without a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BareCredit {
    /// Agencies of news or pictures.
    agencies: usize,
    /// Agencies of pictures alone.
    pictures: usize,
    /// People.
    makers: usize,
}

impl BareCredit {
    /// Whether it can only be a picture's: agencies alone may as well have sent the text.
    pub(super) fn is_picture(self) -> bool {
        self.makers > 0 || self.pictures > 0
    }
}

/// Who made a picture, beside an agency: a name, a word of one (`Handout`), or initials as photographers of agencies
/// sign (`aww`).
fn is_maker(part: &str, rules: &Rules) -> bool {
    const WORDS_MAX: usize = 4;
    const INITIALS_MAX: usize = 4;
    let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let letters = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’'));
    let words = part.split_whitespace().count();
    let initials = words == 1 && part.len() <= INITIALS_MAX && part.bytes().all(|b| b.is_ascii_lowercase());
    let capitals =
        (1..=WORDS_MAX).contains(&words) && part.split_whitespace().all(|word| capital(word) && letters(word));
    initials || capitals || people::is_name(part, rules) || people::is_uncased_name(part)
}

/// The outlet before `, with …`: `Le Courrier, avec AFP`.
pub(super) fn joined<'a>(text: &'a str, rules: &Rules) -> Option<&'a str> {
    let (name, rest) = text.split_once(',')?;
    let with = rest.split_whitespace().next()?;
    let clean = !text.ends_with(['.', '!', '?']);
    (clean && rules.with.contains(&folded(with))).then_some(name)
}
