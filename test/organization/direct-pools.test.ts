/** Which requests for direct calls share an object, and what an agent's list of calls asks of them. */

import { beforeEach, describe, expect, it } from "vitest";
import { routeOfBatch } from "../../src/calling/secrets/ids.ts";
import {
  areDirectCallsAsking,
  directSources,
  isAgentInDirectUse,
  isNumberInDirectUse,
  POOL_CALLS,
  POOL_CHARACTERS,
  POOL_OPEN_MS,
  POOLS_OPEN,
  type PoolSettings,
  poolFor,
} from "../../src/organization/batches/direct-pools.ts";
import { ORGANIZATION_STEPS } from "../../src/organization/store/migrations.ts";
import { countDirectCalls } from "../../src/organization/store/profile.ts";
import type { Sql } from "../../src/storage/sql.ts";
import { nodeSql } from "../support/node-sql.ts";

const MINUTE = 60_000;
const NOW = 1_900_000_000_000;
/** Calls begin within ten seconds, by a clock that may be a minute ahead. */
const LATER = 70_000;

const SETTINGS: PoolSettings = {
  agent_id: "agent_1",
  from_number_id: "ap_1",
  region: "US",
  ringing_timeout_seconds: 60,
  max_call_duration_minutes: 10,
  onVoicemail: null,
  callbackBaseUrl: "https://calls.example.com",
};

const OF_AGENT = { agentId: "agent_1", person: [] };

let sql: Sql;
beforeEach(() => {
  sql = nodeSql(ORGANIZATION_STEPS);
  sql.run(
    `INSERT INTO organization (only_row, id, name, agent_call_concurrency_limit, agents_usage, created_at, newest_batch_at)
     VALUES (1, 'org_1', 'Acme', 10, 0, 7, 0)`,
  );
});

type Asked = { at?: number; calls?: number; characters?: number | null; settings?: Partial<PoolSettings> };
/** The pool's route, and the request's own id. */
function request({ at = NOW, calls = 1, characters = 20, settings = {} }: Asked = {}) {
  const { id, createdAt, openPools } = poolFor(sql, { ...SETTINGS, ...settings }, calls, characters, at);
  countDirectCalls(sql, calls, at, openPools);
  return { id, createdAt, route: routeOfBatch(id, "org_test") };
}
const pools = () =>
  sql.all<{ created_at: number; newest_at: number }>(
    "SELECT created_at, newest_at FROM direct_pools ORDER BY created_at",
  );

describe("requests that are alike", () => {
  it("share an object, each under an id of its own, and write one row each", () => {
    const first = request();
    const before = sql.rowsWritten;
    const second = request({ at: NOW + 1 });
    expect(sql.rowsWritten - before).toBe(1);
    expect(second.route).toBe(first.route);
    expect(second.id).not.toBe(first.id);
    expect([first.createdAt, second.createdAt]).toEqual([NOW, NOW]);
    expect(pools()).toEqual([{ created_at: NOW, newest_at: NOW + POOL_OPEN_MS + LATER }]);
  });

  it.each<[string, Asked]>([
    ["full of calls", { calls: POOL_CALLS - 1 }],
    ["full of metadata", { characters: POOL_CHARACTERS - 20 }],
  ])("have the next object where the first is %s, and its last call is known", (_, large) => {
    const first = request(large);
    expect(request({ at: NOW + MINUTE }).route).toBe(first.route);
    expect(request({ at: NOW + 2 * MINUTE }).route).not.toBe(first.route);
    expect(pools()[0]).toEqual({ created_at: NOW, newest_at: NOW + MINUTE + LATER });
  });

  it("have the next object after a day", () => {
    const first = request();
    expect(request({ at: NOW + POOL_OPEN_MS - 1 }).route).toBe(first.route);
    expect(request({ at: NOW + POOL_OPEN_MS }).route).not.toBe(first.route);
    expect(pools()[0]?.newest_at).toBe(NOW + POOL_OPEN_MS - 1 + LATER);
  });

  it("of a Worker that knows of no shared objects have an object each", () => {
    const shared = request();
    const routes = [1, 2].map((after) => request({ at: NOW + after, characters: null }).route);
    expect(new Set([shared.route, ...routes]).size).toBe(3);
    expect(request({ at: NOW + 3 }).route).toBe(shared.route);
  });
});

describe("requests with other settings", () => {
  it.each<[string, Partial<PoolSettings>]>([
    ["agent", { agent_id: "agent_2" }],
    ["number", { from_number_id: "ap_2" }],
    ["region", { region: "EU" }],
    ["ringing timeout", { ringing_timeout_seconds: 30 }],
    ["longest call", { max_call_duration_minutes: 11 }],
    ["way with voicemail", { onVoicemail: "hang_up" }],
    ["address for callbacks", { callbackBaseUrl: "https://other.example.com" }],
  ])("have another object: %s", (_, settings) => {
    const first = request();
    expect(request({ at: NOW + 1, settings }).route).not.toBe(first.route);
    expect(request({ at: NOW + 2 }).route).toBe(first.route);
  });

  it("beyond those that are kept open, the object that was used least lately takes no more", () => {
    const of = (minutes: number, at: number) => request({ at, settings: { max_call_duration_minutes: minutes } });
    const first = of(1, NOW);
    for (let minutes = 2; minutes <= POOLS_OPEN; minutes += 1) of(minutes, NOW + minutes);
    expect(of(1, NOW + 1_000).route).toBe(first.route);
    of(POOLS_OPEN + 1, NOW + 1_001);
    // The second was used at NOW + 2, and the first since.
    expect(pools()[1]).toEqual({ created_at: NOW + 2, newest_at: NOW + 2 + LATER });
    expect(of(1, NOW + 1_002).route).toBe(first.route);
    expect(pools()).toHaveLength(POOLS_OPEN + 1);
  });
});

