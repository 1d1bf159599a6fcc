/**
 * Orders that the organization is asked about first. Before a retry: whether calls would find their line. Before a
 * change: it is told of the batch's own rules.
 */

import type { BatchSummary } from "../../../calling/messages/batch-view.ts";
import { ABOUT_NOBODY } from "../../../calling/messages/clearance.ts";
import { contactRulesOf } from "../../../calling/messages/retry-policy.ts";
import { type Failure, TRY_AGAIN, wrongState } from "../../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../../calling/requests/result.ts";
import { carrierNamed } from "../../../dialer/carriers.ts";
import { accountProblem, connectionProblem } from "../../../dialer/connection-problem.ts";
import type { Dialing } from "../../../dialer/dialing.ts";
import { isRule } from "../../../window/contact-rules.ts";
import { expiryProblem } from "../../people/appending.ts";
import { failuresProblem, mayFail } from "../../steering/change-preview.ts";
import { changed } from "../../steering/steering.ts";
import { answeredBefore, rememberAnswer } from "../../store/answered-requests.ts";
import type { BatchRow } from "../../store/batch-row.ts";
import type { Batch } from "../batch.ts";
import type { Effect } from "../effects.ts";
import type { Write } from "../state.ts";
import { recorded } from "./acts.ts";
import { retried, steered } from "./orders.ts";
import type { RequestOf } from "./requests.ts";

type Retry = RequestOf<"retry">;
type Change = RequestOf<"change">;

const CANCELLED = wrongState("batch_cancelled", "a cancelled batch cannot be retried; create a new batch");

export class AskedOrders {
  /** By who asks. Losing them is safe: nothing has changed yet. */
  readonly #retries = new Map<number, Retry>();
  readonly #changes = new Map<number, Change>();
  /** Who gave an order that was carried out in this turn. */
  #concluding: number | null = null;

  retry(batch: Batch, request: Retry, now: number, effects: Effect[]): Write {
    const before = answeredBefore<BatchSummary>(batch.sql, request.key, now);
    if (before !== null) return answer(request.to, ok(before), effects);
    const { counts } = batch.roster;
    if (counts.cancelled > 0 || counts.failed === 0) return retry(batch, request, now, effects);
    this.#retries.set(request.to, request);
    effects.push({ kind: "check_line", to: request.to });
    return null;
  }

  /**
   * While a batch is finished, its agent and number may be deleted or changed. Then no recipient would be called.
   * `dialing` null: the organization did not answer.
   */
  lineChecked(
    batch: Batch,
    to: number,
    dialing: Result<Dialing, Failure> | null,
    now: number,
    effects: Effect[],
  ): Write {
    const request = this.#retries.get(to);
    this.#retries.delete(to);
    if (request === undefined) return null;
    const problem = dialing === null ? TRY_AGAIN : lineProblem(dialing, batch.row);
    return problem === null ? retry(batch, request, now, effects) : answer(to, err(problem), effects);
  }

  /**
   * The organization records the calls of all batches once it knows of a contact rule. A batch that waits for slots asks
   * nothing, so without this the calls that others make meanwhile would count for no gap.
   */
  change(batch: Batch, request: Change, now: number, effects: Effect[]): Write {
    const rules = contactRulesOf(request.change.retryPolicy ?? null);
    if (!isRule(rules)) return this.#change(batch, request, now, effects);
    this.#changes.set(request.to, request);
    const { id: batchId, from_number_id: fromNumberId } = batch.row;
    effects.push({ kind: "tell_rules", to: request.to, request: { batchId, fromNumberId, rules, ...ABOUT_NOBODY } });
    return null;
  }

  rulesTold(batch: Batch, to: number, isHeard: boolean, now: number, effects: Effect[]): Write {
    const request = this.#changes.get(to);
    this.#changes.delete(to);
    if (request === undefined) return null;
    return isHeard ? this.#change(batch, request, now, effects) : answer(to, err(TRY_AGAIN), effects);
  }

  forget(to: number): void {
    this.#retries.delete(to);
    this.#changes.delete(to);
  }

  /** Answers the order that was carried out, after all that followed from it. */
  conclude(batch: Batch, effects: Effect[]): null {
    if (this.#concluding !== null) answer(this.#concluding, ok(batch.summary()), effects);
    this.#concluding = null;
    return null;
  }

  #change(batch: Batch, { to, change, allowFailures, act }: Change, now: number, effects: Effect[]): Write {
    const after = changed(batch.row, batch.roster, change, now);
    if (!after.ok) return answer(to, after, effects);
    const mustBeCallable = !allowFailures && mayFail(batch.row, after.value);
    const problem = mustBeCallable ? failuresProblem(batch.previewed(after.value, now)) : null;
    if (problem !== null) return answer(to, err(problem), effects);
    this.#concluding = to;
    const write = recorded(batch, act, steered(batch, after.value), now);
    if (write !== null) effects.push({ kind: "broadcast", row: null });
    return write;
  }
}

function answer(to: number, said: Result<BatchSummary, Failure>, effects: Effect[]): null {
  effects.push({ kind: "reply", to, answer: said });
  return null;
}

function retry(batch: Batch, { to, key, act }: Retry, now: number, effects: Effect[]): Write {
  const { cancelled, failed } = batch.roster.counts;
  if (cancelled > 0) return answer(to, err(CANCELLED), effects);
  const expired = failed === 0 ? null : expiryProblem(batch.callingHours.expiresAt, now);
  if (expired !== null) return answer(to, err(expired), effects);
  const write = recorded(batch, act, retried(batch, now), now);
  if (write === null && key === null) return answer(to, ok(batch.summary()), effects);
  if (write !== null) effects.push({ kind: "broadcast", row: null });
  return () => {
    write?.();
    const after = batch.summary();
    rememberAnswer(batch.sql, key, after, now);
    answer(to, ok(after), effects);
  };
}

/** Null if recipients can be dialed. */
function lineProblem(dialing: Result<Dialing, Failure>, { region, on_voicemail }: BatchRow): Failure | null {
  if (!dialing.ok) return dialing.failure.kind === "not_configured" ? null : dialing.failure;
  const { account, agent } = dialing.value;
  const carrier = carrierNamed(account.carrier);
  return (
    connectionProblem(carrier, agent.connection) ??
    accountProblem(carrier, account, { region, onVoicemail: on_voicemail })
  );
}
