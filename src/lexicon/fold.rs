//! The form under which a name is looked up: small letters and plain apostrophes.

/// A character as look-ups see it. Letters that capitals do not tell apart are one, as ı and i in IRAK; a dot that a
/// small letter lost with its capital is none.
pub(super) fn fold(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().flat_map(|low| {
        let (first, second) = match low {
            '’' | 'ʼ' => (Some('\''), None),
            'ς' => (Some('σ'), None),
            'ı' => (Some('i'), None),
            'ß' => (Some('s'), Some('s')),
            '\u{307}' => (None, None),
            other => (Some(other), None),
        };
        first.into_iter().chain(second)
    })
}

/// The folded form of a name.
pub(super) fn folded(name: &str) -> String {
    name.chars().flat_map(fold).collect()
}
