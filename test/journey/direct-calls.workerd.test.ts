/** Direct calls: every outcome, the limit, batches beside them, windows, and other organizations' calls. */

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BatchOrder } from "../../src/calling/messages/batch-order.ts";
import { present } from "../../src/calling/requests/assert.ts";
import { parseCallId } from "../../src/calling/secrets/ids.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { type Answer, type Failed, numbers, TestService, until } from "../support/service.ts";

const CALLS = "/agents/calls";
/** Answered; talks until somebody ends it. */
const TALKS = "+15005550011";
const ALWAYS = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], start: "00:00", end: "24:00" };

type Entry = {
  readonly number: string;
  readonly agent_call_id?: string;
  readonly error?: { readonly error_code: string; readonly title: string; readonly message: string };
};
type Calls = { readonly calls: Entry[] };
type Call = {
  readonly id: string;
  readonly status: string;
  readonly end_reason?: string;
  readonly error_message?: string;
  readonly metadata?: Record<string, unknown>;
};
type Ledger = {
  readonly in_use: number;
  readonly calls_outside_batches: number;
  readonly holding: { readonly batch_id: string; readonly kind: string; readonly slots: number }[];
  readonly waiting: unknown[];
};

let service: TestService;
afterEach(async () => {
  await service.carrier.control("PUT", "faults", {});
  await service.carrier.control("PUT", "pace", { ring_ms: 5, talk_ms: 20 });
  await service.stop();
});

const bodyOf = (to: readonly string[]) => ({
  agent_id: "agent_test",
  from_number_id: "ap_test",
  outbound_calls: to.map((to_number) => ({ to_number })),
});
const dial = (to: readonly string[], headers: Record<string, string> = {}) =>
  service.api<Calls & Failed>("POST", CALLS, bodyOf(to), headers);
const errorsOf = ({ body }: Answer<Calls>) => body.calls.map(({ error }) => error?.error_code ?? null);
const idOf = (entry: Entry | undefined): string => entry?.agent_call_id ?? "";
const read = async (id: string) => (await service.api<Call>("GET", `${CALLS}/${id}`)).body;
const comesTo = (id: string, status: string): Promise<Call> =>
  until(async () => {
    const call = await read(id);
    return call.status === status ? call : null;
  }, 40_000);
const ledger = () => service.admin<Ledger>("GET", `/${service.organization}/ledger`);
const isFree = () => until(async () => ((await ledger()).holding.length === 0 ? true : null), 40_000);
const change = (fields: Record<string, unknown>) => service.admin("PATCH", `/${service.organization}`, fields);

describe("each outcome of the carrier", () => {
  beforeEach(async () => {
    service = await TestService.start();
  });

  it.each([
    ["busy", "+15005550002", "failed", "dial_busy"],
    ["no answer", "+15005550003", "failed", "dial_no_answer"],
    ["fails after it was accepted", "+15005550004", "failed", "dial_failed"],
    ["answered, ends well", "+15005550006", "completed", "client_hangup"],
    ["every callback twice and in reverse order", "+15005550008", "completed", "client_hangup"],
    ["any other number", "+14155550199", "completed", "client_hangup"],
  ])("%s: a call", async (_, to, status, reason) => {
    const answer = await dial([to]);
    expect(answer).toMatchObject({ status: 200, body: { calls: [{ number: to }] } });
    const [entry] = answer.body.calls;
    expect(entry?.error).toBeUndefined();
    expect(await comesTo(idOf(entry), status)).toMatchObject({ end_reason: reason });
    await isFree();
  });

  it.each([
    ["refused", "+15005550001", /21211/],
    ["429: a direct call does not wait", "+15005550009", /not now/],
  ])("%s: an error in place of the call, and the slot is free", async (_, to, says) => {
    const answer = await dial([to]);
    expect(errorsOf(answer)).toEqual(["call_not_placed"]);
    expect(answer.body.calls[0]?.error?.message).toMatch(says);
    expect(answer.body.calls[0]?.agent_call_id).toBeUndefined();
    await isFree();
    expect((await service.carrier.summary()).placed).toBe(0);
  });

  it("answers for each destination in the order of the request, with its metadata in the call", async () => {
    const to = ["+14155550101", "+15005550001", "+14155550102"];
    const body = { ...bodyOf(to), outbound_calls: to.map((to_number) => ({ to_number, metadata: { to_number } })) };
    const { calls } = (await service.api<Calls>("POST", CALLS, body)).body;
    expect(calls.map(({ number }) => number)).toEqual(to);
    expect(calls.map(({ error }) => error === undefined)).toEqual([true, false, true]);
    expect((await read(idOf(calls[2]))).metadata).toEqual({ to_number: "+14155550102" });
  });

  it("dials 100 in one request, and no more", async () => {
    await change({ agent_call_concurrency_limit: 100 });
    const answer = await dial(numbers(100));
    expect(errorsOf(answer)).toEqual(Array(100).fill(null));
    expect((await service.carrier.summary()).placed).toBe(100);
    expect((await dial(numbers(101))).status).toBe(400);
  });
});

