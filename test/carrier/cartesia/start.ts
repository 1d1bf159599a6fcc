/** The stand-in as tests start it, with what `known.ts` says. */

import { CARTESIA } from "./known.ts";
import { CartesiaStandIn } from "./server.ts";

export const startCartesia = (): Promise<CartesiaStandIn> =>
  CartesiaStandIn.start({
    port: 0,
    ringMs: 20,
    talkMs: 40,
    apiKey: CARTESIA.apiKey,
    webhookSecret: CARTESIA.webhookSecret,
    numbers: { [CARTESIA.numberId]: CARTESIA.number, [CARTESIA.otherNumberId]: CARTESIA.otherNumber },
    agents: [CARTESIA.agentId],
  });
