/**
 * What a batch asks its organization before it dials, and the answer. May these people be called, and may the carrier
 * get another call? The organization sees all of its batches, so it applies the rules that hold for a number across
 * them.
 *
 * A question may be repeated: a recipient counts once for a position and attempt.
 */

/** Limits for one number across all batches. Null: no limit. */
export type ContactRules = {
  /** From one dialing to the next. */
  readonly min_gap_minutes: number | null;
  /** By the calendar of the number's time zone, or UTC if that is unknown. */
  readonly max_attempts_per_number_per_day: number | null;
};
export const NO_CONTACT_RULES: ContactRules = { min_gap_minutes: null, max_attempts_per_number_per_day: null };

/** One attempt to call one number. Position and attempt identify it within its batch. */
export type Contact = { readonly position: number; readonly attempt: number; readonly number: string };
/** `timezone`: an IANA name that replaces the number's zones. */
export type Candidate = Contact & { readonly timezone: string | null };

export type ClearanceRequest = {
  readonly batchId: string;
  readonly fromNumberId: string;
  /** The batch's own; the organization's are added, and the stricter one applies. */
  readonly rules: ContactRules;
  /** In the order of dialing. Empty: the batch asks whether it needs to ask at all. */
  readonly candidates: readonly Candidate[];
  /** How many of them can be dialed now. The others are included so that those who must wait do not block the queue. */
  readonly atMost: number;
  /** Cleared before, and no phone can have rung: they no longer count. */
  readonly unused: readonly Contact[];
  /** The carrier has said "not now" since the last question. */
  readonly isThrottled: boolean;
};

/** Nobody is asked about: what counts is that the organization hears, or whether it has rules. */
export const ABOUT_NOBODY = { candidates: [], atMost: 0, unused: [], isThrottled: false } as const;

/** Why a number may not be called yet. */
export type ContactWaitReason = "contact_gap" | "daily_cap";

export type Verdict =
  /** May be dialed at this time or soon after. */
  | { readonly kind: "clear"; readonly at: number }
  /** On the do-not-call list. */
  | { readonly kind: "barred" }
  /** May be asked for again at that time, and not before. */
  | { readonly kind: "wait"; readonly until: number; readonly reason: ContactWaitReason }
  /** Other calls take the pace until about then; no more may begin. */
  | { readonly kind: "paced"; readonly until: number }
  /** May be called, and so may enough recipients before it. Nothing is recorded. */
  | { readonly kind: "spare" };

export type ClearanceAnswer = {
  /** By the organization's clock, like all times in the verdicts. */
  readonly decidedAt: number;
  /** For the candidates, in their order. */
  readonly verdicts: readonly Verdict[];
  /** The organization has no rules: for `FREE_MS` from the question on, the batch need not ask. */
  readonly isFree: boolean;
  /** Contacts are recorded: those that were not used must be reported as `unused`. */
  readonly isRemembered: boolean;
};

/**
 * Converts the answer to the batch's clock; the batch asked and heard at `askedAt` and `heardAt`. A decision time
 * between the two proves no clock difference, so times are kept. Otherwise they are moved, to be as long after
 * `heardAt` as they were after the decision. So a clock that is ahead delays no call for ever.
 */
export function byClockOf(askedAt: number, heardAt: number, answer: ClearanceAnswer): ClearanceAnswer {
  if (askedAt <= answer.decidedAt && answer.decidedAt <= heardAt) return answer;
  const shift = heardAt - answer.decidedAt;
  return { ...answer, decidedAt: heardAt, verdicts: answer.verdicts.map((verdict) => shifted(verdict, shift)) };
}

function shifted(verdict: Verdict, shift: number): Verdict {
  switch (verdict.kind) {
    case "clear":
      return { ...verdict, at: verdict.at + shift };
    case "wait":
    case "paced":
      return { ...verdict, until: verdict.until + shift };
    case "barred":
    case "spare":
      return verdict;
  }
}

/**
 * How long a batch relies on the answer that it need not ask, from its question on, by its own clock. A new rule is
 * told to every dialing batch. It holds when all have acknowledged it, or when all earlier answers are older than this.
 * A longer time saves questions; a shorter one makes rules hold sooner when a batch does not answer.
 */
export const FREE_MS = 20_000;

/**
 * A cleared recipient is dialed within this time after the question, or asked for again: another batch may have called
 * it.
 */
export const CLEARED_MS = 5_000;

/**
 * A cleared call has left this long after the decision, or never will. The batch dials for `CLEARED_MS`, a lane sends 2
 * s later, and clocks differ by up to 5 s. The rest allows for slow durable writes. Within this time, the order of two
 * calls is not known.
 */
export const LEAVES_WITHIN_MS = 15_000;

/**
 * Candidates asked for at once while some must wait for their gap or their day. A batch of 5,000 recipients who were
 * all called today knows it after 50 questions. Callable ones at the end of the list need not wait for the others.
 */
export const LOOK_AHEAD = 100;

/** Calls are cleared this far ahead, so that one question serves several calls spread by the pace. */
export const PACE_AHEAD_MS = 2_000;
