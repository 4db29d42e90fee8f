"""Parts of countries: the codes of ISO 3166-2 with the names that CLDR gives them."""
import csv, io, json, math, re, xml.etree.ElementTree

from cities import plain
from names import Entity, fold, language_of
from packages import fail, load, load_one
from type_words import WHOLE_STANDS, without

# Languages in which few newspapers appear, or whose names here are letter-by-letter renderings that no text has.
LANGUAGES_SKIPPED = {"ceb", "ccp", "si", "yue", "br", "gd", "mt", "kgp", "yrl", "ckb", "fil", "so", "zu", "ha", "yo", "ig", "jv", "am", "cy", "ga", "as", "or"}
# Countries whose divisions are towns and parishes with names that mean other things elsewhere.
COUNTRIES_SKIPPED = {"MT", "SI", "MK", "IS", "SC", "NR", "TV", "PW", "SM", "LI", "AG", "BB", "DM", "GD", "VC", "KN", "LC", "LV", "MC", "BM", "AD", "BS", "KI", "MH", "TO", "WS"}
# English names that consist of these say where a division lies, not what it is called.
DIRECTIONS = set("""north south east west northern southern eastern western central centre center upper lower middle northeast northwest southeast
    southwest north-east north-west south-east south-west northeastern northwestern southeastern southwestern capital coast coastal highlands islands island plateau
    lake lakes river rivers delta border hill valley mountain national federal metropolitan inner outer new far great greater the of and city region province district
    division zone state area nord norte sud sur est este ouest oeste centro central septentrional oriental occidental plateaux savanes hauts-bassins atlantic
    atlantique littoral maritime centrale kara collines borgou equator hamburg-nord peninsula bay port federation adamawa sahel cascades lagoons lagunes""".split())
# Divisions that are one city; the city's own entry takes their code and names.
CITY_DIVISIONS = """AE-DU AM-ER AR-C AT-9 AZ-BA BY-HM CD-KN CG-BZV CI-AB CI-YM CN-BJ CN-CQ CN-SH CN-TJ CO-DC CU-03 CZ-10 DE-BE DE-HH ET-AA ET-DD GE-TB GW-BS
    HU-BU ID-JK JP-13 KE-30 KG-GB KH-12 KP-01 KR-11 KR-26 KR-27 KR-28 KR-29 KR-30 KR-31 KR-50 KZ-71 KZ-75 KZ-79 LV-RIX MN-1 MX-CMX MY-14 MY-16 NE-8 NO-03
    PK-IS PY-ASU RO-B RS-00 RU-MOW RU-SPE TH-10 TJ-DU TM-S TW-KHH TW-NWT TW-TAO TW-TNN TW-TPE TW-TXG UA-30 UA-40 UG-102 US-DC UZ-TK VN-CT VN-DN VN-HN
    VN-HP VN-SG""".split()
# The city, where the code has another name.
CITY_OF = {"CO-DC": "Bogotá", "CZ-10": "Prague", "KR-29": "Gwangju", "MX-CMX": "Mexico City", "RS-00": "Belgrade", "TM-S": "Ashgabat"}
# Divisions that the table of countries has.
LAND_DIVISIONS = {"GB-ENG": "Q21", "GB-SCT": "Q22", "GB-WLS": "Q25", "GB-NIR": "Q26", "UA-43": "Q7835", "ES-CN": "Q5813", "PT-20": "Q25263"}
# Codes of the map packages that ISO has changed since.
CODE_NOW = {"IN-UK": "IN-UT", "IN-CG": "IN-CT", "IN-OD": "IN-OR", "IN-TS": "IN-TG"}
# A state that shares its name with a country: readers of both kinds of news need both.
SHARED_WITH_COUNTRY = {("US-GA", "Georgia")}
SHORT_LETTERS_MIN = 4
LANGUAGES_MIN = 3


def names_by_code(cache):
    """{code: {language: [name, …]}}"""
    out = {}
    for path, data in sorted(load(cache, "subdivisions", r"common/subdivisions/\w+\.xml$").items()):
        lang = language_of(path.split("/")[-1][:-4])
        if lang is None or lang in LANGUAGES_SKIPPED:
            continue
        for node in xml.etree.ElementTree.fromstring(data).iter("subdivision"):
            name = re.sub("[²³¹†*]", "", node.text).strip()
            raw = node.get("type").upper()
            if raw[:2].isalpha() and name:
                out.setdefault(f"{raw[:2]}-{raw[2:]}", {}).setdefault(lang, []).append(name)
    return out


