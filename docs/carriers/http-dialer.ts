/**
 * A dialer for providers of `type: "http"`: the protocol of `http.md` in front of a phone that you bring, as in `http-phone.ts`.
 * In production keep `calls` in a database: an id has to be known before its phone rings, and after a restart.
 */

import { createServer, type Server } from "node:http";
import { Webhook } from "standardwebhooks";
import type { Order, Phone, State } from "./http-phone.ts";

type Call = { ordered: string; shown: State & { id: string }; hangUp: (reason: string) => void };
type Reply = [status: number, body: unknown];
const problem = (status: number, code: string, message: string): Reply => [status, { code, message }];

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
    if (!answer?.ok && attempt < 8) setTimeout(() => tell(url, data, attempt + 1), 1_000 * 2 ** attempt);
  }

  function place(id: string, ordered: string): Reply {
    const known = calls.get(id);
    if (known?.ordered === ordered) return [200, known.shown];
    if (known) return problem(409, "order_differs", "this id was placed with another order");
    const order = JSON.parse(ordered) as Order;
    const refusal = phone.refuses(order);
    if (refusal) return problem(422, refusal.code, refusal.message);
    const call: Call = { ordered, shown: { id, status: "waiting" }, hangUp: () => {} };
    calls.set(id, call);
    call.hangUp = phone.dial(order, (state) => {
      call.shown = { ...call.shown, ...state };
      void tell(order.events_url, call.shown);
    });
    return [201, call.shown];
  }

  function answer(route: string, id: string, body: string): Reply {
    const { detectsMachines: detects_machines, numbers } = phone;
    if (route === "GET protocol") return [200, { protocol: "callbatch-dialer", version: 1, detects_machines }];
    if (route === "PUT calls") return place(id, body);
    if (route === "GET numbers" && numbers.includes(id)) return [200, { number: id }];
    const call = route.endsWith("calls") ? calls.get(id) : undefined;
    if (!call) return problem(404, route === "GET numbers" ? "number_not_found" : "call_not_found", "it is not here");
    if (route === "POST calls" && call.shown.end_reason === undefined) call.hangUp("api_cancelled");
    return [200, call.shown];
  }

  return createServer(async (request, response) => {
    const body = await request.setEncoding("utf8").toArray();
    const [, room = "", id = ""] = (request.url ?? "").split("/");
    const isOurs = request.headers.authorization === `Bearer ${token}`;
    const [status, reply] = isOurs
      ? answer(`${request.method} ${room}`, decodeURIComponent(id), body.join(""))
      : problem(401, "unauthorized", "the token is not ours");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
  });
}
