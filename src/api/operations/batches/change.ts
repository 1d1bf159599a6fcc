import type { z } from "zod";
import type { BatchChange } from "../../../batch/steering/steering.ts";
import { err } from "../../../calling/requests/result.ts";
import { given } from "../../body/body.ts";
import { actOf } from "../../context.ts";
import { content, operation, refusal } from "../../operation.ts";
import { type batchChange, changeBatchBody } from "../../requests/batch.ts";
import { AFTERWARDS, ONE_BATCH, ofBatch, targetProblem } from "./batch.ts";

export const changeBatch = operation({
  ...ONE_BATCH,
  method: "PATCH",
  id: "changeBatch",
  summary: "Change a batch's settings",
  description:
    "Absent fields are left unchanged. The start can be moved until the first call. A change that would make waiting recipients uncallable is refused, unless it has `allow_failures`. The preview lists them.",
  body: content("ChangeBatch", changeBatchBody, { target_concurrency_limit: 5 }),
  answer: AFTERWARDS,
  refusals: {
    400: refusal(
      "batch_started",
      "The request is not valid, dialing has begun (`batch_started`), or waiting recipients would fail (`change_fails_recipients`).",
    ),
  },
  handle: async (c, { body: { allow_failures: allowFailures, ...sent } }) => {
    const problem = await targetProblem(c, sent.target_concurrency_limit);
    if (problem !== null) return err(problem);
    const change = changeOf(sent);
    return ofBatch(c, (batch, ...whose) => batch.change(...whose, change, allowFailures, actOf(c)));
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
