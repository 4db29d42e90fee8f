"""Case forms of place names: what stands in a text behind a preposition, by the regular declension of each language.

Only forms that the language's rules give from the nominative alone; what is irregular is listed in the hand-written
tables. A form that some name of that language has already is left to that name.
"""
import re, unicodedata

from names import fold

# Cities of fewer people are named in so few languages that their forms would be more than their use.
PEOPLE_MIN = 30_000
# Abroad they need more.
PEOPLE_ABROAD_MIN = 200_000
# A form shorter than this is another word too often.
LETTERS_MIN = 4

HUSH_RU, VELAR_RU = "жшчщц", "гкх"


def russian(word):
    last, stem = word[-1], word[:-1]
    if re.search(r"[цкнгхш]кий$|ий$|ый$", word):
        stem = word[:-2]
        soft = word.endswith("ий") and stem[-1] not in "гкхжшчщ"
        return [stem + x for x in (("его", "ему", "им", "ем") if soft or stem[-1] in "жшчщ" else ("ого", "ому", "им" if word.endswith("ий") else "ым", "ом"))]
    if re.search(r"[^аеёиоуыэюя]ая$", word):
        return [word[:-2] + x for x in ("ой", "ую")]
    if word.endswith("ец") and len(word) > 4:
        return [word[:-2] + "ц" + x for x in ("а", "у", "ом", "е")]
    if last == "й":
        return [stem + x for x in ("я", "ю", "ем", "е")]
    if word.endswith("ия"):
        return [stem + x for x in ("и", "ю", "ей")]
    if last == "я":
        return [stem + x for x in ("и", "е", "ю", "ей")]
    if last == "а":
        end = stem[-1]
        return [stem + x for x in ("и" if end in VELAR_RU + "жшчщ" else "ы", "е", "у", "ей" if end in HUSH_RU else "ой")]
    if re.search(r"(поль|вль|ель|уль)$", word):
        return [stem + x for x in ("я", "ю", "ем", "е")]
    if last == "ь":
        return [stem + x for x in ("и", "ью")]
    if last == "ы":
        return [stem + x for x in ("ах", "ам", "ами", "")]
    if last in "бвгдзклмнпрстфх" or last in HUSH_RU:
        return [word + x for x in ("а", "у", "ем" if last in HUSH_RU else "ом", "е")]
    return []


def ukrainian(word):
    last, stem = word[-1], word[:-1]
    soft = {"г": "з", "к": "ц", "х": "с"}
    if re.search(r"[сцз]ький$|ий$", word):
        return [word[:-2] + x for x in ("ого", "ому", "им")]
    if word.endswith("піль"):
        return [word[:-3] + "ол" + x for x in ("я", "ю", "ем", "і")]
    if word.endswith("їв"):
        return [word[:-2] + "єв" + x for x in ("а", "у", "ом", "і")]
    if re.search(r"(?<=..)ів$", word):
        return [word[:-2] + "ов" + x for x in ("а", "у", "ом", "і")]
    if word.endswith("ія"):
        return [stem + x for x in ("ї", "ю", "єю")]
    if re.search(r"[сц]ьке$|не$", word):
        return [stem + x for x in ("ого", "ому", "им")]
    if re.search(r"[^аеиіоу]а$", word):
        end = stem[-1]
        return [stem + ("і" if end in "ж" else "и"), stem[:-1] + soft.get(end, end) + "і", stem + "у", stem + "ою"]
    if last == "я":
        return [stem + x for x in ("і", "ю", "ею")]
    if re.search(r"(поль|ель|уль|аль|оль|іль)$", word):
        return [stem + x for x in ("я", "ю", "ем", "і")]
    if last == "ь":
        return [stem + x for x in ("і", "ю")]
    if last == "й":
        return [stem + x for x in ("я", "ю", "єм", "ї")]
    if word.endswith("ці"):
        return [stem + x for x in ("ів", "ях", "ям", "ями")]
    if last == "и":
        return [stem + x for x in ("ах", "ам", "ами", "ів", "")]
    if re.search(r"[сц]ьк$", word):
        return [word + x for x in ("а", "у", "ом")]
    if last in "бвгдзклмнпрстфхжшчщц":
        return [word + x for x in ("а", "у", "ові", "ем" if last in "жшчщц" else "ом", "і")]
    return []


