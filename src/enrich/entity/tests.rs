mod properties;
mod seeds;

use std::sync::LazyLock;

use super::*;
use crate::event::{EntityType, LanguageBasis, LanguageTag, Score, Script};

/// Lexicon and rules alone: what the model adds changes with each training.
static TAGGER: LazyLock<Tagger> = LazyLock::new(|| {
    let silent: &'static [u8] = Box::leak(model::silent_file().into_boxed_slice());
    Tagger::with_model(Arc::new(Lexicon::embedded()), silent)
});

/// With the model that the program carries.
static WHOLE: LazyLock<Tagger> = LazyLock::new(|| Tagger::new(Arc::new(Lexicon::embedded())));

fn language(tag: &str) -> Language {
    Language {
        tag: LanguageTag::parse(tag).unwrap_or_else(LanguageTag::undetermined),
        script: Some(Script::Latn),
        confidence: Score::new(1.0),
        reliable: true,
        basis: LanguageBasis::Text,
        alternatives: Vec::new(),
        segments: Vec::new(),
    }
}

fn tag(tag: &str, title: Option<&str>, body: &str) -> Vec<Entity> {
    TAGGER.tag(Fields { title, body }, &language(tag))
}

fn tag_whole(tag: &str, title: Option<&str>, body: &str) -> Vec<Entity> {
    WHOLE.tag(Fields { title, body }, &language(tag))
}

