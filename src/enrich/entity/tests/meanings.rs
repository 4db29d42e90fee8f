//! Which names of the lexicon are meant, and places.

use super::*;

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
