/** Telnyx Call Control as a carrier (Telnyx, "Dial", "List call events", "Hangup"). */

import { withAnsweredBy } from "../answered-by.ts";
import {
  BETWEEN_CLOCKS_MS,
  CALLBACKS_TELL,
  type CallContext,
  type CallProgress,
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
import { field, parse, textField } from "../json.ts";
import type { TelnyxAccount } from "./account.ts";
import { readWebhook } from "./callback.ts";
import { checkTelnyxAccount, checkTelnyxNumber } from "./checks.ts";
import { type TelnyxAnswer, TelnyxClient, unavailable } from "./client.ts";
import { ownCallIdOf, withOwnEnd } from "./client-state.ts";
import { answeredByIn, contextOf, endIn, eventsOf } from "./events.ts";
import { dialRequestOf } from "./order.ts";
import { errorOf, placeOutcomeOf } from "./outcome.ts";
import { callOfCarrierId, carrierCallIdOf, endedOf, UNTOLD } from "./words.ts";

const REPLY = { contentType: "text/plain", body: "" } as const;
/** The most that a page holds. */
const PAGE_SIZE = 250;
const LIST_PAGES = 20;
/**
 * The log of events may lag behind the call. After this time, an end that is not in the log is believed without its
 * cause.
 */
const LOG_LAGS_AT_MOST_MS = 60_000;
/** The call has already ended. */
const ALREADY_OVER = "90018";

/** A 404 of Telnyx's. Another one, of a proxy, tells nothing about a call. */
const isUnknown = (answer: TelnyxAnswer): boolean => answer.status === 404 && errorOf(answer.text).code !== null;

export class TelnyxDialer implements Dialer {
  readonly asking = CALLBACKS_TELL;
  readonly #account: TelnyxAccount;
  readonly #client: TelnyxClient;

  /** `baseUrl` replaces Telnyx's host, for a stand-in. */
  constructor(account: TelnyxAccount, baseUrl: string | null) {
    this.#account = account;
    this.#client = new TelnyxClient(account, baseUrl);
  }

  checkAccount(): Promise<CheckOutcome> {
    return checkTelnyxAccount(this.#client, this.#account.connection_id);
  }

  checkNumber({ number }: NumberToCheck): Promise<CheckOutcome> {
    return checkTelnyxNumber(this.#client, number);
  }

  async place(order: PlaceOrder, isRepeat = false): Promise<PlaceOutcome> {
    const answer = await this.#client.post("/calls", dialRequestOf(this.#account, order), PLACE_TIMEOUT_MS);
    const said: PlaceOutcome =
      answer.status === null
        ? { kind: "unknown", message: answer.message }
        : placeOutcomeOf(answer.status, answer.retryAfter, answer.text, Date.now());
    return isRepeat && said.kind === "placed" ? this.#placedBefore(order) : said;
  }

  /**
   * A repeated command is ignored, and its answer is not documented: the ids in it may be wrong. So the call is found
   * by the data that we attached.
   */
  async #placedBefore(order: PlaceOrder): Promise<PlaceOutcome> {
    const call = await this.#activeCallOf(order.callId);
    return typeof call === "string"
      ? { kind: "placed", carrierCallId: call }
      : { kind: "unknown", message: "Telnyx accepted the repeated request; its events will tell the call" };
  }

  async fetch(carrierCallId: string, context: CallContext): Promise<CallReport> {
    const { controlId, legId } = callOfCarrierId(carrierCallId);
    const log = await this.#events({ "filter[leg_id]": legId });
    if (log.kind === "unavailable") return log;
    const known = contextOf(log.events, context);
    const end = endIn(log.events, context);
    if (end !== null) return { kind: "known", carrierCallId, progress: end };
    const knownSo = (progress: CallProgress): CallReport => ({
      kind: "known",
      carrierCallId,
      progress: withAnsweredBy(progress, answeredByIn(log.events)),
    });

    const answer = await this.#client.get(`/calls/${encodeURIComponent(controlId)}`);
    if (isUnknown(answer)) return { kind: "absent" };
    if (answer.status !== 200) return unavailable(answer);
    const call = field(parse(answer.text), "data");
    const isAlive = field(call, "is_alive");
    if (carrierCallIdOf(call) === null || typeof isAlive !== "boolean") {
      return { kind: "unavailable", message: "Telnyx's answer is not a call" };
    }
    if (textField(call, "call_leg_id") !== legId) return { kind: "absent" };
    const endedAt = Date.parse(textField(call, "end_time") ?? "");
    // A call that is about to be dialed is not alive either, but it has no end.
    if (isAlive || Number.isNaN(endedAt)) {
      return knownSo({ kind: known.answered ? "answered" : "ringing" });
    }
    return Date.now() - endedAt < LOG_LAGS_AT_MOST_MS ? { kind: "undecided" } : knownSo(endedOf(UNTOLD, null, known));
  }

  /** By our own call's id: first among active calls, then in the log since. */
  async find({ callId, to, from, placedAfter }: FindQuery, context: CallContext): Promise<FindOutcome> {
    const active = await this.#activeCallOf(callId);
    if (active !== null && typeof active !== "string") return active;
    const found = active ?? (await this.#loggedCallOf(callId, to, from, placedAfter));
    if (found === null) return { kind: "found", calls: [] };
    if (typeof found !== "string") return found;
    const report = await this.fetch(found, context);
    switch (report.kind) {
      case "known":
        return { kind: "found", calls: [{ carrierCallId: found, progress: report.progress }] };
      case "absent":
        return { kind: "unavailable", message: "Telnyx lists this call and does not know it" };
      case "undecided":
        return { kind: "unavailable", message: "Telnyx does not tell yet how the call ended" };
      case "unavailable":
        return report;
    }
  }

  async end(carrierCallId: string): Promise<EndOutcome> {
    return this.#hangUp(carrierCallId, {});
  }

  async receive(request: CarrierRequest, _: string, context: CallContext): Promise<CarrierEventOutcome> {
    const webhook = await readWebhook(this.#account, request, context, Date.now());
    switch (webhook.kind) {
      case "forged":
        return webhook;
      case "ignored":
        return { kind: "ignored", reply: REPLY };
      case "progress": {
        const { carrierCallId, progress } = webhook;
        return { kind: "event", event: { kind: "progress", carrierCallId, progress }, reply: REPLY };
      }
      case "agent_gone": {
        const { carrierCallId, payload, end } = webhook;
        const told = await this.#hangUp(carrierCallId, { client_state: withOwnEnd(payload, end) });
        // Otherwise the callee would hear nothing until the call's longest duration.
        return told.kind === "ending" ? { kind: "ignored", reply: REPLY } : { kind: "undone" };
      }
    }
  }

  async #hangUp(carrierCallId: string, body: { readonly client_state?: string }): Promise<EndOutcome> {
    const { controlId } = callOfCarrierId(carrierCallId);
    const answer = await this.#client.post(`/calls/${encodeURIComponent(controlId)}/actions/hangup`, body);
    if (answer.status === 200 || isUnknown(answer)) return { kind: "ending" };
    if (answer.status !== null && errorOf(answer.text).code === ALREADY_OVER) return { kind: "ending" };
    return unavailable(answer);
  }

  /** The carrier's id of our call, if it is active; otherwise null. */
  async #activeCallOf(callId: string): Promise<string | null | (FindOutcome & { kind: "unavailable" })> {
    const query = new URLSearchParams({ "page[limit]": String(PAGE_SIZE) });
    for (let page = 1; page <= LIST_PAGES; page += 1) {
      const answer = await this.#client.get(`/connections/${this.#account.connection_id}/active_calls?${query}`);
      if (answer.status !== 200) return unavailable(answer);
      const body = parse(answer.text);
      const calls = field(body, "data");
      if (!Array.isArray(calls)) return { kind: "unavailable", message: "Telnyx's answer is not a list of calls" };
      const own = calls.find((call) => ownCallIdOf(call) === callId);
      if (own !== undefined) {
        return carrierCallIdOf(own) ?? { kind: "unavailable", message: "Telnyx's list has this call without its ids" };
      }
      const after = textField(field(field(body, "meta"), "cursors"), "after");
      if (calls.length < PAGE_SIZE || after === null || after === "") return null;
      query.set("page[after]", after);
    }
    return { kind: "unavailable", message: "Telnyx lists too many calls of this application" };
  }

  async #loggedCallOf(
    callId: string,
    to: string,
    from: string,
    placedAfter: number,
  ): Promise<string | null | (FindOutcome & { kind: "unavailable" })> {
    const since = new Date(placedAfter - BETWEEN_CLOCKS_MS).toISOString();
    const log = await this.#events({ "filter[to]": to, "filter[from]": from, "filter[occurred_at][gte]": since });
    if (log.kind === "unavailable") return log;
    const own = log.events.find(({ payload }) => ownCallIdOf(payload) === callId);
    if (own !== undefined) {
      return carrierCallIdOf(own.payload) ?? { kind: "unavailable", message: "Telnyx's log has no ids of this call" };
    }
    const isReadable = log.events.every(({ payload }) => carrierCallIdOf(payload) !== null);
    return isReadable ? null : { kind: "unavailable", message: "Telnyx's log does not say whose calls it lists" };
  }

  /** Oldest first. */
  async #events(filter: Readonly<Record<string, string>>) {
    const query = new URLSearchParams({ ...filter, "filter[type]": "webhook", "page[size]": String(PAGE_SIZE) });
    const answer = await this.#client.get(`/call_events?${query}`);
    if (answer.status !== 200) return unavailable(answer);
    const events = eventsOf(answer.text);
    if (events === null) return { kind: "unavailable", message: "Telnyx's answer is not a list of events" } as const;
    return { kind: "events", events } as const;
  }
}