/// Each mention of a text, in order, as `type text`; with its id where one is known.
fn check(language: &str, body: &str, expected: &[&str]) {
    let entities = tag(language, None, body);
    let mentions =
        entities.iter().flat_map(|entity| entity.mentions.iter().map(move |mention| (mention.start, entity, mention)));
    let mut mentions: Vec<_> = mentions.collect();
    mentions.sort_by_key(|(start, ..)| *start);
    let shown = |entity: &Entity, text: &str| match &entity.id {
        Some(id) => format!("{} {text} = {id}", entity.r#type.as_str()),
        None => format!("{} {text}", entity.r#type.as_str()),
    };
    let found: Vec<String> = mentions.iter().map(|(_, entity, mention)| shown(entity, &mention.text)).collect();
    assert_eq!(found, expected, "{language}: {body}");
}

#[test]
fn persons_after_titles() {
    check(
        "vi",
        "Chiều qua, Phó Thủ tướng Lê Văn Thành đã gặp bà Maria Silva.",
        &["person Lê Văn Thành", "person Maria Silva"],
    );
    check("vi", "Bộ trưởng Công an Đào Quốc Tuấn phát biểu.", &["person Đào Quốc Tuấn"]);
    check("vi", "ngài Thứ trưởng nói", &[]);
    check("vi", "Chủ tịch UBND Trần Sơn Hải yêu cầu làm rõ.", &["person Trần Sơn Hải"]);
    check(
        "fr",
        "Selon M. Jean-Luc Vernier, la ministre de la Culture Odile Marchand a démissionné.",
        &["person Jean-Luc Vernier", "person Odile Marchand"],
    );
    check("fr", "M. de Vernier et Mme Odile de la Tour", &["person de Vernier", "person Odile de la Tour"]);
    check("fr", "le président américain Thomas O’Neil a parlé", &["person Thomas O’Neil"]);
    check("id", "Menteri Luar Negeri Ratna Dewi bertemu Tn. Paul Weber.", &["person Ratna Dewi", "person Paul Weber"]);
    check(
        "en",
        "Foreign Minister Ana Silva met Mr. J.K. Bowen and Prince Salman bin Fahd.",
        &["person Ana Silva", "person J.K. Bowen", "person Salman bin Fahd"],
    );
    check("en", "Ana Silva, president of the bank, left.", &["person Ana Silva"]);
    check("en", "President Ana Silva's plan", &["person Ana Silva"]);
}

#[test]
fn titles_of_more_languages() {
    check(
        "es",
        "La ministra de Sanidad Ana Ríos y el presidente francés Luc Marchand.",
        &["person Ana Ríos", "person Luc Marchand"],
    );
    check("pt", "O primeiro-ministro Rui Sá e a ministra da Saúde Inês Prado", &["person Rui Sá", "person Inês Prado"]);
    check("de", "Gestern kam Doktor Müller an.", &["person Müller"]);
    check("de", "Außenministerin Petra Lang traf Herrn von Ahn.", &["person Petra Lang", "person von Ahn"]);
    check(
        "it",
        "il ministro dell'Interno Ugo Riva, poi la sindaca Sara Neri",
        &["person Ugo Riva", "person Sara Neri"],
    );
    check(
        "ru",
        "Президент России Олег Сорин и министр обороны Пётр И. Лунин",
        &["place России = wikidata:Q159", "person Олег Сорин", "person Пётр И. Лунин"],
    );
    check("nl", "minister Jan van der Berg en premier Els Smit", &["person Jan van der Berg", "person Els Smit"]);
    check("es", "el ministro de Obras y Caminos Juan Sosa", &[]);
    check("pl", "minister zdrowia Anna Lis", &["person Anna Lis"]);
    check("pl", "minister Anna Lis i prezydent Jan Wilk", &["person Anna Lis", "person Jan Wilk"]);
    check("tr", "Sağlık Bakanı Ayşe Kaya konuştu.", &["person Ayşe Kaya"]);
}

#[test]
fn bodies_of_more_languages() {
    check("es", "el Ministerio de Asuntos Exteriores", &["organisation Ministerio de Asuntos Exteriores"]);
    check("pt", "o Ministério da Saúde", &["organisation Ministério da Saúde"]);
    check(
        "de",
        "das Auswärtige Amt und das Innenministerium",
        &["organisation Auswärtige Amt", "organisation Innenministerium"],
    );
    check("it", "il Ministero della Difesa", &["organisation Ministero della Difesa"]);
    check("nl", "het ministerie van Buitenlandse Zaken", &["organisation ministerie van Buitenlandse Zaken"]);
    check("pl", "Ministerstwo Spraw Zagranicznych", &["organisation Ministerstwo Spraw Zagranicznych"]);
    check("tr", "Dışişleri Bakanlığı açıkladı", &["organisation Dışişleri Bakanlığı"]);
    check("ru", "Минобороны сообщило", &["organisation Минобороны"]);
}

#[test]
fn a_country_stands_between_an_office_and_a_name() {
    check(
        "vi",
        "Đại sứ Mỹ tại Việt Nam Paul Weber",
        &["place Mỹ = wikidata:Q30", "place Việt Nam = wikidata:Q881", "person Paul Weber"],
    );
    check("id", "Presiden Prancis Luc Marchand tiba.", &["place Prancis = wikidata:Q142", "person Luc Marchand"]);
    check(
        "en",
        "Minister of Health of Kenya Ruth Otieno spoke.",
        &["place Kenya = wikidata:Q114", "person Ruth Otieno"],
    );
    check("vi", "Bộ trưởng Nga đã đến.", &["place Nga = wikidata:Q159"]);
}

#[test]
fn a_person_comes_before_a_place() {
    check("vi", "Theo bà Nga, ông Mỹ đã về.", &["person Nga", "person Mỹ"]);
    check("vi", "Chị gặp Nguyễn Thị Nga ở Nga.", &["person Nguyễn Thị Nga", "place Nga = wikidata:Q159"]);
    check("en", "Ms. Paris Hilton flew to Paris.", &["person Paris Hilton", "place Paris = geonames:2988507"]);
    check("en", "They saw Paris Hilton.", &[]);
}

#[test]
fn initials_and_short_forms_join_the_full_name() {
    let entities = tag("vi", None, "Thứ trưởng Volin A.K. đã đến. Theo ông Volin, mọi việc tốt đẹp.");
    assert_eq!((entities.len(), entities[0].count, entities[0].name.as_str()), (1, 2, "Volin A.K."));
    let entities = tag("en", Some("Weber resigns"), "Mayor Paul Weber left. Weber had waited. So had Paul Weber.");
    assert_eq!((entities.len(), entities[0].count, entities[0].name.as_str()), (1, 4, "Paul Weber"));
    assert_eq!(entities[0].mentions[0].r#in, Field::Title);
    // Two of the name: the bare name is neither's.
    let entities = tag("en", None, "Mayor Paul Weber and Judge Anna Weber met. Later Weber left.");
    assert_eq!(entities.iter().map(|entity| entity.count).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn bodies_and_how_far_their_names_run() {
    check(
        "vi",
        "Bộ Thông tin và Truyền thông, Bộ TT&TT và Bộ Y tế công bố.",
        &["organisation Bộ Thông tin và Truyền thông", "organisation Bộ TT&TT", "organisation Bộ Y tế"],
    );
    check(
        "vi",
        "Bộ Lao động, Thương binh và Xã hội họp với hai bộ.",
        &["organisation Bộ Lao động, Thương binh và Xã hội"],
    );
    check(
        "id",
        "Kementerian Perencanaan dan Investasi Vietnam",
        &["organisation Kementerian Perencanaan dan Investasi", "place Vietnam = wikidata:Q881"],
    );
    check(
        "fr",
        "le ministère de l’Éducation nationale et des Sports a publié",
        &["organisation ministère de l’Éducation nationale et des Sports"],
    );
    check(
        "en",
        "the Ministry of Foreign Affairs and the Health Ministry said",
        &["organisation Ministry of Foreign Affairs", "organisation Health Ministry"],
    );
    check("vi", "Đại sứ quán Nga tại Hà Nội", &["organisation Đại sứ quán Nga", "place Hà Nội = wikidata:Q1858"]);
    check("fr", "l'ambassade des États-Unis", &["organisation ambassade des États-Unis"]);
}

#[test]
fn a_body_has_a_country_only_where_the_text_says_so() {
    let countries = |language: &str, body: &str| {
        let entities = tag(language, None, body);
        let bodies = entities.iter().filter(|entity| entity.r#type == EntityType::Organisation);
        bodies.map(|entity| (entity.country.clone(), entity.count)).collect::<Vec<_>>()
    };
    let vn = || Some("VN".to_owned());
    assert_eq!(countries("vi", "Bộ Công an họp."), [(None, 1)]);
    assert_eq!(countries("vi", "Bộ Công an Việt Nam họp. Bộ Công an cho biết."), [(vn(), 2)]);
    assert_eq!(countries("en", "Vietnam's Ministry of Health"), [(vn(), 1)]);
    assert_eq!(countries("fr", "le ministère de la Santé du Vietnam"), [(vn(), 1)]);
    let two = countries("vi", "Bộ Công an Việt Nam và Bộ Công an Lào. Bộ Công an họp.");
    assert_eq!(two.len(), 3, "{two:?}");
}

#[test]
fn places_by_the_word_for_their_type() {
    check("vi", "tại huyện Ea Drăng (tỉnh Lâm Hà)", &["place Ea Drăng", "place Lâm Hà"]);
    check("vi", "phố Nguyễn Du Hoàng", &["place Nguyễn Du"]);
    check("id", "warga Kabupaten Sumenep dan Bupati Sumenep", &["place Kabupaten Sumenep"]);
}

#[test]
fn languages_gate_names() {
    check("vi", "Quan hệ với VN tốt.", &["place VN = wikidata:Q881"]);
    check("nl", "De VN vergadert.", &["organisation VN = wikidata:Q1065"]);
    check("und", "Gabon", &["place Gabon = wikidata:Q1000"]);
}

#[test]
fn weak_names_need_evidence() {
    check("fr", "Meta est un mot grec.", &[]);
    check("fr", "Le groupe Meta recrute.", &["organisation Meta = wikidata:Q380"]);
    check(
        "en",
        "He said Meta and, again, Meta.",
        &["organisation Meta = wikidata:Q380", "organisation Meta = wikidata:Q380"],
    );
    check("en", "He said Meta, again Meta, that is meta.", &[]);
}

#[test]
fn everyday_words_are_no_cities() {
    check("ko", "지난 주에 지난 일", &[]);
    check("zh", "自由的人有自由。", &[]);
    check("fa", "مقام بالای دولت", &[]);
    check("th", "เขาปรากฏตัวที่ปราก", &["place ปราก = geonames:3067696"]);
    check("ja", "ドイツ語とトルコ。", &["place トルコ = wikidata:Q43"]);
    check("pl", "Powiedział Kuba o tym.", &[]);
}

#[test]
fn offices_and_titles_that_name_nobody() {
    check("pt", "o presidente da Câmara e o diretor da Multiplan", &[]);
    check("fr", "le président du Conseil, l'évêque de Pasto", &[]);
    check("fr", "Hier M. de la Cruz parlait.", &["person de la Cruz"]);
    check("vi", "bay sang Anh Quốc", &["place Anh Quốc = wikidata:Q145"]);
    check("en", "a Dr Pepper for Miss Universe in Queen Elizabeth Hospital", &[]);
    check("en", "the Minister Without Portfolio", &[]);
    check("id", "Keputusan Menteri Nomor 12", &[]);
    check(
        "id",
        "kata Gubernur Jawa Barat Ridwan Kamil",
        &["place Jawa Barat = iso3166-2:ID-JB", "person Ridwan Kamil"],
    );
}

#[test]
fn a_place_inside_a_longer_name_is_not_the_place() {
    check("en", "the Niger Delta, Western Australia and Jordan Peterson", &[]);
    check("en", "at George Washington University", &[]);
    check("sr", "Rekao je Milan Antonijević.", &[]);
    check("vi", "học Mỹ Thuật ở Mỹ Đình", &[]);
    check("vi", "nước Mỹ và tiếng Pháp", &["place Mỹ = wikidata:Q30", "place Pháp = wikidata:Q142"]);
}

#[test]
fn a_model_ends_before_the_next_name() {
    check("en", "Quest 3S U.S.", &["object Quest 3S = wiredesk:meta-quest", "place U.S. = wikidata:Q30"]);
}

#[test]
fn a_state_behind_a_city_tells_which_it_is() {
    check("en", "in Birmingham, Alabama", &["place Birmingham"]);
    check("en", "in Chicago, Illinois", &["place Chicago = wikidata:Q1297"]);
    let entities = tag("es", None, "Está en Granada.");
    assert_eq!(entities[0].candidates, ["wiredesk:granada-spain", "wikidata:Q769"]);
    let entities = tag("es", None, "Está en Granada, en España.");
    assert!(entities.iter().any(|entity| entity.id.as_deref() == Some("wiredesk:granada-spain")));
}

#[test]
fn names_of_persons_are_bounded() {
    let letters = |n: u32| char::from_u32(u32::from('a') + n).expect("a letter");
    let name = |n: u32| format!("Mr. X{}{}{} said. ", letters(n / 676), letters(n / 26 % 26), letters(n % 26));
    assert_eq!(tag("en", None, &(0..3_000).map(name).collect::<String>()).len(), 1_000);
}

#[test]
fn homographs_need_a_reason() {
    let rows = "wiredesk:a\tplace\tcity\t0.6\tGB\t-\t-\ten=Tilling
wiredesk:b\tplace\tcity\t0.65\tCA\t-\t-\ten=Tilling
wiredesk:c\tplace\tcountry\t0.9\tCA\t-\t-\ten=Canada
wiredesk:d\tplace\tcity\t0.85\tFR\t-\t-\ten=Mallard
wiredesk:e\tplace\tcity\t0.6\tUS\t-\t-\ten=Mallard
wiredesk:f\tplace\tcountry\t0.7\tLU\t-\t-\ten=Hearth
wiredesk:g\tplace\tcapital,city\t0.69\tLU\t-\t-\ten=Hearth";
    let tagger = Tagger::new(Arc::new(Lexicon::parse(&[("rows", rows)]).expect("the rows are well formed")));
    let ids = |body: &str| {
        let entities = tagger.tag(Fields { title: None, body }, &language("en"));
        entities.into_iter().map(|entity| (entity.id, entity.candidates)).collect::<Vec<_>>()
    };
    let one = |id: &str| (Some(id.to_owned()), Vec::new());
    let either = |ids: [&str; 2]| (None, ids.map(str::to_owned).to_vec());
    // Nothing speaks for either; then a country does; then how well one is known; then a country's own name.
    assert_eq!(ids("They sailed to Tilling."), [either(["wiredesk:b", "wiredesk:a"])]);
    assert_eq!(ids("They sailed to Tilling in Canada."), [one("wiredesk:b"), one("wiredesk:c")]);
    assert_eq!(ids("They sailed to Mallard."), [one("wiredesk:d")]);
    assert_eq!(ids("They sailed to Hearth."), [one("wiredesk:f")]);
}

#[test]
fn places_carry_their_position_and_numbers() {
    let entities = tag("vi", None, "Hà Nội");
    let geo = entities[0].geo.as_ref().expect("a position");
    assert_eq!(geo.geonames, Some(1_581_130));
    assert!((geo.lat - 21.0).abs() < 0.5 && (geo.lon - 105.8).abs() < 0.5);
    assert_eq!(entities[0].same_as, ["geonames:1581130"]);
}

#[test]
fn the_title_and_frequency_make_salience() {
    let entities = tag("en", Some("Kenya votes"), "Togo watched. Ghana, Ghana, Ghana. In Kenya all was calm.");
    let names: Vec<&str> = entities.iter().map(|entity| entity.name.as_str()).collect();
    assert_eq!(names, ["Kenya", "Ghana", "Togo"]);
}

#[test]
fn the_rules_have_a_fingerprint() {
    assert_eq!(rules_fingerprint().len(), 64);
}
