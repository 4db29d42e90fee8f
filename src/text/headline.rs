//! A title whose empty line is lost: many scrapers part everything by one newline.
//!
//! The first line of a text without a title is a paragraph, and paragraphs end with a stop; so a line without one over
//! a paragraph is a title, unless it is one of the short lines that stand at the head of a page: a name, a section, a
//! place and a day, a bullet, a speaker.

use super::dateline::origin;
use super::furniture::{is_agency, is_bare_name, is_small, is_spaced};
use super::plain::TITLE_CHARS_MAX;

/// The fewest columns of the paragraph; a letter of Chinese, Japanese or Korean takes two.
const PARAGRAPH_COLUMNS_MIN: usize = 45;

/// The fewest columns of a paragraph in a script that has no stop, such as Thai.
const UNSTOPPED_COLUMNS_MIN: usize = 90;

/// The fewest words of a title; in a script without capitals, where a name is not told from it; and the fewest letters
/// in a script without blanks.
const WORDS_MIN: usize = 3;
const UNCASED_WORDS_MIN: usize = 4;
const UNSPACED_LETTERS_MIN: usize = 8;

/// Up to so many words a line may be a place and a day.
const PLACE_WORDS_MAX: usize = 5;

/// Whether the first line of a text is the title of the line under it, `next`, which is a paragraph.
pub(super) fn heads(line: &str, next: &str) -> bool {
    let columns = columns(line);
    let longer = 2 * self::columns(next) >= 3 * columns;
    is_headline(line) && is_paragraph(next) && longer && !is_dialogue(line, next)
}

/// The width of a text, as far as it matters here.
fn columns(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3000}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}');
    text.chars().take(2 * TITLE_CHARS_MAX).map(|c| if wide(c) { 2 } else { 1 }).sum()
}

fn is_headline(line: &str) -> bool {
    opens_headline(line)
        && has_enough_words(line)
        && !is_bare_name(line)
        && !is_place(line)
        && !line.ends_with(['-', '–', '—', '|', '/', '>', '»'])
        && !line.contains(['@', '>', '›', '{', '}'])
        && !line.contains("://")
        && !holds_sentence(line)
}

/// A letter, a digit or a quotation mark: no bullet, no dash of speech, no number of a list.
fn opens_headline(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let numbered = first.strip_suffix(['.', ')', '．', '、']).is_some_and(|n| n.chars().all(char::is_numeric));
    let quoted = |c| matches!(c, '"' | '“' | '„' | '«' | '‘' | '\'' | '「' | '『' | '《' | '【' | '¿' | '¡');
    !numbered && line.starts_with(|c: char| c.is_alphanumeric() || quoted(c))
}

fn has_enough_words(line: &str) -> bool {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    if letters().any(|c| !is_spaced(c)) {
        return letters().count() >= UNSPACED_LETTERS_MIN;
    }
    let cased = letters().any(|c| c.is_uppercase() || is_small(c));
    line.split_whitespace().count() >= if cased { WORDS_MIN } else { UNCASED_WORDS_MIN }
}

/// `LONDON, March 3`, `Port Ellis, North County`, `PARIS (AFP)`.
fn is_place(line: &str) -> bool {
    let in_brackets = line.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（']));
    if in_brackets.is_some_and(|(_, name)| is_agency(name)) {
        return true;
    }
    let opens_small = |word: &str| word.starts_with(is_small);
    line.contains([',', '،'])
        && line.split_whitespace().count() <= PLACE_WORDS_MAX
        && (line.ends_with(|c: char| c.is_numeric()) || !line.split_whitespace().any(opens_small))
}

