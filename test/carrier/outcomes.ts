/**
 * What becomes of a call, by its destination: a demo and a test choose an outcome by dialing a number, without a switch.
 * Control can add outcomes for further numbers and prefixes.
 */

import type { AnsweredBy } from "./call.ts";
import { badRequest, type Refusal } from "./refusal.ts";

export type Outcome = {
  /** Refused with this Twilio code and a 400, always. */
  readonly refuse: number | null;
  /** The first request is refused with this status and places nothing; later ones are accepted. */
  readonly first_request: 429 | 503 | null;
  /** For the Retry-After header of a first request that is refused with 429. */
  readonly retry_after_seconds: number | null;
  readonly ends: "completed" | "busy" | "no-answer" | "failed";
  /** Who ends an answered call. `nobody`: it talks until its time limit or until the API ends it. */
  readonly hangs_up: "callee" | "agent" | "nobody";
  /** `reversed_twice`: held back until the call is over, then each sent twice, the newest event first. */
  readonly callbacks: "all" | "without_completed" | "reversed_twice" | "none";
  /** What the detection of machines comes to, where it is asked for. */
  readonly answered_by: AnsweredBy;
  /** In place of the carrier's pace, for this destination. */
  readonly ring_ms: number | null;
  /** How long it waits in the carrier's queue before its phone rings. */
  readonly queue_ms: number | null;
  readonly talk_ms: number | null;
};

export const ANSWERED: Outcome = {
  refuse: null,
  first_request: null,
  retry_after_seconds: null,
  ends: "completed",
  hangs_up: "callee",
  callbacks: "all",
  answered_by: "human",
  ring_ms: null,
  queue_ms: null,
  talk_ms: null,
};

export const BY_DESTINATION: Readonly<Record<string, Partial<Outcome>>> = {
  "+15005550001": { refuse: 21211 },
  "+15005550002": { ends: "busy" },
  "+15005550003": { ends: "no-answer" },
  "+15005550004": { ends: "failed" },
  "+15005550005": { first_request: 503 },
  "+15005550006": {},
  "+15005550007": { callbacks: "without_completed" },
  "+15005550008": { callbacks: "reversed_twice" },
  "+15005550009": { first_request: 429 },
  "+15005550010": { hangs_up: "agent" },
  "+15005550011": { hangs_up: "nobody" },
  "+15005550012": { answered_by: "machine_start", talk_ms: 60_000 },
};

export const defaultOutcomes = (): OutcomeTable => new OutcomeTable(BY_DESTINATION);

/** Numbers and prefixes (written with a final `*`); the whole number wins, then the longest prefix. */
export class OutcomeTable {
  readonly #outcomes = new Map<string, Outcome>();

  constructor(entries: Readonly<Record<string, Partial<Outcome>>> = {}) {
    for (const [key, outcome] of Object.entries(entries)) this.set(key, outcome);
  }

  set(key: string, outcome: Partial<Outcome> | null): void {
    if (outcome === null) this.#outcomes.delete(key);
    else this.#outcomes.set(key, { ...ANSWERED, ...outcome });
  }

  find(to: string): Outcome | null {
    const exact = this.#outcomes.get(to);
    if (exact !== undefined) return exact;
    for (let length = to.length; length >= 0; length -= 1) {
      const outcome = this.#outcomes.get(`${to.slice(0, length)}*`);
      if (outcome !== undefined) return outcome;
    }
    return null;
  }

  list(): Record<string, Outcome> {
    return Object.fromEntries(this.#outcomes);
  }
}

export function refusalOf(code: number, to: string): Refusal {
  const known: Readonly<Record<number, string>> = {
    21211: `The 'To' number ${to} is not a valid phone number.`,
    21214: `The 'To' number ${to} cannot be reached.`,
    21215: `Account not authorized to call ${to}. Check the geographic permissions.`,
    21216: `Account not allowed to call ${to}.`,
    21219: `The number ${to} is unverified. Trial accounts may only make calls to verified numbers.`,
  };
  return badRequest(code, known[code] ?? `The request was refused with code ${code}.`);
}
