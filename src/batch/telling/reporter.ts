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
  TIMER_AT_MOST_MS,
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
/** `sums`: when those were counted that it brings, and how many changes of attempts there had been; null: none. */
export type Told = {
  readonly report: Reportable;
  readonly asked: ReportedWhen;
  readonly sums: { readonly at: number; readonly changes: number } | null;
};

export class Reporter {
  #told: Told | null = null;
  /** The report in flight. */
  #telling: Told | null = null;
  #failures = 0;
  #retryAt = 0;

  /** All was acknowledged before the object was restarted. */
  assumeTold(report: Reportable, now: number): void {
    this.#told = { report, asked: { at: now, rules: 0, line: { at: now, forgotten: 0 } }, sums: null };
  }

  /** Whether to send this report now; `acknowledged` or `failed` answers it. False while a report is in flight. */
  isToBeTold(current: Reportable, asked: ReportedWhen): boolean {
    const due = this.dueAt(current, asked.at);
    if (due === null || due > asked.at || this.#telling !== null) return false;
    this.#telling = { report: current, asked, sums: null };
    return true;
  }

  /** When a report is due, if a timer is enough while the batch is at work; otherwise null. */
  soon(current: Reportable, now: number): number | null {
    const due = this.#telling === null ? this.dueAt(current, now) : null;
    return due !== null && due > now && due <= now + TIMER_AT_MOST_MS ? due : null;
  }

  /** When a report must be sent; null without news. */
  dueAt(current: Reportable, now: number): number | null {
    const wanted = this.#wantedAt(current, now);
    return wanted === null ? null : Math.max(wanted, this.#retryAt);
  }

  /** The organization has acknowledged; returns what it knows now. */
  acknowledged(): Told {
    const told = present(this.#telling, "an answer has its report");
    this.#telling = null;
    this.#failures = 0;
    this.#retryAt = 0;
    this.#told = told;
    return told;
  }

  /** What is being told brings the sums as they were counted now, after so many changes. */
  bringsSums(at: number, changes: number): void {
    this.#telling = { ...present(this.#telling, "it is being told"), sums: { at, changes } };
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
    const { report, asked } = this.#told;
    if (isUrgent(report, current)) return now;
    // Direct calls are in no list, so their summary is not needed.
    const isListed = !current.slots.direct;
    if (isListed && current.summary.lastUpdatedAt !== report.summary.lastUpdatedAt) {
      return asked.at + summaryEveryMs(current.summary.admittedAt, asked.at);
    }
    return current.slots.open && !current.slots.granted ? asked.at + WAITING_REPORT_MS : null;
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