describe("the limit", () => {
  beforeEach(async () => {
    service = await TestService.start({ limit: 2 });
  });

  it("refuses one by one who is above it, also where nothing is free, and forgets nobody", async () => {
    const first = await dial([TALKS, TALKS, "+14155550100"]);
    expect(first.status).toBe(200);
    expect(errorsOf(first)).toEqual([null, null, "concurrency_limited"]);
    const keyed = { "idempotency-key": "once a slot is free" };
    expect(errorsOf(await dial(["+14155550100"], keyed))).toEqual(["concurrency_limited"]);
    expect(await ledger()).toMatchObject({ in_use: 2, calls_outside_batches: 2, waiting: [] });

    const ended = idOf(first.body.calls[0]);
    await comesTo(ended, "started");
    expect((await service.api("POST", `${CALLS}/${ended}/cancel`)).status).toBe(200);
    expect(await comesTo(ended, "completed")).toMatchObject({ end_reason: "api_cancelled" });
    await until(async () => ((await ledger()).in_use === 1 ? true : null));
    // The same request with the same key is decided anew: nothing was kept of it.
    expect(errorsOf(await dial(["+14155550100"], keyed))).toEqual([null]);
    expect(errorsOf(await dial(["+14155550101"]))).toEqual(["concurrency_limited"]);
    expect((await service.carrier.summary()).peak_in_flight).toBe(2);
  });

  it("a lowered one takes nothing back and holds from then on", async () => {
    const { calls } = (await dial([TALKS, TALKS])).body;
    await change({ agent_call_concurrency_limit: 1 });
    await comesTo(idOf(calls[0]), "started");
    await service.api("POST", `${CALLS}/${idOf(calls[0])}/cancel`);
    await until(async () => ((await ledger()).in_use === 1 ? true : null));
    expect(errorsOf(await dial(["+14155550100"]))).toEqual(["concurrency_limited"]);
    expect((await read(idOf(calls[1]))).status).not.toBe("completed");
  });

  it("counts them as batches' calls are counted, so a batch waits for their end", async () => {
    const { calls } = (await dial([TALKS])).body;
    const batch = await service.createBatch(["+14155550100"], { target_concurrency_limit: 2 });
    expect(await ledger()).toMatchObject({ holding: [{ kind: "direct", slots: 1 }], waiting: [{ slots: 2 }] });
    await comesTo(idOf(calls[0]), "started");
    await service.api("POST", `${CALLS}/${idOf(calls[0])}/cancel`);
    expect((await service.finished(batch.id)).status).toBe("completed");
  });

  it("lets no direct call take a free slot that a waiting batch has to collect", async () => {
    await service.createBatch([TALKS], { target_concurrency_limit: 1 });
    const waiting = await service.createBatch(["+14155550100"], { target_concurrency_limit: 2 });
    expect((await service.batch(waiting.id)).status).toBe("pending");
    expect(errorsOf(await dial(["+14155550100"]))).toEqual(["concurrency_limited"]);
  });
});

