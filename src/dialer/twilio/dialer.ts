/** Twilio Programmable Voice as a carrier (Twilio, "Making Calls", "Call resource"). */

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
import { type CarrierAnswer, type NoAnswer, QUESTION_TIMEOUT_MS, unavailable } from "../http.ts";
import { field, parse } from "../json.ts";
import type { TwilioAccount } from "./account.ts";
import { durationOf, receiveFromTwilio } from "./callback.ts";
import { checkTwilioAccount, checkTwilioNumber } from "./checks.ts";
import { TwilioClient } from "./client.ts";
import { CALL_SID, placeOutcomeOf } from "./outcome.ts";
import { Signatures } from "./signature.ts";
import { twimlOf } from "./twiml.ts";
import { answeredByOf, progressOf, timeLimitOf } from "./words.ts";

/**
 * Only events that change an attempt. `initiated` and `ringing` would repeat what the answer to the request told. Each
 * costs a request to the Worker and one to the batch's object. If that answer is lost, the watchdog asks.
 */
const STATUS_EVENTS = ["answered", "completed"] as const;
/**
 * By default Twilio repeats a callback once, and only after a failed connection. This requests five repeats after any
 * failure (Twilio, "Webhooks: Connection overrides"); Twilio reads the fragment and never sends it.
 */
const RETRY_CALLBACKS = "#rc=5&rp=all";
const LIST_PAGE_SIZE = 1_000;
/** Few calls go to one number at one time; each costs a question. */
const CANDIDATES = 20;
/** This service's own call ids, wherever they occur in a request. */
const OWN_CALL_ID = /ac_[1-9A-HJ-NP-Za-km-z]{22}/;
const LIST_PAGES = 5;
/** The call has ended: its state allows no change (error 21220), or it was deleted. */
const ALREADY_OVER = 21_220;

/** A 404 of Twilio's. Another one, of a proxy, tells nothing about a call. */
const isUnknown = (answer: CarrierAnswer | NoAnswer): boolean =>
  answer.status === 404 && typeof field(parse(answer.text), "code") === "number";

/** A call with an unreadable time counts: overlooking one would be worse than a false match. */
const NOW_OR_LATER = Number.MAX_SAFE_INTEGER;

type ListedCall = { readonly carrierCallId: string; readonly createdAt: number; readonly progress: CallProgress };

export class TwilioDialer implements Dialer {
  readonly asking = CALLBACKS_TELL;
  readonly #account: TwilioAccount;
  readonly #client: TwilioClient;
  readonly #signatures: Signatures | null;

  constructor(account: TwilioAccount, baseUrl: string | null) {
    this.#account = account;
    this.#signatures = account.auth_token === null ? null : new Signatures(account.auth_token);
    this.#client = new TwilioClient(account, baseUrl);
  }

