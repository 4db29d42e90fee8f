//! What stands after the last of the prose: sign-offs of agencies, sources, and the bare name of who wrote.

use super::fold::{is_digit, is_spaced, strip_separator};
use super::words::{Kind, Rules, rules};
use super::{Fate, Found, Gap, Line, Sheet, agency, date_line, inline, lines, origin, people, picture, source};
use crate::event::{FurnitureRole, OriginRelation};

/// The most code points of a sign-off.
const SIGN_OFF_CHARS_MAX: usize = 60;

/// The most code points of a sign-off in brackets that names reporters, their places and editors.
const REPORTERS_CHARS_MAX: usize = 200;

/// The most code points after the last sentence that are looked at.
const TAIL_CHARS_MAX: usize = 400;

/// The most lines, and the most parts of the last line, that sign a text: a writer, an editor, agencies, a source. More
/// are a list, and no sign-off.
const SIGN_OFFS_MAX: usize = 8;

/// Lifts sign-offs from the last lines, and from the end of the last line of prose. An agency alone, lifted already,
/// credits a picture in the middle of a text; here it signs the text.
pub(super) fn lift(sheet: &mut Sheet<'_>) {
    sign_offs(sheet);
    let last = sheet.lines.iter().rposition(|line| line.fate == Fate::Body).map_or(0, |last| last + 1);
    for line in &mut sheet.lines[last..] {
        if let Fate::Furniture(found) = &mut line.fate
            && found.role == FurnitureRole::Credit
            && let Some(signed) = agency(bare(line.text), &[], rules())
        {
            found.origin = signed.origin;
        }
    }
}

fn sign_offs(sheet: &mut Sheet<'_>) {
    let rules = rules();
    let outlets: Vec<&str> = sheet.lines.iter().filter_map(|line| credited_outlet(line, rules)).collect();
    let is_body = |line: &Line<'_>| line.fate == Fate::Body;
    let Some(first) = sheet.lines.iter().position(is_body) else { return };
    let mut lifted = Vec::new();
    let mut pieces = 0;
    for at in (first + 1..sheet.lines.len()).rev().filter(|at| is_body(&sheet.lines[*at])) {
        let text = sheet.lines[at].text;
        let before = sheet.lines[..at].iter().rfind(|line| is_body(line)).map_or("", |line| line.text);
        // The paragraph counts as it will be left: else a text that is cleaned again would change again.
        let under_paragraph = || {
            let prose = sheet.lines[..at].iter().filter(|line| is_body(line)).count() - 1;
            is_paragraph(inline::left_of_last(before, prose).as_deref().unwrap_or(before))
        };
        let signed = || people::signature(text, rules).map(|found| vec![(text, found)]).filter(|_| under_paragraph());
        let own = || own_line(text, rules).map(|found| vec![(text, found)]);
        let Some(found) = furniture_of(text, &outlets, rules).or_else(own).or_else(signed) else { break };
        // Names one below the other are a list of people, and none of them wrote the text.
        if vietnamese_name(text, rules).is_some() && vietnamese_name(before, rules).is_some() {
            break;
        }
        pieces += found.len();
        lifted.push((at, found));
        if pieces > SIGN_OFFS_MAX {
            return;
        }
    }
    // From the last line to the first, so that the places of those before stay what they are.
    for (at, found) in lifted {
        replace(sheet, at, found);
    }
    if let Some(last) = sheet.lines.iter().rposition(is_body) {
        split(sheet, last, &outlets, rules);
    }
}

/// Puts the pieces of a line in its place.
fn replace<'a>(sheet: &mut Sheet<'a>, at: usize, pieces: Vec<(&'a str, Found)>) {
    let mut gap = sheet.lines[at].gap;
    let lines = pieces.into_iter().map(|(text, found)| {
        let gap = std::mem::replace(&mut gap, Gap::Blank);
        Line { text, gap, fate: Fate::furniture(found) }
    });
    sheet.lines.splice(at..=at, lines);
}

/// Whether a line is a paragraph of prose, under which a bare name can only be who wrote it.
fn is_paragraph(line: &str) -> bool {
    const CHARS_MIN: usize = 35;
    line.chars().count() >= CHARS_MIN && ends_sentence(line) && !line.ends_with(['"', '”', '»', '’'])
}

fn credited_outlet<'a>(line: &Line<'a>, rules: &Rules) -> Option<&'a str> {
    let Fate::Furniture(found) = &line.fate else { return None };
    matches!(found.role, FurnitureRole::Caption | FurnitureRole::Credit)
        .then(|| picture::outlet_of(line.text, rules))?
}

