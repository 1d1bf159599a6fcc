/** What an organization and its batches tell each other when a person is erased. */

import type { PersonHash } from "../numbers/person-hash.ts";

/** The person as the batch knows it, before it is erased: its numbers, and what stands for it in the index of people. */
export type PersonInBatch = { readonly numbers: readonly string[]; readonly hashes: readonly PersonHash[] };

export type PersonErased = {
  /** False while a call to the person is in flight: ask again when it is over. */
  readonly isOver: boolean;
  /** How many recipients and calls were erased by this request. */
  readonly recipients: number;
  readonly calls: number;
  /** All erased calls of the batch, also earlier ones: webhooks must not keep what they were told of them. */
  readonly callIds: readonly string[];
  /** Those of the asked hashes that stand for another recipient too. */
  readonly shared: readonly PersonHash[];
};
