//! Which writing system a text is in.

use crate::event::Script;

/// The script that most letters of a text are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dominant {
    /// The script. Han with kana among it is `Jpan`, Han alone `Hani`, Hangul `Kore`.
    pub script: Script,
    /// How many letters of the text are of it.
    pub letters: usize,
    /// How many letters the text has, without notices in Latin letters beside it.
    pub all: usize,
}

/// Of Han and kana together, how much must be kana to make it Japanese, in percent. Japanese news has some 40; Chinese
/// that quotes a Japanese name stays below.
const KANA_PERCENT_MIN: usize = 5;

/// English that agencies and web pages put around an article in any script: so many Latin letters do not make a text
/// one in Latin letters.
const NOTICE_LETTERS: usize = 120;

/// A text in another script is at least this part of the letters, notices beside it or not.
const BESIDE_LATIN_MIN: usize = 4;

/// Fewer letters of another script, counted as Latin ones, are a name.
const NAME_LETTERS_MAX: usize = 14;

/// How many letters of each script a text has.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(Vec<(Script, usize)>);

impl Counts {
    /// Counts the letters of a piece of text too.
    pub(super) fn read(&mut self, text: &str) {
        for script in text.chars().filter_map(of_letter) {
            match self.0.iter_mut().find(|(known, _)| *known == script) {
                Some((_, count)) => *count += 1,
                None => self.0.push((script, 1)),
            }
        }
    }

    /// The script of the text; `None` if there is no letter. Another script wins over Latin letters that are no more
    /// than notices beside it.
    pub(super) fn dominant(&self) -> Option<Dominant> {
        let all: usize = self.0.iter().map(|(_, count)| count).sum();
        let (script, count) = self.largest(|_| true)?;
        if script == Script::Latn
            && let Some((other, letters)) = self.largest(|script| script != Script::Latn)
        {
            let other = self.with_han(other, letters);
            let worth = other.letters * latin_letters(other.script);
            if worth > NAME_LETTERS_MAX && worth * BESIDE_LATIN_MIN >= count && count <= worth + NOTICE_LETTERS {
                return Some(Dominant { all: (all - NOTICE_LETTERS.min(count)).max(other.letters), ..other });
            }
        }
        Some(Dominant { all, ..self.with_han(script, count) })
    }

