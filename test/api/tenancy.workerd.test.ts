/**
 * Things of another organization look like things that do not exist (contract: "Conventions", tenancy). The requests
 * are made from the app's own routes, so a new route is tried here too, or this file fails.
 */

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { app } from "../../src/api/app.ts";
import { present } from "../../src/calling/requests/assert.ts";
import {
  callId,
  newAgentId,
  newApiKeyId,
  newBatchId,
  newErasureId,
  newEventId,
  newMemberId,
  newOrganizationId,
  newPhoneNumberId,
  newProviderId,
  newWebhookId,
  routeOfBatch,
} from "../../src/calling/secrets/ids.ts";
import { triesAll } from "../support/drawn.ts";
import { connectReceiver, TestReceiver } from "../support/receiver.ts";
import { type Batch, TestService, until } from "../support/service.ts";
import { fetchWorker } from "../support/worker.ts";

const NUMBERS = "/agents/phone-numbers";
const PROVIDERS = "/agents/phone-numbers/providers";
const BATCHES = "/agents/calls/batches";
const WEBHOOKS = "/agents/webhooks";
const CONNECTION = { type: "websocket", url: "wss://agent.example.com/audio" };

const ERASURES = "/agents/people/erasures";
/** Any number is erased for the organization that asks, and a receipt is answered: it has a test of its own. */
const ERASE = "DELETE /agents/people/:number";
const WITHOUT_PAGES = [PROVIDERS, "/agents/reports", "/agents/key", "/agents/settings"];

const PRICES = { valid_from: "2026-01-01", currency: "USD", rates: [{ destination: "US", per_minute: "0.01" }] };
const SECRET_NUMBER = "+14155557777";

type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };
type Sent = { readonly method: string; readonly path: string; readonly body?: unknown };

