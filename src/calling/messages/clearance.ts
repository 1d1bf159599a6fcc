/**
 * What a batch asks of its organization before it dials, and what it is answered: whether these people may be called,
 * and whether the carrier may be given another call. The organization sees all of its batches, so it decides what holds
 * for a person or a number across them.
 *
 * A question may be repeated: a recipient asked about again under the same position and attempt counts once.
 */

/** Limits for one number across all batches. Null: no such rule. */
export type ContactRules = {
  /** From one call's dialing to the next one's. */
  readonly min_gap_minutes: number | null;
  /** By the calendar of the number's time zone, or UTC where that is not known. */
  readonly max_attempts_per_number_per_day: number | null;
};
export const NO_CONTACT_RULES: ContactRules = { min_gap_minutes: null, max_attempts_per_number_per_day: null };

/** One attempt to call one number. Position and attempt name it within its batch. */
export type Contact = { readonly position: number; readonly attempt: number; readonly number: string };
/** `timezone`: an IANA name that counts in place of the number's. */
export type Candidate = Contact & { readonly timezone: string | null };

export type ClearanceRequest = {
  readonly batchId: string;
  readonly fromNumberId: string;
  /** The batch's own; the organization's are added to them, and the stricter one counts. */
  readonly rules: ContactRules;
  /** In the order in which they are to be dialed. None: the question is whether anything has to be asked at all. */
  readonly candidates: readonly Candidate[];
  /** So many of them can be dialed now. The others are asked for lest those who must wait stand in their way. */
  readonly atMost: number;
  /** Cleared before, and no phone can have rung: as if they had never been asked for. */
  readonly unused: readonly Contact[];
  /** The carrier said "not now" since the last question. */
  readonly isThrottled: boolean;
};

/** Why a number may not be called yet. */
export type ContactWaitReason = "contact_gap" | "daily_cap";

export type Verdict =
  /** May be dialed at this instant or soon after it. */
  | { readonly kind: "clear"; readonly at: number }
  /** On the do-not-call list. */
  | { readonly kind: "barred" }
  /** May be asked for again then, and not before. */
  | { readonly kind: "wait"; readonly until: number; readonly reason: ContactWaitReason }
  /** The pace is taken up by others until about then; no more calls may begin. */
  | { readonly kind: "paced"; readonly until: number }
  /** May be called, and so may as many before it as can be dialed. Nothing is recorded. */
  | { readonly kind: "spare" };

export type ClearanceAnswer = {
  /** By the organization's clock, like every instant of the verdicts. */
  readonly decidedAt: number;
  /** For the candidates, in their order. */
  readonly verdicts: readonly Verdict[];
  /** The organization has no rule at all: for `FREE_MS` from the question on the batch need not ask. */
  readonly isFree: boolean;
  /** Contacts are remembered: those that came to nothing are to be told as `unused`. */
  readonly isRemembered: boolean;
};

/**
 * The answer by the clock of the batch, which asked and heard at these instants of its own. A decision between the two
 * proves no difference of the clocks: its instants stand. Otherwise they count as long after the hearing as they were
 * after the decision, so a clock that is ahead holds up no call for ever.
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
 * For so long after its question a batch relies on the answer that nobody has to be asked for, by its own clock. A rule
 * that is new is told to every batch that dials; it holds when they have acknowledged it, or when every answer from
 * before it is older than this. Longer saves questions; shorter lets a rule hold sooner where a batch does not answer.
 */
export const FREE_MS = 20_000;

/** A cleared recipient is dialed within this after the question, or asked for again: another batch may have called it. */
export const CLEARED_MS = 5_000;

/**
 * A cleared call has left within this after the decision, or never will: the batch dials for `CLEARED_MS`, a lane sends 2 s
 * later, clocks differ by up to 5 s, and the rest is for writes that are durable late. In between nobody knows which of two calls was first.
 */
export const LEAVES_WITHIN_MS = 15_000;

/**
 * So many people are asked for at once while some have to wait for their gap or their day. A batch of 5,000 who were all
 * called today has found out after fifty questions, and the last in the list do not wait for the others.
 */
export const LOOK_AHEAD = 100;

/** Calls are cleared so far ahead, so that one question serves several where the pace spreads them. */
export const PACE_AHEAD_MS = 2_000;