describe("reserved_concurrency", () => {
  beforeEach(async () => {
    service = await TestService.start({ limit: 5 });
    await change({ reserved_concurrency: 2 });
  });

  it("is kept free of batches, and lets direct calls through while batches wait", async () => {
    const full = await service.createBatch([TALKS, TALKS, TALKS, TALKS], { target_concurrency_limit: 3 });
    await service.createBatch(numbers(1), { target_concurrency_limit: 1 });
    await until(async () => ((await ledger()).waiting.length === 1 ? true : null));
    expect(errorsOf(await dial([TALKS, TALKS, TALKS]))).toEqual([null, null, "concurrency_limited"]);
    expect(errorsOf(await dial([TALKS]))).toEqual(["concurrency_limited"]);
    expect((await service.batch(full.id)).total_calls_dispatched).toBe(3);
    expect((await service.carrier.summary()).peak_in_flight).toBe(5);
  });

  it("bounds what a batch may ask for, and says so", async () => {
    const refused = await service.api<Failed>(
      "POST",
      "/agents/calls/batches",
      service.batchBody(numbers(1), { target_concurrency_limit: 4 }),
    );
    expect(refused).toMatchObject({ status: 400, body: { issues: [{ path: "target_concurrency_limit" }] } });
    expect(refused.body.message).toMatch(/at most 3, .*\(5\) less its reserved concurrency \(2\)/);
    const batch = await service.createBatch(numbers(1), { target_concurrency_limit: 3 });
    const raised = await service.api<Failed>("PATCH", `/agents/calls/batches/${batch.id}`, {
      target_concurrency_limit: 4,
    });
    expect(raised.status).toBe(400);
    await change({ reserved_concurrency: 4 });
    expect((await service.createBatch(numbers(1))).target_concurrency_limit).toBe(1);
  });

  it("raised, it holds up nobody for ever; it must leave batches something", async () => {
    const running = await service.createBatch(numbers(4), { target_concurrency_limit: 3 });
    const waiting = await service.createBatch(numbers(4), { target_concurrency_limit: 3 });
    await change({ reserved_concurrency: 4 });
    await service.finished(running.id);
    expect((await service.finished(waiting.id)).status).toBe("completed");
    for (const fields of [{ reserved_concurrency: 5 }, { agent_call_concurrency_limit: 4 }]) {
      const answer = await service.fetch<Failed>("PATCH", `/admin/organizations/${service.organization}`, {
        body: fields,
        headers: { authorization: "Bearer admin_test" },
      });
      expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: Object.keys(fields)[0] }] } });
    }
  });
});

describe("the organization's calling window", () => {
  beforeEach(async () => {
    service = await TestService.start();
  });
  const shut = () => {
    const now = new Date();
    const day = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][(now.getUTCDay() + 3) % 7];
    return { timezone_mode: "fixed", timezone: "UTC", windows: [{ ...ALWAYS, days: [day] }] };
  };

  it("shut: nobody is dialed, and the entry says when it opens", async () => {
    await change({ calling_window: shut() });
    const answer = await dial(["+14155550100"]);
    expect(answer.status).toBe(200);
    expect(errorsOf(answer)).toEqual(["outside_calling_window"]);
    expect(answer.body.calls[0]?.error?.message).toMatch(/opens at 20\d\d-.*Z$/);
    expect((await service.carrier.summary()).placed).toBe(0);
    expect((await ledger()).holding).toEqual([]);
  });

  it("open for some: they are called, and the others cost no slot", async () => {
    await change({
      agent_call_concurrency_limit: 1,
      calling_window: { timezone_mode: "recipient", windows: [ALWAYS], unknown_timezone: "block" },
    });
    const answer = await dial(["+18005550100", "+14155550100"]);
    expect(errorsOf(answer)).toEqual(["outside_calling_window", null]);
    expect(await comesTo(idOf(answer.body.calls[1]), "completed")).toMatchObject({ end_reason: "client_hangup" });
  });

  it("that shut between the decision and the dialing: nobody is dialed", async () => {
    const announced = await service.organizationObject().announceCalls({
      agent_id: "agent_test",
      from_number_id: "ap_test",
      destinations: [{ to_number: "+14155550100", timezone: null }],
      people: [],
      ringing_timeout_seconds: 60,
      max_call_duration_minutes: 5,
      onVoicemail: null,
      callbackBaseUrl: `https://${service.host}`,
      characters: 12,
      idempotency: null,
    });
    if (!announced.ok) throw new Error("not announced");
    await change({ calling_window: shut() });
    const outcomes = await service
      .batchObject(announced.value.id)
      .callNow(announced.value, [{ to_number: "+14155550100", metadata: null, timezone: null }]);
    expect(outcomes).toMatchObject([{ kind: "error", error: { code: "call_not_placed" } }]);
    await isFree();
    expect((await service.carrier.summary()).placed).toBe(0);
  });
});

