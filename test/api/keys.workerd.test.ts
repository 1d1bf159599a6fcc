/** What a key must be before any object is asked for it, and who guesses too often to be heard. */

import { createExecutionContext, listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { type Failed, numbers, TestService } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

type Key = { readonly id: string; readonly key: string };

let service: TestService;
let signed: Key;
beforeAll(async () => {
  service = await TestService.start();
  signed = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "signed" });
});
afterAll(() => service.stop());

/** Of each organization that was asked for. */
const asked: string[] = [];
const watched = {
  ...env,
  ORGANIZATIONS: {
    getByName: (name: string) => {
      asked.push(name);
      return env.ORGANIZATIONS.getByName(name);
    },
  },
};
beforeEach(() => {
  asked.length = 0;
  // Counts begin anew with each minute of the clock.
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(Math.floor(Date.now() / 60_000) * 60_000 + 5_000) });
});
afterEach(() => {
  vi.useRealTimers();
});

async function ask(key: string, headers: Record<string, string> = {}, path = "/agents"): Promise<Response> {
  const all = { "x-api-key": key, "cartesia-version": "2026-03-01", ...headers };
  const response = await worker.fetch(
    new Request(`https://${service.host}${path}`, { headers: all }),
    watched,
    createExecutionContext(),
  );
  await response.clone().arrayBuffer();
  return response;
}

const name = () => service.organization.slice("org_".length);
const changed = (key: string, at: number): string => {
  const place = at < 0 ? key.length + at : at;
  return key.slice(0, place) + (key[place] === "1" ? "2" : "1") + key.slice(place + 1);
};

describe("a key that cannot be good", () => {
  it.each<[string, () => string]>([
    ["without a prefix", () => signed.key.slice(3)],
    ["of another prefix", () => signed.key.replace("sk_", "pk_")],
    ["of a prefix in capitals", () => signed.key.replace("sk_", "SK_")],
    ["that is a prefix", () => "sk_"],
    ["that is an organization", () => service.organization],
    ["without a secret", () => `sk_${name()}_`],
    ["without a separator", () => `sk_${name()}`],
    ["with a short secret", () => `sk_${name()}_1234567`],
    ["with an endless secret", () => `sk_${name()}_${"a".repeat(129)}`],
    ["of 8,000 characters", () => `sk_${"a".repeat(8_000)}`],
    ["with a space inside", () => signed.key.replace("-", " ")],
    ["with a line break, encoded", () => `${signed.key}%0a`],
    ["with a quote", () => `${signed.key}'`],
    ["with SQL behind", () => `${signed.key}' OR '1'='1`],
    ["with a path", () => `sk_../${name()}_${"1".repeat(44)}`],
    ["with a wildcard", () => `sk_${name()}_*`],
    ["with a star for the organization", () => `sk_*_${"1".repeat(44)}`],
    ["of no organization", () => `sk__${"1".repeat(44)}`],
    ["twice", () => `${signed.key}, ${signed.key}`],
    ["of an organization that was never made", () => `sk_nobody_${crypto.randomUUID()}`],
    ["of an organization that was never made, short", () => "sk_nobody_12345678"],
    ["of an organization's name in capitals", () => `sk_${name().toUpperCase()}X_${crypto.randomUUID()}`],
    ["of an organization's whole id", () => `sk_${service.organization}_${crypto.randomUUID()}`],
    ["whose signature differs at its end", () => changed(signed.key, -1)],
    ["whose signature differs at its begin", () => changed(signed.key, -16)],
    ["whose secret differs", () => changed(signed.key, -40)],
    ["whose organization differs", () => signed.key.replace(name(), "nobody")],
    ["with no signature but zeros", () => signed.key.replace(/-[^-]*$/, `-${"0".repeat(16)}`)],
    [
      "whose signature is in capitals",
      () => signed.key.replace(/-[^-]*$/, (end) => `${end.toUpperCase()}`).replace(/-[0-9]+$/, "-F"),
    ],
    ["whose signature is cut short, of another organization", () => `sk_nobody_${signed.key.slice(-61, -1)}`],
    ["with a signature of another key", () => `sk_${name()}_${"1".repeat(44)}-${signed.key.slice(-16)}`],
  ])("%s is refused, asks no organization's object and makes none", async (_, key) => {
    const before = await listDurableObjectIds(env.ORGANIZATIONS);
    const response = await ask(key());
    expect(response.status).toBe(401);
    expect(((await response.json()) as Failed).error_code).toBe("unauthorized");
    // A key with a form of its own leads nowhere but to its organization, which exists.
    expect(asked.filter((one) => one !== service.organization)).toEqual([]);
    expect(await listDurableObjectIds(env.ORGANIZATIONS)).toHaveLength(before.length);
  });

  it("of a known organization asks its object only where it is not signed", async () => {
    for (const at of [-1, -16, -20, -61]) await ask(changed(signed.key, at));
    expect(asked).toEqual([]);
    expect((await ask(`sk_${name()}_${crypto.randomUUID()}`)).status).toBe(401);
    expect(asked).toEqual([service.organization]);
  });

  it("is refused when it is revoked, though its signature is good", async () => {
    const made = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "short-lived" });
    expect((await ask(made.key)).status).toBe(200);
    await service.admin("DELETE", `/${service.organization}/api-keys/${made.id}`);
    expect((await ask(made.key)).status).toBe(401);
  });
});

