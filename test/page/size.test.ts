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
/** The worker that reads lists is named by its URL. */
const ENTRIES = [...FIRST, "dashboard/icon.svg", "dashboard/list/reading/main.js"];

/** With the parts that the script cannot begin without; what it loads later is named in `import(…)`. */
function loadedFirst(files: ReadonlyMap<string, Uint8Array>, path: string): string[] {
  const script = Buffer.from(files.get(path) ?? []).toString();
  const parts = path.endsWith(".js") ? [...script.matchAll(/(?:from|import)"\.\/([^"]+)"/g)] : [];
  return [path, ...parts.flatMap(([, part = ""]) => loadedFirst(files, posix.join(posix.dirname(path), part)))];
}

/** With all that any of these files names: parts that come later, the font. The documentation's own parts lie beside them. */
function namedBy(files: ReadonlyMap<string, Uint8Array>, paths: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...paths];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const contents = files.get(path);
    if (contents === undefined || found.has(path)) continue;
    found.add(path);
    for (const [, name = ""] of Buffer.from(contents)
      .toString()
      .matchAll(/["(](\.{1,2}\/[\w./-]+)[")]/g)) {
      waiting.push(posix.join(posix.dirname(path), name));
    }
  }
  return found;
}

/** A font is compressed already. */
const sent = (path: string, contents: Uint8Array): number =>
  path.endsWith(".woff2") ? contents.byteLength : gzipSync(contents, { level: 9 }).byteLength;

it("the dashboard is light, all of it and what comes first", async () => {
  const files = await pageFiles();
  const first = new Set(FIRST.flatMap((path) => loadedFirst(files, path)));
  const all = namedBy(files, ENTRIES);
  const sum = (paths: Iterable<string>) =>
    [...paths].reduce((bytes, path) => bytes + sent(path, files.get(path) ?? new Uint8Array()), 0);
  expect([...all]).toEqual(expect.arrayContaining([...first]));
  expect([...all].some((path) => path.endsWith(".woff2"))).toBe(true);
  expect(first.size).toBeGreaterThan(FIRST.length);
  expect(sum(all)).toBeLessThan(ALL_BYTES);
  expect(sum(first)).toBeLessThan(FIRST_BYTES);
});

it("nothing of it is loaded from elsewhere, and no script stands in the page", async () => {
  const page = Buffer.from((await pageFiles()).get("index.html") ?? []).toString();
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
});
