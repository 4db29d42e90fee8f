"""Heads of state and government, ambassadors and parties, from the World Factbook. All names are in English."""
import html, json, re, unicodedata

from names import Entity
from packages import load

# Codes of the Factbook (FIPS 10) that differ from ISO 3166-1 and have leaders or parties of their own.
ISO_OF_FIPS = dict(pair.split(":") for pair in """
    ac:AG ag:DZ aj:AZ an:AD as:AU au:AT ba:BH bc:BW bd:BM be:BE bf:BS bg:BD bh:BZ bk:BA bl:BO bm:MM bn:BJ bo:BY bp:SB bu:BG bx:BN by:BI ca:CA cb:KH cd:TD
    ce:LK cf:CG cg:CD ch:CN ci:CL cj:KY cn:KM cs:CR ct:CF cu:CU cv:CV cw:CK cy:CY da:DK do:DM dr:DO ei:IE ek:GQ en:EE er:ER es:SV et:ET ez:CZ fi:FI fj:FJ fm:FM
    fr:FR ga:GM gb:GA gg:GE gh:GH gj:GD gm:DE gr:GR gt:GT gv:GN gy:GY ha:HT hk:HK ho:HN hr:HR hu:HU ic:IS id:ID in:IN ir:IR is:IL it:IT iv:CI iz:IQ
    ja:JP jm:JM jo:JO ke:KE kg:KG kn:KP kr:KI ks:KR ku:KW kv:XK kz:KZ la:LA le:LB lg:LV lh:LT li:LR lo:SK ls:LI lt:LS lu:LU ly:LY ma:MG mc:MO md:MD mg:MN mi:MW
    mj:ME mk:MK ml:ML mn:MC mo:MA mp:MU mr:MR mt:MT mu:OM mv:MV mx:MX my:MY mz:MZ ng:NE nh:VU ni:NG nl:NL no:NO np:NP nr:NR ns:SR nu:NI nz:NZ pa:PY pe:PE pk:PK
    pl:PL pm:PA po:PT pp:PG ps:PW pu:GW qa:QA ri:RS rm:MH ro:RO rp:PH rs:RU rw:RW sa:SA sc:KN se:SC sf:ZA sg:SN si:SI sl:SL sm:SM sn:SG so:SO sp:ES st:LC
    su:SD sw:SE sy:SY sz:CH td:TT th:TH ti:TJ tn:TO to:TG tp:ST ts:TN tt:TL tu:TR tv:TV tw:TW tx:TM tz:TZ ug:UG uk:GB up:UA us:US uv:BF uy:UY uz:UZ vc:VC ve:VE
    vm:VN vt:VA wa:NA ws:WS wz:SZ ym:YE za:ZM zi:ZW od:SS""".split())
# Where the family name comes first and the whole is always written so.
FAMILY_FIRST = {"CN", "VN", "KP", "KR", "KH", "SG", "HK", "MO", "TW", "HU", "JP"}
RANK = re.compile(r"^(?:(?:Acting|Interim|Transitional|Transition|Vice|Crown|Prime|Supreme|Federal|Designate|Caretaker|First|Deputy|Executive|Premier|President|Minister|Leader|Chairman|"
                  r"Chairperson|Chancellor|Taoiseach|Governor|General|King|Queen|Sultan|Amir|Emir|Prince|Grand|Duke|Emperor|Pope|Ambassador|Chief|Chief Minister|State|Council|"
                  r"Secretary|Administrator|Lieutenant|Captain|Captains|Regent|Co-chiefs|Sir|Dame|Dr\.|Gen\.|Lt\.|Col\.|Maj\.|Brig\.|Adm\.|Marshal|Field|Mr\.|Ms\.|Mrs\.|Sheikh|Shaykh|"
                  r"Ayatollah|Charg[ée]|d[’']Affaires|of|the|and|Excellency|Commissioner|Party|Affairs|Presidency|Consul|Consul General|Apostolic|Nuncio|Ambassador-designate|Permanent|Representative|Special|Envoy|Swiss|Confederation|Territorial|Cardinal|"
                  r"Archbishop|Rt\.|Hon\.|Right|Honorable|Mayor|Speaker|Royal|Highness|Assembly|Government|House|Ariki|Tuheitia|Ratu|Tun|Datuk|Seri)\s+)+")