describe("who guesses", () => {
  const QUOTA = 30;
  let lastAddress = 0;
  /** In the range that is reserved for documents. */
  const address = (): Record<string, string> => {
    lastAddress += 1;
    return { "cf-connecting-ip": `203.0.113.${lastAddress}` };
  };

  it("keys is heard thirty times a minute from an address, and a signed key always", async () => {
    const from = address();
    for (let guess = 0; guess < QUOTA; guess += 1) {
      expect((await ask(`sk_nobody${guess}_${crypto.randomUUID()}`, from)).status).toBe(401);
    }
    const refused = await ask(`sk_nobody_${crypto.randomUUID()}`, from);
    expect(refused.status).toBe(429);
    expect(((await refused.json()) as Failed).error_code).toBe("rate_limited");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    // A right one that could have been guessed is not heard, either.
    expect((await ask(service.key, from)).status).toBe(429);
    expect((await ask(signed.key, from)).status).toBe(200);
    expect((await ask(service.key, address())).status).toBe(200);
    vi.setSystemTime(Date.now() + 60_000);
    expect((await ask(service.key, from)).status).toBe(200);
  });

  it("from many addresses of one IPv6 network is one", async () => {
    for (let guess = 0; guess < QUOTA; guess += 1) {
      const from = { "cf-connecting-ip": `2001:db8:0:1:${guess.toString(16)}::1` };
      expect((await ask("sk_nobody_12345678", from)).status).toBe(401);
    }
    expect((await ask("sk_nobody_12345678", { "cf-connecting-ip": "2001:db8::1:0:0:0:ffff" })).status).toBe(429);
    expect((await ask("sk_nobody_12345678", { "cf-connecting-ip": "2001:db8:0:2::1" })).status).toBe(401);
  });

  it("the operators' token is heard as often", async () => {
    const from = address();
    const admin = (token: string): Promise<Response> =>
      ask("", { ...from, authorization: `Bearer ${token}` }, "/admin/organizations");
    for (let guess = 0; guess < QUOTA; guess += 1) expect((await admin(`guess${guess}`)).status).toBe(401);
    expect((await admin("admin_test")).status).toBe(429);
  });

  it("live tickets is heard as often", async () => {
    const { id } = await service.createBatch(numbers(1));
    const headers = { ...address(), upgrade: "websocket" };
    const watch = (): Promise<Response> =>
      ask("", headers, `/agents/calls/batches/${id}/live?ticket=${crypto.randomUUID()}`);
    for (let guess = 0; guess < QUOTA; guess += 1) expect((await watch()).status).toBe(401);
    expect((await watch()).status).toBe(429);
  });

  it("keys of one organization is heard 600 times a minute from all addresses", async () => {
    const other = await TestService.start();
    const organization = other.organization.slice("org_".length);
    for (let guess = 0; guess < 600; guess += 1) {
      const response = await ask(`sk_${organization}_guessing-${guess}`);
      if (response.status !== 401) expect([guess, response.status]).toEqual([guess, 401]);
    }
    expect((await ask(`sk_${organization}_guessing-again`)).status).toBe(429);
    expect((await ask(service.key)).status).toBe(200);
    await other.stop();
  });
});

