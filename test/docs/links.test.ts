/** Every relative link of every Markdown file leads to a file and a heading that are there. */

import { existsSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";
import { anchorsOf, linksOf, pages, ROOT, textOf } from "./pages.ts";

function problemOf(page: string, target: string): string | null {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : normalize(join(dirname(page), path));
  if (file.startsWith("..") || !existsSync(join(ROOT, file))) return `there is no ${file}`;
  if (anchor === undefined) return null;
  if (statSync(join(ROOT, file)).isDirectory() || !file.endsWith(".md")) return `${file} has no headings`;
  return anchorsOf(textOf(file)).has(anchor) ? null : `${file} has no heading #${anchor}`;
}

it.each(pages())("%s: each link leads somewhere", (page) => {
  const broken = linksOf(textOf(page)).flatMap(({ target, line }) => {
    const problem = /^[a-z]+:/.test(target) ? null : problemOf(page, target);
    return problem === null ? [] : [`${page}:${line} links to ${target}: ${problem}`];
  });
  expect(broken).toEqual([]);
});

it("every page is reached from the README", () => {
  const reached = new Set<string>();
  const next = ["README.md"];
  for (let page = next.pop(); page !== undefined; page = next.pop()) {
    if (reached.has(page)) continue;
    reached.add(page);
    for (const { target } of linksOf(textOf(page))) {
      const file = normalize(join(dirname(page), target.split("#")[0] ?? ""));
      if (file.endsWith(".md") && existsSync(join(ROOT, file))) next.push(file);
    }
  }
  expect(pages().filter((page) => !reached.has(page))).toEqual([]);
});
