/** A batch's question to its organization before it takes in more recipients. The question may be repeated. */

import type { PersonHash } from "../numbers/person-hash.ts";
import type { Region } from "../words/region.ts";
import type { OnVoicemail } from "../words/voicemail.ts";

export type AppendRequest = {
  readonly batchId: string;
  readonly createdAt: number;
  readonly agentId: string;
  readonly fromNumberId: string;
  /** From which the batch is dialed. Absent: a batch of an earlier version does not say it. */
  readonly region?: Region;
  /** What is done about machines that answer. Absent as above. */
  readonly onVoicemail?: OnVoicemail | null;
  /** How many recipients were appended to the batch before. The total, so that a repeat counts none twice. */
  readonly appendedBefore: number;
  /** Numbers of the new recipients. Counts of recipients that were not taken in are never reduced. */
  readonly numbers: readonly string[];
  /** Of the same people, for the index of people. */
  readonly people: readonly PersonHash[];
};

/** Numbers on the do-not-call list. The others are counted in the organization's budget. */
export type AppendAnswer = { readonly doNotCall: readonly string[] };