CAPS = re.compile(r"[A-ZÀ-ÞŠŽČĆŞĞİ][A-ZÀ-ÞŠŽČĆŞĞİ'’\-]+")


def person_of(text):
    """(name as newspapers print it, family name) of 'President Alexander VAN DER BELLEN (since …'; None if there is none."""
    text = html.unescape(re.sub("<[^>]+>", " ", text)).replace("\xa0", " ")
    text = re.split(r"\(since|\(for the|;|\(acting|,|\(", text)[0].strip()
    text = RANK.sub("", text + " ").strip()
    words = text.split()
    family = [w for w in words if CAPS.fullmatch(w)]
    if not 2 <= len(words) <= 5 or not family or not all(w[0].isupper() or w in ("al", "bin", "de", "da", "dos", "van", "ibn") for w in words):
        return None
    return " ".join(capitalised(w) for w in words), " ".join(capitalised(w) for w in family)


def capitalised(word):
    if not CAPS.fullmatch(word):
        return word
    return "-".join("'".join(part[:1] + part[1:].lower() if len(part) > 2 or i else part[:1] + part[1:].lower()
                             for i, part in enumerate(half.split("'"))) for half in word.split("-"))


def slug(name):
    bare = unicodedata.normalize("NFD", name.lower().translate(str.maketrans("đøłıßæœ", "dolisao")))
    return re.sub("[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")


def sections(cache):
    for path, data in sorted(load(cache, "factbook", r"data/[\w-]+/\w\w\.json$").items()):
        country = ISO_OF_FIPS.get(path[-7:-5])
        if country:
            yield country, json.loads(data).get("Government", {})


def texts(government):
    branch = government.get("Executive branch", {})
    for key in ("chief of state", "head of government"):
        if isinstance(branch.get(key), dict):
            yield branch[key].get("text", ""), 0.6
    for key in ("Diplomatic representation in the US", "Diplomatic representation from the US"):
        mission = government.get(key, {})
        if isinstance(mission, dict) and isinstance(mission.get("chief of mission"), dict):
            yield mission["chief of mission"].get("text", ""), 0.4


def leaders(cache):
    out = {}
    for country, government in sections(cache):
        for text, prior in texts(government):
            found = person_of(text)
            if found is None:
                continue
            name, family = found
            ident = "wiredesk:" + slug(name)
            entity = out.setdefault(ident, Entity(ident, "person", set(), prior, country))
            entity.add("en", name)
            entity.add("*", name)
            words = name.split()
            # Between the first name and the family name most papers leave the middle names out.
            if len(words) > 2 and country not in FAMILY_FIRST and name.endswith(family) and words[0] not in family:
                entity.add("*", f"{words[0]} {family}")
    return [e for e in out.values() if e.names]


def parties(cache):
    out = {}
    for country, government in sections(cache):
        section = government.get("Political parties", {})
        for line in re.split(r"<br\s*/?>", section.get("text", "") if isinstance(section, dict) else ""):
            line = html.unescape(re.sub("<[^>]+>", "", line)).replace("\xa0", " ").strip()
            found = re.match(r"^(?:The )?([A-Z][^()\[\]:;,]{3,60}?)(?: \(([^()]{4,60})\))?(?: or ([A-Z][\w\-&/]{1,12}))?(?: of [A-Z]\w+)?\s*(?:\(.*)?$", line)
            if not found or len(found.group(1).split()) < 2:
                continue
            name, own, short = found.groups()
            ident = f"wiredesk:{slug(name)}-{country.lower()}"
            entity = out.setdefault(ident, Entity(ident, "organisation", set(), 0.4, country))
            entity.add("en", name)
            if own and re.match(r"[A-Z]\S+ \S", own) and not re.search(r"\b(?:or|includes|formerly|also|coalition|consists|and)\b", own):
                entity.add("*", own)
    return [e for e in out.values() if e.names]
