"""Brands with their items, listed companies, universities and newspapers."""
import ast, json, re

from cities import plain
from leaders import slug
from names import Entity, fold
from packages import load, load_one

# Kinds of brands whose names stand in the news; the others (cash machines, bakeries, hairdressers) are shops of a street.
BRAND_KINDS = re.compile(r"brands/(amenity/(bank|fuel|fast_food|cafe|cinema|post_office|payment_terminal|car_rental|charging_station)|office/\w+|tourism/hotel|"
                         r"shop/(supermarket|clothes|shoes|car|mobile_phone|telecommunication|department_store|electronics|furniture|cosmetics|jewelry|sports|doityourself|books|"
                         r"wholesale|chemist|toys|convenience|variety_store))$")
OPERATOR_KINDS = re.compile(r"operators/(power/(plant|line|generator)|telecom/\w+|route/(railway|power)|office/\w+|landuse/military)$")
TAG = re.compile(r"(name|brand|operator|official_name|short_name|alt_name)(?::([a-z]{2,3}))?")
# What a label of a public body begins or ends with; towns and counties are no organisations of the news by their bare names.
PLACE_DESCRIPTION = re.compile(r"^(?:city|town|municipality|county|state|province|region|district|village|borough|commune|capital|country|sovereign|federal state|canton|department of|public school|school)\b")
NAMED = re.compile(r"\b(?:%s)\b|Institute of Technology" % "|".join("""University Universität Universitàt Università Universitat Universiteit Universidad Universidade
    Université Universitas Universiti Universitet Universitetet Uniwersytet Univerzita Univerzitet Univerza Universitatea Egyetem Üniversitesi Politecnico Politechnika
    Politécnica Polytechnique Hochschule""".split()))
SUFFIX = re.compile(r",? (?:Inc\.?|Corporation|Corp\.?|plc|PLC|AG|SE|S\.?A\.?|N\.?V\.?|Ltd\.?|Limited|Company|Co\.?|Group|Holdings?|ASA|AB|Oyj|SpA|S\.p\.A\.|KGaA|& Co\.?|A/S|Bancorp|REIT|Trust)$")
DOMAIN_COUNTRY = {"edu": "US", "uk": "GB"}
# What is left of a company's name without its legal form must still be a name.
GENERIC_COMPANY = {"general", "national", "united", "american", "first", "international", "progress", "global"}


# Bodies of the hand-written tables whose label and description in the brand index leave no doubt.
JOINED = {"Q10230": "bjp", "Q1046951": "target-corporation", "Q29637": "skoda-auto", "Q333101": "bank-of-japan", "Q44294": "ford-motor", "Q49762": "cdu", "Q49768": "spd"}


# By what name the news knows a body whose label is longer.
DISPLAY = {"Q1343118": "Intesa Sanpaolo"}


def brands(cache, descriptions, countries):
    """`countries`: items that are countries; the index has them for embassies."""
    index = json.loads(load_one(cache, "brands", r"dist/json/nsi\.json$"))["nsi"]
    out, uses = {}, {}
    for kind, branch in sorted(index.items()):
        if not (BRAND_KINDS.match(kind) or OPERATOR_KINDS.match(kind)):
            continue
        for item in branch["items"]:
            tags = item["tags"]
            qid = tags.get("brand:wikidata") or tags.get("operator:wikidata")
            if not qid or qid not in descriptions or "wikidata:" + qid in countries:
                continue
            label, description = descriptions[qid]
            if PLACE_DESCRIPTION.match(description):
                continue
            same = ["wiredesk:" + JOINED[qid]] if qid in JOINED else []
            entity = out.setdefault(qid, Entity("wikidata:" + qid, "organisation", set(), 0.35, country_of(item), same))
            uses[qid] = uses.get(qid, 0) + 1
            entity.add("en", label)
            for key, value in sorted(tags.items()):
                found = TAG.fullmatch(key)
                if found and found.group(1) != ("operator" if "brands/" in kind else "brand"):
                    for name in value.split(";"):
                        entity.add(found.group(2) or "*", name.strip())
    for qid, entity in out.items():
        entity.add("en", DISPLAY.get(qid))
        entity.display = DISPLAY.get(qid) or next(iter(entity.names.get("en", {})), None)
        entity.prior = min(0.55, 0.35 + 0.02 * len(entity.names) + 0.02 * uses[qid])
    return [e for e in out.values() if e.display]


