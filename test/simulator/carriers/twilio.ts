/** Twilio's REST API and its callbacks, as far as the product uses them, over simulated telephones. */

import { createHash } from "node:crypto";
import { rfc2822 } from "../../carrier/call-resource.ts";
import { signature } from "../../carrier/signature.ts";
import type { Platform } from "../platform/platform.ts";
import type { HttpAnswer, HttpRequest, Respond, Server } from "../platform/web.ts";
import { Callbacks } from "./callbacks.ts";
import { receptionOf } from "./placing.ts";
import { type CallNews, type CarrierCall, durationSeconds, type Telephone } from "./telephone.ts";

export const TWILIO_HOST = "api.twilio.com";

export type TwilioAccount = {
  readonly sid: string;
  readonly organizationId: string;
  readonly authToken: string | null;
};

const STATUS = {
  completed: "completed",
  busy: "busy",
  no_answer: "no-answer",
  failed: "failed",
  cancelled: "canceled",
} as const;

const json = (status: number, body: object, headers = {}): HttpAnswer => ({
  status,
  body: JSON.stringify(body),
  headers,
});
const ANSWERS_MS = 40;

/** A parameter in the call's TwiML. */
const parameterOf = (twiml: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(twiml)?.[1] ?? "";

export class Twilio implements Server {
  readonly actor;
  readonly #platform: Platform;
  readonly #telephone: Telephone;
  readonly #callbacks: Callbacks;
  readonly #accounts = new Map<string, TwilioAccount>();
  readonly #calls = new Map<string, { readonly call: CarrierCall; readonly form: URLSearchParams }>();
  readonly #isSlow: boolean;

  constructor(platform: Platform, telephone: Telephone, accounts: readonly TwilioAccount[], isSlow: boolean) {
    this.#platform = platform;
    this.#telephone = telephone;
    this.actor = telephone.actor;
    this.#callbacks = new Callbacks(platform);
    this.#isSlow = isSlow;
    for (const account of accounts) this.#accounts.set(account.sid, account);
  }

  handle({ method, url, body }: HttpRequest, respond: Respond, leftAt: number): void {
    const { pathname, searchParams } = new URL(url);
    const [, , , sid = "", ...rest] = pathname.split("/");
    const account = this.#accounts.get(sid);
    if (account === undefined) {
      respond(json(401, { code: 20003, message: "Authenticate" }), ANSWERS_MS);
      return;
    }
    const path = rest.join("/");
    if (method === "POST" && path === "Calls.json") {
      this.#place(account, new URLSearchParams(body), respond, leftAt);
      return;
    }
    if (path.endsWith("PhoneNumbers.json") || path === "OutgoingCallerIds.json") {
      const list = path.startsWith("Incoming") ? "incoming_phone_numbers" : "outgoing_caller_ids";
      respond(json(200, { [list]: [{ phone_number: searchParams.get("PhoneNumber") }] }), ANSWERS_MS);
      return;
    }
    const { chance, faults, scheduler } = this.#platform;
    if (chance.fault(`twilio question/${scheduler.cause}`, faults.questionFails)) {
      const status = chance.one("twilio question fails", [503, null, undefined]);
      // Undefined: it never answers.
      if (status !== undefined) respond({ status }, ANSWERS_MS);
      return;
    }
    respond(this.#answer(account, method, rest, searchParams, new URLSearchParams(body)), ANSWERS_MS);
  }

  #answer(
    account: TwilioAccount,
    method: string,
    [room = "", part, log]: readonly string[],
    query: URLSearchParams,
    form: URLSearchParams,
  ): HttpAnswer {
    const id = room === "Calls" ? (part ?? "").replace(".json", "") : "";
    if (room === "Calls.json") return json(200, { calls: this.#listed(account, query), next_page_uri: null });
    const known = this.#calls.get(id);
    if (known === undefined || known.call.listedAt > this.#platform.scheduler.now) return json(404, { code: 20404 });
    const { call } = known;
    if (log === "Events.json") return eventsOf(known.form);
    if (method === "POST") {
      if (call.end !== null) return json(400, { code: 21220, message: "Call is not in-progress" });
      if ((form.get("Status") === "canceled") !== (call.answeredAt === null)) return json(400, { code: 21220 });
      this.#telephone.hangUp(call, (ended, news) => this.#tell(ended, known.form, news));
      return json(200, resourceOf(call));
    }
    return json(200, resourceOf(call));
  }

  #listed(account: TwilioAccount, query: URLSearchParams): object[] {
    const { now } = this.#platform.scheduler;
    return this.#telephone
      .callsTo(query.get("To") ?? "")
      .filter(
        ({ id, organizationId, from, listedAt }) =>
          organizationId === account.organizationId &&
          from === query.get("From") &&
          listedAt <= now &&
          this.#calls.has(id),
      )
      .map(resourceOf)
      .reverse();
  }

  #place(account: TwilioAccount, form: URLSearchParams, respond: Respond, leftAt: number): void {
    const { chance, faults, scheduler } = this.#platform;
    const to = form.get("To") ?? "";
    const reception = receptionOf(chance, faults, `twilio ${to}`, this.#isSlow);
    const { answersAfterMs, retryAfter } = reception;
    const twiml = form.get("Twiml") ?? "";
    const callId = parameterOf(twiml, "agent_call_id");
    const made = this.#telephone.byCallId.has(callId) ? `${callId} again ${this.#calls.size}` : callId;
    const id = `CA${createHash("md5").update(made).digest("hex")}`;
    if (reception.placesAfterMs !== null) {
      const order = {
        id,
        callId,
        batchId: parameterOf(twiml, "batch_id"),
        recipientId: parameterOf(twiml, "recipient_id"),
        organizationId: account.organizationId,
        from: form.get("From") ?? "",
        to,
        leftAt,
        ringsAtMostMs: Number(form.get("Timeout")) * 1_000,
        lastsAtMostMs: Number(form.get("TimeLimit")) * 1_000,
        tellsWhoAnswers: form.get("MachineDetection") !== null,
      };
      scheduler.schedule(reception.placesAfterMs, this.actor, "place", () => {
        const call = this.#telephone.place(order, (told, news) => this.#tell(told, form, news));
        this.#calls.set(id, { call, form });
      });
    }
    switch (reception.answer) {
      case "accepted":
        respond(json(201, { sid: id, status: "queued" }), answersAfterMs);
        return;
      case "later": {
        const heard = (): void => this.#telephone.asksToWait(parameterOf(twiml, "batch_id"), retryAfter ?? 0);
        const headers = retryAfter === null ? {} : { "retry-after": String(retryAfter) };
        respond({ ...json(429, { code: 20429, message: "Too many requests" }, headers), heard }, answersAfterMs);
        return;
      }
      case "refused":
        respond(json(400, { code: 21211, message: "Invalid 'To' number" }), answersAfterMs);
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

  #tell(call: CarrierCall, order: URLSearchParams, news: CallNews): void {
    const account = [...this.#accounts.values()].find(({ organizationId }) => organizationId === call.organizationId);
    const events = order.getAll("StatusCallbackEvent");
    if (account === undefined || (news === "answered" && !events.includes("answered"))) return;
    const told = (news === "detected" ? order.get("AsyncAmdStatusCallback") : order.get("StatusCallback")) ?? "";
    const url = told.split("#", 1)[0] ?? "";
    const status = news === "ended" ? STATUS[call.end ?? "failed"] : "in-progress";
    const fields: [string, string][] = [
      ["AccountSid", account.sid],
      ["CallSid", call.id],
    ];
    if (news === "detected") fields.push(["AnsweredBy", call.answeredBy === "machine" ? "machine_start" : "human"]);
    else fields.push(["CallStatus", status]);
    if (news === "ended") fields.push(["CallDuration", String(durationSeconds(call))]);
    const body = new URLSearchParams(fields).toString();
    const headers: Record<string, string> = { "content-type": "application/x-www-form-urlencoded" };
    if (account.authToken !== null) headers["x-twilio-signature"] = signature(account.authToken, url, fields);
    const request = () => ({ method: "POST", url, headers, body });
    this.#callbacks.tell(`${call.to} ${news}`, request, () => this.#telephone.isHeardOf(call, news));
  }
}

/** The log of the call's requests, which contains its instructions. */
const eventsOf = (form: URLSearchParams): HttpAnswer =>
  json(200, { events: [{ request: { parameters: { twiml: form.get("Twiml") } } }] });

function resourceOf(call: CarrierCall): object {
  const isDetected = call.isDetected ? (call.answeredBy === "machine" ? "machine_start" : "human") : null;
  return {
    sid: call.id,
    status: call.end !== null ? STATUS[call.end] : call.answeredAt === null ? "ringing" : "in-progress",
    duration: call.endedAt === null ? null : String(durationSeconds(call)),
    answered_by: isDetected,
    date_created: rfc2822(call.placedAt),
    to: call.to,
    from: call.from,
  };
}
