//! Names of elements, by what becomes of them when a page is made lean.

/// Elements that are dropped with what is in them; their content is not markup, or not to be read.
pub(super) const DROPPED_WHOLE: &[&str] =
    &["canvas", "datalist", "iframe", "map", "noembed", "noframes", "noscript", "select", "style", "svg", "textarea"];

/// Elements whose tags are dropped and whose text stays. The first line are those that the standard calls formatting;
/// they mean nothing to a reader of plain text.
pub(super) const DROPPED_TAGS: &[&str] = &[
    "b",
    "big",
    "code",
    "em",
    "font",
    "i",
    "nobr",
    "s",
    "small",
    "strike",
    "strong",
    "tt",
    "u", //
    "abbr",
    "acronym",
    "bdi",
    "bdo",
    "body",
    "cite",
    "col",
    "colgroup",
    "data",
    "dfn",
    "frame",
    "frameset",
    "head",
    "html",
    "ins",
    "kbd",
    "mark",
    "math",
    "optgroup",
    "option",
    "param",
    "plaintext",
    "q",
    "samp",
    "source",
    "sub",
    "sup",
    "track",
    "var",
    "wbr",
    "xmp",
];

/// Elements that are worth a tag only if they say something about themselves.
pub(super) const PLAIN_UNLESS_NAMED: &[&str] = &["label", "span", "time"];

/// Elements without content.
pub(super) const VOID: &[&str] = &["area", "br", "embed", "hr", "img", "input"];

/// Elements whose start closes an open paragraph (HTML standard §13.2.6.4.7).
pub(super) const CLOSES_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

/// What bounds the search for an element that a tag closes.
pub(super) const SCOPE: &[&str] = &["button", "caption", "marquee", "object", "table", "td", "th"];

/// Elements that a start tag closes, and what bounds the search for one.
pub(super) const CLOSED_BY: &[(&str, &[&str], &[&str])] = &[
    ("li", &["li"], &["ol", "ul", "menu", "dir", "table", "td", "th", "article", "aside", "nav", "section"]),
    ("dd", &["dd", "dt"], &["dl", "table", "td", "th", "article", "aside", "nav", "section"]),
    ("dt", &["dd", "dt"], &["dl", "table", "td", "th", "article", "aside", "nav", "section"]),
    ("td", &["td", "th"], &["table", "tr"]),
    ("th", &["td", "th"], &["table", "tr"]),
    ("tr", &["tr"], &["table"]),
    ("thead", &["tbody", "tfoot", "thead"], &["table"]),
    ("tbody", &["tbody", "tfoot", "thead"], &["table"]),
    ("tfoot", &["tbody", "tfoot", "thead"], &["table"]),
    ("button", &["button"], &[]),
];

/// Attributes that are kept as they are.
pub(super) const KEPT_ATTRIBUTES: &[&str] =
    &["aria-hidden", "aria-modal", "datetime", "hidden", "itemprop", "itemtype", "rel", "role", "type"];

/// Elements under another name: a form may hold the whole page, and a listing is preformatted.
pub(super) const RENAMED: &[(&str, &str)] = &[("center", "div"), ("form", "div"), ("listing", "pre"), ("image", "img")];
