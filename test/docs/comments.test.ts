/** Comments in the source lose their riddles room by room: a room has at most so many, and the number only goes down. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, textOf } from "./pages.ts";
import { riddlesIn } from "./riddles.ts";

/** Lower a number when you have rewritten comments; a room that is not named has none. */
const AT_MOST: Readonly<Record<string, number>> = {
  api: 15,
  batch: 64,
  calling: 17,
  client: 2,
  dialer: 7,
  organization: 17,
  page: 17,
  webhooks: 3,
};

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const rooms = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());

it.each(rooms.map(({ name }) => name))("src/%s has no new riddles in its comments", (room) => {
  const found = readdirSync(join(ROOT, "src", room), { recursive: true })
    .map(String)
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const path = `src/${room}/${file}`;
      return (textOf(path).match(COMMENT) ?? []).flatMap((comment) =>
        riddlesIn(comment.replace(/\s+\*?\s*/g, " ")).map((riddle) => `${path}: ${riddle}`),
      );
    });
  const most = AT_MOST[room] ?? 0;
  const message = `${found.length} comments, ${most} allowed. Write yours in other words:\n${found.join("\n")}`;
  expect(found.length, message).toBeLessThanOrEqual(most);
});
