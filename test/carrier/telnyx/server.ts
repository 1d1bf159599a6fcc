/**
 * A stand-in for Telnyx Call Control, for its adapter: dials, hangs up, lists and logs, and reports calls by signed
 * webhooks. Written from Telnyx's published API description. Strict, to find mistakes of the adapter.
 */

import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { RELAY_PATH, Relay } from "../relay.ts";
import { type Answer, StandInServer } from "../stand-in-server.ts";
import { type Call, Calls, type Pace } from "./calls.ts";
import { TELNYX } from "./known.ts";
import { readDial } from "./request.ts";
import { signedHeaders } from "./signing.ts";

export type PlaceFault = "none" | "later" | "answer_lost" | "error_before";

/** "Commands with duplicate command_ids within 60 seconds will be ignored." */
const SAME_COMMAND_MS = 60_000;
const MAX_PAGE = 250;
const REFUSED_NUMBER = "+15005550001";
/** Dialed, and the connection breaks before that is answered. */
const ANSWER_LOST = "+15005550005";
const FILTERS = ["leg_id", "to", "from", "type", "occurred_at][gte"];

const fail = (status: number, code: string, detail: string, pointer = "/"): Answer => ({
  status,
  body: { errors: [{ code, title: detail, detail, source: { pointer } }] },
});
const notFound = (): Answer => fail(404, "10005", "The requested resource or URL could not be found.");
const data = (value: unknown, more: Record<string, unknown> = {}): Answer => ({
  status: 200,
  body: { data: value, ...more },
});

export class TelnyxStandIn {
  fault: PlaceFault = "none";
  readonly calls: Calls;
  readonly #relay = new Relay();
  readonly #commands = new Map<string, number>();
  /** How often it was asked to dial each number, repeats included. */
  readonly #asked = new Map<string, number>();
  readonly #server = new StandInServer((request, text) => this.#answer(request, text));

  private constructor(pace: Pace) {
    this.calls = new Calls(pace, TELNYX.connectionId, ({ order }, event) => void this.#tell(order.webhookUrl, event));
  }

  static async start(pace: Pace = { ringMs: 20, talkMs: 40 }): Promise<TelnyxStandIn> {
    const standIn = new TelnyxStandIn(pace);
    await standIn.#server.listen(0);
    return standIn;
  }

  get url(): string {
    return this.#server.url;
  }

  async stop(): Promise<void> {
    this.calls.close();
    await this.#server.close();
  }

  async #tell(url: string, event: Record<string, unknown>): Promise<void> {
    const body = JSON.stringify({ data: event, meta: { attempt: 1, delivered_to: url } });
    await this.#relay.deliver(url, { "content-type": "application/json", ...signedHeaders(body) }, body);
  }

  /** Null: the connection breaks. */
  #answer({ method, headers, url: path = "/" }: IncomingMessage, text: string): Answer | null {
    const url = new URL(path, this.url);
    if (url.pathname === RELAY_PATH) {
      return { status: 200, body: this.#relay.take(url.searchParams.get("host") ?? "") };
    }
    if (url.pathname === "/__stand-in/dialed") {
      const to = url.searchParams.get("to") ?? "";
      const dialed = this.calls.all.filter(({ order }) => order.to === to).length;
      return { status: 200, body: { asked: this.#asked.get(to) ?? 0, dialed } };
    }
    if (headers.authorization !== `Bearer ${TELNYX.apiKey}`) return fail(401, "10009", "Authentication failed");
    const [, version, room, id = "", action = "", command = ""] = url.pathname.split("/").map(decodeURIComponent);
    if (version !== "v2") return notFound();
    if (method === "POST" && !(headers["content-type"] ?? "").startsWith("application/json")) {
      return fail(415, "10014", "Unsupported Media Type");
    }
    switch (
      `${method} ${room}${id === "" ? "" : "/id"}${action === "" ? "" : `/${action}`}${command === "" ? "" : `/${command}`}`
    ) {
      case "POST calls":
        return this.#dial(JSON.parse(text));
      case "GET calls/id":
        return this.#show(this.#find(id));
      case "POST calls/id/actions/hangup":
        return this.#hangUp(this.#find(id), JSON.parse(text));
      case "GET connections/id/active_calls":
        return id === TELNYX.connectionId ? this.#active(url.searchParams) : notFound();
      case "GET call_events":
        return this.#log(url.searchParams);
      case "GET call_control_applications/id":
        return applicationOf(id);
      case "GET phone_numbers":
        return numbersOf(url.searchParams);
      case "GET verified_numbers/id":
        return id === TELNYX.verifiedNumber
          ? data({ phone_number: id, record_type: "verified_number", verified_at: "2026-01-02T03:04:05.000000" })
          : notFound();
      default:
        return notFound();
    }
  }

  #find(controlId: string): Call | undefined {
    return this.calls.all.find((call) => call.controlId === controlId);
  }

  #dial(body: unknown): Answer | null {
    if (this.fault === "later") return fail(429, "90103", "Dials per second limit exceeded");
    if (this.fault === "error_before") return fail(503, "10007", "An unexpected error occurred");
    const reading = readDial(body);
    if ("refusal" in reading) {
      const { status, code, detail, pointer } = reading.refusal;
      return fail(status, code, detail, pointer);
    }
    const { order } = reading;
    this.#asked.set(order.to, (this.#asked.get(order.to) ?? 0) + 1);
    if ((body as { connection_id: string }).connection_id !== TELNYX.connectionId) {
      return fail(422, "10015", "Invalid value for connection_id (Call Control App ID)", "/connection_id");
    }
    if (order.to === REFUSED_NUMBER) return fail(422, "10002", `The phone number ${order.to} is invalid.`, "/to");
    const before = order.commandId === null ? undefined : this.#commands.get(order.commandId);
    const isRepeat = before !== undefined && Date.now() - before < SAME_COMMAND_MS;
    if (order.commandId !== null && !isRepeat) this.#commands.set(order.commandId, Date.now());
    // What an ignored command is answered is not documented. The worst that it can be: ids of a call that is none.
    const call = isRepeat
      ? { controlId: `v3:${randomBytes(32).toString("base64url")}`, legId: randomUUID(), sessionId: randomUUID() }
      : this.calls.dial(order);
    if (this.fault === "answer_lost" || order.to === ANSWER_LOST) return null;
    const { controlId, legId, sessionId } = call;
    const ids = { call_control_id: controlId, call_leg_id: legId, call_session_id: sessionId };
    return data({ record_type: "call", ...ids, is_alive: false, client_state: order.clientState });
  }

