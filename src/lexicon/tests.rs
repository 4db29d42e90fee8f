use super::*;

const HEAD: &str = "wikidata:Q1\tplace\tcountry\t0.9\tVN\tgeonames:7\t14.7,107.2\t";

fn check(tag: &str, text: &str, expected: &[(&str, &str)]) {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::embedded);
    let tokens = token::tokens(text);
    let found: Vec<(&str, String)> = LEXICON
        .scan(text, &tokens, tag)
        .iter()
        .filter_map(|hit| {
            let mut readings = LEXICON.readings(hit.name, LEXICON.language(tag)).filter(|r| !r.flags.has(Flags::WEAK));
            let id = readings.next().map(|reading| LEXICON.entry(reading.entity).id)?;
            Some((&text[hit.start as usize..hit.end as usize], id))
        })
        .collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(text, id)| (*text, id.as_str())).collect();
    assert_eq!(found, expected, "{tag}: {text}");
}

const RUSSIA: &str = "wikidata:Q159";
const VIETNAM: &str = "wikidata:Q881";
const USA: &str = "wikidata:Q30";

#[test]
fn names_are_known_before_the_endings_of_their_language() {
    const FIDAN: &str = "wiredesk:hakan-fidan";
    check("az", "Hakan Fidanla və Hakan Fidanov", &[("Hakan Fidanla", FIDAN)]);
    check("uz", "Hakan Fidanning va Hakan Fidanningov", &[("Hakan Fidanning", FIDAN)]);
    check("en", "Hakan Fidanla", &[]);
    check("te", "విజయవాడలో", &[("విజయవాడలో", "geonames:1253184")]);
    check("kn", "ಬೆಂಗಳೂರಿನಲ್ಲಿ", &[("ಬೆಂಗಳೂರಿನಲ್ಲಿ", "geonames:1277333")]);
    check("eu", "Frantziako eta frantziako", &[("Frantziako", "wikidata:Q142")]);
}

#[test]
fn names_stand_between_the_boundaries_of_their_script() {
    check("vi", "Việt Nam và Nga, Ngan", &[("Việt Nam", VIETNAM), ("Nga", RUSSIA)]);
    check("id", "Hubungan Vietnam-AS membaik", &[("Vietnam", VIETNAM), ("AS", USA)]);
    check("fr", "l'Inde et l’Italie", &[("Inde", "wikidata:Q668"), ("Italie", "wikidata:Q38")]);
    check("en", "Vietnam's and Vietnamese", &[("Vietnam", VIETNAM)]);
    check("tr", "Türkiye'nin ve Rusya’da", &[("Türkiye", "wikidata:Q43"), ("Rusya", RUSSIA)]);
    check("ko", "베트남은 러시아와 한국인", &[("베트남", VIETNAM), ("러시아", RUSSIA)]);
    check("zh", "越南和俄罗斯举行会谈", &[("越南", VIETNAM), ("俄罗斯", RUSSIA)]);
    check("ja", "タイトルはベトナム", &[("ベトナム", VIETNAM)]);
    check("th", "ที่เวียดนามและรัสเซีย", &[("เวียดนาม", VIETNAM), ("รัสเซีย", RUSSIA)]);
    check("ar", "في روسيا ولفيتنام وروسيا", &[("روسيا", RUSSIA), ("فيتنام", VIETNAM), ("روسيا", RUSSIA)]);
    check("he", "ברוסיה ובוייטנאם", &[("רוסיה", RUSSIA), ("וייטנאם", VIETNAM)]);
    check("am", "በኢትዮጵያ", &[("ኢትዮጵያ", "wikidata:Q115")]);
    check("hi", "रूस और भारत", &[("रूस", RUSSIA), ("भारत", "wikidata:Q668")]);
}

#[test]
fn the_longest_name_wins() {
    check("vi", "Liên bang Nga", &[("Liên bang Nga", RUSSIA)]);
    check("en", "Guinea-Bissau, not Guinea", &[("Guinea-Bissau", "wikidata:Q1007"), ("Guinea", "wikidata:Q1006")]);
    check("en", "in the U.S. and the US", &[("U.S.", USA), ("US", USA)]);
    check("es", "La Unión Europea y La Unión", &[("Unión Europea", "wikidata:Q458"), ("La Unión", "geonames:2515151")]);
}

#[test]
fn a_name_belongs_to_its_languages() {
    check("vi", "quan hệ của VN", &[("VN", VIETNAM)]);
    check("nl", "de vergadering van de VN", &[("VN", "wikidata:Q1065")]);
    check("fr", "les VN", &[]);
    check("en", "give it to us, as ever", &[]);
    check("en", "the city of Hà Nội", &[("Hà Nội", "wikidata:Q1858")]);
}

