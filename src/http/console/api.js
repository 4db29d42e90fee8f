// The program's interface: reading, following, trying. Paths are relative, so that a proxy may put it anywhere.

const KEPT = "wiredesk-token";

/** The program wants a token, or another one. */
export class Locked extends Error {}

export const unlock = (token) => sessionStorage.setItem(KEPT, token);

async function ask(path, options = {}) {
  const token = sessionStorage.getItem(KEPT);
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(path, { ...options, headers, cache: "no-store" });
  if (answer.status === 401) throw new Locked();
  if (!answer.ok) throw new Error((await answer.text()).trim() || `status ${answer.status}`);
  return answer;
}

/** A filter as a query: what is empty is left out. */
function query(filter) {
  const said = Object.entries(filter).filter(([, value]) => value !== "" && value !== undefined && value !== null);
  return new URLSearchParams(said).toString();
}

export const events = async (filter, signal) => (await ask(`api/events?${query(filter)}`, { signal })).json();

export const enrich = async (text) => (await ask("api/try", { method: "POST", body: text })).json();

/** The messages of the live stream. `fetch` instead of `EventSource`, which cannot send a token. */
export async function* follow(filter, signal) {
  const answer = await ask(`api/live?${query(filter)}`, { signal });
  const chunks = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await chunks.read();
    if (done) return;
    const messages = (rest + value).split("\n\n");
    rest = messages.pop();
    for (const message of messages) {
      const lines = message.split("\n").filter((line) => line.startsWith("data:"));
      if (lines.length) yield JSON.parse(lines.map((line) => line.slice(5)).join("\n"));
    }
  }
}
