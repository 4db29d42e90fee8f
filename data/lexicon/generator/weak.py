"""Names that are something else too: everyday words, months, and people's names. The tables mark them weak: each needs evidence."""
import json, re, unicodedata

from cities import OTHER_LETTERS
from name_parts import FAMILY, GIVEN
from names import cased, language_of
from packages import load

# A city of so many people is meant by its name, whoever else has it.
PEOPLE_FIRM = 1_000_000
# In a script without capitals a short name is part of other words; a city of so many people is not one of those by chance.
PEOPLE_FIRM_UNCASED = 300_000
# A town of fewer people is known by its bare name where it lies; elsewhere the name needs evidence.
PEOPLE_KNOWN = 100_000
# A brand that so many languages name is not a person by chance.
LANGUAGES_FIRM = 4
JOINING = frozenset("the of and in on at for to a an by s my our your".split())
ARTICLE = re.compile(r"(?:La|El|Los|Las|Le|Les|Lo|Il|Los|O|A|Os|As) (\w+)")
# Whose everyday words weaken a name that stands for every language.
LARGE = ("en", "fr", "es", "pt", "de", "it", "nl", "id", "vi", "tr", "pl", "sv")


# German writes every noun with a capital: these would be found in any German text. Their other languages keep them.
GERMAN_NOUNS = frozenset("""zug norden süden westen osten essen halle zeit leer worms bild stern spiegel welt berg wald see feld mode lage kultur natur werk haus hof
    markt tor ring burg hafen messe kraft licht luft wasser feuer erde morgen mittag abend nacht liebe glück freude ruhe mut bad bergen weiden stade bremse
    partner gruppe verband kreis stein bach brand kamen lehre angst sommer winter herbst linde buche eiche rose lotto mars focus kicker zug moss ring""".split())


def drop_brands(entities, classes):
    """Takes away short capitals and names of people from brands that few languages name."""
    for entity in entities:
        if len(entity.names) < LANGUAGES_FIRM:
            for lang, name in entity.all_names():
                if " " not in name and (name.isupper() and len(name) <= 4 or is_persons(name.casefold(), classes)):
                    entity.discard(lang, name)


def read(path):
    """{language: {word}} of everyday.tsv"""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {lang: frozenset(words.split()) for lang, words in rows}


def months_and_days(cache):
    """{language: {word}}: what calendars call months and days of the week."""
    out = {}
    for path, data in sorted(load(cache, "zones", r"main/[^/]+/ca-gregorian\.json$").items()):
        locale = path.split("/")[-2]
        lang = language_of(locale)
        if lang:
            calendar = json.loads(data)["main"][locale]["dates"]["calendars"]["gregorian"]
            for kind in ("months", "days"):
                for form in ("format", "stand-alone"):
                    words = calendar[kind][form]["wide"].values()
                    out.setdefault(lang, set()).update(word.casefold() for word in words)
    return out


def dictionary(cache):
    """The English words that WordNet writes small, whatever else they are."""
    words = set()
    for data in load(cache, "words", r"dict/data\.(noun|verb|adj|adv)$").values():
        words.update(re.findall(r" ([a-z]{2,}) [0-9a-f] ", data.decode("latin-1")))
    return frozenset(words)


def drop(entities, calendar, classes):
    """Takes away names that would hide more than they tell: of months and days, of people in Han and kana, German nouns in every language."""
    german = GERMAN_NOUNS
    for entity in entities:
        for lang, name in entity.all_names():
            word = name.casefold()
            large = LARGE if lang == "*" else (lang,)
            month = any(word in calendar.get(x, ()) for x in large)
            person = lang in ("ja", "zh") and entity.people < PEOPLE_FIRM and "capital" not in entity.flags and is_persons(word, classes)
            # 'La Cruz' would hide the Red Cross of 'la Cruz Roja' at the start of a sentence.
            article = ARTICLE.match(name) if entity.people < PEOPLE_FIRM_UNCASED and "capital" not in entity.flags else None
            # A person is in the news far more often than a small town called like one.
            small = entity.people < PEOPLE_KNOWN and "capital" not in entity.flags and " " not in name and is_persons(word, classes)
            if small or month or person or lang in ("*", "de") and word in german or article and is_persons(article.group(1).casefold(), classes):
                entity.discard(lang, name)


