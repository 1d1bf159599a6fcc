/** Compares the API's answers with the carrier's records: counters, outcomes, and that no recipient is left over. */

import type { CarrierCall, Telephone } from "../carriers/telephone.ts";
import type { Client } from "../clients/client.ts";
import type { Known, KnownBatch, KnownOrganization } from "../clients/known.ts";
import type { Receiver } from "../clients/receiver.ts";
import type { Platform } from "../platform/platform.ts";
import { type Admitted, isOrderCertain, judgeOrder } from "./fairness.ts";
import { ReportJudge, type ShownAttempt } from "./reports.ts";

type Attempt = ShownAttempt & {
  readonly agent_call_id?: string;
  readonly end_reason?: string;
  readonly error_message?: string;
  readonly dispatched_at?: string;
};
type Recipient = {
  readonly id: string;
  readonly to_number: string;
  readonly status: string;
  readonly attempts?: readonly Attempt[];
};
type Batch = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly admitted_at?: string;
  readonly total_calls_scheduled: number;
  readonly total_calls_dispatched: number;
  readonly total_calls_finished: number;
  readonly recipients?: readonly Recipient[];
};
type Listed = { readonly data: readonly Batch[]; readonly has_more: boolean };
type Concurrency = {
  readonly limit: number;
  readonly in_use: number;
  readonly holding: object[];
  readonly waiting: object[];
};

const OVER = new Set(["completed", "failed", "cancelled"]);
/** What a carrier has told is stored within five seconds, and its acknowledgement may have been late. */
const STORED_WITHIN_MS = 5_500;
const LATE_MS = 30_000;

/** No event that must be sent is lost: one for each attempt that was a call, and the batch's end. */
function judgeBatchEvents(platform: Platform, receiver: Receiver, batch: Batch): void {
  const expect = (type: string, about: string): void => {
    if (!receiver.was(type, about)) platform.problem(`a webhook was never told ${type} of ${about} in ${batch.name}`);
  };
  for (const { status, agent_call_id, dispatched_at } of (batch.recipients ?? []).flatMap(
    ({ attempts = [] }) => attempts,
  )) {
    if (agent_call_id === undefined || dispatched_at === undefined) continue;
    if (status === "completed" || status === "failed") expect(`call_${status}`, agent_call_id);
  }
  if (batch.admitted_at !== undefined) expect("batch_admitted", batch.id);
  if (batch.total_calls_scheduled === 0) return;
  if (batch.status === "cancelled") expect("batch_cancelled", batch.id);
  else if (OVER.has(batch.status)) expect("batch_completed", batch.id);
}

/** Promise 6. */
export function judgeCounters(platform: Platform, batch: Batch): void {
  const recipients = batch.recipients ?? [];
  const count = (...statuses: string[]): number => recipients.filter(({ status }) => statuses.includes(status)).length;
  const recounted = {
    total_calls_scheduled: recipients.length,
    total_calls_dispatched: count("dispatched", "started", "completed", "failed"),
    total_calls_finished: count("completed", "failed"),
  };
  for (const [name, value] of Object.entries(recounted)) {
    const said = batch[name as keyof typeof recounted];
    if (said !== value) platform.problem(`${batch.name} says ${name} ${said}, and a recount ${value}`);
  }
}

export class Auditor {
  readonly #platform: Platform;
  readonly #client: Client;
  readonly #known: Known;
  readonly #telephone: Telephone;
  readonly #couldNotBeAsked: boolean;
  readonly #isOrderCertain: boolean;
  readonly #learned: (batch: KnownBatch, id: string) => void;

  constructor(
    platform: Platform,
    client: Client,
    known: Known,
    telephone: Telephone,
    learned: (batch: KnownBatch, id: string) => void,
  ) {
    this.#learned = learned;
    this.#couldNotBeAsked = platform.faults.questionFails > 0;
    this.#isOrderCertain = isOrderCertain(platform.faults);
    this.#platform = platform;
    this.#client = client;
    this.#known = known;
    this.#telephone = telephone;
  }

