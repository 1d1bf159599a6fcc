/**
 * A dialer for providers of `type: "http"`: the protocol of `http.md` in front of a phone that you bring. `http-phone.ts` runs it.
 * In production keep `calls` in a database: an id has to be known before its phone rings, and after a restart.
 */

import { createServer, type Server } from "node:http";
import { Webhook } from "standardwebhooks";

type Problem = { status: number; code: string; message: string };
export type Order = {
  to: string;
  events_url: string;
  ringing_timeout_seconds: number;
  max_duration_seconds: number;
  tell_who_answers?: true;
};
export type State = { status: string; answered_by?: string; end_reason?: string; duration_seconds?: number };
export type Phone = {
  numbers: readonly string[];
  /** It tells `{ status: "answered", answered_by }` once it knows, where the order says so. */
  detectsMachines: boolean;
  refuses(order: Order): Problem | null;
  /** Rings, tells how it goes, and returns what hangs up. */
  dial(order: Order, tell: (state: State) => void): (reason: string) => void;
};
type Call = { ordered: string; shown: State & { id: string }; hangUp: (reason: string) => void };
type Reply = [status: number, body: unknown];

const MOST_ATTEMPTS = 8;
const problem = ({ status, code, message }: Problem): Reply => [status, { code, message }];

export function createDialer(token: string, secret: string, phone: Phone, post: typeof fetch = fetch): Server {
  const calls = new Map<string, Call>();

  async function tell(url: string, data: Call["shown"], attempt = 1): Promise<void> {
    const [id, at] = [`${data.id}-${data.status}-${data.answered_by ?? ""}`, new Date()];
    const body = JSON.stringify({ type: `call.${data.status}`, timestamp: at.toISOString(), data });
    const headers = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    };
    const answer = await post(url, { method: "POST", body, headers }).catch(() => null);
    if (!answer?.ok && attempt < MOST_ATTEMPTS) setTimeout(() => tell(url, data, attempt + 1), 1_000 * 2 ** attempt);
  }

  function place(id: string, ordered: string): Reply {
    const known = calls.get(id);
    if (known?.ordered === ordered) return [200, known.shown];
    if (known) return problem({ status: 409, code: "order_differs", message: "this id was placed with another order" });
    const order = JSON.parse(ordered) as Order;
    const refusal = phone.refuses(order);
    if (refusal !== null) return problem(refusal);
    const call: Call = { ordered, shown: { id, status: "waiting" }, hangUp: () => undefined };
    calls.set(id, call);
    call.hangUp = phone.dial(order, (state) => {
      call.shown = { ...call.shown, ...state };
      void tell(order.events_url, call.shown);
    });
    return [201, call.shown];
  }

  function answer(route: string, id: string, body: string): Reply {
    if (route === "GET protocol")
      return [200, { protocol: "callbatch-dialer", version: 1, detects_machines: phone.detectsMachines }];
    if (route === "GET numbers" && phone.numbers.includes(id)) return [200, { number: id }];
    if (route === "GET numbers") return problem({ status: 404, code: "number_not_found", message: "it is not ours" });
    if (route === "PUT calls") return place(id, body);
    const call = calls.get(id);
    if (!call) return problem({ status: 404, code: "call_not_found", message: "there is no such call" });
    if (route === "POST calls" && call.shown.end_reason === undefined) call.hangUp("api_cancelled");
    return [200, call.shown];
  }

  return createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const [, room = "", id = ""] = (request.url ?? "").split("/");
    const [status, reply] =
      request.headers.authorization === `Bearer ${token}`
        ? answer(`${request.method} ${room}`, decodeURIComponent(id), body)
        : problem({ status: 401, code: "unauthorized", message: "the token is not ours" });
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
  });
}
