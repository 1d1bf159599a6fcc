/** A SIP trunk through LiveKit: its definition. */

import { defineCarrier } from "../carrier.ts";
import { TRUNK_CARRIER } from "../sip/carrier.ts";
import { TRUNK_SENDS } from "../sip/trunk.ts";
import { livekitChanges, livekitFields, livekitShown, showLiveKit } from "./account.ts";
import { callIdOfWebhook } from "./callback.ts";
import { LiveKitDialer } from "./dialer.ts";
import { MAX_CALL_SECONDS } from "./request.ts";

export const livekit = defineCarrier({
  ...TRUNK_CARRIER,
  name: "livekit",
  title: "LiveKit",
  words: { type: "sip_trunk", gateway: "livekit" },
  fields: livekitFields,
  changes: livekitChanges,
  sends: [
    TRUNK_SENDS,
    { to: ["regions.*.url"], secrets: [...TRUNK_SENDS.secrets, "regions.*.api_key", "regions.*.api_secret"] },
  ],
  shown: livekitShown,
  show: showLiveKit,
  connects: ["livekit"],
  capabilities: {
    repeatableForMs: null,
    // Room and callee are named by our call's id.
    finds: "exactly",
    tellsDuration: false,
    detectsMachines: false,
    queues: false,
    endsRinging: true,
    endsAnswered: true,
    callbacks: "shared",
    callbacksAreSigned: "always",
    // The trunk's carrier decides.
    callsPerSecond: null,
    maxCallSeconds: MAX_CALL_SECONDS,
  },
  callbackHeaders: ["authorization"],
  callIdOf: callIdOfWebhook,
  dialer: (account, baseUrl, region) => new LiveKitDialer(account, baseUrl, region),
});
