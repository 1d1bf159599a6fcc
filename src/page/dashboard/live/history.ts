/** Calls in flight over time: seen live, or worked out from when each call began and ended. Pure. */

export type Sample = {
  /** Epoch ms. */
  readonly at: number;
  readonly inFlight: number;
  /** Null where it is not known: what is worked out of the past does not say what the limit was then. */
  readonly limit: number | null;
  readonly finished: number;
};

/** More than a chart has pixels is not seen. */
const SAMPLES_AT_MOST = 900;
const RATE_OVER_MS = 60_000;
/** Before so much was seen a rate would jump. */
const RATE_AFTER_MS = 3_000;

/** With the sample at its end; the older half is thinned where there are too many. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.at < last.at) return samples;
  const all = [...samples, sample];
  if (all.length <= SAMPLES_AT_MOST) return all;
  const half = all.length / 2;
  return all.filter((_, index) => index > half || index % 2 === 0);
}

/** As `withSample`, but of a batch that is over the last moment at which somebody was on the phone is the end. */
export function withSeen(samples: readonly Sample[], sample: Sample, isOver: boolean): readonly Sample[] {
  const isAtRest = isOver && sample.inFlight === 0 && (samples.at(-1)?.inFlight ?? 0) === 0;
  return isAtRest ? samples : withSample(samples, sample);
}

/** Calls that ended within the last minute; null where too little was seen. A retry takes people out of the finished. */
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

/** What would have been seen of calls that lasted so long. */
export function samplesOf(spans: readonly Span[]): readonly Sample[] {
  const steps = spans
    .flatMap(({ from, until }) => [
      { at: from, change: 1 },
      // An end comes before a beginning of the same moment, but never before its own.
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
 * The past from one, what came after from the other. What was seen first is an answer that is older than its arrival: where the past
 * was worked out it knows better.
 */
export const joined = (past: readonly Sample[], seen: readonly Sample[]): readonly Sample[] => {
  const after = past.length > 0 && seen.length > 1 ? seen.slice(1) : seen;
  const begin = after[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...past.filter(({ at }) => at < begin), ...after];
};
