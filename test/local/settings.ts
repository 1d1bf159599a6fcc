/** The environment's settings for a local run, parsed once. */

import { CARRIER_CONNECTIONS } from "../../src/calling/requests/limits.ts";
import { connectionsIn } from "../../src/env.ts";
import { StartFailure } from "./start-failure.ts";

export type LocalSettings = {
  readonly port: number;
  readonly stateDir: string;
  /** Null: decided in `secrets.ts`. */
  readonly adminToken: string | null;
  readonly encryptionKey: string | null;
  readonly publicBaseUrl: string;
  /** Seconds from a call's answer to the first question about it; null: the Worker's default. */
  readonly callCheckSeconds: string | null;
  /** Requests to the carrier that a batch may have in flight, in the Worker's form. */
  readonly carrierConnections: string;
  /** Organizations' URLs may be private. Null: only while all is on loopback. */
  readonly allowsPrivateUrls: boolean | null;
  /** In the Worker's form. */
  readonly allowedPorts: string | null;
  /** In the Worker's form. */
  readonly access: AccessVariables;
  readonly carrier: CarrierChoice;
  /** Show the output of the started processes. */
  readonly isVerbose: boolean;
};

export type AccessVariables = Readonly<Partial<Record<"ACCESS_TEAM_DOMAIN" | "ACCESS_AUD", string>>>;

export type CarrierChoice =
  /** `pace`: its own variables, as text; missing ones have the carrier's default. */
  | { readonly kind: "stand_in"; readonly port: number; readonly authToken: string; readonly pace: CarrierPace }
  | { readonly kind: "given"; readonly baseUrl: string; readonly authToken: string };

export type CarrierPace = Readonly<Partial<Record<"CARRIER_RING_MS" | "CARRIER_TALK_MS", string>>>;

export type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 8787;
const DEFAULT_CARRIER_PORT = 8788;
const DEFAULT_STATE_DIR = ".wrangler/state";
/** The secret that signs the stand-in carrier's callbacks. */
const DEFAULT_CARRIER_AUTH_TOKEN = "stand-in-auth-token";
/** The stand-in carrier's calls last seconds, so a lost callback is noticed within seconds too. */
const STAND_IN_CALL_CHECK_SECONDS = "5";

export function settingsFrom(env: Environment): LocalSettings {
  const port = portFrom(env, "PORT", DEFAULT_PORT);
  const authToken = given(env, "CARRIER_AUTH_TOKEN") ?? DEFAULT_CARRIER_AUTH_TOKEN;
  const baseUrl = given(env, "TWILIO_API_BASE_URL");
  const carrier: CarrierChoice =
    baseUrl === null
      ? { kind: "stand_in", port: portFrom(env, "CARRIER_PORT", DEFAULT_CARRIER_PORT), authToken, pace: paceFrom(env) }
      : { kind: "given", baseUrl: urlFrom("TWILIO_API_BASE_URL", baseUrl), authToken };
  return {
    port,
    stateDir: given(env, "STATE_DIR") ?? DEFAULT_STATE_DIR,
    adminToken: given(env, "ADMIN_TOKEN"),
    encryptionKey: given(env, "ENCRYPTION_KEY"),
    publicBaseUrl: urlFrom("PUBLIC_BASE_URL", given(env, "PUBLIC_BASE_URL") ?? `http://127.0.0.1:${port}`),
    callCheckSeconds:
      given(env, "CALL_CHECK_SECONDS") ?? (carrier.kind === "stand_in" ? STAND_IN_CALL_CHECK_SECONDS : null),
    carrierConnections: connectionsFrom(env),
    allowsPrivateUrls: booleanFrom(env, "ALLOW_PRIVATE_URLS"),
    allowedPorts: given(env, "ALLOWED_PORTS"),
    access: accessFrom(env),
    carrier,
    isVerbose: given(env, "VERBOSE") !== null,
  };
}

/** The address of the carrier's REST API for the Worker. */
export const carrierBaseUrl = (carrier: CarrierChoice): string =>
  carrier.kind === "stand_in" ? `http://127.0.0.1:${carrier.port}` : carrier.baseUrl;

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Nothing leaves this machine, and nothing comes from outside. */
export const isLoopbackOnly = ({ publicBaseUrl, carrier }: LocalSettings): boolean =>
  [publicBaseUrl, carrierBaseUrl(carrier)].every((url) => LOOPBACK.includes(new URL(url).hostname));

/** A service that others can reach makes no connections into its own network, unless its operator allows it. */
export const allowsPrivateUrls = (settings: LocalSettings): boolean =>
  settings.allowsPrivateUrls ?? isLoopbackOnly(settings);

/** The service's host names, without ports. */
export const servedHosts = ({ publicBaseUrl }: LocalSettings): string[] => [
  ...new Set([...LOOPBACK, new URL(publicBaseUrl).hostname]),
];

function urlFrom(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "http:" || url?.protocol === "https:") return text.replace(/\/+$/, "");
  throw new StartFailure(`${name} must be a URL with https:// or http://, not "${text}".`);
}

/** workerd on this machine lets an object wait for as many answers as it likes. */
function connectionsFrom(env: Environment): string {
  const text = given(env, "CARRIER_CONNECTIONS") ?? String(CARRIER_CONNECTIONS.most);
  try {
    connectionsIn(text);
  } catch (error) {
    throw new StartFailure(error instanceof Error ? error.message : String(error));
  }
  return text;
}

function booleanFrom(env: Environment, name: string): boolean | null {
  const text = given(env, name);
  if (text === null || text === "true" || text === "false") return text === null ? null : text === "true";
  throw new StartFailure(`${name} must be true or false, not "${text}".`);
}

function paceFrom(env: Environment): CarrierPace {
  const ring = given(env, "CARRIER_RING_MS");
  const talk = given(env, "CARRIER_TALK_MS");
  return { ...(ring === null ? {} : { CARRIER_RING_MS: ring }), ...(talk === null ? {} : { CARRIER_TALK_MS: talk }) };
}

function accessFrom(env: Environment): AccessVariables {
  const team = given(env, "ACCESS_TEAM_DOMAIN");
  const audiences = given(env, "ACCESS_AUD");
  if (team === null && audiences === null) return {};
  if (team !== null && audiences !== null) return { ACCESS_TEAM_DOMAIN: team, ACCESS_AUD: audiences };
  throw new StartFailure("Set both ACCESS_TEAM_DOMAIN and ACCESS_AUD, or neither.");
}

function given(env: Environment, name: string): string | null {
  const text = env[name];
  return text === undefined || text === "" ? null : text;
}

function portFrom(env: Environment, name: string, byDefault: number): number {
  const text = given(env, name);
  if (text === null) return byDefault;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartFailure(`${name} must be a port from 1 to 65535, not "${text}".`);
  }
  return port;
}
