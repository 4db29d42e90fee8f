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
