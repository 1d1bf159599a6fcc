/** What a browser loads for the dashboard, from the build itself. */

import { posix } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { pageFiles } from "../../src/page/page-files.ts";

/** The whole of it, with what is loaded later and the font: on a phone with a poor connection a few seconds. */
const ALL_BYTES = 256 * 1_024;
/** What must be there before anything is seen. */
const FIRST_BYTES = 49 * 1_024;
const FIRST = ["index.html", "dashboard/main.css", "dashboard/main.js"];

/** With the parts that the script cannot begin without; what it loads later is named in `import(…)`. */
function loadedFirst(files: ReadonlyMap<string, Uint8Array>, path: string): string[] {
  const script = Buffer.from(files.get(path) ?? []).toString();
  const parts = path.endsWith(".js") ? [...script.matchAll(/(?:from|import)"\.\/([^"]+)"/g)] : [];
  return [path, ...parts.flatMap(([, part = ""]) => loadedFirst(files, posix.join(posix.dirname(path), part)))];
}

/** A font is compressed already. */
const sent = (path: string, contents: Uint8Array): number =>
  path.endsWith(".woff2") ? contents.byteLength : gzipSync(contents, { level: 9 }).byteLength;

it("the dashboard is light, all of it and what comes first", async () => {
  const all = [...(await pageFiles())].filter(([path]) => path === "index.html" || path.startsWith("dashboard/"));
  const files = new Map(all);
  const first = new Set(FIRST.flatMap((path) => loadedFirst(files, path)));
  const sizes = new Map(all.map(([path, contents]) => [path, sent(path, contents)]));
  const sum = (paths: Iterable<string>) => [...paths].reduce((all, path) => all + (sizes.get(path) ?? 0), 0);
  expect([...sizes.keys()]).toEqual(expect.arrayContaining([...first]));
  expect(first.size).toBeGreaterThan(FIRST.length);
  expect(sum(sizes.keys())).toBeLessThan(ALL_BYTES);
  expect(sum(first)).toBeLessThan(FIRST_BYTES);
});

it("nothing of it is loaded from elsewhere, and no script stands in the page", async () => {
  const page = Buffer.from((await pageFiles()).get("index.html") ?? []).toString();
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
});
