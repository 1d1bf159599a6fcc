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
  // To Cartesia alone.
  sends: [{ to: [], secrets: ["api_key", "webhook_secret"] }],
  shown: cartesiaShown,
  show: showCartesia,
  // It places calls where it likes.
  regionOf: () => "US",
  choosesRegion: false,
  needsNumberId: true,
  connects: ["cartesia"],
  capabilities: {
    repeatableForMs: null,
    finds: "exactly",
    detectsMachines: false,
    // Only a call that was answered can be cancelled there.
    queues: false,
    endsRinging: false,
    endsAnswered: true,
    callbacks: "shared",
    callbacksAreSigned: "with_secret",
    // From Cartesia's own numbers; more are queued there.
    callsPerSecond: 1,
    maxCallSeconds: 480 * 60,
  },
  callbackHeaders: ["x-webhook-secret"],
  // They carry the call's whole transcript.
  maxCallbackBytes: 2 * 1_024 * 1_024,
  callIdOf: callIdOfWebhook,
  dialer: (account, baseUrl) => new CartesiaDialer(account, baseUrl),
});
