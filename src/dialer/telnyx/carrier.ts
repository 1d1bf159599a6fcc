/** Telnyx Call Control: its definition. */

import { defineCarrier } from "../carrier.ts";
import { showTelnyx, telnyxChanges, telnyxFields, telnyxShown } from "./account.ts";
import { TelnyxDialer } from "./dialer.ts";
import { TIME_LIMIT_SECONDS } from "./words.ts";

export const telnyx = defineCarrier({
  name: "telnyx",
  title: "Telnyx",
  words: { type: "telnyx" },
  fields: telnyxFields,
  changes: telnyxChanges,
  secrets: ["api_key"],
  sends: [{ to: ["connection_id"], secrets: ["api_key"] }],
  shown: telnyxShown,
  show: showTelnyx,
  regionOf: () => "US",
  // The SIP region: where the call leaves Telnyx's network.
  choosesRegion: true,
  needsNumberId: false,
  connects: ["websocket"],
  capabilities: {
    // How long a `command_id` counts (Telnyx, "Receiving webhooks").
    repeatableForMs: 60_000,
    finds: "exactly",
    tellsDuration: false,
    detectsMachines: true,
    queues: false,
    endsRinging: true,
    endsAnswered: true,
    callbacks: "per_call",
    callbacksAreSigned: "always",
    // On average over five seconds; above it 429.
    callsPerSecond: 30,
    maxCallSeconds: TIME_LIMIT_SECONDS.most,
  },
  callbackHeaders: ["telnyx-signature-ed25519", "telnyx-timestamp"],
  dialer: (account, baseUrl) => new TelnyxDialer(account, baseUrl),
});
