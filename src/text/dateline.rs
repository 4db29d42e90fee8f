//! The dateline that opens an agency's text: `HANOI, Oct 3 (Reuters) -`, `【ロンドン共同】`, `МОСКВА, 3 окт — РИА Новости.`
//!
//! It stays in the body. It tells which agency the text is from and when it was sent; a place alone tells neither, and
//! is given only where a dateline is sure.
//!
//! Told by shape and by the names of agencies in `data/furniture/agencies.toml`; the names of months and places are not
//! known here, so that `date` is the words that may be one.

use std::ops::Range;

use super::furniture::{is_agency, is_host, is_small, origin as credit};
use crate::event::{Origin, OriginRelation};

/// The parts of a dateline, as bytes of the text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// Where the text was written: `HANOI`.
    pub place: Option<Range<usize>>,
    /// When, as it is written: `Oct 3, 2024`. It has a digit in it; whether it is a date is not known here.
    pub date: Option<Range<usize>>,
    /// The agency or outlet that sent it.
    pub agency: Option<Range<usize>>,
}

/// The most code points of a dateline: `RIO DE JANEIRO, Brazil, Thursday, October 3, 2024 (AFP) –` has 60.
const CHARS_MAX: usize = 120;

/// The most code points of its place and date, and of what stands in its brackets.
const PART_CHARS_MAX: usize = 60;

/// The dateline at the start of a body, if there is one.
#[must_use]
pub fn dateline(body: &str) -> Option<Dateline> {
    let line = body.split('\n').next().unwrap_or_default();
    let end = line.char_indices().nth(CHARS_MAX).map_or(line.len(), |(at, _)| at);
    let head = Head { line, text: &line[..end] };
    head.bracketed().or_else(|| head.run_on()).or_else(|| head.dashed())
}

/// The agency of the dateline that a paragraph opens with; the text is its own.
pub(super) fn origin(paragraph: &str) -> Option<Origin> {
    let agency = dateline(paragraph)?.agency?;
    Some(credit(&paragraph[agency], OriginRelation::Reprint))
}

/// The start of a first line.
#[derive(Clone, Copy)]
struct Head<'a> {
    line: &'a str,
    /// As much of it as a dateline may have.
    text: &'a str,
}

/// Where a place and a date stand.
type PlaceAndDate = (Option<Range<usize>>, Option<Range<usize>>);

/// Pairs that enclose an agency.
const BRACKETS: [(char, char); 6] = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('/', '/'), ('［', '］')];

