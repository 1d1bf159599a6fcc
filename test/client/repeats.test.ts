/** What the client sends again, and what it makes of pages and of a batch that goes on. */

import { describe, expect, it } from "vitest";
import {
  type BatchDetail,
  CallbatchError,
  createClient,
  createOperatorClient,
  isFinished,
} from "../../src/client/client.ts";

type Answer = Response | Error;
const envelope = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json({ error_code: code, title: code, message: code, request_id: "r" }, { status, headers });
const soon = { "retry-after": "0" };

/** A client of a service that answers so, one after the other; and what it was sent. */
function against(...answers: Answer[]) {
  const sent: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    sent.push(request);
    const answer = answers.shift() ?? Response.json({});
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const options = { baseUrl: "https://calls.test", fetch };
  const keys = () => sent.map(({ headers }) => headers.get("idempotency-key"));
  return {
    client: createClient({ ...options, apiKey: "sk_a_01234567" }),
    operator: createOperatorClient({ ...options, adminToken: "t" }),
    sent,
    keys,
  };
}
const LOST = new TypeError("fetch failed");
const ORDER = { name: "A", agent_id: "a", from_number_id: "n", recipients: [{ to_number: "+14155550123" }] };

describe("a create whose answer was lost", () => {
  it("is sent again under the key that was made for it", async () => {
    const { client, keys, sent } = against(LOST, envelope(503, "try_again", soon), Response.json({ id: "acb_1" }));
    expect(await client.createBatch(ORDER)).toEqual({ id: "acb_1" });
    const [key, ...others] = keys();
    expect(key).toMatch(/^[0-9a-f-]{36}$/);
    expect(others).toEqual([key, key]);
    const bodies = await Promise.all(sent.map((request) => request.text()));
    expect(new Set(bodies)).toEqual(new Set([JSON.stringify(ORDER)]));
  });

  it("is sent under the caller's own key where there is one, and another create has another", async () => {
    const { client, keys } = against(LOST);
    await client.createBatch(ORDER, { idempotencyKey: "mine" });
    await client.createBatch(ORDER);
    expect(keys().slice(0, 2)).toEqual(["mine", "mine"]);
    expect(keys()[2]).not.toBe("mine");
  });

  it("is given up after as many times as was said", async () => {
    const { client, sent } = against(LOST, LOST, LOST, LOST);
    await expect(client.createBatch(ORDER)).rejects.toBe(LOST);
    expect(sent).toHaveLength(3);
  });
});

describe("what could be done twice", () => {
  it("is not sent again: a deletion, and what answers with a secret", async () => {
    for (const ask of [
      (one: ReturnType<typeof against>) => one.client.deleteAgent("agent_1"),
      (one: ReturnType<typeof against>) => one.operator.createApiKey("org_1", { label: "first" }),
    ]) {
      const one = against(LOST);
      await expect(ask(one)).rejects.toBe(LOST);
      expect(one.sent).toHaveLength(1);
      expect(one.keys()).toEqual([null]);
    }
  });

  it("is sent again where it was one too many, and so not begun", async () => {
    const { client, sent } = against(envelope(429, "rate_limited", soon), new Response(null, { status: 204 }));
    expect(await client.deleteAgent("agent_1")).toBeNull();
    expect(sent).toHaveLength(2);
  });
});

it("a search for a person is sent again without a key, as a read is", async () => {
  const { client, keys } = against(LOST, Response.json({ data: [], has_more: false, next_page: null }));
  await client.searchPeople({ to_number: "+14155550123" });
  expect(keys()).toEqual([null, null]);
});

describe("a refusal", () => {
  it("is told at once, and so is one after which to come much later", async () => {
    for (const answer of [envelope(400, "validation_failed"), envelope(503, "try_again", { "retry-after": "3600" })]) {
      const { client, sent } = against(answer);
      await expect(client.listAgents()).rejects.toBeInstanceOf(CallbatchError);
      expect(sent).toHaveLength(1);
    }
  });

  it("ends with the caller's signal", async () => {
    const { client } = against(envelope(503, "try_again", { "retry-after": "30" }));
    const stop = new AbortController();
    const asked = client.getCall("ac_1", { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
  });
});

describe("a list", () => {
  const page = (data: string[], next_page: string | null) =>
    Response.json({ data, next_page, has_more: next_page !== null });

  it("is gone through page after page, each asked for once", async () => {
    const { client, sent } = against(page(["c", "b"], "b"), page(["a"], null));
    const seen: unknown[] = [];
    for await (const one of client.listBatches({ agent_id: "agent_1", limit: 2 })) seen.push(one);
    expect(seen).toEqual(["c", "b", "a"]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual([
      "?agent_id=agent_1&limit=2",
      "?agent_id=agent_1&limit=2&starting_after=b",
    ]);
  });

  it("is one page where it is awaited, and goes the other way where it was begun so", async () => {
    const { client, sent } = against(page(["b"], "b"), page(["c"], null));
    const listed = client.listCalls({ batch_id: "acb_1", ending_before: "a" });
    expect((await listed).data).toEqual(["b"]);
    const seen: unknown[] = [];
    for await (const one of listed) seen.push(one);
    expect(seen).toEqual(["b", "c"]);
    expect(new URL(sent[1]?.url ?? "").searchParams.get("ending_before")).toBe("b");
  });
});

describe("waiting for a batch", () => {
  const read = (status: string, ...recipients: string[]) =>
    Response.json({ id: "acb_1", status, recipients: recipients.map((one) => ({ status: one })) });

  it("goes on until everybody is over, and not only dialed", async () => {
    const { client } = against(
      read("in_progress", "queued", "failed"),
      read("completed", "started", "failed"),
      read("completed", "completed", "failed"),
    );
    const told: BatchDetail[] = [];
    const batch = await client.waitUntilFinished("acb_1", { pollMs: 1, onProgress: (one) => told.push(one) });
    expect(isFinished(batch)).toBe(true);
    expect(told.map(({ status }) => status)).toEqual(["in_progress", "completed", "completed"]);
  });

  it("goes on while calls of a cancelled batch do, and ends with the caller's signal", async () => {
    const { client, sent } = against(
      read("cancelled", "cancelled", "started"),
      read("cancelled", "cancelled", "completed"),
    );
    expect((await client.waitUntilFinished("acb_1", { pollMs: 1 })).status).toBe("cancelled");
    expect(sent).toHaveLength(2);
    const endless = against(...Array.from({ length: 50 }, () => read("pending", "queued")));
    const waiting = endless.client.waitUntilFinished("acb_1", { pollMs: 5, signal: AbortSignal.timeout(20) });
    await expect(waiting).rejects.toThrow();
  });
});
