//! Properties that hold of any text in any language.

use proptest::prelude::*;

use super::{article, tag};
use crate::enrich::date::stamp;

const LANGUAGES: [&str; 8] = ["vi", "fr", "id", "en", "hu", "zh", "ar", "und"];

/// Text that is thick with what the grammar looks for.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[-/., –:()'\n]{1,2}",
        Just(" ".to_owned()),
        prop_oneof![
            Just("tháng"),
            Just("ngày"),
            Just("năm"),
            Just("chiều"),
            Just("từ"),
            Just("đến nay"),
            Just("mai"),
            Just("septembre"),
            Just("le"),
            Just("May"),
            Just("since"),
            Just("to"),
            Just("last year"),
            Just("月"),
            Just("年"),
            Just("日"),
            Just("令和"),
            Just("szeptember"),
            Just("سبتمبر"),
            Just("thứ hai"),
            Just("pada"),
            Just("between"),
            Just("and"),
            Just("Monday"),
            Just("until now"),
            Just("yesterday"),
        ]
        .prop_map(str::to_owned),
        "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The parts of EDTF that events use, read independently of their writer.
fn is_edtf(value: &str) -> bool {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    let date = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        let year = digits(parts[0], 4) || parts[0] == "XXXX";
        let rest = parts[1..].iter().all(|part| digits(part, 2) || *part == "XX");
        year && rest && parts.len() <= 3
    };
    match value.split_once('/') {
        Some((first, last)) => date(first) && (date(last) || last == ".."),
        None => date(value),
    }
}

proptest! {
    #[test]
    fn spans_slice_and_values_are_edtf(text in text(), at in 0..LANGUAGES.len(), anchored in any::<bool>()) {
        let dates = tag(LANGUAGES[at], &article(&text, anchored.then_some("2024-02-29")));
        let letters: Vec<char> = text.chars().collect();
        let mut end_before = 0;
        for mention in &dates.mentions {
            let (start, end) = (mention.start as usize, mention.end as usize);
            prop_assert_eq!(letters[start..end].iter().collect::<String>(), mention.text.as_str());
            prop_assert!(start < end && start >= end_before, "{:?}", dates.mentions);
            end_before = end;
            prop_assert!(is_edtf(mention.value.as_str()), "{}", mention.value);
        }
    }

    #[test]
    fn what_stands_before_moves_the_spans_and_nothing_else(text in text(), at in 0..LANGUAGES.len()) {
        let (prefix, plain) = ("Đ. 🙂\n\n", tag(LANGUAGES[at], &article(&format!("\n\n{text}"), Some("2024-02-29"))));
        let moved = tag(LANGUAGES[at], &article(&format!("{prefix}{text}"), Some("2024-02-29")));
        let key = |dates: &crate::enrich::date::Dates, shift: u32| {
            let keys = dates.mentions.iter().map(|m| (m.start + shift, m.end + shift, m.value.clone()));
            keys.collect::<Vec<_>>()
        };
        let shift = u32::try_from(prefix.chars().count()).expect("a short prefix") - 2;
        // A text that is nothing but a date may be one that the same words within a longer text are not.
        if !plain.mentions.iter().any(|m| m.text.trim() == text.trim()) {
            prop_assert_eq!(key(&plain, shift), key(&moved, 0));
        }
    }

    #[test]
    fn timestamps_never_panic(text in "\\PC{0,24}", digits in "[0-9TZ:+. -]{0,24}") {
        for text in [text, digits] {
            if let Some(stamp) = stamp::parse(&text) {
                let (first, last) = stamp.bounds();
                prop_assert!(first <= last);
            }
        }
    }
}