it("a number on the do-not-call list: nobody is dialed, no slot is taken, and the others are called", async () => {
  service = await TestService.start({ limit: 1 });
  await service.api("POST", "/agents/do-not-call", { numbers: ["+14155550101"], reason: "asked for it" });
  const answer = await dial(["+14155550101", "+14155550102"]);
  expect(errorsOf(answer)).toEqual(["do_not_call", null]);
  expect(await comesTo(idOf(answer.body.calls[1]), "completed")).toMatchObject({ end_reason: "client_hangup" });
  expect((await service.carrier.summary()).placed).toBe(1);
});

it("a carrier's 429 slows the pace that they share with batches", async () => {
  service = await TestService.start();
  const number = "/agents/phone-numbers/ap_test";
  await service.api("PATCH", number, { calls_per_second: 10 });
  expect(errorsOf(await dial(["+15005550009"]))).toEqual(["call_not_placed"]);
  await until(async () => {
    const { body } = await service.api<{ effective_calls_per_second?: number }>("GET", number);
    return (body.effective_calls_per_second ?? 10) < 10 ? true : null;
  });
});

it("a number that was listed between the decision and the dialing: the clearance bars it, and the entry says why", async () => {
  service = await TestService.start({ limit: 2 });
  const destinations = ["+14155550101", "+14155550102"].map((to_number) => ({ to_number, timezone: null }));
  const announced = await service.organizationObject().announceCalls({
    agent_id: "agent_test",
    from_number_id: "ap_test",
    destinations,
    ringing_timeout_seconds: 60,
    max_call_duration_minutes: 5,
    people: [],
    onVoicemail: null,
    callbackBaseUrl: `https://${service.host}`,
    characters: 24,
    idempotency: null,
  });
  if (!announced.ok) throw new Error("not announced");
  await service.api("POST", "/agents/do-not-call", { number: "+14155550101" });
  const outcomes = await service.batchObject(announced.value.id).callNow(
    announced.value,
    destinations.map((destination) => ({ ...destination, metadata: null })),
  );
  expect(outcomes).toMatchObject([{ kind: "error", error: { code: "do_not_call" } }, { kind: "call" }]);
  await isFree();
  expect((await service.carrier.calls()).map(({ to }) => to)).toEqual(["+14155550102"]);
});

describe("a request whose object is long in coming", () => {
  const KEY = { key: "late", bodyHash: "direct 1" };
  const request = () => ({
    agent_id: "agent_test",
    from_number_id: "ap_test",
    destinations: [{ to_number: "+14155550100", timezone: null }],
    people: [],
    ringing_timeout_seconds: 60,
    max_call_duration_minutes: 5,
    onVoicemail: null,
    callbackBaseUrl: `https://${service.host}`,
    characters: 12,
    idempotency: KEY,
  });
  const announce = async () => {
    const announced = await service.organizationObject().announceCalls(request());
    if (!announced.ok) throw new Error("not announced");
    return announced.value;
  };
  const dialAs = (order: BatchOrder) =>
    service.batchObject(order.id).callNow(order, [{ to_number: "+14155550100", metadata: null, timezone: null }]);
  let clock: DrivenClock;
  beforeEach(async () => {
    service = await TestService.start({ limit: 1 });
    clock = new DrivenClock(service);
  });
  afterEach(() => {
    clock.stop();
  });

  const slotsAreTakenBack = async () => {
    await clock.advance(11_000);
    await clock.ring();
    await until(async () => ((await ledger()).in_use === 0 ? true : null));
  };

  it("loses its slots; its key decides anew, and the object that comes after all dials nobody", async () => {
    const lost = await announce();
    expect(await ledger()).toMatchObject({ in_use: 1 });
    await slotsAreTakenBack();
    const again = await announce();
    expect(again.id).not.toBe(lost.id);
    expect(await dialAs(lost)).toMatchObject([{ kind: "error", error: { code: "call_not_placed" } }]);
    expect((await service.carrier.summary()).placed).toBe(0);
    expect(await dialAs(again)).toMatchObject([{ kind: "call" }]);
    expect((await announce()).id).toBe(again.id);
    expect((await service.carrier.summary()).placed).toBe(1);
  });

  it("that came before its key was repeated answers for all repeats: nobody was dialed", async () => {
    const late = await announce();
    await slotsAreTakenBack();
    const outcomes = await dialAs(late);
    expect(outcomes).toMatchObject([{ kind: "error", error: { code: "call_not_placed" } }]);
    expect(await announce()).toEqual(late);
    expect(await dialAs(late)).toEqual(outcomes);
    expect((await service.carrier.summary()).placed).toBe(0);
    expect(await ledger()).toMatchObject({ in_use: 0, holding: [] });
  });

  it("that comes in time is dialed once, however often it is asked for", async () => {
    const order = await announce();
    expect((await announce()).id).toBe(order.id);
    const [first, second] = await Promise.all([dialAs(order), dialAs(order)]);
    expect(first).toEqual(second);
    expect((await service.carrier.summary()).placed).toBe(1);
  });
});

