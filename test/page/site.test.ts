/** The documentation site has every page of the repository's Markdown, and its links lead where they lead on GitHub. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { pageFiles } from "../../src/page/page-files.ts";
import { siteFiles } from "../../src/page/site/site-files.ts";
import { addressOf } from "../../src/page/site/sources.ts";
import { anchorsOf, pages, ROOT, textOf } from "../docs/pages.ts";

/** By address, like `/docs/guides/csv`. */
const site = new Map<string, string>();
let files: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  files = await siteFiles();
  for (const [path, contents] of files) {
    if (path.endsWith(".html")) site.set(`/${path.replace(/\.html$/, "")}`, Buffer.from(contents).toString());
  }
}, 60_000);

const idsIn = (html: string): string[] => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
const linksIn = (html: string): string[] => [...html.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, link = ""]) => link);
/** Built beside the site (`src/page/page-files.ts`). */
const BESIDE = ["/docs/api", "/docs/main.css", "/docs/main.js", "/docs/theme.js", "/dashboard/icon.svg"];

it("has a page for every Markdown file", () => {
  expect(pages().filter((path) => !site.has(addressOf(path)))).toEqual([]);
});

it("has the headings of every Markdown file, with the anchors that GitHub gives them", () => {
  for (const path of pages()) {
    const ids = idsIn(site.get(addressOf(path)) ?? "");
    expect([path, [...anchorsOf(textOf(path))].filter((anchor) => !ids.includes(anchor))]).toEqual([path, []]);
  }
});

it("has no link that leads nowhere", () => {
  const broken = [...site].flatMap(([address, html]) =>
    linksIn(html).filter((link) => {
      if (/^[a-z]+:/.test(link) || BESIDE.includes(link)) return false;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? address : path;
      if (/\.(?:png|webp|json)$/.test(target)) return !files.has(target.slice(1));
      const page = site.get(target);
      return page === undefined || (anchor !== undefined && !idsIn(page).includes(anchor));
    }),
  );
  expect(broken).toEqual([]);
  expect(BESIDE.filter((path) => path.endsWith(".svg") && !existsSync(join(ROOT, "src/page", path)))).toEqual([]);
});

it("draws no page before its theme is known, whatever the browser", async () => {
  const built = await pageFiles();
  const pages = [...built].filter(([path]) => /^docs(?:\/.*)?\.html$/.test(path));
  expect(pages.length).toBeGreaterThan(site.size / 2);
  for (const [path, contents] of pages) {
    // A module, or a script that is deferred, runs after the page is drawn.
    const before = Buffer.from(contents).toString().split("<body>")[0];
    expect([path, before]).toEqual([path, expect.stringContaining('<script src="/docs/theme.js"></script>')]);
  }
  const script = Buffer.from(built.get("docs/theme.js") ?? []).toString();
  expect(script).toContain("prefers-color-scheme");
  expect(script).not.toMatch(/\b(?:import|export)\b/);
});

it("loads nothing from another host, and has no style that its policy forbids", () => {
  const found = [...site].flatMap(([address, html]) => [
    ...[...html.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"/g)].map(
      ([, url]) => `${address}: ${url}`,
    ),
    ...[...html.matchAll(/<style| style=|@import|<script>/g)].map(([match]) => `${address}: ${match}`),
  ]);
  expect(found).toEqual([]);
});

it("draws every Mermaid diagram", () => {
  const diagrams = pages().flatMap((path) => [...textOf(path).matchAll(/^```mermaid$/gm)]).length;
  const drawn = [...site.values()].join("").match(/<svg[^>]* class="diagram"/g) ?? [];
  expect([diagrams > 0, drawn.length]).toEqual([true, diagrams]);
  expect([...site].filter(([, html]) => html.includes("stateDiagram-v2")).map(([address]) => address)).toEqual([]);
});

it("finds every page and heading by its search", () => {
  const entries: { id: string }[] = JSON.parse(Buffer.from(files.get("docs/search.json") ?? []).toString());
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  expect(pages().filter((path) => !entries.some(({ id }) => id === addressOf(path)))).toEqual([]);
});
