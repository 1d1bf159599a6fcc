/** Secrets are written and never read: not with a change that sends them to a server of the reader's either. */

import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { secretsToEnterAgain, valueAt } from "../../src/calling/numbers/destinations.ts";
import type { ConnectionType } from "../../src/calling/words/agent-connection.ts";
import type { Carrier } from "../../src/dialer/carrier.ts";
import {
  type AccountChange,
  CARRIERS,
  type CarrierAccount,
  carrierNamed,
  dialerFor,
} from "../../src/dialer/carriers.ts";
import { changedAccount } from "../../src/dialer/changed-account.ts";
import { sampleOrder } from "./samples.ts";

type Values = Readonly<Record<string, unknown>>;
type Written = (which: "old" | "new", name: string) => Values;

const digits = (which: "old" | "new") => (which === "old" ? "1" : "2");
const uuid = (which: "old" | "new") => `${digits(which).repeat(8)}-0000-4000-8000-000000000000`;
const base64 = (which: "old" | "new") => btoa(digits(which).repeat(32));
const trunk = (which: "old" | "new") => ({
  hostname: `${which}-trunk.example.com`,
  transport: which === "old" ? "tls" : "udp",
  credentials: { username: `${which}-trunk-user`, password: `${which}-trunk-password` },
  destination_country: which === "old" ? "US" : "DE",
  media_encryption: which === "old" ? "allowed" : "disabled",
});

/** Every field of every carrier with a value of its own, which is recognized wherever it is sent. */
const FIELDS: Readonly<Record<CarrierAccount["carrier"], Written>> = {
  twilio: (which) => ({
    account_sid: `AC${digits(which).repeat(32)}`,
    api_key_sid: `SK${digits(which).repeat(32)}`,
    api_key_secret: `${which}-api-key-secret`,
    auth_token: `${which}-auth-token`,
    region: which === "old" ? "us1" : "ie1",
  }),
  cartesia: (which) => ({ api_key: `${which}-api-key`, webhook_secret: `${which}-webhook-secret` }),
  telnyx: (which) => ({
    api_key: `KEY-${which}-api-key`,
    connection_id: digits(which).repeat(10),
    public_key: base64(which),
  }),
  http: (which) => ({
    url: `https://${which}.example.com`,
    token: `${which}-token-of-the-dialer`,
    webhook_secret: `${which}-webhook-secret`,
    detects_machines: which === "old",
  }),
  livekit: (which) => ({
    outbound: trunk(which),
    regions: eachRegion((region) => ({
      url: `https://${which}-${region}.example.com`,
      api_key: `${which}-${region}-api-key`,
      api_secret: `${which}-${region}-api-secret`,
    })),
  }),
  jambonz: (which) => ({
    outbound: trunk(which),
    regions: eachRegion((region) => ({
      url: `https://${which}-${region}.example.com/v1`,
      account_sid: uuid(which),
      api_key: `${which}-${region}-api-key`,
      webhook_secret: `${which}-${region}-webhook-secret`,
    })),
    recognizer: { vendor: `${which}-vendor`, language: `${which}-language`, label: `${which}-label` },
  }),
};
const eachRegion = (gateway: (region: string) => Values) => ({
  US: gateway("US"),
  EU: gateway("EU"),
  APAC: gateway("APAC"),
});

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const leavesOf = (value: unknown, path = ""): string[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, path === "" ? name : `${path}.${name}`))
    : [path];
