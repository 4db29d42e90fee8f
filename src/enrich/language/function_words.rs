//! A vote by function words: articles, prepositions, pronouns, auxiliaries. They are a third of running text in any
//! language that has them, so a few of them tell a short sentence, and none of them speaks against a tag.
//!
//! A word counts for less the more languages share it. Close siblings share most: where they are the contest, the vote
//! is not clear and trigrams and spelling decide.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::words;
use crate::event::Script;

/// Function words of the languages that most news in shared alphabets is in.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("af", "die en van 'n is nie het wat om vir sy haar met hulle ons ek was deur ook sal kan word aan op in te \
         dat as maar hy"),
    ("be", "і ў у на не з што да па як за ад гэта для але яны яго таксама пра было быў была каб з'яўляецца ці \
         пасля ён гэтага"),
    ("bg", "на и в да се за от с е са по че не като при до ще си който което които след но това със към беше има \
         бе обаче още този тази"),
    ("ca", "el la els les de del dels i que en un una per amb no és al als ha es va han més però com aquest \
         aquesta són també o pel"),
    ("cs", "a se na v je že s z do o k i pro ve za by jsem jako podle také ale od po při který která které byl \
         bylo jsou už než před však řekl"),
    ("cy", "yn y yr i a ar o wedi bod ei gan mae oedd ac am gyda fod hefyd eu sydd bydd cael dywedodd ond nid \
         roedd hyn"),
    ("da", "og i at er en et den det til på for med af de som ikke har der var fra om vil han kan også efter men \
         blev mod siger skal"),
    ("de", "der die das und in den von zu mit ist im für auf des nicht sich ein eine dem am als auch es an wird \
         bei aus er hat dass sie nach war sagte vom zum zur wurde einen einer werden über noch haben"),
    ("en", "the of and to in a is that for on was with as by he it at from his an be are has have had not said \
         who which were will this but they their its or been she her after would more no about when than also \
         there"),
    ("es", "de la que el en y a los del se las por un para con no una su al lo como más pero sus este ha o esta \
         entre cuando fue son también dijo desde sobre años hasta ya"),
    ("et", "ja on et ei see oli kui ka ning mis oma seda aga või siis ta selle kes tema nii pärast ütles olid \
         mida veel üle"),
    ("fi", "ja on ei että se oli joka mutta myös hän kun ovat kuin sen tai jo mukaan mukana jonka sekä jotka \
         vain ole nyt olisi hänen vielä sanoo tämä"),
    ("fil", "ang ng sa na mga ay at si ni kay para ito hindi may din rin nang siya niya kung mula nitong ayon \
         upang"),
    ("fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec \
         son été aux ont cette mais ses d'un d'une l'on elle nous leur être entre où après selon lors"),
    ("hr", "i je u na se da su za od s a o će nije kao što koji koja koje iz bi do te kako ali po li bio još \
         nakon prema samo rekao ili biti"),
    ("hu", "a az és hogy nem is egy ez volt meg csak el már még de mint szerint azt ki lesz ha majd után vagy \
         pedig ezt amely között lehet"),
    ("id", "yang dan di dengan untuk dari ini pada itu dalam tidak akan adalah juga ke karena oleh telah \
         tersebut bahwa kata sebagai mereka bisa para saat ada lebih sudah secara kepada dia atau"),
    ("it", "di e che il la in un per una è del non con i da della le si al sono dei alla nel come più ha anche \
         lo gli ma delle su dal stato questo dalla nella suo ai degli tra dopo hanno essere"),
    ("lt", "ir kad į su yra iš buvo tai už bei jo dėl ne apie nuo taip bet ar kaip po jų savo per tik kurie \
         kuris prie sakė"),
    ("lv", "un ir ka par ar no uz to tas bet arī lai kas kā nav pie gan pēc tā vai bija viņš savu ko tika līdz \
         tiek"),
    ("mk", "на и во да се за од со е не дека ќе кои што го по како беше биле меѓу но ги или има кој која врз им"),
    ("ms", "yang dan di dengan untuk dari ini pada itu dalam tidak akan adalah juga ke kerana oleh telah \
         tersebut bahawa kata sebagai mereka boleh para ada lebih sudah secara kepada beliau atau"),
    ("nb", "og i at er en et den det til på for med av de som ikke har der var fra om vil han kan også etter men \
         ble mot sier skal seg å"),
    ("nl", "de het een van en in is dat op te zijn met voor die niet aan er om ook als door bij naar uit maar \
         was wordt werd hij heeft nog over deze zegt tot dan zich worden hun"),
    ("pl", "w i na z się nie do że to jest o jak od po za przez ale są tym co dla czy jego oraz ma był było \
         która który które już także tylko może być ze przed pod podczas"),
    ("pt", "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao foi das ele à pela \
         pelo sua seu são ou também já até nos nas entre disse está segundo"),
    ("ro", "și de în la a cu că pe nu din o un este care pentru au mai fi sau ca prin după fost sunt dar lui \
         acest sa se al cel ale dintre această către"),
    ("ru", "в и на не что с по к он из за от как его для о это у до а но был было все при они же или также после \
         который которые является сообщил этого том"),
    ("sk", "a sa na v je že s z do o k aj pre vo za by som ako podľa ale od po pri ktorý ktorá ktoré bol bolo sú \
         už než pred však povedal tiež"),
    ("sl", "in je v na se da so za ki po z od ne bi pa o s tudi kot ob do iz bo še že pri ali bil bilo med \
         zaradi bodo lahko"),
    ("sq", "të në dhe për është që një nga më janë së i e me u ka se por kanë këtë duke ishte pas"),
    ("sr", "и је у на се да су за од са а о ће није као што који која које из би до те како али по ли био још \
         након према само рекао или бити"),
    ("sv", "och i att det som en på är av för med den till har inte om ett han var från men vi så de kan efter \
         vid också ska sin blev enligt säger eller när"),
    ("sw", "ya wa kwa na katika ni za la kuwa cha vya hiyo huyo baada pia lakini kama yake wake ambao ambayo hii"),
    ("tr", "ve bir bu da de için ile olarak çok daha olan gibi en ise sonra kadar var ne ama olduğu değil her o \
         göre ki tarafından dedi"),
    ("uk", "в і на не що з по до він із за від як його для про це у та а але був було при вони й або також після \
         який які є цього під щодо"),
    ("vi", "và của là có không được cho các một trong những với người này đã đến ở khi từ ra tại vào theo để về \
         như"),
];

