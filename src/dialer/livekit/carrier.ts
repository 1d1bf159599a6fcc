/** A SIP trunk through LiveKit: its definition. */

import { defineCarrier } from "../carrier.ts";
import { firstRegionOf, regionsOf, urlsOf } from "../sip/gateways.ts";
import { TRUNK_SENDS, trunkHosts } from "../sip/trunk.ts";
import { livekitChanges, livekitFields, livekitShown, showLiveKit } from "./account.ts";
import { callIdOfWebhook } from "./callback.ts";
import { LiveKitDialer } from "./dialer.ts";
import { MAX_CALL_SECONDS } from "./request.ts";

export const livekit = defineCarrier({
  name: "livekit",
  title: "LiveKit",
  words: { type: "sip_trunk", gateway: "livekit" },
  fields: livekitFields,
  changes: livekitChanges,
  secrets: ["outbound", "regions"],
  sends: [
    TRUNK_SENDS,
    { to: ["regions.*.url"], secrets: [...TRUNK_SENDS.secrets, "regions.*.api_key", "regions.*.api_secret"] },
  ],
  shown: livekitShown,
  show: showLiveKit,
  urls: ({ regions }) => urlsOf(regions),
  hosts: ({ outbound }) => trunkHosts(outbound),
  regionOf: ({ regions }) => firstRegionOf(regions),
  choosesRegion: true,
  regionsOf: ({ regions }) => regionsOf(regions),
  needsNumberId: false,
  connects: ["livekit"],
  capabilities: {
    repeatableForMs: null,
    // Room and callee are named by our call's id.
    finds: "exactly",
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
