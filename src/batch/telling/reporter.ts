/**
 * The batch's line to its organization: its statement about slots and its summary, told when they change, repeated
 * until acknowledged, one message at a time. What is told is derived from the rows at that moment, so a message that is
 * lost costs time and never correctness. Losing this object's memory is safe: the present state is told once more.
 */

import type { BatchReport } from "../../calling/messages/slots.ts";
import { present } from "../../calling/requests/assert.ts";
import { jittered } from "../../peer.ts";
import {
  doubled,
  REPORT_RETRY_AT_MOST_MS,
  REPORT_RETRY_MS,
  SUMMARY_EVERY_MS,
  summaryEveryMs,
  WAITING_REPORT_MS,
} from "../attempts/timing.ts";

type Told = { readonly report: BatchReport; readonly at: number };

export class Reporter {
  #told: Told | null = null;
  /** What is being told. */
  #telling: Told | null = null;
  #failures = 0;
  #retryAt = 0;

  /** Everything was acknowledged in an earlier life of the object. */
  assumeTold(report: BatchReport, now: number): void {
    this.#told = { report, at: now };
  }

  /** Whether this has to be told now, which `acknowledged` or `failed` answers; not while something is being told. */
  isToBeTold(current: BatchReport, now: number): boolean {
    const due = this.dueAt(current, now);
    if (due === null || due > now || this.#telling !== null) return false;
    this.#telling = { report: current, at: now };
    return true;
  }

  /** What is due so soon that a timer serves, while the batch is at work anyway; null where nothing is. */
  soon(current: BatchReport, now: number): number | null {
    const due = this.#telling === null ? this.dueAt(current, now) : null;
    return due !== null && due > now && due <= now + SUMMARY_EVERY_MS ? due : null;
  }

  /** When something has to be told; null where there is nothing to say. */
  dueAt(current: BatchReport, now: number): number | null {
    const wanted = this.#wantedAt(current, now);
    return wanted === null ? null : Math.max(wanted, this.#retryAt);
  }

  /** The organization has heard: what was told, which is what it knows now. */
  acknowledged(): BatchReport {
    const told = present(this.#telling, "an answer has its report");
    this.#telling = null;
    this.#failures = 0;
    this.#retryAt = 0;
    this.#told = told;
    return told.report;
  }

  failed(now: number): void {
    this.#telling = null;
    this.#retryAt = now + jittered(doubled(REPORT_RETRY_MS, this.#failures, REPORT_RETRY_AT_MOST_MS));
    this.#failures += 1;
  }

  #wantedAt(current: BatchReport, now: number): number | null {
    if (this.#told === null) return now;
    const { report, at } = this.#told;
    if (isUrgent(report, current)) return now;
    // Direct calls are in no list, so nobody reads their summary.
    const isListed = !current.slots.direct;
    if (isListed && current.summary.lastUpdatedAt !== report.summary.lastUpdatedAt) {
      return at + summaryEveryMs(current.summary.admittedAt, at);
    }
    return current.slots.open && !current.slots.granted ? at + WAITING_REPORT_MS : null;
  }
}

/** The ledger decides on it, or a list would show the wrong word. */
function isUrgent(told: BatchReport, current: BatchReport): boolean {
  return (
    told.atRest !== current.atRest ||
    told.summary.status !== current.summary.status ||
    told.summary.retry_count !== current.summary.retry_count ||
    told.slots.requestNumber !== current.slots.requestNumber ||
    told.slots.open !== current.slots.open ||
    told.slots.granted !== current.slots.granted ||
    told.slots.slots !== current.slots.slots ||
    told.slots.holds !== current.slots.holds
  );
}
