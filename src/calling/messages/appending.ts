/** What a batch asks of its organization before it takes in more recipients. The question may be repeated. */

export type AppendRequest = {
  readonly batchId: string;
  readonly agentId: string;
  readonly fromNumberId: string;
  /** How many were appended to the batch before. A count of all and not of more, so that a repeat counts nobody twice. */
  readonly appendedBefore: number;
  /** Of those who are new; none takes back what was counted for people who did not come in. */
  readonly numbers: readonly string[];
};

/** The others are counted in the organization's budget. */
export type AppendAnswer = { readonly doNotCall: readonly string[] };
