/** What Twilio's answer to "place this call" means (Twilio, "Making Calls"; "Error and Warning Dictionary"). Pure. */

import type { PlaceOutcome } from "../dialer.ts";

export const CALL_SID = /^CA[0-9a-f]{32}$/i;

/** Too many requests; the account's concurrent calls are used up, in two codes. Twilio: not processed, repeat it. */
const CAPACITY_CODES: ReadonlySet<number> = new Set([20_429, 10_004, 86_008]);
/** Credentials refused; account suspended or out of funds. No recipient's fault: all wait until somebody puts it right. */
const ACCOUNT_CODES: ReadonlySet<number> = new Set([20_003, 20_005]);
const ACCOUNT_PAUSE_MS = 5 * 60 * 1_000;
/** A carrier that asks for a longer pause than this is asked again anyway. */
const RETRY_AFTER_AT_MOST_MS = 60 * 60 * 1_000;

type ErrorBody = { readonly code: number | null; readonly message: string | null };

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const errorOf = (body: Record<string, unknown>): ErrorBody => ({
  code: typeof body.code === "number" ? body.code : null,
  message: typeof body.message === "string" ? body.message : null,
});

/** Seconds or an HTTP date (RFC 9110, Retry-After), as milliseconds from now; null where it says neither. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(RETRY_AFTER_AT_MOST_MS, Math.max(0, ms)) : null;
}

export function placeOutcomeOf(status: number, retryAfter: string | null, text: string, now: number): PlaceOutcome {
  const body = parseJson(text);
  const { code, message } = errorOf(body);
  if (status >= 200 && status < 300) {
    return typeof body.sid === "string" && CALL_SID.test(body.sid)
      ? { kind: "placed", carrierCallId: body.sid }
      : { kind: "unknown", message: `Twilio answered ${status} without the id of a call` };
  }
  if (status === 429 || (code !== null && CAPACITY_CODES.has(code))) {
    return {
      kind: "try_later",
      retryAfterMs: retryAfterMs(retryAfter, now),
      message: `Twilio said to try later: ${message ?? `status ${status}`}`,
    };
  }
  if (status === 401 || (code !== null && ACCOUNT_CODES.has(code))) {
    return { kind: "try_later", retryAfterMs: ACCOUNT_PAUSE_MS, message: accountProblem(status, code) };
  }
  if (status >= 500 || status === 408) return { kind: "unknown", message: `Twilio answered ${status}` };
  return { kind: "refused", code: code === null ? null : String(code), message: refusalOf(status, code, message) };
}

const evidenceOf = (status: number, code: number | null): string =>
  code === null ? `status ${status}` : `error ${code}`;

const accountProblem = (status: number, code: number | null): string =>
  code === 20_005
    ? "Twilio says that the provider's account is not active (error 20005)"
    : `Twilio rejected the provider's credentials (${evidenceOf(status, code)})`;

function refusalOf(status: number, code: number | null, message: string | null): string {
  const evidence = evidenceOf(status, code);
  if (status === 403 && code === null) return `Twilio rejected the provider's credentials (${evidence})`;
  if (status >= 300 && status < 400)
    return `Twilio's address answered with a redirect (${evidence}); check its base URL`;
  return `Twilio refused the call: ${message ?? "no reason given"} (${evidence})`;
}
