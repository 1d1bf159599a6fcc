/** Cartesia's rig, with webhooks; without them its calls are asked about. */

import { CARTESIA } from "../../carrier/cartesia/known.ts";
import { startCartesia as start } from "../../carrier/cartesia/start.ts";
import type { Rig } from "./rig.ts";

const WRONG_KEY = "sk_car_the-wrong-key-of-the-rig";

export async function startCartesia(webhookSecret: string | null = CARTESIA.webhookSecret): Promise<Rig> {
  const standIn = await start();
  const account = { carrier: "cartesia", api_key: CARTESIA.apiKey, webhook_secret: webhookSecret } as const;
  return {
    baseUrl: standIn.url,
    account,
    wrongAccount: { ...account, api_key: WRONG_KEY },
    secrets: [CARTESIA.apiKey, CARTESIA.webhookSecret, WRONG_KEY],
    agent: { type: "cartesia", agent_id: CARTESIA.agentId },
    from: { number: CARTESIA.number, carrierNumberId: CARTESIA.numberId },
    foreign: { number: CARTESIA.number, carrierNumberId: CARTESIA.otherNumberId },
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
    callbacksTo: async (url) => {
      standIn.webhookUrl = webhookSecret === null ? null : url;
    },
    fault: async (fault) => {
      standIn.fault = fault;
    },
    placed: async (callId) =>
      [...standIn.calls.all.values()].filter(({ metadata }) => JSON.stringify(metadata).includes(callId)).length,
    forgeries: async (genuine) => {
      const { "x-webhook-secret": secret = "", ...unsigned } = genuine.headers;
      return [
        { ...genuine, headers: unsigned },
        { ...genuine, headers: { ...genuine.headers, "x-webhook-secret": "another secret" } },
        { ...genuine, headers: { ...genuine.headers, "x-webhook-secret": secret.toUpperCase() } },
        { ...genuine, headers: { ...genuine.headers, "x-webhook-secret": secret.slice(0, -1) } },
      ];
    },
    stop: () => standIn.stop(),
  };
}
