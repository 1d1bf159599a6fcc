/** What an earlier version stored is there for this one. */

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { findAgent } from "../../src/organization/configuration/agents.ts";
import { unsealedAccount } from "../../src/organization/configuration/credentials.ts";
import { findProvider } from "../../src/organization/configuration/providers.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { seal } from "../../src/organization/store/seal.ts";
import { migrate } from "../../src/storage/migrations.ts";
import { Sql } from "../../src/storage/sql.ts";

const KEY = ["an encryption key for tests"];
const TWILIO_ALONE = ORGANIZATION_STEPS.findIndex((step) => step.includes("RENAME TO twilio_providers"));
const CREDENTIALS = { api_key_sid: `SK${"b".repeat(32)}`, api_key_secret: "a secret", auth_token: "a token" };

it("keeps agents and providers, credentials included, of the time when Twilio was the only carrier", async () => {
  await runInDurableObject(env.ORGANIZATIONS.getByName(crypto.randomUUID()), async (_, { storage }) => {
    const sql = new Sql(storage);
    migrate(sql, ORGANIZATION_STEPS.slice(0, TWILIO_ALONE));
    sql.run("INSERT INTO agents VALUES (1, 'agent_old', 'Ada', 'wss://agent.example.com/audio', 5, 6)");
    const sealed = await seal(KEY, "app_old", JSON.stringify(CREDENTIALS));
    const PROVIDER = "INSERT INTO providers VALUES (?, ?, 'twilio', 'Old', 'ACaa', 'ie1', ?, 'SK…bbbb', ?, 7, 8)";
    sql.run(PROVIDER, 3, "app_old", 1, sealed);
    sql.run(PROVIDER, 4, "app_unsigned", 0, sealed);
    migrate(sql, ORGANIZATION_STEPS);

    expect(findAgent(sql, "agent_old")).toEqual({
      id: "agent_old",
      name: "Ada",
      connection: { type: "websocket", url: "wss://agent.example.com/audio" },
      webhook_id: null,
      createdAt: 5,
      updatedAt: 6,
    });
    const provider = findProvider(sql, "app_old");
    const shown = { carrier: "twilio", account_sid: "ACaa", api_key_sid: "SK…bbbb", region: "ie1" };
    expect(provider?.view).toEqual({
      id: "app_old",
      label: "Old",
      account: { ...shown, has_auth_token: true },
      // It says nothing of its pace, and none is made up for it.
      pace: null,
      createdAt: 7,
      updatedAt: 8,
    });
    expect(findProvider(sql, "app_unsigned")?.view.account).toEqual({ ...shown, has_auth_token: false });
    expect(provider === null ? null : await unsealedAccount(KEY, provider)).toMatchObject({ ...shown, ...CREDENTIALS });
    expect(sql.all("SELECT ordinal FROM providers ORDER BY ordinal")).toEqual([{ ordinal: 3 }, { ordinal: 4 }]);
  });
});

it("knows of providers of the time before that they were never said to tell machines from people", async () => {
  await runInDurableObject(env.ORGANIZATIONS.getByName(crypto.randomUUID()), async (_, { storage }) => {
    const sql = new Sql(storage);
    migrate(
      sql,
      ORGANIZATION_STEPS.slice(
        0,
        ORGANIZATION_STEPS.findIndex((step) => step.includes("$.detects_machines")),
      ),
    );
    const shown = { url: "https://dialer.example.com", token: "…oken" };
    const PROVIDER = "INSERT INTO providers VALUES (?, ?, ?, 'Old', ?, 'sealed', 7, 8)";
    sql.run(PROVIDER, 1, "app_dialer", "http", JSON.stringify(shown));
    sql.run(PROVIDER, 2, "app_other", "cartesia", JSON.stringify({ api_key: "…key" }));
    const trunk = { outbound: { hostname: "trunk.example.com" }, regions: { US: null, EU: null, APAC: null } };
    sql.run(PROVIDER, 3, "app_trunk", "jambonz", JSON.stringify(trunk));
    migrate(sql, ORGANIZATION_STEPS);
    const account = (id: string) => findProvider(sql, id)?.view.account;
    expect(account("app_dialer")).toEqual({ carrier: "http", ...shown, detects_machines: false });
    expect(account("app_other")).toEqual({ carrier: "cartesia", api_key: "…key" });
    const { regions } = trunk;
    const outbound = {
      ...trunk.outbound,
      address: "trunk.example.com",
      auth_username: "",
      media_encryption: "allowed",
    };
    expect(account("app_trunk")).toEqual({ carrier: "jambonz", outbound, regions, recognizer: null });
  });
});
