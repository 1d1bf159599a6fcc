/** Requests for direct calls that share an object: none of them is touched by what becomes of the others. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchOrder } from "../../src/calling/messages/batch-order.ts";
import { parseCallId } from "../../src/calling/secrets/ids.ts";
import { POOL_CHARACTERS } from "../../src/organization/batches/direct-pools.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { numbers, TestService, until } from "../support/service.ts";

const CALLS = "/agents/calls";
/** Answered; talks until somebody ends it. */
const TALKS = "+15005550011";

type Entry = { readonly number: string; readonly agent_call_id?: string; readonly error?: { error_code: string } };
type Call = { readonly id: string; readonly status: string; readonly metadata?: Record<string, unknown> };
type Ledger = { readonly in_use: number; readonly holding: { readonly batch_id: string; readonly slots: number }[] };

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({ limit: 20 });
});
afterEach(async () => {
  await service.carrier.control("PUT", "faults", {});
  await service.stop();
});

const bodyOf = (to: readonly string[], settings: object = {}) => ({
  agent_id: "agent_test",
  from_number_id: "ap_test",
  outbound_calls: to.map((to_number) => ({ to_number, metadata: { to_number } })),
  ...settings,
});
const dial = async (to: readonly string[], settings: object = {}, headers: Record<string, string> = {}) =>
  (await service.api<{ calls: Entry[] }>("POST", CALLS, bodyOf(to, settings), headers)).body.calls;
const routesOf = (entries: readonly Entry[]) =>
  new Set(entries.map(({ agent_call_id }) => parseCallId(agent_call_id ?? "")?.route));
const ledger = () => service.admin<Ledger>("GET", `/${service.organization}/ledger`);
const isFree = () => until(async () => ((await ledger()).holding.length === 0 ? true : null), 40_000);
const read = async ({ agent_call_id }: Entry) => (await service.api<Call>("GET", `${CALLS}/${agent_call_id}`)).body;
const requestOf = (to: string, key: string | null = null) => ({
  agent_id: "agent_test",
  from_number_id: "ap_test",
  destinations: [{ to_number: to, timezone: null }],
  people: [],
  ringing_timeout_seconds: 60,
  max_call_duration_minutes: 480,
  onVoicemail: null,
  callbackBaseUrl: `https://${service.host}`,
  idempotency: key === null ? null : { key, bodyHash: key },
});
async function announce(to: string, characters: object = { characters: 12 }): Promise<BatchOrder> {
  const announced = await service.organizationObject().announceCalls({ ...requestOf(to), ...characters });
  if (!announced.ok) throw new Error("not announced");
  return announced.value;
}
const person = (to_number: string) => [{ to_number, metadata: null, timezone: null }];

it("those that are alike share one, those with other settings have another", async () => {
  const entries = (await Promise.all([1, 2, 3].map((turn) => dial([`+1415555010${turn}`])))).flat();
  expect(routesOf(entries).size).toBe(1);
  const others = await dial(["+14155550105"], { ringing_timeout_seconds: 30 });
  expect(routesOf([...entries, ...others]).size).toBe(2);
  for (const entry of entries) expect(await read(entry)).toMatchObject({ metadata: { to_number: entry.number } });
  expect(new Set(entries.map(({ agent_call_id }) => agent_call_id)).size).toBe(3);
  await isFree();
});

it("the carrier and the agent hear with each call of which request it is", async () => {
  const requests = [["+14155550101", "+14155550102"], ["+14155550103"]];
  for (const numbers of requests) await dial(numbers);
  const calls = await service.carrier.calls();
  const groups = requests.map(
    (numbers) => new Set(calls.filter(({ to }) => numbers.includes(to)).map((one) => one.batch_id)),
  );
  expect(groups.map(({ size }) => size)).toEqual([1, 1]);
  expect(groups[0]).not.toEqual(groups[1]);
  await isFree();
});

