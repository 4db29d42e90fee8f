// Prints enriched events as they come: the least that a consumer is.
import { consumer, topic } from "./kafka.mjs";

const reader = consumer("my-newsroom-js");
await reader.connect();
await reader.subscribe({ topics: [topic], fromBeginning: true });
await reader.run({
  eachMessage: async ({ message }) => {
    const event = JSON.parse(message.value);
    console.log(event.status, event.title, event.entities.map((entity) => entity.name));
  },
});
