"""Fetches pages, extracts them with trafilatura and sends what it found: python push_trafilatura.py URL...

trafilatura refuses addresses of the own network; PRIVATE_ADDRESSES=1 lets it fetch from an intranet, or from this machine.
"""
import os
import sys

import trafilatura
from trafilatura.settings import use_config

from raw_topic import RawTopic

config = use_config()
if os.environ.get("PRIVATE_ADDRESSES"):
    config["DEFAULT"]["SSRF_PROTECTION"] = "off"
raw, missed = RawTopic(), []
for url in sys.argv[1:]:
    page = trafilatura.fetch_url(url, config=config)
    # Its JSON as it is: wiredesk knows the fields, `source` as the URL among them.
    article = page and trafilatura.extract(page, url=url, output_format="json", with_metadata=True)
    if article:
        raw.send(url, article)
    else:
        missed.append(url)
raw.close()
print(f"{raw.sent} sent, {len(missed)} without an article", *missed, sep="\n  ")
sys.exit(1 if missed else 0)
