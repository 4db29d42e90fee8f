//! Persons by their titles, and their short forms.

use super::*;

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
fn offices_and_titles_that_name_nobody() {
    check("pt", "o presidente da Câmara e o diretor da Multiplan", &[]);
    check("fr", "le président du Conseil, l'évêque de Pasto", &["place Pasto = geonames:3672778"]);
    check("fr", "Hier M. de la Cruz parlait.", &["person de la Cruz"]);
    check("vi", "bay sang Anh Quốc", &["place Anh Quốc = wikidata:Q145"]);
    check("en", "a Dr Pepper for Miss Universe in Queen Elizabeth Hospital", &[]);
    check("en", "the Minister Without Portfolio", &[]);
    check("id", "Keputusan Menteri Nomor 12", &[]);
    check(
        "id",
        "kata Gubernur Jawa Barat Raden Kusnadi",
        &["place Jawa Barat = iso3166-2:ID-JB", "person Raden Kusnadi"],
    );
}

#[test]
fn names_of_persons_are_bounded() {
    let letters = |n: u32| char::from_u32(u32::from('a') + n).expect("a letter");
    let name = |n: u32| format!("Mr. X{}{}{} said. ", letters(n / 676), letters(n / 26 % 26), letters(n % 26));
    assert_eq!(tag("en", None, &(0..3_000).map(name).collect::<String>()).len(), 1_000);
}

#[test]
fn titles_in_every_case() {
    check("ru", "Встреча с министром обороны Петром Луниным прошла в среду.", &["person Петром Луниным"]);
    check("ru", "Генеральному директору Олегу Сорину вручили письмо.", &["person Олегу Сорину"]);
    check("uk", "Зустріч із прем'єр-міністром Остапом Вишнею відбулася.", &["person Остапом Вишнею"]);
    check("pl", "Rozmawiał z ministrem Janem Wilkiem.", &["person Janem Wilkiem"]);
    check("cs", "Jednal s ministrem zahraničí Petrem Vlkem.", &["person Petrem Vlkem"]);
    check("sk", "Stretol sa s prezidentkou Annou Vlčkovou.", &["person Annou Vlčkovou"]);
    check("hr", "Razgovarao je s predsjednikom Ivanom Vukom.", &["person Ivanom Vukom"]);
    check("sr", "Разговарао је са министром Иваном Вуком.", &["person Иваном Вуком"]);
    check("el", "Ο υπουργός Άμυνας Νίκος Λύκος μίλησε.", &["person Νίκος Λύκος"]);
    check("ro", "Întâlnirea cu ministrul Sănătății Ana Lupu", &["person Ana Lupu"]);
    check("bg", "Срещата с кмета Иван Вълков", &["person Иван Вълков"]);
}

#[test]
fn titles_of_the_north_and_the_south() {
    check("sv", "Utrikesminister Anna Varg träffade kollegan.", &["person Anna Varg"]);
    check("da", "Statsminister Jens Ulv holdt en tale.", &["person Jens Ulv"]);
    check("nb", "Utenriksminister Kari Ulv reiser i dag.", &["person Kari Ulv"]);
    check("nn", "Statsministeren og utanriksminister Kari Ulv reiser.", &["person Kari Ulv"]);
    check("fi", "Ulkoministeri Matti Susi puhui.", &["person Matti Susi"]);
    check("et", "Välisminister Jaan Hunt kõneles.", &["person Jaan Hunt"]);
    check("lv", "Ārlietu ministrs Jānis Vilks runāja.", &["person Jānis Vilks"]);
    check("lt", "Užsienio reikalų ministras Jonas Vilkas kalbėjo.", &["person Jonas Vilkas"]);
    check("ca", "La consellera Anna Llop va parlar.", &["person Anna Llop"]);
    check("sw", "Waziri wa Afya Juma Simba alisema.", &["person Juma Simba"]);
    check("ms", "Menteri Kesihatan Datuk Ali Harimau berkata.", &["person Ali Harimau"]);
    check("fil", "Sinabi ni Senador Juan Lobo ang balita.", &["person Juan Lobo"]);
    check("kk", "Сыртқы істер министрі Асан Қасқыров сөйледі.", &["person Асан Қасқыров"]);
    check("hy", "Վարչապետ Արամ Գայլյանը խոսեց:", &["person Արամ Գայլյանը"]);
}

#[test]
fn titles_behind_the_name() {
    check("hu", "Tegnap Farkas Péter miniszterelnök beszélt.", &["person Farkas Péter"]);
    check("hu", "A levelet Farkas Péterné asszony írta.", &["person Farkas Péterné"]);
    check("tr", "Dün toplantıya Ahmet Bey de katıldı.", &["person Ahmet"]);
    check("ja", "昨日、佐藤健一氏が会見した。", &["person 佐藤健一"]);
    check("ja", "首相の山田太郎氏は、ジョン・ウルフ大統領と会った。", &["person 山田太郎", "person ジョン・ウルフ"]);
    check("ja", "住所氏名を書く。野球選手権の監督会議。", &[]);
    check("ko", "어제 김철수 대통령은 연설했다.", &["person 김철수"]);
    check("ko", "민주당 대표와 신임 장관이 만났다.", &[]);
    check("zh", "会见了王小明先生。", &["person 王小明"]);
}

#[test]
fn names_without_capitals_end_before_an_everyday_word() {
    check("ar", "التقى الرئيس محمد أحمد مع الوفد.", &["person محمد أحمد"]);
    check("ar", "قال رئيس بلدية المدينة في بيان", &[]);
    check("hi", "कल प्रधानमंत्री अनिल शर्मा ने कहा।", &["person अनिल शर्मा"]);
    check("hi", "मुख्यमंत्री रह चुके हैं", &[]);
}

#[test]
fn thai_forms_of_address_belong_to_the_name() {
    check("th", "พล.อ.สมชาย ใจดี กล่าว", &["person พล.อ.สมชาย ใจดี"]);
    check("th", "นายสมชาย ใจดี และคณะ", &["person นายสมชาย ใจดี"]);
    check("th", "นายกรัฐมนตรี กล่าวว่า นางแบบ สวยงาม", &[]);
}

#[test]
fn what_follows_a_name_and_what_does_not() {
    check("en", "Senator Robert Hale Jr. spoke.", &["person Robert Hale Jr."]);
    check("en", "President Moon Dae-shik met them.", &["person Moon Dae-shik"]);
    check("uk", "депутатка Мар'яна Вовк виступила", &["person Мар'яна Вовк"]);
    check("id", "Rektor Universitas Rimba Budi Santoso", &[]);
    check("de", "Herr Max Wolf jun. kam.", &["person Max Wolf jun."]);
    let bodies = [
        "organisation Evropske komisije = wiredesk:european-commission",
        "organisation Svetske banke = wiredesk:world-bank",
    ];
    check("sr", "predsednik Evropske komisije i direktor Svetske banke", &bodies);
    check("ru", "вице-губернатор Приморья Александр Лунин выступил", &["person Александр Лунин"]);
    check("vi", "Bị cáo Hồ Quang Vinh, trú tại Lê Lâm", &["person Hồ Quang Vinh"]);
    check("vi", "Chủ tịch UBND tỉnh Trần Quốc Bảo phát biểu", &["person Trần Quốc Bảo"]);
}
