import { describe, expect, it } from "vitest";
import type { AccountChange } from "../../src/dialer/carriers.ts";
import { changedAccount } from "../../src/dialer/changed-account.ts";
import { sampleAccount } from "./samples.ts";

const GATEWAY = {
  url: "https://us.example.com/v1",
  account_sid: "9351f46a-678c-43f5-b8a6-d4eb58d131af",
  api_key: "key",
  webhook_secret: "secret",
};
const TRUNK = {
  hostname: "trunk.example.com",
  transport: "tls",
  credentials: { username: "user", password: "password" },
  destination_country: null,
  media_encryption: null,
} as const;
const ACCOUNT = {
  carrier: "jambonz",
  outbound: TRUNK,
  regions: { US: GATEWAY, EU: null, APAC: null },
  recognizer: { vendor: "deepgram", language: "en-US", label: "main" },
} as const;
const CREDENTIALS = { username: "other", password: "entered again" };
const EU = { ...GATEWAY, url: "https://eu.example.com/v1" };

describe("a changed account", () => {
  it.each<[string, AccountChange, unknown]>([
    ["nothing", {}, ACCOUNT],
    [
      "one key of one region",
      { regions: { US: { api_key: "new" } } },
      { ...ACCOUNT, regions: { ...ACCOUNT.regions, US: { ...GATEWAY, api_key: "new" } } },
    ],
    [
      "another region, with the trunk's credentials, which go there too",
      { regions: { EU }, outbound: { credentials: CREDENTIALS } },
      { ...ACCOUNT, regions: { ...ACCOUNT.regions, EU }, outbound: { ...TRUNK, credentials: CREDENTIALS } },
    ],
    [
      "the trunk's password away",
      { outbound: { credentials: null } },
      { ...ACCOUNT, outbound: { ...TRUNK, credentials: null } },
    ],
    [
      "the recognizer's language",
      { recognizer: { language: "de-DE" } },
      { ...ACCOUNT, recognizer: { vendor: "deepgram", language: "de-DE", label: "main" } },
    ],
    ["the recognizer away", { recognizer: null }, { ...ACCOUNT, recognizer: null }],
    [
      "the trunk's host and its credentials",
      { outbound: { hostname: "b.example.com", credentials: CREDENTIALS } },
      { ...ACCOUNT, outbound: { ...TRUNK, hostname: "b.example.com", credentials: CREDENTIALS } },
    ],
  ])("has %s changed, and all else as it was", (_, change, after) => {
    expect(changedAccount(ACCOUNT, change)).toEqual({ ok: true, value: after });
  });

  it("of flat fields takes what is given, null included", () => {
    const before = { carrier: "twilio", ...sampleAccount() } as const;
    expect(changedAccount(before, { api_key_secret: "new", auth_token: null })).toEqual({
      ok: true,
      value: { ...before, api_key_secret: "new", auth_token: null },
    });
  });

  it.each<[string, AccountChange, string | string[]]>([
    ["another region without the trunk's credentials", { regions: { EU } }, "outbound.credentials"],
    [
      "another url without all that goes there",
      { regions: { US: { url: EU.url, webhook_secret: null } } },
      ["outbound.credentials", "regions.US.api_key"],
    ],
    ["another host of the trunk", { outbound: { hostname: "b.example.com" } }, "outbound.credentials"],
    ["an unencrypted way to the trunk", { outbound: { transport: null } }, "outbound.credentials"],
    [
      "a region without its key",
      { regions: { EU: { url: EU.url, account_sid: EU.account_sid } } },
      "regions.EU.api_key",
    ],
    ["what the gateway cannot do", { outbound: { media_encryption: "required" } }, "outbound.media_encryption"],
  ])("is refused with %s", (_, change, path) => {
    const changed = changedAccount(ACCOUNT, change);
    if (changed.ok || changed.failure.kind !== "invalid") expect.fail("it is not refused as it should be");
    expect(changed.failure.issues.map(({ message }) => message).join()).not.toContain("hostname");
    expect(changed.failure.issues.map((issue) => issue.path)).toEqual([path].flat());
  });
});