impl Head<'_> {
    /// `PLACE, DATE (AGENCY) -`, `(AGENCY) - PLACE, DATE -`, `/AGENCY/`, `【PLACE AGENCY】`, `(PLACE=AGENCY)`.
    fn bracketed(self) -> Option<Dateline> {
        let open = self.text.find(BRACKETS.map(|(open, _)| open))?;
        let bracket = self.text[open..].chars().next()?;
        let (_, close) = BRACKETS.into_iter().find(|(open, _)| *open == bracket)?;
        let start = open + bracket.len_utf8();
        let end = start + self.text[start..].find(close)?;
        let agency = self.agency_in(start..end)?;
        // Between strokes stand parts of addresses, too.
        if bracket == '/' && !is_agency(&self.text[agency.clone()]) {
            return None;
        }
        let after = &self.line[end + close.len_utf8()..];
        let (place, date) = self.place_and_date(&self.text[..open])?;
        let wide = matches!(bracket, '【' | '（' | '［');
        let dashed = opens_with_dash(after);
        let sure = match () {
            () if open == 0 => dashed || wide || self.text[start..end].contains('='),
            // Agencies of India set no dash after the day; those of the Slavic countries a stop.
            () => {
                let place = &self.text[..open];
                let sent = date.is_some() && place.contains([',', '،']);
                dashed
                    || sent
                    || bracket == '/'
                    || after.starts_with(['.', ':', '：'])
                    || is_capitals(&self.text[..open])
            }
        };
        if !sure {
            return None;
        }
        let mut dateline = Dateline { place, date, agency: Some(agency.clone()) };
        if open == 0 {
            let before = start..agency.start;
            let inner = self.text[before.clone()].trim_end_matches(['=', ' ', '・']);
            dateline.place = dateline.place.or_else(|| self.range(inner));
            let rest = self.after_dash(end + close.len_utf8());
            let further = rest.and_then(|rest| self.dashed_from(rest));
            if let Some((place, date)) = further {
                dateline.place = dateline.place.or(place);
                dateline.date = dateline.date.or(date);
            }
        }
        Some(dateline)
    }

    /// `新华社北京10月3日电`, `中央社記者王小明台北3日電`: no sign parts agency, place and day; 电 or 電 ends them.
    fn run_on(self) -> Option<Dateline> {
        const AGENCY_CHARS_MAX: usize = 6;
        const DAY_CHARS_MAX: usize = 24;
        let open = self.text.chars().next().filter(|c| matches!(c, '【' | '（' | '(' | '［' | '['));
        let start = open.map_or(0, char::len_utf8);
        let text = &self.text[start..];
        let agency = text
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .take(AGENCY_CHARS_MAX)
            .filter(|end| is_agency(&text[..*end]))
            .max()?;
        let rest = &text[agency..];
        let wire = rest.char_indices().take(DAY_CHARS_MAX).find(|(_, c)| matches!(c, '电' | '電' | '讯' | '訊'))?.0;
        let between = &rest[..wire];
        let digit = between.find(|c: char| c.is_numeric())?;
        let (place, date) = (between[..digit].trim(), between[digit..].trim());
        Some(Dateline { place: self.range(place), date: self.range(date), agency: Some(start..start + agency) })
    }

    /// `PLACE, AGENCY -`, `AGENCY, Place -`, `AGENCY -`, `PLACE, DATE — AGENCY.`, `PLACE, DATE -`, `PLACE -`.
    fn dashed(self) -> Option<Dateline> {
        let (before, after) = split_dash(self.text, 0)?;
        let parts: Vec<&str> = before.split(',').map(str::trim).collect();
        let signs = |part: &str| is_agency(part) || is_host(part);
        if let [first, rest @ ..] = parts.as_slice()
            && signs(first)
        {
            // An address alone may be a shop's, and what follows its blurb.
            let placed = !rest.is_empty() || is_agency(first);
            let named = placed && rest.iter().all(|part| !part.is_empty() && is_capitalised(part));
            let place = rest.first().and_then(|part| self.range(part));
            return named.then(|| Dateline { place, date: None, agency: self.range(first) });
        }
        if let [rest @ .., last] = parts.as_slice()
            && signs(last)
        {
            // The last part ends what stands before the dash.
            let (place, date) = self.place_and_date(&before[..before.len() - last.len()])?;
            return (!rest.is_empty()).then(|| Dateline { place, date, agency: self.range(last) });
        }
        let (place, date) = self.place_and_date(before)?;
        let signed = after.find(['.', ',', ':']).map(|end| after[..end].trim()).filter(|name| is_agency(name));
        if let Some(agency) = signed {
            return Some(Dateline { place, date, agency: self.range(agency) });
        }
        // Without an agency, the capitals of its place must tell.
        let capitals = is_capitals(place.clone().map_or("", |place| &self.text[place]));
        capitals.then_some(Dateline { place, date, agency: None })
    }

    /// The place and date that stand from `start` to the next dash: `- ROMA, 03 OTT - …`.
    fn dashed_from(self, start: usize) -> Option<PlaceAndDate> {
        let (before, _) = split_dash(self.text, start)?;
        let (place, date) = self.place_and_date(before)?;
        (date.is_some() || is_capitals(before)).then_some((place, date))
    }

    /// Where the text after a dash begins.
    fn after_dash(self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..)?;
        let bare = rest.trim_start_matches([' ', '.', '-', '–', '—', '―', '\u{A0}']);
        (bare.len() < rest.len()).then(|| self.text.len() - bare.len())
    }

    /// The agency in brackets, alone or beside a place, a desk or a second agency.
    fn agency_in(self, range: Range<usize>) -> Option<Range<usize>> {
        let inner = self.text[range].trim();
        if inner.chars().count() > PART_CHARS_MAX {
            return None;
        }
        if is_agency(inner) || is_host(inner) {
            return self.range(inner);
        }
        let parts = inner.split(['/', '=', ',', '-', '–', '・', '·']).map(str::trim).find(|part| is_agency(part));
        // `ロンドン共同`, `서울 연합뉴스`: the agency ends what stands there.
        let ending = || {
            let starts = inner.char_indices().map(|(at, _)| &inner[at..]).skip(1);
            starts.filter(|name| name.chars().count() >= 2 && !name.is_ascii()).find(|name| is_agency(name))
        };
        self.range(parts.or_else(ending)?)
    }

    /// A place and a date, if `text` is at most those; both `None` if nothing stands there.
    fn place_and_date(self, text: &str) -> Option<PlaceAndDate> {
        let text = text.trim().trim_end_matches([',', '.', '،', ':', ' ']);
        if text.is_empty() {
            return Some((None, None));
        }
        if text.chars().count() > PART_CHARS_MAX || text.contains(['!', '?', ';', '"', '“', '«', '。']) {
            return None;
        }
        let digit = text.find(|c: char| c.is_numeric());
        // The date begins after the last comma before its first digit, or at that digit.
        let comma = digit.and_then(|digit| text[..digit].rmatch_indices([',', '،']).next());
        let comma = comma.map(|(at, sign)| at + sign.len());
        let (place, date) = match (digit, comma) {
            (Some(digit), None) => text.split_at(digit),
            (Some(_), Some(comma)) => text.split_at(comma),
            (None, _) => (text, ""),
        };
        let place = place.trim().trim_end_matches([',', '.', '،']).trim_end();
        let date = date.trim().trim_start_matches(['،', ' ']);
        (is_place(place) && is_dateish(date)).then(|| (self.range(place), self.range(date)))
    }

    /// Where a slice of the text stands in it; `None` for an empty one.
    fn range(self, slice: &str) -> Option<Range<usize>> {
        if slice.is_empty() {
            return None;
        }
        let start = slice.as_ptr() as usize - self.line.as_ptr() as usize;
        Some(start..start + slice.len())
    }
}

