/**
 * The stand-in carrier: a small HTTP server on this machine with Twilio's REST API and signed status callbacks. So the
 * service uses its real Twilio code, with another base URL.
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ControlParts, control, type RequestRecord } from "./control.ts";
import { Deliveries } from "./deliveries.ts";
import { Exchange } from "./exchange.ts";
import { Faults } from "./faults.ts";
import { defaultOutcomes } from "./outcomes.ts";
import { seededRandom } from "./random.ts";
import { Recent } from "./recent.ts";
import { RestApi } from "./rest-api.ts";

export const DEFAULT_AUTH_TOKEN = "stand-in-auth-token";

export type CarrierOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly ringMs?: number;
  readonly talkMs?: number;
  /** How much ringing and talking vary, from 0 to 1. */
  readonly jitter?: number;
  readonly authToken?: string;
  readonly seed?: number;
  /** Calls placed and ended are appended there, a JSON line each. */
  readonly recordFile?: string | null;
};
export type Carrier = { readonly url: string; readonly port: number; close(): Promise<void> };

const MAX_BODY_BYTES = 1_024 * 1_024;
/** Short names for a look with curl. */
const LOOKS: Readonly<Record<string, string>> = {
  "/_calls": "/__carrier/calls",
  "/_stats": "/__carrier/summary",
  "/_reset": "/__carrier/reset",
};
const KEPT_REQUESTS = 20_000;

export async function startCarrier(options: CarrierOptions): Promise<Carrier> {
  const {
    ringMs = 500,
    talkMs = 2_000,
    jitter = 0,
    authToken = DEFAULT_AUTH_TOKEN,
    seed = 1,
    recordFile = null,
  } = options;
  const faults = new Map<string, Faults>();
  const none = new Faults();
  const faultsOf = (host: string | null) => faults.get(host ?? "") ?? faults.get("") ?? none;
  const deliveries = new Deliveries(authToken);
  deliveries.isDown = () => faultsOf(null).down;
  const outcomes = defaultOutcomes();
  const pace = { ringMs, talkMs, jitter };
  const exchange = new Exchange({ outcomes, deliveries, faultsOf, random: seededRandom(seed), pace, recordFile });
  const parts: ControlParts = {
    exchange,
    deliveries,
    outcomes,
    faults,
    requests: new Recent<RequestRecord>(KEPT_REQUESTS),
  };
  const api = new RestApi(exchange, faultsOf);

  const server = createServer((request, response) => {
    answer(parts, api, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400, { "content-type": "text/plain" });
      response.end(String(error));
    });
  });
  // Longer than any client keeps a connection: one that the server closes just as it is used again is a request that failed.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () => {
      exchange.close();
      deliveries.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  parts: ControlParts,
  api: RestApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = await readBody(request);
  url.pathname = LOOKS[url.pathname] ?? url.pathname;
  if (!url.pathname.startsWith("/__carrier/")) {
    const status = await api.handle(request, response, url, body);
    parts.requests.add({ at: Date.now(), method: request.method ?? "", path: url.pathname, status });
    return;
  }
  const result = await control(parts, request.method ?? "", url, body);
  response.writeHead(result === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(result ?? { message: "no such control route" }));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Error("the body is too long for this stand-in");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
