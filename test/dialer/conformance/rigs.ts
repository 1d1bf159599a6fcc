/** Every carrier of the registry has its rigs, one for each way in which it can be set up: one without does not compile. */

import type { CarrierName } from "../../../src/dialer/carriers.ts";
import { startCartesia } from "./cartesia.ts";
import { startHttp } from "./http.ts";
import { startJambonz } from "./jambonz.ts";
import { startLiveKit } from "./livekit.ts";
import type { StartRig } from "./rig.ts";
import { startTelnyx } from "./telnyx.ts";
import { startTwilio } from "./twilio.ts";

const BY_CARRIER: Readonly<Record<CarrierName, Readonly<Record<string, StartRig>>>> = {
  twilio: { "with an auth token": startTwilio },
  cartesia: { "with its webhook": () => startCartesia(), "asked about its calls": () => startCartesia(null) },
  http: { "the example": startHttp },
  jambonz: { "with a webhook secret": () => startJambonz(), "without one": () => startJambonz(null) },
  livekit: { "with its webhook": startLiveKit },
  telnyx: { "its webhooks": startTelnyx },
};

export const RIGS: readonly { readonly rig: string; readonly start: StartRig }[] = Object.entries(BY_CARRIER).flatMap(
  ([carrier, ways]) => Object.entries(ways).map(([way, start]) => ({ rig: `${carrier}, ${way}`, start })),
);
