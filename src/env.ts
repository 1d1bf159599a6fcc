/**
 * The Worker's bindings, variables and secrets, parsed once. What an operator may leave out is optional. A test
 * compares the bindings with `wrangler.toml`.
 */

import type { LaneObject } from "./batch/dialing/lane.ts";
import type { BatchObject } from "./batch/object.ts";
import { CARRIER_CONNECTIONS } from "./calling/requests/limits.ts";
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
  /**
   * Secret. Earlier values of `ENCRYPTION_KEY`: one as it is, or several as a JSON array. They open what they sealed,
   * and seal nothing new.
   */
  ENCRYPTION_KEYS_OLD?: string;
  /** Where carriers reach this service, like `https://calls.example.com`. Default: the origin of the create request. */
  PUBLIC_BASE_URL?: string;
  /**
   * Replaces carriers' hosts, for stand-ins and proxies: a JSON object of base URLs by the carrier's name, like
   * `{"twilio": "http://127.0.0.1:8788"}`.
   */
  CARRIER_BASE_URLS?: string;
  /** The same for Twilio only. */
  TWILIO_API_BASE_URL?: string;
  /** `true` only in development: organizations' URLs may be unencrypted and lead to private addresses. */
  ALLOW_PRIVATE_URLS?: string;
  /** More ports to which organizations' URLs and trunks may lead, like `8443,9443`. */
  ALLOWED_PORTS?: string;
  /** Where all objects run and store their data, by law: `eu`, `us`, `fedramp` or `fedramp-high`. Default: anywhere. */
  JURISDICTION?: string;
  /** Seconds from a call's answer to the first question about it, if no report arrives. Default 60. */
  CALL_CHECK_SECONDS?: string;
  /** How many answers of carriers a batch's object may wait for at once, from 2 to 101. Default 6, Cloudflare's limit. */
  CARRIER_CONNECTIONS?: string;
  /** Cloudflare Access signs people in: the team's domain, like `acme.cloudflareaccess.com`. Needs `ACCESS_AUD`. */
  ACCESS_TEAM_DOMAIN?: string;
  /** The application's audience tag, or several with commas between them. */
  ACCESS_AUD?: string;
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
/** Optional for operators, and absent under `npm start` (`api/limits/rate-limits.ts`). */
export type Limiters = { KEY_LIMITER: RateLimit; ADDRESS_LIMITER: RateLimit; FAILURE_LIMITER: RateLimit };

/** Data points of the reports, for operators who bind a dataset (`organization/reports/analytics.ts`). */
export type Datasets = { ANALYTICS: AnalyticsEngineDataset };

/** Of archives, for operators who bind them: one for each jurisdiction, and one for none (`archive/bucket.ts`). */
export type Buckets = { ARCHIVE: R2Bucket; ARCHIVE_EU: R2Bucket; ARCHIVE_US: R2Bucket; ARCHIVE_FEDRAMP: R2Bucket };

type Namespaces = { [Name in keyof Objects]: DurableObjectNamespace<Objects[Name]> };
/** Objects are reached only by name, so that all of them can be confined in one place (`jurisdiction.ts`). */
export type Bindings = { [Name in keyof Objects]: Pick<Namespaces[Name], "getByName"> } & Queues &
  Partial<Limiters> &
  Partial<Datasets> &
  Partial<Buckets> &
  Variables;

declare global {
  namespace Cloudflare {
    /** The types of `cloudflare:test` and of objects' own environment. */
    interface Env extends Namespaces, Queues, Limiters, Buckets {}
  }
}

/** `issuer`: the team's origin. A token must name one of the audiences. */
export type Access = { readonly issuer: string; readonly audiences: readonly string[] };

export type Settings = {
  readonly adminToken: string | null;
  /** Keys that open sealed secrets; the first one also seals. Empty without `ENCRYPTION_KEY`. */
  readonly keyRing: readonly string[];
  readonly publicBaseUrl: string | null;
  /** By the carrier's name. */
  readonly carrierBaseUrls: CarrierBaseUrls;
  readonly reach: Reach;
  readonly callCheckMs: number;
  readonly carrierConnections: number;
  /** Null: only keys sign in. */
  readonly access: Access | null;
};

