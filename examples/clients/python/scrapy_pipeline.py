"""A Scrapy item pipeline that sends to wiredesk's raw topic. In your project's settings:

    ITEM_PIPELINES = {"scrapy_pipeline.WiredeskPipeline": 900}
    WIREDESK_BROKERS = "k1:9092,k2:9092"
    WIREDESK_TOPIC = "news.raw"

An item needs a `url`. With `html`, the page as it was fetched, wiredesk finds text, title, authors and dates; else
the item's fields are the article: title, body, published_at and so on, and others travel along in `ext`.
"""
import logging

from itemadapter import ItemAdapter

from raw_topic import RawTopic

log = logging.getLogger(__name__)


class WiredeskPipeline:
    def __init__(self, crawler):
        self.stats = crawler.stats
        self.raw = RawTopic(crawler.settings.get("WIREDESK_BROKERS"), crawler.settings.get("WIREDESK_TOPIC"))

    @classmethod
    def from_crawler(cls, crawler):
        return cls(crawler)

    def process_item(self, item):
        article = ItemAdapter(item).asdict()
        url, html = article["url"], article.pop("html", None)
        if html is None:
            self.raw.send(url, article)
        else:
            # Bytes, undecoded: the page's own charset, and this header's, are what wiredesk reads it by.
            self.raw.send(url, html, article.get("content_type") or "text/html")
        return item

    def close_spider(self):
        try:
            self.raw.close()
        except RuntimeError as problem:
            log.error("not everything reached the raw topic: %s", problem)
        self.stats.set_value("wiredesk/sent", self.raw.sent)
        self.stats.set_value("wiredesk/failed", len(self.raw.failed))
