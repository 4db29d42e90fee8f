//! Languages that are told without the model: by their script, or by letters that no other language has.

use super::script::Dominant;
use crate::event::Script;

/// Scripts that practically one language is written in, on the web of news.
const UNIQUE: &[(Script, &str)] = &[
    (Script::Armn, "hy"),
    (Script::Geor, "ka"),
    (Script::Grek, "el"),
    (Script::Gujr, "gu"),
    (Script::Guru, "pa"),
    (Script::Hani, "zh"),
    (Script::Jpan, "ja"),
    (Script::Khmr, "km"),
    (Script::Knda, "kn"),
    (Script::Kore, "ko"),
    (Script::Laoo, "lo"),
    (Script::Mlym, "ml"),
    (Script::Mymr, "my"),
    (Script::Orya, "or"),
    (Script::Sinh, "si"),
    (Script::Taml, "ta"),
    (Script::Telu, "te"),
    (Script::Thaa, "dv"),
    (Script::Thai, "th"),
    (Script::Tibt, "bo"),
];

/// Languages of which the model has seen little or nothing, and the letters that only they have among those that share
/// their script, after the exemplar characters of the Unicode CLDR.
const LETTERS: &[(Script, &str, &str)] = &[
    (Script::Cyrl, "tg", "ӣӯ"),
    (Script::Cyrl, "ba", "ҙҡ"),
    (Script::Arab, "sd", "ڄڃٻڀٺڏڊڦ"),
    (Script::Arab, "ps", "ټډړښږڅۍ"),
];

/// How many of a thousand letters must be of [`LETTERS`]: half of what ordinary text has, or less, but more than
/// foreign names bring into an article.
const PER_MILLE_MIN: usize = 8;

/// The language of a script that one language has.
pub(super) fn by_script(script: Script) -> Option<&'static str> {
    UNIQUE.iter().find(|(own, _)| *own == script).map(|(_, tag)| *tag)
}

/// The language that has letters of its own in these pieces of a text.
pub(super) fn by_letters(windows: &[String], dominant: Dominant) -> Option<&'static str> {
    let mut of_script = LETTERS.iter().filter(|(script, ..)| *script == dominant.script);
    let found = of_script.find(|(.., letters)| {
        let count = windows.iter().flat_map(|window| window.chars()).filter(|c| letters.contains(*c)).count();
        count > 0 && count * 1000 >= dominant.letters * PER_MILLE_MIN
    });
    found.map(|(_, tag, _)| *tag)
}

/// Whether a language is written in a script; `None` if it is not of the tables here.
pub(super) fn writes(tag: &str, script: Script) -> Option<bool> {
    let unique = UNIQUE.iter().map(|(own, known)| (*own, *known));
    let mut known = unique.chain(LETTERS.iter().map(|(own, known, _)| (*own, *known)));
    known.find(|(_, known)| *known == tag).map(|(own, _)| own == script)
}

/// Every tag of the tables here.
#[cfg(test)]
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    UNIQUE.iter().map(|(_, tag)| *tag).chain(LETTERS.iter().map(|(_, tag, _)| *tag))
}
