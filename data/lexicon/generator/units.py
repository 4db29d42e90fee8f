"""Districts of Viet Nam and regencies of Indonesia: what their press names most after provinces."""
import csv, io, json, re

from cities import plain
from leaders import slug
from names import Entity
from packages import load, load_one
from subdivisions import crosswalk

# The words that a unit's name in the crosswalk begins with.
VN_TYPES = re.compile(r"^(?:Huyện|Quận|Thị xã|Thành phố|Thị Xã|Thành Phố|Quan|Huyen) ")
ID_TYPES = re.compile(r"^(?:Kabupaten|Kota|Kota Administrasi|Kabupaten Administrasi) ")


def second_level(cache, country, types):
    """{(ISO 3166-2 code or country, plain name, kind): GeoNames id, or None where two have it}"""
    _, own = crosswalk(cache)
    iso_of = {code: iso for iso, code in own.items() if iso.startswith(country)}
    out = {}
    for row in csv.reader(io.StringIO(load_one(cache, "crosswalk", r"data/subdivisions/subdivisions\.tsv$").decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        parts = row[2].split(".")
        iso = iso_of.get(".".join(parts[:2]))
        if len(parts) == 3 and iso:
            key = (iso, plain(types.sub("", row[0])), row[0].split(" ")[0] if country == "ID" else "")
            for one in (key, (country, *key[1:])):
                out[one] = None if one in out else row[3]
    return out


def entity_of(place, name, iso, country):
    ident = "geonames:" + place if place else f"wiredesk:{slug(name)}-{iso.lower()}"
    return Entity(ident, "place", {"division"}, 0.4, country)


def vietnamese(cache, parts, taken):
    """`parts`: the provinces; `taken`: names, plain, of provinces and cities, which their chief towns do not take again."""
    provinces = {plain(name): e for e in parts if e.country == "VN" for name in e.names.get("vi", {})}
    places = second_level(cache, "VN", VN_TYPES)
    files = load(cache, "vn_units", r"data/(tinh_tp|quan_huyen)\.json$")
    tables = {path.split("/")[-1]: json.loads(data) for path, data in files.items()}
    out = {}
    for unit in tables["quan_huyen.json"].values():
        name = unit["name"]
        province = provinces.get(plain(tables["tinh_tp.json"][unit["parent_code"]]["name"]))
        if plain(name) in taken or name.isdigit() or len(name.split()) < 2:
            continue
        iso = next((x.split(":")[1] for x in [province.id, *province.same_as] if x.startswith("iso3166-2:")), "VN") if province else "VN"
        entity = entity_of(places.get((iso, plain(name), "")) or places.get(("VN", plain(name), "")), name, iso, "VN")
        entity.add("vi", name)
        entity.add("en", name)
        # Two everyday syllables are a person's name or a phrase as often as a district; names of other peoples' languages are not.
        if re.fullmatch(r"[A-ZĐ]\w+ [A-ZĐ]\w+", name) and not re.search("[kK]r|[bzwfj]|^Cư |^Ea |Đắ[kc]", name):
            entity.weak |= {("vi", x) for x in entity.names.get("vi", {})} | {("en", x) for x in entity.names.get("en", {})}
        out.setdefault(entity.id, entity)
    return list(out.values())


def indonesian(cache, taken):
    places = second_level(cache, "ID", ID_TYPES)
    out = {}
    for path, data in sorted(load(cache, "id_units", r"areaid/data/[\w ]+\.json$").items()):
        for province in json.loads(data):
            iso = province["p_bsni"]
            for unit in province["kabupaten"]:
                whole = unit["kab_kota"].strip()
                kind, _, name = whole.partition(" ")
                if kind not in ("Kabupaten", "Kota") or name.startswith("Adm.") or plain(name) in taken and kind == "Kota":
                    continue
                entity = entity_of(places.get((iso, plain(name), kind)), whole, iso, "ID")
                entity.add("id", whole)
                entity.add("en", name + (" Regency" if kind == "Kabupaten" else " City"))
                if plain(name) not in taken:
                    entity.add("id", name)
                out.setdefault(entity.id, entity)
    return list(out.values())
