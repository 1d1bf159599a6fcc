/**
 * One batch, live: by messages over its WebSocket, by reading it again when a message says so, and by polling without a
 * connection.
 */

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Batch, BatchDetail, LiveMessage } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { isUnauthorized } from "../api/failure-words.ts";
import { LiveConnection } from "../live/connection.ts";
import { type Sample, withSeen } from "../live/history.ts";
import { applied, isInStep } from "../live/message.ts";
import { isWaiting } from "../text/batch-state.ts";

/** Without a connection. */
const POLL_MS = 2_000;
/** With one: for the reason why it waits and its estimated end, which messages do not contain. */
const REFRESH_MS = 10_000;
/** Cancelling thousands sends several such messages in a row. */
const BETWEEN_RELOADS_MS = 700;

export type WatchedBatch = {
  readonly batch: BatchDetail | null;
  readonly error: unknown;
  readonly isConnected: boolean;
  /** Samples since the page was opened. */
  readonly seen: readonly Sample[];
  readonly reload: () => Promise<void>;
  /** Call it with the answer to an action. */
  readonly take: (answer: Batch) => void;
};

const placesOf = (batch: BatchDetail): ReadonlyMap<string, number> =>
  new Map(batch.recipients.map(({ id }, place) => [id, place]));

const settingsOf = (batch: BatchDetail) => {
  const { calling_window, retry_policy, calls_per_second, on_voicemail } = batch;
  const { ringing_timeout_seconds, max_call_duration_minutes, recipients } = batch;
  return {
    ...(calling_window === undefined ? {} : { calling_window }),
    ...(retry_policy === undefined ? {} : { retry_policy }),
    ...(calls_per_second === undefined ? {} : { calls_per_second }),
    ...(on_voicemail === undefined ? {} : { on_voicemail }),
    ringing_timeout_seconds,
    max_call_duration_minutes,
    recipients,
  };
};

const sampleOf = (batch: BatchDetail, limit: number | null, at: number): Sample => ({
  at,
  inFlight: batch.total_calls_dispatched - batch.total_calls_finished,
  limit: limit ?? batch.target_concurrency_limit,
  finished: batch.total_calls_finished,
});

export function useBatch(id: string): WatchedBatch {
  const { client, expire } = useDashboard();
  const [batch, setBatch] = useState<BatchDetail | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isConnected, setConnected] = useState(false);
  const [seen, setSeen] = useState<readonly Sample[]>([]);
  /** The shown batch, for messages that arrive before it is drawn. */
  const latest = useRef<BatchDetail | null>(null);
  const places = useRef<ReadonlyMap<string, number>>(new Map());
  const reloading = useRef<Promise<void> | null>(null);
  /** Messages that arrived while the batch was being read: the answer may be older. */
  const meanwhile = useRef<LiveMessage[]>([]);

  const note = useCallback(
    (next: BatchDetail, limit: number | null) =>
      setSeen((before) => withSeen(before, sampleOf(next, limit, Date.now()), !isWaiting(next))),
    [],
  );

  const show = useCallback((next: BatchDetail) => {
    latest.current = next;
    setBatch(next);
  }, []);

  const read = useCallback(async () => {
    meanwhile.current = [];
    try {
      const answer = await client.getBatch(id);
      places.current = placesOf(answer);
      const next = meanwhile.current.reduce((one, message) => applied(one, message, places.current), answer);
      show(next);
      setError(null);
      note(next, null);
    } catch (failure) {
      if (isUnauthorized(failure)) expire();
      setError(failure);
    }
  }, [client, id, expire, note, show]);

  /** One at a time. */
  const reload = useCallback(() => {
    reloading.current ??= read().finally(() => {
      reloading.current = null;
    });
    return reloading.current;
  }, [read]);

  useEffect(() => {
    void reload();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let hasHeard = false;
    let circuit: string | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        void reload();
      }, BETWEEN_RELOADS_MS);
    };
    /** Not for messages that arrive during a read: the answer may be newer. */
    const check = (message: LiveMessage) => {
      if (latest.current !== null && !isInStep(latest.current, message)) soon();
    };
    const connection = new LiveConnection(client, id, {
      onConnected: setConnected,
      onMessage: (message) => {
        meanwhile.current.push(message);
        if (latest.current !== null) {
          const next = applied(latest.current, message, places.current);
          show(next);
          note(next, message.slots);
        }
        if (reloading.current === null) check(message);
        else if (message.type === "snapshot") void reloading.current.then(() => check(message));
        const hasTurned = hasHeard && message.batch.circuit_breaker !== circuit;
        // A snapshot after a gap does not tell who changed in it.
        if (message.reload || hasTurned || (message.type === "snapshot" && hasHeard)) soon();
        hasHeard = true;
        circuit = message.batch.circuit_breaker;
      },
    });
    return () => {
      connection.close();
      if (timer !== null) clearTimeout(timer);
    };
  }, [client, id, reload, note, show]);

  const isOver = batch !== null && !isWaiting(batch);
  const everyMs = isConnected ? (isOver ? null : REFRESH_MS) : POLL_MS;
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  const take = useCallback(
    (answer: Batch) => {
      // A value that ended is absent from the answer, like `paused_at`; the settings follow with the next read.
      if (latest.current !== null) show({ ...settingsOf(latest.current), ...answer });
      void reload();
    },
    [reload, show],
  );
  return useMemo(
    () => ({ batch, error, isConnected, seen, reload, take }),
    [batch, error, isConnected, seen, reload, take],
  );
}
