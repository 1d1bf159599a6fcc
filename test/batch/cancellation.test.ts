/** A cancel and its end leave nothing of it in the batch's row. */

import { expect, it } from "vitest";
import { cancelledRow, withoutCancel } from "../../src/batch/store/cancellation.ts";
import { OPERATOR } from "../../src/calling/messages/act.ts";
import { sampleBatch } from "./samples.ts";

it("a row whose cancel has ended is as before, but for the time of its change", () => {
  const row = sampleBatch();
  const cancelled = cancelledRow(row, { at: 5, by: OPERATOR });
  expect(cancelled).toMatchObject({ cancelled_at: 5, changed_at: 5 });
  expect(withoutCancel(cancelled)).toEqual({ ...row, changed_at: 5 });
});
