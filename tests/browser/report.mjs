// The report and the evidence pack in a real browser: marks at the right words, keyboard, touch, filters, dark and light, phone, print,
// no script, hostile pages, and axe-core without violations.
//
// `npm ci && npm test` here, after `cargo build`; CHROMIUM names another browser. `SHOTS=directory npm test` also keeps pictures to look
// at, among them the one of the README (docs/src/pictures/report.png).
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "../..");
const claims = join(root, "target/debug/claims");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const places = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];
const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));
const desk = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
let browser, directory;

before(async () => {
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  directory = mkdtempSync(join(tmpdir(), "claims-browser-"));
});
after(async () => {
  await browser?.close();
  if (directory) rmSync(directory, { recursive: true });
});

/** Runs `claims` in the root and says what it printed, whatever its exit status. */
function run(...args) {
  const ran = spawnSync(claims, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.ok(ran.status === 0 || ran.status === 1, ran.stderr);
  return ran.stdout;
}

/** A report on the example page, opened; `problems` collects whatever the browser complains about or asks the network for. */
async function open(options = desk, args = ["check", "examples/clinic.md", "--format", "html"]) {
  const file = join(directory, `${Math.random()}.html`);
  run(...args, "--output", file);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("request", (request) => request.url().startsWith("file:") || problems.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, problems };
}

async function shot(page, name, options = {}) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), ...options });
}

/** What axe-core has against the page. */
async function violations(page) {
  // The page's own policy lets no script in; the tester's protocol is not bound by it.
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

test("marks stand on the words of the findings", async () => {
  const source = readFileSync(join(root, "examples/clinic.md"));
  const findings = JSON.parse(run("check", "examples/clinic.md", "--format", "json")).files[0].diagnostics;
  const { page, problems } = await open();
  const marked = await page.locator("a.mark").evaluateAll((marks) =>
    marks.map((mark) => [...mark.childNodes].filter((node) => node.nodeName !== "SUP").map((node) => node.textContent).join("")));
  const words = findings.map(({ start, end }) => source.subarray(start, end).toString().replaceAll("\n", " "));
  assert.deepEqual(marked, words);
  assert.deepEqual(problems, []);
  await shot(page, "desk-light", { fullPage: true });
});

test("the Tab key reaches every mark, what is said about it is in sight, Esc closes it", async () => {
  const { page, problems } = await open();
  const all = await page.locator("a.mark").count();
  let reached = 0;
  for (let presses = 0; reached < all && presses < 400; presses++) {
    await page.keyboard.press("Tab");
    const is = await page.evaluate(() => document.activeElement.matches("a.mark") && document.activeElement.id);
    if (!is) continue;
    reached += 1;
    assert.equal(is, `w${reached}`);
    const pop = page.locator(`#${is} + .pop`);
    await page.waitForFunction((id) => {
      const box = document.querySelector(`#${id} + .pop`).getBoundingClientRect();
      const mark = document.getElementById(id).getBoundingClientRect();
      return box.height > 0 && box.bottom <= innerHeight + 1 && mark.top >= 0 && mark.bottom <= box.top + 12;
    }, is);
    if (reached === 7) await shot(page, "report");
    // The links to sources are the next stops; they leave what is said open.
    await page.keyboard.press("Escape");
    assert.equal(await pop.isVisible(), false);
  }
  assert.equal(reached, all);
  assert.deepEqual(problems, []);
});

test("a mark leads to its details and a line of the list to its mark", async () => {
  const { page } = await open();
  await page.locator("nav.lists a[href='#w7']").first().click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "w7");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#f7").getBoundingClientRect().top < innerHeight);
  assert.ok(await page.locator("#f7").isVisible());
});

