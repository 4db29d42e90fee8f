//! A page's title without the name of its site.

/// Signs that sites put between a headline and their name, with the blanks around them.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ", "｜", "_", " ‹ ", " « ", " ⋆ "];

/// The title without ` | Site name` at its end or `Site name | ` at its start, where `site` says that this is the site's
/// name. Without a site's name
/// the title is left as it is: a dash may be part of a headline.
pub(super) fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(site) = site.map(folded).filter(|site| !site.is_empty()) else { return title.to_owned() };
    let is_site = |part: &str| {
        let part = folded(part);
        !part.is_empty() && (part == site || (part.len() >= 4 && site.contains(&part)) || part.starts_with(&site))
    };
    let mut rest = title.trim();
    loop {
        let tail = SEPARATORS.iter().filter_map(|separator| Some((rest.rfind(separator)?, separator.len()))).max();
        match tail {
            Some((at, length)) if at > 0 && is_site(&rest[at + length..]) => rest = rest[..at].trim_end(),
            _ => break,
        }
    }
    let head = SEPARATORS.iter().filter_map(|separator| Some((rest.find(separator)?, separator.len()))).min();
    match head {
        Some((at, length)) if folded(&rest[..at]) == site && at + length < rest.len() => {
            rest[at + length..].trim().to_owned()
        }
        _ => rest.to_owned(),
    }
}

/// A name by its letters and digits, in lower case.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_name_goes() {
        let check = |title: &str, site: Option<&str>, expected: &str| {
            assert_eq!(without_site(title, site), expected, "{title:?} {site:?}");
        };
        check("Rain falls | The Hill Post", Some("The Hill Post"), "Rain falls");
        check("Rain falls - Hill Post", Some("The Hill Post"), "Rain falls");
        check("Rain falls – News – The Hill Post", Some("The Hill Post"), "Rain falls – News");
        check("The Hill Post | Rain falls", Some("The Hill Post"), "Rain falls");
        check("Rain - a blessing", Some("The Hill Post"), "Rain - a blessing");
        check("Rain | The Hill Post", None, "Rain | The Hill Post");
        check("The Hill Post", Some("The Hill Post"), "The Hill Post");
        check("雨が降る｜日報", Some("日報"), "雨が降る");
    }
}
