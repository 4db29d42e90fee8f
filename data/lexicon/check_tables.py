"""Checks of the lexicon's tables: their form, and that the curated ones say nothing they cannot know.

The generator runs them all; run by itself, this checks what needs no package: `python3 data/lexicon/check_tables.py`.
"""
import pathlib, re, sys, unicodedata

HERE = pathlib.Path(__file__).parent
CURATED = {"places": "place", "organisations": "organisation", "people": "person", "events": "event", "products": "object"}

TYPES = {"place", "organisation", "person", "object", "event"}
FLAGS = {"country", "territory", "region", "historic", "capital", "city", "division", "international", "weak", "case", "model"}
IDENT = re.compile(r"(wikidata:Q[1-9][0-9]*|iso3166-2:[A-Z]{2}-[A-Z0-9]{1,3}|geonames:[1-9][0-9]*|wiredesk:(gov/[a-z]{2}/)?[a-z0-9]+(-[a-z0-9]+)*)")
LANGUAGE = re.compile(r"[a-z]{2,3}|\*")
GEO = re.compile(r"-|-?[0-9]{1,2}\.[0-9]+,-?[0-9]{1,3}\.[0-9]+")
NAME_LENGTH_MAX = 90  # characters; the longest name of a body is shorter

# Wikidata items that no package has, and why they may stand all the same.
CONFIRMED_ELSEWHERE = {
    "Q355": "Facebook: in the project's own reference list of the sample articles",
    "Q361": "World War I: public lists of historic events give it beside Q362",
    "Q362": "World War II: in the project's own reference list of the sample articles",
}
# Items whose label in the brand index is another form than any name of the row: the label, so that a changed one is seen.
LABEL_DIFFERS = {
    "Q7178": "International Red Cross and Red Crescent Movement",
    "Q132551": "Office of the United Nations High Commissioner for Refugees",
    "Q846656": "United Nations Relief and Works Agency for Palestine Refugees in the Near East",
}
# Names that must be there: (language, name): (id, flags of its row).
GOLDEN = {
    ("*", "Facebook"): ("wikidata:Q355", "-"), ("*", "Meta"): ("wikidata:Q380", "case,weak"),
    ("vi", "VN"): ("wikidata:Q881", "case"), ("id", "AS"): ("wikidata:Q30", "case"), ("ru", "США"): ("wikidata:Q30", "case"),
    ("vi", "Liên Hợp Quốc"): ("wikidata:Q1065", "international"), ("id", "Perang Dunia II"): ("wikidata:Q362", "-"),
    ("ru", "России"): ("wikidata:Q159", "-"), ("uk", "Україні"): ("wikidata:Q212", "-"), ("pl", "Wietnamu"): ("wikidata:Q881", "-"),
    ("vi", "Anh"): ("wikidata:Q145", "weak"), ("vi", "TTXVN"): ("wiredesk:vietnam-news-agency", "case"),
}
LANGUAGES_MIN = 30
OWN_ENTITIES_MIN = 250
# The scripts of languages that are not written in Latin letters, as Unicode names their letters.
SCRIPTS = {
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "tg", "tt", "uk"), {"CYRILLIC"}),
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), {"ARABIC"}),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), {"DEVANAGARI"}),
    **{"am": {"ETHIOPIC"}, "ti": {"ETHIOPIC"}, "as": {"BENGALI"}, "bn": {"BENGALI"}, "el": {"GREEK"}, "gu": {"GUJARATI"}},
    **{"he": {"HEBREW"}, "hy": {"ARMENIAN"}, "ka": {"GEORGIAN"}, "km": {"KHMER"}, "kn": {"KANNADA"}, "lo": {"LAO"}},
    **{"ml": {"MALAYALAM"}, "my": {"MYANMAR"}, "or": {"ORIYA"}, "pa": {"GURMUKHI"}, "si": {"SINHALA"}, "ta": {"TAMIL"}},
    **{"te": {"TELUGU"}, "th": {"THAI"}, "ko": {"HANGUL", "CJK"}, "ja": {"CJK", "HIRAGANA", "KATAKANA"}},
    **{"zh": {"CJK"}, "yue": {"CJK"}},
}
# Languages that the press writes in more than one script, and names of every language.
ANY_SCRIPT = {"*", "az", "bs", "ku", "sh", "sr", "tk", "uz"}


