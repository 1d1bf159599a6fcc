/** Twilio Programmable Voice: its definition. */

import { defineCarrier } from "../carrier.ts";
import { REGION_OF_TWILIO, showTwilio, twilioChanges, twilioFields, twilioShown } from "./account.ts";
import { TwilioDialer } from "./dialer.ts";
import { MAX_TIME_LIMIT_SECONDS } from "./words.ts";

export const twilio = defineCarrier({
  name: "twilio",
  title: "Twilio",
  words: { type: "twilio" },
  usualLabel: ({ account_sid }) => account_sid,
  fields: twilioFields,
  changes: twilioChanges,
  secrets: ["api_key_sid", "api_key_secret", "auth_token"],
  sends: [{ to: ["account_sid", "region"], secrets: ["api_key_sid", "api_key_secret", "auth_token"] }],
  shown: twilioShown,
  show: showTwilio,
  regionOf: ({ region }) => REGION_OF_TWILIO[region],
  choosesRegion: false,
  needsNumberId: false,
  connects: ["websocket"],
  capabilities: {
    repeatableForMs: null,
    // Its log of the request contains our call's id. If the log does not tell, the call is one of those to the number.
    finds: "by_number",
    tellsDuration: true,
    detectsMachines: true,
    queues: true,
    endsRinging: true,
    endsAnswered: true,
    callbacks: "per_call",
    callbacksAreSigned: "with_secret",
    // For an account without an approved profile; more calls are queued there, not refused.
    callsPerSecond: 1,
    maxCallSeconds: MAX_TIME_LIMIT_SECONDS,
  },
  callbackHeaders: ["content-type", "x-twilio-signature"],
  dialer: (account, baseUrl) => new TwilioDialer(account, baseUrl),
});