  /** During a history, when answers may be lost. */
  async look(batch: KnownBatch, read: () => Promise<{ status: number | null; body: unknown }>): Promise<void> {
    const askedAt = this.#platform.scheduler.now;
    const answer = await read();
    if (answer.status === 200) {
      const shown = answer.body as Batch;
      judgeCounters(this.#platform, shown);
      for (const recipient of shown.recipients ?? []) this.#judgeProgress(batch, recipient, askedAt);
    }
    await this.#judgeLedger(batch.organization);
  }

  /** Completed calls were answered, and finished calls have ended at the carrier too. What was heard is not forgotten. */
  #judgeProgress(batch: KnownBatch, recipient: Recipient, askedAt: number): void {
    for (const attempt of recipient.attempts ?? []) {
      const call = this.#telephone.byCallId.get(attempt.agent_call_id ?? "");
      if (call === undefined) continue;
      if (!OVER.has(attempt.status) && attempt.status !== "started" && this.#isCertainlyKnown(call, askedAt)) {
        this.#platform.problem(`${batch.name} says ${attempt.status} of ${call.callId}, and knew that it was answered`);
      }
      if (!OVER.has(attempt.status)) continue;
      if (call.end === null && attempt.status === "completed") {
        this.#platform.problem(`${batch.name} says that ${call.callId} is completed while it goes on`);
      }
    }
  }

