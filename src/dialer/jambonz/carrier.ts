/** A SIP trunk through jambonz: its definition. */

import { defineCarrier } from "../carrier.ts";
import { TRUNK_CARRIER } from "../sip/carrier.ts";
import { TRUNK_SENDS } from "../sip/trunk.ts";
import { jambonzChanges, jambonzFields, jambonzShown, showJambonz } from "./account.ts";
import { JambonzDialer } from "./dialer.ts";
import { MAX_TIME_LIMIT_SECONDS } from "./words.ts";

export const jambonz = defineCarrier({
  ...TRUNK_CARRIER,
  name: "jambonz",
  title: "jambonz",
  words: { type: "sip_trunk", gateway: "jambonz" },
  fields: jambonzFields,
  changes: jambonzChanges,
  sends: [
    TRUNK_SENDS,
    {
      // The account's owner can see the trunk's password there.
      to: ["regions.*.url", "regions.*.account_sid"],
      secrets: [...TRUNK_SENDS.secrets, "regions.*.api_key", "regions.*.webhook_secret"],
    },
  ],
  shown: jambonzShown,
  show: showJambonz,
  lacksToDetect: ({ recognizer }) =>
    recognizer === null
      ? "has no `recognizer`, which jambonz needs to tell a machine from a person; set one for which its accounts have speech credentials"
      : null,
  connects: ["websocket"],
  capabilities: {
    repeatableForMs: null,
    // The callee's address, which it lists, contains our call's id.
    finds: "exactly",
    tellsDuration: true,
    detectsMachines: true,
    queues: false,
    endsRinging: true,
    endsAnswered: true,
    callbacks: "per_call",
    callbacksAreSigned: "with_secret",
    // The trunk's carrier decides.
    callsPerSecond: null,
    maxCallSeconds: MAX_TIME_LIMIT_SECONDS,
  },
  callbackHeaders: ["jambonz-signature"],
  dialer: (account, baseUrl, region) => new JambonzDialer(account, baseUrl, region),
});
