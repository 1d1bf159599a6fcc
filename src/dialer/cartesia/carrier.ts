/** Cartesia Line: its definition. */

import { defineCarrier } from "../carrier.ts";
import { cartesiaChanges, cartesiaFields, cartesiaShown, showCartesia } from "./account.ts";
import { callIdOfWebhook } from "./callback.ts";
import { CartesiaDialer } from "./dialer.ts";

export const cartesia = defineCarrier({
  name: "cartesia",
  title: "Cartesia",
  words: { type: "cartesia" },
  fields: cartesiaFields,
  changes: cartesiaChanges,
  secrets: ["api_key", "webhook_secret"],
  // The secrets go only to Cartesia.
  sends: [{ to: [], secrets: ["api_key", "webhook_secret"] }],
  shown: cartesiaShown,
  show: showCartesia,
  // Cartesia chooses where it places calls.
  regionOf: () => "US",
  choosesRegion: false,
  needsNumberId: true,
  connects: ["cartesia"],
  capabilities: {
    repeatableForMs: null,
    finds: "exactly",
    tellsDuration: true,
    detectsMachines: false,
    // Only an answered call can be cancelled there.
    queues: false,
    endsRinging: false,
    endsAnswered: true,
    callbacks: "shared",
    callbacksAreSigned: "with_secret",
    // For Cartesia's own numbers; more calls are queued there.
    callsPerSecond: 1,
    maxCallSeconds: 480 * 60,
  },
  callbackHeaders: ["x-webhook-secret"],
  // Callbacks contain the whole transcript of a call.
  maxCallbackBytes: 2 * 1_024 * 1_024,
  callIdOf: callIdOfWebhook,
  dialer: (account, baseUrl) => new CartesiaDialer(account, baseUrl),
});
