/** Limits of the contract, each with its unit. The platform's limits stand beside the code that they concern. */

export const MAX_RECIPIENTS = 5_000;
export const MAX_NAME_CHARACTERS = 256;
export const MAX_EXTERNAL_ID_CHARACTERS = 256;
/** As JSON, in UTF-8. */
export const MAX_METADATA_BYTES = 16 * 1_024;
/**
 * For a request with recipients. Such a body grows several times on its way to storage, and all requests of an isolate
 * share 128 MB.
 */
export const MAX_BODY_BYTES = 6 * 1_024 * 1_024;
/** For a request for direct calls: the most destinations, with their metadata. */
export const MAX_CALLS_BODY_BYTES = 2 * 1_024 * 1_024;
/** For an MCP message: its inner body is in memory several times. */
export const MAX_MCP_BODY_BYTES = 2 * 1_024 * 1_024;
/** For any other request. */
export const MAX_SMALL_BODY_BYTES = 256 * 1_024;
/** Of what is said about a call: a paragraph for people. */
export const MAX_NOTES_CHARACTERS = 2_000;
/** Signed links to recordings are long. */
export const MAX_URL_CHARACTERS = 2_048;
/** Tags of a call, and the characters of each and of an outcome. */
export const LABELS = { tags: 20, characters: 64 } as const;
/** Objects, arrays, fields and items of a body together: 100 for each recipient. */
export const MAX_JSON_VALUES = 500_000;
/** For a batch's recipients together, as stored: the object holds all of them at once when some are appended. */
export const MAX_STORED_BYTES = 12 * 1_024 * 1_024;

/**
 * Destinations in one request for direct calls. They are dialed five at a time, so that the last one still begins in
 * time.
 */
export const MAX_DIRECT_CALLS = 100;
/** Direct calls do not wait: a destination not dialed by then fails. */
export const DIRECT_CALLS_BEGIN_WITHIN_MS = 10_000;

export const RINGING_TIMEOUT_SECONDS = { least: 5, most: 80, usual: 60 } as const;
export const MAX_CALL_DURATION_MINUTES = { least: 1, most: 480, usual: 480 } as const;
/**
 * Requests to a carrier that an object may have in flight. Usual: Cloudflare's limit of answers that an object waits for
 * (Workers, Limits); workerd alone has none. Most: enough for a carrier that takes 200 ms. Carriers refuse requests beyond
 * a number that few of them publish (Twilio, error 20429), and then nobody is dialed for a while.
 */
export const CARRIER_CONNECTIONS = { least: 2, most: 101, usual: 6 } as const;
export const SCHEDULE_AHEAD_MS = 30 * 24 * 60 * 60 * 1_000;

export const PAGE_LIMIT = { least: 1, most: 100, usual: 10 } as const;
export const MAX_SEARCH_CHARACTERS = 256;
export const MAX_ISSUES_SHOWN = 50;

/** From one dialing of a number to the next; contacts are kept for longer. */
export const MIN_GAP_MINUTES = { least: 1, most: 30 * 24 * 60 } as const;
export const CALLS_PER_NUMBER_AND_DAY = { least: 1, most: 1_000 } as const;
/** Far slower than anyone dials, and far faster than carriers accept calls. */
export const CALLS_PER_SECOND = { least: 0.001, most: 1_000 } as const;

/** From dialing to the end of the call, as a preview assumes it. */
export const EXPECTED_CALL_SECONDS = { least: 1, most: 480 * 60, usual: 60 } as const;

/** In one request. */
export const MAX_DO_NOT_CALL_NUMBERS = 10_000;
export const MAX_REASON_CHARACTERS = 500;

/** Ten years. */
export const MAX_RETENTION_DAYS = 3_650;

/** For an organization: the list has no pages. */
export const MAX_PROVIDERS = 1_000;

export const MAX_IDEMPOTENCY_KEY_CHARACTERS = 255;
export const IDEMPOTENCY_MS = 24 * 60 * 60 * 1_000;

/** Far above what carriers sell. Bounds how much one number in a request can make the ledger store. */
export const MAX_CONCURRENCY_LIMIT = 100_000;
