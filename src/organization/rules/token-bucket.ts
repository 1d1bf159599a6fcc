/**
 * How fast calls may follow each other, as a token bucket that holds one token: what is kept of it is the instant at
 * which there is a token again. A carrier that says "not now" halves the rate, and a minute without that restores it.
 * Pure. (The form is known as the generic cell rate algorithm, ITU-T I.371.)
 */

/** Persisted. */
export type Bucket = {
  /** From then on there is a token; epoch ms, with a fraction. */
  readonly nextAt: number;
  /** The share of its rate that the bucket had when the carrier last said "not now"; 1 if it never did. */
  readonly share: number;
  readonly throttledAt: number;
};

export const FULL: Bucket = { nextAt: 0, share: 1, throttledAt: 0 };

/** From nothing to the whole rate; half of it is back after half of the time. */
const RECOVERY_MS = 60_000;
const LEAST_SHARE = 1 / 32;
/** Refusals within this are one: requests under way at once are refused together. */
const ONE_REFUSAL_MS = 1_000;

export const shareAt = (bucket: Bucket, now: number): number =>
  Math.min(1, bucket.share + Math.max(0, now - bucket.throttledAt) / RECOVERY_MS);

/** The carrier has said "not now". */
export function throttled(bucket: Bucket, now: number): Bucket {
  if (now - bucket.throttledAt < ONE_REFUSAL_MS) return bucket;
  return { ...bucket, share: Math.max(LEAST_SHARE, shareAt(bucket, now) / 2), throttledAt: now };
}

/** When the next token may be taken. */
export const tokenAt = (bucket: Bucket, now: number): number => Math.max(now, bucket.nextAt);

/** The bucket after its token was taken for the instant `at`, not before `tokenAt`. `perSecond`: calls a second. */
export const taken = (bucket: Bucket, perSecond: number, at: number): Bucket => ({
  ...bucket,
  nextAt: at + 1_000 / (perSecond * shareAt(bucket, at)),
});
