/** The do-not-call list as CSV runs nothing in a spreadsheet, and lists the same when it is sent again. */

import fc from "fast-check";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { doNotCallHeader, doNotCallLines, listedRowOf } from "../../../src/api/csv/do-not-call-rows.ts";
import { SEPARATORS } from "../../../src/calling/csv/lines.ts";
import type { DoNotCallEntry } from "../../../src/organization/messages/people.ts";
import { fileOf } from "./sent-file.ts";

const entry = (ordinal: number, reason: string | null): DoNotCallEntry => ({
  id: `dnc_${ordinal}`,
  number: `+1415555${String(ordinal).padStart(4, "0")}`,
  reason,
  callId: null,
  addedAt: 0,
  addedBy: { id: "key_1", label: "=cmd()" },
  removedAt: null,
  removedBy: null,
  removalReason: null,
});

/** A reason is trimmed and not empty by the time that it is stored. */
const reasons = fc.array(
  fc.option(
    fc
      .oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("=1+1", "'=1", "''@x", '"a";b,c\td', "x\r\ny"))
      .map((text) => text.trim())
      .filter((text) => text !== ""),
  ),
  { minLength: 1, maxLength: 20 },
);

it("comes back as it went out, by every separator", async () => {
  await fc.assert(
    fc.asyncProperty(reasons, fc.constantFrom(...SEPARATORS), async (given, separator) => {
      const format = { separator, hasMark: false };
      const entries = given.map((reason, index) => entry(index, reason));
      const csv = doNotCallHeader(format) + doNotCallLines(entries, format);
      const cells = Papa.parse<string[]>(csv, { delimiter: separator }).data.flat();
      expect(cells.filter((cell) => /^[=@-]/.test(cell))).toEqual([]);
      const file = await fileOf(csv);
      expect(file.rowFaults).toEqual([]);
      expect(file.recipients.map(listedRowOf)).toEqual(
        entries.map(({ number, reason }) => ({ to_number: number, reason, removed_at: "" })),
      );
    }),
  );
});
