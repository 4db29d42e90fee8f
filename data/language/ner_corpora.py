#!/usr/bin/env python3
"""Sentences of permissive corpora of names, as lines `language<TAB>text<TAB>source`.

    python3 data/language/ner_corpora.py entities.jsonl.gz > ner.tsv

The file holds a sentence a line, `{"lang": "de", "text": "…", "set": "germeval14"}`; the names that are marked in it do not count here. The sets
are those of `data/models/SOURCES.md`, one language each. Corpora of names come as words and marks parted by blanks: what belongs together is put together
again. Only the standard library is used, and the same file gives the same lines."""
import gzip, hashlib, json, re, sys, unicodedata

SETS = ('armtdp', 'banglakit', 'estner', 'factrueval', 'germeval14', 'idner-news', 'kaznerd', 'nepali-ner', 'nergrit', 'parstwiner', 'rifat', 'ronec', 'wikigold',
        'wikiner-ru')
KEPT_MAX = 2500
# Shorter lines are headings, longer ones lists and pages without a stop.
LETTERS_MIN, CHARS_MAX = 25, 600

BEFORE = re.compile(r'\s+([,.;:!?%)\]}»”’…।۔،؛؟՝։՞])')
AFTER = re.compile(r'([(\[{«„“‘])\s+')
QUOTED = re.compile(r'"\s*([^"]*?)\s*"')
CLITIC = re.compile(r"\s+(['’](?:s|t|re|ve|ll|d|m)\b|n['’]t\b)")
QUOTES = {'``': '"', "''": '"', '-LRB-': '(', '-RRB-': ')', '-LSB-': '[', '-RSB-': ']'}

def detokenised(text):
    text = ' '.join(QUOTES.get(word, word) for word in text.split())
    text = BEFORE.sub(r'\1', AFTER.sub(r'\1', CLITIC.sub(r'\1', text)))
    return unicodedata.normalize('NFC', QUOTED.sub(r'"\1"', text))

def is_prose(text):
    letters = sum(c.isalpha() or unicodedata.category(c)[0] == 'M' for c in text)
    return letters >= LETTERS_MIN and len(text) <= CHARS_MAX and letters * 10 >= len(text) * 6

def main(path):
    found = {name: {} for name in SETS}
    with gzip.open(path, 'rt', encoding='utf-8') as lines:
        for line in lines:
            row = json.loads(line)
            if row['set'] not in found: continue
            text = detokenised(row['text'])
            # Which of them are kept is by chance, and the same on every machine.
            if is_prose(text): found[row['set']].setdefault(text, (hashlib.sha256(text.encode()).digest(), row['lang']))
    for name in SETS:
        for text, (_, language) in sorted(found[name].items(), key=lambda item: item[1])[:KEPT_MAX]:
            print(language, text, name, sep='\t')

if __name__ == '__main__':
    if len(sys.argv) != 2: sys.exit(__doc__)
    main(sys.argv[1])