describe("Idempotency-Key", () => {
  beforeEach(async () => {
    service = await TestService.start({ limit: 2 });
  });
  const key = { "idempotency-key": "once" };

  it("a repeat answers with the same calls, also while the first is under way, and dials nobody", async () => {
    const to = ["+14155550101", "+14155550102", "+14155550103"];
    const answers = await Promise.all([dial(to, key), dial(to, key)]);
    expect(errorsOf(answers[0])).toEqual([null, null, "concurrency_limited"]);
    for (const { body } of [...answers, await dial(to, key)]) expect(body).toEqual(answers[0].body);
    expect((await service.carrier.summary()).placed).toBe(2);
  });

  it("with another body, or for a batch, is refused", async () => {
    await dial(["+14155550101"], key);
    expect(await dial(["+14155550102"], key)).toMatchObject({ body: { error_code: "idempotency_key_reused" } });
    const both = { ...service.batchBody(["+14155550101"]), ...bodyOf(["+14155550101"]) };
    const other = { "idempotency-key": "twice" };
    expect((await service.api("POST", CALLS, both, other)).status).toBe(200);
    expect((await service.api("POST", "/agents/calls/batches", both, other)).status).toBe(409);
  });

  it("a request that found nothing free leaves no trace: the same key dials later", async () => {
    const { calls } = (await dial([TALKS, TALKS])).body;
    expect(errorsOf(await dial(["+14155550101"], key))).toEqual(["concurrency_limited"]);
    for (const entry of calls) {
      await comesTo(idOf(entry), "started");
      await service.api("POST", `${CALLS}/${idOf(entry)}/cancel`);
    }
    await isFree();
    expect(errorsOf(await dial(["+14155550101"], key))).toEqual([null]);
  });
});

