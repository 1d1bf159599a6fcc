import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  callId,
  newBatchId,
  organizationOfApiKey,
  parseCallId,
  parseRecipientId,
  recipientId,
  routeOfBatch,
} from "../../src/calling/secrets/ids.ts";

const BASE58_22 = "[1-9A-HJ-NP-Za-km-z]{22}";
const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("ids", () => {
  it("leads from a recipient or a call to its batch and back", () => {
    fc.assert(
      fc.property(number, (n) => {
        const route = routeOfBatch(newBatchId()) ?? "";
        expect(callId(route, n)).toMatch(new RegExp(`^ac_${BASE58_22}$`));
        expect(parseCallId(callId(route, n))).toEqual({ route, number: n });
        expect(parseRecipientId(recipientId(route, n))).toEqual({ route, number: n });
      }),
    );
  });

  it("makes ids of the contract's form that differ", () => {
    const ids = new Set(Array.from({ length: 1_000 }, newBatchId));
    expect(ids.size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(new RegExp(`^acb_${BASE58_22}$`));
  });

  it("takes nothing else for an id", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(routeOfBatch(`acb_${text}`) === null || new RegExp(`^${BASE58_22}$`).test(text)).toBe(true);
      }),
    );
    expect(parseCallId("ac_zzzzzzzzzzzzzzzzzzzzzz")).toBeNull();
    expect(parseCallId(newBatchId())).toBeNull();
    expect(parseCallId(recipientId("00".repeat(11), 1))).toBeNull();
  });
});

describe("API keys", () => {
  it("name their organization", () => {
    expect(organizationOfApiKey("sk_demo_localhost")).toEqual({ ok: true, value: "org_demo" });
    expect(organizationOfApiKey("sk_two_words_0123456789")).toEqual({ ok: true, value: "org_two_words" });
  });

  it.each(["", "sk_", "sk_demo", "sk__localhost", "sk_demo_short", "pk_demo_localhost", "sk_demo_local host"])(
    "refuse %j",
    (key) => {
      expect(organizationOfApiKey(key).ok).toBe(false);
    },
  );
});
