//! Ministries, embassies, and their ids.

use super::*;

#[test]
fn bodies_of_more_languages() {
    check("es", "el Ministerio de Asuntos Exteriores", &["organisation Ministerio de Asuntos Exteriores"]);
    check("pt", "o Ministério da Saúde", &["organisation Ministério da Saúde"]);
    check(
        "de",
        "das Auswärtige Amt und das Innenministerium",
        &["organisation Auswärtige Amt = wiredesk:federal-foreign-office", "organisation Innenministerium"],
    );
    check("it", "il Ministero della Difesa", &["organisation Ministero della Difesa"]);
    check("nl", "het ministerie van Buitenlandse Zaken", &["organisation ministerie van Buitenlandse Zaken"]);
    check("pl", "Ministerstwo Spraw Zagranicznych", &["organisation Ministerstwo Spraw Zagranicznych"]);
    check("tr", "Dışişleri Bakanlığı açıkladı", &["organisation Dışişleri Bakanlığı"]);
    check("ru", "Минобороны сообщило", &["organisation Минобороны"]);
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
        &[
            "organisation Kementerian Perencanaan dan Investasi = wiredesk:gov/vn/investment+planning",
            "place Vietnam = wikidata:Q881",
        ],
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
fn a_ministry_of_a_country_has_one_id_in_every_language() {
    let ministry = |language: &str, body: &str| {
        let entities = tag(language, None, body);
        let found = entities.into_iter().find(|entity| entity.r#type == EntityType::Organisation);
        found.and_then(|entity| entity.id).unwrap_or_default()
    };
    let security = "wiredesk:gov/vn/public-security";
    assert_eq!(ministry("vi", "Bộ Công an Việt Nam họp."), security);
    assert_eq!(ministry("en", "Vietnam's Ministry of Public Security said"), security);
    assert_eq!(ministry("en", "the Ministry of Public Security of Vietnam said"), security);
    assert_eq!(ministry("fr", "le ministère de la Sécurité publique du Vietnam"), security);
    assert_eq!(ministry("id", "Kementerian Keamanan Publik Vietnam mengatakan"), security);
    assert_eq!(ministry("ko", "베트남 공안부는 밝혔다"), security);
    assert_eq!(ministry("ja", "ベトナム公安省は発表した"), security);
    assert_eq!(ministry("zh", "越南公安部表示"), security);
    let information = "wiredesk:gov/vn/communications+information";
    assert_eq!(ministry("vi", "Bộ Thông tin và Truyền thông Việt Nam"), information);
    assert_eq!(ministry("vi", "Bộ TT&TT Việt Nam"), information);
    assert_eq!(ministry("en", "Vietnam's Ministry of Information and Communications"), information);
    assert_eq!(ministry("vi", "Bộ Công an họp."), "", "whose ministry it is, the text does not say");
    assert_eq!(ministry("vi", "Tại Hà Nội, Bộ Công an họp."), security, "an article of Viet Nam alone");
    assert_eq!(ministry("vi", "Tại Hà Nội và Bắc Kinh, Bộ Công an họp."), "");
    assert_eq!(ministry("en", "In Hanoi, the Ministry of Public Security met."), "", "English has many homes");
}

#[test]
fn an_abbreviation_is_the_ministry() {
    let entities = tag("vi", None, "Bộ Thông tin và Truyền thông họp. Theo Bộ TT&TT, mọi việc tốt.");
    assert_eq!((entities.len(), entities[0].count), (1, 2), "{entities:?}");
}

#[test]
fn ministries_in_their_cases() {
    check("ru", "в Министерстве обороны сообщили", &["organisation Министерстве обороны"]);
    check("uk", "у Міністерстві оборони повідомили", &["organisation Міністерстві оборони"]);
    check("cs", "na Ministerstvu zahraničních věcí", &["organisation Ministerstvu zahraničních věcí"]);
    check("hr", "u Ministarstvu obrane", &["organisation Ministarstvu obrane"]);
    check("el", "το Υπουργείο Εξωτερικών", &["organisation Υπουργείο Εξωτερικών"]);
    check("ar", "قالت وزارة الدفاع في بيان", &["organisation وزارة الدفاع"]);
    check("fa", "وزارت امور خارجه اعلام کرد", &["organisation وزارت امور خارجه"]);
    check("hi", "रक्षा मंत्रालय ने कहा", &["organisation रक्षा मंत्रालय"]);
    check("th", "ที่กระทรวงกลาโหม เมื่อวาน", &["organisation กระทรวงกลาโหม"]);
    check("hu", "a Külügyminisztérium közölte", &["organisation Külügyminisztérium"]);
    check("ko", "외무성은 문화성과 다르다", &["organisation 외무성"]);
    check("fi", "puolustusministeriön mukaan", &["organisation puolustusministeriön"]);
}

#[test]
fn missions_are_named_for_their_country() {
    check("zh", "越南大使馆表示", &["organisation 越南大使馆"]);
    check("ja", "ベトナム大使館は", &["organisation ベトナム大使館"]);
    check("ko", "베트남 대사관은 밝혔다", &["organisation 베트남 대사관"]);
    check("hi", "वियतनाम दूतावास ने कहा", &["organisation वियतनाम दूतावास"]);
    check("sw", "Ubalozi wa Kenya ulisema", &["organisation Ubalozi wa Kenya"]);
}

#[test]
fn a_body_that_the_lexicon_knows_is_that_one() {
    let rows = "wiredesk:kenya\tplace\tcountry\t0.9\tKE\t-\t-\ten=Kenya
wiredesk:ghana\tplace\tcountry\t0.9\tGH\t-\t-\ten=Ghana
wiredesk:afya-house\torganisation\t-\t0.9\tKE\t-\t-\ten=Ministry of Health";
    let tagger = Tagger::new(Arc::new(Lexicon::parse(&[("rows", rows)]).expect("the rows are well formed")));
    let id = |body: &str| {
        let entities = tagger.tag(Fields { title: None, body }, &language("en"));
        let found = entities.into_iter().find(|entity| entity.r#type == EntityType::Organisation);
        found.and_then(|entity| entity.id).unwrap_or_default()
    };
    assert_eq!(id("the Ministry of Health said"), "wiredesk:afya-house");
    assert_eq!(id("the Ministry of Health of Kenya said"), "wiredesk:afya-house");
    assert_eq!(id("the Ministry of Health of Ghana said"), "wiredesk:gov/gh/health");
}

/// The id of the one organisation of a text, or nothing.
fn institution(language: &str, body: &str) -> String {
    let entities = tag(language, None, body);
    let found = entities.into_iter().find(|entity| entity.r#type == EntityType::Organisation);
    found.and_then(|entity| entity.id).unwrap_or_default()
}

#[test]
fn whose_an_institution_is_stands_beside_it() {
    assert_eq!(institution("es", "El Tribunal Supremo de Chile anunció"), "wiredesk:gov/cl/supreme-court");
    assert_eq!(institution("en", "the Kenyan Supreme Court ruled"), "wiredesk:gov/ke/supreme-court");
    assert_eq!(institution("en", "Kenya's Supreme Court ruled"), "wiredesk:gov/ke/supreme-court");
    assert_eq!(institution("fr", "la Cour suprême malienne a jugé"), "wiredesk:gov/ml/supreme-court");
    assert_eq!(institution("de", "der polnische Verfassungsgerichtshof"), "wiredesk:constitutional-tribunal-poland");
    assert_eq!(institution("tr", "Macaristan'ın Merkez Bankası"), "wiredesk:magyar-nemzeti-bank");
    assert_eq!(institution("zh", "肯尼亚最高法院宣布"), "wiredesk:gov/ke/supreme-court");
    check("es", "la Corte Suprema de Chile", &["organisation Corte Suprema de Chile = wiredesk:gov/cl/supreme-court"]);
}

#[test]
fn whose_an_institution_is_the_article_tells() {
    assert_eq!(institution("en", "In Colombo, the Supreme Court ruled."), "wiredesk:gov/lk/supreme-court");
    assert_eq!(institution("en", "The Supreme Court ruled."), "", "English has many homes");
    assert_eq!(institution("en", "In Colombo and in Nairobi the Supreme Court ruled."), "");
    assert_eq!(institution("en", "The Supreme Court freed a man from Kenya."), "");
    let tribunal = "wiredesk:constitutional-tribunal-poland";
    assert_eq!(institution("pl", "Trybunał Konstytucyjny orzekł."), tribunal, "Polish has one home");
    assert_eq!(institution("pl", "W Krakowie i w Gdańsku mówił Trybunał Konstytucyjny."), tribunal);
    assert_eq!(institution("pl", "Trybunał Konstytucyjny i Ukraina."), "");
}

#[test]
fn an_institution_of_another_kind_has_no_id() {
    assert_eq!(institution("en", "the Texas Supreme Court ruled"), "");
    assert_eq!(institution("en", "the Supreme Court of Texas ruled"), "");
    assert_eq!(institution("en", "In Colombo, the Supreme Court Lawyers Forum met."), "");
    assert_eq!(institution("en", "Kenya's Constitutional Court ruled"), "", "Kenya has none");
}

#[test]
fn an_office_is_no_ministry() {
    check("ja", "文部科学相は会見した。", &[]);
    check("zh", "农业部长走访了果园。", &[]);
}

#[test]
fn a_ministry_of_a_country_has_an_english_name() {
    let entities = tag("vi", None, "Bộ Công an Việt Nam họp.");
    let ministry = entities.iter().find(|entity| entity.r#type == EntityType::Organisation).expect("a ministry");
    assert_eq!(ministry.name, "Ministry of Public Security (Vietnam)");
}
