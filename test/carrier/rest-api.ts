/** Twilio's REST API for calls, strict: create, fetch, list, end. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { CALL_STATUSES, type Call, hostOf } from "./call.ts";
import { callEvents, callResource } from "./call-resource.ts";
import { readOrder } from "./create-call.ts";
import type { Exchange } from "./exchange.ts";
import type { Faults, Operation, OperationFault } from "./faults.ts";
import { refusalOf } from "./outcomes.ts";
import {
  badRequest,
  notFound,
  type Refusal,
  refusalBody,
  serverError,
  tooManyRequests,
  unauthenticated,
} from "./refusal.ts";

const CALLS = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Calls(?:\/(CA[0-9a-f]{32})(\/Events)?)?\.json$/i;
const NUMBERS = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/(IncomingPhoneNumbers|OutgoingCallerIds)\.json$/i;
/** Numbers that no account has, and numbers of others that were verified as caller ids. */
const FOREIGN_NUMBERS = "+1500555999";
const VERIFIED_NUMBERS = "+1500555888";
/** An API key's secret that is refused. */
const WRONG_SECRET = "wrong-secret";
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };
const refuse = (refusal: Refusal): Answer => ({
  status: refusal.status,
  body: refusalBody(refusal),
  ...(refusal.headers === undefined ? {} : { headers: refusal.headers }),
});

export class RestApi {
  readonly #exchange: Exchange;
  readonly #faultsOf: (host: string | null) => Faults;
  /** Which service uses an account: faults of questions are scoped by it. */
  readonly #hostOfAccount = new Map<string, string | null>();
  /** Destinations whose first request was refused, for each recipient and destination. */
  readonly #refusedOnce = new Set<string>();

  constructor(exchange: Exchange, faultsOf: (host: string | null) => Faults) {
    this.#exchange = exchange;
    this.#faultsOf = faultsOf;
  }

  /** The status answered, or null where the connection was broken or left hanging. */
  async handle(request: IncomingMessage, response: ServerResponse, url: URL, body: string): Promise<number | null> {
    const lookUp = NUMBERS.exec(url.pathname);
    if (lookUp !== null && request.method === "GET") return this.#lookUp(request, response, url, lookUp[2] ?? "");
    const match = CALLS.exec(url.pathname);
    const [, account = "", sid, events] = match ?? [];
    if (match === null) return send(response, refuse(notFound(url.pathname)));
    if (!isAuthenticated(request)) return send(response, refuse(unauthenticated));
    const form = new URLSearchParams(body);
    const operation = operationOf(request.method ?? "", sid, events !== undefined);
    if (operation === null) return send(response, refuse({ status: 405, code: 20004, message: "Method not allowed" }));
    if (operation === "place") this.#hostOfAccount.set(account, hostOf(form.get("StatusCallback")));
    const faults = this.#faultsOf(this.#hostOfAccount.get(account) ?? null);
    if (faults.down) return breakOff(response);
    const fault = faults.of(operation);
    const early = this.#beforehand(fault, response);
    if (early !== undefined) return early === null ? null : send(response, early);
    const answer = this.#answer(operation, account, sid ?? "", request, url, form);
    return this.#afterwards(fault, answer, response);
  }

  /** Every number is the account's, but those that are told apart by their prefix. */
  async #lookUp(request: IncomingMessage, response: ServerResponse, url: URL, list: string): Promise<number | null> {
    if (!isAuthenticated(request)) return send(response, refuse(unauthenticated));
    if (this.#faultsOf(null).down) return breakOff(response);
    const number = url.searchParams.get("PhoneNumber");
    const isCallerId = list === "OutgoingCallerIds";
    const isListed = number?.startsWith(VERIFIED_NUMBERS) ? isCallerId : !isCallerId;
    const found = number === null || number.startsWith(FOREIGN_NUMBERS) || !isListed ? [] : [{ phone_number: number }];
    const name = isCallerId ? "outgoing_caller_ids" : "incoming_phone_numbers";
    return send(response, { status: 200, body: { [name]: found, page: 0, page_size: 50, next_page_uri: null } });
  }

