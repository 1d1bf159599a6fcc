/** What is written for people is short and plain (CONTRIBUTING.md, "Words"). */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MOST_WORDS, pages, prose, ROOT, sentencesOf, textOf, wordsIn } from "./pages.ts";
import { riddlesIn } from "./riddles.ts";

/** Pages that a newcomer reads first, in bytes. */
const SHORT = { "README.md": 6 * 1_024, "ARCHITECTURE.md": 10 * 1_024 };

it.each(Object.entries(SHORT))("%s has at most %i bytes", (page, most) => {
  const bytes = statSync(join(ROOT, page)).size;
  expect(bytes, `${page} has ${bytes} bytes; move what is not needed first to docs/`).toBeLessThanOrEqual(most);
});

it.each(pages())("%s: no riddles", (page) => {
  const lines = prose(textOf(page))
    .replace(/`[^`\n]*`/g, "code")
    .split("\n");
  expect(lines.flatMap((line, index) => riddlesIn(line).map((riddle) => `${page}:${index + 1} ${riddle}`))).toEqual([]);
});

it.each(pages())(`%s: no sentence above ${MOST_WORDS} words`, (page) => {
  const long = sentencesOf(textOf(page)).filter(({ text }) => wordsIn(text) > MOST_WORDS);
  expect(long.map(({ text, line }) => `${page}:${line} has ${wordsIn(text)} words: ${text}`)).toEqual([]);
});

const PAGE = "src/page/dashboard";
const sources = readdirSync(join(ROOT, PAGE), { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file));

/** Comments are for who works on it; the rest of a file has the words that the page shows. */
const shown = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, "")).replace(/^\s*\/\/.*$/gm, "");

it("the dashboard's texts have no riddles", () => {
  const found = sources.flatMap((file) =>
    shown(textOf(join(PAGE, file)))
      .split("\n")
      .flatMap((line, index) => riddlesIn(line).map((riddle) => `${PAGE}/${file}:${index + 1} ${riddle}`)),
  );
  expect(found).toEqual([]);
});

const LITERAL = /"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
/** What stands between two tags, with the values in it. */
const BETWEEN_TAGS = />([^<>{}]*(?:\{[^{}]*\}[^<>{}]*)*)</g;
/** A program between two comparisons, not words. */
const IS_PROGRAM = /=>|&&|===|;\s|^\s*\)/;
/** The path of an icon. */
const IS_DRAWN = /^[MLHVCSQTAZ\d\s.-]+$/i;

/** The page's texts, each value in them as one word. */
function textsOn(source: string): string[] {
  const text = shown(source);
  const strings = [...text.matchAll(LITERAL)].map(([, plain, template]) => plain ?? template ?? "");
  const literals = strings.filter((one) => !IS_DRAWN.test(one));
  const written = [...text.matchAll(BETWEEN_TAGS)]
    .map(([, words = ""]) => words)
    .filter((one) => !IS_PROGRAM.test(one));
  return [...literals, ...written].map((one) =>
    one
      .replace(/\$?\{[^{}]*\}/g, "value")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

it("the dashboard's texts are found, in strings and between tags", () => {
  expect(textsOn('<p title="A title">\n  Two words\n  {name} follow.\n</p>')).toEqual([
    "A title",
    "Two words value follow.",
  ]);
});

it.each(sources)(`${PAGE}/%s: no sentence above ${MOST_WORDS} words`, (file) => {
  const long = textsOn(textOf(join(PAGE, file)))
    .flatMap((text) => sentencesOf(text))
    .filter(({ text }) => wordsIn(text) > MOST_WORDS);
  expect(long.map(({ text }) => `${wordsIn(text)} words: ${text}`)).toEqual([]);
});
