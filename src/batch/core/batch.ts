/** All that is known of a batch: its rows in memory, and further state that may be lost at any moment. */

import type { BatchSummary } from "../../calling/messages/batch-view.ts";
import type { HourSums } from "../../calling/messages/report-sums.ts";
import type { RetryPolicy } from "../../calling/messages/retry-policy.ts";
import type { SlotStatement } from "../../calling/messages/slots.ts";
import { present } from "../../calling/requests/assert.ts";
import { type BatchRoute, callId, type RandomBytes } from "../../calling/secrets/ids.ts";
import { isAtRest, NO_RECIPIENTS } from "../../calling/words/batch-status.ts";
import type { Waiting } from "../../calling/words/waiting.ts";
import type { Settings } from "../../env.ts";
import { RECOVERY_IF_NOT_WOKEN_MS, RECOVERY_MS } from "../../storage/alarm-clock.ts";
import type { Sql } from "../../storage/sql.ts";
import { Circuit } from "../attempts/circuit.ts";
import type { CallTiming } from "../attempts/timing.ts";
import { ownPaceAt } from "../dialing/batch-pace.ts";
import { Connections } from "../dialing/connections.ts";
import { LineMemory } from "../dialing/line.ts";
import { Placing } from "../dialing/placing.ts";
import type { NextUp } from "../people/queue.ts";
import { Permission } from "../slots/permission.ts";
import { freeSlots, slotsOf, statementOf } from "../slots/request.ts";
import { type ChangePreview, changePreview } from "../steering/change-preview.ts";
import { evidenceSince } from "../store/attempt-texts.ts";
import { carrierCallsOf, endedAttempts, latestAttempts } from "../store/attempts.ts";
import { type BatchRow, retryPolicyOf, untoldActsOf, webhooksOf } from "../store/batch-row.ts";
import { Outbox } from "../telling/outbox.ts";
import { type Reportable, type ReportedWhen, Reporter } from "../telling/reporter.ts";
import { Sums } from "../telling/sums.ts";
import { SumsDue } from "../telling/sums-due.ts";
import { summaryHead, summaryOf } from "../telling/views.ts";
import { CallContexts } from "../watching/call-contexts.ts";
import { Watch, type Watched } from "../watching/watch.ts";
import { Appends } from "./asked/appends.ts";
import { AskedOrders } from "./asked/asked-orders.ts";
import { Callbacks } from "./asked/callbacks.ts";
import { EndingCalls } from "./asked/ending-calls.ts";
import { type DirectRequest, positionsOf, standingOf } from "./direct-requests.ts";
import { BatchState } from "./state.ts";
import { type Pauses, waitingOf } from "./waiting.ts";

/** `callCheckMs`: from an answer to the first question about a silent call. `random`: secrets and ids are made of it. */
export type Given = Pick<Settings, "callCheckMs" | "carrierConnections" | "keyRing"> & { readonly random: RandomBytes };

/** One of its lines to the organization, and what there is to say by it. */
export type Telling = {
  readonly reporter: Reporter;
  readonly report: Reportable;
  readonly summary: () => BatchSummary;
};

const actsToTell = (row: BatchRow): Pick<Reportable, "acts"> =>
  row.untold_acts === null ? {} : { acts: untoldActsOf(row) };

export class Batch extends BatchState {
  readonly route: BatchRoute;
  readonly line = new LineMemory();
  readonly permission: Permission;
  readonly placing: Placing;
  readonly watch: Watch;
  readonly circuit: Circuit;
  readonly contexts: CallContexts;
  /** A batch's. Of direct calls each request has its own. */
  readonly reporter = new Reporter();
  readonly appends = new Appends();
  readonly askedOrders = new AskedOrders();
  readonly endingCalls = new EndingCalls();
  readonly callbacks = new Callbacks();
  readonly random: RandomBytes;
  readonly outbox: Outbox;
  readonly #checkMs: number;
  readonly sumsDue = new SumsDue();
  readonly #sums = new Sums((position) => this.recipients.at(position));

