/**
 * The requests that place a call through LiveKit: one for the room, into which the agent is dispatched ("CreateRoom"),
 * one for the callee ("CreateSIPParticipant"). Both are named by our call's id. So each of LiveKit's reports identifies
 * its call, and a call whose answer was lost is found exactly.
 */

import type { PlaceOrder } from "../dialer.ts";
import type { MEDIA_ENCRYPTIONS, Trunk } from "../sip/trunk.ts";

/** How long a room without a callee stays. */
const EMPTY_TIMEOUT_SECONDS = 60;
/**
 * How long the room stays after the callee left. In this time LiveKit still knows the call, while it repeats its
 * webhook. Only that webhook tells how the call ended.
 */
const DEPARTURE_TIMEOUT_SECONDS = 60;
/** LiveKit's own limit; a longer call ends there. */
export const MAX_CALL_SECONDS = 24 * 60 * 60;
/** An attribute of the callee that we set, and that LiveKit's webhooks return. */
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

/** Batches of this carrier always have an agent of this type. */
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
 * LiveKit counts a call's length from dialing, so its limit is ringing and talking time together. The attribute tells
 * that limit.
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
  // A request that waits for the answer would take one of the batch's few connections.
  wait_until_answered: false,
  ...(trunk.media_encryption === null ? {} : { media_encryption: ENCRYPTIONS[trunk.media_encryption] }),
});
