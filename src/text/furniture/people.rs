//! Who wrote: bylines and the lines of editors.

use super::fold::{folded, is_mark, is_small, is_spaced, strip_separator};
use super::source::is_host;
use super::words::{Kind, NameOpening, Rules, rules};
use super::{Found, date_line, origin, sentence};
use crate::event::{FurnitureRole, Origin, OriginRelation};

/// The most words of one personal name, particles included.
const NAME_WORDS_MAX: usize = 5;

/// The most code points of a name in a script without capital letters.
const UNCASED_NAME_CHARS_MAX: usize = 30;

/// The most bytes of a line that is a name alone.
const LINE_BYTES_MAX: usize = 160;

/// A line that names who wrote the article and says nothing else. `prose` counts the lines of prose before it: a label
/// with a small letter opens a text, and stands nowhere else.
pub(super) fn byline(line: &str, prose: usize, rules: &Rules) -> Option<Found> {
    let line = without_address(line);
    // `울릉=서지훈 기자`: a place and who is there; `사진=서지훈 기자` took a picture.
    let line = match line.split_once('=') {
        Some((before, _)) if ends_with_picture(before, rules) => return None,
        Some((_, name)) => name.trim(),
        None => line,
    };
    let by_ending = || {
        let found = rules.endings.ending(line).into_iter().find(|(kind, _)| *kind == Kind::BylineAfter);
        // `기자명 김하늘 기자` has a label before the name as well.
        let name = found
            .map(|(_, name)| without_label(name.trim_end(), rules))
            .filter(|name| is_uncased_name(name) || is_name(name, rules));
        name.map(|name| Found::byline(vec![name.to_owned()]))
    };
    let labels = rules.labels.starting(line);
    let by_label = labels.into_iter().find_map(|(kind, rest)| match kind {
        Kind::Byline => {
            // The label is a common word: it must stand as one that opens a line does.
            let opens = prose == 0 || !line.starts_with(is_small);
            let marked = strip_separator(rest);
            let unspaced = !line[..line.len() - rest.len()].ends_with(is_spaced) && rest.starts_with(' ');
            opens.then(|| signed(marked.unwrap_or(rest.trim_start()), marked.is_some() || unspaced, rules))?
        }
        Kind::BylineColon => signed(strip_separator(rest)?, true, rules),
        _ => None,
    });
    by_label.or_else(by_ending).or_else(|| agency_signed(line, rules))
}

fn ends_with_picture(text: &str, rules: &Rules) -> bool {
    let word = text.trim_end().rsplit(' ').next().unwrap_or_default();
    rules.labels.starting(word).into_iter().any(|(kind, rest)| kind == Kind::Picture && rest.is_empty())
}

/// What stands behind the label of a byline in a field that holds nothing else: `Redacción` of `Por Redacción`, `王小明`
/// of `文/王小明`. The label is given, too. In running text, where other words may follow, only names make a byline.
pub(crate) fn labelled_name(field: &str) -> Option<(&str, &str)> {
    let labels = rules().labels.starting(field).into_iter();
    let mut labelled = labels.filter_map(|(kind, rest)| {
        let label = &field[..field.len() - rest.len()];
        let signed = || strip_separator(rest).or_else(|| rest.strip_prefix(['/', '／', '|']).map(str::trim_start));
        let blank = || rest.strip_prefix([' ', '\u{A0}']);
        let name = match kind {
            Kind::Byline => signed().or_else(blank)?,
            Kind::BylineColon => signed()?,
            _ => return None,
        };
        (!name.is_empty() && !name.starts_with(is_small)).then_some((label, name.trim()))
    });
    labelled.next()
}

/// What is known of a label of bylines with which names begin as well.
pub(crate) fn name_opening(label: &str) -> Option<&'static NameOpening> {
    rules().name_openings.get(label)
}

fn without_label<'a>(name: &'a str, rules: &Rules) -> &'a str {
    let labels = rules.labels.starting(name).into_iter();
    let rest =
        labels.filter(|(kind, _)| *kind == Kind::Byline).map(|(_, rest)| rest).find(|rest| rest.starts_with(' '));
    rest.map_or(name, str::trim_start)
}

