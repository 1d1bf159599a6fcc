/** The texts of a page are in one file, where they are read together: no component has a sentence of its own. */

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const FOLDER = fileURLToPath(new URL("../../src/page/dashboard/", import.meta.url));
/** Names of requests, of elements and of colours are shorter. */
const WORDS_AT_MOST = 3;

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const IMPORT = /^import[\s\S]*?;$/gm;
const CLASS = /\bclass=(?:"[^"]*"|\{`[^`]*`\})/g;
const STRING = /"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
const BETWEEN_TAGS = /[>}]([^<>{}"`=;()]+)[<{]/g;

/** What a component says: its strings, and the text between its tags. */
function sentencesOf(source: string): string[] {
  const code = source.replace(COMMENT, "").replace(IMPORT, "").replace(CLASS, "");
  const strings = [...code.matchAll(STRING)].map(([, plain, template]) => plain ?? template ?? "");
  const texts = [...code.matchAll(BETWEEN_TAGS)].map(([, text = ""]) => text);
  return [...strings, ...texts]
    .map((text) => text.replace(/\$\{[^}]*\}/g, "").trim())
    .filter((text) => /\s/.test(text) && (text.match(/\p{L}{2,}/gu) ?? []).length > WORDS_AT_MOST);
}

it.each(globSync("**/*.tsx", { cwd: FOLDER }))("%s has no sentence of its own", (path) => {
  expect(sentencesOf(readFileSync(`${FOLDER}${path}`, "utf8"))).toEqual([]);
});

it.each([
  ["<p>Nobody is on the list.</p>", 1],
  ['<Field label="Calls per second, at most" class="card card-body stack wide-gaps" />', 1],
  ["say(`The number is on the do-not-call list.`)", 1],
  ['<a href="/docs">{WORDS.docs}</a>', 0],
  ["// Present from the start, so that nothing moves.", 0],
])("a sentence is found in %s", (source, sentences) => {
  expect(sentencesOf(source)).toHaveLength(sentences);
});
