/**
 * A stand-in for jambonz: its API server's calls and accounts, its feature server's checks, its hooks. Written from jambonz's
 * description and source; strict, to find mistakes of the adapter.
 */

import { createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Hooks } from "../hooks.ts";
import { RELAY_PATH } from "../relay.ts";
import { type Answer, StandInServer } from "../stand-in-server.ts";
import { type Call, Calls, type Pace, type Told } from "./calls.ts";
import { readOrder } from "./request.ts";

export type JambonzOptions = Pace & {
  readonly port: number;
  readonly accountSid: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  readonly trunk: { readonly host: string; readonly username: string; readonly password: string };
};
export type PlaceFault = "none" | "later" | "answer_lost" | "error_before";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Its API server refuses nobody's number; this stands for whatever it refuses with words. */
const REFUSED = "+15005550001";
/** Dialed, and the connection breaks before that is answered. */
const ANSWER_LOST = "+15005550005";

const BAD_REQUEST: Answer = { status: 400, body: { msg: "Bad request" } };
const SERVER_ERROR: Answer = { status: 500 };
const NOT_FOUND: Answer = { status: 404, text: "Not Found" };

export class JambonzStandIn {
  fault: PlaceFault = "none";
  readonly calls: Calls;
  readonly #options: JambonzOptions;
  readonly #hooks = new Hooks();
  readonly #server = new StandInServer((request, text) => this.#answer(request, text));

  private constructor(options: JambonzOptions) {
    this.#options = options;
    this.calls = new Calls(options, (what, call) => this.#tell(what, call));
  }

  static async start(options: JambonzOptions): Promise<JambonzStandIn> {
    const standIn = new JambonzStandIn(options);
    await standIn.#server.listen(options.port);
    return standIn;
  }

  get url(): string {
    return this.#server.url;
  }

  async stop(): Promise<void> {
    this.calls.close();
    await this.#server.close();
  }

  /** Null: the connection breaks. */
  #answer(request: IncomingMessage, text: string): Answer | null {
    const url = new URL(request.url ?? "/", this.url);
    if (url.pathname === RELAY_PATH) {
      return { status: 200, body: this.#hooks.relay.take(url.searchParams.get("host") ?? "") };
    }
    if (url.pathname === "/__stand-in/dialed") {
      const to = url.searchParams.get("to");
      return { status: 200, body: [...this.calls.all.values()].filter(({ number }) => number === to).length };
    }
    // A key that is none is told so before anything is looked at.
    if (request.headers.authorization !== `Bearer ${this.#options.apiKey}`) return { status: 401 };
    const [, accounts, accountSid = "", calls, callSid, more] = url.pathname.split("/");
    if (accounts !== "Accounts" || more !== undefined) return NOT_FOUND;
    if (!UUID.test(accountSid) || (callSid !== undefined && !UUID.test(callSid))) return BAD_REQUEST;
    if (accountSid !== this.#options.accountSid) return { status: 403, body: { msg: "insufficient permissions" } };
    const isJson = (request.headers["content-type"] ?? "").startsWith("application/json");
    if (request.method === "POST" && !isJson) return BAD_REQUEST;
    switch (`${request.method} ${calls ?? ""}${callSid === undefined ? "" : "/{sid}"}`) {
      case "GET ":
        return { status: 200, body: { account_sid: accountSid, name: "stand-in", is_active: true } };
      case "POST Calls":
        return this.#place(text);
      case "GET Calls":
        return this.#list(url.searchParams);
      case "GET Calls/{sid}": {
        const call = this.calls.all.get(callSid ?? "");
        return call === undefined ? NOT_FOUND : { status: 200, body: this.#record(call) };
      }
      case "POST Calls/{sid}":
        return this.#update(callSid ?? "", text);
      default:
        return NOT_FOUND;
    }
  }

  #place(text: string): Answer | null {
    if (this.fault === "later") return { status: 480, body: { msg: "no available feature servers at this time" } };
    if (this.fault === "error_before") return SERVER_ERROR;
    const reading = readOrder(JSON.parse(text), this.#options.trunk);
    if (!("order" in reading))
      return reading.status === 400 ? { status: 400, body: { msg: reading.msg } } : SERVER_ERROR;
    if (reading.order.number === REFUSED) return { status: 400, body: { msg: `${REFUSED} cannot be called` } };
    const call = this.calls.place(reading.order);
    const isLost = this.fault === "answer_lost" || call.number === ANSWER_LOST;
    return isLost ? null : { status: 201, body: { sid: call.sid, callId: call.sipCallId } };
  }

  #list(query: URLSearchParams): Answer {
    const calls = [...this.calls.all.values()].map((call) => this.#record(call));
    const matches = (record: Record<string, unknown>) =>
      [...query].every(([name, value]) => record[name === "callStatus" ? "call_status" : name] === value);
    return { status: 200, body: calls.filter(matches) };
  }

  #update(callSid: string, text: string): Answer {
    const body: unknown = JSON.parse(text);
    const status = typeof body === "object" && body !== null && "call_status" in body ? body.call_status : null;
    if (status !== "completed" && status !== "no-answer") {
      return { status: 400, body: { msg: "no valid options supplied to updateCall" } };
    }
    const call = this.calls.all.get(callSid);
    if (call === undefined) return NOT_FOUND;
    const problem = this.calls.end(call, status);
    return problem === null ? { status: 202 } : { status: 422, body: { msg: problem } };
  }

  /** As it is kept: without the tag, and without any time. */
  #record(call: Call): Record<string, unknown> {
    return {
      call_sid: call.sid,
      account_sid: this.#options.accountSid,
      call_id: call.sipCallId,
      direction: "outbound",
      from: call.from,
      to: call.sipUri,
      sip_status: call.sip[0],
      sip_reason: call.sip[1],
      call_status: call.status,
      service_url: "http://10.0.0.1:3000",
      trace_id: call.sid.replaceAll("-", ""),
      ...(call.duration === null ? {} : { duration: call.duration }),
      ...(call.endedBy === null ? {} : { call_termination_by: call.endedBy }),
    };
  }

  #tell(what: Told, call: Call): void {
    const { service_url, ...record } = this.#record(call);
    const type = what.startsWith("amd_") ? { type: what } : {};
    const body = JSON.stringify({ ...record, customer_data: call.tag, ...type });
    const seconds = Math.floor(Date.now() / 1_000);
    const hmac = createHmac("sha256", this.#options.webhookSecret).update(`${seconds}.${body}`).digest("hex");
    const url = new URL(hookOf(what, call));
    // `#rc=5&rp=all`: how often, and after which failures.
    const retry = new URLSearchParams(url.hash.slice(1));
    url.hash = "";
    this.#hooks.send(
      {
        url: url.href,
        headers: { "content-type": "application/json", "jambonz-signature": `t=${seconds},v1=${hmac}` },
        body,
      },
      retry.get("rp") === "all" ? Number(retry.get("rc") ?? 0) : 0,
    );
  }
}

function hookOf(what: Told, { statusHook, actionHook, amdHook }: Call): string {
  if (what === "status") return statusHook;
  return what === "listen_ended" ? actionHook : (amdHook ?? "");
}
