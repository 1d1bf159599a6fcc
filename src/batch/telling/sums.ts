/**
 * What the batch's attempts come to, hour by hour, for its organization's reports. It is a recount of the rows whenever it
 * is told, so a crash loses nothing and counts nothing twice.
 */

import {
  countBilled,
  durationGroup,
  FIGURES,
  type Figures,
  type HourSums,
  noFigures,
  REACHED,
} from "../../calling/messages/report-sums.ts";
import { type CalleePlace, type CountedIn, countedHour, placeOf } from "../attempts/counted-hour.ts";
import type { EndedAttempt } from "../store/attempts.ts";

const SECONDS = 1_000;

type Callee = { readonly to_number: string; readonly timezone: string | null };
type Bucket = Omit<HourSums, "figures" | "version"> & { version: number; readonly figures: Figures };

export class Sums {
  readonly #calleeAt: (position: number) => Callee;
  /** By position. Losing it costs reading recipients again. */
  readonly #places: (CalleePlace | undefined)[] = [];

  constructor(calleeAt: (position: number) => Callee) {
    this.#calleeAt = calleeAt;
  }

  /** The hours in which something has changed since then. */
  since(at: number, attempts: readonly EndedAttempt[]): HourSums[] {
    const buckets = new Map<string, Bucket>();
    for (const attempt of attempts) this.#count(attempt, buckets);
    return [...buckets.values()]
      .filter(({ version }) => version >= at)
      .map(({ figures, ...bucket }) => ({ ...bucket, figures: FIGURES.map((name) => figures[name]) }));
  }

  #count(attempt: EndedAttempt, buckets: Map<string, Bucket>): void {
    const { hour, country, isLocal, isMobile = false } = this.#hourOf(attempt);
    const key = `${hour} ${country} ${isLocal}`;
    const bucket = buckets.get(key) ?? { hour, country, isLocal, version: 0, figures: noFigures() };
    buckets.set(key, bucket);
    bucket.version = Math.max(bucket.version, attempt.updated_at);
    countAttempt(attempt, isMobile, bucket.figures);
  }

  /** An erased recipient has no number any more. Its attempts are counted where they were. */
  #hourOf(attempt: EndedAttempt): CountedIn {
    if (attempt.counted_in !== null) return JSON.parse(attempt.counted_in) as CountedIn;
    const { position } = attempt;
    const place = this.#places[position] ?? placeOf(this.#calleeAt(position));
    this.#places[position] = place;
    return { ...countedHour(attempt, place), isMobile: place.isMobile };
  }
}

/** Adds an attempt that is over. `isMobile`: to a mobile number. */
export function countAttempt(attempt: EndedAttempt, isMobile: boolean, figures: Figures): void {
  const { carrier_call_id, answered_at, ended_at, status, answered_by, attempt: turn } = attempt;
  // A person who was erased before any call is in no report.
  if (attempt.failure_reason === "erased") return;
  if (carrier_call_id === null) {
    figures[withoutCall(attempt)] += 1;
    return;
  }
  figures.dialed += 1;
  if (status === "completed") {
    figures.completed += 1;
    figures[REACHED[Math.min(turn, REACHED.length) - 1] ?? "reached_1"] += 1;
  }
  if (answered_at === null) {
    figures[unanswered(attempt)] += 1;
    return;
  }
  figures.answered += 1;
  if (answered_by === "human" || answered_by === "machine") figures[answered_by] += 1;
  const seconds = Math.max(0, Math.round(((ended_at ?? answered_at) - answered_at) / SECONDS));
  countBilled(figures, seconds, isMobile);
  figures[durationGroup(seconds)] += 1;
}

function withoutCall({ failure_reason }: EndedAttempt): "not_placed" | "do_not_call" | "not_in_hours" {
  switch (failure_reason) {
    case null:
    case "line_gone":
      return "not_placed";
    case "do_not_call":
      return "do_not_call";
    default:
      return "not_in_hours";
  }
}

function unanswered({ end_reason }: EndedAttempt): "busy" | "no_answer" | "dial_failed" | "other" {
  switch (end_reason) {
    case "dial_busy":
      return "busy";
    case "dial_no_answer":
      return "no_answer";
    case "dial_failed":
      return "dial_failed";
    default:
      return "other";
  }
}
