/**
 * A dialer that speaks the protocol of `docs/carriers/http.md`. A call has one id, ours. So placing it is idempotent,
 * and a call whose answer was lost is found by it.
 */

import {
  CALLBACKS_TELL,
  type CallContext,
  type CallReport,
  type CarrierEventOutcome,
  type CarrierRequest,
  type CheckOutcome,
  type Dialer,
  type EndOutcome,
  type FindOutcome,
  type FindQuery,
  type NumberToCheck,
  PLACE_TIMEOUT_MS,
  type PlaceOrder,
  type PlaceOutcome,
} from "../dialer.ts";
import {
  type CarrierAnswer,
  type CarrierRequestInit,
  jsonRequest,
  type NoAnswer,
  QUESTION_TIMEOUT_MS,
  send,
  unavailable,
} from "../http.ts";
import { field, parse, textField } from "../json.ts";
import type { HttpAccount } from "./account.ts";
import { receiveFromDialer } from "./event.ts";
import { placeOutcomeOf, refusalOf } from "./outcome.ts";
import { idOf, progressOf } from "./words.ts";

const TITLE = "the dialer";
const PROTOCOL = "callbatch-dialer";
const VERSION = 1;

type Answer = CarrierAnswer | NoAnswer;

/** A 404 in the protocol's form. Another 404, from a proxy or a wrong URL, tells nothing about a call. */
const isUnknown = (answer: Answer, code: string): boolean =>
  answer.status === 404 && refusalOf(parse(answer.text))?.code === code;

export class HttpDialer implements Dialer {
  readonly asking = CALLBACKS_TELL;
  readonly #account: HttpAccount;
  readonly #origin: string;

  /** `baseUrl` replaces the account's own URL, for a stand-in. */
  constructor(account: HttpAccount, baseUrl: string | null) {
    this.#account = account;
    this.#origin = baseUrl ?? account.url;
  }

  async checkAccount(): Promise<CheckOutcome> {
    const answer = await this.#ask("GET", "/protocol");
    if (answer.status === 401 || answer.status === 403) {
      return { kind: "refused", path: "token", message: `is refused by the dialer (status ${answer.status})` };
    }
    if (answer.status === null || answer.status >= 500) return unavailable(TITLE, answer);
    const body = parse(answer.text);
    if (answer.status !== 200 || field(body, "protocol") !== PROTOCOL || field(body, "version") !== VERSION) {
      const message = `does not answer GET /protocol as ${PROTOCOL}, version ${VERSION}`;
      return { kind: "refused", path: "url", message };
    }
    if (this.#account.detects_machines && field(body, "detects_machines") !== true) {
      const message = "cannot be true: the dialer's GET /protocol does not say that it detects machines";
      return { kind: "refused", path: "detects_machines", message };
    }
    return { kind: "fine" };
  }

  async checkNumber({ number }: NumberToCheck): Promise<CheckOutcome> {
    const answer = await this.#ask("GET", `/numbers/${encodeURIComponent(number)}`);
    if (isUnknown(answer, "number_not_found")) {
      return { kind: "refused", path: "number", message: "is not a number that this dialer calls from" };
    }
    if (answer.status !== 200) return unavailable(TITLE, answer);
    return textField(parse(answer.text), "number") === number
      ? { kind: "fine" }
      : { kind: "unavailable", message: "the dialer's answer is not this number" };
  }

  async place(order: PlaceOrder): Promise<PlaceOutcome> {
    const body = {
      batch_id: order.batchId,
      recipient_id: order.recipientId,
      to: order.to,
      from: order.from,
      from_number_id: order.fromNumberId,
      agent: order.agent,
      region: order.region,
      metadata: order.metadata === null ? null : parse(order.metadata),
      ringing_timeout_seconds: order.ringingTimeoutSeconds,
      max_duration_seconds: order.maxDurationSeconds,
      events_url: order.statusCallbackUrl,
      ...(order.asksWhoAnswers && this.#account.detects_machines ? { tell_who_answers: true } : {}),
    };
    const answer = await this.#ask("PUT", callPath(order.callId), body, PLACE_TIMEOUT_MS);
    if (answer.status === null) return { kind: "unknown", message: answer.message };
    return placeOutcomeOf(order.callId, answer.status, answer.retryAfter, answer.text, Date.now());
  }

  async fetch(carrierCallId: string, context: CallContext): Promise<Exclude<CallReport, { kind: "undecided" }>> {
    const answer = await this.#ask("GET", callPath(carrierCallId));
    if (isUnknown(answer, "call_not_found")) return { kind: "absent" };
    if (answer.status !== 200) return unavailable(TITLE, answer);
    const call = parse(answer.text);
    const progress = progressOf(call, context);
    return progress === null || idOf(call) !== carrierCallId
      ? { kind: "unavailable", message: "the dialer's answer is not this call" }
      : { kind: "known", carrierCallId, progress };
  }

  async find({ callId }: FindQuery, context: CallContext): Promise<FindOutcome> {
    const report = await this.fetch(callId, context);
    switch (report.kind) {
      case "known":
        return { kind: "found", calls: [{ carrierCallId: report.carrierCallId, progress: report.progress }] };
      case "absent":
        return { kind: "found", calls: [] };
      case "unavailable":
        return report;
    }
  }

  async end(carrierCallId: string): Promise<EndOutcome> {
    const answer = await this.#ask("POST", `${callPath(carrierCallId)}/end`, {});
    return answer.status === 200 || isUnknown(answer, "call_not_found")
      ? { kind: "ending" }
      : unavailable(TITLE, answer);
  }

  async receive(request: CarrierRequest, _: string, context: CallContext): Promise<CarrierEventOutcome> {
    return receiveFromDialer(this.#account, request, context);
  }

  #ask(
    method: CarrierRequestInit["method"],
    path: string,
    body?: unknown,
    timeoutMs: number = QUESTION_TIMEOUT_MS,
  ): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#account.token}` };
    return send(TITLE, this.#origin + path, jsonRequest(method, headers, body), timeoutMs);
  }
}

const callPath = (id: string): string => `/calls/${encodeURIComponent(id)}`;
