"""What must be in the tables whatever the packages say next: names, ids, and how many rows at least."""
from packages import fail

GOLDEN = [  # (file, language, name, id)
    ("countries", "vi", "Nga", "wikidata:Q159"), ("countries", "fr", "États-Unis", "wikidata:Q30"),
    ("countries", "id", "Amerika Serikat", "wikidata:Q30"), ("countries", "ru", "Россия", "wikidata:Q159"),
    ("countries", "zh", "越南", "wikidata:Q881"), ("countries", "ar", "مصر", "wikidata:Q79"), ("countries", "vi", "Việt Nam", "wikidata:Q881"),
    ("countries", "en", "United Nations", "wikidata:Q1065"), ("countries", "de", "Europäische Union", "wikidata:Q458"),
    ("countries", "ko", "대한민국", "wikidata:Q884"), ("countries", "nl", "Nederland", "wikidata:Q55"), ("countries", "th", "ฝรั่งเศส", "wikidata:Q142"),
    ("countries", "id", "Prancis", "wikidata:Q142"), ("countries", "vi", "Trung Quốc", "wikidata:Q148"), ("countries", "ja", "北朝鮮", "wikidata:Q423"),
    ("countries", "en", "DR Congo", "wikidata:Q974"), ("countries", "en", "Republic of the Congo", "wikidata:Q971"), ("countries", "id", "Indonesia", "wikidata:Q252"),
    ("countries", "tk", "Eýran", "wikidata:Q794"), ("countries", "nl", "VN", "wikidata:Q1065"),
    ("cities", "vi", "Hà Nội", "wikidata:Q1858"), ("cities", "fr", "Moscou", "wikidata:Q649"), ("cities", "*", "Moscow", "wikidata:Q649"),
    ("cities", "en", "New York", "wikidata:Q60"), ("divisions", "vi", "Đắk Lắk", "iso3166-2:VN-33"),
    ("divisions", "fr", "Bavière", "wikidata:Q980"), ("divisions", "id", "Jawa Barat", "iso3166-2:ID-JB"), ("divisions", "en", "California", "wikidata:Q99"),
    ("cities", "vi", "Thành phố Hồ Chí Minh", "iso3166-2:VN-SG"), ("cities", "en", "Lyon", "geonames:2996944"), ("cities", "en", "Washington", "wikidata:Q61"),
    ("units", "vi", "Cư Kuin", "geonames:8724351"), ("units", "id", "Kabupaten Sumenep", "geonames:8541464"),
    ("cities", "ru", "Лондон", "geonames:2643743"), ("cities", "ja", "東京", "wikidata:Q1490"),
    ("cities", "zh", "上海", "iso3166-2:CN-SH"), ("cities", "ar", "القاهرة", "geonames:360630"),
]
# Two letters that are a body in these languages and a country's everyday short form in others.
ONLY_IN = {("VN", "wikidata:Q1065"): {"af", "nl"}}
IDS = {"VN": "wikidata:Q881", "RU": "wikidata:Q159", "US": "wikidata:Q30", "FR": "wikidata:Q142", "ID": "wikidata:Q252", "CN": "wikidata:Q148",
       "KR": "wikidata:Q884", "KP": "wikidata:Q423", "CD": "wikidata:Q974", "CG": "wikidata:Q971", "GB": "wikidata:Q145", "DE": "wikidata:Q183"}
SAME = {"wikidata:Q1858": "geonames:1581130", "wikidata:Q649": "geonames:524901", "wikidata:Q60": "geonames:5128581"}


def check(files):
    """`files`: {table: its entities}; stops the program where something is amiss."""
    everything = [e for entities in files.values() for e in entities]
    ids = sorted(e.id for e in everything)
    doubled = {a for a, b in zip(ids, ids[1:]) if a == b}
    if doubled:
        fail(f"doubled ids {sorted(doubled)}")
    for file, lang, name, wanted in GOLDEN:
        of = [e for table, entities in files.items() if table.startswith(file) for e in entities if name in e.names.get(lang, {})]
        # Others may share a name, if none is as likely to be meant.
        first, *rest = sorted(of, key=lambda e: -e.prior) or [None]
        if first is None or first.id != wanted or any(e.prior >= first.prior for e in rest):
            fail(f"{file}: {lang} {name!r} is {[e.id for e in of]}, not {wanted}")
    by_iso = {e.country: e.id for e in files["countries"] if {"country", "territory"} & set(e.flags)}
    for iso, wanted in IDS.items():
        if by_iso.get(iso) != wanted:
            fail(f"{iso} is {by_iso.get(iso)}, not {wanted}")
    by_id = {e.id: e for e in everything}
    for ident, wanted in SAME.items():
        if ident not in by_id or wanted not in by_id[ident].same_as:
            fail(f"{ident} is not {wanted}")
    for (name, ident), languages in ONLY_IN.items():
        got = {(e.id, lang) for e in everything for lang, names in e.names.items() if name in names}
        if got != {(ident, lang) for lang in languages}:
            fail(f"{name!r} stands for {sorted(got)}")
    check_collisions(everything)


# Of the pairs of a language and a name, so many may stand for several things: homographs are wanted, a flood of them is a fault.
# So many more may be a city and the division of its country that is called by it.
COLLISIONS_MAX, CITY_DIVISIONS_MAX = 0.01, 0.05
# So many of a table's rows may go without a word.
LOSS_MAX = 0.02


def check_collisions(everything):
    owners, areas = {}, {}
    for entity in everything:
        area = (entity.country, "city") if {"city", "division"} & set(entity.flags) else entity.id
        for pair in entity.all_names():
            owners.setdefault(pair, set()).add(entity.id)
            areas.setdefault(pair, set()).add(area)
    shared = sum(len(found) > 1 for found in areas.values())
    halves = sum(len(found) > 1 for found in owners.values()) - shared
    print(f"{len(owners)} names by language, {shared} of them of several things, {halves} of a city and its division")
    if shared > COLLISIONS_MAX * len(owners) or halves > CITY_DIVISIONS_MAX * len(owners):
        fail("too many names stand for several things")


def check_loss(before, after):
    """`before`, `after`: {table: its ids}; an id that moved to another table is not lost."""
    known = set().union(*after.values())
    for table, ids in before.items():
        lost = sorted(ids - known)
        if len(lost) > LOSS_MAX * len(ids):
            fail(f"{table}: {len(lost)} of {len(ids)} ids are gone, as {lost[:5]}; --accept takes that")
