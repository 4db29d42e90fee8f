#!/usr/bin/env python3
"""Two permissive corpora that reach languages of which there is little running text, as lines `language<TAB>text<TAB>source`.

    pip download --no-deps home-assistant-frontend==20250109.2 && unzip -q home_assistant_frontend-*.whl -d ha
    npm pack cldr-annotations-full@48.2.0 && tar xzf cldr-annotations-full-*.tgz
    python3 data/language/ui_corpora.py ha/hass_frontend/static/translations package/annotations > ui.tsv

home-assistant: the texts of a program's pages (Apache-2.0). cldr: names and keywords of symbols (Unicode-3.0). Only the standard
library is used, and the same files give the same lines."""
import glob, json, os, re, sys, unicodedata

ALIAS = {'no': 'nb', 'fil': 'tl', 'sr-Latn': 'sr', 'pt-BR': 'pt', 'es-419': 'es', 'zh-Hans': 'zh', 'hi-Latn': None}
# Not what they are labelled (Greenlandic is in Danish), too near to a language that news is in, or told by their script.
LEFT_OUT = set('kl gsw dsb pcm kok sc quc yue chr rhg shn blo bgn ccp doi mai mni sat syr sa'.split())
KEPT_MAX = {'home-assistant': 1500, 'cldr': 600}

def tag(folder):
    if folder in LEFT_OUT: return None
    if folder in ALIAS: return ALIAS[folder]
    return folder if '-' not in folder else None

def emit(language, texts, source):
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

if __name__ == '__main__':
    if len(sys.argv) != 3: sys.exit(__doc__)
    home_assistant(sys.argv[1]); cldr(sys.argv[2])
