/** How much a batch's recipients may be together, counted as a message between objects counts them. */

import { expect, it } from "vitest";
import { packRecipients } from "../../src/batch/store/recipients.ts";
import { storedSizeProblem } from "../../src/batch/store/stored-size.ts";
import { MAX_STORED_BYTES } from "../../src/calling/requests/limits.ts";

const people = (count: number, metadata: string) =>
  Array.from({ length: count }, (_, index) => ({
    to_number: `+1415555${String(index).padStart(4, "0")}`,
    metadata: JSON.stringify({ text: metadata }),
    timezone: null,
  }));
const isTooMuch = (...args: Parameters<typeof storedSizeProblem>) => storedSizeProblem(...args) !== null;
const ascii = "a".repeat(1_700);

it("is that of their text, and twice that with one character beyond Latin-1", () => {
  expect(isTooMuch(people(5_000, ascii))).toBe(false);
  expect(isTooMuch(people(5_000, `é${ascii}`))).toBe(false);
  expect(isTooMuch(people(5_000, `’${ascii}`))).toBe(true);
  expect(isTooMuch(people(3_000, `’${ascii}`))).toBe(false);
});

it("counts what is escaped as it is written, once for the metadata and once more for the page", () => {
  expect(isTooMuch(people(5_000, "\\".repeat(400)))).toBe(false);
  expect(isTooMuch(people(5_000, "\\".repeat(1_000)))).toBe(true);
});

it("counts whoever is in the batch already, and says what to do", () => {
  expect(isTooMuch(people(3_000, ascii), people(3_000, ascii))).toBe(false);
  expect(storedSizeProblem(people(4_000, ascii), people(4_000, ascii))).toEqual({
    kind: "invalid",
    issues: [
      {
        path: "recipients",
        message: expect.stringMatching(
          /recipients of the batch are too large together: 1\d\.\d MiB .* may have 12 MiB/,
        ),
      },
    ],
  });
});

it("never lets through more than a message may have", () => {
  for (let count = 100; count <= 5_000; count += 2_100) {
    for (const text of [ascii, `’${ascii}`, '"'.repeat(2_000), "😀".repeat(1_500)]) {
      const recipients = people(count, text);
      const written = packRecipients(recipients).reduce(
        (sum, page) => sum + page.recipients.length * (/^[\0-\xff]*$/.test(page.recipients) ? 1 : 2),
        0,
      );
      expect(isTooMuch(recipients)).toBe(written > MAX_STORED_BYTES);
    }
  }
});
