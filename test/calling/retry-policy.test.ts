import { expect, it } from "vitest";
import { nextAttemptAt, type RetryPolicy } from "../../src/calling/messages/retry-policy.ts";
import type { EndReason } from "../../src/calling/words/call.ts";

const POLICY: RetryPolicy = { max_attempts: 4, retry_on: ["dial_busy", "dial_no_answer"], intervals_minutes: [10, 60] };
const AT = 1_000_000;
const after = (minutes: number) => AT + minutes * 60_000;

it.each<[string, RetryPolicy | null, number, EndReason | null, number | null]>([
  ["after the first, the first interval", POLICY, 1, "dial_busy", after(10)],
  ["after the second, the second", POLICY, 2, "dial_no_answer", after(60)],
  ["after the third, the last one again", POLICY, 3, "dial_busy", after(60)],
  ["after the last, no more", POLICY, 4, "dial_busy", null],
  ["only after the ends that it names", POLICY, 1, "dial_failed", null],
  ["not after a call that was answered", POLICY, 1, "client_hangup", null],
  ["never where nobody knows how it ended", POLICY, 1, null, null],
  ["without a policy, never", null, 1, "dial_busy", null],
  ["with one attempt, never", { ...POLICY, max_attempts: 1 }, 1, "dial_busy", null],
])("calls again: %s", (_, policy, attempt, endReason, at) => {
  expect(nextAttemptAt(policy, { attempt, end_reason: endReason, answered_by: null }, AT)).toBe(at);
});

const machine = { attempt: 1, end_reason: "dial_no_answer", answered_by: "machine" } as const;
it.each([
  ["voicemail, after a machine", ["voicemail"], machine, after(10)],
  ["dial_no_answer, not after a machine: that is another reason", ["dial_no_answer"], machine, null],
  ["voicemail, not after nobody", ["voicemail"], { ...machine, answered_by: null }, null],
  [
    "voicemail, not after a machine of which nobody knows how it went on",
    ["voicemail"],
    { ...machine, end_reason: "error" },
    null,
  ],
] as const)("calls again for %s", (_, retry_on, ended, at) => {
  expect(nextAttemptAt({ ...POLICY, retry_on }, ended, AT)).toBe(at);
});
