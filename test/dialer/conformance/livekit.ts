/** LiveKit's rig, with the project's webhook. */

import { LIVEKIT } from "../../carrier/livekit/known.ts";
import { startLiveKit as start } from "../../carrier/livekit/start.ts";
import { sign, signWebhook } from "../../carrier/livekit/token.ts";
import type { Rig } from "./rig.ts";

const WRONG_SECRET = "the-wrong-livekit-secret-of-the-rig";

export async function startLiveKit(): Promise<Rig> {
  const standIn = await start();
  const { apiKey, apiSecret } = LIVEKIT;
  const gateway = { url: "https://livekit.example.com", api_key: apiKey, api_secret: apiSecret };
  const account = {
    carrier: "livekit",
    outbound: {
      hostname: LIVEKIT.trunk,
      transport: "tls",
      credentials: { username: LIVEKIT.trunkUser, password: LIVEKIT.trunkPassword },
      destination_country: "US",
      media_encryption: "required",
    },
    regions: { US: gateway, EU: null, APAC: null },
  } as const;
  return {
    baseUrl: standIn.url,
    account,
    wrongAccount: { ...account, regions: { ...account.regions, US: { ...gateway, api_secret: WRONG_SECRET } } },
    secrets: [apiKey, apiSecret, LIVEKIT.trunkPassword, WRONG_SECRET],
    agent: { type: "livekit", agent_name: LIVEKIT.agentName },
    from: { number: LIVEKIT.number, carrierNumberId: null },
    foreign: null,
    to: {
      answered: "+15005550006",
      agent_hangs_up: "+15005550010",
      cut_off: "+15005550012",
      busy: "+15005550002",
      no_answer: "+15005550003",
      fails: "+15005550004",
    },
    refused: "+15005550001",
    talks: "+15005550011",
    rings: "+15005550021",
    preparesFirst: true,
    callbacksTo: async (url) => {
      standIn.webhookUrl = url;
    },
    fault: async (fault) => {
      standIn.fault = fault;
    },
    placed: async (callId) => standIn.calls.dialed.filter(({ identity }) => identity === callId).length,
    forgeries: async (genuine) => {
      const { authorization = "", ...unsigned } = genuine.headers;
      const signed = (token: string) => ({ ...genuine, headers: { ...unsigned, authorization: token } });
      const now = Date.now();
      const [header, payload, signature] = authorization.split(".");
      const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
      return [
        { ...genuine, headers: unsigned },
        signed(`Bearer ${authorization}`),
        signed(signWebhook(apiKey, WRONG_SECRET, genuine.body, now)),
        signed(signWebhook("APIanother", apiSecret, genuine.body, now)),
        signed(signWebhook(apiKey, apiSecret, `${genuine.body} `, now)),
        // Genuine once, and over by now; not yet; and for ever.
        signed(signWebhook(apiKey, apiSecret, genuine.body, now - 400_000)),
        signed(signWebhook(apiKey, apiSecret, genuine.body, now + 120_000)),
        signed(sign(apiSecret, { iss: apiKey })),
        signed(`${none}.${payload}.`),
        signed(`${none}.${payload}.${signature}`),
        signed(`${header}.${payload}.${signature?.slice(0, -2)}`),
        { ...genuine, body: genuine.body.replace('"event"', '"Event"') },
      ];
    },
    stop: () => standIn.stop(),
  };
}