def country_of(item):
    where = item.get("locationSet", {}).get("include", [])
    codes = [x for x in where if re.fullmatch("[a-z]{2}", str(x))]
    return codes[0].upper() if len(where) == 1 and codes else "-"


def listed(cache, land):
    """Companies of stock indices."""
    text = load_one(cache, "listed", r"indices_data\.py$").decode()
    module = ast.parse(text)
    indices = next(ast.literal_eval(n.value) for n in module.body if isinstance(n, ast.Assign) and n.targets[0].id == "INDICES")
    by_name = {name: e.country for e in land for name in e.names.get("en", {}) if e.country != "-"}
    out = {}
    for index in indices.values():
        for company in index["companies"]:
            name = company["name"].strip()
            ident = "wiredesk:" + slug(name)
            entity = out.setdefault(ident, Entity(ident, "organisation", set(), 0.45, by_name.get(company.get("country"), "-")))
            entity.add("en", name)
            entity.add("*", name)
            short = name
            while SUFFIX.search(short):
                short = SUFFIX.sub("", short)
            if len(short) >= 4 and plain(short) not in GENERIC_COMPANY:
                entity.add("*", short)
    return [e for e in out.values() if e.names]


def universities(cache):
    out = {}
    for path, data in sorted(load(cache, "universities", r"lib/domains/.*\.txt$").items()):
        top = path.split("/domains/")[1].split("/")[0]
        country = DOMAIN_COUNTRY.get(top, top.upper() if len(top) == 2 else "-")
        for line in data.decode(errors="replace").splitlines()[:3]:
            name = " ".join(line.split())
            words = name.split()
            if not (2 <= len(words) <= 9 and NAMED.search(name) and re.fullmatch(r"[\w' ’.&-]+", name) and words[0][0].isupper()
                    and any(c.islower() for c in name) and not re.search(r"\b(School|Campus|Faculty|Gymnasium|Domain|High|Of|And)\b| - ", name)):
                continue
            if name.split()[0] in ("The",):
                name = name[4:]
            ident = "wiredesk:" + slug(name)
            entity = out.setdefault(ident, Entity(ident, "organisation", set(), 0.4, country))
            entity.add("en", name)
            entity.add("*", name)
    return [e for e in out.values() if e.names and 8 < len(e.id) < 80]


def publishers(cache):
    out = {}
    for path, data in sorted(load(cache, "publishers", r"fundus/publishers/\w\w/__init__\.py$").items()):
        country = path.split("/")[-2].upper().replace("UK", "GB")
        for name in re.findall(r'\bname="([^"]+)"', data.decode()):
            name = re.sub(r" \([A-Z]{2}\)$", "", name)
            ident = "wiredesk:" + slug(name)
            entity = out.setdefault(ident, Entity(ident, "organisation", set(), 0.45, country))
            entity.add("en", name)
            entity.add("*", name)
    return [e for e in out.values() if e.names and len(e.id) > 12]


def without_known(entities, known):
    """The entities whose display name no entity of `known`, {folded name: id}, has; from the others' further names those are dropped."""
    kept, left = [], {}
    for entity in entities:
        display = entity.display or next((name for lang, name in entity.all_names() if lang == "en"), entity.all_names()[0][1])
        other = known.get(fold(display), entity.id)
        if other != entity.id and other not in entity.same_as:
            left[entity.id] = (display, other)
            continue
        for lang, name in entity.all_names():
            if known.get(fold(name), entity.id) not in (entity.id, *entity.same_as):
                entity.discard(lang, name)
        if entity.names.get("en"):
            kept.append(entity)
    return kept, left