/// What stands before and after the first dash at or after `from`.
fn split_dash(text: &str, from: usize) -> Option<(&str, &str)> {
    // One pass tells the texts without any from those that each kind is looked for in.
    let rest = text.get(from..).filter(|rest| rest.contains(['-', '–', '—']))?;
    let (at, dash) = [" - ", " – ", " — ", " -- ", ".- ", ".-", "- "]
        .into_iter()
        .filter_map(|dash| Some((rest.find(dash)?, dash)))
        .min_by_key(|(at, _)| *at)?;
    Some((rest[..at].trim(), rest[at + dash.len()..].trim_start()))
}

/// Whether the letters of a place are all capitals, which prose does not begin with.
fn is_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() > 2 && letters().all(char::is_uppercase)
}

fn opens_with_dash(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '.', '\u{A0}']);
    text.starts_with(['-', '–', '—', '―', '‒', '=', '|'])
}

/// A few words, each with a capital or in a script without: `NEW YORK`, `Rio de Janeiro`, `नई दिल्ली`. Empty will do.
fn is_place(text: &str) -> bool {
    const WORDS_MAX: usize = 6;
    const UNCASED_CHARS_MAX: usize = 24;
    let uncased = text.chars().any(|c| c.is_alphabetic() && !c.is_uppercase() && !is_small(c));
    text.split_whitespace().count() <= WORDS_MAX
        && (!uncased || text.chars().count() <= UNCASED_CHARS_MAX)
        && (text.is_empty() || is_capitalised(text))
}

fn is_capitalised(text: &str) -> bool {
    const PARTICLES: [&str; 14] =
        ["de", "da", "do", "del", "la", "le", "les", "di", "am", "an", "sur", "en", "of", "na"];
    let mut words = text.split_whitespace();
    let capital = |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !is_small(c));
    words.next().is_some_and(capital) && words.all(|word| capital(word) || PARTICLES.contains(&word))
}