for (const javaScriptEnabled of [true, false]) {
  test(`pointing and filters work ${javaScriptEnabled ? "with" : "without"} a script`, async () => {
    const { page, problems } = await open({ ...desk, javaScriptEnabled });
    await page.locator("#w7").hover();
    assert.ok(await page.locator("#w7 + .pop").isVisible());
    await page.mouse.move(5, 5);
    assert.equal(await page.locator("#w7 + .pop").isVisible(), false);

    const shown = () => page.locator(".card.f:visible").count();
    const all = await shown();
    const warnings = await page.locator(".card.warning").count();
    await page.locator("#show-error").uncheck();
    assert.equal(await shown(), warnings);
    await page.locator("#show-error").check();
    await page.locator("#show-rule").selectOption({ index: 1 });
    const one = await shown();
    assert.ok(one > 0 && one < all);
    assert.equal(await page.locator("nav.lists ol").first().locator("li:visible").count(), one);
    if (javaScriptEnabled) assert.equal(await page.locator("#shown").textContent(), `${one} of ${all} shown`);
    assert.deepEqual(problems, []);
  });
}

test("on a phone nothing is wider than the window, and a touch shows what is said", async () => {
  const { page, problems } = await open(phone);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
  await page.locator("#w2").tap();
  assert.ok(await page.locator("#w2 + .pop").isVisible());
  assert.equal(await page.evaluate(() => location.hash), "");
  await page.waitForTimeout(700);
  const [mark, pop] = await page.evaluate(() =>
    ["#w2", "#w2 + .pop"].map((name) => document.querySelector(name).getBoundingClientRect().toJSON()));
  assert.ok(mark.top >= 0 && mark.bottom <= pop.top, "the words stay in sight");
  assert.deepEqual(problems, []);
  await shot(page, "phone");
});

for (const [name, options, args] of [
  ["light", { ...desk, colorScheme: "light" }],
  ["dark", { ...desk, colorScheme: "dark" }],
  ["phone", phone],
  ["nothing found", desk, ["check", "cli/tests/pages/clean.md", "--format", "html"]],
  ["two pages", desk, ["check", "examples/clinic.md", "cli/tests/html/salon.md", "--format", "html"]],
  ["evidence pack, light", { ...desk, colorScheme: "light" }, ["evidence-pack", "examples/clinic.md"]],
  ["evidence pack, dark", { ...desk, colorScheme: "dark" }, ["evidence-pack", "examples/clinic.md"]],
]) {
  test(`axe-core finds nothing: ${name}`, async () => {
    const { page, problems } = await open(options, args);
    assert.deepEqual(await violations(page), []);
    if (await page.locator("#w3").count()) {
      await page.locator("#w3").focus();
      assert.deepEqual(await violations(page), []);
    }
    for (const details of await page.locator("details").all()) await details.evaluate((details) => (details.open = true));
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(problems, []);
    await shot(page, name.replaceAll(/\W+/g, "-"), { fullPage: true });
  });
}

test("a hostile page, name and address stay words", async () => {
  const bad = '"><img src=x onerror=alert(1)>';
  const file = join(directory, `${bad}.md`);
  writeFileSync(file, `# Flushes toxins <script>alert(2)</script>\n\n[Cures pain](javascript:alert(3)) ${bad} \u202edaily ${"long".repeat(200)}\n`);
  const { page, problems } = await open(phone, ["check", file, "--format", "html"]);
  assert.equal(await page.locator("img, body script ~ script").count(), 0);
  assert.equal(await page.locator("a[href^='javascript']").count(), 0);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 375);
  assert.deepEqual(problems, []);
});

test("on paper: the page, the gap and the findings, without what only a screen can do", async () => {
  const { page } = await open();
  await page.emulateMedia({ media: "print" });
  for (const name of [".filters", "nav.lists", "#w1 + .pop"]) assert.equal(await page.locator(name).isVisible(), false);
  for (const name of ["#copy", "section.gap", "#f1"]) assert.ok(await page.locator(name).first().isVisible());
  if (process.env.SHOTS) await page.pdf({ path: join(process.env.SHOTS, "paper.pdf"), format: "A4" });
});
