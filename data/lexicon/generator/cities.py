"""Capitals and cities."""
import gettext, io, json, math, re, sys, unicodedata

from countries import CITY_IS_COUNTRY, ISO_SKIPPED
from names import Entity, fold, language_of
from packages import fail, load, load_one

# Capitals whose name in the country table is out of date or is not the city's name in the city table.
CAPITAL_NAME = {"US": "Washington", "KZ": "Astana", "BO": "La Paz", "CI": "Yamoussoukro", "PS": "Ramallah",
                "MM": "Nay Pyi Taw", "GT": "Guatemala City", "AI": "The Valley", "CC": "", "CX": "", "CS": "", "AN": "",
                "SJ": "Longyearbyen", "GQ": "Malabo", "WS": "Apia", "BQ": "Kralendijk", "TO": "Nuku‘alofa",
                "BI": "Gitega", "PW": "Ngerulmud", "IO": "", "PN": "", "NR": "Yaren", "KI": "Tarawa", "IL": "Jerusalem"}
PEOPLE_MIN = 15_000            # towns of fewer people have names that mean something else more often than not
# Languages in which names of cities below half a million people are carried; the others have few newspapers.
PEOPLE_LARGE = 500_000
LANGUAGES = set("""en fr es pt it de nl sv da nb fi is et lv lt pl cs sk sl hr sr bs mk bg ru uk be ro hu el tr az uz kk ky mn sq ca gl eu vi id ms fil sw af
    he ar fa ur ckb ps hi bn ta te mr gu kn ml pa ne si th lo km my ka hy zh ja ko""".split())
STAR_LETTERS_MIN = 4           # a shorter name is not believed in every language, but for the largest cities
BARE_LETTERS_MIN = 6           # one word without its marks is the same name only if it is long
# Namesakes of a larger city are kept down to this part of its people: fewer are not meant without saying so.
NAMESAKE_PART = 30
# How many languages name a city tells how widely it is known: as much as a hundredfold of people.
LANGUAGES_FULL = 80


ZONE_CITY = {  # zones whose exemplar city has another spelling in the city table
    "Asia/Saigon": "Ho Chi Minh City", "Asia/Calcutta": "Kolkata", "Europe/Kiev": "Kyiv", "Asia/Katmandu": "Kathmandu",
    "Asia/Rangoon": "Yangon", "America/New_York": "New York City", "America/Sao_Paulo": "São Paulo",
    "America/Mexico_City": "Mexico City", "America/Bogota": "Bogotá", "Asia/Macau": "Macau", "Asia/Hong_Kong": "Hong Kong",
    "Africa/Sao_Tome": "São Tomé", "Atlantic/Reykjavik": "Reykjavík", "Asia/Ulaanbaatar": "Ulan Bator",
}


def exemplar_cities(cache):
    """{zone: {(lang, name)}}"""
    out = {}

    def walk(node, path, lang):
        for key, value in node.items():
            if isinstance(value, dict):
                if "exemplarCity" in value:
                    out.setdefault("/".join(path + [key]), set()).add((lang, value["exemplarCity"]))
                else:
                    walk(value, path + [key], lang)

    for path, data in sorted(load(cache, "zones", r"main/[^/]+/timeZoneNames\.json$").items()):
        locale = path.split("/")[-2]
        lang = language_of(locale)
        if lang:
            walk(json.loads(data)["main"][locale]["dates"]["timeZoneNames"].get("zone", {}), [], lang)
    return out


def tagged_names(cache):
    """{geonameid: {(lang, name)}} of the Debian package's message catalogues."""
    out = {}
    for path, data in sorted(load(cache, "tagged", r"LC_MESSAGES/geonames\.mo$").items()):
        lang = language_of(path.split("/")[-3])
        if lang is None:
            continue
        for key, name in gettext.GNUTranslations(io.BytesIO(data))._catalog.items():
            if isinstance(key, str) and key.isdigit() and not (lang in OTHER_LETTERS and name[:1].isascii()):
                out.setdefault(key, set()).add((lang, name))
    return out


