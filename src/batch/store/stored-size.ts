/**
 * The size of a batch's recipients as stored and transferred. The limit on bodies does not bound it. Text with one
 * character beyond Latin-1 takes two bytes for each character. Quotation marks and backslashes are written twice, and
 * appended recipients are added. Pure.
 */

import type { NewRecipient } from "../../calling/messages/batch-order.ts";
import { type Failure, invalid } from "../../calling/requests/failure.ts";
import { MAX_STORED_BYTES } from "../../calling/requests/limits.ts";
import { pagesOf } from "./recipients.ts";

/** A recipient as submitted, or as stored. */
type Sized = Pick<NewRecipient, "to_number" | "timezone"> & {
  readonly metadata?: string | null | undefined;
  readonly external_id?: string | null | undefined;
};

const MIB = 1_024 * 1_024;
const BEYOND_LATIN_1 = /[\u0100-\uffff]/;
/** A factor of 2 for escapes, and of 2 for characters beyond Latin-1. */
const AT_MOST_TIMES = 4;
/** Number, time zone, and the separators. */
const OTHER_CHARACTERS = 100;

/** Null if the batch has room for them. `present`: the recipients that it has. */
export function storedSizeProblem(recipients: readonly Sized[], present: readonly Sized[] = []): Failure | null {
  const all = [...present, ...recipients];
  const characters = all.reduce((sum, one) => sum + lengthOf(one), 0);
  // Usually they are so small that nothing has to be packed.
  if (characters * AT_MOST_TIMES <= MAX_STORED_BYTES) return null;
  let bytes = 0;
  for (const page of pagesOf(all.map(asKept))) bytes += bytesOf(page.recipients);
  if (bytes <= MAX_STORED_BYTES) return null;
  const those = present.length === 0 ? "are" : "and the recipients of the batch are";
  const message = `${those} too large together: ${(bytes / MIB).toFixed(1)} MiB stored, where text with a character beyond Latin-1 takes twice its length. One batch may have ${MAX_STORED_BYTES / MIB} MiB: send less metadata, or use another batch`;
  return invalid("recipients", message);
}

const lengthOf = ({ metadata, external_id }: Sized): number =>
  OTHER_CHARACTERS + (metadata?.length ?? 0) + (external_id?.length ?? 0);

const asKept = ({ to_number, timezone, metadata, external_id }: Sized): NewRecipient => ({
  to_number,
  timezone,
  metadata: metadata ?? null,
  ...(external_id ? { external_id } : {}),
});

/** In a message, the runtime writes a text with one byte a character, or with two. */
const bytesOf = (text: string): number => text.length * (BEYOND_LATIN_1.test(text) ? 2 : 1);
