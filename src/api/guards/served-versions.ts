/** The API's versions. A file of its own, so that the client can import their type without the service. */

/** Oldest first. */
export const SERVED_VERSIONS = ["2026-03-01", "2026-08-14"] as const;
export type ServedVersion = (typeof SERVED_VERSIONS)[number];
