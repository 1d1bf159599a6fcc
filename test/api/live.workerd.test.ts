/** A batch's progress over a WebSocket: a snapshot, then changes, under a ticket. */

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveMessage } from "../../src/api/answers/calls/live.ts";
import type { LiveMessage } from "../../src/batch/telling/live-message.ts";
import { type Failed, numbers, TestService, until } from "../support/service.ts";
import { connect, ticketFor, Watcher } from "../support/watcher.ts";

let service: TestService;
beforeEach(async () => {
  service = await TestService.start();
});
afterEach(async () => {
  vi.useRealTimers();
  await service.stop();
});

const isOver = (message: LiveMessage | undefined): boolean =>
  message !== undefined && message.batch.total_calls_finished === message.batch.total_calls_scheduled;

describe("a watcher", () => {
  it("gets a snapshot, then what changes, and in the end knows what Get says", async () => {
    const later = new Date(Date.now() + 1_500).toISOString();
    const { id } = await service.createBatch([...numbers(6), "+15005550002"], {
      scheduled_at: later,
      target_concurrency_limit: 3,
    });
    const watcher = await Watcher.of(service, id);
    await until(async () => (isOver(watcher.last()) ? true : null));
    const [first] = watcher.messages;
    expect(first).toMatchObject({
      type: "snapshot",
      batch: { id, status: "pending" },
      recipients_by_status: { queued: 7 },
    });

    const known = new Map<string, string>();
    for (const { recipients = [] } of watcher.messages) for (const one of recipients) known.set(one.id, one.status);
    const batch = await service.batch(id);
    expect(known).toEqual(new Map(batch.recipients.map((one) => [one.id, one.status])));
    expect(watcher.last()).toMatchObject({
      type: "changes",
      batch: { status: batch.status, total_calls_finished: 7 },
      recipients_by_status: { completed: 6, failed: 1, queued: 0 },
      in_flight: 0,
    });
    expect(watcher.messages.every(({ in_flight }) => in_flight <= 3)).toBe(true);
    // All of it is described, and nothing else.
    for (const { heardAt, ...message } of watcher.messages) expect(liveMessage.parse(message)).toEqual(message);
  });

  it("hears at most four messages a second, however fast it dials", async () => {
    const { id } = await service.createBatch(numbers(60), { target_concurrency_limit: 20 });
    const watcher = await Watcher.of(service, id);
    await until(async () => (isOver(watcher.last()) ? true : null));
    const changes = watcher.messages.filter(({ type }) => type === "changes");
    const gaps = changes.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(changes[index]?.at ?? at));
    expect(Math.min(250, ...gaps)).toBeGreaterThanOrEqual(249);
  });

  it("is told to read the batch again where many change at once", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(4), { scheduled_at: later });
    const watcher = await Watcher.of(service, id);
    await service.api("POST", `/agents/calls/batches/${id}/cancel`);
    await until(async () => (watcher.last()?.reload === true ? true : null));
    expect(watcher.last()).toMatchObject({ batch: { status: "cancelled" }, recipients_by_status: { cancelled: 4 } });
  });

  it("stays connected while the object is evicted, and hears of the next change", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(2), { scheduled_at: later });
    const watcher = await Watcher.of(service, id);
    await until(async () => (watcher.messages.length === 1 ? true : null));
    await evictDurableObject(service.batchObject(id));
    await service.api("POST", `/agents/calls/batches/${id}/cancel`);
    await until(async () => (watcher.last()?.batch.status === "cancelled" ? true : null));
    expect(watcher.last()?.reload).toBe(true);
  });
});

describe("a ticket", () => {
  it("is good once", async () => {
    const { id } = await service.createBatch(numbers(1));
    const { url } = await ticketFor(service, id);
    expect(url).toMatch(new RegExp(`^wss://${service.host}/agents/calls/batches/${id}/live\\?ticket=\\w{38}$`));
    expect((await connect(url)).status).toBe(101);
    expect((await connect(url)).status).toBe(401);
  });

  it("is good for a minute", async () => {
    const { id } = await service.createBatch(numbers(1));
    const { url, expires_at } = await ticketFor(service, id);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(expires_at) });
    expect((await connect(url)).status).toBe(401);
  });

  it("is for one batch, and for its organization's key alone", async () => {
    const [first, second] = [await service.createBatch(numbers(1)), await service.createBatch(numbers(1))];
    const { url } = await ticketFor(service, first.id);
    expect((await connect(url.replace(first.id, second.id))).status).toBe(401);
    const other = await TestService.start();
    const refused = await other.api<Failed>("POST", `/agents/calls/batches/${first.id}/live-ticket`);
    expect(refused).toMatchObject({ status: 404, body: { error_code: "not_found" } });
    await other.stop();
  });

  it.each(["", "?ticket=", "?ticket=1111111111111111111111"])("is needed: %j", async (query) => {
    const { id } = await service.createBatch(numbers(1));
    const response = await connect(`https://${service.host}/agents/calls/batches/${id}/live${query}`);
    expect(response.status).toBe(401);
    expect(((await response.json()) as Failed).error_code).toBe("unauthorized");
  });

  it("without a WebSocket is refused, and not used up", async () => {
    const { id } = await service.createBatch(numbers(1));
    const { url } = await ticketFor(service, id);
    const refused = await service.fetch<Failed>("GET", url.slice(url.indexOf("/agents")));
    expect(refused).toMatchObject({ status: 426, body: { error_code: "upgrade_required" } });
    expect((await connect(url)).status).toBe(101);
  });
});