/// Parts the last line of prose from the furniture that follows its last sentence.
fn split(sheet: &mut Sheet<'_>, last: usize, outlets: &[&str], rules: &Rules) {
    let text = sheet.lines[last].text;
    let mut end = text.len();
    let mut pieces = Vec::new();
    while let Some(start) = after_last_sentence(&text[..end]) {
        let Some(found) = furniture_of(&text[start..end], outlets, rules) else { break };
        // From the end of the text to its start.
        pieces.extend(found.into_iter().rev());
        end = text[..start].trim_end().len();
        if pieces.len() > SIGN_OFFS_MAX {
            return;
        }
    }
    // What is left must be no furniture by itself: else a text that is cleaned again would change again.
    let prose = sheet.lines[..last].iter().filter(|line| line.fate == Fate::Body).count();
    if pieces.is_empty() || lines::role_of(&text[..end], prose).is_some() {
        return;
    }
    sheet.lines[last].text = &text[..end];
    let lines =
        pieces.into_iter().rev().map(|(text, found)| Line { text, gap: Gap::Blank, fate: Fate::furniture(found) });
    sheet.lines.splice(last + 1..last + 1, lines);
}

/// Whether the last line of prose ends with, or is, what would be lifted from there.
pub(super) fn is_signed(line: &str) -> bool {
    let rules = rules();
    let end = after_last_sentence(line).unwrap_or(0);
    furniture_of(&line[end..], &[], rules).is_some() || furniture_of(line, &[], rules).is_some()
}

/// The furniture that a text after the last sentence is made of; `None` if any of it is not.
fn furniture_of<'a>(text: &'a str, outlets: &[&str], rules: &Rules) -> Option<Vec<(&'a str, Found)>> {
    if text.len() > 4 * TAIL_CHARS_MAX {
        return None;
    }
    if let Some(found) = sign_off(text, outlets, rules) {
        return Some(vec![(text, found)]);
    }
    // Each piece but the last ends where another begins with a label of its own.
    let opens = |at: &usize| (*at == 0 && text.starts_with('(')) || opens_furniture(&text[*at..], *at == 0, rules);
    // Nearly all texts are prose from their first word on.
    if !opens(&0) {
        return None;
    }
    let starts: Vec<usize> = word_starts(text).filter(opens).collect();
    if starts.len() > SIGN_OFFS_MAX {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim());
    let role = |piece| lines::role_of(piece, usize::MAX).or_else(|| people::byline(piece, usize::MAX, rules));
    pieces.map(|piece| Some((piece, role(piece)?))).collect()
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let after_blank = text.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(after_blank)
}

/// Whether a label stands here that needs no line of its own to be sure: with its colon, its number or its brackets.
fn opens_furniture(text: &str, at_start: bool, rules: &Rules) -> bool {
    if text.starts_with('[') || text.starts_with(">>") || text.starts_with('©') {
        return true;
    }
    rules.labels.starting(text).into_iter().any(|(kind, rest)| match kind {
        Kind::Source
        | Kind::SourceReprint
        | Kind::SourceTranslation
        | Kind::RelatedLink
        | Kind::Tags
        | Kind::Editor
        | Kind::Picture
        | Kind::BylineColon => strip_separator(rest).is_some(),
        Kind::Comments => rest.trim_start().starts_with(['(', ':']),
        Kind::Share | Kind::Rights | Kind::RightsClause | Kind::CommentPrompt | Kind::Copyright => true,
        Kind::Published | Kind::Date => rest.contains(is_digit),
        // Within a line a word of a prompt may go on with the sentence.
        Kind::Subscription => at_start,
        Kind::PictureBy
        | Kind::PictureAlone
        | Kind::PictureAfter
        | Kind::Byline
        | Kind::BylineAfter
        | Kind::Outlet
        | Kind::SourceSignOff
        | Kind::Ad
        | Kind::Reading
        | Kind::Listen
        | Kind::SubscriptionAfter
        | Kind::Follow
        | Kind::Archive
        | Kind::Ago => false,
    })
}

/// Where the words begin that follow the last sentence of `text`, if there are any.
fn after_last_sentence(text: &str) -> Option<usize> {
    let from = picture::tail_start(text, TAIL_CHARS_MAX);
    let window = &text[from..];
    window.char_indices().rev().skip(1).find_map(|(at, c)| {
        let end = from + at + c.len_utf8();
        (text[end..].starts_with(char::is_whitespace) && ends_sentence(&text[..end]))
            .then(|| text.len() - text[end..].trim_start().len())
    })
}

/// Whether a sentence ends here: a stop after a full word, perhaps with a closing quotation mark. `TP.` and `St.` are
/// short for something: what follows them belongs to them.
fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '»', '’', ')']);
    if bare.ends_with(['!', '?', '…', '。', '।', '۔', '؟']) || bare.ends_with("..") {
        return true;
    }
    let Some(sentence) = bare.strip_suffix('.') else { return false };
    let word = sentence.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_word = word.chars().next().is_some_and(|c| !c.is_uppercase()) && word.chars().count() > 2;
    is_word || bare.len() < text.len()
}