describe("the objects that an agent's list of calls asks", () => {
  const older = { direction: "older", from: null, until: null, atMost: 2 } as const;

  it("come in parts, the newest calls first, and none twice", () => {
    const made = [0, 1, 2, 3, 4].map((turn) => request({ at: NOW + turn, calls: POOL_CALLS }).id);
    request({ settings: { agent_id: "agent_2" }, at: NOW + 5 });
    const seen: string[] = [];
    let part = directSources(sql, OF_AGENT, older);
    seen.push(...part.sources.map(({ batchId }) => batchId));
    while (part.goesOn) {
      part = directSources(sql, OF_AGENT, { ...older, goingOn: part.goesOn });
      seen.push(...part.sources.map(({ batchId }) => batchId));
    }
    expect(seen).toEqual(made.toReversed());
  });

  it("come going newer in the order in which they were opened, also one that began before", () => {
    const made = [0, 1, 2, 3, 4].map((turn) => request({ at: NOW + turn * 60 * MINUTE, calls: POOL_CALLS }).id);
    const newer = { ...older, direction: "newer", from: NOW + 60 * MINUTE + 1 } as const;
    const first = directSources(sql, OF_AGENT, newer);
    expect(first.sources.map(({ batchId }) => batchId)).toEqual(made.slice(1, 3));
    if (!first.goesOn) throw new Error("there are more");
    const second = directSources(sql, OF_AGENT, { ...newer, goingOn: first.goesOn });
    expect(second).toMatchObject({ goesOn: null, sources: made.slice(3).map((batchId) => ({ batchId })) });
  });

  it("are those that can have a call in the span", () => {
    const [, second] = [0, 1, 2].map((turn) => request({ at: NOW + turn * 60 * MINUTE, calls: POOL_CALLS }).id);
    const span = { from: NOW + 60 * MINUTE, until: NOW + 61 * MINUTE };
    for (const direction of ["older", "newer"] as const) {
      const { sources } = directSources(sql, OF_AGENT, { ...older, direction, ...span });
      expect(sources.map(({ batchId }) => batchId)).toEqual([second]);
    }
  });

  it("of a request of an earlier version is one whose calls were made when it was", () => {
    const steps = ORGANIZATION_STEPS.findIndex((step) => step.includes("CREATE TABLE direct_pools"));
    const old = nodeSql(ORGANIZATION_STEPS.slice(0, steps));
    old.run(`INSERT INTO direct_orders VALUES (5, 'acb_TX9N9ULdcZQd5CEgrpdpAE', 'agent_1', 'ap_1', 1, NULL)`);
    for (const step of ORGANIZATION_STEPS.slice(steps)) old.run(step);
    expect(directSources(old, OF_AGENT, older).sources).toEqual([
      { batchId: "acb_TX9N9ULdcZQd5CEgrpdpAE", newestPossibleAt: 5, oldestPossibleAt: 5 - 60_000 },
    ]);
  });
});

function hold({ id, createdAt }: { id: string; createdAt: number }): void {
  sql.run(
    `INSERT INTO holdings (batch_id, direct, created_at, request_number, open, requested_slots, holds, granted_request,
       granted_slots, grant_known) VALUES (?, 1, ?, 1, 1, 1, 0, 1, 1, 0)`,
    id,
    createdAt,
  );
}

it("an agent and a number are in use while a request holds a slot", () => {
  const asked = request();
  const inUse = () => [isAgentInDirectUse(sql, "agent_1"), isNumberInDirectUse(sql, "ap_1")];
  expect(inUse()).toEqual([false, false]);
  hold(asked);
  expect(inUse()).toEqual([true, true]);
  expect(isAgentInDirectUse(sql, "agent_2")).toBe(false);
});

it("of direct calls those need the detection of machines that ask who answers", () => {
  sql.run(`INSERT INTO phone_numbers (id, label, number, provider_id, created_at, updated_at)
    VALUES ('ap_1', '', '+14155550100', 'app_1', 0, 0)`);
  hold(request());
  expect(areDirectCallsAsking(sql, "app_1")).toBe(false);
  hold(request({ at: NOW + 1, settings: { onVoicemail: "hang_up" } }));
  expect(areDirectCallsAsking(sql, "app_1")).toBe(true);
  expect(areDirectCallsAsking(sql, "app_2")).toBe(false);
});
