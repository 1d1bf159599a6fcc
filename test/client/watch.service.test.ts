/** `watchBatch` over a real WebSocket, from a Node process to the real service. */

import { beforeAll, describe, expect, it, vi } from "vitest";
import { CallbatchError, createClient, type LiveMessage } from "../../src/client/client.ts";
import { DEMO } from "../local/provision.ts";
import { type Shared, sharedOrganization } from "../service/shared.ts";

const ANSWERS = "+12125550100";
const BUSY = "+15005550002";

let running: Shared;
beforeAll(async () => {
  running = await sharedOrganization();
});

const client = () => createClient({ baseUrl: running.service.baseUrl, apiKey: running.apiKey });
const later = () => new Date(Date.now() + 3_600_000).toISOString();
const waiting = async (): Promise<string> => {
  const recipients = [{ to_number: ANSWERS }, { to_number: BUSY }];
  const order = { name: "A batch", agent_id: DEMO.agentId, from_number_id: DEMO.numberId, recipients };
  return (await client().createBatch({ ...order, scheduled_at: later() })).id;
};
/** The sockets that were opened. */
function sockets(): WebSocket[] {
  const opened: WebSocket[] = [];
  vi.stubGlobal(
    "WebSocket",
    class extends WebSocket {
      constructor(url: string) {
        super(url);
        opened.push(this);
      }
    },
  );
  return opened;
}
const closed = (socket: WebSocket | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) resolve();
    else socket.addEventListener("close", () => resolve(), { once: true });
  });

describe("watching a batch", () => {
  it("tells how it stands first, then every change, until its end", async () => {
    const id = await waiting();
    const messages: LiveMessage[] = [];
    for await (const message of client().watchBatch(id)) {
      messages.push(message);
      if (messages.length === 1) await client().changeBatch(id, { scheduled_at: null });
      const { batch } = message;
      if (batch.total_calls_finished === batch.total_calls_scheduled) break;
    }
    expect(messages[0]).toMatchObject({ type: "snapshot", batch: { id, total_calls_finished: 0 } });
    expect(new Set(messages.slice(1).map(({ type }) => type))).toEqual(new Set(["changes"]));
    const last = new Map(
      messages.flatMap((message) =>
        (message.recipients ?? []).map(({ id: recipient, status }) => [recipient, status] as const),
      ),
    );
    const { recipients } = await client().getBatch(id);
    expect([...last].sort()).toEqual(recipients.map(({ id: recipient, status }) => [recipient, status]).sort());
    expect(recipients.map(({ status }) => status)).toEqual(["completed", "failed"]);
  });

  it("closes its connection when the loop is left", async () => {
    const opened = sockets();
    const id = await waiting();
    for await (const message of client().watchBatch(id)) {
      expect(message.type).toBe("snapshot");
      break;
    }
    await closed(opened[0]);
    expect(opened).toHaveLength(1);
    vi.unstubAllGlobals();
  });

  it("ends with the caller's signal, and with the connection", async () => {
    const id = await waiting();
    const stop = new AbortController();
    let count = 0;
    for await (const _ of client().watchBatch(id, { signal: stop.signal })) {
      count += 1;
      stop.abort();
    }
    const opened = sockets();
    for await (const _ of client().watchBatch(id)) {
      count += 1;
      opened[0]?.close();
    }
    expect(count).toBe(2);
    vi.unstubAllGlobals();
  });

  it("of a batch that is not there is refused, and of a WebSocket that is not there is told what is missing", async () => {
    const unknown = client().watchBatch("acb_1111111111111111111111").next();
    await expect(unknown).rejects.toThrow(CallbatchError);
    vi.stubGlobal("WebSocket", undefined);
    await expect(
      client()
        .watchBatch(await waiting())
        .next(),
    ).rejects.toThrow(/needs a global WebSocket/);
    vi.unstubAllGlobals();
  });

  it("that cannot be connected to throws", async () => {
    const id = await waiting();
    vi.stubGlobal(
      "WebSocket",
      class extends WebSocket {
        constructor(url: string) {
          super(url.replace(/ticket=.*/, "ticket=none"));
        }
      },
    );
    await expect(client().watchBatch(id).next()).rejects.toThrow(/did not open/);
    vi.unstubAllGlobals();
  });
});
