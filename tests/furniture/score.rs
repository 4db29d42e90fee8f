//! Counting what came out right, by role and by language.

use std::collections::BTreeMap;
use std::fmt;

use unicode_normalization::UnicodeNormalization;
use wiredesk::event::Event;

use crate::case::Case;

/// What was counted over a set of cases.
#[derive(Default)]
pub(crate) struct Score {
    total: Tally,
    languages: BTreeMap<String, Tally>,
    roles: BTreeMap<String, Tally>,
    misses: Vec<String>,
    /// Whether only numbers are told.
    silent: bool,
    /// Prose that was removed in cases that give no reason for it, and reasons given for nothing.
    pub(crate) unexplained: Vec<String>,
}

/// So many of so many.
#[derive(Clone, Copy, Default)]
pub(crate) struct Share {
    hits: u64,
    of: u64,
}

impl Share {
    fn add(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.of += 1;
    }

    /// Whether it is at least so many thousandths; a share of nothing is.
    pub(crate) fn reaches(self, thousandths: u64) -> bool {
        self.hits * 1000 >= thousandths * self.of
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.hits, self.of))
    }
}

#[derive(Clone, Default)]
struct Tally {
    /// Paragraphs of prose that are whole in the body.
    kept: Share,
    /// Removed pieces that are furniture.
    removed: Share,
    /// Furniture that was removed.
    found: Share,
    /// Furniture that was removed with its exact text and role.
    exact: Share,
    title: Share,
    authors: Share,
    origin: Share,
}

impl Score {
    /// A score that tells no misses: their words are to stay unknown to whoever works on the rules.
    pub(crate) fn held_out() -> Self {
        Self { silent: true, ..Self::default() }
    }

    /// Counts what became of a case.
    pub(crate) fn add(&mut self, case: &Case, event: &Event) {
        let body = squeeze(event.body.as_deref().unwrap_or_default());
        let pieces: Vec<(String, String)> =
            event.furniture.iter().map(|piece| (name_of(&piece.role), squeeze(&piece.text))).collect();
        let mut tally = Tally::default();
        self.count_prose(case, &body, &mut tally);
        self.count_removed(case, &pieces, &mut tally);
        self.count_furniture(case, &body, &pieces, &mut tally);
        let title = event.title.as_deref().map(squeeze);
        let first = event.body.as_deref().and_then(|body| body.lines().next()).map(squeeze);
        let repeated = first.is_some() && first == case.written.as_deref().map(squeeze);
        tally.title.add(title == case.title().map(squeeze) && !repeated);
        tally.authors.add(same_names(&event.authors, &case.authors, &case.may));
        let origin: Vec<String> = event.source.origin.iter().map(|origin| origin.name.clone()).collect();
        tally.origin.add(same_names(&origin, &case.origin, &case.may));
        for (what, share, found) in [
            ("title", tally.title, format!("{title:?}")),
            ("authors", tally.authors, format!("{:?}, not {:?}", event.authors, case.authors)),
            ("origin", tally.origin, format!("{origin:?}, not {:?}", case.origin)),
        ] {
            if share.hits < share.of {
                self.misses.push(format!("{}: {what}: {found}", case.name));
            }
        }
        self.total.merge(&tally);
        self.languages.entry(case.language.clone()).or_default().merge(&tally);
    }

    fn count_prose(&mut self, case: &Case, body: &str, tally: &mut Tally) {
        for paragraph in &case.prose {
            let kept = body.contains(&squeeze(paragraph));
            tally.kept.add(kept);
            if !kept {
                let miss = format!("{}: PROSE LOST: {paragraph}", case.name);
                if case.explained.is_none() {
                    self.unexplained.push(miss.clone());
                }
                self.misses.push(miss);
            }
        }
        if case.explained.is_some() && tally.kept.hits == tally.kept.of {
            self.unexplained.push(format!("{}: no prose is lost any more: take `explained` away", case.name));
        }
    }

    fn count_removed(&mut self, case: &Case, pieces: &[(String, String)], tally: &mut Tally) {
        let expected: Vec<String> = case.furniture.iter().map(|(_, text)| squeeze(text)).collect();
        for (role, text) in pieces {
            let right = is_furniture(text, &expected);
            tally.removed.add(right);
            self.roles.entry(role.clone()).or_default().removed.add(right);
            if !right {
                self.misses.push(format!("{}: wrongly removed as {role}: {text}", case.name));
            }
        }
    }