/** The paths of a schema's fields, as the API's document has them. */
function leavesOfSchema(schema: unknown, path = ""): string[] {
  const { properties, anyOf } = schema as { properties?: Values; anyOf?: readonly { type?: string }[] };
  const inner = anyOf?.find(({ type }) => type !== "null");
  if (inner !== undefined) return leavesOfSchema(inner, path);
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, one]) =>
    leavesOfSchema(one, path === "" ? name : `${path}.${name}`),
  );
}
/** Credentials are changed together. */
const unitOf = (path: string): string => path.replace(/\.credentials\..*$/, ".credentials");
const isWithin = (path: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replace("*", "[^.]+")}(\\.|$)`).test(path);
function partOf(values: Values, paths: readonly string[]): Values {
  const part: Record<string, unknown> = {};
  for (const path of paths) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    let at = part;
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
    at[last] = valueAt(values, path);
  }
  return part;
}

const accountOf = ({ name, fields }: Carrier, values: Values): CarrierAccount =>
  ({ carrier: name, ...fields.parse(values) }) as CarrierAccount;
const oldOf = ({ name }: Carrier): Values => FIELDS[name as CarrierAccount["carrier"]]("old", name);
const newOf = ({ name }: Carrier): Values => FIELDS[name as CarrierAccount["carrier"]]("new", name);

describe.each(CARRIERS.map((carrier): [string, Carrier] => [carrier.name, carrier]))(
  "an account with %s",
  (_, carrier) => {
    it("has every field here", () => {
      const schema = z.toJSONSchema(carrier.fields, { io: "input", unrepresentable: "any" });
      // `hostname` is what is stored of `address`.
      const fields = leavesOfSchema(schema).filter((path) => path !== "outbound.address");
      expect(leavesOf(oldOf(carrier)).sort()).toEqual(fields.sort());
    });

    it("says of every field that no read shows as it is where it goes", () => {
      const account = accountOf(carrier, oldOf(carrier));
      const shown = JSON.stringify(carrier.show(account));
      const hidden = leavesOf(oldOf(carrier)).filter((path) => !shown.includes(JSON.stringify(valueAt(account, path))));
      const secrets = carrier.sends.flatMap((one) => one.secrets);
      expect(hidden.length).toBeGreaterThan(0);
      for (const path of hidden)
        expect([path, secrets.some((pattern) => isWithin(path, pattern))]).toEqual([path, true]);
      const named = [...secrets, ...carrier.sends.flatMap((one) => one.to)];
      for (const pattern of named) expect(leavesOf(oldOf(carrier)).some((path) => isWithin(path, pattern))).toBe(true);
    });
  },
);

/** What left, and where to. */
type Sent = { readonly origin: string; readonly open: string; readonly body: string };

async function sentBy(account: CarrierAccount): Promise<Sent[]> {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (url: string, init: { headers: Record<string, string>; body?: string }) => {
    const authorization = Object.values(init.headers).join("\n");
    const basic = /Basic (\S+)/.exec(authorization)?.[1];
    const tokens = authorization.split(/[.\s]/).map((part) => decoded(part));
    sent.push({
      origin: new URL(url).origin,
      open: [url, authorization, basic === undefined ? "" : atob(basic), ...tokens].join("\n"),
      body: decodeURIComponent((init.body ?? "").replaceAll("+", " ")),
    });
    return new Response("{}", { status: 500 });
  });
  const { connects } = carrierNamed(account.carrier);
  const agents: Record<ConnectionType, object> = {
    websocket: { type: "websocket", url: "wss://agent.example.org" },
    cartesia: { type: "cartesia", agent_id: "agent" },
    livekit: { type: "livekit", agent_name: "agent" },
  };
  const agent = agents[connects[0] ?? "websocket"] as ReturnType<typeof sampleOrder>["agent"];
  for (const region of ["US", "EU", "APAC"] as const) {
    const dialer = dialerFor(account, {}, region);
    await dialer.checkAccount();
    await dialer.place(sampleOrder({ agent, region, fromNumberId: "number" }));
  }
  vi.unstubAllGlobals();
  return sent;
}

function decoded(part: string): string {
  try {
    return atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

afterEach(() => vi.unstubAllGlobals());

describe.each(CARRIERS.map((carrier): [string, Carrier] => [carrier.name, carrier]))("a change of %s", (_, carrier) => {
  const before = accountOf(carrier, oldOf(carrier));
  const changeable = [...new Set(leavesOf(newOf(carrier)).map(unitOf))].filter((path) =>
    Object.hasOwn(carrier.changes.shape, path.split(".")[0] ?? ""),
  );

  it("sends no secret elsewhere that it does not bring, whichever fields it has", async () => {
    const origins = new Set((await sentBy(before)).map(({ origin }) => origin));
    const oldSecrets = leavesOf(oldOf(carrier))
      .filter((path) => carrier.sends.some(({ secrets }) => secrets.some((pattern) => isWithin(path, pattern))))
      .map((path) => String(valueAt(oldOf(carrier), path)));
    await fc.assert(
      fc.asyncProperty(fc.subarray(changeable), async (paths) => {
        const change = carrier.changes.parse(partOf(newOf(carrier), paths)) as AccountChange;
        const changed = changedAccount(before, change);
        if (!changed.ok) {
          if (changed.failure.kind !== "invalid") expect.fail(changed.failure.kind);
          // It names what to enter again, and with all of that it is accepted.
          const named = changed.failure.issues.map(({ path }) => path);
          expect(named.filter((path) => paths.includes(path))).toEqual([]);
          const complete = carrier.changes.parse(partOf(newOf(carrier), [...paths, ...named])) as AccountChange;
          expect(changedAccount(before, complete).ok).toBe(true);
          return;
        }
        for (const { origin, open, body } of await sentBy(changed.value)) {
          const isNewServer = !origins.has(origin);
          const isNewTrunk = body.includes("new-trunk.example.com") || body.includes("_UDP");
          for (const secret of oldSecrets) {
            if (isNewServer) expect(open).not.toContain(secret);
            if (isNewServer || isNewTrunk) expect(body).not.toContain(secret);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it("of one field alone is refused exactly where secrets go there", () => {
    for (const path of changeable) {
      const change = carrier.changes.parse(partOf(newOf(carrier), [path])) as AccountChange;
      const isAddress = carrier.sends.some(({ to }) => to.some((pattern) => isWithin(path, pattern)));
      expect([path, changedAccount(before, change).ok]).toEqual([path, !isAddress]);
    }
  });
});

describe("what has to be entered again", () => {
  const SENDS = [{ to: ["at.*.url"], secrets: ["at.*.key", "shared"] }];
  const before = { at: { a: { url: "1", key: "k" }, b: null }, shared: "s" };
  it.each<[string, object, object, string[]]>([
    ["nothing, where no address changes", before, { at: { a: { key: "new" } } }, []],
    [
      "all that goes there",
      { ...before, at: { a: { url: "2", key: "k" }, b: null } },
      { at: { a: { url: "2" } } },
      ["at.a.key", "shared"],
    ],
    [
      "what goes to an address that is new",
      { ...before, at: { ...before.at, b: { url: "2", key: "new" } } },
      { at: { b: { url: "2", key: "new" } } },
      ["shared"],
    ],
    [
      "no secret that is removed",
      { at: { a: { url: "2", key: null }, b: null }, shared: null },
      { at: { a: { url: "2", key: null } }, shared: null },
      [],
    ],
    [
      "no secret that was never set",
      { at: { a: { url: "2", key: "n" }, b: null } },
      { at: { a: { url: "2", key: "n" } } },
      [],
    ],
  ])("is %s", (_, after, change, paths) => {
    expect(secretsToEnterAgain(SENDS, before, after, change).map(({ path }) => path)).toEqual(paths);
  });
});
