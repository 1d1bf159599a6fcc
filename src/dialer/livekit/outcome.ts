/** What LiveKit's answers to requests that place a call mean (Twirp, "Errors"; LiveKit SIP's error codes). Pure. */

import { ACCOUNT_PAUSE_MS, type PlaceOutcome } from "../dialer.ts";
import { type CarrierAnswer, messageOf, type NoAnswer, retryAfterMs } from "../http.ts";
import { field, parse, textField } from "../json.ts";
import { endReasonOfSip, sipStatusOf } from "../sip/outcome.ts";

/** Codes after which LiveKit may have dialed: a failure after the INVITE, or an abandoned wait. */
const UNCERTAIN: ReadonlySet<string | null> = new Set([
  "aborted",
  "canceled",
  "deadline_exceeded",
  "failed_precondition",
  "internal",
  "unavailable",
  "unknown",
  "dataloss",
]);

const wordsOf = (body: unknown): string => textField(body, "msg") ?? "no reason given";

/** Refused credentials and rate limits, which are the same before and during dialing; null for anything else. */
function putOff(answer: CarrierAnswer, code: string | null, words: string, now: number): PlaceOutcome | null {
  if (answer.status === 401 || answer.status === 403) {
    const message = `LiveKit rejected the provider's API key: ${words} (status ${answer.status})`;
    return { kind: "try_later", retryAfterMs: ACCOUNT_PAUSE_MS, message };
  }
  if (answer.status === 429 || code === "resource_exhausted") {
    const message = `LiveKit said to try later: ${words}`;
    return { kind: "try_later", retryAfterMs: retryAfterMs(answer.retryAfter, now), message };
  }
  return null;
}

/** Creating the room dials nobody. Null if the room exists. */
export function roomOutcomeOf(answer: CarrierAnswer | NoAnswer, callId: string, now: number): PlaceOutcome | null {
  const nobody = (message: string): PlaceOutcome => ({
    kind: "try_later",
    retryAfterMs: null,
    message: `LiveKit did not create the call's room, and no one was dialed: ${message}`,
  });
  if (answer.status === null) return nobody(answer.message);
  const body = parse(answer.text);
  if (answer.status === 200) {
    return textField(body, "name") === callId ? null : nobody("its answer is not that room");
  }
  const code = textField(body, "code");
  const delayed = putOff(answer, code, wordsOf(body), now);
  if (delayed !== null) return delayed;
  if (answer.status === 400) {
    return { kind: "refused", code, message: `LiveKit refused the call's room: ${wordsOf(body)} (${code})` };
  }
  return nobody(messageOf("LiveKit", answer));
}

export function dialOutcomeOf(answer: CarrierAnswer | NoAnswer, callId: string, now: number): PlaceOutcome {
  if (answer.status === null) return { kind: "unknown", message: answer.message };
  const body = parse(answer.text);
  if (answer.status === 200) {
    const identity = textField(body, "participant_identity") ?? textField(body, "participantIdentity");
    return identity === callId
      ? { kind: "placed", carrierCallId: callId }
      : { kind: "unknown", message: "LiveKit answered 200 without the call's participant" };
  }
  const code = textField(body, "code");
  const words = wordsOf(body);
  // Checked first: a busy callee is status 429 and a decline 403, like a rate limit and a forbidden key.
  const sip = sipStatusOf(field(field(body, "meta"), "sip_status_code"));
  if (sip !== null) {
    return { kind: "refused", code: String(sip), message: `the call failed (${endReasonOfSip(sip)}): ${words}` };
  }
  const delayed = putOff(answer, code, words, now);
  if (delayed !== null) return delayed;
  if (answer.status >= 500 || answer.status === 408 || answer.status < 400 || UNCERTAIN.has(code)) {
    return { kind: "unknown", message: `LiveKit answered ${answer.status}: ${words}` };
  }
  return {
    kind: "refused",
    code,
    message: `LiveKit refused the call: ${words} (${code ?? `status ${answer.status}`})`,
  };
}