/// `Ece ARSLAN/RİZE, (DHA)`, `AGERPRES/(AS - autor: Ana Pop, editor: Ion Rus)`: an agency's name with whom it employs.
fn agency_signed(line: &str, rules: &Rules) -> Option<Found> {
    let (before, inner) = line.strip_suffix(')')?.split_once('(')?;
    let before = before.trim_end_matches([' ', ',', '/']);
    if rules.agency.contains(before) {
        let signed = inner.split_once(" - ").map_or(inner, |(_, signed)| signed);
        let label = |(kind, rest)| if kind == Kind::BylineColon { strip_separator(rest) } else { None };
        let names = rules.labels.starting(signed).into_iter().find_map(label)?;
        let authors = list(names.split(',').next()?, true, rules)?;
        return Some(Found { authors, ..Found::with_origin(FurnitureRole::Byline, vec![signer(before)]) });
    }
    let name = before.split('/').next().filter(|_| rules.agency.contains(inner))?;
    let authors = list(name, false, rules)?;
    Some(Found { authors, ..Found::with_origin(FurnitureRole::Byline, vec![signer(inner)]) })
}

fn signer(agency: &str) -> Origin {
    origin(agency, OriginRelation::Reprint)
}

/// The most code points of a line that holds names and no label.
const BARE_CHARS_MAX: usize = 60;

/// A line of names without a label, as it stands beside the day: `Ann Lee`, `Ann Lee, Hilltown`, `三浦由香`.
pub(super) fn bare(line: &str, rules: &Rules) -> Option<Found> {
    if line.len() > 4 * BARE_CHARS_MAX || line.chars().count() > BARE_CHARS_MAX || is_outlet(line, rules) {
        return None;
    }
    let names = list(line, true, rules)?;
    let whole = |name: &String| name.contains(' ') || !name.starts_with(is_spaced);
    names.iter().all(whole).then(|| Found::byline(names))
}

/// One personal name with capitals over the first paragraph, alone or with whom it works for.
pub(super) fn over_text(line: &str, rules: &Rules) -> Option<Found> {
    if line.len() > LINE_BYTES_MAX {
        return None;
    }
    signature(line, rules).or_else(|| {
        let (name, employer) = [", ", " - ", " – ", " | "].iter().find_map(|sign| line.split_once(sign))?;
        if is_outlet(employer.trim(), rules) { signature(name, rules) } else { None }
    })
}

/// A name in brackets of the full width, as Japanese papers sign: `（佐々木航）`, `【山田太郎】`, `（文・写真 山田太郎）`.
pub(super) fn in_brackets(text: &str) -> Option<Found> {
    const NAME_CHARS: std::ops::RangeInclusive<usize> = 3..=6;
    let inner = [('（', '）'), ('【', '】'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))?;
    let labels = rules().labels.starting(inner);
    let labelled = labels.iter().find(|(kind, _)| *kind == Kind::BylineColon);
    let name = labelled.map_or(inner, |(_, rest)| strip_separator(rest).unwrap_or(rest.trim()));
    let is_han = |c: char| matches!(c, '々' | '\u{3400}'..='\u{9FFF}' | ' ' | '\u{3000}');
    let is_name = NAME_CHARS.contains(&name.chars().filter(|c| *c != ' ').count()) && name.chars().all(is_han);
    (is_name && (labelled.is_some() || labels.is_empty())).then(|| Found::byline(vec![name.to_owned()]))
}

/// One personal name with capitals, alone after the last of the prose. Longer lines of capitals are titles.
pub(super) fn signature(line: &str, rules: &Rules) -> Option<Found> {
    const WORDS_MAX: usize = 3;
    let words = line.split_whitespace().count() <= WORDS_MAX;
    // `Bild der Stadt` has a particle too, and `By Monday` a label: neither is sure to be a name.
    let named = line.split_whitespace().all(|word| word.starts_with(char::is_uppercase) && word.contains(is_small));
    let labelled = !rules.labels.starting(line).is_empty();
    (words && named && !labelled && is_name(line, rules) && !is_outlet(line, rules))
        .then(|| Found::byline(vec![line.to_owned()]))
}