  #show(call: Call | undefined): Answer {
    if (call === undefined) return notFound();
    const end = call.endedAt === null ? {} : { end_time: new Date(call.endedAt).toISOString() };
    return data({
      ...shown(call),
      is_alive: call.endedAt === null,
      start_time: new Date(call.startedAt).toISOString(),
      ...end,
    });
  }

  #hangUp(call: Call | undefined, body: { client_state?: string }): Answer {
    if (call === undefined) return notFound();
    const stranger = Object.keys(body).find((name) => !["client_state", "command_id"].includes(name));
    if (stranger !== undefined) return fail(422, "10015", `${stranger} is not known to the stand-in`);
    return this.calls.hangUp(call, body.client_state ?? null)
      ? data({ result: "ok" })
      : fail(422, "90018", "Call has already ended");
  }

  #active(query: URLSearchParams): Answer {
    const limit = Number(query.get("page[limit]") ?? 20);
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
      return fail(422, "10033", "page[limit] is from 1 to 250");
    const active = this.calls.all.filter(({ endedAt }) => endedAt === null);
    const after = Number(query.get("page[after]") ?? 0);
    const page = active.slice(after, after + limit);
    const cursors = after + limit < active.length ? { after: String(after + limit) } : {};
    return data(
      page.map((call) => ({ ...shown(call), call_duration: 1 })),
      { meta: { cursors, total_items: active.length } },
    );
  }

  #log(query: URLSearchParams): Answer {
    const size = Number(query.get("page[size]") ?? 20);
    if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE)
      return fail(422, "10033", "page[size] is from 1 to 250");
    const stranger = [...query.keys()].find(
      (key) => key.startsWith("filter") && !FILTERS.some((one) => key === `filter[${one}]`),
    );
    if (stranger !== undefined) return fail(422, "10015", `${stranger} is not known to the stand-in`);
    const filter = (name: string): string | null => query.get(`filter[${name}]`);
    const [leg, to, from, since] = [
      filter("leg_id"),
      filter("to"),
      filter("from"),
      Date.parse(filter("occurred_at][gte") ?? ""),
    ];
    const events = this.calls.all
      .filter((call) => (leg ?? call.legId) === call.legId)
      .filter(({ order }) => (to ?? order.to) === order.to && (from ?? order.from) === order.from)
      .flatMap((call) => call.events.map((event) => ({ call, event })))
      .filter(({ event }) => !(event.at < since))
      .sort((a, b) => a.event.at - b.event.at)
      .slice(0, size)
      .map(({ call, event }) => ({
        record_type: "call_event",
        call_leg_id: call.legId,
        call_session_id: call.sessionId,
        event_timestamp: new Date(event.at).toISOString(),
        name: event.name,
        type: "webhook",
        metadata: event.data,
      }));
    return data(events, { meta: { page_number: 1, page_size: size, total_pages: 1, total_results: events.length } });
  }
}

const shown = (call: Call) => ({
  record_type: "call",
  call_control_id: call.controlId,
  call_leg_id: call.legId,
  call_session_id: call.sessionId,
  client_state: call.clientState,
});

function applicationOf(id: string): Answer {
  const known: readonly string[] = [
    TELNYX.connectionId,
    TELNYX.oldConnectionId,
    TELNYX.noProfileConnectionId,
    TELNYX.inactiveConnectionId,
  ];
  if (!known.includes(id)) return notFound();
  const profile = id === TELNYX.noProfileConnectionId ? {} : { outbound_voice_profile_id: "1293384261075731500" };
  return data({
    record_type: "call_control_application",
    id,
    active: id !== TELNYX.inactiveConnectionId,
    webhook_api_version: id === TELNYX.oldConnectionId ? "1" : "2",
    outbound: { channel_limit: 10, ...profile },
  });
}

/** "Non-numerical characters will result in no values being returned." */
function numbersOf(query: URLSearchParams): Answer {
  const digits = query.get("filter[phone_number]") ?? "";
  const numbers = [`${TELNYX.number}9`, TELNYX.number, TELNYX.secondNumber];
  const listed = /^\d{3,}$/.test(digits) ? numbers.filter((number) => number.includes(digits)) : [];
  return data(listed.map((phone_number) => ({ record_type: "phone_number", phone_number, status: "active" })));
}
