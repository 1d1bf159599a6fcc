/**
 * What a dialer's answer to a request to place a call means (`docs/carriers/http.md`). Pure. Only answers in the
 * protocol's form prove that nothing was placed; after any other, like a proxy's, the outcome is unknown.
 */

import { ACCOUNT_PAUSE_MS, type PlaceOutcome } from "../dialer.ts";
import { retryAfterMs } from "../http.ts";
import { parse, textField } from "../json.ts";
import { idOf } from "./words.ts";

/** The dialer has a call with this id and another order: a call exists. */
const ORDER_DIFFERS = 409;
/** The message of a refusal becomes a recipient's `error_message`. */
const MAX_MESSAGE_CHARACTERS = 500;

export type Refusal = { readonly code: string; readonly message: string };

/** Null if the answer is not an error of the protocol. */
export function refusalOf(body: unknown): Refusal | null {
  const [code, message] = [textField(body, "code"), textField(body, "message")];
  return code === null || message === null || !/^[a-z][a-z0-9_]{0,63}$/.test(code)
    ? null
    : { code, message: message.slice(0, MAX_MESSAGE_CHARACTERS) };
}

const unknown = (message: string): PlaceOutcome => ({ kind: "unknown", message });

export function placeOutcomeOf(
  callId: string,
  status: number,
  retryAfter: string | null,
  text: string,
  now: number,
): PlaceOutcome {
  const body = parse(text);
  if (status === 200 || status === 201) {
    return idOf(body) === callId
      ? { kind: "placed", carrierCallId: callId }
      : unknown(`the dialer answered ${status} without this call`);
  }
  const refusal = refusalOf(body);
  if (status === 429) {
    const message = `the dialer said to try later: ${refusal?.message ?? "status 429"}`;
    return { kind: "try_later", retryAfterMs: retryAfterMs(retryAfter, now), message };
  }
  if (status === 401) {
    const message = "the dialer rejected the provider's token (status 401)";
    return { kind: "try_later", retryAfterMs: ACCOUNT_PAUSE_MS, message };
  }
  if (status < 400 || status >= 500 || status === ORDER_DIFFERS || refusal === null) {
    return unknown(`the dialer answered ${status}${refusal === null ? "" : ` (${refusal.code})`}`);
  }
  return { kind: "refused", code: refusal.code, message: `the dialer refused the call: ${refusal.message}` };
}
