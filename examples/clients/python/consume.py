"""Prints enriched events as they come: the least that a consumer is."""
import json, os
from confluent_kafka import Consumer

consumer = Consumer({"bootstrap.servers": os.environ.get("KAFKA_BROKERS", "localhost:9092"), "group.id": "my-newsroom",
                     "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
consumer.subscribe([os.environ.get("WIREDESK_ENRICHED", "news.enriched")])
while True:
    if (message := consumer.poll(1.0)) is None: continue
    if message.error(): raise SystemExit(message.error())
    event = json.loads(message.value())
    print(event["status"], event["title"], [entity["name"] for entity in event["entities"]], flush=True)
