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
const OWNERS = ["org_test", "org_eu.test", "org_us.test", "org_fedramp.test", "org_fedramp-high.test"];
const owner = fc.constantFrom(...OWNERS);
const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** Of at least 22 characters. */
const base58 = (value: bigint, least = 22): string =>
  value === 0n && least === 0 ? "" : base58(value / 58n, Math.max(0, least - 1)) + ALPHABET[Number(value % 58n)];

describe("ids", () => {
  it("leads from a recipient or a call to its batch and back", () => {
    fc.assert(
      fc.property(number, owner, (n, whose) => {
        const route = routeOfBatch(newBatchId(), whose) ?? "";
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
        expect(routeOfBatch(`acb_${text}`, "org_test") === null || new RegExp(`^${BASE58_22}$`).test(text)).toBe(true);
      }),
    );
    for (const text of [
      base58(2n ** 128n),
      base58(5n << 32n),
      base58(255n << 32n),
      "1".repeat(21),
      "1".repeat(23),
      `${"1".repeat(21)}0`,
    ]) {
      expect(parseCallId(`ac_${text}`)).toBeNull();
    }
    expect(parseCallId(`ac_${base58(0n)}`)).toEqual({ route: "0".repeat(22), number: 0 });
    expect(parseCallId(recipientId("00".repeat(11), 1))).toBeNull();
    expect(parseRecipientId(callId("00".repeat(11), 1))).toBeNull();
  });

  it("are base58 of the route, eight bits of the jurisdiction and the number, whatever was written or read before", () => {
    const routes = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 88n - 1n }),
      // Their last nine characters are 2^31 below an overflow: 29^9 times 277 is 1 modulo 512.
      fc.bigInt({ min: 0n, max: 2n ** 10n }).map((k) => (((277n + 512n * k) << 22n) * 58n ** 9n - 2n ** 31n) >> 40n),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(routes, number, owner), { minLength: 1 }), (parts) => {
        for (const [value, n, whose] of parts) {
          const batch = `acb_${base58(value << 40n)}`;
          const route = routeOfBatch(batch, whose) ?? "";
          const place = BigInt(OWNERS.indexOf(whose)) << 32n;
          const id = `ac_${base58((value << 40n) + place + BigInt(n))}`;
          expect(callId(route, n)).toBe(id);
          expect(parseCallId(id)).toEqual({ route, number: n });
          expect(parseCallId(`ac_${base58((value << 40n) + BigInt(n) + (5n << 32n))}`)).toBeNull();
        }
      }),
    );
  });
});

describe("API keys", () => {
  it("name their organization", () => {
    expect(organizationOfApiKey("sk_demo_localhost")).toEqual({ ok: true, value: "org_demo" });
    expect(organizationOfApiKey("sk_two_words_0123456789")).toEqual({ ok: true, value: "org_two_words" });
    expect(organizationOfApiKey("sk_eu.acme_0123456789")).toEqual({ ok: true, value: "org_eu.acme" });
    expect(organizationOfApiKey("sk_fedramp-high.a_b_0123456789")).toEqual({ ok: true, value: "org_fedramp-high.a_b" });
  });

  it.each([
    "",
    "sk_",
    "sk_demo",
    "sk__localhost",
    "sk_demo_short",
    "pk_demo_localhost",
    "sk_demo_local host",
    "sk_mars.acme_0123456789",
    "sk_eu.eu.acme_0123456789",
    "sk_eu._0123456789",
    "sk_.acme_0123456789",
  ])("refuse %j", (key) => {
    expect(organizationOfApiKey(key).ok).toBe(false);
  });
});
