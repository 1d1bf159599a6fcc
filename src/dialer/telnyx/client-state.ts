/**
 * Data that we attach to a call. Telnyx returns it with every event, in its lists, and in the stream's start frame
 * (Telnyx, "Dial": `client_state`, base64). It identifies a call as ours.
 */

import { fromBase64, toBase64 } from "../../calling/secrets/base64.ts";
import type { PlaceOrder } from "../dialer.ts";
import { field, parse, textField } from "../json.ts";

/** Every event returns it. The agent fetches longer metadata with Get Call. */
const MAX_METADATA_BYTES = 2_048;

/** Why our adapter itself hung up; sent with the command, it comes back with the call's end. */
export const OWN_ENDS = ["agent_closed", "stream_failed"] as const;
export type OwnEnd = (typeof OWN_ENDS)[number];

/** Of the text's UTF-8. */
const encode = (value: unknown): string => toBase64(new TextEncoder().encode(JSON.stringify(value)));

function decode(base64: string | null): unknown {
  const bytes = fromBase64(base64 ?? "");
  return bytes === null ? null : parse(new TextDecoder().decode(bytes));
}

export function clientStateOf(order: PlaceOrder): string {
  const { callId, batchId, recipientId, metadata } = order;
  const ids = { agent_call_id: callId, batch_id: batchId, recipient_id: recipientId };
  if (metadata === null) return encode(ids);
  const fits = new TextEncoder().encode(metadata).byteLength <= MAX_METADATA_BYTES;
  return encode(fits ? { ...ids, metadata: parse(metadata) } : { ...ids, metadata_truncated: true });
}

/** The same call's data, with why we hang up. `payload`: of an event about it. */
export const withOwnEnd = (payload: unknown, end: OwnEnd): string =>
  encode({ agent_call_id: ownCallIdOf(payload), ended: end });

/** Our call's id; null for a call that is not ours. `call`: any object of Telnyx's with a `client_state`. */
export const ownCallIdOf = (call: unknown): string | null =>
  textField(decode(textField(call, "client_state")), "agent_call_id");

export function ownEndOf(payload: unknown): OwnEnd | null {
  const said = field(decode(textField(payload, "client_state")), "ended");
  return OWN_ENDS.find((end) => end === said) ?? null;
}
