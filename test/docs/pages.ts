/** The project's Markdown, read into what the tests compare: links, headings, sentences and blocks of code. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const IGNORED = ["node_modules", ".wrangler", ".git", "dist"];

/** Relative paths of all Markdown files of the project. */
export function pages(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED.includes(entry.name) ? [] : pages(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

export const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

export type Block = { readonly info: string; readonly text: string; readonly line: number };
const FENCE = /^( *)```([^\n`]*)\n([\s\S]*?)^\1```$/gm;

/** In the order of the page. `info`: what stands behind the opening backticks, like `sh no-run`. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map(({ 2: info = "", 3: text = "", index }) => ({
    info: info.trim(),
    text,
    line: markdown.slice(0, index).split("\n").length,
  }));
}

/** The same number of lines, without code and comments. */
export function prose(markdown: string): string {
  const blank = (text: string): string => text.replace(/[^\n]/g, "");
  return markdown.replace(FENCE, blank).replace(/<!--[\s\S]*?-->/g, blank);
}

/** As GitHub makes it of a heading. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Map<string, number>();
  for (const [, heading = ""] of prose(markdown).matchAll(/^#{1,6} (.+)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\p{M} _-]/gu, "").replaceAll(" ", "-");
    anchors.set(slug, (anchors.get(slug) ?? 0) + 1);
  }
  return new Set(
    [...anchors].flatMap(([slug, count]) => [
      slug,
      ...Array.from({ length: count - 1 }, (_, index) => `${slug}-${index + 1}`),
    ]),
  );
}

export type Link = { readonly target: string; readonly line: number };
export const linksOf = (markdown: string): Link[] =>
  prose(markdown)
    .split("\n")
    .flatMap((line, index) =>
      [...line.replace(/`[^`]*`/g, "").matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target = ""]) => ({
        target,
        line: index + 1,
      })),
    );

/** In a sentence for people: docs, comments, texts of the API and of the page. */
export const MOST_WORDS = 25;

export type Sentence = { readonly text: string; readonly line: number };
const END_OF_SENTENCE = /(?<=[.!?;:])[)"”]?\s+/;

/** Each paragraph, item, heading and cell begins one. Code in a line counts as one word, a link by its text. */
export function sentencesOf(markdown: string, { after = END_OF_SENTENCE } = {}): Sentence[] {
  const sentences: Sentence[] = [];
  let paragraph = "";
  let start = 1;
  const flush = (): void => {
    for (const text of split(paragraph, after)) sentences.push({ text, line: start });
    paragraph = "";
  };
  for (const [index, line] of prose(markdown).split("\n").entries()) {
    const isRow = /^\s*\|/.test(line);
    if (isRow || line.trim() === "" || /^\s*(#|[-*] |\d+\. |>)/.test(line)) flush();
    if (paragraph === "") start = index + 1;
    if (isRow) {
      for (const cell of line.replace(/`[^`]*`/g, "code").split("|")) {
        for (const text of split(cell, after)) sentences.push({ text, line: index + 1 });
      }
    } else paragraph += `${line.replace(/^\s*(#+|[-*]|\d+\.|>) /, "")}\n`;
  }
  flush();
  return sentences;
}

function split(text: string, after: RegExp): string[] {
  const plain = text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/`[^`]*`/g, "code")
    .replace(/[*_]{1,2}(\S[^*_]*)[*_]{1,2}/g, "$1")
    .replace(/\b(e\.g|i\.e)\./g, "$1");
  return plain
    .split(after)
    .map((sentence) => sentence.replace(/\s+/g, " ").trim())
    .filter((sentence) => sentence !== "");
}

export const wordsIn = (sentence: string): number =>
  sentence.split(" ").filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

export type Table = readonly (readonly string[])[];
/** The rows of the table whose first line begins with these cells, without that line. */
export function tableOf(markdown: string, ...head: readonly string[]): Table {
  const lines = prose(markdown).split("\n");
  const first = lines.findIndex((line) => head.every((cell, index) => cellsOf(line)[index] === cell));
  if (first < 0) throw new Error(`there is no table that begins with | ${head.join(" | ")} |`);
  const end = lines.findIndex((line, index) => index > first && !line.startsWith("|"));
  return lines.slice(first + 2, end < 0 ? undefined : end).map(cellsOf);
}
const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** What stands in backticks in a column of it. */
export const codeIn = (table: Table, column: number): string[] =>
  table.flatMap((row) => [...(row[column] ?? "").matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code));
