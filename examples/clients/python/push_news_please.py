"""Fetches pages with news-please and sends what it found: python push_news_please.py URL..."""
import sys

from newsplease import NewsPlease

from raw_topic import RawTopic

raw, missed = RawTopic(), []
for url, article in NewsPlease.from_urls(sys.argv[1:]).items():
    if article is not None and article.maintext:
        # Its dictionary as it is: wiredesk knows the fields, and that the word "None" is nothing.
        raw.send(url, article.get_serializable_dict())
    else:
        missed.append(url)
raw.close()
print(f"{raw.sent} sent, {len(missed)} without an article", *missed, sep="\n  ")
sys.exit(1 if missed else 0)
