/** Twilio's rig: the stand-in carrier that the whole service is tested with, and its destinations. */

import { startCarrier } from "../../carrier/server.ts";
import { sampleAccount } from "../samples.ts";
import { sign } from "../signing.ts";
import type { PlaceFault, Rig } from "./rig.ts";

const RINGS = "+15005550021";
const TOKEN = "conformance-auth-token";

const FAULTS: Readonly<Record<PlaceFault, unknown>> = {
  none: {},
  later: { place: { mode: "429" } },
  answer_lost: { place: { mode: "reset-after" } },
  error_before: { place: { mode: "503" } },
};

export async function startTwilio(): Promise<Rig> {
  const carrier = await startCarrier({ port: 0, ringMs: 5, talkMs: 20, authToken: TOKEN });
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${carrier.url}/__carrier/${path}`, init);
    return response.json();
  };
  await control("PUT", "outcomes", { [RINGS]: { ring_ms: 60_000 } });
  const account = {
    carrier: "twilio",
    ...sampleAccount({ api_key_secret: "the-key-secret-of-the-rig", auth_token: TOKEN }),
  } as const;
  return {
    baseUrl: carrier.url,
    account,
    wrongAccount: { ...account, api_key_secret: "wrong-secret" },
    secrets: [account.api_key_secret, account.api_key_sid, TOKEN],
    agent: { type: "websocket", url: "wss://agent.example.com/audio" },
    from: { number: "+14155550100", carrierNumberId: null },
    foreign: { number: "+15005559991", carrierNumberId: null },
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
    rings: RINGS,
    fault: async (fault) => {
      await control("PUT", "faults", FAULTS[fault]);
    },
    placed: async (callId) => {
      const calls = (await control("GET", "calls")) as { agent_call_id: string }[];
      return calls.filter(({ agent_call_id }) => agent_call_id === callId).length;
    },
    forgeries: async (genuine) => {
      const { "x-twilio-signature": signature = "", ...unsigned } = genuine.headers;
      const form = [...new URLSearchParams(genuine.body)];
      const foreign = sign("another token", `http://127.0.0.1${genuine.pathAndQuery}`, form);
      return [
        { ...genuine, headers: unsigned },
        { ...genuine, headers: { ...genuine.headers, "x-twilio-signature": foreign } },
        { ...genuine, headers: { ...genuine.headers, "x-twilio-signature": signature.toLowerCase() } },
        { ...genuine, body: genuine.body.replace(/CallStatus=[a-z-]+/, "CallStatus=busy") },
        { ...genuine, body: `${genuine.body}&Extra=1` },
        { ...genuine, pathAndQuery: `${genuine.pathAndQuery}?x=1` },
      ];
    },
    stop: () => carrier.close(),
  };
}