/// The languages of [`WORDS`] that are written in Cyrillic; the others are in Latin.
const CYRILLIC: &[&str] = &["be", "bg", "mk", "ru", "sr", "uk"];

/// Of a hundred words, how many must be of the winner. Running text has twenty-five to fifty of these.
const WINNER_PERCENT_MIN: usize = 20;

/// The least score of a winner: one word that is its own counts 1, a word that three share a third.
const WINNER_SCORE_MIN: f64 = 1.0;

/// How many times the score of the next language the winner must have.
const LEAD: f64 = 1.8;

/// Of a hundred words, how many must support a tag that is to be relied upon.
const SUPPORT_PERCENT_MIN: usize = 12;

/// What the function words of a text say.
#[derive(Debug)]
pub(super) struct Vote {
    /// By language, in the order of [`WORDS`]: the score, how many words, and how many of them differ.
    tally: Vec<(f64, usize, usize)>,
    total: usize,
}

impl Vote {
    /// Counts the words of a text in lower case.
    pub(super) fn count(lower: &str) -> Self {
        static LANGUAGES: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
            let mut languages: HashMap<&str, Vec<usize>> = HashMap::new();
            for (index, (_, words)) in WORDS.iter().enumerate() {
                for word in words.split(' ') {
                    languages.entry(word).or_default().push(index);
                }
            }
            languages
        });
        let mut tally = vec![(0.0, 0, 0); WORDS.len()];
        let (mut total, mut seen) = (0, Vec::new());
        for word in words(lower) {
            total += 1;
            let Some(of) = LANGUAGES.get(word) else { continue };
            let new = !seen.contains(&word);
            if new {
                seen.push(word);
            }
            for index in of {
                let (score, count, different) = &mut tally[*index];
                *score += 1.0 / of.len() as f64;
                *count += 1;
                *different += usize::from(new);
            }
        }
        Self { tally, total }
    }

    /// The language that clearly wins in a script, and the share of its lead over the next.
    pub(super) fn winner(&self, script: Script) -> Option<(&'static str, f64)> {
        let cyrillic = match script {
            Script::Latn => false,
            Script::Cyrl => true,
            _ => return None,
        };
        let (mut best, mut next) = ((0.0, 0), 0.0);
        for (index, (score, ..)) in self.tally.iter().enumerate() {
            if CYRILLIC.contains(&WORDS[index].0) != cyrillic {
                continue;
            }
            if *score > best.0 {
                next = best.0;
                best = (*score, index);
            } else if *score > next {
                next = *score;
            }
        }
        let (score, count, different) = self.tally[best.1];
        let clear = score >= WINNER_SCORE_MIN && score >= next * LEAD;
        let enough = count * 100 >= self.total * WINNER_PERCENT_MIN && different >= 2;
        (clear && enough).then(|| (WORDS[best.1].0, 1.0 - next / score))
    }

    /// Whether the text has the function words of `tag` as running text in it has them; `None` if they are not known.
    pub(super) fn supports(&self, tag: &str) -> Option<bool> {
        let index = WORDS.iter().position(|(known, _)| *known == tag)?;
        let (_, count, different) = self.tally[index];
        Some(different >= 2 && count * 100 >= self.total * SUPPORT_PERCENT_MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, script: Script, expected: Option<&str>) {
        let winner = Vote::count(&text.to_lowercase()).winner(script).map(|(tag, _)| tag);
        assert_eq!(winner, expected, "{text}");
    }

    #[test]
    fn a_few_function_words_tell_a_sentence() {
        check("Die Wahl findet im Mai statt, sagte der Kanzler am Freitag in Berlin.", Script::Latn, Some("de"));
        check("Jordan and Egypt signed a treaty on the use of the river", Script::Latn, Some("en"));
        check("A short body that names no day.", Script::Latn, Some("en"));
        check("Jordan Egypt treaty", Script::Latn, None);
        check("da da da da", Script::Latn, None);
        check("", Script::Latn, None);
    }

    #[test]
    fn support_needs_words_that_differ() {
        let vote = Vote::count("the president of the republic said that he was ill");
        assert_eq!((vote.supports("en"), vote.supports("fi"), vote.supports("zu")), (Some(true), Some(false), None));
    }
}
