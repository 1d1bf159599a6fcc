/** The body of "dial" (Telnyx, "Dial"): audio flows both ways between the phone and the agent's WebSocket. Pure. */

import type { Region } from "../../calling/words/region.ts";
import type { PlaceOrder } from "../dialer.ts";
import type { TelnyxAccount } from "./account.ts";
import { DETECTION, DETECTION_EVENTS } from "./answered-by.ts";
import { clientStateOf } from "./client-state.ts";
import { timeLimitOf } from "./words.ts";

const SIP_REGION = { US: "US", EU: "Europe", APAC: "Australia" } as const satisfies Record<Region, string>;
/** The most that Telnyx allows: five repeats within a minute. */
const REPEATS = { retries_ms: [1_000, 3_000, 8_000, 16_000, 30_000] } as const;

/** Batches of this carrier always have an agent of this type. */
function agentUrlOf({ agent }: PlaceOrder): string {
  if (agent.type !== "websocket") throw new Error("broken invariant: Telnyx connects WebSockets alone");
  return agent.url;
}

/** Events that determine the call's state: if one of these is lost, the log must be asked. */
const EVENTS = ["call.answered", "call.hangup", "streaming.stopped", "streaming.failed"] as const;

export const dialRequestOf = (account: TelnyxAccount, order: PlaceOrder) => ({
  connection_id: account.connection_id,
  to: order.to,
  from: order.from,
  // A command whose id was used within 60 seconds is ignored.
  command_id: order.callId,
  client_state: clientStateOf(order),
  timeout_secs: order.ringingTimeoutSeconds,
  // By default Telnyx tries other routes after the timeout, and the phone rings again.
  retry_on_timeout: false,
  time_limit_secs: timeLimitOf(order.maxDurationSeconds),
  sip_region: SIP_REGION[order.region],
  stream_url: agentUrlOf(order),
  stream_track: "inbound_track",
  // Without it the callee does not hear the agent.
  stream_bidirectional_mode: "rtp",
  stream_bidirectional_codec: "PCMU",
  // The call has only one leg.
  stream_bidirectional_target_legs: "self",
  // It runs during the call: the agent talks from the first second.
  ...(order.asksWhoAnswers ? { answering_machine_detection: DETECTION } : {}),
  webhook_url: order.statusCallbackUrl,
  webhook_url_method: "POST",
  webhook_retries_policies: Object.fromEntries(
    (order.asksWhoAnswers ? [...EVENTS, ...DETECTION_EVENTS] : EVENTS).map((event) => [event, REPEATS]),
  ),
});
