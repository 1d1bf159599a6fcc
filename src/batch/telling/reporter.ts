/**
 * The batch's line to its organization: its statement about slots and its summary, told when they change, repeated
 * until acknowledged, one message at a time. What is told is derived from the rows at that moment, so a message that is
 * lost costs time and never correctness. Losing this object's memory is safe: the present state is told once more.
 */

import type { BatchReport, ReportAnswer } from "../../calling/messages/slots.ts";
import { jittered } from "../../peer.ts";
import {
  doubled,
  REPORT_RETRY_AT_MOST_MS,
  REPORT_RETRY_MS,
  SUMMARY_EVERY_MS,
  summaryEveryMs,
  WAITING_REPORT_MS,
} from "../attempts/timing.ts";

export type ReporterPort = {
  readonly current: () => BatchReport;
  readonly send: (report: BatchReport) => Promise<ReportAnswer>;
  /** After each acknowledged report; it may change the batch, and looks at the reporter again afterwards. */
  readonly acknowledged: (report: BatchReport, answer: ReportAnswer) => void;
  readonly background: (work: Promise<void>) => void;
};

type Told = { readonly report: BatchReport; readonly at: number };

export class Reporter {
  readonly #port: ReporterPort;
  #told: Told | null = null;
  #sending: Promise<void> | null = null;
  #failures = 0;
  #retryAt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(port: ReporterPort) {
    this.#port = port;
  }

  /** Everything was acknowledged in an earlier life of the object. */
  assumeTold(report: BatchReport, now: number): void {
    this.#told = { report, at: now };
  }

  /** Tells what is due now and sets a timer for what is due within a second. Call after every change. */
  push(now: number): void {
    const due = this.dueAt(now);
    if (due === null || this.#sending !== null) return;
    if (due <= now) {
      const work = this.#send(now);
      this.#sending = work;
      this.#port.background(work);
    } else if (due <= now + SUMMARY_EVERY_MS && this.#timer === null) {
      // At most a second, and only while the batch is at work anyway.
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.push(Date.now());
      }, due - now);
    }
  }

  /** Resolves when what is being told is acknowledged or has failed. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  /** When something has to be told; null where there is nothing to say. */
  dueAt(now: number): number | null {
    const wanted = this.#wantedAt(now);
    return wanted === null ? null : Math.max(wanted, this.#retryAt);
  }

  #wantedAt(now: number): number | null {
    if (this.#told === null) return now;
    const { report, at } = this.#told;
    const current = this.#port.current();
    if (isUrgent(report, current)) return now;
    // Direct calls are in no list, so nobody reads their summary.
    const isListed = !current.slots.direct;
    if (isListed && current.summary.lastUpdatedAt !== report.summary.lastUpdatedAt) {
      return at + summaryEveryMs(current.summary.admittedAt, at);
    }
    return current.slots.open && !current.slots.granted ? at + WAITING_REPORT_MS : null;
  }

  async #send(now: number): Promise<void> {
    const report = this.#port.current();
    let answer: ReportAnswer;
    try {
      answer = await this.#port.send(report);
    } catch (error) {
      this.#sending = null;
      this.#retryAt = Date.now() + jittered(doubled(REPORT_RETRY_MS, this.#failures, REPORT_RETRY_AT_MOST_MS));
      this.#failures += 1;
      console.warn(JSON.stringify({ event: "report_failed", batch: report.summary.id, error: String(error) }));
      return;
    }
    this.#sending = null;
    this.#failures = 0;
    this.#retryAt = 0;
    this.#told = { report, at: now };
    this.#port.acknowledged(report, answer);
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