PL_SOFT = {"t": "ci", "d": "dzi", "r": "rz", "ł": "l", "n": "ni", "s": "si", "z": "zi", "w": "wi", "b": "bi", "p": "pi", "m": "mi", "f": "fi"}


def polish(word):
    last, stem = word[-1], word[:-1]
    if word.endswith("ów"):
        return [word[:-2] + "ow" + x for x in ("a", "owi", "em", "ie")]
    if word.endswith("ław"):
        return [word + x for x in ("ia", "iowi", "iem", "iu")]
    if word.endswith("źdź") or word == "Łódź":
        return [word[:-3] + "odzi", word[:-3] + "odzią"]
    if last in "ńśćź":
        stem += {"ń": "n", "ś": "s", "ć": "c", "ź": "z"}[last]
        return [stem + x for x in ("ia", "iowi", "iem", "iu", "i", "ią")]
    if word.endswith("ane"):
        return [word + x for x in ("go", "mu", "m")]
    if re.search(r"c[ey]$", word):
        return [stem, *(stem + x for x in ("ach", "om", "ami"))]
    if re.search(r"ny$|sy$|chy$|ry$", word):
        return [stem, *(stem + x for x in ("ach", "om", "ami"))]
    if last == "a":
        end = stem[-1]
        if end in "ij":
            short = stem[:-1] + ("ii" if end == "i" and stem[-2] in "nrlmdtbpfwkghcsz" else "ji" if end == "j" else "i")
            return [short, stem + "ę", stem + "ą", *([stem] if end == "i" else [])]
        if end in "kg":
            return [stem + "i", stem[:-1] + {"k": "ce", "g": "dze"}[end], stem + "ę", stem + "ą"]
        if end == "l":
            return [stem + x for x in ("i", "ę", "ą")]
        if end in "cz" and stem[-2:] != "zz" and not re.search(r"[^cs]z$", stem) or end == "ż":
            return [stem + x for x in ("y", "ę", "ą")]
        loc = stem[:-1] + PL_SOFT[end] + "e" if end in PL_SOFT else stem + "ie"
        return [stem + "y", loc, stem + "ę", stem + "ą"]
    if last == "e":
        return [stem + x for x in ("a", "u", "em")]
    if last == "o" and re.search(r"[nwłzk]o$", word):
        return [stem + x for x in ("a", "u", "em")]
    if last in "kg":
        return [word + x for x in ("a", "u", "owi", "iem")]
    if last in "ljc" or word[-2:] in ("sz", "cz", "rz", "ch", "dz") or last in "żh":
        return [word + x for x in ("a", "u", "owi", "em")]
    if last in PL_SOFT:
        return [word + "a", word + "u", word + "owi", word + "em", stem + PL_SOFT[last] + "e"]
    return []


def czech(word):
    last, stem = word[-1], word[:-1]
    if word.endswith("ie"):
        return [stem + x for x in ("i", "í")]
    if last == "a":
        end = stem[-1]
        loc = {"h": stem[:-1] + "ze", "k": stem[:-1] + "ce", "g": stem[:-1] + "ze", "r": stem[:-1] + "ře"}.get(end, stem + ("ě" if end in "bdfmnptv" else "e"))
        return [stem + "y", loc, stem + "u", stem + "ou"]
    if last == "o":
        return [stem + x for x in ("a", "u", "ě", "em")]
    if last == "e":
        return [stem + x for x in ("i", "í")]
    if last in "bdfhgklmnprtvzs":
        return [word + x for x in ("u", "a", "em", *("ě" if last in "bdfmnptv" else "e" if last in "lsz" else ""))]
    return []


