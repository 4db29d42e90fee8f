// The console as a reader meets it, in a real browser: `node console.mjs http://127.0.0.1:9464/ [folder for pictures]`.
//
// The program behind the address must run in `dev` mode. CHROMIUM names the browser. Whatever the page writes to its
// log as an error, and every breach of the content security policy, fails the test.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

const [address, pictures] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Far longer than any step needs: whoever waits for a state pays only what it takes. */
const PATIENCE = 180_000;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"], timeout: PATIENCE });
const faults = [];

async function open(settings = {}, path = "", prepare = async () => {}) {
  // Rows do not fade in: colours half-way are not what is judged.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...settings });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (breach) => console.error(`policy: ${breach.violatedDirective} ${breach.blockedURI}`));
  });
  await prepare(page);
  await page.goto(address + path);
  return page;
}

/** Nothing serious by axe's rules, which include the contrast of WCAG AA. The page's policy forbids scripts from
 * elsewhere, so axe is handed to the engine itself. */
async function accessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  assert.deepEqual(told, [], where);
}

async function fits(page, where) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${where}: ${content} px wide in ${window}`);
}

const picture = async (page, name) => pictures && page.screenshot({ path: `${pictures}/${name}.png` });
const rows = (page) => page.locator("#stream > li > button");

/** Every highlight in an article is the slice that its event names, in code points, and nothing else is highlighted. */
async function sliced(article, event) {
  const shown = await article.locator("a.tag").evaluateAll((links) => links.map((link) => ({
    text: link.textContent, start: Number(link.dataset.start), anchor: link.dataset.anchor, field: link.closest(".headline") ? "title" : "body" })));
  for (const { text, start, anchor, field } of shown) {
    const [kind, at] = anchor.split("-");
    const named = kind === "date" ? [event.dates[at]] : event.entities[at].mentions;
    const mention = named.find((one) => one.in === field && one.start === start);
    assert.equal(text, mention?.text, `${anchor} of ${event.title}`);
    assert.equal(text, [...event[field]].slice(start, mention.end).join(""), `${anchor} of ${event.title}`);
  }
  return shown;
}

/** Opens the newest row like this, once there is one. The list is held before, or the row would move away below the pointer. */
async function choose(page, like) {
  const row = rows(page).filter(like).first();
  await row.waitFor();
  await page.locator("#pause").click();
  await row.click();
  await page.locator("#reader .headline").waitFor();
}

/** Rows of articles in which something is named. */
const tagged = (page) => ({ has: page.locator(".names .tag") });

/** Until the list has articles of this language, and no others. */
const alone = (page, language) => page.waitForFunction((name) => {
  const labels = [...document.querySelectorAll("#stream .label")];
  return labels.length > 0 && labels.every((label) => label.textContent === name);
}, language);

const steps = {
  async "samples appear by themselves"() {
    const page = await open();
    await rows(page).nth(8).waitFor();
    await page.locator("#health.good", { hasText: /^ready$/ }).waitFor();
    await page.locator("#strip .figure").nth(5).waitFor();
    await page.locator("#strip b", { hasText: /^≤|^>/ }).first().waitFor();
    await accessible(page, "the wire");
    await fits(page, "the wire");
    await page.context().close();
  },

  async "highlights are exactly the slices that the event names"() {
    const page = await open();
    await rows(page).nth(39).waitFor();
    await page.locator("#pause").click();
    // Others come while it asks: the articles of the list that is held are those up to its newest.
    const newest = Number(await rows(page).first().getAttribute("data-number"));
    const { items } = await page.evaluate(async (before) => (await fetch(`api/events?kind=articles&before=${before}`)).json(), newest + 1);
    let seen = 0;
    for (const { number, event } of items) {
      const row = page.locator(`#stream button[data-number="${number}"]`);
      if (!(await row.count())) continue;
      await row.click();
      seen += (await sliced(page.locator("#reader"), event)).length;
    }
    assert.ok(seen > 100, `${seen} highlights`);
    await page.context().close();
  },

  async "an article explains its tags, and the keyboard is enough"() {
    const page = await open();
    const row = rows(page).filter(tagged(page)).filter({ has: page.locator(".label", { hasText: /^English$/ }) }).first();
    await row.waitFor();
    await page.locator("#pause").focus();
    await page.keyboard.press("Enter");
    await row.focus();
    await page.keyboard.press("Enter");
    await page.locator("#reader .headline").waitFor();
    await picture(page, "light");
    const link = page.locator("#reader :is(.headline, .text) a.tag").first();
    const anchor = await link.getAttribute("data-anchor");
    await link.focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), anchor);
    const card = await page.locator(`#reader #${anchor}`).textContent();
    assert.match(card, /read by|rule/);
    await accessible(page, "an article");
    await picture(page, "explained");
    await page.keyboard.press("Escape");
    // It goes back in the browser's history, which takes its time.
    await page.waitForFunction(() => !document.body.classList.contains("reading") && !location.hash.includes("/"));
    await page.context().close();
  },

  async "an impatient reader goes back to the list and no further"() {
    const page = await open();
    await choose(page, tagged(page));
    const backs = await page.evaluate(() => {
      let backs = 0;
      const back = history.back.bind(history);
      history.back = () => { backs += 1; back(); };
      for (let press = 0; press < 3; press += 1) document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
      return backs;
    });
    assert.equal(backs, 1);
    await page.waitForFunction(() => !document.body.classList.contains("reading") && !location.hash.includes("/"));
    await page.context().close();
  },

  async "text from right to left runs from right to left"() {
    const page = await open();
    await choose(page, { has: page.locator(".label", { hasText: /^Arabic$/ }) });
    const text = page.locator("#reader .text");
    assert.equal(await text.getAttribute("lang"), "ar");
    assert.equal(await text.evaluate((element) => getComputedStyle(element).direction), "rtl");
    await picture(page, "right-to-left");
    await page.context().close();
  },

  async "the filter lets through what it names"() {
    const page = await open();
    await page.locator("[name=language]").selectOption("vi");
    await alone(page, "Vietnamese");
    await page.waitForFunction(() => /of/.test(document.getElementById("found").textContent));
    await page.locator("#clear").click();
    await page.locator("[name=kind]").selectOption("dead_letters");
    await page.waitForFunction(() => document.querySelector("#stream .row-dead") && !document.querySelector("#stream .row-usable"));
    await choose(page, { hasText: "malformed json" });
    await page.locator("#reader").getByText("stood at").waitFor();
    await page.context().close();
  },

  async "places, dates and names are drawn, and lead to their articles"() {
    const page = await open({}, "#world");
    await page.locator("#world circle").nth(5).waitFor();
    await page.locator("#world .timeline rect").nth(2).waitFor();
    await accessible(page, "the world");
    await picture(page, "world");
    await page.locator("#world .bars button").first().click();
    await page.locator("#wire").waitFor();
    assert.notEqual(await page.locator("[name=entity]").inputValue(), "");
    await rows(page).first().waitFor();
    await page.context().close();
  },

  async "a link to a view leads to its top, and leaves figures and filter in sight"() {
    const page = await open();
    await rows(page).nth(3).waitFor();
    for (const view of ["World", "Desk", "Runbooks", "Try"]) {
      await page.locator("nav a", { hasText: view }).click();
      await page.locator(`#${view.toLowerCase()} h2`).waitFor();
      assert.equal(await page.evaluate(() => scrollY), 0, view);
    }
    await page.context().close();
  },

  async "an article can be tried"() {
    const page = await open({}, "#try");
    await page.locator("#paste").fill(JSON.stringify({ title: "Floods near Hanoi", text: "HANOI, 14 March 2024 - The mayor of Hanoi said that France would help by 5 June 2025." }));
    await page.locator("#paste").press("Control+Enter");
    const event = page.locator("#trial-event");
    await event.locator(".headline").waitFor();
    const shown = await event.locator("a.tag").allTextContents();
    for (const words of ["Hanoi", "France"]) assert.ok(shown.includes(words), `${words} is not among ${shown}`);
    assert.ok(shown.some((words) => words.includes("5 June 2025")), shown.join());
    await accessible(page, "a trial");
    await page.locator("#paste").fill("{");
    await page.locator("#trial [type=submit]").click();
    await event.getByText("malformed json").waitFor();
    await page.context().close();
  },

  async "characters beyond 16 bits move no highlight"() {
    const page = await open({}, "#try");
    // Emoji of several code points, a flag, rare Han, a letter with a mark of its own, right to left in between.
    const odd = "👩🏽‍🚒🌊🇻🇳 𠮷 x̂ 𝔘 שלום";
    const article = { language: "en", title: `${odd} Floods near Hanoi worry the river guards ${odd}`, url: "https://news.example/odd", text:
      `${odd} HANOI, 14 March 2024 - The mayor of Hanoi said after a long meeting in the town hall that France ${odd} would help to pay for the new gauges by 5 June 2025.\n\n` +
      `${odd}\nThe engineers of Vietnam ${odd} agreed on 6 June 2025 with those of Japan that both would look after the river together, and that nobody would have to pay twice.` };
    const { event } = await page.evaluate(async (body) => (await fetch("api/try", { method: "POST", body })).json(), JSON.stringify(article));
    await page.locator("#paste").fill(JSON.stringify(article));
    await page.locator("#paste").press("Control+Enter");
    await page.locator("#trial-event .headline").waitFor();
    const shown = await sliced(page.locator("#trial-event"), event);
    const texts = shown.map(({ text }) => text);
    for (const words of ["Hanoi", "France", "Vietnam", "Japan"]) assert.ok(texts.includes(words), `${words} is not among ${texts}`);
    assert.ok(shown.filter(({ field }) => field === "title").length > 0 && texts.some((text) => text.includes("6 June 2025")), texts.join());
    await page.context().close();
  },

  async "nothing that an article says is run, fetched or followed"() {
    const page = await open({}, "#try");
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("dialog", (dialog) => { faults.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    const markup = "<img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script><svg/onload=alert(3)>";
    const address = "javascript:alert(4)";
    const articles = [
      { title: markup, text: `The mayor of Hanoi said ${markup} that France would help by 5 June 2025.`, description: markup, url: address, canonical_url: address,
        authors: [markup], publisher: markup, image: address, language: '"><img src=x>', published_at: markup, tags: [markup], [markup]: markup },
      { title: "&lt;img src=x onerror=alert(5)&gt;", text: `&#60;script&#62;alert(6)&#60;/script&#62; The mayor of Hanoi met guests. [here](${address})`, url: "https://news.example/<img src=x>\"onclick=alert(7)" },
    ];
    for (const article of articles) {
      await page.locator("#paste").fill(JSON.stringify(article));
      await page.locator("#paste").press("Control+Enter");
      await page.locator("#trial-event .headline").waitFor();
      await page.locator("#trial-event summary").click();
      assert.equal(await page.locator("#trial-event :is(img, script, svg, iframe)").count(), 0);
      const links = await page.locator("#trial-event a[href]").evaluateAll((all) => all.map((link) => link.href));
      assert.ok(links.every((link) => /^(https:|http:\/\/127)/.test(link)), links.join());
      await page.locator("#paste").fill("");
      await page.evaluate(() => document.getElementById("trial-event").replaceChildren());
    }
    assert.ok(asked.every((url) => url.startsWith(new URL(page.url()).origin)), asked.join());
    await page.context().close();
  },

  async "an article tells which routes it took, and those of a route can be had alone"() {
    const page = await open();
    await page.locator("[name=route]").selectOption("vietnam");
    // What is taken back takes every route.
    await page.waitForFunction(() => {
      const labels = [...document.querySelectorAll("#stream .label")].map((label) => label.textContent);
      return labels.includes("Vietnamese") && labels.every((label) => ["Vietnamese", "retracted"].includes(label));
    });
    await choose(page, tagged(page));
    await page.locator("#reader .card.record").getByText("news.enriched.vietnam").waitFor();
    await page.context().close();
  },

  async "the desk shows partitions, workers and routes"() {
    const page = await open({}, "#desk");
    await page.locator("#desk tbody tr").nth(2).waitFor();
    await page.getByText("worker 0").waitFor();
    await page.locator("#desk").getByText("to news.enriched.vietnam").waitFor();
    await accessible(page, "the desk");
    await picture(page, "desk");
    await page.context().close();
  },

  async "an alert's link leads to what is to be done"() {
    const page = await open({}, "#wiredeskbrokerssilent");
    const entry = page.locator("#runbooks-text #wiredeskbrokerssilent");
    await entry.waitFor();
    await page.waitForFunction(() => document.activeElement.id === "wiredeskbrokerssilent");
    for (const words of ["Means.", "Readers notice.", "Look.", "Do.", "Kill?"]) await entry.locator("b", { hasText: words }).waitFor();
    assert.ok((await page.locator("#runbooks section").count()) > 20);
    assert.ok((await page.locator("#runbooks-text").textContent()).match(/\*\*|\]\(|^\|/m) === null, "Markdown is left over");
    await accessible(page, "the runbooks");
    await picture(page, "runbooks");
    await entry.locator("a", { hasText: "WiredeskFailed" }).first().click();
    await page.waitForFunction(() => document.activeElement.id === "wiredeskfailed");
    await page.context().close();
  },

  async "a token that is asked for opens the page"() {
    // The program's own check is tested where it lives; here it is played by the browser.
    const asks = (page) => page.route("**/api/**", (route) =>
      route.request().headers().authorization === "Bearer correct-horse-battery" ? route.continue() : route.fulfill({ status: 401 }));
    const page = await open({}, "", asks);
    await page.locator("#lock").waitFor();
    await accessible(page, "the lock");
    await page.locator("[name=token]").fill("a-wrong-guess");
    await page.locator("#lock button").click();
    await page.getByText("That is not the token.").waitFor();
    await page.locator("[name=token]").fill("correct-horse-battery");
    await page.keyboard.press("Enter");
    await rows(page).first().waitFor();
    await page.locator("#lock").waitFor({ state: "hidden" });
    // The browser logs each refusal.
    const others = faults.filter((fault) => !fault.includes("401"));
    faults.splice(0, faults.length, ...others);
    await page.context().close();
  },

  async "dark is dark, and has contrast"() {
    const page = await open({ colorScheme: "dark" });
    await choose(page, tagged(page));
    const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.match(ground, /rgb\((\d|1\d|2\d), /);
    await accessible(page, "dark");
    await picture(page, "dark");
    await page.evaluate(() => { location.hash = "#world"; });
    await page.locator("#world circle").first().waitFor();
    await accessible(page, "the dark world");
    await page.context().close();
  },

  async "a phone shows everything without scrolling sideways"() {
    const page = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await rows(page).nth(5).waitFor();
    await fits(page, "the list on a phone");
    await picture(page, "phone-list");
    const language = page.locator("[name=language]");
    assert.equal(await language.isVisible(), false);
    await page.locator("#fold").click();
    await language.selectOption("vi");
    await alone(page, "Vietnamese");
    await fits(page, "the open filters on a phone");
    await accessible(page, "the open filters on a phone");
    await page.locator("#fold").click();
    assert.equal(await page.locator("#fold").textContent(), "Filters (1)");
    await page.locator("#fold").click();
    await page.locator("#clear").click();
    await page.locator("#fold").click();
    await page.waitForFunction(() => [...document.querySelectorAll("#stream .label")].some((label) => label.textContent !== "Vietnamese"));
    await choose(page, tagged(page));
    assert.equal(await page.locator("#stream").isVisible(), false);
    await fits(page, "an article on a phone");
    await accessible(page, "a phone");
    await picture(page, "phone");
    await page.locator(".back").click();
    await rows(page).first().waitFor();
    for (const view of ["world", "try", "desk", "runbooks"]) {
      await page.evaluate((name) => { location.hash = `#${name}`; }, view);
      await page.locator(`#${view} h2`).waitFor();
      await fits(page, `${view} on a phone`);
    }
    await page.context().close();
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  const began = Date.now();
  try {
    await step();
    assert.deepEqual(faults.splice(0), [], "the page's log");
    console.log(`ok ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}: ${error.message ?? error}`);
  }
}
await browser.close();
process.exitCode = failed ? 1 : 0;
