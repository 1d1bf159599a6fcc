/**
 * The Worker in workerd on this machine, with only what `wrangler.toml` has. `wrangler dev` would open more ports and
 * pages: inspector, debug port, console for the objects' SQL, trace store, triggers and live reload. None of them is
 * here, and a check before the Worker serves only known hosts.
 *
 * A program that `service.ts` starts. It gets a `RuntimeOrder` as JSON in the variable `RUNTIME_ORDER`, so no secret is
 * on disk or in the list of processes.
 */

import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as miniflare from "miniflare";
import { built } from "./built.ts";

/** Required: to import it, Node would read its 6 MB twice more for the names in it, a second of the processor. */
const { convertV4MiniflareOptions, Log, LogLevel, Miniflare }: typeof miniflare = createRequire(import.meta.url)(
  "miniflare",
);

export type RuntimeOrder = {
  readonly port: number;
  /** Absolute. */
  readonly stateDir: string;
  /** Host names without a port. */
  readonly hosts: readonly string[];
  /** The only place in a private network that the Worker may connect to. Null: it may connect anywhere. */
  readonly carrierUrl: string | null;
  /** The Worker's variables and secrets. */
  readonly variables: Readonly<Record<string, string>>;
};

/** Another site's page whose name leads here (DNS rebinding) would be served as the service's own. */
const DOOR = /*js*/ `
const isKnown = (host, hosts) => {
  try { return hosts.includes(new URL("http://" + host).hostname); } catch { return false; }
};
export default {
  fetch(request, { WORKER, HOSTS }) {
    const { hostname } = new URL(request.url);
    if (HOSTS.includes(hostname) && isKnown(request.headers.get("Host"), HOSTS)) return WORKER.fetch(request);
    return new Response("This service does not answer for this host. PUBLIC_BASE_URL names the one that it has.\\n", {
      status: 421,
      headers: { "Content-Type": "text/plain; charset=utf-8" },
    });
  },
};`;

/**
 * Every connection of the Worker goes through here. A URL was checked by its name when it was stored; the runtime's
 * network checks the resolved address when it connects.
 */
const WAY_OUT = /*js*/ `
export default {
  fetch(request, { CARRIER_ORIGIN, CARRIER, INTERNET }) {
    return (new URL(request.url).origin === CARRIER_ORIGIN ? CARRIER : INTERNET).fetch(request);
  },
};`;

/**
 * Neither loopback nor private, and still not public: this machine, tests, clouds' metadata, IPv6 that leads to IPv4.
 */
const NEVER = [
  ["0.0.0.0/8", "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3"],
  ["::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16", "fec0::/10", "ff00::/8"],
].flat();

const network = (allow: string[], deny: string[]) => ({
  network: { allow, deny, tlsOptions: { trustBrowserCas: true } },
});

/** Its name is as hard to guess as the Worker's: a request that could choose it would be sent to any address. */
const wayOut = (name: string, carrierUrl: string) => ({
  name,
  modules: true,
  script: WAY_OUT,
  bindings: { CARRIER_ORIGIN: new URL(carrierUrl).origin },
  serviceBindings: { CARRIER: network(["public", "private"], []), INTERNET: network(["public"], NEVER) },
});

async function start({ port, stateDir, hosts, carrierUrl, variables }: RuntimeOrder): Promise<miniflare.Miniflare> {
  const { options, module: contents } = await built();
  const { durableObjects = {}, ratelimits: _, ...worker } = options;
  // A request can select a worker by its name, past the check, so this name cannot be guessed. Its objects are stored
  // under the usual name.
  const name = `callbatch-${randomUUID()}`;
  const wayOutName = `way-out-${randomUUID()}`;
  const objects = Object.entries(durableObjects).map(([binding, object]) => [
    binding,
    { ...object, unsafeUniqueKey: `callbatch-${object.className}` },
  ]);
  return new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port,
      cf: false,
      log: new Log(LogLevel.WARN),
      handleStructuredLogs: ({ message }) => console.log(message),
      resourcePersistencePath: join(stateDir, "v3"),
      workers: [
        {
          name: "door",
          modules: true,
          script: DOOR,
          bindings: { HOSTS: [...hosts] },
          serviceBindings: { WORKER: name },
        },
        {
          ...worker,
          name,
          modules: [{ type: "ESModule", path: "index.js", contents }],
          durableObjects: Object.fromEntries(objects),
          // In the state directory, as everything.
          r2Buckets: { ARCHIVE: "archive" },
          bindings: { ...worker.bindings, ...variables },
          ...(carrierUrl === null ? {} : { outboundService: wayOutName }),
        },
        ...(carrierUrl === null ? [] : [wayOut(wayOutName, carrierUrl)]),
      ],
    }),
  );
}

const order = JSON.parse(process.env.RUNTIME_ORDER ?? "") as RuntimeOrder;
delete process.env.RUNTIME_ORDER;
// Only the owner may read what the runtime stores.
process.umask(0o077);
const runtime = await start(order);
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  process.once(signal, () => void runtime.dispose().finally(() => process.exit(0)));
}
await runtime.ready;
