/** Calls in answers. */

import { z } from "zod";
import { known, secondsBetween, timeOrNull } from "../../../calling/answers/json.ts";
import type { CallView } from "../../../calling/messages/batch-view.ts";
import { present } from "../../../calling/requests/assert.ts";
import { CALL_STATUSES } from "../../../calling/words/call.ts";
import {
  DIRECT_CALL_ERRORS,
  type DirectCallErrorCode,
  type DirectCallOutcome,
} from "../../../calling/words/direct-call.ts";
import { timestamp } from "../parts/common.ts";
import { answeredBy, durationSeconds, endReason, json, metadata, presentRemarks, remarksFields } from "./recipient.ts";

export const callAnswer = z.object({
  id: z.string().meta({ examples: ["ac_TX9N9ULdcZQd5CEWu65fRA"] }),
  agent_id: z.string(),
  status: z.enum(CALL_STATUSES),
  agent_name: z.string().optional(),
  start_time: timestamp.optional().describe("When it was answered."),
  end_time: timestamp.optional(),
  duration_seconds: durationSeconds,
  redacted_at: timestamp.optional().describe("When its personal data was erased."),
  telephony_params: z.object({
    to: z.string().optional().describe("Absent once it is erased."),
    from: z.string().optional(),
    call_sid: z.string().optional().describe("The carrier's own id of the call."),
    direction: z.literal("outbound"),
    connection_type: z.literal("websocket"),
  }),
  telephony_account_type: z.string().optional(),
  error_message: z.string().optional(),
  end_reason: endReason.optional(),
  answered_by: answeredBy.optional(),
  ...remarksFields,
  external_id: z.string().optional().describe("Your own id for the recipient."),
  metadata: metadata.optional(),
});

export type CallAnswer = z.output<typeof callAnswer>;

export const presentCall = (call: CallView): CallAnswer => ({
  id: call.id,
  agent_id: call.agent_id,
  status: call.status,
  ...known({
    agent_name: call.agent_name,
    start_time: timeOrNull(call.startedAt),
    end_time: timeOrNull(call.endedAt),
    duration_seconds: secondsBetween(call.startedAt, call.endedAt),
    redacted_at: timeOrNull(call.redactedAt ?? null),
  }),
  telephony_params: {
    ...known({ to: call.to_number || null, from: call.from_number, call_sid: call.call_sid }),
    direction: "outbound",
    connection_type: "websocket",
  },
  ...presentRemarks(call.remarks),
  ...known({
    telephony_account_type: call.telephony_account_type,
    error_message: call.error_message,
    end_reason: call.end_reason,
    answered_by: call.answeredBy,
    // Events from an earlier version have none.
    external_id: call.external_id ?? null,
    metadata: json(call.metadata),
  }),
});

export const directCallsAnswer = z.object({
  calls: z
    .array(
      z.object({
        number: z.string(),
        agent_call_id: z.string().optional().describe("The call's id, whatever its result."),
        error: z
          .object({
            error_code: z.enum(DIRECT_CALL_ERRORS),
            title: z.string(),
            message: z.string().describe("What is known, as text for people."),
          })
          .optional()
          .describe("Replaces `agent_call_id` if no call was placed."),
      }),
    )
    .describe("One for each destination, in the order of the request."),
});

export type DirectCallsAnswer = z.output<typeof directCallsAnswer>;

const TITLES_OF_DIRECT_CALL_ERRORS = {
  concurrency_limited: "Concurrency limited",
  do_not_call: "On the do-not-call list",
  outside_calling_window: "Outside of the calling window",
  call_not_placed: "Call not placed",
} as const satisfies Record<DirectCallErrorCode, string>;

/** `numbers`: from the request, one for each outcome. */
export const presentDirectCalls = (
  numbers: readonly string[],
  outcomes: readonly DirectCallOutcome[],
): DirectCallsAnswer => ({
  calls: outcomes.map((outcome, index) => {
    const number = present(numbers[index], "there is an outcome for each destination");
    if (outcome.kind === "call") return { number, agent_call_id: outcome.callId };
    const { code, message } = outcome.error;
    return { number, error: { error_code: code, title: TITLES_OF_DIRECT_CALL_ERRORS[code], message } };
  }),
});
