//! Common words: they tell languages that trigrams do not know, and close siblings apart.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::event::Script;

/// The commonest words of Latin languages that whatlang does not know, but for those that its languages share.
const COMMON: &[(&str, &str)] = &[
    ("eu", "eta da ez du dira zen baina ere izan dute egin dio zuen ditu hori dela"),
    ("ga", "agus bhí tá sé sí ag go bhfuil mar leis atá nach chun gach raibh"),
    ("ht", "nan pou yo ak nou pa sou gen yon kap moun sa a"),
    ("ku", "û jî ji ew bû dike li di bi ku wî xwe kir"),
    ("mg", "ny sy dia amin'ny fa izay tamin'ny ao ireo ho izany tsy"),
    ("so", "iyo oo ku waxaa waa uu ay ayaa lagu ee soo ka aan in"),
    ("sq", "të në dhe për është që një nga më janë së i e"),
    (
        "sw",
        "ya wa kwa katika cha vya hii huo kuwa hiyo kama baada ambayo ambao pia lakini wake zake hayo mwaka za ni na",
    ),
    ("yo", "ní àti tí láti náà sí ń àwọn ó kan jẹ́ fún"),
];

/// Of a hundred words, how many must be common ones. Running text has twenty to forty, other languages a few.
const COMMON_PERCENT_MIN: usize = 15;

/// How many different ones: one word repeated is a refrain.
const COMMON_DIFFERENT_MIN: usize = 3;

/// Two languages that trigrams take for one another, and the words that each spells its own way.
const PAIRS: &[(&str, &str, &str, &str)] = &[
    (
        "id",
        "bahwa karena polisi adalah yaitu sedangkan bisa mengatakan uang kota baru senin minggu perusahaan rumah sakit",
        "ms",
        "bahawa kerana polis ialah iaitu manakala mahu berkata wang bandar baharu isnin ahad syarikat hospital semalam",
    ),
    (
        "nb",
        "av hva ble etter mellom seg noe nå mye opp ut selv hverandre uke språk gjøre",
        "da",
        "af hvad blev efter mellem sig noget nu meget op ud selv hinanden uge sprog gøre",
    ),
    (
        "nb",
        "ikke jeg en et hun fra ble de hvordan noen mye hvor være kommer",
        "nn",
        "ikkje eg ein eit ho frå vart dei korleis nokon mykje kvar vere kjem noko",
    ),
    (
        "hr",
        "poslije prije gdje vrijeme mjesto riječ dio uvijek dvije svijet ovdje tjedan tjedna što tko uvjet nije vijeće \
         predsjednik europski europske tisuća općina također mjesec mjeseca izvješće sjednica priopćio liječnik siječnja \
         veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
        "sr",
        "posle pre gde vreme mesto reč deo uvek dve svet ovde nedelja nedelje šta ko uslov veće sveta vremena \
         predsednik evropski evropske hiljada opština takođe mesec meseca izveštaj sednica saopštio lekar januara \
         februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
    ),
    (
        "pt",
        "uma numa com pelo pela mais também já não são das muito duma sem",
        "gl",
        "unha nunha con polo pola máis tamén xa non son moito dunha sen ás",
    ),
    (
        "es",
        "una con por más también ya no los las el en y del muy",
        "gl",
        "unha polo máis tamén xa non os as o na e do moi pola",
    ),
];

/// The language that a text's common words show, of those that whatlang does not know.
pub(super) fn by_common_words(lower: &str, script: Script) -> Option<&'static str> {
    static KNOWN: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, (_, words)) in COMMON.iter().enumerate() {
            for word in words.split(' ') {
                known.entry(word).or_default().push(index);
            }
        }
        known
    });
    if script != Script::Latn {
        return None;
    }
    let mut total = 0;
    let mut found: [Vec<&str>; COMMON.len()] = Default::default();
    for word in words(lower) {
        total += 1;
        for index in KNOWN.get(word).into_iter().flatten() {
            found[*index].push(word);
        }
    }
    let best = (0..COMMON.len()).rev().max_by_key(|index| found[*index].len())?;
    let enough = found[best].len() * 100 >= total * COMMON_PERCENT_MIN;
    found[best].sort_unstable();
    let count = found[best].len();
    found[best].dedup();
    let varied = found[best].len() >= COMMON_DIFFERENT_MIN;
    (count > 0 && enough && varied).then(|| COMMON[best].0)
}

/// What the spelling says of a language and its close siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sibling {
    /// It has none here.
    Apart,
    /// No word of the text tells them apart.
    Undecided,
    /// This one it is: the language itself or a sibling.
    Told(&'static str),
}

/// Which of `tag` and its siblings has the spelling of the text.
pub(super) fn sibling(lower: &str, tag: &str) -> Sibling {
    let mut verdict = Sibling::Apart;
    for (one, of_one, other, of_other) in PAIRS.iter().filter(|(one, _, other, _)| tag == *one || tag == *other) {
        let count = |list: &str| words(lower).filter(|word| list.split(' ').any(|known| known == *word)).count();
        let (own, others) = (count(of_one), count(of_other));
        match (own.cmp(&others), verdict) {
            (Ordering::Equal, Sibling::Apart) => verdict = Sibling::Undecided,
            (Ordering::Equal, Sibling::Undecided | Sibling::Told(_)) => {}
            (order, _) => {
                let winner = if order == Ordering::Greater { *one } else { *other };
                verdict = Sibling::Told(winner);
                if winner != tag {
                    return verdict;
                }
            }
        }
    }
    verdict
}

/// Whether the tables here can give this answer.
pub(super) fn names(tag: &str) -> bool {
    COMMON.iter().any(|(known, _)| *known == tag) || PAIRS.iter().any(|(.., other, _)| *other == tag)
}

pub(super) fn words(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '\u{301}')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_tell_a_language() {
        let swahili =
            "serikali ya nchi imesema kwa mujibu wa taarifa kuwa daraja hilo ni muhimu kwa wananchi wa mji huo";
        assert_eq!(by_common_words(swahili, Script::Latn), Some("sw"));
        assert_eq!(by_common_words("the government approved three bridges over the river", Script::Latn), None);
        assert_eq!(by_common_words("na na na na na na", Script::Latn), None);
        assert_eq!(by_common_words("", Script::Latn), None);
    }

    #[test]
    fn spelling_tells_siblings_apart() {
        assert_eq!(sibling("polis berkata bahawa jalan itu ditutup", "id"), Sibling::Told("ms"));
        assert_eq!(sibling("polisi mengatakan bahwa jalan itu ditutup", "id"), Sibling::Told("id"));
        assert_eq!(sibling("ho kjem ikkje frå byen", "nb"), Sibling::Told("nn"));
        assert_eq!(sibling("jalan itu", "id"), Sibling::Undecided);
        assert_eq!(sibling("polisi", "fr"), Sibling::Apart);
    }
}
