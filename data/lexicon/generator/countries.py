"""Countries, territories, parts of the world, former states, and the two bodies that CLDR names beside them."""
import json, math

from names import Entity, fold, language_of
from packages import fail, load, load_one

# ISO 3166-1 codes that name no place of their own in the news: reserved or user-assigned ones, and uninhabited rocks
# whose names are those of sailors.
ISO_SKIPPED = {"AC", "CP", "CQ", "DG", "EA", "FX", "IC", "TA", "EU", "UN", "UM", "BV", "HM", "TF"}
# Where the map package gives the realm, the country of the news and of ISO is another item of the same package.
COUNTRY_INSTEAD_OF_REALM = {"DK": "Q35", "NL": "Q55"}
# Parts of the world that CLDR names by UN M49 code. 001 (world), 019 (Americas: in many languages the word for the
# United States), 021, 053 and 057 (names shared with countries) are left out.
MACRO_REGIONS = ["002", "003", "005", "009", "011", "013", "014", "015", "017", "018", "029", "030", "034", "035",
                 "039", "054", "061", "142", "143", "145", "150", "151", "154", "155", "202"]
# Places without an ISO 3166-1 code of their own that the map package has, in English.
SUBDIVISIONS = {"Q21": "England", "Q22": "Scotland", "Q25": "Wales", "Q26": "Northern Ireland", "Q7835": "Crimea",
                "Q39760": "Gaza Strip", "Q36678": "West Bank", "Q5813": "Canary Islands", "Q25263": "Azores"}
HISTORIC = {"suhh": "Soviet Union", "yucs": "Yugoslavia", "cshh": "Czechoslovakia", "dd": "East Germany"}
# Display names where CLDR's first English name is not what newspapers print.
DISPLAY = {"CD": "DR Congo", "CG": "Republic of the Congo", "PS": "Palestine", "HK": "Hong Kong", "MO": "Macau",
           "MM": "Myanmar", "CC": "Cocos Islands", "TR": "Turkey", "CZ": "Czech Republic"}
# City-states: the city is the country.
CITY_IS_COUNTRY = {"SG", "MC", "VA", "HK", "MO", "GI"}


def centroid(geometry):
    """The centre of the largest polygon's outer ring, in degrees with two decimals."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    best = (0.0, None)
    for ring in (p[0] for p in polygons):
        area = x = y = 0.0
        for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
            cross = x0 * y1 - x1 * y0
            area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
        if abs(area) > best[0]:
            best = (abs(area), (y / (3 * area), x / (3 * area)))
    return f"{best[1][0]:.2f},{best[1][1]:.2f}" if best[1] else "-"


def territory_names(cache):
    """{code: {lang: [name, …]}}, the names of a locale in CLDR's own order: main, short, variant."""
    out = {}
    for path, data in sorted(load(cache, "names", r"main/[^/]+/territories\.json$").items()):
        locale = path.split("/")[-2]
        lang = language_of(locale)
        if lang is None:
            continue
        table = json.loads(data)["main"][locale]["localeDisplayNames"]["territories"]
        for key, name in sorted(table.items()):
            code = key.split("-alt")[0]
            if name != code:
                out.setdefault(code, {}).setdefault(lang, []).append(name)
    return out


