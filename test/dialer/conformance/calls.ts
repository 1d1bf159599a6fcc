/**
 * Places calls at a stand-in and follows them like a batch does. It uses callbacks over HTTP, and questions if the
 * adapter says that no callback reports.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { callId as idOfCall } from "../../../src/calling/secrets/ids.ts";
import type { EndReason } from "../../../src/calling/words/call.ts";
import type { Carrier } from "../../../src/dialer/carrier.ts";
import { carrierNamed, dialerFor } from "../../../src/dialer/carriers.ts";
import type {
  CallContext,
  CallProgress,
  CarrierRequest,
  Dialer,
  PlaceOrder,
  PlaceOutcome,
} from "../../../src/dialer/dialer.ts";
import type { Rig } from "./rig.ts";

const MAX_DURATION_SECONDS = 30;
const ROUTE = "0123456789abcdef012345";
const ASK_EVERY_MS = 10;
const PATIENCE_MS = 10_000;

export type Heard = { readonly callId: string; readonly request: CarrierRequest };
type Known = {
  answered: boolean;
  agentClosed: boolean;
  endedBecause: EndReason | null;
  carrierCallId: string | null;
  maxDurationSeconds: number;
};

const dialerAt = ({ account, baseUrl }: Rig): Dialer => dialerFor(account, { [account.carrier]: baseUrl }, null);

export class Calls {
  readonly rig: Rig;
  readonly dialer: Dialer;
  readonly carrier: Carrier;
  /** Every request that came, in order. */
  readonly heard: Heard[] = [];
  readonly #progress = new Map<string, CallProgress[]>();
  readonly #known = new Map<string, Known>();
  readonly #server: Server;
  #made = 0;

  private constructor(rig: Rig) {
    this.rig = rig;
    this.carrier = carrierNamed(rig.account.carrier);
    this.dialer = dialerAt(rig);
    this.#server = createServer((request, response) => void this.#hear(request, response));
  }

  static async start(rig: Rig): Promise<Calls> {
    const calls = new Calls(rig);
    await new Promise<void>((resolve) => calls.#server.listen(0, "127.0.0.1", resolve));
    await rig.callbacksTo?.(`${calls.url}/callbacks/${calls.carrier.name}`);
    return calls;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  newCallId(): string {
    this.#made += 1;
    return idOfCall(ROUTE, this.#made);
  }

  order(to: string, fields: Partial<PlaceOrder> = {}): PlaceOrder {
    const callId = fields.callId ?? this.newCallId();
    const ownPath = this.carrier.capabilities.callbacks === "per_call" ? `/${callId}/token` : "";
    return {
      callId,
      batchId: "acb_conformance",
      recipientId: "abcr_conformance",
      to,
      from: this.rig.from.number,
      fromNumberId: this.rig.from.carrierNumberId,
      agent: this.rig.agent,
      region: "US",
      metadata: '{"name":"Zoë & <Co>"}',
      ringingTimeoutSeconds: 30,
      maxDurationSeconds: MAX_DURATION_SECONDS,
      asksWhoAnswers: false,
      statusCallbackUrl: `${this.url}/callbacks/${this.carrier.name}${ownPath}`,
      ...fields,
    };
  }

  async place(order: PlaceOrder): Promise<PlaceOutcome> {
    this.#of(order.callId).maxDurationSeconds = order.maxDurationSeconds;
    const outcome = await this.dialer.place(order);
    if (outcome.kind === "placed") this.#of(order.callId).carrierCallId = outcome.carrierCallId;
    return outcome;
  }

  /** A repeated request may come from another object: a lane's dialer may have sent the first one. */
  placeAgain(order: PlaceOrder): Promise<PlaceOutcome> {
    return dialerAt(this.rig).place(order, true);
  }

  /** The order's call, which has to be placed. */
  async placed(order: PlaceOrder): Promise<string> {
    const outcome = await this.place(order);
    if (outcome.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(outcome)}`);
    return outcome.carrierCallId;
  }

  contextOf(callId: string): CallContext {
    const { answered, agentClosed, endedBecause, maxDurationSeconds } = this.#of(callId);
    return { maxDurationSeconds, answered, agentClosed, endedBecause };
  }

  carrierCallOf(callId: string): string | null {
    return this.#of(callId).carrierCallId;
  }

  endedBecause(callId: string, reason: EndReason): void {
    this.#of(callId).endedBecause = reason;
  }

  /** What was said of the call so far, by callback and when asked. */
  progressOf(callId: string): readonly CallProgress[] {
    return this.#progress.get(callId) ?? [];
  }

  /** Waits until the call is said to be so; asks, where the adapter wants to be asked. */
  async until(
    callId: string,
    kind: CallProgress["kind"],
    isMeant: (progress: CallProgress) => boolean = () => true,
  ): Promise<CallProgress> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = this.progressOf(callId).find((one) => one.kind === kind && isMeant(one));
      if (found !== undefined) return found;
      if (performance.now() > end) {
        throw new Error(`the call is never ${kind}; said was ${JSON.stringify(this.progressOf(callId))}`);
      }
      const { whileRingingMs, whileAnsweredMs } = this.dialer.asking;
      // That it rings, a carrier need not tell anybody.
      if (kind === "ringing" || whileRingingMs !== null || whileAnsweredMs !== null) await this.#ask(callId);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }

  async #ask(callId: string): Promise<void> {
    const { carrierCallId } = this.#of(callId);
    if (carrierCallId === null) return;
    const report = await this.dialer.fetch(carrierCallId, this.contextOf(callId));
    if (report.kind === "known") this.#note(callId, report.progress);
  }

  #of(callId: string): Known {
    const known = this.#known.get(callId) ?? {
      answered: false,
      agentClosed: false,
      endedBecause: null,
      carrierCallId: null,
      maxDurationSeconds: MAX_DURATION_SECONDS,
    };
    this.#known.set(callId, known);
    return known;
  }

  #note(callId: string, progress: CallProgress): void {
    this.#of(callId).answered ||= progress.kind === "answered";
    this.#progress.set(callId, [...this.progressOf(callId), progress]);
  }

  async #hear(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    // No other comes to an adapter.
    const named = Object.entries(incoming.headers).filter(([name]) => this.carrier.callbackHeaders.includes(name));
    const headers = Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
    const request: CarrierRequest = {
      method: incoming.method ?? "",
      pathAndQuery: incoming.url ?? "",
      headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    const callId = this.carrier.callIdOf?.(request) ?? request.pathAndQuery.split("/")[3] ?? "";
    if (callId !== "") this.heard.push({ callId, request });
    const outcome = await this.dialer.receive(request, this.url, this.contextOf(callId));
    if (outcome.kind === "event") {
      if (outcome.event.kind === "agent_closed") this.#of(callId).agentClosed = true;
      else if (outcome.event.kind === "progress") this.#note(callId, outcome.event.progress);
    }
    const status = outcome.kind === "forged" ? 403 : outcome.kind === "undone" ? 503 : 200;
    response.writeHead(status, { "content-type": "text/xml" });
    response.end("reply" in outcome ? outcome.reply.body : "");
  }
}
