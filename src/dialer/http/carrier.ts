/** The generic HTTPS carrier: its definition. */

import { MAX_CALL_DURATION_MINUTES } from "../../calling/requests/limits.ts";
import { defineCarrier } from "../carrier.ts";
import { httpChanges, httpFields, httpShown, showHttp } from "./account.ts";
import { HttpDialer } from "./dialer.ts";
import { callIdOfEvent } from "./event.ts";

export const http = defineCarrier({
  name: "http",
  title: "the dialer",
  words: { type: "http" },
  fields: httpFields,
  changes: httpChanges,
  secrets: ["token", "webhook_secret"],
  sends: [{ to: ["url"], secrets: ["token", "webhook_secret"] }],
  shown: httpShown,
  show: showHttp,
  urls: ({ url }) => ({ url }),
  regionOf: () => "US",
  // Passed on; the dialer decides what it means.
  choosesRegion: true,
  needsNumberId: false,
  lacksToDetect: ({ detects_machines }) =>
    detects_machines ? null : "does not have `detects_machines`; set it if the dialer tells a machine from a person",
  connects: ["websocket", "cartesia", "livekit"],
  capabilities: {
    // The protocol requires that a dialer remembers a call's id for a day.
    repeatableForMs: 24 * 60 * 60 * 1_000,
    finds: "exactly",
    tellsDuration: true,
    detectsMachines: true,
    queues: true,
    endsRinging: true,
    endsAnswered: true,
    callbacks: "shared",
    callbacksAreSigned: "always",
    callsPerSecond: null,
    maxCallSeconds: MAX_CALL_DURATION_MINUTES.most * 60,
  },
  callbackHeaders: ["webhook-id", "webhook-timestamp", "webhook-signature"],
  callIdOf: callIdOfEvent,
  dialer: (account, baseUrl) => new HttpDialer(account, baseUrl),
});
