/**
 * Starts a stand-in of each carrier for all test files in workerd. Twilio's is found by its address; the others by the
 * Worker's variable `CARRIER_BASE_URLS`.
 */

import type { TestProject } from "vitest/node";
import { startCartesia } from "../carrier/cartesia/start.ts";
import { DialerStandIn } from "../carrier/http/server.ts";
import { startJambonz } from "../carrier/jambonz/start.ts";
import { startLiveKit } from "../carrier/livekit/start.ts";
import { startCarrier } from "../carrier/server.ts";
import { TelnyxStandIn } from "../carrier/telnyx/server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    carrierUrl: string;
    /** By the carrier's name. */
    carrierUrls: Record<string, string>;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const carrier = await startCarrier({ port: 0, ringMs: 5, talkMs: 20, jitter: 0 });
  const cartesia = await startCartesia();
  const http = await DialerStandIn.start();
  const jambonz = await startJambonz();
  const livekit = await startLiveKit();
  const telnyx = await TelnyxStandIn.start();
  project.provide("carrierUrl", carrier.url);
  project.provide("carrierUrls", {
    cartesia: cartesia.url,
    http: http.url,
    jambonz: jambonz.url,
    livekit: livekit.url,
    telnyx: telnyx.url,
  });
  return async () => {
    await Promise.all([carrier.close(), cartesia.stop(), http.stop(), jambonz.stop(), livekit.stop(), telnyx.stop()]);
  };
}