def crosswalk(cache):
    """({ISO 3166-2 code: GeoNames id}, {code: GeoNames' own code of the first level}); the package's names are not taken."""
    places, own = {}, {}
    for row in csv.reader(io.StringIO(load_one(cache, "crosswalk", r"data/subdivisions/subdivisions\.tsv$").decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        iso, code, place = row[1], row[2], row[3]
        if iso and place:
            places.setdefault(iso, place)
            if code.count(".") == 1:
                own.setdefault(iso, code)
    return places, own


def items(cache):
    """{code: Wikidata item} of the states and regions that rigour knows."""
    out = {}
    for line in load_one(cache, "territories", r"territories/data\.jsonl$").splitlines():
        known = json.loads(line)
        code = known["code"].upper()
        if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", code) and not known.get("is_historical"):
            out[CODE_NOW.get(code, code)] = known["qid"]
    return out


def people(cache):
    """{GeoNames' code of a division: (people, latitude, longitude) of its towns, the centre weighted by people}"""
    sums = {}
    for city in json.loads(load_one(cache, "cities", r"data/cities500\.json$")).values():
        weight = city["population"] or 1
        total = sums.setdefault(f"{city['countrycode']}.{city['admin1code']}", [0, 0.0, 0.0])
        for index, value in enumerate((weight, weight * city["latitude"], weight * city["longitude"])):
            total[index] += value
    return {code: (n, lat / n, lon / n) for code, (n, lat, lon) in sums.items()}


def is_direction(english):
    return all(word in DIRECTIONS for word in re.split(r"[\s\-–]+", english.lower()))


def add_names(entity, table, country, english):
    direction = is_direction(english)
    for lang, found in sorted(table.items()):
        for name in found:
            short = without(name, lang)
            if short is None:
                if not direction:
                    entity.add(lang, name)
                continue
            if lang in WHOLE_STANDS and not direction:
                entity.add(lang, name)
            if not direction and stands_alone(short, lang, country):
                entity.add(lang, short)


def stands_alone(short, lang, country):
    if lang in ("zh", "ja"):
        return len(short) >= 3 or len(short) == 2 and country in ("CN", "TW", "JP", "KR", "HK")
    if lang == "ko":
        return len(short.replace(" ", "")) >= 3
    return len(short) >= (3 if lang == "vi" else SHORT_LETTERS_MIN) and not is_direction(short)


def subdivisions(cache, land, towns, taken):
    """`land`, `towns`: the entities of countries and cities, which take the codes and names of divisions that are one of them."""
    table, (places, own), known, sizes = names_by_code(cache), crosswalk(cache), items(cache), people(cache)
    for code, qid in LAND_DIVISIONS.items():
        entity = next(e for e in land if e.id == "wikidata:" + qid)
        entity.same_as = sorted({*entity.same_as, "iso3166-2:" + code})
        add_names(entity, table.get(code, {}), code[:2], "")
    merge_cities(towns, table, known)
    named = {(town.country, plain(name)) for town in towns for name in town.names.get("en", {})}
    out = []
    for code, found in sorted(table.items()):
        country, english = code[:2], (found.get("en") or [""])[0]
        # A district without people of its own in the tables that is called by its town is no second meaning of the name.
        if own.get(code) not in sizes and (country, plain(without(english, "en") or english)) in named:
            continue
        if code in CITY_DIVISIONS or code in LAND_DIVISIONS or skipped(code, english, found):
            continue
        count, lat, lon = sizes.get(own.get(code), (0, 0.0, 0.0))
        same = ["iso3166-2:" + code] + (["geonames:" + places[code]] if code in places else [])
        entity = Entity("wikidata:" + known[code] if code in known else same[0], "place", {"division"},
                        0.25 + 0.05 * math.log10(count + 1) if count else 0.4, country, same,
                        f"{lat:.2f},{lon:.2f}" if count else "-")
        entity.people = count
        add_names(entity, found, country, english)
        for lang in list(entity.names):
            for name in list(entity.names[lang]):
                if (lang, fold(name)) in taken and (code, name) not in SHARED_WITH_COUNTRY:
                    entity.discard(lang, name)
        if entity.names.get("en"):
            out.append(entity)
    return out


def skipped(code, english, found):
    country, part = code.split("-")
    return (not english or country in COUNTRIES_SKIPPED or len(found) < LANGUAGES_MIN or is_direction(english)
            or english.startswith("Saint ") and country in ("JM", "LC", "TT")
            or country == "CZ" and re.fullmatch(r"[0-9]{3}|1[0-9]{2}", part) is not None
            or country == "EE" and re.fullmatch(r"[0-9]{3}", part) is not None and len(found) < 12)


def merge_cities(towns, table, known):
    by_place = {}
    for entity in towns:
        for name in entity.names.get("en", {}):
            by_place.setdefault((entity.country, plain(name)), []).append(entity)
    missing = []
    for code in CITY_DIVISIONS:
        english = [CITY_OF.get(code)] if code in CITY_OF else [without(name, "en") or name for name in table[code]["en"]]
        cities = [c for name in english for c in by_place.get((code[:2], plain(name)), [])]
        if not cities:
            missing.append(f"{code} {english}")
            continue
        city = max(cities, key=lambda c: c.prior)
        ids = {city.id, *city.same_as, "iso3166-2:" + code} | ({"wikidata:" + known[code]} if code in known else set())
        order = ("wikidata", "iso3166-2", "geonames")
        # Of two items, the city's and the division's, the city's stands.
        city.id, *rest = sorted(ids, key=lambda x: (order.index(x.split(":")[0]), x != city.id, x))
        city.same_as = sorted(rest)
        if code == "US-DC":
            # Bare 'Washington' is the city in every language, also where only the state has the word.
            add_names(city, table["US-WA"], "US", "")
        add_names(city, {lang: names for lang, names in table[code].items() if lang not in ("zh", "ja", "ko")}, code[:2], "")
    if missing:
        fail(f"divisions that are no city of the table: {missing}")
