/** What a receiver, which may be another company's, is told of a batch. */

import { expect, it } from "vitest";
import { batchEventBody, presentEvent } from "../../src/api/answers/calls/webhook.ts";
import { summaryOf } from "../../src/batch/telling/views.ts";
import { presentBatch } from "../../src/calling/answers/batch.ts";
import { NO_RECIPIENTS } from "../../src/calling/words/batch-status.ts";
import { sampleBatch } from "../batch/samples.ts";

it("is not told which member cancelled the batch, and is told all else", () => {
  const by = { kind: "person", id: "ada@example.com", label: "ada@example.com" } as const;
  const row = sampleBatch({ cancelled_at: 1, cancelled_by: JSON.stringify(by) });
  const batch = summaryOf(row, { counts: NO_RECIPIENTS, called: 0, answered: 0, updatedAt: 1 });
  const { cancelled_by, ...told } = presentBatch(batch);
  expect(cancelled_by).toEqual(by);
  const about = { type: "batch_cancelled", agentId: "agent_1", batchId: batch.id, batch } as const;
  const body = presentEvent({ id: "evt_1", at: 1, about }, { webhookId: "webhook_1", organizationId: "org_1" });
  expect(body).toMatchObject({ type: "batch_cancelled", batch: told });
  expect(JSON.stringify(body)).not.toContain(by.id);
  expect(batchEventBody.shape.batch.shape).not.toHaveProperty("cancelled_by");
});
