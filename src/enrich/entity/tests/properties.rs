use proptest::prelude::*;

use super::*;

fn check_spans(fields: Fields<'_>, entities: &[Entity]) {
    let mut spans = Vec::new();
    for entity in entities {
        assert_eq!(entity.count as usize, entity.mentions.len());
        assert!(entity.mentions.is_sorted_by_key(|mention| (mention.r#in, mention.start)));
        for mention in &entity.mentions {
            let text = if mention.r#in == Field::Title { fields.title.expect("a title") } else { fields.body };
            let len = (mention.end - mention.start) as usize;
            let slice: String = text.chars().skip(mention.start as usize).take(len).collect();
            assert_eq!(slice, mention.text);
            spans.push((mention.r#in, mention.start, mention.end));
        }
    }
    spans.sort_unstable();
    assert!(spans.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1), "{spans:?}");
}

/// Texts that are likely to meet a rule: pieces of names and titles between any characters.
fn pieces() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "Việt Nam",
        "Nga",
        "ông",
        "bà Nga",
        "Bộ",
        "TT&TT",
        "Thông tin và Truyền thông",
        "Mr.",
        "President",
        "of",
        "de",
        "bin",
        "Salman",
        "Volin A.K.",
        "A.",
        "'",
        "’s",
        ".",
        ",",
        " - ",
        "\n",
        "東京",
        "ベトナム",
        "베트남은",
        "وروسيا",
        "U.S.",
        "Quest 3S",
        "Meta",
        "tỉnh",
        "Đắk Lắk",
        "Vietnam-AS",
        "İSTANBUL",
        "ß",
        "e\u{301}",
        "\u{200D}",
        "Đại sứ quán",
        "Ministry of Health",
        "นายสมชาย ใจดี",
        "พล.อ.",
        "佐藤健一氏",
        "ジョン・ウルフ大統領",
        "김철수 대통령은",
        "越南大使馆",
        "外交部",
        "प्रधानमंत्री अनिल शर्मा ने",
        "التقى الرئيس محمد أحمد مع",
        "x",
    ];
    let piece = prop_oneof![prop::sample::select(WORDS).prop_map(str::to_owned), any::<String>(), Just(" ".to_owned())];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn spans_slice_their_field_and_never_overlap(
        title in prop::option::of(pieces()),
        body in pieces(),
        language in prop::sample::select(&["vi", "en", "fr", "id", "ar", "hi", "ja", "ko", "th", "zh", "und"][..]),
    ) {
        let fields = Fields { title: title.as_deref(), body: &body };
        for tag in [tag, tag_whole] {
            let entities = tag(language, fields.title, fields.body);
            check_spans(fields, &entities);
            prop_assert_eq!(entities, tag(language, fields.title, fields.body));
        }
    }
}

/// What the feature `permissive-models` puts in the place of the other weights.
#[test]
fn the_permissive_weights_find_names_too() {
    let file: &'static [u8] = include_bytes!("../../../../data/models/entities.bin");
    let tagger = Tagger::with_model(Arc::new(Lexicon::embedded()), file);
    let check = |tag: &str, body: &str, expected: (&str, EntityType)| {
        let entities = tagger.tag(Fields { title: None, body }, &language(tag));
        let found = entities.iter().any(|entity| (entity.name.as_str(), entity.r#type) == expected);
        assert!(found, "{tag}: {entities:?}");
    };
    check("en", "The mayor said that Harriet Lindqvist would come.", ("Harriet Lindqvist", EntityType::Person));
    check("de", "Am Montag sprach Jürgen Hallmann in Berlin.", ("Jürgen Hallmann", EntityType::Person));
    check("id", "Polisi memeriksa Hendra Gunarto di Bandung.", ("Hendra Gunarto", EntityType::Person));
}
