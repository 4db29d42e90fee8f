//! The sample articles of `data/samples`, carried in the program for `dev` and `bench`.

/// One sample: its file's name and its bytes.
pub(super) type Sample = (&'static str, &'static [u8]);

macro_rules! samples {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../data/samples/", $name)))),*]
    };
}

/// The articles, in the order in which they are replayed.
pub(super) const ARTICLES: &[Sample] = samples![
    "01-en-trade-talks.json",
    "02-vi-thu-vien-vung-cao.txt",
    "03-fr-liaison-maritime.txt",
    "04-id-bakau-demak.txt",
    "05-es-crecida-rio-uruguay.json",
    "06-de-nachtzug-wien-riga.txt",
    "07-pt-vacinas-ilhas.json",
    "08-ru-koridor-saygakov.txt",
    "09-ar-tahliyat-sur.json",
    "10-zh-liudong-shuwu.txt",
    "11-ja-mizukagami.json",
    "12-th-khan-nam-yom.txt",
    "13-uk-pisni-bukovyny.json",
    "14-tr-gokbilim-treni.txt",
    "15-hi-kosi-chetavani.json",
    "16-sw-kamusi-ya-sayansi.txt",
    "17-en-frangipani-cup-final.txt",
    "18-fr-vanuatu-langues.json",
    "19-es-crecida-rio-uruguay-revision.json",
    "20-vi-tau-dien-da-nang.json",
    "21-ko-gobi-bangpungnim.json",
    "22-en-bilingual-ice-school.txt",
];

/// Records that become dead letters, so that those can be seen too.
pub(super) const BAD: &[Sample] = samples!["bad-empty.txt", "bad-json.json"];

/// URLs of samples that are taken back at the end, a line each.
pub(super) const RETRACTIONS: &str = include_str!("../../data/samples/retractions.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_file_is_carried() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
        let files = std::fs::read_dir(folder).expect("the samples are there").filter_map(Result::ok);
        let mut found: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        found.retain(|name| name != "README.md" && name != "retractions.txt");
        found.sort();
        let carried: Vec<&str> = ARTICLES.iter().chain(BAD).map(|(name, _)| *name).collect();
        assert_eq!(found, carried);
    }
}