  /** `first`: of a new batch, which its first event stores. */
  constructor(sql: Sql, route: BatchRoute, given: Given, first: BatchRow | null = null) {
    super(sql, first);
    const { callCheckMs, carrierConnections, keyRing, random } = given;
    this.route = route;
    this.random = random;
    this.#checkMs = callCheckMs;
    this.permission = new Permission(this.heldBack, this.recipients, this.row.paced_until ?? 0);
    this.placing = new Placing(route, this.row.deferred_until ?? 0, keyRing, new Connections(carrierConnections));
    this.watch = new Watch(this.placing.connections, this.#watched());
    this.circuit = new Circuit((since) => [...evidenceSince(sql, since), ...this.attempts.ahead]);
    this.contexts = new CallContexts(
      (number) => this.attempts.find(number),
      () => this.timing.maxDurationMs,
    );
    this.outbox = new Outbox(sql, () => webhooksOf(this.row), random);
    if (this.row.rest_known === 1) this.reporter.assumeTold(this.report(), this.row.changed_at);
  }

  /** Calls are in flight. */
  get isCalling(): boolean {
    return this.roster.inFlight.size > 0;
  }
  /** If the object stops, its work goes on after this time. Who asks for direct calls waits for them. */
  get recoveryMs(): number {
    return this.isCalling && !this.isDirect ? RECOVERY_IF_NOT_WOKEN_MS : RECOVERY_MS;
  }
  get rulesHeard(): number {
    return this.permission.rulesHeard;
  }
  get retryPolicy(): RetryPolicy | null {
    return retryPolicyOf(this.row);
  }
  get timing(): CallTiming {
    return {
      ringingMs: this.row.ringing_timeout_seconds * 1_000,
      maxDurationMs: this.row.max_call_duration_minutes * 60_000,
      checkMs: this.#checkMs,
      asking: this.line.asking,
    };
  }

  /** Until when the carrier and the paces pause dialing; in the past if they do not. */
  get pauses(): Pauses {
    return {
      pausedUntil: this.placing.pausedUntil,
      pacedUntil: Math.max(this.permission.pacedUntil, ownPaceAt(this.row, this.roster)),
    };
  }

  /** No recipient of the request waits to be dialed, and the carrier has answered for each. */
  isPlaced(request: DirectRequest): boolean {
    return positionsOf(request).every((position) => {
      const latest = this.roster.latestOf(position);
      return latest !== null && latest.status !== "queued" && !this.placing.isUnderWay(latest.number);
    });
  }

  /** Recipients who may be dialed now, in order. Of direct calls only those with slots. */
  inTurn(now: number): Iterable<NextUp> {
    const inTurn = this.roster.queue.inTurn(now);
    return this.direct === null ? inTurn : this.direct.mayBeDialed(inTurn);
  }

  /** Whether a recipient may be dialed now. */
  hasNext(now: number): boolean {
    if (this.direct === null) return this.roster.queue.next(now) !== null;
    for (const _ of this.inTurn(now)) return true;
    return false;
  }

  get hasSlots(): boolean {
    return this.direct === null ? slotsOf(this.row) !== null : this.direct.hasSlots;
  }

  /** How many more calls it has slots for now. */
  get freeSlots(): number {
    return this.direct === null ? freeSlots(this.row, this.roster.flying) : this.direct.slotsToUse(this.roster);
  }

  /** A recipient who waits at that time fails; null without such a time. */
  get expiresAt(): number | null {
    return this.direct === null ? this.callingHours.expiresAt : this.direct.nextLateAt(this.roster);
  }

  /** The id that carrier and agent get with the call: of the batch, or of the request for direct calls. */
  groupOf(position: number): string {
    return this.direct?.idAt(position) ?? this.row.id;
  }

  /** What the watchdog needs. */
  #watched(): Watched {
    const batch = this;
    return {
      get timing() {
        return batch.timing;
      },
      get inFlight() {
        return batch.roster.inFlight;
      },
      get isCancelled() {
        return batch.row.cancelled_at !== null;
      },
      isBusy: (number) => this.placing.isUnderWay(number),
      find: (number) => this.attempts.find(number),
      contextOf: (number) => this.contexts.of(number),
      numberOf: (row) => this.recipients.at(row.position).to_number,
      callIdOf: (row) => callId(this.route, row.number),
      claimed: (ids) => carrierCallsOf(this.sql, ids),
    };
  }