def is_unknown(entity):
    return entity.people < PEOPLE_KNOWN and "capital" not in entity.flags


def keep_home(towns, spoken):
    """A small town's name stands for the languages of its country, not for every one. `spoken`: {country: languages}"""
    for town in filter(is_unknown, towns):
        for name in list(town.names.get("*", {})):
            for lang in spoken.get(town.country, ()) if unicodedata.name(name[0]).startswith("LATIN") else ():
                if lang in OTHER_LETTERS:
                    continue
                town.names.setdefault(lang, {}).setdefault(name, None)
            town.names.setdefault("en", {}).setdefault(name, None)
            town.discard("*", name)


def mark_abroad(towns, spoken):
    for town in filter(is_unknown, towns):
        for lang, name in town.all_names():
            if lang not in spoken.get(town.country, ()) and not re.search(r"[\s-]", name):
                town.weak.add((lang, name))


def mark(entities, everyday, classes, english):
    """Marks the names of places: `everyday` by language, `classes` the words of personal names, `english` a dictionary."""
    for entity in entities:
        firm = "capital" in entity.flags or entity.people >= PEOPLE_FIRM
        for lang, name in entity.all_names():
            if " " in name or "-" in name:
                # 'Long Beach' is a city, but a smaller 'Silver Springs' needs a word beside it.
                if lang in ("en", "*") and entity.people < PEOPLE_FIRM_UNCASED and not firm and all_common(name, english):
                    entity.weak.add((lang, name))
                continue
            word = name.casefold()
            languages = LARGE if lang == "*" else (lang,)
            in_english = entity.people < PEOPLE_FIRM_UNCASED and lang in ("en", "*") and word in english
            if any(word in everyday.get(x, ()) for x in languages) or not firm and (is_persons(word, classes) or in_english):
                # Orange in California is nothing to other languages, which have an Orange of their own.
                if lang == "*" and entity.people < PEOPLE_FIRM_UNCASED and not firm and entity.names.get("en"):
                    entity.discard(lang, name)
                    entity.names["en"].setdefault(name, None)
                    entity.weak.add(("en", name))
                    continue
                entity.weak.add((lang, name))
            elif not cased(name[0]) and entity.people < PEOPLE_FIRM_UNCASED and "capital" not in entity.flags:
                entity.weak.add((lang, name))


def is_weak_form(entity, lang, form, everyday, classes):
    """Whether a case form is an everyday word, or a person's name and not that of a large city."""
    word = form.casefold()
    return word in everyday.get(lang, ()) or is_persons(word, classes) and not is_large(entity)


def is_large(entity):
    return "capital" in entity.flags or entity.people >= PEOPLE_FIRM


def mark_brands(entities, everyday, classes, english):
    """Marks names of one word that are also an everyday word, or a person's name unless the brand is known in many languages."""
    for entity in entities:
        known = len(entity.names) >= LANGUAGES_FIRM
        for lang, name in entity.all_names():
            if " " in name or "-" in name:
                if lang in ("en", "*") and not known and all_common(name, english):
                    entity.weak.add((lang, name))
                continue
            word = name.casefold()
            languages = LARGE if lang == "*" else (lang,)
            caps = name.isupper() and len(name) <= 4
            common = any(word in everyday.get(x, ()) for x in languages) or lang in ("en", "*") and (word in english or word.removesuffix("s") in english)
            if common or not known and (caps or is_persons(word, classes) or not cased(name[0])):
                entity.weak.add((lang, name))


def all_common(name, english):
    """Whether a name of several words has none that tells it from ordinary text in capitals, as headlines have."""
    return all(word in english or word.removesuffix("s") in english or word in JOINING for word in re.split(r"[\s\-'&]+", name.casefold()) if word)


def is_persons(word, classes):
    return bool(classes.get(unicodedata.normalize("NFC", word), 0) & (GIVEN | FAMILY))
