/** An organization's own dialer, with the protocol of `docs/carriers/http.md`, over simulated telephones. */

import { Webhook } from "standardwebhooks";
import type { Platform } from "../platform/platform.ts";
import type { HttpAnswer, HttpRequest, Respond, Server } from "../platform/web.ts";
import { Callbacks } from "./callbacks.ts";
import { receptionOf } from "./placing.ts";
import { type CallNews, type CarrierCall, durationSeconds, type Telephone } from "./telephone.ts";

export type DialerAccount = {
  readonly host: string;
  readonly organizationId: string;
  readonly token: string;
  readonly webhookSecret: string;
};

type Order = {
  readonly batch_id: string;
  readonly recipient_id: string;
  readonly to: string;
  readonly from: string;
  readonly ringing_timeout_seconds: number;
  readonly max_duration_seconds: number;
  readonly events_url: string;
  readonly tell_who_answers?: boolean;
};

const ANSWERS_MS = 30;
const json = (status: number, body: object, headers = {}): HttpAnswer => ({
  status,
  body: JSON.stringify(body),
  headers,
});
const refusal = (status: number, code: string, headers = {}): HttpAnswer =>
  json(status, { code, message: `the dialer says ${code}` }, headers);

export class Dialer implements Server {
  readonly actor;
  readonly #platform: Platform;
  readonly #telephone: Telephone;
  readonly #callbacks: Callbacks;
  readonly #account: DialerAccount;
  /** By our id; null: accepted, and not placed yet. */
  readonly #calls = new Map<string, { call: CarrierCall | null; readonly order: Order }>();
  readonly #isSlow: boolean;

  constructor(platform: Platform, telephone: Telephone, account: DialerAccount, isSlow: boolean) {
    this.#platform = platform;
    this.#telephone = telephone;
    this.actor = telephone.actor;
    this.#callbacks = new Callbacks(platform);
    this.#account = account;
    this.#isSlow = isSlow;
  }

  handle({ method, url, headers, body }: HttpRequest, respond: Respond, leftAt: number): void {
    const [, room = "", part = "", action] = new URL(url).pathname.split("/");
    const id = decodeURIComponent(part);
    if (headers.authorization !== `Bearer ${this.#account.token}`) {
      respond(refusal(401, "unauthorized"), ANSWERS_MS);
      return;
    }
    if (room === "protocol") {
      respond(json(200, { protocol: "callbatch-dialer", version: 1, detects_machines: true }), ANSWERS_MS);
      return;
    }
    if (room === "numbers") {
      respond(json(200, { number: id }), ANSWERS_MS);
      return;
    }
    if (method === "PUT") {
      this.#place(id, JSON.parse(body) as Order, respond, leftAt);
      return;
    }
    const { chance, faults, scheduler } = this.#platform;
    if (chance.fault(`dialer question/${scheduler.cause}`, faults.questionFails)) {
      const status = chance.one("dialer question fails", [503, null, undefined]);
      if (status !== undefined) respond({ status }, ANSWERS_MS);
      return;
    }
    const known = this.#calls.get(id);
    if (known === undefined) {
      respond(refusal(404, "call_not_found"), ANSWERS_MS);
      return;
    }
    if (action === "end" && known.call !== null) {
      this.#telephone.hangUp(known.call, (ended, news) => this.#tell(ended, known.order, news));
    }
    respond(json(200, shownOf(id, known.call)), ANSWERS_MS);
  }

  #place(id: string, order: Order, respond: Respond, leftAt: number): void {
    const { chance, faults, scheduler } = this.#platform;
    const known = this.#calls.get(id);
    if (known !== undefined) {
      respond(json(200, shownOf(id, known.call)), ANSWERS_MS);
      return;
    }
    const reception = receptionOf(chance, faults, `dialer ${order.to}`, this.#isSlow);
    const { answersAfterMs, retryAfter } = reception;
    if (reception.placesAfterMs !== null) {
      const taken: { call: CarrierCall | null; readonly order: Order } = { call: null, order };
      this.#calls.set(id, taken);
      scheduler.schedule(reception.placesAfterMs, this.actor, "place", () => {
        taken.call = this.#telephone.place(
          {
            id,
            callId: id,
            batchId: order.batch_id,
            recipientId: order.recipient_id,
            organizationId: this.#account.organizationId,
            from: order.from,
            to: order.to,
            leftAt,
            ringsAtMostMs: order.ringing_timeout_seconds * 1_000,
            lastsAtMostMs: order.max_duration_seconds * 1_000,
            tellsWhoAnswers: order.tell_who_answers === true,
          },
          (told, news) => this.#tell(told, order, news),
        );
      });
    }
    switch (reception.answer) {
      case "accepted":
        respond(json(201, shownOf(id, null)), answersAfterMs);
        return;
      case "later": {
        const heard = (): void => this.#telephone.asksToWait(order.batch_id, retryAfter ?? 0);
        const headers = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
        respond({ ...refusal(429, "busy", headers), heard }, answersAfterMs);
        return;
      }
      case "refused":
        respond(refusal(422, "invalid_number"), answersAfterMs);
        return;
      case "error":
        respond({ status: 503 }, answersAfterMs);
        return;
      case "reset":
        respond({ status: null }, answersAfterMs);
        return;
      case "none":
        return;
    }
  }

  #tell(call: CarrierCall, order: Order, news: CallNews): void {
    const data = shownOf(call.id, call);
    const request = (): HttpRequest => {
      const at = new Date(Date.now());
      const body = JSON.stringify({ type: `call.${news}`, timestamp: at.toISOString(), data });
      const messageId = `${call.id}-${news}`;
      const headers = {
        "content-type": "application/json",
        "webhook-id": messageId,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": new Webhook(this.#account.webhookSecret).sign(messageId, at, body),
      };
      return { method: "POST", url: order.events_url, headers, body };
    };
    this.#callbacks.tell(`${call.to} ${news}`, request, () => this.#telephone.isHeardOf(call, news));
  }
}

function shownOf(id: string, call: CarrierCall | null): object {
  if (call === null) return { id, status: "waiting" };
  const answeredBy = call.isDetected ? { answered_by: call.answeredBy } : {};
  if (call.end === null) return { id, status: call.answeredAt === null ? "ringing" : "answered", ...answeredBy };
  if (call.end === "completed") {
    const duration_seconds = durationSeconds(call);
    return { id, status: "completed", end_reason: call.endReason, duration_seconds, ...answeredBy };
  }
  return { id, status: "failed", end_reason: call.endReason, ...answeredBy };
}