/// Whether a sentence ends within the line: a stop after a full word, and another after it.
fn holds_sentence(line: &str) -> bool {
    line.match_indices(['.', '。', '।', '۔']).any(|(at, stop)| {
        let rest = &line[at + stop.len()..];
        let word = line[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        !rest.is_empty()
            && (stop == "。" || rest.starts_with(' '))
            && word.chars().count() > 3
            && !word.starts_with(char::is_uppercase)
    })
}

/// A sentence or more, whole: a line that is broken to a width ends where it may.
fn is_paragraph(text: &str) -> bool {
    let columns = columns(text);
    if columns < PARAGRAPH_COLUMNS_MIN || text.starts_with(is_small) {
        return false;
    }
    if origin(text).is_some() {
        return true;
    }
    let bare =
        text.trim_end_matches(['"', '”', '“', '»', '’', '」', '』', ')', '）', ']', '】', ' ', '\u{A0}', '\u{202F}']);
    let stopped = bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟', '။', '።', '։']);
    // Thai, Lao and Khmer set a blank between sentences, and nothing at the end.
    let unstopped = || text.chars().any(|c| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1780}'..='\u{17FF}'));
    stopped || (columns >= UNSTOPPED_COLUMNS_MIN && unstopped())
}

/// Speech in turns: both lines begin with a quotation mark, or with who speaks.
fn is_dialogue(line: &str, next: &str) -> bool {
    let quoted = |text: &str| text.starts_with(['"', '“', '„', '«', '‘', '「', '『']);
    let speaks = |text: &str| {
        let who = text.split_once([':', '：']).map(|(who, _)| who);
        who.is_some_and(|who| who.len() <= 40 && who.split_whitespace().count() <= 3)
    };
    (quoted(line) && quoted(next)) || (speaks(line) && speaks(next))
}

#[cfg(test)]
mod tests {
    use super::heads;
    use crate::text::clean_plain;

    const PROSE: &str = "The council met on Monday and agreed to mend the bridge before winter, said the mayor.";

    #[track_caller]
    fn check(line: &str, next: &str, expected: bool) {
        assert_eq!(heads(line, next), expected, "{line}\n{next}");
    }

    #[test]
    fn a_headline_stands_over_a_paragraph() {
        for line in [
            "A bridge is mended",
            "Who mends the bridge?",
            "“We will not leave”",
            "BRIDGE TO BE MENDED BEFORE WINTER",
            "Bridge: mayor names the day",
            "5 things to know of the bridge",
            "St. Ann's bridge is mended",
        ] {
            check(line, PROSE, true);
        }
        check("Bridge mended", "HILLTOWN, Oct 3 (AFP) - The bridge over the river is mended", false);
        check("A bridge is mended", "HILLTOWN, Oct 3 (AFP) - The bridge over the river is mended", true);
        check("山里的学校来了新老师", "一所山村小学4日迎来六名新教师，这是该校十年来首次补充教师。", true);
        check("山の古い家が図書館に", "築百二十年の古い家が四月一日、町の図書館として生まれ変わる。", true);
        check(
            "산불 나흘 만에 모두 꺼졌다",
            "강원도에서 발생한 산불이 나흘 만에 꺼졌다. 산림청은 주불 진화를 마쳤다고 밝혔다.",
            true,
        );
        check("जंगल में टूटा पुल फिर बना", "बारिश में बह गया नदी का पुल फिर से बन गया है और उस पर गाड़ियां चलने लगीं।", true);
        check(
            "เปิดสะพานข้ามแม่น้ำแห่งใหม่",
            "จังหวัดเปิดใช้สะพานข้ามแม่น้ำแห่งใหม่เมื่อวันจันทร์ที่ผ่านมา หลังใช้เวลาก่อสร้างนานสี่ปี ช่วยลดเวลาเดินทางได้ครึ่งชั่วโมง",
            true,
        );
    }

    #[test]
    fn other_short_lines_do_not() {
        for line in [
            "Hill news",
            "Hilltown Daily Gazette",
            "Ann Mary Lee",
            "HILLTOWN, March 3, 2024",
            "Hilltown, North County",
            "Hilltown, March (AFP)",
            "- A bridge is mended",
            "1. A bridge is mended",
            "Home > News > Region",
            "The old bridge fell down. Nobody was on it",
            "Write to desk@hill.example with your story",
            "A bridge is mended -",
            "新聞",
            "محمد علي حسن",
        ] {
            check(line, PROSE, false);
        }
        let line = "A bridge is mended";
        for next in [
            "The council met",
            "The council met on Monday and agreed to mend the bridge before winter, said the",
            "and so the council met on Monday and agreed to mend the bridge before winter.",
        ] {
            check(line, next, false);
        }
        check(
            "“Who mends the bridge?”",
            "“The council does,” said the mayor, “and it will before winter comes.”",
            false,
        );
        check(
            "Q: Who mends the bridge?",
            "A: The council does, said the mayor, and it will before winter comes.",
            false,
        );
        check(
            "The council met on Monday and agreed to mend the old bridge",
            "It will be done before winter, the mayor said.",
            false,
        );
    }

    #[test]
    fn what_stands_between_title_and_text() {
        let of = |between: &str| {
            let cleaned = clean_plain(&format!("A bridge is mended\n{between}\n{PROSE}\nIt fell down in May."));
            (cleaned.title.is_some(), cleaned.authors, cleaned.furniture.len())
        };
        let ann = || vec!["Ann Lee".to_owned()];
        assert_eq!(of("Ann Lee"), (true, ann(), 1));
        assert_eq!(of("di Ann Lee"), (true, ann(), 1));
        assert_eq!(of("Ann Lee and Bo Li"), (true, vec!["Ann Lee".to_owned(), "Bo Li".to_owned()], 1));
        assert_eq!(of("Photo: Ann Lee"), (true, vec![], 1));
        assert_eq!(of("NEW TOWN"), (true, vec![], 0));
        assert_eq!(of("Việt Nam"), (false, vec![], 0));
        assert_eq!(of("The bridge of the hill in spring"), (false, vec![], 0));
    }
}
