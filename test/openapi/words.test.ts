/** What the published description says is short and plain, as all that is written for people (CONTRIBUTING.md, "Words"). */

import { expect, it } from "vitest";
import { buildDocument } from "../../src/api/openapi/document.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { MOST_WORDS, sentencesOf, wordsIn } from "../docs/pages.ts";
import { riddlesIn } from "../docs/riddles.ts";

type Text = { readonly place: string; readonly text: string };

function textsIn(value: unknown, place: string): Text[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    (key === "description" || key === "summary") && typeof part === "string"
      ? [{ place: `${place}/${key}`, text: part }]
      : textsIn(part, `${place}/${key}`),
  );
}

const texts = textsIn(buildDocument(OPERATIONS), "");

it("finds the texts of the description", () => {
  expect(texts.length).toBeGreaterThan(500);
});

it("has no riddles", () => {
  expect(texts.flatMap(({ place, text }) => riddlesIn(text).map((riddle) => `${place}: ${riddle}`))).toEqual([]);
});

it(`has no sentence above ${MOST_WORDS} words`, () => {
  const long = texts.flatMap(({ place, text }) =>
    sentencesOf(text)
      .filter((sentence) => wordsIn(sentence.text) > MOST_WORDS)
      .map((sentence) => `${place} has ${wordsIn(sentence.text)} words: ${sentence.text}`),
  );
  expect(long).toEqual([]);
});
