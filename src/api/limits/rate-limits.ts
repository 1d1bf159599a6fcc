/**
 * Limits the requests of one key, one address or one guesser. Each isolate counts in its own memory. That costs
 * nothing, and is exact with one isolate, as under `npm start`. Cloudflare's rate limiting, if bound (`wrangler.toml`),
 * also counts across all isolates of a location. Carriers' callbacks are never limited: they come from a few addresses,
 * for all organizations.
 *
 * Headers: IETF draft-ietf-httpapi-ratelimit-headers-10.
 */

import { createMiddleware } from "hono/factory";
import type { Bindings } from "../../env.ts";
import type { ApiContext, ApiEnv } from "../context.ts";
import { type ApiError, respondWith } from "../envelope.ts";

export type LimiterName = "KEY_LIMITER" | "ADDRESS_LIMITER" | "FAILURE_LIMITER";

/** `wrangler.toml` has the same values, and Cloudflare's binding for each limit. */
export type Limit = {
  readonly name: string;
  readonly binding: LimiterName;
  readonly quota: number;
  readonly seconds: 10 | 60;
};

/** More than one organization's object can answer. */
export const PER_KEY: Limit = { name: "key", binding: "KEY_LIMITER", quota: 5_000, seconds: 10 };
/** Requests without a key: documents, live tickets, operators. */
export const PER_ADDRESS: Limit = { name: "address", binding: "ADDRESS_LIMITER", quota: 1_000, seconds: 10 };
/** Wrong keys and tokens. */
export const FAILURES: Limit = { name: "failures", binding: "FAILURE_LIMITER", quota: 30, seconds: 60 };
/** The same for one organization, from all addresses: each wakes its object. */
export const FAILURES_OF_ORGANIZATION: Limit = { ...FAILURES, name: "organization", quota: 600 };

/** Names counted at once. Beyond that, new names are not counted until the period ends. */
const NAMES_AT_MOST = 20_000;

export type Spent = { readonly left: number; readonly resetSeconds: number };

/** Counts in periods that begin with the clock's, like Cloudflare's. */
export class Counter {
  readonly #limit: Limit;
  readonly #counts = new Map<string, number>();
  #period = -1;

  constructor(limit: Limit) {
    this.#limit = limit;
  }

  /** `left` below 0: too many. */
  spend(name: string, now: number): Spent {
    const before = this.#count(name, now);
    if (before > 0 || this.#counts.size < NAMES_AT_MOST) this.#counts.set(name, before + 1);
    return this.#spent(before + 1, now);
  }

  /** Like `spend`, without spending. */
  look(name: string, now: number): Spent {
    return this.#spent(this.#count(name, now), now);
  }

  /** Sets the rest of this period to nothing. */
  exhaust(name: string, now: number): void {
    this.#count(name, now);
    this.#counts.set(name, this.#limit.quota + 1);
  }

  #count(name: string, now: number): number {
    const period = Math.floor(now / 1_000 / this.#limit.seconds);
    if (period !== this.#period) this.#counts.clear();
    this.#period = period;
    return this.#counts.get(name) ?? 0;
  }

  #spent(count: number, now: number): Spent {
    const { quota, seconds } = this.#limit;
    return { left: quota - count, resetSeconds: seconds - Math.floor((now / 1_000) % seconds) };
  }
}

const counters = new Map<Limit, Counter>();
function counterOf(limit: Limit): Counter {
  const counter = counters.get(limit) ?? new Counter(limit);
  counters.set(limit, counter);
  return counter;
}

async function spend(env: Bindings, limit: Limit, name: string): Promise<Spent> {
  const now = Date.now();
  const spent = counterOf(limit).spend(name, now);
  if (spent.left < 0) return spent;
  const said = await env[limit.binding]?.limit({ key: `${limit.name}:${name}` });
  if (said?.success !== false) return spent;
  counterOf(limit).exhaust(name, now);
  return { ...spent, left: -1 };
}

function tellLimit(c: ApiContext, { name, quota, seconds }: Limit, { left, resetSeconds }: Spent): void {
  c.header("RateLimit-Policy", `"${name}";q=${quota};w=${seconds}`);
  c.header("RateLimit", `"${name}";r=${Math.max(0, left)};t=${resetSeconds}`);
}

const tooMany = ({ quota, seconds }: Limit, { resetSeconds }: Spent, what: string): ApiError => ({
  code: "rate_limited",
  message: `${what}: at most ${quota} in ${seconds} seconds; try again in ${resetSeconds}`,
  headers: { "Retry-After": String(resetSeconds) },
});

/** The client's address by the platform; an IPv6 network counts as one. Null if the platform names none. */
export function addressOf(c: ApiContext): string | null {
  const address = c.req.header("cf-connecting-ip")?.trim() ?? "";
  if (address === "") return null;
  return address.includes(":") ? `${expanded(address).slice(0, 4).join(":")}::/64` : address;
}

/** The groups of an IPv6 address. */
function expanded(address: string): string[] {
  const [head = "", tail] = address.toLowerCase().split("::");
  const before = head.split(":").filter(Boolean);
  if (tail === undefined) return before;
  const after = tail.split(":").filter(Boolean);
  return [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0"), ...after];
}

/** Runs after authentication. */
export const limitByKey = createMiddleware<ApiEnv>(async (c, next) => {
  const spent = await spend(c.env, PER_KEY, c.get("client").id);
  tellLimit(c, PER_KEY, spent);
  return spent.left < 0 ? respondWith(c, tooMany(PER_KEY, spent, "too many requests")) : next();
});

/** For requests without a key. */
export const limitByAddress = createMiddleware<ApiEnv>(async (c, next) => {
  const address = addressOf(c);
  if (address === null) return next();
  const spent = await spend(c.env, PER_ADDRESS, address);
  tellLimit(c, PER_ADDRESS, spent);
  return spent.left < 0 ? respondWith(c, tooMany(PER_ADDRESS, spent, "too many requests from this address")) : next();
});

const WRONG = "too many wrong keys or tokens";

/**
 * The error for a client that has guessed too often; checked before any comparison. `organization`: the one that the
 * key names.
 */
export function guessedTooOften(c: ApiContext, organization: string | null): ApiError | null {
  const now = Date.now();
  const address = addressOf(c);
  const ofAddress = address === null ? null : counterOf(FAILURES).look(address, now);
  if (ofAddress !== null && ofAddress.left <= 0) return tooMany(FAILURES, ofAddress, `${WRONG} from this address`);
  if (organization === null) return null;
  const ofOrganization = counterOf(FAILURES_OF_ORGANIZATION).look(organization, now);
  return ofOrganization.left > 0
    ? null
    : tooMany(FAILURES_OF_ORGANIZATION, ofOrganization, `${WRONG} for this organization`);
}

/** Counts a wrong guess. `organization`: the one whose object was asked. */
export async function countGuess(c: ApiContext, organization: string | null): Promise<void> {
  if (organization !== null) counterOf(FAILURES_OF_ORGANIZATION).spend(organization, Date.now());
  const address = addressOf(c);
  if (address !== null) await spend(c.env, FAILURES, address);
}