const ROUTES: readonly string[] = [
  ...new Set(app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`)),
];
const WITH_IDS = ROUTES.filter((route) => route.includes("/:"));
const WITHOUT_IDS = ROUTES.filter((route) => !route.includes("/:") && route.includes(" /agents"));

connectReceiver();
let owner: TestService;
let intruder: TestService;
/** What the owner has, by the name that it has in a path. */
let owned: Readonly<Record<string, readonly string[]>>;

/** An id of the same kind that was never given to anything. */
const UNKNOWN: Readonly<Record<string, () => string>> = {
  organization_id: () => newOrganizationId(null),
  key_id: newApiKeyId,
  agent_id: newAgentId,
  provider_id: newProviderId,
  phone_number_id: newPhoneNumberId,
  batch_id: newBatchId,
  recipient_id: () => newBatchId().replace("acb_", "abcr_"),
  number: () => `+1415555${String(Math.floor(Math.random() * 10_000)).padStart(4, "0")}`,
  call_id: () => newBatchId().replace("acb_", "ac_"),
  carrier: () => "twilio",
  token: () => "1111111111111111111111",
  event: () => "agent-closed",
  webhook_id: () => newWebhookId("org_test"),
  delivery_id: () => newEventId(Date.now()),
  erasure_id: newErasureId,
  member_id: newMemberId,
  valid_from: () => "2026-02-03",
};

async function firstCall(batch: Batch, status: string): Promise<string> {
  const found = await until(
    async () => (await owner.batch(batch.id)).recipients.find((one) => one.status === status) ?? null,
  );
  return found.agent_call_id ?? "";
}

/** Whether the owner's list says of each batch what the batch says: the list follows within a second. */
async function isIndexed(): Promise<boolean> {
  const listed = (await owner.api<{ data: Batch[] }>("GET", BATCHES)).body.data;
  const batches = await Promise.all(listed.map(({ id }) => owner.batch(id)));
  // The batch alone says more: its people, its settings, why it waits.
  return batches.every((batch, index) => {
    const inList = listed[index] ?? {};
    const said = Object.keys(inList).map((name) => [name, batch[name as keyof Batch]]);
    return JSON.stringify(Object.fromEntries(said)) === JSON.stringify(inList);
  });
}

beforeAll(async () => {
  [owner, intruder] = await Promise.all([TestService.start(), TestService.start()]);
  const agent = await owner.made<{ id: string }>("/agents", { name: "Secret agent", connection: CONNECTION });
  const provider = await owner.made<{ id: string }>(PROVIDERS, {
    type: "twilio",
    label: "Secret account",
    account_sid: `AC${"1".repeat(32)}`,
    api_key_sid: `SK${"1".repeat(32)}`,
    api_key_secret: "secret",
  });
  const number = await owner.made<{ id: string }>(NUMBERS, {
    label: "Secret line",
    number: "+14155550177",
    provider: { id: provider.id },
  });
  await owner.api("POST", `${PROVIDERS}/${provider.id}/prices`, PRICES);
  const webhook = await owner.made<{ id: string }>(WEBHOOKS, {
    display_name: "Secret",
    url: new TestReceiver().url("fail/99"),
  });
  const delivery = await owner.api<{ id: string }>("POST", `${WEBHOOKS}/${webhook.id}/test`);
  const fields = { agent_id: agent.id, from_number_id: number.id, target_concurrency_limit: 1 };
  const failed = await owner.createBatch(["+15005550002"], fields);
  const talking = await owner.createBatch(["+15005550011", "+14155560000"], fields);
  const scheduled_at = new Date(Date.now() + 3_600_000).toISOString();
  const scheduled = await owner.createBatch(["+14155560000"], { ...fields, scheduled_at });
  const calls = [await firstCall(failed, "failed"), await firstCall(talking, "started")];
  await owner.made("/agents/do-not-call", { number: SECRET_NUMBER, reason: "secret" });
  const erasure = await owner.api<{ id: string }>("DELETE", "/agents/people/+14155558888");
  const keys = await owner.admin<{ data: { id: string }[] }>("GET", `/${owner.organization}/api-keys`);
  const member = await owner.made<{ id: string }>("/agents/members", { email: "secret@example.com", role: "viewer" });
  owned = {
    organization_id: [owner.organization],
    key_id: keys.data.map(({ id }) => id),
    agent_id: [agent.id],
    provider_id: [provider.id],
    phone_number_id: [number.id],
    batch_id: [failed.id, talking.id, scheduled.id],
    recipient_id: (await owner.batch(failed.id)).recipients.map(({ id }) => id),
    call_id: calls,
    number: [SECRET_NUMBER],
    carrier: ["twilio"],
    token: ["1111111111111111111111"],
    event: ["agent-closed"],
    webhook_id: [webhook.id],
    delivery_id: [delivery.body.id],
    erasure_id: [erasure.body.id],
    member_id: [member.id],
    valid_from: [PRICES.valid_from],
  };
  await until(async () => ((await isIndexed()) ? true : null));
  untouched = [await everything(owner), await everything(intruder)];
});
afterAll(async () => {
  await Promise.all([owner.stop(), intruder.stop()]);
});

async function send(by: TestService, { method, path, body }: Sent): Promise<Answer> {
  const response = await fetchWorker(
    new Request(`https://service.test${path}`, {
      method,
      headers: { "x-api-key": by.key, "cartesia-version": "2026-08-14", "content-type": "application/json" },
      ...(method === "GET" ? {} : { body: JSON.stringify(body ?? {}) }),
    }),
  );
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

/** The answer without what tells this request from another: its id, the id that it named, how many requests are left. */
function stripped(answer: Answer, id: string): Answer {
  const requestId = present(answer.headers["x-request-id"], "every answer has a request id");
  const text = (value: string) => value.replaceAll(requestId, "<request>").replaceAll(id, "<id>");
  // How many requests are left is the key's own affair.
  const { ratelimit, ...others } = answer.headers;
  const headers = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, text(value)]));
  return { ...answer, headers, body: text(answer.body) };
}

