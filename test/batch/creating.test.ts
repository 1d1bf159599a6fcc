/** What a new batch asks of its storage, in order. */

import { expect, it, vi } from "vitest";
import { type Asked, askedByFailedCreate, statementsOfCreate } from "../bench/statements-of-create.ts";

const shown = (asked: Asked): unknown => {
  if ("together" in asked) return asked.together.map(shown);
  return "text" in asked ? asked.text.trim().replace(/\s*\(.*/s, "") : "alarm";
};

const CREATE = [
  "SELECT name FROM sqlite_master WHERE type = 'table'",
  "alarm",
  [
    "CREATE TABLE schema_steps",
    "CREATE TABLE batch",
    "CREATE TABLE recipient_pages",
    "INSERT INTO schema_steps",
    "INSERT INTO recipient_pages",
    "INSERT INTO batch",
  ],
];

it("a batch is stored in one transaction, each row once, with the tables that it needs, and read back by nothing", async () => {
  const [first, told] = await statementsOfCreate(100);
  expect(first?.map(shown)).toEqual(CREATE);
  // What its organization knows now is stored with the next change. The alarm moves to the start.
  expect(told?.map(shown)).toEqual(["alarm"]);
});

it("a batch that begins at once is stored with its request for slots", async () => {
  const [first, told] = await statementsOfCreate(100, false);
  expect(first?.map(shown)).toEqual(CREATE);
  // It waits for its slots: the alarm moves to its next report.
  expect(told?.map(shown)).toEqual(["alarm"]);
});

it("a batch that could not be stored does nothing more: nobody hears the answers to what has left", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  expect(await askedByFailedCreate()).toEqual(["report"]);
  expect(logged).not.toHaveBeenCalled();
});
