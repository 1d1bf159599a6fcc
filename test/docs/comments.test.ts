/** Comments in the source are short and plain, as all that is written for people (CONTRIBUTING.md, "Words"). */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commentsOf } from "./comments.ts";
import { MOST_WORDS, ROOT, sentencesOf, textOf, wordsIn } from "./pages.ts";
import { riddlesIn } from "./riddles.ts";

/** Generated from the descriptions of the API, which have a test of their own. */
const GENERATED = ["src/client/api.ts"];

const roomsOf = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || /\.(?:tsx?|mjs)$/.test(entry.name))
    .map(({ name }) => `${folder}/${name}`);

const sourcesIn = (room: string): string[] =>
  /\.(?:tsx?|mjs)$/.test(room)
    ? [room]
    : readdirSync(join(ROOT, room), { recursive: true })
        .map((file) => `${room}/${file}`)
        // A benchmark installs its peers' packages beside them.
        .filter((file) => /\.(?:tsx?|mjs)$/.test(file) && !file.includes("/node_modules/"));

/** Where a sentence has a second main clause, it may as well be two. */
const inSentences = (text: string) => sentencesOf(text, { after: /(?<=[.!?])[)"”]*\s+|(?<=[;:])\s+(?=[A-Z`"])/ });

describe.each([...roomsOf("src"), ...roomsOf("test")])("%s", (room) => {
  const comments = sourcesIn(room)
    .filter((path) => !GENERATED.includes(path))
    .flatMap((path) => commentsOf(textOf(path)).map(({ text, line }) => ({ text, place: `${path}:${line}` })));

  it("has no riddles in its comments", () => {
    const found = comments.flatMap(({ text, place }) =>
      riddlesIn(text.replace(/\s+/g, " ")).map((riddle) => `${place} ${riddle}`),
    );
    expect(found).toEqual([]);
  });

  it("names files that exist", () => {
    const named = comments.flatMap(({ text, place }) =>
      [...text.matchAll(/`([\w-]+\/[\w/.-]+\.tsx?)`/g)].map(([, path = ""]) => ({ path, place })),
    );
    const missing = named.filter(({ path, place }) =>
      [
        "",
        "src",
        ...place
          .split("/")
          .slice(0, -1)
          .map((_, index, all) => all.slice(0, index + 1).join("/")),
      ].every((folder) => !existsSync(join(ROOT, folder, path))),
    );
    expect(missing).toEqual([]);
  });

  it(`has no sentence above ${MOST_WORDS} words in its comments`, () => {
    const long = comments.flatMap(({ text, place }) =>
      inSentences(text)
        .filter((sentence) => wordsIn(sentence.text) > MOST_WORDS)
        .map((sentence) => `${place} has ${wordsIn(sentence.text)} words: ${sentence.text}`),
    );
    expect(long).toEqual([]);
  });
});
