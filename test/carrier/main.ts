/**
 * `node test/carrier/main.ts`: the stand-in carrier by itself. CARRIER_PORT (8788), CARRIER_RING_MS (500),
 * CARRIER_TALK_MS (2000), CARRIER_JITTER (0.5), CARRIER_AUTH_TOKEN, CARRIER_RECORD (a file), CARRIER_SEED.
 */

import { DEFAULT_AUTH_TOKEN, startCarrier } from "./server.ts";

function number(name: string, usual: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return usual;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  console.error(`${name} must be a number that is not negative, not "${text}"`);
  process.exit(1);
}

const carrier = await startCarrier({
  port: number("CARRIER_PORT", 8788),
  ringMs: number("CARRIER_RING_MS", 500),
  talkMs: number("CARRIER_TALK_MS", 2_000),
  jitter: Math.min(1, number("CARRIER_JITTER", 0.5)),
  seed: number("CARRIER_SEED", 1),
  authToken: process.env.CARRIER_AUTH_TOKEN ?? DEFAULT_AUTH_TOKEN,
  recordFile: process.env.CARRIER_RECORD ?? null,
}).catch((error: unknown) => {
  console.error(`the stand-in carrier cannot start: ${String(error)}`);
  process.exit(1);
});
console.log(`stand-in carrier listening on ${carrier.url}`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    carrier.close().then(() => process.exit(0));
  });
}
