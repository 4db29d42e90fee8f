// The paste box: an article through the pipeline, for the reader alone.

import { enrich } from "./api.js";
import { view } from "./article.js";
import { by, duration, make, plural } from "./dom.js";

/** Wires the form; `failed` is told what is no fault of the article. */
export function start(failed) {
  const form = by("trial");
  form.addEventListener("submit", (press) => {
    press.preventDefault();
    attempt().catch(failed);
  });
  by("paste").addEventListener("keydown", (press) => {
    if (press.key === "Enter" && (press.ctrlKey || press.metaKey)) form.requestSubmit();
  });
}

/** Says how large an article may be; without room for one there is nothing to try. */
export function limit(bytesMax) {
  by("trial-note").textContent = bytesMax ? `up to ${plural(bytesMax / 1024, "KiB", "KiB")}` : "switched off by http.console.try_bytes_max";
  by("trial").querySelector("[type=submit]").disabled = !bytesMax;
}

async function attempt() {
  const told = by("trial-told");
  told.textContent = "…";
  told.className = "";
  by("trial-event").replaceChildren();
  const found = await enrich(by("paste").value);
  if (found.dropped) {
    told.textContent = `It would be dropped by the rule ${found.dropped}.`;
    return;
  }
  const times = found.stages_us ?? [];
  const whole = times.reduce((sum, [, micros]) => sum + micros, 0) / 1e6;
  told.className = found.event ? "good" : "bad";
  told.textContent = found.event ? `An event, in ${duration(whole)}: ${times.map(([stage, micros]) => `${stage} ${duration(micros / 1e6)}`).join(", ")}` : "It would be a dead letter.";
  by("trial-event").replaceChildren(...view(found).filter(Boolean), make("p"));
  by("trial-event").focus();
}