/// A line between a title and its first paragraph that names who wrote: there the label may be small, `di Ada Rossi`,
/// and a bare name needs none. Capitals alone are more often a place or a section.
pub(super) fn byline_between(line: &str, rules: &Rules) -> Option<Found> {
    if line.len() > LINE_BYTES_MAX {
        return None;
    }
    let labels = rules.labels.starting(line).into_iter();
    let small =
        labels.filter(|(kind, _)| *kind == Kind::Byline).find_map(|(_, rest)| signed(rest.trim_start(), false, rules));
    small.or_else(|| {
        let bare = !is_outlet(line, rules) && line.contains(char::is_lowercase);
        bare.then(|| list(line, false, rules)).flatten().map(Found::byline)
    })
}

/// A line that names an editor: `（责任编辑：苏木）`, what follows its label given.
pub(super) fn editor(rest: &str, rules: &Rules) -> Option<Found> {
    let names = strip_separator(rest).and_then(|names| names_of(names, true, rules));
    names.map(|_| Found::new(FurnitureRole::Credit))
}

/// What follows a byline's label: names, or an agency alone, which then signs the text.
fn signed(text: &str, labelled: bool, rules: &Rules) -> Option<Found> {
    if rules.agency.contains(text) {
        return Some(Found::with_origin(FurnitureRole::Byline, vec![signer(text)]));
    }
    names_of(text, labelled, rules).map(Found::byline)
}

/// The names that a byline lists; `None` if anything in it is no name. `labelled`: a colon has said that names follow,
/// so they may be in a script without capital letters. Parts after a semicolon or a bar may name editors, outlets or
/// the day, none of them authors.
fn names_of(text: &str, labelled: bool, rules: &Rules) -> Option<Vec<String>> {
    // In a script without capitals the words of a short sentence may be names.
    if !text.contains(char::is_uppercase) && sentence::is_sentence(text, rules) {
        return None;
    }
    let mut names = Vec::new();
    for part in text.split([';', '；', '|', '｜', '•', '·']).map(str::trim).filter(|part| !part.is_empty()) {
        let mut labels = rules.labels.starting(part).into_iter();
        if let Some((_, rest)) = labels.find(|(kind, _)| matches!(kind, Kind::Editor | Kind::Picture | Kind::PictureBy))
        {
            list(strip_separator(rest).unwrap_or(rest), true, rules)?;
        } else if names.is_empty() || !(is_outlet(part, rules) || date_line::is_date(part, rules)) {
            names.extend(list(part, labelled, rules)?);
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The people of a list; whom they work for, after a comma or in brackets, is not among them.
fn list(text: &str, labelled: bool, rules: &Rules) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut name = Vec::new();
    for word in without_employer(text.trim(), rules).split_whitespace() {
        if rules.and.contains(&folded(word)) && !name.is_empty() {
            parts.push(std::mem::take(&mut name).join(" "));
            continue;
        }
        let ends = word.ends_with([',', '、', '،', '，']);
        name.push(word.trim_end_matches([',', '、', '،', '，']));
        if ends {
            parts.push(std::mem::take(&mut name).join(" "));
        }
    }
    parts.extend((!name.is_empty()).then(|| name.join(" ")));
    // `王小明、李红` stands without blanks.
    let parts = parts.iter().flat_map(|part| part.split(['、', '，', '،']));
    let mut names = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        // Whom they work for, or where they are: `Ann Lee, Hilltown`.
        let beside = || {
            names.iter().all(|name: &String| name.contains(' ')) && !part.contains(' ') && part.starts_with(is_spaced)
        };
        // `g1 Vale`, `Kanal2`: letters and digits in one word are no person's.
        let coded = || {
            let mixed = |word: &str| word.contains(char::is_alphabetic) && word.contains(|c: char| c.is_ascii_digit());
            part.split(' ').any(mixed) && part.split(' ').all(|word| word.contains(char::is_alphabetic))
        };
        if !names.is_empty() && (is_outlet(part, rules) || beside() || coded()) {
            continue;
        }
        let part = without_place(part, rules);
        if !(is_name(part, rules) || (labelled && is_uncased_name(part))) {
            return None;
        }
        names.push(part.to_owned());
    }
    (!names.is_empty()).then_some(names)
}

/// `Ann Lee in Hilltown` without the place: a short word and what has capitals.
fn without_place<'a>(part: &'a str, rules: &Rules) -> &'a str {
    const WORD_CHARS_MAX: usize = 3;
    let parted = part.match_indices(' ').find_map(|(at, _)| {
        let (word, place) = part[at + 1..].split_once(' ')?;
        let joins =
            word.chars().count() <= WORD_CHARS_MAX && word.chars().all(is_small) && !rules.name_particle.contains(word);
        let capitals = place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        (joins && capitals && is_name(&part[..at], rules)).then_some(&part[..at])
    });
    parted.unwrap_or(part)
}

