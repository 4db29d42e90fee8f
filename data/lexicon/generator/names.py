"""Languages, the ways a name is written, and which names are fit for a table; the entity that holds them."""
import re, unicodedata

# Three-letter language codes worth carrying; others in CLDR have no newspapers to speak of.
LONG_CODES = {"fil", "ckb", "ast", "yue", "ceb", "nds", "nso", "pcm", "kok", "mai", "sah", "haw", "kab", "fur", "vec",
              "lij", "szl", "hsb", "dsb", "gsw", "doi", "sat", "mni", "bho"}
SAME_LANGUAGE = {"tl": "fil", "no": "nb", "cmn": "zh", "sh": "sr", "iw": "he", "in": "id", "ji": "yi", "mo": "ro"}
LOCALES_SKIPPED = re.compile(r"^(und|tok|cu|hi-Latn|zh-Latn|en-(Dsrt|Shaw)|nan|hak|lzh|.*-polyton)$")
# A name of one language that belongs to something else: (language, name): why.
EXCLUDED = {
    ("es", "Congo"): "both", ("en", "Congo"): "both", ("ja", "朝鮮"): "both", ("en", "Central"): "word",
    ("fr", "Amérique"): "continent", ("vi", "Quần đảo"): "word", ("id", "Dunia"): "word", ("zh", "自由"): "word",
}


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
    """A row or two of a table: a thing, its ids, and its names by language, some of them weak."""

    def __init__(self, ident, kind, flags, prior, country="-", same_as=(), geo="-", display=None):
        self.id, self.kind, self.flags, self.prior = ident, kind, sorted(flags), prior
        self.country, self.same_as, self.geo, self.display = country, sorted(set(same_as) - {ident}), geo, display
        self.names, self.weak, self.people = {}, set(), 0

    def add(self, lang, name):
        if not name or lang is None:
            return
        for x in variants(name, lang):
            if usable(x, lang) and (lang, x) not in EXCLUDED:
                self.names.setdefault(lang, {}).setdefault(x, None)

    def discard(self, lang, name):
        del self.names[lang][name]
        if not self.names[lang]:
            del self.names[lang]

    def all_names(self):
        return [(lang, name) for lang in sorted(self.names) for name in self.names[lang]]

    def lines(self):
        """Its rows: that with the name to display first."""
        english = list(self.names.get("en", {}))
        if self.display:
            english = [self.display] + [x for x in english if x != self.display]
        names = dict(self.names, en=english)
        starred = set(names.get("*", ()))
        rows = []
        for weak in (False, True):
            parts = []
            for lang in sorted(names, key=lambda x: (x != "en", x)):
                own = list(names[lang]) if lang == "en" else sorted(n for n in names[lang] if lang == "*" or n not in starred)
                own = [name for name in own if self.is_weak(lang, name) == weak]
                if own:
                    parts.append(f"{lang}={'|'.join(own)}")
            if parts:
                rows.append((not (english and parts[0].startswith(f"en={english[0]}")), weak, parts))
        for _, weak, parts in sorted(rows):
            flags = sorted({*self.flags, "weak"} if weak else self.flags)
            yield "\t".join([self.id, self.kind, ",".join(flags) or "-", f"{self.prior:.2f}", self.country,
                             ",".join(self.same_as) or "-", self.geo, ";".join(parts)])

    def is_weak(self, lang, name):
        # What is weak in every language is so in English too, where the name to display stands.
        return (lang, name) in self.weak or ("*", name) in self.weak
