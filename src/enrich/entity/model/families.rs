//! Languages that are near to one another.

/// Languages that write and name much alike.
const FAMILIES: &[&str] = &[
    "de nl sv da nb nn en is fo af fy lb no",
    "fr es it pt ro ca gl oc ast eu",
    "pl cs sk sl hr bs",
    "ru uk be bg mk sr",
    "lt lv",
    "et fi hu",
    "tr az uz tk tt",
    "kk ky mn",
    "hi ne mr sa",
    "bn as or",
    "ta te kn ml si",
    "ar fa ur ps ckb ug",
    "he yi",
    "vi",
    "id ms fil tl sw jv",
    "el",
    "hy",
    "ka",
    "am ti",
    "zh ja yue",
    "ko",
    "th lo km my",
];

/// The number of a language's family.
pub(super) fn family(tag: &str) -> u32 {
    FAMILIES.iter().position(|tags| tags.split(' ').any(|own| own == tag)).map_or(99, |place| place as u32)
}
