/** Reading "place these calls" as strictly as it is documented; a field that is not known is refused, to find mistakes. */

export type Order = {
  readonly fromNumberId: string;
  readonly agentId: string;
  readonly toNumber: string;
  readonly metadata: Record<string, unknown>;
  readonly maxDurationMs: number;
  readonly ringingMs: number;
};

export type Reading = { readonly orders: readonly Order[] } | { readonly problem: string };

const FIELDS = ["from_number_id", "agent_id", "outbound_calls", "ringing_timeout_seconds", "max_call_duration_minutes"];
const CALL_FIELDS = ["to_number", "metadata"];
const E164 = /^\+[1-9]\d{6,14}$/;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isIn = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
const unknownField = (object: Json, known: readonly string[]): string | null =>
  Object.keys(object).find((name) => !known.includes(name)) ?? null;

/** Thrown and caught inside this file only. */
class Refused extends Error {}

export function readOrders(body: unknown): Reading {
  try {
    return { orders: read(body) };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.message };
    throw error;
  }
}

function read(body: unknown): Order[] {
  if (!isObject(body)) throw new Refused("the body must be a JSON object");
  const stranger = unknownField(body, FIELDS);
  if (stranger !== null) throw new Refused(`the stand-in does not know the field ${stranger}`);
  const { from_number_id: fromNumberId, agent_id: agentId, outbound_calls: calls } = body;
  const { ringing_timeout_seconds: ringing = 60, max_call_duration_minutes: duration = 480 } = body;
  if (typeof fromNumberId !== "string") throw new Refused("from_number_id is required");
  if (typeof agentId !== "string") throw new Refused("agent_id is required");
  if (!Array.isArray(calls) || calls.length === 0) throw new Refused("outbound_calls must not be empty");
  if (!isIn(ringing, 5, 80)) throw new Refused("ringing_timeout_seconds must be from 5 to 80");
  if (!isIn(duration, 1, 480)) throw new Refused("max_call_duration_minutes must be from 1 to 480");
  return calls.map((call) => {
    if (!isObject(call)) throw new Refused("outbound_calls must hold objects");
    const unknown = unknownField(call, CALL_FIELDS);
    if (unknown !== null) throw new Refused(`the stand-in does not know the field ${unknown}`);
    const { to_number: toNumber, metadata = {} } = call;
    if (typeof toNumber !== "string" || !E164.test(toNumber)) throw new Refused("to_number must be E.164");
    if (!isObject(metadata)) throw new Refused("metadata must be a JSON object");
    const times = { ringingMs: ringing * 1_000, maxDurationMs: duration * 60_000 };
    return { fromNumberId, agentId, toNumber, metadata, ...times };
  });
}
