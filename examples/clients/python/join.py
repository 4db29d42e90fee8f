"""Joins articles of all languages by the things and the days that they name.

    python join.py              follows the topic until it is stopped, then tells what it knows
    python join.py --count 20   the same, after 20 articles

An entity's id is the same in every language, and so is a date's value: they are what to join on. What is kept here in
memory belongs into tables of your database, under the same keys.
"""
import argparse
import json
import os
from collections import defaultdict

from confluent_kafka import Consumer


class Desk:
    """The newest revision of each article. To apply an event twice does no harm, so at-least-once reading is enough."""

    def __init__(self):
        self.articles = {}

    def apply(self, event):
        if event["status"] == "retracted":
            self.articles.pop(event["id"], None)
        else:
            self.articles[event["id"]] = event  # another revision has the same id; the later record wins

    def entities(self):
        """(id, name, languages, words in the texts) of every thing that more than one article names."""
        found = defaultdict(list)
        for event in self.articles.values():
            for entity in event["entities"]:
                if entity["id"]:  # null: a name that no id is known for, so nothing to join on
                    found[entity["id"]].append((event, entity))
        for id, named in sorted(found.items()):
            if len(named) > 1:
                words = {word(event, mention) for event, entity in named for mention in entity["mentions"]}
                languages = {event["language"]["tag"] for event, _ in named}
                name = min(entity["name"] for _, entity in named)
                yield id, name, sorted(languages), sorted(words)

    def days(self):
        """(date, words in the texts) of every date that is known to the day. Others are `2019-11`, `2019/..`, `XXXX-09-30`."""
        found = defaultdict(set)
        for event in self.articles.values():
            for date in event["dates"]:
                if date["precision"] == "day" and not date["set"]:
                    found[date["value"]].add(word(event, date))
        return sorted((value, sorted(words)) for value, words in found.items())


def word(event, mention):
    """What stands there. Offsets count code points, and so do Python's strings."""
    return event[mention["in"]][mention["start"]:mention["end"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--brokers", default=os.environ.get("KAFKA_BROKERS", "localhost:9092"))
    parser.add_argument("--topic", default=os.environ.get("WIREDESK_ENRICHED", "news.enriched"))
    parser.add_argument("--group", default="my-newsroom-join")
    parser.add_argument("--count", type=int, help="stop after so many events")
    args = parser.parse_args()

    consumer = Consumer({
        "bootstrap.servers": args.brokers,
        "group.id": args.group,
        "auto.offset.reset": "earliest",
        "isolation.level": "read_committed",  # without it, events of aborted transactions show
        "enable.auto.offset.store": False,    # an offset is stored once its event is applied: nothing is lost in a crash
    })
    consumer.subscribe([args.topic])
    desk, seen = Desk(), 0
    try:
        while args.count is None or seen < args.count:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                raise SystemExit(f"cannot read {args.topic}: {message.error()}")
            if message.value() is not None:  # a tombstone, in a compacted topic such as news.latest
                desk.apply(json.loads(message.value()))
                seen += 1
            consumer.store_offsets(message)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()  # commits what is stored, and leaves the group at once
    for id, name, languages, words in desk.entities():
        print(f"{id}  {name}  [{' '.join(languages)}]  {' | '.join(words)}")
    for value, words in desk.days():
        print(f"{value}  {' | '.join(words)}")


if __name__ == "__main__":
    main()