    fn count_furniture(&mut self, case: &Case, body: &str, pieces: &[(String, String)], tally: &mut Tally) {
        for (roles, text) in &case.furniture {
            let text = squeeze(text);
            let covers = |piece: &str| piece.contains(&text) || text.contains(piece);
            // What the prose says too, such as the agency in a dateline, is in the body as often as the prose says it.
            let within = |whole: &str| whole.matches(text.as_str()).count();
            let left_in = within(body) > case.prose.iter().map(|paragraph| within(&squeeze(paragraph))).sum();
            let found = !left_in && pieces.iter().any(|(_, piece)| covers(piece));
            let exact = found && pieces.iter().any(|(role, piece)| *piece == text && roles.contains(role));
            tally.found.add(found);
            tally.exact.add(exact);
            let role = self.roles.entry(roles[0].clone()).or_default();
            role.found.add(found);
            role.exact.add(exact);
            let near = pieces.iter().find(|(_, piece)| covers(piece));
            match (found, exact) {
                (true, true) => {}
                (true, false) => {
                    self.misses.push(format!("{}: {}: {text:?} came out as {near:?}", case.name, roles.join("/")))
                }
                (false, _) => self.misses.push(format!("{}: {} left in: {text}", case.name, roles.join("/"))),
            }
        }
    }

    /// Removed pieces that are furniture, of all removed pieces.
    pub(crate) fn precision(&self) -> Share {
        self.total.removed
    }

    /// Furniture that was removed, of all furniture.
    pub(crate) fn recall(&self) -> Share {
        self.total.found
    }

    /// Furniture with its exact text and role, of all furniture.
    pub(crate) fn roles(&self) -> Share {
        self.total.exact
    }

    /// Titles, authors and origins that are right, of three a case.
    pub(crate) fn metadata(&self) -> Share {
        let of = [self.total.title, self.total.authors, self.total.origin];
        Share { hits: of.iter().map(|share| share.hits).sum(), of: of.iter().map(|share| share.of).sum() }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for miss in self.misses.iter().filter(|_| !self.silent) {
            writeln!(f, "  {miss}")?;
        }
        writeln!(f)?;
        writeln!(f, "{:15} {:>8} {:>8} {:>8}", "role", "removed", "found", "exact")?;
        for (role, tally) in &self.roles {
            writeln!(f, "{role:15} {:>8} {:>8} {:>8}", tally.removed, tally.found, tally.exact)?;
        }
        writeln!(f)?;
        let head = ["prose", "removed", "found", "exact", "title", "authors", "origin"];
        writeln!(f, "{:15} {}", "language", head.map(|head| format!("{head:>8}")).join(" "))?;
        let total = ("all".to_owned(), self.total.clone());
        for (language, tally) in self.languages.iter().chain([(&total.0, &total.1)]) {
            let Tally { kept, removed, found, exact, title, authors, origin } = tally;
            let row = [kept, removed, found, exact, title, authors, origin];
            writeln!(f, "{language:15} {}", row.map(|share| format!("{share:>8}")).join(" "))?;
        }
        Ok(())
    }
}

impl Tally {
    fn merge(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.kept, other.kept),
            (&mut self.removed, other.removed),
            (&mut self.found, other.found),
            (&mut self.exact, other.exact),
            (&mut self.title, other.title),
            (&mut self.authors, other.authors),
            (&mut self.origin, other.origin),
        ] {
            mine.hits += theirs.hits;
            mine.of += theirs.of;
        }
    }
}

/// A piece is furniture if it is part of an expected piece, or made of expected pieces and at most two letters more.
fn is_furniture(text: &str, expected: &[String]) -> bool {
    if expected.iter().any(|expected| expected.contains(text)) {
        return true;
    }
    let contained = expected.iter().filter(|expected| text.contains(expected.as_str()));
    let rest = contained.fold(text.to_owned(), |rest, piece| rest.replacen(piece.as_str(), " ", 1));
    rest.chars().filter(|c| c.is_alphanumeric()).count() <= 2
}

/// Every wanted name is there, and there is no other but those that may be.
fn same_names(found: &[String], wanted: &[String], may: &[String]) -> bool {
    let alike = |one: &String, other: &String| {
        let (one, other) = (squeeze(one).to_lowercase(), squeeze(other).to_lowercase());
        one.contains(&other) || other.contains(&one)
    };
    wanted.iter().all(|wanted| found.iter().any(|found| alike(found, wanted)))
        && found.iter().all(|found| wanted.iter().chain(may).any(|wanted| alike(found, wanted)))
}

fn squeeze(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name_of(role: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(role).expect("JSON");
    name.as_str().expect("a role is a string").to_owned()
}