def countries(cache):
    names = territory_names(cache)
    features = {}
    for feature in json.loads(load_one(cache, "coder", r"src/data/borders\.json$"))["features"]:
        features[feature["properties"]["wikidata"]] = feature
    by_iso = {f["properties"]["iso1A2"]: f for f in features.values() if f["properties"].get("iso1A2")}
    facts = json.loads(load_one(cache, "cities", r"data/countries\.json$"))
    rigour = [json.loads(line) for line in load_one(cache, "territories", r"territories/data\.jsonl$").splitlines()]
    rigour_by_code = {t["code"]: t for t in rigour}
    aliases = {}
    for path, data in sorted(load(cache, "aliases", r"langs/[a-z]+\.json$").items()):
        lang = language_of(path.split("/")[-1][:-5])
        for iso, value in json.loads(data)["countries"].items():
            aliases.setdefault(iso, []).append((lang, value if isinstance(value, list) else [value]))

    # The second source has a neighbour's name here and there: it may add names, but none that the first gives another country.
    main_names = {}
    for iso in sorted(by_iso):
        for lang, found in names.get(iso, {}).items():
            for name in found:
                if main_names.setdefault((lang, fold(name)), iso) != iso:
                    main_names[lang, fold(name)] = None     # two countries', as Congo
    out = []
    for iso, feature in sorted(by_iso.items()):
        if iso in ISO_SKIPPED:
            continue
        properties = feature["properties"]
        qid = COUNTRY_INSTEAD_OF_REALM.get(iso, properties["wikidata"])
        same = []
        if qid != properties["wikidata"]:
            if features[qid]["properties"].get("country") != iso:
                fail(f"{qid} is not confirmed for {iso}")
            same.append("wikidata:" + properties["wikidata"])
        if facts.get(iso, {}).get("geonameid"):
            same.append(f"geonames:{facts[iso]['geonameid']}")
        sovereign = not properties.get("country")
        people = facts.get(iso, {}).get("population") or 1
        geometry = feature["geometry"] or features[qid]["geometry"]
        entity = Entity("wikidata:" + qid, "place", {"country"} if sovereign else {"territory"},
                        min(0.99, (0.5 if sovereign else 0.3) + 0.05 * math.log10(people)), iso, same,
                        centroid(geometry) if geometry else "-", DISPLAY.get(iso))
        if iso in CITY_IS_COUNTRY:
            entity.flags = sorted(set(entity.flags) | {"capital"})
        if entity.display:
            entity.add("en", entity.display)
        for lang, found in sorted(names.get(iso, {}).items()):
            for name in found:
                entity.add(lang, name)
        for lang, found in aliases.get(iso, []):
            for name in found:
                if main_names.get((lang, fold(name)), iso) == iso:
                    entity.add(lang, name)
        known = rigour_by_code.get(iso.lower())
        if known:
            for name in (known["name"], known.get("full_name")):
                if name and name.isascii() and not name.endswith("Republi"):
                    entity.add("en", name)
        if not entity.names.get("en"):
            fail(f"{iso} has no English name")
        out.append(entity)

    for code in MACRO_REGIONS:
        feature = next((f for f in features.values() if f["properties"].get("m49") == code), None)
        if feature is None:
            fail(f"no item for M49 {code}")
        entity = Entity("wikidata:" + feature["properties"]["wikidata"], "place", {"region"}, 0.7)
        for lang, found in sorted(names[code].items()):
            for name in found:
                entity.add(lang, name)
        out.append(entity)
    latin = Entity("wiredesk:latin-america", "place", {"region"}, 0.7)
    for lang, found in sorted(names["419"].items()):
        for name in found:
            latin.add(lang, name)
    out.append(latin)
    for qid, english in sorted(SUBDIVISIONS.items()):
        properties = features[qid]["properties"]
        if properties["nameEn"] != english and qid != "Q5813":
            fail(f"{qid} is {properties['nameEn']}, not {english}")
        country = "-" if qid == "Q7835" else properties.get("country", "-")
        entity = Entity("wikidata:" + qid, "place", {"region"}, 0.7, country)
        entity.add("en", english)
        out.append(entity)
    for code, english in sorted(HISTORIC.items()):
        entity = Entity("wikidata:" + rigour_by_code[code]["qid"], "place", {"historic"}, 0.6)
        entity.add("en", english)
        out.append(entity)
    for code, kind, flag in (("UN", "organisation", "international"), ("EU", "organisation", "international")):
        entity = Entity("wikidata:" + by_iso[code]["properties"]["wikidata"], kind, {flag}, 0.95)
        for lang, found in sorted(names[code].items()):
            for name in found:
                entity.add(lang, name)
        out.append(entity)
    zone = Entity("wiredesk:euro-area", "place", {"region"}, 0.7)
    for lang, found in sorted(names["EZ"].items()):
        for name in found:
            zone.add(lang, name)
    out.append(zone)
    settle(out)
    return out


def settle(entities):
    """Within one language a name of a sovereign country is not also that of a territory or a part of the world."""
    rank = {"country": 0, "territory": 1, "international": 0}
    owner = {}
    for entity in sorted(entities, key=lambda e: (min((rank.get(f, 2) for f in e.flags), default=2), e.id)):
        level = min((rank.get(f, 2) for f in entity.flags), default=2)
        for lang in sorted(entity.names):
            for name in list(entity.names[lang]):
                held = owner.setdefault((lang, fold(name)), level)
                if held < level:
                    del entity.names[lang][name]
            if not entity.names[lang]:
                del entity.names[lang]
