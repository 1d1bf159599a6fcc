/**
 * Reading LiveKit's requests as LiveKit validates them (`protocol`, `CreateSIPParticipantRequest.Validate`). A field that is not
 * known is refused, to find mistakes; LiveKit itself passes it over.
 */

export type Order = {
  readonly room: string;
  readonly identity: string;
  readonly to: string;
  readonly from: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly metadata: string;
  readonly ringingMs: number;
  readonly limitSeconds: number;
};
export type Trunk = { readonly host: string; readonly username: string; readonly password: string };
export type Reading<T> = { readonly value: T } | { readonly problem: string };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ROOM_FIELDS = ["name", "empty_timeout", "departure_timeout", "agents"];
const AGENT_FIELDS = ["agent_name", "metadata"];
const PARTICIPANT_FIELDS = [
  ...["trunk", "sip_call_to", "sip_number", "room_name", "participant_identity", "participant_metadata"],
  ...["participant_attributes", "ringing_timeout", "max_call_duration", "wait_until_answered", "media_encryption"],
];
const TRUNK_FIELDS = ["hostname", "transport", "auth_username", "auth_password", "destination_country"];
const TRANSPORTS = ["SIP_TRANSPORT_AUTO", "SIP_TRANSPORT_UDP", "SIP_TRANSPORT_TCP", "SIP_TRANSPORT_TLS"];
const ENCRYPTIONS = ["SIP_MEDIA_ENCRYPT_DISABLE", "SIP_MEDIA_ENCRYPT_ALLOW", "SIP_MEDIA_ENCRYPT_REQUIRE"];
const DURATION = /^(\d+)s$/;
const MAX_NAME = 256;
const DAY_SECONDS = 24 * 60 * 60;

/** Thrown and caught inside this file only. */
class Invalid extends Error {}
function must(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Invalid(problem);
}
const known = (object: Json, fields: readonly string[]): void => {
  const stranger = Object.keys(object).find((name) => !fields.includes(name));
  must(stranger === undefined, `the stand-in does not know the field ${stranger}`);
};

function reading<T>(read: () => T): Reading<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof Invalid) return { problem: error.message };
    throw error;
  }
}

/** The name of the room. */
export const readRoom = (body: unknown, agentName: string): Reading<string> =>
  reading(() => {
    must(isObject(body), "malformed");
    known(body, ROOM_FIELDS);
    const { name, agents = [] } = body;
    must(typeof name === "string" && name !== "" && name.length <= MAX_NAME, "no room name");
    for (const timeout of [body.empty_timeout, body.departure_timeout]) must(Number.isInteger(timeout), "timeout");
    must(Array.isArray(agents) && agents.every(isObject), "agents");
    for (const agent of agents) {
      known(agent, AGENT_FIELDS);
      must(agent.agent_name === agentName, "the stand-in has no such agent");
      must(typeof agent.metadata === "string", "metadata");
    }
    return name;
  });

const secondsOf = (duration: unknown): number => {
  const match = DURATION.exec(String(duration));
  must(match !== null, `invalid google.protobuf.Duration value ${String(duration)}`);
  return Number(match[1]);
};

export const readOrder = (body: unknown, trunk: Trunk): Reading<Order> =>
  reading(() => {
    must(isObject(body), "malformed");
    known(body, PARTICIPANT_FIELDS);
    must(isObject(body.trunk), "missing sip trunk id and sip number");
    checkTrunk(body.trunk, trunk);
    const { sip_call_to: to, sip_number: from, room_name: room, participant_identity: identity } = body;
    must(typeof to === "string" && to !== "", "missing sip callee number");
    must(!to.includes("@"), "SipCallTo should be a phone number or SIP user, not a full SIP URI");
    must(typeof room === "string" && room !== "", "missing room name");
    must(typeof identity === "string" && identity !== "", "the stand-in wants an identity");
    must(typeof from === "string" && /^\+\d+$/.test(from), "the stand-in wants a number to call from");
    must(body.wait_until_answered === false, "the stand-in does not let a batch wait");
    must(ENCRYPTIONS.includes(String(body.media_encryption ?? ENCRYPTIONS[0])), "invalid media encryption");
    const { participant_attributes: attributes, participant_metadata: metadata } = body;
    must(isObject(attributes) && Object.values(attributes).every((value) => typeof value === "string"), "attributes");
    must(typeof metadata === "string", "metadata");
    const limitSeconds = secondsOf(body.max_call_duration);
    must(limitSeconds > 0 && limitSeconds <= DAY_SECONDS, "max call duration");
    const ringingMs = secondsOf(body.ringing_timeout) * 1_000;
    return {
      room,
      identity,
      to,
      from,
      attributes: attributes as Record<string, string>,
      metadata,
      ringingMs,
      limitSeconds,
    };
  });

function checkTrunk(given: Json, trunk: Trunk): void {
  known(given, TRUNK_FIELDS);
  const { hostname, transport = TRANSPORTS[0] } = given;
  must(typeof hostname === "string" && hostname !== "", "trunk hostname");
  must(!/^sips?:|transport=|;/.test(hostname), "trunk hostname must not be an address with parameters");
  must(TRANSPORTS.includes(String(transport)), "invalid SIP transport");
  const isKnown = given.auth_username === trunk.username && given.auth_password === trunk.password;
  must(hostname === trunk.host && isKnown, "the stand-in's trunk is another one, or has another password");
}
