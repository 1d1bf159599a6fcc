/** jambonz's rig: with the account's webhook secret, and without it. */

import { createHmac } from "node:crypto";
import { JAMBONZ } from "../../carrier/jambonz/known.ts";
import { startJambonz as start } from "../../carrier/jambonz/start.ts";
import type { Rig } from "./rig.ts";

const WRONG_KEY = "the-wrong-jambonz-key-of-the-rig";
const ANOTHER_ACCOUNT = "11111111-2222-4333-8444-555555555555";

const sign = (secret: string, seconds: number, body: string): string =>
  `t=${seconds},v1=${createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")}`;

export async function startJambonz(webhookSecret: string | null = JAMBONZ.webhookSecret): Promise<Rig> {
  const standIn = await start();
  const gateway = {
    url: "https://api.jambonz.example.com/v1",
    account_sid: JAMBONZ.accountSid,
    api_key: JAMBONZ.apiKey,
    webhook_secret: webhookSecret,
  };
  const account = {
    carrier: "jambonz",
    outbound: {
      hostname: JAMBONZ.trunk,
      transport: "tls",
      credentials: { username: JAMBONZ.trunkUser, password: JAMBONZ.trunkPassword },
      destination_country: null,
      media_encryption: null,
    },
    regions: { US: gateway, EU: null, APAC: null },
    recognizer: JAMBONZ.recognizer,
  } as const;
  return {
    baseUrl: standIn.url,
    account,
    wrongAccount: { ...account, regions: { ...account.regions, US: { ...gateway, api_key: WRONG_KEY } } },
    secrets: [JAMBONZ.apiKey, JAMBONZ.webhookSecret, JAMBONZ.trunkPassword, WRONG_KEY],
    agent: { type: "websocket", url: "wss://agent.example.com/audio" },
    from: { number: JAMBONZ.number, carrierNumberId: null },
    foreign: null,
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
    forgetsWhoAnswered: true,
    rings: "+15005550021",
    emptyList: "[]",
    fault: async (fault) => {
      standIn.fault = fault;
    },
    placed: async (callId) => [...standIn.calls.all.values()].filter(({ tag }) => tag.agent_call_id === callId).length,
    forgeries: async (genuine) => {
      const elsewhere = genuine.body.replace(JAMBONZ.accountSid, ANOTHER_ACCOUNT);
      const { "jambonz-signature": signature = "", ...unsigned } = genuine.headers;
      const signed = (value: string) => ({ ...genuine, headers: { ...unsigned, "jambonz-signature": value } });
      const now = Math.floor(Date.now() / 1_000);
      const foreign = {
        ...genuine,
        headers: { ...unsigned, "jambonz-signature": sign(JAMBONZ.webhookSecret, now, elsewhere) },
        body: elsewhere,
      };
      if (webhookSecret === null) return [foreign];
      return [
        foreign,
        { ...genuine, headers: unsigned },
        signed(sign("another secret", now, genuine.body)),
        signed(signature.replace("v1=", "v0=")),
        signed(signature.slice(0, -1)),
        signed(signature.replace(/t=\d+/, `t=${now + 1}`)),
        // Genuine once, and too old by now.
        signed(sign(webhookSecret, now - 301, genuine.body)),
        { ...genuine, body: genuine.body.replace(/"call_status":"[a-z-]+"/, '"call_status":"busy "') },
        { ...genuine, body: `${genuine.body} ` },
      ];
    },
    stop: () => standIn.stop(),
  };
}
