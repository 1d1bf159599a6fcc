/** The cores do no I/O: what they import of their rooms asks no clock, no chance and no network, and waits for nothing. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const IMPORT = /^import (?!type )[^;]*?from "(\.[^"]+)";|^export [^;]*? from "(\.[^"]+)";/gms;
const IO =
  /Date\.now|Math\.random|\bcrypto\.|randomBytes\b|console\.|setTimeout|\bfetch\(|\basync\b|\bawait\b|new Promise|Promise\.|waitUntil/;

/** The files of the room that the file reaches, itself included. Imports of types do nothing. */
function reached(file: string, room: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !file.startsWith(room)) return seen;
  seen.add(file);
  for (const [, imported, exported] of readFileSync(file, "utf8").matchAll(IMPORT)) {
    reached(join(dirname(file), imported ?? exported ?? ""), room, seen);
  }
  return seen;
}

const withoutComments = (text: string): string => text.replace(/\/\*.*?\*\//gs, "").replace(/^\s*\/\/.*$/gm, "");

const coreOf = (room: string): string[] =>
  readdirSync(`${room}core`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${room}core/${name}`);

it.each([
  ["src/batch/", coreOf("src/batch/"), 40],
  ["src/organization/", coreOf("src/organization/"), 25],
  ["src/webhooks/", ["src/webhooks/engine.ts"], 4],
])("in %s", (room, roots, atLeast) => {
  const files = new Set<string>();
  for (const root of roots) reached(root, room, files);
  expect(files.size).toBeGreaterThan(atLeast);
  expect([...files].filter((file) => IO.test(withoutComments(readFileSync(file, "utf8"))))).toEqual([]);
});
