/**
 * Direct calls as the API requests them. Admission, grant and all that is stored about them happen in one transaction.
 * The organization's object delegates to this class. `ledger.ts` decides who gets slots.
 */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newBatchId } from "../../calling/secrets/ids.ts";
import { voicemailProblem } from "../../dialer/connection-problem.ts";
import type { Sql } from "../../storage/sql.ts";
import { announce, meaningOfKey, REUSED, withdraw } from "../batches/announcements.ts";
import { DELETED } from "../batches/deletions.ts";
import { poolFor } from "../batches/direct-pools.ts";
import { rememberPeople } from "../batches/people-index.ts";
import { webhookTargets } from "../configuration/webhooks.ts";
import type { Slots } from "../ledger/slots.ts";
import type { DirectRequest } from "../messages/calling.ts";
import { listedAmong, newestEntry } from "../people/do-not-call.ts";
import { capacityOf, countDirectCalls, isLeaving, LEAVING, readProfile, uncountRecipients } from "../store/profile.ts";
import { callerOf, nextCreation, usageProblem } from "./admission.ts";
import { admit, admittedCount, isOnlyShortOfSlots } from "./direct-admission.ts";

export type DirectCallsPort = {
  readonly sql: Sql;
  readonly slots: Slots;
};

export class DirectCalls {
  readonly #port: DirectCallsPort;

  constructor(port: DirectCallsPort) {
    this.#port = port;
  }

  /**
   * The order for the destinations that are called, with their slots granted. The order's admission has an error for
   * each other destination. In a transaction.
   */
  announce(request: DirectRequest, now: number): Result<BatchOrder, Failure> {
    if (isLeaving(this.#port.sql)) return err(LEAVING);
    return this.#repeated(request, now) ?? this.#settle(request, now);
  }

  /** The answer to an earlier request with the same key; null if none counts. */
  #repeated({ idempotency }: DirectRequest, now: number): Result<BatchOrder, Failure> | null {
    if (idempotency === null) return null;
    const { sql } = this.#port;
    const meaning = meaningOfKey(sql, idempotency, now);
    if (meaning.kind === "fresh") return null;
    if (meaning.kind === "reused") {
      return err(REUSED);
    }
    if (meaning.kind === "deleted") return err(DELETED);
    const { order, arrived } = meaning;
    const admitted = admittedCount(order.admission ?? []);
    // The order's object was never created and its slots were taken back. If it is created after all, it dials no
    // destination.
    const isLost = admitted > 0 && !arrived && !this.#port.slots.holdings.has(order.id);
    if (!isLost) return ok(order);
    withdraw(sql, order.id);
    uncountRecipients(sql, admitted);
    return null;
  }

  #settle(request: DirectRequest, now: number): Result<BatchOrder, Failure> {
    const { sql } = this.#port;
    const slots = this.#port.slots;
    const profile = readProfile(sql);
    const caller = callerOf(sql, request);
    if (!caller.ok) return caller;
    const { carrier, account } = caller.value;
    const voicemail = voicemailProblem(carrier, account, request.onVoicemail);
    if (voicemail !== null) return err(voicemail);
    const capacity = capacityOf(profile);
    const { destinations, ringing_timeout_seconds, max_call_duration_minutes, agent_id, from_number_id } = request;
    const free = slots.freeForDirectCalls(capacity);
    const listed = listedAmong(
      sql,
      destinations.map(({ to_number }) => to_number),
    );
    const admission = admit(destinations, listed, profile.calling_window, ringing_timeout_seconds * 1_000, free, now);
    const admitted = admittedCount(admission);
    const problem = usageProblem(profile, admitted);
    if (problem !== null) return err(problem);
    const requestedAt = nextCreation(profile, now);
    const settings = {
      agent_id,
      from_number_id,
      region: carrier.regionOf(account),
      ringing_timeout_seconds,
      max_call_duration_minutes,
      onVoicemail: request.onVoicemail,
      callbackBaseUrl: request.callbackBaseUrl,
    };
    const pooled = admitted === 0 ? null : poolFor(sql, settings, admitted, request.characters ?? null, requestedAt);
    const order: BatchOrder = {
      id: pooled?.id ?? newBatchId(),
      kind: "direct",
      organizationId: profile.id,
      name: "Direct calls",
      ...settings,
      target_concurrency_limit: Math.max(1, admitted),
      createdAt: pooled?.createdAt ?? requestedAt,
      ...(request.characters === undefined ? {} : { requestedAt }),
      scheduledAt: null,
      retryPolicy: null,
      callingWindow: null,
      circuitBreaker: null,
      doNotCall: [],
      webhooks: webhookTargets(sql, agent_id),
      admission,
      organizationWindow: profile.calling_window,
    };
    if (pooled !== null) {
      rememberPeople(sql, order.createdAt, request.people);
      slots.grantDirectly(order.id, order.createdAt, admitted, now);
      countDirectCalls(sql, admitted, requestedAt, pooled.openPools);
    }
    // The answer is kept for a repeat of the key, also if no destination is called. A lack of slots is not kept: it
    // passes.
    if (request.idempotency !== null && !isOnlyShortOfSlots(admission))
      announce(sql, order, admitted, request.idempotency, newestEntry(sql), now);
    return ok(order);
  }
}
