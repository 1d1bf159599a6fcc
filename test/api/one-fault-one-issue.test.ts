/** A wrong value has one issue, and it says what to change: nothing else is concluded from the value. */

import { expect, it } from "vitest";
import type { z } from "zod";
import { createBatchBody } from "../../src/api/requests/batch.ts";
import { addDoNotCallBody } from "../../src/api/requests/do-not-call.ts";
import { exportReportQuery, reportQuery } from "../../src/api/requests/reports.ts";
import { createWebhookBody } from "../../src/api/requests/webhook.ts";

const URL_OF_WEBHOOK = "https://example.com/callbatch";
const NUMBER = "+14155550123";
const BATCH = { name: "A", agent_id: "agent_a", from_number_id: "ap_a", recipients: [{ to_number: NUMBER }] };

const FAULTS: readonly (readonly [fault: string, schema: z.ZodType, sent: object, path: string, message: RegExp])[] = [
  ["too large for any integer", createBatchBody, { ...BATCH, priority: 1e99 }, "priority", /from 1 to 5/],
  ["a first day that is none", reportQuery, { from: "x" }, "from", /must be a day/],
  ["a last day that is none", reportQuery, { until: "2026-02-30" }, "until", /must be a day/],
  ["such a day of an export", exportReportQuery, { from: "x" }, "from", /must be a day/],
  ["neither number nor numbers", addDoNotCallBody, {}, "number", /^send number or numbers$/],
  ["both", addDoNotCallBody, { number: NUMBER, numbers: [NUMBER] }, "number", /not both$/],
  ["an unknown event", createWebhookBody, { url: URL_OF_WEBHOOK, events: ["x"] }, "events.0", /^must be one of/],
  [
    "an event twice",
    createWebhookBody,
    { url: URL_OF_WEBHOOK, events: ["call_failed", "call_failed"] },
    "events",
    /each once/,
  ],
];

it.each(FAULTS)("has one issue for %s", (_, schema, sent, path, message) => {
  const issues = schema.safeParse(sent).error?.issues.map((issue) => [issue.path.join("."), issue.message]);
  expect(issues).toEqual([[path, expect.stringMatching(message)]]);
});