  #beforehand(fault: OperationFault, response: ServerResponse): Answer | null | undefined {
    switch (fault.mode) {
      case "401":
        return refuse(unauthenticated);
      case "429":
        return refuse(tooManyRequests(null));
      case "429-retry-after":
        return refuse(tooManyRequests(fault.retry_after_seconds));
      case "500":
        return refuse(serverError(500));
      case "503":
        return refuse(serverError(503));
      case "reset-before":
        return breakOff(response);
      case "hang-before":
        return null;
      default:
        return undefined;
    }
  }

  async #afterwards(fault: OperationFault, answer: Answer, response: ServerResponse): Promise<number | null> {
    switch (fault.mode) {
      case "reset-after":
        return breakOff(response);
      case "hang-after":
        return null;
      case "500-after":
        return send(response, refuse(serverError(500)));
      case "late-answer":
        await new Promise((resolve) => setTimeout(resolve, fault.delay_ms));
        return send(response, answer);
      default:
        return send(response, answer);
    }
  }

  #answer(
    op: Operation,
    account: string,
    sid: string,
    request: IncomingMessage,
    url: URL,
    form: URLSearchParams,
  ): Answer {
    if (op === "place") return this.#place(account, request, form);
    if (op === "list") return this.#list(account, url);
    const call = this.#exchange.calls.get(sid);
    if (call === undefined || call.accountSid !== account) return refuse(notFound(url.pathname));
    if (op === "events") return { status: 200, body: callEvents(call) };
    return op === "fetch" ? { status: 200, body: callResource(call) } : this.#end(call, form);
  }

  #place(account: string, request: IncomingMessage, form: URLSearchParams): Answer {
    const contentType = request.headers["content-type"] ?? "";
    if (!contentType.startsWith("application/x-www-form-urlencoded")) {
      return refuse({ status: 415, code: 20001, message: `Content type ${contentType} is not supported` });
    }
    const reading = readOrder(form);
    if (!reading.ok) return refuse(reading.refusal);
    const { order } = reading;
    const outcome = this.#exchange.outcomeOf(order.to);
    if (outcome.refuse !== null) return refuse(refusalOf(outcome.refuse, order.to));
    const once = `${account} ${order.to} ${order.from} ${order.recipientId ?? ""}`;
    if (outcome.first_request !== null && !this.#refusedOnce.has(once)) {
      this.#refusedOnce.add(once);
      return refuse(outcome.first_request === 429 ? tooManyRequests(outcome.retry_after_seconds) : serverError(503));
    }
    return { status: 201, body: callResource(this.#exchange.place(account, order)) };
  }

  #end(call: Call, form: URLSearchParams): Answer {
    const status = form.get("Status");
    if (status !== "completed" && status !== "canceled") return refuse(badRequest(21218, `Invalid status ${status}`));
    if (!this.#exchange.end(call, status)) {
      return refuse(badRequest(21220, "Call is not in-progress. Cannot redirect."));
    }
    return { status: 200, body: callResource(call) };
  }

  #list(account: string, url: URL): Answer {
    const query = url.searchParams;
    const size = Number(query.get("PageSize") ?? DEFAULT_PAGE_SIZE);
    const page = Number(query.get("Page") ?? 0);
    const status = query.get("Status");
    const isKnown = status === null || CALL_STATUSES.some((known) => known === status);
    if (
      !Number.isInteger(size) ||
      size < 1 ||
      size > MAX_PAGE_SIZE ||
      !Number.isInteger(page) ||
      page < 0 ||
      !isKnown
    ) {
      return refuse(badRequest(20001, "PageSize, Page or Status is not valid"));
    }
    const calls = this.#exchange
      .list(account, query.get("To"))
      .filter((call) => query.get("From") === null || call.from === query.get("From"))
      .filter((call) => status === null || call.status === status)
      .filter((call) => isInDays(call.startedAt, query));
    const next = new URL(url);
    next.searchParams.set("Page", String(page + 1));
    const hasMore = calls.length > (page + 1) * size;
    const shown = calls.slice(page * size, (page + 1) * size);
    const body = {
      calls: shown.map(callResource),
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(0, shown.length - 1),
      uri: url.pathname + url.search,
      next_page_uri: hasMore ? next.pathname + next.search : null,
      previous_page_uri: null,
    };
    return { status: 200, body };
  }
}

/** StartTime filters have the granularity of a day, and a call that has not started has none. */
function isInDays(startedAt: number | null, query: URLSearchParams): boolean {
  return ["StartTime", "StartTime<", "StartTime>"].every((name) => {
    const wanted = query.get(name);
    if (wanted === null) return true;
    if (startedAt === null) return false;
    const day = new Date(startedAt).toISOString().slice(0, 10);
    if (name === "StartTime") return day === wanted.slice(0, 10);
    return name === "StartTime<" ? day <= wanted.slice(0, 10) : day >= wanted.slice(0, 10);
  });
}

function operationOf(method: string, sid: string | undefined, isEvents: boolean): Operation | null {
  if (isEvents) return method === "GET" ? "events" : null;
  if (sid === undefined) return method === "POST" ? "place" : method === "GET" ? "list" : null;
  return method === "GET" ? "fetch" : method === "POST" ? "end" : null;
}

function isAuthenticated(request: IncomingMessage): boolean {
  const match = /^Basic (.+)$/.exec(request.headers.authorization ?? "");
  const [user = "", password = ""] = Buffer.from(match?.[1] ?? "", "base64")
    .toString()
    .split(":");
  return /^(SK|AC)[0-9a-f]{32}$/i.test(user) && password !== "" && password !== WRONG_SECRET;
}

function send(response: ServerResponse, { status, body, headers }: Answer): number {
  if (!response.destroyed) {
    const text = JSON.stringify(body);
    // As Twilio sends it: with its length, in one piece.
    const length = Buffer.byteLength(text);
    response.writeHead(status, { "content-type": "application/json", "content-length": length, ...headers });
    response.end(text);
  }
  return status;
}

function breakOff(response: ServerResponse): null {
  response.destroy();
  return null;
}
