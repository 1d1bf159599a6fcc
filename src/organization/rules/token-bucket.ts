/**
 * The pace of calls, as a token bucket for one token. It keeps the time of the next token. When a carrier says "not
 * now", the rate is halved; one minute without that restores it. Pure. (This form is the generic cell rate algorithm,
 * ITU-T I.371.)
 */

import type { Bucket } from "../messages/organization.ts";

export const FULL: Bucket = { nextAt: 0, share: 1, throttledAt: 0 };

/** From zero to the full rate. The recovery is linear. */
const RECOVERY_MS = 60_000;
const LEAST_SHARE = 1 / 32;
/** Refusals within this time count once: requests in flight together are refused together. */
const ONE_REFUSAL_MS = 1_000;

export const shareAt = (bucket: Bucket, now: number): number =>
  Math.min(1, bucket.share + Math.max(0, now - bucket.throttledAt) / RECOVERY_MS);

/** Halves the rate: the carrier said "not now". */
export function throttled(bucket: Bucket, now: number): Bucket {
  if (now - bucket.throttledAt < ONE_REFUSAL_MS) return bucket;
  return { ...bucket, share: Math.max(LEAST_SHARE, shareAt(bucket, now) / 2), throttledAt: now };
}

/** When the next token may be taken. */
export const tokenAt = (bucket: Bucket, now: number): number => Math.max(now, bucket.nextAt);

/** The bucket after its token was taken for the time `at`, not before `tokenAt`. `perSecond`: calls a second. */
export const taken = (bucket: Bucket, perSecond: number, at: number): Bucket => ({
  ...bucket,
  nextAt: at + 1_000 / (perSecond * shareAt(bucket, at)),
});
