"""Rivers, mountains, seas, persons of history and wars from WordNet's instances: in English."""
import re

from leaders import slug
from names import Entity
from packages import load_one

# WordNet's files of nouns by number (lexnames): what an instance in them is to us.
KINDS = {4: "event", 11: "event", 15: "place", 17: "place", 18: "person"}
WAR = re.compile(r"\b(War|Wars|Battle|Revolution|Rebellion|Treaty|Conference|Siege|Massacre|Uprising|Crusade|Congress|Invasion|Campaign|Holocaust|Depression|Restoration|Riots?)\b")
ADMINISTRATIVE = re.compile(r"\b(city|town|capital|state|country|republic|kingdom|province|port|resort|village|county|nation|metropolis|commune|suburb|emirate|university|seat|municipality|"
                            r"center|centre|monarchy|sultanate|commonwealth|district|borough|section of|colony|territory|mythology|constellation|star\b|galaxy|planet|Bible|Testament|"
                            r"fictional|legend|hero of|character|asteroid|nebula)\b")


def instances(cache):
    """Yields (kind, names, gloss)."""
    for line in load_one(cache, "words", r"dict/data\.noun$").decode("latin-1").splitlines():
        if " @i " not in line:
            continue
        head, _, gloss = line.partition(" | ")
        columns = head.split(" ")
        kind = KINDS.get(int(columns[1]))
        if kind:
            names = [columns[4 + 2 * index].replace("_", " ") for index in range(int(columns[3], 16))]
            yield kind, names, gloss


def entities(cache):
    out = {}
    for kind, names, gloss in instances(cache):
        full = [name for name in names if " " in name and name[0].isupper() and not re.search(r"\b(the Great|Saint|St\.)\b", name)]
        full = [re.sub(r"^(Sir|Dame|Lord) ", "", name) for name in full]
        full = [name for name in full if " " in name and (kind != "event" or WAR.search(name))]
        if ADMINISTRATIVE.search(gloss) or not full:
            continue
        ident = "wiredesk:" + slug(full[0])
        entity = out.setdefault(ident, Entity(ident, kind, set(), 0.35))
        if entity.kind == kind:
            for name in full:
                entity.add("en", name)
    return [e for e in out.values() if e.names]
