"""Sends articles to the raw topic: what every scraper below shares."""
import json
import os

from confluent_kafka import Producer


class RawTopic:
    """The raw topic, for one process. `send` never blocks for long, `close` says whether everything arrived.

    An article that is sent again is no harm: it has the same id, and wiredesk publishes it as the same revision.
    """

    def __init__(self, brokers=None, topic=None, **properties):
        self.topic = topic or os.environ.get("WIREDESK_RAW", "news.raw")
        self.producer = Producer({
            "bootstrap.servers": brokers or os.environ.get("KAFKA_BROKERS", "localhost:9092"),
            "enable.idempotence": True,       # what is sent again after an error neither doubles nor overtakes
            "delivery.timeout.ms": 300_000,   # how long it is tried; then it counts as failed
            "partitioner": "murmur2_random",  # Java's: one key is in one partition, whichever client sends it
            "compression.type": "zstd",
            "linger.ms": 50,
            "message.max.bytes": 10 * 1024 * 1024,
            **properties,
        })
        self.sent, self.failed = 0, []

    def send(self, url, value, content_type="application/json", headers=()):
        """Queues an article: a dictionary, or text or bytes of this type. Revisions of one URL stay in order."""
        if isinstance(value, dict):
            value = json.dumps(value, ensure_ascii=False, default=str)
        self._produce(url, value, [("content-type", content_type), ("url", url), *headers])

    def retract(self, url):
        """Takes the article at this URL back."""
        self._produce(url, None, [])

    def close(self, seconds=300):
        """Waits until everything has arrived. Raises if something has not: what and why is in `failed`."""
        left = self.producer.flush(seconds)
        if left or self.failed:
            raise RuntimeError(f"{len(self.failed)} articles were refused, {left} are still on their way: {self.failed[:3]}")

    def _produce(self, key, value, headers):
        while True:
            try:
                self.producer.produce(self.topic, key=key, value=value, headers=headers, on_delivery=self._delivered)
                break
            except BufferError:  # the queue is full: wait for the brokers rather than for memory to run out
                self.producer.poll(1.0)
        self.producer.poll(0)  # serves what has been acknowledged since

    def _delivered(self, error, message):
        if error is None:
            self.sent += 1
        else:
            self.failed.append((message.key().decode(), str(error)))
