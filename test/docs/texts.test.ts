/** What the service says, errors above all, is short and plain (CONTRIBUTING.md, "Words"). */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MOST_WORDS, ROOT, sentencesOf, textOf, wordsIn } from "./pages.ts";
import { riddlesIn } from "./riddles.ts";

const ROOMS = ["api", "batch", "calling", "dialer", "organization", "storage", "webhooks", "window"];
/** Statements and pieces of programs are for no reader; comments have a test of their own. */
const NOT_SAID = /\/\*(?:sql|js)\*\/\s*`[^`]*`|(?<=^|\s|\{)\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm;
const LITERAL = /"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
/** A shorter text is a name, or part of a message. */
const LEAST_WORDS = 4;

type Text = { readonly place: string; readonly text: string };

/** Every text of a source file that can be a message; a value in it counts as one word. */
function textsIn(path: string): Text[] {
  const source = textOf(path).replace(NOT_SAID, (match) => match.replace(/[^\n]/g, " "));
  return [...source.matchAll(LITERAL)]
    .map(({ 1: plain, 2: template, index }) => ({
      text: (plain ?? template ?? "").replace(/\$\{[^}]*\}/g, "value").replaceAll("\\`", "`"),
      place: `${path}:${source.slice(0, index).split("\n").length}`,
    }))
    .filter(({ text }) => wordsIn(text.replace(/\s+/g, " ")) >= LEAST_WORDS && !/_.*_.*,|\bWHERE\b|[;{}]\n/.test(text));
}

describe.each(ROOMS)("the texts of src/%s", (room) => {
  const texts = readdirSync(join(ROOT, "src", room), { recursive: true })
    .map((file) => `src/${room}/${file}`)
    .filter((path) => /\.ts$/.test(path) && !path.includes("/tables/"))
    .flatMap(textsIn);

  it("are found", () => {
    expect(texts).not.toEqual([]);
  });

  it("have no riddles", () => {
    expect(texts.flatMap(({ text, place }) => riddlesIn(text).map((riddle) => `${place} ${riddle}`))).toEqual([]);
  });

  it(`have no sentence above ${MOST_WORDS} words`, () => {
    const long = texts.flatMap(({ text, place }) =>
      sentencesOf(text)
        .filter((sentence) => wordsIn(sentence.text) > MOST_WORDS)
        .map((sentence) => `${place} has ${wordsIn(sentence.text)} words: ${sentence.text}`),
    );
    expect(long).toEqual([]);
  });
});
