/** What the batch tells over its WebSocket (docs/guides/live.md). */

import type { BatchDetail, LiveMessage } from "../../../client/client.ts";

/** Null for what is none, like the answer to a ping. */
export function liveMessageOf(text: string): LiveMessage | null {
  try {
    const message = JSON.parse(text) as Partial<LiveMessage> | null;
    return message?.type === "snapshot" || message?.type === "changes" ? (message as LiveMessage) : null;
  } catch {
    return null;
  }
}

/** Somebody was dialed: why nobody was is over. */
function withoutWaiting({ waiting_reason: _, waiting_until: __, ...batch }: BatchDetail): BatchDetail {
  return batch;
}

/**
 * The batch with what the message says; its circuit breaker stays as it was read. Fields that the message leaves out of a
 * recipient are gone from it, but for those that never change. Pure.
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
 * Whether everybody has the status that the message counts. Where not, something was missed, like what changed between
 * the answer that was read and the moment at which the connection was made; then the batch has to be read again. Pure.
 */
export function isInStep({ recipients }: BatchDetail, { recipients_by_status: counted }: LiveMessage): boolean {
  const counts = new Map<string, number>();
  for (const { status } of recipients) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Object.entries(counted).every(([status, people]) => (counts.get(status) ?? 0) === people);
}