# Cities whose Wikidata item the brand index carries (label in the package) and the GeoNames id of the same city; the
# last two have theirs from rigour (Russian regions) and from the project's own reference list.
CITY_ITEMS = {
    "Q60": (5128581, "New York City"), "Q61": (4140963, "Washington, D.C."), "Q64": (2950159, "Berlin"), "Q70": (2661552, "Bern"), "Q172": (6167865, "Toronto"),
    "Q270": (756135, "Warsaw"), "Q1297": (4887398, "Chicago"), "Q1490": (1850147, "Tokyo"), "Q1726": (2867714, "Munich"),
    "Q1718": (2934246, "Düsseldorf"), "Q1022": (2825297, "Stuttgart"), "Q2079": (2879139, "Leipzig"),
    "Q1792": (3099434, "Gdańsk"), "Q1799": (3081368, "Wrocław"), "Q31487": (3094802, "Kraków"), "Q3889": (1040652, "Maputo"),
    "Q3935": (3352136, "Windhoek"), "Q8652": (4164138, "Miami"), "Q9899": (2759794, "Amsterdam"),
    "Q11462": (1625822, "Surabaya"), "Q24639": (6173331, "Vancouver"), "Q34600": (1857910, "Kyoto"),
    "Q35765": (1853909, "Osaka"), "Q11751": (1856057, "Nagoya"), "Q37951": (2128295, "Sapporo"), "Q38283": (1848354, "Yokohama"),
    "Q26600": (1863967, "Fukuoka"), "Q16554": (5419384, "Denver"), "Q16557": (4684888, "Dallas"),
    "Q2096": (5946768, "Edmonton"), "Q2135": (6183235, "Winnipeg"), "Q36600": (2747373, "The Hague"),
}
CITY_ITEMS_GIVEN = {"Q1858": 1581130, "Q649": 524901, "Q656": 498817, "Q613": 292223}


def cities(cache, taken):
    """`taken`: {(lang, folded name)} that belong to countries."""
    table = json.loads(load_one(cache, "cities", r"data/cities500\.json$"))
    facts = json.loads(load_one(cache, "cities", r"data/countries\.json$"))
    tagged = tagged_names(cache)
    labels = json.loads(load_one(cache, "brands", r"dist/wikidata/wikidata\.json$"))["wikidata"]
    items = {str(g): q for q, g in CITY_ITEMS_GIVEN.items()}
    for qid, (gid, label) in CITY_ITEMS.items():
        if labels.get(qid, {}).get("label") != label or str(gid) not in table:
            fail(f"{qid} is not confirmed as {label}")
        items[str(gid)] = qid

    by_country = {}
    for gid, city in table.items():
        by_country.setdefault(city["countrycode"], []).append((gid, city))
    capitals = {}
    for iso, fact in sorted(facts.items()):
        wanted = CAPITAL_NAME.get(iso, fact["capital"].strip())
        if not wanted or iso in CITY_IS_COUNTRY:
            continue
        same = [(c["population"], gid) for gid, c in by_country.get(iso, [])
                if wanted == c["name"] or wanted in c["alternatenames"] or plain(wanted) == plain(c["name"])]
        if same:
            capitals[max(same)[1]] = wanted
        elif iso not in ISO_SKIPPED:
            print(f"no city found for the capital {wanted!r} of {iso}", file=sys.stderr)

    by_zone = {}
    for gid, city in table.items():
        by_zone.setdefault((city["timezone"].split("/")[0], plain(city["name"])), []).append((city["population"], gid))
    extra = {}
    for zone, found in sorted(exemplar_cities(cache).items()):
        english = ZONE_CITY.get(zone) or next((n for l, n in sorted(found) if l == "en"), zone.split("/")[-1].replace("_", " "))
        hits = by_zone.get((zone.split("/")[0], plain(english)))
        if hits:
            extra.setdefault(max(hits)[1], set()).update(found)

    out = []
    for gid, city in sorted(table.items(), key=lambda x: (-x[1]["population"], x[0])):
        known = tagged.get(gid, set()) | extra.get(gid, set())
        capital = gid in capitals
        if not (capital or city["population"] >= PEOPLE_MIN) or city["countrycode"] in CITY_IS_COUNTRY:
            continue
        entity = city_entity(city, gid, items.get(gid), capitals.get(gid), known)
        drop_taken(entity, taken)
        if entity.display in entity.names.get("en", {}):
            out.append(entity)
    drop_namesakes(out)
    return [e for e in out if e.display in e.names.get("en", {})]


