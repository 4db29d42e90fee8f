"""Words of personal names and what they are, given name or family name, as one compact file of hashes.

The file is read by src/lexicon/parts.rs, which has the same layout and hash: change both or neither.

    16 bytes     b"wiredesk-parts-1"
    65,536 bytes how many words each bucket has; a word's bucket is the high 16 bits of its hash
    2 bytes each the words of the buckets in turn, sorted: the next 14 bits of the hash, then its class in two bits

A word that is not in the file is taken for one that is in 1 case of about 2,500.
"""
import ast, re, unicodedata

from packages import fail, load, load_one

MAGIC = b"wiredesk-parts-1"
GIVEN, FAMILY = 1, 2            # 3 is both, 0 a name part of which no source says which
WORDS_MIN = 400_000             # what the pinned packages give, less a little

# Words that the lists take for names and that every text has: articles, prepositions and titles of the languages whose
# names are written in several words.
NOT_PARTS = frozenset("""
    a al an and as at by da das de dei del della den der des di do dos du e el en et for i il in is la las le les lo los
    mr mrs ms no of on or the to und van vom von we y z zu zum zur dr prof sir st
    и в на не по за из от что как это он она они мы вы к о у а но или і й та що це не до від про
""".split())
# Single letters are initials. One Han or Hangul character is a family name, if a source says that it is one.
CJK = re.compile("[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def words(text):
    """The words of a name as the tokens of an article are: lower-cased runs of letters and marks."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    if re.search(r"[0-9()/.]", text):
        return []
    return [w.lower() for w in re.split(r"[\s\-‐'ʼ‘`·・]+", text) if w]


def strings(node):
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def kind_of(variable):
    """Which class the list of this name holds; 0 for other lists."""
    if re.search(r"title|prefix|suffix|format|initial", variable):
        return 0
    if re.search(r"first|given|middle", variable):
        return GIVEN
    return FAMILY if re.search(r"last|family|surname", variable) else 0


def python_lists(cache):
    for path, data in sorted(load(cache, "first_last", r"providers/person/\w+/__init__\.py$").items()):
        for node in ast.walk(ast.parse(data)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and kind_of(node.targets[0].id):
                yield kind_of(node.targets[0].id), strings(node.value)


def script_lists(cache):
    for path, data in sorted(load(cache, "first_last_js", r"lib/locales/\w+/name/\w+\.js$").items()):
        kind = kind_of(path.split("/")[-1])
        if kind and "/en_AU_ocker/" not in path:
            # One list is not in UTF-8: its broken names are left out.
            found = re.findall(r"""["']([^"'\n]{1,40})["'] *[,\]\n]""", data.decode(errors="replace"))
            yield kind, [name for name in found if "\ufffd" not in name]


def romanisations(cache):
    for path, data in sorted(load(cache, "romanised", r"name_variants/\w+_\w*names\w*\.py$").items()):
        kind = FAMILY if "surname" in path else GIVEN if "given" in path else 0
        for node in ast.walk(ast.parse(data)):
            if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
                for key, value in zip(node.value.keys, node.value.values):
                    yield kind, strings(key) + [s for s in strings(value) if s not in ("forms", "frequency", "note")]


def groups(cache):
    """Spellings of one name, by item."""
    for line in load_one(cache, "territories", r"data/names/persons\.txt$").decode().splitlines():
        yield [w[0] for w in (words(form) for form in line.rsplit("=>", 1)[0].split(",")) if len(w) == 1]


def unmarked(word):
    """The word without the marks of Latin letters, as texts without accents have it."""
    if not ("a" <= unicodedata.normalize("NFD", word[0])[0] <= "z" or word[0] in "đøł"):
        return word
    bare = unicodedata.normalize("NFD", word.translate(str.maketrans("đøłı", "doli")))
    return "".join(c for c in bare if not unicodedata.combining(c))


def collect(cache):
    """{word: class}"""
    told, known = {}, set()
    for source in (python_lists(cache), script_lists(cache), romanisations(cache)):
        for kind, names in source:
            for name in names:
                parts = words(name)
                if name[:1].islower() and kind and len(parts) > 1:
                    parts = parts[-1:]            # van den Berg
                for word in parts:
                    known.add(word)
                    if kind:
                        told[word] = told.get(word, 0) | kind
    spread = {}
    for group in groups(cache):
        kinds = {told[w] for w in group if w in told}
        kind = 0
        for one in kinds:
            kind |= one
        if kind == 3 and kinds & {GIVEN, FAMILY} and len(kinds - {3}) == 1:
            kind = next(iter(kinds - {3}))        # one spelling is both, the others tell which the name is
        for word in group:
            known.add(word)
            spread[word] = spread.get(word, 0) | kind
    classes = {w: told.get(w) or spread.get(w, 0) for w in known}
    for word in sorted(classes):
        bare = unmarked(word)
        if bare != word:
            classes.setdefault(bare, classes[word])
    return {w: kind for w, kind in classes.items() if usable(w, kind)}


def usable(word, kind):
    if word in NOT_PARTS or not all(c.isalpha() or unicodedata.category(c) in ("Mn", "Mc") for c in word):
        return False
    if CJK.match(word):
        return len(word) >= 2 or kind & FAMILY
    # Of short words that only the list of spellings has, most are words of some language.
    return len(word) >= (2 if kind else 4)


def hash_of(word):
    """FNV-1a of 64 bits over the lower-case form, its high half folded into the low one: `token::key` in the program."""
    value = 0xcbf29ce484222325
    for byte in word.encode():
        value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    return value ^ value >> 32


# (word, class): the sources disagree with themselves often enough that these are worth holding.
GOLDEN = [("nguyễn", FAMILY), ("nguyen", FAMILY), ("phạm", FAMILY), ("иван", GIVEN), ("maría", GIVEN), ("müller", FAMILY),
          ("佐藤", FAMILY), ("김", FAMILY), ("siti", GIVEN), ("kowalski", FAMILY)]


def build(classes):
    """The bytes of the file that holds {word: class}."""
    for word, kind in GOLDEN:
        if classes.get(word, 0) & kind != kind:
            fail(f"name parts: {word!r} is {classes.get(word)}, not {kind}")
    if len(classes) < WORDS_MIN:
        fail(f"name parts: {len(classes)} words, fewer than {WORDS_MIN}")
    buckets = [{} for _ in range(1 << 16)]
    for word, kind in classes.items():
        value = hash_of(word)
        bucket, rest = buckets[value >> 48], value >> 34 & 0x3fff
        bucket[rest] = bucket.get(rest, 0) | kind
    if max(map(len, buckets)) > 255:
        fail("name parts: a bucket has more than 255 words")
    body = b"".join((rest << 2 | kind).to_bytes(2, "little") for bucket in buckets for rest, kind in sorted(bucket.items()))
    return MAGIC + bytes(map(len, buckets)) + body