/** All that an organization has and does, as it sees it itself and as operators see it. */
const everything = async (of: TestService): Promise<unknown> => ({
  organization: await of.admin("GET", `/${of.organization}`),
  ledger: await of.admin("GET", `/${of.organization}/ledger`),
  keys: await of.admin("GET", `/${of.organization}/api-keys`),
  lists: await Promise.all(
    // The file says what the list says; calls and people are asked for by what has them.
    WITHOUT_IDS.filter((route) => /^GET (?!\/agents\/(?:calls|people)$|.*\.(?:csv|tar\.gz)$)/.test(route)).map(
      async (route) => {
        const path = route.slice("GET ".length);
        return (await of.api("GET", WITHOUT_PAGES.includes(path) ? path : `${path}?limit=100`)).body;
      },
    ),
  ),
  batches: of === owner ? await Promise.all((owned.batch_id ?? []).map((id) => of.batch(id))) : [],
  placed: (await of.carrier.summary()).placed,
});

/** Nothing may change, so one look after all requests finds what any of them changed. `TEST_ALL=1` tells which. */
const lookAfter = triesAll() ? afterEach : afterAll;
/** As it was before the first request of the intruder's. */
let untouched: unknown;
async function expectUntouched(): Promise<void> {
  const now = [await everything(owner), await everything(intruder)];
  const before = untouched;
  // What one test has touched is not the next one's fault.
  untouched = now;
  expect(now).toEqual(before);
}

/** Tries with every id of that kind that the owner has, and each time with one that nobody has. */
async function cannotTell(kind: string, request: (id: string) => Sent): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const id of present(owned[kind], `the owner has a ${kind}`)) {
    const other = present(UNKNOWN[kind], `there are unknown ids for ${kind}`)();
    const answer = stripped(await send(intruder, request(id)), id);
    expect(answer).toEqual(stripped(await send(intruder, request(other)), other));
    answers.push(answer);
  }
  return answers;
}

const CHANGE = { name: "stolen", label: "stolen", agents_usage_limit: 0, role: "admin" };
/** What is added may be people; what is changed, or previewed of a change, never is. */
const bodyFor = (method: string, path: string) =>
  method === "PATCH" || path.endsWith("/:batch_id/preview")
    ? CHANGE
    : { ...CHANGE, ...PRICES, recipients: [{ to_number: "+14155560009" }] };
const partsOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");
const filled = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => present(values[name], `a value for :${name}`));
const ofOwner = (): Record<string, string> =>
  Object.fromEntries(Object.entries(owned).map(([name, [id]]) => [name, id ?? ""]));

const REFUSED = { agents: 404, admin: 401, callbacks: 403 } as const;
/** Has a ticket in place of a key, and asks for a WebSocket before it looks at anything. */
const LIVE = "GET /agents/calls/batches/:batch_id/live";
/** Parameters without which nothing is looked for. */
const NEEDED: Readonly<Record<string, string>> = {
  [LIVE]: "?ticket=7pKNBUwLZxrTd6jvhpaE4W",
  "DELETE /agents/do-not-call/:number": "?reason=stolen",
};

