/**
 * Published prices in US dollars, beyond what a plan includes (Cloudflare, "Workers Pricing" and "Durable Objects, Pricing",
 * read 2026-11). Storage is for a month.
 */

export const CLOUDFLARE = {
  /** Each request from outside; requests between Workers and objects are not counted here. */
  workerRequest: 0.3 / 1e6,
  workerCpuMs: 0.02 / 1e6,
  /** HTTP, each RPC call, each alarm. */
  objectRequest: 0.15 / 1e6,
  /** While an object is active or cannot hibernate; each counts as 128 MB. */
  objectGigabyteSecond: 12.5 / 1e6,
  /** An index entry is a row, and so is an alarm that is set. */
  rowWritten: 1 / 1e6,
  rowRead: 0.001 / 1e6,
  gigabyteMonth: 0.2,
} as const;

/** Twilio's own example of an outbound US minute (Twilio, "How Volume Pricing works"); each begun minute counts. */
export const CARRIER_MINUTE = 0.013;