  /** A callback has told of its answer or end, and no object has stopped before that was stored. */
  #isCertainlyKnown({ heardAt }: CarrierCall, askedAt: number): boolean {
    if (heardAt === null || heardAt >= askedAt) return false;
    const isAtRisk = (at: number) => at > heardAt - LATE_MS && at < heardAt + STORED_WITHIN_MS;
    return !this.#platform.deaths.some(({ label, at }) => label.startsWith("batch") && isAtRisk(at));
  }

  async #judgeLedger({ key, plan, limit }: KnownOrganization): Promise<void> {
    const { status, body } = await this.#client.ask(key, "GET", "/agents/concurrency");
    if (status !== 200) return;
    const { in_use } = body as Concurrency;
    const most = Math.max(...limit.possible(0, this.#platform.scheduler.now));
    if (in_use > most) this.#platform.problem(`${plan.id} has granted ${in_use} slots, and its limit is ${most}`);
  }

  /** At the end, when nothing fails and no event is left. */
  async judgeEnd(): Promise<void> {
    for (const organization of this.#known.organizations) {
      const { key, plan } = organization;
      const concurrency = await this.#client.ask(key, "GET", "/agents/concurrency");
      const { in_use, holding, waiting } = concurrency.body as Concurrency;
      if (in_use > 0 || holding.length > 0 || waiting.length > 0) {
        this.#platform.problem(`${plan.id} still counts ${in_use} slots: ${JSON.stringify({ holding, waiting })}`);
      }
      const names = new Set<string>();
      const admitted: Admitted[] = [];
      const shown = new Map<string, { name: string; attempts: Attempt[] }>();
      for (const listed of await this.#listed(key)) {
        if (names.has(listed.name)) this.#platform.problem(`${listed.name} was asked for once and is there twice`);
        names.add(listed.name);
        const answer = await this.#client.ask(key, "GET", `/agents/calls/batches/${listed.id}?expand=attempts`);
        if (answer.status !== 200) {
          this.#platform.problem(`${listed.name} is in the list, and is answered ${answer.status}`);
          continue;
        }
        const batch = answer.body as Batch;
        this.#judgeSummary(listed, batch);
        judgeCounters(this.#platform, batch);
        const attempts = (batch.recipients ?? []).flatMap(({ attempts: some = [] }) => some);
        shown.set(batch.id, { name: batch.name, attempts });
        const known = this.#known.batches.get(batch.name);
        if (known !== undefined && known.batchId === null) this.#learned(known, batch.id);
        for (const recipient of batch.recipients ?? []) this.#judgeRecipient(batch, recipient);
        if (known !== undefined && batch.admitted_at !== undefined) {
          admitted.push({ batch: known, admittedAt: Date.parse(batch.admitted_at) });
        }
        if (known !== undefined) this.#judgePeople(known, batch.recipients ?? []);
        if (organization.receiver !== null) judgeBatchEvents(this.#platform, organization.receiver, batch);
      }
      await new ReportJudge(this.#platform, this.#client).judge(key, plan.id, shown);
      if (this.#isOrderCertain && this.#platform.releases === 0) judgeOrder(this.#platform, organization, admitted);
      if (organization.receiver !== null) await this.#judgeReceiver(organization, organization.receiver);
    }
    for (const batch of this.#known.batches.values()) {
      if (batch.acceptedAt !== null && !(await this.#isThere(batch))) this.#platform.problem(`${batch.name} is gone`);
    }
    for (const call of this.#telephone.calls) {
      if (call.end === null) this.#platform.problem(`${call.callId} goes on at the carrier for ever`);
    }
  }

  /** Every accepted recipient is there, as often as was ordered. */
  #judgePeople({ name, copies, organization }: KnownBatch, recipients: readonly Recipient[]): void {
    const there = new Map<string, number>();
    for (const { to_number } of recipients) there.set(to_number, (there.get(to_number) ?? 0) + 1);
    for (const number of new Set([...copies.numbers, ...there.keys()])) {
      const count = there.get(number) ?? 0;
      const { least, most } = copies.of(number);
      // Numbers on the do-not-call list are left out.
      const fewest = organization.listed.has(number) ? 0 : least;
      if (count < fewest || count > most) {
        this.#platform.problem(`${number} is ${count} times in ${name}, and ${least} to ${most} were ordered`);
      }
    }
  }

  /** A test event arrives, and each finished call of the organization was reported. */
  async #judgeReceiver({ key, plan }: KnownOrganization, receiver: Receiver): Promise<void> {
    const { tests } = receiver;
    const { status } = await this.#client.ask(key, "POST", `/agents/webhooks/${receiver.webhookId}/test`);
    await this.#client.wait(60_000);
    if (status !== 200 && status !== 201 && status !== 202)
      this.#platform.problem(`a test of a webhook is answered ${status}`);
    else if (receiver.tests === tests) this.#platform.problem(`the webhook of ${plan.id} was sent no test`);
    for (const call of this.#telephone.calls) {
      if (call.organizationId !== plan.id) continue;
      if (!receiver.was("call_completed", call.callId) && !receiver.was("call_failed", call.callId)) {
        this.#platform.problem(`the webhook of ${plan.id} was not told of the end of ${call.callId}`);
      }
    }
  }

  async #isThere({ organization, batchId }: KnownBatch): Promise<boolean> {
    const { status } = await this.#client.ask(organization.key, "GET", `/agents/calls/batches/${batchId}`);
    return status === 200;
  }

  async #listed(key: string): Promise<Batch[]> {
    const { body } = await this.#client.ask(key, "GET", "/agents/calls/batches?limit=100");
    return [...(body as Listed).data];
  }

  #judgeSummary(listed: Batch, batch: Batch): void {
    for (const name of ["status", "total_calls_scheduled", "total_calls_dispatched", "total_calls_finished"] as const) {
      if (listed[name] !== batch[name]) {
        this.#platform.problem(`${batch.name} says ${name} ${batch[name]}, and the list says ${listed[name]}`);
      }
    }
  }

  #judgeRecipient(batch: Batch, recipient: Recipient): void {
    if (!OVER.has(recipient.status)) {
      this.#platform.problem(`${recipient.to_number} of ${batch.name} is ${recipient.status} for ever`);
    }
    for (const attempt of recipient.attempts ?? []) {
      const call = this.#telephone.byCallId.get(attempt.agent_call_id ?? "");
      if (call !== undefined) this.#judgeOutcome(batch, attempt, call);
      else if (attempt.status === "completed") {
        this.#platform.problem(
          `${batch.name} says that ${attempt.agent_call_id} was completed, and it was never placed`,
        );
      }
    }
  }

  /** The carrier's record is the truth, and can be read. */
  #judgeOutcome(batch: Batch, attempt: Attempt, call: CarrierCall): void {
    if (attempt.status === "failed" && attempt.end_reason === undefined && !this.#couldNotBeAsked) {
      const said = JSON.stringify(attempt.error_message);
      this.#platform.problem(`${batch.name} has given ${call.callId} up, which the carrier lists: ${said}`);
    }
    const wasCompleted = attempt.status === "completed";
    const isMachine = call.answeredBy === "machine";
    if (wasCompleted === (call.end === "completed") || (isMachine && !wasCompleted)) return;
    const { status, end_reason, error_message } = attempt;
    // If questions fail for long enough, it is known only that the call must be over.
    if (this.#couldNotBeAsked && error_message?.includes("its outcome is not known")) return;
    this.#platform.problem(
      `${batch.name} says ${JSON.stringify({ status, end_reason, error_message })} of ${call.callId}, and the carrier ${call.end}`,
    );
  }
}