def city_entity(city, gid, qid, capital, known):
    people = city["population"]
    languages = len({lang for lang, _ in known})
    prior = 0.25 + 0.05 * math.log10(people + 1) + 0.15 * min(1, languages / LANGUAGES_FULL) + (0.15 if capital else 0)
    entity = Entity("wikidata:" + qid if qid else "geonames:" + gid, "place", {"capital", "city"} if capital else {"city"},
                    min(0.95, prior), city["countrycode"], ["geonames:" + gid], f"{city['latitude']:.4f},{city['longitude']:.4f}")
    entity.people = people
    english = [n for l, n in sorted(known) if l == "en"]
    entity.display = min(english, key=lambda n: (n != city["name"], n)) if english else city["name"]
    if capital and plain(capital) not in {plain(n) for n in [*english, city["name"]]}:
        entity.display = capital            # renamed since the tables were made
    entity.add("en", entity.display)
    if city["name"] != entity.display:
        entity.add("en", city["name"])
    if capital or people >= PEOPLE_LARGE or sum(c.isalpha() for c in entity.display) >= STAR_LETTERS_MIN:
        entity.add("*", entity.display)
        bare = unmarked(entity.display)
        if " " in bare or len(bare) >= BARE_LETTERS_MIN:
            entity.add("*", bare)
    for lang, name in sorted(known):
        if capital or people >= PEOPLE_LARGE or lang in LANGUAGES:
            entity.add(lang, name)
    return entity


# Languages that print foreign names in letters of their own, not in Latin ones.
OTHER_LETTERS = set("""sr bs mk bg ru uk be el kk ky mn ar he fa ur ckb ps hi bn ta te mr gu kn ml pa ne si th lo km my ka hy zh ja ko""".split()) - {"sr", "bs"}
# A language that so many of a hundred people of a country speak is one of its press.
SPOKEN_PERCENT_MIN = 20


def languages_of_countries(cache):
    """{country: its languages}: the official ones and those of many people."""
    text = load_one(cache, "subdivisions", r"common/supplemental/supplementalData\.xml$").decode()
    out = {}
    for country, said in re.findall(r'<territory type="([A-Z]{2})"[^>]*>(.*?)</territory>', text, re.S):
        for locale, rest in re.findall(r'<languagePopulation type="([^"]+)"([^>]*)>', said):
            percent = re.search(r'populationPercent="([\d.]+)"', rest)
            lang = language_of(locale)
            if lang in LANGUAGES and ("officialStatus" in rest or percent and float(percent.group(1)) >= SPOKEN_PERCENT_MIN):
                out.setdefault(country, set()).add(lang)
    return {country: sorted(found) for country, found in out.items()}


def unmarked(name):
    """A Latin name without its marks."""
    bare = unicodedata.normalize("NFD", name.translate(str.maketrans("đĐøØłŁı", "dDoOlLi")))
    return "".join(c for c in bare if not unicodedata.combining(c))


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if c.isalnum())


def drop_taken(entity, taken):
    """A country's name is not its capital's as well (Luxembourg, Panamá), and never of another country's city."""
    for lang in sorted(entity.names):
        for name in list(entity.names[lang]):
            key = fold(name)
            if (lang, key) in taken or (lang == "*" and any((x, key) in taken for x in ("en", "fr", "es", "de"))):
                entity.discard(lang, name)


def drop_namesakes(entities):
    """Of cities with one name in one language the far smaller ones lose it."""
    largest = {}
    for entity in entities:
        for lang, name in entity.all_names():
            key = (lang, fold(name))
            largest[key] = max(largest.get(key, 0), weight(entity))
    for entity in entities:
        for lang, name in entity.all_names() if "capital" not in entity.flags else ():
            if weight(entity) * NAMESAKE_PART < largest[lang, fold(name)]:
                entity.discard(lang, name)


def weight(entity):
    """People, and as many again for what is widely known."""
    return (entity.people + 1) * (10 if "capital" in entity.flags else 1)


CONTINENTS = {"AF": "africa", "AS": "asia", "EU": "europe", "NA": "north_america", "SA": "south_america", "OC": "oceania", "AN": "oceania"}


def by_continent(cache, entities):
    """Tables of a size that can be reviewed: {"cities_" and the continent: its entities}"""
    facts = json.loads(load_one(cache, "cities", r"data/countries\.json$"))
    out = {f"cities_{name}": [] for name in sorted(CONTINENTS.values())}
    for entity in entities:
        out["cities_" + CONTINENTS[facts[entity.country]["continentcode"]]].append(entity)
    return out
