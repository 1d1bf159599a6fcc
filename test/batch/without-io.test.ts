/** The cores do no I/O: what they import of their rooms asks no clock, no chance and no network, and waits for nothing. */

import { readFileSync } from "node:fs";
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

it.each([
  ["src/batch/", "src/batch/core/engine.ts", 40],
  ["src/organization/", "src/organization/core/engine.ts", 20],
  ["src/webhooks/", "src/webhooks/engine.ts", 5],
])("in %s", (room, engine, atLeast) => {
  const files = [...reached(engine, room)];
  expect(files.length).toBeGreaterThan(atLeast);
  expect(files.filter((file) => IO.test(withoutComments(readFileSync(file, "utf8"))))).toEqual([]);
});
