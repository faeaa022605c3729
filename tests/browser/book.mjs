// The built handbook in a real browser: no page scrolls sideways on a telephone, every anchor exists, search finds, marks on the map lead to
// claims, dark and light, axe-core without violations in what is ours.
//
// `mdbook build docs`, then `npm ci && npm run book` here. `SHOTS=directory` also keeps pictures to look at.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const book = resolve(process.env.BOOK ?? join(import.meta.dirname, "../../docs/book"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const places = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];
const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place));
const desk = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const looked = ["index", "tutorial", "ratings", "map", "claims", "rules", "claims/depressive-symptoms", "rules/detox-claim", "topics/pain"];
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});
after(() => browser?.close());

async function open(path, options = desk) {
  const page = await (await browser.newContext(options)).newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => request.url().startsWith("file:") || problems.push(request.url()));
  await page.goto(new URL(path, pathToFileURL(`${book}/`)).href);
  return { page, problems };
}

const pages = readdirSync(book, { recursive: true })
  .filter((path) => path.endsWith(".html") && !["404.html", "toc.html"].includes(path) && !/\.(in|out)\//.test(path));

test("every link of the built pages leads to a page and an anchor that exist", () => {
  assert.ok(pages.length > 200);
  const anchors = new Map(pages.map((path) => [path, new Set([...readFileSync(join(book, path), "utf8").matchAll(/ id="([^"]+)"/g)].map((found) => found[1]))]));
  const broken = [];
  for (const path of pages) {
    for (const [, link] of readFileSync(join(book, path), "utf8").matchAll(/ href="([^"]+)"/g)) {
      if (/^(https?|mailto|javascript):/.test(link)) continue;
      const target = new URL(link.replaceAll("&amp;", "&"), pathToFileURL(join(book, path)));
      const file = fileURLToPath(new URL(target.pathname, "file:"));
      const anchor = decodeURIComponent(target.hash.slice(1));
      const known = anchors.get(file.slice(book.length + 1));
      if (!existsSync(file) || (anchor && known && !known.has(anchor))) broken.push(`${path}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

for (const scheme of ["light", "dark"]) {
  test(`pages are readable on a desk and on a telephone, ${scheme}`, async () => {
    for (const [size, options] of Object.entries({ desk, phone })) {
      for (const path of looked) {
        const { page, problems } = await open(`${path}.html`, { ...options, colorScheme: scheme });
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= room, `${path} scrolls sideways on a ${size}: ${wide} of ${room}`);
        assert.deepEqual(problems, [], path);
        await page.evaluate(axe);
        // Bars and menus are mdBook's, and so are blocks of code, which nobody can step to.
        const rules = { "scrollable-region-focusable": { enabled: false } };
        const found = await page.evaluate((rules) => axe.run("main", { resultTypes: ["violations"], rules }), rules);
        const violations = found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
        assert.deepEqual(violations, [], `${path} on a ${size}`);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${path.replace("/", "-")}-${size}-${scheme}.png`) });
        await page.context().close();
      }
    }
  });
}

test("search finds a claim by its words", async () => {
  const { page } = await open("index.html?search=toxins");
  await page.locator("#mdbook-searchresults li a, #searchresults li a").first().waitFor();
  const found = await page.locator("#mdbook-searchresults li a, #searchresults li a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.ok(found.some((link) => link.includes("toxins-and-water")), found.join(" "));
});

test("a mark on the map leads to its claim, by pointer and by keyboard", async () => {
  const { page } = await open("map.html");
  const mark = page.locator("figure.map a").first();
  assert.match(await mark.getAttribute("aria-label"), /:/);
  await mark.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/claims\/.*\.html/);
  assert.ok((await page.locator(".publish").innerText()).length > 20);
});
