/**
 * Erases the personal data of a recipient: number, metadata, external id and time zone. With it go the carrier's ids and
 * messages of its calls, and what was said about them. What stays says that there was a call, when, and how it ended. Counters stay as they are, and an
 * erased recipient is never dialed again.
 */

import type { PersonErased, PersonInBatch } from "../../calling/messages/erasure.ts";
import { type PersonHash, personHashes } from "../../calling/numbers/person-hash.ts";
import { callId } from "../../calling/secrets/ids.ts";
import { isOver } from "../../calling/words/recipient.ts";
import { NO_REMARKS } from "../../calling/words/remarks.ts";
import type { Sql } from "../../storage/sql.ts";
import { type CountedIn, countedHour, placeOf } from "../attempts/counted-hour.ts";
import type { Batch } from "../core/batch.ts";
import { attemptsOf, eraseAttempts, keepCountedIn, redactAttempt, redactedNumbers } from "../store/attempts.ts";
import type { Recipients } from "../store/recipients.ts";
import { putRemarks } from "../store/remarks.ts";
import type { Outbox } from "../telling/outbox.ts";
import { failWaiting } from "./moves.ts";

type Stored = {
  readonly sql: Sql;
  readonly recipients: Pick<Recipients, "at" | "erase">;
  readonly outbox: Pick<Outbox, "dropCalls">;
};

/** Erases what is stored of the recipient. Call it in a write. The recipient must be over. A repeat changes nothing. */
export function eraseRecipient({ sql, recipients, outbox }: Stored, position: number, now: number): void {
  const attempts = attemptsOf(sql, position);
  outbox.dropCalls(new Set(attempts.map(({ number }) => number)));
  // Reports count its calls on, in the same hour and country.
  const recipient = recipients.at(position);
  const isErased = recipient.to_number === "";
  const place = placeOf(recipient);
  for (const one of isErased ? [] : attempts) {
    const counted: CountedIn = { ...countedHour(one, place), isMobile: place.isMobile };
    keepCountedIn(sql, one.number, JSON.stringify(counted));
  }
  for (const { number } of attempts) putRemarks(sql, number, NO_REMARKS);
  eraseAttempts(sql, position, now);
  recipients.erase(position);
}

/**
 * Recipients of one person. Those that wait fail without a call, and are erased with those that are over. A call in flight
 * goes on and is not retried; its recipient keeps its data until it is over. Call it in a write.
 */
export function eraseRecipients(batch: Batch, positions: readonly number[], now: number): void {
  const { sql, roster, attempts } = batch;
  failWaiting(sql, roster, roster.queue.waitingAmong(new Set(positions)), "erased", now, () => {});
  for (const position of positions) {
    if (isOver(roster.statusOf(position))) {
      eraseRecipient(batch, position, now);
      continue;
    }
    const number = roster.latestOf(position)?.number;
    const row = number === undefined ? null : attempts.find(number);
    if (row === null || row.redacted_at !== null) continue;
    redactAttempt(sql, row.number, now);
    attempts.stored({ ...row, redacted_at: now });
  }
}

export function personInBatch({ recipients }: Pick<Batch, "recipients">, positions: readonly number[]): PersonInBatch {
  const people = positions.map((position) => recipients.at(position));
  return { numbers: [...new Set(people.map(({ to_number }) => to_number))], hashes: personHashes(people) };
}

/** `left`: the positions that still have the person's data. */
export function personErased(
  { sql, route, recipients }: Batch,
  before: readonly number[],
  left: readonly number[],
  hashes: readonly PersonHash[],
): PersonErased {
  const isLeft = new Set(left);
  const gone = before.filter((position) => !isLeft.has(position));
  const present = new Set(personHashes(recipients.all().filter(({ to_number }) => to_number !== "")));
  return {
    isOver: left.length === 0,
    recipients: gone.length,
    calls: gone.reduce((sum, position) => sum + attemptsOf(sql, position).length, 0),
    callIds: redactedNumbers(sql).map((number) => callId(route, number)),
    shared: hashes.filter((hash) => present.has(hash)),
  };
}
