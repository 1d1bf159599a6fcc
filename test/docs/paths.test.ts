/** Every path of the project and every npm script that a page names is there. */

import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, it } from "vitest";
import { pages, prose, ROOT, textOf } from "./pages.ts";

const PATH = /`((?:src|test|docs|\.ci)\/[\w./*<>-]*)`/g;

function isThere(path: string): boolean {
  if (path.includes("<")) return true;
  if (!path.includes("*")) return existsSync(join(ROOT, path));
  const folder = join(ROOT, dirname(path));
  const form = new RegExp(`^${basename(path).replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  return path.includes("**") || (existsSync(folder) && readdirSync(folder).some((name) => form.test(name)));
}

it.each(pages())("%s names files that are there", (page) => {
  const missing = prose(textOf(page))
    .split("\n")
    .flatMap((line, index) =>
      [...line.matchAll(PATH)].flatMap(([, path = ""]) =>
        isThere(path) ? [] : [`${page}:${index + 1} names ${path}`],
      ),
    );
  expect(missing).toEqual([]);
});

const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };

it.each(pages())("%s names scripts that are there", (page) => {
  const named = [...textOf(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
