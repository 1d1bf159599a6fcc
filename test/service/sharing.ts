/**
 * One service for all files of tests that need no settings of their own. It runs beside vitest itself, begins with the
 * first file that asks for it, and ends with the run.
 */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Served } from "../local/provision.ts";
import { Cleanup, isolated, startService } from "./support.ts";

/** Slow enough that a browser sees each state of a call. */
const PACE = { CARRIER_RING_MS: "150", CARRIER_TALK_MS: "600" };

const cleanup = new Cleanup();
let started: Promise<Served> | null = null;
let server: Promise<Server> | null = null;
/** Projects whose tests may ask for it. */
let users = 0;

async function start(): Promise<Served> {
  const { service } = await startService({ ...(await isolated(cleanup)), ...PACE }, cleanup);
  const { baseUrl, settings, secrets } = service;
  return { baseUrl, settings, secrets };
}

async function listen(): Promise<Server> {
  const made = createServer((_, response) => {
    started ??= start();
    started.then(
      (served) => response.end(JSON.stringify(served)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => made.listen(0, "127.0.0.1", listening));
  return made;
}

/** The URL that tells where the service is, as `Served`. */
export async function share(): Promise<string> {
  users += 1;
  server ??= listen();
  return `http://127.0.0.1:${((await server).address() as AddressInfo).port}`;
}

/** The last one ends what was started. */
export async function unshare(): Promise<void> {
  users -= 1;
  if (users > 0) return;
  const listening = await server;
  listening?.closeAllConnections();
  listening?.close();
  await started?.catch(() => null);
  await cleanup.run();
}