/// A day with its month, perhaps a year and a weekday, all that follows a place: it has a digit and few words.
fn is_dateish(text: &str) -> bool {
    const WORDS_MAX: usize = 7;
    text.is_empty() || (text.split_whitespace().count() <= WORDS_MAX && text.contains(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Place, date and agency of the dateline that a text opens with; blanks where one is missing.
    #[track_caller]
    fn check(dateline_text: &str, place: &str, date: &str, agency: &str) {
        let text = format!("{dateline_text} The river rose again, and the council met in the old hall.");
        let found = dateline(&text).unwrap_or_default();
        let slice = |range: Option<Range<usize>>| range.map_or("", |range| &text[range]).to_owned();
        assert_eq!(
            [slice(found.place), slice(found.date), slice(found.agency)],
            [place, date, agency],
            "{dateline_text}"
        );
    }

    #[track_caller]
    fn check_none(text: &str) {
        assert_eq!(dateline(text), None, "{text}");
    }

    #[test]
    fn an_agency_in_brackets() {
        check("HANOI (Reuters) -", "HANOI", "", "Reuters");
        check("PARIS, 3 oct 2024 (AFP) –", "PARIS", "3 oct 2024", "AFP");
        check("NEW YORK, Oct. 3, 2024 (AP) —", "NEW YORK", "Oct. 3, 2024", "AP");
        check("WASHINGTON, D.C., Oct 3 (Reuters) -", "WASHINGTON, D.C", "Oct 3", "Reuters");
        check("Madrid, 3 oct (EFE).-", "Madrid", "3 oct", "EFE");
        check("Berlin (dpa/bb) -", "Berlin", "", "dpa");
        check("Budapest, 2024. október 3., csütörtök (MTI) -", "Budapest", "2024. október 3., csütörtök", "MTI");
        check("Praha 3. října (ČTK) -", "Praha", "3. října", "ČTK");
        check("BEOGRAD, 3. oktobra (Tanjug) -", "BEOGRAD", "3. oktobra", "Tanjug");
        check("New Delhi, Oct 3 (PTI)", "New Delhi", "Oct 3", "PTI");
        check("МОСКВА, 3 октября. /ТАСС/.", "МОСКВА", "3 октября", "ТАСС");
        check("القاهرة (رويترز) -", "القاهرة", "", "رويترز");
        check("नई दिल्ली, 3 अक्टूबर (भाषा)", "नई दिल्ली", "3 अक्टूबर", "भाषा");
        check("دبي، الثلاثاء 3 أكتوبر (رويترز) -", "دبي", "الثلاثاء 3 أكتوبر", "رويترز");
        check("Jakarta (ANTARA) -", "Jakarta", "", "ANTARA");
        check("Rio de Janeiro, 3 (AFP) –", "Rio de Janeiro", "3", "AFP");
    }

    #[test]
    fn an_agency_before_its_place() {
        check("(ANSA) - ROMA, 03 OTT -", "ROMA", "03 OTT", "ANSA");
        check("(Dân trí) -", "", "", "Dân trí");
        check("(서울=연합뉴스) 김하늘 기자 =", "서울", "", "연합뉴스");
        check("[서울=뉴시스]", "서울", "", "뉴시스");
        check("【ロンドン共同】", "ロンドン", "", "共同");
        check("【东京共同社】", "东京", "", "共同社");
        check("TEMPO.CO, Jakarta -", "Jakarta", "", "TEMPO.CO");
        check("新华社北京10月3日电（记者 王小明）", "北京", "10月3日", "新华社");
        check("（中央社台北3日電）", "台北", "3日", "中央社");
    }

    #[test]
    fn an_agency_among_dashes() {
        check("JAKARTA, KOMPAS.com -", "JAKARTA", "", "KOMPAS.com");
        check("Jakarta, CNN Indonesia --", "Jakarta", "", "CNN Indonesia");
        check("МОСКВА, 3 окт — РИА Новости.", "МОСКВА", "3 окт", "РИА Новости");
        check("VOV.VN -", "", "", "VOV.VN");
        check("ROMA, 03 OTT -", "ROMA", "03 OTT", "");
        check("HÀ NỘI -", "HÀ NỘI", "", "");
    }

    #[test]
    fn prose_has_no_dateline() {
        for text in [
            "The agency (AFP) - founded long ago - has it.",
            "Ann Lee (Hill Party) - a teacher - won.",
            "Việt Nam - Nga: the two met.",
            "On Monday, 3 May - a feast - nobody came.",
            "(Update) - The river rose.",
            "The river rose (again).",
            "He said AFP - an agency - had it.",
            "In 2019 (AFP) the river rose.",
            "Hill.example – The shop has it all.",
            "Read http://hill.example/a - it is long.",
            "The Hill](http://hill.example/a-b) | by us",
            "",
            "/",
            "(",
            " - ",
            "【】",
        ] {
            check_none(text);
        }
    }

    proptest! {
        #[test]
        fn parts_slice_the_text(text in "[ \\-–—.,(/【]*(AFP|ANSA|新华社|hill\\.example|HILL|Hill|3|é|电|[ ,.()/–—\\-=】】\u{A0}]){0,14}") {
            if let Some(Dateline { place, date, agency }) = dateline(&text) {
                for range in [place, date, agency].into_iter().flatten() {
                    prop_assert!(!text[range].is_empty());
                }
            }
        }
    }
}
