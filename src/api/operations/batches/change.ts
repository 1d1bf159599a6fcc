import type { z } from "zod";
import type { BatchChange } from "../../../batch/steering/steering.ts";
import { err } from "../../../calling/requests/result.ts";
import { given } from "../../body.ts";
import { content, operation, refusal } from "../../operation.ts";
import { type batchChange, changeBatchBody } from "../../schemas/batch.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch, targetProblem } from "./batch.ts";

export const changeBatch = operation({
  ...ONE_BATCH,
  method: "PATCH",
  id: "changeBatch",
  summary: "Change what a batch is to do",
  description:
    "Fields that are not given stay as they are. The start can be moved until somebody was dialed. A change by which people who wait could never be called is refused, unless it says `allow_failures`; the preview tells who they are.",
  body: content("ChangeBatch", changeBatchBody, { target_concurrency_limit: 5 }),
  answer: AFTERWARDS,
  refusals: {
    400: refusal(
      "batch_started",
      "The request is not valid, somebody was dialed already (`batch_started`), or people who wait would fail (`change_fails_recipients`).",
    ),
  },
  handle: async (c, { body: { allow_failures: allowFailures, ...sent } }) => {
    const problem = await targetProblem(c, sent.target_concurrency_limit);
    if (problem !== null) return err(problem);
    const change = changeOf(sent);
    return ofBatch(c, (batch, ...whose) => batch.change(...whose, change, allowFailures));
  },
});

export function changeOf(sent: z.output<typeof batchChange>): BatchChange {
  const {
    scheduled_at: scheduledAt,
    retry_policy: retryPolicy,
    calling_window: callingWindow,
    circuit_breaker: circuitBreaker,
    ...fields
  } = sent;
  return { ...given(fields), ...given({ scheduledAt, retryPolicy, callingWindow, circuitBreaker }) };
}