it("each is answered with its own calls, also while another's wait for the carrier", async () => {
  await service.carrier.control("PUT", "faults", { answer_ms: 300 });
  const asked = ["+14155550101", "+14155550102", "+15005550001", "+14155550103"];
  const answers = await Promise.all(asked.map((to) => dial([to])));
  expect(answers.map(([entry]) => entry?.number)).toEqual(asked);
  expect(answers.map(([entry]) => entry?.error?.error_code ?? null)).toEqual([null, null, "call_not_placed", null]);
  await isFree();
  expect((await service.carrier.calls()).map(({ to }) => to).toSorted()).toEqual(
    asked.filter((to) => to !== "+15005550001"),
  );
});

it("a repeat finds its own among those that came since", async () => {
  const key = { "idempotency-key": "mine" };
  const mine = await dial(["+14155550101"], {}, key);
  const others = [await dial(["+14155550102"]), await dial(["+14155550103"])].flat();
  expect(await dial(["+14155550101"], {}, key)).toEqual(mine);
  expect(routesOf([...mine, ...others]).size).toBe(1);
  await isFree();
  expect((await service.carrier.summary()).placed).toBe(3);
});

it("the next one is opened when one is full, and the calls of both are in the agent's list", async () => {
  const metadata = { text: "x".repeat(15_000) };
  const large = {
    outbound_calls: numbers(Math.ceil(POOL_CHARACTERS / 15_000)).map((to_number) => ({ to_number, metadata })),
  };
  await service.admin("PATCH", `/${service.organization}`, { agent_call_concurrency_limit: 100 });
  const first = await dial(["+14155550101"]);
  const filling = await dial([], large);
  const next = await dial(["+14155550102"]);
  expect(routesOf([...first, ...filling])).toEqual(routesOf(first));
  expect(routesOf(next)).not.toEqual(routesOf(first));
  const { data } = (await service.api<{ data: Call[] }>("GET", `${CALLS}?agent_id=agent_test&limit=100`)).body;
  const all = [...first, ...filling, ...next].map(({ agent_call_id }) => agent_call_id);
  expect(data[0]?.id).toBe(all.at(-1));
  expect(data.at(-1)?.id).toBe(all[0]);
  expect(new Set(data.map(({ id }) => id))).toEqual(new Set(all));
  await isFree();
});

it("an order of an earlier version has an object of its own, and is dialed once however it is asked for", async () => {
  await dial(["+14155550101"]);
  const order = await announce("+14155550102", {});
  expect(order.requestedAt).toBeUndefined();
  const object = service.batchObject(order.id);
  const outcomes = await object.dialDirectly(order, person("+14155550102"));
  expect(outcomes).toMatchObject([{ kind: "call" }]);
  expect(await object.dialDirectly(order, person("+14155550102"))).toEqual(outcomes);
  await isFree();
  expect((await service.carrier.summary()).placed).toBe(2);
});

describe("one that comes too late", () => {
  let clock: DrivenClock;
  beforeEach(() => {
    clock = new DrivenClock(service);
  });
  afterEach(() => clock.stop());

  it("dials nobody, gives its slot and its place in the budget back, and holds up none of the others", async () => {
    const usage = async () =>
      (await service.admin<{ agents_usage: number }>("GET", `/${service.organization}`)).agents_usage;
    const [talking] = await dial([TALKS]);
    const late = await announce("+14155550102");
    expect([await usage(), (await ledger()).in_use]).toEqual([2, 2]);
    await clock.advance(11_000);
    await clock.ring();
    await until(async () => ((await ledger()).in_use === 1 ? true : null));
    expect(await usage()).toBe(1);
    const [outcomes, others] = await Promise.all([
      service.batchObject(late.id).callNow(late, person("+14155550102")),
      dial(["+14155550103"]),
    ]);
    expect(outcomes).toMatchObject([{ kind: "error", error: { code: "call_not_placed" } }]);
    expect(others[0]?.agent_call_id).toBeDefined();
    await service.api("POST", `${CALLS}/${talking?.agent_call_id}/cancel`);
    await isFree();
    expect((await service.carrier.calls()).map(({ to }) => to)).toEqual([TALKS, "+14155550103"]);
    expect(await usage()).toBe(2);
  });
});
