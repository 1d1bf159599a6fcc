/** What must not be readable: provider secrets and keys at rest, keys and phone numbers in logs. */

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OrganizationObject } from "../../src/organization/object.ts";
import { JAMBONZ } from "../carrier/jambonz/known.ts";
import { TestService } from "../support/service.ts";

const SECRET = "the-api-key-secret-nobody-may-read";
const AUTH_TOKEN = "the-auth-token-nobody-may-read";
const NUMBERS = ["+14155550143", "+15005550001", "+15005550002"];

let service: TestService;
const logged: string[] = [];
beforeEach(async () => {
  logged.length = 0;
  for (const level of ["log", "info", "warn", "error", "debug"] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      logged.push(words.map(String).join(" "));
    });
  }
  service = await TestService.start();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await service.stop();
});

/** Every value of every table, as text. */
function rowsOf(state: DurableObjectState): string {
  const { sql } = state.storage;
  const tables = sql.exec<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  );
  return [...tables].map(({ name }) => JSON.stringify(sql.exec(`SELECT * FROM "${name}"`).toArray())).join("\n");
}

describe("at rest", () => {
  it("there is no provider's secret and no API key", async () => {
    await service.made("/agents/phone-numbers/providers", {
      type: "twilio",
      label: "Secret",
      account_sid: `AC${"d".repeat(32)}`,
      api_key_sid: `SK${"e".repeat(32)}`,
      api_key_secret: SECRET,
      auth_token: AUTH_TOKEN,
      region: "us1",
    });
    const rows = await runInDurableObject(service.organizationObject(), (_, state) => rowsOf(state));
    expect(rows).toContain(`AC${"d".repeat(32)}`);
    for (const secret of [SECRET, AUTH_TOKEN, service.key]) {
      expect(rows).not.toContain(secret);
      expect(rows).not.toContain(btoa(secret));
    }
  });

  it("there is no secret of a trunk's and its gateways', deep within the provider as they are", async () => {
    const gateway = {
      url: "https://api.jambonz.example.com/v1",
      account_sid: JAMBONZ.accountSid,
      api_key: JAMBONZ.apiKey,
      webhook_secret: JAMBONZ.webhookSecret,
    };
    const credentials = { username: JAMBONZ.trunkUser, password: JAMBONZ.trunkPassword };
    await service.made("/agents/phone-numbers/providers", {
      type: "sip_trunk",
      gateway: "jambonz",
      label: "Secret",
      outbound: { hostname: JAMBONZ.trunk, credentials },
      regions: { EU: gateway },
    });
    const rows = await runInDurableObject(service.organizationObject(), (_, state) => rowsOf(state));
    expect(rows).toContain(JAMBONZ.accountSid);
    for (const secret of [JAMBONZ.apiKey, JAMBONZ.webhookSecret, JAMBONZ.trunkPassword]) {
      expect(rows).not.toContain(secret);
      expect(rows).not.toContain(btoa(secret));
    }
  });

  it("there is no webhook's secret, neither with the organization nor with the deliveries", async () => {
    const webhook = { display_name: "CRM", url: "https://crm.example.com", secret: SECRET };
    const { id } = await service.made<{ id: string }>("/agents/webhooks", webhook);
    await service.api("POST", `/agents/webhooks/${id}/test`);
    const stubs = [service.organizationObject(), env.WEBHOOKS.getByName(id)];
    for (const stub of stubs) {
      const rows = await runInDurableObject<DurableObject, string>(stub, (_, state) => rowsOf(state));
      expect(rows).toContain(id);
      expect(rows).not.toContain(SECRET);
      expect(rows).not.toContain(btoa(SECRET));
    }
    const read = await service.api("GET", `/agents/webhooks/${id}`);
    expect(JSON.stringify(read.body)).not.toContain(SECRET);
  });

  it("there is no API key in the operators' directory either", async () => {
    const rows = await runInDurableObject(env.DIRECTORY.getByName("organizations"), (_, state) => rowsOf(state));
    expect(rows).toContain(service.organization);
    expect(rows).not.toContain(service.key);
  });
});

describe("in logs", () => {
  it("there is no key, no secret and nothing about a person, whatever goes wrong", async () => {
    await service.carrier.control("PUT", "faults", { fetch: { mode: "503" }, list: { mode: "500" } });
    await service.carrier.control("PUT", "outcomes", { "+14155550143": { first_request: 503 } });
    const { id } = await service.made<{ id: string }>("/agents/calls/batches", {
      ...service.batchBody([]),
      recipients: NUMBERS.map((to_number) => ({
        to_number,
        external_id: `crm-lovelace-${to_number.slice(-2)}`,
        metadata: { name: "Ada Lovelace" },
      })),
    });
    // Errors that quote what they were about.
    const failing = vi.spyOn(OrganizationObject.prototype, "erasePerson").mockImplementation(async (person) => {
      throw new TypeError(`no row for ${JSON.stringify(person)}, +1 (415) 555-0143 and %2B14155550143`);
    });
    expect((await service.api("DELETE", "/agents/people/%2B14155550143")).status).toBe(500);
    failing.mockRestore();
    await service.api("GET", `/agents/calls/batches/${id}`, undefined, { "x-api-key": `${service.key}x` });
    await service.api("POST", "/agents/calls/batches", service.batchBody(["+1415555014", "+14155550143"]));
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    const text = logged.join("\n");
    // The carrier's trouble was seen and written down.
    expect(text).toContain("call_outcome_unknown");
    expect(text).toContain("carrier_does_not_answer");
    expect(text).toContain("internal_error");
    const people = [...NUMBERS, ...NUMBERS.map((number) => number.slice(1)), "555-0143", "Lovelace", "lovelace"];
    for (const word of [...people, service.key, "stand-in-auth-token"]) {
      expect(text).not.toContain(word);
    }
  });
});
