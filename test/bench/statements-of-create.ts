/**
 * What the product asks of a new object's storage to create a batch, in order. Recorded from the product's own class, so
 * that `--raw` can ask the same without the product.
 */

import { packRecipients } from "../../src/batch/store/recipients.ts";
import type { BatchOrder } from "../../src/calling/messages/batch-order.ts";
import type { ReportAnswer } from "../../src/calling/messages/slots.ts";
import { newBatchId } from "../../src/calling/secrets/ids.ts";
import { loadProduct } from "../simulator/platform/load.ts";
import { Storage } from "../simulator/platform/storage.ts";

/** `alarm`: set to so many ms from now. `together`: in one transaction. */
export type Asked =
  | { readonly text: string; readonly bindings: readonly unknown[] }
  | { readonly alarm: number }
  | { readonly together: readonly Asked[] };

type Exec = Storage["interface"]["sql"]["exec"];
type Creating = { create(order: BatchOrder, total: number, pages: readonly unknown[]): Promise<unknown> };

const ORGANIZATION = "org_bench";
const ANSWER: ReportAnswer = { grantedRequest: 0, grantedSlots: 0, webhooks: [] };

const LATER_MS = 24 * 60 * 60 * 1_000;

/** By turns: until the report leaves, and after its answer. `isLater`: scheduled, as the benchmark's W1 and W6 create them. */
export async function statementsOfCreate(recipients: number, isLater = true): Promise<readonly (readonly Asked[])[]> {
  const storage = new Storage();
  const turns: Asked[][] = [[]];
  let noted = turns[0] ?? [];
  const note = (asked: Asked): void => void noted.push(asked);
  const transactionSync = <T>(body: () => T): T => {
    const turn = turns.at(-1);
    const outside = noted;
    const together: Asked[] = [];
    note({ together });
    noted = together;
    try {
      return storage.interface.transactionSync(body);
    } finally {
      noted = turns.at(-1) === turn ? outside : noted;
    }
  };
  const exec: Exec = (text, ...bindings) => {
    note({ text, bindings });
    return storage.interface.sql.exec(text, ...bindings);
  };
  const setAlarm = async (at: number | Date): Promise<void> => {
    note({ alarm: Number(at) - Date.now() });
    await storage.interface.setAlarm(at);
  };
  // A message leaves when the turn's writes are durable.
  const report = async (): Promise<ReportAnswer> => {
    noted = [];
    turns.push(noted);
    return ANSWER;
  };
  await create({ ...storage.interface, sql: { exec }, transactionSync, setAlarm }, { report }, recipients, isLater);
  storage.end();
  return turns;
}

/** What the organization is asked by a create whose transaction fails at its end, and after that. */
export async function askedByFailedCreate(): Promise<readonly string[]> {
  const storage = new Storage();
  const asked: string[] = [];
  const transactionSync = <T>(body: () => T): T =>
    storage.interface.transactionSync(() => {
      body();
      throw new Error("the disk is full");
    });
  const grant = async (): Promise<ReportAnswer> => ({ ...ANSWER, grantedRequest: 1, grantedSlots: 1 });
  const organization = new Proxy(
    {},
    {
      get: (_, name) => {
        asked.push(String(name));
        return name === "report" ? grant : () => new Promise(() => undefined);
      },
    },
  );
  const created = create({ ...storage.interface, transactionSync }, organization, 1, false);
  await created.then(
    () => asked.push("nothing has failed"),
    () => undefined,
  );
  await new Promise(setImmediate);
  storage.end();
  return asked;
}

async function create(storage: object, organization: object, recipients: number, isLater: boolean): Promise<void> {
  const { classes } = await loadProduct();
  const ctx = {
    storage,
    getWebSockets: () => [],
    setWebSocketAutoResponse: () => undefined,
    waitUntil: () => undefined,
  };
  const env = { ORGANIZATIONS: { getByName: () => organization } };
  const Batch = classes.BatchObject as unknown as new (ctx: object, env: object) => Creating;
  const order = orderOf(isLater ? Date.now() + LATER_MS : null);
  // What of the platform the class needs beside its storage.
  Object.assign(globalThis, { WebSocketRequestResponsePair: class {} });
  await new Batch(ctx, env).create(order, recipients, pagesOf(recipients));
}

function orderOf(scheduledAt: number | null): BatchOrder {
  return {
    id: newBatchId(),
    organizationId: ORGANIZATION,
    name: "bench",
    agent_id: "agent_bench",
    from_number_id: "ap_bench",
    region: "US",
    target_concurrency_limit: 50,
    priority: 3,
    ringing_timeout_seconds: 60,
    max_call_duration_minutes: 10,
    createdAt: Date.now(),
    scheduledAt,
    retryPolicy: null,
    callingWindow: null,
    circuitBreaker: null,
    callsPerSecond: null,
    onVoicemail: null,
    doNotCall: [],
    callbackBaseUrl: "https://calls.example.com",
    webhooks: [],
    act: { id: "req_bench", operation: "createBatch", by: { kind: "key", id: "key_bench", label: "bench" } },
  };
}

const pagesOf = (recipients: number) =>
  packRecipients(
    Array.from({ length: recipients }, (_, index) => ({
      to_number: `+1415${5_550_000 + index}`,
      metadata: '{"customer":"c"}',
      timezone: null,
    })),
  );
