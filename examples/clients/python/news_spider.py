"""A spider that follows a front page's links and sends each page to wiredesk.

    scrapy runspider news_spider.py -a start=https://news.example/
"""
import scrapy

from scrapy_pipeline import WiredeskPipeline


class NewsSpider(scrapy.Spider):
    name = "news"
    custom_settings = {
        "ITEM_PIPELINES": {WiredeskPipeline: 900},
        "RETRY_TIMES": 5,             # of fetching; sending has retries of its own
        "AUTOTHROTTLE_ENABLED": True,
        "LOG_LEVEL": "INFO",
    }

    def __init__(self, start, **kwargs):
        super().__init__(**kwargs)
        self.start_urls = [start]

    def parse(self, response):
        yield from response.follow_all(css="a[href]", callback=self.parse_article)

    def parse_article(self, response):
        content_type = response.headers.get("Content-Type", b"text/html").decode()
        yield {"url": response.url, "html": response.body, "content_type": content_type}