describe("how often a key may ask", () => {
  it("is told with each answer, as the IETF's draft has it", async () => {
    const { headers, status } = await ask(signed.key);
    expect(status).toBe(200);
    expect(headers.get("ratelimit-policy")).toBe('"key";q=5000;w=10');
    expect(headers.get("ratelimit")).toMatch(/^"key";r=\d+;t=\d+$/);
  });

  it("is what Cloudflare's limiter says, where one is bound", async () => {
    const keys: string[] = [];
    const limited = {
      ...env,
      KEY_LIMITER: {
        limit: async ({ key }: { key: string }) => {
          keys.push(key);
          return { success: false };
        },
      },
    };
    const made = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "limited" });
    const request = () =>
      new Request(`https://${service.host}/agents`, {
        headers: { "x-api-key": made.key, "cartesia-version": "2026-03-01" },
      });
    const response = await worker.fetch(request(), limited, createExecutionContext());
    expect(response.status).toBe(429);
    expect(response.headers.get("ratelimit")).toMatch(/^"key";r=0;t=\d+$/);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    // Until the period is over it is not asked again.
    expect((await worker.fetch(request(), limited, createExecutionContext())).status).toBe(429);
    expect(keys).toEqual([`key:${made.id}`]);
  });

  it("does not matter to carriers", async () => {
    const forged = await ask("", { "cf-connecting-ip": "203.0.113.200" }, "/healthz");
    expect(forged.headers.get("ratelimit")).toMatch(/^"address";/);
    const callback = await fetchWorker(
      new Request(`https://${service.host}/callbacks/twilio/ac_1/x`, {
        method: "POST",
        headers: { "cf-connecting-ip": "203.0.113.200" },
      }),
    );
    expect(callback.headers.get("ratelimit")).toBeNull();
  });
});

describe("a key that an operator chooses", () => {
  const choose = async (key: string, origin = `https://${service.host}`): Promise<{ status: number; body: Failed }> => {
    const response = await fetchWorker(
      new Request(`${origin}/admin/organizations/${service.organization}/api-keys`, {
        method: "POST",
        headers: { authorization: "Bearer admin_test", "content-type": "application/json" },
        body: JSON.stringify({ label: "chosen", key }),
      }),
    );
    return { status: response.status, body: (await response.json()) as Failed };
  };

  it.each(["12345678", "password-password-password", "a".repeat(64), "0123456789abcdef"])(
    "is refused where others could guess it: %s",
    async (secret) => {
      const refused = await choose(`sk_${name()}_${secret}`);
      expect(refused.status).toBe(400);
      expect(refused.body.message).toContain("key: must have at least 128 random bits");
    },
  );

  it("serves where it has 128 bits", async () => {
    const key = `sk_${name()}_${crypto.randomUUID()}`;
    expect((await choose(key)).status).toBe(201);
    expect((await ask(key)).status).toBe(200);
  });

  it("may be simple on loopback", async () => {
    expect((await choose(`sk_${name()}_localhost`, "http://127.0.0.1:8787")).status).toBe(201);
  });

  it("must not look signed", async () => {
    const refused = await choose(changed(signed.key, -1));
    expect(refused).toMatchObject({ status: 400, body: { error_code: "validation_failed" } });
  });
});
