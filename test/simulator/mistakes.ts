/**
 * Mistakes that somebody could make in the product, planted one at a time: the simulator has to find each. Where the product's text
 * has changed, plant the same mistake in the new text.
 */

import type { Mistake } from "./platform/load.ts";

/** `seed`: of a history that has shown it, from which the search begins. */
export type PlantedMistake = Mistake & { readonly name: string; readonly seed: number };

export const MISTAKES: readonly PlantedMistake[] = [
  {
    name: "the ledger grants beyond the limit",
    file: "src/organization/ledger/ledger.ts",
    text: "if (added < 0 || inUse + added > capacity.limit || heldByBatches + added > most) break;",
    becomes: "if (added < 0) break;",
    seed: 4,
  },
  {
    name: "batches are granted the reserved slots",
    file: "src/calling/messages/slots.ts",
    text: "Math.max(1, limit - reserved)",
    becomes: "limit",
    seed: 8,
  },
  {
    name: "the ledger keeps the slots of a batch that is over",
    file: "src/organization/ledger/ledger.ts",
    text: "if (statement.holds === 0) return null;",
    becomes: "if (statement.holds === 0) return known;",
    seed: 1,
  },
  {
    name: "a paused batch dials on",
    file: "src/batch/slots/request.ts",
    text: "  row.paused_at === null &&\n",
    becomes: "",
    seed: 9,
  },
  {
    name: "a batch dials before it begins",
    file: "src/batch/slots/request.ts",
    text: "  isReady(row, now) &&\n",
    becomes: "",
    seed: 4,
  },
  {
    name: "a policy calls again in a cancelled batch",
    file: "src/batch/core/engine.ts",
    text: "this.row.cancelled_at === null && isLatest",
    becomes: "isLatest",
    seed: 2,
  },
  {
    name: "a policy allows one attempt too many",
    file: "src/calling/messages/retry-policy.ts",
    text: "attempt >= policy.max_attempts",
    becomes: "attempt > policy.max_attempts",
    seed: 2,
  },
  {
    name: "a policy's minutes are seconds",
    file: "src/calling/messages/retry-policy.ts",
    text: "endedAt + minutes * MINUTE",
    becomes: "endedAt + minutes * 1_000",
    seed: 2,
  },
  {
    name: "a request of unknown outcome is sent again",
    file: "src/batch/attempts/settle.ts",
    text: "return { ...row, error_message: happening.message, due_at: now + UNKNOWN_FIRST_LOOK_MS, updated_at: now };",
    becomes:
      'return stepped(row, "defer", now, { error_message: happening.message, due_at: now, deferred_since: now });',
    seed: 7,
  },
  {
    name: "a request is repeated to a carrier that knows no repeats",
    file: "src/batch/dialing/placing.ts",
    text: "(capabilities.repeatableForMs ?? 0)",
    becomes: "(capabilities.repeatableForMs ?? 86_400_000)",
    seed: 7,
  },
  {
    name: "a callback without a token is taken of a carrier that has one a call",
    file: "src/batch/steering/callback.ts",
    text: 'if ((token === null) !== (capabilities.callbacks === "shared")) return { kind: "forged" };',
    becomes: "",
    seed: 6,
  },
  {
    name: "any token is a callback's",
    file: "src/batch/steering/callback.ts",
    text: "if (token !== null && !isSame(token, row.token)) return FORBIDDEN;",
    becomes: "",
    seed: 6,
  },
  {
    name: "a dialer's signature is not looked at",
    file: "src/dialer/http/event.ts",
    text: 'if (!isSigned(account.webhook_secret, request)) return { kind: "forged" };',
    becomes: "",
    seed: 2,
  },
  {
    name: "a human's retry calls those too who were reached",
    file: "src/batch/store/attempts.ts",
    text: "WHERE status = 'failed' ORDER BY position",
    becomes: "WHERE status IN ('failed', 'completed') ORDER BY position",
    seed: 7,
  },
  {
    name: "nobody asks about a call whose callbacks were lost",
    file: "src/batch/watching/watch.ts",
    text: "if (this.#running || this.#nextDue(now) === null) return;",
    becomes: "if (this.#nextDue(now) !== null) return;",
    seed: 1,
  },
  {
    name: "appended people are called in the first one's zone",
    file: "src/batch/core/orders.ts",
    text: "this.#state.store(grown(row, recipients.length, now));\n      this.#state.regroup();",
    becomes: "this.#state.store(grown(row, recipients.length, now));\n      this.#state.recount();",
    seed: 35,
  },
  {
    name: "a repeated append adds everybody once more",
    file: "src/batch/people/appending.ts",
    text: "deduplicated(fresh, onDuplicate, numbers, positions)",
    becomes: "deduplicated(fresh, onDuplicate, [], positions)",
    seed: 33,
  },
  {
    name: "a batch has no pace of its own",
    file: "src/batch/dialing/batch-pace.ts",
    text: "Math.min(free, ownPaceAt(row, roster) > now ? 0 : 1)",
    becomes: "free",
    seed: 3,
  },
  {
    name: "the carrier's pause is not kept",
    file: "src/batch/core/dialing.ts",
    text: "placing.pausedUntil > now || ",
    becomes: "",
    seed: 17,
  },
  {
    name: "the gap between two calls to a number is not kept",
    file: "src/window/contact-rules.ts",
    text: "latest + CLEARED_MS + gap * MINUTE",
    becomes: "latest",
    seed: 2,
  },
  {
    name: "a number is called once too often in a day",
    file: "src/window/contact-rules.ts",
    text: "today < cap",
    becomes: "today <= cap",
    seed: 10,
  },
  {
    name: "a pace is ten times as fast",
    file: "src/organization/rules/token-bucket.ts",
    text: "1_000 / (perSecond * shareAt(bucket, at))",
    becomes: "100 / (perSecond * shareAt(bucket, at))",
    seed: 48,
  },
  {
    name: "direct calls are granted slots that are not free",
    file: "src/organization/admission/direct-admission.ts",
    text: "return left < 0 ? NOTHING_FREE : null;",
    becomes: "return null;",
    seed: 2,
  },
  {
    name: "a window closes an hour late",
    file: "src/window/openings.ts",
    text: "map(({ start, end }) => [start, end] as const)",
    becomes: "map(({ start, end }) => [start, end + 60] as const)",
    seed: 4,
  },
  {
    name: "a report that failed is never repeated",
    file: "src/batch/telling/reporter.ts",
    text: "this.#retryAt = Date.now() +",
    becomes: "this.#retryAt = Number.POSITIVE_INFINITY +",
    seed: 12,
  },
  {
    name: "the alarm is never set",
    file: "src/storage/alarm-clock.ts",
    text: "void this.#storage.setAlarm(at);",
    becomes: "",
    seed: 1,
  },
  {
    name: "whoever was busy counts as reached",
    file: "src/batch/attempts/settle.ts",
    text: 'progress.completed && !isUnreached ? "complete" : "fail"',
    becomes: '!isUnreached ? "complete" : "fail"',
    seed: 2,
  },
  {
    name: "a batch answers to another organization",
    file: "src/batch/object.ts",
    text: "if (engine === null || engine.row.organization_id !== organizationId) return null;",
    becomes: "if (engine === null) return null;",
    seed: 61,
  },
];
