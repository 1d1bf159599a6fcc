/**
 * Erases the personal data of a recipient: number, metadata, external id and time zone. With it go the carrier's ids and
 * messages of its calls. What stays says that there was a call, when, and how it ended. Counters stay as they are, and an
 * erased recipient is never dialed again.
 */

import type { Sql } from "../../storage/sql.ts";
import { attemptsOf, eraseAttempts } from "../store/attempts.ts";
import type { Recipients } from "../store/recipients.ts";
import type { Outbox } from "../telling/outbox.ts";

type Stored = {
  readonly sql: Sql;
  readonly recipients: Pick<Recipients, "erase">;
  readonly outbox: Pick<Outbox, "dropCalls">;
};

/** Erases what is stored of the recipient. Call it in a write. The recipient must be over. A repeat changes nothing. */
export function eraseRecipient({ sql, recipients, outbox }: Stored, position: number, now: number): void {
  outbox.dropCalls(new Set(attemptsOf(sql, position).map(({ number }) => number)));
  eraseAttempts(sql, position, now);
  recipients.erase(position);
}
