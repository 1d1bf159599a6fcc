/** What Telnyx's answer to "dial" means (Telnyx, "Dial", "API error codes"). Pure. */

import { ACCOUNT_PAUSE_MS, type PlaceOutcome } from "../dialer.ts";
import { retryAfterMs } from "../http.ts";
import { field, parse, textField } from "../json.ts";
import { carrierCallIdOf } from "./words.ts";

/** Too many requests; too many dials a second for the account. Nothing was placed. */
const CAPACITY_CODES: ReadonlySet<string | null> = new Set(["10011", "90103"]);
/** The key is not accepted, or not allowed to dial. Recipients are not at fault: all wait until a human corrects it. */
const ACCOUNT_CODES: ReadonlySet<string | null> = new Set(["10009", "10010"]);

export type TelnyxError = { readonly code: string | null; readonly words: string };

/** The first error in an answer; its code is null if the answer is not in Telnyx's form. */
export function errorOf(text: string): TelnyxError {
  const errors = field(parse(text), "errors");
  const first: unknown = Array.isArray(errors) ? errors[0] : null;
  const code = textField(first, "code");
  return {
    code: code !== null && /^\w{1,16}$/.test(code) ? code : null,
    words: textField(first, "detail") ?? textField(first, "title") ?? "no reason given",
  };
}

const later = (message: string, ms: number | null): PlaceOutcome => ({ kind: "try_later", retryAfterMs: ms, message });

export function placeOutcomeOf(status: number, retryAfter: string | null, text: string, now: number): PlaceOutcome {
  if (status >= 200 && status < 300) {
    const carrierCallId = carrierCallIdOf(field(parse(text), "data"));
    return carrierCallId === null
      ? { kind: "unknown", message: `Telnyx answered ${status} without the ids of a call` }
      : { kind: "placed", carrierCallId };
  }
  const { code, words } = errorOf(text);
  if (status === 429 || CAPACITY_CODES.has(code)) {
    return later(`Telnyx said to try later: ${words}`, retryAfterMs(retryAfter, now));
  }
  if (status === 401 || ACCOUNT_CODES.has(code)) {
    return later(
      `Telnyx rejected the provider's API key: ${words} (${code === null ? `status ${status}` : `error ${code}`})`,
      ACCOUNT_PAUSE_MS,
    );
  }
  // An answer without Telnyx's code is not from Telnyx's API.
  if (status >= 500 || status === 408 || status < 400 || code === null) {
    return { kind: "unknown", message: `Telnyx answered ${status}` };
  }
  return { kind: "refused", code, message: `Telnyx refused the call: ${words} (error ${code})` };
}