#[test]
fn capitals_fold_but_small_letters_do_not() {
    check("en", "VIETNAM AND RUSSIA", &[("VIETNAM", VIETNAM), ("RUSSIA", RUSSIA)]);
    check("vi", "VIỆT NAM", &[("VIỆT NAM", VIETNAM)]);
    check("en", "vietnam", &[]);
}

#[test]
fn addresses_hold_no_names() {
    check("en", "see https://Vietnam.example/Russia and Vietnam@Russia.example", &[]);
}

#[test]
fn rows_of_one_id_are_one_entity() {
    let files = [
        ("a.tsv", &*format!("{HEAD}en=Vietnam;vi=Việt Nam")),
        ("b.tsv", "# more\nwikidata:Q1\tplace\tcase,capital\t0.5\t-\twiredesk:vn\t-\tvi=VN|Việt Nam;*=Vietnam"),
    ];
    let lexicon = Lexicon::parse(&files).expect("the rows are well formed");
    assert_eq!((lexicon.len(), lexicon.names()), (1, 3));
    let entry = lexicon.entry(0);
    assert_eq!((entry.name.as_str(), entry.country.as_deref()), ("Vietnam", Some("VN")));
    assert_eq!(entry.same_as, ["geonames:7", "wiredesk:vn"]);
    assert_eq!(entry.geo.as_ref().and_then(|geo| geo.geonames), Some(7));
    assert!(entry.flags.has(Flags::COUNTRY) && entry.flags.has(Flags::CAPITAL) && !entry.flags.has(Flags::CASE));
    // The later row's flags and prior hold for its names, for `*` in every language.
    for (tag, text) in [("vi", "Việt Nam"), ("en", "Vietnam"), ("sw", "Vietnam")] {
        let hits = lexicon.scan(text, &token::tokens(text), tag);
        let reading = lexicon.readings(hits[0].name, lexicon.language(tag)).next().expect("a reading");
        assert_eq!((reading.prior, reading.flags.has(Flags::CASE)), (0.5, true), "{tag}");
    }
}

#[test]
fn a_fault_names_its_file_and_line() {
    let check = |row: &str, expected: &str| {
        let error = Lexicon::parse(&[("x.tsv", &format!("# head\n\n{row}"))]).expect_err(row);
        assert_eq!(error.to_string(), format!("x.tsv:3: {expected}"));
    };
    check("wikidata:Q1\tplace", "2 columns, not 8");
    check(&format!("{HEAD}Vietnam"), "no language before \"Vietnam\"");
    check(&format!("{HEAD}EN=Vietnam"), "not a language: \"EN\"");
    check(&format!("{HEAD}en=Vietnam|"), "an empty or padded name: \"\"");
    check("Q1\tplace\t-\t0.5\t-\t-\t-\ten=A", "not an id: \"Q1\"");
    check("wikidata:Q1\tcity\t-\t0.5\t-\t-\t-\ten=A", "unknown type \"city\"");
    check("wikidata:Q1\tplace\tcty\t0.5\t-\t-\t-\ten=A", "unknown flag \"cty\"");
    check("wikidata:Q1\tplace\t-\t2\t-\t-\t-\ten=A", "not a number from 0 to 1: \"2\"");
    check("wikidata:Q1\tplace\t-\t1\tvn\t-\t-\ten=A", "not an ISO 3166-1 alpha-2 code: \"vn\"");
    check("wikidata:Q1\tplace\t-\t1\t-\t-\t91,0\ten=A", "not lat,lon in degrees: \"91,0\"");
}

#[test]
fn the_program_carries_what_its_tables_say() {
    use unicode_normalization::is_nfc;
    let tables = concat!(env!("CARGO_MANIFEST_DIR"), "/data/lexicon");
    let folders = [tables.to_owned(), format!("{tables}/curated")];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("the tables"));
    let texts: Vec<String> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .map(|path| std::fs::read_to_string(path).expect("a table"))
        .collect();
    assert!(texts.len() > 6 && texts.iter().all(|text| is_nfc(text)));
    let lexicon = Lexicon::embedded();
    assert!(lexicon.len() > 1000 && lexicon.names() > 50_000);
    assert_eq!(lexicon.fingerprint().len(), 64);
    assert_ne!(lexicon.fingerprint(), Lexicon::parse(&[]).expect("nothing is wrong").fingerprint());
    for (kind, known) in EntityType::ALL.iter().zip(rows::KINDS) {
        assert_eq!(kind.as_str(), known);
    }
}
