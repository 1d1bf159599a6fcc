/**
 * The batch's reports to its organization: its statement about slots and its summary. A report is sent when they change
 * and repeated until acknowledged, one at a time. Reports are derived from the rows at that moment, so a lost one costs
 * time and never correctness. Losing this object's memory is safe: the present state is sent once more.
 */

import type { BatchReport } from "../../calling/messages/slots.ts";
import { present } from "../../calling/requests/assert.ts";
import { jittered } from "../../peer.ts";
import {
  doubled,
  REPORT_RETRY_AT_MOST_MS,
  REPORT_RETRY_MS,
  summaryEveryMs,
  WAITING_REPORT_MS,
} from "../attempts/timing.ts";
import type { LineAsked } from "../dialing/line.ts";
import type { AskedWhen } from "../slots/clearance.ts";
import type { SummaryHead } from "./views.ts";

/**
 * What decides when a report is sent. The whole summary is made only for one that is. `sumsDueAt`: when the reports' sums
 * have to be told; null where nothing of them is untold.
 */
export type Reportable = Pick<BatchReport, "slots" | "atRest" | "acts"> & {
  readonly summary: SummaryHead;
  readonly sumsDueAt?: number | null | undefined;
};
/** The answer to a report can bring what is asked otherwise: that there are no rules, and the line. */
export type ReportedWhen = AskedWhen & { readonly line: LineAsked };
/** The sums of all attempts: the time that they are told with, and how many changes of attempts there had been. */
export type Counted = { readonly at: number; readonly changes: number };
/** `sums`: those that it brings; null: none. */
export type Told = {
  readonly report: Reportable;
  readonly asked: ReportedWhen;
  readonly sums: Counted | null;
};
export type Planned = { readonly dueAt: number | null; readonly leaving: Told | null };

export class Reporter {
  /** What the organization knows, and since when. */
  #told: { readonly report: Reportable; readonly at: number } | null = null;
  /** The report in flight. */
  #telling: Told | null = null;
  #failures = 0;
  #retryAt = 0;

  /** All was acknowledged before the object was restarted. */
  assumeTold(report: Reportable, now: number): void {
    this.#told = { report, at: now };
  }

  /**
   * When a report is due; null without news. `leaving`: it is sent now, and `acknowledged` or `failed` answers it. Null while
   * one is in flight, or before it is due. `counted`: called for one that brings sums.
   */
  planned(current: Reportable, asked: ReportedWhen, counted: () => Counted): Planned {
    if (this.#telling !== null) return { dueAt: asked.at, leaving: null };
    const dueAt = this.dueAt(current, asked.at);
    if (dueAt === null || dueAt > asked.at) return { dueAt, leaving: null };
    const { sumsDueAt } = current;
    const areSumsDue = sumsDueAt !== null && sumsDueAt !== undefined && sumsDueAt <= asked.at;
    this.#telling = { report: current, asked, sums: areSumsDue ? counted() : null };
    return { dueAt, leaving: this.#telling };
  }

  /** When a report must be sent; null without news. */
  dueAt(current: Reportable, now: number): number | null {
    const wanted = this.#wantedAt(current, now);
    return wanted === null ? null : Math.max(wanted, this.#retryAt);
  }

  /** The organization has acknowledged; returns what it was told. */
  acknowledged(): Told {
    const told = present(this.#telling, "an answer has its report");
    this.#telling = null;
    this.#failures = 0;
    this.#retryAt = 0;
    this.#told = { report: told.report, at: told.asked.at };
    return told;
  }

  failed(now: number): void {
    this.#telling = null;
    this.#retryAt = now + jittered(doubled(REPORT_RETRY_MS, this.#failures, REPORT_RETRY_AT_MOST_MS), now);
    this.#failures += 1;
  }

  #wantedAt(current: Reportable, now: number): number | null {
    if (current.acts !== undefined) return now;
    const summaryAt = this.#summaryWantedAt(current, now);
    const sumsAt = current.sumsDueAt ?? null;
    return summaryAt === null || sumsAt === null ? (summaryAt ?? sumsAt) : Math.min(summaryAt, sumsAt);
  }

  #summaryWantedAt(current: Reportable, now: number): number | null {
    if (this.#told === null) return now;
    const { report, at } = this.#told;
    if (isUrgent(report, current)) return now;
    // Direct calls are in no list, so their summary is not needed.
    const isListed = !current.slots.direct;
    if (isListed && current.summary.lastUpdatedAt !== report.summary.lastUpdatedAt) {
      return at + summaryEveryMs(current.summary.admittedAt, at);
    }
    return current.slots.open && !current.slots.granted ? at + WAITING_REPORT_MS : null;
  }
}

/** The ledger's decisions depend on it, or a list would show a wrong status. */
function isUrgent(told: Reportable, current: Reportable): boolean {
  const [was, is] = [told.slots, current.slots];
  const isOther = was.requestNumber !== is.requestNumber || was.open !== is.open || was.slots !== is.slots;
  // Direct calls are dialed as soon as they know of their grant: by that the ledger hears that they do, and pays one row.
  if (is.direct) return isOther || (!is.open && was.holds !== is.holds);
  return (
    isOther ||
    told.atRest !== current.atRest ||
    told.summary.status !== current.summary.status ||
    told.summary.retry_count !== current.summary.retry_count ||
    was.granted !== is.granted ||
    was.holds !== is.holds
  );
}