/// `Ann Lee (Hill Wire)` and `Ann Lee - Hill Wire` without what follows the name, if it is an outlet.
fn without_employer<'a>(text: &'a str, rules: &Rules) -> &'a str {
    if let Some((name, rest)) = text.split_once(['(', '（']) {
        let employer = rest.trim_end_matches([')', '）']).trim();
        let joined = employer.split_once(' ').is_some_and(|(word, _)| rules.with.contains(&folded(word)));
        if joined || is_outlet(employer, rules) {
            return name.trim_end();
        }
    }
    let with = text.match_indices(' ').find_map(|(at, _)| {
        let (word, rest) = text[at + 1..].split_once(' ')?;
        (rules.with.contains(&folded(word)) && is_outlet(rest.trim(), rules)).then_some(&text[..at])
    });
    if let Some(name) = with {
        return name;
    }
    let parted = [" - ", " – ", " — ", "/"].iter().find_map(|dash| text.split_once(dash));
    parted.filter(|(_, rest)| is_outlet(rest.trim(), rules)).map_or(text, |(name, _)| name.trim_end())
}

/// An agency, an address on the web, or a name that ends or begins as those of newspapers and desks do.
pub(super) fn is_outlet(text: &str, rules: &Rules) -> bool {
    rules.agency.contains(text)
        || is_host(text)
        || rules.labels.starting(text).into_iter().any(|(kind, rest)| kind == Kind::Outlet && rest.is_empty())
        || rules.endings.ending(text).into_iter().any(|(kind, _)| kind == Kind::Outlet)
}

/// The line without the electronic address that Korean and Indian reporters sign with.
fn without_address(line: &str) -> &str {
    let is_address = |word: &&str| {
        let word = word.trim_matches(['(', ')', '[', ']', '<', '>']);
        word.split_once('@').is_some_and(|(_, host)| host.is_empty() || is_host(host) || word.starts_with('@'))
    };
    match line.rsplit_once(' ') {
        Some((rest, word)) if is_address(&word) => rest.trim_end(),
        _ => line,
    }
}

/// Whether a line is two to five words with capitals: a person, but also a place or a newspaper.
pub(in crate::text) fn is_bare_name(line: &str) -> bool {
    line.len() <= LINE_BYTES_MAX && is_name(line, rules())
}

/// Two to five words with capitals, particles aside: `Ursula von der Berg`, `J. P. Roux`, `TRAN HAI`.
pub(super) fn is_name(text: &str, rules: &Rules) -> bool {
    let mut capitals = 0;
    let mut words = 0;
    // A particle does not begin what stands alone: `De la Cluj la Iași` is a way, not a person.
    if text.starts_with(is_small) {
        return false;
    }
    for word in text.split_whitespace() {
        words += 1;
        let letters = |c: char| c.is_alphabetic() || is_mark(c) || matches!(c, '-' | '\'' | '’' | '‘' | 'ʻ' | '.');
        if word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(letters) {
            capitals += 1;
        } else if !rules.name_particle.contains(word) {
            return false;
        }
    }
    let sentence = text.ends_with('.') && text.split_whitespace().last().is_some_and(|word| word.chars().count() > 3);
    capitals >= 2 && words <= NAME_WORDS_MAX && !sentence && !rules.name_never.contains(&folded(text))
}

/// One to five short words in a script without capital letters.
pub(super) fn is_uncased_name(text: &str) -> bool {
    let mut words = text.split([' ', '\u{3000}', '·', '・']).filter(|word| !word.is_empty());
    let uncased = |c: char| (c.is_alphabetic() || is_mark(c)) && !c.is_uppercase() && !is_small(c);
    let count = words.clone().count();
    (1..=NAME_WORDS_MAX).contains(&count)
        && text.chars().count() <= UNCASED_NAME_CHARS_MAX
        && words.all(|word| word.split_inclusive('.').all(|part| is_initial(part) || part.chars().all(uncased)))
}

/// `கே.`: the first letters of a name and a stop.
fn is_initial(part: &str) -> bool {
    part.strip_suffix('.').is_some_and(|letters| (1..=3).contains(&letters.chars().count()))
}
