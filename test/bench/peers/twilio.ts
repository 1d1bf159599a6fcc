/** Twilio's REST API and callbacks, as far as the peers need them. */

import { createHmac, timingSafeEqual } from "node:crypto";
import type { CallEvent, Intent } from "./backend.ts";

const { CARRIER_URL = "", CARRIER_AUTH_TOKEN = "", PUBLIC_BASE_URL = "" } = process.env;
const ACCOUNT = `AC${"0123456789abcdef".repeat(2)}`;
const AUTHORIZATION = `Basic ${Buffer.from(`SK${"0123456789abcdef".repeat(2)}:secret`).toString("base64")}`;
const CALLS = `${CARRIER_URL}/2010-04-01/Accounts/${ACCOUNT}/Calls`;
const FROM = "+12025550100";

export const callbackUrl = (callId: string, token: string): string => `${PUBLIC_BASE_URL}/callbacks/${callId}/${token}`;

/** Null: the outcome of the request is unknown. The sweep asks. */
export async function place({ callId, token, to }: Intent): Promise<CallEvent | null> {
  const form = new URLSearchParams({
    To: to,
    From: FROM,
    Twiml: `<Response><Connect><Stream url="wss://agent.example.com/audio"><Parameter name="agent_call_id" value="${callId}"/></Stream></Connect></Response>`,
    Timeout: "60",
    TimeLimit: "14400",
    StatusCallback: callbackUrl(callId, token),
    StatusCallbackMethod: "POST",
  });
  for (const event of ["answered", "completed"]) form.append("StatusCallbackEvent", event);
  try {
    const response = await fetch(`${CALLS}.json`, {
      method: "POST",
      headers: { authorization: AUTHORIZATION, "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
      signal: AbortSignal.timeout(15_000),
    });
    const body = (await response.json()) as { sid?: string; message?: string };
    if (response.status === 201 && body.sid !== undefined) return { kind: "placed", sid: body.sid };
    if (response.status >= 500) return null;
    const error = `the carrier refused: ${body.message ?? response.status}`;
    return { kind: "ended", sid: null, status: "failed", reason: "dial_failed", error };
  } catch {
    return null;
  }
}

/** For a call without news. */
export async function ask(sid: string): Promise<CallEvent | null> {
  const response = await fetch(`${CALLS}/${sid}.json`, { headers: { authorization: AUTHORIZATION } });
  const body = (await response.json()) as { status?: string };
  return response.ok ? eventOf(sid, body.status ?? "") : null;
}

/** Null if the status changes nothing. */
export function eventOf(sid: string, status: string): CallEvent | null {
  const ended = (reason: string, isGood: boolean): CallEvent => ({
    kind: "ended",
    sid,
    status: isGood ? "completed" : "failed",
    reason,
    error: null,
  });
  switch (status) {
    case "in-progress":
      return { kind: "answered", sid };
    case "completed":
      return ended("client_hangup", true);
    case "busy":
      return ended("dial_busy", false);
    case "no-answer":
      return ended("dial_no_answer", false);
    case "failed":
    case "canceled":
      return ended("dial_failed", false);
    default:
      return null;
  }
}

/** HMAC-SHA1 of the URL and the sorted parameters. */
export function isGenuine(path: string, form: URLSearchParams, signature: string): boolean {
  const parameters = [...form].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value);
  const expected = createHmac("sha1", CARRIER_AUTH_TOKEN)
    .update(PUBLIC_BASE_URL + path + parameters.join(""))
    .digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
