/** The API's versions. In a file of its own, so that a client takes their type without the service. */

/** Oldest first. */
export const SERVED_VERSIONS = ["2026-03-01", "2026-08-14"] as const;
export type ServedVersion = (typeof SERVED_VERSIONS)[number];
