/** A batch's messages over its WebSocket (docs/guides/live.md). */

import type { BatchDetail, LiveMessage } from "../../../client/client.ts";

/** Null for anything else, like the answer to a ping. */
export function liveMessageOf(text: string): LiveMessage | null {
  try {
    const message = JSON.parse(text) as Partial<LiveMessage> | null;
    return message?.type === "snapshot" || message?.type === "changes" ? (message as LiveMessage) : null;
  } catch {
    return null;
  }
}

/** A person was dialed, so the reason for waiting has ended. */
function withoutWaiting({ waiting_reason: _, waiting_until: __, ...batch }: BatchDetail): BatchDetail {
  return batch;
}

/**
 * The batch with the message applied; its circuit breaker stays as it was read. Fields that the message omits from a
 * recipient are removed, except those that never change. Pure.
 */
export function applied(batch: BatchDetail, message: LiveMessage, places: ReadonlyMap<string, number>): BatchDetail {
  const { circuit_breaker: _, ...told } = message.batch;
  const { recipients: changed = [] } = message;
  const before = told.total_calls_dispatched > batch.total_calls_dispatched ? withoutWaiting(batch) : batch;
  if (changed.length === 0) return { ...before, ...told };
  const recipients = [...batch.recipients];
  for (const one of changed) {
    const place = places.get(one.id);
    const known = place === undefined ? undefined : recipients[place];
    if (place === undefined || known === undefined) continue;
    const { to_number, created_at, external_id, metadata } = known;
    recipients[place] = {
      to_number,
      created_at,
      ...(external_id === undefined ? {} : { external_id }),
      ...(metadata === undefined ? {} : { metadata }),
      ...one,
    };
  }
  return { ...before, ...told, recipients };
}

/**
 * Whether the recipients' statuses equal the counts in the message. If not, a change was missed, for example between
 * the read and the connection; then the batch must be read again. Pure.
 */
export function isInStep({ recipients }: BatchDetail, { recipients_by_status: counted }: LiveMessage): boolean {
  const counts = new Map<string, number>();
  for (const { status } of recipients) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.entries(counted).every(([status, people]) => (counts.get(status) ?? 0) === people);
}
