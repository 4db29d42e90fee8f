//! What the library takes out of an article although it belongs to it: boxes beside the text, and lists of links that
//! the text itself introduces.
//!
//! A box is an `<aside>` within the article's own element: the HTML standard has it for pull quotes, sidebars and groups
//! of links there. Its links lead to other articles; its prose is the article's, unless it repeats it.

use super::article::Fate;
use super::evidence::folded;
use super::outline::{Index, Outline};
use super::paragraphs::Paragraph;
use crate::event::FurnitureRole;
use crate::text;

/// How many paragraphs of boxes are sought in the article: each costs its length.
const SOUGHT_MAX: usize = 48;

/// The fewest words of what introduces a list, and letters in a script without blanks: fewer are a label.
const INTRODUCTION_WORDS_MIN: usize = 5;
const INTRODUCTION_LETTERS_MIN: usize = 10;

/// Gives the paragraphs of boxes and of introduced lists the fate that they have in the article.
pub(super) fn keep(outline: &Outline, paragraphs: &[Paragraph], fates: &mut [Fate]) {
    keep_boxes(outline, paragraphs, fates);
    keep_lists(outline, paragraphs, fates);
}

fn keep_boxes(outline: &Outline, paragraphs: &[Paragraph], fates: &mut [Fate]) {
    let mut prose: Option<String> = None;
    let mut sought = 0;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if fates[at] != Fate::Chrome || outline.elements[paragraph.within].in_chrome {
            continue;
        }
        let Some(aside) = box_around(outline, paragraph.within) else { continue };
        // A box counts where the article's own text stands around it.
        if outline.elements[outline.elements[aside].parent].count.kept == 0 {
            continue;
        }
        if let Some(mark) = paragraph.mark {
            fates[at] = Fate::Furniture(mark.role());
        } else if outline.elements[aside].count.is_linked(50) || paragraph.count.is_linked(50) {
            fates[at] = Fate::Furniture(FurnitureRole::RelatedLink);
        } else {
            let prose = prose.get_or_insert_with(|| prose_of(paragraphs, fates));
            sought += 1;
            let repeats = sought > SOUGHT_MAX || prose.contains(&folded(&paragraph.text));
            fates[at] = if repeats { Fate::Chrome } else { Fate::Prose };
        }
    }
}

/// The box around an element, if both are within an article.
fn box_around(outline: &Outline, within: Index) -> Option<Index> {
    let is_article = |index: &Index| {
        let element = &outline.elements[*index];
        element.name == "article" || element.is_schema_article
    };
    let article = outline.upwards(within).find(is_article)?;
    outline.upwards(within).take_while(|index| *index != article).find(|index| outline.elements[*index].name == "aside")
}

/// The letters of the article.
fn prose_of(paragraphs: &[Paragraph], fates: &[Fate]) -> String {
    let prose = paragraphs.iter().zip(fates).filter(|(_, fate)| **fate == Fate::Prose);
    prose.map(|(paragraph, _)| folded(&paragraph.text)).collect()
}

/// A list of links is the article's own where the paragraph over it introduces it: `The commission named three towns:`.
fn keep_lists(outline: &Outline, paragraphs: &[Paragraph], fates: &mut [Fate]) {
    let mut introduced: Option<(Index, Option<Index>)> = None; // what introduces, and the list once it has begun
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let list = outline
            .upwards(paragraph.within)
            .find(|index| matches!(outline.elements[*index].name.as_str(), "ol" | "ul"));
        match (introduced, list) {
            (Some((by, begun)), Some(list))
                if paragraph.mark.is_none()
                    && begun.is_none_or(|begun| begun == list)
                    && stands_beside(outline, by, list) =>
            {
                fates[at] = Fate::Prose;
                introduced = Some((by, Some(list)));
            }
            _ => {
                let introduces = fates[at] == Fate::Prose && !paragraph.is_heading && introduces(&paragraph.text);
                introduced = introduces.then_some((paragraph.within, None));
            }
        }
    }
}

/// Whether a list follows what introduces it in the same part of the page.
fn stands_beside(outline: &Outline, by: Index, list: Index) -> bool {
    let around = outline.elements[list].parent;
    !outline.elements[list].in_chrome && outline.upwards(by).any(|index| index == around)
}

/// Whether a paragraph introduces what follows it: its colon does, and it is more than a label.
fn introduces(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let enough = if letters().any(|c| !text::is_spaced(c)) {
        letters().count() >= INTRODUCTION_LETTERS_MIN
    } else {
        text.split_whitespace().count() >= INTRODUCTION_WORDS_MIN
    };
    text.ends_with([':', '：', '՝', '៖']) && enough && !text::is_label(text)
}