describe("an id of another organization in the path", () => {
  lookAfter(expectUntouched);

  it.each(WITH_IDS.filter((route) => route !== ERASE))("%s", async (route) => {
    const [method = "", path = ""] = route.split(" ");
    const area = present(/^\/(agents|admin|callbacks)\//.exec(path)?.[1], "routes with ids are in three areas");
    for (const part of partsOf(path)) {
      const request = (id: string) => ({
        method,
        path: `${filled(path, { ...ofOwner(), [part]: id })}${NEEDED[route] ?? ""}`,
        body: bodyFor(method, path),
      });
      const answers = await cannotTell(part, request);
      const status = route === LIVE ? 426 : REFUSED[area as keyof typeof REFUSED];
      expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
    }
  });
});

type Attempt = readonly [kind: string, status: number, request: (id: string) => Omit<Sent, "method">];
const batchBody = (change: Record<string, unknown>) => ({ ...intruder.batchBody(["+14155560000"]), ...change });
const callsBody = (change: Record<string, unknown>) => ({
  agent_id: "agent_test",
  from_number_id: "ap_test",
  outbound_calls: [{ to_number: "+14155560000" }],
  ...change,
});
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const numberBody = { label: "Line", number: "+14155550188", provider: { id: "app_test" } };
const cursors = (path: string, kind: string): Attempt[] =>
  ["starting_after", "ending_before"].map((name) => [kind, 400, (id) => ({ path: `${path}${name}=${id}` })]);

/** Every route without an id in its path: the ids that it takes elsewhere. */
const ELSEWHERE: Readonly<Record<string, readonly Attempt[]>> = {
  [`GET ${BATCHES}`]: [
    ["agent_id", 200, (id) => ({ path: `${BATCHES}?agent_id=${id}` })],
    ...cursors(`${BATCHES}?`, "batch_id"),
  ],
  [`POST ${BATCHES}`]: [
    ["agent_id", 404, (id) => ({ path: BATCHES, body: batchBody({ agent_id: id }) })],
    ["phone_number_id", 404, (id) => ({ path: BATCHES, body: batchBody({ from_number_id: id }) })],
  ],
  [`POST ${BATCHES}/preview`]: [
    ["agent_id", 404, (id) => ({ path: `${BATCHES}/preview`, body: batchBody({ agent_id: id }) })],
    ["phone_number_id", 404, (id) => ({ path: `${BATCHES}/preview`, body: batchBody({ from_number_id: id }) })],
    // The owner's list is no list of the intruder's. An estimate that begins at a known time is the same for both.
    [
      "number",
      200,
      (id) => ({
        path: `${BATCHES}/preview`,
        body: batchBody({ recipients: [{ to_number: id }], scheduled_at: TOMORROW }),
      }),
    ],
  ],
  "POST /agents/calls": [
    ["agent_id", 404, (id) => ({ path: "/agents/calls", body: callsBody({ agent_id: id }) })],
    ["phone_number_id", 404, (id) => ({ path: "/agents/calls", body: callsBody({ from_number_id: id }) })],
  ],
  "GET /agents/calls": [
    ["agent_id", 404, (id) => ({ path: `/agents/calls?agent_id=${id}` })],
    ["batch_id", 404, (id) => ({ path: `/agents/calls?batch_id=${id}` })],
    ...cursors("/agents/calls?agent_id=agent_test&", "call_id"),
  ],
  "GET /agents/do-not-call": [
    ["number", 200, (id) => ({ path: `/agents/do-not-call?number=${encodeURIComponent(id)}` })],
  ],
  "GET /agents/do-not-call.csv": [],
  "POST /agents/do-not-call": [],
  "GET /agents/concurrency": [],
  "GET /agents/key": [],
  "GET /agents/settings": [],
  "PATCH /agents/settings": [],
  "GET /agents/keys": cursors("/agents/keys?", "key_id"),
  "POST /agents/keys": [],
  "GET /agents/members": cursors("/agents/members?", "member_id"),
  "POST /agents/members": [],
  "GET /agents/audit": [
    ["batch_id", 200, (id) => ({ path: `/agents/audit?resource_id=${id}` })],
    ["key_id", 200, (id) => ({ path: `/agents/audit?by=${id}` })],
  ],
  "GET /agents/audit.csv": [["batch_id", 200, (id) => ({ path: `/agents/audit.csv?resource_id=${id}` })]],
  "GET /agents/reports": [["agent_id", 200, (id) => ({ path: `/agents/reports?by=day&agent_id=${id}` })]],
  "GET /agents/reports.csv": [],
  "GET /agents/people": [
    ["number", 200, (id) => ({ path: `/agents/people?to_number=${encodeURIComponent(id)}` })],
    ["recipient_id", 400, (id) => ({ path: `/agents/people?external_id=crm-1&starting_after=${id}` })],
  ],
  "DELETE /agents/people": [],
  "POST /agents/people/search": [
    ["number", 200, (id) => ({ path: "/agents/people/search", body: { to_number: id } })],
    [
      "recipient_id",
      400,
      (id) => ({ path: "/agents/people/search", body: { external_id: "crm-1", starting_after: id } }),
    ],
  ],
  "POST /agents/people/erase": [],
  "GET /agents/export.tar.gz": [
    ["batch_id", 400, (id) => ({ path: `/agents/export.tar.gz?starting_after=batches:${id}` })],
  ],
  [`GET ${ERASURES}`]: cursors(`${ERASURES}?`, "erasure_id"),
  "GET /agents": cursors("/agents?", "agent_id"),
  "POST /agents": [],
  [`GET ${PROVIDERS}`]: cursors(`${PROVIDERS}?`, "provider_id"),
  [`POST ${PROVIDERS}`]: [],
  [`GET ${NUMBERS}`]: cursors(`${NUMBERS}?`, "phone_number_id"),
  [`POST ${NUMBERS}`]: [
    ["provider_id", 404, (id) => ({ path: NUMBERS, body: { ...numberBody, provider: { id } } })],
    ["agent_id", 404, (id) => ({ path: NUMBERS, body: { ...numberBody, agent_id: id } })],
  ],
  [`GET ${WEBHOOKS}`]: cursors(`${WEBHOOKS}?`, "webhook_id"),
  [`POST ${WEBHOOKS}`]: [],
  [`PATCH ${NUMBERS}/:phone_number_id`]: [
    ["agent_id", 404, (id) => ({ path: `${NUMBERS}/ap_test`, body: { agent_id: id } })],
  ],
};

describe("an id of another organization in the query or the body", () => {
  lookAfter(expectUntouched);

  it("is tried at every route that could take one", () => {
    expect(Object.keys(ELSEWHERE)).toEqual(expect.arrayContaining(WITHOUT_IDS));
    expect(WITHOUT_IDS.length).toBeGreaterThan(8);
  });

  const attempts = Object.entries(ELSEWHERE).flatMap(([route, tries]) =>
    tries.map(([kind, status, request], index) => ({ route, number: index + 1, kind, status, request })),
  );
  it.each(attempts)("$route, $number: $kind", async ({ route, kind, status, request }) => {
    const [method = ""] = route.split(" ");
    const answers = await cannotTell(kind, (id) => ({ method, ...request(id) }));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
  });
});

it("a number that another organization has is erased for the one who asks alone", async () => {
  const before = await everything(owner);
  const erased = await send(intruder, {
    method: "DELETE",
    path: `/agents/people/${encodeURIComponent(SECRET_NUMBER)}`,
  });
  expect(erased.status).toBe(202);
  expect(JSON.parse(erased.body)).toMatchObject({ status: "erased", batches: 0 });
  expect(await everything(owner)).toEqual(before);
});

it("an id that leads to a batch's object and is not the batch's is unknown, to its owner too", async () => {
  const [id = ""] = owned.batch_id ?? [];
  const neighbour = callId(present(routeOfBatch(id, "org_test"), "a batch's id"), 1).replace("ac_", "acb_");
  for (const path of [`${BATCHES}/${neighbour}`, `/agents/calls?batch_id=${neighbour}`]) {
    expect((await send(owner, { method: "GET", path })).status).toBe(404);
  }
  expect((await send(owner, { method: "POST", path: `${BATCHES}/${neighbour}/cancel` })).status).toBe(404);
});

it("all of it is there for its owner: none of these routes is 404", async () => {
  const order = ["GET", "PATCH", "POST", "DELETE"];
  // A batch takes its calls along, so it is deleted last.
  const rank = (route: string) =>
    route.startsWith(`DELETE ${BATCHES}`) ? order.length : order.indexOf(route.split(" ")[0] ?? "");
  const routes = WITH_IDS.filter((route) => route.includes(" /agents")).sort((a, b) => rank(a) - rank(b));
  for (const route of routes) {
    const [method = "", path = ""] = route.split(" ");
    const { status } = await send(owner, { method, path: filled(path, ofOwner()), body: { label: "mine" } });
    expect([route, status]).toEqual([route, status === 404 || status >= 500 ? 0 : status]);
  }
});
