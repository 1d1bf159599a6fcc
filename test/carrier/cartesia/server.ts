/**
 * A stand-in for Cartesia Line, for its adapter: places calls, shows, lists and cancels them, and reports them by
 * webhook with its secret. Written from Cartesia's published API description. Strict, to find mistakes of the adapter.
 */

import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Answer, StandInServer } from "../stand-in-server.ts";
import { type Call, Calls, type EventType, type Pace, REFUSED_NUMBERS } from "./calls.ts";
import { readOrders } from "./request.ts";

export type CartesiaOptions = Pace & {
  readonly port: number;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** Numbers of the account by their ids, and its agents. */
  readonly numbers: Readonly<Record<string, string>>;
  readonly agents: readonly string[];
};
export type PlaceFault = "none" | "later" | "answer_lost" | "error_before";

const VERSIONS = ["2026-03-01", "2026-08-14"];
const MAX_PAGE = 100;

const refuse = (status: number, code: string | null, title: string, message: string): Answer => ({
  status,
  body: { error_code: code, title, message, request_id: randomUUID() },
});
const notFound = (what: string): Answer => refuse(404, null, "Not found", `${what} was not found`);

export class CartesiaStandIn {
  fault: PlaceFault = "none";
  /** Where the agents' webhook leads; null where none is set. */
  webhookUrl: string | null = null;
  readonly calls: Calls;
  readonly #options: CartesiaOptions;
  readonly #server = new StandInServer((request, text) => this.#answer(request, text));

  private constructor(options: CartesiaOptions) {
    this.#options = options;
    this.calls = new Calls(options, (type, call) => void this.#tell(type, call));
  }

  static async start(options: CartesiaOptions): Promise<CartesiaStandIn> {
    const standIn = new CartesiaStandIn(options);
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
    const { headers, method = "" } = request;
    const key = headers["x-api-key"] ?? /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
    if (key !== this.#options.apiKey) return refuse(401, null, "Unauthorized", "the API key is not valid");
    if (!VERSIONS.includes(String(headers["cartesia-version"]))) {
      return refuse(400, null, "Bad request", "Cartesia-Version must be a version that is served");
    }
    const url = new URL(request.url ?? "/", this.url);
    const [, , , id, action] = url.pathname.split("/");
    const route = `${method} ${url.pathname.replace(/^(\/agents\/[a-z-]+)\/[^/]+/, "$1/{id}")}`;
    switch (route) {
      case "POST /agents/calls":
        return this.#place(headers["content-type"] ?? "", text);
      case "GET /agents/calls":
        return this.#list(url.searchParams);
      case "GET /agents/calls/{id}": {
        const call = this.calls.all.get(decodeURIComponent(id ?? ""));
        return call === undefined ? notFound("the call") : { status: 200, body: shown(call) };
      }
      case "POST /agents/calls/{id}/cancel": {
        const call = this.calls.all.get(decodeURIComponent(id ?? ""));
        if (call === undefined || action !== "cancel") return notFound("the call");
        return this.calls.cancel(call)
          ? { status: 200, body: { cancelled: true } }
          : refuse(400, null, "Bad request", "the call is not active");
      }
      case "GET /agents/phone-numbers":
        return { status: 200, body: { data: [], has_more: false, next_page: null } };
      case "GET /agents/phone-numbers/{id}": {
        const number = this.#options.numbers[decodeURIComponent(id ?? "")];
        return number === undefined ? notFound("the number") : { status: 200, body: { id, number } };
      }
      default:
        return notFound(url.pathname);
    }
  }

  #place(contentType: string, text: string): Answer | null {
    if (!contentType.startsWith("application/json")) return refuse(415, null, "Unsupported", "send JSON");
    if (this.fault === "later") {
      return refuse(429, "concurrency_limited", "Too many requests", "all of the organization's calls are in use");
    }
    if (this.fault === "error_before") return refuse(503, null, "Unavailable", "try again");
    const reading = readOrders(JSON.parse(text));
    if ("problem" in reading) return refuse(400, null, "Bad request", reading.problem);
    const [first] = reading.orders;
    if (first === undefined || !this.#options.agents.includes(first.agentId)) return notFound("the agent");
    if (!(first.fromNumberId in this.#options.numbers)) return notFound("the phone number");
    const calls = reading.orders.map((order) => {
      const refused = REFUSED_NUMBERS[order.toNumber];
      const number = order.toNumber;
      if (refused === undefined) return { number, agent_call_id: this.calls.place(order).id };
      return { number, error: { error_code: refused, title: "Bad request", message: `${number} cannot be called` } };
    });
    return this.fault === "answer_lost" ? null : { status: 200, body: { calls } };
  }

  #list(query: URLSearchParams): Answer {
    const limit = Number(query.get("limit") ?? 10);
    const agent = query.get("agent_id");
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE || agent === null) {
      return refuse(400, null, "Bad request", "agent_id is required, limit is from 1 to 100");
    }
    const newest = [...this.calls.all.values()].reverse().filter(({ agentId }) => agentId === agent);
    const after = query.get("starting_after");
    const from = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
    const page = newest.slice(from, from + limit);
    const hasMore = newest.length > from + limit;
    const body = { data: page.map(shown), has_more: hasMore, next_page: hasMore ? (page.at(-1)?.id ?? null) : null };
    return { status: 200, body };
  }

  async #tell(type: EventType, call: Call): Promise<void> {
    if (this.webhookUrl === null) return;
    const { agentId: agent_id } = call;
    const shared = {
      type,
      request_id: randomUUID(),
      agent_id,
      webhook_id: "wh_1",
      timestamp: new Date().toISOString(),
    };
    const body = type === "call_turn" ? { ...shared, turn: { role: "user" } } : { ...shared, call: shown(call) };
    await fetch(this.webhookUrl, {
      method: "POST",
      headers: { "content-type": "application/json", "x-webhook-secret": this.#options.webhookSecret },
      body: JSON.stringify(body),
    }).catch(() => undefined);
  }
}

const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const shown = (call: Call) => ({
  id: call.id,
  agent_id: call.agentId,
  agent_name: "stand-in",
  status: call.status,
  ...(call.startedAt === null ? {} : { start_time: time(call.startedAt) }),
  ...(call.endedAt === null ? {} : { end_time: time(call.endedAt) }),
  telephony_params: { to: call.toNumber, direction: "outbound" },
  ...(call.endReason === null ? {} : { end_reason: call.endReason }),
  metadata: call.metadata,
});