fn sign_off(text: &str, outlets: &[&str], rules: &Rules) -> Option<Found> {
    let inner = bare(text);
    let is_short = |chars_max: usize| text.len() <= 4 * chars_max && text.chars().count() <= chars_max;
    if !is_short(SIGN_OFF_CHARS_MAX) {
        // Who reported, from where, and who edited takes more room, and stands in brackets.
        let bracketed = inner.len() < text.len() && is_short(REPORTERS_CHARS_MAX);
        return if bracketed { people::byline(inner, usize::MAX, rules) } else { None };
    }
    agency(inner, outlets, rules)
        .or_else(|| agency_and_initials(inner, rules))
        .or_else(|| labelled(inner, rules))
        .or_else(|| people::byline(inner, usize::MAX, rules))
        .or_else(|| people::in_brackets(text))
        .or_else(|| vietnamese_name(text, rules))
        .or_else(|| date_line::is_moment(text, rules).then(|| Found::new(FurnitureRole::DateMarker)))
}

/// What only a line of its own can be: the initials of a desk, `mow/ aszw/`, `RDC // MAD`, or a bare label.
fn own_line(text: &str, rules: &Rules) -> Option<Found> {
    let comments =
        || rules.labels.starting(text).into_iter().any(|(kind, rest)| kind == Kind::Comments && rest.is_empty());
    let of_outlet = || {
        let signed = bare(text).rsplit_once('/');
        signed.is_some_and(|(desk, outlet)| agency::is_initials(desk) && people::is_outlet(outlet.trim(), rules))
    };
    if of_outlet() || agency::is_initials(text) || (text.contains('/') && agency::is_initials(bare(text))) {
        return Some(Found::new(FurnitureRole::Credit));
    }
    comments().then(|| Found::new(FurnitureRole::Comments))
}

/// `PTI DG NN`, `भाषा अमित नेहा`: an agency and the initials, or in a script without capitals the first names, of its desk.
fn agency_and_initials(text: &str, rules: &Rules) -> Option<Found> {
    const DESK_WORDS_MAX: usize = 4;
    const FIRST_NAMES_MAX: usize = 2;
    let (name, desk) = text.split_once(' ')?;
    let initials = |word: &str| (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let first_name = |word: &str| people::is_uncased_name(word) && word.starts_with(is_spaced) && !word.contains('.');
    let words = desk.split(' ').count();
    let signs = (words <= DESK_WORDS_MAX && desk.split(' ').all(initials))
        || (words <= FIRST_NAMES_MAX && !name.is_ascii() && desk.split(' ').all(first_name));
    (rules.agency.contains(name) && signs)
        .then(|| Found::with_origin(FurnitureRole::Credit, vec![origin(name, OriginRelation::Reprint)]))
}

/// A sign-off without its brackets, strokes or dash.
fn bare(text: &str) -> &str {
    let text = text.strip_suffix('.').filter(|text| text.ends_with(')')).unwrap_or(text);
    let inner = lines::unbracket(text).or_else(|| text.strip_prefix('/')?.strip_suffix('/')).unwrap_or(text);
    inner.trim_start_matches(['-', '–', '—', '/', '©', ' '])
}

/// `VNA/CVN`, `(AFP)`, `— Reuters`, an outlet that signs its pictures too, `Le Courrier, avec AFP`. The text is its
/// own.
fn agency(text: &str, outlets: &[&str], rules: &Rules) -> Option<Found> {
    let signed = agency::is_signature(text, outlets, rules);
    let name = if signed {
        text
    } else {
        agency::joined(text, rules).filter(|name| agency::is_signature(name, outlets, rules))?
    };
    let names = name.split([',', '+']).map(|name| origin(agency::of_desk(name.trim(), rules), OriginRelation::Reprint));
    let names = names.collect();
    Some(Found::with_origin(FurnitureRole::Credit, names))
}

/// A source after the last sentence; there its label may go without a colon.
fn labelled(text: &str, rules: &Rules) -> Option<Found> {
    rules.labels.starting(text).into_iter().find_map(|(kind, rest)| match kind {
        Kind::Source | Kind::SourceReprint | Kind::SourceTranslation => source::line(kind, rest, rules),
        Kind::SourceSignOff => source::sign_off(rest),
        _ => None,
    })
}

/// A bare personal name, as Vietnamese papers sign: two to four syllables with capitals, and tone or vowel marks among
/// them that no other language writes (`ă` and `đ` are also of Romania and Croatia).
fn vietnamese_name(text: &str, rules: &Rules) -> Option<Found> {
    let is_syllable = |word: &str| {
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        capital && (1..=6).contains(&chars.clone().count()) && chars.all(char::is_lowercase)
    };
    let marked = text.contains(|c: char| matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư'));
    let words = text.split(' ').count();
    let is_name = (2..=4).contains(&words) && text.split(' ').all(is_syllable) && people::is_name(text, rules);
    (is_name && marked).then(|| Found::byline(vec![text.to_owned()]))
}
