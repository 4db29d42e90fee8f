//! Raw records of every kind, made up by rule: the same number gives the same record.

/// What must become of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Expect {
    /// An event of a usable article.
    Event,
    /// An event that takes an article back.
    Retraction,
    /// A dead letter with this reason.
    DeadLetter(&'static str),
    /// Nothing: a rule drops it.
    Dropped,
}

/// A raw record, and what must become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raw {
    pub(crate) key: Option<Vec<u8>>,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) value: Option<Vec<u8>>,
    pub(crate) expect: Expect,
}

/// A title and a body in one language, each sentence with a place for a number.
type Text = (&'static str, &'static str, &'static str);

const TEXTS: &[Text] = &[
    (
        "en",
        "Harbour council meets for session {n}",
        "OSLO – The harbour council met on 5 November to discuss plan {n} for the northern quay. The minister said that \
         the work would begin in June 2025 and that Norway would pay half of it. Fishermen asked for a longer pier.",
    ),
    (
        "vi",
        "Hội đồng bến cảng họp phiên {n}",
        "Chiều 5/11, hội đồng bến cảng đã họp tại Hà Nội để bàn về kế hoạch {n} cho bến phía bắc. Bộ trưởng cho biết công \
         việc sẽ bắt đầu từ tháng 6/2025 và Việt Nam sẽ trả một nửa chi phí. Ngư dân mong có cầu tàu dài hơn.",
    ),
    (
        "fr",
        "Le conseil du port se réunit pour la séance {n}",
        "Le conseil du port s'est réuni le 5 novembre à Dakar pour étudier le plan {n} du quai nord. La ministre a déclaré \
         que les travaux commenceraient en juin 2025 et que le Sénégal en paierait la moitié. Les pêcheurs attendent.",
    ),
    (
        "id",
        "Dewan pelabuhan menggelar sidang ke-{n}",
        "JAKARTA – Dewan pelabuhan bertemu pada 5 November untuk membahas rencana {n} bagi dermaga utara. Menteri \
         mengatakan pekerjaan akan dimulai pada Juni 2025 dan Indonesia akan membayar setengahnya. Nelayan menunggu.",
    ),
];

/// The address of article `number`.
pub(crate) fn url(number: usize) -> String {
    format!("https://harbour.example/news/{number}")
}

/// The trace that article `number` is part of: a number of its own, from 1.
pub(crate) fn traceparent(number: usize) -> String {
    format!("00-{:032x}-00f067aa0ba902b7-01", number + 1)
}

/// A native article in the `number`th language, with its address as key, and a header of its own.
pub(crate) fn native(number: usize) -> Raw {
    let (language, title, body) = filled(number);
    let value = serde_json::json!({"url": url(number), "title": title, "body": body, "language": language,
        "published_at": "2024-11-05T08:30:00Z", "desk": number});
    Raw {
        key: Some(url(number).into_bytes()),
        headers: vec![("traceparent".to_owned(), traceparent(number).into_bytes())],
        value: Some(value.to_string().into_bytes()),
        expect: Expect::Event,
    }
}

/// The same article as plain text, without key and headers.
pub(crate) fn plain(number: usize) -> Raw {
    let (_, title, body) = filled(number);
    bare(Some(format!("{title}\n\n{body}\n").into_bytes()), Expect::Event)
}

/// A native article whose body has at least this many bytes.
pub(crate) fn long(number: usize, bytes_min: usize) -> Raw {
    let (language, title, body) = filled(number);
    // Numbers keep the paragraphs apart, so that compression cannot make the record small again.
    let paragraphs = (0_u64..).map(|n| format!("{body} {:x}\n\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let mut long = String::new();
    for paragraph in paragraphs {
        if long.len() >= bytes_min {
            break;
        }
        long.push_str(&paragraph);
    }
    let value = serde_json::json!({"url": url(number), "title": title, "body": long, "language": language});
    bare(Some(value.to_string().into_bytes()), Expect::Event)
}

/// A mixture: mostly articles, and every kind of record that is none.
pub(crate) fn mixed(count: usize) -> Vec<Raw> {
    (0..count).map(kind).collect()
}

fn kind(number: usize) -> Raw {
    let letter = |value: &str, reason| bare(Some(value.as_bytes().to_vec()), Expect::DeadLetter(reason));
    match number % 25 {
        3 => letter(&format!("{{\"title\": \"breaks off at {number}"), "malformed_json"),
        7 => letter(" \n\t\u{a0}\n", "empty"),
        11 => Raw { key: Some(url(number).into_bytes()), ..bare(None, Expect::Retraction) },
        13 => Raw { key: Some(b"no address".to_vec()), ..bare(None, Expect::DeadLetter("bad_retraction")) },
        17 => letter(&format!("[{number}]"), "unsupported"),
        19 => letter(&format!("{{\"body\": {}", "[".repeat(500)), "malformed_json"),
        n if n % 4 == 2 => plain(number),
        _ => native(number),
    }
}

/// A record without key and headers.
pub(crate) fn bare(value: Option<Vec<u8>>, expect: Expect) -> Raw {
    Raw { key: None, headers: Vec::new(), value, expect }
}

fn filled(number: usize) -> (&'static str, String, String) {
    let (language, title, body) = TEXTS[number % TEXTS.len()];
    let number = number.to_string();
    (language, title.replace("{n}", &number), body.replace("{n}", &number))
}
