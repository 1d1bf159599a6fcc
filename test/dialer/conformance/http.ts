/** The rig of an organization's own dialer: the documentation's example, with a scripted phone. */

import { webhookOf } from "../../../src/calling/secrets/webhook-secret.ts";
import { DIALER } from "../../carrier/http/known.ts";
import { DialerStandIn } from "../../carrier/http/server.ts";
import type { Rig } from "./rig.ts";

const WRONG_TOKEN = "the-wrong-token-of-the-rig";
const OTHER_SECRET = `whsec_${btoa("a".repeat(24))}`;
/** Standard Webhooks lets a signature be five minutes old. */
const TOO_OLD_MS = 6 * 60 * 1_000;

export async function startHttp(): Promise<Rig> {
  const standIn = await DialerStandIn.start();
  const account = {
    carrier: "http",
    url: "https://dialer.example.com/callbatch",
    token: DIALER.token,
    webhook_secret: DIALER.webhookSecret,
    detects_machines: true,
  } as const;
  return {
    baseUrl: standIn.url,
    account,
    wrongAccount: { ...account, token: WRONG_TOKEN },
    secrets: [DIALER.token, DIALER.webhookSecret, WRONG_TOKEN],
    agent: { type: "websocket", url: "wss://agent.example.com/audio" },
    from: { number: DIALER.number, carrierNumberId: null },
    foreign: { number: DIALER.otherNumber, carrierNumberId: null },
    to: {
      answered: "+15005550006",
      agent_hangs_up: "+15005550010",
      cut_off: "+15005550011",
      busy: "+15005550002",
      no_answer: "+15005550003",
      fails: "+15005550004",
    },
    refused: "+15005550001",
    talks: "+15005550011",
    machine: "+15005550012",
    rings: "+15005550021",
    fault: async (fault) => {
      standIn.fault = fault;
    },
    placed: async (callId) => standIn.placed.get(callId) ?? 0,
    forgeries: async (genuine) => {
      const { "webhook-signature": signature = "", "webhook-id": id = "", ...unsigned } = genuine.headers;
      const old = new Date(Date.now() - TOO_OLD_MS);
      const changed = (headers: Record<string, string>) => ({
        ...genuine,
        headers: { ...genuine.headers, ...headers },
      });
      return [
        { ...genuine, headers: { ...unsigned, "webhook-id": id } },
        { ...genuine, headers: { ...unsigned, "webhook-signature": signature } },
        { ...genuine, body: genuine.body.replace(/"status":"[a-z]+"/, '"status":"completed","x":1') },
        changed({ "webhook-id": "another" }),
        changed({ "webhook-timestamp": "hello" }),
        changed({ "webhook-signature": signature.replace("v1,", "v2,") }),
        changed({ "webhook-signature": webhookOf(OTHER_SECRET).sign(id, new Date(), genuine.body) }),
        changed({
          "webhook-timestamp": String(Math.floor(old.getTime() / 1_000)),
          "webhook-signature": webhookOf(DIALER.webhookSecret).sign(id, old, genuine.body),
        }),
      ];
    },
    stop: () => standIn.stop(),
  };
}
