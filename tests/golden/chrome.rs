//! What stands around an article on a news page: menus, teasers, style sheets, scripts, icons.
//!
//! The pages are kept as their editors' part, with directives such as `{{menu 40 News|Sport}}` where the rest belongs.
//! Expanding them gives pages of the usual size, the same bytes each time, without storing a megabyte of menus.

use std::fmt::Write;

/// The page with every directive replaced by what it stands for.
pub(crate) fn expand(page: &str) -> String {
    let mut out = String::with_capacity(page.len() * 8);
    let mut dice = Dice(page.len() as u64);
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{") {
        let (directive, tail) = after.split_once("}}").expect("a directive is closed");
        out.push_str(before);
        let (name, arguments) = directive.split_once(' ').expect("a directive has a number");
        let (count, phrases) = arguments.split_once(' ').unwrap_or((arguments, ""));
        let count: usize = count.parse().expect("a directive has a number");
        let phrases: Vec<&str> = phrases.split('|').collect();
        match name {
            "style" => style(count, &mut dice, &mut out),
            "script" => script(count, &mut dice, &mut out),
            "menu" => menu(count, &phrases, &mut out),
            "links" => links(count, &phrases, &mut out),
            "cards" => cards(count, &phrases, &mut dice, &mut out),
            "icons" => icons(count, &mut dice, &mut out),
            other => panic!("no directive is called {other}"),
        }
        rest = tail;
    }
    out + rest
}

/// A small generator of numbers (Knuth's MMIX constants), so that no two pages repeat each other and each repeats itself.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % bound
    }
}

/// About `bytes` bytes of rules, with comments and attribute selectors that hold markup.
fn style(bytes: usize, dice: &mut Dice, out: &mut String) {
    let end = out.len() + bytes;
    out.push_str("<style>/* <p>not a paragraph</p> */\n");
    while out.len() < end {
        let (class, width, colour) = (dice.below(9000), dice.below(1200), dice.below(0xFF_FFFF));
        writeln!(
            out,
            ".c{class}>a[href^=\"/x>\"],.c{class}:hover{{margin:0 auto;max-width:{width}px;color:#{colour:06x}}}"
        )
        .expect("a string takes it");
    }
    out.push_str("</style>");
}

/// About `bytes` bytes of script that writes markup out of strings, as advertising does.
fn script(bytes: usize, dice: &mut Dice, out: &mut String) {
    let end = out.len() + bytes;
    out.push_str("<script>!function(w,d){\"use strict\";var q=w.q||[];");
    while out.len() < end {
        let (id, limit) = (dice.below(9000), dice.below(99));
        write!(
            out,
            "q.push(function(){{var e=d.createElement(\"div\");e.innerHTML='<div class=\"ad\"><p>'+w.t{id}+'</p><\\/div>';\
             for(var i=0;i<{limit}&&i<e.children.length;i++){{d.body.appendChild(e)}}}});"
        )
        .expect("a string takes it");
    }
    out.push_str("}(window,document);</script>");
}

/// A menu of `count` entries in groups of seven.
fn menu(count: usize, phrases: &[&str], out: &mut String) {
    out.push_str("<ul class=\"menu\">");
    for n in 0..count {
        let label = phrases[n % phrases.len()];
        let (open, close) = match n % 7 {
            0 => ("", "<ul class=\"sub-menu\">"),
            6 => ("", "</ul></li>"),
            _ => ("", "</li>"),
        };
        let close = if n + 1 == count && n % 7 != 6 { "</ul></li>" } else { close };
        write!(out, "{open}<li class=\"menu-item menu-item-{n}\"><a href=\"/s/{n}\"><span>{label}</span></a>{close}")
            .expect("a string takes it");
    }
    out.push_str("</ul>");
}

/// A list of `count` links.
fn links(count: usize, phrases: &[&str], out: &mut String) {
    out.push_str("<ul class=\"links\">");
    for n in 0..count {
        let label = phrases[n % phrases.len()];
        write!(out, "<li><a href=\"/l/{n}\">{label}</a></li>").expect("a string takes it");
    }
    out.push_str("</ul>");
}

/// `count` teasers for other articles: the first half of the phrases open a headline, the second half close it.
fn cards(count: usize, phrases: &[&str], dice: &mut Dice, out: &mut String) {
    let (heads, tails) = phrases.split_at(phrases.len().div_ceil(2));
    out.push_str("<div class=\"cards\">");
    for n in 0..count {
        let (head, tail) = (heads[n % heads.len()], tails[dice.below(tails.len())]);
        let other = tails[dice.below(tails.len())];
        write!(
            out,
            "<div class=\"card\" data-pos=\"{n}\"><a href=\"/a/{n}.html\" tabindex=\"-1\"><img loading=\"lazy\" width=\"320\" \
             height=\"180\" src=\"/img/{n}-320.jpg\" srcset=\"/img/{n}-640.jpg 2x\" alt=\"\"></a><div class=\"card-text\">\
             <h3><a href=\"/a/{n}.html\">{head} {tail}</a></h3><p class=\"teaser\">{head} {tail}, {other}.</p>\
             <time datetime=\"2024-05-{:02}T08:00:00Z\">{n} h</time></div></div>",
            1 + n % 28
        )
        .expect("a string takes it");
    }
    out.push_str("</div>");
}

/// `count` drawings in the page itself.
fn icons(count: usize, dice: &mut Dice, out: &mut String) {
    out.push_str("<svg style=\"display:none\"><title>icons</title>");
    for n in 0..count {
        write!(out, "<symbol id=\"i{n}\" viewBox=\"0 0 24 24\"><desc>icon {n}</desc><path d=\"M0 0")
            .expect("a string takes it");
        for _ in 0..24 {
            write!(out, "c{} {} {}-{}", dice.below(24), dice.below(24), dice.below(9), dice.below(9))
                .expect("a string takes it");
        }
        out.push_str("z\"/></symbol>");
    }
    out.push_str("</svg>");
}
