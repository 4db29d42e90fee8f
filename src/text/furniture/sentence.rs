//! Whether what follows a label is a sentence rather than a name or a headline: `Photo: It was all that was left.`
//!
//! Newspapers end a sentence with a stop, and a name or a headline without one; where a name does have a stop, the words
//! before it tell. What cannot be told so counts as no sentence: the rules that ask have other bounds.

use super::fold::{folded, is_small, is_spaced};
use super::words::Rules;

/// What ends a sentence that states something.
const FULL_STOPS: [char; 8] = ['.', '。', '।', '۔', '։', '።', '။', '។'];

/// What may close a quotation or an aside behind it.
const CLOSING: [char; 10] = ['"', '”', '»', '’', '\'', '“', '」', '』', ')', '）'];

/// The fewest words, the fewest small ones of them, of a sentence in a script with capitals.
const WORDS_MIN: usize = 3;
const SMALL_WORDS_MIN: usize = 2;

/// The fewest words of a sentence in a script without capitals: a name has three. Korean names are one word, and their
/// bearers' offices a second.
const UNCASED_WORDS_MIN: usize = 4;
const KOREAN_WORDS_MIN: usize = 3;

/// The fewest letters of a sentence in Chinese or Japanese, and in other scripts without blanks, whose words are longer.
const HAN_LETTERS_MIN: usize = 8;
const UNSPACED_LETTERS_MIN: usize = 14;

/// Whether a text ends with the stop of a statement.
pub(super) fn is_stated(text: &str) -> bool {
    text.trim_end_matches(CLOSING).ends_with(FULL_STOPS)
}

/// Whether a text is a sentence, or several: its end and its words say so.
pub(super) fn is_sentence(text: &str, rules: &Rules) -> bool {
    let text = text.trim();
    let bare = text.trim_end_matches(CLOSING);
    let ended = is_stated(text) || bare.ends_with(['!', '?', '…', '！', '？', '؟']);
    is_clause(text, rules) || (ended && !is_thai(text) && has_words_of_sentence(text, rules))
}

/// Whether a text has words that no name has, in a language that sets no stop, and no blank between words.
pub(super) fn is_clause(text: &str, rules: &Rules) -> bool {
    is_thai(text) && rules.clause_word.iter().any(|word| text.contains(word.as_str()))
}

fn is_thai(text: &str) -> bool {
    text.contains(|c| matches!(c, '\u{E00}'..='\u{E7F}'))
}

fn has_words_of_sentence(text: &str, rules: &Rules) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let words = text.split_whitespace().count();
    if letters().any(|c| !is_spaced(c)) {
        let han = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}');
        return letters().count() >= if letters().any(han) { HAN_LETTERS_MIN } else { UNSPACED_LETTERS_MIN };
    }
    if !letters().any(|c| c.is_uppercase() || is_small(c)) {
        let korean = letters().any(|c| matches!(c, '\u{AC00}'..='\u{D7A3}'));
        // A statement in written Korean ends with this syllable, and no name does.
        let stated = korean && text.trim_end_matches(CLOSING).ends_with("다.");
        return stated || words >= if korean { KOREAN_WORDS_MIN } else { UNCASED_WORDS_MIN };
    }
    let is_common = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with(is_small) && !rules.joins_names(bare)
    };
    let small = text.split_whitespace().filter(|word| is_common(word)).count();
    // Vietnamese writes all words of a name but the first small where they are common words: `Báo Tin tức`.
    if text.contains(|c| matches!(c, '\u{1EA0}'..='\u{1EF9}' | 'Ơ' | 'ơ' | 'Ư' | 'ư')) {
        return words > WORDS_MIN && small + 1 >= words;
    }
    words >= WORDS_MIN && (small >= SMALL_WORDS_MIN || text.split_whitespace().next_back().is_some_and(is_common))
}

impl Rules {
    /// Whether a word in small letters stands within names and between them: `von`, `and`, `with`.
    fn joins_names(&self, word: &str) -> bool {
        let folded = folded(word);
        self.name_particle.contains(word) || self.and.contains(&folded) || self.with.contains(&folded)
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::rules;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(is_sentence(text, rules()), expected, "{text}");
    }

    #[test]
    fn sentences() {
        for text in [
            "They were cousins, it turned out.",
            "Das war alles, was blieb.",
            "Der Hund starb.",
            "“It was gone.”",
            "Wer war es dann?",
            "Bili su rođaci, kako se pokazalo.",
            "Đó là tất cả những gì còn lại.",
            "كان هذا كل ما تبقى.",
            "यही सब बचा था।",
            "그것이 남은 전부였다.",
            "그것뿐이었다.",
            "那就是房子剩下的一切。",
            "残ったのはそれだけだった。",
            "นั่นคือทั้งหมดที่เหลืออยู่",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn names_and_headlines() {
        for text in [
            "Ann Lee",
            "Ann Lee.",
            "Ann Lee and Tom Hall.",
            "Ursula von der Berg.",
            "Ann Lee for Hill Wire.",
            "Agence de presse du Nord.",
            "A port without cranes",
            "Báo Tin tức.",
            "Sở Văn hóa và Thể thao.",
            "محمد علي حسن.",
            "김하늘 기자.",
            "王小明。",
            "新华社记者",
            "สมชาย ใจดี",
            "กรมประชาสัมพันธ์",
        ] {
            check(text, false);
        }
    }
}