    /// The script with the most letters; of several, the one that came first.
    fn largest(&self, wanted: impl Fn(Script) -> bool) -> Option<(Script, usize)> {
        let wanted = self.0.iter().copied().filter(|(script, _)| wanted(*script));
        wanted.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// A script with the Han letters that belong to the Japanese or Korean text around them.
    fn with_han(&self, script: Script, letters: usize) -> Dominant {
        let count = |script| self.0.iter().find(|(known, _)| *known == script).map_or(0, |(_, count)| *count);
        let (kana, han) = (count(Script::Jpan), count(Script::Hani));
        let (script, letters) = match script {
            Script::Hani | Script::Jpan if kana * 100 >= (kana + han) * KANA_PERCENT_MIN => (Script::Jpan, kana + han),
            Script::Jpan => (Script::Hani, kana + han),
            Script::Kore => (script, letters + han),
            _ => (script, letters),
        };
        Dominant { script, letters, all: letters }
    }
}

/// Counts the letters of each script; `None` if there is no letter.
pub(super) fn dominant(text: &str) -> Option<Dominant> {
    let mut counts = Counts::default();
    counts.read(text);
    counts.dominant()
}

/// How many Latin letters say what one letter of a script says.
fn latin_letters(script: Script) -> usize {
    match script {
        Script::Hani | Script::Jpan => 3,
        Script::Kore => 2,
        _ => 1,
    }
}

/// Whether a character is a letter that text in `script` is made of.
pub(super) fn belongs(c: char, script: Script) -> bool {
    of_letter(c)
        .is_some_and(|own| own == script || (own == Script::Hani && matches!(script, Script::Jpan | Script::Kore)))
}

/// The script of a letter, by the blocks of Unicode 16. Kana counts as `Jpan`, Hangul as `Kore`. Vowel signs count as
/// letters; digits, punctuation and letters of scripts that no event names do not.
fn of_letter(c: char) -> Option<Script> {
    if c.is_ascii() {
        return c.is_ascii_alphabetic().then_some(Script::Latn);
    }
    Some(match c {
        'ª'
        | 'º'
        | 'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='\u{2B8}'
        | '\u{1E00}'..='\u{1EFF}'
        | '\u{2C60}'..='\u{2C7F}'
        | '\u{A720}'..='\u{A7FF}'
        | '\u{FF21}'..='\u{FF3A}'
        | '\u{FF41}'..='\u{FF5A}' => Script::Latn,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Grek,
        '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' => Script::Cyrl,
        '\u{531}'..='\u{58F}' => Script::Armn,
        '\u{591}'..='\u{5F4}' => Script::Hebr,
        '\u{620}'..='\u{65F}'
        | '\u{66E}'..='\u{6D3}'
        | '\u{6D5}'..='\u{6EF}'
        | '\u{6FA}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{8A0}'..='\u{8FF}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' => Script::Arab,
        '\u{780}'..='\u{7B1}' => Script::Thaa,
        '\u{900}'..='\u{963}' | '\u{971}'..='\u{97F}' => Script::Deva,
        '\u{980}'..='\u{9E3}' | '\u{9F0}' | '\u{9F1}' => Script::Beng,
        '\u{A01}'..='\u{A5E}' | '\u{A70}'..='\u{A75}' => Script::Guru,
        '\u{A81}'..='\u{AE3}' => Script::Gujr,
        '\u{B01}'..='\u{B63}' | '\u{B71}' => Script::Orya,
        '\u{B82}'..='\u{BD7}' => Script::Taml,
        '\u{C00}'..='\u{C63}' => Script::Telu,
        '\u{C80}'..='\u{CE3}' => Script::Knda,
        '\u{D00}'..='\u{D63}' | '\u{D7A}'..='\u{D7F}' => Script::Mlym,
        '\u{D81}'..='\u{DDF}' => Script::Sinh,
        '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' => Script::Thai,
        '\u{E81}'..='\u{ECE}' | '\u{EDC}'..='\u{EDF}' => Script::Laoo,
        '\u{F00}' | '\u{F40}'..='\u{FBC}' => Script::Tibt,
        '\u{1000}'..='\u{103F}' | '\u{1050}'..='\u{108F}' | '\u{AA60}'..='\u{AA7F}' => Script::Mymr,
        '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' => Script::Geor,
        '\u{1200}'..='\u{135A}' | '\u{1380}'..='\u{139F}' => Script::Ethi,
        '\u{1780}'..='\u{17D3}' | '\u{17D7}' | '\u{17DC}' => Script::Khmr,
        '\u{3041}'..='\u{309F}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{FF66}'..='\u{FF9F}' => Script::Jpan,
        '\u{3005}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Script::Hani,
        '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}' => Script::Kore,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<Script>) {
        assert_eq!(dominant(text).map(|d| d.script), expected);
    }

    #[test]
    fn the_script_of_most_letters() {
        check("Ngày 5/11 tại Hà Nội", Some(Script::Latn));
        check("Компания Apple открыла офис", Some(Script::Cyrl));
        check("記者は東京で会った", Some(Script::Jpan));
        check("记者在东京见到カ", Some(Script::Jpan));
        check("中国科学院今天在北京宣布了一项新的长期研究计划の", Some(Script::Hani));
        check("韓國 정부는 오늘", Some(Script::Kore));
        check("กรุงเทพฯ 2567", Some(Script::Thai));
        check("記者は東京で会ったと話している。 Photo: Desk / Share this article", Some(Script::Jpan));
        check("The minister spoke in Kyoto (京都) on Monday.", Some(Script::Latn));
        check(
            &format!("{} Министр сообщил о планах", "The government said on Monday that it had. ".repeat(9)),
            Some(Script::Latn),
        );
        check("12:30 – 45 %", None);
        check("", None);
    }

    #[test]
    fn han_counts_with_the_text_around_it() {
        let found = dominant("東京の天気 OK").expect("letters");
        assert_eq!((found.letters, found.all), (5, 7));
    }
}
