/** Comments in the source have no riddles. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, textOf } from "./pages.ts";
import { riddlesIn } from "./riddles.ts";

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const rooms = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());

it.each(rooms.map(({ name }) => name))("src/%s has no riddles in its comments", (room) => {
  const found = readdirSync(join(ROOT, "src", room), { recursive: true })
    .map(String)
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const path = `src/${room}/${file}`;
      return (textOf(path).match(COMMENT) ?? []).flatMap((comment) =>
        riddlesIn(comment.replace(/\s+\*?\s*/g, " ")).map((riddle) => `${path}: ${riddle}`),
      );
    });
  expect(found).toEqual([]);
});