def slovak(word):
    last, stem = word[-1], word[:-1]
    if word.endswith("ia"):
        return [stem + x for x in ("e", "i", "u", "ou")]
    if last == "a":
        return [stem + x for x in ("y", "e", "u", "ou")]
    if last == "o":
        return [stem + x for x in ("a", "u", "e", "om")]
    if last in "bdfhgklmnprtvzs":
        return [word + x for x in ("u", "a", "om", "e")]
    return []


def south_slavic(word):
    """Croatian, Bosnian, Serbian; Latin letters."""
    last, stem = word[-1], word[:-1]
    if re.search("[sčš]ka$", word):
        # Hrvatska, Njemačka: an adjective by its endings.
        return [stem + x for x in ("e", "oj", "u", "om")]
    if last == "a":
        soft = {"k": "c", "g": "z", "h": "z"}.get(stem[-1], stem[-1]) if len(stem) > 1 and stem[-2] in "aeiou" else stem[-1]
        return [stem + "e", stem[:-1] + soft + "i", stem + "u", stem + "om"]
    if last == "o":
        return [stem + x for x in ("a", "u", "om")]
    if last in "bcčćdđfghjklmnprsštvzž":
        return [word + x for x in ("a", "u", "em" if last in "cčćđjšž" else "om")]
    return []


LATIN = dict(zip("абвгдђежзијклљмнњопрстћуфхцчџш", "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š".split()))


def serbian(word):
    if not "а" <= word[-1] <= "џ":
        return south_slavic(word)
    return south_slavic_cyrillic(word, LATIN[word[-1]]) if word[-1] in LATIN else []


def south_slavic_cyrillic(word, last):
    stem = word[:-1]
    if re.search("[счш]ка$", word):
        return [stem + x for x in ("е", "ој", "у", "ом")]
    if last == "a":
        soft = {"к": "ц", "г": "з", "х": "з"}.get(stem[-1], stem[-1]) if len(stem) > 1 and stem[-2] in "аеиоу" else stem[-1]
        return [stem + "е", stem[:-1] + soft + "и", stem + "у", stem + "ом"]
    if last == "o":
        return [stem + x for x in ("а", "у", "ом")]
    if last not in ("e", "i", "u"):
        return [word + x for x in ("а", "у", "ем" if last in ("c", "č", "ć", "đ", "j", "š", "ž", "lj", "nj", "dž") else "ом")]
    return []


def slovene(word):
    last, stem = word[-1], word[:-1]
    if last == "a":
        return [stem + x for x in ("e", "i", "o")]
    if last == "o":
        return [stem + x for x in ("a", "u", "em", "om")]
    if last in "bcčdfghjklmnprsštvzž":
        return [word + x for x in ("a", "u", "om", "em")]
    return []


