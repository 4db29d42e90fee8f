//! Where a phrase may start: around which tokens, and at which bytes before them.

use super::super::alphabet::{is_capital, is_of_word};
use super::super::context::{after_word, word_before};
use super::super::data::Boundary;
use super::super::reader::Reader;
use super::super::scan::{Kind, Token};
use super::chart::{Chart, NEXT_BYTES_MAX};
use super::template::first_word;

/// How many words before a date word a phrase may start: "il y a une dizaine d'années".
const WORDS_BACK: usize = 6;

/// The same in letters, where words are not set apart.
const LETTERS_BACK: usize = 8;

/// And in bytes.
const BYTES_BACK: usize = 64;

impl Chart<'_> {
    /// Whether a phrase may have this token as its first date word. A number needs another date word behind it, or must
    /// be able to be a year, which may have words before it that make more of it.
    pub(super) fn is_hot(&self, at: usize) -> bool {
        match self.reader.tokens[at].kind {
            // Where words stand behind a date, they may stand behind digits alone: 「2010-01-01以前」.
            Kind::Number(number) if number.len == 3 => {
                self.reader.words.data.boundary == Boundary::None
                    || self.reader.words.data.solar_hijri
                    || self.is_followed_by_word(self.reader.tokens[at].end)
            }
            Kind::Number(number) => {
                number.len == 1 && (self.may_be_year(at) || self.is_followed(at) || self.may_be_alone(at))
            }
            Kind::Word(pattern) => !self.reader.words.entry(pattern).senses.is_empty(),
        }
    }

    pub(super) fn may_be_year(&self, at: usize) -> bool {
        let Some(number) = self.reader.number(at) else { return false };
        let wide = |(value, width): (u32, u8)| width == 4 && (1000..=2700).contains(&value);
        number.single().is_some_and(|single| wide(single) || number.glued_right)
    }

    /// Whether a number may be a day of a month that is not named: "on the 15th, he said".
    pub(super) fn may_be_alone(&self, at: usize) -> bool {
        let words = self.reader.words;
        let Token { start, end, .. } = self.reader.tokens[at];
        let Some(number) = self.reader.number(at).filter(|_| words.phrases.has_lone_days()) else { return false };
        // A number without an ending needs the end of a clause behind it: "avant le 21."
        let tail = self.reader.text[end..].trim_start();
        // "in de 3de, 44ste en 61ste minuut": a list counts.
        let after = tail.strip_prefix(',').map(str::trim_start);
        let after = after.or_else(|| {
            after_word(self.reader.text, end, &words.data.and, words).map(|at| self.reader.text[at..].trim_start())
        });
        let next = after.filter(|next| next.starts_with(char::is_numeric));
        let behind = next.map_or("", |next| next.trim_start_matches(char::is_numeric));
        let listed = words.data.ordinals.iter().any(|ending| behind.starts_with(ending.as_str()));
        let ends = !listed && (tail.is_empty() || tail.starts_with(['.', ',', ';', ':', '!', '?', ')']));
        let uncounted = || self.reader.is_uncounted(end) && tail.starts_with(char::is_lowercase);
        number.single().is_some_and(|(value, width)| width <= 2 && (1..=31).contains(&value))
            && (ends || number.ordinal && uncounted())
            && !number.glued_left
            && !number.glued_right
            && word_before(self.reader.text, start, &words.data.lead.day, words).is_some()
    }

    pub(super) fn is_followed(&self, at: usize) -> bool {
        let end = self.reader.tokens[at].end;
        self.reader.tokens.get(at + 1).is_some_and(|next| next.start.saturating_sub(end) <= NEXT_BYTES_MAX)
    }

    /// Whether a date can start at a byte at which no date word is being asked about.
    pub(super) fn may_start(&self, at: usize) -> bool {
        let words = self.reader.words;
        if words.data.boundary == Boundary::None {
            return true;
        }
        let rest = &self.reader.text[at..];
        // "Q3": the number touches.
        let word = match first_word(rest) {
            word if word.starts_with(char::is_numeric) => word,
            word => word.trim_end_matches(char::is_numeric),
        };
        let known = if word.chars().any(is_capital) {
            // "XIIe siècle": an ending may follow.
            let ending = word.trim_start_matches(['I', 'V', 'X']);
            let roman = ending.len() < word.len()
                && (ending.is_empty() || words.data.ordinals.iter().any(|ordinal| ordinal == ending));
            roman || words.phrases.may_start_with(word)
        } else {
            words.phrases.may_start_with(word) || word.starts_with(char::is_numeric)
        };
        known || words.data.clitics.iter().any(|clitic| rest.starts_with(clitic.as_str()))
    }

    /// The bytes at which a phrase around a date word may start, in order.
    pub(super) fn starts(&self, at: usize, floor: usize) -> Vec<usize> {
        let text = self.reader.text;
        let word = self.reader.tokens[at].start;
        let mut starts = vec![word];
        // What stands before a number that no date word follows says nothing.
        let alone = !self.may_be_year(at) && !self.is_followed(at) && !self.may_be_alone(at);
        if self.reader.number(at).is_some() && alone {
            return starts;
        }
        let spaced = self.reader.words.data.boundary != Boundary::None;
        let limit = if spaced { WORDS_BACK } else { LETTERS_BACK };
        let mut from = word;
        let (mut inside, mut count) = (false, 0);
        let mut to = word;
        for (byte, letter) in text[floor..word].char_indices().rev() {
            let byte = floor + byte;
            let joins = is_of_word(letter) || matches!(letter, '\'' | '’' | '‘' | '-');
            if word - byte > BYTES_BACK || count >= limit || !(joins || matches!(letter, ' ' | '\u{a0}' | '.')) {
                break;
            }
            if !spaced {
                starts.push(byte);
                count += 1;
            } else if joins {
                if !inside {
                    to = byte + letter.len_utf8();
                }
                inside = true;
                from = byte;
                // "l'année": the word after the apostrophe starts one, too.
                if matches!(letter, '\'' | '’' | '‘') && byte + letter.len_utf8() < word {
                    starts.push(byte + letter.len_utf8());
                }
            } else if inside {
                // Nothing before a word that no phrase holds belongs to the phrase, nor does the word.
                if to < word && !self.may_be_within(from, to) {
                    inside = false;
                    break;
                }
                self.word_starts(from, &mut starts);
                inside = false;
                count += 1;
            }
        }
        if spaced && inside && count < limit {
            self.word_starts(from, &mut starts);
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Whether the word between two bytes may stand within a phrase. Where endings or other words are written on to words,
    /// and where years are followed by the names of their calendars, that is not told by the word.
    fn may_be_within(&self, from: usize, to: usize) -> bool {
        let Reader { text, tokens, words, .. } = self.reader;
        let data = &words.data;
        if data.boundary != Boundary::Both || !data.clitics.is_empty() || !data.calendars.is_empty() {
            return true;
        }
        let run = &text[from..to];
        let dated = || {
            let token = tokens.partition_point(|token| token.end <= from);
            tokens.get(token).is_some_and(|token| token.start < to)
        };
        words.phrases.may_hold(run)
            || run.contains(char::is_numeric)
            || run.starts_with(['I', 'V', 'X'])
            || self.lexer.number(from, true).is_some()
            || self.lexer.ordinal(from, true).is_some()
            || dated()
    }

    /// The start of a word, and those behind what is written on to it.
    pub(super) fn word_starts(&self, from: usize, starts: &mut Vec<usize>) {
        let rest = &self.reader.text[from..];
        let clitics = self.reader.words.data.clitics.iter().filter(|clitic| rest.starts_with(clitic.as_str()));
        starts.push(from);
        starts.extend(clitics.map(|clitic| from + clitic.len()));
    }
}