describe("what they are not", () => {
  beforeEach(async () => {
    service = await TestService.start();
  });

  it("no batch: under the id of the request there is nothing, in no list and for nobody", async () => {
    const { calls } = (await dial([TALKS])).body;
    const [holding] = (await ledger()).holding;
    const id = holding?.batch_id ?? "";
    expect(holding).toMatchObject({ kind: "direct", slots: 1 });
    const path = `/agents/calls/batches/${id}`;
    for (const [method, rest] of [
      ["GET", ""],
      ["PATCH", ""],
      ["GET", "/recipients"],
      ["POST", "/cancel"],
      ["POST", "/retry"],
      ["POST", "/pause"],
      ["POST", "/resume"],
      ["POST", "/live-ticket"],
    ] as const) {
      const body = method === "GET" ? undefined : { name: "stolen" };
      expect([rest, (await service.api(method, path + rest, body)).status]).toEqual([rest, 404]);
    }
    expect((await service.api("GET", `${CALLS}?batch_id=${id}`)).status).toBe(404);
    expect((await service.api<{ data: unknown[] }>("GET", "/agents/calls/batches")).body.data).toEqual([]);
    expect((await read(idOf(calls[0]))).id).toBe(idOf(calls[0]));
  });

  it("another organization's", async () => {
    const { calls } = (await dial([TALKS])).body;
    const id = idOf(calls[0]);
    const intruder = await TestService.start();
    expect((await intruder.api("GET", `${CALLS}/${id}`)).status).toBe(404);
    expect((await intruder.api("POST", `${CALLS}/${id}/cancel`)).status).toBe(404);
    await intruder.stop();
    expect(["created", "started"]).toContain((await read(id)).status);
  });

  it("free of the usage limit", async () => {
    await change({ agents_usage_limit: 2 });
    expect((await dial(["+14155550101"])).status).toBe(200);
    expect(await dial(["+14155550102", "+14155550103"])).toMatchObject({
      status: 402,
      body: { error_code: "usage_limit_reached" },
    });
    expect((await dial(["+14155550102"])).status).toBe(200);
  });

  it("a reason to lose the agent or the number that they need", async () => {
    const agent = await service.made<{ id: string }>("/agents", {
      name: "Direct",
      connection: { type: "websocket", url: "wss://agent.example.com/audio" },
    });
    const body = { ...bodyOf([TALKS]), agent_id: agent.id };
    const { calls } = (await service.api<Calls>("POST", CALLS, body)).body;
    expect((await service.api("DELETE", `/agents/${agent.id}`)).status).toBe(409);
    expect((await service.api("DELETE", "/agents/phone-numbers/ap_test")).status).toBe(409);
    await comesTo(idOf(calls[0]), "started");
    await service.api("POST", `${CALLS}/${idOf(calls[0])}/cancel`);
    await isFree();
    expect((await service.api("DELETE", `/agents/${agent.id}`)).status).toBe(204);
  });
});

it("an agent's calls are those of its batches and its direct calls, newest first, page by page in both directions", async () => {
  service = await TestService.start();
  const expected: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const { agent_call_id } of (await dial(numbers(2))).body.calls) expected.unshift(agent_call_id ?? "");
    const batch = await service.finished((await service.createBatch(numbers(2))).id);
    for (const { agent_call_id } of batch.recipients) expected.unshift(agent_call_id ?? "");
    await isFree();
  }
  type Page = { data: { id: string }[]; has_more: boolean; next_page: string | null };
  const page = async (query: string) =>
    (await service.api<Page>("GET", `${CALLS}?agent_id=agent_test&limit=5${query}`)).body;
  const older: string[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const { data, next_page }: Page = await page(after === "" ? "" : `&starting_after=${after}`);
    older.push(...data.map(({ id }) => id));
    after = next_page;
  }
  expect(older).toEqual(expected);
  const newer = await page(`&ending_before=${expected.at(-1)}`);
  expect(newer.data.map(({ id }) => id)).toEqual(expected.slice(-6, -1));
});

it("costs four rows a call beside four of each request, and at most 15 in its organization for each request", async () => {
  service = await TestService.start({ limit: 20 });
  const organization = service.organizationObject();
  const costOf = async (count: number) => {
    const before = (await organization.cost()).rowsWritten;
    const { calls } = (await dial(numbers(count))).body;
    for (const entry of calls) await comesTo(idOf(entry), "completed");
    await isFree();
    const route = present(parseCallId(idOf(calls[0])), "it has a call").route;
    const inObject = await runInDurableObject(
      env.BATCHES.getByName(route),
      (object: { cost(): { rowsWritten: number } }) => object.cost().rowsWritten,
    );
    return { route, inObject, inOrganization: (await organization.cost()).rowsWritten - before };
  };
  const [first, one, eleven] = [await costOf(1), await costOf(1), await costOf(11)];
  expect(new Set([first.route, one.route, eleven.route]).size).toBe(1);
  expect(Math.max(one.inOrganization, eleven.inOrganization)).toBeLessThanOrEqual(15);
  // The last row of a request, that its report is acknowledged, may come after the count, and so belong to the next.
  expect(one.inObject - first.inObject).toBeLessThanOrEqual(8 + 1);
  expect(eleven.inObject - one.inObject).toBeLessThanOrEqual(11 * 4 + 4 + 1);
});