  summary(): BatchSummary {
    return summaryOf(this.row, this.roster);
  }

  /** `id`: of a request for direct calls, which may not be here. Organizations of an earlier version name none. */
  statement(id: string = this.row.id): SlotStatement | null {
    if (this.direct === null) return statementOf(this.row, this.roster.flying);
    const request = this.direct.find(id);
    return request === null ? null : this.direct.statement(request, this.roster);
  }

  /** What there is to say to the organization. The reports' sums and the audit's acts go with the first. */
  tellings(): readonly Telling[] {
    if (this.direct === null)
      return [{ reporter: this.reporter, report: this.report(), summary: () => this.summary() }];
    const sumsDueAt = this.sumsDue.at(this.row, this.roster);
    const acts = actsToTell(this.row);
    const requests = [...this.direct.allUnsettled].map((request, index) =>
      this.#tellingOf(request, request.reporter, index === 0 ? { sumsDueAt, ...acts } : { sumsDueAt: null }),
    );
    const own = sumsDueAt === null && acts.acts === undefined ? null : this.direct.find(this.row.id);
    if (requests.length > 0 || own === null) return requests;
    return [this.#tellingOf(own, this.reporter, { sumsDueAt, ...acts })];
  }

  /** `row`: as it is about to be stored. */
  report(row = this.row): Reportable {
    const atRest = isAtRest(this.roster.counts);
    const slots = statementOf(row, this.roster.flying);
    const summary = summaryHead(this.row, this.roster);
    return { summary, slots, atRest, sumsDueAt: this.sumsDue.at(row, this.roster), ...actsToTell(row) };
  }

  /** A report is a question too: its answer brings the line, and says whether there are rules. */
  reportedWhen(now: number): ReportedWhen {
    return { ...this.permission.when(now), line: this.line.asked(now) };
  }

  /** The hours that the organization's reports have not been told of as they are. */
  untoldSums(): HourSums[] {
    return this.#sums.since(this.row.sums_told, endedAttempts(this.sql));
  }

  /** Direct calls are in no list, so the summary only says which request it is. */
  #tellingOf(request: DirectRequest, reporter: Reporter, besides: Pick<Reportable, "sumsDueAt" | "acts">): Telling {
    const { waiting, flying } = standingOf(request, this.roster);
    const counts = {
      ...NO_RECIPIENTS,
      queued: waiting,
      dispatched: flying,
      completed: request.count - waiting - flying,
    };
    const row = { ...this.row, id: request.id };
    const standing = { counts, called: 0, answered: 0, updatedAt: 0 };
    const slots = present(this.direct, "it has requests").statement(request, this.roster);
    return {
      reporter,
      report: { summary: summaryHead(row, standing), slots, atRest: isAtRest(counts), ...besides },
      summary: () => summaryOf(row, standing),
    };
  }

  waiting(now: number): Waiting | null {
    return waitingOf(this.row, this.roster, this.pauses, now);
  }

  /** What a change to this row would make of the recipients that wait. */
  previewed(after: BatchRow, now: number): ChangePreview {
    const { row, roster, callingHours, heldBack, recipients } = this;
    return changePreview(
      { row, roster, callingHours, heldBack, recipients, latest: latestAttempts(this.sql) },
      after,
      now,
    );
  }

  override replaceRow(row: BatchRow): void {
    super.replaceRow(row);
    // Only batches with slots are told of new rules. So a batch without slots must forget earlier answers.
    if (!this.hasSlots) this.permission.forget();
  }
}
