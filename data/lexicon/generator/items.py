"""Wikidata items of places that the brand index confirms: it has a label and a short description of each."""
import json, re

from cities import plain
from packages import load_one

CITY = re.compile(r"^(?:(?:the )?(?:capital|largest|most populous|second largest|port|coastal|independent|designated|core|major|historic|industrial|urban) )*(?:and )?(?:the )?"
                  r"(?:capital|city|town|metropolis)\b(?! (?:bus|bike|trolleybus|transport|police|fire|library|park|owned))")
DIVISION = re.compile(r"^(?:federal |federated |constituent |first-level |overseas |autonomous )*(?:state|province|region|community|prefecture|department|county|voivodeship|canton|oblast|territory)\b "
                      r"(?:of|in|and)\b")
COUNTRY_WORDS = {"United States of America": "US", "United States": "US", "U.S.": "US", "United Kingdom": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB", "Northern Ireland": "GB",
                 "Czech Republic": "CZ", "the Netherlands": "NL", "South Korea": "KR", "People's Republic of China": "CN", "Turkey": "TR"}


def labels(cache):
    """{Q…: (label, description)}"""
    items = json.loads(load_one(cache, "brands", r"dist/wikidata/wikidata\.json$"))["wikidata"]
    return {qid: (item["label"], item.get("description") or "") for qid, item in items.items() if item.get("label")}


def described(cache, land, pattern):
    """{(country, plain label): {Q…: description}} of the items whose description has the pattern and names a country."""
    names = {e.display or next(iter(e.names["en"])): e.country for e in land if e.country != "-" and {"country", "territory"} & set(e.flags)} | COUNTRY_WORDS
    ends = re.compile(r"\b(%s)\b(?=[^A-Za-z]*$)" % "|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    out = {}
    for qid, (label, description) in labels(cache).items():
        country = ends.search(description)
        if country and pattern.search(description):
            bare = re.sub(r" (Prefecture|Province|County|Voivodeship|Oblast)$", "", label) if pattern is DIVISION else label
            out.setdefault((names[country.group(1)], plain(bare)), {})[qid] = description
    return out


def give_cities(cache, land, towns, table):
    """Gives cities their items. `table`: GeoNames' own rows, smaller namesakes among them."""
    known = described(cache, land, CITY)
    taken = {e.id for e in towns}
    same_name = {}
    for city in table.values():
        same_name.setdefault((city["countrycode"], plain(city["name"])), []).append(city["population"])
    given = 0
    for entity in towns:
        if entity.id.startswith("wikidata:") or "'" in entity.display:
            continue
        found = known.get((entity.country, plain(entity.display)), {})
        namesakes = sorted(same_name.get((entity.country, plain(entity.display)), []), reverse=True)
        # Of cities with one name in one country the item may be the other's, however small that one is.
        if len(found) == 1 and len(namesakes) == 1:
            given += give(entity, next(iter(found)), taken)
    return given


def give_divisions(cache, land, parts):
    known = described(cache, land, DIVISION)
    taken = {e.id for e in parts} | {e.id for e in land}
    given = 0
    for entity in parts:
        found = {}
        for name in entity.names.get("en", {}):
            found |= known.get((entity.country, plain(name)), {})
        if len(found) == 1 and not entity.id.startswith("wikidata:"):
            given += give(entity, next(iter(found)), taken)
    return given


def give(entity, qid, taken):
    if "wikidata:" + qid in taken:
        return 0
    taken.add("wikidata:" + qid)
    entity.same_as = sorted({entity.id, *entity.same_as})
    entity.id = "wikidata:" + qid
    return 1