  checkAccount(): Promise<CheckOutcome> {
    return checkTwilioAccount(this.#client);
  }

  checkNumber({ number }: NumberToCheck): Promise<CheckOutcome> {
    return checkTwilioNumber(this.#client, number);
  }

  async place(order: PlaceOrder): Promise<PlaceOutcome> {
    const form = new URLSearchParams({
      To: order.to,
      From: order.from,
      Twiml: twimlOf(order),
      Timeout: String(order.ringingTimeoutSeconds),
      TimeLimit: String(timeLimitOf(order.maxDurationSeconds)),
      StatusCallback: order.statusCallbackUrl + RETRY_CALLBACKS,
      StatusCallbackMethod: "POST",
    });
    if (order.asksWhoAnswers) for (const [name, value] of machineDetection(order)) form.append(name, value);
    for (const event of STATUS_EVENTS) form.append("StatusCallbackEvent", event);
    const answer = await this.#client.post("/Calls.json", form, PLACE_TIMEOUT_MS);
    if (answer.status === null) return { kind: "unknown", message: answer.message };
    return placeOutcomeOf(answer.status, answer.retryAfter, answer.text, Date.now());
  }

  async fetch(carrierCallId: string, context: CallContext): Promise<CallReport> {
    const answer = await this.#client.get(`/Calls/${carrierCallId}.json`, QUESTION_TIMEOUT_MS);
    if (isUnknown(answer)) return { kind: "absent" };
    if (answer.status !== 200) return unavailable("Twilio", answer);
    const call = callOf(parse(answer.text), context);
    if (call === null) return { kind: "unavailable", message: "Twilio's answer is not a call" };
    return { kind: "known", carrierCallId, progress: call.progress };
  }

  async find(query: FindQuery, context: CallContext): Promise<FindOutcome> {
    const search = new URLSearchParams({ To: query.to, From: query.from, PageSize: String(LIST_PAGE_SIZE) });
    // `date_created` has a resolution of one second.
    const since = Math.floor((query.placedAfter - BETWEEN_CLOCKS_MS) / 1_000) * 1_000;
    const calls: ListedCall[] = [];
    let answer = await this.#client.get(`/Calls.json?${search}`, QUESTION_TIMEOUT_MS);
    for (let page = 1; ; page += 1) {
      if (answer.status !== 200) return unavailable("Twilio", answer);
      const { listed, nextPageUri } = listOf(answer.text, context);
      if (listed === null) return { kind: "unavailable", message: "Twilio's answer is not a list of calls" };
      calls.push(...listed.filter((call) => call.createdAt >= since));
      // Newest first: a page that goes back beyond the intent is the last one needed.
      const isThrough = nextPageUri === null || listed.some((call) => call.createdAt < since);
      if (isThrough) break;
      if (page === LIST_PAGES) return { kind: "unavailable", message: "Twilio lists too many calls to this number" };
      answer = await this.#client.getRelative(nextPageUri, QUESTION_TIMEOUT_MS);
    }
    calls.sort((a, b) => a.createdAt - b.createdAt);
    const found: { carrierCallId: string; progress: CallProgress }[] = [];
    for (const { carrierCallId, progress } of calls.slice(0, CANDIDATES)) {
      const owner = await this.#ownerOf(carrierCallId);
      if (owner !== null && typeof owner !== "string") return owner;
      if (owner === query.callId) return { kind: "found", calls: [{ carrierCallId, progress }] };
      if (owner === null) found.push({ carrierCallId, progress });
    }
    return { kind: "found", calls: found };
  }

  /**
   * The owner of a call: the id in its instructions, as Twilio's log of the request shows it ("Call Events"). Null if
   * the log does not tell. A question that failed tells nothing: the call may be another batch's.
   */
  async #ownerOf(carrierCallId: string): Promise<string | null | ReturnType<typeof unavailable>> {
    const answer = await this.#client.get(`/Calls/${carrierCallId}/Events.json`, QUESTION_TIMEOUT_MS);
    const isToBeAskedAgain = answer.status === null || answer.status === 429 || answer.status >= 500;
    if (isToBeAskedAgain) return unavailable("Twilio", answer);
    if (answer.status !== 200) return null;
    return OWN_CALL_ID.exec(answer.text)?.[0] ?? null;
  }

  async end(carrierCallId: string, answered: boolean): Promise<EndOutcome> {
    const form = new URLSearchParams({ Status: answered ? "completed" : "canceled" });
    const answer = await this.#client.post(`/Calls/${carrierCallId}.json`, form, QUESTION_TIMEOUT_MS);
    if (answer.status === 200 || isUnknown(answer)) return { kind: "ending" };
    if (answer.status !== null && field(parse(answer.text), "code") === ALREADY_OVER) return { kind: "ending" };
    return unavailable("Twilio", answer);
  }

  receive(request: CarrierRequest, callbackBaseUrl: string, context: CallContext): Promise<CarrierEventOutcome> {
    return receiveFromTwilio(this.#account, this.#signatures, request, callbackBaseUrl, context);
  }
}

/** It runs during the call: the agent talks while it decides (Twilio, "Answering Machine Detection", AsyncAmd). */
const machineDetection = ({ statusCallbackUrl }: PlaceOrder): readonly (readonly [string, string])[] => [
  ["MachineDetection", "Enable"],
  ["AsyncAmd", "true"],
  ["AsyncAmdStatusCallback", statusCallbackUrl + RETRY_CALLBACKS],
  ["AsyncAmdStatusCallbackMethod", "POST"],
];

function callOf(value: unknown, context: CallContext): ListedCall | null {
  const sid = field(value, "sid");
  const status = field(value, "status");
  if (typeof sid !== "string" || !CALL_SID.test(sid) || typeof status !== "string") return null;
  const said = progressOf(status, durationOf(field(value, "duration")), context);
  const progress = withAnsweredBy(said, answeredByOf(field(value, "answered_by")));
  const createdAt = Date.parse(String(field(value, "date_created")));
  // It is empty while the call waits in Twilio's queue.
  const since = Date.parse(String(field(value, "start_time")));
  if (progress === null) return null;
  return {
    carrierCallId: sid,
    createdAt: Number.isNaN(createdAt) ? NOW_OR_LATER : createdAt,
    progress: progress.kind === "ringing" && !Number.isNaN(since) ? { ...progress, since } : progress,
  };
}

function listOf(text: string, context: CallContext): { listed: ListedCall[] | null; nextPageUri: string | null } {
  const body = parse(text);
  const calls = field(body, "calls");
  const next = field(body, "next_page_uri");
  if (!Array.isArray(calls)) return { listed: null, nextPageUri: null };
  const listed = calls.map((call) => callOf(call, context));
  const isRelative = typeof next === "string" && next.startsWith("/");
  // Following it would send the credentials to another host; ignoring it would overlook calls.
  const isElsewhere = typeof next === "string" && next !== "" && !isRelative;
  const isReadable = !isElsewhere && listed.every((call) => call !== null);
  return { listed: isReadable ? listed : null, nextPageUri: isRelative ? next : null };
}
