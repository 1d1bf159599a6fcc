/** The documentation site as a reader meets it: pages, every link, the search, light and dark, on a desk and a phone. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sectionsOfSite } from "../../src/page/site/sources.ts";
import { sharedService } from "../service/shared.ts";
import { Cleanup } from "../service/support.ts";
import { drawn } from "../support/drawn.ts";
import { chromiumPath, launch, sayWithout } from "./chromium.ts";

const CHROMIUM = chromiumPath();
if (CHROMIUM === null) sayWithout();

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const SOURCES = sectionsOfSite().flatMap(({ sources }) => sources);
/** A third in a short run: Chromium takes half a second of the processor for each, and test/page/site.test.ts reads them all. */
const VISITED = drawn("pages", SOURCES, 23);
const LOOKS = [
  { colorScheme: "light", width: 1280, rules: {}, examined: drawn("pages in light", VISITED, 6) },
  // The same page again: what may differ is its colours and its sizes. Colours are the same on every page.
  {
    colorScheme: "dark",
    width: 390,
    rules: { runOnly: ["color-contrast", "scrollable-region-focusable"] },
    examined: drawn("pages in dark", VISITED, 4),
  },
] as const;

describe.runIf(CHROMIUM !== null)("the documentation site", () => {
  const cleanup = new Cleanup();
  let browser: Browser;
  let baseUrl: string;
  beforeAll(async () => {
    ({ baseUrl } = await sharedService());
    browser = await launch(CHROMIUM ?? "");
    cleanup.add(() => browser.close());
  });
  afterAll(() => cleanup.run());

  /** `complaints`: errors, broken policies, failed requests, and requests to other hosts. */
  async function open(options: object): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("request", (request) => request.url().startsWith(baseUrl) || complaints.push(`asked for ${request.url()}`));
    page.on(
      "response",
      (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`),
    );
    return { page, complaints };
  }

  it("has no fault on pages that are drawn, light on a desk and dark on a phone", { timeout: 600_000 }, async () => {
    const axe = await readFile(AXE, "utf8");
    const { page, complaints } = await open({});
    let looks = [...LOOKS];
    for (const source of VISITED) {
      const { address, title } = source;
      await page.goto(baseUrl + address);
      expect([address, await page.getByRole("heading", { level: 1 }).textContent()]).toEqual([
        address,
        expect.stringContaining(title.replace(/`/g, "")),
      ]);
      for (const { colorScheme, width, rules, examined } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        const tooWide = (await page.evaluate("document.documentElement.scrollWidth - innerWidth")) as number;
        if (tooWide > 0) complaints.push(`${address}: ${tooWide} px too wide, ${width} wide`);
        if (!examined.includes(source)) continue;
        if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(axe);
        // What surrounds the text is the same on every page.
        const part = address === "/docs" ? "document" : "'main'";
        const results = (await page.evaluate(
          `axe.run(${part}, ${JSON.stringify({ resultTypes: ["violations"], ...rules })})`,
        )) as AxeResults;
        const faults = results.violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html }) => `${address}, ${colorScheme}: ${id} ${html}`),
        );
        complaints.push(...faults);
      }
      // The next page is loaded in the look that this one has now.
      looks = looks.toReversed();
    }
    expect(complaints).toEqual([]);
  });

  it("has links that all lead somewhere", async () => {
    const links = new Set<string>();
    for (const { address } of SOURCES) {
      const html = await (await fetch(baseUrl + address)).text();
      for (const [, href = ""] of html.matchAll(/<(?:a|link)\b[^>]*\shref="([^"#]*)/g)) {
        const { href: link } = new URL(href, baseUrl + address);
        if (link.startsWith(baseUrl)) links.add(link);
      }
    }
    expect(links.size).toBeGreaterThan(SOURCES.length);
    for (const link of links) expect([link, (await fetch(link)).status]).toEqual([link, 200]);
  });

  it("finds a field by its search, and leads to its heading by keys alone", async () => {
    const { page, complaints } = await open({});
    await page.goto(`${baseUrl}/docs`);
    await page.keyboard.press("/");
    await page.keyboard.type("cool_down_minutes");
    const first = page.locator("#found a").first();
    await first.waitFor();
    expect(await first.textContent()).toContain("Circuit breaker");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/docs\/[a-z/-]+#/);
    await page.getByRole("heading", { name: "Circuit breaker", exact: true }).waitFor();

    await page.getByLabel("Search the documentation").fill("xyzzy");
    await page.getByText("Nothing found for “xyzzy”").waitFor();
    await page.keyboard.press("Escape");
    expect(await page.locator(".found").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("keeps the chosen colours, and opens its menu on a phone", async () => {
    const { page, complaints } = await open({ colorScheme: "light", viewport: { width: 390, height: 844 } });
    await page.goto(`${baseUrl}/docs`);
    await page.getByRole("button", { name: "Auto colours" }).click();
    await page.getByRole("button", { name: "Light colours" }).click();
    const places = page.getByRole("navigation", { name: "Documentation" });
    expect(await places.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Menu" }).click();
    await places.getByRole("link", { name: "Quickstart" }).click();
    await page.getByRole("heading", { level: 1, name: "Quickstart" }).waitFor();
    // The page's script may come after its text.
    await expect.poll(() => page.evaluate("document.documentElement.dataset.theme")).toBe("dark");

    await page.getByLabel("Search the documentation").fill("end reason");
    const first = page.locator("#found a").first();
    await first.waitFor();
    const { x, width } = (await first.boundingBox()) ?? { x: -1, width: 0 };
    expect([x >= 0, x + width <= 390]).toEqual([true, true]);

    // It takes the theme before it draws its many operations.
    await page.goto(`${baseUrl}/docs/api`, { waitUntil: "commit" });
    await page.locator("html.dark-mode").waitFor();
    expect(await page.getByRole("link", { name: "Documentation" }).getAttribute("href")).toBe("/docs");
    expect(complaints).toEqual([]);
  });

  it("can be read without JavaScript", async () => {
    const { page } = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await page.goto(`${baseUrl}/docs/concepts`);
    await page.getByRole("heading", { level: 1, name: "Concepts" }).waitFor();
    await page.getByRole("navigation", { name: "Documentation" }).getByRole("link", { name: "Quickstart" }).waitFor();
  });
});
