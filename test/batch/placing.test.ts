/** A request whose outcome is unknown is repeated only where the carrier has an idempotency key, and never believed too much. */

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Line } from "../../src/batch/line.ts";
import { Placing } from "../../src/batch/placing.ts";
import type { Recipients } from "../../src/batch/recipients.ts";
import type { Happening } from "../../src/batch/settle.ts";
import { carrierNamed } from "../../src/dialer/carriers.ts";
import type { PlaceOrder, PlaceOutcome } from "../../src/dialer/dialer.ts";
import { sampleAccount } from "../dialer/samples.ts";
import { sampleAttempt, sampleBatch } from "./samples.ts";

const UNKNOWN: PlaceOutcome = { kind: "unknown", message: "reset" };
const PLACED: PlaceOutcome = { kind: "placed", carrierCallId: "CA1" };
const REFUSED: PlaceOutcome = { kind: "refused", code: "1", message: "a duplicate" };
const LATER: PlaceOutcome = { kind: "try_later", retryAfterMs: null, message: "slow down" };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What happened, and what the carrier was asked. `says`: its answers, the last one again and again. */
async function place(repeatableForMs: number | null, says: readonly PlaceOutcome[]) {
  const orders: PlaceOrder[] = [];
  const dialer = carrierNamed("twilio").dialer(sampleAccount(), null, null);
  vi.spyOn(dialer, "place").mockImplementation(async (order) => {
    orders.push(order);
    return says[Math.min(orders.length, says.length) - 1] ?? UNKNOWN;
  });
  const happenings: Happening[] = [];
  const placing = new Placing({
    route: "0123456789abcdef012345",
    recipients: { at: () => ({ to_number: "+14155550123", metadata: null, timezone: null }) } as unknown as Recipients,
    row: () => sampleBatch(),
    happened: (_, happening) => happenings.push(happening),
    throttled: () => {},
  });
  const line: Line = {
    dialer,
    dialing: {
      agent: { id: "agent_1", name: "Ada", connection: { type: "websocket", url: "wss://agent.example.com" } },
      from_number: "+14155550100",
      carrier_number_id: null,
      account: { carrier: "twilio", ...sampleAccount() },
      calling_window: null,
    },
    capabilities: { ...carrierNamed("twilio").capabilities, repeatableForMs },
  };
  const done = placing.place(line, sampleAttempt());
  await vi.advanceTimersByTimeAsync(120_000);
  await done;
  return { orders, happening: happenings[0] };
}

it("is not repeated where a repeat may dial a second time", async () => {
  const { orders, happening } = await place(null, [UNKNOWN, PLACED]);
  expect(orders).toHaveLength(1);
  expect(happening).toMatchObject({ kind: "unanswered" });
});

it("is repeated as it was, where a repeat places nothing more, until the carrier says which call it is", async () => {
  const { orders, happening } = await place(60_000, [UNKNOWN, UNKNOWN, PLACED]);
  expect(orders).toHaveLength(3);
  expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
  expect(happening).toEqual(PLACED);
});

it("stays unknown where the repeats are, and is repeated no longer than the key counts", async () => {
  const { orders, happening } = await place(60_000, [UNKNOWN]);
  expect(orders.length).toBeGreaterThan(2);
  expect(orders.length).toBeLessThan(15);
  expect(happening).toMatchObject({ kind: "unanswered" });
  expect((await place(20_000, [UNKNOWN])).orders.length).toBeLessThan(7);
});

it.each([[REFUSED], [LATER]])(
  "stays unknown where a repeat is not taken: the first request may have been: %o",
  async (answer) => {
    const { orders, happening } = await place(60_000, [UNKNOWN, answer]);
    expect(orders).toHaveLength(2);
    expect(happening).toMatchObject({ kind: "unanswered", message: "reset" });
  },
);
