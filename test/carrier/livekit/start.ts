/** The stand-in as tests start it, with what `known.ts` says. */

import { LIVEKIT } from "./known.ts";
import { LiveKitStandIn } from "./server.ts";

export const startLiveKit = (): Promise<LiveKitStandIn> =>
  LiveKitStandIn.start({
    port: 0,
    ringMs: 20,
    // Long enough that who asks now and then sees that it was answered.
    talkMs: 150,
    departureMs: 100,
    apiKey: LIVEKIT.apiKey,
    apiSecret: LIVEKIT.apiSecret,
    agentName: LIVEKIT.agentName,
    trunk: { host: LIVEKIT.trunk, username: LIVEKIT.trunkUser, password: LIVEKIT.trunkPassword },
  });
