/** A SIP trunk through jambonz (jambonz, "REST API", calls). */

import type { Region } from "../../calling/words/region.ts";
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
  PLACE_TIMEOUT_MS,
  type PlaceOrder,
  type PlaceOutcome,
} from "../dialer.ts";
import { type CarrierAnswer, jsonRequest, type NoAnswer, QUESTION_TIMEOUT_MS, send, unavailable } from "../http.ts";
import { field, parse, textField } from "../json.ts";
import { checkEach, gatewayFor } from "../sip/gateways.ts";
import type { JambonzAccount, JambonzGateway } from "./account.ts";
import { receiveFromJambonz } from "./callback.ts";
import { isCallSid, placeOutcomeOf } from "./outcome.ts";
import { createCallBody, sipUriOf } from "./request.ts";
import { progressOf } from "./words.ts";

const TITLE = "jambonz";

/** In the words of jambonz's API server. A proxy before it has others while the server is replaced. */
const isUnknown = (answer: CarrierAnswer | NoAnswer): boolean =>
  answer.status === 404 && answer.text.trim() === "Not Found";

export class JambonzDialer implements Dialer {
  readonly asking = CALLBACKS_TELL;
  readonly #account: JambonzAccount;
  readonly #baseUrl: string | null;
  readonly #gateway: JambonzGateway;

  /** `region`: whose gateway dials; null if any may. `baseUrl` replaces all gateways', for a stand-in. */
  constructor(account: JambonzAccount, baseUrl: string | null, region: Region | null) {
    this.#account = account;
    this.#baseUrl = baseUrl;
    this.#gateway = gatewayFor(account.regions, region);
  }

  checkAccount(): Promise<CheckOutcome> {
    return checkEach(this.#account.regions, (gateway, region) => this.#check(gateway, region));
  }

  async #check(gateway: JambonzGateway, region: Region): Promise<CheckOutcome> {
    const answer = await this.#send(gateway, "GET", "", undefined, QUESTION_TIMEOUT_MS);
    const refused = (name: string, message: string): CheckOutcome => ({
      kind: "refused",
      path: `regions.${region}.${name}`,
      message,
    });
    switch (answer.status) {
      case 200:
        return textField(parse(answer.text), "account_sid") === gateway.account_sid
          ? { kind: "fine" }
          : refused("url", "answers, but not like jambonz; it must be the base of its REST API, up to /v1");
      case 401:
      case 403:
        return refused("api_key", `is refused by jambonz (status ${answer.status})`);
      case 404:
        return refused("account_sid", "is not an account of this jambonz");
      default:
        return unavailable(TITLE, answer);
    }
  }

  /** jambonz cannot be asked: a trunk may use any number that its carrier allows. */
  async checkNumber(): Promise<CheckOutcome> {
    return { kind: "fine" };
  }

  async place(order: PlaceOrder): Promise<PlaceOutcome> {
    const body = createCallBody(this.#account, order);
    const answer = await this.#send(this.#gateway, "POST", "/Calls", body, PLACE_TIMEOUT_MS);
    if (answer.status === null) return { kind: "unknown", message: answer.message };
    return placeOutcomeOf(answer.status, answer.retryAfter, answer.text, Date.now());
  }

  async fetch(carrierCallId: string, context: CallContext): Promise<CallReport> {
    const answer = await this.#get(`/Calls/${encodeURIComponent(carrierCallId)}`);
    if (isUnknown(answer)) return { kind: "absent" };
    if (answer.status !== 200) return unavailable(TITLE, answer);
    const progress = progressOf(parse(answer.text), context);
    return progress === null
      ? { kind: "unavailable", message: "jambonz's answer is not a call" }
      : { kind: "known", carrierCallId, progress };
  }

  /** The one call to the address that was made for our call. */
  async find(query: FindQuery, context: CallContext): Promise<FindOutcome> {
    const to = sipUriOf(this.#account.outbound, query.to, query.callId);
    const answer = await this.#get(`/Calls?${new URLSearchParams({ direction: "outbound", to })}`);
    if (answer.status !== 200) return unavailable(TITLE, answer);
    const calls = parse(answer.text);
    if (!Array.isArray(calls)) return { kind: "unavailable", message: "jambonz's answer is not a list of calls" };
    const own: unknown = calls.find((call) => textField(call, "to") === to);
    if (own === undefined) return { kind: "found", calls: [] };
    const carrierCallId = field(own, "call_sid");
    const progress = progressOf(own, context);
    return isCallSid(carrierCallId) && progress !== null
      ? { kind: "found", calls: [{ carrierCallId, progress }] }
      : { kind: "unavailable", message: "jambonz's list has this call with an unknown status" };
  }

  async end(carrierCallId: string, answered: boolean): Promise<EndOutcome> {
    const body = { call_status: answered ? "completed" : "no-answer" };
    const path = `/Calls/${encodeURIComponent(carrierCallId)}`;
    const answer = await this.#send(this.#gateway, "POST", path, body, QUESTION_TIMEOUT_MS);
    if (answer.status === 202 || answer.status === 200 || isUnknown(answer)) return { kind: "ending" };
    // Its state does not allow it: an answered call has ended; another one may have been answered meanwhile.
    if (answer.status === 422 && answered) return { kind: "ending" };
    return unavailable(TITLE, answer);
  }

  receive(request: CarrierRequest, _: string, context: CallContext): Promise<CarrierEventOutcome> {
    return receiveFromJambonz(this.#gateway, request, context, Date.now());
  }

  #get(path: string): Promise<CarrierAnswer | NoAnswer> {
    return this.#send(this.#gateway, "GET", path, undefined, QUESTION_TIMEOUT_MS);
  }

  /** `path`: after the account's. */
  #send(
    gateway: JambonzGateway,
    method: "GET" | "POST",
    path: string,
    body: unknown,
    timeoutMs: number,
  ): Promise<CarrierAnswer | NoAnswer> {
    const base = (this.#baseUrl ?? gateway.url).replace(/\/+$/, "");
    const headers = { authorization: `Bearer ${gateway.api_key}` };
    const url = `${base}/Accounts/${gateway.account_sid}${path}`;
    return send(TITLE, url, jsonRequest(method, headers, body), timeoutMs);
  }
}
