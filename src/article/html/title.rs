//! A page's title without the name of its site.

use super::evidence::folded;
use super::presence::letters;

/// Signs that sites put between a headline and their name, with the blanks around them.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ", "｜", "_", " ‹ ", " « ", " ⋆ "];

/// The most bytes of a title that is looked at, six headlines long: the work grows with its square.
const TITLE_BYTES_MAX: usize = 4_096;

/// The title without ` | Site name` at its end or `Site name | ` at its start, where `site` says that this is the site's
/// name. Without a site's name the title is left as it is: a dash may be part of a headline.
pub(super) fn without_site(title: &str, site: Option<&str>) -> String {
    let site = site.filter(|site| title.len() <= TITLE_BYTES_MAX && site.len() <= TITLE_BYTES_MAX);
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

/// The part of a page's title that stands on the page as a line of its own; else the title.
pub(super) fn shown_on<'a>(title: &str, lines: impl Iterator<Item = &'a str>) -> String {
    if title.len() > TITLE_BYTES_MAX {
        return title.to_owned();
    }
    let mut cuts: Vec<(usize, usize)> =
        SEPARATORS.iter().flat_map(|cut| title.match_indices(cut).map(|(at, cut)| (at, at + cut.len()))).collect();
    cuts.sort_unstable();
    cuts.truncate(PARTS_MAX);
    let ends = || cuts.iter().map(|cut| cut.0).chain([title.len()]);
    let starts = [0].into_iter().chain(cuts.iter().map(|cut| cut.1));
    let mut parts: Vec<&str> =
        starts.flat_map(|start| ends().filter(move |end| *end > start).map(move |end| &title[start..end])).collect();
    parts.retain(|part| letters(part) >= SHOWN_LETTERS_MIN);
    let parts: Vec<(String, &str)> = parts.into_iter().map(|part| (folded(part), part)).collect();
    let longest = 4 * title.len() + 64;
    let mut shown = lines.filter(|line| line.len() <= longest).filter_map(|line| {
        let line = folded(line);
        parts.iter().find(|(part, _)| *part == line).map(|(_, part)| part.trim().to_owned())
    });
    shown.next().unwrap_or_else(|| title.to_owned())
}

/// The fewest letters of a part of a title that may be the headline: fewer are a section's name.
const SHOWN_LETTERS_MIN: usize = 10;

/// The most separators of a title that are looked at.
const PARTS_MAX: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_is_the_part_that_the_page_shows() {
        let check = |title: &str, line: &str, expected: &str| {
            assert_eq!(shown_on(title, ["Menu", line].into_iter()), expected, "{title:?} {line:?}");
        };
        check("El Faro - Hallan una campana - Locales", "Hallan una campana - Locales", "Hallan una campana - Locales");
        check("El Faro - Hallan una campana", "HALLAN UNA CAMPANA", "Hallan una campana");
        check("El Faro - Hallan una campana", "Hallan", "El Faro - Hallan una campana");
        check("Rain", "Rain", "Rain");
        check("新站通车_江城晚报网", "新站通车", "新站通车");
    }

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
        // Bounded: a title of a million parts is left as it is.
        let long = "Post | ".repeat(200_000);
        check(&long, Some("Post"), &long);
        assert_eq!(shown_on(&long, ["Post"].into_iter()), long);
    }
}