const DEFAULT_CALL_CHECK_SECONDS = 60;
const MAX_PORT = 65_535;

const given = (text: string | undefined): string | null => (text === undefined || text === "" ? null : text);
const withoutSlash = (url: string | null): string | null => url?.replace(/\/+$/, "") ?? null;

/** Throws if the variable cannot be read: otherwise real people could be called instead of a stand-in. */
function baseUrlsOf(env: Variables): CarrierBaseUrls {
  const twilio = withoutSlash(given(env.TWILIO_API_BASE_URL));
  const urls: unknown = JSON.parse(given(env.CARRIER_BASE_URLS) ?? "{}");
  if (typeof urls !== "object" || urls === null || Object.values(urls).some((url) => !URL.canParse(String(url)))) {
    throw new Error("CARRIER_BASE_URLS must be a JSON object of URLs by the names of carriers");
  }
  const entries = Object.entries(urls).map(([name, url]) => [name, withoutSlash(String(url))]);
  return { ...(twilio === null ? {} : { twilio }), ...Object.fromEntries(entries) };
}

/** Throws if the older keys cannot be read: otherwise what they sealed would seem lost. */
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

/** Throws if they cannot be read: otherwise URLs would be refused or accepted without a visible reason. */
function portsOf(env: Variables): readonly number[] {
  const ports = (given(env.ALLOWED_PORTS) ?? "").split(",").filter((port) => port.trim() !== "");
  const numbers = ports.map(Number);
  if (numbers.every((port) => Number.isInteger(port) && port >= 1 && port <= MAX_PORT)) return numbers;
  throw new Error("ALLOWED_PORTS must be ports from 1 to 65535 with commas between them, like 8443,9443");
}

/** Throws if it cannot be read: otherwise a mistyped number would show only as slow dialing. */
export function connectionsIn(text: string): number {
  const { least, most } = CARRIER_CONNECTIONS;
  const connections = Number(text);
  if (Number.isInteger(connections) && connections >= least && connections <= most) return connections;
  throw new Error(`CARRIER_CONNECTIONS must be a whole number from ${least} to ${most}, not "${text}".`);
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Throws if they cannot be read: otherwise a mistyped value would look like people without a role. */
function accessOf(env: Variables): Access | null {
  const team = given(env.ACCESS_TEAM_DOMAIN);
  const audiences = (given(env.ACCESS_AUD) ?? "").split(",").map((tag) => tag.trim());
  const tags = audiences.filter((tag) => tag !== "");
  if (team === null && tags.length === 0) return null;
  if (team === null || tags.length === 0) throw new Error("set both ACCESS_TEAM_DOMAIN and ACCESS_AUD, or neither");
  const text = team.includes("://") ? team : `https://${team}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.includes(url.hostname));
  if (url === null || !isSafe || url.pathname !== "/" || url.search !== "") {
    throw new Error("ACCESS_TEAM_DOMAIN must be a host over https, like acme.cloudflareaccess.com");
  }
  return { issuer: url.origin, audiences: tags };
}

const read = new WeakMap<Variables, Settings>();

/** Read once for each environment, which lives as long as the isolate. */
export function settingsOf(env: Variables): Settings {
  const known = read.get(env);
  if (known !== undefined) return known;
  const settings = settingsIn(env);
  read.set(env, settings);
  return settings;
}

function settingsIn(env: Variables): Settings {
  const checkSeconds = Number(given(env.CALL_CHECK_SECONDS) ?? DEFAULT_CALL_CHECK_SECONDS);
  return {
    adminToken: given(env.ADMIN_TOKEN),
    keyRing: keyRingOf(env),
    publicBaseUrl: withoutSlash(given(env.PUBLIC_BASE_URL)),
    carrierBaseUrls: baseUrlsOf(env),
    reach: { allowsPrivate: env.ALLOW_PRIVATE_URLS === "true", morePorts: portsOf(env) },
    callCheckMs:
      (Number.isFinite(checkSeconds) && checkSeconds > 0 ? checkSeconds : DEFAULT_CALL_CHECK_SECONDS) * 1_000,
    carrierConnections: connectionsIn(given(env.CARRIER_CONNECTIONS) ?? String(CARRIER_CONNECTIONS.usual)),
    access: accessOf(env),
  };
}
