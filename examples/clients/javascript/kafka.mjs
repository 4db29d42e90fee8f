// A client that reads what wiredesk writes. kafkajs has gzip built in; wiredesk compresses with lz4 unless told otherwise.

import kafkajs from "kafkajs";
import lz4 from "lz4-napi";

kafkajs.CompressionCodecs[kafkajs.CompressionTypes.LZ4] = () => ({
  compress: (encoder) => lz4.compressFrame(encoder.buffer),
  decompress: (buffer) => lz4.decompressFrame(buffer),
});

export const brokers = (process.env.KAFKA_BROKERS ?? "localhost:9092").split(",");
export const topic = process.env.WIREDESK_ENRICHED ?? "news.enriched";

// readUncommitted is false by default: events of aborted transactions are not handed over.
export const consumer = (groupId) =>
  new kafkajs.Kafka({ clientId: "my-newsroom", brokers, logLevel: kafkajs.logLevel.WARN }).consumer({ groupId });
