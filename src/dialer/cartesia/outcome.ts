/**
 * What Cartesia's answer to a request to place a call means (Cartesia, "Create outbound calls", "API errors"). Pure.
 */

import { ACCOUNT_PAUSE_MS, type PlaceOutcome } from "../dialer.ts";
import { retryAfterMs } from "../http.ts";
import { field, parse, textField } from "../json.ts";

/** No slot is free: nothing was placed. */
const CONCURRENCY = "concurrency_limited";
const MAX_ID_CHARACTERS = 256;

/** Error bodies are an envelope or, for older resources, plain text. In a list of calls they are an object. */
const wordsOf = (error: unknown): string =>
  textField(error, "message") ?? textField(error, "title") ?? (typeof error === "string" ? error : "no reason given");
const codeOf = (error: unknown): string | null => textField(error, "error_code") ?? textField(error, "code");

export const isCallId = (id: unknown): id is string =>
  typeof id === "string" && id !== "" && id.length <= MAX_ID_CHARACTERS;

const later = (message: string, ms: number | null): PlaceOutcome => ({ kind: "try_later", retryAfterMs: ms, message });

export function placeOutcomeOf(status: number, retryAfter: string | null, text: string, now: number): PlaceOutcome {
  const body = parse(text);
  if (status === 200 || status === 201) return outcomeOfList(field(body, "calls"));
  const [code, words] = [codeOf(body), wordsOf(body)];
  if (status === 429 || code === CONCURRENCY) {
    return later(`Cartesia said to try later: ${words}`, retryAfterMs(retryAfter, now));
  }
  if (status === 401) return later("Cartesia rejected the provider's API key (status 401)", ACCOUNT_PAUSE_MS);
  if (status === 402) return later(`Cartesia's usage limit is used up: ${words}`, ACCOUNT_PAUSE_MS);
  // The key may not dial; the number or the agent is not the account's. No recipient is at fault.
  if (status === 403 || status === 404) {
    return later(`Cartesia does not let the account call so: ${words} (status ${status})`, ACCOUNT_PAUSE_MS);
  }
  if (status >= 500 || status === 408 || status < 400) {
    return { kind: "unknown", message: `Cartesia answered ${status}` };
  }
  return { kind: "refused", code, message: `Cartesia refused the call: ${words} (${code ?? `status ${status}`})` };
}

/** The answer is 200 even if no call was placed. Its one entry tells what happened to the requested number. */
function outcomeOfList(calls: unknown): PlaceOutcome {
  const call: unknown = Array.isArray(calls) && calls.length === 1 ? calls[0] : null;
  const id = field(call, "agent_call_id");
  if (isCallId(id)) return { kind: "placed", carrierCallId: id };
  const error = field(call, "error");
  if (error === undefined || error === null) {
    return { kind: "unknown", message: "Cartesia answered with neither the id of a call nor an error" };
  }
  const code = codeOf(error);
  return code === CONCURRENCY
    ? later(`Cartesia said to try later: ${wordsOf(error)}`, null)
    : { kind: "refused", code, message: `Cartesia refused the call: ${wordsOf(error)} (${code ?? "no code"})` };
}