describe("a key that is revoked", () => {
  type Key = { readonly id: string; readonly key: string };

  it("watches nothing any more, its unused tickets are not good, and others watch on", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(2), { scheduled_at: later });
    const key = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "revoked" });
    const draw = async (): Promise<string> => {
      const path = `/agents/calls/batches/${id}/live-ticket`;
      return (await service.api<{ url: string }>("POST", path, undefined, { "x-api-key": key.key })).body.url;
    };
    const closed: number[] = [];
    for (let count = 0; count < 2; count += 1) {
      const { webSocket } = await connect(await draw());
      webSocket?.addEventListener("close", ({ code }) => closed.push(code));
      webSocket?.accept();
    }
    const unused = await draw();
    const other = await Watcher.of(service, id);

    await service.admin("DELETE", `/${service.organization}/api-keys/${key.id}`);
    await until(async () => (closed.length === 2 ? true : null));
    expect(closed).toEqual([1008, 1008]);
    expect((await connect(unused)).status).toBe(401);
    await service.api("POST", `/agents/calls/batches/${id}/cancel`);
    await until(async () => (other.last()?.batch.status === "cancelled" ? true : null));
  });

  it("watches nothing any more where the batch has slept since", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await service.createBatch(numbers(1), { scheduled_at: later });
    const key = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "revoked" });
    const path = `/agents/calls/batches/${id}/live-ticket`;
    const { body } = await service.api<{ url: string }>("POST", path, undefined, { "x-api-key": key.key });
    const { webSocket } = await connect(body.url);
    let code: number | null = null;
    webSocket?.addEventListener("close", (event) => {
      code = event.code;
    });
    webSocket?.accept();
    await evictDurableObject(service.batchObject(id));
    await service.admin("DELETE", `/${service.organization}/api-keys/${key.id}`);
    await until(async () => (code === null ? null : true));
    expect(code).toBe(1008);
  });
});

describe("a key that expires", () => {
  type Key = { readonly id: string; readonly key: string };
  const HOUR = 3_600_000;
  afterEach(() => {
    vi.useRealTimers();
  });

  it("watches until then, also where the batch has slept; its tickets are not good, and others watch on", async () => {
    const later = new Date(Date.now() + 24 * HOUR).toISOString();
    const { id } = await service.createBatch(numbers(2), { scheduled_at: later });
    const expiresAt = Date.now() + HOUR;
    const expires_at = new Date(expiresAt).toISOString();
    const key = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "short", expires_at });
    const draw = async (): Promise<string> => {
      const path = `/agents/calls/batches/${id}/live-ticket`;
      return (await service.api<{ url: string }>("POST", path, undefined, { "x-api-key": key.key })).body.url;
    };
    let ended: { code: number; reason: string } | null = null;
    const { webSocket } = await connect(await draw());
    webSocket?.addEventListener("close", ({ code, reason }) => {
      ended = { code, reason };
    });
    webSocket?.accept();
    const other = await Watcher.of(service, id);
    const object = service.batchObject(id);
    await evictDurableObject(object);
    await object.wake();
    const alarm = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
    expect(alarm).toBeLessThanOrEqual(expiresAt);

    vi.useFakeTimers({ toFake: ["Date"], now: expiresAt - 1 });
    const unused = await draw();
    vi.setSystemTime(expiresAt);
    expect((await connect(unused)).status).toBe(401);
    await runDurableObjectAlarm(object);
    await until(async () => (ended === null ? null : true));
    expect(ended).toEqual({ code: 1008, reason: "your access has ended" });
    await service.api("POST", `/agents/calls/batches/${id}/cancel`);
    await until(async () => (other.last()?.batch.status === "cancelled" ? true : null));
  });

  it("leaves the alarm of a batch that slept at its start, which is earlier", async () => {
    const startsAt = Date.now() + HOUR;
    const { id } = await service.createBatch(numbers(1), { scheduled_at: new Date(startsAt).toISOString() });
    const expires_at = new Date(Date.now() + 12 * HOUR).toISOString();
    const key = await service.admin<Key>("POST", `/${service.organization}/api-keys`, { label: "day", expires_at });
    const path = `/agents/calls/batches/${id}/live-ticket`;
    const { body } = await service.api<{ url: string }>("POST", path, undefined, { "x-api-key": key.key });
    const object = service.batchObject(id);
    await evictDurableObject(object);
    expect((await connect(body.url)).status).toBe(101);
    const alarm = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
    expect(alarm).toBeLessThanOrEqual(startsAt);
  });
});

it("a batch is watched by fifty at most", async () => {
  const { id } = await service.createBatch(numbers(1));
  const watchers: Watcher[] = [];
  for (let count = 0; count < 50; count += 1) watchers.push(await Watcher.of(service, id));
  const { url } = await ticketFor(service, id);
  expect((await connect(url)).status).toBe(429);
  watchers[0]?.socket.close();
  await until(async () => ((await connect((await ticketFor(service, id)).url)).status === 101 ? true : null));
});
