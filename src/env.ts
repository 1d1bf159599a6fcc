/**
 * The Worker's bindings, and its variables and secrets, parsed once. What an operator may leave out is optional. A test holds
 * the bindings against `wrangler.toml`.
 */

import type { LaneObject } from "./batch/dialing/lane.ts";
import type { BatchObject } from "./batch/object.ts";
import type { Reach } from "./calling/requests/public-url.ts";
import type { CarrierBaseUrls } from "./dialer/carriers.ts";
import type { DirectoryObject } from "./organization/directory.ts";
import type { OrganizationObject } from "./organization/object.ts";
import type { WebhookObject } from "./webhooks/object.ts";
import type { DeliveryMessage } from "./webhooks/rpc.ts";

type Variables = {
  /** Secret. The operators' bearer token; without it `/admin` does not exist. */
  ADMIN_TOKEN?: string | undefined;
  /** Secret. Encrypts provider credentials at rest; without it no provider can be stored. */
  ENCRYPTION_KEY?: string;
  /** Secret. What `ENCRYPTION_KEY` was before: one as it is, or several as a JSON array. They open, and seal nothing. */
  ENCRYPTION_KEYS_OLD?: string;
  /** Where carriers reach this service, like `https://calls.example.com`. Default: where the create request came in. */
  PUBLIC_BASE_URL?: string;
  /**
   * Replaces carriers' hosts, for stand-ins and proxies: a JSON object of base URLs by the carrier's name, like
   * `{"twilio": "http://127.0.0.1:8788"}`.
   */
  CARRIER_BASE_URLS?: string;
  /** The same for Twilio alone. */
  TWILIO_API_BASE_URL?: string;
  /** `true` in development only: organizations' URLs may be unencrypted and lead to private addresses. */
  ALLOW_PRIVATE_URLS?: string;
  /** Ports to which organizations' URLs and trunks may lead besides the usual ones, like `8443,9443`. */
  ALLOWED_PORTS?: string;
  /** Where all objects run and keep what they store, by law: `eu`, `us`, `fedramp` or `fedramp-high`. Default: anywhere. */
  JURISDICTION?: string;
  /** How long after its answer a call is first asked about, when nothing is heard of it. Default 60. */
  CALL_CHECK_SECONDS?: string;
};

/** By the names of their bindings. */
export type Objects = {
  BATCHES: BatchObject;
  ORGANIZATIONS: OrganizationObject;
  DIRECTORY: DirectoryObject;
  WEBHOOKS: WebhookObject;
  LANES: LaneObject;
};
export type Queues = { WEBHOOK_QUEUE: Queue<DeliveryMessage> };
/** An operator may leave them out, and under `npm start` they are (`api/rate-limits.ts`). */
export type Limiters = { KEY_LIMITER: RateLimit; ADDRESS_LIMITER: RateLimit; FAILURE_LIMITER: RateLimit };

type Namespaces = { [Name in keyof Objects]: DurableObjectNamespace<Objects[Name]> };
/** Objects are reached by their names alone, so that it is one thing to confine all of them (`jurisdiction.ts`). */
export type Bindings = { [Name in keyof Objects]: Pick<Namespaces[Name], "getByName"> } & Queues &
  Partial<Limiters> &
  Variables;

declare global {
  namespace Cloudflare {
    /** What tests find in `cloudflare:test`, and objects in theirs. */
    interface Env extends Namespaces, Queues, Limiters {}
  }
}

export type Settings = {
  readonly adminToken: string | null;
  /** What opens sealed secrets; the first one seals. Empty where there is no `ENCRYPTION_KEY`. */
  readonly keyRing: readonly string[];
  readonly publicBaseUrl: string | null;
  /** By the carrier's name. */
  readonly carrierBaseUrls: CarrierBaseUrls;
  readonly reach: Reach;
  readonly callCheckMs: number;
};

const DEFAULT_CALL_CHECK_SECONDS = 60;
const MAX_PORT = 65_535;

const given = (text: string | undefined): string | null => (text === undefined || text === "" ? null : text);
const withoutSlash = (url: string | null): string | null => url?.replace(/\/+$/, "") ?? null;

/** Throws where the variable cannot be read: real people would be called in place of a stand-in. */
function baseUrlsOf(env: Variables): CarrierBaseUrls {
  const twilio = withoutSlash(given(env.TWILIO_API_BASE_URL));
  const urls: unknown = JSON.parse(given(env.CARRIER_BASE_URLS) ?? "{}");
  if (typeof urls !== "object" || urls === null || Object.values(urls).some((url) => !URL.canParse(String(url)))) {
    throw new Error("CARRIER_BASE_URLS must be a JSON object of URLs by the names of carriers");
  }
  const entries = Object.entries(urls).map(([name, url]) => [name, withoutSlash(String(url))]);
  return { ...(twilio === null ? {} : { twilio }), ...Object.fromEntries(entries) };
}

/** Throws where the older keys cannot be read: what they sealed would seem lost. */
function keyRingOf(env: Variables): readonly string[] {
  const newest = given(env.ENCRYPTION_KEY);
  const older = given(env.ENCRYPTION_KEYS_OLD);
  if (newest === null) return [];
  if (older === null || !older.startsWith("[")) return older === null ? [newest] : [newest, older];
  const keys: unknown = JSON.parse(older);
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string" && key !== "")) {
    throw new Error("ENCRYPTION_KEYS_OLD must be a key, or a JSON array of keys");
  }
  return [newest, ...keys];
}

/** Throws where they cannot be read: URLs would be refused, or taken, and nobody would know why. */
function portsOf(env: Variables): readonly number[] {
  const ports = (given(env.ALLOWED_PORTS) ?? "").split(",").filter((port) => port.trim() !== "");
  const numbers = ports.map(Number);
  if (numbers.every((port) => Number.isInteger(port) && port >= 1 && port <= MAX_PORT)) return numbers;
  throw new Error("ALLOWED_PORTS must be ports from 1 to 65535 with commas between them, like 8443,9443");
}

export function settingsOf(env: Variables): Settings {
  const checkSeconds = Number(given(env.CALL_CHECK_SECONDS) ?? DEFAULT_CALL_CHECK_SECONDS);
  return {
    adminToken: given(env.ADMIN_TOKEN),
    keyRing: keyRingOf(env),
    publicBaseUrl: withoutSlash(given(env.PUBLIC_BASE_URL)),
    carrierBaseUrls: baseUrlsOf(env),
    reach: { allowsPrivate: env.ALLOW_PRIVATE_URLS === "true", morePorts: portsOf(env) },
    callCheckMs:
      (Number.isFinite(checkSeconds) && checkSeconds > 0 ? checkSeconds : DEFAULT_CALL_CHECK_SECONDS) * 1_000,
  };
}
