/**
 * Possible mistakes in the product, planted one at a time: the simulator must find each. If the product's text has
 * changed, plant the same mistake in the new text.
 */

import type { Mistake } from "./platform/load.ts";

/** `seed`: of a history that has shown it; the search begins there. */
export type PlantedMistake = Mistake & { readonly name: string; readonly seed: number };

export const MISTAKES: readonly PlantedMistake[] = [
  {
    name: "the ledger grants beyond the limit",
    text: "if (inUse + added > capacity.limit || heldByBatches + added > most) break;",
    becomes: "",
    seed: 4,
  },
  {
    name: "the ledger grants the youngest batch its slots first",
    text: "createdAt + (priority - PRIORITY.usual) * LEVEL_MS",
    becomes: "-createdAt + (priority - PRIORITY.usual) * LEVEL_MS",
    seed: 4587,
  },
  {
    name: "the ledger grants by age alone",
    text: "createdAt + (priority - PRIORITY.usual) * LEVEL_MS",
    becomes: "createdAt + 0 * (priority - PRIORITY.usual) * LEVEL_MS",
    seed: 77,
  },
  {
    name: "the ledger grants the last priority first",
    text: "createdAt + (priority - PRIORITY.usual) * LEVEL_MS",
    becomes: "createdAt - (priority - PRIORITY.usual) * LEVEL_MS",
    seed: 77,
  },
  {
    name: "the ledger keeps the slots of a batch that is over",
    text: "if (statement.holds === 0) return null;",
    becomes: "if (statement.holds === 0) return known;",
    seed: 434,
  },
  {
    name: "a paused batch dials on",
    text: "row.paused_at === null && !isOpen(row)",
    becomes: "!isOpen(row)",
    seed: 9,
  },
  {
    name: "a batch dials before it begins",
    text: "isReady(row, now) && row.paused_at",
    becomes: "row.paused_at",
    seed: 4,
  },
  {
    name: "a policy calls again in a cancelled batch",
    text: "batch.row.cancelled_at === null && row.redacted_at === null",
    becomes: "row.redacted_at === null",
    seed: 2,
  },
  {
    name: "a policy allows one attempt too many",
    text: "attempt >= policy.max_attempts",
    becomes: "attempt > policy.max_attempts",
    seed: 2,
  },
  {
    name: "a policy's minutes are seconds",
    text: "endedAt + minutes * MINUTE",
    becomes: "endedAt + minutes * 1_000",
    seed: 2,
  },
  {
    name: "a request of unknown outcome is sent again",
    text: "return { ...row, error_message: happening.message, due_at: now + UNKNOWN_FIRST_LOOK_MS, updated_at: now };",
    becomes: "return deferred(row, now, happening.message, false, now);",
    seed: 7,
  },
  {
    name: "a request is repeated to a carrier that knows no repeats",
    text: "capabilities.repeatableForMs ?? 0;",
    becomes: "capabilities.repeatableForMs ?? 86_400_000;",
    seed: 7,
  },
  {
    name: "a callback without a token is taken of a carrier that has one a call",
    text: 'if ((token === null) !== (line.capabilities.callbacks === "shared")) {',
    becomes: "if (token === null && number < 0) {",
    seed: 6,
  },
  {
    name: "a dialer's signature is not looked at",
    text: 'if (!isSigned(account.webhook_secret, request)) return { kind: "forged" };',
    becomes: "",
    seed: 2,
  },
  {
    name: "a human's retry calls those too who were reached",
    text: '("requeue")}) AND redacted_at IS NULL',
    becomes: "(\"requeue\")}, 'completed') AND redacted_at IS NULL",
    seed: 7,
  },
  {
    name: "nobody asks about a call whose callbacks were lost",
    text: "this.#due(now).next().done === false",
    becomes: "false",
    seed: 1497,
  },
  {
    name: "appended people are called in the first one's zone",
    text: "batch.replaceRow(grown(row, recipients.length, now));\n  batch.regroup();",
    becomes: "batch.replaceRow(grown(row, recipients.length, now));\n  batch.recount();",
    seed: 35,
  },
  {
    name: "a repeated append adds everybody once more",
    text: "deduplicated(fresh, onDuplicate, numbers, positions)",
    becomes: "deduplicated(fresh, onDuplicate, [], positions)",
    seed: 33,
  },
  {
    name: "a batch has no pace of its own",
    text: "Math.min(free, ownPaceAt(row, roster) > now ? 0 : 1)",
    becomes: "free",
    seed: 3,
  },
  {
    name: "the carrier's pause is not kept",
    text: "batch.placing.pausedUntil > now || ",
    becomes: "",
    seed: 20,
  },
  {
    name: "the carrier's pause is lost with the object",
    text: "this.row.deferred_until ?? 0",
    becomes: "0",
    seed: 188464563,
  },
  {
    name: "the gap between two calls to a number is not kept",
    text: "latest + LEAVES_WITHIN_MS + gap * MINUTE",
    becomes: "latest",
    seed: 2,
  },
  {
    name: "a pace is ten times as fast",
    text: "1_000 / (perSecond * shareAt(bucket, at))",
    becomes: "100 / (perSecond * shareAt(bucket, at))",
    seed: 48,
  },
  {
    name: "direct calls are granted slots that are not free",
    text: "return left < 0 ? NOTHING_FREE : null;",
    becomes: "return null;",
    seed: 2,
  },
  {
    name: "a window closes an hour late",
    text: "map(({ start, end }) => [start, end] as const)",
    becomes: "map(({ start, end }) => [start, end + 60] as const)",
    seed: 4,
  },
  {
    name: "a report that failed is never repeated",
    text: "this.#telling = null;\n    this.#retryAt = now +",
    becomes: "this.#telling = null;\n    this.#retryAt = Number.POSITIVE_INFINITY +",
    seed: 12,
  },
  {
    name: "the alarm is never set",
    text: "void this.#storage.setAlarm(at);",
    becomes: "",
    seed: 2444,
  },
  {
    name: "whoever was busy counts as reached",
    text: "return progress.completed && !isUnreached\n",
    becomes: "return !isUnreached\n",
    seed: 2,
  },
  {
    name: "a batch answers to another organization",
    text: "executor?.batch.row.organization_id !== organizationId",
    becomes: "executor === null",
    seed: 61,
  },
  {
    name: "events are forgotten before the webhook has stored them",
    text: "return { events, targets: this.#targets() };",
    becomes:
      "this.#pages.arrived(new Set(events.map(({ id }) => id)));\n    return { events, targets: this.#targets() };",
    seed: 1164,
  },
  {
    name: "a batch takes the event that it stores for one that has arrived",
    text: "const events_sent = Math.min(this.#sentTo(), number - 1);",
    becomes: "const events_sent = number;",
    seed: 10,
  },
  {
    name: "a webhook delivers the first of the events that came together for each of them",
    text: "unstored?.[index]?.event",
    becomes: "unstored?.[0]?.event",
    seed: 1164,
  },
  {
    name: "a webhook sets no alarm for what it has stored",
    text: "return this.waiting.size > unstored;",
    becomes: "return this.waiting.size < unstored;",
    seed: 1605,
  },
  {
    name: "nobody comes back to events that were not taken",
    text: "return Math.max(now, this.#retryAt, gatheredAt);",
    becomes: "return this.#failures > 0 ? null : Math.max(now, gatheredAt);",
    seed: 398,
  },
  {
    name: "a delivery that the queue lost is not tried again",
    text: "sentAt !== undefined && now - sentAt < UNHEARD_MS;",
    becomes: "sentAt !== undefined;",
    seed: 1605,
  },
  {
    name: "the old secret of a webhook signs for ever",
    text: "previous !== null && previous.until > Date.now();",
    becomes: "previous !== null;",
    seed: 1403,
  },
  {
    name: "any answer of a receiver counts as received",
    text: "outcome.status >= 200 && outcome.status < 300;",
    becomes: "outcome.status >= 200;",
    seed: 2739,
  },
  {
    name: "a receiver that did not answer is not asked again",
    text: "const wait = RETRY_AFTER_MS[row.tries];",
    becomes: 'const wait = outcome.kind === "unanswered" ? undefined : RETRY_AFTER_MS[row.tries];',
    seed: 1482,
  },
  {
    name: "an event that is sent again has another id",
    text: "return { id, at, about: { type: event.type, agentId, batchId, call: callOf(event.attempt) } };",
    becomes:
      'return { id: "evt_" + crypto.randomUUID(), at, about: { type: event.type, agentId, batchId, call: callOf(event.attempt) } };',
    seed: 2191,
  },
  {
    name: "nobody is told that a batch was cancelled",
    text: 'if (!before.isCancelled && after.isCancelled) events.push("batch_cancelled");',
    becomes: "",
    seed: 1759,
  },
  {
    name: "a carrier is believed at once that it lists no call",
    text: "if (now < believedAt) return askAgain(believedAt);\n  return {",
    becomes: "return {",
    seed: 1776,
  },
  {
    name: "the numbers of the roster do not follow the rows",
    text: "if (isLatest) batch.roster.follow(row, after);",
    becomes: "if (isLatest) batch.roster.changedAt(after.updated_at);",
    seed: 434,
  },
  {
    name: "a repeated append with a key adds everybody again",
    text: "const before = answeredBefore<AppendOutcome>(batch.sql, append.key, now);",
    becomes: "const before = null;",
    seed: 1060,
  },
  {
    name: "a number that is in a list twice is called twice",
    text: 'if (onDuplicate === "allow") return ok({ recipients, skipped: 0 });',
    becomes: 'if (onDuplicate !== "reject") return ok({ recipients, skipped: 0 });',
    seed: 2239,
  },
  {
    name: "an organization does not hear of the rules of a batch that is changed",
    text: "if (!isRule(rules)) return this.#change(",
    becomes: "if (rules !== null) return this.#change(",
    seed: 3009,
  },
  {
    name: "an organization without rules is believed for ever",
    text: "if (rules === this.#rules) this.#freeUntil = Math.max(this.#freeUntil, at + FREE_MS);",
    becomes: "Object.assign(this, { isFree: () => true, hasToSpeak: () => rules < 0 && at < 0 });",
    seed: 5657,
  },
  {
    name: "a circuit breaker never opens",
    text: "calls >= min_calls && failed / calls >= failure_share",
    becomes: "calls >= min_calls && failed / calls > 1",
    seed: 25,
  },
  {
    name: "a circuit breaker's cool-down is a second a minute",
    text: "coolDown === null ? null : now + coolDown * MINUTE",
    becomes: "coolDown === null ? null : now + coolDown * 1_000",
    seed: 25,
  },
  {
    name: "a circuit breaker tries with all free slots",
    text: "return breaker.call === null ? Math.min(1, free) : 0;",
    becomes: "return free;",
    seed: 25,
  },
  {
    name: "the end of a call is compared with what is known of it, and not with its row",
    text: "changeAttempt(this.#sql, this.#behind.get(after.number) ?? before, after, riding)",
    becomes: "changeAttempt(this.#sql, before, after, riding)",
    seed: 2,
  },
  {
    name: "what was gathered of a call is believed after its end",
    text: "if (!isAhead || isForeign) return null;",
    becomes: "if (isForeign) return null;",
    seed: 3,
  },
  {
    name: "rows are read without what is known of them",
    text: "    executor.catchUp();",
    becomes: "",
    seed: 121,
  },
  {
    name: "what is gathered is not stored",
    text: "if (this.#saveBy !== null && this.#saveBy <= now) return () => this.#save();",
    becomes: "",
    seed: 492,
  },
  {
    name: "reports add the sums of a batch that are told again",
    text: "store(sql, hour, known, heard.version, namedOf(heard.figures));",
    becomes: "store(sql, hour, known, heard.version, plus(known ?? noFigures(), namedOf(heard.figures)));",
    seed: 7001,
  },
  {
    name: "reports add the sums of direct calls that are told again",
    text: "const before = told.get(nameOf(heard));",
    becomes: 'const before = told.get(nameOf(heard) + " ");',
    seed: 7001,
  },
  {
    name: "reports are told of a batch's calls once",
    text: "if (updatedAt === 0 || updatedAt < told) return null;",
    becomes: "if (updatedAt === 0 || told > 0) return null;",
    seed: 7001,
  },
];
