/** What surrounds every page of the site: search, navigation, the headings of the page, and the way on. */

import { escaped, type Heading } from "./markdown.ts";
import type { Section, Source } from "./sources.ts";

type Framed = {
  readonly title: string;
  readonly address: string;
  readonly html: string;
  readonly headings: readonly Heading[];
};

const link = (address: string, title: string, current: string): string =>
  `<a href="${address}"${address === current ? ' aria-current="page"' : ""}>${escaped(title)}</a>`;

const navigation = (sections: readonly Section[], current: string): string =>
  sections
    .map(
      ({ title, sources }) =>
        `<h2>${title}</h2><ul>${sources
          .map((source) => `<li>${link(source.address, nameOf(source, title), current)}</li>`)
          .join("")}${title === "Reference" ? `<li>${link("/docs/api", "API", current)}</li>` : ""}</ul>`,
    )
    .join("");

/** Without what stands in brackets. The first page of a section has the section's title, and the README the product's. */
const nameOf = ({ path, title }: Source, section: string): string =>
  path === "README.md" || title === section ? "Overview" : title.replace(/ \(.*\)$/, "");

const contents = (headings: readonly Heading[]): string => {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length < 2) return "";
  const items = shown.map(
    ({ level, anchor, text }) => `<li class="level-${level}"><a href="#${anchor}">${escaped(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join("")}</ul></nav>`;
};

function wayOn(sections: readonly Section[], address: string): string {
  const all = sections.flatMap(({ sources }) => sources);
  const place = all.findIndex((source) => source.address === address);
  if (place < 0) return "";
  const [before, after] = [all[place - 1], all[place + 1]];
  const to = (source: Source | undefined, rel: "prev" | "next", word: string): string =>
    source === undefined
      ? ""
      : `<a rel="${rel}" class="${rel}" href="${source.address}"><span>${word}</span> ${escaped(source.title)}</a>`;
  return `<nav class="way" aria-label="Previous and next page">${to(before, "prev", "Previous")}${to(after, "next", "Next")}</nav>`;
}

export const framed = (
  sections: readonly Section[],
  { title, address, html, headings }: Framed,
): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)}${title === "callbatch" ? "" : " · callbatch"}</title>
    <link rel="icon" href="/dashboard/icon.svg" />
    <script src="/docs/theme.js"></script>
    <link rel="stylesheet" href="/docs/main.css" />
    <script type="module" src="/docs/main.js"></script>
  </head>
  <body>
    <a class="skip" href="#content">Skip to the text</a>
    <header class="top">
      <a class="brand" href="/docs"><img src="/dashboard/icon.svg" alt="" />callbatch</a>
      <search class="search" id="search" hidden></search>
      <button type="button" class="plain" id="theme" hidden></button>
      <button type="button" class="plain menu" id="menu" aria-expanded="false" aria-controls="places" hidden>Menu</button>
    </header>
    <div class="columns">
      <nav class="places" id="places" aria-label="Documentation">${navigation(sections, address)}</nav>
      <main id="content" tabindex="-1">
        <article>${html}</article>
        ${wayOn(sections, address)}
      </main>
      ${contents(headings)}
    </div>
  </body>
</html>
`;