def fail(message):
    sys.exit(f"check_tables.py: {message}")


def parse(text, where):
    """Yields (columns, {lang: [name, …]}) of each row of a table; stops the program at the first malformed one."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        place = f"{where}:{number}"
        if line != unicodedata.normalize("NFC", line):
            fail(f"{place}: not NFC")
        columns = line.split("\t")
        if len(columns) != 8:
            fail(f"{place}: {len(columns)} columns, not 8")
        ident, kind, flags, prior, country, same_as, geo, names = columns
        for one in [ident] + ([] if same_as == "-" else same_as.split(",")):
            if not IDENT.fullmatch(one):
                fail(f"{place}: ill-formed id {one!r}")
        if kind not in TYPES:
            fail(f"{place}: unknown type {kind!r}")
        found = [] if flags == "-" else flags.split(",")
        if set(found) - FLAGS or found != sorted(set(found)):
            fail(f"{place}: unknown, doubled or unsorted flags {flags!r}")
        if not re.fullmatch(r"[01]\.[0-9]{1,2}", prior) or float(prior) > 1:
            fail(f"{place}: prior {prior!r}")
        if not re.fullmatch(r"-|[A-Z]{2}", country) or not GEO.fullmatch(geo):
            fail(f"{place}: country {country!r} or geo {geo!r}")
        yield columns, parse_names(names, place)


def parse_names(field, place):
    out = {}
    for part in field.split(";"):
        lang, equals, names = part.partition("=")
        if not equals or not LANGUAGE.fullmatch(lang) or lang in out:
            fail(f"{place}: ill-formed or doubled language {part[:30]!r}")
        out[lang] = names.split("|")
        for name in out[lang]:
            if not name or name != " ".join(name.split()) or "=" in name or len(name) > NAME_LENGTH_MAX:
                fail(f"{place}: ill-formed name {name!r}")
            if any(unicodedata.category(c) == "Cc" for c in name) or unicodedata.category(name[-1]) == "Cf":
                fail(f"{place}: control character in {name!r}")
        if len(set(out[lang])) != len(out[lang]):
            fail(f"{place}: a name of {lang} twice")
    return out


def check_generated(text, where):
    """Rows sorted by id, each id once, or twice where some of its names are weak."""
    keys = [(columns[0], "weak" in columns[2].split(",")) for columns, _ in parse(text, where)]
    idents = [ident for ident, _ in keys]
    if idents != sorted(idents) or len(set(keys)) != len(keys):
        fail(f"{where}: not sorted by id, or an id twice")


def read_curated():
    """{name: text} of the hand-written tables."""
    return {name: (HERE / "curated" / f"{name}.tsv").read_text(encoding="utf-8") for name in CURATED}


def check_curated(texts, generated, labels=None, items=()):
    """`texts`: {name: text} of the hand-written tables; `generated`: {id: type} of the other tables; `labels`: {Q…: label}
    of the brand index; `items`: Q… of the maps. Without labels, what only packages can confirm is left unchecked."""
    rows = []
    for table, text in texts.items():
        found = list(parse(text, f"{table}.tsv"))
        keys = [(c[0], "weak" in c[2].split(","), "case" in c[2].split(","), c[2]) for c, _ in found]
        if keys != sorted(set(keys)):
            fail(f"{table}.tsv: rows not in order, or two of one id and the same flags")
        for columns, _ in found:
            if columns[1] != CURATED[table]:
                fail(f"{table}.tsv: {columns[0]} is of type {columns[1]}")
        rows += found
    for (lang, name), wanted in GOLDEN.items():
        got = [(c[0], c[2]) for c, names in rows if name in names.get(lang, [])]
        if got != [wanted]:
            fail(f"curated: {lang} {name!r} is {got}, not {wanted}")
    seen, own, names_of = set(), {}, {}
    for columns, names in rows:
        ident, kind = columns[:2]
        if generated.get(ident, own.get(ident, kind)) != kind:
            fail(f"curated: {ident} is {kind} here and another type elsewhere")
        if ident not in generated and ident not in own and "en" not in names:
            fail(f"curated: {ident} has no English name to display")
        own[ident] = kind
        for lang, found in names.items():
            for name in found:
                if (ident, lang, name) in seen:
                    fail(f"curated: {ident} has {lang} {name!r} in two rows")
                seen.add((ident, lang, name))
                names_of.setdefault(ident, set()).add(name.casefold())
    latin = {}
    for ident, lang, name in seen:
        if lang in ("en", "*"):
            latin.setdefault(ident, set()).add(name.casefold())
    for ident, lang, name in sorted(seen):
        check_script(ident, lang, name, latin.get(ident, set()))
    check_homographs(rows)
    for ident in own:
        if labels is not None:
            check_item(ident, names_of[ident], generated, labels, items)
    languages = {lang for _, lang, _ in seen} - {"*"}
    if len(languages) < LANGUAGES_MIN or len(set(own) - set(generated)) < OWN_ENTITIES_MIN:
        fail(f"curated: {len(languages)} languages, {len(set(own) - set(generated))} entities of its own: too few")
    return len(rows), len(seen), len(languages)


def check_script(ident, lang, name, latin):
    """A name is written in its language's script, with words in capitals beside it (ВИЧ, NATO軍), or is one of the Latin
    names that the entity has everywhere (`latin`)."""
    wanted = SCRIPTS.get(lang, set() if lang in ANY_SCRIPT else {"LATIN"})
    scripts = {unicodedata.name(c, "?").split()[0].split("-")[0] for c in name if c.isalpha()} - {"MODIFIER", "FULLWIDTH"}
    if wanted and not scripts <= wanted | {"LATIN"}:
        fail(f"curated: {ident} has {lang} {name!r} in {sorted(scripts)}")
    if wanted and "LATIN" not in wanted and scripts == {"LATIN"} and not name.isupper() and name.casefold() not in latin:
        fail(f"curated: {ident} has a Latin name in {lang}, {name!r}")
    small = any(word.isascii() and word.isalpha() and word.islower() and len(word) > 2 for word in name.split())
    if wanted & scripts and "LATIN" not in wanted and small:
        fail(f"curated: {ident} has a Latin word in {lang} {name!r}")


def check_homographs(rows):
    """A name that means two entities of one type in one language is weak for one of them at least."""
    firm = {}
    for columns, names in rows:
        if columns[1] == "place" or "weak" in columns[2].split(","):
            continue
        for lang, found in names.items():
            for name in found:
                firm.setdefault((columns[1], name), {}).setdefault(columns[0], set()).add(lang)
    for (kind, name), by_id in firm.items():
        idents = sorted(by_id)
        for at, one in enumerate(idents):
            for other in idents[at + 1 :]:
                both = by_id[one] & by_id[other]
                if both or "*" in by_id[one] | by_id[other]:
                    fail(f"curated: {name!r} is {one} and {other}, both {kind} without weak")


def check_item(ident, names, generated, labels, items):
    scheme, _, value = ident.partition(":")
    if scheme == "geonames" and ident not in generated:
        fail(f"curated: {ident} is in no generated table")
    if scheme != "wikidata" or ident in generated or value in CONFIRMED_ELSEWHERE:
        return
    label = labels.get(value)
    if label is None and value not in items:
        fail(f"curated: no package has {ident}")
    if label and label.casefold() not in names and LABEL_DIFFERS.get(value) != label:
        fail(f"curated: the brand index calls {ident} {label!r}, which is no name here")


def main():
    generated = {}
    for path in sorted(HERE.glob("*.tsv")):
        text = path.read_text(encoding="utf-8")
        check_generated(text, path.name)
        for columns, _ in parse(text, path.name):
            generated.update((ident, columns[1]) for ident in [columns[0], *columns[5].split(",")])
    rows, names, languages = check_curated(read_curated(), generated)
    print(f"curated: {rows} rows, {names} names, {languages} languages")


if __name__ == "__main__":
    main()
