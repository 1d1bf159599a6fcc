/**
 * The requests that place a call through LiveKit: the room, into which the agent is dispatched ("CreateRoom"), and the callee,
 * who is dialed into it ("CreateSIPParticipant"). Room and callee bear our call's id, so that whatever LiveKit says of either
 * says whose it is, and a call whose answer was lost is found exactly.
 */

import type { PlaceOrder } from "../dialer.ts";
import type { MEDIA_ENCRYPTIONS, Trunk } from "../sip/trunk.ts";

/** How long a room stays for which nobody was dialed. */
const EMPTY_TIMEOUT_SECONDS = 60;
/**
 * How long it stays when the callee has left: so long LiveKit still knows that there was a call, while its webhook, which
 * alone says how it ended, is repeated.
 */
const DEPARTURE_TIMEOUT_SECONDS = 60;
/** LiveKit's own limit; a call longer than that ends there. */
export const MAX_CALL_SECONDS = 24 * 60 * 60;
/** An attribute of the callee's that we give along, and that LiveKit's webhooks bring back. */
export const LIMIT_ATTRIBUTE = "callbatch.limit_seconds";

const TRANSPORTS = {
  udp: "SIP_TRANSPORT_UDP",
  tcp: "SIP_TRANSPORT_TCP",
  tls: "SIP_TRANSPORT_TLS",
} as const satisfies Record<NonNullable<Trunk["transport"]>, string>;
const ENCRYPTIONS = {
  disabled: "SIP_MEDIA_ENCRYPT_DISABLE",
  allowed: "SIP_MEDIA_ENCRYPT_ALLOW",
  required: "SIP_MEDIA_ENCRYPT_REQUIRE",
} as const satisfies Record<(typeof MEDIA_ENCRYPTIONS)[number], string>;

/** No batch of LiveKit's is created with an agent of another type. */
function agentNameOf({ agent }: PlaceOrder): string {
  if (agent.type !== "livekit") throw new Error("broken invariant: LiveKit dispatches its own agents alone");
  return agent.agent_name;
}

/** For the agent's job and the callee's participant, as JSON. */
const metadataOf = (order: PlaceOrder): string =>
  JSON.stringify({
    agent_call_id: order.callId,
    batch_id: order.batchId,
    recipient_id: order.recipientId,
    to: order.to,
    from: order.from,
    metadata: order.metadata === null ? null : JSON.parse(order.metadata),
  });

export const createRoomBody = (order: PlaceOrder): Record<string, unknown> => ({
  name: order.callId,
  empty_timeout: EMPTY_TIMEOUT_SECONDS,
  departure_timeout: DEPARTURE_TIMEOUT_SECONDS,
  agents: [{ agent_name: agentNameOf(order), metadata: metadataOf(order) }],
});

/**
 * LiveKit counts a call's length from the moment at which it dials, ringing included: it gets the time for both, and says
 * which that was.
 */
export const limitSecondsOf = (order: PlaceOrder): number =>
  Math.min(order.maxDurationSeconds + order.ringingTimeoutSeconds, MAX_CALL_SECONDS);

function trunkOf({ hostname, transport, credentials, destination_country }: Trunk): Record<string, unknown> {
  return {
    hostname,
    ...(transport === null ? {} : { transport: TRANSPORTS[transport] }),
    ...(credentials === null ? {} : { auth_username: credentials.username, auth_password: credentials.password }),
    ...(destination_country === null ? {} : { destination_country }),
  };
}

export const createParticipantBody = (trunk: Trunk, order: PlaceOrder): Record<string, unknown> => ({
  trunk: trunkOf(trunk),
  sip_call_to: order.to,
  sip_number: order.from,
  room_name: order.callId,
  participant_identity: order.callId,
  participant_metadata: metadataOf(order),
  participant_attributes: { [LIMIT_ATTRIBUTE]: String(limitSecondsOf(order)) },
  ringing_timeout: `${order.ringingTimeoutSeconds}s`,
  max_call_duration: `${limitSecondsOf(order)}s`,
  // A request that waits for the answer would keep one of the few that a batch may have under way.
  wait_until_answered: false,
  ...(trunk.media_encryption === null ? {} : { media_encryption: ENCRYPTIONS[trunk.media_encryption] }),
});
