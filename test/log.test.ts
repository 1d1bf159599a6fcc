/** Lines of the log name no person, whatever an error says. */

import { readdir, readFile } from "node:fs/promises";
import { afterEach, expect, it, vi } from "vitest";
import { callId, newBatchId, newEventId, newOrganizationId } from "../src/calling/secrets/ids.ts";
import { textOf, withoutPeople, writeLog } from "../src/log.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it.each([
  "+14155550143",
  "14155550143",
  "4155550143",
  "+1 (415) 555-0143",
  "+49 30 1234567",
  "030/1234567",
  "%2B14155550143",
  "/agents/people/+14155550143?x=1",
  "to_number=14155550143&",
  '{"to_number":"+14155550143"}',
  "tel:+1-415-555-0143;ext",
])("takes the number out of %j", (text) => {
  expect(withoutPeople(`refused: ${text}, again`).replaceAll(/\D/g, "").length).toBeLessThan(7);
});

it("takes out what an error quotes of a text that is no JSON", () => {
  for (const text of ["Ada Lovelace", 'Ada "Lovelace"', '"Ada" Lovelace']) {
    let said = "";
    try {
      JSON.parse(text);
    } catch (error) {
      said = textOf(error);
    }
    expect(said).toContain("SyntaxError");
    expect(withoutPeople(said)).not.toMatch(/Ada|Lovelace/);
  }
});

it("leaves ids, statuses and places in the code", () => {
  for (let n = 0; n < 500; n += 1) {
    const ids = [newBatchId(), newEventId(n), newOrganizationId("eu"), callId("0123456789012345678901", n)];
    for (const text of [...ids, `Twilio answered 503 in ${ids[0]}`, "at x (index.js:31415:27182)"]) {
      expect(withoutPeople(text)).toBe(text);
    }
  }
});

it("goes through every line, at any depth", () => {
  const written = vi.spyOn(console, "warn").mockImplementation(() => {});
  writeLog({ level: "warn", event: "x", batch: "acb_1", error: "for +14155550143", more: { to: ["+14155550143"] } });
  expect(written.mock.calls).toEqual([['{"event":"x","batch":"acb_1","error":"for …","more":{"to":["…"]}}']]);
});

it("is the only way to the log", async () => {
  const found: string[] = [];
  for (const file of await readdir("src", { recursive: true })) {
    const isOurs = file.endsWith(".ts") && !/^(page|client|window.generate)\b|^log\.ts$/.test(file);
    if (isOurs && /console\s*[.[]/.test(await readFile(`src/${file}`, "utf8"))) found.push(file);
  }
  expect(found).toEqual([]);
});