#[cfg(test)]
mod tests {
    use crate::article::tests::{record, with};
    use crate::article::{Article, Intake, Limits};
    use crate::event::FurnitureRole;

    const FIRST: &str = "<p>The ferry to Ardnish was cancelled on Monday, after a rope had caught in the screw, the harbour master said.</p>";
    const LAST: &str = "<p>A diver is expected on Tuesday; until then, passengers are taken round the loch by bus, which takes an hour.</p>";

    fn read(main: &str) -> Article {
        let page = format!(
            "<!doctype html><html><head><meta property=og:type content=article></head><body><h1>Ferry cancelled</h1>{main}</body></html>"
        );
        let record = with(record(page), &[("content-type", "text/html")]);
        match crate::article::read(&record, &Limits::default()).expect("an article") {
            Intake::Article(article) => *article,
            Intake::Retraction(_) => panic!("a page takes nothing back"),
        }
    }

    /// What becomes of markup between two paragraphs: is it in the body, and what furniture is there.
    #[track_caller]
    fn check(between: &str, body: &str, furniture: &[(FurnitureRole, &str)]) {
        let article = read(&format!("<article>{FIRST}{between}{LAST}</article>"));
        let pieces: Vec<_> = article.furniture.iter().map(|piece| (piece.role, piece.text.as_str())).collect();
        assert_eq!(pieces, furniture, "{between}");
        let (_, rest) = article.body.split_once("master said.").expect("the first paragraph");
        let (inner, _) = rest.split_once("A diver").expect("the last paragraph");
        assert_eq!(inner.trim().replace("\n\n", "/"), body, "{between}");
    }

    #[test]
    fn a_list_that_the_text_introduces_is_its_own() {
        let list =
            "<ul><li><a href=/a>Ardnish</a></li><li><a href=/b>Morar</a></li><li><a href=/c>Mallaig</a></li></ul>";
        check(
            &format!("<p>The commission named three towns:</p>{list}"),
            "The commission named three towns:/Ardnish/Morar/Mallaig",
            &[],
        );
        check(
            &format!("<p>Die Kommission nannte am Montag drei Orte:</p>{list}"),
            "Die Kommission nannte am Montag drei Orte:/Ardnish/Morar/Mallaig",
            &[],
        );
        check(
            &format!("<p>委员会周一公布了以下三个城镇：</p>{list}"),
            "委员会周一公布了以下三个城镇：/Ardnish/Morar/Mallaig",
            &[],
        );
        let at_the_end =
            read(&format!("<article>{FIRST}{LAST}<p>The commission named three towns:</p>{list}</article>"));
        assert!(at_the_end.body.ends_with("Mallaig"), "{}", at_the_end.body);
    }

    #[test]
    fn a_list_under_a_label_leads_elsewhere() {
        use FurnitureRole::RelatedLink;
        let list = "<ul><li><a href=/a>A new ferry for the loch</a></li></ul>";
        let link = (RelatedLink, "A new ferry for the loch");
        check(&format!("<p>Read also:</p>{list}"), "", &[(RelatedLink, "Read also:"), link]);
        check(list, "", &[link]);
    }

    #[test]
    fn boxes_of_the_article_stay() {
        use FurnitureRole::RelatedLink;
        let prose = "The loch is forty metres deep, and the ferry has crossed it since 1932.";
        check(&format!("<aside><p>{prose}</p></aside>"), prose, &[]);
        let link = "<a href=/a>A new ferry for the loch</a>";
        check(&format!("<aside><ul><li>{link}</li></ul></aside>"), "", &[(RelatedLink, "A new ferry for the loch")]);
        check(
            "<aside class=newsletter><p>The loch in your mail, each Friday.</p></aside>",
            "",
            &[(FurnitureRole::Subscription, "The loch in your mail, each Friday.")],
        );
        // A pull quote says again what the text says.
        check("<aside><p>a rope had caught in the screw</p></aside>", "", &[]);
    }

    #[test]
    fn boxes_of_the_page_do_not() {
        let page = format!(
            "<main><article>{FIRST}{LAST}</article><aside><p>Fair weather with a light wind is expected for the week.</p></aside></main>"
        );
        let article = read(&page);
        assert!(!article.body.contains("weather") && article.furniture.is_empty(), "{article:?}");
    }
}