BACK_FI, GRADES_FI = re.compile("[aouAOU]"), (("nk", "ng"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"), ("mp", "mm"), ("kk", "k"), ("pp", "p"), ("tt", "t"))


def finnish(word):
    a = "a" if BACK_FI.search(word) else "ä"
    last = word[-1]
    if word.endswith("nen"):
        strong = weak = word[:-3] + "se"
    elif last in "aeiouyäöåé":
        strong = weak = word
        for pair, grade in GRADES_FI:
            if re.search(pair + "[aeiouyäö]$", word):
                weak = word[:-3] + grade + last
        if last == "e" and len(word) > 3:
            strong = weak = word + "e"
    else:
        strong = weak = word + "i"
    into = strong + (strong[-1] + "n" if strong[-2:-1] != strong[-1] else "seen")
    return [weak + "n", weak + "ss" + a, weak + "st" + a, weak + "ll" + a, weak + "lt" + a, weak + "lle", into]


def hungarian(word):
    last = word[-1]
    back = bool(re.search("[aáoóuúAÁOÓUÚ]", word))
    stem = word[:-1] + {"a": "á", "e": "é", "o": "ó"}.get(last, last)
    ends = ("ban", "ba", "ból", "ra", "ról", "tól", "nak", "hoz", "ig", "t") if back else ("ben", "be", "ből", "re", "ről", "től", "nek", "hez", "ig", "t")
    if last in "aáeéiíoóöőuúüű":
        return [stem + x for x in (*ends, "n")]
    rounded = not back and re.search("[öőüű][^aáeéiíoóöőuúüű]*$", word)
    ends = (*ends, "on") if back else (*ends, "ön" if rounded else "en")
    return [word + x for x in ends[:-2]] + [word + ends[-1]] + [word + x for x in (("ot",) if back else ("et",))]


def estonian(word):
    stem = word if word[-1] in "aeiouäöüõ" else word + "i"
    return [stem + x for x in ("s", "st", "sse", "le", "l", "lt", "ga")] + ([stem] if stem != word else [])


def latvian(word):
    stem = word[:-1]
    if word[-1] == "a":
        return [stem + x for x in ("as", "ai", "u", "ā")]
    if word[-1] == "e":
        return [stem + x for x in ("es", "ei", "i", "ē")]
    if word.endswith("is"):
        return [word[:-2] + x for x in ("a", "im", "i", "ī")]
    if word[-1] in "sš":
        return [stem + x for x in ("a", "am", "u", "ā")]
    return []


def lithuanian(word):
    for end, others in (("ius", ("iaus", "iui", "ių", "iumi", "iuje")), ("as", ("o", "ui", "ą", "u", "e")), ("is", ("io", "iui", "į", "iu", "yje")), ("us", ("aus", "ui", "ų", "umi", "uje")),
                        ("ai", ("ų", "ams", "us", "ais", "uose")), ("a", ("os", "ai", "ą", "oje")), ("ė", ("ės", "ei", "ę", "ėje"))):
        if word.endswith(end):
            return [word[:-len(end)] + x for x in others]
    return []


def greek(word):
    for end, others in (("ος", ("ου", "ο")), ("ός", ("ού", "ό")), ("α", ("ας",)), ("ά", ("άς",)), ("η", ("ης",)), ("ή", ("ής",)), ("ο", ("ου",)), ("ι", ("ιου",))):
        if word.endswith(end):
            return [word[:-len(end)] + x for x in others]
    return []


def romanian(word):
    if word.endswith("ia"):
        return [word[:-1] + "ei"]
    if word[-1] == "a":
        return [word[:-1] + "ei"]
    if word.endswith("ul"):
        return [word + "ui"]
    return [word + "ului"] if word[-1] in "bcdfghjklmnprstvzțș" else []


def genitive_s(word):
    return [] if word[-1] in "sxzßSXZ" else [word + "s"]


def uzbek(word):
    return [word + x for x in ("da", "dan", "ga", "ning", "ni")]


VOWEL_AZ = re.compile("[aıoueəiöüAIOUEƏİÖÜ]")


def azerbaijani(word):
    vowels = VOWEL_AZ.findall(word)
    if not vowels:
        return []
    last, back = vowels[-1].lower(), vowels[-1].lower() in "aıou"
    high = {"a": "ı", "ı": "ı", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}.get(last, "i")
    a, vocal = ("a" if back else "ə"), VOWEL_AZ.match(word[-1])
    return [word + "d" + a, word + "d" + a + "n", word + ("y" if vocal else "") + a, word + ("n" if vocal else "") + high + "n", word + ("n" if vocal else "") + high]


def kazakh(word):
    vowels = re.findall("[аоуұыеіиөүәэяё]", word.lower())
    if not vowels:
        return []
    back, last = vowels[-1] in "аоуұыяё", word[-1]
    a, y = ("а", "ы") if back else ("е", "і")
    hard, nasal = last in "бвгдкқпстфхцчшщ", last in "мнң"
    d, n, g = ("т" if hard else "д"), ("т" if hard else "н" if nasal or last in "аеыіиуоө" else "д"), (("қ" if back else "к") if hard else ("ғ" if back else "г"))
    return [word + d + a, word + (("н" if nasal else d) + a + "н"), word + g + a, word + n + y + "ң", word + n + y]


def georgian(word):
    stem = word[:-1] if word[-1] == "ი" else word
    return [stem + x for x in (("ში", "ის", "იდან", "ს", "მა") if stem != word else ("ში", "ს", "ს", "დან", "მ"))]


def armenian(word):
    if word[-1] in "աեէըիոօու":
        return [word + x for x in ("ում", "յի", "յում", "յից", "ն")]
    return [word + x for x in ("ում", "ի", "ից", "ին", "ը")]


def bengali(word):
    vowel_signs, last = "ািীুূেৈোৌৃ", word[-1]
    if last in vowel_signs or last in "অআইঈউঊএঐওঔ":
        return [word + x for x in ("র", "য়", "তে", "কে")]
    return [word + x for x in ("ের", "ে", "কে", "তে")]


def tamil(word):
    last = word[-1]
    if last == "்":
        return [word[:-1] + x for x in ("ில்", "ின்", "ுக்கு", "ிலிருந்து", "ை")]
    if last in "ாிீெேைஇஈஐ":
        return [word + x for x in ("யில்", "யின்", "வின்", "வில்", "வுக்கு", "க்கு", "யை", "வை", "யிலிருந்து")]
    return []


def nepali(word):
    return [word + x for x in ("मा", "को", "का", "की", "ले", "लाई", "बाट", "सँग")]


def marathi(word):
    if word[-1] in "ाीूेैोौ":
        return [word + x for x in ("त", "ची", "चा", "चे", "च्या", "ला", "तील", "हून", "ने")]
    if "क" <= word[-1] <= "ह":
        return [word + x for x in ("मध्ये", "ची", "चा", "चे", "च्या", "ला", "मधील", "ने")]
    return []


RULES = {"ru": russian, "uk": ukrainian, "pl": polish, "cs": czech, "sk": slovak, "hr": south_slavic, "bs": south_slavic, "sr": serbian, "sl": slovene,
         "fi": finnish, "hu": hungarian, "et": estonian, "lv": latvian, "lt": lithuanian, "el": greek, "ro": romanian, "de": genitive_s, "sv": genitive_s,
         "da": genitive_s, "nb": genitive_s, "uz": uzbek, "az": azerbaijani, "kk": kazakh, "ka": georgian, "hy": armenian, "bn": bengali, "ta": tamil,
         "ne": nepali, "mr": marathi}
# The language in which a city's own name declines, if it is written in Latin letters.
HOME = {"PL": "pl", "CZ": "cs", "SK": "sk", "HR": "hr", "SI": "sl", "FI": "fi", "HU": "hu", "EE": "et", "LV": "lv", "LT": "lt", "RO": "ro", "DE": "de",
        "AT": "de", "SE": "sv", "DK": "da", "NO": "nb", "AZ": "az", "UZ": "uz", "BA": "bs", "MD": "ro"}
# Whose divisions the press of a language names often, beside those of countries where it is spoken.
NEAR = {"ru": "UA BY KZ GE AM AZ MD US", "uk": "RU PL US", "pl": "DE UA US IT", "cs": "SK DE AT PL", "sk": "CZ HU AT", "hu": "RO SK", "de": "AT CH US FR IT"}
# What follows a hyphen that keeps its case: Ростов-на-Дону, Frankfurt nad Odrou.
FIRST_DECLINES = re.compile(r"^([^\s-]+)((?:-на-|-над-| на | над | nad | na | an der | am | im ).+)$")
# An adjective before a noun, both of which decline: the endings of the adjective's other cases by its own.
ADJECTIVES = {
    "ru": [("ая", ("ой", "ую")), ("яя", ("ей", "юю")), ("ский", ("ского", "скому", "ским", "ском")), ("цкий", ("цкого", "цкому", "цким", "цком")), ("ий", ("его", "ему", "им", "ем")),
           ("ый", ("ого", "ому", "ым", "ом")), ("ое", ("ого", "ому", "ым", "ом"))],
    "uk": [("а", ("ої", "ій", "у", "ою")), ("ий", ("ого", "ому", "им")), ("е", ("ого", "ому", "им"))],
}
# Nouns of parts of countries, in small letters: the cases that go with those of the adjective.
NOUNS = {
    "ru": {"область": ("области", "областью"), "край": ("края", "краю", "краем", "крае"), "район": ("района", "району", "районом", "районе"),
           "республика": ("республики", "республике", "республику", "республикой"), "округ": ("округа", "округу", "округом", "округе")},
    "uk": {"область": ("області", "областю"), "край": ("краю", "краєм", "країв"), "район": ("району", "районом", "районі")},
}


def forms(lang, name):
    """The other forms of a name in a language; none where its rules do not reach."""
    rule = RULES.get(lang)
    if rule is None or len(name) < LETTERS_MIN:
        return []
    first = FIRST_DECLINES.match(name)
    if first:
        return [form + first.group(2) for form in rule(first.group(1)) if len(first.group(1)) >= LETTERS_MIN]
    words = name.split(" ")
    if len(words) == 2 and lang in ADJECTIVES:
        found = next(((words[0][:-len(end)], others) for end, others in ADJECTIVES[lang] if words[0].endswith(end)), None)
        if found is None:
            return []
        nouns = NOUNS[lang].get(words[1]) or (rule(words[1]) if words[1][0].isupper() else ())
        if len(found[1]) == len(nouns):
            return [f"{found[0]}{end} {noun}" for end, noun in zip(found[1], nouns)]
        nouns = [*nouns, words[1]] if words[1][-1] == "ь" else nouns
        return [f"{found[0]}{end} {noun}" for end in found[1] for noun in nouns]
    if len(words) > 1 and not (lang in ("de", "sv", "da", "nb", "fi", "hu", "et", "bn", "ta", "ne", "mr", "uz", "az", "hy", "ka") or words[-1][0].isupper() and len(words) == 2):
        return []
    head, last = name[:len(name) - len(words[-1])], words[-1]
    if len(last) < 3 or not last[-1].isalpha() and not "\u0900" <= last[-1] <= "\u0dff":
        return []
    return [unicodedata.normalize("NFC", head + form) for form in rule(last) if len(form) >= LETTERS_MIN - 1]


def decline(entities, spoken, weak_word):
    """Adds the case forms of places. `spoken`: {country: languages}. `weak_word`(entity, language, form): whether a form is a weak name."""
    taken = {}
    for entity in entities:
        for lang, name in entity.all_names():
            taken.setdefault((lang, fold(name)), set()).add(entity.id)
    made = {}
    for entity in entities:
        home = HOME.get(entity.country)
        if home and "city" in entity.flags and entity.display in entity.names.get("*", {}):
            entity.names.setdefault(home, {}).setdefault(entity.display, None)
            if ("*", entity.display) in entity.weak:
                entity.weak.add((home, entity.display))
    for entity in entities:
        if entity.people < PEOPLE_MIN and "city" in entity.flags and "capital" not in entity.flags:
            continue
        for lang, name in entity.all_names():
            at_home = lang in spoken.get(entity.country, ()) or entity.country in NEAR.get(lang, "").split()
            if "division" in entity.flags and not at_home or not at_home and entity.people < PEOPLE_ABROAD_MIN and "city" in entity.flags and "capital" not in entity.flags:
                continue
            for form in forms(lang, name):
                if (lang, fold(form)) not in taken:
                    made.setdefault((lang, form), {})[entity.id] = (entity, name)
    count = 0
    for (lang, form), owners in sorted(made.items()):
        if len({name for _, name in owners.values()}) > 1:
            continue        # the case of one name is the case of another
        # A city and the division called by it share their forms, too.
        for entity, name in owners.values():
            entity.names[lang][form] = None
            count += 1
            if entity.is_weak(lang, name) or weak_word(entity, lang, form):
                entity.weak.add((lang, form))
    print(f"{count} case forms")
