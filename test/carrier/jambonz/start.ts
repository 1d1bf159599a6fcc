/** The stand-in as tests start it, with what `known.ts` says. */

import { JAMBONZ } from "./known.ts";
import { JambonzStandIn } from "./server.ts";

export const startJambonz = (): Promise<JambonzStandIn> =>
  JambonzStandIn.start({
    port: 0,
    ringMs: 20,
    talkMs: 40,
    accountSid: JAMBONZ.accountSid,
    apiKey: JAMBONZ.apiKey,
    webhookSecret: JAMBONZ.webhookSecret,
    trunk: { host: JAMBONZ.trunk, username: JAMBONZ.trunkUser, password: JAMBONZ.trunkPassword },
  });
