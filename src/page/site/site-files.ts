/** Every file of the documentation site, by its path in the built page. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { framed } from "./frame.ts";
import { escaped, FILES, type Rendered, rendered } from "./markdown.ts";
import { ROOT, type Section, type Source, sectionsOfSite } from "./sources.ts";

/** An entry of the search: a heading and the text below it. Short names, because there are hundreds. */
export type SearchEntry = {
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
};

const fileOf = (address: string): string => `${address.slice(1)}.html`;

const entriesOf = ({ address, title }: Source, { parts }: Rendered): SearchEntry[] =>
  parts.map(({ level, anchor, text, body }) => ({
    id: level === 1 ? address : `${address}#${anchor}`,
    page: title,
    title: text,
    text: body,
  }));

/** A linked file that is not a page: an image as it is, source text as a page. */
async function linked(sections: readonly Section[], path: string): Promise<[string, Uint8Array | string]> {
  if (/\.(?:png|svg|webp)$/.test(path)) return [path, await readFile(join(ROOT, path))];
  const text = await readFile(join(ROOT, path), "utf8");
  const html = `<h1>${escaped(path)}</h1><div class="code"><pre tabindex="0"><code>${escaped(text)}</code></pre></div>`;
  const address = FILES + path;
  return [fileOf(address), framed(sections, { title: path, address, html, headings: [] })];
}

export async function siteFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const sections = sectionsOfSite();
  const pages = sections.flatMap(({ sources }) => sources).map((source) => ({ source, page: rendered(source) }));
  const files = new Set(pages.flatMap(({ page }) => page.files));
  const texts: [string, Uint8Array | string][] = [
    ...pages.map(({ source: { title, address }, page: { html, parts } }): [string, string] => [
      fileOf(address),
      framed(sections, { title, address, html, headings: parts }),
    ]),
    ["docs/search.json", JSON.stringify(pages.flatMap(({ source, page }) => entriesOf(source, page)))],
    ...(await Promise.all([...files].map((path) => linked(sections, path)))),
  ];
  return new Map(texts.map(([path, text]) => [path, typeof text === "string" ? Buffer.from(text) : text]));
}
