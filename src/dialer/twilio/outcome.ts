/**
 * What Twilio's answer to a request to place a call means (Twilio, "Making Calls"; "Error and Warning Dictionary").
 * Pure.
 */

import { ACCOUNT_PAUSE_MS, type PlaceOutcome } from "../dialer.ts";
import { retryAfterMs } from "../http.ts";
import { field, parse, textField } from "../json.ts";

export const CALL_SID = /^CA[0-9a-f]{32}$/i;

/** Too many requests; or the account's concurrent calls are used up (two codes). Twilio: not processed, repeat it. */
const CAPACITY_CODES: ReadonlySet<number> = new Set([20_429, 10_004, 86_008]);
/**
 * Credentials refused; account suspended or out of funds. Recipients are not at fault: all wait until a human corrects
 * it.
 */
const ACCOUNT_CODES: ReadonlySet<number> = new Set([20_003, 20_005]);
/** The calling number is not verified, not valid, or missing. Recipients are not at fault either. */
const CALLER_CODES: ReadonlySet<number> = new Set([21_210, 21_212, 21_213]);

function codeOf(body: unknown): number | null {
  const code = field(body, "code");
  return typeof code === "number" ? code : null;
}

export function placeOutcomeOf(status: number, retryAfter: string | null, text: string, now: number): PlaceOutcome {
  const body = parse(text);
  const [code, message] = [codeOf(body), textField(body, "message")];
  if (status >= 200 && status < 300) {
    const sid = textField(body, "sid");
    return sid !== null && CALL_SID.test(sid)
      ? { kind: "placed", carrierCallId: sid }
      : { kind: "unknown", message: `Twilio answered ${status} without the id of a call` };
  }
  if (status === 429 || (code !== null && CAPACITY_CODES.has(code))) {
    return {
      kind: "try_later",
      retryAfterMs: retryAfterMs(retryAfter, now),
      message: `Twilio said to try later: ${message ?? `status ${status}`}`,
    };
  }
  // Without a code of Twilio's, a 403 does not come from the resource: it concerns no callee.
  const isAccount = status === 401 || status === 404 || (status === 403 && code === null);
  if (isAccount || (code !== null && ACCOUNT_CODES.has(code))) {
    return { kind: "try_later", retryAfterMs: ACCOUNT_PAUSE_MS, message: accountProblem(status, code) };
  }
  if (code !== null && CALLER_CODES.has(code)) {
    const said = `${message ?? "no reason given"} (${evidenceOf(status, code)})`;
    const problem = `Twilio does not let the provider's account call from this number: ${said}`;
    return { kind: "try_later", retryAfterMs: ACCOUNT_PAUSE_MS, message: problem };
  }
  if (status >= 500 || status === 408) return { kind: "unknown", message: `Twilio answered ${status}` };
  return { kind: "refused", code: code === null ? null : String(code), message: refusalOf(status, code, message) };
}

const evidenceOf = (status: number, code: number | null): string =>
  code === null ? `status ${status}` : `error ${code}`;

function accountProblem(status: number, code: number | null): string {
  if (code === 20_005) return "Twilio says that the provider's account is not active (error 20005)";
  const evidence = evidenceOf(status, code);
  return status === 404
    ? `Twilio knows no such account in the provider's region (${evidence})`
    : `Twilio rejected the provider's credentials (${evidence})`;
}

function refusalOf(status: number, code: number | null, message: string | null): string {
  const evidence = evidenceOf(status, code);
  if (status >= 300 && status < 400)
    return `Twilio's address answered with a redirect (${evidence}); check its base URL`;
  return `Twilio refused the call: ${message ?? "no reason given"} (${evidence})`;
}
