/**
 * Direct calls as the API requests them. Admission, grant and all that is stored about them happen in one transaction.
 * The organization's object delegates to this class. `ledger.ts` decides who gets slots.
 */

import type { BatchOrder } from "../../calling/messages/batch-order.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newBatchId } from "../../calling/secrets/ids.ts";
import type { Sql } from "../../storage/sql.ts";
import { announce, meaningOfKey, REUSED, withdraw } from "../batches/announcements.ts";
import { deleteDirectOrder, insertDirectOrder } from "../batches/direct-orders.ts";
import { webhookTargets } from "../configuration/webhooks.ts";
import type { Slots } from "../ledger/slots.ts";
import { listedAmong, newestEntry } from "../people/do-not-call.ts";
import { forgetPeople, rememberPeople } from "../people/people-index.ts";
import type { DirectRequest } from "../rpc.ts";
import { capacityOf, countBatch, readProfile, uncountRecipients } from "../store/profile.ts";
import { callerOf, nextCreation, usageProblem, voicemailProblem } from "./admission.ts";
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
    const { order, arrived } = meaning;
    const admitted = admittedCount(order.admission ?? []);
    // The order's object was never created and its slots were taken back. If it is created after all, it dials no
    // destination.
    const isLost = admitted > 0 && !arrived && !this.#port.slots.holdings.has(order.id);
    if (!isLost) return ok(order);
    withdraw(sql, order.id);
    uncountRecipients(sql, admitted);
    deleteDirectOrder(sql, order.createdAt);
    forgetPeople(sql, order.createdAt);
    return null;
  }

  #settle(request: DirectRequest, now: number): Result<BatchOrder, Failure> {
    const { sql } = this.#port;
    const slots = this.#port.slots;
    const profile = readProfile(sql);
    const caller = callerOf(sql, request);
    if (!caller.ok) return caller;
    const { carrier, account } = caller.value;
    const voicemail = voicemailProblem(caller.value, request.onVoicemail);
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
    const order: BatchOrder = {
      id: newBatchId(),
      kind: "direct",
      organizationId: profile.id,
      name: "Direct calls",
      agent_id,
      from_number_id,
      region: carrier.regionOf(account),
      target_concurrency_limit: Math.max(1, admitted),
      ringing_timeout_seconds,
      max_call_duration_minutes,
      createdAt: nextCreation(profile, now),
      scheduledAt: null,
      retryPolicy: null,
      callingWindow: null,
      circuitBreaker: null,
      onVoicemail: request.onVoicemail,
      doNotCall: [],
      callbackBaseUrl: request.callbackBaseUrl,
      webhooks: webhookTargets(sql, agent_id),
      admission,
    };
    if (admitted > 0) {
      insertDirectOrder(sql, order);
      rememberPeople(sql, order.createdAt, request.people);
      slots.grantDirectly(order.id, order.createdAt, admitted, now);
      countBatch(sql, admitted, order.createdAt);
    }
    // If no destination is called, only the answer is kept, for a repeat of the key. A lack of slots is not kept: it
    // passes.
    if (admitted > 0 || (request.idempotency !== null && !isOnlyShortOfSlots(admission)))
      announce(sql, order, admitted, request.idempotency, newestEntry(sql), now);
    return ok(order);
  }
}
