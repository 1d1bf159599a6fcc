/** Telnyx's rig. */

import { TELNYX } from "../../carrier/telnyx/known.ts";
import { TelnyxStandIn } from "../../carrier/telnyx/server.ts";
import { signedHeaders } from "../../carrier/telnyx/signing.ts";
import type { Rig } from "./rig.ts";

const WRONG_KEY = "KEY_the-wrong-one-of-the-rig";
const OTHER_SEED = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
/** Telnyx's signatures are believed for five minutes. */
const TOO_OLD_MS = 6 * 60 * 1_000;

export async function startTelnyx(): Promise<Rig> {
  const standIn = await TelnyxStandIn.start();
  const account = {
    carrier: "telnyx",
    api_key: TELNYX.apiKey,
    connection_id: TELNYX.connectionId,
    public_key: TELNYX.publicKey,
  } as const;
  return {
    baseUrl: standIn.url,
    account,
    wrongAccount: { ...account, api_key: WRONG_KEY },
    secrets: [TELNYX.apiKey, WRONG_KEY],
    agent: { type: "websocket", url: "wss://agent.example.com/audio" },
    from: { number: TELNYX.number, carrierNumberId: null },
    foreign: { number: TELNYX.otherNumber, carrierNumberId: null },
    to: {
      answered: "+15005550006",
      agent_hangs_up: "+15005550010",
      cut_off: "+15005550016",
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
    placed: async (callId) => standIn.calls.all.filter(({ order }) => order.commandId === callId).length,
    forgeries: async (genuine) => {
      const { body } = genuine;
      const { "telnyx-signature-ed25519": signature = "", "telnyx-timestamp": at = "", ...unsigned } = genuine.headers;
      const changed = (headers: Record<string, string>, other = body) => ({
        ...genuine,
        headers: { ...genuine.headers, ...headers },
        body: other,
      });
      return [
        { ...genuine, headers: { ...unsigned, "telnyx-timestamp": at } },
        { ...genuine, headers: { ...unsigned, "telnyx-signature-ed25519": signature } },
        changed({}, body.replace("call.", "call,")),
        changed({ "telnyx-timestamp": String(Number(at) + 1) }),
        changed({ "telnyx-timestamp": "now" }),
        changed({ "telnyx-signature-ed25519": "" }),
        changed({ "telnyx-signature-ed25519": signature.replace(/^./, (first) => (first === "A" ? "B" : "A")) }),
        changed(signedHeaders(body, Date.now(), OTHER_SEED)),
        changed(signedHeaders(body, Date.now() - TOO_OLD_MS)),
        changed(signedHeaders(body, Date.now() + TOO_OLD_MS)),
      ];
    },
    stop: () => standIn.stop(),
  };
}
