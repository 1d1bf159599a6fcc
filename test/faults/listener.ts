/** A receiver of webhooks that outlives the service: what it was told, each verified as it came. */

import { Webhook } from "standardwebhooks";
import type { Client } from "../local/client.ts";
import { CALLS, type Call, type CallPage, WEBHOOKS } from "../local/wire.ts";
import { type Receiver, startReceiver } from "../support/receiver-process.ts";

/** Of the kind that its receivers are told to expect. */
const SECRET = `whsec_${Buffer.alloc(32, "listener").toString("base64")}`;
type Told = {
  readonly type: string;
  readonly call?: { readonly id: string };
  readonly batch?: { readonly id: string };
};

export class Listener {
  readonly #receiver: Receiver;
  readonly #told = new Set<string>();
  /** Events that came again, under the same id. */
  readonly repeated: string[] = [];
  /** What was not signed as it should be. */
  readonly forged: string[] = [];

  private constructor(receiver: Receiver) {
    this.#receiver = receiver;
  }

  static async start(): Promise<Listener> {
    const webhook = new Webhook(SECRET);
    const seen = new Set<string>();
    const receiver = await startReceiver(0, ({ headers, body }) => {
      const id = headers["webhook-id"] ?? "";
      if (seen.has(id)) listener.repeated.push(id);
      seen.add(id);
      try {
        const { type, call, batch } = webhook.verify(body, headers) as Told;
        listener.#told.add(`${type} ${call?.id ?? batch?.id}`);
      } catch {
        listener.forged.push(body);
      }
    });
    const listener = new Listener(receiver);
    return listener;
  }

  async listenTo(client: Client): Promise<void> {
    await client.post(WEBHOOKS, { display_name: "Listener", url: `${this.#receiver.url}/all/ok`, secret: SECRET });
  }

  /** Events of these finished batches that it should have got, and did not. */
  async untold(client: Client, batchIds: readonly string[]): Promise<string[]> {
    const expected: string[] = [];
    for (const batchId of batchIds) {
      expected.push(`batch_admitted ${batchId}`, `batch_completed ${batchId}`);
      for (const { id, status } of await callsOf(client, batchId)) expected.push(`call_${status} ${id}`);
    }
    return expected.filter((event) => !this.#told.has(event));
  }

  close(): Promise<void> {
    return this.#receiver.close();
  }
}

async function callsOf(client: Client, batchId: string): Promise<Call[]> {
  const calls: Call[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? "" : `&starting_after=${cursor}`;
    const page: CallPage = await client.get<CallPage>(`${CALLS}?batch_id=${batchId}&limit=100${after}`);
    calls.push(...page.data);
    cursor = page.next_page;
  } while (cursor !== null);
  return calls;
}
