/**
 * Cartesia Line as a carrier: calls from Cartesia's numbers, with agents that run there (Cartesia, "Outbound calls").
 */

import {
  type Asking,
  BETWEEN_CLOCKS_MS,
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
import { type CarrierAnswer, jsonRequest, type NoAnswer, QUESTION_TIMEOUT_MS, send, unavailable } from "../http.ts";
import { field, parse, textField } from "../json.ts";
import type { CartesiaAccount } from "./account.ts";
import { receiveFromCartesia } from "./callback.ts";
import { isCallId, placeOutcomeOf } from "./outcome.ts";
import { metadataWith, ownCallIdOf, progressOf } from "./words.ts";

const TITLE = "Cartesia";
const ORIGIN = "https://api.cartesia.ai";
const VERSION = "2026-08-14";
const SECONDS_A_MINUTE = 60;
/**
 * How often to ask without webhooks. A shorter interval frees slots sooner after a call's end, and asks more questions.
 */
const ASKING_INSTEAD: Asking = { whileRingingMs: 3_000, whileAnsweredMs: 10_000 };
const LIST_PAGE_SIZE = 100;
const LIST_PAGES = 10;

/** Batches of this carrier always have an agent of this type. */
function agentIdOf({ agent }: Pick<PlaceOrder, "agent">): string {
  if (agent.type !== "cartesia") throw new Error("broken invariant: Cartesia connects its own agents alone");
  return agent.agent_id;
}

export class CartesiaDialer implements Dialer {
  readonly asking: Asking;
  readonly #account: CartesiaAccount;
  readonly #origin: string;

  /** `baseUrl` replaces Cartesia's host, for a stand-in. */
  constructor(account: CartesiaAccount, baseUrl: string | null) {
    this.#account = account;
    this.#origin = baseUrl ?? ORIGIN;
    this.asking = account.webhook_secret === null ? ASKING_INSTEAD : CALLBACKS_TELL;
  }

  async checkAccount(): Promise<CheckOutcome> {
    const answer = await this.#get("/agents/phone-numbers?limit=1");
    if (answer.status === 200) return { kind: "fine" };
    if (answer.status === 401 || answer.status === 403) {
      return { kind: "refused", path: "api_key", message: `is refused by Cartesia (status ${answer.status})` };
    }
    return unavailable(TITLE, answer);
  }

  async checkNumber({ number, carrierNumberId }: NumberToCheck): Promise<CheckOutcome> {
    const answer = await this.#get(`/agents/phone-numbers/${encodeURIComponent(carrierNumberId ?? "")}`);
    if (answer.status === 404) {
      return { kind: "refused", path: "carrier_number_id", message: "is not a number of this Cartesia account" };
    }
    if (answer.status !== 200) return unavailable(TITLE, answer);
    const actual = textField(parse(answer.text), "number");
    return actual === number
      ? { kind: "fine" }
      : { kind: "refused", path: "number", message: `is not the number of carrier_number_id, which is ${actual}` };
  }

  async place(order: PlaceOrder): Promise<PlaceOutcome> {
    const ids = { agent_call_id: order.callId, batch_id: order.batchId, recipient_id: order.recipientId };
    const body = {
      from_number_id: order.fromNumberId,
      agent_id: agentIdOf(order),
      outbound_calls: [{ to_number: order.to, metadata: metadataWith(order.metadata, ids) }],
      ringing_timeout_seconds: order.ringingTimeoutSeconds,
      max_call_duration_minutes: Math.ceil(order.maxDurationSeconds / SECONDS_A_MINUTE),
    };
    const answer = await this.#post("/agents/calls", body, PLACE_TIMEOUT_MS);
    if (answer.status === null) return { kind: "unknown", message: answer.message };
    return placeOutcomeOf(answer.status, answer.retryAfter, answer.text, Date.now());
  }

  async fetch(carrierCallId: string, context: CallContext): Promise<CallReport> {
    const answer = await this.#get(`/agents/calls/${encodeURIComponent(carrierCallId)}`);
    if (answer.status === 404) return { kind: "absent" };
    if (answer.status !== 200) return unavailable(TITLE, answer);
    const call = parse(answer.text);
    const progress = progressOf(call, textField(call, "status"), context);
    return progress === null
      ? { kind: "unavailable", message: "Cartesia's answer is not a call" }
      : { kind: "known", carrierCallId, progress };
  }

  /** Newest first, by agent. A waiting call has no start time, so the list is not filtered by it. */
  async find(query: FindQuery, context: CallContext): Promise<FindOutcome> {
    const search = new URLSearchParams({ agent_id: agentIdOf(query), limit: String(LIST_PAGE_SIZE) });
    for (let page = 1; page <= LIST_PAGES; page += 1) {
      const answer = await this.#get(`/agents/calls?${search}`);
      if (answer.status !== 200) return unavailable(TITLE, answer);
      const body = parse(answer.text);
      const calls = field(body, "data");
      if (!Array.isArray(calls)) return { kind: "unavailable", message: "Cartesia's answer is not a list of calls" };
      const own = calls.find((call) => ownCallIdOf(call) === query.callId);
      if (own !== undefined) return foundOf(own, context);
      const next = textField(body, "next_page");
      if (next === null || calls.some((call) => isBefore(call, query.placedAfter - BETWEEN_CLOCKS_MS))) {
        return { kind: "found", calls: [] };
      }
      search.set("starting_after", next);
    }
    return { kind: "unavailable", message: "Cartesia lists too many calls of this agent" };
  }

  async end(carrierCallId: string, answered: boolean): Promise<EndOutcome> {
    const answer = await this.#post(
      `/agents/calls/${encodeURIComponent(carrierCallId)}/cancel`,
      {},
      QUESTION_TIMEOUT_MS,
    );
    if (answer.status === 200 || answer.status === 404) return { kind: "ending" };
    // "Not active": an answered call has ended. A ringing call cannot be cancelled there.
    if (answer.status === 400 && answered) return { kind: "ending" };
    return unavailable(TITLE, answer);
  }

  receive(request: CarrierRequest, _: string, context: CallContext): Promise<CarrierEventOutcome> {
    return receiveFromCartesia(this.#account, request, context);
  }

  #get(path: string): Promise<CarrierAnswer | NoAnswer> {
    return send(TITLE, this.#origin + path, jsonRequest("GET", this.#headers()), QUESTION_TIMEOUT_MS);
  }

  #post(path: string, body: unknown, timeoutMs: number): Promise<CarrierAnswer | NoAnswer> {
    return send(TITLE, this.#origin + path, jsonRequest("POST", this.#headers(), body), timeoutMs);
  }

  #headers(): Record<string, string> {
    return { "x-api-key": this.#account.api_key, "cartesia-version": VERSION };
  }
}

function foundOf(call: unknown, context: CallContext): FindOutcome {
  const id = field(call, "id");
  const progress = progressOf(call, textField(call, "status"), context);
  return isCallId(id) && progress !== null
    ? { kind: "found", calls: [{ carrierCallId: id, progress }] }
    : { kind: "unavailable", message: "Cartesia's list has this call with an unknown status" };
}

/** True only if certain: a call with no start, or an unreadable one, may be newer. */
const isBefore = (call: unknown, instant: number): boolean => Date.parse(textField(call, "start_time") ?? "") < instant;
