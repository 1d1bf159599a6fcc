/** A batch's question to its organization before it takes in more recipients. The question may be repeated. */

export type AppendRequest = {
  readonly batchId: string;
  readonly agentId: string;
  readonly fromNumberId: string;
  /** How many recipients were appended to the batch before. The total, so that a repeat counts none twice. */
  readonly appendedBefore: number;
  /** Numbers of the new recipients. Counts of recipients that were not taken in are never reduced. */
  readonly numbers: readonly string[];
};

/** Numbers on the do-not-call list. The others are counted in the organization's budget. */
export type AppendAnswer = { readonly doNotCall: readonly string[] };
