/** Calls in flight over time: seen live, or computed from the beginning and end of each call. Pure. */

export type Sample = {
  /** Epoch ms. */
  readonly at: number;
  readonly inFlight: number;
  /** Null if unknown: past calls do not tell what the limit was. */
  readonly limit: number | null;
  readonly finished: number;
};

/** A chart has fewer pixels. */
const SAMPLES_AT_MOST = 900;
const RATE_OVER_MS = 60_000;
/** A rate over a shorter time would jump. */
const RATE_AFTER_MS = 3_000;

/** Adds a sample at the end; if there are too many, the older half is thinned out. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.at < last.at) return samples;
  const all = [...samples, sample];
  if (all.length <= SAMPLES_AT_MOST) return all;
  const half = all.length / 2;
  return all.filter((_, index) => index > half || index % 2 === 0);
}

/** Like `withSample`; for a finished batch, the last moment with a call is the end. */
export function withSeen(samples: readonly Sample[], sample: Sample, isOver: boolean): readonly Sample[] {
  const isAtRest = isOver && sample.inFlight === 0 && (samples.at(-1)?.inFlight ?? 0) === 0;
  return isAtRest ? samples : withSample(samples, sample);
}

/**
 * Calls that ended within the last minute; null with too few samples. A retry reduces the count of finished recipients.
 */
export function callsPerMinute(samples: readonly Sample[], now: number): number | null {
  const recent = samples.filter(({ at }) => at >= now - RATE_OVER_MS);
  const [first] = recent;
  if (first === undefined) return null;
  const seenMs = now - first.at;
  if (seenMs < RATE_AFTER_MS) return null;
  let ended = 0;
  for (const [index, { finished }] of recent.entries()) {
    ended += Math.max(0, finished - (recent[index - 1]?.finished ?? finished));
  }
  return Math.round((ended / seenMs) * 60_000);
}

export type Span = { readonly from: number; readonly until: number | null };

/** The samples that calls with these times would have produced. */
export function samplesOf(spans: readonly Span[]): readonly Sample[] {
  const steps = spans
    .flatMap(({ from, until }) => [
      { at: from, change: 1 },
      // At the same moment ends come before beginnings, but never before the call's own beginning.
      ...(until === null ? [] : [{ at: Math.max(from + 1, until), change: -1 }]),
    ])
    .sort((a, b) => a.at - b.at || a.change - b.change);
  let samples: readonly Sample[] = [];
  let inFlight = 0;
  let finished = 0;
  for (const { at, change } of steps) {
    if (samples.length === 0) samples = withSample(samples, { at, inFlight: 0, limit: null, finished: 0 });
    inFlight += change;
    if (change < 0) finished += 1;
    samples = withSample(samples, { at, inFlight, limit: null, finished });
  }
  return samples;
}

/**
 * The past from one, the rest from the other. The first live sample is an answer that is older than its arrival, so the
 * computed past is used for it.
 */
export const joined = (past: readonly Sample[], seen: readonly Sample[]): readonly Sample[] => {
  const after = past.length > 0 && seen.length > 1 ? seen.slice(1) : seen;
  const begin = after[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...past.filter(({ at }) => at < begin), ...after];
};
