/**
 * What jambonz's answer to "create a call" means (jambonz's API server; its description has only 201 and 400). Pure.
 */

import { ACCOUNT_PAUSE_MS, type PlaceOutcome } from "../dialer.ts";
import { retryAfterMs } from "../http.ts";
import { parse, textField } from "../json.ts";

/** No feature server is available, so none got the call. */
const NO_FEATURE_SERVER = 480;
/** Another account's key is refused with 400 and these words. */
const FOREIGN_KEY = /^unauthorized/i;

const CALL_SID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isCallSid = (sid: unknown): sid is string => typeof sid === "string" && CALL_SID.test(sid);

export function placeOutcomeOf(status: number, retryAfter: string | null, text: string, now: number): PlaceOutcome {
  const body = parse(text);
  if (status >= 200 && status < 300) {
    const sid = textField(body, "sid");
    return isCallSid(sid)
      ? { kind: "placed", carrierCallId: sid }
      : { kind: "unknown", message: `jambonz answered ${status} without the id of a call` };
  }
  const said = textField(body, "msg");
  const words = said ?? "no reason given";
  if (status === NO_FEATURE_SERVER || status === 429) {
    return {
      kind: "try_later",
      retryAfterMs: retryAfterMs(retryAfter, now),
      message: `jambonz said to try later: ${words}`,
    };
  }
  if (status === 401 || status === 403 || FOREIGN_KEY.test(words)) {
    const message = `jambonz rejected the provider's API key (status ${status})`;
    return { kind: "try_later", retryAfterMs: ACCOUNT_PAUSE_MS, message };
  }
  if (status === 404) {
    const message = "jambonz does not know the provider's account, or its URL leads elsewhere (status 404)";
    return { kind: "try_later", retryAfterMs: ACCOUNT_PAUSE_MS, message };
  }
  // The API server passes the request to a feature server, and answers 500 whatever happened there.
  if (status >= 500 || status === 408 || status < 400) {
    return { kind: "unknown", message: `jambonz answered ${status}` };
  }
  return {
    kind: "refused",
    // Another answer, as a proxy's, does not say that only this call was refused.
    code: said === null ? null : String(status),
    message: `jambonz refused the call: ${words} (status ${status})`,
  };
}
