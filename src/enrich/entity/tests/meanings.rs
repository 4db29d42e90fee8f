//! Which names of the lexicon are meant, and places.

use super::*;
use crate::lexicon::Flags;

#[test]
fn places_by_the_word_for_their_type() {
    check(
        "vi",
        "tại huyện Ea Drăng (tỉnh Lâm Hà)",
        &["place Ea Drăng = geonames:8724987", "place Lâm Hà = geonames:1905208"],
    );
    check("vi", "phố Nguyễn Du Hoàng", &["place Nguyễn Du"]);
    check(
        "id",
        "warga Kabupaten Sumenep dan Bupati Sumenep",
        &["place Kabupaten Sumenep = geonames:8541464", "place Sumenep = geonames:1626099"],
    );
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
    check("th", "เขาปรากฏตัวที่ปราก", &["place ปราก = iso3166-2:CZ-10"]);
    check("ja", "ドイツ語とトルコ。", &["place トルコ = wikidata:Q43"]);
    check("pl", "Powiedział Kuba o tym.", &[]);
}

#[test]
fn words_beside_a_name_tell_its_meaning() {
    check("en", "smoke drifted into Washington state", &["place Washington = wikidata:Q1223"]);
    check("en", "smoke drifted into Washington", &["place Washington = wikidata:Q61"]);
    check("it", "in gara la Roma batte la Juventus", &["place Roma", "organisation Juventus = wiredesk:juventus"]);
    check("it", "è partito da Roma", &["place Roma = geonames:3169070"]);
    check("vi", "Mỹ phẩm giả tràn lan.", &[]);
    check("vi", "nước Mỹ phản đối", &["place Mỹ = wikidata:Q30"]);
}

#[test]
fn a_place_inside_a_longer_name_is_not_the_place() {
    let division = ["place Western Australia = wikidata:Q3206"];
    check("en", "the Niger Delta, Western Australia and Jordan Peterson", &division);
    check("en", "at George Denver University", &[]);
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
    check("en", "in Birmingham, Alabama", &["place Birmingham", "place Alabama = wikidata:Q173"]);
    check("en", "in Chicago, Illinois", &["place Chicago = wikidata:Q1297", "place Illinois = wikidata:Q1204"]);
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
    assert_eq!(entities[0].same_as, ["geonames:1581130", "iso3166-2:VN-HN"]);
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

#[test]
fn a_lesser_name_that_nothing_tells_has_candidates_and_no_id() {
    // A tear, and a town: at the start of a sentence a capital tells nothing.
    let entities = tag("sw", None, "Tanga la mashua lilichanika kwa upepo.");
    assert!(entities.iter().all(|entity| entity.id.is_none()), "{entities:?}");
    // An athlete, and a prefecture.
    let entities = tag("ja", None, "山口選手が決勝で逆転した。");
    assert!(entities.iter().all(|entity| entity.id.is_none()), "{entities:?}");
}

#[test]
fn a_row_of_one_language_has_the_last_word_there() {
    let both = "wiredesk:the-tide\torganisation\t-\t0.9\t-\t-\t-\ten=Tide;*=Tide\n\
                wiredesk:the-tide\torganisation\tweak\t0.9\t-\t-\t-\tde=Tide\n";
    let lexicon = Lexicon::parse(&[("both", both)]).expect("a lexicon");
    let weak = |tag| {
        let text = "Tide";
        let tokens = crate::lexicon::token::tokens(text);
        let hit = lexicon.scan(text, &tokens, tag)[0];
        lexicon.readings(hit.name, lexicon.language(tag)).map(|r| r.flags.has(Flags::WEAK)).collect::<Vec<_>>()
    };
    assert_eq!(weak("de"), [true]);
    assert_eq!(weak("en"), [false]);
}

/// Of languages without a corpus the model takes a name with its verb for some other thing.
#[test]
fn what_the_lexicon_knows_is_believed_where_the_model_never_learnt() {
    let check = |tag: &str, body: &str, id: &str| {
        let entities = tag_whole(tag, None, body);
        assert!(entities.iter().any(|entity| entity.id.as_ref().is_some_and(|found| found == id)), "{body}");
    };
    check("el", "Η οικονομία της Ελλάδας αναπτύσσεται.", "wikidata:Q41");
    check("el", "Ο υπουργός Εξωτερικών της Τουρκίας μίλησε στην Αθήνα.", "wikidata:Q43");
    check("el", "Συναντήθηκε με τον υπουργό Εξωτερικών της Τουρκίας Χακάν Φιντάν.", "wiredesk:hakan-fidan");
    check("si", "ජනාධිපති අනුර කුමාර දිසානායක හමුවිය.", "wiredesk:anura-kumara-dissanayake");
    check("az", "Nazir Bakıda Hakan Fidanla görüşüb.", "wiredesk:hakan-fidan");
    check("mn", "Ерөнхийлөгч Владимир Путинтай уулзлаа.", "wiredesk:vladimir-putin");
}
